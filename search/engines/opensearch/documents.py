"""A paper → the JSON that is indexed of it, and the words that occur in it. What the fields are stands in ``schema``.

Where the terms of one place stand, as bytes that scripts in the cluster read: for what Lucene's queries cannot tell.

Words within a slop, two terms at one position, and the smallest distance between words are counted here exactly as
``engines.plain`` says. Numbers are big-endian: how many terms (4 bytes); of each, ascending, the key (8); of each and of the end
where its positions begin (4), counted from the first of these; then the positions, each as the difference from the one before,
seven bits a byte, the last byte of each without the eighth bit. What reads this stands in ``scripts``.
"""

from __future__ import annotations

import base64
import hashlib
import json
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from search.analysis.chain import tokenize
from search.document import SearchDocument, document_bytes, dossier_titles
from search.engines.occurrences import EXACT, PASSAGE_GAP, STEM, occurrences, terms_of
from search.engines.opensearch.schema import (
    BACKWARDS,
    CITES,
    DATE,
    IDENTIFIER,
    NOTHING,
    STORED,
    TERMS,
    TITLED,
    TITLES,
    TOGETHER,
    WORD,
    Json,
)
from search.fields import facets_of
from search.values import folded


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


_LONGEST_VALUE = 32_000
"""Bytes; OpenSearch takes no value of more than 32,766."""
_KEPT_OF_VALUE = 1_000
_LONGEST_ID = 512
"""Bytes; OpenSearch takes no longer ``_id``."""


@dataclass(frozen=True, slots=True)
class Indexed:
    """What is indexed of a paper: ``body`` as JSON under the paper's identifier, ``words`` (exact forms) each on their own."""

    identifier: str
    body: Json
    words: frozenset[str]


def indexed(document: SearchDocument) -> Indexed:
    """What is indexed of a paper."""
    found = occurrences(document)
    terms = terms_of(found)
    values = facets_of(document)
    titles = dossier_titles(document)
    starts = {place: begins for place, (*_, begins) in found.items()}
    body: Json = {
        IDENTIFIER: document.identifier,
        **({DATE: document.date.toordinal()} if document.date else {}),
        CITES: list(document.cites),
        TERMS: " ".join(sorted(terms)),
        STORED: _base64(document_bytes(document, starts)),
        TITLED: list(titles),
        TITLES: titles,
        "place": {place.value: passage_values(*of_place) for place, of_place in found.items()},
        "positions": {place.value: _base64(position_bytes(of_place)) for place, (of_place, *_) in found.items()},
        "length": {place.value: length for place, (_, length, _) in found.items()},
        "value": {name: list(map(value_term, those)) for name, those in values.items() if those},
        "same": {name: [value_term(folded(value)) for value in those] for name, those in values.items() if those},
        "worded": {name: list(map(_worded, those)) for name, those in values.items() if those},
    }
    return Indexed(document.identifier, body, frozenset(name[1:] for name in terms if name[0] == EXACT))


def passage_values(terms: dict[str, list[int]], length: int, starts: Sequence[int]) -> list[str]:
    """One place of a paper as ``occurrences`` gives it → the value of each passage."""
    ends = [following - PASSAGE_GAP for following in starts[1:]]
    ends.append(starts[-1] + length - sum(end - start for start, end in zip(starts, ends, strict=False)))
    standing: list[list[str]] = [[] for _ in range(ends[-1])]
    for name, positions in terms.items():
        for position in positions:
            standing[position].append(name)
    return [
        " ".join(TOGETHER.join(those) or NOTHING for those in standing[start:end])
        for start, end in zip(starts, ends, strict=True)
    ]


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _worded(value: str) -> str:
    """All words of a value, exact and stem, at one position."""
    forms = dict.fromkeys(name for token in tokenize(value) for name in (EXACT + token.text, STEM + token.stem))
    return TOGETHER.join(forms)


def value_term(value: str) -> str:
    """The value as it stands in the index: itself, or when it is too long for that its beginning and a digest."""
    content = value.encode("utf-8", "replace")
    if len(content) <= _LONGEST_VALUE:
        return value
    return f"{value[:_KEPT_OF_VALUE]}… {hashlib.sha256(content).hexdigest()}"


def word_id(word: str) -> str:
    """The ``_id`` of a word in the index of words."""
    content = word.encode("utf-8", "replace")
    return word if len(content) <= _LONGEST_ID else f"sha256 {hashlib.sha256(content).hexdigest()}"


def word_body(word: str) -> Json:
    """What is indexed of a word."""
    return {WORD: word, BACKWARDS: word[::-1]}


def json_bytes(value: object) -> bytes:
    """As JSON. Half characters, which are in no text that was read properly, become question marks."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")


def json_lines(values: Iterable[object]) -> bytes:
    """One JSON value a line, as bulk requests and searches of several want them."""
    return b"".join(json_bytes(value) + b"\n" for value in values)
