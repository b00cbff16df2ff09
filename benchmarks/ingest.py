"""A whole ingest beside plain encoding of the same sentences, in one run on one machine.

    python benchmarks/ingest.py CORPUS.jsonl [--count 500] [--keep FOLDER]

Plain encoding is ``SentenceTransformer.encode`` (float32, batch 32) of all sentences in one call, the model loaded and
warm, timed before and after the ingest, so that a machine that slows down meanwhile weighs on both. The ingest is the
command ``claims ingest`` in a process of its own, from its start to its end: imports, loading of models, reading,
voices, vectors, judging, linking and storing. Its peak memory is the system's count of that process.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]


def sentences_of(folder: Path) -> list[str]:
    """What the ingest will read, sentence by sentence."""
    from claims.errors import InputError
    from claims.read import documents
    from claims.sentences import split

    found = []
    for item in documents([str(folder)])[0]:
        if not isinstance(item, InputError):
            found += [s.text for s in split(item) if s.kind == "sentence"]
    return found


def encode_alone(folder: Path) -> None:
    """In a process of its own: seconds for plain encoding, as JSON."""
    texts = sentences_of(folder)
    import torch
    from sentence_transformers import SentenceTransformer

    from claims.encode import locate, usable

    # named, as the weights are stored smaller than they are used
    model = SentenceTransformer(usable(locate()[0]), device="cpu", model_kwargs={"dtype": torch.float32})
    model.encode(texts[:64], batch_size=32, show_progress_bar=False)
    begun, worked = time.perf_counter(), time.process_time()
    model.encode(texts, batch_size=32, show_progress_bar=False)
    seconds, work = time.perf_counter() - begun, time.process_time() - worked
    print(json.dumps({"seconds": seconds, "work": work, "sentences": len(texts)}))


def ingest_alone(database: Path, folder: Path) -> None:
    """In a process of its own: the command itself, with a clock around each stage; seconds by stage, as JSON."""
    import claims.pipeline
    from claims.cli import main as command
    from claims.encode import Encoder
    from claims.judge import Judge
    from claims.placing import Placer
    from claims.voices import VoiceReader

    spent: dict[str, float] = {}

    def clocked(stage: str, work: Callable[..., Any]) -> Callable[..., Any]:
        def timed(*args: Any, **more: Any) -> Any:
            begun = time.perf_counter()
            try:
                return work(*args, **more)
            finally:
                spent[stage] = spent.get(stage, 0.0) + time.perf_counter() - begun

        return timed

    for holder, name, stage in (
        (claims.pipeline, "split", "sentences"), (VoiceReader, "read", "voices"), (Encoder, "encode", "vectors"),
        (Judge, "judge", "judge"), (Placer, "place", "linking, with its judging"),
    ):  # fmt: skip
        setattr(holder, name, clocked(stage, getattr(holder, name)))
    code = 0
    try:
        command(["--db", str(database), "ingest", str(folder)])
    except SystemExit as stop:
        code = int(stop.code or 0)
    print(json.dumps({"spent": spent, "code": code}))


def measured(*arguments: str) -> tuple[dict[str, Any], float, resource.struct_rusage]:
    """Run a part of this file in a process of its own: its answer, its seconds, and what it used."""
    begun = time.perf_counter()
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "HF_HUB_OFFLINE": "1"}
    process = subprocess.Popen(
        [sys.executable, __file__, *arguments], stdout=subprocess.PIPE, text=True, env=environment
    )
    assert process.stdout
    answer = process.stdout.read()
    _, status, usage = os.wait4(process.pid, 0)
    if status:
        sys.exit(f"{' '.join(arguments)} failed")
    return json.loads(answer.splitlines()[-1]), time.perf_counter() - begun, usage


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--count", type=int, default=500)
    parser.add_argument("--keep", type=Path, help="Leave articles and database in this folder.")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as scratch:
        place = args.keep or Path(scratch)
        sys.path.insert(0, str(Path(__file__).parent))
        from corpus import write_articles

        count = write_articles(args.corpus, place / "articles", args.count)
        database = place / "benchmark.db"
        for path in place.glob("benchmark.db*"):
            path.unlink()
        before, _, _ = measured("--encode", str(place / "articles"))
        answer, seconds, used = measured("--ingest", str(database), str(place / "articles"))
        after, _, _ = measured("--encode", str(place / "articles"))
        size = sum(path.stat().st_size for path in place.glob("benchmark.db*")) / 1e6
    plain = (before["seconds"] + after["seconds"]) / 2
    sentences = before["sentences"]
    print(f"{count} articles, {sentences} sentences, load average {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
    print(f"plain encode  {plain:8.1f} s  {sentences / plain:6.0f} sentences/s"
          f"  (before {before['seconds']:.1f} s, after {after['seconds']:.1f} s)")  # fmt: skip
    print(f"whole ingest  {seconds:8.1f} s  {sentences / seconds:6.0f} sentences/s  peak {used.ru_maxrss / 1e6:.2f} GB")
    print(f"database      {size:8.1f} MB")
    for stage, spent in sorted(answer["spent"].items(), key=lambda item: -item[1]):
        print(f"  {stage:26} {spent:8.1f} s  {100 * spent / seconds:3.0f} %")
    print(f"ratio         {seconds / plain:8.2f}")
    # on a machine that does other things as well, processor time says more than the clock
    work, plain_work = used.ru_utime + used.ru_stime, (before["work"] + after["work"]) / 2
    print(f"processor     {work:8.1f} s against {plain_work:.1f} s, ratio {work / plain_work:.2f}")


if __name__ == "__main__":
    if sys.argv[1:2] == ["--encode"]:
        encode_alone(Path(sys.argv[2]))
    elif sys.argv[1:2] == ["--ingest"]:
        ingest_alone(Path(sys.argv[2]), Path(sys.argv[3]))
    else:
        main()
