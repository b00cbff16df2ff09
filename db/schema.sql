-- Generated from db/migrations.py by `python -m db`; do not edit.

CREATE TABLE run (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    settings TEXT NOT NULL
) STRICT;

CREATE TABLE source (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN
        ('outlet', 'person', 'institution', 'state', 'group', 'unnamed', 'document')),
    merged_into INTEGER REFERENCES source(id)
) STRICT;

CREATE TABLE alias (
    key TEXT PRIMARY KEY,
    name TEXT NOT NULL,
    source_id INTEGER NOT NULL REFERENCES source(id),
    by_hand INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE INDEX alias_source ON alias(source_id);

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

CREATE TABLE claim (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    text TEXT NOT NULL,
    text_by_hand INTEGER NOT NULL DEFAULT 0,
    pinned INTEGER NOT NULL DEFAULT 0,
    merged_into INTEGER REFERENCES claim(id)
, tracked_to INTEGER) STRICT;

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
, tracked INTEGER NOT NULL DEFAULT 0, near REAL, passes_on INTEGER NOT NULL DEFAULT 0, copy_of INTEGER, meant TEXT, placed INTEGER NOT NULL DEFAULT 0) STRICT;

CREATE INDEX mention_claim ON mention(claim_id, stance);

CREATE INDEX mention_sentence ON mention(sentence_id);

CREATE INDEX mention_text ON mention(text_hash);

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
, met TEXT, contested_met TEXT, within INTEGER) STRICT;

CREATE INDEX standing_contest ON standing(contest_score DESC, sentences DESC, claim_id);

CREATE TABLE vector (
    text_hash TEXT NOT NULL,
    model TEXT NOT NULL,
    data BLOB NOT NULL,
    PRIMARY KEY (text_hash, model)
) STRICT, WITHOUT ROWID;

CREATE TABLE judgement (
    pair_hash TEXT NOT NULL,
    model TEXT NOT NULL,
    asserts REAL NOT NULL,
    disputes REAL NOT NULL,
    neutral REAL NOT NULL, same REAL,
    PRIMARY KEY (pair_hash, model)
) STRICT, WITHOUT ROWID;

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
JOIN sentence_text ON sentence_text.id = mention.sentence_id;

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

CREATE INDEX note_mention ON note(mention_id);

CREATE TABLE signature (
    document_id INTEGER PRIMARY KEY REFERENCES document(id) ON DELETE CASCADE,
    data BLOB NOT NULL
) STRICT;

CREATE TABLE band (
    key BLOB NOT NULL,
    document_id INTEGER NOT NULL REFERENCES document(id) ON DELETE CASCADE,
    PRIMARY KEY (key, document_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX document_origin ON document(origin_id);

CREATE INDEX document_run ON document(run_id);

CREATE INDEX mention_document ON mention(document_id, claim_id);

CREATE VIEW mark AS
SELECT mention.*, CASE WHEN mention.holders = '[]' THEN origin.source_id ELSE mention.source_id END AS voice,
       document.source_id AS outlet_id, origin.id AS origin_id, document.published, run.started AS met
FROM mention
JOIN document ON document.id = mention.document_id
JOIN document AS origin ON origin.id = coalesce(document.origin_id, document.id)
LEFT JOIN run ON run.id = document.run_id;

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

CREATE INDEX mention_source ON mention(source_id, claim_id, stance, document_id);

CREATE INDEX mention_by_hand ON mention(claim_id, source_id) WHERE by_hand;

CREATE INDEX mention_disputes ON mention(reason, claim_id) WHERE stance = 'disputes';

CREATE INDEX standing_met ON standing(met);

CREATE INDEX standing_contested_met ON standing(contested_met) WHERE contested_met IS NOT NULL;

CREATE INDEX claim_tracked ON claim(tracked_to) WHERE tracked_to IS NOT NULL;

CREATE TRIGGER claim_fts_delete AFTER DELETE ON claim
BEGIN INSERT INTO claim_fts(claim_fts, rowid, text) VALUES ('delete', old.id, old.text); END;

CREATE INDEX mention_copy_of ON mention(copy_of) WHERE copy_of IS NOT NULL;

CREATE INDEX standing_within ON standing(within) WHERE within IS NOT NULL;
