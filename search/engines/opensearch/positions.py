"""Where the terms of one place stand, as bytes that scripts in the cluster read: for what Lucene's queries cannot tell.

Words within a slop, two terms at one position, and the smallest distance between words are counted here exactly as
``engines.plain`` says. Numbers are big-endian: how many terms (4 bytes); of each, ascending, the key (8); of each and of the end
where its positions begin (4), counted from the first of these; then the positions, each as the difference from the one before,
seven bits a byte, the last byte of each without the eighth bit. What reads this stands in ``scripts``.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Mapping


def key(name: str) -> int:
    """The number that stands for an index term: 64 bits of a digest, so that two terms of one paper never share one."""
    digest = hashlib.blake2b(name.encode("utf-8", "surrogatepass"), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def position_bytes(terms: Mapping[str, list[int]]) -> bytes:
    """The positions (ascending) of each term."""
    ordered = sorted((key(name), positions) for name, positions in terms.items())
    contents = [_differences(positions) for _, positions in ordered]
    starts = [0]
    for content in contents:
        starts.append(starts[-1] + len(content))
    count = len(ordered)
    head = struct.pack(f">i{count}q{count + 1}i", count, *(number for number, _ in ordered), *starts)
    return head + b"".join(contents)


def _differences(positions: Iterable[int]) -> bytes:
    content = bytearray()
    before = 0
    for position in positions:
        difference, before = position - before, position
        while difference > 127:
            content.append(difference & 127 | 128)
            difference >>= 7
        content.append(difference)
    return bytes(content)
