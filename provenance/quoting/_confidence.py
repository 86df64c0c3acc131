"""From how sure a rule or the tagger is to how often that is right.

``models/confidence.toml`` holds what `training.quotes confidence` measured on the
development sets: for each rule the share of its quotes that were right (Dice >= .8), and for
the tagger the two numbers of a logistic curve over its own log-odds (Platt 1999), and what
an indirect quote that no rule finds must claim to be told at all.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from provenance.model import Span
from provenance.quoting._claims import Claim
from provenance.quoting._page import Page
from provenance.quoting._tokens import tokens

# The tagger is never surer than this: beyond it the curve is drawn from too few cases.
_MOST = 0.98


@cache
def measured() -> Mapping[str, Any]:
    """The table as measured; empty while it is being measured anew."""
    path = files(__package__) / "models" / "confidence.toml"
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.is_file() else {}


def calibrated(claim: Claim, language: str) -> float:
    """The probability that the words of `claim` are reported words, rightly delimited."""
    table = measured()
    if not table:
        return claim.confidence
    curve = table["tagger"].get(language)
    if claim.evidence and claim.evidence[0].kind == "model" and curve is not None:
        raw = min(max(claim.confidence, 1e-6), 1 - 1e-6)
        odds = curve["slope"] * math.log(raw / (1 - raw)) + curve["intercept"]
        return min(_MOST, 1 / (1 + math.exp(-odds)))
    return float(table["rules"].get(claim.rule, claim.confidence))


def told(page: Page, claim: Claim) -> bool:
    """Whether a claim is sure enough to be told.

    Only an indirect quote that the tagger alone sees, with no verb of saying, can fail, where
    its language asks for a ``least`` confidence: marks, a rule's words, "said" anybody can check.
    """
    if claim.type != "indirect" or claim.rule != "tagger" or _is_said(page, claim.cue):
        return True
    curve = measured().get("tagger", {}).get(page.language, {})
    return calibrated(claim, page.language) >= float(curve.get("least", 0.0))


def _is_said(page: Page, cue: Span | None) -> bool:
    words = tokens(page.text[cue.start : cue.end], page.language) if cue is not None else ()
    return any("verbs.say" in page.lexicon.labels(word.normal) for word in words)
