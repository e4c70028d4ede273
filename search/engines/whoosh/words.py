"""The words of a generation, counted when it is committed and kept beside it, so that a search need not go through the index for them.

``words-<n>.json`` belongs to the commit with that number; a missing one (a kill right after the commit) is counted on the spot.
"""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from whoosh.reading import IndexReader

from search.document import Place
from search.engines.occurrences import EXACT
from search.engines.whoosh.schema import place_field
from search.vocabulary import WordList


def count_words(reader: IndexReader) -> WordList:
    """Every exact form and stem, with the papers it is in added up over the places."""
    words: Counter[str] = Counter()
    stems: Counter[str] = Counter()
    for leaf, _ in reader.leaf_readers():
        for place in Place:
            for name, papers in _terms(leaf, place_field(place)):
                text = name.decode("utf-8", "surrogatepass")
                (words if text[0] == EXACT else stems)[text[1:]] += papers
    return WordList(words, stems)


def _terms(leaf: IndexReader, field: str) -> Iterator[tuple[bytes, int]]:
    """Every term of a field in a segment, with the number of papers it is in."""
    if field in leaf.indexed_field_names():
        for (name, text), info in leaf.iter_from(field, b""):
            if name != field:
                return
            yield text, int(info.doc_frequency())


def words_file(folder: Path, commit: int) -> Path:
    """Where the words of a commit are kept."""
    return folder / f"words-{commit}.json"


def write_words(folder: Path, commit: int, words: WordList) -> None:
    """Keep the words of a commit; those of earlier ones go."""
    file = words_file(folder, commit)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(json.dumps([words.words, words.stems], ensure_ascii=True, separators=(",", ":")), encoding="ascii")
    beside.replace(file)
    for other in folder.glob("words-*.json"):
        if other != file:
            other.unlink(missing_ok=True)


def read_words(folder: Path, commit: int, reader: IndexReader) -> WordList:
    """The words of a commit."""
    try:
        words, stems = json.loads(words_file(folder, commit).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return count_words(reader)
    return WordList(words, stems)
