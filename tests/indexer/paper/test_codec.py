"""Papers as the catalogue keeps them: nothing of them is lost, and what earlier versions kept is read."""

from __future__ import annotations

import json
import string
import zlib
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.codec import decode, encode
from indexer.paper.identifier import Identifier
from indexer.paper.model import (
    Citation,
    Dossier,
    Footnote,
    Image,
    Kamerstuk,
    Links,
    PaperPerson,
    Paragraph,
    Person,
    PersonRole,
    ReadIn,
    Relation,
    RelationKind,
    Section,
    Source,
    TextPlace,
    Where,
)
from indexer.reading.official_file import OfficialFile, find_files, read_paper

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
TEXTS = st.text(string.ascii_letters + " .éИ\ud800\n", max_size=8)
IDENTIFIERS = st.builds(lambda number: Identifier(f"kst-90001-{number}"), st.integers(1, 99))
PEOPLE = st.builds(
    PaperPerson,
    *(TEXTS, st.sampled_from(PersonRole), TEXTS, TEXTS, TEXTS),
    st.lists(st.sampled_from(ReadIn), unique=True).map(tuple),
)
RELATIONS = st.builds(Relation, st.sampled_from(RelationKind), IDENTIFIERS)
IMAGES = st.builds(Image, TEXTS, TEXTS, st.integers(0, 9), st.integers(0, 9), TEXTS, TEXTS)


@pytest.mark.parametrize("path", sorted(SAMPLE.glob("*.html")), ids=lambda path: path.stem)
def test_a_paper_that_was_read_comes_back_equal(path: Path) -> None:
    (file,) = find_files([path])
    assert isinstance(file, OfficialFile)
    read = read_paper(file)
    assert decode(encode(read)) == read


@given(
    st.builds(
        Kamerstuk,
        IDENTIFIERS,
        people=st.lists(PEOPLE, max_size=3).map(tuple),
        relations=st.lists(RELATIONS, max_size=3).map(tuple),
        images=st.lists(IMAGES, max_size=2).map(tuple),
        source=st.sampled_from(Source),
        **dict.fromkeys(("edition", "date_doubt", "title"), TEXTS),
        date=st.none() | st.dates(),
        fictional=st.booleans(),
    )
)
def test_what_a_paper_may_have_comes_back_equal(paper: Kamerstuk) -> None:
    assert decode(encode(paper)) == paper


OLD = Kamerstuk(
    Identifier("kst-90001-1"),
    title="Een brief",
    kind="Brief regering",
    kind_line="BRIEF VAN DE MINISTER VAN PROEF",
    chamber="Tweede Kamer",
    session_year="2019-2020",
    date=date(2020, 1, 2),
    date_line="Den Haag, 2 januari 2020",
    published=date(2020, 1, 3),
    number="1",
    dossiers=(Dossier("90001", "XVI", "Proef"),),
    people=(
        PaperPerson("A. Bee", PersonRole.MINISTER, "A. Bee", "Minister van Proef", "", (ReadIn.SIGNATURE, ReadIn.METADATA)),
        PaperPerson("", PersonRole.MINISTER, "", "Staatssecretaris van Proef", "", (ReadIn.KIND_LINE,)),
        PaperPerson("C. Dee", PersonRole.FIRST_SUBMITTER, "C. Dee", "", "", (ReadIn.METADATA,)),
        PaperPerson("E. Eff", PersonRole.CO_SIGNER, "E. Eff", "", "", (ReadIn.METADATA,)),
    ),
    categories=("Financiën",),
    sections=(Section(0, "", "broodtekst", paragraphs=(Paragraph("al-1", "Zie 90 002, nr. 3."),)),),
    footnotes=(Footnote("1", "n1", "Een noot.", TextPlace(0, 4)),),
    citations=(Citation(Identifier("kst-90002-3"), "90 002, nr. 3", Where.BODY, 0, 4),),
    links=Links("h", "p", "x", "a", ""),
)
"""A paper as it is read from the form of an earlier version."""
FIRST = [
    *("kst-90001-1", "Een brief", "Brief regering", "BRIEF VAN DE MINISTER VAN PROEF", "Tweede Kamer", "2019-2020"),
    *("2020-01-02", "Den Haag, 2 januari 2020", "2020-01-03", "1"),
    [["90001", "XVI", "Proef"]],
    [["A. Bee", "Minister van Proef"], ["", "Staatssecretaris van Proef"]],
    [["A. Bee", "Minister van Proef"]],
    ["A. Bee", "C. Dee", "E. Eff"],
    ["Financiën"],
    [[0, "", "broodtekst", "body", [["al-1", "Zie 90 002, nr. 3.", "text", 0, [], []]], []]],
    [["1", "n1", "Een noot.", [0, 4]]],
    [["kst-90002-3", "90 002, nr. 3", "body", 0, 4]],
    ["h", "p", "x", "a", ""],
]
"""The same as version 1 kept it."""


def kept(*values: object) -> bytes:
    """Values in the form of the catalogue."""
    return zlib.compress(json.dumps(values).encode())


def test_a_paper_that_version_1_kept_is_read() -> None:
    assert decode(kept(1, *FIRST)) == OLD


def test_a_paper_that_version_2_kept_is_read() -> None:
    assert decode(kept(2, *FIRST, "html", None, [])) == OLD
    attachments = ["blg-9000001", "blg-9000002"]
    related = (
        Relation(RelationKind.ATTACHMENT_OF, Identifier("kst-90001-9")),
        *(Relation(RelationKind.HAS_ATTACHMENT, Identifier(one)) for one in attachments),
    )
    assert decode(kept(2, *FIRST, "pdf", "kst-90001-9", attachments)) == replace(OLD, source=Source.PDF, relations=related)


def test_texts_of_a_former_paper_that_nothing_carries_any_more_are_left_out() -> None:
    assert decode(kept(2, *FIRST, "html", None, [], {"forgotten": ["a"]})) == OLD


def test_who_signed_a_former_paper_is_told_as_before() -> None:
    paper = decode(kept(2, *FIRST, "html", None, []))
    assert paper.ministers == (Person("A. Bee", "Minister van Proef"), Person("", "Staatssecretaris van Proef"))
    assert paper.signatories == (Person("A. Bee", "Minister van Proef"),)
    assert paper.submitters == ("A. Bee", "C. Dee", "E. Eff")


def test_a_paper_stored_in_another_form_is_refused() -> None:
    with pytest.raises(ValueError, match="form 99"):
        decode(kept(99))
