"""The small words that turn a sentence: negation, hedges, quantifiers, conditions, tense."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from provenance.languages import negation, table
from provenance.languages.words import fold
from provenance.matching._prepare import Prepared, Token

_REACH = 5  # tokens from a mark to the word it governs
_ENDINGS = "_endings"  # of a class of endings
_AFFIXED = 6  # letters: shorter words with such a beginning are mostly unaffixed (unit, into)


@dataclass(frozen=True, slots=True)
class Mark:
    """A word or phrase of the class `kind`, tokens ``first:last``; `head` is the token it governs.

    Kinds: ``negation``, ``denied`` (denies, in a language whose small words are not listed),
    ``soft negation`` (may be one), ``possible``, ``likely``, ``doubt`` (surely hedges), ``duty``,
    ``intent``, ``certain``, ``approximate``, ``soft`` (may render a hedge), ``reported`` (a future
    told in the past), ``all``, ``most``, ``some``, ``none``, ``only``, ``answer`` (may render a
    negation), ``condition``, ``soft condition``, ``contrast``, ``future``, ``past``.
    """

    kind: str
    first: int
    last: int
    head: int | None


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: Mapping[str, tuple[str, ...]]  # surface → kinds
    phrases: Mapping[str, Sequence[tuple[tuple[str, ...], str]]]  # first word → (words, kind)
    endings: Sequence[tuple[str, str]]  # of verbs that carry the kind: (ending, kind)


def has_marks(language: str) -> bool:
    """Whether the language's small words are known, those that deny among them."""
    return "negation" in table(language, "meaning")


@lru_cache(maxsize=4096)
def marks(prepared: Prepared) -> tuple[Mark, ...]:
    """Every mark of `prepared`, in order; phrases win over the words they are made of."""
    return tuple(_marks(prepared.tokens, prepared.language))


def _marks(tokens: Sequence[Token], language: str) -> Iterator[Mark]:
    lexicon = _lexicon(language)
    at = 0
    while at < len(tokens):
        size, kind = _phrase(tokens, at, lexicon)
        if size:
            if kind != "idle":
                yield Mark(kind, at, at + size, _head(tokens, at + size, lexicon))
            at += size
            continue
        kinds = _kinds(tokens[at], language, lexicon)
        verb = not tokens[at].lexeme.stop and not ("none" in kinds and _heads(tokens, at + 1))
        for kind in kinds:
            own = verb and kind in ("negation", "soft negation")
            head = at if own else _head(tokens, at + 1, lexicon)
            yield Mark(kind, at, at + 1, head)
        at += 1


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
    """Whether a word is that of a phrase, of which `*` leaves the ending open."""
    return word == listed or (listed.endswith("*") and word.startswith(listed[:-1]))


def _kinds(token: Token, language: str, lexicon: _Lexicon) -> tuple[str, ...]:
    surface = token.lexeme.surface
    if token.lexeme.value is not None or token.name:  # "May" is a month, "Will" a man
        return ()
    known = lexicon.words.get(surface)
    if known is not None:
        return known
    inflected = tuple(kind for ending, kind in lexicon.endings if surface.endswith(ending))
    if not has_marks(language) and negation.denying(surface, language):
        inflected = (*inflected, "denied")
    if inflected:
        return inflected
    affixed = len(surface) >= _AFFIXED and negation.affixed(surface, language)
    return ("soft negation",) if affixed else ()


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
    modality = table(language, "meaning").get("modality", {}).items()
    endings = [
        (fold(ending), kind.removesuffix(_ENDINGS))
        for kind, written in modality
        if kind.endswith(_ENDINGS)
        for ending in written.split()
    ]
    return _Lexicon(words, ordered, endings)


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
    for phrase in denying.get("idle", ()):
        yield "idle", phrase
    sections = (("modality", ""), ("quantifiers", ""), ("tense", ""))
    for section, _ in sections:
        for kind, written in meaning.get(section, {}).items():
            if kind.endswith(_ENDINGS):
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
