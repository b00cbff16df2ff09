"""The real command line with the plain models of ``tiny``: ``python tests/plain_claims.py ARGUMENTS``.

Where the variable ``CLAIMS_GATE`` names a file, the article ``004.md`` is not read before that file is there: for
tests of what one sees, and can do, while an ingest runs.
"""

from __future__ import annotations

import os
import time

import tiny

import claims.pipeline
from claims.cli import main
from claims.models import Document, Reading, Sentence


class Gated(tiny.Cues):
    """Waits where it is told to."""

    def read(self, document: Document, sentences: list[Sentence]) -> Reading:
        gate = os.environ.get("CLAIMS_GATE")
        while gate and document.path.endswith("004.md") and not os.path.exists(gate):  # noqa: PTH110
            time.sleep(0.02)
        return super().read(document, sentences)


claims.pipeline.Encoder = lambda *_: tiny.Bag()
claims.pipeline.Judge = lambda *_: tiny.Rules()
claims.pipeline.VoiceReader = lambda *_: Gated()
main()
