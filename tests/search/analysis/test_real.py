"""What stands in a fifth of the real papers shares its stem with no other word."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

from indexer.errors import PaperError
from indexer.reading.official_file import find_files, read_paper
from search.analysis.chain import tokenize
from search.analysis.inflection import infinitives
from search.analysis.lemmas import lemma_of
from search.analysis.stemming import stem
from search.document import document_of

EVERY = 4
"""Of the papers one in so many is read."""
SHARE = 0.2
SHORTEST = 4


def test_frequent_words_share_their_stem_with_no_other_word(real: Path) -> None:
    files = [file for file in find_files([real / "xml"]) if not isinstance(file, PaperError)][::EVERY]
    counts: Counter[str] = Counter()
    for file in files:
        counts.update({token.text for passage in document_of(read_paper(file)).passages for token in tokenize(passage.text)})
    assert len(files) > 100
    of_stem: dict[str, list[str]] = defaultdict(list)
    for word in counts:
        of_stem[stem(word)].append(word)
    frequent = [word for word, papers in counts.items() if papers >= SHARE * len(files)]
    joined = [
        (word, other) for word in frequent for other in of_stem[stem(word)] if len(other) >= SHORTEST and not _one(word, other)
    ]
    assert joined == []


def _one(word: str, other: str) -> bool:
    """Whether two words are one: they have one lemma, or one is the verb of the other."""
    (_, one), (_, two) = lemma_of(word), lemma_of(other)
    return one == two or one in infinitives(two) or two in infinitives(one)
