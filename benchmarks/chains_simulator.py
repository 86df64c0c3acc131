"""Simulated chains: one statement handed on through real translations, with known truth.

The translation steps are real: `eval/match` has one original with many translations of it
(siblings), and English that went through Chinese and back (two-hop). Everything else is
simulated: who copied whom, cuts, changed numbers, small rewordings, citations, links,
times, and documents nobody stored. The shares are at the top; none was tuned.
"""

from __future__ import annotations

import random
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from typing import Any, Literal

from benchmarks import records
from provenance.model import Evidence, Relay, Rendering

Times = Literal["known", "mixed", "hidden"]

_CITES = 0.45  # of relays say where they have it from: 40-50 % in English and German news
_CITES_FURTHER = 0.3  # of those name the source's source too, where it names one
_CITES_WRONG = 0.1  # of those name the source's source only
_MISREAD = 0.06  # of texts name an outlet that is not their source and is read as such
_LINKS = 0.15  # of relays link to their source
_SCARRED = 0.5  # of translations show the language they came from
_KEPT_SCAR = 0.9  # of copies of a scarred text show it still
_FALSE_SCAR = 0.03  # of other texts seem to
_MISSING = 0.13  # of documents nobody stored
AGENCIES = 0.25  # of statements, where worlds have agencies, pass through one
_CREDITED = 0.8  # of clients name it
_UNCUT = 0.6  # of clients print it word for word
_WIRES = 0.5  # of agencies' own texts nobody stored: what is read is what clients print
_VERBATIM = 0.25  # of copies in one language change no word
_DAY_ONLY, _NO_TIME = 0.2, 0.1  # of documents with a date only, or none ("mixed")
_ENGLISHED = 0.5  # of other-language renderings have a stored translation


@dataclass(frozen=True)
class Material:
    """A passage in its original language with ways it was really translated."""

    document: str
    language: str
    texts: Mapping[str, tuple[str, ...]]  # "original", "zh", or a translator → segments
    onward: Mapping[str, tuple[str, ...]]  # name in `texts` → names made from it
    kept_back: str  # the translator whose English is what a database would have stored


@dataclass
class Station:
    """One text of a simulated chain: stored or not, and where it really came from."""

    key: int
    parent: Station | None
    material: Material
    language: str
    form: str  # name in `Material.texts`
    kept: tuple[int, ...]
    numbers: dict[str, str]
    text: str
    outlet: str
    hour: float
    reworded: bool = False
    wire: bool = False
    stored: bool = True
    scar: str = ""  # language other than its own that the wording shows
    chain: tuple[str, ...] = ()  # outlets cited, nearest first
    children: list[Station] = field(default_factory=list)


@dataclass(frozen=True)
class World:
    """Several statements and noise, as the database would hold them, and what is true."""

    renderings: tuple[Rendering, ...]
    stations: Mapping[int, Station]  # by quote key; noise has none


def materials() -> list[Material]:
    """Passages of one to three sentences, from both sets, in file order."""
    return [*_siblings(), *_two_hop()]


def worlds(
    pool: Sequence[Material], count: int, seed: int, times: Times, agencies: float = 0.0
) -> Iterator[World]:
    """`count` worlds of three statements and four pieces of noise each.

    `agencies` is the share of statements that several clients of one agency print.
    """
    rng = random.Random(seed)
    for _ in range(count):
        yield _world(rng, pool, times, agencies)


def _siblings() -> Iterator[Material]:
    rows = records("eval/match/siblings_ru_uk_en.jsonl.xz")
    for document, group in groupby(rows, key=lambda row: str(row["doc"])):
        for part in _windows(list(group)):
            shared = set.intersection(*(set(row["translations"]) for row in part))
            texts = {name: tuple(row["translations"][name] for row in part) for name in shared}
            texts["original"] = tuple(row["original"] for row in part)
            *names, last = sorted(shared)
            onward = {"original": tuple(names)}
            yield Material(document, part[0]["original_lang"], texts, onward, last)


def _two_hop() -> Iterator[Material]:
    rows = records("eval/match/twohop_en_zh_en.jsonl")
    for document, group in groupby(rows, key=lambda row: str(row["doc"])):
        for part in _windows(list(group)):
            shared = set.intersection(*(set(row["hop2"]) for row in part))
            texts = {name: tuple(row["hop2"][name] for row in part) for name in shared}
            texts["original"] = tuple(row["original"] for row in part)
            texts["zh"] = tuple(row["hop1"] for row in part)
            *names, last = sorted(shared)
            onward = {"original": ("zh",), "zh": tuple(names)}
            yield Material(document, "en", texts, onward, last)


def _windows(rows: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    at = 0
    for size in (2, 1, 3) * len(rows):
        part = rows[at : at + size]
        at += size
        if not part:
            return
        if 8 <= sum(len(row["original"].split()) or 9 for row in part) <= 80:
            yield part


def _world(rng: random.Random, pool: Sequence[Material], times: Times, agencies: float) -> World:
    chosen = rng.sample(range(len(pool)), 7)
    stations: list[Station] = []
    for number in chosen[:3]:
        told = _statement(rng, pool[number], len(stations))
        if agencies and rng.random() < agencies:
            _serve(rng, told, rng.choice(told[1:]), len(stations))
        stations += told
    for station in stations:
        station.stored = rng.random() >= (_WIRES if station.wire else _MISSING)
    keys = list(range(1, len(stations) + 5))
    rng.shuffle(keys)  # keys tell nothing of who came first
    for station, key in zip(stations, keys, strict=False):
        station.key = key
    renderings = [_rendering(rng, station, times) for station in stations if station.stored]
    for key, number in zip(keys[len(stations) :], chosen[3:], strict=True):
        noise = pool[number]
        text = " ".join(noise.texts["original"])
        renderings.append(Rendering(key, key, text, noise.language, outlet=f"Noise {key}"))
    ordered = tuple(sorted(renderings, key=lambda rendering: rendering.quote))
    return World(ordered, {s.key: s for s in stations if s.stored})


def _statement(rng: random.Random, material: Material, first: int) -> list[Station]:
    kept = tuple(range(len(material.texts["original"])))
    text = " ".join(material.texts["original"])
    start = rng.uniform(0, 24 * 365)
    language, outlet = material.language, f"Outlet {first}"
    root = Station(0, None, material, language, "original", kept, {}, text, outlet, start)
    stations, tip = [root], root
    for _ in range(rng.randint(3, 6)):  # the main line
        tip = _hand_on(rng, stations, tip, first)
    for _ in range(rng.randint(0, 3)):  # side branches
        _hand_on(rng, stations, rng.choice(stations), first)
    return stations


def _serve(rng: random.Random, stations: list[Station], agency: Station, first: int) -> None:
    """Two to four clients print what an agency sent, within hours and mostly as it was."""
    agency.wire = True
    for _ in range(rng.randint(2, 4)):
        child = _unchanged(agency) if rng.random() < _UNCUT else _copied(rng, agency)
        child.outlet = f"Outlet {first + len(stations)}"
        child.scar = _scars(rng, child)
        child.hour = agency.hour + rng.lognormvariate(0.0, 1.0)  # median an hour
        child.chain = (agency.outlet,) if rng.random() < _CREDITED else ()
        agency.children.append(child)
        stations.append(child)


def _hand_on(rng: random.Random, stations: list[Station], parent: Station, first: int) -> Station:
    material = parent.material
    used = {station.form for station in stations}
    onward = [name for name in material.onward.get(parent.form, ()) if name not in used]
    if onward and not parent.reworded and rng.random() < 0.55:
        child = _translated(parent, rng.choice(onward))
    else:
        child = _copied(rng, parent)
    child.outlet = f"Outlet {first + len(stations)}"
    child.scar = _scars(rng, child)
    child.hour = parent.hour + min(rng.lognormvariate(1.1, 1.2), 24.0 * 30)  # median 3 hours
    if rng.random() < _CITES:
        child.chain = _citation(rng, parent)
    elif rng.random() < _MISREAD:
        child.chain = (rng.choice([*(s.outlet for s in stations), "Unrelated Herald"]),)
    parent.children.append(child)
    stations.append(child)
    return child


def _citation(rng: random.Random, parent: Station) -> tuple[str, ...]:
    if parent.chain and rng.random() < _CITES_WRONG:
        return parent.chain[:1]
    if parent.chain and rng.random() < _CITES_FURTHER:
        return (parent.outlet, *parent.chain)
    return (parent.outlet,)


def _translated(parent: Station, form: str) -> Station:
    language = "zh" if form == "zh" else "en"
    text = _render(parent.material.texts[form], parent.kept, parent.numbers)
    child = replace(parent, parent=parent, language=language, form=form, text=text)
    child.children, child.chain, child.wire = [], (), False
    child.numbers = dict(parent.numbers)
    return child


def _unchanged(parent: Station) -> Station:
    numbers = dict(parent.numbers)
    return replace(parent, parent=parent, children=[], chain=(), numbers=numbers, wire=False)


def _copied(rng: random.Random, parent: Station) -> Station:
    child = _unchanged(parent)
    if rng.random() < _VERBATIM:
        return child
    if len(child.kept) > 1 and not child.reworded and rng.random() < 0.4:
        gone = rng.choice(child.kept)
        child.kept = tuple(index for index in child.kept if index != gone)
        child.text = _render(child.material.texts[child.form], child.kept, child.numbers)
        return child
    digits = re.findall(r"\d+", child.text)
    if digits and rng.random() < 0.3:
        old = rng.choice(digits)
        new = str(int(old) + rng.choice((1, 10, 100)))
        child.numbers[old] = new
        child.text = child.text.replace(old, new)
        return child
    child.text, child.reworded = _reworded(rng, child.text), True
    return child


def _render(segments: Sequence[str], kept: Sequence[int], numbers: Mapping[str, str]) -> str:
    text = " ".join(segments[index] for index in kept)
    for old, new in numbers.items():
        text = text.replace(old, new)
    return text


def _reworded(rng: random.Random, text: str) -> str:
    """One to three small changes an editor makes: a word dropped, doubled sense cut, moved."""
    spaced = " " in text
    words = text.split(" ") if spaced else list(text)
    for _ in range(rng.randint(1, 3)):
        if len(words) < 6:
            break
        at = rng.randrange(1, len(words) - 1)
        change = rng.random()
        if change < 0.4:
            del words[at]
        elif change < 0.6:
            words[at], words[at + 1] = words[at + 1], words[at]
        elif change < 0.8:
            words[at] = rng.choice(words)
        else:
            cut = max(4, int(len(words) * 0.7))
            words = words[:cut] if rng.random() < 0.5 else words[-cut:]
    return (" " if spaced else "").join(words)


def _rendering(rng: random.Random, station: Station, times: Times) -> Rendering:
    parent = station.parent
    relays = tuple(Relay(name, "outlet", name, "citing") for name in reversed(station.chain))
    links: tuple[str, ...] = ()
    if parent is not None and rng.random() < _LINKS:
        links = (_url(parent),)
    return Rendering(
        quote=station.key,
        document=station.key,
        text=station.text,
        language=station.language,
        english=_english(rng, station),
        outlet=station.outlet,
        outlet_language=station.language,
        published=_published(rng, station.hour, times),
        url=_url(station),
        chain=relays,
        links=links,
        origin="translation" if station.scar else "unknown",
        source_language=station.scar or "und",
        fingerprints=(Evidence("name", "a transliterated name", 1.0),) if station.scar else (),
    )


def _english(rng: random.Random, station: Station) -> str:
    if station.language == "en" or rng.random() >= _ENGLISHED:
        return ""
    segments = station.material.texts[station.material.kept_back]
    return _render(segments, station.kept, station.numbers)


def _url(station: Station) -> str:
    return f"https://{station.outlet.replace(' ', '-').lower()}.example/{station.hour:.3f}"


def _scars(rng: random.Random, station: Station) -> str:
    """The language other than its own that a text shows: a translation's, and its copies'."""
    if station.parent is not None and station.parent.language == station.language:
        return station.parent.scar if rng.random() < _KEPT_SCAR else ""
    if station.parent is not None and rng.random() < _SCARRED:
        return station.parent.language
    return "ru" if station.language == "en" and rng.random() < _FALSE_SCAR else ""


def _published(rng: random.Random, hour: float, times: Times) -> str:
    from datetime import UTC, datetime, timedelta

    moment = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(hours=hour)
    kind = rng.random()
    if times == "hidden" or (times == "mixed" and kind < _NO_TIME):
        return ""
    if kind < _NO_TIME + _DAY_ONLY:
        return moment.strftime("%Y-%m-%d")
    return moment.strftime("%Y-%m-%dT%H:%M+00:00")
