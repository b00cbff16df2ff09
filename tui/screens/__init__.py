"""One module a screen, its style beside it. :func:`opened` makes one from what was remembered of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui.screens.base import Place


def opened(memo: list[Any]) -> Place | None:
    """The place that a memo names: ``["claim", 12]``. Raises ``TypeError`` and the like for a memo it cannot read."""
    name, *rest = memo
    if name == "claim":
        from tui.screens.claim import ClaimScreen

        return ClaimScreen(int(rest[0]))
    if name == "document":
        from tui.screens.document import DocumentScreen

        return DocumentScreen(int(rest[0]), int(rest[1]) if rest[1] is not None else None)
    if name == "sources":
        from tui.screens.sources import SourcesScreen

        return SourcesScreen()
    if name == "source":
        from tui.screens.source import SourceScreen

        return SourceScreen(int(rest[0]))
    if name == "matrix":
        from claims.matrix import LAYERS
        from tui.screens.matrix import MatrixScreen

        return MatrixScreen(rest[0]) if rest and rest[0] in LAYERS else MatrixScreen()
    if name == "related":
        from tui.screens.related import RelatedScreen

        return RelatedScreen(int(rest[0]))
    if name == "origin":
        from tui.screens.origin import OriginScreen

        return OriginScreen(int(rest[0]))
    if name == "agreement":
        from tui.screens.agreement import AgreementScreen

        return AgreementScreen(int(rest[0]))
    if name == "timeline":
        from tui.screens.timeline import TimelineScreen

        return TimelineScreen(int(rest[0]) if rest and rest[0] is not None else None)
    if name == "changes":
        from claims.changes import as_date
        from tui.screens.changes import ChangesScreen

        return ChangesScreen(as_date(str(rest[0])) if rest and rest[0] else None)
    if name == "compare":
        from tui.screens.compare import CompareScreen

        return CompareScreen(*(int(n) for n in rest[:2])) if len(rest) > 1 else CompareScreen()
    if name == "ingest":
        from tui.screens.ingest import IngestScreen

        return IngestScreen()
    if name == "review":
        from tui.screens.review import ReviewScreen

        return ReviewScreen()
    return None
