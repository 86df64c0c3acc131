"""Whether a text speaks for whoever publishes it: an office, a public figure, a firm.

Most texts do not: a newspaper tells what others said. A listed medium speaks for itself only
where a heading and the first person both say so. The words are data
(``languages/<code>/own.toml``).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from provenance.languages import table
from provenance.languages.words import fold
from provenance.languages.writing import unspaced
from provenance.model import Document, Quote, SpeakerKind
from provenance.naming import Outlet, outlets
from provenance.tracing._people import namesake

# Share of the sentences outside quotes with "we" or "I" from which a text is its publisher's:
# of 150 American articles 2 have it, of 400 Moldovan ones 8, all of these somebody's own story,
# an interview or a post printed whole.
_OURS = 1 / 3
_MORE = 2  # such sentences where one may be a phrase
_HEAD = 3  # lines at the top in which a text may say what it is
_HEADING = 12  # words of a line that is a heading
_BESIDE = 100  # characters around a speaker in which his firm is named
_NAMED = 3  # letters of a firm's name; a shorter one is found in too many words
_ENDING = 16  # letters


@dataclass(frozen=True, slots=True)
class Publishing:
    """Why a text is its publisher's own words, and who that is, where it shows: a person or a
    firm, a public figure by his usual name."""

    says: str
    name: str = ""
    kind: SpeakerKind = "group"
    canonical: str = ""


def publishing(
    document: Document, quotes: Sequence[Quote], unquoted: Sequence[str]
) -> Publishing | None:
    """Why the `unquoted` sentences of `document` are its publisher's own; None where nothing
    shows that they are."""
    outlet = _outlet(document)
    if outlet is not None and outlet.kind == "government":
        return Publishing("an office's own words")
    person = _person(document, listed=outlet is not None)
    if person is not None:
        return person
    says = _shown(document, quotes, unquoted, listed=outlet is not None)
    return Publishing(says, "" if outlet is not None else document.outlet) if says else None


def _outlet(document: Document) -> Outlet | None:
    outlet = outlets.lookup(document.outlet) if document.outlet else None
    return outlet or outlets.by_domain(document.url) or outlets.office(document.url)


def _person(document: Document, listed: bool) -> Publishing | None:
    """Who signs a text or gives his name to the channel, a public figure or the same in both."""
    for name in filter(None, (document.author, "" if listed else document.outlet)):
        found = namesake(name)
        if found is not None:
            return Publishing(f"{found.name} publishes it", found.name, "person", found.name)
    author = document.author.strip()
    if " " in author and fold(author) == fold(document.outlet.strip()):
        return Publishing(f"{author} publishes it", author, "person")
    return None


def _shown(
    document: Document, quotes: Sequence[Quote], unquoted: Sequence[str], listed: bool
) -> str:
    """What in the text itself shows that it speaks for its publisher; "" where nothing does."""
    heading, alone = _heading(document)
    if listed and not heading:
        return ""
    first = _pattern(document.language, "words")
    ours = sum(bool(first.search(sentence)) for sentence in unquoted) if first else 0
    if heading and (ours >= (_MORE if listed else 1) or (alone and not listed)):
        return f"it calls itself “{heading}”"
    if listed:
        return ""
    if ours >= max(_MORE, _OURS * len(unquoted)):
        return f"{ours} of {len(unquoted)} sentences outside quotes say “we” or “I”"
    return "its own people are quoted in it" if _employs(document, quotes) else ""


def _heading(document: Document) -> tuple[str, bool]:
    """The words at the top by which a text calls itself somebody's own ("Press release"), and
    whether they are all there is in their line."""
    asked = _pattern(document.language, "headings")
    for line in _top(document) if asked else ():
        found = asked.match(line) if asked else None
        if found is not None:
            return found.group(), found.end() == len(line)
    return "", False


def _top(document: Document) -> Iterator[str]:
    """Title and first lines of a text, as far as they are headings, without ornament."""
    lines = [line for line in document.text.splitlines() if line.strip()][:_HEAD]
    for line in (document.title, *lines):
        plain = line.strip("#*_ \t:.[]【】")
        if plain and len(plain.split()) <= _HEADING:
            yield plain


def _employs(document: Document, quotes: Sequence[Quote]) -> bool:
    """Whether a speaker is said to hold a role in the outlet: "chief executive of OUTLET"."""
    held = _held(document.outlet.strip(), document.language)
    if held is None:
        return False
    speakers = [quote.speaker for quote in quotes if quote.speaker is not None]
    return any(
        held.search(document.text[max(0, one.start - _BESIDE) : one.end + _BESIDE])
        for one in speakers
        if one.kind == "person"
    )


@lru_cache(maxsize=1 << 8)
def _held(outlet: str, language: str) -> re.Pattern[str] | None:
    """A role in `outlet`, before or behind its name; None where either is not known."""
    press = set(table(language, "own").get("press", ()))
    roles = [one for one in _roles(language) if one not in press]
    if len(outlet) < _NAMED or not roles:
        return None
    role, of = _any(roles, language), _any(table(language, "own").get("of", ()), language)
    gap = r"[\s«»“”„\"'’,]*"
    name = rf"{re.escape(outlet)}\w{{0,3}}"
    before = rf"{role}{gap}(?:{of}{gap}){{0,3}}{name}"
    behind = rf"{re.escape(outlet)}(?:['’]?\w{{0,4}}){gap}(?:{of}{gap}){{0,2}}{role}"
    if unspaced(language):  # the name stands between: アクメの田中一郎社長
        behind = rf"{re.escape(outlet)}[^\W\d]{{0,8}}{role}"
    return re.compile(f"{before}|{behind}", re.IGNORECASE)


def _roles(language: str) -> Sequence[str]:
    roles: Sequence[str] = table(language, "quoting").get("speakers", {}).get("roles", ())
    return roles


@lru_cache(maxsize=1 << 6)
def _pattern(language: str, key: str) -> re.Pattern[str] | None:
    """Any of the words under `key`, small or with a capital: "US" is no "us"."""
    entries = table(language, "own").get(key, ())
    return re.compile(_any(entries, language)) if entries else None


def _any(entries: Sequence[str], language: str) -> str:
    longest = sorted(entries, key=len, reverse=True)
    return f"(?:{'|'.join(_entry(one, language) for one in longest)})"


def _entry(entry: str, language: str) -> str:
    bare = entry.strip("*")
    word = f"[{re.escape(bare[0])}{re.escape(bare[0].upper())}]{re.escape(bare[1:])}"
    if unspaced(language):
        return word
    begins = "" if entry[0] == "*" else r"\b"
    return begins + word + (rf"\w{{0,{_ENDING}}}" if entry[-1] == "*" else r"\b")
