"""Where an article's text comes from, and who printed it besides."""

from __future__ import annotations

from claims.models import Frozen
from claims.rows import DocumentRow
from claims.views import Views


class Printing(Frozen):
    """One text and all the articles that print it."""

    origin: DocumentRow
    """The article that was read first; the others are known as its reprints."""
    reprints: tuple[DocumentRow, ...]
    """By date."""


def printings(views: Views, document_id: int) -> Printing | None:
    """The articles that print an article's text; ``None`` where it is the only one.

    Raises :class:`claims.errors.NotFound`.
    """
    views.document(document_id)
    rows = [
        row["id"]
        for row in views.stream(
            """WITH first(id) AS (SELECT coalesce(origin_id, id) FROM document WHERE id = ?)
            SELECT id FROM first UNION SELECT document.id FROM first JOIN document ON document.origin_id = first.id""",
            [document_id],
        )
    ]
    if len(rows) < 2:
        return None
    (found,) = views.stream("SELECT coalesce(origin_id, id) AS id FROM document WHERE id = ?", [document_id])
    printed = [views.document(i) for i in rows if i != found["id"]]
    return Printing(
        origin=views.document(found["id"]),
        reprints=tuple(sorted(printed, key=lambda d: (d.published or "~", d.id))),
    )
