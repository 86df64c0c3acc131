"""One page from the web, when a person typed its address: nothing else goes out.

No telemetry, no cookies kept, no prefetching; one request, its redirects, a limit of size and
of time.
"""

from __future__ import annotations

import re
import socket
import zlib
from concurrent.futures import Future
from dataclasses import dataclass
from functools import partial
from ipaddress import ip_address
from threading import Thread
from typing import TYPE_CHECKING

from provenance.errors import ReadError

if TYPE_CHECKING:
    import httpx

_USER_AGENT = "provenance-tracker (quote provenance research; one page at its reader's request)"
_SECONDS = 20.0  # without a byte
_IN_ALL = 90.0  # seconds: 16 MB come in it over a slow line
_REDIRECTS = 8
_LARGEST = 16 * 1024 * 1024
_LONGEST_REASON = 60  # characters of what a server says
_GZIP = 16 + zlib.MAX_WBITS
_BY_HAND = "save the page in your browser, or try later"
_SECRET = re.compile(r"(?<=://)[^/?#]*@")


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as received: its bytes, the address it was found at, what the server said."""

    content: bytes
    url: str
    media_type: str
    charset: str


def fetch(url: str) -> Fetched:
    """The page at `url`. Raises `ReadError`, in one line, when it cannot be had."""
    found: Future[Fetched] = Future()

    def ask() -> None:
        try:
            found.set_result(_fetched(url))
        except BaseException as error:
            found.set_exception(error)

    # In a thread of its own, for a server that answers a little now and then is never late.
    Thread(target=ask, daemon=True).start()
    try:
        return found.result(_IN_ALL)
    except TimeoutError:
        raise ReadError(f"is not here within {_IN_ALL:.0f} seconds: {_BY_HAND}") from None


def without_secret(url: str) -> str:
    """`url` without the name and password it may hold, which are nobody else's business."""
    return _SECRET.sub("", url)


def _fetched(url: str) -> Fetched:
    import httpx

    options = {
        "User-Agent": _USER_AGENT,
        "Accept": "text/html,application/xhtml+xml,*/*;q=0.5",
        "Accept-Encoding": "gzip",
    }
    try:
        with (
            httpx.Client(
                follow_redirects=True,
                max_redirects=_REDIRECTS,
                timeout=_SECONDS,
                headers=options,
                event_hooks={"request": [partial(_stay_outside, url)]},
            ) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != 200:
                said = f"{answer.status_code} {answer.reason_phrase[:_LONGEST_REASON]}".strip()
                raise ReadError(f"the server answered {said}: {_BY_HAND}")
            media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
            where = without_secret(str(answer.url))
            return Fetched(_content(answer), where, media_type, answer.charset_encoding or "")
    except httpx.TooManyRedirects:
        raise ReadError(f"redirected more than {_REDIRECTS} times: {_BY_HAND}") from None
    except httpx.TimeoutException:
        raise ReadError(f"no answer within {_SECONDS:.0f} seconds: {_BY_HAND}") from None
    except httpx.ConnectError as error:
        if "certificate" in str(error).lower():
            raise ReadError("the server cannot prove who it is (certificate)") from None
        raise ReadError("cannot be reached: no network, or no such server") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ReadError(f"cannot be fetched: {str(error) or type(error).__name__}") from None


def _stay_outside(typed: str, request: httpx.Request) -> None:
    """Refuse to be sent from a public address to this machine or its network, whose answers
    are nobody else's, and where asking may do something."""
    import httpx

    before, now = httpx.URL(typed).host, request.url.host
    if now != before and _is_within(now) and not _is_within(before):
        raise ReadError(f"redirects into your own network ({now[:_LONGEST_REASON]}): not followed")


def _is_within(host: str) -> bool:
    try:
        found = socket.getaddrinfo(host, None)
    except (OSError, UnicodeError):
        return False
    return any(not ip_address(at[4][0]).is_global for at in found)


def _content(answer: httpx.Response) -> bytes:
    """What was sent, unpacked here: packed twice, a few bytes would be gigabytes at once."""
    packed = answer.headers.get("content-encoding", "").strip().lower()
    if packed not in ("", "identity", "gzip", "x-gzip"):
        raise ReadError(f"comes packed in a way that was not asked for: {_BY_HAND}")
    unpacking = zlib.decompressobj(_GZIP) if packed.endswith("gzip") else None
    pieces: list[bytes] = []
    size = 0
    for sent in answer.iter_raw():
        piece = unpacking.decompress(sent, _LARGEST + 1 - size) if unpacking else sent
        size += len(piece)
        if size > _LARGEST:
            raise ReadError(f"larger than {_LARGEST:,} bytes: not an article")
        pieces.append(piece)
    return b"".join(pieces)
