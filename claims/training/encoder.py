"""Tune the sentence encoder, so that texts which carry one claim lie near each other, whichever side they take.

    python -m claims.training.encoder train --base FOLDER_OF_MINILM --data SHARED/data --run DIR --until 20:05
    python -m claims.training.encoder train ... --steps 4000        reproducible
    python -m claims.training.encoder mix --base FOLDER_OF_MINILM --run DIR --out FOLDER     half tuned, half published
    python -m claims.training.weights pack FOLDER claims/models/encoder

Supervised contrastive loss (Khosla et al. 2020) over batches of texts in groups; word embeddings are frozen, so that a
tuned encoder is the published one with other layers.  ``train`` goes on from the run's checkpoint where there is one.
``mix`` takes the mean of tuned and published weights (Wortsman et al. 2022): what was learnt from arguments and
rumours, without losing what the published encoder knows of other texts.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from claims.loading import fast_type
from claims.training import encoder_data as data
from claims.training.judge import deadline

TEMPERATURE = 0.06
MAX_TOKENS = 72
PART = 12  # texts of about one length that go through the network together: less padding


def half(group: str) -> bool:
    """Whether a story of Emergent is held out: half of them are, by their hash."""
    return hashlib.sha256(group.encode()).digest()[0] % 2 == 1


def contrast(vectors: torch.Tensor, mates: torch.Tensor) -> torch.Tensor:
    """The loss of unit vectors (n, d), of which ``mates`` (n, n) carry one claim; no text may stand there twice."""
    near = vectors @ vectors.T / TEMPERATURE
    self_ = torch.eye(len(mates), dtype=torch.bool)
    mates = mates & ~self_
    log = near.masked_fill(self_, -1e9).log_softmax(1)
    counts = mates.sum(1)
    has = counts > 0
    return -((log * mates).sum(1)[has] / counts[has]).sum() / has.sum().clamp(min=1)  # a batch may have no mates


def vectors_of(model: Any, tokenizer: Any, texts: list[str]) -> torch.Tensor:
    """Unit vectors (n, d): the mean over a text's pieces."""
    order = sorted(range(len(texts)), key=lambda i: len(texts[i]))
    found = []
    for start in range(0, len(order), PART):
        part = [texts[i] for i in order[start : start + PART]]
        inputs = tokenizer(part, padding=True, truncation=True, max_length=MAX_TOKENS, return_tensors="pt")
        states = model(**inputs).last_hidden_state
        mask = inputs["attention_mask"].unsqueeze(-1).to(states.dtype)
        found.append(functional.normalize((states * mask).sum(1) / mask.sum(1), dim=1))
    back = torch.empty(len(order), dtype=torch.long)
    back[order] = torch.arange(len(order))
    return torch.cat(found)[back]


def train(args: argparse.Namespace) -> None:
    """Run or go on with a run; log.jsonl in its folder is the learning curve, ``model`` the averaged weights."""
    from transformers import AutoModel, AutoTokenizer

    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    fast = fast_type() == torch.bfloat16  # elsewhere it is several times slower than float32
    run: Path = args.run
    run.mkdir(parents=True, exist_ok=True)
    no_dropout = {"attention_probs_dropout_prob": 0.0, "hidden_dropout_prob": 0.0}
    model: Any = AutoModel.from_pretrained(args.base, dtype=torch.float32, **no_dropout)
    tokenizer: Any = AutoTokenizer.from_pretrained(args.base)
    for parameter in model.embeddings.parameters():
        parameter.requires_grad_(False)
    learnt = [p for p in model.parameters() if p.requires_grad]
    mean = [p.detach().clone() for p in learnt]
    optimizer = torch.optim.AdamW(learnt, lr=args.rate, weight_decay=0.01, betas=(0.9, 0.98))
    step, spent = 0, 0.0
    checkpoint = run / "checkpoint.pt"
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        step, spent = state["step"], state["spent"]
        optimizer.load_state_dict(state["optimizer"])
        with torch.no_grad():
            for mine, kept, average, old in zip(learnt, state["learnt"], mean, state["mean"], strict=True):
                mine.copy_(kept)
                average.copy_(old)
    end = deadline(args.until)
    (run / "settings.json").write_text(json.dumps(vars(args) | {"run_command": "train"}, default=str, indent=1))
    stream = data.batches(args.data, args.batch, args.seed + step, half)
    losses: dict[str, float] = {}
    tick = kept_at = time.time()

    def keep() -> None:
        state = {"step": step, "spent": spent, "optimizer": optimizer.state_dict(),
                 "learnt": [p.detach() for p in learnt], "mean": mean}  # fmt: skip
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)
        now = [p.detach().clone() for p in learnt]
        with torch.no_grad():
            for mine, average in zip(learnt, mean, strict=True):
                mine.copy_(average)
            model.save_pretrained(run / "model")
            tokenizer.save_pretrained(run / "model")
            for mine, kept in zip(learnt, now, strict=True):
                mine.copy_(kept)

    for kind, items in stream:
        left = (end - time.time()) / (spent + end - time.time()) if end else 1 - step / args.steps
        if left <= 0:
            break
        items = list({item.text: item for item in items}.values())
        mates = torch.tensor([[bool(one.on & other.on) for other in items] for one in items])
        with torch.autocast("cpu", torch.bfloat16, enabled=fast):
            vectors = vectors_of(model, tokenizer, [item.text for item in items])
        loss = contrast(vectors.float(), mates)
        optimizer.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(learnt, 1.0)
        for part in optimizer.param_groups:
            part["lr"] = args.rate * min(1.0, (step + 1) / args.warmup) * max(left, 0.02)
        optimizer.step()
        step += 1
        with torch.no_grad():
            for mine, average in zip(learnt, mean, strict=True):
                average.lerp_(mine, 1 - min(args.average, (step + 1) / (step + 10)))
        losses[kind] = losses.get(kind, loss.item()) * 0.95 + loss.item() * 0.05
        now = time.time()
        spent += now - tick
        tick = now
        if step % 25 == 0:
            line = {"at": datetime.now(UTC).strftime("%H:%M:%S"), "step": step, "left": round(left, 3),
                    "spent": round(spent), **{k: round(v, 3) for k, v in sorted(losses.items())}}  # fmt: skip
            with (run / "log.jsonl").open("a") as log:
                log.write(json.dumps(line) + "\n")
        if now - kept_at > args.keep_every:
            keep()
            kept_at = time.time()
    keep()


def mix(args: argparse.Namespace) -> None:
    """Write a sentence-transformers folder whose weights are ``share`` tuned and the rest published."""
    from safetensors.torch import load_file, save_file

    shutil.copytree(args.base, args.out, dirs_exist_ok=True)
    tuned = load_file(args.run / "model/model.safetensors")
    mixed = load_file(args.base / "model.safetensors")
    for name, value in mixed.items():
        if name in tuned and value.is_floating_point():
            mixed[name] = value.float().lerp(tuned[name], args.share)
    save_file(mixed, args.out / "model.safetensors", metadata={"format": "pt"})


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    p = commands.add_parser("train")
    p.set_defaults(run_command=train)
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--data", type=Path, required=True)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--until", help="HH:MM (UTC): the rate falls to zero by then")
    p.add_argument("--steps", type=int, default=4000)
    p.add_argument("--batch", type=int, default=48, help="texts")
    p.add_argument("--rate", type=float, default=4e-5)
    p.add_argument("--warmup", type=int, default=100)
    p.add_argument("--average", type=float, default=0.997)
    p.add_argument("--seed", type=int, default=11)
    p.add_argument("--threads", type=int, default=1)
    p.add_argument("--keep-every", type=float, default=420, help="seconds")
    p = commands.add_parser("mix")
    p.set_defaults(run_command=mix)
    p.add_argument("--base", type=Path, required=True)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("--share", type=float, default=0.5)
    args = parser.parse_args()
    args.run_command(args)


if __name__ == "__main__":
    main()
