"""How many marks of ``disputes`` on news articles are right: read one by one, and kept without the text.

    python benchmarks/disputes.py [--db FILE]

``disputes-read.jsonl`` holds a row for each mark read: the SHA-256 of the document, the offsets of what is said,
those of the statement that words the claim (none where that is gone), the mark's reason and score, whether it is
right, and whether the rules, the judge and the linking as they stand still make it (``kept``). A mark is right if both
cannot be true together, of the same thing at the same time, or if the source denies the claim: that source, and not
another. ``part`` is "tuned" for 1,100 articles that were looked at while rules were made, "unseen" for 900 others, of
which only the wrong marks of this reading were looked at, for the rules that followed.
With the database in which those articles are stored, every mark is printed with its words.
"""

from __future__ import annotations

import argparse
import json
from pathlib import Path

FILE = Path(__file__).with_name("disputes-read.jsonl")


def wilson(right: int, total: int, z: float = 1.96) -> tuple[float, float]:
    """The 95 % interval of a share (Wilson 1927)."""
    if not total:
        return 0.0, 1.0
    share, square = right / total, z * z
    middle = (share + square / (2 * total)) / (1 + square / total)
    half = z * (share * (1 - share) / total + square / (4 * total * total)) ** 0.5 / (1 + square / total)
    return middle - half, middle + half


def rows() -> list[dict[str, object]]:
    return [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]


def main() -> None:
    parser = argparse.ArgumentParser(description="Precision of the marks read by hand.")
    parser.add_argument("--db", type=Path, help="A database that holds the articles: print each mark's words.")
    chosen = parser.parse_args()
    read = rows()
    for part in ("tuned", "unseen"):
        for name, rest in (("as read", False), ("still made", True)):
            marks = [bool(row["right"]) for row in read if row["part"] == part and row["kept"] >= rest]
            low, high = wilson(sum(marks), len(marks))
            share = f"{sum(marks) / len(marks):.2f} ({low:.2f} to {high:.2f})" if marks else "-"
            print(f"{part:8} {name:11} {sum(marks)} of {len(marks)} right: {share}")
    if chosen.db:
        from claims.views import Views

        views = Views.open(chosen.db)
        texts = {d.sha256: views.text(d.id) for d in views.documents(limit=100_000)}
        for row in read:
            said = texts.get(str(row["document"]), "")[row["start"] : row["end"]]  # type: ignore[misc]
            claim = texts.get(str(row["claim_document"]), "")[row["claim_start"] : row["claim_end"]]  # type: ignore[misc]
            if said:
                verdict = "right" if row["right"] else "WRONG"
                print(f"\n{verdict} {row['reason']}\n  said:  {said!r}\n  claim: {claim!r}")


if __name__ == "__main__":
    main()
