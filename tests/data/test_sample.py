"""The bundled sample: what it promises to hold, and that its papers were written one by one."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path

import pytest

from indexer.paper.model import Kamerstuk, Links, ParagraphForm, Part
from indexer.reading.official_file import OfficialFile, find_files, read_paper

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
PAPERS = sorted(SAMPLE.glob("*.html"))


@cache
def papers() -> dict[str, Kamerstuk]:
    found = {}
    for file in find_files([SAMPLE]):
        assert isinstance(file, OfficialFile)
        paper = read_paper(file)
        found[str(paper.identifier)] = paper
    return found


def text_of(paper: Kamerstuk) -> str:
    return "\n".join(paper.texts())


def sentences(paper: Kamerstuk) -> set[str]:
    parts = re.split(r"(?<=[.?!;:])\s+|\n+", text_of(paper))
    return {" ".join(part.split()).lower() for part in parts if len(part.split()) > 2}


def test_there_are_at_least_forty_papers_named_after_their_identifier() -> None:
    assert len(PAPERS) >= 40
    assert {path.stem for path in PAPERS} == set(papers())


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.stem)
def test_a_paper_says_that_it_is_fictional_and_stays_out_of_the_real_numbering(path: Path) -> None:
    paper = papers()[path.stem]
    assert paper.fictional
    assert paper.links == Links()
    assert re.search(r"\b(fictie|verzonnen|verzinsel)", text_of(paper).lower())
    assert all(int(dossier.number.split("-")[0]) > 90_000 for dossier in paper.dossiers)
    assert paper.title
    assert paper.kind
    assert paper.date
    assert all(int(c.target.dossier.split("-")[0]) > 90_000 for c in paper.citations if c.target.dossier)


def test_no_two_papers_share_more_than_a_quarter_of_their_sentences() -> None:
    known = {name: sentences(paper) for name, paper in papers().items()}
    names = sorted(known)
    shared = {
        (one, other): len(known[one] & known[other]) / min(len(known[one]), len(known[other]))
        for i, one in enumerate(names)
        for other in names[i + 1 :]
    }
    assert {pair: share for pair, share in shared.items() if share > 0.25} == {}


def test_the_story_of_coolgen_runs_through_the_years() -> None:
    telling = [paper for paper in papers().values() if "Cool:Gen" in text_of(paper)]
    assert len(telling) >= 12
    years = {paper.date.year for paper in telling if paper.date}
    assert max(years) - min(years) >= 25


def test_every_construct_is_there() -> None:
    found = papers().values()
    assert {paper.chamber for paper in found} == {"Tweede Kamer", "Eerste Kamer"}
    assert any(len(paper.dossiers) > 1 for paper in found)
    assert any(dossier.addition == "IX" for paper in found for dossier in paper.dossiers)
    assert any(dossier.addition.startswith("R") for paper in found for dossier in paper.dossiers)
    sections = [section for paper in found for section in paper.sections]
    assert {1, 2, 3} <= {section.level for section in sections}
    assert any(section.part is Part.ANNEX for section in sections)
    paragraphs = [paragraph for section in sections for paragraph in section.paragraphs]
    assert any(paragraph.form is ParagraphForm.TABLE for paragraph in paragraphs)
    assert any(paragraph.form is ParagraphForm.ITEM and paragraph.depth > 1 for paragraph in paragraphs)
    assert any(cell.colspan > 1 for paragraph in paragraphs for row in paragraph.rows for cell in row)
    assert any(section.heading.startswith("Vraag ") for section in sections)
    kinds = " ".join(paper.kind_line for paper in found)
    letters = ("BRIEF", "MOTIE", "RAPPORT", "LIJST VAN VRAGEN", "SCHRIFTELIJK OVERLEG")
    for kind in (*letters, "VOORSTEL VAN WET", "MEMORIE VAN TOELICHTING"):
        assert kind in kinds
    sources = [path.read_text(encoding="utf-8") for path in PAPERS]
    for mark in ('id="main-column"', "broodtekst-container", 'id="kopregel"'):
        assert any(mark in source for source in sources)


def test_papers_cite_each_other_and_every_footnote_has_its_place() -> None:
    inside = [c for paper in papers().values() for c in paper.citations if str(c.target) in papers()]
    assert len(inside) > 100
    for name, paper in papers().items():
        assert all(note.ref is not None for note in paper.footnotes), name
        for citation in paper.citations:
            cited = papers().get(str(citation.target))
            if cited and cited.date and paper.date:
                assert cited.date <= paper.date, (name, citation.text)
