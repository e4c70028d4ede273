"""What a paper is to others: of its identifier, kind line, title and metadata."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier
from indexer.reading.metadata import Metadata
from indexer.reading.relations import relations_of
from tests.indexer.papers import official_xml, read

OWN = Identifier("kst-91234-XVI-20")
DOSSIERS = (Dossier("91234", "XVI"),)


def told(kind_line: str = "", title: str = "", identifier: Identifier = OWN, **meta: str) -> list[tuple[str, str]]:
    metadata = Metadata(tuple((f"OVERHEIDop.{name}", "", content) for name, content in meta.items()))
    found = relations_of(metadata, identifier, kind_line, title, DOSSIERS)
    return [(relation.kind.value, str(relation.target)) for relation in found]


@pytest.mark.parametrize(
    ("kind_line", "targets"),
    [
        ("GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NR. 1490", ["kst-91234-XVI-1490"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NUMMER 7", ["kst-91234-XVI-7"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NO 7", ["kst-91234-XVI-7"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NRS. 4 EN 5", ["kst-91234-XVI-4", "kst-91234-XVI-5"]),
        ("GEWIJZIGD AMENDEMENT VAN HET LID BERG TER VERVANGING VAN DAT GEDRUKT ONDER NR. 9", ["kst-91234-XVI-9"]),
        ("GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGINGVAN DIE GEDURKT ONER NR.12", ["kst-91234-XVI-12"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER 92 000 VI, NR. 5", ["kst-92000-VI-5"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NR. 5 (92 000)", ["kst-92000-5"]),
        ("GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER LETTER M", ["kst-91234-XVI-M"]),
        ("MOTIE VAN HET LID BERG (TER VERVANGING VAN LETTERS M EN N)", ["kst-91234-XVI-M", "kst-91234-XVI-N"]),
        ("GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NR. M", ["kst-91234-XVI-M"]),
        ("GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER M", ["kst-91234-XVI-M"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE VOORKOMEND OP STUK NR. 8", ["kst-91234-XVI-8"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NR. 92 000-VI, NR. 5", ["kst-92000-VI-5"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DE MOTIE VAN HET LID DAL GEDRUKT ONDER NR. 8", ["kst-91234-XVI-8"]),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DE GEWIJZIGDE MOTIE VAN HET LID DAL (92 000 VI, NR. 5)", ["kst-92000-VI-5"]),
        ("MOTIE VAN HET LID BERG OVER EEN PLAN TER VERVANGING VAN DE TREIN (92 000, NR. 5)", []),
        ("GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGING VAN A. DAL", []),
        ("GEWIJZIGDE MOTIE VAN HET LID BERG", []),
        ("NADER GEWIJZIGD AMENDEMENT VAN HET LID BERG", []),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NR.", []),
        ("MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NR. 20", []),
    ],
)
def test_a_kind_line_says_what_is_replaced(kind_line: str, targets: list[str]) -> None:
    assert told(kind_line) == [("replaces", target) for target in targets]


@pytest.mark.parametrize(
    ("title", "targets"),
    [
        ("Gewijzigde motie van het lid Berg over ijs (t.v.v. 91321-11)", ["kst-91321-11"]),
        ("Gewijzigde motie van het lid Berg (t.v.v. 91321-(R2181)-11) over ijs", ["kst-91321-11"]),
        ("Gewijzigde motie van het lid Berg t.v.v. 93 529, nr. 12", ["kst-93529-12"]),
        ("Gewijzigde motie van het lid Berg (t.v.v. 91410-XVI-20) over ijs", ["kst-91410-XVI-20"]),
        ("Nader gewijzigde motie van het lid Berg (tvv 91501-02-1234) over ijs", ["kst-91501-02-1234"]),
        ("Gewijzigd amendement van het lid Berg t.v.v. nr. 9 over ijs", ["kst-91234-XVI-9"]),
        (
            "Amendement van het lid Berg ter vervanging van de nrs. 12 en 16 dat ijs regelt",
            ["kst-91234-XVI-12", "kst-91234-XVI-16"],
        ),
        ("Lijst van vragen (t.v.v. 93 529, nr. 12)", ["kst-93529-12"]),
        ("Appreciatie van het gewijzigde amendement van het lid Berg ter vervanging van nr. 17 over ijs", []),
        ("Motie over een verordening ter vervanging van Kaderbesluit 2002/584", []),
        ("Motie over de vervanging van 12 000 lampen", []),
    ],
)
def test_a_title_says_what_is_replaced(title: str, targets: list[str]) -> None:
    assert told(title=title) == [("replaces", target) for target in targets]


def test_kind_line_and_title_that_say_the_same_say_it_once() -> None:
    kind_line = "GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NR. 11"
    assert told(kind_line, "Gewijzigde motie van het lid Berg (t.v.v. 91234-XVI-11)") == [("replaces", "kst-91234-XVI-11")]


def test_the_own_dossier_is_that_of_the_identifier() -> None:
    identifier = Identifier("kst-92000-12")
    assert told("MOTIE TER VERVANGING VAN DIE GEDRUKT ONDER NR. 11", identifier=identifier) == [("replaces", "kst-92000-11")]


@pytest.mark.parametrize(
    ("title", "relations"),
    [
        ("Gewijzigde motie van het lid Berg (was nr. 8) over ijs", [("changes", "8")]),
        ("MOTIE VAN HET LID BERG (GEWIJZIGD, WAS NR. 8)", [("changes", "8")]),
        ("GEWIJZIGDE MOTIE VAN HET LID BERG VAN DIE GEDRUKT ONDER NR. 8", [("changes", "8")]),
        ("Amendement van het lid Berg ter wijziging van dat gedrukt onder nr. 8", [("changes", "8")]),
        ("Gewijzigde motie van het lid Berg over wat er was", []),
        ("Subamendement van het lid Berg ter wijziging van het amendement van het lid Dal c.s. onder nr. 8", []),
        ("Gewijzigd subamendement van het lid Berg t.v.v. nr. 7 over amendement nr. 8", [("replaces", "7")]),
    ],
)
def test_what_a_motion_or_amendment_changes(title: str, relations: list[tuple[str, str]]) -> None:
    assert told(title=title) == [(kind, f"kst-91234-XVI-{number}") for kind, number in relations]


@pytest.mark.parametrize(
    ("identifier", "relations"),
    [
        ("kst-91234-9-h1", [("reprint_of", "kst-91234-9")]),
        ("kst-91234-XVI-9-n2", [("corrects", "kst-91234-XVI-9")]),
        ("kst-91234-9-b1", [("attachment_of", "kst-91234-9")]),
        ("kst-91234-9", []),
        ("kst-91234-A", []),
        ("blg-998035", []),
    ],
)
def test_what_an_identifier_says(identifier: str, relations: list[tuple[str, str]]) -> None:
    assert told(identifier=Identifier(identifier)) == relations


def test_a_reprint_does_not_correct_or_replace_itself() -> None:
    reprint = Identifier("kst-91234-9-h1")
    assert told("MOTIE TER VERVANGING VAN DIE GEDRUKT ONDER NR. 8", identifier=reprint) == [
        ("reprint_of", "kst-91234-9"),
        ("replaces", "kst-91234-8"),
    ]


@pytest.mark.parametrize(
    ("kind_line", "relations"),
    [
        ("NOTA VAN VERBETERING", []),
        ("NOTA VAN VERBETERING OP STUK NR. 3", [("corrects", "kst-91234-XVI-3")]),
        ("Rectificatie van het verslag (Kamerstuk 92000-XIII-5, antwoord op vraag 57)", [("corrects", "kst-92000-XIII-5")]),
        ("Motie over een plan tot rectificatie van 92 000, nr. 5", []),
        ("NOTA NAAR AANLEIDING VAN HET VERSLAG", []),
        ("NOTA NAAR AANLEIDING VAN HET VERSLAG (NR. 5)", [("answers", "kst-91234-XVI-5")]),
        ("Antwoord op vragen 2031Z09739", [("answers", "kv-tk-2031Z09739")]),
        ("ANTWOORD op vragen kv-tk-2031Z09739", [("answers", "kv-tk-2031Z09739")]),
        ("Antwoord op vragen commissie over de agenda (Kamerstuk 92000-28)", []),
        ("Antwoorden op vragen gesteld in het verslag (Kamerstuk 92000, nr. 4)", [("answers", "kst-92000-4")]),
    ],
)
def test_corrections_and_answers(kind_line: str, relations: list[tuple[str, str]]) -> None:
    assert told(kind_line) == relations


def test_the_metadata_of_questions_and_answers_names_the_others() -> None:
    answer, question = Identifier("ah-tk-20312032-7"), Identifier("kv-tk-2031Z09739")
    assert told(identifier=answer, vraagnummer="2031Z09739") == [("answers", "kv-tk-2031Z09739")]
    assert told(identifier=question, aanhangsel="ah-tk-20312032-7") == [("answered_by", "ah-tk-20312032-7")]
    assert told(identifier=answer, vraagnummer="onbekend") == []


def test_the_metadata_names_attachments() -> None:
    assert told(bijlage="blg-998035", hoofddocument="kst-91234-5") == [
        ("attachment_of", "kst-91234-5"),
        ("has_attachment", "blg-998035"),
    ]


def test_a_file_tells_its_relations() -> None:
    file = official_xml("<al>x</al>").replace(
        "BRIEF VAN DE MINISTER VAN IJSZAKEN", "GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGING\nVAN DIE GEDRUKT ONDER NR. 6"
    )
    assert [(one.kind.value, str(one.target), one.here) for one in read(file, "kst-91234-7.xml").relations] == [
        ("replaces", "kst-91234-6", None)
    ]


HEADS = st.lists(
    st.sampled_from(
        [
            *(
                "ter vervanging van",
                "t.v.v.",
                "NR. ",
                "nrs. ",
                "5",
                "1490",
                "91234-XVI-20",
                "92 000, nr. 5",
                "die gedrukt onder",
                "(",
            ),
            *(
                "subamendement",
                "amendement",
                "Antwoord op vragen",
                "2031Z09739",
                "NOTA VAN VERBETERING",
                "en",
                ",",
                "-h1",
                "0",
                " ",
            ),
        ]
    ),
    max_size=12,
).map(" ".join)


@given(HEADS, HEADS, st.sampled_from(["kst-91234-XVI-20", "kst-91234-9-h1", "ah-tk-20312032-7", "blg-998035", "kst-1259252"]))
def test_no_paper_is_related_to_itself_and_every_target_can_exist(kind_line: str, title: str, official: str) -> None:
    identifier = Identifier(official)
    for relation in relations_of(Metadata(), identifier, kind_line, title, DOSSIERS):
        assert relation.target != identifier
        assert relation.target.can_exist
        assert Identifier.parse(str(relation.target)) == relation.target


@pytest.mark.parametrize(
    "run", ["ter vervanging van ", "t.v.v. ", "nr. ", "amendement ", "5, ", "verslag ", "onder ", "gewijzigde "]
)
@pytest.mark.parametrize("start", ["", "Subamendement ", "Rectificatie ", "Antwoord "])
def test_long_heads_cost_linear_time(start: str, run: str) -> None:
    began = time.process_time()
    told(start + run * (200_000 // len(run)))
    assert time.process_time() - began < 10
