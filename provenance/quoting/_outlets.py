"""Outlets and agencies mentioned in a text, from the gazetteer."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from typing import NamedTuple

from provenance.model import Span
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._page import Page, Sentence
from provenance.quoting._particles import names_body
from provenance.quoting._tokens import Token, normal, tokens
from provenance.quoting._turns import within

# Ministries and kings' offices have sites in the gazetteer, but speak for themselves.
_BODIES = frozenset({"government"})


class Mention(NamedTuple):
    """An outlet named at ``start:end``; `name` is the gazetteer's name for it."""

    start: int
    end: int
    text: str
    name: str
    kind: str


class Mentions:
    """Outlet mentions of one text, found by place."""

    def __init__(self, mentions: list[Mention]) -> None:
        self.all = mentions
        self._starts = [one.start for one in mentions]

    def within(self, start: int, end: int) -> list[Mention]:
        """Mentions that begin inside ``start:end``."""
        first = bisect_left(self._starts, start)
        last = bisect_left(self._starts, end)
        return self.all[first:last]

    def beyond(self, asked: Sequence[Span]) -> Mentions:
        """Those that stand in none of `asked`."""
        return Mentions([one for one in self.all if not within(asked, one.start)])

    def covering(self, offset: int) -> bool:
        """Whether a mention stands at `offset`."""
        place = bisect_right(self._starts, offset) - 1
        return place >= 0 and offset < self.all[place].end


def mentions(text: str, language: str) -> Mentions:
    """Every outlet the gazetteer finds in `text`, and those given by their address."""
    from provenance.naming import outlets

    named = Mentions(
        [
            Mention(one.start, one.end, one.text, one.outlet.name, one.outlet.kind)
            for one in outlets.find(text, language)
            if one.outlet.kind not in _BODIES
        ]
    )
    sites = [one for one in _sites(text) if not named.covering(one.start)]
    return Mentions(sorted([*named.all, *sites])) if sites else named


# Sites and channels are cited by their address: "сообщает noi.md", "t.me/channel". Every
# repetition is bounded, so matching is linear.
_SITE = re.compile(
    r"(?<![A-Za-z0-9_@./-])(?:t\.me/\w{4,32}|[A-Za-z0-9][A-Za-z0-9-]{1,40}(?:\.[A-Za-z0-9-]{1,30})?"
    r"\.(?:com|net|org|info|news|media|md|ru|ua|by|kz|ro|de|fr|uk|eu|pl|bg|tv|io|me))(?![\w@/-])",
    re.IGNORECASE,
)


def _sites(text: str) -> list[Mention]:
    from provenance.naming import outlets

    found = []
    for match in _SITE.finditer(text):
        start, end = match.span()
        start -= _disguised(text, start)
        written = text[start:end]
        address = written.translate(_LOOKALIKES)
        listed = outlets.by_domain(address)
        if listed is None or listed.kind not in _BODIES:
            name = listed.name if listed is not None else address.lower()
            found.append(Mention(start, end, written, name, "site"))
    return found


# Cyrillic capitals typed for Latin ones: the first letter of «Аdevarul.ro».
_LOOKALIKES = str.maketrans("АВЕКМНОРСТХ", "ABEKMHOPCTX")


def _disguised(text: str, start: int) -> bool:
    """Whether the letter before an address belongs to it, being a Cyrillic look-alike."""
    alone = start < 2 or not text[start - 2].isalnum()
    return start > 0 and alone and ord(text[start - 1]) in _LOOKALIKES


# Characters over which "the paper" still means the outlet last named: two paragraphs.
_RECALLED = 700
# Names of outlets looked for again in one text; more are not met outside lists.
_NAMES = 40
_EPITHETS = 2
_AFTER_NOUN = frozenset(".,;:!?)—–-،؛؟。，：；！？、")
# Tokens after "the paper" among which its name would stand ("the German paper Bild").
_NAMED_WITHIN = 4


def recalled(page: Page, named: Mentions) -> Mentions:
    """`named` and what only the text around it shows: the same name where the gazetteer is
    unsure of it, a name in apposition ("le quotidien allemand Bild"), and the common nouns
    that stand for the outlet last named: "the paper writes", "отмечает газета"."""
    named = Mentions([one for one in named.all if not _is_office(page, one)])
    found = {one.start: one for one in _again(page.text, named)}
    for sentence in page.sentences:
        for place, token in enumerate(sentence.tokens):
            if sentence.quoted[place] < 0 and _is_paper(page, token, sentence, place):
                one = _apposed(page, sentence, place, named) or _recalls(sentence, place, named)
                if one is not None:
                    found.setdefault(one.start, one)
    return Mentions([found[start] for start in sorted(found)])


def _is_office(page: Page, one: Mention) -> bool:
    """Whether a name is the word for an office, without a noun for a paper behind it: "Sözcü"
    is the spokesman, "Sözcü gazetesi" the paper."""
    if "speakers.roles" not in page.lexicon.labels(normal(one.text)):
        return False
    behind = tokens(page.text[one.end : one.end + _BEHIND], page.language)[:1]
    return not any("relays.paper" in page.lexicon.labels(token.normal) for token in behind)


# Characters behind a name in which the noun for a paper would end.
_BEHIND = 16


def _is_paper(page: Page, token: Token, sentence: Sentence, place: int) -> bool:
    """Whether a noun is one for a paper, not "journal de bord" nor "chaîne de montage"."""
    words = page.lexicon
    if "relays.paper" not in words.labels(token.normal) or _in_title(words, sentence, place):
        return False
    of = [words.labels(one.normal) for one in sentence.tokens[place + 1 : place + 3]]
    if len(of) < 2 or not words.inverts:
        return True
    behind, noun = sentence.tokens[place + 1 : place + 3]
    if behind.word and not behind.capital and not of[0]:
        return "relays.named" in words.labels(token.normal)  # "la agencia antidopaje"
    return "speakers.inside" not in of[0] or noun.capital or bool(of[1]) or not noun.word


def _in_title(words: Lexicon, sentence: Sentence, place: int) -> bool:
    """Whether a noun goes on with the name of a body that is no outlet: "the European Medicines
    Agency", "Europejska Agencja Leków"."""
    before = sentence.tokens[place - 1] if place > words.nouns_capitalised else None
    titled = sentence.tokens[place].capital and before is not None and before.capital
    return titled and before is not None and not words.labels(before.normal)


def _again(text: str, named: Mentions) -> list[Mention]:
    """Every place of a name of several words once it is known for an outlet's here."""
    found = {one.start: one for one in named.all}
    several = {one.text: one for one in reversed(named.all) if " " in one.text}
    for written in sorted(several)[:_NAMES]:
        place = text.find(written)
        while place >= 0:
            end = place + len(written)
            if not text[end : end + 1].isalnum() and not named.covering(place):
                found.setdefault(place, several[written]._replace(start=place, end=end))
            place = text.find(written, end)
    return [found[start] for start in sorted(found)]


def _apposed(page: Page, sentence: Sentence, place: int, named: Mentions) -> Mention | None:
    """The outlet named right behind the noun at token `place`, an epithet between at most."""
    first = place + 1
    while first - place <= _EPITHETS and first < len(sentence.tokens):
        if sentence.tokens[first].capital or not sentence.tokens[first].word:
            break
        first += 1
    last = first
    while last < len(sentence.tokens) and last - first < _NAMED_WITHIN:
        if not sentence.tokens[last].capital:
            break
        last += 1
    if last == first or named.within(sentence.tokens[place].end, sentence.tokens[first].end):
        return None
    return mention_of(page, sentence.tokens[first].start, sentence.tokens[last - 1].end)


def mention_of(page: Page, start: int, end: int, *, unlisted: bool = False) -> Mention | None:
    """The outlet written at ``start:end`` as the gazetteer has it; with `unlisted`, one of
    that name where it has none."""
    from provenance.naming import outlets

    text = page.text[start:end]
    outlet = outlets.lookup(text)
    if outlet is None:
        unlisted = unlisted and not names_body(text)
        return Mention(start, end, text, text.removeprefix("@"), "") if unlisted else None
    return None if outlet.kind in _BODIES else Mention(start, end, text, outlet.name, outlet.kind)


def _recalls(sentence: Sentence, place: int, named: Mentions) -> Mention | None:
    """The outlet last named, for a noun at token `place` that names none itself."""
    token = sentence.tokens[place]
    ahead = sentence.tokens[place + 1 : place + 1 + _NAMED_WITHIN]
    if ahead and (ahead[0].capital or (not ahead[0].word and ahead[0].text not in _AFTER_NOUN)):
        return None
    if named.within(token.start, ahead[-1].end if ahead else token.end):
        return None
    before = named.within(max(0, token.start - _RECALLED), token.start)
    if not before:
        return None
    return before[-1]._replace(start=token.start, end=token.end, text=token.text)


def own_names(outlet: str, url: str) -> frozenset[str]:
    """What a document's own outlet may be called in its text: the name it gives, the
    gazetteer's, and the host of its address."""
    from provenance.naming import outlets

    host = outlets.host(url)
    listed = [outlets.lookup(outlet) if outlet else None, outlets.by_domain(host) if host else None]
    return frozenset({outlet, host, *(one.name for one in listed if one is not None)})
