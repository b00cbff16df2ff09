"""Migrations, applied in order, each in a transaction of its own. A migration that has been released is never edited.

``python -m db`` writes ``schema.sql`` anew; a test compares the two.
"""

from __future__ import annotations

from sqlite_utils import Database, Migrations

MIGRATIONS = Migrations("contested")


@MIGRATIONS()
def m001_ground(db: Database) -> None:
    """Documents and their sentences, sources, mentions of claims, vectors, judgements, runs, decisions."""
    for statement in GROUND.split(";\n\n"):
        db.execute(statement)


GROUND = """
-- One command that changed the database, with the settings and models it ran under.
CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    settings TEXT NOT NULL
) STRICT;

-- Who can say something: an outlet, a person, an institution. A name that proves to be another's points to it.
CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN
        ('outlet', 'person', 'institution', 'state', 'group', 'unnamed', 'document')),
    merged_into INTEGER REFERENCES source(id)
) STRICT;

-- Every spelling met, folded for look-up, and the source it stands for.
CREATE TABLE alias (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source(id),
    by_hand INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX alias_source ON alias(source_id);

-- An article. The text is stored once and never altered; all else is a span of it, in code points.
CREATE TABLE document (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    sha256 TEXT NOT NULL UNIQUE,
    path TEXT NOT NULL,
    url TEXT,
    outlet TEXT,
    via TEXT,
    author TEXT,
    title TEXT,
    published TEXT,
    language TEXT,
    encoding TEXT NOT NULL,
    text TEXT NOT NULL,
    boilerplate TEXT NOT NULL DEFAULT '[]',
    source_id INTEGER NOT NULL REFERENCES source(id),
    origin_id INTEGER REFERENCES document(id),
    run_id INTEGER NOT NULL REFERENCES run(id)
) STRICT;

CREATE INDEX document_source ON document(source_id);

CREATE TABLE sentence (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    idx INTEGER NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('sentence', 'heading')),
    is_claim INTEGER NOT NULL,
    score REAL NOT NULL,
    claim_type TEXT,
    UNIQUE (document_id, idx)
) STRICT;

-- A recurring claim. Ids are never used again; a merged claim points to the one it went into.
CREATE TABLE claim (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    text_by_hand INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0,
    merged_into INTEGER REFERENCES claim(id)
) STRICT;

-- One voice on one claim in one sentence: what was said (start, end), by whom (holders, outermost first; source_id is
-- the innermost, or the document's own outlet), and which way.
CREATE TABLE mention (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id INTEGER NOT NULL REFERENCES claim(id),
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    sentence_id INTEGER NOT NULL REFERENCES sentence(id) ON DELETE CASCADE,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source(id),
    holders TEXT NOT NULL DEFAULT '[]',
    stance TEXT NOT NULL CHECK (stance IN ('asserts', 'disputes', 'reports')),
    score REAL NOT NULL,
    reason TEXT NOT NULL,
    polarity TEXT NOT NULL CHECK (polarity IN ('asserts', 'disputes')),
    factuality TEXT NOT NULL CHECK (factuality IN ('plain', 'hedged', 'distanced')),
    cue TEXT,
    context TEXT,
    text_hash TEXT NOT NULL,
    by_hand INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX mention_claim ON mention(claim_id, stance);

CREATE INDEX mention_document ON mention(document_id);

CREATE INDEX mention_sentence ON mention(sentence_id);

CREATE INDEX mention_text ON mention(text_hash);

CREATE INDEX mention_source ON mention(source_id, claim_id, stance);

-- Counts of a claim, kept beside it so that a list of 100,000 claims pages without counting. Derived: can be rebuilt.
CREATE TABLE standing (
    claim_id INTEGER PRIMARY KEY REFERENCES claim(id) ON DELETE CASCADE,
    asserting INTEGER NOT NULL,
    disputing INTEGER NOT NULL,
    reporting INTEGER NOT NULL,
    mentions INTEGER NOT NULL,
    sentences INTEGER NOT NULL,
    outlets INTEGER NOT NULL,
    origins INTEGER NOT NULL,
    contested INTEGER NOT NULL,
    contest_score REAL NOT NULL,
    first_seen TEXT,
    last_seen TEXT
) STRICT;

CREATE INDEX standing_contest ON standing(contest_score DESC, sentences DESC, claim_id);

-- Unit vectors as little-endian float16, by (SHA-256 of the text, model).
CREATE TABLE vector (
    text_hash TEXT NOT NULL,
    model TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (text_hash, model)
) STRICT, WITHOUT ROWID;

-- What a judge said of (premise, hypothesis): probabilities that sum to one.
CREATE TABLE judgement (
    pair_hash TEXT NOT NULL,
    model TEXT NOT NULL,
    asserts REAL NOT NULL,
    disputes REAL NOT NULL,
    neutral REAL NOT NULL,
    PRIMARY KEY (pair_hash, model)
) STRICT, WITHOUT ROWID;

-- The analyst's decisions: only ever appended to. An undone one is named by a later 'undo' entry.
CREATE TABLE decision (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    at TEXT NOT NULL,
    analyst TEXT NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL
) STRICT;

CREATE TRIGGER decision_is_append_only_update BEFORE UPDATE ON decision
BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END;

CREATE TRIGGER decision_is_append_only_delete BEFORE DELETE ON decision
BEGIN SELECT RAISE(ABORT, 'the log of decisions is append-only'); END;

CREATE VIEW sentence_text AS
SELECT sentence.id, sentence.document_id, sentence.idx,
       substr(document.text, sentence.start + 1, sentence."end" - sentence.start) AS text
FROM sentence JOIN document ON document.id = sentence.document_id;

CREATE VIRTUAL TABLE sentence_fts USING fts5(
    text, content='sentence_text', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE claim_fts USING fts5(
    text, content='claim', content_rowid='id', tokenize='unicode61 remove_diacritics 2'
);

CREATE TRIGGER claim_fts_insert AFTER INSERT ON claim
BEGIN INSERT INTO claim_fts(rowid, text) VALUES (new.id, new.text); END;

CREATE TRIGGER claim_fts_update AFTER UPDATE OF text ON claim
BEGIN
    INSERT INTO claim_fts(claim_fts, rowid, text) VALUES ('delete', old.id, old.text);
    INSERT INTO claim_fts(rowid, text) VALUES (new.id, new.text);
END;

-- For people who open the file in Datasette or any SQLite browser: claims with their counts, and every mark with its
-- sentence.
CREATE VIEW claims_overview AS
SELECT claim.id, claim.text AS claim, standing.contested, standing.contest_score, standing.asserting,
       standing.disputing, standing.reporting, standing.outlets, standing.origins, standing.sentences,
       standing.first_seen, standing.last_seen, claim.pinned
FROM claim JOIN standing ON standing.claim_id = claim.id
WHERE claim.merged_into IS NULL;

CREATE VIEW evidence AS
SELECT mention.id, claim.id AS claim_id, claim.text AS claim, mention.stance, source.name AS source,
       source.kind AS source_kind, mention.holders, document.outlet, document.published, document.title,
       sentence_text.text AS sentence,
       substr(document.text, mention.start + 1, mention."end" - mention.start) AS said,
       mention.cue, mention.reason, mention.score, mention.by_hand, document.url, document.path
FROM mention
JOIN claim ON claim.id = mention.claim_id
JOIN source ON source.id = mention.source_id
JOIN document ON document.id = mention.document_id
JOIN sentence_text ON sentence_text.id = mention.sentence_id
"""


@MIGRATIONS()
def m002_notes(db: Database) -> None:
    """What an analyst notes on a claim or on one of its mentions."""
    for statement in NOTES.split(";\n\n"):
        db.execute(statement)


NOTES = """
-- An analyst's own words on a claim or on one mention of it. One that was undone does not stand.
CREATE TABLE note (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    claim_id INTEGER REFERENCES claim(id),
    mention_id INTEGER REFERENCES mention(id) ON DELETE CASCADE,
    at TEXT NOT NULL,
    analyst TEXT NOT NULL,
    text TEXT NOT NULL,
    standing INTEGER NOT NULL DEFAULT 0,
    CHECK ((claim_id IS NULL) != (mention_id IS NULL))
) STRICT;

CREATE INDEX note_claim ON note(claim_id);

CREATE INDEX note_mention ON note(mention_id)
"""


@MIGRATIONS()
def m003_origins(db: Database) -> None:
    """By what a reprint is known: each text's MinHash, and its bands to find it by."""
    for statement in ORIGINS.split(";\n\n"):
        db.execute(statement)


ORIGINS = """
-- 128 little-endian 32-bit numbers (see claims.origins); empty for a text too short to tell.
CREATE TABLE signature (
    document_id INTEGER PRIMARY KEY REFERENCES document(id) ON DELETE CASCADE,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE band (
    key BLOB NOT NULL,
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    PRIMARY KEY (key, document_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_origin ON document(origin_id)
"""


@MIGRATIONS()
def m004_marks(db: Database) -> None:
    """What asks for marks by voice and by the ingest that brought them has them in one place, and finds them fast."""
    for statement in MARKS.split(";\n\n"):
        db.execute(statement)


MARKS = """
CREATE INDEX document_run ON document(run_id);

DROP INDEX mention_document;

CREATE INDEX mention_document ON mention(document_id, claim_id);

-- Every mark with the voice it counts for, its article's outlet, origin and date, and when the ingest that brought it
-- began (in UTC). Who speaks for itself in a reprint speaks with the voice of the text's origin.
CREATE VIEW mark AS
SELECT mention.*, CASE WHEN mention.holders = '[]' THEN origin.source_id ELSE mention.source_id END AS voice,
       document.source_id AS outlet_id, origin.id AS origin_id, document.published, run.started AS met
FROM mention
JOIN document ON document.id = mention.document_id
JOIN document AS origin ON origin.id = coalesce(document.origin_id, document.id)
LEFT JOIN run ON run.id = document.run_id
"""


@MIGRATIONS()
def m005_review(db: Database) -> None:
    """What to look at first when correcting the machine; indexes for facets and for what sources say."""
    for statement in REVIEW.split(";\n\n"):
        db.execute(statement)


REVIEW = """
-- Marks that nobody decided on yet, by how much it would change to set them right (see claims.standing.gains), and
-- the contested score that their claim would have with each stance. Derived: counted anew with the standing of a claim.
CREATE TABLE review (
    mention_id INTEGER PRIMARY KEY REFERENCES mention(id) ON DELETE CASCADE,
    claim_id INTEGER NOT NULL REFERENCES claim(id) ON DELETE CASCADE,
    gain REAL NOT NULL,
    asserts REAL NOT NULL,
    disputes REAL NOT NULL,
    reports REAL NOT NULL
) STRICT;

CREATE INDEX review_gain ON review(gain DESC, mention_id);

CREATE INDEX review_claim ON review(claim_id);

DROP INDEX mention_source;

CREATE INDEX mention_source ON mention(source_id, claim_id, stance, document_id);

CREATE INDEX mention_by_hand ON mention(claim_id, source_id) WHERE by_hand;

CREATE INDEX mention_disputes ON mention(reason, claim_id) WHERE stance = 'disputes'
"""


@MIGRATIONS()
def m006_met(db: Database) -> None:
    """Since when a claim is known, and since when contested: by the ingests, not by the dates of articles."""
    for statement in MET.split(";\n\n"):
        db.execute(statement)


MET = """
-- When the ingest began that first met the claim, in UTC.
ALTER TABLE standing ADD COLUMN met TEXT;

-- When the ingest began with whose marks the claim became contested; null where it is not.
ALTER TABLE standing ADD COLUMN contested_met TEXT;

CREATE INDEX standing_met ON standing(met);

CREATE INDEX standing_contested_met ON standing(contested_met) WHERE contested_met IS NOT NULL
"""


@MIGRATIONS()
def m007_tracked(db: Database) -> None:
    """Claims in the analyst's own words that every ingest keeps up, with marks of their own."""
    for statement in TRACKED.split(";\n\n"):
        db.execute(statement)


TRACKED = """
-- Set where an analyst saved the claim in words of their own: the last document whose statements were held against it.
ALTER TABLE claim ADD COLUMN tracked_to INTEGER;

-- A copy of a mark that stands under another claim as well.
ALTER TABLE mention ADD COLUMN tracked INTEGER NOT NULL DEFAULT 0;

CREATE INDEX claim_tracked ON claim(tracked_to) WHERE tracked_to IS NOT NULL;

CREATE TRIGGER claim_fts_delete AFTER DELETE ON claim
BEGIN INSERT INTO claim_fts(claim_fts, rowid, text) VALUES ('delete', old.id, old.text); END
"""


@MIGRATIONS()
def m008_same(db: Database) -> None:
    """What the judge says of two texts carrying one claim, beside what it says of their sides."""
    db.execute(SAME)


SAME = """
-- Whether both texts carry one claim, whichever side they take, in [0, 1]; null where the judge cannot tell.
ALTER TABLE judgement ADD COLUMN same REAL
"""


@MIGRATIONS()
def m009_near(db: Database) -> None:
    """How near to its claim a statement was found, whose own mark it is, and what a copy is a copy of."""
    for statement in NEAR.split(";\n\n"):
        db.execute(statement)


NEAR = """
-- Likeness and shared words of what is said and the claim, added up; null for the statement that it is worded after.
ALTER TABLE mention ADD COLUMN near REAL;

-- Whether the mark is of somebody who only passes on what another says, whatever side a person gave it since.
ALTER TABLE mention ADD COLUMN passes_on INTEGER NOT NULL DEFAULT 0;

-- The mark that a copy (tracked) is a copy of.
ALTER TABLE mention ADD COLUMN copy_of INTEGER;

CREATE INDEX mention_copy_of ON mention(copy_of) WHERE copy_of IS NOT NULL;

UPDATE mention SET passes_on = 1 WHERE reason = 'quotes';

UPDATE mention SET copy_of = (
    SELECT home.id FROM mention AS home
    WHERE home.sentence_id = mention.sentence_id AND home.start = mention.start AND home."end" = mention."end"
        AND home.source_id = mention.source_id AND home.holders = mention.holders AND NOT home.tracked
    ORDER BY home.id LIMIT 1
) WHERE tracked
"""


@MIGRATIONS()
def m010_meant(db: Database) -> None:
    """What is said with names for what it refers back to."""
    db.execute(MEANT)


MEANT = """
-- What is said with names for what it refers back to, as it is compared and judged; null where that is as it was said.
ALTER TABLE mention ADD COLUMN meant TEXT
"""


@MIGRATIONS()
def m011_placed(db: Database) -> None:
    """That a person put a copy under its claim is told apart from a side that a person set."""
    for statement in PLACED.split(";\n\n"):
        db.execute(statement)


PLACED = """
-- Of a copy (tracked): whether a person put it under its claim, whose side on it is judged all the same.
ALTER TABLE mention ADD COLUMN placed INTEGER NOT NULL DEFAULT 0;

UPDATE mention SET by_hand = 0, placed = tracked WHERE by_hand AND reason != 'by-hand'
"""


@MIGRATIONS()
def m012_within(db: Database) -> None:
    """Which claim shows all that is said on another, so that lists need not show both."""
    for statement in WITHIN.split(";\n\n"):
        db.execute(statement)


WITHIN = """
-- The claim on which most that is said on this one is said as well; null where there is none. Derived.
ALTER TABLE standing ADD COLUMN within INTEGER;

CREATE INDEX standing_within ON standing(within) WHERE within IS NOT NULL
"""
