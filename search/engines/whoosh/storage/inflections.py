"""The stem of each exact form of a segment, and the exact forms that have a stem.

Working out a stem takes longer than reading it, so a segment keeps the stems of its words, and a merged segment takes them over.
A stem is stored as the number of leading bytes that it shares with its form (``stems.kept``) and its remaining bytes (``stems``;
how many there are is in ``stems.more``, of the kind ``Runs``). A form that is no word (``letters.is_word``) has an empty stem.
``by_stem`` holds the numbers of the words, sorted by their stems.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

import numpy as np

from search.analysis.chain import stem as stem_of
from search.engines.whoosh.storage.columnfile import ColumnFile, ColumnWriter
from search.engines.whoosh.storage.narrow import Runs, RunsWriter
from search.letters import is_word

_MOST_KEPT = 255
_REMEMBERED = 1 << 12
"""Stems that are remembered for the next search, which begins at the same ones."""


def stem_bytes(form: str) -> bytes:
    """The stem of an exact form as it is stored: empty when the form is no word."""
    return stem_of(form).encode("utf-8", "surrogatepass") if is_word(form) else b""


def _shared(form: bytes, stem: bytes) -> int:
    """How many leading bytes of a form are those of its stem, as far as they fit in a byte."""
    most = min(len(form), len(stem), _MOST_KEPT)
    return next((i for i in range(most) if form[i] != stem[i]), most)


class Inflections:
    """The stems of a segment's exact forms, open for reading; ``form`` gives the exact form with a number."""

    def __init__(self, file: ColumnFile, form: Callable[[int], bytes]) -> None:
        self._file, self._form = file, form
        self._text, self._kept, self._by_stem = (file.cells(name) for name in ("stems", "stems.kept", "by_stem"))
        self._more = Runs(file, "stems.more")
        self._stem = lru_cache(_REMEMBERED)(self._read)

    def stems(self, first: int, forms: Sequence[bytes]) -> list[bytes]:
        """The stems of exact forms, of which the first has the number ``first``."""
        if not forms:
            return []
        last = first + len(forms)
        kept, more = self._file.read("stems.kept", first, last).tolist(), self._more.read(first, last)
        begin = self._more.begin(first)
        ends = np.cumsum(more)
        text = self._text.bytes(begin, begin + int(ends[-1]))
        begins = (ends - more).tolist()
        return [form[:k] + text[at:end] for form, k, at, end in zip(forms, kept, begins, ends.tolist(), strict=True)]

    def with_stem(self, stem: bytes) -> Iterator[bytes]:
        """The words among the exact forms that have this stem."""
        by_stem = self._by_stem
        for i in range(bisect_left(range(len(by_stem)), stem, key=lambda i: self._stem(by_stem[i])), len(by_stem)):
            number = by_stem[i]
            if self._stem(number) != stem:
                return
            yield self._form(number)

    def _read(self, number: int) -> bytes:
        begin = self._more.begin(number)
        return self._form(number)[: self._kept[number]] + self._text.bytes(begin, begin + self._more[number])


class InflectionsWriter:
    """Writes the stems of a segment's exact forms as they come, in the order of the forms."""

    def __init__(self, writer: ColumnWriter) -> None:
        self._writer, self._more = writer, RunsWriter(writer, "stems.more")
        self._stems: list[bytes] = []
        self.append([], [])

    def append(self, forms: Sequence[bytes], stems: Sequence[bytes]) -> None:
        """The next exact forms with their stems."""
        kept = [_shared(form, stem) for form, stem in zip(forms, stems, strict=True)]
        rest = [stem[shared:] for stem, shared in zip(stems, kept, strict=True)]
        self._writer.append("stems.kept", np.array(kept, np.uint8))
        self._writer.append("stems", np.frombuffer(b"".join(rest), np.uint8))
        self._more.append(np.fromiter(map(len, rest), np.int64, len(rest)))
        self._stems += stems

    def close(self) -> None:
        """Write the order of the words by their stems, which needs all of them."""
        words = [number for number, stem in enumerate(self._stems) if stem]
        self._writer.append("by_stem", np.array(sorted(words, key=self._stems.__getitem__), np.uint32))
