"""Where a document's text comes from: its own, relayed, translated, or both.

Two questions are asked apart, "is it a relay?" and "was it translated?", and each is
answered by adding up signs in log-odds over what is usual. Where the signs are thin the
answer is unknown: a wrong origin costs more than none. The words looked for are data
(``languages/<code>/origin.toml``); `docs/origin.md` tells a reporter what the signs mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import exp

from provenance.model import Document, Evidence, Origin, OriginKind, Quote
from provenance.tracing._page import Sign, page
from provenance.tracing._relaying import relay_signs
from provenance.tracing._wording import translation_signs

# Log-odds by hand, checked with ``python -m benchmarks.origin`` on the development sets.
_RELAY_PRIOR = -1.2  # a text that cites no outlet is seldom a relay
_TRANSLATED_PRIOR = -2.6  # about one text in fourteen is translated and shows nothing of it
_LEAST_GOVERNED = 0.2  # below it an outlet is not named as a station
_SURE = 0.5  # below it the kind is unknown
_THIN = 1.0  # nats of evidence, for or against, below which nothing is said


def origin(document: Document, quotes: Sequence[Quote] = ()) -> Origin:
    """What `document` is, the language it was first written in, via whom, and why.

    `document.language` must be filled in; `quotes` are those found in it. Evidence is
    ordered by place, that from metadata first; its weights are log-odds for a relay or for
    a translation. Linear in the length of the text.
    """
    read = page(document, quotes)
    return _judged(document, [*relay_signs(read), *translation_signs(read)])


def chances(document: Document, quotes: Sequence[Quote] = ()) -> dict[OriginKind, float]:
    """The probabilities of the four kinds, however thin the evidence; they sum to one."""
    read = page(document, quotes)
    relay, by_language = _odds(document, [*relay_signs(read), *translation_signs(read)])
    translated = _TRANSLATED_PRIOR + max(by_language.values(), default=0.0)
    return _chances(_sigmoid(relay), _sigmoid(translated))


def _sigmoid(odds: float) -> float:
    return 1 / (1 + exp(-max(-30.0, min(30.0, odds))))


def _odds(document: Document, signs: Sequence[Sign]) -> tuple[float, dict[str, float]]:
    relay = _RELAY_PRIOR + sum(sign.relay for sign in signs)
    return relay, _by_language(document, signs)


def _judged(document: Document, signs: Sequence[Sign]) -> Origin:
    relay, by_language = _odds(document, signs)
    language = max(by_language, key=lambda code: (by_language[code], code), default="")
    translated = _TRANSLATED_PRIOR + by_language.get(language, 0.0)
    chances = _chances(_sigmoid(relay), _sigmoid(translated))
    kind = max(chances, key=lambda one: chances[one])
    # That nothing speaks against it does not make a text original: something must speak for it.
    weighed = sum(abs(sign.relay) + abs(sign.translated) for sign in signs)
    evidence = tuple(sorted((sign.evidence for sign in signs), key=_place))
    known = bool(by_language) and kind in ("translation", "translated relay")
    source = language if known else document.language or "und"
    unclaimed = kind == "original" and not any(sign.relay < 0 for sign in signs)
    if chances[kind] < _SURE or weighed < _THIN or unclaimed:
        return Origin("unknown", "und", _via(signs), round(1 - chances[kind], 3), evidence)
    return Origin(kind, source, _via(signs), round(chances[kind], 3), evidence)


def _chances(relay: float, translated: float) -> dict[OriginKind, float]:
    return {
        "original": (1 - relay) * (1 - translated),
        "relay": relay * (1 - translated),
        "translation": (1 - relay) * translated,
        "translated relay": relay * translated,
    }


def _by_language(document: Document, signs: Iterable[Sign]) -> dict[str, float]:
    """Log-odds for each source language; of several outlets the one that weighs most counts."""
    found: dict[str, float] = {}
    via: dict[str, float] = {}
    native = sum(sign.translated for sign in signs if not sign.language)
    for sign in signs:
        if not sign.language or sign.language == document.language:
            continue
        if sign.outlet is not None:
            via[sign.language] = max(via.get(sign.language, 0.0), sign.translated)
        else:
            found[sign.language] = found.get(sign.language, 0.0) + sign.translated
    codes = list({**found, **via}) or ["und"]
    # What an outlet in another language said was translated, however native the retelling.
    return {code: found.get(code, 0.0) + via.get(code, native) for code in codes}


def _place(evidence: Evidence) -> tuple[int, str]:
    return (-1 if evidence.start is None else evidence.start, evidence.kind)


def _station(sign: Sign) -> bool:
    """Whether a sign names an outlet that enough of the text went through."""
    return sign.relay > 0 and sign.governs >= _LEAST_GOVERNED


def _via(signs: Sequence[Sign]) -> tuple[str, ...]:
    """Canonical names of the relays, nearest first: metadata, dateline, credits in order."""
    named = [sign.outlet.name for sign in signs if sign.outlet and _station(sign)]
    return tuple(dict.fromkeys(named))
