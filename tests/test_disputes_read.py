"""The marks read by hand are kept whole, and without any text."""

from __future__ import annotations

import json
import re
from pathlib import Path

from claims.stance import REASONS

FILE = Path(__file__).resolve().parents[1] / "benchmarks" / "disputes-read.jsonl"
FIELDS = {
    "part", "document", "start", "end", "claim_document", "claim_start", "claim_end", "reason", "score", "right",
    "kept",
}  # fmt: skip


def test_rows_hold_places_and_verdicts_alone() -> None:
    rows = [json.loads(line) for line in FILE.read_text(encoding="utf-8").splitlines()]
    assert rows
    for row in rows:
        assert set(row) == FIELDS
        assert re.fullmatch("[0-9a-f]{64}", row["document"]) and 0 <= row["start"] < row["end"]
        if row["claim_document"] is not None:
            assert re.fullmatch("[0-9a-f]{64}", row["claim_document"]) and row["claim_start"] < row["claim_end"]
        assert row["reason"] in REASONS and 0 <= row["score"] <= 1
        assert row["part"] in {"tuned", "unseen"} and isinstance(row["right"], bool) and isinstance(row["kept"], bool)
    where = ("document", "start", "end", "claim_document", "claim_start")
    places = [tuple(row[key] for key in where) for row in rows]
    assert len(set(places)) == len(places), "each mark is read once"
