"""Train, measure and label with the judge.

    python -m claims.training.judge train --arch student --base DIR --run DIR --until 08:15
    python -m claims.training.judge train --arch student --base DIR --run DIR --steps 9000 --soft LABELLED.jsonl
    python -m claims.training.judge export --run DIR --out DIR          a checkpoint as a CrossEncoder folder
    python -m claims.training.judge label --model DIR --out FILE PAIRS...    a teacher's soft labels

``train`` goes on from the run's checkpoint when there is one.  ``--until`` ties the linear decay to the clock, so that
a run on a shared machine ends well whatever it got done; ``--steps`` ties it to steps, and is reproducible.
Measuring is ``claims.training.judge_eval``.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import torch
from torch.nn import functional

from claims.loading import fast_type
from claims.training import judge_data as data
from claims.training.judge_augment import augment
from claims.training.judge_model import MAX_TOKENS, Masters, build, pad, save, start_from
from claims.training.news import news_rows
from claims.training.same_data import same_rows, with_same
from claims.training.stories import derived, marked, parts, read_stories

SMOOTHING = 0.05
SAME_SHARE = 0.7  # weight of carrying the same claim beside the label
SOFT_SHARE = 0.7  # weight of the teacher's labels where a row has both (Hinton et al. 2015)


def encoder(tokenizer: Any) -> Callable[[list[tuple[str, str]]], list[list[int]]]:
    """A function from text pairs to token ids; the longer text of a pair is cut first."""

    def encode(pairs: list[tuple[str, str]]) -> list[list[int]]:
        firsts, seconds = [p for p, _ in pairs], [h for _, h in pairs]
        ids: list[list[int]] = tokenizer(firsts, seconds, truncation="longest_first", max_length=MAX_TOKENS)[
            "input_ids"
        ]
        return ids

    return encode


def targets(rows: list[data.Row]) -> torch.Tensor:
    """(batch, 3) target probabilities: smoothed labels, a teacher's, or a mixture of the two."""
    n = len(data.LABELS)
    out = torch.zeros(len(rows), n)
    for i, row in enumerate(rows):
        hard = torch.full((n,), 1 / n)
        if row.label is not None:
            hard = torch.full((n,), SMOOTHING / n)
            hard[row.label] += 1 - SMOOTHING
        share = 0.0 if row.soft is None else SOFT_SHARE if row.label is not None else 1.0
        out[i] = (1 - share) * hard + (share * torch.tensor(row.soft) if row.soft else 0)
    return out


def loss_of(logits: torch.Tensor, rows: list[data.Row]) -> torch.Tensor:
    """Mean loss of a batch's logits (batch, 4): of the label where a row has one, and of carrying the same claim."""
    n = len(data.LABELS)
    known = torch.tensor([row.label is not None or row.soft is not None for row in rows], dtype=torch.float32)
    labels = functional.cross_entropy(logits[:, :n], targets(rows), reduction="none")
    told = torch.tensor([row.same is not None for row in rows], dtype=torch.float32)
    same = torch.tensor([row.same or 0.0 for row in rows])
    smooth = same * (1 - SMOOTHING) + SMOOTHING / 2
    matched = functional.binary_cross_entropy_with_logits(logits[:, n], smooth, reduction="none")
    return (labels * known + SAME_SHARE * matched * told).mean()


def accuracy(model: Any, tokenizer: Any, rows: list[data.Row]) -> float:
    """Share of rows whose likeliest label is the given one."""
    coded = encoder(tokenizer)([(r.premise, r.hypothesis) for r in rows])
    order = sorted(range(len(rows)), key=lambda i: len(coded[i]))
    right = 0
    model.eval()
    with torch.inference_mode():
        for start in range(0, len(order), 32):
            part = order[start : start + 32]
            tokens, mask = pad([coded[i] for i in part], tokenizer.pad_token_id)
            best = model(input_ids=tokens, attention_mask=mask).logits[:, :3].argmax(-1).tolist()
            right += sum(rows[i].label == b for i, b in zip(part, best, strict=True))
    model.train()
    return right / max(1, len(rows))


def deadline(text: str | None) -> float | None:
    """The next moment (UTC, seconds) at which the clock reads HH:MM."""
    if text is None:
        return None
    hour, minute = map(int, text.split(":"))
    now = datetime.now(UTC)
    then = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    return (then if then > now else then + timedelta(days=1)).timestamp()


def train(args: argparse.Namespace) -> None:
    """Run or go on with a training run in ``args.run``; log.jsonl there is its learning curve."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    run: Path = args.run
    run.mkdir(parents=True, exist_ok=True)
    rows = data.read_rows(sorted(args.data.glob("judge/train/nli-*.jsonl")))
    if args.soft:
        # A pair that the teacher has labelled takes the place of the plain one.
        rows = list({(r.premise, r.hypothesis): r for r in [*rows, *data.read_rows(args.soft)]}.values())
    rows, emergent = data.emergent_split(rows, args.data / "cluster/emergent.jsonl")
    rows *= args.public
    told, untold = parts(read_stories())
    rows = [with_same(row) for row in rows] + same_rows(args.data / "cluster", args.seed)
    rows += marked(told) + derived(told, args.seed)
    near, unseen = news_rows(args.data / "corpus/news.jsonl")
    rows += near
    watched = {"emergent_tenth": emergent, "stories": marked(untold)}
    for name in ("news.pairs", "news.claims", "news.groups"):
        watched[name] = [r for r in unseen if r.set == name and r.label is not None][:400]
    for name, take in (("lingnli_base", 400), ("fever_symmetric", 250), ("cad_snli", 300)):
        watched[name] = data.read_rows([args.data / f"judge/dev/{name}.jsonl"])[:take]
    model, tokenizer = build(args.arch, args.base)
    if args.start:
        start_from(model, args.start)
    model = model.to(fast_type()).train()
    masters = Masters(model, fixed=args.fixed)
    step, spent = 0, 0.0
    checkpoint = run / ("checkpoint.pt" if args.part == 0 else f"checkpoint-{args.part}.pt")
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        masters.load(state["masters"])
        step, spent = state["step"], state["spent"]
    end = deadline(args.until)
    (run / "settings.json").write_text(json.dumps({**vars(args), "rows": len(rows)}, default=str, indent=1))

    def keep() -> None:
        state = {"masters": masters.state(), "step": step, "spent": spent, "arch": args.arch, "base": str(args.base)}
        torch.save(state, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    def report() -> None:
        scores = {name: round(accuracy(model, tokenizer, rs), 3) for name, rs in watched.items()}
        line = {
            "at": datetime.now(UTC).strftime("%H:%M:%S"),
            "part": args.part,
            "step": step,
            "pairs": step * args.batch,
            "loss": round(loss_mean, 4),
            "rate": rate,
            "pairs_per_s": round(step * args.batch / max(spent, 1e-9), 1),
            **scores,
        }
        with (run / "log.jsonl").open("a") as log:
            log.write(json.dumps(line) + "\n")

    # A step is a batch of the whole run: each of n parts does every n-th.
    share = (args.part, args.parts)
    stream = data.batches(rows, encoder(tokenizer), augment, size=args.batch, seed=args.seed, skip=step, share=share)
    loss_mean, rate = 1.1, 0.0
    tick = kept = reported = time.time()
    for turn, batch in enumerate(stream, 1):
        left = (end - time.time()) / (spent + end - time.time()) if end else 1 - step / args.steps
        if left <= 0:
            break
        rate = args.rate * min(1.0, (step + 1) / args.warmup) * left
        tokens, mask = pad([ids for ids, _ in batch], tokenizer.pad_token_id)
        logits = model(input_ids=tokens, attention_mask=mask).logits.float()
        loss = loss_of(logits, [row for _, row in batch])
        loss.backward()
        masters.step(rate)
        step += args.parts
        loss_mean += 0.01 * (loss.item() - loss_mean)
        now = time.time()
        spent += now - tick
        tick = now
        if args.parts > 1 and turn % args.meet_every == 0:
            masters.meet(run, args.part, args.parts)
        if turn % 50 == 0:
            print(f"{step} {loss_mean:.4f} {rate:.2e} {step * args.batch / spent:.1f}/s", flush=True)
        if now - reported > args.report_every:
            report()
            reported = time.time()
        if now - kept > args.keep_every:
            keep()
            kept = time.time()
        tick = now if now == tick else time.time()
    if args.parts > 1:
        masters.meet(run, args.part, args.parts)
    keep()
    report()


def export(args: argparse.Namespace) -> None:
    """Write a run's checkpoint as an ordinary CrossEncoder folder in float32."""
    state = torch.load(args.run / "checkpoint.pt", weights_only=True)
    model, tokenizer = build(state["arch"], Path(state["base"]))
    values = dict(model.named_parameters())
    with torch.no_grad():
        for name, value in state["masters"]["copies"].items():
            values[name].copy_(value)
    save(model, tokenizer, args.out, judge_pairs_seen=state["step"] * 32)
    print(f"{args.out}: after {state['step']} steps", file=sys.stderr)


def label(args: argparse.Namespace) -> None:
    """Give every pair of some files the model's probabilities, as ``soft``, in the order of LABELS."""
    from claims.judge import Judge

    judge = Judge(args.model)
    rows = [json.loads(line) for path in args.pairs for line in path.read_text(encoding="utf-8").splitlines()]
    with args.out.open("w", encoding="utf-8") as out:
        for start in range(0, len(rows), 2048):
            part = rows[start : start + 2048]
            answers = judge.judge([(r["premise"], r["hypothesis"]) for r in part])
            for row, got in zip(part, answers, strict=True):
                soft = [round(x, 4) for x in (got.asserts, got.neutral, got.disputes)]
                out.write(json.dumps({**row, "soft": soft}, ensure_ascii=False) + "\n")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    commands = parser.add_subparsers(required=True)
    p = commands.add_parser("train")
    p.set_defaults(run_command=train)
    p.add_argument("--arch", required=True)
    p.add_argument("--base", type=Path, required=True, help="folder of the base's published weights")
    p.add_argument("--run", type=Path, required=True, help="folder of the run: checkpoint, log, settings")
    p.add_argument("--data", type=Path, default=Path("/work/shared/data"))
    p.add_argument("--start", type=Path, help="folder of a CrossEncoder to go on from, in place of the base")
    p.add_argument("--fixed", type=int, default=0, help="so many of the lowest layers stay as they are")
    p.add_argument("--public", type=int, default=1, help="how often the public sets count beside stories and news")
    p.add_argument("--soft", type=Path, nargs="*", help="files written by `label`")
    p.add_argument("--until", help="HH:MM (UTC): the rate falls to zero by then")
    p.add_argument("--steps", type=int, default=9000)
    p.add_argument("--rate", type=float, default=5e-5)
    p.add_argument("--warmup", type=int, default=300)
    p.add_argument("--batch", type=int, default=32)
    p.add_argument("--seed", type=int, default=7)
    p.add_argument("--threads", type=int, default=2)
    p.add_argument("--part", type=int, default=0, help="which of the run's processes this is")
    p.add_argument("--parts", type=int, default=1, help="processes that share the run, one thread each; start all")
    p.add_argument("--meet-every", type=int, default=40, help="batches after which parts mix their values")
    p.add_argument("--keep-every", type=float, default=600, help="seconds")
    p.add_argument("--report-every", type=float, default=900, help="seconds")
    p = commands.add_parser("export")
    p.set_defaults(run_command=export)
    p.add_argument("--run", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p = commands.add_parser("label")
    p.set_defaults(run_command=label)
    p.add_argument("--model", type=Path, required=True)
    p.add_argument("--out", type=Path, required=True)
    p.add_argument("pairs", type=Path, nargs="+")
    args = parser.parse_args()
    args.run_command(args)


if __name__ == "__main__":
    main()
