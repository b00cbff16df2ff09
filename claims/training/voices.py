"""Train the network of voices: PolNeAR's attributions, and with them whether a sentence states what can be checked.

    python -m claims.training.voices --base MINILM --data SHARED/data --output FOLDER

One run over MiniLM takes some 25 minutes on two cores. The same seed, data and number of threads give the same
weights up to the order in which threads add. A run that was stopped goes on from the checkpoint in its output folder.
See ``claims/models/voices/MODEL_CARD.md`` for data, settings and scores.
"""

from __future__ import annotations

import argparse
import copy
import json
import random
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F

from claims.loading import fast_type
from claims.training.export import save
from claims.training.polnear import Article, Event, articles
from claims.voices.network import VoiceNetwork
from claims.voices.tagger import SHIPPED, TOKENIZER, load
from claims.voices.windows import CLS, SEP, Tokens, load_tokenizer, tokenize, windows

IGNORE = -100
HELD_OUT = ("DE2021", "IN2011")
"""Speeches of PoliClaim never trained on (a fifth of the sentences), for `claims detect`'s score."""


@dataclass
class Example:
    """A window with its labels: ``tags`` (tokens, 3); one row of ``roles`` (tokens) an anchor."""

    ids: list[int]
    features: list[int]
    tags: list[list[int]]
    anchors: list[int]
    roles: list[list[int]]


MPNET = {
    "self.query": "attn.q", "self.key": "attn.k", "self.value": "attn.v",
    "output.dense": "attn.o", "output.LayerNorm": "LayerNorm",
}  # fmt: skip
"""What BERT calls the parts of its attention, and what MPNet calls them."""


def start_from(base: Path, tokenizer: Path, layers: int | None = None) -> VoiceNetwork:
    """The network with the encoder of a BERT or MPNet, its lowest ``layers`` or all of them; its heads are new.

    ``tokenizer`` is BERT's, whose word pieces MPNet shares under other numbers: its rows are put in BERT's order.
    """
    config = json.loads((base / "config.json").read_text(encoding="utf-8"))
    mpnet = config["model_type"] == "mpnet"
    network = VoiceNetwork(
        vocab=len(vocabulary := _vocabulary(tokenizer)),
        width=config["hidden_size"],
        layers=layers or config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        distances=config["relative_attention_num_buckets"] if mpnet else 0,
        epsilon=config["layer_norm_eps"],
    )
    old = {k.removeprefix("bert."): v.float() for k, v in load_file(base / "model.safetensors").items()}
    new = network.state_dict()
    emb = "embeddings."
    words = old[f"{emb}word_embeddings.weight"]
    positions = old[f"{emb}position_embeddings.weight"]
    if mpnet:
        theirs = {**_vocabulary(base / "tokenizer.json"), "[CLS]": 0, "[SEP]": 2, "[MASK]": 30526}
        words = words[[theirs[piece] for piece, _ in sorted(vocabulary.items(), key=lambda item: item[1])]]
        positions = positions[2:]  # MPNet counts positions from its padding's number on
        new["bias.weight"] = old["encoder.relative_attention_bias.weight"]
    else:
        positions = positions + old[f"{emb}token_type_embeddings.weight"][0]
    new["words.weight"], new["positions.weight"] = words, positions
    new["features.weight"] = torch.randn_like(new["features.weight"]) * 0.02
    for part in ("weight", "bias"):
        new[f"norm.{part}"] = old[f"{emb}LayerNorm.{part}"]
        for i in range(len(network.layers)):
            n = f"layers.{i}."

            def of(name: str, layer: int = i, part: str = part) -> Tensor:
                own = MPNET.get(name, name) if mpnet else name
                return old[f"encoder.layer.{layer}.attention.{own}.{part}"]

            new[f"{n}qkv.{part}"] = torch.cat([of(f"self.{x}") for x in ("query", "key", "value")])
            new[f"{n}out.{part}"], new[f"{n}norm1.{part}"] = of("output.dense"), of("output.LayerNorm")
            for mine, its in (("up", "intermediate.dense"), ("down", "output.dense"), ("norm2", "output.LayerNorm")):
                new[f"{n}{mine}.{part}"] = old[f"encoder.layer.{i}.{its}.{part}"]
    network.load_state_dict(new)
    return network


def _vocabulary(tokenizer: Path) -> dict[str, int]:
    vocabulary: dict[str, int] = json.loads(tokenizer.read_text(encoding="utf-8"))["model"]["vocab"]
    return vocabulary


def label(tokens: Tokens, events: list[Event]) -> tuple[list[list[int]], list[tuple[int, dict[int, int]]]]:
    """BIO tags of all tokens, and for each cue its first token with the roles of tokens to it."""
    tags = [[0, 0, 0] for _ in range(len(tokens))]
    frames = []
    for event in events:
        roles: dict[int, int] = {}
        first = None
        for column, (kind, role) in enumerate((("cue", 3), ("source", 2), ("content", 1))):
            for a, b in event[kind]:
                i0 = i = tokens.at(a)
                while i < len(tokens) and tokens.starts[i] < b:
                    tags[i][column] = 1 if i == i0 else 2
                    roles[i] = role
                    i += 1
                if kind == "cue" and i > i0 and (first is None or i0 < first):
                    first = i0
        if first is not None:
            frames.append((first, roles))
    return tags, frames


def vary(text: str, rng: random.Random) -> str:
    """The text as another outlet would set it, of the same length: straight marks, or paragraphs run together."""
    if rng.random() < 0.25:
        text = text.translate(str.maketrans("“”‘’", "\"\"''"))
    if rng.random() < 0.1:
        text = text.replace("\n", " ")
    return text


def examples(data: list[Article], tokenizer: object, size: int, rng: random.Random) -> list[Example]:
    """One epoch's windows: cut afresh, one annotator an article."""
    out = []
    for article in data:
        tokens = tokenize(vary(article.text, rng), tokenizer)  # type: ignore[arg-type]
        tags, frames = label(tokens, rng.choice(article.annotations))
        for a, b in windows(tokens, size, 0, rng.randint(size // 3, size)):
            inside = [(at - a + 1, roles) for at, roles in frames if a <= at < b]
            rows = []
            for _, roles in inside:
                row = [0] * (b - a + 2)
                for t, role in roles.items():
                    if a <= t < b:
                        row[t - a + 1] = role
                rows.append(row)
            edge = [[IGNORE] * 3]
            out.append(
                Example(
                    [CLS, *tokens.ids[a:b], SEP],
                    [0, *tokens.features[a:b], 0],
                    edge + tags[a:b] + edge,
                    [at for at, _ in inside],
                    rows,
                )
            )
    rng.shuffle(out)
    return out


def batches(data: list[Example], size: int, rng: random.Random) -> list[list[Example]]:
    """Batches of like lengths, in random order."""
    out = []
    for i in range(0, len(data), size * 16):
        pool = sorted(data[i : i + size * 16], key=lambda e: len(e.ids))
        out += [pool[j : j + size] for j in range(0, len(pool), size)]
    rng.shuffle(out)
    return out


def pad(rows: list[list[int]], fill: int = 0) -> Tensor:
    """Rows of one length, filled up on the right."""
    longest = max(map(len, rows))
    return torch.tensor([r + [fill] * (longest - len(r)) for r in rows])


def voice_loss(network: VoiceNetwork, batch: list[Example]) -> tuple[Tensor, Tensor]:
    """Losses of the tags and of the roles."""
    lengths = torch.tensor([len(e.ids) for e in batch])
    x = network.encode(pad([e.ids for e in batch]), pad([e.features for e in batch]), lengths)
    wanted = torch.stack([pad([[t[c] for t in e.tags] for e in batch], IGNORE) for c in range(3)], -1)
    tags = F.cross_entropy(network.tags(x).float().flatten(0, 2), wanted.flatten(), ignore_index=IGNORE)
    rows = torch.tensor([r for r, e in enumerate(batch) for _ in e.anchors], dtype=torch.long)
    at = torch.tensor([a for e in batch for a in e.anchors], dtype=torch.long)
    if not len(rows):
        return tags, torch.zeros(())
    roles = pad([row + [IGNORE] * (x.shape[1] - len(row)) for e in batch for row in e.roles])
    return tags, F.cross_entropy(network.roles(x, rows, at).float().flatten(0, 1), roles.flatten(), ignore_index=IGNORE)


def detect_loss(network: VoiceNetwork, rows: list[tuple[Tokens, float]]) -> Tensor:
    """Loss of the sentence head on loose sentences."""
    ids = [[CLS, *t.ids[:200], SEP] for t, _ in rows]
    lengths = torch.tensor([len(i) for i in ids])
    x = network.encode(pad(ids), pad([[0, *t.features[:200], 0] for t, _ in rows]), lengths)
    n = torch.arange(len(rows))
    logits = network.detect(x, n, torch.ones_like(n), lengths - 1).float()
    return F.binary_cross_entropy_with_logits(logits, torch.tensor([y for _, y in rows]))


def sentences(path: Path, tokenizer: object, skip: tuple[str, ...] = ()) -> list[tuple[Tokens, float]]:
    """Labelled sentences of a file of `{"text", "label"}`, without the held-out speeches."""
    rows = [json.loads(x) for x in path.read_text(encoding="utf-8").splitlines()]
    return [(tokenize(r["text"], tokenizer), float(r["label"])) for r in rows if r.get("speech") not in skip]  # type: ignore[arg-type]


def train(args: argparse.Namespace) -> None:
    """The whole run, or the rest of one that was stopped; writes the averaged weights after every epoch."""
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    fast = fast_type() == torch.bfloat16  # elsewhere it is several times slower than float32
    tokenizer_file = SHIPPED / TOKENIZER
    tokenizer = load_tokenizer(tokenizer_file)
    data = articles(args.data / "attribution" / "polnear" / "train")
    if args.limit:
        data = data[: args.limit]
    checked = sentences(args.data / "detect" / "policlaim_clean.train.jsonl", tokenizer, HELD_OUT)
    network = load(args.resume)[1] if args.resume else start_from(args.base, tokenizer_file, args.layers)
    average = copy.deepcopy(network).eval()
    backbone = [p for n, p in network.named_parameters() if n.split(".")[0] in ("positions", "norm", "layers", "bias")]
    network.words.weight.requires_grad_(False)
    known = set(map(id, backbone))
    heads = [p for p in network.parameters() if p.requires_grad and id(p) not in known]
    optimizer = torch.optim.AdamW(
        [{"params": backbone, "lr": args.rate}, {"params": heads, "lr": args.head_rate}], weight_decay=0.01, fused=True
    )

    def epoch_of(number: int) -> list[list[Example]]:
        rng = random.Random(args.seed * 1000 + number)
        return batches(examples(data, tokenizer, args.window, rng), args.batch, rng)

    per_epoch = len(epoch_of(0))
    total = args.steps or per_epoch * args.epochs
    warm = max(1, total // 15)
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: min((s + 1) / warm, max(0.02, (total - s) / (total - warm)))
    )
    args.output.mkdir(parents=True, exist_ok=True)
    checkpoint = args.output / "checkpoint.pt"
    parts = {"network": network, "average": average, "optimizer": optimizer, "schedule": schedule}
    step = 0
    if checkpoint.exists():
        state = torch.load(checkpoint, weights_only=True)
        step = state["step"]
        for name, part in parts.items():
            part.load_state_dict(state[name])

    def keep() -> None:
        torch.save({"step": step, **{n: p.state_dict() for n, p in parts.items()}}, checkpoint.with_suffix(".new"))
        checkpoint.with_suffix(".new").replace(checkpoint)

    began, seen, epoch, turn = time.time(), 0, 0, 0
    while step < total:
        sums: dict[str, float] = defaultdict(float)
        for batch in epoch_of(epoch):
            turn += 1
            if turn <= step:
                continue  # done before the run was stopped
            if step >= total:
                break
            network.train()
            with torch.autocast("cpu", torch.bfloat16, enabled=fast):
                tags, roles = voice_loss(network, batch)
                loss = tags + args.role_weight * roles
                if step % 6 == 0 and checked:
                    check = detect_loss(network, random.Random(step).sample(checked, 32))
                    loss = loss + 0.3 * check
                    sums["detect"] += 6 * check.item()
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            step += 1
            seen += sum(len(e.ids) for e in batch)
            sums["tags"] += tags.item()
            sums["roles"] += roles.item()
            rate = min(args.average, (step + 1) / (step + 10))
            with torch.no_grad():
                for mine, theirs in zip(average.parameters(), network.parameters(), strict=True):
                    mine.lerp_(theirs, 1 - rate)
            if step % 50 == 0:
                means = {k: round(v / max(1, step - epoch * per_epoch), 4) for k, v in sums.items()}
                print(f"step {step}/{total} {seen / (time.time() - began):.0f} tokens/s {means}", flush=True)
            if step % 300 == 0:
                keep()
        epoch += 1
        print(f"epoch {epoch} {time.time() - began:.0f}s", flush=True)
        save(average, tokenizer_file, args.output, args.window, args.overlap)
        keep()
    if args.resume and args.blend:
        before = load(args.resume)[1].state_dict()
        now = load(args.output)[1]
        now.load_state_dict({k: torch.lerp(before[k], v, 0.5) for k, v in now.state_dict().items()})
        save(now, tokenizer_file, args.output, args.window, args.overlap)


def main() -> None:
    """Parse and run."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base", type=Path, required=True, help="folder of all-mpnet-base-v2 or all-MiniLM-L6-v2")
    parser.add_argument("--layers", type=int, help="the lowest layers to keep (all)")
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--data", type=Path, required=True, help="folder holding attribution/ and detect/")
    parser.add_argument("--output", type=Path, required=True)
    parser.add_argument("--epochs", type=int, default=3)
    parser.add_argument("--batch", type=int, default=8)
    parser.add_argument("--window", type=int, default=254)
    parser.add_argument("--overlap", type=int, default=48)
    parser.add_argument("--rate", type=float, default=2.5e-4)
    parser.add_argument("--head-rate", type=float, default=1e-3)
    parser.add_argument("--role-weight", type=float, default=4.0)
    parser.add_argument("--average", type=float, default=0.997)
    parser.add_argument("--steps", type=int, default=0, help="stop after so many, in place of whole epochs")
    parser.add_argument("--resume", type=Path, help="a folder this script wrote, to go on from")
    parser.add_argument(
        "--blend", action="store_true", help="end with the mean of what was resumed and what came of it"
    )
    parser.add_argument("--seed", type=int, default=13)
    parser.add_argument("--limit", type=int, default=0, help="articles, for a trial")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
