"""Queries over the sample, with what a journalist would want to be found and what not; the table is ``queries.toml``."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest

from search.plan import MatchKind
from search.ports import Hit, Sort
from search.service import SearchService
from search.snippets import AnsweredHit
from tests.search.golden.conftest import SAMPLE

TABLE = tomllib.loads(Path(__file__).with_name("queries.toml").read_text(encoding="utf-8"))
PAPERS = frozenset(path.stem.removeprefix("kst-") for path in SAMPLE.glob("*.html"))
EVERY_HIT = 100
KNOWN = "known"
SETS = "sets"

Texts = Mapping[str, list[str]]


@dataclass(frozen=True, slots=True)
class Expected:
    """One query and what is expected of its answer; the meaning of each stands at the head of the table."""

    query: str
    repeat: int = 1
    sort: str = Sort.RELEVANCE.value
    filters: Texts = field(default_factory=dict)
    first: str = ""
    above: tuple[str, str] | tuple[()] = ()
    finds: str = ""
    finds_not: str = ""
    only: bool = False
    total: int | None = None
    total_all_words: int | None = None
    understood: str = ""
    remark: str = ""
    did_you_mean: str | None = None
    corrected_to: str = ""
    match: Mapping[str, str] = field(default_factory=dict)
    marks: Texts = field(default_factory=dict)
    marks_not: Texts = field(default_factory=dict)
    why: str = ""

    def named(self) -> set[str]:
        """Every paper that is spoken of."""
        listed = {self.first, *self.above, *self.match, *self.marks, *self.marks_not} - {""}
        return listed | papers(self.finds) | papers(self.finds_not)


def papers(names: str) -> set[str]:
    """The papers of a list; ``@name`` stands for one of the sets."""
    found: set[str] = set()
    for name in names.split():
        found |= set(TABLE[SETS][name[1:]].split()) if name.startswith("@") else {name}
    return found


CLASSES = {name: [Expected(**entry) for entry in entries] for name, entries in TABLE.items() if name != SETS}
RIGHT = [pytest.param(e, id=f"{name}-{e.query[:50]}") for name, entries in CLASSES.items() if name != KNOWN for e in entries]
WRONG = [pytest.param(e, id=e.query) for e in CLASSES[KNOWN]]


def faults(service: SearchService, expected: Expected) -> list[str]:
    """What is not as expected, in words."""
    snippets = expected.marks or expected.marks_not or expected.corrected_to
    answer = service.answer(
        expected.query * expected.repeat,
        filters={name: tuple(values) for name, values in expected.filters.items()},
        sort=Sort(expected.sort),
        limit=EVERY_HIT if snippets else 0,  # snippets of every hit take longer than all the rest
    )
    hits: tuple[AnsweredHit | Hit, ...] = answer.hits or service.searcher.search(replace(answer.request, limit=EVERY_HIT)).hits
    hits = tuple(hit for hit in hits if hit.match is not MatchKind.ALIKE)
    found = [hit.document.identifier.removeprefix("kst-") for hit in hits]
    assert answer.corrected_to or len(found) == answer.total
    by_name = dict(zip(found, hits, strict=True))
    finds = papers(expected.finds)
    checks = [
        (not finds - set(found), f"missing {sorted(finds - set(found))}"),
        (not expected.only or not set(found) - finds, f"too many {sorted(set(found) - finds)}"),
        (not set(found) & papers(expected.finds_not), f"found {sorted(set(found) & papers(expected.finds_not))}"),
        (not expected.first or found[:1] == [expected.first], f"the first are {found[:5]}"),
        (not expected.above or _above(expected.above, found), f"the order is {found[:10]}"),
        (expected.total in {None, answer.total}, f"total {answer.total}"),
        (expected.total_all_words in {None, answer.total_all_words}, f"total_all_words {answer.total_all_words}"),
        (expected.understood in answer.understood, f"understood {answer.understood}"),
        (any(expected.remark in remark for remark in ("", *answer.remarks)), f"remarks {answer.remarks}"),
        (expected.did_you_mean in {None, answer.did_you_mean}, f"did_you_mean {answer.did_you_mean}"),
        (expected.corrected_to == answer.corrected_to, f"corrected_to {answer.corrected_to}"),
    ]
    for name, kind in expected.match.items():
        got = by_name[name].match.value if name in by_name else "nothing"
        checks.append((got == kind, f"{name} by {got}"))
    marked = {hit.document.identifier.removeprefix("kst-"): marked_texts(hit) for hit in answer.hits}
    for name, texts in expected.marks.items():
        checks.append((set(texts) <= marked.get(name, set()), f"marks in {name}: {marked.get(name)}"))
    for name, texts in expected.marks_not.items():
        checks.append((not set(texts) & marked.get(name, set(texts)), f"marks in {name}: {marked.get(name)}"))
    return [fault for right, fault in checks if not right]


def _above(names: tuple[str, ...], found: list[str]) -> bool:
    return set(names) <= set(found) and [name for name in found if name in names] == list(names)


def marked_texts(hit: AnsweredHit) -> set[str]:
    """What is marked in the snippets of a hit."""
    return {snippet.text[start:end] for snippet in hit.snippets for start, end in snippet.marks}


@pytest.mark.parametrize("expected", RIGHT)
def test_a_query_finds_what_it_should_and_nothing_else(service: SearchService, expected: Expected) -> None:
    assert faults(service, expected) == []


@pytest.mark.parametrize("expected", WRONG)
def test_a_known_fault_is_still_there(service: SearchService, expected: Expected) -> None:
    assert faults(service, expected), "mended: move it to its class"


def test_every_class_has_at_least_ten_queries_and_each_stands_once_in_its_class() -> None:
    assert sum(map(len, CLASSES.values())) >= 170
    for name, entries in CLASSES.items():
        asked = [(e.query, e.repeat, e.sort, str(e.filters)) for e in entries]
        assert len(entries) >= 10 or name == KNOWN
        assert len(set(asked)) == len(asked)


def test_every_paper_of_the_table_is_in_the_sample() -> None:
    assert {name for entries in CLASSES.values() for e in entries for name in e.named()} <= PAPERS
    assert all(papers(names) <= PAPERS for names in TABLE[SETS].values())


def test_every_known_fault_has_a_reason_and_nothing_else_has() -> None:
    assert all(bool(e.why) == (name == KNOWN) for name, entries in CLASSES.items() for e in entries)
