"""Names across scripts, spellings and inflections: outlets, people, and what a spelling betrays.

`outlets` and `people` are gazetteers read from tables anybody can mend; `same` compares two
names, `key` groups their spellings, `transliterate` writes them in Latin letters, and
`fingerprints` says through which language a spelling came.
"""

from __future__ import annotations

from provenance.naming import outlets, people
from provenance.naming._passing import Passage, passages, passed_through
from provenance.naming.compare import NameMatch, key, same
from provenance.naming.fingerprints import betrayed, fingerprints
from provenance.naming.outlets import Outlet, OutletMention
from provenance.naming.people import Person
from provenance.naming.transliterate import romanise, transliterate

__all__ = [
    "NameMatch",
    "Outlet",
    "OutletMention",
    "Passage",
    "Person",
    "betrayed",
    "fingerprints",
    "key",
    "outlets",
    "passages",
    "passed_through",
    "people",
    "romanise",
    "same",
    "transliterate",
]
