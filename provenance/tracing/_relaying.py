"""Signs that a text passes on what another outlet reported, or that it has it first hand."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from provenance import languages
from provenance.model import Evidence
from provenance.naming import Outlet, OutletMention, outlets
from provenance.tracing._crediting import opening, shares, staffed
from provenance.tracing._page import MANY, Page, Sign, outlet_named

# Log-odds by hand, checked with ``python -m benchmarks.origin`` on the development sets.
_CREDIT = 2.5  # an outlet cited in the opening lines: what follows comes from there
# Papers and broadcasters of the country are news themselves: fifteen of PolNeAR's 796 own reports
# open with one of them. One opens with an agency, none with an outlet in another language: who
# credits these passes on what they wrote.
_CREDIT_ABROAD = 3.2
_STAFF = 0.3  # its reporter, programme or poll there: news about it, as likely as from it
_LATER = 0.15  # an outlet cited further down a short text; what counts is what hangs on it
_DENSE = 2.0  # every sentence cites another outlet; most relays are short, most texts are not
_HANGING = 1.5  # all its quotes go through other outlets; cubed, as a few do in any article
_SHORT = 1500  # characters; in a longer text one citation is so much less of the whole
_GOVERNED = 0.4  # of a short text that an outlet cited further down it accounts for
_DATELINE = 3.2
_SIGN_OFF = 3.0
_BYLINE = 2.5
_LINK = 0.6
_OWN = -1.6  # the text says it has it first hand
_DIRECT = -0.8
_SEVERAL = 3  # quotes below which their being direct says little
_OWN_SIGN = -0.8  # agencies sign what they relay as well
_FOREIGN_OUTLET = 3.4  # what it relays was written in another language
_LEEWAY = 6  # characters a dateline's name may exceed the outlet's
_HEAD = 160  # characters in which a dateline ends
_HEADLINE = 200  # characters of a first line below which a dateline may stand
_TAIL = 200  # characters in which a sign-off stands

_DATE = r"(?:,? ?\d{1,2}[.]? ?[^\W\d_]{0,12}[.]?(?: ?\d{4})?(?: г[.])?)?"
_DATELINE_FORM = re.compile(
    rf"\s*(?:[^\W\d_][\w’'.-]{{1,24}}(?:[ /,-]{{1,2}}[^\W\d_][\w’'.-]{{1,24}}){{0,3}}{_DATE}"
    r"[ ,.]{0,2}[—–-]?\s?)?[(/]?(?P<name>[^\n()/—–:]{2,40}?)[)/]?[.]?\s*(?:[—–-]|[.]\s|[)])"
)
_SIGN = re.compile(
    r"(?:^|\n|[.!?”»\"] )\s*[(\[]?(?:[^\n()]{0,24}[:/,] ?)?(?P<name>[^\n()/]{2,40})[)\].]?\s*$"
)

_CLOSING = tuple('”»"')


def relay_signs(page: Page) -> Iterator[Sign]:
    yield from _from_metadata(page)
    placed = [*_from_dateline(page), *_from_sign_off(page)]
    yield from placed
    yield from _from_credits(page, {sign.evidence.start for sign in placed})
    yield from _from_shares(page)
    yield from _from_links(page)
    yield from _first_hand(page)


def _named(page: Page, evidence: Evidence, outlet: Outlet, governs: float = 1.0) -> Sign:
    foreign = round(_FOREIGN_OUTLET * governs, 2) if page.foreign(outlet) else 0.0
    language = outlet.language if foreign else ""
    return Sign(evidence, evidence.weight, foreign, language, outlet, governs)


def _from_metadata(page: Page) -> Iterator[Sign]:
    document = page.document
    fields = {
        "byline": document.author,
        **{key: document.meta[key] for key in sorted(document.meta)},
    }
    for field, value in fields.items():
        if field != "byline" and not _telling(field):
            continue
        found = outlets.by_domain(value) if "//" in value else outlet_named(value)
        if found and page.other(found):
            says = f"the page's own {field} names {found.name}"
            yield _named(page, Evidence("metadata", says, _BYLINE, value), found)


def _telling(field: str) -> bool:
    """Whether a metadata field says where a page's text was first published."""
    return any(word in field.lower() for word in ("canonical", "source", "syndication", "agency"))


def _from_dateline(page: Page) -> Iterator[Sign]:
    """The dateline, at the start of the text or below its headline."""
    for start, end in _datelines(page.document.text):
        for mention in page.mentions:
            if start <= mention.start <= start + _LEEWAY and end - mention.end <= _LEEWAY:
                yield _placed(page, mention, "dateline", _DATELINE, "the dateline names {name}")
                return


def _datelines(text: str) -> Iterator[tuple[int, int]]:
    """Where the name in a dateline may stand."""
    headline = text.find("\n", len(text) - len(text.lstrip()), _HEADLINE)
    for at in (0, headline) if headline > 0 else (0,):
        if found := _DATELINE_FORM.match(text, at, at + _HEAD):
            yield found.span("name")


def _from_sign_off(page: Page) -> Iterator[Sign]:
    text = page.document.text.rstrip()
    offset = max(0, len(text) - _TAIL)
    found = _SIGN.search(text[offset:])
    start = offset + found.start("name") if found else len(text)
    for mention in reversed(page.mentions[-MANY:]):
        # “Bloomberg L.P.” ends a sentence about a firm; “Independent Journal” is no Independent;
        # "“…,” Clara Voss told Reuters." is no signature.
        last = not any(one.isalpha() for one in text[mention.end :])
        told = any(q.cue is not None and start <= q.cue.start < mention.start for q in page.quotes)
        # "“…” Jane Roe told Reuters." says to whom; a signature behind a quotation is bare.
        said = text[max(0, start - 2) : mention.start]
        last &= mention.start == start or not any(mark in said for mark in _CLOSING)
        if last and not told and start <= mention.start and mention.end - start <= 40:
            yield _placed(page, mention, "sign-off", _SIGN_OFF, "the text is signed {name}")
            return
    yield from _from_desk(page, text, offset)


def _from_desk(page: Page, text: str, offset: int) -> Iterator[Sign]:
    """The line in which an agency's desk names who reported and edited."""
    desks = languages.table(page.document.language, "origin").get("desks", {})
    for name, pattern in desks.items():
        found = re.compile(pattern).search(text, offset)
        outlet = outlet_named(name)
        if found and page.other(outlet) and outlet is not None:
            says = f"it ends with a line of reporters and editors as {outlet.name} writes it"
            place = (found.group(), *found.span())
            yield _named(page, Evidence("sign-off", says, _SIGN_OFF, *place), outlet)
            return


def _placed(
    page: Page,
    mention: OutletMention,
    kind: str,
    weight: float,
    says: str,
    *,
    governs: float = 1.0,
) -> Sign:
    outlet = mention.outlet
    if not page.other(outlet):
        weight, says = _OWN_SIGN, says + ", who published it"
    told = says.format(name=_described(outlet))
    evidence = Evidence(kind, told, weight, mention.text, mention.start, mention.end)
    return _named(page, evidence, outlet, governs) if weight > 0 else Sign(evidence, weight)


def _described(outlet: Outlet) -> str:
    facts = [outlet.ownership and f"{outlet.ownership}-owned", outlet.country]
    told = ", ".join(fact for fact in facts if fact)
    return f"{outlet.name} ({told})" if told else outlet.name


def _from_credits(page: Page, placed: Collection[int | None]) -> Iterator[Sign]:
    """Outlets that the text itself says it has something from; a dateline or sign-off, which
    stand at `placed`, is told already."""
    text = page.document.text
    start, share = opening(text), min(1.0, _SHORT / max(1, len(text)))
    seen: set[str] = set()
    for mention in page.mentions:
        if len(seen) == MANY:
            return
        new = mention.outlet.key not in seen and mention.start not in placed
        new = new and page.other(mention.outlet)
        if not new or not page.cited(mention):
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
            abroad = mention.outlet.kind == "agency" or page.foreign(mention.outlet)
            weight = _CREDIT_ABROAD if abroad else _CREDIT
            yield _placed(page, mention, "credit", weight, "the opening credits {name}")


def _from_shares(page: Page) -> Iterator[Sign]:
    """How much of the text hangs on other outlets: its sentences, and its quotes."""
    cited = [one for one in page.mentions if page.other(one.outlet) and page.cited(one)]
    dense, hanging = shares(page.document, page.quotes, [one.start for one in cited])
    if dense:
        weight = round(_DENSE * dense, 2)
        says = f"{dense * 100:.0f} % of its sentences cite another outlet"
        yield Sign(Evidence("density", says, weight), weight)
    if hanging:
        says = f"{hanging * 100:.0f} % of its quotes are given through another outlet"
        yield _through(page, says, hanging)


def _through(page: Page, says: str, hanging: float) -> Sign:
    """The sign that a share of the quotes came through an outlet, at the first so named."""
    weight = round(_HANGING * hanging**3, 2)
    relays = (relay for quote in page.quotes for relay in quote.chain)
    relay = next((one for one in relays if one.kind == "outlet" and one.relation != "told"), None)
    if relay is None:
        return Sign(Evidence("relayed quotes", says, weight), weight)
    text, found = relay.as_written or relay.name, outlet_named(relay.name)
    evidence = Evidence("relayed quotes", says, weight, text, relay.start, relay.end)
    if found and page.other(found):
        return _named(page, evidence, found, hanging)
    return Sign(evidence, weight)


def _from_links(page: Page) -> Iterator[Sign]:
    for link in page.document.links[:MANY]:
        found = outlets.by_domain(link.url)
        if found and page.other(found) and link.start < opening(page.document.text):
            text = page.document.text[link.start : link.end]
            says = f"the opening links to {found.name}"
            evidence = Evidence("link", says, _LINK, text, link.start, link.end)
            yield Sign(evidence, _LINK, 0.0, "", found)
            return


def _first_hand(page: Page) -> Iterator[Sign]:
    """Words by which a text claims to have something itself (“told this newspaper”, or its
    publisher by name), and quotes that all stand without another outlet."""
    text = page.document.text
    heads = [quote for quote in page.quotes if not any(one.kind == "outlet" for one in quote.chain)]
    cited = any(page.other(one.outlet) and page.cited(one) for one in page.mentions[:MANY])
    if len(page.quotes) >= _SEVERAL and len(heads) == len(page.quotes) and not cited:
        says = f"all {len(heads)} quotes are given without another outlet"
        yield Sign(Evidence("direct quotes", says, _DIRECT), _DIRECT)
    for mention in page.mentions:
        if not page.other(mention.outlet) and mention.start > _HEAD and page.cited(mention):
            says = f"{mention.outlet.name}, which published it, is named as the one that was told"
            place = (mention.text, mention.start, mention.end)
            yield Sign(Evidence("first hand", says, _OWN, *place), _OWN)
            return
    for phrase in languages.table(page.document.language, "origin").get("first_hand", ()):
        start = text.casefold().find(phrase.casefold()) if text.isascii() else text.find(phrase)
        if start >= 0:
            says = f"“{phrase}” claims first-hand reporting"
            yield Sign(Evidence("first hand", says, _OWN, phrase, start, start + len(phrase)), _OWN)
            return
