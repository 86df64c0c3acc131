"""What the model sees of each token, as numbers: hashes of words, classes and states.

Everything is computed for a whole page at once in NumPy, so that sixty features a token
cost little more than one. A feature is a template (which arrays, at which offsets) and the
values found there, hashed to a bucket; weights are looked up by bucket. Templates speak of
word classes, cues, quotation state and what the rules found, which mean the same in every
language, beside the words themselves.
"""

from __future__ import annotations

import re
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

BITS = 22
_CLASSES = (
    "verbs.say", "verbs.tell", "verbs.think", "verbs.call", "verbs.participle",
    "frames.before", "frames.after", "frames.trail", "frames.as", "clause.that", "clause.break",
    "clause.auxiliaries", "clause.subjunctive", "speakers.determiners", "speakers.inside",
    "speakers.roles", "speakers.groups", "speakers.documents", "speakers.anonymous",
    "pronouns.he", "pronouns.she", "pronouns.they", "pronouns.it", "pronouns.i", "pronouns.who",
)  # fmt: skip
_CUES = frozenset(_CLASSES[:8])
_BUCKETS = (1, 2, 3, 5, 8, 13, 21, 34)
_OUT, _IN, _OPEN, _CLOSE = range(4)

# Arrays by name: w word, s its last three letters, k its class from unlabelled text, h shape,
# c lexicon classes, q quotation state, p place in sentence, l/r nearest cue to the left and
# right (word, distance, what stands between), u what the rules found, g the paragraph.
_TEMPLATES = """
w0|w-1|w1|w-2|w2|w-3|w3|w-1 w0|w0 w1|w-2 w-1|w1 w2
s0|s-1|s1|h-1|h0|h1|h-1 h0 h1
k0|k-1|k1|k-2|k2|k-3|k3|k-1 k0|k0 k1|k-2 k-1|k1 k2|k-1 k0 k1|k-2 k-1 k0|k0 k1 k2
c0|c-1|c1|c-2|c2|c-3|c3|c-4|c4|c-1 c0|c0 c1|c-1 w0|c-2 c-1 c0|c0 c1 c2|c-1 k0|c-2 k-1 k0
q0|q-1|q1|q0 q1|q-1 q0|q-1 q0 w0|q0 c0|q0 w-1|q0 w1
p0|e0|p0 w0|p0 q0|p0 e0 g0
lw0|ld0|lm0|lw0 ld0|lm0 ld0|lm0 k0|lm0 w0|lm0 w-1|lw0 lm0|lw0 w-1|lw0 k0|lm0 q0
rw0|rd0|rm0|rw0 rd0|rm0 rd0|rm0 k0|rm0 w0|rw0 rm0|rw0 w1|rm0 q0|lm0 rm0|lm0 rm0 q0|lw0 rw0
u0|u-1|u1|u-1 u0|u0 u1|u0 w0|u0 w-1|u0 k0|u0 q0|u0 lm0|u0 rm0|u0 c0|u0 ld0|u-2|u2
t0|t0 u0|t0 q0|t0 p0|g0 q0|v0|v0 q0|v0 p0|v0 u0
"""
_NAMES = (
    "w",
    "s",
    "k",
    "h",
    "c",
    "q",
    "p",
    "e",
    "g",
    "t",
    "v",
    "lw",
    "ld",
    "lm",
    "rw",
    "rd",
    "rm",
    "u",
)
_PART = re.compile(r"([a-z]+)(-?\d)")
TEMPLATES: tuple[tuple[tuple[str, int], ...], ...] = tuple(
    tuple((name, int(offset)) for name, offset in _PART.findall(template))
    for template in _TEMPLATES.replace("\n", "|").strip("|").split("|")
)


def arrays(
    page: Page, claims: Sequence[Claim], classes: Mapping[str, int]
) -> dict[str, NDArray[Any]]:
    """The base arrays of a page, one value a token, by the names the templates use."""
    import numpy as np

    columns: dict[str, list[int]] = {name: [] for name in _NAMES}
    found = _found(page, claims)
    quoted_before = 0
    for sentence in page.sentences:
        _words(sentence, page.lexicon, classes, columns)
        _states(sentence, columns)
        _cues(sentence, page.lexicon, columns)
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
    return {name: np.array(column, dtype=np.uint64) for name, column in columns.items()}


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
    sentence: Sentence, words: Lexicon, classes: Mapping[str, int], columns: dict[str, list[int]]
) -> None:
    for token in sentence.tokens:
        normal = "0" if token.text[0].isdigit() else token.normal
        columns["w"].append(crc32(normal.encode("utf-8", "replace")))
        columns["s"].append(crc32(normal[-3:].encode("utf-8", "replace")))
        shape = 1 + token.capital + (token.text.isupper() and len(token.text) > 1)
        shape = shape if token.word else 4 + token.text[0].isdigit()
        columns["h"].append(shape)
        columns["k"].append(classes.get(normal, 1_000 + shape))
        columns["c"].append(_class(words.labels(token.normal)))
    offset = len(columns["c"]) - len(sentence.tokens)
    for one in sentence.found:
        extra = _class(one.labels)
        for place in range(one.first, one.last):
            columns["c"][offset + place] |= extra


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


def bucket(count: int) -> int:
    """`count` on a coarse logarithmic scale."""
    for number, bound in enumerate(_BUCKETS):
        if count <= bound:
            return number
    return len(_BUCKETS)


def buckets(base: Mapping[str, NDArray[Any]]) -> NDArray[np.uint32]:
    """The bucket of every template's feature at every token: tokens × templates."""
    import numpy as np

    count = len(base["w"])
    table = np.empty((count, len(TEMPLATES)), dtype=np.uint32)
    mixed = {
        name: column * np.uint64(0x9E3779B97F4A7C15) + np.uint64(1) for name, column in base.items()
    }
    for number, template in enumerate(TEMPLATES):
        value = np.full(count, number * 0x632BE59BD9B4E019 % 2**64, dtype=np.uint64)
        for name, offset in template:
            value = (value ^ _shifted(mixed[name], offset)) * np.uint64(0xFF51AFD7ED558CCD)
            value ^= value >> np.uint64(33)
        table[:, number] = (value >> np.uint64(64 - BITS)).astype(np.uint32)
    return table


def _shifted(column: NDArray[Any], offset: int) -> NDArray[Any]:
    import numpy as np

    if not offset:
        return column
    moved = np.zeros_like(column)
    if offset > 0:
        moved[:-offset] = column[offset:]
    else:
        moved[-offset:] = column[:offset]
    return moved
