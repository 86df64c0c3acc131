"""Outlets and agencies: finding them in a text, in whatever script and case they stand.

The table is ``data/outlets.tsv``: one outlet a row, lists separated by ``;``. Names in its
last column are words of the language as well (*Time*, *Взгляд*) and count only between
quotation marks or beside a word of the trade (*газета*, *according to*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from provenance.naming._context import PAIRS, Company, citing, company, credited, quoted, vouched
from provenance.naming._folding import declining, latin_stems, stem
from provenance.naming._gazetteer import (
    UNSPACED,
    WORD,
    Branch,
    Name,
    Outlet,
    join,
    melted,
    names,
    trie,
    unspaced,
)
from provenance.naming._unlisted import unlisted

__all__ = [
    "Outlet",
    "OutletMention",
    "all_outlets",
    "by_domain",
    "cited",
    "find",
    "lookup",
    "office",
]

_CLITICS = frozenset("وفبكلבלהומשכ")
_LONGEST = 32  # letters in a word of a name; longer runs are not words


@dataclass(frozen=True, slots=True)
class OutletMention:
    """An outlet named at ``start:end`` of a text, `text` verbatim, without quotation marks."""

    start: int
    end: int
    text: str
    outlet: Outlet


@cache
def all_outlets() -> tuple[Outlet, ...]:
    """Every outlet of the table, in its order."""
    return tuple(dict.fromkeys(name.outlet for name in names()))


def find(text: str, language: str = "") -> tuple[OutletMention, ...]:
    """Every outlet named in `text`, in order, none overlapping another.

    Case endings of Slavic languages and Arabic clitics are seen through. Outlets that no
    table lists are returned when the text itself says what they are (газета «Х», the
    newspaper X, Telegram-канал «Х»): `Outlet` then has a name and an empty country.
    Linear in the length of `text`.
    """
    words = company(language)
    known = list(_spaced(_Page(text, words, declined=language in declining(), language=language)))
    if UNSPACED.search(text):
        known += _unspaced(text)
    taken = [(mention.start, mention.end) for mention in known]
    new = [
        OutletMention(start, end, text[start:end], outlet)
        for start, end, outlet in unlisted(text, words, taken)
    ]
    return tuple(sorted(known + new, key=lambda mention: mention.start))


def cited(text: str, mention: OutletMention, language: str = "") -> bool:
    """Whether the words beside a mention cite the outlet (``according to``, ``пишет``)."""
    start, end = mention.start, mention.end
    if text[start - 1 : start] in PAIRS and text[start - 1 : start]:
        start, end = start - 1, end + 1
    return citing(text, start, end, company(language))


@lru_cache(maxsize=1 << 12)
def lookup(name: str) -> Outlet | None:
    """The outlet `name` stands for: any alias, script or case form; None when unknown."""
    text = name.strip().strip("«»“”„\"'")
    page = _Page(text, company(""), declined=True, trusting=True)
    for mention in (*_spaced(page), *_unspaced(text)):
        if mention.start == 0 and len(text) - mention.end <= 2:
            return mention.outlet
    return None


@cache
def _domains() -> dict[str, Outlet]:
    found: dict[str, Outlet] = {}
    for outlet in all_outlets():
        for domain in outlet.domains:
            found.setdefault(domain, outlet)
    return found


def by_domain(url: str) -> Outlet | None:
    """The outlet that publishes at `url` (an address or a bare host); None when unknown."""
    host, path = _place(url)
    section = "/" + path.strip("/").partition("/")[0]
    while "." in host:
        found = _domains().get(host + section) or _domains().get(host)
        if found:
            return found
        host = host.partition(".")[2]
    return None


# The part of an address that a state keeps for its offices, before its own two letters.
_RESERVED = frozenset({"gov", "gob", "gouv", "gub", "govt", "mil"})
_RESERVED_HERE = frozenset(
    ["admin.ch", "bund.de", "gc.ca", "go.id", "go.jp", "go.ke", "go.kr", "go.th", "gv.at"]
)


def office(url: str) -> Outlet | None:
    """The office that publishes at `url`, where only offices of states, of the Union or of what
    treaties founded can: a ministry at ``gov.pl``, unlisted, is called by its host. None of other
    addresses and of listed outlets."""
    host = _place(url)[0]
    zone, state = host.rpartition(".")[::2]
    reserved = zone.rpartition(".")[2]
    if len(state) == 2 and (reserved in _RESERVED or f"{reserved}.{state}" in _RESERVED_HERE):
        country = "GB" if state == "uk" else state.upper()
    elif zone and state in ("gov", "mil"):
        country = "US"
    elif zone and (state == "int" or f"{reserved}.{state}" == "europa.eu"):
        country = "EU" if state == "eu" else ""
    else:
        return None
    return Outlet(host, host, country, kind="government") if by_domain(url) is None else None


def host(url: str) -> str:
    """Whose page an address is, without "www."; "" where it is no address."""
    return _place(url)[0]


def publisher(name: str, url: str, quote: int | None) -> str:
    """What a reader calls whoever published a text: its outlet, else whose page it stands on, else
    the number of its quote, "" where there is none."""
    return name or host(url) or (f"quote {quote} (outlet unknown)" if quote else "")


def _place(url: str) -> tuple[str, str]:
    """Host and path of an address or a bare host, empty when it is none."""
    try:
        parts = urlsplit(url if "//" in url else f"//{url}")
        return (parts.hostname or "").removeprefix("www."), parts.path
    except ValueError:
        return "", ""


# ---------------------------------------------------------------- spaced scripts


@dataclass(frozen=True, slots=True)
class _Page:
    """A text and how to read it: `declined` Latin names, or `trusting` names out of context."""

    text: str
    words: Company
    declined: bool
    language: str = ""
    trusting: bool = False


@lru_cache(maxsize=1 << 13)
def _first(word: str) -> Branch | None:
    return _after(trie(), "", word, declined=True)


def _after(branch: Branch, gap: str, word: str, declined: bool) -> Branch | None:
    for form in _forms(word, declined):
        found = branch.then.get((gap, form))
        if found:
            return found
    return None


def _forms(word: str, declined: bool) -> Iterator[str]:
    stemmed = stem(word)
    yield stemmed
    if "\u0590" <= stemmed[:1] <= "\u06ff":
        yield from _without_clitics(stemmed)
    elif declined:
        yield from latin_stems(stemmed)


def _without_clitics(word: str) -> Iterator[str]:
    """An Arabic or Hebrew word without the particles written onto its front."""
    if word.startswith("لل"):
        yield "ال" + word[2:]
    if word[0] in _CLITICS:
        yield word[1:]
        if word[1:2] and word[1] in _CLITICS:
            yield word[2:]


def _spaced(page: _Page) -> Iterator[OutletMention]:
    done = 0
    for word in WORD.finditer(page.text):
        start, end = word.span()
        branch = _first(word.group()) if end - start <= _LONGEST and start >= done else None
        mention = _longest(page, start, end, branch) if branch else None
        if mention:
            done = mention.end
            yield mention


def _longest(page: _Page, start: int, end: int, branch: Branch) -> OutletMention | None:
    best: OutletMention | None = None
    step: Branch | None = branch
    while step is not None:
        names = [name for name in step.names if _believed(page, start, end, name)]
        if names:
            name = next((one for one in names if one.outlet.language == page.language), names[0])
            best = OutletMention(start, end, page.text[start:end], name.outlet)
        following = WORD.search(page.text, end, end + 2 * _LONGEST) if step.then else None
        gap = join(page.text[end : following.start()]) if following else None
        if following is None or gap is None:
            break
        step, end = _after(step, gap, following.group(), page.declined), following.end()
    return best


def _believed(page: _Page, start: int, end: int, name: Name) -> bool:
    if page.trusting:
        return not name.melted
    if name.melted and not _at_home(page, start, name.outlet):
        return False
    written = page.text[start:end]
    if not _same_capitals(written, name.text):
        return False
    if not (page.declined or not name.text.isascii() or len(written) == len(name.text)):
        return False  # a Latin name with an ending, in a language that gives it none
    return name.sure or quoted(page.text, start, end) or _meant(page, start, end, name)


def _at_home(page: _Page, start: int, outlet: Outlet) -> bool:
    """Whether a name that lost its article stands behind "au" or "al", in its own language."""
    return page.language == outlet.language and melted(page.text, start, page.language)


def _meant(page: _Page, start: int, end: int, name: Name) -> bool:
    """Whether the words beside a doubtful name show that it is the outlet's."""
    if vouched(page.text, start, end, page.words):
        return not _shouted(page.text, start, end, name)
    return name.outlet.kind == "agency" and credited(page.text, start, end)


def _same_capitals(written: str, name: str) -> bool:
    """Whether `written` has the capitals `name` needs: all of an acronym, else each Latin
    word's first, the first only in Cyrillic («Украинская правда»)."""
    if " " not in name and name.isupper() and len(name) <= 5:
        # "CNAS" is no case of "CNA"; endings are small letters.
        return written[: len(name)].isupper() and not written[len(name) :].isupper()
    if name[0].isupper() and not written[0].isupper():
        return False
    if not name.isascii():
        return True
    return written.isupper() or _initials(written, name)


_CAPITALS = "[A-Z\u00c0-\u00de\u0400-\u042f]{2,12}"
# An acronym, a number or a joint beside a word in capitals: "ISO-STANDARD", "STANDARD DIN 5".
_LOUD_BEFORE = re.compile(rf"(?:\b{_CAPITALS}\s|[-/&]\s?)$")
_LOUD_AFTER = re.compile(rf"\s?[/&]|[\s-](?:\d|{_CAPITALS}\b)")


def _shouted(text: str, start: int, end: int, name: Name) -> bool:
    """Whether a common word, not a name, is written in capitals at ``start:end``: the name has
    small letters, and capitals, a number or a joint stand beside it."""
    written = text[start:end]
    if name.text.isupper() or not written.isupper():
        return False
    loud = _LOUD_BEFORE.search(text[max(0, start - 12) : start])
    return bool(loud or _LOUD_AFTER.match(text, end))


def _initials(written: str, name: str) -> bool:
    pairs = zip(WORD.finditer(written), WORD.finditer(name), strict=False)
    return all(seen.group()[0].isupper() for seen, meant in pairs if meant.group()[0].isupper())


# ---------------------------------------------------------------- unspaced scripts


def _unspaced(text: str) -> Iterator[OutletMention]:
    table, done = unspaced(), 0
    for character in UNSPACED.finditer(text):
        start = character.start()
        if start < done:
            continue
        for name in table.get(character.group(), ()):
            if name.sure and text.startswith(name.text, start):
                done = start + len(name.text)
                yield OutletMention(start, done, name.text, name.outlet)
                break
