"""Which paper a registration belongs to: whatever comes first, and never by guessing."""

from __future__ import annotations

import itertools
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.migrations import STEPS, migrate
from indexer.catalogue.tweede_kamer import read_records
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Kamerstuk
from indexer.reading.official_file import OfficialFile, read_paper
from tests.indexer.odata import document, dossier, registrations, zaak

TITLE = "Motie van het lid Sneeuw over ijs"
SITE = "https://www.tweedekamer.nl/kamerstukken/"
ZUIDPOOL, NOORDPOOL = Dossier("91234", "", "Zuidpoolzaken"), Dossier("95000", "XVI", "Noordpoolzaken")


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with open_catalogue(tmp_path / "catalogue.db", "1") as opened:
        yield opened


def paper(
    name: str = "91234-7",
    *dossiers: Dossier,
    title: str = "Ander onderwerp",
    day: str = "2031-05-06",
    chamber: str = "Tweede Kamer",
) -> Kamerstuk:
    return Kamerstuk(
        Identifier(f"kst-{name}"),
        title=title,
        chamber=chamber,
        date=date.fromisoformat(day),
        dossiers=dossiers or (ZUIDPOOL,),
    )


def put(catalogue: Catalogue, *papers: Kamerstuk) -> None:
    for one in papers:
        catalogue.put(one, f"{one.identifier} {one.title}", "html")


def register(catalogue: Catalogue, *values: object) -> None:
    for value in values:
        for registration in registrations(value):
            catalogue.tweede_kamer.take(registration)


def numbers(catalogue: Catalogue, name: str = "91234-7") -> list[str]:
    """Zaken and documents of a paper, as the catalogue gives it."""
    found = catalogue.get(Identifier(f"kst-{name}"))
    assert found is not None
    assert (found.zaken, found.documents) == next(
        (c.paper.zaken, c.paper.documents)
        for c in catalogue.changes_since(0)
        if c.paper and c.paper.identifier == found.identifier
    )
    return [*found.zaken, *found.documents]


NAMED = zaak("2031Z00002", document("2031D00001", paper="kst-91234-7"))
BY_DOSSIER = document("2031D00001", Kamerstukdossier=[dossier(91234)])
BY_TITLE = document("2031D00001", Volgnummer=None, Onderwerp=f" {TITLE.upper()}")


@pytest.mark.parametrize("record_first", [True, False])
@pytest.mark.parametrize(
    ("record", "found"),
    [(NAMED, ["2031Z00002", "2031D00001"]), (BY_DOSSIER, ["2031D00001"]), (BY_TITLE, ["2031D00001"])],
    ids=["name", "dossier", "title"],
)
def test_a_record_finds_its_paper_whatever_comes_first(
    catalogue: Catalogue, record: object, found: list[str], record_first: bool
) -> None:
    if record_first:
        register(catalogue, record)
    put(catalogue, paper(title=TITLE), paper("91234-8"))
    if not record_first:
        register(catalogue, record)
    assert numbers(catalogue) == found
    assert numbers(catalogue, "91234-8") == []


@pytest.mark.parametrize(
    ("record", "name", "dossiers"),
    [
        (document(Kamerstukdossier=[dossier(95000, "XVI")]), "95000-XVI-7", [NOORDPOOL]),
        (document(Kamerstukdossier=[dossier(21501, "20")]), "21501-20-7", [Dossier("21501-20")]),
        (document(Kamerstukdossier=[dossier(36027, "(R2160)")]), "36027-7", [Dossier("36027", "R2160")]),
        (document(Kamerstukdossier=[dossier(95000, "XVI"), dossier(91234)]), "91234-7", [ZUIDPOOL, NOORDPOOL]),
    ],
)
def test_dossier_addition_number_and_chamber_tell_the_paper(
    catalogue: Catalogue, record: object, name: str, dossiers: list[Dossier]
) -> None:
    register(catalogue, record)
    put(catalogue, paper(name, *dossiers))
    assert numbers(catalogue, name) == ["2031D00001"]


@pytest.mark.parametrize(
    ("record", "papers"),
    [
        pytest.param(document(paper="kst-91234-9"), [paper(title=TITLE)], id="its paper is not here"),
        pytest.param(document(Kamerstukdossier=[dossier(91234)], Kamer=1), [paper(title=TITLE)], id="of the other chamber"),
        pytest.param(
            document(Kamerstukdossier=[dossier(91234), dossier(95000, "XVI")]), [paper()], id="of a dossier that the paper lacks"
        ),
        pytest.param(
            document(Kamerstukdossier=[dossier(91234), dossier(95000, "XVI")]),
            [paper("91234-7", ZUIDPOOL, NOORDPOOL), paper("95000-XVI-7", ZUIDPOOL, NOORDPOOL)],
            id="the number is of one dossier, but of which",
        ),
        pytest.param(document(), [paper(title=TITLE), paper("91234-8", title=TITLE)], id="two papers of one title and day"),
        pytest.param(document(), [paper(title=TITLE, day="2031-05-07")], id="of another day"),
        pytest.param(document(Datum=None), [paper(title=TITLE)], id="without a day"),
        pytest.param(document(Onderwerp=""), [paper(title="")], id="without a title"),
        pytest.param(document(Onderwerp="Zuidpoolzaken"), [paper(title="")], id="what stands in for a title is none"),
        pytest.param(document(Kamer=1), [paper(title=TITLE)], id="the title of a paper of the other chamber"),
        pytest.param(document(Verwijderd=True, paper="kst-91234-7"), [paper()], id="removed"),
    ],
)
def test_what_is_not_certain_is_left_alone(catalogue: Catalogue, record: object, papers: list[Kamerstuk]) -> None:
    register(catalogue, record)
    put(catalogue, *papers)
    register(catalogue, record)
    assert [numbers(catalogue, str(one.identifier).removeprefix("kst-")) for one in papers] == [[]] * len(papers)


def test_two_documents_of_one_title_and_day_are_neither_of_them_the_paper(catalogue: Catalogue) -> None:
    put(catalogue, paper(title=TITLE))
    register(catalogue, document("2031D00001"))
    assert numbers(catalogue) == ["2031D00001"]
    register(catalogue, document("2031D00002"))
    assert numbers(catalogue) == []
    register(catalogue, document("2031D00002", Verwijderd=True, GewijzigdOp="2031-06-01T00:00:00Z"))
    assert numbers(catalogue) == ["2031D00001"]


def test_a_second_paper_of_the_title_and_day_makes_it_uncertain_until_it_leaves(catalogue: Catalogue) -> None:
    register(catalogue, document())
    put(catalogue, paper(title=TITLE))
    assert numbers(catalogue) == ["2031D00001"]
    put(catalogue, paper("91234-8", title=TITLE))
    assert (numbers(catalogue), numbers(catalogue, "91234-8")) == ([], [])
    put(catalogue, paper("91234-8", title="Verbeterd"))
    assert numbers(catalogue) == ["2031D00001"]
    put(catalogue, paper("91234-8", title=TITLE))
    catalogue.remove(Identifier("kst-91234-8"))
    assert numbers(catalogue) == ["2031D00001"]


def test_a_paper_that_leaves_and_comes_back_has_its_numbers_again(catalogue: Catalogue) -> None:
    put(catalogue, paper())
    register(catalogue, NAMED)
    catalogue.remove(Identifier("kst-91234-7"))
    assert catalogue.tweede_kamer.papers("2031D00001") == []
    put(catalogue, paper())
    assert numbers(catalogue) == ["2031Z00002", "2031D00001"]


RECORDS = (
    document("2031D00001", Zaak=[zaak("2031Z00002")], Kamerstukdossier=[dossier(91234)], GewijzigdOp="2031-05-08T00:00:00Z"),
    document("2031D00001", paper="kst-91234-7", Onderwerp="Oud onderwerp"),
    zaak("2031Z00003", document("2031D00001", Soort="Brief regering"), Soort="Brief regering"),
    zaak("2031Z00004", {"DocumentNummer": "2031D00001"}),
    zaak("2031Z00004", {"DocumentNummer": "2031D00001"}, Verwijderd=True, GewijzigdOp="2031-06-01T00:00:00Z"),
    document("2031D00005", Kamerstukdossier=[dossier(91234)], Volgnummer=8),
)


@pytest.mark.parametrize("order", list(itertools.permutations(range(4))))
def test_the_order_of_records_and_papers_makes_no_difference(catalogue: Catalogue, order: tuple[int, ...]) -> None:
    kept = (RECORDS[0], RECORDS[1], RECORDS[3], RECORDS[4])
    register(catalogue, kept[order[0]], RECORDS[5])
    put(catalogue, paper("91234-8"))
    register(catalogue, *(kept[i] for i in order[1:3]))
    put(catalogue, paper())
    register(catalogue, kept[order[3]])
    assert numbers(catalogue) == ["2031Z00002", "2031D00001"]
    assert numbers(catalogue, "91234-8") == ["2031D00005"]


def test_a_document_keeps_its_zaken_of_all_records(catalogue: Catalogue) -> None:
    put(catalogue, paper())
    register(catalogue, NAMED, RECORDS[2])
    assert numbers(catalogue) == ["2031Z00002", "2031Z00003", "2031D00001"]


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("Brief regering", "brieven_regering/detail?id=2031Z00003&did=2031D00001"),
        ("Motie", "moties/detail?id=2031Z00003&did=2031D00001"),
        ("Motie (gewijzigd/nader)", "moties/detail?id=2031Z00003&did=2031D00001"),
        ("Amendement", "amendementen/detail?id=2031Z00003&did=2031D00001"),
        ("Verslag van een commissiedebat", "detail?id=2031Z00003&did=2031D00001"),
    ],
)
def test_the_address_is_that_of_the_kind_and_names_the_zaak_of_its_kind(catalogue: Catalogue, kind: str, address: str) -> None:
    put(catalogue, paper())
    register(catalogue, zaak("2031Z00002", document(paper="kst-91234-7", Soort=kind), Soort="Wetgeving"))
    own = kind.partition(" (")[0]
    register(catalogue, zaak("2031Z00003", document(paper="kst-91234-7", Soort=kind), Soort=own))
    found = catalogue.get(Identifier("kst-91234-7"))
    assert found is not None
    assert found.links.tweedekamer == SITE + address


def test_a_document_without_a_zaak_has_no_address(catalogue: Catalogue) -> None:
    put(catalogue, paper())
    register(catalogue, document(paper="kst-91234-7"))
    found = catalogue.get(Identifier("kst-91234-7"))
    assert found is not None
    assert (found.documents, found.links.tweedekamer) == (("2031D00001",), "")


def test_papers_are_found_by_number_in_any_case(catalogue: Catalogue) -> None:
    put(catalogue, paper(), paper("91234-8"))
    register(
        catalogue,
        zaak("2031Z00002", document("2031D00001", paper="kst-91234-7"), document("2031D00003", paper="kst-91234-8")),
    )
    one, two = Identifier("kst-91234-7"), Identifier("kst-91234-8")
    assert catalogue.tweede_kamer.papers("2031d00001") == [one]
    assert catalogue.tweede_kamer.papers("2031Z00002") == [one, two]
    assert catalogue.tweede_kamer.papers("2031D00009") == []


def test_only_papers_whose_numbers_change_are_changes(catalogue: Catalogue) -> None:
    put(catalogue, paper(), paper("91234-8"))
    before = catalogue.counts().changes
    (registration,) = registrations(NAMED)
    assert catalogue.tweede_kamer.take(registration) == 1
    assert [str(c.identifier) for c in catalogue.changes_since(before)] == ["kst-91234-7"]
    before = catalogue.counts().changes
    assert catalogue.tweede_kamer.take(registration) == 0
    register(catalogue, document("2031D00009", paper="kst-99999-1"))
    assert catalogue.counts().changes == before


def test_a_catalogue_of_before_the_registrations_gets_them(tmp_path: Path) -> None:
    path = tmp_path / "catalogue.db"
    before = next(i for i, step in enumerate(STEPS) if "tk_documents" in step)
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        migrate(connection, path, before)
    with open_catalogue(path, "1") as opened:
        put(opened, paper())
        register(opened, NAMED)
        assert numbers(opened) == ["2031Z00002", "2031D00001"]


def test_real_records_beside_real_papers(real: Path, catalogue: Catalogue) -> None:
    matched = 0
    for path in sorted((real / "odata").glob("*.json")):
        (registration,) = read_records(path.read_bytes()).documents
        catalogue.tweede_kamer.take(registration)
        file = real / "xml" / f"{registration.names[0]}.xml"
        if file.exists():
            catalogue.put(read_paper(OfficialFile("", file.name, file.read_bytes())), file.name, "xml")
            found = catalogue.get(registration.names[0])
            assert found is not None
            of, number = registration.zaken[0].number, registration.document
            assert (found.zaken, found.documents) == ((of,), (number,))
            assert found.links.tweedekamer == f"{SITE}moties/detail?id={of}&did={number}"
            matched += 1
    assert matched == 19
