"""Signs that a text was translated: names, wording, phrases, punctuation, whom it quotes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from functools import cache
from typing import Any

from provenance import languages
from provenance.languages.sentences import sentences
from provenance.model import Document, Evidence
from provenance.naming import fingerprints, people
from provenance.naming.fingerprints import languages_of
from provenance.tracing._page import MANY, Page, Sign, outlet_named
from provenance.tracing._translationese import score

# Log-odds by hand, checked with ``python -m benchmarks.origin`` on the development sets.
_FOREIGN_SPEAKER = 0.5  # it quotes people who will not have said it in this language
_WORDING = 0.5  # other kinds of text differ as well: half of what the model says is believed
_WORDING_MOST = 2.5
_WORDING_OTHER = 0.8  # models of other languages hear less: 69 to 83 % of sentences
_WORDING_LEAST = 0.4
_FEW = 3  # sentences below which wording says nothing
_SENTENCES = 40
_READ = 20_000  # characters read for wording
_WORDY = 60  # words from which on the share of articles is judged

_WORD = re.compile(r"[^\W\d_]+")


def translation_signs(page: Page) -> Iterator[Sign]:
    document = page.document
    for one in fingerprints(document.text, document.language):
        for language in languages_of((one,)):
            yield Sign(replace(one, kind="name"), 0.0, one.weight, language)
    yield from _wording(document)
    yield from _calques(document)
    yield from _habits(document)
    yield from _articles(document)
    yield from _foreign_speakers(page)


def _wording(document: Document) -> Iterator[Sign]:
    """Whether the function words are those of a translation, where there is enough text."""
    spans = sentences(document.text[:_READ], document.language)[:_SENTENCES]
    found = score([document.text[span.start : span.end] for span in spans], document.language)
    if len(spans) < _FEW or not found:
        return
    source = max(found, key=lambda code: (found[code], code))
    most = _WORDING_MOST if document.language == "en" else _WORDING_OTHER
    weight = round(max(-most, min(most, _WORDING * found[source])), 2)
    if weight >= _WORDING_LEAST:
        name = languages.name(source)
        says = f"it is worded like translations from {name} ({len(spans)} sentences read)"
        yield Sign(Evidence("wording", says, weight), 0.0, weight, source)
    elif weight <= -_WORDING_LEAST:
        says = f"it is worded like text written in {languages.name(document.language)}"
        yield Sign(Evidence("wording", says, weight), 0.0, weight)


@cache
def _phrases(language: str) -> tuple[tuple[str, re.Pattern[str], Mapping[str, float]], ...]:
    tables: Mapping[str, Mapping[str, float]] = languages.table(language, "origin").get(
        "calques", {}
    )
    return tuple(
        (
            source,
            re.compile(
                "|".join(_bounded(phrase) for phrase in sorted(table, key=len, reverse=True)),
                re.IGNORECASE,
            ),
            table,
        )
        for source, table in tables.items()
        if table
    )


def _bounded(phrase: str) -> str:
    edge = r"\b" if phrase[-1].isalnum() else ""
    return rf"\b{re.escape(phrase)}{edge}"


def _calques(document: Document) -> Iterator[Sign]:
    """Phrases kept from the language of the original; long texts have some by chance."""
    length = max(1.0, len(document.text) / 1500)
    for source, pattern, weights in _phrases(document.language):
        met: dict[str, Evidence] = {}
        for found in pattern.finditer(document.text):
            phrase = found.group().lower()
            if phrase not in met and len(met) < MANY:
                weight = round(weights.get(phrase, 0.3) / length, 2)
                says = f"“{found.group()}” is what translations from {languages.name(source)} say"
                met[phrase] = Evidence("calque", says, weight, found.group(), *found.span())
        yield from (Sign(one, 0.0, one.weight, source) for one in met.values())


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]:
    rows = languages.table(language, "origin").get("signs", ())
    return tuple((re.compile(row["pattern"]), row) for row in rows)


def _habits(document: Document) -> Iterator[Sign]:
    """Punctuation and number styles of another language."""
    for pattern, row in _patterns(document.language):
        found = pattern.search(document.text)
        if found:
            end = min(found.end(), found.start() + 60)
            text = document.text[found.start() : end]
            evidence = Evidence("style", row["says"], row["weight"], text, found.start(), end)
            yield Sign(evidence, 0.0, row["weight"], row["languages"][0])


def _articles(document: Document) -> Iterator[Sign]:
    """Whether a text of some length has hardly any articles."""
    row = languages.table(document.language, "origin").get("articles", {})
    words = _WORD.findall(document.text[:_READ]) if row else []
    if len(words) < _WORDY:
        return
    share = sum(word.lower() in row["words"] for word in words) / len(words)
    if share < row["least"]:
        says = row["says"].format(share=f"{share:.0%}")
        evidence = Evidence("style", says, row["weight"])
        yield Sign(evidence, 0.0, row["weight"], row["languages"][0])


def _foreign_speakers(page: Page) -> Iterator[Sign]:
    """Direct quotes of people from elsewhere, through an outlet of yet another language."""
    for quote in page.quotes[:MANY]:
        speaker = quote.speaker
        if quote.type != "direct" or speaker is None or speaker.kind != "person":
            continue
        person = people.lookup(speaker.name)
        via = [outlet for relay in quote.chain if (outlet := outlet_named(relay.name))]
        via = [outlet for outlet in via if outlet.country and page.foreign(outlet)]
        if person and via and via[0].country != person.country:
            says = (
                f"{person.name} ({person.country}) is quoted through {via[0].name}, "
                f"which writes in {languages.name(via[0].language)}"
            )
            place = (speaker.text, speaker.start, speaker.end)
            evidence = Evidence("detour", says, _FOREIGN_SPEAKER, *place)
            yield Sign(evidence, 0.0, _FOREIGN_SPEAKER, via[0].language)
            return
