"""Zip folders of the other formats. Nothing is ever unpacked to disk; bombs and path tricks are refused."""

from __future__ import annotations

import stat
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import PurePosixPath

from claims.errors import InputError, SkippedInput
from claims.read.base import WHOLE_FILE, Item, Options, Raw, raw_bytes, too_big
from claims.read.inputs import IGNORED

SUFFIXES = (".zip",)
MAX_MEMBERS = 200_000
MAX_RATIO = 200
"""Text is packed to a tenth or a twentieth; bombs to a thousandth."""
MAX_TOTAL = 200
"""Unpacked size of all members, in limits."""


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """The Documents of every member, by name; a member that cannot be read gives its InputError in its place."""
    try:
        with raw.open() as stream, zipfile.ZipFile(stream) as packed:
            members = packed.infolist()
            if len(members) > MAX_MEMBERS:
                raise InputError(f"{raw.path}: more than {MAX_MEMBERS:,} files in it; split it.")
            total = 0
            taken = False
            for member in sorted(members, key=lambda m: m.filename):
                if member.is_dir() or _passed_over(member.filename):
                    continue
                taken = True
                place = f"{raw.path}/{_shown(member.filename)}"
                problem = _refused(member, place, options)
                if problem is None and total + member.file_size > MAX_TOTAL * options.limit:
                    problem = InputError(
                        f"{place}: the zip unpacks to more than {MAX_TOTAL * options.limit:,} bytes; split it."
                    )
                if problem:
                    yield problem
                    continue
                total += member.file_size
                yield from _member(packed, member, place, options)
            if not taken:
                raise SkippedInput(f"{raw.path}: no file in this zip; nothing to store.")
    except (zipfile.BadZipFile, NotImplementedError) as error:
        raise InputError(f"{raw.path}: not a zip file, or a damaged one ({error}); pack it again.") from error


def _passed_over(name: str) -> bool:
    parts = PurePosixPath(name.replace("\\", "/")).parts
    hidden = any((p.startswith(".") and p not in (".", "..")) or p == "__MACOSX" for p in parts)
    return hidden or PurePosixPath(name).suffix.lower() in IGNORED


def _shown(name: str) -> str:
    """The member's name without anything that could lead out of the zip."""
    return "/".join(p for p in name.replace("\\", "/").split("/") if p not in ("", ".", ".."))


def _refused(member: zipfile.ZipInfo, place: str, options: Options) -> InputError | None:
    name = member.filename.replace("\\", "/")
    if name.startswith("/") or ".." in name.split("/") or name[1:2] == ":":
        return InputError(f"{place}: its name in the zip ({member.filename!r}) leads out of the folder; pack it again.")
    if stat.S_ISLNK(member.external_attr >> 16):
        return InputError(f"{place}: a link in the zip; pack the file itself.")
    if member.flag_bits & 1:
        return InputError(f"{place}: needs a password; unpack the zip first.")
    if member.file_size > WHOLE_FILE * options.limit:
        return too_big(place, WHOLE_FILE * options.limit)
    if member.file_size > 1_000_000 and member.file_size > MAX_RATIO * max(member.compress_size, 1):
        return InputError(
            f"{place}: packed over {MAX_RATIO} times, like a zip bomb; unpack it yourself if you trust it."
        )
    if name.lower().endswith(".zip"):
        return InputError(f"{place}: a zip within a zip; unpack it first.")
    return None


def _member(packed: zipfile.ZipFile, member: zipfile.ZipInfo, place: str, options: Options) -> Iterator[Item]:
    from claims.read.reader import read_raw

    try:
        with packed.open(member) as stream:
            data = stream.read(member.file_size + 1)  # never more than the head declared and was checked for
        yield from read_raw(raw_bytes(place, data), options)
    except InputError as error:
        yield error
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, OSError) as error:
        yield InputError(f"{place}: damaged in the zip ({str(error)[:100]}); pack it again.")
