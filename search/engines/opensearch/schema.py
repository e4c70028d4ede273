"""What an index is in terms of OpenSearch, and a paper as the JSON that is indexed of it.

Analysis happens in ``occurrences``. A place is a text field with a value for each passage. In a value the positions are separated
by spaces; all terms that stand at a position are one token, joined by ``TOGETHER``, which the analyzer takes apart again, and
where nothing stands there is ``NOTHING``, which it drops without closing the gap. So positions are those of ``occurrences``. A
term scores how often it occurs, times its boost: the formula of the ranking is made of these numbers in the queries.

The same positions are kept as bytes for the scripts of ``queries``, which tell what Lucene's own queries cannot: words within a
slop, two terms at one position, the smallest distance between words. Numbers in them are big-endian: how many terms (4 bytes); of
each, ascending, the key (8); of each and of the end where its positions begin (4), counted from the first of these; then the
positions, each as the difference from the one before, seven bits a byte, the last byte of each without the eighth bit.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass

from indexer.catalogue.history import BEGINNING, Moment
from search.analysis.chain import ANALYSIS_VERSION, stem
from search.document import (
    EXACT,
    PASSAGE_GAP,
    Place,
    SearchDocument,
    document_bytes,
    dossier_titles,
    measured,
    occurrences,
    terms_of,
)
from search.engines.opensearch.client import Json
from search.fields import FIELDS, FINGERPRINT, facets_of
from search.values import folded

SCHEMA_VERSION = f"4.{FINGERPRINT}"
"""The number is raised when what is written to the index changes; the index is then rebuilt."""

TOGETHER = "\u00ad"
"""Joins the terms of one position. The soft hyphen stands in no term: folding drops it."""
NOTHING = "-"
"""Where no term begins; terms begin with a mark."""

IDENTIFIER, DATE, CITES, TERMS, STORED = "identifier", "date", "cites", "terms", "stored"
TITLED, TITLES = "titled", "titles"
"""The dossiers that a paper gives a title, as values and with these titles."""
WORD, BACKWARDS, WORD_STEM = "word", "backwards", "stem"
"""An exact form in the index of words, and its letters from the last to the first."""

NAMES = tuple(field.name for field in FIELDS)

_LONGEST_TOKEN = 1 << 20
"""Characters of the terms of one position together, the most that OpenSearch takes; some hundreds occur, more in a value."""
_LAST_PAGE = 20_000
"""Hits that may be passed over; the front end stops before."""


def place_field(place: Place) -> str:
    """The terms in a place, at their positions."""
    return f"place.{place.value}"


def positions_field(place: Place) -> str:
    """The same positions for scripts, as ``positions`` writes them."""
    return f"positions.{place.value}"


def length_field(place: Place) -> str:
    """How many words a place has; missing where the paper has no such place."""
    return f"length.{place.value}"


def value_field(name: str) -> str:
    """The values of a field of the table, as ``value_term`` gives them."""
    return f"value.{name}"


def same_field(name: str) -> str:
    """The same values folded, for comparison."""
    return f"same.{name}"


def words_of(index: str) -> str:
    """The index of the words that occur in this one, and the alias of it for an alias."""
    return f"{index}-words"


def meta(commit: int, moment: Moment, committed: str = "") -> Mapping[str, object]:
    """What an index says of itself: what made it, number and time of its last commit, up to which moment of the catalogue."""
    return {
        "made_by": "kamerstukken",
        "schema": SCHEMA_VERSION,
        "analysis": ANALYSIS_VERSION,
        "commit": commit,
        **asdict(moment),
        "committed": committed,
    }


def papers_index(shards: int, replicas: int) -> Json:
    """Settings and mappings of an index of papers."""
    keyword = {"type": "keyword"}
    unsorted = {"type": "keyword", "doc_values": False}
    placed = {"type": "text", "analyzer": "forms", "search_analyzer": "sequence", "norms": False, "similarity": "frequency"}
    placed |= {"index_options": "positions", "position_increment_gap": PASSAGE_GAP}
    return {
        "settings": _shared(shards, replicas)
        | {
            "max_result_window": _LAST_PAGE,
            "similarity": {"frequency": {"type": "scripted", "script": {"source": "return query.boost * doc.freq;"}}},
            "analysis": _analysis(),
        },
        "mappings": {
            "dynamic": "strict",
            # What is indexed from the rest is not needed again: a paper is always written as a whole.
            "_source": {"includes": [STORED, TITLES]},
            "_meta": dict(meta(0, BEGINNING)),
            "properties": {
                IDENTIFIER: keyword,
                DATE: {"type": "integer"},  # none where there is no date
                CITES: unsorted,
                TERMS: {"type": "text", "analyzer": "sequence", "norms": False, "index_options": "docs"},
                STORED: {"type": "binary"},
                TITLED: keyword,
                TITLES: {"type": "object", "enabled": False},
                "place": {"properties": {place.value: placed for place in Place}},
                "positions": {"properties": {place.value: {"type": "binary", "doc_values": True} for place in Place}},
                "length": {"properties": {place.value: {"type": "integer", "index": False} for place in Place}},
                "value": {"properties": dict.fromkeys(NAMES, keyword)},
                "same": {"properties": dict.fromkeys(NAMES, unsorted)},
            },
        },
    }


def words_index(replicas: int) -> Json:
    """Settings and mappings of an index of words."""
    properties = {name: {"type": "keyword"} for name in (WORD, BACKWARDS, WORD_STEM)}
    return {"settings": _shared(1, replicas), "mappings": {"dynamic": "strict", "properties": properties}}


def _shared(shards: int, replicas: int) -> Json:
    """Nothing is found before a commit, which refreshes."""
    return {"number_of_shards": shards, "number_of_replicas": replicas, "refresh_interval": "-1"}


def _analysis() -> Json:
    return {
        "tokenizer": {"spaces": {"type": "whitespace", "max_token_length": _LONGEST_TOKEN}},
        "filter": {
            "gaps": {"type": "stop", "stopwords": [NOTHING]},
            "apart": {"type": "pattern_capture", "preserve_original": False, "patterns": [f"([^{TOGETHER}]+)"]},
        },
        "analyzer": {
            "forms": {"type": "custom", "tokenizer": "spaces", "filter": ["gaps", "apart"]},
            "sequence": {"type": "custom", "tokenizer": "spaces", "filter": ["gaps"]},
        },
    }


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
        "length": {place.value: length for place in Place if (length := measured(place, found))},
        "value": {name: list(map(value_term, those)) for name, those in values.items() if those},
        "same": {name: [value_term(folded(value)) for value in those] for name, those in values.items() if those},
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
    return {WORD: word, BACKWARDS: word[::-1], WORD_STEM: stem(word)}
