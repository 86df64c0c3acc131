"""py3langid's model, restricted to languages and scripts; loading takes a second and 60 MB."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Column:
    """One competitor: a language in a script; `core` when the project serves it."""

    code: str
    script: str
    core: bool


@cache
def model() -> Model:
    """The one loaded model."""
    return Model()


class Model:
    """py3langid's model: its automaton over bytes, and its weights language by language."""

    def __init__(self) -> None:
        from py3langid.langid import MODEL_FILE, LanguageIdentifier, visit_counts

        self._identifier = LanguageIdentifier.from_model_file(MODEL_FILE)
        rows = [row << 8 for row in self._identifier.tk_row]
        self._walk = (self._identifier.tk_nextmove, rows, self._identifier.tk_output)
        self._visit = visit_counts
        self._tables: dict[str, tuple[Floats, Floats]] = {}

    def visits(self, encoded: bytes) -> Mapping[int, int]:
        """The features met in the bytes of a text, and how often each."""
        return self._visit(*self._walk, encoded) or {}

    def table(self, script: str, columns: list[Column]) -> tuple[Floats, Floats]:
        """Weights (features by languages) and base scores of the languages of one script."""
        import numpy as np

        if script not in self._tables:
            chosen = [self._label(column) for column in columns]
            weights = np.ascontiguousarray(self._identifier.nb_ptc[:, chosen], dtype=np.float32)
            base = np.asarray(self._identifier.nb_pc[chosen], dtype=np.float32)
            self._tables[script] = weights, base
        return self._tables[script]

    def _label(self, column: Column) -> int:
        """py3langid has Serbian twice: in Cyrillic first, in Latin letters second."""
        labels = self._identifier.nb_classes
        first: int = labels.index(column.code)
        latin = column.code == "sr" and column.script == "Latn"
        return labels.index("sr", first + 1) if latin else first
