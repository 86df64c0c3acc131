"""Names across scripts, spellings and inflections: outlets, people, and what a spelling betrays.

`outlets` and `people` are gazetteers read from tables anybody can mend.
"""

from __future__ import annotations

from provenance.naming import outlets
from provenance.naming.outlets import Outlet, OutletMention

__all__ = ["Outlet", "OutletMention", "outlets"]
