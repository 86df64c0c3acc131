"""The database in the browser: Datasette, read-only, on this machine, every column explained."""

from provenance.explore._serving import application, explore

__all__ = ["application", "explore"]
