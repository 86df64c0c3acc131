"""Quality and speed figures, each as a command: ``python -m benchmarks.<name>``.

They read evaluation data that is not part of the project, from ``../shared`` beside the
checkout or from ``$PROVENANCE_SHARED``, and skip cleanly where it is absent.
"""

from __future__ import annotations

import gc
import json
import lzma
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

# As the command line has it (`provenance.cli.main`): before NumPy is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ.setdefault("NUMPY_MADVISE_HUGEPAGE", "0")
gc.set_threshold(100_000, 20, 20)

_ROOT = Path(__file__).resolve().parent.parent


def shared(path: str) -> Path:
    """The evaluation file at `path`; leaves with exit code 0 and one line where it is absent."""
    base = Path(os.environ.get("PROVENANCE_SHARED", _ROOT.parent / "shared"))
    if not (base / path).exists():
        print(f"skipped: no evaluation data at {base / path}; set PROVENANCE_SHARED to its folder")
        sys.exit(0)
    return base / path


def lines(path: str) -> Iterator[str]:
    """Lines of a shared text file, ``.xz`` or plain, without their line ends."""
    file = shared(path)
    with (
        lzma.open(file, "rt", encoding="utf-8")
        if file.suffix == ".xz"
        else file.open(encoding="utf-8")
    ) as stream:
        for line in stream:
            yield line.rstrip("\n")


def records(path: str) -> Iterator[dict[str, Any]]:
    """Records of a shared JSON lines file."""
    return (json.loads(line) for line in lines(path) if line)
