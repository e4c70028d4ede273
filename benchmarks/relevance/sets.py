"""Every set of questions, with the papers it is asked of."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from pathlib import Path

from benchmarks.measuring import index_papers
from benchmarks.relevance.citing import citing_sentences
from benchmarks.relevance.needs import Need, VerbQuery, needs, text_of, verb_queries
from benchmarks.relevance.questions import KNOWN_ITEM_SETS, Question, judged, known_items
from indexer.catalogue.catalogue import open_catalogue
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import PARSER_VERSION
from search.document import SearchDocument, document_of

ROOT = Path(__file__).parents[2]
SAMPLE = ROOT / "data" / "sample"
JUDGED = ROOT / "tests" / "relevance" / "judged.toml"
ASKED = ROOT / "tests" / "relevance" / "asked.tsv"

SMALL_SETS = ("exact", "lay")
"""Files of questions that are always asked whole: the words of the papers, and words that are not those of the papers."""


@dataclass(frozen=True)
class Collection:
    """Papers that were read and indexed in a data folder."""

    data: Path

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.data / "index"

    @cached_property
    def papers(self) -> tuple[Kamerstuk, ...]:
        """All papers as they were read."""
        with open_catalogue(self.data / "kamerstukken.db", PARSER_VERSION) as catalogue:
            return tuple(change.paper for change in catalogue.changes_since(0) if change.paper)

    @cached_property
    def documents(self) -> tuple[SearchDocument, ...]:
        """All papers as the engines hold them."""
        return tuple(document_of(paper) for paper in self.papers)

    @cached_property
    def texts(self) -> Mapping[str, str]:
        """What each paper says, by identifier."""
        return {document.identifier: text_of(document) for document in self.documents}


@dataclass(frozen=True, slots=True)
class Sets:
    """What is asked of one collection: questions, needs as asked and as keywords, and queries of a noun and a verb."""

    collection: Collection
    questions: Mapping[str, Sequence[Question]]
    needs: Mapping[str, Sequence[Need]]
    verbs: Sequence[VerbQuery] = ()


def read_collection(papers: Path, data: Path) -> Collection:
    """Read and index the official files under ``papers``; what is in the data folder already is not read again.

    Raises:
        ValueError: a file could not be read.
    """
    index_papers(papers, data)
    return Collection(data)


def sample_sets(data: Path) -> Sets:
    """What is asked of the sample: judged queries, and its own sentences that cite."""
    sample = read_collection(SAMPLE, data)
    return Sets(sample, {"judged": judged(JUDGED), "citing_sample": citing_sentences(sample.papers)}, {})


def real_sets(real: Path, data: Path, every: int = 1, asked: Sequence[Path] = (ASKED,)) -> Sets:
    """What is asked of a folder of real papers, with the files of questions that it has.

    Of the known-item questions one in ``every`` so many is asked, of the rest all.
    """
    collection = read_collection(real / "xml", data)
    files = {name: file for name in (*KNOWN_ITEM_SETS, *SMALL_SETS) if (file := real / "eval" / f"{name}.tsv").exists()}
    questions = {
        name: _answerable(known_items(file), collection.texts)[:: every if name in KNOWN_ITEM_SETS else 1]
        for name, file in files.items()
    }
    questions["citing"] = citing_sentences(collection.papers)
    verbs = real / "eval" / "verbs.tsv"
    return Sets(
        collection,
        questions,
        {file.stem: needs(file, collection.texts) for file in asked},
        verb_queries(verbs, collection.texts) if verbs.exists() else (),
    )


def _answerable(questions: Iterable[Question], papers: Container[str]) -> list[Question]:
    """The questions that any of these papers answers, each with those of its papers that are there."""
    there = (
        replace(question, grades={paper: grade for paper, grade in question.grades.items() if paper in papers})
        for question in questions
    )
    return [question for question in there if question.answers]
