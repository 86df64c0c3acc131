"""Which addresses of articles a reader is led to."""

from __future__ import annotations

import pytest

from provenance.explore._addresses import followable
from tests import hostile


@pytest.mark.parametrize(
    "address",
    ["https://paper.example/a?b=1#c", "http://xn--e1afmkfd.example/", "https://a.example"],
)
def test_web_addresses_are_followed(address: str) -> None:
    assert followable(address) == address


@pytest.mark.parametrize(
    "address",
    [url for url in hostile.URLS if not url.startswith("https://x.example")]
    + ["", "paper.example", "https://", "http://[::1", "https://a.example/\nx", "https:/a.example"],
)
def test_nothing_else_is(address: str) -> None:
    assert followable(address) == ""
