"""The sorted terms of a segment, compressed, and ways to find them: by number, text, beginning, ending, letters and stem.

The terms are stored in blocks of four. ``terms.at`` tells where each block begins in ``terms``. Each term is stored as the number
of leading bytes that it shares with the term before it (0 for the first term of a block), the number of its remaining bytes (255
means that the next four bytes hold the number), and these remaining bytes.

A hash table finds a term without a search. ``hashed`` holds the numbers of all terms, in buckets by the low bits of the CRC-32 of
the term. ``hashed.at`` tells where each bucket begins, and ``hashed.tag`` holds the highest eight bits of the CRC-32 of each
term. ``backwards`` holds the numbers of the exact forms, sorted by their letters from last to first, and ``bags`` which letters
each exact form has (``nearby``). Their stems are kept by ``inflections``.

This module knows only the exact forms apart from other terms; ``segment`` tells what terms mean.
"""

from __future__ import annotations

import zlib
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import takewhile

import numpy as np

from search.document import EXACT
from search.engines.whoosh.storage.columnfile import Column, ColumnFile, ColumnWriter
from search.engines.whoosh.storage.inflections import Inflections, InflectionsWriter
from search.engines.whoosh.storage.narrow import Numbers, pieces
from search.engines.whoosh.storage.nearby import bags_of, edits, perhaps_near

_BLOCK = 4
"""Terms in a block. Larger blocks take less room, but to read a term all terms before it in its block must be decoded."""
_KEPT = 24
"""The most leading bytes that a term shares with the term before it."""
_REMEMBERED = 1 << 12
"""Blocks that are kept decoded, for the next look-ups: searches begin at the same terms, and a query asks for the same ones
again and again. They take about 2 MB."""
_LONG = 255
_AT_ONCE = 1 << 14
"""Terms that are encoded at once."""
_IN_BUCKET = 8
"""The mean number of terms in a bucket of the hash table is below this."""
MANY = 32
"""From this many terms on, looking up all of them at once is faster than looking them up one by one."""
_ALONG = 2
"""If at least one in this many of the terms from the first to the last is looked up, all terms between are read."""
_EXACT = EXACT.encode()


def term_bytes(term: str) -> bytes:
    """A term as it is stored in a segment. The bytes have the same order as the terms."""
    return term.encode("utf-8", "surrogatepass")


def term_text(term: bytes) -> str:
    """The term that these bytes stand for."""
    return term.decode("utf-8", "surrogatepass")


class Dictionary:
    """The terms of a segment, open for reading."""

    def __init__(self, file: ColumnFile) -> None:
        self._file = file
        self._text, self._at, self._backwards = (file.cells(name) for name in ("terms", "terms.at", "backwards"))
        self._hashed, self._hashed_at, self._tags = (file.cells(name) for name in ("hashed", "hashed.at", "hashed.tag"))
        self._inflections = Inflections(file, lambda number: self.term(number)[1:])
        self._block = lru_cache(_REMEMBERED)(lambda block: self._blocks(block, block + 1))

    def __len__(self) -> int:
        return len(self._hashed)

    def _blocks(self, first: int, last: int) -> list[bytes]:
        """The terms of the blocks from ``first`` to ``last``."""
        content = self._text.bytes(self._at[first], self._at[last])
        terms: list[bytes] = []
        term, at, end = b"", 0, len(content)
        while at < end:
            kept, more = content[at], content[at + 1]
            at += 2
            if more == _LONG:
                more = int.from_bytes(content[at : at + 4], "little")
                at += 4
            term = term[:kept] + content[at : at + more]
            terms.append(term)
            at += more
        return terms

    def term(self, number: int) -> bytes:
        """The term with this number."""
        return self._block(number // _BLOCK)[number % _BLOCK]

    def _head(self, block: int) -> bytes:
        """The first term of a block."""
        return self._block(block)[0]

    def find(self, term: bytes) -> int:
        """The number of a term; -1 when the segment does not have it."""
        checksum = zlib.crc32(term)
        bucket = checksum & (len(self._hashed_at) - 2)
        first, last = self._hashed_at[bucket], self._hashed_at[bucket + 1]
        tags, tag = self._tags.bytes(first, last), checksum >> 24
        at = tags.find(tag)
        while at >= 0:
            number = self._hashed[first + at]
            if self.term(number) == term:
                return number
            at = tags.find(tag, at + 1)
        return -1

    def find_all(self, terms: Sequence[bytes]) -> Numbers:
        """The numbers of terms; -1 for a term that the segment does not have."""
        if len(terms) < MANY:
            return np.array([self.find(term) for term in terms], np.int64)
        lowest, highest = self.find(min(terms)), self.find(max(terms))
        if min(lowest, highest) >= 0 and highest - lowest < len(terms) * _ALONG:
            number_of = dict(zip(self.between(lowest, highest + 1), range(lowest, highest + 1), strict=True))
            return np.array([number_of.get(term, -1) for term in terms], np.int64)
        sums = np.fromiter(map(zlib.crc32, terms), np.int64, len(terms))
        buckets = sums & (len(self._hashed_at) - 2)
        first = self._hashed_at.take(buckets)
        in_bucket = self._hashed_at.take(buckets + 1) - first
        at, asked = pieces(first, in_bucket), np.repeat(np.arange(len(terms)), in_bucket)
        alike = np.flatnonzero(self._tags.take(at) == (sums >> 24)[asked])
        found = np.full(len(terms), -1, np.int64)
        for number, i in zip(self._hashed.take(at[alike]).tolist(), asked[alike].tolist(), strict=True):
            if self.term(number) == terms[i]:
                found[i] = number
        return found

    def first(self, start: bytes, low: int = 0, high: int | None = None) -> int:
        """The number of the first term, from ``low`` up to ``high``, that is not before ``start``.

        It is ``high`` when all of them are before ``start``.
        """
        high = len(self) if high is None else high
        if low >= high:
            return high
        block = bisect_left(range(-(-len(self) // _BLOCK)), start, low // _BLOCK, (high - 1) // _BLOCK + 1, key=self._head)
        if not block:
            return low
        found = (block - 1) * _BLOCK + bisect_left(self._block(block - 1), start)
        return min(max(found, low), high)

    def between(self, first: int, last: int) -> list[bytes]:
        """The terms with the numbers from ``first`` to ``last``."""
        if first >= last:
            return []
        block = first // _BLOCK
        return self._blocks(block, (last - 1) // _BLOCK + 1)[first - block * _BLOCK : last - block * _BLOCK]

    def ending(self, suffix: str) -> Iterator[int]:
        """The numbers of the exact forms that end with ``suffix``."""
        end = term_bytes(suffix)
        at = bisect_left(range(len(self._backwards)), suffix[::-1], key=lambda i: term_text(self.term(self._backwards[i]))[:0:-1])
        numbers = map(self._backwards.__getitem__, range(at, len(self._backwards)))
        return takewhile(lambda number: self.term(number)[1:].endswith(end), numbers)

    def with_stem(self, stem: str) -> list[str]:
        """The words among the exact forms that have this stem."""
        return [term_text(form) for form in self._inflections.with_stem(term_bytes(stem))]

    def stems(self, first: int, terms: Sequence[bytes]) -> list[bytes]:
        """The stems of the exact forms that these terms begin with, of which the first has the number ``first``."""
        return self._inflections.stems(first, _exact(terms))

    def near_twice(self, word: str) -> list[str]:
        """The exact forms of plain letters at two edits of such a word."""
        wanted = term_bytes(word)
        forms = [self.term(number)[1:] for number in perhaps_near(self._file.read("bags"), wanted, 2).tolist()]
        return [term_text(forms[i]) for i in np.flatnonzero(edits(wanted, forms) == 2).tolist()]


def _exact(terms: Sequence[bytes]) -> list[bytes]:
    """The exact forms that these terms, which are in order, begin with."""
    return [term[1:] for term in takewhile(lambda term: term.startswith(_EXACT), terms)]


class DictionaryWriter:
    """Writes the terms of a segment as they come, in sorted order."""

    def __init__(self, writer: ColumnWriter) -> None:
        self._writer = writer
        self._waiting: list[bytes] = []
        """The terms of the last block, which is not full yet."""
        self._bytes = 0
        self._sums: list[Column] = []
        self._exact: list[bytes] = []
        self._inflections = InflectionsWriter(writer)
        writer.append("terms", np.empty(0, np.uint8))
        writer.append("terms.at", np.zeros(1, np.uint64))

    def append(self, terms: list[bytes], stems: Sequence[bytes]) -> None:
        """The next terms, and the stems of the exact forms among them (``inflections.stem_bytes``)."""
        self._sums.append(np.fromiter(map(zlib.crc32, terms), np.uint32, len(terms)))
        exact = _exact(terms)
        self._inflections.append(exact, stems)
        self._exact += exact
        self._waiting += terms
        full = len(self._waiting) - len(self._waiting) % _BLOCK
        self._write(self._waiting[:full])
        self._waiting = self._waiting[full:]

    def _write(self, terms: list[bytes]) -> None:
        for at in range(0, len(terms), _AT_ONCE):
            content, sizes = _in_blocks(terms[at : at + _AT_ONCE])
            self._writer.append("terms", content)
            self._writer.append("terms.at", (self._bytes + np.cumsum(sizes)).astype(np.uint64))
            self._bytes += len(content)

    def close(self) -> None:
        """Write the last block, the hash table and the exact forms by their endings, which need all terms."""
        self._write(self._waiting)
        sums = np.concatenate([np.empty(0, np.uint32), *self._sums])
        buckets = 1 << max(len(sums) // _IN_BUCKET, 1).bit_length()
        bucket = sums & np.uint32(buckets - 1)
        order = np.argsort(bucket, kind="stable")
        begins = np.concatenate(([0], np.cumsum(np.bincount(bucket, minlength=buckets))))
        self._writer.append("hashed.at", begins.astype(np.uint32))
        self._writer.append("hashed", order.astype(np.uint32))
        self._writer.append("hashed.tag", (sums[order] >> np.uint32(24)).astype(np.uint8))
        # Exact forms come first among the terms, so their indices here are their numbers.
        backwards = [term_text(term)[::-1] for term in self._exact]
        self._writer.append("backwards", np.array(sorted(range(len(backwards)), key=backwards.__getitem__), np.uint32))
        self._inflections.close()
        self._writer.append("bags", bags_of(self._exact))


def _in_blocks(terms: list[bytes]) -> tuple[Column, Numbers]:
    """The terms encoded in blocks, and the number of bytes of each block."""
    lengths = np.fromiter(map(len, terms), np.int64, len(terms))
    letters = np.array(terms, f"S{_KEPT}").view(np.uint8).reshape(-1, _KEPT)
    differs = letters[1:] != letters[:-1]
    kept = np.where(differs.any(axis=1), differs.argmax(axis=1), _KEPT)
    kept = np.concatenate(([0], np.minimum(kept, np.minimum(lengths[1:], lengths[:-1]))))
    kept[::_BLOCK] = 0
    more = lengths - kept
    heads = np.where(more < _LONG, 2, 6)
    sizes = heads + more
    at = np.cumsum(sizes) - sizes
    content = np.empty(int(sizes.sum()), np.uint8)
    content[at], content[at + 1] = kept.astype(np.uint8), np.minimum(more, _LONG).astype(np.uint8)
    for i in np.flatnonzero(more >= _LONG).tolist():
        content[at[i] + 2 : at[i] + 6] = np.frombuffer(int(more[i]).to_bytes(4, "little"), np.uint8)
    every = np.frombuffer(b"".join(terms), np.uint8)
    content[pieces(at + heads, more)] = every[pieces(np.cumsum(lengths) - lengths + kept, more)]
    return content, np.add.reduceat(sizes, np.arange(0, len(sizes), _BLOCK))
