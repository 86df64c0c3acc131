"""The tiny packages of both directions, for what tracing asks of them."""

from tests.translating.conftest import elsewhere, returning, there_and_back

__all__ = ["elsewhere", "returning", "there_and_back"]
