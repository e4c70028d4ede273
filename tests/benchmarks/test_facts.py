"""The counts over papers, on papers made for it."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner

from benchmarks.facts import CALLED, FAULTS, Findings, look, main, report
from indexer.errors import PaperError
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Kamerstuk, PaperPerson, Paragraph, PersonRole, ReadIn, Relation, RelationKind, Section

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
PROOF = (Dossier("90001", "", "Proef"),)


def found(*papers: Kamerstuk) -> Findings:
    """What is found in the papers."""
    findings = Findings()
    for paper in papers:
        findings.look_at(paper)
    return findings


def test_headings_as_long_as_paragraphs_and_skipped_levels_are_named() -> None:
    sections = (Section(1, "I", "a"), Section(3, "De " + "lange kop " * 20, "b"), Section(0, "", "c"), Section(1, "II", "d"))
    faults = found(Kamerstuk(Identifier("kst-90001-1"), title="Nota", sections=sections)).faults
    assert {name: len(places) for name, places in faults.items() if places} == {
        "headings over 200 characters": 1,
        "skipped levels": 1,
    }
    assert faults["skipped levels"][0].startswith("kst-90001-1: from 1 to 3 at 'De lange kop")


def test_no_title_says_no_more_than_the_kind() -> None:
    named = found(
        Kamerstuk(Identifier("kst-90001-1"), title="VERSLAG.", kind="Verslag"),
        Kamerstuk(Identifier("kst-90001-2"), title="Verslag van een overleg", kind="Verslag"),
    )
    assert named.faults["titles equal to the kind"] == []


def test_papers_that_share_a_title_are_counted_within_a_dossier() -> None:
    papers = [Kamerstuk(Identifier(f"kst-90001-{n}"), title="Motie" if n < 3 else "Nota", dossiers=PROOF) for n in (1, 2, 3)]
    elsewhere = Kamerstuk(Identifier("kst-90002-1"), title="Nota", dossiers=(Dossier("90002"),))
    counted = found(*papers, *papers, elsewhere)
    assert {name: counted.sharing(name) for name in CALLED} == dict.fromkeys(CALLED, 2)


def test_a_subtitle_tells_papers_apart() -> None:
    asking = [(Section(0, "", "a", paragraphs=(Paragraph("b", f"verzoekt de regering {n} keer te zwemmen,"),)),) for n in (1, 2)]
    motions = [
        Kamerstuk(Identifier(f"kst-90001-{n}"), kind_line="MOTIE VAN HET LID BEE", dossiers=PROOF, sections=sections)
        for n, sections in enumerate(asking, 1)
    ]
    assert [found(*motions).sharing(name) for name in CALLED] == [2, 2, 0]


def test_people_and_relations_are_counted() -> None:
    one = PaperPerson("A. Bee", PersonRole.SIGNATORY, "A. Bee", read_in=(ReadIn.SIGNATURE,))
    related = (Relation(RelationKind.REPLACES, Identifier("kst-90001-2")),)
    counted = found(
        Kamerstuk(Identifier("kst-90001-1"), kind_line="MOTIE VAN HET LID BEE", people=(one,), relations=related),
        Kamerstuk(Identifier("kst-90001-3")),
    )
    assert counted.seen["without anyone"] == 1
    assert counted.seen["motions without submitters"] == 1
    assert counted.absent("replaces") == ["kst-90001-1 → kst-90001-2"]
    assert "      1  replaces, 0 of them a paper that was read" in list(report(counted, 0))
    assert (
        found(Kamerstuk(Identifier("kst-90001-2")), Kamerstuk(Identifier("kst-90001-1"), relations=related)).absent("replaces")
        == []
    )


def test_files_are_refused_by_reason_whatever_their_numbers() -> None:
    findings = Findings()
    for number in (1, 2):
        findings.refuse(PaperError(f"file-{number}.xml", f"line {number} cannot be read"))
    assert dict(findings.refused) == {"line … cannot be read": ["file-1.xml", "file-2.xml"]}
    assert "      2  line … cannot be read" in list(report(findings, 1))


def test_the_command_tells_all_counts_and_ends_well_when_nothing_may_not_be(tmp_path: Path) -> None:
    (tmp_path / "broken.html").write_bytes(b"<html>")
    (tmp_path / "kst-91066-1.html").write_bytes((SAMPLE / "kst-91066-1.html").read_bytes())
    done = CliRunner().invoke(main, [str(tmp_path)])
    assert done.exit_code == 0, done.output
    assert "1 files read, 1 papers" in done.output
    assert all(f"      0  {name}" in done.output for name in FAULTS)
    assert "1 files refused" in done.output
    assert len(look([tmp_path], 2).refused) == 1
