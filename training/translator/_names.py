"""What the steps agree on: languages, special pieces, sizes."""

from __future__ import annotations

LANGUAGES = ("ru", "de", "fr", "uk", "es", "it", "pl", "zh", "tr", "ar", "fa")

# English is translated into these in training, to make more examples for them (back-translation,
# Sennrich et al. 2016): the languages with the fewest pairs.
POOR = ("uk", "it", "pl", "zh", "tr", "ar", "fa")

PIECES = 20_000
PAD, UNKNOWN, START, END = 0, 1, 2, 3
# Opens a source that no human wrote (tagged back-translation, Caswell et al. 2019).
MADE = "<made>"
# What stands for addresses, numbers and names kept out of the model's sight.
STAND_INS = tuple(f"XQ{i}" for i in range(10))


def opening(language: str) -> str:
    """The piece that opens a source in `language`."""
    return f"<{language}>"


def wanted(language: str) -> str:
    """The piece that opens an English source to be translated into `language`."""
    return f"<2{language}>"


CONTROLS = (
    *(opening(code) for code in LANGUAGES),
    *(wanted(code) for code in LANGUAGES),
    MADE,
)
