"""Who speaks: the subject of a reporting verb, before it or after it."""

from __future__ import annotations

from provenance.quoting import _caseless, _phrases
from provenance.quoting._lexicon import NOTHING, Found, Lexicon
from provenance.quoting._page import Sentence
from provenance.quoting._rulebook import REACH
