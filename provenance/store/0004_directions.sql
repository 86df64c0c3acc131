-- The second view of candidates, as provenance/store/_directions.py reads and writes it. What
-- was stored before has none, and is found by its terms alone.

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
