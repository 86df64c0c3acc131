CREATE TABLE "_sqlite_migrations" (
   "id" INTEGER PRIMARY KEY,
   "migration_set" TEXT,
   "name" TEXT,
   "applied_at" TEXT
);

CREATE UNIQUE INDEX "idx__sqlite_migrations_migration_set_name"
    ON "_sqlite_migrations" ("migration_set", "name");

CREATE TABLE runs (
    id INTEGER PRIMARY KEY,
    label TEXT GENERATED ALWAYS AS (command || ', ' || substr(started, 1, 16)) VIRTUAL,
    command TEXT NOT NULL,
    started TEXT NOT NULL,
    finished TEXT,
    outcome TEXT NOT NULL CHECK (outcome IN ('running', 'done', 'stopped')),
    versions TEXT NOT NULL,
    models TEXT NOT NULL
) STRICT;

CREATE TABLE outlets (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    known INTEGER NOT NULL CHECK (known IN (0, 1)),
    country TEXT NOT NULL DEFAULT '',
    language TEXT NOT NULL DEFAULT '',
    kind TEXT NOT NULL DEFAULT '',
    ownership TEXT NOT NULL DEFAULT '',
    run INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE TABLE snapshots (
    id INTEGER PRIMARY KEY,
    source TEXT NOT NULL,
    sha256 TEXT NOT NULL UNIQUE,
    media_type TEXT NOT NULL,
    retrieved TEXT NOT NULL,
    size INTEGER NOT NULL,
    encoding TEXT NOT NULL CHECK (encoding IN ('identity', 'gzip')),
    content BLOB NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE TABLE documents (
    id INTEGER PRIMARY KEY,
    label TEXT GENERATED ALWAYS AS (coalesce(nullif(title, ''), substr(text, 1, 80))) VIRTUAL,
    title TEXT NOT NULL,
    outlet INTEGER REFERENCES outlets(id),
    published TEXT NOT NULL,
    language TEXT NOT NULL,
    language_confidence REAL NOT NULL,
    origin TEXT NOT NULL,
    origin_probability REAL NOT NULL,
    source_language TEXT NOT NULL,
    via TEXT NOT NULL,
    origin_evidence TEXT NOT NULL,
    url TEXT NOT NULL,
    author TEXT NOT NULL,
    outlet_as_written TEXT NOT NULL,
    identifier TEXT NOT NULL,
    meta TEXT NOT NULL,
    text TEXT NOT NULL,
    snapshot INTEGER REFERENCES snapshots(id),
    previous INTEGER REFERENCES documents(id),
    fingerprint TEXT NOT NULL UNIQUE,
    run INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE INDEX documents_identifier ON documents(identifier);

CREATE INDEX documents_url ON documents(url);

CREATE INDEX documents_outlet ON documents(outlet);

CREATE INDEX documents_language ON documents(language);

CREATE INDEX documents_snapshot ON documents(snapshot);

CREATE INDEX documents_previous ON documents(previous) WHERE previous IS NOT NULL;

CREATE TRIGGER documents_stay BEFORE UPDATE ON documents
BEGIN SELECT RAISE(ABORT, 'documents are immutable: add the changed text as a new document'); END;

CREATE TRIGGER documents_remain BEFORE DELETE ON documents
BEGIN SELECT RAISE(ABORT, 'documents are immutable: they cannot be deleted'); END;

CREATE TRIGGER documents_unreplaced BEFORE INSERT ON documents
WHEN EXISTS (SELECT 1 FROM documents WHERE id = new.id OR fingerprint = new.fingerprint)
BEGIN SELECT RAISE(ABORT, 'documents are immutable: this one is already stored'); END;

CREATE TABLE links (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents(id),
    url TEXT NOT NULL,
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL
) STRICT;

CREATE INDEX links_document ON links(document);

CREATE INDEX links_url ON links(url);

CREATE TABLE sentences (
    id INTEGER PRIMARY KEY,
    document INTEGER NOT NULL REFERENCES documents(id),
    start INTEGER NOT NULL,
    "end" INTEGER NOT NULL,
    language TEXT NOT NULL
) STRICT;

CREATE INDEX sentences_document ON sentences(document);

CREATE TABLE speakers (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    key TEXT NOT NULL UNIQUE,
    known INTEGER NOT NULL CHECK (known IN (0, 1)),
    kind TEXT NOT NULL,
    country TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE TABLE speaker_names (
    id INTEGER PRIMARY KEY,
    speaker INTEGER NOT NULL REFERENCES speakers(id),
    name TEXT NOT NULL,
    language TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id),
    UNIQUE (speaker, name, language)
) STRICT;

CREATE TABLE quotes (
    id INTEGER PRIMARY KEY,
    label TEXT GENERATED ALWAYS AS (substr(text, 1, 100)) VIRTUAL,
    document INTEGER NOT NULL REFERENCES documents(id),
    start INTEGER NOT NULL CHECK (start >= 0),
    "end" INTEGER NOT NULL CHECK ("end" >= start),
    text TEXT NOT NULL,
    type TEXT NOT NULL CHECK (type IN ('direct', 'indirect', 'mixed')),
    language TEXT NOT NULL,
    speaker INTEGER REFERENCES speakers(id),
    speaker_name TEXT,
    speaker_kind TEXT,
    speaker_text TEXT,
    speaker_start INTEGER,
    speaker_end INTEGER,
    cue_text TEXT,
    cue_start INTEGER,
    cue_end INTEGER,
    confidence REAL NOT NULL,
    spans TEXT NOT NULL,
    evidence TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE INDEX quotes_document ON quotes(document);

CREATE INDEX quotes_speaker ON quotes(speaker);

CREATE INDEX quotes_text_hash ON quotes(text_hash);

CREATE TRIGGER quotes_verbatim BEFORE INSERT ON quotes
WHEN new.text IS NOT
    (SELECT substr(text, new.start + 1, new."end" - new.start) FROM documents WHERE id = new.document)
BEGIN SELECT RAISE(ABORT, 'a quote must be verbatim at its offsets in its document'); END;

CREATE TRIGGER quotes_stay_verbatim BEFORE UPDATE OF document, start, "end", text ON quotes
WHEN new.text IS NOT
    (SELECT substr(text, new.start + 1, new."end" - new.start) FROM documents WHERE id = new.document)
BEGIN SELECT RAISE(ABORT, 'a quote must be verbatim at its offsets in its document'); END;

CREATE TABLE attributions (
    id INTEGER PRIMARY KEY,
    name TEXT NOT NULL,
    quote INTEGER NOT NULL REFERENCES quotes(id),
    step INTEGER NOT NULL,
    kind TEXT NOT NULL,
    relation TEXT NOT NULL,
    as_written TEXT NOT NULL,
    outlet INTEGER REFERENCES outlets(id),
    start INTEGER,
    "end" INTEGER,
    run INTEGER NOT NULL REFERENCES runs(id),
    UNIQUE (quote, step)
) STRICT;

CREATE INDEX attributions_outlet ON attributions(outlet);

CREATE TABLE translations (
    id INTEGER PRIMARY KEY,
    source_text TEXT NOT NULL,
    text TEXT NOT NULL,
    source_language TEXT NOT NULL,
    target_language TEXT NOT NULL,
    translator TEXT NOT NULL,
    package TEXT NOT NULL,
    parameters TEXT NOT NULL,
    confidence REAL NOT NULL,
    flags TEXT NOT NULL,
    text_hash TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id),
    UNIQUE (text_hash, source_language, target_language, translator, package, parameters)
) STRICT;

CREATE TABLE matches (
    id INTEGER PRIMARY KEY,
    from_quote INTEGER NOT NULL REFERENCES quotes(id),
    to_quote INTEGER NOT NULL REFERENCES quotes(id),
    probability REAL NOT NULL,
    score REAL NOT NULL,
    drift_kinds TEXT NOT NULL,
    severity TEXT NOT NULL,
    drift TEXT NOT NULL,
    features TEXT NOT NULL,
    alignment TEXT NOT NULL,
    from_start INTEGER,
    from_end INTEGER,
    to_start INTEGER,
    to_end INTEGER,
    run INTEGER NOT NULL REFERENCES runs(id),
    UNIQUE (from_quote, to_quote)
) STRICT;

CREATE INDEX matches_to_quote ON matches(to_quote);

CREATE TABLE statements (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    speaker TEXT NOT NULL,
    language TEXT NOT NULL,
    first_known TEXT NOT NULL,
    first_quote INTEGER NOT NULL REFERENCES quotes(id),
    quotes INTEGER NOT NULL,
    circles TEXT NOT NULL DEFAULT '[]',
    run INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE INDEX statements_first_quote ON statements(first_quote);

CREATE TABLE statement_quotes (
    quote INTEGER PRIMARY KEY REFERENCES quotes(id),
    statement INTEGER NOT NULL REFERENCES statements(id) ON DELETE CASCADE
) STRICT;

CREATE INDEX statement_quotes_statement ON statement_quotes(statement);

CREATE TABLE unsettled (
    quote INTEGER PRIMARY KEY REFERENCES quotes(id)
) STRICT;

CREATE TABLE nodes (
    id INTEGER PRIMARY KEY,
    label TEXT NOT NULL,
    statement INTEGER NOT NULL REFERENCES statements(id) ON DELETE CASCADE,
    node TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('stored', 'named', 'inferred')),
    quote INTEGER REFERENCES quotes(id),
    document INTEGER REFERENCES documents(id),
    outlet TEXT NOT NULL,
    speaker TEXT NOT NULL,
    language TEXT NOT NULL,
    published TEXT NOT NULL,
    url TEXT NOT NULL,
    text TEXT NOT NULL,
    listed INTEGER NOT NULL CHECK (listed IN (0, 1)),
    run INTEGER NOT NULL REFERENCES runs(id),
    UNIQUE (statement, node)
) STRICT;

CREATE INDEX nodes_quote ON nodes(quote);

CREATE INDEX nodes_document ON nodes(document);

CREATE TABLE hops (
    id INTEGER PRIMARY KEY,
    statement INTEGER NOT NULL REFERENCES statements(id) ON DELETE CASCADE,
    from_node INTEGER NOT NULL REFERENCES nodes(id) ON DELETE CASCADE,
    to_node INTEGER NOT NULL REFERENCES nodes(id) ON DELETE CASCADE,
    chosen INTEGER NOT NULL CHECK (chosen IN (0, 1)),
    relation TEXT NOT NULL,
    basis TEXT NOT NULL,
    probability REAL NOT NULL,
    margin REAL NOT NULL,
    drift_kinds TEXT NOT NULL,
    severity TEXT NOT NULL,
    drift TEXT NOT NULL,
    evidence TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE INDEX hops_statement ON hops(statement);

CREATE INDEX hops_from_node ON hops(from_node);

CREATE INDEX hops_to_node ON hops(to_node);

CREATE INDEX hops_severity ON hops(severity) WHERE severity IN ('notable', 'serious');

CREATE TABLE ends (
    id INTEGER PRIMARY KEY,
    statement INTEGER NOT NULL REFERENCES statements(id) ON DELETE CASCADE,
    node INTEGER NOT NULL REFERENCES nodes(id) ON DELETE CASCADE,
    reason TEXT NOT NULL,
    says TEXT NOT NULL,
    run INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE INDEX ends_statement ON ends(statement);

CREATE INDEX ends_node ON ends(node);

CREATE TABLE reviews (
    id INTEGER PRIMARY KEY,
    quote INTEGER NOT NULL REFERENCES quotes(id),
    from_node TEXT NOT NULL,
    to_node TEXT NOT NULL,
    decision TEXT NOT NULL CHECK (decision IN ('accept', 'reject', 'add', 'undo')),
    note TEXT NOT NULL,
    reviewer TEXT NOT NULL,
    made TEXT NOT NULL,
    undoes INTEGER REFERENCES reviews(id),
    CHECK ((decision = 'undo') = (undoes IS NOT NULL))
) STRICT;

CREATE INDEX reviews_quote ON reviews(quote);

CREATE INDEX reviews_undoes ON reviews(undoes);

CREATE TRIGGER reviews_stay BEFORE UPDATE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only: undo with another review'); END;

CREATE TRIGGER reviews_remain BEFORE DELETE ON reviews
BEGIN SELECT RAISE(ABORT, 'reviews are append-only: undo with another review'); END;

CREATE TRIGGER reviews_unreplaced BEFORE INSERT ON reviews
WHEN EXISTS (SELECT 1 FROM reviews WHERE id = new.id)
BEGIN SELECT RAISE(ABORT, 'reviews are append-only: undo with another review'); END;

CREATE VIRTUAL TABLE documents_fts USING fts5(
    title, text, folded, content='', tokenize='unicode61 remove_diacritics 2'
);

CREATE VIRTUAL TABLE quotes_fts USING fts5(
    text, folded, content='', tokenize='unicode61 remove_diacritics 2'
);

CREATE VIEW chains AS
SELECT
    start.statement AS statement,
    start.quote AS quote,
    start.label AS rendering,
    json_extract(step.value, '$.depth') AS step,
    json_extract(step.value, '$.came_from') AS came_from,
    json_extract(step.value, '$.kind') AS kind,
    json_extract(step.value, '$.relation') AS relation,
    json_extract(step.value, '$.basis') AS basis,
    round(json_extract(step.value, '$.probability'), 3) AS probability,
    json_extract(step.value, '$.drift_kinds') AS drift_kinds,
    json_extract(step.value, '$.severity') AS severity,
    json_extract(step.value, '$.route') AS route,
    start.node AS from_node,
    json_extract(step.value, '$.node') AS to_node,
    json_extract(step.value, '$.document') AS to_document,
    json_extract(step.value, '$.quote') AS to_quote,
    json_extract(step.value, '$.hop') AS hop
FROM nodes AS start, json_each((
    WITH RECURSIVE way(id, depth, hop, route, visited) AS (
        SELECT start.id, 0, NULL, start.label, ',' || start.id || ','
        UNION ALL
        SELECT
            hops.to_node, way.depth + 1, hops.id, way.route || ' ← ' || nodes.label,
            way.visited || hops.to_node || ','
        FROM way
        JOIN hops ON hops.from_node = way.id AND hops.chosen
        JOIN nodes ON nodes.id = hops.to_node
        WHERE instr(way.visited, ',' || hops.to_node || ',') = 0
    )
    SELECT json_group_array(json_object(
        'depth', way.depth, 'came_from', nodes.label, 'kind', nodes.kind,
        'relation', hops.relation, 'basis', hops.basis, 'probability', hops.probability,
        'drift_kinds', hops.drift_kinds, 'severity', hops.severity, 'route', way.route,
        'node', nodes.node, 'document', nodes.document, 'quote', nodes.quote, 'hop', hops.id))
    FROM way
    JOIN hops ON hops.id = way.hop
    JOIN nodes ON nodes.id = way.id
)) AS step;

CREATE VIEW origins AS
SELECT
    ends.statement AS statement,
    statements.label AS said,
    statements.speaker AS speaker,
    statements.quotes AS renderings,
    nodes.label AS earliest_known,
    nodes.kind AS kind,
    ends.reason AS reason,
    ends.says AS says,
    nodes.outlet AS outlet,
    nodes.language AS language,
    nodes.published AS published,
    nodes.document AS document,
    nodes.quote AS quote
FROM ends
JOIN nodes ON nodes.id = ends.node
JOIN statements ON statements.id = ends.statement;

CREATE VIEW altered AS
SELECT
    hops.statement AS statement,
    later.outlet AS outlet,
    earlier.outlet AS came_from,
    json_extract(drift.value, '$.kind') AS change,
    json_extract(drift.value, '$.severity') AS severity,
    json_extract(drift.value, '$.says') AS says,
    json_extract(drift.value, '$.from_text') AS now_reads,
    json_extract(drift.value, '$.to_text') AS source_reads,
    json_extract(drift.value, '$.certain') AS certain,
    round(hops.probability, 3) AS probability,
    later.text AS text,
    earlier.text AS source_text,
    later.quote AS quote,
    earlier.quote AS source_quote,
    later.document AS document,
    hops.id AS hop
FROM hops
JOIN nodes AS later ON later.id = hops.from_node
JOIN nodes AS earlier ON earlier.id = hops.to_node
JOIN json_each(hops.drift) AS drift
WHERE hops.chosen AND hops.severity IN ('notable', 'serious')
    AND json_extract(drift.value, '$.severity') IN ('notable', 'serious');

CREATE VIEW unsourced AS
SELECT
    quotes.id AS quote,
    quotes.label AS said,
    quotes.speaker_name AS speaker,
    quotes.speaker_kind AS speaker_kind,
    (SELECT group_concat(name, ' ← ') FROM
        (SELECT name FROM attributions WHERE attributions.quote = quotes.id ORDER BY step)
    ) AS names_as_source,
    (SELECT ends.says FROM nodes AS here JOIN ends ON ends.node = here.id OR ends.node =
        (SELECT to_node FROM hops WHERE from_node = here.id AND chosen)
        WHERE here.quote = quotes.id
    ) AS why,
    quotes.type AS type,
    quotes.language AS language,
    coalesce(outlets.name, documents.outlet_as_written) AS outlet,
    documents.published AS published,
    quotes.document AS document
FROM quotes
JOIN documents ON documents.id = quotes.document
LEFT JOIN outlets ON outlets.id = documents.outlet
WHERE NOT EXISTS (
    SELECT 1 FROM nodes AS here
    JOIN hops ON hops.from_node = here.id AND hops.chosen
    JOIN nodes AS source ON source.id = hops.to_node AND source.kind = 'stored'
    WHERE here.quote = quotes.id
) AND NOT EXISTS (
    SELECT 1 FROM nodes AS here JOIN ends ON ends.node = here.id
    WHERE here.quote = quotes.id AND ends.reason IN ('primary source', 'reviewed')
);

CREATE VIEW timeline AS
SELECT
    statement_quotes.statement AS statement,
    statements.label AS said,
    statements.quotes AS renderings,
    coalesce(datetime(documents.published), nullif(documents.published, '')) AS "when",
    documents.published AS published,
    coalesce(outlets.name, documents.outlet_as_written) AS outlet,
    quotes.language AS language,
    quotes.text AS text,
    quotes.speaker_name AS speaker,
    documents.title AS title,
    quotes.id AS quote,
    quotes.document AS document
FROM statement_quotes
JOIN statements ON statements.id = statement_quotes.statement
JOIN quotes ON quotes.id = statement_quotes.quote
JOIN documents ON documents.id = quotes.document
LEFT JOIN outlets ON outlets.id = documents.outlet
ORDER BY statement, "when" IS NULL, "when", quotes.id;

CREATE TABLE quote_index_keys (
    key INTEGER PRIMARY KEY,
    removed INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX quote_index_removed ON quote_index_keys (key) WHERE removed;

CREATE TABLE quote_index_postings (
    term TEXT NOT NULL,
    chunk INTEGER NOT NULL,
    count INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (term, chunk)
) WITHOUT ROWID;

CREATE TABLE sentence_index_keys (
    key INTEGER PRIMARY KEY,
    removed INTEGER NOT NULL DEFAULT 0
);

CREATE INDEX sentence_index_removed ON sentence_index_keys (key) WHERE removed;

CREATE TABLE sentence_index_postings (
    term TEXT NOT NULL,
    chunk INTEGER NOT NULL,
    count INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (term, chunk)
) WITHOUT ROWID;

CREATE TABLE unrelated (
    quote INTEGER PRIMARY KEY REFERENCES quotes(id),
    since INTEGER NOT NULL REFERENCES runs(id)
) STRICT;

CREATE TABLE quote_index_directions (
    made_with INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (made_with, chunk)
);

CREATE TABLE sentence_index_directions (
    made_with INTEGER NOT NULL,
    chunk INTEGER NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    PRIMARY KEY (made_with, chunk)
);
