"""Word documents (.docx), by python-docx: paragraphs and tables in their order."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator

from claims.errors import InputError, SkippedInput
from claims.read.base import WHOLE_FILE, Given, Item, Options, Raw, document, sha256, too_big

SUFFIXES = (".docx",)


def read(raw: Raw, options: Options) -> Iterator[Item]:
    """One article."""
    from docx import Document as open_docx
    from docx.table import Table
    from docx.text.paragraph import Paragraph

    data = raw.data(options.limit)
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            if sum(i.file_size for i in packed.infolist()) > WHOLE_FILE * options.limit:
                raise too_big(raw.path, WHOLE_FILE * options.limit)
        opened = open_docx(io.BytesIO(data))
        lines: list[str] = []
        title: str | None = None
        for block in opened.iter_inner_content():
            if isinstance(block, Paragraph):
                line = " ".join(block.text.split(" ")).strip()
                if block.style is not None and block.style.name == "Title" and line:
                    title = title or " ".join(line.split())
                lines.append(line)
            elif isinstance(block, Table):
                for row in block.rows:
                    lines.append(" | ".join(dict.fromkeys(" ".join(c.text.split()) for c in row.cells)))
        properties = opened.core_properties
        stated = {"title": properties.title, "author": properties.author}
    except InputError:
        raise
    except Exception as error:  # python-docx, zipfile and lxml each raise their own
        raise InputError(
            f"{raw.path}: not a Word document that can be read ({type(error).__name__}); save it again as .docx or "
            ".txt."
        ) from error
    text = "\n\n".join(x for x in lines if x)
    if not any(c.isalnum() for c in text):
        raise SkippedInput(f"{raw.path}: no text in this document; nothing to store.")
    head = " ".join(text[:3000].split()).casefold()

    def confirmed(name: str) -> str | None:
        """A property counts only if the text has it too: Word fills in whoever owns the computer."""
        value = " ".join((stated[name] or "").split())
        return value if len(value) > 3 and value.casefold() in head else None

    given = Given(title=title or confirmed("title"), author=confirmed("author"), url=raw.url)
    yield document(raw.path, sha256(data), text, options, stated=given)
