"""The words of a generation with the papers they are in, kept beside it, so that a search need not go through the index for them.

``words-<n>.json`` belongs to the commit with that number and is written just before it. The writer keeps count of the papers that
come and go; ``count_words`` counts anew where that is lost.
"""

from __future__ import annotations

import json
import os
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from pathlib import Path

from whoosh.reading import IndexReader

from search.document import Place
from search.engines.occurrences import EXACT, STEM
from search.engines.whoosh.schema import place_field
from search.vocabulary import WordList


def count_words(reader: IndexReader) -> WordList:
    """Every exact form and stem of the papers that are not deleted. Slow: reads the postings of every term."""
    counts: Counter[str] = Counter()
    for leaf, _ in reader.leaf_readers():
        places: dict[bytes, list[str]] = defaultdict(list)
        for place in Place:
            field = place_field(place)
            for name in _terms(leaf, field):
                places[name].append(field)
        for name, fields in places.items():
            papers = set().union(*(leaf.postings(field, name).all_ids() for field in fields))
            counts[name.decode("utf-8", "surrogatepass")] += len(papers)
    return changed(WordList({}, {}), counts)


def _terms(leaf: IndexReader, field: str) -> Iterator[bytes]:
    """Every term of a field in a segment."""
    if field in leaf.indexed_field_names():
        for name, text in leaf.terms_from(field, b""):
            if name != field:
                return
            yield text


def changed(words: WordList, changes: Mapping[str, int]) -> WordList:
    """The words after papers came and went; ``changes`` counts them by index term."""
    counts = {EXACT: dict(words.words), STEM: dict(words.stems)}
    for term, change in changes.items():
        kind, text = counts[term[0]], term[1:]
        papers = kind.get(text, 0) + change
        if papers:
            kind[text] = papers
        else:
            kind.pop(text, None)
    return WordList(counts[EXACT], counts[STEM])


def _file(folder: Path, commit: int) -> Path:
    return folder / f"words-{commit}.json"


def write_words(folder: Path, commit: int, words: WordList) -> None:
    """Keep the words of a commit."""
    file = _file(folder, commit)
    beside = file.with_name(f".{file.name}.{os.getpid()}")
    beside.write_text(json.dumps([words.words, words.stems], ensure_ascii=True, separators=(",", ":")), encoding="ascii")
    beside.replace(file)


def clear_words(folder: Path, commit: int) -> None:
    """Remove the words of all other commits."""
    keep = _file(folder, commit)
    for found in folder.glob("words-*.json"):
        if found != keep:
            found.unlink(missing_ok=True)


def read_words(folder: Path, commit: int, reader: IndexReader) -> WordList:
    """The words of a commit."""
    try:
        words, stems = json.loads(_file(folder, commit).read_text(encoding="ascii"))
    except (OSError, ValueError):
        return count_words(reader)
    return WordList(words, stems)
