"""Claims by meaning, for a program that must not wait: the encoder lives in a process of its own.

Loading a model holds up every thread of the process that loads it, for seconds. ``python -m claims.meaning FILE`` is
that process: a JSON string a line in, a JSON list of claim ids (or ``{"error": ...}``) a line out.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from claims.errors import ClaimsError, ModelError

if TYPE_CHECKING:
    from claims.search import Nearest


class Meaning:
    """Asks the process, which is started by the first question. One question at a time; from any thread."""

    def __init__(self, database: Path, command: Sequence[str] | None = None) -> None:
        self._command = list(command or (sys.executable, "-m", "claims.meaning", str(database)))
        self._process: subprocess.Popen[str] | None = None
        self._turn, self._lock = threading.Lock(), threading.Lock()
        self._closed = False

    @property
    def ready(self) -> bool:
        """Whether the process is there, so that an answer takes no loading."""
        return self._process is not None and self._process.poll() is None

    def claims(self, words: str) -> list[int]:
        """Ids of claims near to ``words``, best first. Raises :class:`ModelError`, also when it was stopped."""
        with self._turn:
            process = self._started()
            assert process.stdin and process.stdout
            try:
                process.stdin.write(json.dumps(words) + "\n")
                process.stdin.flush()
                line = process.stdout.readline()
            except (OSError, ValueError) as error:
                raise ModelError(f"Search by meaning has stopped: {error}") from error
        if not line:
            raise ModelError("Search by meaning has stopped. Try: claims list --like WORDS")
        answer = json.loads(line)
        if isinstance(answer, dict):
            raise ModelError(str(answer["error"]))
        return [int(claim) for claim in answer]

    def _started(self) -> subprocess.Popen[str]:
        with self._lock:
            if self._closed:
                raise ModelError("Search by meaning has been closed.")
            if not self.ready:
                self._process = subprocess.Popen(
                    self._command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
                    encoding="utf-8", start_new_session=True, env={**os.environ, "OMP_NUM_THREADS": "1"},
                )  # fmt: skip
            assert self._process is not None
            return self._process

    def stop(self) -> None:
        """End the process, whatever it is doing; a later question starts another."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            process.kill()
            process.wait()

    def close(self) -> None:
        """End it for good."""
        with self._lock:
            self._closed = True
        self.stop()


def _opened(database: Path) -> Nearest:
    """What is asked. Raises :class:`ClaimsError` where most of the database was read with another encoder."""
    from claims import settings
    from claims.encode import Encoder
    from claims.search import ENOUGH, Nearest, unlike
    from claims.views import Views

    views, encoder = Views.open(database), Encoder(settings.load().encoder)
    try:
        unlike(views, encoder.name, enough=ENOUGH)
    except ClaimsError:
        views.close()
        raise
    return Nearest(views, encoder)


def serve(database: Path, lines: TextIO) -> Iterator[str]:
    """An answer a line."""
    nearest: Nearest | None = None
    for line in lines:
        try:
            nearest = nearest or _opened(database)
            yield json.dumps(nearest.claims(json.loads(line)))
        except ClaimsError as error:
            yield json.dumps({"error": str(error)})


if __name__ == "__main__":
    for answer in serve(Path(sys.argv[1]), sys.stdin):
        print(answer, flush=True)
