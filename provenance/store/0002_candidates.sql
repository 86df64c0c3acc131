-- Candidates for a match, as provenance/store/index.py reads and writes them.

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
