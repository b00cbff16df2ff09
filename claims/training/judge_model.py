"""The judge's network: built from a sentence encoder's weights, in bfloat16 with float32 masters, saved as a folder.

A layer subset of all-mpnet-base-v2 (Song et al. 2020, MPNet) under a fresh three-way head.  Which layers to keep
follows Sajjad et al. 2023 (On the effect of dropping layers of pre-trained transformer models).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from transformers import AutoConfig, AutoModelForSequenceClassification, AutoTokenizer

from claims.judge import SAME
from claims.training.judge_data import LABELS

ARCHITECTURES: dict[str, tuple[str, tuple[int, ...] | None]] = {
    "teacher": ("mpnet", None),
    "student": ("mpnet", (0, 2, 4, 7, 9, 11)),
    "student-low": ("mpnet", (0, 1, 2, 3, 4, 5)),
    "minilm": ("minilm", None),
}
"""Name -> (base, kept layers; None keeps all)."""

SHA256 = {
    "mpnet": "78c0197b6159d92658e319bc1d72e4c73a9a03dd03815e70e555c5ef05615658",
    "minilm": "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
}
"""Published digests of the two bases' ``model.safetensors``."""

MAX_TOKENS = 128


def check_base(folder: Path, base: str) -> None:
    """Raise ValueError if a base's weights are not the published ones."""
    got = hashlib.sha256((folder / "model.safetensors").read_bytes()).hexdigest()
    if got != SHA256[base]:
        raise ValueError(f"{folder}: SHA-256 {got}, expected {SHA256[base]} ({base})")


OUTPUTS = (*LABELS, SAME)
"""What the model gives of a pair: logits of the three labels, and apart from them of carrying the same claim."""


def build(arch: str, folder: Path) -> tuple[Any, Any]:
    """A fresh (model, tokenizer) of an architecture over the base weights in ``folder``, in float32."""
    base, layers = ARCHITECTURES[arch]
    check_base(folder, base)
    config = AutoConfig.from_pretrained(folder, num_labels=len(OUTPUTS))
    config.id2label = dict(enumerate(OUTPUTS))
    config.label2id = {name: i for i, name in enumerate(OUTPUTS)}
    # One to two epochs do not overfit, and masks cost a CPU 6 % of its time.
    config.hidden_dropout_prob = config.attention_probs_dropout_prob = 0.0
    model = AutoModelForSequenceClassification.from_pretrained(folder, config=config, dtype=torch.float32)
    if layers is not None:
        encoder = getattr(model, model.base_model_prefix).encoder
        encoder.layer = nn.ModuleList([encoder.layer[i] for i in layers])
        model.config.num_hidden_layers = len(layers)
    return model, AutoTokenizer.from_pretrained(folder)


def start_from(model: Any, folder: Path) -> None:
    """Take over the weights of a CrossEncoder folder of the same layers; outputs that it has not stay as they are."""
    with torch.no_grad():
        mine = model.state_dict()
        for name, value in load_file(folder / "model.safetensors").items():
            if mine[name].shape == value.shape:
                mine[name].copy_(value)
            else:
                mine[name][: len(value)].copy_(value)


def save(model: Any, tokenizer: Any, folder: Path, **extra: Any) -> None:
    """Write an ordinary CrossEncoder folder in float32; ``extra`` goes into its ``config.json``."""
    model.save_pretrained(folder)
    tokenizer.model_max_length = MAX_TOKENS
    tokenizer.save_pretrained(folder)
    path = folder / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    path.write_text(json.dumps({**config, **extra}, indent=2) + "\n", encoding="utf-8")


def pad(ids: Sequence[Sequence[int]], pad_id: int) -> tuple[Tensor, Tensor]:
    """Token ids and attention mask, both (batch, longest), padded on the right."""
    longest = max(map(len, ids))
    tokens = torch.full((len(ids), longest), pad_id)
    mask = torch.zeros((len(ids), longest), dtype=torch.long)
    for i, row in enumerate(ids):
        tokens[i, : len(row)] = torch.tensor(row)
        mask[i, : len(row)] = 1
    return tokens, mask


class Masters:
    """AdamW over float32 copies of a model's trainable parameters (Micikevicius et al. 2018).

    The forward and backward passes run wholly in bfloat16 where the processor multiplies it, as inference will;
    updates too small for bfloat16 are kept in the copies. Word embeddings are frozen: it saves their moments and step.
    So are the lowest ``fixed`` layers, and all that lies under them.
    """

    def __init__(self, model: Any, decay: float = 0.01, head_factor: float = 4.0, fixed: int = 0) -> None:
        body = getattr(model, model.base_model_prefix)
        under = [body.embeddings, *body.encoder.layer[:fixed]] if fixed else [body.embeddings.word_embeddings]
        for part in under:
            part.requires_grad_(False)
        self.named = [(n, p) for n, p in model.named_parameters() if p.requires_grad]
        self.copies = [p.detach().float().clone() for _, p in self.named]
        self.met: dict[Path, int] = {}
        groups: dict[tuple[bool, bool], list[Tensor]] = {}
        for (name, p), copy in zip(self.named, self.copies, strict=True):
            groups.setdefault((name.startswith("classifier"), p.ndim > 1), []).append(copy)
        self.optimizer = torch.optim.AdamW(
            [
                {"params": ps, "weight_decay": decay if matrix else 0.0, "factor": head_factor if head else 1.0}
                for (head, matrix), ps in groups.items()
            ],
            lr=1e-5,
            betas=(0.9, 0.98),
            fused=True,
        )

    def step(self, rate: float, clip: float = 1.0) -> None:
        """One update at a learning rate; gradients are taken from the model and cleared."""
        for copy, (_, p) in zip(self.copies, self.named, strict=True):
            copy.grad = None if p.grad is None else p.grad.float()
            p.grad = None
        torch.nn.utils.clip_grad_norm_(self.copies, clip)
        for group in self.optimizer.param_groups:
            group["lr"] = rate * group["factor"]
        self.optimizer.step()
        self.write()

    def write(self) -> None:
        """Copy the float32 values into the model (rounded to its type)."""
        with torch.no_grad():
            for copy, (_, p) in zip(self.copies, self.named, strict=True):
                p.copy_(copy)

    def meet(self, folder: Path, part: int, parts: int) -> None:
        """Leave the values for the other parts of a run, and go half way towards theirs where they are new.

        Parts that train on shares of the same stream and meet now and then do about what one large run would do (Stich
        2019, Local SGD); on a crowded machine single threads that never wait for each other get the most done.
        """
        mine = folder / f"part-{part}.pt"
        torch.save(self.copies, mine.with_suffix(".new"))
        mine.with_suffix(".new").replace(mine)
        for other in (folder / f"part-{k}.pt" for k in range(parts) if k != part):
            if not other.exists() or self.met.get(other) == other.stat().st_mtime_ns:
                continue
            self.met[other] = other.stat().st_mtime_ns
            with torch.no_grad():
                for copy, theirs in zip(self.copies, torch.load(other, weights_only=True), strict=True):
                    copy.lerp_(theirs, 0.5)
        self.write()

    def state(self) -> dict[str, Any]:
        """What a checkpoint must hold."""
        return {
            "copies": {n: c for (n, _), c in zip(self.named, self.copies, strict=True)},
            "optimizer": self.optimizer.state_dict(),
        }

    def load(self, state: dict[str, Any]) -> None:
        """Take a checkpoint's values over."""
        with torch.no_grad():
            for (name, _), copy in zip(self.named, self.copies, strict=True):
                copy.copy_(state["copies"][name])
        self.optimizer.load_state_dict(state["optimizer"])
        self.write()
