"""The comparison of who was read and who was taken for whom, on papers and persons made for it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from benchmarks.people import Found, compare, in_order, main, named_by, odata_persons, register_of
from indexer.paper.personal_name import take_apart
from tests.indexer.papers import official_xml

PERSONS = {"1": take_apart("F. (Fen) van Zee"), "2": take_apart("D.J. (Dirk) van Zee"), "3": take_apart("A. Duin")}


def motion(folder: Path, number: int, kind_line: str, *names: str) -> None:
    closing = "".join(f"<al>{name}</al>" for name in ("en gaat over tot de orde van de dag.", *names))
    text = official_xml(closing).replace("BRIEF VAN DE MINISTER VAN IJSZAKEN", kind_line).replace("91234-7", f"91234-{number}")
    (folder / f"kst-91234-{number}.xml").write_text(text, encoding="utf-8")


def person(number: str, name: str, surname: str, initials: str) -> dict[str, object]:
    return {"Id": number, "Roepnaam": name, "Tussenvoegsel": None, "Achternaam": surname, "Initialen": initials}


@pytest.mark.parametrize(
    ("kind_line", "names"),
    [
        (
            "GEWIJZIGDE MOTIE VAN DE LEDEN VAN ZEE, WAD EN DUIN TER VERVANGING VAN DIE GEDRUKT ONDER NR. 4",
            ["VAN ZEE", "WAD", "DUIN"],
        ),
        ("MOTIE VAN HET LID DUIN C.S.", ["DUIN"]),
        ("MOTIE VAN HET DUIN", []),
        ("BRIEF VAN HET LID DUIN", []),
    ],
)
def test_a_plain_rule_finds_the_names_of_a_plain_kind_line(kind_line: str, names: list[str]) -> None:
    assert named_by(kind_line) == names


def test_names_must_stand_in_their_order() -> None:
    assert in_order(["VAN ZEE", "DUIN"], ["F. van Zee", "Duin", "Wad"])
    assert not in_order(["DUIN", "VAN ZEE"], ["F. van Zee", "Duin"])
    assert not in_order(["DUIN", "VAN ZEE"], ["Duin"])
    assert not in_order([], ["Duin"])


def test_what_came_apart_and_what_came_together_is_told() -> None:
    told = {"F. van Zee": "F. van Zee", "Fen van Zee": "Fen van Zee", "A. Duin": "A. Duin", "Duin": "A. Duin", "Van Zee": ""}
    assert compare(told, PERSONS).missed == ["F. van Zee | Fen van Zee"]
    together = {"Fen van Zee": "F. van Zee", "D.J. van Zee": "F. van Zee"}
    assert (compare(together, PERSONS).missed, compare(together, PERSONS).false) == ([], ["F. van Zee"])
    right = compare(register_of(told), PERSONS)
    assert (right.persons, right.missed, right.false) == (2, [], [])


def test_persons_of_odata_are_found_wherever_they_stand(tmp_path: Path) -> None:
    actors = {"value": [{"ZaakActor": [{"ActorNaam": "A. Duin", "Persoon_Id": "3"}, {"ActorNaam": "TK", "Persoon_Id": None}]}]}
    (tmp_path / "zaken.json").write_text(json.dumps(actors), encoding="utf-8")
    (tmp_path / "personen.json").write_text(json.dumps({"value": [person("1", "Fen", "Zee", "F.")]}), encoding="utf-8")
    assert odata_persons(tmp_path) == {"3": take_apart("A. Duin"), "1": take_apart("F. (Fen) Zee")}


def test_the_command_names_misprinted_kind_lines_and_lists_persons(tmp_path: Path) -> None:
    papers, odata = tmp_path / "papers", tmp_path / "odata"
    papers.mkdir()
    odata.mkdir()
    motion(papers, 1, "MOTIE VAN DE LEDEN DUIN EN FEN VAN ZEE", "Duin", "Fen van Zee")
    motion(papers, 2, "MOTIE VAN HET DUIN", "Duin")
    (odata / "personen.json").write_text(json.dumps({"value": [person("1", "Anna", "Duin", "A.")]}), encoding="utf-8")
    done = CliRunner().invoke(main, [str(papers), str(odata), "--persons", "1"])
    assert done.exit_code == 0
    lines = done.output.splitlines()
    assert lines[:3] == [
        "2 motions, 2 with submitters",
        "1 with all names of the kind line in order; the other 1:",
        "    kst-91234-2: MOTIE VAN HET DUIN → Duin",
    ]
    assert lines[-2:] == ["1 persons of OData: 0 missed merges, 0 false merges", "     2  Duin: Duin 2"]
    assert Found().motions == 0
