-- What `match --all` has still to compare with everything stored: a killed run leaves its
-- unfinished work here. `since` is the run that began it.

CREATE TABLE unrelated (
    quote INTEGER PRIMARY KEY REFERENCES quotes(id),
    since INTEGER NOT NULL REFERENCES runs(id)
) STRICT;
