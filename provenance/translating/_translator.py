"""Passages through an engine: sentences, legs, masks, distrust; and which engine to take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Protocol

from provenance.languages.sentences import sentences
from provenance.model import Translation
from provenance.translating import _held, _libretranslate, _masking
from provenance.translating._changes import changed_numbers
from provenance.translating._distrust import flags, trust
from provenance.translating._engine import PARAMETERS
from provenance.translating._held import Held
from provenance.translating._packages import Package, route


@dataclass(frozen=True, slots=True)
class _Done:
    """A translated sentence and the mean probability of its tokens."""

    text: str
    score: float
    flags: tuple[str, ...] = ()


_Made = tuple[str, float, tuple[str, ...]]  # a sentence's text, its score, flags of how it came


@dataclass(frozen=True, slots=True)
class _Pair:
    """From which language to which, and names that are known with their English."""

    source: str
    target: str
    names: Mapping[str, str]


class Engine(Protocol):
    """What turns sentences into sentences, each with a confidence in (0, 1]."""

    def translate(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        """One translation a sentence, in order."""
        ...

    def release(self) -> None:
        """Let go of what it holds in memory."""
        ...


class PassageTranslator:
    """One engine, or two one after the other, behind the `Translator` protocol.

    `name`, `package` and `parameters` are recorded with every translation.
    """

    def __init__(
        self, name: str, package: str, parameters: str, legs: Sequence[Callable[[], Engine]]
    ) -> None:
        self.name = name
        self.package = package
        self.parameters = parameters
        self._legs = tuple(legs)

    def translate(
        self,
        texts: Sequence[str],
        source: str,
        target: str,
        names: Mapping[str, str] | None = None,
    ) -> list[Translation]:
        """`texts` translated sentence by sentence, what parts the sentences kept as it is.

        All sentences of all texts go through a leg together. `source` and `target` are the
        codes the translator was asked for; `names` are names as the texts write them, in any
        case, with the English that shall stand for them. Raises `TranslationError` on a broken
        package.
        """
        cut = [_sentences(text, source) for text in texts]
        wanted = dict.fromkeys(piece for pieces in cut for piece, is_text in pieces if is_text)
        pair = _Pair(source, target, names or {})
        done = dict(zip(wanted, self._sentences(list(wanted), pair), strict=True))
        return [
            self._whole(text, pieces, done, pair) for text, pieces in zip(texts, cut, strict=True)
        ]

    def settings(
        self, text: str, source: str, target: str, names: Mapping[str, str] | None = None
    ) -> str:
        """How `text` is translated: the parameters, and the known names in it with their English.

        A translation made with other settings is another translation.
        """
        parts = (piece for piece, is_text in _sentences(text, source) if is_text)
        held = ((part, _held.known(part, source, target, names)) for part in parts)
        told = {f"{part[n.start : n.end]}={n.put}" for part, found in held for n in found}
        return "; ".join(filter(None, [self.parameters, *sorted(told)]))

    def release(self) -> None:
        """Let the memory of the models go."""
        for leg in self._legs:
            leg().release()

    def _sentences(self, found: list[str], pair: _Pair) -> list[_Done]:
        made = self._mended(found, [_held.addresses(sentence) for sentence in found])
        wrong = [number for number, text in enumerate(found) if _spoilt(text, made[number], pair)]
        held = [_held.held(found[n], pair.source, pair.target, pair.names) for n in wrong]
        again = self._mended([found[number] for number in wrong], held)
        for number, better in zip(wrong, again, strict=True):
            made[number] = _better(found[number], made[number], better, pair)
        return [
            _Done(text, score, (*flags(sentence, text, pair.source, pair.target), *extra))
            for sentence, (text, score, extra) in zip(found, made, strict=True)
        ]

    def _through(self, texts: list[str]) -> list[tuple[str, float]]:
        """`texts` through all legs; the scores of the legs multiply."""
        scores = [1.0] * len(texts)
        for leg in self._legs:
            done = leg().translate(texts)
            texts = [text for text, _ in done]
            scores = [score * more for score, (_, more) in zip(scores, done, strict=True)]
        return list(zip(texts, scores, strict=True))

    def _masked(self, found: list[str], held: list[list[Held]]) -> list[_Made | None]:
        """Sentences through the legs with stand-ins for what is held; None where one is lost."""
        masked = [_masking.mask(text, items) for text, items in zip(found, held, strict=True)]
        done = zip(self._through(masked), held, strict=True)
        restored = [(_masking.restore(text, items), score) for (text, score), items in done]
        return [None if text is None else (text, score, ()) for text, score in restored]

    def _mended(self, found: list[str], held: list[list[Held]]) -> list[_Made]:
        """As `_masked`, in pieces around what is held where a stand-in was lost."""
        whole = self._masked(found, held)
        lost = [number for number, made in enumerate(whole) if made is None]
        pieced = self._pieced([_masking.pieces(found[n], held[n]) for n in lost])
        mended = {n: (*made, ("masks",)) for n, made in zip(lost, pieced, strict=True)}
        return [mended[n] if made is None else made for n, made in enumerate(whole)]

    def _pieced(self, cut: list[list[tuple[str, bool]]]) -> list[tuple[str, float]]:
        """Sentences translated piece by piece, what is held put in as it is."""
        wanted = [piece.strip() for pieces in cut for piece, is_text in pieces if is_text]
        done = iter(self._through(wanted))
        return [_joined(pieces, done) for pieces in cut]

    def _whole(
        self,
        text: str,
        pieces: list[tuple[str, bool]],
        done: dict[str, _Done],
        pair: _Pair,
    ) -> Translation:
        parts = [done[piece] for piece, is_text in pieces if is_text]
        fired = tuple(dict.fromkeys(flag for part in parts for flag in part.flags))
        length = sum(len(part.text) for part in parts) or 1
        mean = sum(trust(part.score, part.flags) * len(part.text) for part in parts) / length
        return Translation(
            source_text=text,
            text="".join(done[piece].text if is_text else piece for piece, is_text in pieces),
            source=pair.source,
            target=pair.target,
            translator=self.name,
            package=self.package,
            confidence=round(mean, 4),
            flags=fired,
            parameters=self.settings(text, pair.source, pair.target, pair.names),
        )


def _spoilt(sentence: str, made: _Made, pair: _Pair) -> bool:
    """Whether the model changed a number or its unit, or spelled a known name otherwise."""
    return changed_numbers(sentence, pair.source, made[0], pair.target) or not _named(
        sentence, made, pair
    )


def _named(sentence: str, made: _Made, pair: _Pair) -> bool:
    """Whether all known names of a sentence stand in its translation as they are known."""
    names = _held.known(sentence, pair.source, pair.target, pair.names)
    return all(name.put in made[0] for name in names)


def _better(sentence: str, first: _Made, held: _Made, pair: _Pair) -> _Made:
    """Which to take of a sentence: as it came first, or with its numbers and names held.

    Numbers count most, but in pieces they are right and the sentence is not: the flag stays.
    A name alone is not worth a sentence cut in pieces.
    """
    wrong = [changed_numbers(sentence, pair.source, m[0], pair.target) for m in (first, held)]
    pieced = "masks" in held[2]
    if wrong[0] != wrong[1]:
        told = (held[0], held[1], (*held[2], "numbers")) if pieced else held
        return told if wrong[0] else first
    return first if pieced or not _named(sentence, held, pair) else held


def translator(source: str, target: str) -> PassageTranslator | None:
    """The translator of a pair: installed packages, else a LibreTranslate server of one's own.

    Packages lead through English where they must; the server is asked only when
    ``$PROVENANCE_LIBRETRANSLATE`` names one on this machine. None when there is neither.
    """
    if legs := route(source, target):
        package = " > ".join(leg.name for leg in legs)
        name = "argos" if all(leg.engine == "argos" for leg in legs) else "ctranslate2"
        return PassageTranslator(name, package, PARAMETERS, [partial(_engine, leg) for leg in legs])
    address = _libretranslate.address()
    if address and _libretranslate.serves(address, source, target):
        server = partial(_libretranslate.Server, address, source, target)
        return PassageTranslator("libretranslate", f"{source}_{target}", "", [server])
    return None


def untranslated(languages: Iterable[str], target: str = "en") -> tuple[str, ...]:
    """Those of `languages` that nothing installed leads to `target`, sorted."""
    told = {language for language in languages if language not in {"", "und", target}}
    return tuple(sorted(language for language in told if translator(language, target) is None))


@cache
def _engine(package: Package) -> Engine:
    from provenance.translating._engine import Engine as ArgosEngine

    return ArgosEngine(package)


def _sentences(text: str, language: str) -> list[tuple[str, bool]]:
    """Sentences of `text` and what stands between them, and which is which."""
    cut: list[tuple[str, bool]] = []
    at = 0
    for span in sentences(text, language):
        between = (
            text[at : span.start] if at < span.start else (" " if cut and _tight(text, at) else "")
        )
        cut += [(between, False), (text[span.start : span.end], True)]
        at = span.end
    return [piece for piece in [*cut, (text[at:], False)] if piece[0]]


def _tight(text: str, at: int) -> bool:
    """Whether two sentences touch, as Chinese ones do: their translations must not."""
    return 0 < at < len(text) and not text[at - 1].isspace()


def _joined(pieces: list[tuple[str, bool]], done: Iterator[tuple[str, float]]) -> tuple[str, float]:
    """A sentence from its translated pieces and the masked ones between them."""
    texts, scores = "", [1.0]
    for piece, is_text in pieces:
        put, score = next(done) if is_text else (piece, 1.0)
        left = piece[: len(piece) - len(piece.lstrip())] if is_text else ""
        right = piece[len(piece.rstrip()) :] if is_text and piece.strip() else ""
        put = left + put + right
        touching = texts[-1:].isalnum() and put[:1].isalnum()  # as Chinese does, English not
        texts += f" {put}" if touching else put
        scores.append(score)
    return texts, min(scores)
