"""What people ask of a database, as typed rows: both front ends read through here and nowhere else.

Every listing is paged or bounded by SQL; nothing here loads a model library. Rows are frozen pydantic models, so
``row.model_dump()`` is the ``--json`` of a listing.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, Literal, Unpack

from claims.database import connect, resolve_claim, storable
from claims.errors import NotFound
from claims.models import SourceKind
from claims.narrow import RECURRING, Narrowing, condition, fts
from claims.records import checked, courses, reversals, taken
from claims.rows import (
    ClaimRow,
    Comparison,
    DocumentRow,
    DocumentSentence,
    MentionRow,
    Overview,
    SentenceHit,
    SourceClaim,
    SourceRow,
    StatementRow,
)

Order = Literal["contested", "sources", "recent", "first", "text", "id"]

ORDERS: dict[Order, str] = {
    "contested": "standing.contest_score DESC, standing.sentences DESC, standing.claim_id",
    "sources": "standing.asserting + standing.disputing DESC, standing.claim_id",
    "recent": "standing.last_seen DESC, standing.claim_id",
    "first": "standing.first_seen IS NULL, standing.first_seen, standing.claim_id",
    "text": "claim.text COLLATE NOCASE, standing.claim_id",
    "id": "standing.claim_id",
}
"""The first is word for word that of the index ``standing_contest``: with ``claim.id`` SQLite would sort all claims."""


_CLAIM = """
SELECT claim.id, claim.text, standing.contested, standing.contest_score, standing.asserting, standing.disputing,
       standing.reporting, standing.sentences, standing.outlets, standing.origins, standing.first_seen,
       standing.last_seen, standing.within, claim.pinned
FROM claim JOIN standing ON standing.claim_id = claim.id
"""

_MENTION = """
SELECT mention.id, mention.claim_id, mention.stance, mention.score, mention.reason, mention.source_id,
       source.name AS source, source.kind AS source_kind, mention.holders, mention.cue, mention.factuality,
       mention.by_hand, mention.document_id, outlet.id AS outlet_id, outlet.name AS outlet,
       document.title, document.published, document.path, document.url,
       sentence.idx AS sentence_index, sentence.start AS sentence_start,
       span(document.id, sentence.start, sentence."end") AS sentence,
       mention.start, mention."end"
FROM mention
JOIN source ON source.id = mention.source_id
JOIN document ON document.id = mention.document_id
JOIN source AS outlet ON outlet.id = document.source_id
JOIN sentence ON sentence.id = mention.sentence_id
"""

_SOURCE = """
SELECT source.id, source.name, source.kind,
       count(DISTINCT CASE WHEN mention.stance = 'asserts' THEN mention.claim_id END) AS asserts,
       count(DISTINCT CASE WHEN mention.stance = 'disputes' THEN mention.claim_id END) AS disputes,
       count(DISTINCT CASE WHEN mention.stance = 'reports' THEN mention.claim_id END) AS reports,
       count(DISTINCT mention.claim_id) AS claims,
       count(DISTINCT mention.document_id) AS documents
FROM source LEFT JOIN mention ON mention.source_id = source.id
"""


class Views:
    """Read access to one database. One instance a thread; open it with :meth:`open`."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self.db = database

    @classmethod
    def open(cls, path: str | Path) -> Views:
        """Open a file for reading only. Raises :class:`claims.errors.DatabaseError`."""
        return cls(connect(path, write=False))

    def close(self) -> None:
        """Give the file back."""
        self.db.close()

    def interrupt(self) -> None:
        """From another thread: stop the question that is being answered; it raises ``sqlite3.OperationalError``."""
        self.db.interrupt()

    def stream(self, sql: str, values: Sequence[Any] = ()) -> Iterator[dict[str, Any]]:
        """The rows of a query, one at a time, by column name."""
        cursor = self.db.execute(sql, [storable(value) for value in values])
        names = [column[0] for column in cursor.description]
        for row in cursor:
            yield dict(zip(names, row, strict=True))

    def _rows(self, sql: str, values: Sequence[Any] = ()) -> list[dict[str, Any]]:
        return list(self.stream(sql, values))

    # -- claims

    def overview(self) -> Overview:
        """Counts for the head of a screen."""
        sql = f"""SELECT (SELECT count(*) FROM document) AS documents, (SELECT count(*) FROM sentence) AS sentences,
            (SELECT count(*) FROM source WHERE merged_into IS NULL) AS sources,
            count(*) AS claims, coalesce(sum({RECURRING}), 0) AS recurring,
            coalesce(sum(contested AND {RECURRING}), 0) AS contested
            FROM standing JOIN claim ON claim.id = standing.claim_id WHERE claim.merged_into IS NULL"""
        return Overview(**self._rows(sql)[0])

    def claims(
        self,
        *,
        order: Order = "contested",
        reverse: bool = False,
        limit: int = 50,
        offset: int = 0,
        **narrowing: Unpack[Narrowing],
    ) -> list[ClaimRow]:
        """A page of claims, most contested first by default; all of them from ``offset`` on where ``limit`` is -1."""
        where, values = condition(self.source_id, narrowing)
        rows = self._rows(
            f"{_CLAIM} WHERE {where} ORDER BY {_by(order, reverse)} LIMIT ? OFFSET ?", [*values, limit, offset]
        )
        return [ClaimRow(**row) for row in rows]

    def count_claims(self, **narrowing: Unpack[Narrowing]) -> int:
        """How many claims :meth:`claims` would page through."""
        where, values = condition(self.source_id, narrowing)
        sql = f"SELECT count(*) AS n FROM claim JOIN standing ON standing.claim_id = claim.id WHERE {where}"
        return int(self._rows(sql, values)[0]["n"])

    def place_of(
        self, claim_id: int, *, order: Order = "contested", reverse: bool = False, **narrowing: Unpack[Narrowing]
    ) -> int | None:
        """Where a claim stands in such a list, from 0; ``None`` where it is not in it."""
        where, values = condition(self.source_id, narrowing)
        rows = self._rows(
            f"SELECT n FROM (SELECT claim.id, row_number() OVER (ORDER BY {_by(order, reverse)}) - 1 AS n"
            f" FROM claim JOIN standing ON standing.claim_id = claim.id WHERE {where}) WHERE id = ?",
            [*values, claim_id],
        )
        return int(rows[0]["n"]) if rows else None

    def claim(self, claim_id: int) -> ClaimRow:
        """One claim; a merged id answers with the claim it went into. Raises :class:`NotFound`."""
        rows = self._rows(f"{_CLAIM} WHERE claim.id = ?", [self.resolve(claim_id)])
        if not rows:
            raise NotFound(f"There is no claim {claim_id}. List them with: claims list")
        return ClaimRow(**rows[0])

    def resolve(self, claim_id: int) -> int:
        """The id that a claim's id stands for today. Raises :class:`NotFound`."""
        return resolve_claim(self.db, claim_id)

    def mentions(self, claim_id: int) -> list[MentionRow]:
        """Every mark on a claim: asserting first, then disputing, then reporting; by date, then document order."""
        return self._mentions(
            "WHERE mention.claim_id = ? ORDER BY mention.stance, document.published IS NULL, document.published,"
            " mention.document_id, sentence.idx, mention.id",
            [self.resolve(claim_id)],
        )

    def mention(self, mention_id: int) -> MentionRow:
        """One mark. Raises :class:`NotFound`."""
        found = self._mentions("WHERE mention.id = ?", [mention_id])
        if not found:
            raise NotFound(f"There is no mention {mention_id}. See a claim's with: claims show ID --json")
        return found[0]

    def mentions_by_id(self, ids: Sequence[int]) -> list[MentionRow]:
        """Some marks, in the order of ``ids``; one that is not there is left out."""
        given = json.dumps(list(ids))
        found = {m.id: m for m in self._mentions("WHERE mention.id IN (SELECT value FROM json_each(?))", [given])}
        return [found[i] for i in ids if i in found]

    def _mentions(self, where: str, values: Sequence[Any]) -> list[MentionRow]:
        rows = self._rows(f"{_MENTION} {where}", values)
        return [MentionRow(**{**row, "holders": tuple(json.loads(row["holders"]))}) for row in rows]

    # -- documents

    def documents(self, *, limit: int = 1000, offset: int = 0) -> list[DocumentRow]:
        """A page of articles in the order they came in."""
        return self._documents("ORDER BY document.id LIMIT ? OFFSET ?", [limit, offset])

    def document(self, document_id: int) -> DocumentRow:
        """One article. Raises :class:`NotFound`."""
        found = self._documents("WHERE document.id = ?", [document_id])
        if not found:
            raise NotFound(f"There is no document {document_id}.")
        return found[0]

    def _documents(self, rest: str, values: Sequence[Any]) -> list[DocumentRow]:
        rows = self._rows(
            "SELECT document.id, path, url, source.name AS outlet, via, author, title, published, language, sha256,"
            " (SELECT count(*) FROM sentence WHERE document_id = document.id) AS sentences,"
            " (SELECT count(*) FROM mention WHERE document_id = document.id AND NOT tracked) AS mentions"
            f" FROM document JOIN source ON source.id = document.source_id {rest}",
            values,
        )
        return [DocumentRow(**row) for row in rows]

    def text(self, document_id: int) -> str:
        """An article's text as stored. Raises :class:`NotFound`."""
        rows = self._rows("SELECT text FROM document WHERE id = ?", [document_id])
        if not rows:
            raise NotFound(f"There is no document {document_id}.")
        return str(rows[0]["text"])

    def sentences(self, document_id: int) -> list[DocumentSentence]:
        """An article's sentences in order."""
        rows = self._rows(
            'SELECT id, idx AS "index", start, "end", kind, is_claim, claim_type FROM sentence'
            " WHERE document_id = ? ORDER BY idx",
            [document_id],
        )
        return [DocumentSentence(**row) for row in rows]

    def document_mentions(self, document_id: int) -> list[MentionRow]:
        """Every mark in an article, in order of the text."""
        return self._mentions("WHERE mention.document_id = ? ORDER BY sentence.idx, mention.id", [document_id])

    # -- sources

    def source_id(self, name: str | int) -> int:
        """The source that a name or id stands for. Raises :class:`NotFound`, with near names."""
        from claims.voices.names import key_of

        if str(name).isdecimal():
            rows = self._rows(
                "WITH RECURSIVE went(id, next) AS (SELECT id, merged_into FROM source WHERE id = ? UNION"
                " SELECT source.id, source.merged_into FROM source JOIN went ON source.id = went.next)"
                " SELECT id FROM went WHERE next IS NULL",
                [int(name)],
            )
        else:
            rows = self._rows("SELECT source_id AS id FROM alias WHERE key = ?", [key_of(str(name))])
        if rows:
            return int(rows[0]["id"])
        near = self._rows(
            "SELECT DISTINCT name FROM alias WHERE name LIKE ? ESCAPE '\\' ORDER BY length(name) LIMIT 5",
            ["%" + re.sub(r"([\\%_])", r"\\\1", str(name)) + "%"],
        )
        hint = "Did you mean: " + ", ".join(row["name"] for row in near) if near else "List them with: claims sources"
        raise NotFound(f"No source is called {name!r}. {hint}")

    def sources(self, *, kind: SourceKind | None = None, limit: int = 200, offset: int = 0) -> list[SourceRow]:
        """Sources, those with a side on most claims first."""
        where, values = ("source.merged_into IS NULL", list[Any]())
        if kind:
            where += " AND source.kind = ?"
            values.append(kind)
        rows = self._rows(
            f"{_SOURCE} WHERE {where} GROUP BY source.id ORDER BY asserts + disputes DESC, claims DESC, source.id"
            " LIMIT ? OFFSET ?",
            [*values, limit, offset],
        )
        return self._sources(rows)

    def count_sources(self, *, kind: SourceKind | None = None) -> int:
        """How many sources :meth:`sources` would page through."""
        sql = "SELECT count(*) AS n FROM source WHERE merged_into IS NULL AND kind = coalesce(?, kind)"
        return int(self._rows(sql, [kind])[0]["n"])

    def source(self, name: str | int) -> SourceRow:
        """One source by name, alias or id. Raises :class:`NotFound`."""
        rows = self._rows(f"{_SOURCE} WHERE source.id = ? GROUP BY source.id", [self.source_id(name)])
        return self._sources(rows)[0]

    def _sources(self, rows: list[dict[str, Any]]) -> list[SourceRow]:
        from claims.voices.names import affiliation

        names: dict[int, list[str]] = {}
        for alias in self._rows(
            "SELECT source_id, name FROM alias WHERE source_id IN (SELECT value FROM json_each(?)) ORDER BY name",
            [json.dumps([row["id"] for row in rows])],
        ):
            names.setdefault(alias["source_id"], []).append(alias["name"])
        turned = reversals(self.stream, rows[0]["id"] if len(rows) == 1 else None)
        looked = checked(self.stream)
        found = []
        for row in rows:
            seen, wrong = looked.get(row["id"], (0, 0))
            also = tuple(n for n in names.get(row["id"], []) if n != row["name"])
            body = next(filter(None, map(affiliation, (row["name"], *also))), None)
            found.append(
                SourceRow(
                    **row, reversed=turned.get(row["id"], 0), checked=seen, corrected=wrong, aliases=also,
                    speaks_for=body,
                )
            )  # fmt: skip
        return found

    def source_claims(self, name: str | int, *, limit: int = 500) -> list[SourceClaim]:
        """What a source says, claim by claim: the contested first."""
        rows = self._rows(
            """SELECT claim.id AS claim_id, claim.text, standing.contested, claim.pinned,
                group_concat(DISTINCT mention.stance) AS stances, count(*) AS mentions,
                min(document.published) AS first_seen, max(document.published) AS last_seen
            FROM mention JOIN claim ON claim.id = mention.claim_id
            JOIN standing ON standing.claim_id = claim.id
            JOIN document ON document.id = mention.document_id
            WHERE mention.source_id = ? GROUP BY claim.id
            ORDER BY standing.contest_score DESC, standing.sentences DESC, claim.id LIMIT ?""",
            [source := self.source_id(name), limit],
        )
        turned = courses(self.stream, source)
        return [
            SourceClaim(
                **{**row, "stances": tuple(sorted(row["stances"].split(",")))},
                course=turned.get(row["claim_id"], ()),
            )
            for row in rows
        ]

    def compare(self, a: str | int, b: str | int) -> Comparison:
        """Where two sources agree, disagree, and where only one takes a side. Raises :class:`NotFound`."""
        one, two = self.source(a), self.source(b)
        sides = taken(self.stream, [one.id, two.id])
        ours, theirs = sides[one.id], sides[two.id]
        groups: dict[str, list[int]] = {"agree": [], "disagree": [], "only_a": [], "only_b": []}
        for claim_id in ours.keys() | theirs.keys():
            mine, other = ours.get(claim_id), theirs.get(claim_id)
            group = ("agree" if mine == other else "disagree") if mine and other else "only_a" if mine else "only_b"
            groups[group].append(claim_id)
        return Comparison(a=one, b=two, **{name: tuple(self.claims_by_id(ids)) for name, ids in groups.items()})

    def claims_by_id(self, ids: Sequence[int]) -> list[ClaimRow]:
        """Some claims, the most contested first."""
        where = f"WHERE claim.id IN (SELECT value FROM json_each(?)) ORDER BY {ORDERS['contested']}"
        rows = self._rows(f"{_CLAIM} {where}", [json.dumps(list(ids))])
        return [ClaimRow(**row) for row in rows]

    # -- search

    def holding(self, words: str) -> list[int]:
        """The ids of the sentences that hold all of ``words``, best match first (BM25)."""
        if not (query := fts(words)):
            return []
        sql = "SELECT rowid FROM sentence_fts WHERE sentence_fts MATCH ? ORDER BY bm25(sentence_fts), rowid"
        return [row["rowid"] for row in self._rows(sql, [query])]

    def saying(self, hashes: Sequence[str]) -> list[int]:
        """The ids of the sentences in which the texts of these hashes are said, in the order of ``hashes``."""
        rows = self._rows(
            "SELECT DISTINCT text_hash, sentence_id FROM mention"
            " WHERE text_hash IN (SELECT value FROM json_each(?)) ORDER BY sentence_id",
            [json.dumps(list(hashes))],
        )
        order = {key: i for i, key in enumerate(hashes)}
        rank: dict[int, int] = {}
        for row in rows:
            rank[row["sentence_id"]] = min(order[row["text_hash"]], rank.get(row["sentence_id"], len(hashes)))
        return sorted(rank, key=lambda sentence_id: (rank[sentence_id], sentence_id))

    def hits(self, ids: Sequence[int]) -> list[SentenceHit]:
        """Some sentences, in the order of ``ids``."""
        rows = self._rows(
            """SELECT sentence.id AS sentence_id, sentence.document_id, sentence.idx AS sentence_index,
                source.name AS outlet, document.published,
                span(document.id, sentence.start, sentence."end") AS text,
                (SELECT group_concat(DISTINCT claim_id) FROM mention WHERE sentence_id = sentence.id) AS claim_ids
            FROM sentence JOIN document ON document.id = sentence.document_id
            JOIN source ON source.id = document.source_id
            WHERE sentence.id IN (SELECT value FROM json_each(?))""",
            [json.dumps(list(ids))],
        )
        found = {
            row["sentence_id"]: SentenceHit(
                **{**row, "claim_ids": tuple(map(int, filter(None, (row["claim_ids"] or "").split(","))))}
            )
            for row in rows
        }
        return [found[i] for i in ids if i in found]

    def statement_vectors(self, model: str) -> list[tuple[str, bytes]]:
        """Every text that somebody says, by hash, with its vector under one model."""
        sql = (
            "SELECT text_hash, data FROM vector WHERE model = ? AND text_hash IN (SELECT text_hash FROM mention)"
            " ORDER BY text_hash"
        )
        return [(key, data) for key, data in self.db.execute(sql, [model])]

    def count_vectors(self, model: str) -> tuple[int, int]:
        """How many texts that somebody says have a vector under one model, and how many such texts there are."""
        (row,) = self._rows(
            """SELECT count(vector.text_hash) AS known, count(*) AS texts
            FROM (SELECT DISTINCT text_hash FROM mention) AS said
            LEFT JOIN vector ON vector.text_hash = said.text_hash AND vector.model = ?""",
            [model],
        )
        return int(row["known"]), int(row["texts"])

    def statements(self, hashes: Sequence[str]) -> list[StatementRow]:
        """Where the texts of these hashes are said, and by whom; who only passes them on is left out."""
        rows = self._rows(
            """SELECT mention.id AS mention_id, mention.text_hash,
                span(document.id, mention.start, mention."end") AS said,
                coalesce(mention.meant, span(document.id, mention.start, mention."end")) AS means,
                span(document.id, sentence.start, sentence."end") AS sentence,
                mention.polarity, mention.factuality, mention.cue, mention.holders, mention.document_id,
                document.path,
                source.name AS outlet, document.published, mention.start, mention."end", mention.claim_id
            FROM mention JOIN document ON document.id = mention.document_id
            JOIN sentence ON sentence.id = mention.sentence_id JOIN source ON source.id = document.source_id
            WHERE NOT mention.passes_on AND NOT mention.tracked
                AND mention.text_hash IN (SELECT value FROM json_each(?))""",
            [json.dumps(list(hashes))],
        )
        return [StatementRow(**{**row, "holders": tuple(json.loads(row["holders"]))}) for row in rows]


def _by(order: Order, reverse: bool) -> str:
    """An ORDER BY, from either end."""
    return ", ".join(_turn(part) for part in ORDERS[order].split(", ")) if reverse else ORDERS[order]


def _turn(part: str) -> str:
    """The other direction of one ORDER BY term; the id stays last and ascending so that pages do not overlap."""
    if part == "standing.claim_id":
        return part
    return part[: -len(" DESC")] if part.endswith(" DESC") else f"{part} DESC"
