"""A LibreTranslate server on this machine as an engine, for those who run one.

Only addresses of this machine are taken: a passage under embargo must not leave it.
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from functools import cache
from typing import IO
from urllib.parse import urlsplit

from provenance.errors import TranslationError

_HERE = frozenset({"localhost", "127.0.0.1", "::1"})
_PATIENCE = (
    120  # seconds for a batch: a server without a graphics card does a few sentences a second
)
_BATCH = 50  # sentences a request; servers refuse very long ones
_UNTOLD = 0.5  # the server does not say how sure it is


def address() -> str:
    """The server named by ``$PROVENANCE_LIBRETRANSLATE``, empty when none is.

    Raises `TranslationError` when it is not on this machine.
    """
    named = os.environ.get("PROVENANCE_LIBRETRANSLATE", "").rstrip("/")
    if named and "://" not in named:  # localhost:5000, as one types it
        named = f"http://{named}"
    if named and not _is_here(named):
        raise TranslationError(
            f"PROVENANCE_LIBRETRANSLATE is {named}, which is not on this machine: texts stay here"
        )
    return named


def _is_here(address: str) -> bool:
    try:
        parts = urlsplit(address)
        return parts.hostname in _HERE and parts.scheme in {"http", "https"}
    except ValueError:
        return False


@cache
def serves(url: str, source: str, target: str) -> bool:
    """Whether the server offers a pair, by its own list; True where it gives none.

    One language more in a folder of articles must not stop the others.
    """
    try:
        offered = _answer(f"{url}/languages")
        return not isinstance(offered, list) or any(
            _plain(one["code"]) == source and target in map(_plain, one.get("targets", [target]))
            for one in offered
        )
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return True  # whether it answers at all is seen when it is asked to translate


def _plain(code: object) -> str:
    """A language without its script: zh of zh-Hans."""
    return str(code).partition("-")[0]


class Server:
    """The server's translation of one pair."""

    def __init__(self, url: str, source: str, target: str) -> None:
        self._url, self._source, self._target = url, source, target

    def translate(self, sentences: Sequence[str]) -> list[tuple[str, float]]:
        """One translation a sentence; raises `TranslationError` when the server does not serve."""
        made: list[tuple[str, float]] = []
        for start in range(0, len(sentences), _BATCH):
            batch = list(sentences[start : start + _BATCH])
            found = self._asked(batch)
            if not isinstance(found, list) or len(found) != len(batch):
                raise TranslationError(
                    f"the server at {self._url} did not answer as LibreTranslate"
                )
            made += [(str(text), _UNTOLD) for text in found]
        return made

    def release(self) -> None:
        """Nothing is held."""

    def _asked(self, batch: list[str]) -> object:
        from urllib.error import HTTPError

        body = {"q": batch, "source": self._source, "target": self._target, "format": "text"}
        try:
            said = _answer(f"{self._url}/translate", json.dumps(body).encode())
        except HTTPError as error:
            raise TranslationError(f"the server at {self._url} refused: {_why(error)}") from error
        except (OSError, ValueError) as error:
            reason = getattr(error, "reason", error)
            told = getattr(reason, "strerror", None) or reason
            raise TranslationError(
                f"no LibreTranslate server answers at {self._url} ({told}): "
                "start it, or unset PROVENANCE_LIBRETRANSLATE"
            ) from error
        return said.get("translatedText") if isinstance(said, dict) else None


def _answer(url: str, body: bytes | None = None) -> object:
    """What the server answers, past any proxy."""
    from urllib.request import ProxyHandler, Request, build_opener

    request = Request(url, body, {"Content-Type": "application/json"})
    with build_opener(ProxyHandler({})).open(request, timeout=_PATIENCE) as answer:
        return json.load(answer)


def _why(error: IO[bytes]) -> str:
    """The server's own words, in one line, or the status."""
    try:
        said = json.load(error)
    except (OSError, ValueError):
        return str(error)
    return " ".join(str(said.get("error", error)).split()) if isinstance(said, dict) else str(error)
