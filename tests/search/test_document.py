"""Papers as engines hold them."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.identifier import Identifier
from indexer.paper.model import (
    Dossier,
    Footnote,
    Image,
    Kamerstuk,
    Links,
    PaperPerson,
    Paragraph,
    Part,
    Person,
    PersonRole,
    Relation,
    RelationKind,
    Section,
    Source,
)
from search.document import Place, document_bytes, document_of, dossier_titles, read_document
from search.fields import FIELDS, facets_of
from tests.search.papers import paper
from tests.search.strategies import papers

_text = st.text(max_size=12)
_anything = st.builds(
    Kamerstuk,
    identifier=st.builds(Identifier, st.integers(0).map("kst-{}-1".format)),
    title=_text,
    kind=_text,
    kind_line=_text,
    date=st.none() | st.dates(),
    dossiers=st.lists(st.builds(Dossier, _text, _text, _text), max_size=2).map(tuple),
    people=st.lists(
        st.builds(PaperPerson, _text, st.sampled_from(PersonRole), _text, _text, person=st.none() | _text), max_size=2
    ).map(tuple),
    edition=_text,
    links=st.builds(Links, _text, _text, _text, _text, _text),
    sections=st.lists(
        st.builds(
            Section,
            st.just(1),
            _text,
            _text,
            st.sampled_from(Part),
            st.lists(st.builds(Paragraph, _text, _text), max_size=2).map(tuple),
        ),
        max_size=2,
    ).map(tuple),
    footnotes=st.lists(st.builds(Footnote, _text, _text, _text), max_size=2).map(tuple),
)


@given(_anything | papers())
def test_a_document_survives_being_stored(kamerstuk: Kamerstuk) -> None:
    document = document_of(kamerstuk)

    assert read_document(document_bytes(document)) == document


def test_the_pages_of_a_pdf_are_told_with_a_passage_but_are_no_words_of_the_paper() -> None:
    pages = tuple(Section(1, f"Pagina {n}", f"pagina-{n}", paragraphs=(Paragraph(f"p{n}", "ijs"),)) for n in (1, 2))
    read = Kamerstuk(
        Identifier("blg-9000001"),
        kind="Bijlage",
        sections=pages,
        source=Source.PDF,
        relations=(Relation(RelationKind.ATTACHMENT_OF, Identifier("kst-90001-1")),),
    )
    document = document_of(read)

    assert (document.source, document.attached_to) == (Source.PDF, "kst-90001-1")
    assert [(p.place, p.heading) for p in document.passages] == [
        (Place.KIND, ""),
        (Place.BODY, "Pagina 1"),
        (Place.BODY, "Pagina 2"),
    ]
    assert facets_of(document)["kind"] == ("Bijlage",)
    assert read_document(document_bytes(document)) == document


def test_even_halves_of_surrogate_pairs_are_stored() -> None:
    document = document_of(paper("1-1", "\ud83d half"))

    assert read_document(document_bytes(document)) == document


@given(_anything | papers())
def test_no_value_is_empty_or_given_twice(kamerstuk: Kamerstuk) -> None:
    values = facets_of(document_of(kamerstuk))

    assert tuple(values) == tuple(field.name for field in FIELDS)
    for found in values.values():
        assert len(set(found)) == len(found)
        assert "" not in found


def test_the_values_of_a_paper() -> None:
    document = document_of(
        paper(
            "31066-7",
            kind="Motie",
            kind_line="MOTIE VAN HET LID OMTZIGT",
            date="2021-07-06",
            chamber="Tweede Kamer",
            dossiers=(Dossier("36410", "XVI", "VWS"), Dossier("31066", "R2188"), Dossier("31066", "", "ICT"), Dossier("")),
            ministers=(Person("E. Wiebes", "Minister"), Person("E. Wiebes", "Minister van EZK"), Person("", "Minister")),
            submitters=("P.H. Omtzigt", "E. Wiebes"),
        )
    )

    assert {name: values for name, values in facets_of(document).items() if values} == {
        "dossier": ("36410-XVI", "31066"),
        "year": ("2021",),
        "minister": ("E. Wiebes",),
        "office": ("Minister", "Minister van EZK"),
        "person": ("E. Wiebes", "P.H. Omtzigt"),
        "kind": ("Motie",),
        "chamber": ("Tweede Kamer",),
        "dossier_number": ("36410-XVI", "31066", "36410"),
        "dossier_title": ("VWS", "ICT"),
        "number": ("7",),
        "submitter": ("E. Wiebes", "P.H. Omtzigt"),
        "spelling": ("E. Wiebes", "P.H. Omtzigt"),
        "version": ("geldend",),
    }
    assert dossier_titles(document) == {"36410-XVI": "VWS", "31066": "ICT"}


def test_every_text_is_a_passage_of_its_place() -> None:
    document = document_of(
        paper(
            "1-1",
            "eerste",
            "tweede",
            title="Titel",
            heading="Kop",
            notes=("noot",),
            annex="bijlage",
            kind="Brief",
            kind_line="BRIEF",
            dossiers=(Dossier("31066", "", "ICT"), Dossier("31067")),
            ministers=(Person("E. Wiebes", "Minister"),),
            submitters=("Lid",),
            date="2021-07-06",
        )
    )

    assert [(p.place, p.text, p.heading, p.anchor) for p in document.passages] == [
        (Place.TITLE, "Titel", "", ""),
        (Place.KIND, "BRIEF", "", ""),
        (Place.KIND, "Brief", "", ""),
        (Place.DOSSIER, "31066 ICT", "Dossier", ""),
        (Place.DOSSIER, "31067", "Dossier", ""),
        (Place.NAMES, "Minister E. Wiebes", "", ""),
        (Place.NAMES, "Lid", "", ""),
        (Place.HEADING, "Kop", "Kop", "s0"),
        (Place.BODY, "eerste", "Kop", "p0"),
        (Place.BODY, "tweede", "Kop", "p1"),
        (Place.ANNEX, "bijlage", "", "b0"),
        (Place.FOOTNOTE, "noot", "Voetnoot 1", "n1"),
    ]
    assert document.date == datetime.date(2021, 7, 6)


def test_the_text_of_an_image_is_a_passage_that_leads_to_the_image() -> None:
    images = (
        Image("kaart van de pool", "Kaart 1", 0, 1, "i1"),
        Image("grafiek", "", 0, 2, "i2"),
        Image("", "zonder tekst", 0, 0, "i3"),
        Image("in de bijlage", "", 1, 0, "i4"),
        Image("nergens", "", 7, 0, "i5"),
    )
    document = document_of(paper("1-1", "eerste", "tweede", heading="Kop", annex="bijlage", images=images))

    assert [(p.place, p.text, p.heading, p.anchor) for p in document.passages] == [
        (Place.HEADING, "Kop", "Kop", "s0"),
        (Place.BODY, "eerste", "Kop", "p0"),
        (Place.BODY, "kaart van de pool", "Kop", "i1"),
        (Place.BODY, "tweede", "Kop", "p1"),
        (Place.BODY, "grafiek", "Kop", "i2"),
        (Place.ANNEX, "in de bijlage", "", "i4"),
        (Place.ANNEX, "bijlage", "", "b0"),
    ]


def test_every_spelling_of_a_name_is_a_passage_and_each_word_of_one_counts_once() -> None:
    people = (
        PaperPerson("Inge van Dijk", PersonRole.FIRST_SUBMITTER, "Van Dijk", person="I. van Dijk"),
        PaperPerson("E. Wiebes", PersonRole.MINISTER, "E. Wiebes", "Minister", person="E. Wiebes"),
        PaperPerson("", PersonRole.MINISTER, "", "Minister van VWS"),
    )

    assert [p.text for p in document_of(paper("1-1", people=people)).passages] == [
        "I. van Dijk",
        "Inge van Dijk",
        "Minister E. Wiebes",
        "Minister van VWS",
    ]


def test_a_dossier_that_is_a_part_has_the_number_of_the_whole_too() -> None:
    document = document_of(paper("21501-02-7", dossiers=(Dossier("21501-02", "", "Raad"), Dossier("36410", "VI"))))

    assert facets_of(document)["dossier"] == ("21501-02", "36410-VI")
    assert facets_of(document)["dossier_number"] == ("21501-02", "36410-VI", "36410", "21501")
