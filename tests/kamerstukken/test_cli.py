"""The command line, called as people and programs call it."""

from __future__ import annotations

import json
import logging
import re
import shutil
from datetime import date
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from indexer.catalogue.catalogue import open_catalogue
from indexer.data_folder import writing
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.cli import COMMANDS, group
from kamerstukken.settings import settings
from search.fields import facets
from tests.indexer.odata import content, document, zaak

SAMPLE = Path(__file__).parents[2] / "data" / "sample"


def run(*args: str) -> Result:
    return CliRunner().invoke(group, list(args), catch_exceptions=True)


def told(result: Result) -> dict[str, object]:
    """The one JSON object on stdout."""
    assert result.exit_code == 0, result.output
    value: dict[str, object] = json.loads(result.stdout)
    return value


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    result = run("index", str(SAMPLE), "--data", str(folder))
    assert result.exit_code == 0, result.output
    assert "0 failed" in result.stderr
    return folder


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_with_examples(name: str) -> None:
    result = run(name, "--help")
    assert result.exit_code == 0
    assert f"kamerstukken {name}" in result.stdout


def test_parse_prints_one_object_a_line_and_names_what_it_cannot_read(tmp_path: Path) -> None:
    broken = tmp_path / "kst-90001-1.xml"
    broken.write_text("<officiele-publicatie><kamerstuk>", encoding="utf-8")
    good = SAMPLE / "kst-91066-83.html"
    result = run("parse", str(broken), str(good))
    assert result.exit_code == 1
    assert "kst-90001-1.xml" in result.stderr
    (line,) = result.stdout.splitlines()
    paper = json.loads(line)
    assert paper["identifier"] == "kst-91066-83"
    assert {"sections", "footnotes", "citations", "links", "ministers", "date_line"} <= paper.keys()


def test_a_record_of_the_tweede_kamer_makes_its_numbers_find_the_paper(tmp_path: Path) -> None:
    record = zaak("2031Z00002", document("2031D00001", paper="kst-91066-83"))
    (tmp_path / "papers").mkdir()
    (tmp_path / "papers" / "record.json").write_bytes(content(record))
    shutil.copy(SAMPLE / "kst-91066-83.html", tmp_path / "papers")
    where = ("--data", str(tmp_path / "data"))
    assert "1 added" in run("index", str(tmp_path / "papers"), *where).stderr
    for number in ("2031d00001", "2031Z00002"):
        assert told(run("search", number, "--json", *where))["jump"] == "kst-91066-83"
        paper = told(run("show", number, "--json", *where))
        assert (paper["identifier"], paper["zaken"], paper["documents"]) == ("kst-91066-83", ["2031Z00002"], ["2031D00001"])
    missing = run("show", "2031D00009", *where)
    assert "no paper is known by this number" in str(missing.exception)
    assert "kst-91066-83" in run("parse", str(tmp_path / "papers")).stdout
    later = zaak("2031Z00003", document("2031D00001", paper="kst-91066-83"))
    (tmp_path / "later.json").write_bytes(content(later))
    assert "1 numbered" in run("index", str(tmp_path / "later.json"), *where).stderr
    assert told(run("search", "2031Z00003", "--json", *where))["jump"] == "kst-91066-83"


def test_indexing_again_changes_nothing(data: Path) -> None:
    result = run("index", str(SAMPLE), "--data", str(data))
    assert result.exit_code == 0
    assert result.stderr.startswith("0 read, 0 added, 0 changed,")


def test_broken_files_are_named_and_the_rest_is_indexed(tmp_path: Path) -> None:
    folder = tmp_path / "papers"
    folder.mkdir()
    good = sorted(SAMPLE.glob("*.html"))[:5]
    for path in good:
        shutil.copy(path, folder)
    (folder / "kst-90002-1.html").write_bytes(good[0].read_bytes()[:2000])
    (folder / "kst-90002-2.html").write_text("<html><body>Niet gevonden</body></html>", encoding="utf-8")
    (folder / "kst-90002-3.xml").write_bytes(b"\xff\xfe\x00")
    result = run("index", str(folder), "--data", str(tmp_path / "data"))
    assert result.exit_code == 1
    assert "5 added" in result.stderr
    assert "3 failed" in result.stderr
    assert all(f"kst-90002-{i}" in result.stderr for i in (1, 2, 3))
    assert told(run("search", "regering", "--json", "--limit", "0", "--data", str(tmp_path / "data")))["total"]


def test_search_answers_every_query_with_one_object(data: Path) -> None:
    for query in ("Cool:Gen", "", "(((", '"', "-", "NIET", "?*", "bestaatniet"):
        answer = told(run("search", query, "--json", "--data", str(data)))
        assert {"query", "understood", "total", "took_ms", "hits", "facets"} <= answer.keys()


def test_search_takes_queries_from_a_file(data: Path, tmp_path: Path) -> None:
    file = tmp_path / "queries.txt"
    file.write_text("Cool:Gen\n\ntoeslag\n", encoding="utf-8")
    result = run("search", "--file", str(file), "--json", "--data", str(data))
    assert [json.loads(line)["query"] for line in result.stdout.splitlines()] == ["Cool:Gen", "", "toeslag"]


def test_a_facet_counts_what_choosing_it_gives(data: Path) -> None:
    answer = told(run("search", "Cool:Gen", "--json", "--limit", "0", "--data", str(data)))
    facets = answer["facets"]
    assert isinstance(facets, dict)
    assert answer["hits"] == []
    for value in facets["year"]:
        narrowed = told(run("search", "Cool:Gen", "--json", "--filter", f"year={value['value']}", "--data", str(data)))
        assert narrowed["total"] == value["count"]


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("jaar=2020", "'jaar' is no facet; there are: dossier, year, "),
        ("replaces=kst-1-1", "'replaces' is no facet"),
        ("year=20x4", "expected a year or a span of years, such as year=2024 or year=2018..2024"),
        ("year=..", "expected a year or a span of years"),
        ("kind", "expected FACET=VALUE, such as dossier=31066"),
        ("kind=", "expected FACET=VALUE"),
    ],
)
def test_a_wrong_filter_is_an_error_of_usage(given: str, message: str, tmp_path: Path) -> None:
    result = run("search", "x", "--filter", given, "--data", str(tmp_path))
    assert result.exit_code == 2
    assert message in result.stderr


def test_the_help_tells_every_facet_and_its_values() -> None:
    told = run("search", "--help").stdout
    assert all(f"{field.name} " in told and field.meaning in told for field in facets())


def test_search_is_readable_on_a_terminal(data: Path) -> None:
    result = run("search", "Cool:Gen", "--limit", "2", "--data", str(data))
    assert result.exit_code == 0
    assert re.match(r"\d+ papers  read as: papers with the word: Cool:Gen\n", result.stdout)
    assert "invented example, no official paper" in result.stdout
    assert "officielebekendmakingen" not in result.stdout


@pytest.mark.parametrize("printed", ["kst-91066-83", "91066-83", "91 066, nr. 83"])
def test_show_knows_every_printed_form(data: Path, printed: str) -> None:
    assert told(run("show", printed, "--json", "--data", str(data)))["identifier"] == "kst-91066-83"
    assert "Kamerstukken II 2023/24, 91 066, nr. 83" in run("show", printed, "--data", str(data)).stdout


def test_show_tells_who_a_paper_is_by_and_what_became_of_it(data: Path) -> None:
    lines = run("show", "91 066, nr. 76", "--data", str(data)).stdout.splitlines()
    assert "Replaced by 91 066, nr. 79 (2023-02-07)" in lines
    assert "By S. Ümit (first submitter); P.J. Wolfswinkel (co-signer)" in lines
    assert [line.strip() for line in lines].count("Wolfswinkel") == 1


def test_show_says_what_is_no_identifier(data: Path) -> None:
    result = run("show", "Cool:Gen", "--data", str(data))
    assert result.exit_code == 2
    assert "31 066, nr. 1412" in result.stderr


def test_status_tells_what_there_is(data: Path, tmp_path: Path) -> None:
    facts = told(run("status", "--json", "--data", str(data)))
    assert facts["papers"] == len(list(SAMPLE.glob("*.html")))
    assert facts["index"] == "up to date"
    assert told(run("status", "--json", "--data", str(tmp_path / "nothing")))["papers"] == 0


def test_status_tells_of_dates_that_cannot_be_right_of_papers_without_names_and_of_invented_ones(tmp_path: Path) -> None:
    with open_catalogue(tmp_path / "kamerstukken.db", PARSER_VERSION) as catalogue:
        for number, day, doubt in ((1, date(2031, 1, 2), ""), (2, date(202, 1, 2), "year 202"), (3, None, "30 February")):
            one = Kamerstuk(Identifier(f"kst-90001-{number}"), date=day, date_doubt=doubt, fictional=number == 1)
            catalogue.put(one, f"f{number}", "html")
        catalogue.put(Kamerstuk(Identifier("kst-90001-4")), "f4", "html")
    facts = told(run("status", "--json", "--data", str(tmp_path)))
    names = ("papers", "without_date", "dates_in_doubt", "without_names", "fictional", "first_date", "last_date")
    assert [facts[name] for name in names] == [4, 1, 2, 4, 1, "2031-01-02", "2031-01-02"]
    assert facts["doubts"] == [
        {"identifier": "kst-90001-2", "date": "0202-01-02", "reason": "year 202"},
        {"identifier": "kst-90001-3", "date": None, "reason": "30 February"},
    ]
    said = run("status", "--data", str(tmp_path)).stdout
    assert re.search(r"^dates in doubt +2$", said, re.MULTILINE)
    assert "  kst-90001-2 (date 0202-01-02): year 202\n  kst-90001-3 (date unknown): 30 February\n" in said


def test_status_tells_of_an_index_of_another_catalogue(data: Path, tmp_path: Path) -> None:
    shutil.copytree(data / "index", tmp_path / "index", symlinks=True)
    with open_catalogue(tmp_path / "kamerstukken.db", PARSER_VERSION):
        pass
    facts = told(run("status", "--json", "--data", str(tmp_path)))
    assert str(facts["index"]).startswith("made from another catalogue")


@pytest.mark.parametrize("source", ["catalogue", "archive"])
def test_a_rebuilt_index_answers_alike(data: Path, source: str) -> None:
    before = told(run("search", "toeslag", "--json", "--data", str(data)))
    result = run("reindex", "--from", source, "--memory", "16", "--processes", "1", "--data", str(data))
    assert result.exit_code == 0, result.output
    after = told(run("search", "toeslag", "--json", "--data", str(data)))
    assert {**before, "took_ms": 0} == {**after, "took_ms": 0}


def test_a_second_writer_is_told_who_the_first_is(data: Path) -> None:
    with writing(data, "a test"):
        result = run("index", str(SAMPLE), "--data", str(data))
    assert result.exit_code == 1
    assert "a test" in str(result.exception)


def test_without_an_index_the_command_says_how_to_make_one(tmp_path: Path) -> None:
    result = run("search", "x", "--data", str(tmp_path))
    assert "kamerstukken index" in str(result.exception)


def test_the_data_folder_comes_from_flag_then_environment_then_file(tmp_path: Path) -> None:
    (tmp_path / "kamerstukken.toml").write_text('data = "uit-bestand"\n', encoding="utf-8")
    assert settings(Path("vlag"), {"KAMERSTUKKEN_DATA": "omgeving"}, tmp_path).data == Path("vlag")
    assert settings(None, {"KAMERSTUKKEN_DATA": "omgeving"}, tmp_path).data == Path("omgeving")
    assert settings(None, {}, tmp_path).data == tmp_path / "uit-bestand"
    assert settings(None, {}, tmp_path / "elders").data == Path("data")


@pytest.mark.parametrize(("given", "shown"), [((), False), (("-v",), True)])
def test_what_a_library_carries_on_with_is_shown_when_it_is_asked_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, given: tuple[str, ...], shown: bool
) -> None:
    """Headers of a source that cannot be read, with a traceback."""
    library = logging.getLogger("urllib3")
    monkeypatch.setattr(library, "level", logging.NOTSET)
    run(*given, "status", "--data", str(tmp_path))
    assert (library.level <= logging.WARNING) is shown
