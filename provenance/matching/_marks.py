"""The small words that turn a sentence: negation, hedges, quantifiers, conditions, tense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from provenance.languages import negation, table
from provenance.languages.words import fold
from provenance.languages.writing import capital_nouns
from provenance.matching._prepare import Prepared, Token
from provenance.matching._senses import lexemes

_REACH = 5  # tokens from a mark to the word it governs
_ENDINGS = "_endings"  # of a class of endings
_FINAL = "_final" + _ENDINGS  # of words that carry it at the end of a sentence alone
_FRAMES = "_frames"  # of a class of frames
GAP = 12
"""Tokens between the words of a frame."""
_ENDS = ".!?…"
_STOPS = f",;:–—{_ENDS}"
_REST = 3  # letters of the word that is denied
_AFFIXED = 6  # letters: shorter words with such a beginning are mostly unaffixed (unit, into)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or phrase of the class `kind`, tokens ``first:last``; `head` is the token it governs.

    Kinds: ``negation``, ``denied`` (denies, in a language whose small words are not listed), ``soft
    negation`` (may be one), ``possible``, ``likely``, ``doubt`` (surely hedges), ``duty``,
    ``intent``, ``certain``, ``approximate``, ``soft`` (may render a hedge), ``reported`` (a future
    told in the past), ``hearsay`` (others say so), ``distance`` (may render that), ``all``,
    ``most``, ``some``, ``none``, ``only``, ``answer`` (may render a negation), ``condition``,
    ``soft condition``, ``contrast``, ``future``, ``past``.
    """

    kind: str
    first: int
    last: int
    head: int | None


@dataclass(frozen=True, slots=True)
class _Frame:
    """Words that carry a kind together, others between them: *soll … ge*t haben*."""

    opening: tuple[str, ...]
    closing: tuple[str, ...]
    kind: str


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: Mapping[str, tuple[str, ...]]  # surface → kinds
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]  # first word → (words, kind)
    frames: Mapping[str, Sequence[_Frame]]  # first word → what it opens
    endings: Sequence[tuple[str, str]]  # of verbs that carry the kind: (ending, kind)
    final: Sequence[tuple[str, str]]  # of those that carry it at the end of a sentence alone


def has_marks(language: str) -> bool:
    """Whether the language's small words are known, those that deny among them."""
    return "negation" in table(language, "meaning")


@lru_cache(maxsize=4096)
def marks(prepared: Prepared) -> tuple[Mark, ...]:
    """Every mark of `prepared`, in order; phrases win over the words they are made of."""
    return tuple(_marks(prepared))


def _marks(prepared: Prepared) -> Iterator[Mark]:
    tokens, language = prepared.tokens, prepared.language
    lexicon = _lexicon(language)
    at, idle = 0, _idle(prepared, lexicon)
    while at < len(tokens):
        size, kind = _phrase(tokens, at, lexicon)
        if size and not (kind == "negation" and at in idle):
            if kind != "idle":
                yield Mark(kind, at, at + size, _head(tokens, at + size, lexicon))
            at += size
            continue
        yield from _framed(prepared, at, lexicon)
        kinds = _kinds(tokens[at], language, lexicon)
        verb = not tokens[at].lexeme.stop and not ("none" in kinds and _heads(tokens, at + 1))
        if at in idle or _numbers(prepared, at):
            kinds = tuple(kind for kind in kinds if kind != "negation")
        for kind in kinds:
            own = verb and kind in ("negation", "soft negation")
            head = at if own else _head(tokens, at + 1, lexicon)
            yield Mark(kind, at, at + 1, head)
        at += 1


def _numbers(prepared: Prepared, at: int) -> bool:
    """Whether a token only abbreviates what a number is of: "No. 44"."""
    after = prepared.tokens[at + 1 : at + 2]
    if not after or after[0].lexeme.value is None:
        return False
    return prepared.text[prepared.tokens[at].end : after[0].start].strip() == "."


def _idle(prepared: Prepared, lexicon: _Lexicon) -> set[int]:
    """The words of frames in which nothing is denied: *пока … не*, *nie … wątpliwości*."""
    found: set[int] = set()
    for at, token in enumerate(prepared.tokens):
        for frame in lexicon.frames.get(token.lexeme.surface, ()):
            closing = _closing(prepared, at, frame) if frame.kind == "idle" else None
            if closing is not None:
                found |= {*range(at, at + len(frame.opening))}
                found |= {*range(closing, closing + len(frame.closing))}
    return found


def _framed(prepared: Prepared, at: int, lexicon: _Lexicon) -> Iterator[Mark]:
    """The marks of frames that open at a token; of the words between, each keeps its own."""
    word = prepared.tokens[at].lexeme.surface
    for kind in (kind for ending, kind in lexicon.final if word.endswith(ending)):
        if _stands(prepared, at, ("*",)) and _ends(prepared, at):
            yield Mark(kind, at, at + 1, at)
    for frame in lexicon.frames.get(word, ()):
        if frame.kind == "idle":
            continue
        head = _framing(prepared, at, frame, lexicon)
        if head is not None:
            yield Mark(frame.kind, at, at + 1, head)
            return


def _framing(prepared: Prepared, at: int, frame: _Frame, lexicon: _Lexicon) -> int | None:
    """The word that a frame which opens at a token governs; None where it is not closed."""
    tokens, last = prepared.tokens, at + len(frame.opening)
    if not _stands(prepared, at, frame.opening):
        return None
    if not frame.closing:
        return _head(tokens, last, lexicon) if tokens[last - 1].lexeme.stop else last - 1
    place = _closing(prepared, at, frame)
    return place - 1 if place and tokens[place].lexeme.stop else place


def _closing(prepared: Prepared, at: int, frame: _Frame) -> int | None:
    """Where a frame that opens at a token closes, in the same clause."""
    last = at + len(frame.opening)
    if not _stands(prepared, at, frame.opening):
        return None
    near = range(last, min(len(prepared.tokens), last + GAP))
    found = (i for i in near if _stands(prepared, i, frame.closing))
    return next((i for i in found if not _stopped(prepared, at, i)), None)


def _ends(prepared: Prepared, at: int) -> bool:
    """Whether a token is the last of its sentence."""
    return at + 1 == len(prepared.tokens) or _stopped(prepared, at, at + 1, _ENDS)


def _stands(prepared: Prepared, at: int, words: Sequence[str]) -> bool:
    """Whether these words stand there; one whose form is open is no noun, so has no capital."""
    found = prepared.tokens[at : at + len(words)]
    return len(found) == len(words) and all(
        _reads(token.lexeme.surface, word)
        and not ("*" in word and prepared.text[token.start].isupper())
        for token, word in zip(found, words, strict=True)
    )


def _stopped(prepared: Prepared, first: int, last: int, stops: str = _STOPS) -> bool:
    """Whether a comma or another stop parts two tokens."""
    start, end = prepared.tokens[first].end, prepared.tokens[last].start
    return any(char in stops for char in prepared.text[start:end])


def _heads(tokens: Sequence[Token], at: int) -> bool:
    """Whether a content word stands there, which a word before it is of: "aucun site"."""
    return at < len(tokens) and not tokens[at].lexeme.stop


def _phrase(tokens: Sequence[Token], at: int, lexicon: _Lexicon) -> tuple[int, str]:
    for words, kind in lexicon.phrases.get(tokens[at].lexeme.surface, ()):
        found = [token.lexeme.surface for token in tokens[at : at + len(words)]]
        if len(found) == len(words) and all(map(_reads, found, words)):
            return len(words), kind
    return 0, ""


def _reads(word: str, listed: str) -> bool:
    """Whether a word is that of a phrase, of which `*` leaves any letters open."""
    start, _, end = listed.partition("*")
    return word == listed or (
        "*" in listed
        and len(word) > len(start) + len(end)
        and word.startswith(start)
        and word.endswith(end)
    )


def _kinds(token: Token, language: str, lexicon: _Lexicon) -> tuple[str, ...]:
    surface = token.lexeme.surface
    if token.lexeme.value is not None:
        return ()
    if token.name and not capital_nouns(language):  # "May" is a month, "Will" a man
        return ()
    known = lexicon.words.get(surface)
    if known is not None:
        return known
    inflected = tuple(kind for ending, kind in lexicon.endings if surface.endswith(ending))
    if not has_marks(language) and negation.denying(surface, language):
        inflected = (*inflected, "denied")
    if inflected:
        return inflected
    return ("soft negation",) if _affixed(surface, language) else ()


@lru_cache(maxsize=20_000)
def _affixed(surface: str, language: str) -> bool:
    """Whether a word is another one with a beginning or an ending that denies it."""
    form = lexemes(language)
    rests = negation.unaffixed(surface, language) if len(surface) >= _AFFIXED else ()
    return any(len(rest) >= _REST and form(rest).known for rest in rests)


def _head(tokens: Sequence[Token], start: int, lexicon: _Lexicon) -> int | None:
    """The next content word, else the one before."""
    for place in range(start, min(start + _REACH, len(tokens))):
        if not tokens[place].lexeme.stop and tokens[place].lexeme.surface not in lexicon.words:
            return place
    for place in range(start - 2, max(start - 2 - _REACH, -1), -1):
        if not tokens[place].lexeme.stop:
            return place
    return None


@cache
def _lexicon(language: str) -> _Lexicon:
    words: dict[str, tuple[str, ...]] = {}
    phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
    for kind, written in _classes(language):
        parts = tuple(fold(part) for part in written.replace("-", " ").split())
        if len(parts) > 1:
            phrases.setdefault(parts[0], []).append((parts, kind))
        elif kind not in words.get(parts[0], ()):
            words[parts[0]] = (*words.get(parts[0], ()), kind)
    ordered = {first: sorted(found, key=lambda p: -len(p[0])) for first, found in phrases.items()}
    endings, final = _endings(language, _ENDINGS), _endings(language, _FINAL)
    return _Lexicon(words, ordered, _frames(language), endings, final)


def _endings(language: str, suffix: str) -> list[tuple[str, str]]:
    """Endings with the kinds that words carry by them."""
    modality = table(language, "meaning").get("modality", {}).items()
    return [
        (fold(ending), kind.removesuffix(suffix))
        for kind, written in modality
        if kind.endswith(suffix) and kind.endswith(_FINAL) == (suffix == _FINAL)
        for ending in written.split()
    ]


def _frames(language: str) -> Mapping[str, Sequence[_Frame]]:
    """The frames of the language's table by their first word."""
    meaning = table(language, "meaning")
    listed = [
        (kind.removesuffix(_FRAMES), frame)
        for kind, written in meaning.get("modality", {}).items()
        for frame in (written if kind.endswith(_FRAMES) else ())
    ]
    idle = meaning.get("negation", {}).get("idle", ())
    listed += [("idle", phrase) for phrase in idle if "…" in phrase]
    found: dict[str, list[_Frame]] = {}
    for kind, frame in listed:
        opening, _, closing = (tuple(fold(part).split()) for part in frame.partition("…"))
        found.setdefault(opening[0], []).append(_Frame(opening, closing, kind))
    return found


def _classes(language: str) -> Iterator[tuple[str, str]]:
    """Every (kind, word or phrase) of the language's table; hyphens part words of a phrase."""
    meaning = table(language, "meaning")
    denying = meaning.get("negation", {})
    for word in denying.get("particles", "").split() + denying.get("verbs", "").split():
        yield "negation", word
    for pair in denying.get("affixed", "").split():
        yield "negation", pair.partition(":")[0]
    for word in denying.get("answers", "").split():
        yield "answer", word
    yield from (("idle", phrase) for phrase in denying.get("idle", ()) if "…" not in phrase)
    sections = (("modality", ""), ("quantifiers", ""), ("tense", ""))
    for section, _ in sections:
        for kind, written in meaning.get(section, {}).items():
            if kind.endswith((_ENDINGS, _FRAMES)):
                continue
            if isinstance(written, str):
                yield from ((kind, word) for word in written.split())
            else:
                yield from ((kind.removesuffix("_phrases"), phrase) for phrase in written)
    conditions = meaning.get("conditions", {})
    yield from (("condition", word) for word in conditions.get("words", "").split())
    yield from (("condition", phrase) for phrase in conditions.get("phrases", ()))
    yield from (("soft condition", word) for word in conditions.get("soft", "").split())
    yield from (("contrast", word) for word in meaning.get("contrast", {}).get("words", "").split())


def restricts(word: str, language: str) -> bool:
    """Whether a folded word says that nothing else does: only, nur, лише."""
    return "only" in _lexicon(language).words.get(word, ())


@cache
def denials(language: str) -> frozenset[str]:
    """Words that deny a whole clause, folded: not, never."""
    written = table(language, "meaning").get("negation", {}).get("clause", "")
    return frozenset(fold(word) for word in written.split())


@cache
def reporting(language: str) -> frozenset[str]:
    """Words of reporting, folded: their loss or gain changes nothing that was said."""
    written = table(language, "meaning").get("reporting", "")
    return frozenset(fold(word) for word in written.split())
