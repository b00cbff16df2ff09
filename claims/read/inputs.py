"""Paths, folders, globs, addresses and ``-`` to single inputs, in stable order."""

from __future__ import annotations

import glob
import os
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Literal

from claims.models import Frozen

IGNORED = frozenset(
    ".png .jpg .jpeg .gif .svg .webp .ico .bmp .tif .tiff .avif .css .scss .js .mjs .ts .map .woff .woff2 .ttf .otf "
    ".eot .mp3 .mp4 .m4a .wav .ogg .webm .avi .mov .db .sqlite "
    ".sqlite3 .db-wal .db-shm .db-journal .py .pyc .sh .toml .yaml .yml .ini .cfg .lock .log .sha256 .sig .exe .dll "
    ".so .o .a .whl .tar .gz .bz2 .xz .7z .rar .swp .bak .tmp".split()
)
"""Never articles: passed over in folders without a word (named on the command line they are tried)."""


class Input(Frozen):
    """One thing to read. ``path`` is as given, and what messages and the database show."""

    path: str
    kind: Literal["file", "stdin", "address"] = "file"
    location: Path | None = None
    problem: str | None = None
    """Why it cannot be read, if that is known already; reading it raises this."""


def find(paths: Sequence[str]) -> Iterator[Input]:
    """Expand what the user named. Nothing is raised: an Input with a ``problem`` stands for what is not there."""
    for path in paths:
        yield from _find(str(path))


def _find(path: str) -> Iterator[Input]:
    if path == "-":
        yield Input(path="-", kind="stdin")
        return
    scheme = path.split("://", 1)[0].lower() if "://" in path else ""
    if scheme in ("http", "https"):
        yield Input(path=path, kind="address")
        return
    if re.fullmatch(r"[a-z][a-z0-9+.-]+", scheme):
        yield Input(
            path=path,
            problem=f"{path}: only http:// and https:// addresses are fetched; save the page and give the file.",
        )
        return
    if "\x00" in path:
        yield Input(path=path.replace("\x00", "\\0"), problem=f"{path!r}: not a path; check the name.")
        return
    given = Path(path).expanduser()
    try:
        if given.is_dir():
            yield from _folder(path, given)
            return
        if os.path.lexists(given):
            yield _file(path, given)
            return
    except OSError as error:
        yield _problem(path, error)
        return
    if glob.has_magic(path):
        matches = sorted(glob.glob(str(given), recursive=True))  # noqa: PTH207
        if not matches:
            yield Input(path=path, problem=f"{path}: no file matches; check the pattern.")
        for match in matches:
            yield from _find(match) if match != path else ()
        return
    yield Input(path=path, problem=f"{path}: no such file or folder; check the name.")


def _folder(shown: str, folder: Path) -> Iterator[Input]:
    seen: set[tuple[int, int]] = set()
    found = False
    for item in _walk(shown, folder, seen):
        found = True
        yield item
    if not found:
        yield Input(
            path=shown,
            problem=f"{shown}: no article in this folder; name files, or a folder with .txt, .md, .html, .pdf, ... "
            "files.",
        )


def _walk(shown: str, folder: Path, seen: set[tuple[int, int]]) -> Iterator[Input]:
    try:
        status = folder.stat()
        if (status.st_dev, status.st_ino) in seen:  # a link back up, or a second way to the same folder
            return
        seen.add((status.st_dev, status.st_ino))
        entries = sorted(os.scandir(folder), key=lambda e: e.name)
    except OSError as error:
        yield _problem(shown, error)
        return
    for entry in entries:
        if entry.name.startswith(".") or entry.name == "__MACOSX":
            continue
        name = os.path.join(shown, entry.name)  # noqa: PTH118
        try:
            is_folder = entry.is_dir()
        except OSError as error:
            yield _problem(name, error)
            continue
        if is_folder:
            yield from _walk(name, Path(entry.path), seen)
        elif Path(entry.name).suffix.lower() not in IGNORED or entry.name.lower().endswith(".warc.gz"):
            yield _file(name, Path(entry.path))


def _file(shown: str, path: Path) -> Input:
    safe = os.fsencode(shown).decode("utf-8", "backslashreplace")  # a name that is not UTF-8 must still print and store
    if path.is_symlink() and not path.exists():
        return Input(path=safe, problem=f"{safe}: a broken link (to {path.readlink()}); mend or remove it.")
    if not path.is_file():
        return Input(
            path=safe,
            problem=f"{safe}: not a regular file (a device, pipe or socket); give a file, or - for standard input.",
        )
    return Input(path=safe, location=path)


def _problem(shown: str, error: OSError) -> Input:
    return Input(path=shown, problem=os_message(shown, error))


def os_message(shown: str, error: OSError) -> str:
    """One clear line for what the system refused."""
    if isinstance(error, PermissionError):
        return f"{shown}: no right to read it; change its permissions (chmod u+r), or leave it out."
    return f"{shown}: cannot be read ({error.strerror or error}); check the file and the disk."


def stdin_bytes(limit: int) -> bytes:
    """Standard input, at most one byte more than ``limit``."""
    return sys.stdin.buffer.read(limit + 1)
