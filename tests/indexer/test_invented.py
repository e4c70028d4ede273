"""That a paper is invented: from what its file declares to what the catalogue tells of dossiers, persons and lists."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.dossiers import Order, dossier_listing
from indexer.catalogue.overview import is_invented_dossier, is_invented_person, part, parts
from indexer.catalogue.persons import PersonChoice, person_listing
from indexer.jsonl import paper_json
from indexer.paper.identifier import Identifier
from indexer.paper.model import Links
from indexer.reading.official_file import PARSER_VERSION, OfficialFile, read_paper
from indexer.take_in import run
from tests.indexer.odata import content, document, zaak
from tests.indexer.papers import official_xml, page

DECLARED = '<meta name="kamerstukken.fictional" content="{}" />'
RECORD = (
    b'<metadata_gegevens><metadata name="DC.identifier" content="kst-91234-7"/>'
    b'<metadata name="kamerstukken.fictional" content="yes"/></metadata_gegevens>'
)


@pytest.mark.parametrize(
    ("name", "file", "record", "invented"),
    [
        ("kst-91234-7.html", page("<p>IJs.</p>", head=DECLARED.format("yes")), None, True),
        ("kst-91234-7.html", page("<p>IJs.</p>", head=DECLARED.format("Yes")), None, True),
        ("kst-91234-7.html", page("<p>IJs.</p>", head=DECLARED.format("no")), None, False),
        ("kst-91234-7.html", page("<p>Dit is verzonnen.</p>"), None, False),
        ("kst-91234-7.xml", official_xml("<al>IJs.</al>", meta=DECLARED.format("yes")), None, True),
        ("kst-91234-7.xml", official_xml("<al>IJs.</al>"), RECORD, True),
        ("kst-91234-7.xml", official_xml("<al>IJs.</al>"), None, False),
    ],
)
def test_a_file_declares_it_in_its_metadata_or_in_the_record_beside_it(
    name: str, file: str, record: bytes | None, invented: bool
) -> None:
    paper = read_paper(OfficialFile(name, name, file.encode(), record))
    assert paper.fictional == invented
    assert (paper.links == Links()) == invented
    assert paper_json(paper)["fictional"] == invented


def file(number: int, by: str, *, declared: bool, dossier: int = 91234) -> OfficialFile:
    """A letter that someone signed."""
    name = f"kst-{dossier}-{number}"
    signed = f'<p class="ondertekening"><span class="functie">De Minister van IJs,</span><span class="naam">{by}</span></p>'
    text = page(f"<p>Brief {number}.</p>{signed}", head=DECLARED.format("yes") if declared else "", identifier=name)
    text = text.replace("91\u00a0234", f"{str(dossier)[:2]}\u00a0{str(dossier)[2:]}")
    return OfficialFile(f"{name}.html", f"{name}.html", text.encode())


@pytest.fixture
def mixed(tmp_path: Path) -> Iterator[Catalogue]:
    """An archive with an invented dossier, and one in which an invented letter stands among real ones."""
    files = (
        file(1, "A. Sneeuw", declared=True, dossier=91001),
        file(2, "B. Regen", declared=True, dossier=91001),
        file(7, "A. Sneeuw", declared=False),
        file(8, "C. Wind", declared=True),
    )
    with open_catalogue(tmp_path / "kamerstukken.db", PARSER_VERSION) as catalogue:
        assert run("index", files, catalogue, Archive(tmp_path / "archive")).failures == ()
        yield catalogue


def test_a_dossier_is_invented_when_all_its_papers_are(mixed: Catalogue) -> None:
    db = mixed.connection
    assert [is_invented_dossier(db, number) for number in ("91001", "91234", "91999", "")] == [True, False, False, False]
    told = [dossier_listing(db, key, year=None, order=Order.NUMBER, offset=0, limit=10) for key in ("91001", "91234")]
    assert [one.summary.fictional for one in told if one] == [True, False]
    assert [[paper.fictional for paper in one.papers] for one in told if one] == [[True, True], [False, True]]


def test_a_person_is_invented_when_all_papers_are(mixed: Catalogue) -> None:
    db = mixed.connection
    names = ("A. Sneeuw", "B. Regen", "C. Wind", "D. Mist")
    assert [is_invented_person(db, name) for name in names] == [False, True, True, False]
    listing = person_listing(db, "B. Regen", PersonChoice(), offset=0, limit=10)
    assert listing is not None
    assert listing.summary.fictional


def test_the_list_of_papers_for_search_engines_has_none(mixed: Catalogue) -> None:
    assert [[str(name) for name, _ in part(mixed, number)] for number in parts(mixed)] == [["kst-91234-7"]]
    mixed.remove(Identifier("kst-91234-7"))
    assert parts(mixed) == []


def test_no_record_of_the_tweede_kamer_gives_an_invented_paper_an_address(mixed: Catalogue, tmp_path: Path) -> None:
    for number, paper in (("2031D00001", "kst-91001-1"), ("2031D00002", "kst-91234-7")):
        record = content(zaak("2031Z00001", document(number, paper=paper)))
        run("index", (OfficialFile("one.json", "one.json", record),), mixed, Archive(tmp_path / "archive"))
    invented, real = (mixed.get(Identifier(name)) for name in ("kst-91001-1", "kst-91234-7"))
    assert invented is not None
    assert real is not None
    assert invented.links == Links()
    assert real.links.tweedekamer
