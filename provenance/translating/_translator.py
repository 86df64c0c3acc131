"""Passages through an engine: sentences, legs, masks, distrust; and which engine to take."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from typing import Protocol

from provenance.languages.sentences import sentences
from provenance.model import Translation
from provenance.translating import _libretranslate, _masking
from provenance.translating._changes import changed_numbers
from provenance.translating._distrust import flags, trust
from provenance.translating._engine import PARAMETERS
from provenance.translating._packages import Package, route


@dataclass(frozen=True, slots=True)
class _Done:
    """A translated sentence and the mean probability of its tokens."""

    text: str
    score: float
    flags: tuple[str, ...] = ()


_Made = tuple[str, float, tuple[str, ...]]  # a sentence's text, its score, flags of how it came


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

    def translate(self, texts: Sequence[str], source: str, target: str) -> list[Translation]:
        """`texts` translated sentence by sentence, what parts the sentences kept as it is.

        All sentences of all texts go through a leg together. `source` and `target` are the
        codes the translator was asked for. Raises `TranslationError` on a broken package.
        """
        cut = [_sentences(text, source) for text in texts]
        wanted = dict.fromkeys(piece for pieces in cut for piece, is_text in pieces if is_text)
        done = dict(zip(wanted, self._sentences(list(wanted), source, target), strict=True))
        return [
            self._whole(text, pieces, done, source, target)
            for text, pieces in zip(texts, cut, strict=True)
        ]

    def release(self) -> None:
        """Let the memory of the models go."""
        for leg in self._legs:
            leg().release()

    def _sentences(self, found: list[str], source: str, target: str) -> list[_Done]:
        masked = [_masking.mask(sentence) for sentence in found]
        done = self._through([text for text, _ in masked])
        rescued = self._rescue(found, masked, done)
        rescued = self._with_numbers(found, rescued, source, target)
        return [
            _Done(text, score, (*flags(sentence, text, source, target), *extra))
            for sentence, (text, score, extra) in zip(found, rescued, strict=True)
        ]

    def _through(self, texts: list[str]) -> list[tuple[str, float]]:
        """`texts` through all legs; the scores of the legs multiply."""
        scores = [1.0] * len(texts)
        for leg in self._legs:
            done = leg().translate(texts)
            texts = [text for text, _ in done]
            scores = [score * more for score, (_, more) in zip(scores, done, strict=True)]
        return list(zip(texts, scores, strict=True))

    def _rescue(
        self,
        found: list[str],
        masked: list[tuple[str, tuple[str, ...]]],
        done: list[tuple[str, float]],
    ) -> list[_Made]:
        """Masks taken off; where the model lost one, the sentence in pieces around them."""
        whole = [
            _masking.restore(text, items)
            for (text, _), (_, items) in zip(done, masked, strict=True)
        ]
        lost = [number for number, text in enumerate(whole) if text is None]
        pieces = [_masking.pieces(found[number]) for number in lost]
        mended = dict(zip(lost, self._pieced(pieces), strict=True))
        return [
            (*mended[number], ("masks",)) if text is None else (text, done[number][1], ())
            for number, text in enumerate(whole)
        ]

    def _with_numbers(
        self, found: list[str], made: list[_Made], source: str, target: str
    ) -> list[_Made]:
        """Sentences in which a number was changed, once more with their numbers kept."""
        wrong = [
            number
            for number, (text, _, _) in enumerate(made)
            if changed_numbers(found[number], source, text, target)
        ]
        again = self._keeping([found[number] for number in wrong], source, target)
        for number, better in zip(wrong, again, strict=True):
            if not changed_numbers(found[number], source, better[0], target):
                made[number] = better
        return made

    def _keeping(self, found: list[str], source: str, target: str) -> list[_Made]:
        """Sentences with stand-ins for their numbers, or in pieces where a stand-in is lost.

        In pieces the numbers are right and the sentence is not: the flag stays.
        """
        spans = [_masking.with_numbers(sentence, source) for sentence in found]
        masked = [_masking.mask(text, at) for text, at in zip(found, spans, strict=True)]
        items = [tuple(_masking.written(i, source, target) for i in kept) for _, kept in masked]
        done = self._through([text for text, _ in masked])
        pieces = [
            [
                (part if to_do else _masking.written(part, source, target), to_do)
                for part, to_do in cut
            ]
            for cut in (_masking.pieces(text, at) for text, at in zip(found, spans, strict=True))
        ]
        pieced = self._pieced(pieces)
        return [
            (*cut, ("numbers", "masks"))
            if (text := _masking.restore(whole, kept)) is None
            else (text, score, ())
            for (whole, score), kept, cut in zip(done, items, pieced, strict=True)
        ]

    def _pieced(self, cut: list[list[tuple[str, bool]]]) -> list[tuple[str, float]]:
        """Sentences translated piece by piece, what is masked left as it is."""
        wanted = [piece.strip() for pieces in cut for piece, is_text in pieces if is_text]
        done = iter(self._through(wanted))
        return [_joined(pieces, done) for pieces in cut]

    def _whole(
        self,
        text: str,
        pieces: list[tuple[str, bool]],
        done: dict[str, _Done],
        source: str,
        target: str,
    ) -> Translation:
        parts = [done[piece] for piece, is_text in pieces if is_text]
        fired = tuple(dict.fromkeys(flag for part in parts for flag in part.flags))
        length = sum(len(part.text) for part in parts) or 1
        mean = sum(trust(part.score, part.flags) * len(part.text) for part in parts) / length
        return Translation(
            source_text=text,
            text="".join(done[piece].text if is_text else piece for piece, is_text in pieces),
            source=source,
            target=target,
            translator=self.name,
            package=self.package,
            confidence=round(mean, 4),
            flags=fired,
            parameters=self.parameters,
        )


def translator(source: str, target: str) -> PassageTranslator | None:
    """The translator of a pair: installed packages, else a LibreTranslate server of one's own.

    Packages lead through English where they must; the server is asked only when
    ``$PROVENANCE_LIBRETRANSLATE`` names one on this machine. None when there is neither.
    """
    if legs := route(source, target):
        package = " > ".join(leg.name for leg in legs)
        name = "argos" if all(leg.engine == "argos" for leg in legs) else "ctranslate2"
        return PassageTranslator(name, package, PARAMETERS, [partial(_engine, leg) for leg in legs])
    if address := _libretranslate.address():
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
    texts, scores = [], [1.0]
    for piece, is_text in pieces:
        if not is_text:
            texts.append(piece)
            continue
        text, score = next(done)
        left = piece[: len(piece) - len(piece.lstrip())]
        right = piece[len(piece.rstrip()) :] if piece.strip() else ""
        texts.append(left + text + right)
        scores.append(score)
    return "".join(texts), min(scores)
