"""What can go wrong, in words for the person at the terminal.

Every error a user can cause is a `ProvenanceError`; its message is one line that says
what is wrong and what to do. The command line prints it and sets the exit code; anything
else that escapes is a bug.
"""


class ProvenanceError(Exception):
    """A problem to be told in one line, without a traceback."""


class ReadError(ProvenanceError):
    """A source could not be turned into a document."""


class StoreError(ProvenanceError):
    """A database cannot be opened, read or written."""


class TranslationError(ProvenanceError):
    """A package is missing, broken, or refused a text."""
