"""The text of each page of a PDF, as JSON: run as a program, it reads standard input.

PDFium is C++ fed with what strangers sent. In a process of its own it may crash, turn in
circles or ask for all memory, and only that file is lost.
"""

from __future__ import annotations

import json
import sys

LOCKED, LONG, BROKEN = 3, 4, 5  # exit codes
# Bytes of memory: a scanned page drawn at full size takes a tenth of it.
_MEMORY = 1 << 30


def main(most_pages: int) -> int:
    """Read a PDF and write its pages; the exit code says what was wrong."""
    import pypdfium2  # type: ignore[import-untyped]

    _bound()
    try:
        with pypdfium2.PdfDocument(sys.stdin.buffer.read()) as found:
            if len(found) > most_pages:
                return LONG
            pages = [page.get_textpage().get_text_bounded() for page in found]
    except pypdfium2.PdfiumError as error:
        return LOCKED if "password" in str(error).lower() else BROKEN
    json.dump(pages, sys.stdout)
    return 0


def _bound() -> None:
    """Ask for no more memory than that, where the system can refuse it."""
    try:
        import resource
    except ImportError:  # Windows
        return
    resource.setrlimit(resource.RLIMIT_AS, (_MEMORY, _MEMORY))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1])))
