"""The engines that are compared find the same, so that what is compared is their speed."""

from __future__ import annotations

import sys
from pathlib import Path
from subprocess import Popen
from typing import Any

import pytest

from benchmarks.corpus import papers
from benchmarks.speed.__main__ import disagreements, quantile, summary, write_papers
from benchmarks.speed.adding import adding
from benchmarks.speed.measure import ENGINES, ask, build, read_papers
from benchmarks.speed.memory import Watched
from benchmarks.speed.on_opensearch import OpenSearch
from benchmarks.speed.questions import questions
from benchmarks.speed.reading import reading
from search.engines.opensearch.client import Access, Address, Cluster
from tests.opensearch.cluster import Cluster as Nodes

PAPERS = 120


@pytest.fixture(scope="module")
def file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("speed") / "papers.pickle"
    assert write_papers(made, PAPERS, 800) > PAPERS * 400
    return made


def test_there_are_sixty_and_more_questions_of_eight_kinds_and_misspelt_words() -> None:
    every = questions(papers(PAPERS, mean_bytes=800))

    assert len(every) >= 60
    assert len(set(every)) == len(every)
    assert len({question.kind for question in every} - {"fuzzy"}) == 8


def test_the_papers_are_read_as_they_were_written(file: Path) -> None:
    assert list(read_papers(file)) == list(papers(PAPERS, mean_bytes=800))


def test_all_engines_find_the_same(file: Path, tmp_path: Path) -> None:
    answers: dict[str, list[dict[str, Any]]] = {}
    for name, engine in ENGINES.items():
        built = build(engine(), file, tmp_path / name)
        assert int(str(built["index_bytes"])) > 0
        answers[name] = ask(engine(), file, tmp_path / name)["answers"]
    plain = {name: found for name, found in answers.items() if name != "kamerstukken_full"}

    assert disagreements(plain) == []
    assert sum(answer["total"] > 0 for answer in answers["fts5"]) > 50


def test_more_papers_are_added_to_a_copy(file: Path, tmp_path: Path) -> None:
    build(ENGINES["kamerstukken"](), file, tmp_path / "index")
    before = sorted(path.name for path in (tmp_path / "index").rglob("*"))

    assert adding(read_papers(file), tmp_path / "index")["found_s"] > 0

    assert sorted(path.name for path in (tmp_path / "index").rglob("*")) == before
    assert sum(answer["total"] for answer in ask(ENGINES["kamerstukken"](), file, tmp_path / "index")["answers"]) > 0


def test_pages_are_read_and_indexed_and_nothing_is_left(file: Path, tmp_path: Path) -> None:
    told = reading(read_papers(file), tmp_path / "index")

    assert told["papers"] == PAPERS
    assert told["bytes"] > PAPERS * 800
    assert list(tmp_path.iterdir()) == []


def test_a_cluster_finds_the_same_as_this_machine(cluster: Nodes, file: Path, tmp_path: Path) -> None:
    client = Cluster(Address(cluster.addresses, "speed"), Access(replicas=0))
    engine = OpenSearch(cluster, client)
    try:
        build(engine, file, tmp_path / "opensearch")
        on_a_cluster = ask(engine, file, tmp_path / "opensearch")["answers"]
    finally:
        client.ask("DELETE", "/speed-000001,speed-000001-words", params={"ignore_unavailable": "true"})
    build(ENGINES["kamerstukken"](), file, tmp_path / "whoosh")
    here = ask(ENGINES["kamerstukken_full"](), file, tmp_path / "whoosh")["answers"]

    assert disagreements({"opensearch": on_a_cluster, "kamerstukken_full": here}) == []
    assert engine.cpu_seconds() > 0


def test_figures_are_medians_over_runs() -> None:
    def run(*times: float) -> dict[str, object]:
        answers: list[dict[str, object]] = [
            {
                "kind": "rare" if i < 2 else "or",
                "ms": [9.0, ms],
                "cpu_ms": [9.0, ms / 2],
                "snippets_ms": 0.5,
                "total": 1,
                "facets": {},
            }
            for i, ms in enumerate(times)
        ]
        return {"answers": answers, "open_ms": times[0], "private_mb": 5.0}

    found = summary([run(1.0, 5.0, 3.0), run(3.0, 5.0, 3.0), run(2.0, 9.0, 3.0)])

    assert [found[name] for name in ("p50_ms", "max_ms", "p95_ms", "p50_cpu_ms", "first_pass_ms", "open_ms")] == [
        3.0,
        5.0,
        5.0,
        1.5,
        9.0,
        2.0,
    ]
    assert (found["p50_without_snippets_ms"], found["p95_without_snippets_ms"]) == (2.5, 4.5)
    assert found["classes"] == {"rare": {"p50_ms": 3.5, "max_ms": 5.0}, "or": {"p50_ms": 3.0, "max_ms": 3.0}}
    assert quantile([3.0, 1.0, 2.0], 0.5) == 2.0


@pytest.mark.skipif(not Path("/proc/self/smaps_rollup").exists(), reason="the system does not tell")
def test_memory_is_watched_of_a_process_and_those_it_starts() -> None:
    taking = "import time; taken = bytearray(b'x' * (64 << 20)); time.sleep(2)"
    with Watched() as watched, Popen([sys.executable, "-c", taking]) as process:
        assert process.wait() == 0

    assert (watched.peak_mb or 0) > 64
