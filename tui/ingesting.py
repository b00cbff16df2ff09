"""An ingest in a process of its own: models never hold up a key, and a stop is as safe as Ctrl-C on a command line."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import suppress
from pathlib import Path
from typing import Literal

from textual.message import Message

from claims.models import Problem, Report, Step

PROGRAM = (sys.executable, "-P", "-m", "claims")
"""The command line; ``-P``: no module of the working folder is taken for the program's own."""

NICER = 5
"""How much its priority lies below the UI's."""


class Ended(Message):
    """An ingest is over, one way or another."""

    def __init__(self, ingest: Ingest) -> None:
        self.ingest = ingest
        super().__init__()


class Ingest:
    """One run of ``claims ingest`` over some paths. It belongs to the app: leaving a screen does not end it."""

    def __init__(self, database: Path, paths: Sequence[str], ended: Callable[[Ended], object]) -> None:
        self.paths = tuple(paths)
        self.state: Literal["running", "stopping", "over"] = "running"
        self.step: Step | None = None
        """The latest."""
        self.begun: Counter[str] = Counter()
        """How many documents each stage has begun with."""
        self.problems: list[Problem] = []
        self.doubts: list[str] = []
        """What articles that are stored state and cannot be."""
        self.report: Report | None = None
        """What came of it; nothing where it was broken off."""
        self.told = ""
        """What it said on standard error: why it ended, where there is no report."""
        self.started, self.took = time.monotonic(), 0.0
        self._ended = ended
        self._errors = tempfile.TemporaryFile()  # noqa: SIM115 - closed when the process has ended
        self._process = subprocess.Popen(
            [*PROGRAM, "--db", str(database), "ingest", "--json", "--", *paths],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=self._errors, start_new_session=True,
        )  # fmt: skip
        with suppress(OSError, AttributeError):
            os.setpriority(os.PRIO_PROCESS, self._process.pid, NICER)
        threading.Thread(target=self._listen, name="ingest", daemon=True).start()

    @property
    def seconds(self) -> float:
        """How long it has run, or ran."""
        return self.took or time.monotonic() - self.started

    def stop(self) -> None:
        """Ask it to stop after the document at hand; asked again, it drops that document and stops at once."""
        if self.state != "over":
            self.state = "stopping"
            with suppress(OSError):
                self._process.send_signal(signal.SIGINT)

    def _listen(self) -> None:
        assert self._process.stdout is not None
        for line in self._process.stdout:
            self._take(json.loads(line))
        self._process.wait()
        self._errors.seek(0)
        said = self._errors.read().decode("utf-8", "replace").strip()
        self._errors.close()
        self.told = said.splitlines()[-1] if said else ""
        if self.report is None and not self.told:
            self.told = f"It ended with code {self._process.returncode}."
        self.took = self.seconds
        self.state = "over"
        self._ended(Ended(self))

    def _take(self, told: dict[str, object]) -> None:
        if "stage" not in told:
            self.report = Report.model_validate(told)
            return
        self.step = step = Step.model_validate(told)
        if step.doing:
            self.begun[step.doing] += 1
        if step.problem:
            self.problems.append(step.problem)
        if step.doubt:
            self.doubts.append(step.doubt)
