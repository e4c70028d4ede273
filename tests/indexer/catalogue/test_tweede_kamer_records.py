"""Records of the Tweede Kamer: the shapes of answers, and what is said of malformed ones."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.catalogue.tweede_kamer import Zaak, is_number, is_record, read_records
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier
from indexer.reading.official_file import OfficialFile
from tests.indexer.odata import content, document, dossier, registrations, zaak

KST = Identifier("kst-91234-7")


def test_a_zaak_with_its_document() -> None:
    (found,) = registrations(zaak("2031Z00002", document("2031D00001", paper="kst-91234-7")))
    assert (found.document, found.kind, found.names, found.number, found.chamber) == (
        "2031D00001",
        "Motie",
        (KST,),
        7,
        "Tweede Kamer",
    )
    assert found.zaken == (Zaak("2031Z00002", "Motie", "2031-05-07T08:00:00.000000+00:00"),)
    assert (found.title, found.date, found.removed) == ("Motie van het lid Sneeuw over ijs", date(2031, 5, 6), False)
    assert found.changed == "2031-05-07T08:00:00.500000+00:00"


@pytest.mark.parametrize(
    ("value", "zaken", "dossiers"),
    [
        (document(), [], []),
        (document(Zaak=[zaak("2031Z00002"), zaak("2031Z00003")]), ["2031Z00002", "2031Z00003"], []),
        (document(Zaak=zaak("2031Z00002")), ["2031Z00002"], []),
        (document(Kamerstukdossier=[dossier(91234, "XVI")]), [], [Dossier("91234", "XVI")]),
        (zaak("2031z00002", document(), Kamerstukdossier=[dossier(91234)]), ["2031Z00002"], [Dossier("91234")]),
        (zaak("2031Z00002", document(Volgnummer=8), Kamerstukdossier=[dossier(91234)]), ["2031Z00002"], []),
        (
            zaak("2031Z00002", document(Kamerstukdossier=[dossier(95000)]), Kamerstukdossier=[dossier(91234)]),
            ["2031Z00002"],
            [Dossier("95000")],
        ),
        (dossier(21501, "20", Document=[document()]), [], [Dossier("21501-20")]),
        (dossier(36027, "(R2160)", Document=[document()]), [], [Dossier("36027", "R2160")]),
        (dossier(91234, Zaak=[zaak("2031Z00002", document())]), ["2031Z00002"], []),
        ({"@odata.context": "x", "value": [document(Zaak=None)], "@odata.nextLink": "y"}, [], []),
        ([zaak("2031Z00002", document())], ["2031Z00002"], []),
    ],
)
def test_the_shapes_of_answers(value: object, zaken: list[str], dossiers: list[Dossier]) -> None:
    (found,) = registrations(value)
    assert [one.number for one in found.zaken] == zaken
    assert list(found.dossiers) == dossiers


def test_a_collection_gives_every_document() -> None:
    value = {"value": [zaak("2031Z00002", document("2031D00001"), document("2031D00002")), zaak("2031Z00003")]}
    assert [found.document for found in registrations(value)] == ["2031D00001", "2031D00002"]


def test_what_is_null_or_was_not_asked_for_is_not_known() -> None:
    (found,) = registrations({"DocumentNummer": "2031D00001", "Datum": None, "Kamer": None, "HuidigeDocumentVersie": None})
    assert (found.title, found.date, found.chamber, found.number, found.names, found.changed) == ("", None, "", 0, (), "")


def test_numbers_that_say_there_is_none_and_names_of_other_forms() -> None:
    (found,) = registrations(document(paper="een-brief", Volgnummer=-1, Kamer=0))
    assert (found.number, found.names, found.chamber) == (0, (), "")


@pytest.mark.parametrize(
    ("value", "reason"),
    [
        (document("31066-1"), "DocumentNummer is '31066-1'"),
        (document(Volgnummer="zeven"), "Volgnummer is 'zeven'"),
        (document(Volgnummer=[7]), "Volgnummer is '[7]'"),
        (document(Kamer=True), "Kamer is 'True'"),
        (document(Onderwerp={"nl": "ijs"}), "Onderwerp is"),
        (document(Datum="gisteren"), "gisteren"),
        (document(GewijzigdOp="0001-01-01T00:00:00+14:00"), "expected an instant"),
        (document(HuidigeDocumentVersie=["kst-91234-7"]), "HuidigeDocumentVersie holds 'kst-91234-7', expected records"),
        (document(Zaak=["2031Z00002"]), "Zaak holds '2031Z00002'"),
        (zaak("2031Z00002", Document=7), "Document holds '7'"),
    ],
)
def test_a_malformed_record_is_named_and_the_others_count(value: dict[str, object], reason: str) -> None:
    records = read_records(content({"value": [document("2031D00008"), value, document("2031D00009")]}))
    assert [found.document for found in records.documents] == ["2031D00008", "2031D00009"]
    ((place, why),) = records.faults
    assert place == "record 2"
    assert reason in why


def test_one_malformed_document_of_a_zaak_loses_no_other() -> None:
    records = read_records(content(zaak("2031Z00002", document("2031D00001"), document("x"), document("2031D00003"))))
    assert [found.document for found in records.documents] == ["2031D00001", "2031D00003"]
    assert len(records.faults) == 1


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"{", "JSON cannot be read"),
        (b"[" * 100_000, "JSON cannot be read"),
        (b'{"a": "\xff"}', "JSON cannot be read"),
        (b"{}", "no document"),
        (b"[]", "no document"),
        (b'{"value": null}', "no document"),
        (b'["DocumentNummer", 7]', "no document"),
        (content(zaak("2031Z00002")), "no document"),
        (b'{"name": "package", "version": "1.0"}', "no document"),
    ],
)
def test_what_is_no_answer_of_the_service_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        read_records(content)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=12),
        lambda inner: st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from((
                *("value", "Document", "Zaak", "Kamerstukdossier", "DocumentNummer", "Nummer", "Toevoeging", "Datum", "Kamer"),
                *("Volgnummer", "HuidigeDocumentVersie", "ExterneIdentifier", "GewijzigdOp", "Soort", "Onderwerp"),
            )),
            inner | st.sampled_from(("2031D00001", "2031Z00001", "2031-05-06")),
            max_size=6,
        ),
        max_leaves=20,
    )
)  # fmt: skip
def test_any_json_is_read_or_refused(value: object) -> None:
    try:
        records = read_records(json.dumps(value).encode())
    except ValueError:
        return
    assert records.documents or records.faults


def test_records_are_told_from_papers_by_what_they_hold() -> None:
    assert is_record(OfficialFile("", "x.html", b'\xef\xbb\xbf \n{"Id": 1}'))
    assert is_record(OfficialFile("", "x.json", b"[]"))
    assert not is_record(OfficialFile("", "x.json", b"<html>"))
    assert not is_record(OfficialFile("", "x.json", b""))


@pytest.mark.parametrize("text", ["2024D25613", "2024z10799", "1995D00001", "2024D256130"])
def test_numbers(text: str) -> None:
    assert is_number(text)


@pytest.mark.parametrize("text", ["", "2024", "2024A00001", "2024D2561", "1824D25613", "2024D25613 ", "٢٠٢٤D25613"])
def test_what_is_no_number(text: str) -> None:
    assert not is_number(text)


def test_real_records_are_read_to_the_right_papers(real: Path) -> None:
    paths = sorted((real / "odata").glob("*.json"))
    assert len(paths) == 40
    for path in paths:
        text = path.read_text(encoding="utf-8")
        (found,) = read_records(path.read_bytes()).documents
        assert [found.document] == re.findall(r'"DocumentNummer": "(\w+)"', text)
        assert [one.number for one in found.zaken] == re.findall(r'"Nummer": "(\w+)"', text)
        assert [str(name) for name in found.names] == re.findall(r'"ExterneIdentifier": "([\w-]+)"', text)
        assert found.names[0].number == str(found.number)
