"""Readings that need no database: detect, quotes, origin, translate, names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

import click

from provenance.cli import _rows
from provenance.cli._failing import tell
from provenance.cli._input import Sources, described, reading
from provenance.cli._output import Format, Rows, formatted
from provenance.cli._progress import progress
from provenance.model import Document, Translation

Shape = dict[str, Any]


@click.command()
@reading
@click.option("--passages", is_flag=True, help="One record a passage: a text may hold several.")
@formatted
def detect(sources: Sources, passages: bool, form: Format) -> None:
    """Say which language each document is in, with the runners-up.

    \b
    provenance detect article.txt
    provenance detect --input jsonl --nl < articles.jsonl
    """
    _each(sources, form, _passages if passages else _language, "Detecting", _rows.language)
    sources.finish()


@click.command()
@reading
@described
@click.option("--explain", is_flag=True, help="Show which rules and features fired.")
@formatted
def quotes(sources: Sources, explain: bool, form: Format) -> None:
    """Extract quotes: the words, who said them, via whom. No database is touched.

    \b
    provenance quotes article.html
    provenance quotes --input jsonl --nl < articles.jsonl
    """
    from provenance import pipeline
    from provenance.export import contract

    def record(document: Document) -> Iterator[Shape]:
        known, _ = pipeline.detect(document)
        yield contract.quotes(known, pipeline.quotes(known), explain)

    _each(sources, form, record, "Reading", _rows.quotes)
    sources.finish()


@click.command()
@reading
@described
@formatted
def origin(sources: Sources, form: Format) -> None:
    """Say whether each document is an original, a relay or a translation, and why.

    \b
    provenance origin article.txt
    """
    from provenance import pipeline
    from provenance.export import contract

    def record(document: Document) -> Iterator[Shape]:
        reading = pipeline.analyse(document)
        yield contract.origin(reading.document, reading.origin)

    _each(sources, form, record, "Reading", _rows.in_words)
    sources.finish()


@click.command()
@reading
@click.option("--language", default="", metavar="CODE", help="Language of the text, if known.")
@click.option("--to", "target", default="en", show_default=True, metavar="CODE")
@click.option("--round-trip", is_flag=True, help="Translate back too, and say what did not return.")
@formatted
def translate(sources: Sources, target: str, round_trip: bool, form: Format) -> None:
    """Translate on this machine with an installed Argos package, or gloss into English.

    A gloss is word by word: enough to find a passage, never to quote it. A LibreTranslate
    server of your own, on this machine, is asked where no package serves and
    PROVENANCE_LIBRETRANSLATE holds its address (http://localhost:5000).

    \b
    provenance translate --to en statement.txt
    """
    from provenance import pipeline
    from provenance.export import contract
    from provenance.translating import round_trip as way_back

    glossed: set[str] = set()
    one_way: set[str] = set()

    def returned(translation: Translation) -> Shape | None:
        trip = way_back(translation)
        if trip is None and translation.translator != "gloss":
            one_way.add(f"{target} {translation.source}")
        return contract.round_trip(trip) if trip else None

    def record(document: Document) -> Iterator[Shape]:
        known, translation = pipeline.translate(document, target)
        if translation.translator == "gloss":
            glossed.add(f"{translation.source} {target}")
        shape = contract.translation(known, translation)
        yield {**shape, "round_trip": returned(translation)} if round_trip else shape

    _each(sources, form, record, "Translating", _rows.in_words)
    _tell_missing(glossed, one_way)
    sources.finish()


def _tell_missing(glossed: Iterable[str], one_way: Iterable[str]) -> None:
    """Say which packages were wanting, in a line for each kind."""
    for pairs, told in (
        (glossed, "Word by word, not translated"),
        (one_way, "No way back, so no round trip"),
    ):
        if pairs := sorted(pairs):
            commands = "; ".join(f"provenance models install {pair}" for pair in pairs)
            tell(f"{told}. To help: {commands}")


@click.command()
@click.argument("first")
@click.argument("second")
@formatted
def names(first: str, second: str, form: Format) -> None:
    """Say whether two names, in any script, name the same person or outlet, and through
    which language their spelling came.

    \b
    provenance names "Кира Стармера" "Kir Starmer"
    """
    from provenance.export import contract
    from provenance.naming import betrayed, people

    found = people.same_person(first, second)
    evidence = [contract.evidence(item) for item in found.evidence]
    shape = {"first": first, "second": second, "probability": round(found.probability, 4)}
    came = [contract.evidence(item) for name in (first, second) for item in betrayed(name)]
    form.write([{**shape, "evidence": evidence, "came_through": came}], _rows.in_words)


def _each(
    sources: Sources,
    form: Format,
    record: Callable[[Document], Iterator[Shape]],
    label: str,
    rows: Rows,
) -> None:
    form.write((shape for item in progress(sources, label) for shape in record(item)), rows)


def _language(document: Document) -> Iterator[Shape]:
    from provenance.export import contract
    from provenance.languages.detect import detect

    yield contract.language(document, detect(document.text))


def _passages(document: Document) -> Iterator[Shape]:
    from provenance.export import contract
    from provenance.languages.detect import passages

    for span, guess in passages(document.text):
        yield {**contract.language(document, guess), "start": span.start, "end": span.end}
