"""The trained network at work on one text: windows in, attributions and sentence scores out.

A text's windows are batched by themselves, longest first, so that what one document yields never hangs on another.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from claims.errors import ModelError
from claims.int8 import quicken
from claims.loading import fast_type
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

        self.fast = fast_type() == torch.bfloat16

        self.config, self.network = load(path)
        quicken(self.network, path)
        self.settings = settings or decode.Settings(**self.config.get("settings", {}))
        self.size: int = self.config["window"]
        self.overlap: int = self.config["overlap"]
        self.batch: int = self.config.get("batch", 16)
        self.tokenizer = windows.load_tokenizer(path / TOKENIZER)
        self._torch = torch

    def read(self, text: str, sentences: Sequence[tuple[int, int]] | None = None) -> Tagged:
        """Attributions of a text, and a score of each given sentence (offsets, in order)."""
        return self._read([text], [list(sentences or ())])[0]

    def read_all(self, texts: Sequence[str]) -> list[Tagged]:
        """Attributions of several short texts of one document, each read by itself."""
        return self._read(texts, [[] for _ in texts])

    def _read(self, texts: Sequence[str], sentences: Sequence[list[tuple[int, int]]]) -> list[Tagged]:
        jobs = [_Job.of(t, s, self) for t, s in zip(texts, sentences, strict=True)]
        parts = [_Part(job, a, b, lo, hi) for job in jobs for (a, b), (lo, hi) in job.plan(self.size, self.overlap)]
        parts.sort(key=lambda p: p.start - p.end)
        for batch in even(parts, self.batch):
            self._run(batch)
        return [job.tagged(self.settings) for job in jobs]

    def score(self, texts: Sequence[str]) -> list[float]:
        """For each loose sentence the probability to state what can be checked.

        Sentences are batched by length rounded up, so that padding, and with it the score, hangs on the sentence alone.
        """
        torch = self._torch
        tokens = [windows.tokenize(t, self.tokenizer) for t in texts]
        out = [0.0] * len(texts)
        groups: dict[int, list[int]] = {}
        for i, t in enumerate(tokens):
            if len(t):
                groups.setdefault(-(-min(len(t), self.size) // 16) * 16 + 2, []).append(i)
        for width, members in sorted(groups.items()):
            for k in range(0, len(members), 32):
                part = members[k : k + 32]
                ids = torch.zeros((len(part), width), dtype=torch.long)
                features = torch.zeros_like(ids)
                for r, i in enumerate(part):
                    t = tokens[i]
                    ids[r, : min(len(t), self.size) + 2] = torch.tensor([windows.CLS, *t.ids[: self.size], windows.SEP])
                    features[r, 1 : min(len(t), self.size) + 1] = torch.tensor(t.features[: self.size])
                lengths = torch.tensor([min(len(tokens[i]), self.size) + 2 for i in part])
                rows = torch.arange(len(part))
                with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.fast):
                    x = self.network.encode(ids, features, lengths)
                    logits = self.network.detect(x, rows, torch.ones_like(rows), lengths - 1)
                for i, p in zip(part, logits.float().sigmoid().tolist(), strict=True):
                    out[i] = p
        return out

    def _run(self, parts: list[_Part]) -> None:
        """One forward pass over some windows, the longest first; what it finds goes into their jobs."""
        torch = self._torch
        longest = parts[0].end - parts[0].start + 2
        ids = torch.zeros((len(parts), longest), dtype=torch.long)
        features = torch.zeros_like(ids)
        lengths = torch.tensor([p.end - p.start + 2 for p in parts])
        for r, p in enumerate(parts):
            n = p.end - p.start
            ids[r, : n + 2] = torch.tensor([windows.CLS, *p.job.tokens.ids[p.start : p.end], windows.SEP])
            features[r, 1 : n + 1] = torch.tensor(p.job.tokens.features[p.start : p.end])
        with torch.inference_mode(), torch.autocast("cpu", torch.bfloat16, enabled=self.fast):
            x = self.network.encode(ids, features, lengths)
            tags = self.network.tags(x).float().softmax(-1).numpy()
            rows, at = [], []
            for r, p in enumerate(parts):
                p.job.content[p.low : p.high] = 1 - tags[r, p.low - p.start + 1 : p.high - p.start + 1, 2, 0]
                for i in decode.anchors(tags[r, 1 : p.end - p.start + 1, 0, 1], self.settings.weak):
                    if p.low <= i + p.start < p.high:
                        rows.append(r)
                        at.append(i + 1)
            if rows:
                roles = self.network.roles(x, torch.tensor(rows), torch.tensor(at)).float().softmax(-1).numpy()
                for r, i, role in zip(rows, at, roles, strict=True):
                    p = parts[r]
                    mine = role[1 : p.end - p.start + 1]
                    p.job.found.append(decode.Anchor(i - 1 + p.start, float(tags[r, i, 0, 1]), p.start, mine))
            asked = [
                (r, s, a, b) for r, p in enumerate(parts) for s, (a, b) in enumerate(p.job.asked) if p.low <= a < p.high
            ]
            if asked:
                first = torch.tensor([a - parts[r].start + 1 for r, _, a, _ in asked])
                last = torch.tensor([min(b, parts[r].end) - parts[r].start + 1 for r, _, _, b in asked])
                logits = self.network.detect(x, torch.tensor([r for r, _, _, _ in asked]), first, last)
                for (r, s, _, _), score in zip(asked, logits.float().sigmoid().tolist(), strict=True):
                    parts[r].job.scores[s] = score


@dataclass
class _Job:
    """A text being read: its tokens, the sentences asked about (in tokens), and what the windows have found so far."""

    tokens: windows.Tokens
    asked: list[tuple[int, int]]
    content: decode.Floats
    scores: decode.Floats
    found: list[decode.Anchor]

    @classmethod
    def of(cls, text: str, sentences: list[tuple[int, int]], tagger: Tagger) -> _Job:
        tokens = windows.tokenize(text, tagger.tokenizer, [a for a, _ in sentences] or None)
        asked = [(tokens.at(a), max(tokens.at(a) + 1, tokens.at(b - 1) + 1)) for a, b in sentences]
        empty = np.zeros(len(tokens), dtype=np.float32)
        return cls(tokens, asked, empty, np.zeros(len(asked), dtype=np.float32), [])

    def plan(self, size: int, overlap: int) -> list[tuple[tuple[int, int], tuple[int, int]]]:
        """Each window with the stretch that it answers for: overlaps are halved."""
        plan = list(windows.windows(self.tokens, size, overlap))
        cuts = [0, *((b[0] + a[1]) // 2 for a, b in pairwise(plan)), len(self.tokens)]
        return list(zip(plan, pairwise(cuts), strict=False))

    def tagged(self, settings: decode.Settings) -> Tagged:
        self.found.sort(key=lambda a: a.at)
        frames = decode.decode(len(self.tokens), self.found, self.content, settings, self.tokens.cuts)
        return Tagged(self.tokens, frames, self.scores, self.content)


@dataclass(frozen=True)
class _Part:
    """A window of a job: its tokens, and the stretch of them that it answers for."""

    job: _Job
    start: int
    end: int
    low: int
    high: int


EVEN = 0.85
"""Share of a batch's longest window that its shortest must have: what pads the others out is work for nothing."""


def even(parts: Sequence[_Part], most: int) -> Iterator[list[_Part]]:
    """Batches of at most ``most`` windows of about one length, of windows that come longest first."""
    batch: list[_Part] = []
    for part in parts:
        if batch and (len(batch) == most or part.end - part.start < EVEN * (batch[0].end - batch[0].start)):
            yield batch
            batch = []
        batch.append(part)
    if batch:
        yield batch


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
        while start > 0 and _joined(text, start):
            start -= 1
        while end < len(text) and _joined(text, end):
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


def _joined(text: str, i: int) -> bool:
    """Whether the characters on both sides of ``i`` are of one word: letters, a hyphen or dot between letters."""
    a, b = text[i - 1], text[i]
    if a.isalnum() and b.isalnum():
        return True
    if b in "-." and a.isalnum():
        return i + 1 < len(text) and text[i + 1].isalnum()
    return a in "-." and b.isalnum() and i > 1 and text[i - 2].isalnum()


@lru_cache(maxsize=2)
def shared(path: Path | None = None) -> Tagger:
    """The tagger of a folder (the shipped one by default), loaded once a process."""
    return Tagger(path or SHIPPED)
