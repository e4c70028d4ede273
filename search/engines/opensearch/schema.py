"""What an index is in terms of OpenSearch: its fields, how ready-made terms get into them, and the versions that made it.

Analysis happens in ``occurrences``. A place is a text field with a value for each passage. In a value the positions are separated
by spaces; all terms that stand at a position are one token, joined by ``TOGETHER``, which the analyzer takes apart again, and
where nothing stands there is ``NOTHING``, which it drops without closing the gap. So positions are those of ``occurrences``.

A term scores how often it occurs, times its boost: the formula of ``ranking`` is made of these numbers in the queries.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from search.analysis.chain import ANALYSIS_VERSION
from search.document import Place
from search.engines.occurrences import PASSAGE_GAP
from search.fields import FIELDS, FINGERPRINT

SCHEMA_VERSION = f"1.{FINGERPRINT}"
"""The number is raised when what is written to the index changes; the index is then rebuilt."""

TOGETHER = "\u00ad"
"""Joins the terms of one position. The soft hyphen stands in no term: folding drops it."""
NOTHING = "-"
"""Where no term begins; terms begin with a mark."""

IDENTIFIER, DATE, CITES, TERMS, STORED = "identifier", "date", "cites", "terms", "stored"
TITLED, TITLES = "titled", "titles"
"""The dossiers that a paper gives a title, as values and with these titles."""
WORD, BACKWARDS = "word", "backwards"
"""An exact form in the index of words, and its letters from the last to the first."""

NAMES = tuple(field.name for field in FIELDS)

_LONGEST_TOKEN = 1 << 20
"""Characters of the terms of one position together, the most that OpenSearch takes; some hundreds occur, more in a value."""
_LAST_PAGE = 20_000
"""Hits that may be passed over; the front end stops before."""

Json = dict[str, Any]


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
    """The values of a field of the table, as ``documents.value_term`` gives them."""
    return f"value.{name}"


def same_field(name: str) -> str:
    """The same values folded, for comparison."""
    return f"same.{name}"


def worded_field(name: str) -> str:
    """The words of the same values: those of one value stand at one position, far from those of the next."""
    return f"worded.{name}"


def words_of(index: str) -> str:
    """The index of the words that occur in this one, and the alias of it for an alias."""
    return f"{index}-words"


def meta(commit: int, change: int, committed: str = "") -> Mapping[str, object]:
    """What an index says of itself: what made it, number and time of its last commit, the last change of the catalogue in it."""
    return {
        "made_by": "kamerstukken",
        "schema": SCHEMA_VERSION,
        "analysis": ANALYSIS_VERSION,
        "commit": commit,
        "change": change,
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
            "_meta": dict(meta(0, 0)),
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
                "worded": {"properties": dict.fromkeys(NAMES, placed)},
            },
        },
    }


def words_index(replicas: int) -> Json:
    """Settings and mappings of an index of words."""
    properties = {WORD: {"type": "keyword"}, BACKWARDS: {"type": "keyword"}}
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
