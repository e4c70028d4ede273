"""Generated papers: the same everywhere, like real ones, and read back from their pages as they were made."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections import Counter
from itertools import pairwise
from pathlib import Path

from click.testing import CliRunner

from benchmarks.corpus import SMALL, main, papers
from benchmarks.pages import file_name, page
from benchmarks.vocabulary import words
from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.paper.model import Kamerstuk, ParagraphForm, Part, RelationKind, Where
from indexer.reading.official_file import PARSER_VERSION, OfficialFile, find_files, read_paper
from indexer.take_in import run

ROOT = Path(__file__).parents[2]
MANY = list(papers(400, mean_bytes=4_000))
SHORT = list(papers(3_000, mean_bytes=200))


def text_bytes(paper: Kamerstuk) -> int:
    return sum(len(text.encode()) for text in paper.texts())


def test_pages_read_back_as_the_papers_they_were_made_of() -> None:
    for paper in MANY[:150]:
        name = file_name(paper.identifier)
        assert read_paper(OfficialFile(name, name, page(paper).encode(), None)) == paper


def test_a_seed_gives_the_same_papers_and_another_gives_others() -> None:
    assert list(papers(20, seed=3, mean_bytes=SMALL)) == list(papers(20, seed=3, mean_bytes=SMALL))
    assert list(papers(20, seed=3, mean_bytes=SMALL)) != list(papers(20, seed=4, mean_bytes=SMALL))


def test_a_longer_run_begins_with_the_papers_of_a_shorter_one() -> None:
    assert list(papers(30, mean_bytes=4_000)) == MANY[:30]


def test_papers_do_not_depend_on_the_seed_of_hashes() -> None:
    code = (
        "import hashlib, sys; from benchmarks.corpus import papers; "
        "print(hashlib.sha256(repr(list(papers(5, mean_bytes=4_000))).encode()).hexdigest())"
    )
    expected = hashlib.sha256(repr(MANY[:5]).encode()).hexdigest()
    for seed in ("1", "2"):
        environment = os.environ | {"PYTHONHASHSEED": seed}
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == expected


def test_identifiers_are_unique_and_belong_to_no_real_dossier() -> None:
    assert len({paper.identifier for paper in MANY}) == len(MANY)
    assert all(paper.identifier.dossier >= "90000" for paper in MANY)


def test_lengths_follow_the_mean_that_is_asked_for() -> None:
    for wanted in (SMALL, 4_000):
        sizes = [text_bytes(paper) for paper in papers(1_500, seed=2, mean_bytes=wanted)]
        assert 0.8 < sum(sizes) / len(sizes) / wanted < 1.4
        assert sorted(sizes)[len(sizes) // 2] < sum(sizes) / len(sizes)


def test_every_construct_is_there() -> None:
    paragraphs = [paragraph for paper in MANY for section in paper.sections for paragraph in section.paragraphs]
    assert {paragraph.form for paragraph in paragraphs} == set(ParagraphForm)
    assert {section.level for paper in MANY for section in paper.sections} == {0, 1, 2}
    assert any(section.part is Part.ANNEX for paper in MANY for section in paper.sections)
    assert {citation.where for paper in MANY for citation in paper.citations} == set(Where)
    assert any(len(paper.dossiers) > 1 for paper in MANY)
    assert any(dossier.addition for paper in MANY for dossier in paper.dossiers)
    assert any(paper.related(RelationKind.REPLACES) for paper in SHORT)
    assert len({paper.kind for paper in MANY}) >= 8
    assert len({minister.office for paper in MANY for minister in paper.ministers}) >= 10


def test_dossiers_and_years_are_spread_as_in_the_archive() -> None:
    dossiers = Counter(paper.dossiers[0].key for paper in SHORT)
    assert dossiers.most_common(1)[0][1] > 8 * len(SHORT) / len(dossiers)
    years = Counter(paper.date.year for paper in SHORT if paper.date)
    assert min(years) <= 1996
    assert max(years) >= 2025
    assert len(years) >= 30


def test_papers_of_a_dossier_come_in_order_and_cite_what_was_there() -> None:
    made: dict[str, Kamerstuk] = {}
    last: dict[str, Kamerstuk] = {}
    for paper in MANY:
        before = last.get(paper.dossiers[0].key)
        assert paper.date
        assert before is None or (before.date and before.date <= paper.date)
        for citation in paper.citations:
            cited = made[str(citation.target)].date
            assert cited
            assert cited <= paper.date
        made[str(paper.identifier)] = last[paper.dossiers[0].key] = paper


def test_most_words_are_rare_and_the_most_frequent_are_small() -> None:
    counts = Counter(word for paper in MANY for text in paper.texts() for word in text.lower().split())
    assert counts.most_common(1)[0][0] == "de"
    once = sum(count == 1 for count in counts.values())
    assert once > 0.5 * len(counts)
    ordered = [count for _, count in counts.most_common(50)]
    assert all(first >= second for first, second in pairwise(ordered))
    assert "Cool:Gen" in words().forms.tolist()


def test_the_command_writes_files_that_are_indexed_without_failure(tmp_path: Path) -> None:
    out = tmp_path / "papers"
    done = CliRunner().invoke(main, ["--papers", "40", "--bytes", "2000", "--seed", "5", str(out)])
    assert done.exit_code == 0, done.output
    assert len(list(out.glob("kst-*.html"))) == 40
    with open_catalogue(tmp_path / "kamerstukken.db", PARSER_VERSION) as catalogue:
        summary = run("test", find_files([out]), catalogue, Archive(tmp_path / "archive"))
    assert (summary.added, summary.failed) == (40, 0)
