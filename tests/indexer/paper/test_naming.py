"""What a paper is called: titles that say something, and subtitles that are ours."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Kamerstuk, Paragraph, ParagraphForm, Part, Section
from indexer.paper.naming import Subtitle, readable, short_title, shown_title, subtitle

DOSSIER = "Wijziging van de Zuidpoolwet"


def paper(title: str = "", kind_line: str = "", kind: str = "", *texts: str, dossier: str = DOSSIER) -> Kamerstuk:
    return Kamerstuk(
        identifier=Identifier("kst-91234-7"),
        title=title,
        kind=kind,
        kind_line=kind_line,
        dossiers=(Dossier("91234", title=dossier),),
        sections=(
            Section(0, "", "begin", paragraphs=tuple(Paragraph(f"al-{i}", text) for i, text in enumerate(texts))),
            Section(1, "Bijlage", "b", Part.ANNEX, (Paragraph("al-b", "verzoekt de regering om niets.", ParagraphForm.TEXT),)),
        ),
    )


@pytest.mark.parametrize(
    ("title", "kind_line", "kind", "short"),
    [
        ("Memorie van toelichting", "MEMORIE VAN TOELICHTING", "Memorie van toelichting", "Memorie van toelichting"),
        ("", "MEMORIE VAN TOELICHTING", "Memorie van toelichting", "Memorie van toelichting"),
        ("MEMORIE VAN TOELICHTING.", "", "Memorie van toelichting", "MEMORIE VAN TOELICHTING."),
        ("Brief regering", "BRIEF VAN DE MINISTER VAN IJSZAKEN", "Brief", "Brief van de minister van IJszaken"),
        ("Motie", "MOTIE VAN HET LID BERG", "Motie", "Motie van het lid Berg"),
        ("Gewijzigde motie", "", "Motie", "Gewijzigde motie"),
        ("Motie van het lid Berg", "MOTIE VAN HET LID BERG C.S.", "Motie", "Motie van het lid Berg c.s."),
        ("Motie van het lid Berg", "", "Motie", "Motie van het lid Berg"),
        ("", "", "Slotwet", "Slotwet"),
    ],
)
def test_a_title_that_repeats_the_kind_is_joined_with_that_of_the_dossier(
    title: str, kind_line: str, kind: str, short: str
) -> None:
    one = paper(title, kind_line, kind)
    assert short_title(one) == short
    assert shown_title(one) == f"{short} – {DOSSIER}"


@pytest.mark.parametrize(
    ("title", "kind_line"),
    [
        ("Motie van het lid Berg over het schaatsen op natuurijs", "MOTIE VAN HET LID BERG"),
        ("Gewijzigde motie van het lid Berg waarin om ijs wordt gevraagd (t.v.v. 91234-5)", "GEWIJZIGDE MOTIE VAN HET LID BERG"),
        ("Jaarverslag van het Poolinstituut", "JAARVERSLAG"),
        ("Stand van zaken ijs", "BRIEF VAN DE MINISTER VAN IJSZAKEN"),
    ],
)
def test_a_title_that_says_something_stands_alone(title: str, kind_line: str) -> None:
    one = paper(title, kind_line, "", "verzoekt de regering te schaatsen.")
    assert (shown_title(one), short_title(one), subtitle(one)) == (title, title, Subtitle())


def test_without_a_dossier_the_number_tells_papers_of_a_kind_apart() -> None:
    assert shown_title(paper("Slotwet", "SLOTWET", "Slotwet", dossier="")) == "Slotwet – 91 234, nr. 7"
    assert shown_title(paper(dossier="")) == "kst-91234-7"


def test_the_title_of_the_dossier_is_not_said_twice() -> None:
    name = "Initiatiefnota van het lid Berg over schaatsen"
    assert shown_title(paper("", name.upper(), "Initiatiefnota", dossier=name)) == name


def motion(*texts: str) -> Subtitle:
    return subtitle(paper("", "MOTIE VAN HET LID BERG", "Motie", "De Kamer,", "gehoord de beraadslaging,", *texts))


@pytest.mark.parametrize(
    ("texts", "dictum"),
    [
        (
            (
                "overwegende dat het vriest;",
                "verzoekt de regering de sloten te openen,",
                "en gaat over tot de orde van de dag.",
                "Berg",
            ),
            "verzoekt de regering de sloten te openen",
        ),
        (("Spreekt uit dat het vriest;", "verzoekt de regering iets,"), "spreekt uit dat het vriest"),
        (
            ("roept de regering op het ijs te meten, en gaat over tot de orde van de dag.",),
            "roept de regering op het ijs te meten",
        ),
        (("draagt het Presidium op te schaatsen.",), "draagt het Presidium op te schaatsen"),
        (("en verzoekt het Presidium te schaatsen.",), "verzoekt het Presidium te schaatsen"),
        (("verzoekt de regering:", "• ijs te meten;", "• te schaatsen,"), "verzoekt de regering: ijs te meten; te schaatsen"),
        (
            ("verzoekt de regering;", "– ijs te meten;", "– te rijden;", "verzoekt voorts te zien,"),
            "verzoekt de regering; ijs te meten; te rijden",
        ),
        (
            ("spreekt uit:", "1. dat het vriest;", "2. dat ijs glad is;", "en verzoekt iets,"),
            "spreekt uit: dat het vriest; dat ijs glad is",
        ),
        (
            ("verzoekt het kabinet,", "ijs te meten,", "en gaat over tot de orde van de dag."),
            "verzoekt het kabinet, ijs te meten",
        ),
        (("verzoekt de Minister", "– ijs te meten;"), "verzoekt de Minister ijs te meten"),
        (
            ("Verzoekt de regering ijs te meten", "En gaat over tot de orde van de dag", "Berg"),
            "verzoekt de regering ijs te meten",
        ),
        (("Verzoekt de regering ijs te meten", "Berg"), "verzoekt de regering ijs te meten"),
    ],
)
def test_the_dictum_of_a_motion(texts: tuple[str, ...], dictum: str) -> None:
    assert motion(*texts) == Subtitle(dictum, "dictum")


def test_an_old_motion_has_its_dictum_within_a_paragraph() -> None:
    text = (
        "De Kamer, gehoord de beraadslaging, overwegende, dat het vriest; verzoekt de Regering te schaatsen, en gaat over tot x."
    )
    assert subtitle(paper("", "MOTIE VAN HET LID BERG", "", text)).text == "verzoekt de Regering te schaatsen"


@pytest.mark.parametrize("texts", [(), ("overwegende dat het vriest;",), ("en gaat over tot de orde van de dag.",)])
def test_a_motion_without_a_dictum_has_no_subtitle(texts: tuple[str, ...]) -> None:
    assert motion(*texts) == Subtitle()


def test_a_long_dictum_is_cut_at_a_clause() -> None:
    long = (
        "verzoekt de regering in overleg met de schaatsbond en de waterschappen te bezien welke sloten, vaarten en plassen deze "
        "winter open kunnen voor publiek, en de Kamer daarover voor de eerste vorst te informeren,"
    )
    assert motion(long).text == (
        "verzoekt de regering in overleg met de schaatsbond en de waterschappen te bezien welke sloten, vaarten en plassen deze "
        "winter open kunnen voor publiek …"
    )
    assert motion("verzoekt " + "x" * 400).text == "verzoekt …"


@pytest.mark.parametrize(
    ("kind_line", "texts", "expected"),
    [
        (
            "AMENDEMENT VAN HET LID BERG",
            ("Aan artikel 1 wordt een lid toegevoegd.", "Dit amendement regelt dat ijs gratis is. Dat is nodig."),
            Subtitle("Dit amendement regelt dat ijs gratis is", "explanation"),
        ),
        (
            "GEWIJZIGD AMENDEMENT VAN HET LID BERG",
            ("De indiener beoogt met dit amendement ijs gratis te maken.",),
            Subtitle("De indiener beoogt met dit amendement ijs gratis te maken", "explanation"),
        ),
        (
            "AMENDEMENT VAN HET LID BERG",
            ("Toelichting", "Het amendement strekt ertoe dat ijs gratis is."),
            Subtitle("Het amendement strekt ertoe dat ijs gratis is", "explanation"),
        ),
        ("AMENDEMENT VAN HET LID BERG", ("Artikel 1 vervalt.",), Subtitle()),
        (
            "BRIEF VAN DE MINISTER VAN IJSZAKEN",
            ("Aan de Voorzitter", "Het vriest.", "Hierbij bied ik u het rapport over ijs aan (blz. 5 en nr. 3). Daarna meer."),
            Subtitle("Hierbij bied ik u het rapport over ijs aan (blz. 5 en nr. 3)", "opening"),
        ),
        ("BRIEF VAN DE MINISTER VAN IJSZAKEN", ("Het vriest.",), Subtitle()),
        ("BRIEF VAN DE MINISTER VAN IJSZAKEN", ("Hierbij mijn antwoord.",), Subtitle()),
        ("MEMORIE VAN TOELICHTING", ("Hierbij bied ik u ijs aan.",), Subtitle()),
    ],
)
def test_what_amendments_and_letters_are_about(kind_line: str, texts: tuple[str, ...], expected: Subtitle) -> None:
    assert subtitle(paper("", kind_line, "", *texts)) == expected


@pytest.mark.parametrize(
    ("kind_line", "spelled"),
    [
        ("MOTIE VAN HET LID VAN DEN BERG", "Motie van het lid Van den Berg"),
        (
            "MOTIE VAN DE LEDEN INGE VAN DAM, DE DAL EN VAN DAM C.S. TER VERVANGING VAN DIE GEDRUKT ONDER NR. 5",
            "Motie van de leden Inge van Dam, De Dal en Van Dam c.s. ter vervanging van die gedrukt onder nr. 5",
        ),
        ("MOTIE VAN HET LID BERG-DAL/VAN DAM", "Motie van het lid Berg-Dal/Van Dam"),
        (
            "BRIEF VAN DE MINISTER VAN IJS EN WATER EN DE STAATSSECRETARIS VAN SNEEUW",
            "Brief van de minister van IJs en Water en de staatssecretaris van Sneeuw",
        ),
        ("VERSLAG VAN EEN OVERLEG", "Verslag van een overleg"),
        ("VERSLAG VAN DE VASTE COMMISSIE VOOR IJS EN WATER", "Verslag van de vaste commissie voor IJs en Water"),
        ("BRIEF VAN DE ALGEMENE REKENKAMER", "Brief van de Algemene Rekenkamer"),
        ("MOTIE VAN DE LEDEN BERG (CDA) EN VAN DAM (D66)", "Motie van de leden Berg (CDA) en Van Dam (D66)"),
        ("MOTIE VAN DE LEDEN D'IJS-DE BERG EN HET LID DAL", "Motie van de leden D'IJs-de Berg en het lid Dal"),
        ("MOTIE VAN HET LIDVAN DAM", "Motie van het lidvan Dam"),
        ("MOTIE VAN DE SENATOREN BERG EN MEVROUW VAN DAM", "Motie van de senatoren Berg en mevrouw Van Dam"),
        ("VERSLAG VAN DE RAPPORTEURS VAN DAM EN DAL OVER IJS", "Verslag van de rapporteurs Van Dam en Dal over ijs"),
        (
            "MOTIE VAN HET LID BERG TER VERVANGING VAN 91 234 XII, NR. 5",
            "Motie van het lid Berg ter vervanging van 91 234 XII, nr. 5",
        ),
        (
            "MOTIE VAN HET LID BERG TER VERVANGING VAN LETTER B (R1234)",
            "Motie van het lid Berg ter vervanging van letter B (R1234)",
        ),
        (
            "AMENDEMENT VAN HET LID BERG OP HET AMENDEMENT VAN HET LID DAL",
            "Amendement van het lid Berg op het amendement van het lid Dal",
        ),
        ("BRIEF VAN DE MINISTER VAN VWS OVER HET IJS, MEDE NAMENS", "Brief van de minister van VWS over het ijs, mede namens"),
        (
            "Gewijzigde motie van het lid Berg (t.v.v. nr. 5) over ijs",
            "Gewijzigde motie van het lid Berg (t.v.v. nr. 5) over ijs",
        ),
        ("", ""),
    ],
)
def test_kind_lines_in_ordinary_spelling(kind_line: str, spelled: str) -> None:
    assert readable(kind_line) == spelled


WORDS = st.sampled_from(
    ["Motie", "MOTIE", "van het lid", "Berg", "brief", "verzoekt de regering", "dat", ",", "–", ":", "en gaat over tot", " "]
)
TEXT = st.lists(WORDS, max_size=30).map(" ".join)


@given(TEXT, TEXT, TEXT, st.lists(TEXT, max_size=4), TEXT)
def test_a_title_is_never_empty_nor_the_kind_and_a_subtitle_is_short(
    title: str, kind_line: str, kind: str, texts: list[str], dossier: str
) -> None:
    one = paper(title, kind_line, kind, *texts, dossier=dossier)
    assert shown_title(one)
    assert shown_title(one).casefold() != kind.casefold()
    below = subtitle(one)
    assert len(below.text) <= 145
    assert bool(below.text) == bool(below.taken_from)


@pytest.mark.parametrize("run", ["verzoekt ", "; verzoekt ", "en gaat over ", "Motie ", "t.v.v. ", ", ", "a. ", "Aa. "])
def test_long_texts_cost_linear_time(run: str) -> None:
    text = run * (200_000 // len(run))
    began = time.process_time()
    for kind_line in ("MOTIE", "AMENDEMENT", "BRIEF"):
        one = paper(text, kind_line, "", "De Kamer " + text, "Dit amendement " + text, "Hierbij " + text)
        shown_title(one)
        subtitle(one)
        subtitle(paper("", kind_line, "", "De Kamer " + text, "Dit amendement " + text, "Hierbij " + text))
    assert time.process_time() - began < 10
