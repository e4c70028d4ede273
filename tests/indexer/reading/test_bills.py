"""Bills and amendments: every construct, in XML and on pages, becomes the same paper."""

from __future__ import annotations

import pytest

from indexer.paper.model import Part
from tests.indexer.papers import TOP, official_xml, page, read, shape

LETTER = "BRIEF VAN DE MINISTER VAN IJSZAKEN"
EMPTY = "<algemeen><vrije-tekst><tekst></tekst></vrije-tekst></algemeen>"
Shape = list[tuple[int, str, list[str]]]


def of_xml(body: str, kind: str = "VOORSTEL VAN WET") -> Shape:
    return shape(read(official_xml("").replace(EMPTY, body).replace(LETTER, kind), "kst-91234-7.xml"))


def of_page(body: str, kind: str = "VOORSTEL VAN WET") -> Shape:
    return shape(read(page(body, top=TOP.replace(LETTER, kind))))


CHANGES = (
    "<voorstel-wet><aanhef><wij>Wij</wij></aanhef><wettekst><wijzig-artikel><kop><label>ARTIKEL</label><nr>I</nr></kop>"
    "<wat>De Zeewet wordt gewijzigd:</wat><wijzig-lid><lidnr>A</lidnr><wat>Artikel 1 wordt gewijzigd:</wat>"
    "<wijziging><nr>1.</nr><wat>Het eerste lid vervalt.</wat></wijziging>\n"
    "<wijziging><nr>2.</nr><wat>Een lid wordt toegevoegd, luidende:</wat><lid><nr>3.</nr><al>De zee is zout.</al></lid>"
    "</wijziging>"
    "</wijzig-lid><wijzig-lid><lidnr>B</lidnr><wat>Na hoofdstuk 2 komt een hoofdstuk, luidende:</wat><hoofdstuk>"
    "<kop><label>Hoofdstuk</label><nr>2a</nr><titel>Schelpen</titel></kop><artikel><kop><label>Artikel</label><nr>9</nr></kop>"
    "<al>Schelpen zijn vrij.</al></artikel></hoofdstuk></wijzig-lid><wijzig-lid><lidnr>C</lidnr><wat>Na de bijlage komt:</wat>"
    "<bijlage><kop><label>Bijlage</label><nr>2</nr></kop><al>Lijst van schelpen</al></bijlage></wijzig-lid></wijzig-artikel>"
    "<artikel><kop><label>ARTIKEL</label><nr>II</nr></kop><al>Deze wet werkt morgen.</al></artikel></wettekst>"
    "<voorstel-sluiting><slotformulering><al>Lasten en bevelen</al></slotformulering><label>Gegeven</label></voorstel-sluiting>"
    "</voorstel-wet>"
)
CHANGES_ON_A_PAGE = (
    '<div class="voorstel-wet"><div class="aanhef"><p class="wij">Wij</p></div><div class="wettekst">'
    '<h2 class="wijzig-artikel_kop">ARTIKEL I</h2><p class="wat">De Zeewet wordt gewijzigd:</p><div class="wijzig-lid">'
    '<p class="lid labeled"><span class="lidnr">A</span> Artikel 1 wordt gewijzigd:</p><div class="wijziging">'
    '<p class="wat labeled"><span class="nr">1.</span> Het eerste lid vervalt.</p></div><div class="wijziging"><p '
    'class="nr">2.</p>'
    '<p class="wat">Een lid wordt toegevoegd, luidende:</p><p class="lid"><span class="lidnr">3.</span> De zee is '
    "zout.</p></div></div>"
    '<div class="wijzig-lid"><span class="lidnr">B</span><p class="wat">Na hoofdstuk 2 komt een hoofdstuk, luidende:</p>'
    '<h3 class="hoofdstuk_kop">Hoofdstuk 2a Schelpen</h3><div class="artikel"><h4 class="artikel_kop">Artikel 9</h4>'
    '<p>Schelpen zijn vrij.</p></div></div><div class="wijzig-lid"><p class="lid"><span class="lidnr">C</span> Na de '
    'bijlage komt:</p><div class="bijlage"><h2 class="bijlage_kop">Bijlage 2</h2><p>Lijst van schelpen</p></div></div>'
    '<div class="artikel"><h2 class="artikel_kop">ARTIKEL II</h2><p>Deze wet werkt morgen.</p></div></div><div '
    'class="wetsluiting">'
    '<div class="slotformulering"><p>Lasten en bevelen</p></div><p class="gegeven">Gegeven</p></div></div>'
)


@pytest.mark.parametrize("read_as", [of_xml(CHANGES), of_page(CHANGES_ON_A_PAGE)])
def test_changes_and_what_they_insert(read_as: Shape) -> None:
    first = [
        "De Zeewet wordt gewijzigd:", "A Artikel 1 wordt gewijzigd:", "1. Het eerste lid vervalt.",
        "2. Een lid wordt toegevoegd, luidende:", "3. De zee is zout.", "B Na hoofdstuk 2 komt een hoofdstuk, luidende:",
    ]  # fmt: skip
    assert read_as == [
        (0, "", ["Wij"]), (1, "ARTIKEL I", first), (2, "Hoofdstuk 2a Schelpen", []), (3, "Artikel 9", ["Schelpen zijn vrij."]),
        (1, "", ["C Na de bijlage komt:"]), (2, "Bijlage 2", ["Lijst van schelpen"]),
        (1, "ARTIKEL II", ["Deze wet werkt morgen."]), (0, "", ["Lasten en bevelen", "Gegeven"]),
    ]  # fmt: skip


def test_an_annex_that_is_inserted_is_no_annex_of_the_paper() -> None:
    paper = read(official_xml("").replace(EMPTY, CHANGES), "kst-91234-7.xml")
    assert {section.part for section in paper.sections} == {Part.BODY}


@pytest.mark.parametrize(
    "read_as",
    [
        of_xml(
            "<voorstel-wet><wettekst><wijzig-artikel><kop><label>Artikel</label><nr>1</nr></kop><wat>Na artikel 2 komen twee "
            "artikelen, luidende:</wat><artikel><kop><label>Artikel</label><nr>2a</nr></kop><al>a</al></artikel><artikel><kop>"
            "<label>Artikel</label><nr>2b</nr></kop><al>b</al></artikel></wijzig-artikel><artikel><kop><label>Artikel</label>"
            "<nr>2</nr></kop><al>c</al></artikel></wettekst></voorstel-wet>"
        ),
        of_page(
            '<h2 class="wijzig-artikel_kop">Artikel 1</h2><p class="wat">Na artikel 2 komen twee artikelen, luidende:</p>'
            '<div class="artikel"><h3 class="artikel_kop">Artikel 2a</h3><p>a</p></div><div class="artikel">'
            '<h3 class="artikel_kop">Artikel 2b</h3><p>b</p></div><div class="artikel"><h2 class="artikel_kop">Artikel 2</h2>'
            "<p>c</p></div>"
        ),
    ],
)
def test_articles_inserted_without_a_mark(read_as: Shape) -> None:
    assert [(level, heading) for level, heading, _ in read_as] == [
        (1, "Artikel 1"), (2, "Artikel 2a"), (2, "Artikel 2b"), (1, "Artikel 2"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "read_as",
    [
        of_xml(
            "<artikel><kop><label>Artikel</label><nr>1</nr></kop><definitielijst plaatsing='inline'><definitie-item><li.nr>a."
            "</li.nr><term>zee:</term><definitie><al>zout water;</al><al>ook brak</al></definitie></definitie-item>"
            "<definitie-item><term>wad</term>\n<definitie><al>slik met <formule><math><mi>E</mi><mo>=</mo><mi>m</mi></math>"
            "</formule> erin</al></definitie></definitie-item></definitielijst><al>Slot</al></artikel>"
        ),
        of_page(
            '<h2 class="artikel_kop">Artikel 1</h2><dl class="inline"><dt><span class="ol">a.</span> zee:</dt><dd><p>zout '
            "water;</p>"
            "<p>ook brak</p></dd><dt>wad</dt><dd>slik met <math><mi>E</mi><mo>=</mo><mi>m</mi></math> erin</dd></dl><p>Slot</p>"
        ),
    ],
)
def test_terms_stand_with_their_definitions_and_formulas_in_their_sentence(read_as: Shape) -> None:
    assert read_as == [(1, "Artikel 1", ["a. zee: zout water;", "ook brak", "wad slik met E=m erin", "Slot"])]


AMENDMENT = "AMENDEMENT VAN HET LID ZEEGRAS"


@pytest.mark.parametrize(
    "read_as",
    [
        of_xml(
            "<amendement><al>Voorgesteld wordt:</al><amendement-lid><kop><nr>I</nr></kop><wat>Artikel 1 vervalt.</wat>"
            "</amendement-lid><amendement-lid><kop><nr>II</nr></kop><wat>Na artikel II komt:</wat><artikel><kop><label>ARTIKEL"
            "</label><nr>IIA</nr></kop><al>Zeegras is "
            "vrij.</al></artikel></amendement-lid><amendement-lid><kop><nr>III</nr></kop>"
            "<wat>In artikel 4:</wat><wijziging><nr>a.</nr><wat>vervalt «zee».</wat></wijziging></amendement-lid>"
            "<toelichting><kop><titel>Toelichting</titel></kop><al>Het wad is mooi.</al></toelichting></amendement>",
            AMENDMENT,
        ),
        of_page(
            '<div class="amendement"><p>Voorgesteld wordt:</p><div class="amendement-lid"><h2 class="amendement-lid_kop">I</h2>'
            '<p class="wat">Artikel 1 vervalt.</p></div><div class="amendement-lid"><h3>II</h3><p class="wat">Na artikel II '
            "komt:</p>"
            '<div class="artikel"><h3 class="artikel_kop">ARTIKEL IIA</h3><p>Zeegras is vrij.</p></div></div>'
            '<div class="amendement-lid"><p class="labeled"><span class="nr">III</span> In artikel 4:</p><div class="wijziging">'
            '<span class="nr">a.</span><p class="wat">vervalt «zee».</p></div></div><div class="toelichting">'
            '<h2 class="toelichting_kop">Toelichting</h2><p>Het wad is mooi.</p></div></div>',
            AMENDMENT,
        ),
    ],
)
def test_amendments(read_as: Shape) -> None:
    assert read_as == [
        (0, "", ["Voorgesteld wordt:", "I Artikel 1 vervalt.", "II Na artikel II komt:"]),
        (1, "ARTIKEL IIA", ["Zeegras is vrij."]),
        (0, "", ["III In artikel 4:", "a. vervalt «zee»."]), (1, "Toelichting", ["Het wad is mooi."]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<artikel><kop><titel>Zee</titel><nr>1</nr></kop><al>a</al></artikel>", [(1, "Zee 1", ["a"])]),
        ("<artikel><kop><nr>1</nr></kop><lid><al>a</al></lid></artikel>", [(1, "1", ["a"])]),
        ("<artikel><titel>Zee</titel><al>a</al></artikel>", [(1, "Zee", ["a"])]),
        ("<wijzig-artikel><wijzig-lid><wijziging><nr>1</nr></wijziging></wijzig-lid><wat>a</wat></wijzig-artikel>",
         [(0, "", ["1", "a"])]),
        ("<amendement-lid><kop><nr>I</nr><titel>Zee</titel></kop><al>a</al></amendement-lid>", [(1, "I Zee", ["a"])]),
        ("<wijziging><wat><nr>1.</nr> In <cit>de <x>zee</x></cit> staat:</wat></wijziging>", [(0, "", ["1. In de zee staat:"])]),
        (
            "<wijziging><nr>1.</nr><lijst><li><li.nr>a.</li.nr><al>b</al><lijst><li><li.nr>1°</li.nr><al>c</al></li></lijst></li>"
            "</lijst></wijziging>",
            [(0, "", ["1.", "a. b", "1° c"])],
        ),
    ],
)  # fmt: skip
def test_what_lacks_a_part_is_read_as_it_is(body: str, expected: Shape) -> None:
    assert of_xml(body) == expected


@pytest.mark.parametrize(
    "number",
    ["<p class='lid'><span class='lidnr'>B</span></p>", "<p class='nr'>B</p>", "B", "<h4>B</h4>", "<p><strong>B</strong></p>"],
)
@pytest.mark.parametrize("change", ["wijzig-lid", "wijziging", "amendement-lid"])
def test_the_number_of_a_change_stands_before_its_text_however_it_is_marked(number: str, change: str) -> None:
    body = f'<p>Zee</p><div class="{change}">{number}<p class="wat">Artikel 1 vervalt.</p><p>D</p></div>'
    assert of_page(body) == [(0, "", ["Zee", "B Artikel 1 vervalt.", "D"])]


@pytest.mark.parametrize(
    "read_as",
    [
        of_xml(
            "<wijzig-artikel><kop><label>ARTIKEL</label><nr>II</nr></kop><wat>Boek 7 luidt:</wat><wijziging><wijzig-divisie><kop>"
            "<label>BOEK</label><nr>7</nr></kop><wijzig-divisie><kop><label>HOOFDSTUK</label><nr>1</nr></kop><artikel><kop><label>"
            "Artikel</label><nr>7.1.1</nr></kop><al>a</al></artikel></wijzig-divisie><wijzig-divisie><kop><titel>Slot</titel></kop>"
            "<artikel><kop><label>Artikel</label><nr>7.2.1</nr></kop><al>b</al></artikel></wijzig-divisie></wijzig-divisie>"
            "</wijziging></wijzig-artikel><artikel><kop><label>ARTIKEL</label><nr>III</nr></kop><al>c</al></artikel>"
        ),
        of_page(
            '<h2 class="wijzig-artikel_kop">ARTIKEL II</h2><p class="wat">Boek 7 luidt:</p><div class="wijziging">'
            '<div class="wijzig-divisie"><h3 class="wijzig-divisie_kop">BOEK 7</h3><div class="wijzig-divisie">'
            '<h4 class="wijzig-divisie_kop">HOOFDSTUK 1</h4><h5 class="artikel_kop">Artikel 7.1.1</h5><p>a</p></div>'
            '<div class="wijzig-divisie"><h4 class="wijzig-divisie_kop">Slot</h4><h5 class="artikel_kop">Artikel '
            "7.2.1</h5><p>b</p>"
            '</div></div></div><h2 class="artikel_kop">ARTIKEL III</h2><p>c</p>'
        ),
    ],
)
def test_divisions_that_are_inserted(read_as: Shape) -> None:
    assert [(level, heading) for level, heading, _ in read_as] == [
        (1, "ARTIKEL II"), (2, "BOEK 7"), (3, "HOOFDSTUK 1"), (4, "Artikel 7.1.1"), (3, "Slot"), (4, "Artikel 7.2.1"),
        (1, "ARTIKEL III"),
    ]  # fmt: skip


def test_what_follows_the_signature_of_a_memorandum_is_body_but_of_a_letter_annex() -> None:
    signature = "<ondertekening><functie>De Minister van IJszaken,</functie><naam>A. B</naam></ondertekening>"
    signed = f"<tekst-sluiting>{signature}</tekst-sluiting>"
    more = "<algemeen><divisie><kop><nr>B</nr><titel>{}</titel></kop><al>b</al></divisie></algemeen>"

    def parts(kind: str, title: str) -> list[Part]:
        text = official_xml("<al>a</al>", closing=signed, algemeen=more.format(title)).replace(LETTER, kind)
        return [section.part for section in read(text, "kst-91234-7.xml").sections]

    assert parts("MEMORIE VAN TOELICHTING", "ARTIKELEN") == [Part.BODY, Part.BODY]
    assert parts(LETTER, "ARTIKELEN") == [Part.BODY, Part.ANNEX]
    bijlage = more.format("x").replace("<nr>B</nr><titel>x</titel>", "<titel>Bijlage 1 Zee</titel>")
    text = official_xml("<al>a</al>", closing=signed, algemeen=bijlage).replace(LETTER, "MEMORIE VAN TOELICHTING")
    assert [section.part for section in read(text, "kst-91234-7.xml").sections] == [Part.BODY, Part.ANNEX]


@pytest.mark.parametrize(
    ("after", "parts"),
    [
        ("<tussenkop>Bijlage 1 Zee</tussenkop><al>b</al>", "body annex"),
        ("</algemeen><algemeen><al>b</al><tussenkop>Bijlagen bij artikel 2</tussenkop><al>c</al>", "body body body"),
        ("</algemeen><algemeen><tussenkop>BIJLAGE</tussenkop><al>c</al>", "body annex"),
    ],
)
def test_an_annex_begins_after_the_signature_or_with_its_container(after: str, parts: str) -> None:
    signature = "<ondertekening><functie>De Minister van IJszaken,</functie><naam>A. B</naam></ondertekening>"
    text = official_xml("<al>a</al>", closing=signature + after).replace(LETTER, "MEMORIE VAN TOELICHTING")
    assert " ".join(section.part.value for section in read(text, "kst-91234-7.xml").sections) == parts
