"""A text laid out for reading: blocks, sentences that keep quotations whole, tokens."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from provenance.languages.sentences import sentences
from provenance.model import Span
from provenance.quoting._fronted import unfronted
from provenance.quoting._lexicon import Found, Lexicon, lexicon
from provenance.quoting._little_names import named
from provenance.quoting._marks import Marked, marked
from provenance.quoting._postpositions import parted
from provenance.quoting._tokens import Token, tokens
from provenance.quoting._unspaced import joined

# A paragraph of a newspaper has some hundred characters; a block longer than this is no
# paragraph but a whole file on one line, and is cut at white space so that work and memory
# stay bounded.
_BLOCK = 8_000
_BREAK = re.compile(r"(?<![ \t\r\f\v])[ \t\r\f\v]*+\n\s*")
_DIALOGUE = re.compile(r"\s*(?:[—–―](?:\s|(?=[^\W\d_]|[¿¡«]))|--?\s)")
_TERMINAL = frozenset(".!?…。！？؟۔")


@dataclass(slots=True)
class Sentence:
    """A sentence with its quotations whole: tokens, marked passages, phrases found.

    `quoted[i]` is the index in `passages` of the top-level passage token `i` stands in, or
    -1; the marks themselves count as inside. `held[p]` are the tokens of passage `p`,
    marks included, half-open. `stops` are the
    tokens where a phrase begins that ends a speaker's, `withheld` those inside a phrase that
    withholds a name, `nominal` those inside a noun for a person or body of a script without
    spaces, whose parts are other words ("分析" in "分析师").
    """

    index: int
    block: int
    start: int
    end: int
    tokens: list[Token]
    passages: list[Marked]
    nested: list[Marked]
    quoted: list[int]
    held: list[tuple[int, int]]
    found: list[Found] = field(default_factory=list)
    stops: frozenset[int] = frozenset()
    withheld: frozenset[int] = frozenset()
    nominal: frozenset[int] = frozenset()
    opens_block: bool = False
    dialogue: bool = False


@dataclass(slots=True)
class Page:
    """A text with its language's lexicon and its sentences in order."""

    text: str
    language: str
    lexicon: Lexicon
    sentences: list[Sentence]


def page(text: str, language: str) -> Page:
    """`text` laid out by the rules of `language`."""
    words = lexicon(language)
    laid: list[Sentence] = []
    for number, (start, end) in enumerate(blocks(text, words)):
        _lay_block(_Ground(text, language, words), number, start, end, laid)
    return Page(text, language, words, laid)


def blocks(text: str, words: Lexicon | None = None) -> Iterator[tuple[int, int]]:
    """Paragraphs of `text` as half-open offsets, none longer than the bound, none blank; with
    `words`, what is said stays with the line that leads up to it."""
    start = 0
    for match in _BREAK.finditer(text):
        if not _breaks(text, match) or (words is not None and _led(text, match, words)):
            continue
        yield from _bounded(text, start, match.start())
        start = match.end()
    yield from _bounded(text, start, len(text))


def _breaks(text: str, match: re.Match[str]) -> bool:
    """Whether a line end ends a paragraph: not where a lower-case line continues a clause."""
    if match.group().count("\n") > 1 or match.start() == 0 or match.end() == len(text):
        return True
    before, after = text[match.start() - 1], text[match.end()]
    return not (after.islower() and (before.isalnum() or before == ","))


def _led(text: str, match: re.Match[str], words: Lexicon) -> bool:
    """Whether a quotation behind a line end is what the line says: "he told reporters:"."""
    end = match.start()
    near = text[max(0, end - _NEAR) : end]
    manner = words.manner and any(one in near for one in words.manner)
    if (text[end - 1 : end] not in {":", "："} and not manner) or text[
        match.end() : match.end() + 1
    ] not in _OPENS:
        return False
    lead = tokens(text, words.code, max(text.rfind("\n", 0, end) + 1, end - _LEAD), end)
    said = any("verbs.say" in words.labels(token.normal) for token in lead)
    return said or any("verbs.say" in one.labels for one in words.phrases(lead))


# Characters before a colon that hold the verb.
_LEAD = 60


def _bounded(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > _BLOCK:
        cut = text.rfind(" ", start + _BLOCK // 2, start + _BLOCK)
        cut = cut if cut > 0 else start + _BLOCK
        yield start, cut
        start = cut
    if text[start:end].strip():
        yield start, end


class _Ground(NamedTuple):
    """What every step of laying out a block looks at."""

    text: str
    language: str
    words: Lexicon


def _lay_block(ground: _Ground, number: int, start: int, end: int, laid: list[Sentence]) -> None:
    text, language, words = ground
    passages = marked(text, start, end)
    every = tokens(text, language, start, end)
    every = named(words.parted(every) if words.run_on else every, words)
    every = unfronted(every, words) if words.fronted else every
    if words.particles:
        every = joined(every, words) if words.unspaced else parted(every, words)
    starts = [token.start for token in every]
    opens = True
    for left, right in _whole(ground, start, end, passages):
        first, last = bisect_right(starts, left - 1), bisect_right(starts, right - 1)
        if first == last:
            continue
        inside = [one for one in passages if left <= one.outer_start < right]
        sentence = _sentence(every[first:last], inside, len(laid), number, Span(left, right))
        sentence.found = [*words.phrases(sentence.tokens), *words.frames(sentence.tokens)]
        sentence.withheld = _inside(sentence.found, "speakers.unnamed")
        stops = (one.first for one in sentence.found if "speakers.stop" in one.labels)
        sentence.stops = frozenset(stops) - sentence.withheld
        if words.caseless and words.bare_clause:
            _part_unspaced(sentence, words)
        sentence.opens_block = opens
        sentence.dialogue = words.dashes and bool(_DIALOGUE.match(text, left, right))
        opens = False
        laid.append(sentence)


_VERBS = frozenset({"verbs.say", "verbs.tell", "verbs.call"})


def _part_unspaced(sentence: Sentence, words: Lexicon) -> None:
    """Where no spaces part words, verbs end a speaker's phrase as well, and nothing does inside
    a noun."""
    kinds = ("speakers.roles", "speakers.groups", "speakers.anonymous")
    nominal = frozenset().union(*(_inside(sentence.found, kind) for kind in kinds))
    nominal |= _of_office(sentence, words)
    never = _inside(sentence.found, "verbs.never")
    verbs = {one.first for one in sentence.found if one.labels & _VERBS}
    sentence.nominal = nominal
    sentence.stops = (sentence.stops | (verbs - never)) - nominal - sentence.withheld


def _of_office(sentence: Sentence, words: Lexicon) -> frozenset[int]:
    """The "and" in a body's name, before an office that has the last character of the name:
    "文化和旅游部部长"."""
    places: set[int] = set()
    for one in sentence.found:
        body = sentence.tokens[one.first - 1].text if one.first else ""
        office = [token.text for token in sentence.tokens[one.first : one.last]]
        if "speakers.roles" in one.labels and body in office:
            places.update(range(max(0, one.first - _BODY), one.first))
    return frozenset(p for p in places if words.labels(sentence.tokens[p].normal) == _AND)


_AND = frozenset({"clause.break"})
_BODY = 10  # characters of a body's name


def _inside(found: list[Found], label: str) -> frozenset[int]:
    """The tokens inside phrases that carry `label`."""
    return frozenset(
        place for one in found if label in one.labels for place in range(one.first, one.last)
    )


def _sentence(
    words: list[Token], passages: list[Marked], index: int, block: int, span: Span
) -> Sentence:
    top = [one for one in passages if one.depth == 0]
    nested = [one for one in passages if one.depth]
    quoted, place = [], 0
    held = [(len(words), 0)] * len(top)
    for number, token in enumerate(words):
        while place < len(top) and top[place].outer_end <= token.start:
            place += 1
        inside = place < len(top) and top[place].outer_start <= token.start
        quoted.append(place if inside else -1)
        if inside:
            held[place] = (min(held[place][0], number), number + 1)
    return Sentence(index, block, span.start, span.end, words, top, nested, quoted, held)


def _whole(ground: _Ground, start: int, end: int, passages: list[Marked]) -> list[tuple[int, int]]:
    """Sentences of a block, joined where a boundary falls inside a quotation or an
    attribution follows one ("Go!" she said)."""
    joined: list[tuple[int, int]] = []
    tops = [one for one in passages if one.depth == 0]
    place = 0
    for span in sentences(ground.text[start:end], ground.language):
        left, right = span.start + start, span.end + start
        while place < len(tops) and tops[place].outer_end <= left:
            place += 1
        inside = place < len(tops) and tops[place].outer_start < left
        led = bool(joined) and _opened(tops, left) and _announces(ground, *joined[-1])
        follows = led or (bool(joined) and _continues(ground, joined[-1], left, right, tops))
        if joined and (inside or follows):
            joined[-1] = (joined[-1][0], right)
        else:
            joined.append((left, right))
    if not ground.words.dashes:
        return joined
    return [part for span in joined for part in _at_dashes(ground.text, span, tops)]


def _announces(ground: _Ground, start: int, end: int) -> bool:
    """Whether a sentence leads up to the quotation behind it: by a colon, or by "so" and a verb
    at its end where the verb stands last ("次のように述べた。")."""
    if ground.text[end - 1] in ":：":
        return True
    if not ground.words.particles:
        return False
    near = ground.text[max(start, end - _NEAR) : end]
    return any(one in near for one in ground.words.manner)


# Characters that hold "as follows" and its verb.
_NEAR = 24


def _opened(tops: list[Marked], left: int) -> bool:
    """Whether a quotation opens at `left`."""
    return any(one.outer_start == left for one in tops)


_TURN = re.compile(r"[:：][ \t\xa0]+(?=(?:[—–―]|--)[ \t\xa0]*[^\W\d_])")


def _at_dashes(text: str, span: tuple[int, int], tops: list[Marked]) -> list[tuple[int, int]]:
    """A sentence parted where a colon and a dash open a turn of dialogue: "Il dit : — Non."."""
    parts, left = [], span[0]
    for match in _TURN.finditer(text, *span):
        if not any(one.outer_start < match.start() < one.outer_end for one in tops):
            parts.append((left, match.start() + 1))
            left = match.end()
    return [*parts, (left, span[1])]


# Words, or characters, that open an attribution and hold its verb.
_OPENING, _OPENING_UNSPACED = 6, 20


def _continues(
    ground: _Ground, last: tuple[int, int], left: int, right: int, tops: list[Marked]
) -> bool:
    """Whether the stretch from `left` is the attribution of the quotation just ended."""
    ended = next((one for one in tops if one.outer_end == last[1]), None)
    if ended is None:
        return _trails(ground, last[1], left, tops)
    first = ground.text[left]
    if first.islower() or first in "―—–-,":
        return True
    unspaced = "\u3040" <= first <= "\u9fff"
    near = _OPENING_UNSPACED if unspaced else _OPENING
    every = tokens(ground.text, ground.language, left, min(right, left + 60))
    opening = every[:near]
    announced = ground.text[last[0] : ended.outer_start].rstrip().endswith((":", "："))
    if announced or (not unspaced and _leads_on(ground, every)):
        return False  # « Très bien. » La maire a aussi affirmé que …
    if right - left >= 160 or (ground.words.caseless and _frames(ground, opening)):
        return False
    if unspaced:
        stop = next((n for n, token in enumerate(opening) if token.text in "，：:"), near)
        opening = opening[:stop]
    if unspaced:
        return _closes(ground, every, len(opening))
    return any("verbs.say" in ground.words.labels(token.normal) for token in opening)


_SAYING = frozenset({"verbs.say", "verbs.tell"})


def _closes(ground: _Ground, every: list[Token], near: int) -> bool:
    """Whether the first verb within `near` tokens ends its stretch, or tells somebody, where no
    spaces part words: what follows "某人说" is said anew, but for a quotation going on."""
    said = [
        (place, place + 1, False)
        for place, token in enumerate(every[:near])
        if "verbs.say" in ground.words.labels(token.normal)
    ]
    said += [
        (one.first, one.last, "verbs.tell" in one.labels)
        for one in ground.words.phrases(every)
        if one.first < near and one.labels & _SAYING
    ]
    if not said:
        return False
    first = min(said)[0]
    last = max(end for place, end, _ in said if place == first)
    told = any(tells for place, _, tells in said if place == first)
    if last >= len(every) or told:
        return True
    leads = every[last].text in "，：:" and bool(every[last + 1 : last + 2])
    quotes = leads and every[last + 1].text in _OPENS
    return not every[last].word and (quotes or not leads)


_OPENS = frozenset('“„«「『‘"')


def _leads_on(ground: _Ground, every: list[Token]) -> bool:
    """Whether a stretch says something of its own behind its verb: "منبعی گفته است که"."""
    return any(
        token.text == ":" or "clause.that" in ground.words.labels(token.normal) for token in every
    )


def _trails(ground: _Ground, end: int, left: int, tops: list[Marked]) -> bool:
    """Whether a sentence that only says who spoke follows a quotation and its full stop:
    "«…». Così il ministro"."""
    if ground.text[end - 1] != "." or not any(one.outer_end == end - 1 for one in tops):
        return False
    opening = tokens(ground.text, ground.language, left, left + _TRAIL)[:2]
    labels = [ground.words.labels(token.normal) for token in opening]
    if len(labels) < 2 or "frames.trail" not in labels[0]:
        return False
    return opening[1].capital or bool(labels[1] & {"speakers.determiners", "speakers.roles"})


# Characters that hold the first two words of a sentence.
_TRAIL = 40


def _frames(ground: _Ground, opening: list[Token]) -> bool:
    """Whether a stretch opens with a frame of its own: "据…介绍", "به گفته"."""
    framing = {"frames.before", "relays.by"}
    first = ground.words.labels(opening[0].normal) if opening else frozenset()
    return bool(first & framing) or any(
        one.first == 0 and one.labels & framing for one in ground.words.phrases(opening)
    )
