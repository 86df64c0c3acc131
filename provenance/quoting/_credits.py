"""Outlets that no table lists, known by how this text credits them.

A verb of relaying right before a name ("… , передаёт Cotidianul."), a noun of the trade before
it ("ТГК «Тихий голос»"), a programme on the air ("в эфире передачи «Итоги»"), or a name that
ends as only papers' do ("the Portmouth Gazette") shows an outlet where the gazetteer knows none.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator

from provenance.quoting._lexicon import Lexicon
from provenance.quoting._outlets import Mention, Mentions, mention_of
from provenance.quoting._page import Page, Sentence
from provenance.quoting._particles import listed

# A Latin name amid Cyrillic letters, or a handle; every repetition is bounded.
_LATIN = "A-Za-z\u00c0-\u024f"
_INNER = rf"[{_LATIN}0-9_.&'’+-]"
_FOREIGN = re.compile(
    rf"@?[{_LATIN}]{_INNER}{{1,40}}(?: [A-Z\u00c0-\u00de0-9]{_INNER}{{0,30}}){{0,3}}"
)
# Words between a verb and the name it credits: "сообщает сегодня румынский портал".
_BETWEEN = 4
# Words of a name in quotation marks; longer passages are titles and sayings.
_WORDS = 4
# Characters of a text that show its script.
_SAMPLE = 300
_EDGE = frozenset(",.;:!?)]…—–-")


def credited(page: Page, named: Mentions) -> Mentions:
    """`named`, and the outlets of `page` that only its own words show."""
    found: list[Mention] = []
    for sentence in page.sentences:
        here = [*_beside_nouns(page, sentence), *_beside_phrases(page, sentence)]
        here += _titled(page, sentence, found)
        stations = [*here, *named.within(sentence.start, sentence.end)]
        here += [
            one
            for one in _programmes(page, sentence)
            if not any(_same_clause(page, one, station) for station in stations)
        ]
        found += [one for one in here if not _known(named, one)]
    longer = Mentions(found)
    listed = [one for one in named.all if not longer.covering(one.start)]
    return Mentions(sorted({one.start: one for one in [*found, *listed]}.values()))


def _known(named: Mentions, one: Mention) -> bool:
    """Whether the gazetteer's names in an outlet's are the whole of it, unlike "Les Échos" in "Les
    Échos du Nord"."""
    inside = named.within(one.start, one.end)
    begun = named.covering(one.start) and one.start not in {other.start for other in inside}
    return begun or any(one.kind or other.end >= one.end for other in inside)


def _same_clause(page: Page, one: Mention, other: Mention) -> bool:
    first, last = sorted([one, other])
    return not any(mark in page.text[first.end : last.start] for mark in ",;")


_SIGNS = frozenset({"relays.report", "relays.channel", "relays.on", "relays.paper"})


def _beside_nouns(page: Page, sentence: Sentence) -> Iterator[Mention]:
    """Names right after a verb of relaying, a noun for a channel, or "on" the air."""
    for place, token in enumerate(sentence.tokens):
        if sentence.quoted[place] >= 0 or not token.word:
            continue
        labels = page.lexicon.labels(token.normal)
        one = _credited(page, sentence, place, labels) if labels & _SIGNS else None
        if one is not None:
            yield one


def _credited(page: Page, sentence: Sentence, place: int, labels: frozenset[str]) -> Mention | None:
    if "relays.channel" in labels:
        return _quoted(page, sentence, place + 1) or _foreign(page, sentence, place + 1)
    if "relays.paper" in labels:
        named = _quoted(page, sentence, place + 1) or _before_noun(page, sentence, place)
        return named or _apposed(page, sentence, place)
    if "relays.on" in labels:
        one = _foreign(page, sentence, place + 1) if _on_air(page, sentence) else None
        return one if one is not None and one.kind == "broadcaster" else None
    first = _past_words(page, sentence, place + 1)
    if first == place + 1 and sentence.tokens[place].end == _start(sentence, first):
        token = sentence.tokens[first]
        noun = "speakers.roles" in page.lexicon.labels(token.normal)
        glued = None if noun else mention_of(page, token.start, token.end)
        if glued is not None:
            return glued
    one = _quoted(page, sentence, first) if "relays.credit" in labels else None
    one = one or _foreign(page, sentence, first)
    if one is None or not _closed(page, sentence, one):
        return None
    office = one.text.isupper() and not one.kind and "relays.credit" not in labels
    return None if office else one  # "сообщает IGSU" is a ministry's agency


def _before_noun(page: Page, sentence: Sentence, place: int) -> Mention | None:
    """The name before its noun, as English has it: "told the Northern Herald newspaper"."""
    first = _capitals_before(sentence, place)
    if first in {0, place} or page.lexicon.nouns_capitalised or page.lexicon.adjectives:
        return None
    if "speakers.determiners" not in page.lexicon.labels(sentence.tokens[first - 1].normal):
        return None
    start, end = sentence.tokens[first].start, sentence.tokens[place - 1].end
    return mention_of(page, start, end, unlisted=place - first > 1)


def _apposed(page: Page, sentence: Sentence, place: int) -> Mention | None:
    """The name behind the noun for what it is, where a language puts it there: "broadcaster Radio
    Hesperia", "le quotidien grec Les Échos du Nord". An agency may be any office."""
    words = page.lexicon
    if "relays.named" not in words.labels(sentence.tokens[place].normal):
        return None
    first = place + 1
    while first < min(len(sentence.tokens), place + _EPITHETS):
        token = sentence.tokens[first]
        if token.capital or not token.word or words.labels(token.normal):
            break
        first += 1
    last = first
    while last < len(sentence.tokens) and _in_title(sentence, words, first, last):
        last += 1
    if last == first or last - first > _TITLE:
        return None
    if words.labels(sentence.tokens[first].normal) & (_NO_TITLE - {"speakers.lead"}):
        return None
    return mention_of(
        page, sentence.tokens[first].start, sentence.tokens[last - 1].end, unlisted=True
    )


# Tokens from a noun to the name behind it, past an epithet, and tokens of such a name.
_EPITHETS, _TITLE = 3, 6
_NO_TITLE = frozenset({"speakers.roles", "speakers.stop", "clause.break", "speakers.lead"})


def _in_title(sentence: Sentence, words: Lexicon, first: int, place: int) -> bool:
    """Whether a name that begins at token `first` goes on at `place`: a capital, or a little word
    before one."""
    token, behind = sentence.tokens[place], sentence.tokens[place + 1 : place + 2]
    if sentence.quoted[place] >= 0:
        return False
    if token.capital:
        return place == first or not words.labels(token.normal) & _NO_TITLE
    tied = token.normal in listed("particles") or "relays.of" in words.labels(token.normal)
    return place > first and tied and bool(behind) and behind[0].capital


def _titled(page: Page, sentence: Sentence, known: list[Mention]) -> Iterator[Mention]:
    """Names that end in a word only papers bear, "the Portmouth Gazette", and that word alone
    where it stands for one of the `known`."""
    for place, token in enumerate(sentence.tokens):
        if not token.capital or "relays.titles" not in page.lexicon.labels(token.normal):
            continue
        if sentence.tokens[place + 1 : place + 2] and sentence.tokens[place + 1].capital:
            continue  # the Tribune Tower
        first = _name_start(page, sentence, place)
        if first < place:
            one = mention_of(page, sentence.tokens[first].start, token.end, unlisted=True)
        else:
            meant = [one for one in known if one.text.endswith(f" {token.text}")]
            one = (
                meant[-1]._replace(start=token.start, end=token.end, text=token.text)
                if meant
                else None
            )
        if one is not None:
            yield one


def _name_start(page: Page, sentence: Sentence, place: int) -> int:
    """Where the name that ends in token `place` begins, past an article or "Laut"."""
    first = _capitals_before(sentence, place)
    words = (page.lexicon.labels(token.normal) for token in sentence.tokens[first:place])
    before = [at for at, labels in enumerate(words, first) if labels & _BEFORE_NAME]
    return before[-1] + 1 if before else first


_BEFORE_NAME = frozenset({"speakers.determiners", "frames.before", "frames.opening", "frames.as"})


def _capitals_before(sentence: Sentence, place: int) -> int:
    """Where the run of capitals right before token `place` begins."""
    first = place
    while first > 0 and place - first < _WORDS and sentence.tokens[first - 1].capital:
        first -= 1
    return first


def _beside_phrases(page: Page, sentence: Sentence) -> Iterator[Mention]:
    """Names in quotation marks, all capitals or addresses right after "in an interview with",
    or any after "on the air"."""
    for phrase in sentence.found:
        if not phrase.labels & {"relays.interview", "relays.air"}:
            continue
        if phrase.last >= len(sentence.tokens) or sentence.quoted[phrase.first] >= 0:
            continue
        if "relays.programme" in page.lexicon.labels(sentence.tokens[phrase.last - 1].normal):
            continue  # "в предаването „Преди всички“ на БНР": see `_programmes`
        one = _quoted(page, sentence, phrase.last)
        if one is None:
            one = _foreign(page, sentence, phrase.last)
            station = one is not None and (one.text.isupper() or "." in one.text)
            one = one if station or "relays.air" in phrase.labels else None
        if one is not None:
            yield one


def _programmes(page: Page, sentence: Sentence) -> Iterator[Mention]:
    """Programmes somebody spoke in, which stand for a station that is not named."""
    for place, token in enumerate(sentence.tokens):
        labels = page.lexicon.labels(token.normal)
        if "relays.programme" in labels and sentence.quoted[place] < 0 and _aired(sentence, place):
            one = _quoted(page, sentence, place + 1)
            if one is not None:
                yield one


def _on_air(page: Page, sentence: Sentence) -> bool:
    air = {"relays.air", "relays.interview", "relays.programme"}
    words = (page.lexicon.labels(token.normal) for token in sentence.tokens)
    return any(one.labels & air for one in sentence.found) or any(one & air for one in words)


def _start(sentence: Sentence, place: int) -> int:
    return sentence.tokens[place].start if place < len(sentence.tokens) else -1


def _past_words(page: Page, sentence: Sentence, place: int) -> int:
    """Past adverbs, epithets and nouns of the trade."""
    first = place
    while first < len(sentence.tokens) and first - place < _BETWEEN:
        token = sentence.tokens[first]
        labels = page.lexicon.labels(token.normal)
        epithet = token.normal.endswith(page.lexicon.adjectives) and not token.capital
        known = labels & {"relays.paper", "relays.channel", "clause.auxiliaries"}
        if sentence.quoted[first] >= 0 or not token.word or not (known or epithet):
            break
        first += 1
    return first


def _quoted(page: Page, sentence: Sentence, place: int) -> Mention | None:
    """The name between quotation marks that begins at token `place`."""
    if place >= len(sentence.tokens) or sentence.quoted[place] < 0:
        return None
    index = sentence.quoted[place]
    first, last = sentence.held[index]
    passage = sentence.passages[index]
    words = [token for token in sentence.tokens[first:last] if token.word]
    named = words and (words[0].capital or page.text[passage.start] == "@")
    if first != place or not passage.closed or not named or len(words) > _WORDS:
        return None
    return mention_of(page, passage.start, passage.end, unlisted=True)


def _foreign(page: Page, sentence: Sentence, place: int) -> Mention | None:
    """The run of Latin letters that begins at token `place`."""
    if place >= len(sentence.tokens) or sentence.quoted[place] >= 0 or not _cyrillic(page):
        return None
    start = sentence.tokens[place].start
    match = _FOREIGN.match(page.text, start, sentence.end)
    if match is None:
        return None
    end = start + len(match.group().rstrip(".-'’&+_"))
    if page.text[end : end + 1].isalpha() or page.text[end : end + 1] == "-":
        return None
    return mention_of(page, start, end, unlisted=True)


def _cyrillic(page: Page) -> bool:
    """Whether the text is in Cyrillic letters, so that a Latin name stands out as one."""
    return any("\u0400" <= char <= "\u04ff" for char in page.text[:_SAMPLE])


def _closed(page: Page, sentence: Sentence, one: Mention) -> bool:
    """Whether the clause ends behind a name, or says where and by whose leave it was told."""
    last = bisect_left(sentence.tokens, one.end, key=lambda token: token.start)
    while last < len(sentence.tokens) and sentence.tokens[last].text in '»”"“':
        last += 1
    if last >= len(sentence.tokens) or sentence.tokens[last].text in _EDGE:
        return True
    labels = page.lexicon.labels(sentence.tokens[last].normal)
    return bool(labels & {"speakers.stop", "relays.citing"})


def _aired(sentence: Sentence, place: int) -> bool:
    """Whether a programme is what somebody spoke in: "в эфире передачи «…»"."""
    return any(
        one.labels & {"relays.interview", "relays.air"} and -1 <= place - one.last <= 1
        for one in sentence.found
    )
