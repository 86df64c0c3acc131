"""What the model sees of each token, as numbers: words, classes and states.

A token is known by columns of small numbers: its word and ending, what the lexicon says of
it, the state of quotation, the cues nearest to it, what the rules found. They speak of
classes, cues and states, which mean the same in every language, beside the words themselves.
The network (`_network`) has a row of weights for every value of every column.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any
from zlib import crc32

from provenance.model import Span
from provenance.quoting._claims import Claim
from provenance.quoting._lexicon import Lexicon
from provenance.quoting._page import Page, Sentence

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_CLASSES = (
    "verbs.say", "verbs.tell", "verbs.think", "verbs.call", "verbs.participle",
    "frames.before", "frames.after", "frames.trail", "frames.as", "clause.that", "clause.break",
    "clause.auxiliaries", "clause.subjunctive", "speakers.determiners", "speakers.inside",
    "speakers.roles", "speakers.groups", "speakers.documents", "speakers.anonymous",
    "pronouns.he", "pronouns.she", "pronouns.they", "pronouns.it", "pronouns.i", "pronouns.who",
    "clause.nouns", "clause.hearsay",
)  # fmt: skip
_CUES = frozenset(_CLASSES[:8])
_BUCKETS = (1, 2, 3, 5, 8, 13, 21, 34)
_OUT, _IN, _OPEN, _CLOSE = range(4)
# Words without a class get one by their shape, above the 200 classes of the known.
_UNKNOWN = 200

# Columns by name and how many values each may take: w word by its row in the vocabulary
# (see `arrays`), s its last three letters, k its class from unlabelled text, h shape, q quotation
# state, p and e place in the sentence from either end, g paragraph, t and v what this sentence
# and the one before hold, l/r nearest cue to the left and right (w which, d how far, m what
# stands between), up and ur what the rules found (which part of a claim, by which rule), n how
# the clause begins and in which mood it is, b the class of the last word before it.
SIZES = {
    "s": 4096, "k": 256, "h": 8, "q": 64, "p": 8, "e": 8, "g": 16, "t": 64, "v": 64,
    "lw": 1024, "ld": 16, "lm": 32, "rw": 1024, "rd": 16, "rm": 32, "up": 7, "ur": 64,
    "n": 64, "b": 256,
}  # fmt: skip
# Bits of the column c.
BITS = len(_CLASSES)


def arrays(
    page: Page, claims: Sequence[Claim], vocabulary: Mapping[str, int], kinds: NDArray[Any]
) -> dict[str, NDArray[np.int64]]:
    """The columns of a page, one value a token.

    `vocabulary` gives each known word its row, from 1, and `kinds` the class of each row.
    "w" is the row or 0, "c" the lexicon's classes as bits, the rest is as in `SIZES`.
    """
    import numpy as np

    columns: dict[str, list[int]] = {name: [] for name in ("w", "c", "u", "before", *SIZES)}
    found = _found(page, claims)
    quoted_before = 0
    for sentence in page.sentences:
        _words(sentence, page.lexicon, vocabulary, columns)
        _states(sentence, columns)
        _cues(sentence, page.lexicon, columns)
        _clauses(sentence, page.lexicon, columns)
        columns["u"].extend(found.get(token.start, 0) for token in sentence.tokens)
        count = len(sentence.tokens)
        quotes = min(2, len(sentence.passages))
        opens = 1 + sentence.opens_block
        moods = min(2, _subjunctives(sentence, page.lexicon))
        columns["t"].extend([quotes * 4 + opens + 16 * moods] * count)
        columns["g"].extend([min(sentence.block, 3) * 2 + opens] * count)
        columns["v"].extend([quoted_before] * count)
        claimed = found.get(sentence.tokens[-1].start, 0) % 7 > 0
        quoted_before = quotes + 4 * claimed + 16 * moods
    known = np.array(columns["w"], dtype=np.int64)
    shape, rules = np.array(columns["h"]), np.array(columns.pop("u"), dtype=np.int64)
    columns |= {"up": [], "ur": [], "k": [], "b": []}
    made = {name: np.array(column, dtype=np.int64) for name, column in columns.items()}
    made |= {"up": rules % 7, "ur": rules // 7}
    made["k"] = np.where(known > 0, kinds[known], _UNKNOWN + shape)
    before = made.pop("before")
    made["b"] = np.where(before < 0, 255, made["k"][before])
    return {
        name: column % SIZES[name] if name in SIZES else column for name, column in made.items()
    }


def _found(page: Page, claims: Sequence[Claim]) -> dict[int, int]:
    """What the rules found at each token, by its offset: which part of which rule's claim."""
    found: dict[int, int] = {}
    starts = [token.start for sentence in page.sentences for token in sentence.tokens]
    for claim in claims:
        number = crc32(claim.rule.encode()) % 10_007 * 7
        _put(found, starts, claim.speaker, number + 4)
        _put(found, starts, claim.cue, number + 3)
        for span in claim.spans:
            _put(found, starts, span, number + 2)
            if span.start in found:
                found[span.start] = number + 1
    return found


def _put(found: dict[int, int], starts: Sequence[int], span: Span | None, value: int) -> None:
    if span is not None:
        for place in range(bisect_left(starts, span.start), bisect_left(starts, span.end)):
            found[starts[place]] = value


def _words(
    sentence: Sentence,
    words: Lexicon,
    vocabulary: Mapping[str, int],
    columns: dict[str, list[int]],
) -> None:
    for token in sentence.tokens:
        normal = "0" if token.text[0].isdigit() else token.normal
        columns["w"].append(_row(normal, vocabulary, words.compounds))
        columns["s"].append(crc32(normal[-3:].encode("utf-8", "replace")))
        shape = 1 + token.capital + (token.text.isupper() and len(token.text) > 1)
        shape = shape if token.word else 4 + token.text[0].isdigit()
        columns["h"].append(shape)
        columns["c"].append(_class(words.labels(token.normal)))
    offset = len(columns["c"]) - len(sentence.tokens)
    for one in sentence.found:
        extra = _class(one.labels)
        for place in range(one.first, one.last):
            columns["c"][offset + place] |= extra


# Letters of the shortest word a compound may end with, and of what stands before it.
_TAIL, _FRONT = 5, 2


def _row(word: str, vocabulary: Mapping[str, int], compounds: bool) -> int:
    """The row of a word; of an unknown compound that of the longest known word it ends with,
    which says what it is ("Bundesumweltministerium"); else 0."""
    row = vocabulary.get(word, 0)
    if row or not compounds:
        return row
    tails = (word[start:] for start in range(_FRONT, len(word) - _TAIL + 1))
    return next((vocabulary[tail] for tail in tails if tail in vocabulary), 0)


def _class(labels: frozenset[str]) -> int:
    return sum(1 << bit for bit, name in enumerate(_CLASSES) if name in labels) if labels else 0


def _states(sentence: Sentence, columns: dict[str, list[int]]) -> None:
    """Inside or outside quotation marks, how long the passage is, and where in the sentence."""
    count = len(sentence.tokens)
    for place, index in enumerate(sentence.quoted):
        if index < 0:
            columns["q"].append(_OUT)
        else:
            first, last = sentence.held[index]
            state = _OPEN if place == first else _CLOSE if place == last - 1 else _IN
            columns["q"].append(4 * bucket(last - first) + state)
        columns["p"].append(min(place, 4))
        columns["e"].append(min(count - 1 - place, 4))


def _cues(sentence: Sentence, words: Lexicon, columns: dict[str, list[int]]) -> None:
    """The nearest cue on either side of each token, how far, and what stands between."""
    count = len(sentence.tokens)
    cues = [0] * count
    for place, token in enumerate(sentence.tokens):
        if sentence.quoted[place] < 0 and words.labels(token.normal) & _CUES:
            cues[place] = crc32(token.normal.encode("utf-8", "replace")) | 1
    for one in sentence.found:
        if one.labels & _CUES and sentence.quoted[one.first] < 0:
            for place in range(one.first, one.last):
                cues[place] = (
                    crc32(sentence.tokens[one.first].normal.encode("utf-8", "replace")) | 1
                )
    marks = [_mark(sentence, words, place) for place in range(count)]
    _sweep(cues, marks, range(count), columns, "l")
    _sweep(cues, marks, range(count - 1, -1, -1), columns, "r")


def _subjunctives(sentence: Sentence, words: Lexicon) -> int:
    """Verbs of reported speech by mood (German: sei, habe, könne), outside quotations."""
    return sum(
        1
        for place, token in enumerate(sentence.tokens)
        if sentence.quoted[place] < 0 and "clause.subjunctive" in words.labels(token.normal)
    )


def _mark(sentence: Sentence, words: Lexicon, place: int) -> int:
    token = sentence.tokens[place]
    if token.text in ",;—–":
        return 1
    if token.text in ":：":
        return 2
    if sentence.quoted[place] >= 0:
        return 8
    labels = words.labels(token.normal)
    return 4 if "clause.that" in labels else 16 if "clause.break" in labels else 0


def _sweep(
    cues: list[int], marks: list[int], order: range, columns: dict[str, list[int]], side: str
) -> None:
    nearest, since, between = 0, 0, 0
    rows: list[tuple[int, int, int]] = []
    for place in order:
        rows.append((nearest, bucket(since) if nearest else 15, between if nearest else 31))
        if cues[place]:
            nearest, since, between = cues[place], 0, 0
        else:
            since += 1
            between |= marks[place]
    if side == "r":
        rows.reverse()
    for name, column in zip(("w", "d", "m"), zip(*rows, strict=True), strict=True):
        columns[side + name].extend(column)


def _clauses(sentence: Sentence, words: Lexicon, columns: dict[str, list[int]]) -> None:
    """Of each token the clause it stands in, which marks part from the next: how it begins,
    whether it has a verb in the mood of reported speech, an infinitive or a word of hearsay;
    and the place of the last word before it, or -1."""
    offset = len(columns["n"])
    first = begins = moods = 0
    for place, token in enumerate(sentence.tokens):
        if token.text in _PARTS:
            columns["n"].extend([begins + moods] * (place - first))
            columns["n"].append(0)
            columns["before"].extend([_last_word(sentence, first, offset)] * (place + 1 - first))
            first, begins, moods = place + 1, 0, 0
            continue
        labels = words.labels(token.normal)
        if place == first:
            begins = 8 if "clause.that" in labels else 16 if "clause.break" in labels else 0
        for bit, name in enumerate(_MOODS):
            if name in labels:
                moods |= 1 << bit
    columns["n"].extend([begins + moods] * (len(sentence.tokens) - first))
    before = _last_word(sentence, first, offset)
    columns["before"].extend([before] * (len(sentence.tokens) - first))


_PARTS = frozenset(",;:—–：，；")
_MOODS = ("clause.subjunctive", "clause.infinitive", "clause.hearsay")


def _last_word(sentence: Sentence, first: int, offset: int) -> int:
    """The place on the page of the last word before token `first` of a sentence, or -1."""
    place = first - 1
    while place >= 0 and not sentence.tokens[place].word:
        place -= 1
    return offset + place if place >= 0 else -1


def bucket(count: int) -> int:
    """`count` on a coarse logarithmic scale."""
    for number, bound in enumerate(_BUCKETS):
        if count <= bound:
            return number
    return len(_BUCKETS)
