"""Quotes and who said them, via whom.

`extract` reads a document whose language is known and returns its quotes: direct,
indirect and mixed, each verbatim at its offsets, with the speaker resolved to the fullest
name the text gives, the relay chain outward from the speaker, a calibrated confidence and
the reasons. `office` reads a speaker's description as an office and a country. What differs between languages is data (``languages/<code>/quoting.toml``).
"""

from provenance.quoting._extract import extract
from provenance.quoting._offices import Post, office

__all__ = ["Post", "extract", "office"]
