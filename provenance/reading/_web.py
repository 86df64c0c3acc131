"""One page from the web, when a person typed its address: nothing else goes out.

No telemetry, no cookies kept, no prefetching; one request, its redirects, a size limit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from provenance.errors import ReadError

if TYPE_CHECKING:
    import httpx

_USER_AGENT = "provenance-tracker (quote provenance research; one page at its reader's request)"
_SECONDS = 20.0
_REDIRECTS = 8
_LARGEST = 16 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page as received: its bytes, the address it was found at, what the server said."""

    content: bytes
    url: str
    media_type: str
    charset: str


def fetch(url: str) -> Fetched:
    """The page at `url`. Raises `ReadError`, in one line, when it cannot be had."""
    import httpx

    options = {"User-Agent": _USER_AGENT, "Accept": "text/html,application/xhtml+xml,*/*;q=0.5"}
    try:
        with (
            httpx.Client(
                follow_redirects=True, max_redirects=_REDIRECTS, timeout=_SECONDS, headers=options
            ) as client,
            client.stream("GET", url) as answer,
        ):
            if answer.status_code != 200:
                raise ReadError(f"the server answered {answer.status_code} {answer.reason_phrase}")
            content = _limited(answer)
            media_type = answer.headers.get("content-type", "").split(";")[0].strip().lower()
            return Fetched(content, str(answer.url), media_type, answer.charset_encoding or "")
    except httpx.TooManyRedirects:
        raise ReadError(f"redirected more than {_REDIRECTS} times") from None
    except httpx.TimeoutException:
        raise ReadError(f"no answer within {_SECONDS:.0f} seconds") from None
    except httpx.ConnectError as error:
        if "certificate" in str(error).lower():
            raise ReadError("the server cannot prove who it is (certificate)") from None
        raise ReadError("cannot be reached: no network, or no such server") from None
    except (httpx.HTTPError, httpx.InvalidURL, ValueError) as error:
        raise ReadError(f"cannot be fetched: {str(error) or type(error).__name__}") from None


def _limited(answer: httpx.Response) -> bytes:
    pieces: list[bytes] = []
    size = 0
    for piece in answer.iter_bytes():
        size += len(piece)
        if size > _LARGEST:
            raise ReadError(f"larger than {_LARGEST:,} bytes: not an article")
        pieces.append(piece)
    return b"".join(pieces)
