"""Whole papers, read and compared with what was reviewed once: ``golden/*.html|xml`` beside ``*.json``.

The papers are fictional. A missing JSON file is written, and the test fails so that someone looks at it.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from indexer.jsonl import paper_json
from indexer.reading.official_file import OfficialFile, read_paper

FOLDER = Path(__file__).parent / "golden"
PAPERS = sorted(path for path in FOLDER.iterdir() if path.suffix in (".html", ".xml"))


def json_of(path: Path) -> dict[str, object]:
    values = paper_json(read_paper(OfficialFile(str(path), path.name, path.read_bytes())))
    return dict(json.loads(json.dumps(values)))


@pytest.mark.parametrize("path", PAPERS, ids=lambda path: path.name)
def test_papers_read_as_reviewed(path: Path) -> None:
    got = json_of(path)
    golden = path.with_name(f"{path.name}.json")
    if not golden.exists():
        golden.write_text(json.dumps(got, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
        pytest.fail(f"{golden.name} was missing and has been written; please review it")
    assert got == json.loads(golden.read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", ["kst-95001-12", "ah-tk-20312032-9001"])
def test_page_and_xml_of_one_paper_are_alike(name: str) -> None:
    page, xml = json_of(FOLDER / f"{name}.html"), json_of(FOLDER / f"{name}.xml")
    of_metadata = {"title", "shown_title", "subtitle", "subtitle_from", "published", "submitters", "people"}
    of_metadata |= {"categories", "source"}
    assert {name: value for name, value in page.items() if name not in of_metadata and name != "sections"} == {
        name: value for name, value in xml.items() if name not in of_metadata and name != "sections"
    }
    sections = [[{k: v for k, v in s.items() if k != "anchor"} for s in paper["sections"]] for paper in (page, xml)]  # type: ignore[attr-defined]  # JSON values are objects to mypy
    assert sections[0] == sections[1]


def test_title_and_askers_of_answers_are_those_in_print_whatever_the_metadata_says() -> None:
    page, xml = json_of(FOLDER / "ah-tk-20312032-9001.html"), json_of(FOLDER / "ah-tk-20312032-9001.xml")
    for told in ("title", "ministers"):
        assert page[told] == xml[told] != []
    printed = [[one["as_printed"] for one in paper["people"] if "opening" in one["read_in"]] for paper in (page, xml)]  # type: ignore[attr-defined]  # JSON values are objects to mypy
    assert printed[0] == printed[1] != []
