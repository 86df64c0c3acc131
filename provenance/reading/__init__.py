"""Sources to documents: text, Markdown, HTML, JSON lines, feeds and web archives, by URL or path.

`read` takes whatever a person types (a path, a folder, ``-`` for standard input, an
http(s) address) and never raises for a bad source: what cannot be read comes out as an
`Unreadable` in its place, and the rest goes on. `read_bytes` and `read_lines` are the two
ways in for a caller who already holds the bytes.
"""

from provenance.reading._lines import read_lines
from provenance.reading._sources import read, read_bytes

__all__ = ["read", "read_bytes", "read_lines"]
