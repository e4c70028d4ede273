"""The hits that came last, whatever their dates."""

from __future__ import annotations

from collections.abc import Iterator

from search.engines.memory import MemoryEngine
from search.plan import Weights
from search.service import SearchService
from tests.search.papers import paper


def _latest(engine: MemoryEngine, query: str, *arrivals: str, limit: int = 3) -> list[str]:
    hits = SearchService(engine).latest(query, arrivals=[f"kst-{name}" for name in arrivals], limit=limit)
    return [hit.document.identifier.removeprefix("kst-") for hit in hits]


def _engine(*papers: tuple[str, str, str]) -> MemoryEngine:
    engine = MemoryEngine(Weights())
    engine.replace(paper(name, text, date=date) for name, text, date in papers)
    engine.commit()
    return engine


def test_the_last_that_came_are_first_and_only_hits_are_given() -> None:
    engine = _engine(("1-1", "molen", "2020-01-01"), ("1-2", "molen", "2024-01-01"), ("1-3", "toren", "2023-01-01"))
    assert _latest(engine, "molen", "1-1", "1-3", "1-2") == ["1-1", "1-2"]


def test_the_others_follow_by_date_when_too_few_came() -> None:
    engine = _engine(*((f"1-{i}", "molen", f"20{10 + i}-01-01") for i in range(6)))
    assert _latest(engine, "molen", "1-0", "1-2") == ["1-0", "1-2", "1-5"]


def test_arrivals_are_looked_at_until_there_are_enough() -> None:
    engine = _engine(*((f"1-{i}", "molen", "2020-01-01") for i in range(150)), ("2-1", "toren", "2020-01-01"))
    looked_at = []

    def arrivals() -> Iterator[str]:
        for i in range(150):
            looked_at.append(i)
            yield f"kst-1-{i}"

    hits = SearchService(engine).latest("molen", arrivals=arrivals(), limit=2)

    assert [hit.document.identifier for hit in hits] == ["kst-1-0", "kst-1-1"]
    assert len(looked_at) == 100


def test_words_that_only_some_papers_have_all_of_are_asked_for_strictly() -> None:
    engine = _engine(("1-1", "molen", "2020-01-01"), ("1-2", "molen toren", "2019-01-01"))
    assert _latest(engine, "molen toren", "1-1", "1-2") == ["1-2"]


def test_hits_have_their_snippets() -> None:
    (hit,) = SearchService(_engine(("1-1", "De molen draait.", "2020-01-01"))).latest("molen", arrivals=["kst-1-1"], limit=5)
    assert hit.snippets[0].marks
