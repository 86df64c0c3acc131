"""Where a document's text comes from: its own, relayed, translated, or both.

Two questions are asked apart, "is it a relay?" and "was it translated?", and each is
answered by adding up signs in log-odds over what is usual. Where the signs are thin the
answer is unknown: a wrong origin costs more than none. The words looked for are data
(``languages/<code>/origin.toml``); `docs/origin.md` tells a reporter what the signs mean.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from math import exp
from typing import Any

from provenance import languages
from provenance.languages.sentences import sentences
from provenance.model import Document, Evidence, Origin, OriginKind, Quote
from provenance.naming import Outlet, OutletMention, fingerprints, outlets, people
from provenance.naming.fingerprints import languages_of
from provenance.tracing._crediting import opening, shares, staffed
from provenance.tracing._translationese import score

# Log-odds by hand, checked with ``python -m benchmarks.origin`` on the development sets.
_RELAY_PRIOR = -1.2  # a text that cites no outlet is seldom a relay
_TRANSLATED_PRIOR = -2.6  # about one text in fourteen is translated and shows nothing of it
_CREDIT = 2.5  # an outlet cited in the opening lines: what follows comes from there
_STAFF = 0.3  # its reporter, programme or poll there: news about it, as likely as from it
_LATER = 0.15  # an outlet cited further down a short text; what counts is what hangs on it
_DENSE = 2.0  # every sentence cites another outlet; most relays are short, most texts are not
_HANGING = 1.5  # all its quotes go through other outlets; cubed, as a few do in any article
_SHORT = 1500  # characters; in a longer text one citation is so much less of the whole
_GOVERNED = 0.4  # of a short text that an outlet cited further down it accounts for
_LEAST_GOVERNED = 0.2  # below it an outlet is not named as a station
_DATELINE = 3.2
_SIGN_OFF = 3.0
_BYLINE = 2.5
_LINK = 0.6
_OWN = -1.6  # the text says it has it first hand
_DIRECT = -0.8
_SEVERAL = 3  # quotes below which their being direct says little
_OWN_SIGN = -0.8  # agencies sign what they relay as well
_FOREIGN_OUTLET = 3.4  # what it relays was written in another language
_FOREIGN_SPEAKER = 0.5  # it quotes people who will not have said it in this language
_SURE = 0.5  # below it the kind is unknown
_THIN = 1.0  # nats of evidence, for or against, below which nothing is said
_WORDING = 0.5  # other kinds of text differ as well: half of what the model says is believed
_WORDING_MOST = 2.5
_WORDING_OTHER = 0.8  # models of other languages hear less: 70 % of sentences, not 76
_WORDING_LEAST = 0.4
_FEW = 3  # sentences below which wording says nothing
_SENTENCES = 40
_READ = 20_000  # characters read for wording
_WORDY = 60  # words from which on the share of articles is judged
_MANY = 12  # signs of one sort that are looked at
_LEEWAY = 6  # characters a dateline's or sign-off's name may exceed the outlet's
_HEAD = 160  # characters in which a dateline ends
_TAIL = 200  # characters in which a sign-off stands

_WORD = re.compile(r"[^\W\d_]+")
_DATE = r"(?:,? ?\d{1,2}[.]? ?[^\W\d_]{0,12}[.]?(?: ?\d{4})?(?: г[.])?)?"
_DATELINE_FORM = re.compile(
    rf"\s*(?:[^\W\d_][\w’'.-]{{1,24}}(?:[ /,-]{{1,2}}[^\W\d_][\w’'.-]{{1,24}}){{0,3}}{_DATE}"
    r"[ ,.]{0,2}[—–-]?\s?)?[(/]?(?P<name>[^\n()/—–:]{2,40}?)[)/]?[.]?\s*(?:[—–-]|[.]\s|[)])"
)
_SIGN = re.compile(
    r"(?:^|\n|[.!?”»\"] )\s*[(\[]?(?:[^\n()]{0,24}[:/,] ?)?(?P<name>[^\n()/]{2,40})[)\].]?\s*$"
)


@dataclass(frozen=True, slots=True)
class _Sign:
    """A reason, what it says of relaying and of translation, and whom or what it names; how
    much of the text the outlet it names accounts for, in [0, 1]."""

    evidence: Evidence
    relay: float = 0.0
    translated: float = 0.0
    language: str = ""
    outlet: Outlet | None = None
    governs: float = 1.0


@dataclass(frozen=True, slots=True)
class _Page:
    """A document with its outlet mentions and the outlet that published it, if known."""

    document: Document
    quotes: Sequence[Quote]
    mentions: Sequence[OutletMention]
    publisher: Outlet | None


def origin(document: Document, quotes: Sequence[Quote] = ()) -> Origin:
    """What `document` is, the language it was first written in, via whom, and why.

    `document.language` must be filled in; `quotes` are those found in it. Evidence is
    ordered by place, that from metadata first; its weights are log-odds for a relay or for
    a translation. Linear in the length of the text.
    """
    text = document.text
    page = _Page(document, quotes, outlets.find(text, document.language), publisher(document))
    return _judged(document, [*_relay_signs(page), *_translation_signs(page)])


def chances(document: Document, quotes: Sequence[Quote] = ()) -> dict[OriginKind, float]:
    """The probabilities of the four kinds, however thin the evidence; they sum to one."""
    text = document.text
    page = _Page(document, quotes, outlets.find(text, document.language), publisher(document))
    relay, by_language = _odds(document, [*_relay_signs(page), *_translation_signs(page)])
    translated = _TRANSLATED_PRIOR + max(by_language.values(), default=0.0)
    return _chances(_sigmoid(relay), _sigmoid(translated))


@lru_cache(maxsize=1 << 10)
def _outlet(name: str) -> Outlet | None:
    return outlets.lookup(name) if name else None


def publisher(document: Document) -> Outlet | None:
    """The outlet that published `document`, by its address or its stated name."""
    return outlets.by_domain(document.url) or _outlet(document.outlet)


# ---------------------------------------------------------------- is it a relay?


def _relay_signs(page: _Page) -> Iterator[_Sign]:
    yield from _from_metadata(page)
    placed = [*_from_dateline(page), *_from_sign_off(page)]
    yield from placed
    yield from _from_credits(page, {sign.evidence.start for sign in placed})
    yield from _from_shares(page)
    yield from _from_links(page)
    yield from _first_hand(page)


def _foreign(page: _Page, outlet: Outlet | None) -> bool:
    """Whether what `outlet` publishes is in another language than the document."""
    return bool(outlet and outlet.language and outlet.language != page.document.language)


def _other(page: _Page, outlet: Outlet | None) -> bool:
    return outlet is not None and (page.publisher is None or outlet.key != page.publisher.key)


def _named(page: _Page, evidence: Evidence, outlet: Outlet, governs: float = 1.0) -> _Sign:
    foreign = round(_FOREIGN_OUTLET * governs, 2) if _foreign(page, outlet) else 0.0
    language = outlet.language if foreign else ""
    return _Sign(evidence, evidence.weight, foreign, language, outlet, governs)


def _from_metadata(page: _Page) -> Iterator[_Sign]:
    document = page.document
    fields = {
        "byline": document.author,
        **{key: document.meta[key] for key in sorted(document.meta)},
    }
    for field, value in fields.items():
        if field != "byline" and not _telling(field):
            continue
        found = outlets.by_domain(value) if "//" in value else _outlet(value)
        if found and _other(page, found):
            says = f"the page's own {field} names {found.name}"
            yield _named(page, Evidence("metadata", says, _BYLINE, value), found)


def _telling(field: str) -> bool:
    """Whether a metadata field says where a page's text was first published."""
    return any(word in field.lower() for word in ("canonical", "source", "syndication", "agency"))


def _from_dateline(page: _Page) -> Iterator[_Sign]:
    text = page.document.text
    found = _DATELINE_FORM.match(text, 0, _HEAD)
    start, end = found.span("name") if found else (0, 0)
    for mention in page.mentions:
        if found and start <= mention.start <= start + _LEEWAY and end - mention.end <= _LEEWAY:
            yield _placed(page, mention, "dateline", _DATELINE, "the dateline names {name}")
            return


def _from_sign_off(page: _Page) -> Iterator[_Sign]:
    text = page.document.text.rstrip()
    offset = max(0, len(text) - _TAIL)
    found = _SIGN.search(text[offset:])
    if not found:
        return
    start = offset + found.start("name")
    for mention in reversed(page.mentions[-_MANY:]):
        if start <= mention.start and mention.end - start <= 40:
            yield _placed(page, mention, "sign-off", _SIGN_OFF, "the text is signed {name}")
            return


def _placed(
    page: _Page,
    mention: OutletMention,
    kind: str,
    weight: float,
    says: str,
    *,
    governs: float = 1.0,
) -> _Sign:
    outlet = mention.outlet
    if not _other(page, outlet):
        weight, says = _OWN_SIGN, says + ", who published it"
    told = says.format(name=_described(outlet))
    evidence = Evidence(kind, told, weight, mention.text, mention.start, mention.end)
    return _named(page, evidence, outlet, governs) if weight > 0 else _Sign(evidence, weight)


def _described(outlet: Outlet) -> str:
    facts = [outlet.ownership and f"{outlet.ownership}-owned", outlet.country]
    told = ", ".join(fact for fact in facts if fact)
    return f"{outlet.name} ({told})" if told else outlet.name


def _from_credits(page: _Page, placed: Collection[int | None]) -> Iterator[_Sign]:
    """Outlets that the text itself says it has something from; a dateline or sign-off, which
    stand at `placed`, is told already."""
    text = page.document.text
    start, share = opening(text), min(1.0, _SHORT / max(1, len(text)))
    seen: set[str] = set()
    for mention in page.mentions:
        if len(seen) == _MANY:
            return
        new = mention.outlet.key not in seen and mention.start not in placed
        new = new and _other(page, mention.outlet)
        if not new or not _cited(page, mention):
            continue
        seen.add(mention.outlet.key)
        if mention.start >= start:
            weight, governs = round(_LATER * share, 2), _GOVERNED * share
            says = "further down the text cites {name}"
            yield _placed(page, mention, "mention", weight, says, governs=governs)
        elif staffed(page.document, mention.end):
            says = "the opening speaks of somebody or something of {name}"
            yield _placed(page, mention, "mention", _STAFF, says, governs=_GOVERNED)
        else:
            yield _placed(page, mention, "credit", _CREDIT, "the opening credits {name}")


def _cited(page: _Page, mention: OutletMention) -> bool:
    """Whether the words beside an outlet's name say that something comes from it."""
    if mention.outlet.kind == "government":
        return False
    chains = (relay for quote in page.quotes for relay in quote.chain)
    if any(relay.start == mention.start for relay in chains):
        return True
    return outlets.cited(page.document.text, mention, page.document.language)


def _from_shares(page: _Page) -> Iterator[_Sign]:
    """How much of the text hangs on other outlets: its sentences, and its quotes."""
    cited = [one for one in page.mentions if _other(page, one.outlet) and _cited(page, one)]
    dense, hanging = shares(page.document, page.quotes, [one.start for one in cited])
    if dense:
        weight = round(_DENSE * dense, 2)
        says = f"{dense:.0%} of its sentences cite another outlet"
        yield _Sign(Evidence("density", says, weight), weight)
    if hanging:
        says = f"{hanging:.0%} of its quotes are given through another outlet"
        yield _through(page, says, hanging)


def _through(page: _Page, says: str, hanging: float) -> _Sign:
    """The sign that a share of the quotes came through an outlet, at the first so named."""
    weight = round(_HANGING * hanging**3, 2)
    relays = (relay for quote in page.quotes for relay in quote.chain)
    relay = next((one for one in relays if one.kind == "outlet" and one.relation != "told"), None)
    if relay is None:
        return _Sign(Evidence("relayed quotes", says, weight), weight)
    text, found = relay.as_written or relay.name, _outlet(relay.name)
    evidence = Evidence("relayed quotes", says, weight, text, relay.start, relay.end)
    if found and _other(page, found):
        return _named(page, evidence, found, hanging)
    return _Sign(evidence, weight)


def _from_links(page: _Page) -> Iterator[_Sign]:
    for link in page.document.links[:_MANY]:
        found = outlets.by_domain(link.url)
        if found and _other(page, found) and link.start < opening(page.document.text):
            text = page.document.text[link.start : link.end]
            says = f"the opening links to {found.name}"
            evidence = Evidence("link", says, _LINK, text, link.start, link.end)
            yield _Sign(evidence, _LINK, 0.0, "", found)
            return


def _first_hand(page: _Page) -> Iterator[_Sign]:
    """Words by which a text claims to have something itself (“told this newspaper”, or its
    publisher by name), and quotes that all stand without another outlet."""
    text = page.document.text
    heads = [quote for quote in page.quotes if not any(one.kind == "outlet" for one in quote.chain)]
    cited = any(_other(page, one.outlet) and _cited(page, one) for one in page.mentions[:_MANY])
    if len(page.quotes) >= _SEVERAL and len(heads) == len(page.quotes) and not cited:
        says = f"all {len(heads)} quotes are given without another outlet"
        yield _Sign(Evidence("direct quotes", says, _DIRECT), _DIRECT)
    for mention in page.mentions:
        if not _other(page, mention.outlet) and mention.start > _HEAD and _cited(page, mention):
            says = f"{mention.outlet.name}, which published it, is named as the one that was told"
            place = (mention.text, mention.start, mention.end)
            yield _Sign(Evidence("first hand", says, _OWN, *place), _OWN)
            return
    for phrase in languages.table(page.document.language, "origin").get("first_hand", ()):
        start = text.casefold().find(phrase.casefold()) if text.isascii() else text.find(phrase)
        if start >= 0:
            says = f"“{phrase}” claims first-hand reporting"
            yield _Sign(
                Evidence("first hand", says, _OWN, phrase, start, start + len(phrase)), _OWN
            )
            return


# ---------------------------------------------------------------- was it translated?


def _translation_signs(page: _Page) -> Iterator[_Sign]:
    document = page.document
    for one in fingerprints(document.text, document.language):
        for language in languages_of((one,)):
            yield _Sign(replace(one, kind="name"), 0.0, one.weight, language)
    yield from _wording(document)
    yield from _calques(document)
    yield from _habits(document)
    yield from _articles(document)
    yield from _foreign_speakers(page)


def _wording(document: Document) -> Iterator[_Sign]:
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
        yield _Sign(Evidence("wording", says, weight), 0.0, weight, source)
    elif weight <= -_WORDING_LEAST:
        says = f"it is worded like text written in {languages.name(document.language)}"
        yield _Sign(Evidence("wording", says, weight), 0.0, weight)


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


def _calques(document: Document) -> Iterator[_Sign]:
    """Phrases kept from the language of the original; long texts have some by chance."""
    length = max(1.0, len(document.text) / 1500)
    for source, pattern, weights in _phrases(document.language):
        met: dict[str, Evidence] = {}
        for found in pattern.finditer(document.text):
            phrase = found.group().lower()
            if phrase not in met and len(met) < _MANY:
                weight = round(weights.get(phrase, 0.3) / length, 2)
                says = f"“{found.group()}” is what translations from {languages.name(source)} say"
                met[phrase] = Evidence("calque", says, weight, found.group(), *found.span())
        yield from (_Sign(one, 0.0, one.weight, source) for one in met.values())


@cache
def _patterns(language: str) -> tuple[tuple[re.Pattern[str], Mapping[str, Any]], ...]:
    rows = languages.table(language, "origin").get("signs", ())
    return tuple((re.compile(row["pattern"]), row) for row in rows)


def _habits(document: Document) -> Iterator[_Sign]:
    """Punctuation and number styles of another language."""
    for pattern, row in _patterns(document.language):
        found = pattern.search(document.text)
        if found:
            end = min(found.end(), found.start() + 60)
            text = document.text[found.start() : end]
            evidence = Evidence("style", row["says"], row["weight"], text, found.start(), end)
            yield _Sign(evidence, 0.0, row["weight"], row["languages"][0])


def _articles(document: Document) -> Iterator[_Sign]:
    """Whether a text of some length has hardly any articles."""
    row = languages.table(document.language, "origin").get("articles", {})
    words = _WORD.findall(document.text[:_READ]) if row else []
    if len(words) < _WORDY:
        return
    share = sum(word.lower() in row["words"] for word in words) / len(words)
    if share < row["least"]:
        says = row["says"].format(share=f"{share:.0%}")
        evidence = Evidence("style", says, row["weight"])
        yield _Sign(evidence, 0.0, row["weight"], row["languages"][0])


def _foreign_speakers(page: _Page) -> Iterator[_Sign]:
    """Direct quotes of people from elsewhere, through an outlet of yet another language."""
    for quote in page.quotes[:_MANY]:
        speaker = quote.speaker
        if quote.type != "direct" or speaker is None or speaker.kind != "person":
            continue
        person = people.lookup(speaker.name)
        via = [outlet for relay in quote.chain if (outlet := _outlet(relay.name))]
        via = [outlet for outlet in via if outlet.country and _foreign(page, outlet)]
        if person and via and via[0].country != person.country:
            says = (
                f"{person.name} ({person.country}) is quoted through {via[0].name}, "
                f"which writes in {languages.name(via[0].language)}"
            )
            place = (speaker.text, speaker.start, speaker.end)
            evidence = Evidence("detour", says, _FOREIGN_SPEAKER, *place)
            yield _Sign(evidence, 0.0, _FOREIGN_SPEAKER, via[0].language)
            return


# ---------------------------------------------------------------- the verdict


def _sigmoid(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _odds(document: Document, signs: Sequence[_Sign]) -> tuple[float, dict[str, float]]:
    relay = _RELAY_PRIOR + sum(sign.relay for sign in signs)
    return relay, _by_language(document, signs)


def _judged(document: Document, signs: Sequence[_Sign]) -> Origin:
    relay, by_language = _odds(document, signs)
    language = max(by_language, key=lambda code: (by_language[code], code), default="")
    translated = _TRANSLATED_PRIOR + by_language.get(language, 0.0)
    chances = _chances(_sigmoid(relay), _sigmoid(translated))
    kind = max(chances, key=lambda one: chances[one])
    # That nothing speaks against it does not make a text original: something must speak for it.
    weighed = sum(abs(sign.relay) + abs(sign.translated) for sign in signs)
    evidence = tuple(sorted((sign.evidence for sign in signs), key=_place))
    known = bool(by_language) and kind in ("translation", "translated relay")
    source = language if known else document.language or "und"
    unclaimed = kind == "original" and not any(sign.relay < 0 for sign in signs)
    if chances[kind] < _SURE or weighed < _THIN or unclaimed:
        return Origin("unknown", "und", _via(signs), round(1 - chances[kind], 3), evidence)
    return Origin(kind, source, _via(signs), round(chances[kind], 3), evidence)


def _chances(relay: float, translated: float) -> dict[OriginKind, float]:
    return {
        "original": (1 - relay) * (1 - translated),
        "relay": relay * (1 - translated),
        "translation": (1 - relay) * translated,
        "translated relay": relay * translated,
    }


def _by_language(document: Document, signs: Iterable[_Sign]) -> dict[str, float]:
    """Log-odds for each source language; of several outlets the one that weighs most counts."""
    found: dict[str, float] = {}
    via: dict[str, float] = {}
    native = sum(sign.translated for sign in signs if not sign.language)
    for sign in signs:
        if not sign.language or sign.language == document.language:
            continue
        if sign.outlet is not None:
            via[sign.language] = max(via.get(sign.language, 0.0), sign.translated)
        else:
            found[sign.language] = found.get(sign.language, 0.0) + sign.translated
    codes = list({**found, **via}) or ["und"]
    # What an outlet in another language said was translated, however native the retelling.
    return {code: found.get(code, 0.0) + via.get(code, native) for code in codes}


def _place(evidence: Evidence) -> tuple[int, str]:
    return (-1 if evidence.start is None else evidence.start, evidence.kind)


def _station(sign: _Sign) -> bool:
    """Whether a sign names an outlet that enough of the text went through."""
    return sign.relay > 0 and sign.governs >= _LEAST_GOVERNED


def _via(signs: Sequence[_Sign]) -> tuple[str, ...]:
    """Canonical names of the relays, nearest first: metadata, dateline, credits in order."""
    named = [sign.outlet.name for sign in signs if sign.outlet and _station(sign)]
    return tuple(dict.fromkeys(named))
