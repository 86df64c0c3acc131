"""Reported speech where particles on the back of a word say what it is, as in Korean.

The topic or subject particle marks who speaks (은, 는, 이, 가), a quotative ends what is said
(라고, -다고, -며), and the verb stands last: "장관은 “…”라고 말했다", "장관은 …것이라고 밝혔다".
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from provenance.model import Span
from provenance.quoting._claims import Claim, trimmed
from provenance.quoting._lexicon import Found, Lexicon
from provenance.quoting._page import Sentence
from provenance.quoting._rulebook import REPORTING, ruled, span_of
from provenance.quoting._tokens import Token

# Words between a quotative and its verb: whom it was told to, an adverb, "the position that".
_BETWEEN = 6
# Words of a speaker's phrase: "도널드 트럼프 미국 대통령".
_PHRASE = 7
# Words of a foreign name, syllables of a Korean one.
_FOREIGN, _SYLLABLES = 4, 3
_HEADS = frozenset(
    {"speakers.roles", "speakers.groups", "speakers.documents", "speakers.anonymous",
     "relays.paper", "pronouns.he", "pronouns.she", "pronouns.they"}
)  # fmt: skip
_KNOWN = _HEADS | {"speakers.when", "speakers.lead", "speakers.determiners", "clause.lead"}
_EDGES = frozenset(",.;:!?…·()、。（）")


class _Topic(NamedTuple):
    """A phrase that a particle marks as subject; `strong` where it is the topic's."""

    first: int
    last: int
    strong: bool


def claims(sentence: Sentence, words: Lexicon, cue: Found) -> Iterator[Claim]:
    """What the verb `cue` reports: the quotation or clause that a quotative ends before it."""
    place = _quotative(sentence, words, cue)
    if place is None:
        yield from _announced(sentence, words, cue)
        return
    index = sentence.quoted[place]
    if index < 0 and place and sentence.quoted[place - 1] >= 0 and _glued(sentence, place):
        index = sentence.quoted[place - 1]
    if index >= 0:
        yield from _quotation(sentence, words, cue, (place, index))
    elif words.labels(sentence.tokens[place].normal) & {"clause.subjunctive", "clause.quotative"}:
        yield from _clause(sentence, words, cue, place)


def _announced(sentence: Sentence, words: Lexicon, cue: Found) -> Iterator[Claim]:
    """What follows "he said as follows." and its full stop."""
    place = cue.last
    while place < len(sentence.tokens) and sentence.tokens[place].text in ".。:：":
        place += 1
    before = sentence.tokens[max(0, cue.first - _BETWEEN)].start
    lead = "".join(
        one.text
        for one in sentence.tokens
        if before <= one.start < sentence.tokens[cue.first].start
    )
    if place in range(cue.last + 1, len(sentence.tokens)) and sentence.quoted[place] >= 0:
        passage = sentence.passages[sentence.quoted[place]]
        if any(one.replace(" ", "") in lead for one in words.manner):
            speaker = _best(_topics(sentence, words, 0, cue.first), sentence, words)
            yield ruled(sentence, [Span(passage.start, passage.end)], "verb then quote", cue,
                        span_of(sentence, speaker))  # fmt: skip


def framed(sentence: Sentence, words: Lexicon, cue: Found) -> Iterator[Claim]:
    """ "X에 따르면 …": what follows is what X says, unless somebody is said to say it."""
    phrase = _phrase_before(sentence, words, cue.first - 1)
    start = cue.last
    while start < len(sentence.tokens) and sentence.tokens[start].text in ",，、":
        start += 1
    told = any(
        sentence.quoted[place] < 0 and words.labels(token.normal) & REPORTING
        for place, token in enumerate(sentence.tokens)
        if place >= start
    )
    if phrase is not None and not told and len(sentence.tokens) - start > 2:
        span = trimmed(sentence, start, len(sentence.tokens))
        yield ruled(sentence, [span], "frame", cue, span_of(sentence, phrase))


def _glued(sentence: Sentence, place: int) -> bool:
    return sentence.tokens[place - 1].end == sentence.tokens[place].start


def _quotative(sentence: Sentence, words: Lexicon, cue: Found) -> int | None:
    """The token before `cue` that ends what it reports: of a quotation right before it, or a
    quotative a few words back."""
    for place in range(cue.first - 1, max(-1, cue.first - 1 - _BETWEEN), -1):
        token = sentence.tokens[place]
        if sentence.quoted[place] >= 0:
            return place if place == cue.first - 1 else None
        if token.text in ";:.!?。":
            return None
        labels = words.labels(token.normal)
        told = "verbs.say" in labels and "clause.quotative" not in labels
        if told and _quotative(sentence, words, Found(place, place + 1, labels)) is not None:
            return None  # "…라고 말했다고 통신이 보도했다": what was said, and who carries it
        behind_marks = place > 0 and sentence.quoted[place - 1] >= 0 and _glued(sentence, place)
        lone = words.unspaced and place == cue.first - 1  # "必要と述べた"
        if "clause.subjunctive" in labels or (
            "clause.quotative" in labels and (behind_marks or lone)
        ):
            return place
    return None


def _quotation(
    sentence: Sentence, words: Lexicon, cue: Found, what: tuple[int, int]
) -> Iterator[Claim]:
    place, index = what
    passage, first = sentence.passages[index], sentence.held[index][0]
    speaker = _speaker(sentence, words, cue, (first, place))
    start = _begun(sentence, words, speaker, first)
    subject = sentence.tokens[first - 1] if first else None
    inner = subject is not None and words.labels(subject.normal) & {
        "clause.topic",
        "clause.subject",
    }
    if inner and start < first - 1 and "verbs.call" not in cue.labels:
        # "합의가 “역사적 진전”이라고": the quotation is only what the clause says of something
        yield ruled(sentence, [trimmed(sentence, start, place + 1)], "that-clause", cue,
                    span_of(sentence, speaker))  # fmt: skip
        return
    span = Span(passage.start, passage.end)
    yield ruled(sentence, [span], "quote then verb", cue, span_of(sentence, speaker))


def _clause(sentence: Sentence, words: Lexicon, cue: Found, end: int) -> Iterator[Claim]:
    speaker = _speaker(sentence, words, cue, (end, end))
    start = _begun(sentence, words, speaker, end)
    if end > start:
        yield ruled(sentence, [trimmed(sentence, start, end + 1)], "comma clause", cue,
                    span_of(sentence, speaker))  # fmt: skip


def _speaker(
    sentence: Sentence, words: Lexicon, cue: Found, ends: tuple[int, int]
) -> tuple[int, int] | None:
    """Who says what ends at the second token of `ends` and begins at or before the first: behind
    a participle, between quotative and verb, or a topic before."""
    limit, quotative = ends
    cited = _cited(sentence, words, limit)
    if cited is not None:
        return cited
    behind = sentence.tokens[cue.last : cue.last + 1]
    if "verbs.participle" in cue.labels and behind and behind[0].word:
        return _phrase_after(sentence, words, cue.last)
    near = _topics(sentence, words, quotative + 1, cue.first)
    if near:
        return near[-1].first, near[-1].last
    edge = _said_before(sentence, words, limit)
    later = _topics(sentence, words, edge, limit) if edge else []
    found = _best([one for one in later if one.strong], sentence, words)
    found = found or _best(_topics(sentence, words, 0, edge or limit), sentence, words)
    return found or _unknown(sentence, words, limit, quotation=limit < quotative)


def _cited(sentence: Sentence, words: Lexicon, limit: int) -> tuple[int, int] | None:
    """Whom an outlet cites before token `limit`, where that is no outlet: "간부를 인용해"."""
    for place in range(2, limit):
        if "relays.citing" in words.labels(sentence.tokens[place].normal):
            phrase = _phrase_before(sentence, words, place - 2)
            if phrase and not _is_outlet(sentence, phrase[0], phrase[1] - 1):
                return phrase
    return None


def _unknown(
    sentence: Sentence, words: Lexicon, limit: int, *, quotation: bool
) -> tuple[int, int] | None:
    """The topic that opens the sentence though no table knows it, before a quotation or a day, or a
    name: "오로라는 “…”라고 적었다"."""
    place = next((n for n in range(1, min(limit, _FOREIGN)) if _glued(sentence, n)), 0)
    if not place or not sentence.tokens[place - 1].word:
        return None
    topic = "clause.topic" in words.labels(sentence.tokens[place].normal)
    named = _korean(sentence.tokens[place - 1], words)
    named |= _on_a_day(sentence, place + 1)
    first = next((n for n in range(place) if not _loose(sentence, words, n)), place)
    return (first, place) if topic and first < place and (quotation or named) else None


def _on_a_day(sentence: Sentence, place: int) -> bool:
    """Whether a day stands there, when somebody spoke: "青葉精機は1日、"."""
    day = sentence.tokens[place : place + 2]
    return len(day) > 1 and day[0].text.isdigit() and day[1].text[0] in "日일"


def _best(topics: Sequence[_Topic], sentence: Sentence, words: Lexicon) -> tuple[int, int] | None:
    """The first topic, else the subject that opens the sentence, unless the sentence goes on
    with who spoke before ("이어 정부가 …")."""
    strong = next((one for one in topics if one.strong), None)
    if strong is not None:
        return strong.first, strong.last
    goes_on = "clause.joins" in words.labels(sentence.tokens[0].normal)
    if not topics or goes_on:
        return None
    return topics[0].first, topics[0].last


def _marked(sentence: Sentence, words: Lexicon, place: int, labels: frozenset[str]) -> bool:
    """Whether the particle at `place` makes a noun the subject of what is said: "회의가 늦다고"."""
    its = words.labels(sentence.tokens[place].normal)
    return bool(its & {"clause.topic", "clause.subject"}) and "speakers.lead" not in labels


_DATES = frozenset("일월日月")  # day and month, behind their numbers


def _dated(sentence: Sentence, place: int) -> bool:
    """Whether a mark or number belongs to a date and not to what is said: "31일", not "2분기"."""
    token = sentence.tokens[place]
    behind = sentence.tokens[place + 1 : place + 2]
    return not token.text[0].isdigit() or any(one.text in _DATES for one in behind)


def _said_before(sentence: Sentence, words: Lexicon, limit: int) -> int:
    """The token behind the last verb of saying before token `limit`, 0 without one."""
    edge = 0
    for place in range(limit):
        if sentence.quoted[place] < 0:
            labels = words.labels(sentence.tokens[place].normal)
            if "verbs.say" in labels:
                edge = place + 1
    return edge


def _topics(sentence: Sentence, words: Lexicon, first: int, limit: int) -> list[_Topic]:
    """Phrases before a topic or subject particle in tokens ``first:limit`` that may speak."""
    found = []
    for place in range(first + 1, limit):
        if sentence.quoted[place] >= 0 or not _glued(sentence, place):
            continue
        labels = words.labels(sentence.tokens[place].normal)
        if labels & {"clause.topic", "clause.subject"}:
            phrase = _phrase_before(sentence, words, place - 1, first)
            if phrase is not None:
                found.append(_Topic(*phrase, "clause.topic" in labels))
    return found


def _phrase_before(
    sentence: Sentence, words: Lexicon, last: int, first: int = 0
) -> tuple[int, int] | None:
    """The noun phrase that ends at token `last`, None where it cannot be a source."""
    edge = last + 1
    while edge > first and last - edge < _PHRASE and _joins(sentence, words, edge - 1):
        edge -= 1
    while edge <= last and _loose(sentence, words, edge):
        edge += 1
    if edge > last:
        return None
    head = words.labels(sentence.tokens[last].normal)
    named = any(one.last == last + 1 and one.labels & _HEADS for one in sentence.found)
    titled = last > edge and _korean(sentence.tokens[last], words)
    titled = titled and "speakers.roles" in words.labels(sentence.tokens[last - 1].normal)
    known = head & _HEADS or named or titled  # "주장 손태오"
    return (edge, last + 1) if known or _is_outlet(sentence, edge, last) else None


def _phrase_after(sentence: Sentence, words: Lexicon, first: int) -> tuple[int, int] | None:
    """The noun phrase that begins at token `first`, up to its particle."""
    last = first
    while last < len(sentence.tokens) and last - first < _PHRASE and _joins(sentence, words, last):
        last += 1
    return _phrase_before(sentence, words, last - 1, first) if last > first else None


def _joins(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a token may stand in a noun phrase."""
    token = sentence.tokens[place]
    if sentence.quoted[place] >= 0 or token.text in _EDGES or not token.text[0].isalnum():
        return False
    labels = words.labels(token.normal)
    if "speakers.inside" in labels and place and _glued(sentence, place):
        return True
    particle = "speakers.stop" in labels or "clause.enclitic" in labels
    if particle and place and _glued(sentence, place):
        return False
    return not labels & {"verbs.say", "verbs.participle", "clause.break", "clause.subjunctive"}


def _loose(sentence: Sentence, words: Lexicon, place: int) -> bool:
    """Whether a token only stands before a phrase: "meanwhile", a day, a participle."""
    token = sentence.tokens[place]
    labels = words.labels(token.normal)
    if labels & {"speakers.lead", "speakers.when", "speakers.inside"} or not token.word:
        return True
    if token.text == "일" or "speakers.roles" in labels:
        return token.text == "일"
    relates = token.text[-1] in _RELATING and not labels & _HEADS and not _korean(token, words)
    return relates and place + 1 < len(sentence.tokens)


# Last syllables of verbs that qualify a noun: "요구한 관계자", "만난 당국자", "応じた高官".
_RELATING = frozenset("한된던난린른진된킨친たるい")


def _is_outlet(sentence: Sentence, first: int, last: int) -> bool:
    from provenance.naming import outlets

    for start in range(first, last + 1):  # "북한 조선중앙통신"
        text = "".join(token.text for token in sentence.tokens[start : last + 1])
        if len(text) > _SYLLABLES and outlets.lookup(text) is not None:
            return True
    return False


def _begun(sentence: Sentence, words: Lexicon, speaker: tuple[int, int] | None, end: int) -> int:
    """Where what is said begins: past the speaker, past what was said before and past when and
    where it was said."""
    before = speaker[1] if speaker is not None and speaker[1] <= end else 0
    start = max(before, _said_before(sentence, words, end))
    last = start
    for place in range(start, end):
        token = sentence.tokens[place]
        if sentence.quoted[place] >= 0:
            break
        labels = words.labels(token.normal)
        if "clause.subject" in labels and place > last and _glued(sentence, place):
            break
        leads = labels & {"clause.lead", "relays.citing"}
        if (
            leads
            and not _marked(sentence, words, place + 1, labels)
            and place - start < 2 * _BETWEEN
        ):
            last = place + 1
        loose = labels & {"clause.enclitic", "speakers.when", "clause.joins", "speakers.lead"}
        dated = token.text in _DATES or (not token.word and _dated(sentence, place))
        if place == last and (loose or dated):
            last = place + 1
    return last


def _korean(token: Token, words: Lexicon) -> bool:
    """Whether a word reads as a Korean name: a surname and two syllables, no other word."""
    text = token.text
    if len(text) != _SYLLABLES or not all("가" <= char <= "힣" for char in text):
        return False
    return "speakers.surname" in words.labels(text[0]) and not words.labels(token.normal) & _KNOWN


def name(every: Sequence[Token], words: Lexicon, spoken: Sequence[str]) -> str:
    """The personal name in a phrase, in full where it was spoken of so: "김 장관", "트럼프
    대통령" after "도널드 트럼프 미국 대통령"; empty without one."""
    if words.unspaced:
        return _before_role(every, words, spoken)
    roles = [
        place for place, one in enumerate(every) if "speakers.roles" in words.labels(one.normal)
    ]
    known = (words.labels(token.normal) & _KNOWN or not token.word for token in every)
    run = next((place for place, label in enumerate(known) if label), len(every))
    lone = [place for place in roles if place and _korean(every[place - 1], words)]
    behind = not roles or roles[-1] == len(every) - 2
    if every and behind and _korean(every[-1], words):
        return every[-1].text
    if run <= 1 and (lone or (every and _korean(every[0], words))):
        return every[lone[-1] - 1 if lone else 0].text
    if not 0 < run <= _FOREIGN or not roles:
        return ""
    short = " ".join(token.text for token in every[:run])
    bodied = all("speakers.groups" in words.labels(one.normal) for one in every[1 : roles[0]])
    surname = short if len(short) > 1 and bodied else ""
    return _fullest(short, spoken) or (short if run > 1 else surname)


def _before_role(every: Sequence[Token], words: Lexicon, spoken: Sequence[str]) -> str:
    """The word before the last role, in full where it was spoken of so: "ホルデン首相" after
    "エリック・ホルデン首相", "槙野氏" after "槙野亮太国土交通相"."""
    for place in range(len(every) - 1, 0, -1):
        short = every[place - 1]
        title = "speakers.roles" in words.labels(every[place].normal)
        if title and short.word and not words.labels(short.normal):
            full = (
                one for one in reversed(spoken)
                if one.startswith(short.text) or one.endswith("・" + short.text)
            )  # fmt: skip
            return next(full, short.text)
    return ""


def _fullest(short: str, spoken: Sequence[str]) -> str:
    """The last name spoken of that `short` is the surname of."""
    return next(
        (
            one
            for one in reversed(spoken)
            if one.endswith(" " + short)
            or (len(short) == 1 and one.startswith(short))
            or one == short
        ),
        "",
    )
