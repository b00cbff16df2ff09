"""The trained network at work on one text: windows in, attributions and sentence scores out.

A text's windows are batched by themselves, longest first, so that what one document yields never hangs on another.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from claims.errors import ModelError
from claims.models import Attribution, Span
from claims.voices import decode, windows

if TYPE_CHECKING:
    from claims.voices.network import VoiceNetwork

SHIPPED = Path(__file__).parent.parent / "models" / "voices"
WEIGHTS, CONFIG, TOKENIZER = "model.safetensors", "config.json", "tokenizer.json"


@dataclass(frozen=True)
class Tagged:
    """What the network says of one text.

    ``frames`` are in tokens; ``sentences`` (asked,) are the probabilities of each asked stretch to state what can be
    checked; ``content`` (tokens,) is the probability to be anybody's attributed content.
    """

    tokens: windows.Tokens
    frames: list[decode.Frame]
    sentences: decode.Floats
    content: decode.Floats


class Tagger:
    """Loads a folder of weights and reads texts with it; see ``claims/models/voices/MODEL_CARD.md``.

    Raises ModelError where the folder or a file of it is missing or unfit.
    """

    def __init__(self, path: Path, settings: decode.Settings | None = None) -> None:
        import torch

        self.config, self.network = load(path)
        self.settings = settings or decode.Settings(**self.config.get("settings", {}))
        self.size: int = self.config["window"]
        self.overlap: int = self.config["overlap"]
        self.batch: int = self.config.get("batch", 16)
        self.tokenizer = windows.load_tokenizer(path / TOKENIZER)
        self._torch = torch

    def read(self, text: str, sentences: Sequence[tuple[int, int]] | None = None) -> Tagged:
        """Attributions of a text, and a score of each given sentence (offsets, in order)."""
        starts = [a for a, _ in sentences] if sentences else None
        tokens = windows.tokenize(text, self.tokenizer, starts)
        asked = [(tokens.at(a), max(tokens.at(a) + 1, tokens.at(b - 1) + 1)) for a, b in sentences or ()]
        plan = list(windows.windows(tokens, self.size, self.overlap))
        own = _owned(plan, len(tokens))
        content = np.zeros(len(tokens), dtype=np.float32)
        scores = np.zeros(len(asked), dtype=np.float32)
        found: list[decode.Anchor] = []
        order = sorted(range(len(plan)), key=lambda k: (plan[k][0] - plan[k][1], k))
        for i in range(0, len(order), self.batch):
            self._run(tokens, [(plan[k], own[k]) for k in order[i : i + self.batch]], asked, found, content, scores)
        found.sort(key=lambda a: a.at)
        return Tagged(tokens, decode.decode(len(tokens), found, content, self.settings), scores, content)

    def _run(
        self, tokens: windows.Tokens, part: list[tuple[tuple[int, int], tuple[int, int]]],
        asked: list[tuple[int, int]], found: list[decode.Anchor], content: decode.Floats, scores: decode.Floats,
    ) -> None:
        torch = self._torch
        longest = max(b - a for (a, b), _ in part) + 2
        ids = torch.zeros((len(part), longest), dtype=torch.long)
        features = torch.zeros_like(ids)
        lengths = torch.tensor([b - a + 2 for (a, b), _ in part])
        for r, ((a, b), _) in enumerate(part):
            ids[r, : b - a + 2] = torch.tensor([windows.CLS, *tokens.ids[a:b], windows.SEP])
            features[r, 1 : b - a + 1] = torch.tensor(tokens.features[a:b])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16):
            x = self.network.encode(ids, features, lengths)
            tags = self.network.tags(x).float().softmax(-1).numpy()
            rows, at = [], []
            for r, ((a, b), (lo, hi)) in enumerate(part):
                content[lo:hi] = 1 - tags[r, lo - a + 1 : hi - a + 1, 2, 0]
                begin = tags[r, 1 : b - a + 1, 0, 1]
                for i in decode.anchors(begin, self.settings.anchor):
                    if lo <= i + a < hi:
                        rows.append(r)
                        at.append(i + 1)
            if rows:
                roles = self.network.roles(x, torch.tensor(rows), torch.tensor(at)).float().softmax(-1).numpy()
                for r, i, p in zip(rows, at, roles, strict=True):
                    a, b = part[r][0]
                    found.append(decode.Anchor(i - 1 + a, float(tags[r, i, 0, 1]), a, p[1 : b - a + 1]))
            where = [(s, r) for r, ((a, b), (lo, hi)) in enumerate(part) for s, (x0, _) in enumerate(asked) if lo <= x0 < hi]
            if where:
                first = torch.tensor([asked[s][0] - part[r][0][0] + 1 for s, r in where])
                last = torch.tensor([min(asked[s][1], part[r][0][1]) - part[r][0][0] + 1 for s, r in where])
                logits = self.network.detect(x, torch.tensor([r for _, r in where]), first, last)
                scores[[s for s, _ in where]] = logits.float().sigmoid().numpy()


def load(path: Path) -> tuple[dict[str, Any], VoiceNetwork]:
    """The configuration and the network of a folder of weights."""
    from safetensors.torch import load_file

    from claims.voices.network import VoiceNetwork

    try:
        config = json.loads((path / CONFIG).read_text(encoding="utf-8"))
        stored = load_file(path / WEIGHTS)
        network = VoiceNetwork(**config["network"])
        state = {k: v.float() for k, v in stored.items() if not k.endswith(".scale")}
        for k, v in stored.items():
            if k.endswith(".scale"):
                state[k.removesuffix(".scale")] *= v.float()
        network.load_state_dict(state)
    except (OSError, KeyError, ValueError, TypeError, RuntimeError) as error:
        message = f"{path}: no usable voices model ({error}); reinstall the package or give the folder of another"
        raise ModelError(message) from error
    return config, network.eval()


def attributions(tagged: Tagged, text: str) -> list[Attribution]:
    """The frames of a tagged text with offsets into it, whole words only. Polarity is left at its default."""
    tokens = tagged.tokens

    def span(stretch: tuple[int, int]) -> Span:
        start, end = tokens.starts[stretch[0]], tokens.ends[stretch[1] - 1]
        while start > 0 and text[start].isalnum() and text[start - 1].isalnum():
            start -= 1
        while end < len(text) and text[end - 1].isalnum() and text[end].isalnum():
            end += 1
        return Span(start=start, end=end)

    return [
        Attribution(
            source=span(f.source) if f.source else None,
            cue=span(f.cue) if f.cue else None,
            content=tuple(span(c) for c in f.content if tokens.ends[c[1] - 1] > tokens.starts[c[0]]),
        )
        for f in tagged.frames
    ]


def _owned(plan: list[tuple[int, int]], total: int) -> list[tuple[int, int]]:
    """Of each window the stretch that it answers for: overlaps are halved."""
    cuts = [0, *((b[0] + a[1]) // 2 for a, b in zip(plan, plan[1:], strict=False)), total]
    return list(zip(cuts, cuts[1:], strict=False))
