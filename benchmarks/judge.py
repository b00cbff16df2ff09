"""Pairs a second of the judge at mean length 50 tokens, beside what MiniLM encodes in the same minute.

    PYTHONPATH=. python benchmarks/judge.py [--model FOLDER] [--pairs 1024]

The texts are made of common words, the same for everybody; lengths are drawn so that a pair has 50 tokens on average.
"""

from __future__ import annotations

import argparse
import random
import time

from claims.encode import Encoder
from claims.judge import Judge

WORDS = """
the of and to in is was for on that with as by at from it an be are this which or had not have one were but also two
year time people city state new first government water school house world company day work report number road market
said made found built called open north south small large early public local river town bank month
"""
COMMON = WORDS.split()


def text(words: int, rng: random.Random) -> str:
    return " ".join(rng.choice(COMMON) for _ in range(words)).capitalize() + "."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--model")
    parser.add_argument("--pairs", type=int, default=1024)
    args = parser.parse_args()
    rng = random.Random(5)
    # Two final stops and four special tokens come to the words.
    pairs = [(text(rng.randint(10, 50), rng), text(rng.randint(6, 22), rng)) for _ in range(args.pairs)]
    judge, encoder = Judge(args.model), Encoder()
    judge.judge(pairs[:64])
    encoder.encode([p for p, _ in pairs[:64]])
    begun = time.perf_counter()
    judge.judge(pairs)
    judged = len(pairs) / (time.perf_counter() - begun)
    begun = time.perf_counter()
    encoder.encode([f"{p} {h}" for p, h in pairs])
    encoded = len(pairs) / (time.perf_counter() - begun)
    print(f"{judge.name}: {judged:.0f} pairs/s; {encoder.name}: {encoded:.0f} texts/s; ratio {judged / encoded:.2f}")


if __name__ == "__main__":
    main()
