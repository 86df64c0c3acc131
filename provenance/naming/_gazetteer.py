"""The table of outlets, read once, as records and as a trie of name words."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files

from provenance.languages import table
from provenance.naming._folding import stem

# A word, ended where the script changes and, in Cyrillic, before a capital: pages lose the
# space between a link and what stands beside it ("Reutersписало", "сообщаетРейтер").
_LATIN = "0-9A-Za-zªº\u00c0-\u024f\u1e00-\u1eff"
_CYRILLIC = "\u0400-\u052f"
_CAPITAL = "\u0400-\u042fҐ"
_SMALL = "0-9\u0430-\u045fґ"
WORD = re.compile(
    rf"[{_LATIN}]+|[0-9{_CAPITAL}]+[{_SMALL}]*|[{_SMALL}]+|[{_CYRILLIC}]+"
    rf"|[^\W_{_LATIN}{_CYRILLIC}]+"
)
# Scripts written without spaces: there a name is looked up as a run of characters.
UNSPACED = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_JOINS = frozenset(["", "\u200c", "-", "–", "‑", "‐", "«", "»", '"', "“", "”", "„"])
_GAP = 4  # characters between two words of one name, at most (" « " in «РИА «Новости»)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A source the press names: who it is, where it sits, what it speaks, who owns it.

    `key` is stable and made of ASCII letters, digits and hyphens for known outlets;
    `country` is ISO 3166 alpha-2 and `language` ISO 639-1, both empty for an outlet only
    met in a text. `kind` is agency, newspaper, magazine, broadcaster, site, telegram or
    government; `ownership` state, public, private, party, nonprofit, church or empty.
    """

    key: str
    name: str
    country: str = ""
    language: str = ""
    kind: str = ""
    ownership: str = ""
    domains: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Name:
    """One way an outlet is written; `sure` when it needs no context to be believed, `melted`
    when its article is in the preposition before it ("au Figaro")."""

    outlet: Outlet
    text: str
    sure: bool
    melted: bool = False


@dataclass(slots=True)
class Branch:
    """A step in the trie: next words by how they join on and their stem; names ending here."""

    then: dict[tuple[str, str], Branch] = field(default_factory=dict)
    names: list[Name] = field(default_factory=list)


def _split(cell: str) -> tuple[str, ...]:
    return tuple(item.strip() for item in cell.split(";") if item.strip())


def _record(row: dict[str, str]) -> tuple[Outlet, frozenset[str]]:
    doubtful = _split(row["ambiguous"])
    aliases = (row["name"], *_split(row["aliases"]), *doubtful)
    outlet = Outlet(
        key=row["key"],
        name=row["name"],
        country=row["country"],
        language=row["language"],
        kind=row["kind"],
        ownership=row["ownership"],
        domains=_split(row["domains"]),
        aliases=tuple(dict.fromkeys(aliases)),
    )
    return outlet, frozenset(doubtful)


@cache
def names() -> tuple[Name, ...]:
    """Every way to write every outlet of the table, in the table's order."""
    path = files(__package__) / "data" / "outlets.tsv"
    rows = csv.DictReader(
        path.read_text(encoding="utf-8").splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE
    )
    found: list[Name] = []
    for row in rows:
        outlet, doubtful = _record(row)
        found += (Name(outlet, alias, alias not in doubtful) for alias in outlet.aliases)
        bare = without_article(outlet.name, outlet.language)
        if bare and bare not in outlet.aliases:
            found.append(Name(outlet, bare, sure=False, melted=True))
    return tuple(found)


# ---------------------------------------------------------------- articles


def without_article(name: str, language: str) -> str:
    """What is left of a name behind a preposition that swallows its article ("au Figaro", "al
    Foglio"); "" for others."""
    articles = map(_apart, _outlet_words(language, "articles"))
    article = next((one for one in articles if name.startswith(one)), "")
    return name.removeprefix(article) if article else ""


def melted(text: str, start: int, language: str) -> bool:
    """Whether a preposition with an article in it stands right before ``text[start:]``."""
    pattern = _melted(language)
    return pattern is not None and bool(pattern.search(text, max(0, start - 8), start))


@cache
def _melted(language: str) -> re.Pattern[str] | None:
    written = [re.escape(_apart(one)) for one in _outlet_words(language, "melted")]
    spaced = "|".join(written).replace("'", "['’]").replace(r"\ ", "[ \u00a0]")
    return re.compile(rf"\b(?:{spaced})$", re.IGNORECASE) if written else None


def _apart(word: str) -> str:
    """A little word with what parts it from the next: a space, unless an apostrophe does."""
    return word if word.endswith("'") else f"{word} "


def _outlet_words(language: str, field: str) -> Sequence[str]:
    found: Sequence[str] = table(language, "origin").get("outlets", {}).get(field, ())
    return found


# ---------------------------------------------------------------- joining


def join(gap: str) -> str | None:
    """How two words hang together across `gap`: "" for a space, hyphen or quotation mark,
    the sign itself for ``.``, ``+``, ``/`` …; None when a name cannot run across it."""
    if len(gap) > _GAP or "\n" in gap or "\r" in gap:
        return None
    bare = gap.strip()
    if bare in _JOINS:
        return ""
    if bare == ".":
        return gap.replace("\u00a0", " ")
    return "'" if bare in "'’ʼ" else bare


@cache
def trie() -> Branch:
    """The spaced-script names as a trie over word stems."""
    root = Branch()
    for name in names():
        if not UNSPACED.match(name.text):
            _plant(root, name)
    return root


def _plant(root: Branch, name: Name) -> None:
    branch, end = root, 0
    for word in WORD.finditer(name.text):
        gap = join(name.text[end : word.start()]) if end else ""
        step = (gap or "", stem(word.group()))
        branch = branch.then.setdefault(step, Branch())
        end = word.end()
    branch.names.append(name)


@cache
def unspaced() -> dict[str, tuple[Name, ...]]:
    """The names in scripts without spaces, by first character, longest first."""
    found: dict[str, list[Name]] = {}
    for name in names():
        if UNSPACED.match(name.text):
            found.setdefault(name.text[0], []).append(name)
    return {
        first: tuple(sorted(group, key=lambda name: (-len(name.text), name.text)))
        for first, group in found.items()
    }
