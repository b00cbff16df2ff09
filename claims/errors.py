"""Every error the engine raises on purpose. Each message carries the bad value and the way out.

ClaimsError
├── InputError        a file, folder or line that cannot be read
│   └── SkippedInput  read well enough to know that there is nothing to store (empty, a duplicate)
├── DatabaseError     the database file is not one, is locked, is read-only, is too new, is full
├── FileThere         a file would be replaced that nobody asked to replace
├── ModelError        a model is missing, is not what it should be, or cannot be loaded
├── NotFound          no claim, source or document answers to that name
├── UsageProblem      what was asked makes no sense for what is there
│   └── AlreadySo      a decision that would change nothing
└── Stopped           the user asked for a stop; what was committed stays
"""

from __future__ import annotations


class ClaimsError(Exception):
    """Base of all: front ends print ``str(error)`` and exit with 1."""


class InputError(ClaimsError):
    """An input that cannot be read; the message names it and says what to do."""

    path: str = ""
    """The input as the user named it, where that is known."""


class SkippedInput(InputError):
    """An input with nothing to store."""


class FileThere(ClaimsError):
    """A file of that name is there already."""


class DatabaseError(ClaimsError):
    """The database file cannot be used as it is."""


class ModelError(ClaimsError):
    """A model is missing or unfit."""


class NotFound(ClaimsError):
    """A name or number given by the user answers to nothing."""


class UsageProblem(ClaimsError):
    """What was asked makes no sense for what is there; the message says what would."""


class AlreadySo(UsageProblem):
    """What was decided is so already: there is nothing to do, and nothing to undo."""


class Stopped(ClaimsError):
    """Work was stopped on request."""
