"""Quotes and who said them, via whom.

`extract` reads a document whose language is known and returns its quotes: direct,
indirect and mixed, each verbatim at its offsets, with the speaker resolved to the fullest
name the text gives, the relay chain outward from the speaker, a calibrated confidence and
the reasons. What differs between languages is data (``languages/<code>/quoting.toml``). `office`
reads the description of a speaker as an office and a country, `surname` the name at its end,
`questions` finds the paragraphs
of a briefing in which somebody is asked, `within` says whether something stands in one.
"""

from provenance.quoting._extract import extract
from provenance.quoting._offices import Post, office, surname
from provenance.quoting._turns import questions, within

__all__ = ["Post", "extract", "office", "questions", "surname", "within"]
