"""Short ways to write a rendering in a test."""

from __future__ import annotations

from provenance.matching import compare
from provenance.model import Drift, Match, QuoteType, Rendering


def said(text: str, language: str = "en", kind: QuoteType = "direct", key: int = 0) -> Rendering:
    return Rendering(key, key, text, language, type=kind)


def compared(later: str, earlier: str, languages: str = "en en") -> Match:
    ours, theirs = languages.split()
    return compare(said(later, ours), said(earlier, theirs))


def kinds(later: str, earlier: str, languages: str = "en en") -> set[str]:
    return {drift.kind for drift in compared(later, earlier, languages).drift}


def only(later: str, earlier: str, languages: str = "en en") -> Drift:
    """The one finding there is."""
    (drift,) = compared(later, earlier, languages).drift
    return drift
