"""Which paper replaces which."""

from __future__ import annotations

import pytest

from indexer.paper.model import Dossier
from indexer.reading.relations import replaced_by
from search.document import Version, families

HERE = (Dossier("21501-02", "", "Raad"), Dossier("90001", "", "Ander"))
CHAPTER = (Dossier("90600", "XV", "Begroting"),)


@pytest.mark.parametrize(
    ("kind_line", "title", "dossiers", "replaced"),
    [
        ("GEWIJZIGDE MOTIE VAN HET LID BEE TER VERVANGING VAN DIE GEDRUKT ONDER NR. 76", "", HERE, ("kst-21501-02-76",)),
        ("GEWIJZIGD AMENDEMENT TER VERVANGING VAN DAT GEDRUKT ONDER NR. 8", "", CHAPTER, ("kst-90600-XV-8",)),
        ("GEWIJZIGDE MOTIE", "Gewijzigde motie over zaken (t.v.v. 21501-02-3068)", HERE, ("kst-21501-02-3068",)),
        ("MOTIE VAN HET LID BEE", "Motie over nr. 76", HERE, ()),
        ("MOTIE TER VERVANGING VAN DIE GEDRUKT ONDER NR. 76", "", (), ()),
    ],
)
def test_what_a_paper_replaces(kind_line: str, title: str, dossiers: tuple[Dossier, ...], replaced: tuple[str, ...]) -> None:
    assert tuple(map(str, replaced_by(kind_line, title, dossiers))) == replaced


def test_a_chain_is_one_family_newest_first() -> None:
    papers = [
        Version("kst-1-76", 5, ()),
        Version("kst-1-79", 6, ("kst-1-76",)),
        Version("kst-1-80", 6, ("kst-1-79",)),
        Version("kst-1-81", 7, ("kst-1-81", "kst-1-nergens")),
    ]
    found = families(papers)
    assert found == dict.fromkeys(("kst-1-76", "kst-1-79", "kst-1-80"), ("kst-1-80", "kst-1-79", "kst-1-76"))
