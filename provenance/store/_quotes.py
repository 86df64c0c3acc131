"""Quotes with their speakers and relays, and the renderings that matching looks at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from operator import itemgetter
from sqlite3 import Row
from typing import Any

from provenance.languages.negation import denied_by, disowns
from provenance.model import (
    Cue,
    Link,
    Quote,
    Relay,
    Rendering,
    Span,
    Speaker,
    around,
    spoken,
)
from provenance.store._connection import Connection
from provenance.store._folding import folded
from provenance.store._outlets import Names
from provenance.store._packing import evidence, fingerprint, listed, pack, unpack

# What a rendering tells of the document it stands in.
_FACTS = """coalesce(outlets.name, documents.outlet_as_written) AS outlet, outlets.country,
    outlets.language AS outlet_language, documents.published, documents.url, documents.title,
    documents.origin, documents.source_language, documents.origin_evidence"""

_RENDERING = f"""
SELECT quotes.id, quotes.document, quotes.text, quotes.language, quotes.start, quotes."end",
    quotes.type, quotes.spans, quotes.speaker_kind, quotes.text_hash,
    quotes.cue_text, quotes.cue_start, quotes.cue_end,
    CASE WHEN speakers.known THEN speakers.name ELSE quotes.speaker_name END AS speaker_name,
    {_FACTS}
FROM quotes
JOIN documents ON documents.id = quotes.document
LEFT JOIN speakers ON speakers.id = quotes.speaker
LEFT JOIN outlets ON outlets.id = documents.outlet
WHERE quotes.id IN (SELECT value FROM json_each(?))
"""

_QUOTES = """
SELECT quotes.*, CASE WHEN speakers.known THEN speakers.name ELSE '' END AS canonical
FROM quotes LEFT JOIN speakers ON speakers.id = quotes.speaker
WHERE document = ? ORDER BY quotes.id
"""

_SENTENCE = f"""
SELECT sentences.id, sentences.document, '' AS text,
    sentences.language, sentences.start, sentences."end",
    'indirect' AS type, '[]' AS spans, NULL AS speaker_name, NULL AS speaker_kind, '' AS text_hash,
    NULL AS cue_text, NULL AS cue_start, NULL AS cue_end,
    {_FACTS}
FROM sentences
JOIN documents ON documents.id = sentences.document
LEFT JOIN outlets ON outlets.id = documents.outlet
WHERE sentences.id IN (SELECT value FROM json_each(?))
"""

# The trusted translation comes first. A gloss is for finding, never for quoting.
_ENGLISH = """
SELECT text_hash, source_language, text FROM translations
WHERE text_hash IN (SELECT value FROM json_each(?)) AND target_language = 'en'
    AND translator != 'gloss'
ORDER BY confidence, id
"""

_RELAYS = """
SELECT quote, name, kind, as_written, relation, start, "end" FROM attributions
WHERE quote IN (SELECT value FROM json_each(?)) ORDER BY quote, step
"""

_LINKS = """
SELECT document, url, start, "end" FROM links
WHERE document IN (SELECT value FROM json_each(?)) ORDER BY document, id
"""


def insert(
    names: Names,
    document: int,
    language: str,
    quote: Quote,
    run: int,
) -> int:
    """Store one quote of a stored document; its key.

    Raises `StoreError` when its text is not the document's at its offsets.
    """
    connection = names.connection
    own = quote.language or language
    key = connection.insert(
        "quotes",
        _found(quote)
        | _signals(quote)
        | {
            "document": document,
            "language": own,
            "speaker": names.speakers.of(quote.speaker, own, run),
            "run": run,
        },
    )
    _insert_relays(names, key, quote.chain, run)
    connection.write(
        "INSERT INTO quotes_fts (rowid, text, folded) VALUES (?, ?, ?)",
        (key, quote.text, folded(quote.text)),
    )
    connection.write("INSERT INTO unsettled (quote) VALUES (?)", (key,))
    return key


def _found(quote: Quote) -> dict[str, Any]:
    """Columns that say what was said."""
    return {
        "start": quote.start,
        "end": quote.end,
        "text": quote.text,
        "type": quote.type,
        "confidence": quote.confidence,
        "spans": pack([[span.start, span.end] for span in quote.spans]),
        "evidence": pack(quote.evidence),
        "text_hash": fingerprint(spoken(quote.text, quote.start, quote.spans)),
    }


def _signals(quote: Quote) -> dict[str, Any]:
    """Columns that say by whom, and by which word the text tells; without both, none."""
    row: dict[str, Any] = {}
    if quote.speaker is not None:
        speaker = quote.speaker
        row |= {"speaker_name": speaker.name, "speaker_kind": speaker.kind}
        row |= {"speaker_text": speaker.text}
        row |= {"speaker_start": speaker.start, "speaker_end": speaker.end}
    if quote.cue is not None:
        row |= {"cue_text": quote.cue.text, "cue_start": quote.cue.start, "cue_end": quote.cue.end}
    return row


def _insert_relays(names: Names, quote: int, chain: Sequence[Relay], run: int) -> None:
    names.connection.write_all(
        """INSERT INTO attributions
        (quote, step, name, kind, relation, as_written, outlet, start, "end", run)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)""",
        (
            (quote, step, relay.name, relay.kind, relay.relation, relay.as_written)
            + (names.outlets.of(relay.name, "", run) if relay.kind == "outlet" else None,)
            + (relay.start, relay.end, run)
            for step, relay in enumerate(chain, 1)
        ),
    )


def keys_of(connection: Connection, document: int) -> tuple[int, ...]:
    """Keys of a document's quotes, in the order they were found."""
    rows = connection.rows("SELECT id FROM quotes WHERE document = ? ORDER BY id", (document,))
    return tuple(row[0] for row in rows)


def quotes_of(connection: Connection, document: int) -> tuple[Quote, ...]:
    """A document's quotes as they were stored, in the order they were found; `language` filled."""
    rows = connection.rows(_QUOTES, (document,))
    chains = _relays(connection, [row["id"] for row in rows])
    return tuple(_quote(row, chains.get(row["id"], ())) for row in rows)


def _quote(row: Row, chain: tuple[Relay, ...]) -> Quote:
    return Quote(
        start=row["start"],
        end=row["end"],
        text=row["text"],
        type=row["type"],
        speaker=_speaker(row),
        cue=_cue(row),
        chain=chain,
        confidence=row["confidence"],
        spans=_spans(row),
        language=row["language"],
        evidence=evidence(row["evidence"]),
    )


def _spans(row: Row) -> tuple[Span, ...]:
    packed = row["spans"]  # nearly every quote is in one piece
    return tuple(Span(start, end) for start, end in unpack(packed)) if packed != "[]" else ()


def _speaker(row: Row) -> Speaker | None:
    if row["speaker_name"] is None:
        return None
    place = (row["speaker_start"], row["speaker_end"], row["speaker_text"])
    canonical = row["canonical"] if row["speaker_kind"] == "person" else ""
    return Speaker(*place, row["speaker_name"], row["speaker_kind"], canonical or "")


def _cue(row: Row) -> Cue | None:
    if row["cue_text"] is None:
        return None
    return Cue(row["cue_start"], row["cue_end"], row["cue_text"])


def renderings(connection: Connection, quotes: Sequence[int]) -> dict[int, Rendering]:
    """The stored quotes among `quotes` as matching and tracing look at them, by key."""
    rows = connection.rows(_RENDERING, (listed(quotes),))
    texts = [spoken(row["text"], row["start"], _spans(row)) for row in rows]
    return _rendered(connection, rows, texts, _relays(connection, quotes))


def in_place(connection: Connection, found: Sequence[Rendering]) -> tuple[Rendering, ...]:
    """Stored renderings with what stands around them in their documents."""
    texts = _texts(connection, sorted({rendering.document for rendering in found}))
    return tuple(
        replace(r, around=around(texts[r.document], r.start, r.end)) if r.document in texts else r
        for r in found
    )


def sentence_renderings(connection: Connection, keys: Sequence[int]) -> dict[int, Rendering]:
    """Stored sentences as renderings whose `quote` is the sentence's key, by key."""
    rows = connection.rows(_SENTENCE, (listed(keys),))
    whole = _texts(connection, sorted({row["document"] for row in rows}))
    texts = [whole[row["document"]][row["start"] : row["end"]] for row in rows]
    return _rendered(connection, rows, texts, {})


def _texts(connection: Connection, documents: Sequence[int]) -> dict[int, str]:
    """Whole texts: cut here, because SQLite would read one anew for every sentence of it."""
    rows = connection.rows(
        "SELECT id, text FROM documents WHERE id IN (SELECT value FROM json_each(?))",
        (listed(documents),),
    )
    return {row["id"]: row["text"] for row in rows}


def _rendered(
    connection: Connection,
    rows: Sequence[Row],
    texts: Sequence[str],
    chains: dict[int, tuple[Relay, ...]],
) -> dict[int, Rendering]:
    english = _english(connection, rows)
    links = _links(connection, sorted({row["document"] for row in rows}))
    found = {
        row["id"]: _rendering(
            row,
            text,
            chains.get(row["id"], ()),
            english.get((row["text_hash"], row["language"]), ""),
            links.get(row["document"], ()),
        )
        for row, text in zip(rows, texts, strict=True)
    }
    for quote, verb in _denying(connection, rows).items():
        found[quote] = replace(found[quote], denied_by=verb)
    return found


def _denying(connection: Connection, rows: Sequence[Row]) -> dict[int, str]:
    """The cues that deny what they introduce, by quote; few do, so their texts are read apart."""
    cues = {row["id"]: cue for row in rows if (cue := _cue(row)) is not None}
    some = [
        row for row in rows if row["id"] in cues and disowns(cues[row["id"]].text, row["language"])
    ]
    texts = _texts(connection, sorted({row["document"] for row in some})) if some else {}
    return {
        row["id"]: denied_by(
            texts[row["document"]], row["cue_start"], row["cue_end"], row["language"]
        )
        for row in some
    }


def _rendering(
    row: Row, text: str, chain: tuple[Relay, ...], english: str, links: Sequence[Link]
) -> Rendering:
    scars = evidence(row["origin_evidence"])
    return Rendering(
        quote=row["id"],
        document=row["document"],
        text=text,
        language=row["language"],
        start=row["start"],
        end=row["end"],
        type=row["type"],
        english=english,
        speaker=row["speaker_name"] or "",
        speaker_kind=row["speaker_kind"],
        outlet=row["outlet"],
        country=row["country"] or "",
        outlet_language=row["outlet_language"] or "",
        published=row["published"],
        url=row["url"],
        title=row["title"],
        chain=chain,
        links=_nearest(links, row["start"]),
        origin=row["origin"],
        source_language=row["source_language"],
        fingerprints=tuple(scar for scar in scars if scar.kind == "name"),
    )


def _nearest(links: Sequence[Link], place: int) -> tuple[str, ...]:
    """Targets of a page's links, each once, those nearest to `place` first."""
    if not links:
        return ()
    near = sorted(links, key=lambda link: abs(link.start - place))
    return tuple(dict.fromkeys(link.url for link in near))


def _english(connection: Connection, rows: Sequence[Row]) -> dict[tuple[str, str], str]:
    """Trusted translations by hash and language: one wording may stand in two languages."""
    hashes = sorted({row["text_hash"] for row in rows if row["language"] != "en"} - {""})
    found = connection.rows(_ENGLISH, (pack(hashes),)) if hashes else []
    return {(row["text_hash"], row["source_language"]): row["text"] for row in found}


def documents(connection: Connection, quotes: Sequence[int]) -> dict[int, int]:
    """The document each quote stands in, by quote."""
    asked = "SELECT id, document FROM quotes WHERE id IN (SELECT value FROM json_each(?))"
    return {row[0]: row[1] for row in connection.rows(asked, (listed(quotes),))}


def _relays(connection: Connection, quotes: Sequence[int]) -> dict[int, tuple[Relay, ...]]:
    rows = connection.rows(_RELAYS, (listed(quotes),))
    return {
        quote: tuple(Relay(*row[1:]) for row in steps)
        for quote, steps in groupby(rows, key=itemgetter(0))
    }


def _links(connection: Connection, documents: Sequence[int]) -> dict[int, tuple[Link, ...]]:
    rows = connection.rows(_LINKS, (listed(documents),))
    return {
        document: tuple(Link(*row[1:]) for row in links)
        for document, links in groupby(rows, key=itemgetter(0))
    }
