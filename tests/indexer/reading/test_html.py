"""Official pages: every construct of every era becomes the field it is."""

from __future__ import annotations

import pytest

from indexer.errors import PaperError
from indexer.paper.model import ParagraphForm, Part
from tests.indexer.papers import NOTE_FORM, only, page, read, read_page, shape, texts


def test_head_of_the_paper() -> None:
    paper = read_page('<p class="kamerstukdatum">Voorgesteld <span class="datum">6 juli 2023</span></p><p>Tekst</p>')
    assert [(d.number, d.addition, d.title) for d in paper.dossiers] == [("91234", "", "Zuidpoolzaken")]
    assert (paper.number, paper.kind_line, paper.kind) == ("7", "BRIEF VAN DE MINISTER VAN IJSZAKEN", "Brief")
    assert (paper.date_line, str(paper.date), paper.session_year) == ("Voorgesteld 6 juli 2023", "2023-07-06", "2022-2023")
    assert shape(paper) == [(0, "", ["Tekst"])]


@pytest.mark.parametrize(
    "wrapper",
    [
        '<html><body><div id="broodtekst">{}</div></body></html>',
        '<html><body><div id="PaginaContainer"><div id="main-column"><ul><li>menu</li></ul><div id="broodtekst">{}</div></div>'
        '<div id="right-column"><a href="x.pdf">Download</a></div></div></body></html>',
        '<!DOCTYPE html>\n<html><body><article><h1>Site</h1><div id="broodtekst" class="stuk broodtekst-container">{}</div>'
        "</article>"
        "<dialog>Delen</dialog></body></html>",
        '<?xml version="1.0" encoding="utf-8"?><!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://x/y.dtd">'
        '<!-- <p>x</p> --><html xmlns="http://www.w3.org/1999/xhtml"><body><div id="broodtekst">{}</div></body></html>',
        '<div class="los"><div id="broodtekst">{}</div></div>',
        "<HTML><BODY><DIV ID='broodtekst'>{}</DIV></BODY></HTML>",
    ],
)
def test_only_the_paper_is_read_of_every_wrapper(wrapper: str) -> None:
    assert texts(read(wrapper.format("<p>Een</p><p>twee</p>"))) == ["Een", "twee"]


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>een\n   twee</p>", ["een twee"]),
        ("<p>CO<sub>2</sub>-uitstoot</p>", ["CO2-uitstoot"]),
        ("<p>wo<em class='cur'>ord</em></p>", ["woord"]),
        ("<p>woord<strong class='vet'> vet</strong>, dan</p>", ["woord vet, dan"]),
        ("<p>regel<br/>regel</p>", ["regel regel"]),
        ("<p>wo<wbr/>ord <x-onbekend>on</x-onbekend>bekend</p>", ["woord onbekend"]),
        ("los<p>een</p>los<div>twee<p>drie</p>vier</div>vijf", ["los", "een", "los", "twee", "drie", "vier", "vijf"]),
        ("<p>31\u00a0066</p>", ["31\u00a0066"]),
        ("<p>af<?xpp afbreek?>breken <!-- niet -->en</p>", ["afbreken en"]),
        ("<p>a</p><script>x</script><style>y</style><p>b</p>", ["a", "b"]),
        ("<p>&euro;&nbsp;5 &lt;b&gt; &amp;amp;</p>", ["€\u00a05 <b> &amp;"]),
        ("<div class='plaatje'><img src='x.png' alt='niet zichtbaar'/><p>Bijschrift</p></div>", ["Bijschrift"]),
        ("<blockquote>een</blockquote><pre>twee\ndrie</pre><section>vier</section>", ["een", "twee drie", "vier"]),
        ("<div class='alineagroep'><p>Jansen</p><p>Pietersen</p></div>", ["Jansen", "Pietersen"]),
        ("<p>\u00a0</p><p>&#8203;een</p>", ["\u200been"]),
        ("<p>a<svg><text>b</text></svg> <button>c</button></p>", ["ab c"]),
    ],
)
def test_text(body: str, expected: list[str]) -> None:
    assert texts(read_page(body)) == expected


ABOVE = "<h2 class='divisiekop1'>Een</h2><h2 class='divisiekop2'>Twee</h2><h2 class='divisiekop3'>Drie</h2><p>voor</p>"


@pytest.mark.parametrize(
    ("heading", "level"),
    [
        ('<h2 class="divisiekop1">{}</h2>', 1),
        ('<h2 class="divisiekop3">{}</h2>', 3),
        ('<h2 class="divisiekop6">{}</h2>', 4),
        ('<h6 class="divisiekop2 no-toc">{}</h6>', 2),
        ('<h3 class="_p_kop_level2">{}</h3>', 2),
        ('<h3 class="_p_kop_level6plus">{}</h3>', 4),
        ('<h3 class="_p_kop_level0">{}</h3>', 1),
        ('<h2 class="boek_kop">{}</h2>', 1),
        ('<h4 class="paragraaf_kop">{}</h4>', 4),
        ('<h4 class="_p_paragraaf_kop">{}</h4>', 4),
        ('<h5 class="artikel_kop">{}</h5>', 4),
        ('<h2 class="toelichting_kop">{}</h2>', 1),
        ('<h2 class="kamervraagomschrijving_kop">{}</h2>', 1),
        ('<h2 class="stuktitel">{}</h2>', 1),
        ('<h4 class="tussenkop_vet">{}</h4>', 4),
        ('<p class="tussenkop tussenkop_cur">{}</p>', 4),
        ('<p class="tussenkop">{}</p>', 4),
        ('<p><a id="q"></a><span class="tussenkop_rom">{}</span></p>', 4),
        ('<h4 class="tussenkop"><span class="tussenkop_cur"><span class="tussenkop_vet">{}</span></span></h4>', 4),
        ('<p><strong class="tussenkop_vet">{}</strong></p>', 4),
        ('<p class="_p_tussenkopcur">{}</p>', 4),
        ('<h3>{}</h3>', 2),
    ],
)  # fmt: skip
def test_headings(heading: str, level: int) -> None:
    body = f"<p>begin</p>{heading.format('De <em>kop</em>')}<p>na</p>"
    assert shape(read_page(body)) == [(0, "", ["begin"]), (1, "De kop", ["na"])]
    assert shape(read_page(f"{ABOVE}{heading.format('De <em>kop</em>')}<p>na</p>"))[2:] == [
        (3, "Drie", ["voor"]), (level, "De kop", ["na"]),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "body",
    [
        '<p>Een <span class="tussenkop_cur">woord</span> in een zin</p>',
        '<p><span class="tussenkop_cur">Een</span> <span>zin</span></p>',
        '<p><strong class="vet">Alleen vet</strong></p>',
        "<h2><a id='x'></a></h2><p>tekst</p>",
    ],
)
def test_what_is_no_heading(body: str) -> None:
    assert [(level, heading) for level, heading, _ in shape(read_page(body))] == [(0, "")]


def test_subheadings_stand_below_the_division_before_them() -> None:
    body = (
        '<h4 class="tussenkop_vet">Een</h4><h2 class="divisiekop1">Twee</h2><h4 class="tussenkop_vet">Drie</h4>'
        '<h4 class="tussenkop_cur">Vier</h4><h3 class="divisiekop1">Vijf</h3><p class="tussenkop_cur">Zes</p>'
    )
    assert [(level, heading) for level, heading, _ in shape(read_page(body))] == [
        (1, "Een"), (1, "Twee"), (2, "Drie"), (3, "Vier"), (1, "Vijf"), (2, "Zes"),
    ]  # fmt: skip


def test_articles_stand_below_their_chapter() -> None:
    body = (
        '<div class="wettekst"><h3 class="wijzig-artikel_kop">ARTIKEL I</h3><p>a</p><h2 class="hoofdstuk_kop">H1</h2>'
        '<h4 class="paragraaf_kop">§ 1</h4><div class="artikel"><h5 class="artikel_kop">Artikel 1</h5><p class="lid">'
        '<span class="lidnr">1.</span> lid een</p></div><h5 class="artikel_kop">Artikel 2</h5></div>'
    )
    assert shape(read_page(body)) == [
        (1, "ARTIKEL I", ["a"]), (1, "H1", []), (2, "§ 1", []), (3, "Artikel 1", ["1. lid een"]), (3, "Artikel 2", []),
    ]  # fmt: skip


def test_anchors_are_those_of_the_page_and_unique() -> None:
    body = (
        '<h2 class="divisiekop1"><a id="d1" name="d1"></a>Een</h2><p>zelfde</p><h2 class="divisiekop1"><a name="d2"></a>Twee</h2>'
        '<p>zelfde</p><h2 class="divisiekop1" id="d3">Drie</h2><h2 class="divisiekop1"><a id="d2"></a>Dubbel</h2><h2 '
        'class="divisiekop1">Vier</h2>'
    )
    paper = read_page(body)
    anchors = [section.anchor for section in paper.sections]
    assert anchors[:3] == ["d1", "d2", "d3"]
    every = anchors + [p.anchor for section in paper.sections for p in section.paragraphs]
    assert len(set(every)) == len(every) == 7


def test_paragraph_anchors_stay_while_the_words_do() -> None:
    before = read_page("<p>een</p><p>twee</p>")
    after = read_page("<p>nul</p><p>een</p><h2>kop</h2><p>twee</p>")
    assert {p.anchor for s in before.sections for p in s.paragraphs} < {p.anchor for s in after.sections for p in s.paragraphs}


def test_lists_keep_marker_and_text_together() -> None:
    body = (
        '<ul class="expliciet"><li class="li"><p class="labeled"><span class="ol">a.</span> een</p></li>'
        '<li><span class="ol">b.</span><p>twee</p><p>vervolg</p><ul><li><p><span class="ol">1°</span>\u00a0diep</p></li></ul>na'
        "</li>"
        '<li><span class="ol">c.</span></li></ul><ol><li>drie</li></ol><dl><dt>term</dt><dd>uitleg</dd></dl><p>– streepje</p>'
    )
    paragraphs = only(read_page(body)).paragraphs
    assert [(p.text, p.depth) for p in paragraphs] == [
        ("a. een", 1), ("b. twee", 1), ("vervolg", 1), ("1° diep".replace(" ", "\u00a0"), 2), ("na", 1), ("c.", 1), ("drie", 1),
        ("term uitleg", 1), ("– streepje", 1),
    ]  # fmt: skip
    assert {p.form for p in paragraphs} == {ParagraphForm.ITEM}


def test_a_marker_before_a_heading_or_list_stands_alone() -> None:
    body = (
        '<ul><li><span class="ol">a.</span><ul><li>diep</li></ul></li></ul><p class="lid"><span class="lidnr">1</span></p>'
        "<h2>kop</h2>"
    )
    assert shape(read_page(body)) == [(0, "", ["a.", "diep", "1"]), (1, "kop", [])]


def test_tables() -> None:
    body = (
        "<p>voor</p><table class='xml'><caption>Titel</caption><colgroup><col/></colgroup><thead><tr><th scope='col' "
        "colspan='2'><p>Kop</p>"
        "</th><th>B</th></tr></thead><tbody><tr><td rowspan='2'><p>een</p><p>twee</p></td><td><ul><li>c</li><li>d</li></ul></td>"
        "<td><table><tr><td>x</td><td>y</td></tr></table></td></tr><tr><td colspan='0'></td><td>z</td></tr></tbody></table>na"
    )
    paragraphs = only(read_page(body)).paragraphs
    assert [p.text for p in paragraphs] == ["voor", "Titel", "Kop | B\neen twee | c d | x y\n | z", "na"]
    table = paragraphs[2]
    assert table.form is ParagraphForm.TABLE
    assert [[table.text[c.start : c.end] for c in row] for row in table.rows] == [
        ["Kop", "B"],
        ["een twee", "c d", "x y"],
        ["", "z"],
    ]
    assert [[(c.header, c.colspan, c.rowspan) for c in row] for row in table.rows] == [
        [(True, 2, 1), (True, 1, 1)], [(False, 1, 2), (False, 1, 1), (False, 1, 1)], [(False, 1, 1), (False, 1, 1)],
    ]  # fmt: skip


def test_a_heading_in_a_table_is_text_of_its_cell() -> None:
    body = (
        '<h2>kop</h2><table><tr><td><p class="tussenkop_vet">a</p><h3>b</h3></td><td><div class="algemeen">c</div></td></tr>'
        "</table>"
    )
    assert shape(read_page(body)) == [(1, "kop", ["a b | c"])]


def test_text_between_the_parts_of_a_table_is_not_lost() -> None:
    assert sorted(texts(read_page("<table>a<tr>b<td>c</td>d</tr>e</table>"))) == ["a", "b", "c", "d", "e"]


NOTES = (
    '<div id="noten"><hr/>'
    + NOTE_FORM.format(id="ID-1", n=1, text="De noot")
    + NOTE_FORM.format(id="n2", n=2, text="Twee")
    + "</div>"
)
BODY = (
    '<p>Op 4 april 2024<sup><a class="nootnum supernote-click-ID-1" href="#ID-1">1</a></sup> en'
    '<a class="nootnum" href="#n2">2</a>, punt</p>'
)


@pytest.mark.parametrize("text", [page(BODY, after=NOTES), page(BODY + NOTES), page(f"{NOTES}{BODY}")])
def test_notes_stand_inside_or_after_the_text(text: str) -> None:
    paper = read(text)
    assert texts(paper) == ["Op 4 april 2024 en, punt"]
    assert [(n.number, n.anchor, n.text) for n in paper.footnotes] == [("1", "ID-1", "De noot"), ("2", "n2", "Twee")]
    assert [(n.ref.section, n.ref.offset) for n in paper.footnotes if n.ref] == [(0, 15), (0, 18)]


def test_footnote_lists_of_the_site() -> None:
    body = (
        'Een<sup><a href="#fn1">1</a></sup> en twee<a href="#fn2">[2]</a>, zie <a href="#fn2">noot 2</a>.'
        '<ol class="footnotes" start="1"><li id="fn1">Noot een</li><li id="fn2"><p>Noot</p><p>twee</p></li></ol>'
    )
    paper = read_page(body)
    assert texts(paper) == ["Een en twee, zie noot 2."]
    assert [(n.number, n.anchor, n.text) for n in paper.footnotes] == [("1", "fn1", "Noot een"), ("2", "fn2", "Noot twee")]
    assert [n.ref.offset for n in paper.footnotes if n.ref] == [3, 11]


def test_what_a_reference_leads_to_is_a_note() -> None:
    paper = read_page('<p>Een<a class="nootnum" href="#k1">3</a></p><ul class="nootlijst"><li id="k1">Noot</li></ul>')
    assert texts(paper) == ["Een"]
    assert [(n.number, n.text) for n in paper.footnotes] == [("3", "Noot")]


@pytest.mark.parametrize(
    "reference",
    [
        '<a class="nootnum supernote-click-n1" href="#n1">1</a>',
        '<sup class="nootnum"><a href="#n1">1</a></sup>',
        '<span class="nootnum"><sup><a href="kst-91234-7.html#n1">1</a></sup></span>',
        '<a class="nootnum" href="https://zoek.officielebekendmakingen.nl/kst-91234-7.html#supernote-note-n1">1</a>',
        '<sup><a href="#n1">1)</a></sup>',
    ],
)
@pytest.mark.parametrize(
    "note",
    [
        NOTE_FORM.format(id="n1", n=1, text="Noot"),
        '<div class="noot"><span class="nootnum"><a id="n1"></a>1</span> Noot</div>',
        '<div class="noot" id="n1"><p>Noot</p></div>',
        '<div class="voetnoten"><div id="supernote-note-n1"><sup class="nootnum">1</sup>Noot</div></div>',
    ],
)
def test_every_form_of_reference_finds_every_form_of_note(reference: str, note: str) -> None:
    for text in (page(f"<p>Een{reference}</p>", after=f'<div id="noten">{note}</div>'), page(f"<p>Een{reference}</p>{note}")):
        (footnote,) = read(text).footnotes
        assert (footnote.anchor, footnote.text) == ("n1", "Noot")
        assert footnote.number == "1"
        assert footnote.ref is not None
        assert footnote.ref.offset == 3


def test_notes_without_class_in_the_block_of_notes() -> None:
    paper = read_page(
        '<p>Een<a class="nootnum" href="#n1">1</a></p>', after='<div id="noten"><div><div id="n1">Noot</div></div></div>'
    )
    assert [(note.number, note.anchor, note.text) for note in paper.footnotes] == [("1", "n1", "Noot")]


def test_references_in_headings_lists_cells_and_above_the_text() -> None:
    ref = '<a class="nootnum" href="#n{0}">{0}</a>'
    top = (
        f'<h1 class="dossiertitel"><span class="dossiernummer">91 234</span> Titel{ref.format(1)}</h1>'
        f'<h1 class="stuktitel"><span class="stuknummer">Nr. 7</span>BRIEF{ref.format(2)}</h1>'
    )
    body = (
        f"<p>aa{ref.format(3)}</p><h2>kop{ref.format(4)}</h2><ul><li><span class='ol'>a.</span><p>item{ref.format(5)}</p></li>"
        f"</ul>"
        f"<table><tr><td>cel</td><td>cel{ref.format(6)}</td></tr></table><p>{ref.format(7)}</p><p>slot</p>"
        "<p class='ondertekening'><span class='functie'>De Minister van IJszaken,</span> "
        f"<span class='naam'>A. B{ref.format(8)}</span></p>"
    )
    after = '<div id="noten">' + "".join(NOTE_FORM.format(id=f"n{i}", n=i, text=f"noot {i}") for i in range(1, 10)) + "</div>"
    paper = read(page(body, top=f"<div>{top}", after=after))
    places = [(n.ref.section, n.ref.offset) if n.ref else None for n in paper.footnotes]
    text = paper.sections[1].text
    assert places == [
        (0, 0), (0, 0), (0, 2), (1, 0), (1, len("a. item")), (1, text.index("cel | cel") + 9), (1, text.index("slot")),
        None, None,
    ]  # fmt: skip
    assert paper.kind_line == "BRIEF"
    assert paper.sections[0].text == "aa"


def test_notes_hold_lists_tables_and_fields_as_text() -> None:
    inner = (
        "Zie <ul><li>een</li><li>twee</li></ul><table><tr><td>drie</td><td>vier</td></tr></table>"
        '<h2 class="divisiekop1">vijf <span class="naam">zes</span></h2><span class="stuknummer">zeven</span>'
    )
    paper = read_page(
        '<p>a<a class="nootnum" href="#n1">1</a></p>', after=f'<div id="noten">{NOTE_FORM.format(id="n1", n=1, text=inner)}</div>'
    )
    assert [n.text for n in paper.footnotes] == ["Zie een twee drie vier vijf zes zeven"]
    assert shape(paper) == [(0, "", ["a"])]
    assert paper.signatories == ()


def test_notes_with_the_same_id_keep_their_own_anchors() -> None:
    paper = read_page(BODY, after='<div id="noten">' + NOTE_FORM.format(id="n2", n=1, text="a") * 2 + "</div>")
    first, second = paper.footnotes
    assert first.anchor == "n2"
    assert second.anchor not in ("n2", "")
    assert first.ref is not None
    assert second.ref is None


def test_field_classes_outside_their_block_are_text() -> None:
    body = (
        '<h2 class="divisiekop1"><span class="stuknummer">Nr. 8</span> <span class="naam">Jansen</span></h2>'
        '<p><span class="functie">De voorzitter</span> <span class="dossiernummer">92 000</span> <span class="datum">3 mei 2020'
        "</span></p>"
        '<h1 class="stuktitel"><span class="stuknummer">Nr. 9</span> TWEEDE STUK</h1>'
    )
    paper = read_page(body)
    assert shape(paper) == [(1, "Nr. 8 Jansen", ["De voorzitter 92 000 3 mei 2020"]), (1, "Nr. 9 TWEEDE STUK", [])]
    assert (paper.number, paper.date, paper.signatories) == ("7", None, ())


def test_a_second_piece_stands_above_its_divisions() -> None:
    body = '<p>a</p><h1 class="stuktitel">TWEEDE STUK</h1><h2 class="divisiekop1">Zee</h2><h2 class="divisiekop1">Wad</h2>'
    assert shape(read_page(body)) == [(0, "", ["a"]), (1, "TWEEDE STUK", []), (2, "Zee", []), (2, "Wad", [])]


def test_annexes() -> None:
    signed = '<p class="ondertekening"><span class="functie">De Minister van IJszaken,</span><span class="naam">A. B</span></p>'
    paper = read_page(
        f'<div class="algemeen"><p>brief</p>{signed}</div><div class="algemeen"><h2 class="divisiekop1">Vragen</h2><p>a</p></div>'
        '<div class="algemeen"><p>b</p></div>'
    )
    assert [(s.part, s.heading, s.text) for s in paper.sections] == [
        (Part.BODY, "", "brief"), (Part.ANNEX, "Vragen", "a"), (Part.ANNEX, "", "b"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("body", "parts"),
    [
        ('<div class="algemeen"><p>a</p></div><div class="algemeen"><p>b</p></div>', "body body"),
        ('<div class="algemeen"><p>a</p></div><div class="algemeen"><h2>Bijlage 1</h2><p>b</p></div>', "body annex"),
        ('<div class="algemeen"><p>a</p></div><div class="algemeen"><p>x</p><h2>Bijlage 1</h2></div>', "body body body"),
        ('<div class="algemeen"><p>a</p></div><div class="bijlage"><p>b</p></div><p>c</p>', "body annex body"),
        ('<p>a</p><h2 class="bijlage_kop">Tabel</h2><p>b</p>', "body annex"),
        ('<div class="algemeen"><h2>Bijlage bij alles</h2></div><p>c</p>', "body body"),
        ('<div class="bijlage"><div class="algemeen"><p>a</p></div><p>b</p></div>', "annex annex"),
    ],
)
def test_parts(body: str, parts: str) -> None:
    assert " ".join(section.part.value for section in read_page(body).sections) == parts


def test_the_kind_line_of_an_eerste_kamer_paper() -> None:
    top = (
        '<h1 class="dossiertitel"><span class="dossiernummer">91 234</span> A</h1><h1 class="dossiertitel"><span '
        'class="dossiernummer">'
        '91 300 XVI</span> B</h1><div class="stuk"><h1 class="stuktitel"><span class="stuknummer">C</span> MEMORIE VAN ANTWOORD'
        "</h1>"
    )
    paper = read(page("<p>x</p>", top=top, identifier="kst-91234-C"))
    assert (paper.number, paper.chamber, paper.kind) == ("C", "Eerste Kamer", "Memorie van antwoord")
    assert [(d.number, d.addition, d.title) for d in paper.dossiers] == [("91234", "", "A"), ("91300", "XVI", "B")]


def test_questions_and_answers() -> None:
    body = (
        '<h1 class="kamervraagomschrijving_kop no-toc"><a id="d1"></a>Vragen van het lid X (ingezonden 3 juni 2021).</h1>'
        '<div class="vraag"><h2 class="stuktitel no-toc"><a id="d2"></a>Vraag 1</h2><p>Klopt het?</p></div>'
        '<div class="antwoord"><h2 class="stuktitel no-toc"><a id="d3"></a>Antwoord 1</h2><p>Ja.</p></div>'
        '<div class="vraag"><h1 class="stuktitel">Vraag 2</h1><p>En dit?</p></div>'
    )
    paper = read(page(body, top="", identifier="ah-tk-20202021-9999"))
    assert shape(paper) == [
        (0, "", ["Vragen van het lid X (ingezonden 3 juni 2021)."]), (1, "Vraag 1", ["Klopt het?"]), (1, "Antwoord 1", ["Ja."]),
        (1, "Vraag 2", ["En dit?"]),
    ]  # fmt: skip
    assert [section.anchor for section in paper.sections][:3] == ["broodtekst", "d2", "d3"]
    assert paper.kind_line == ""


def test_a_page_without_the_paper_is_refused() -> None:
    with pytest.raises(PaperError, match="no #broodtekst"):
        read("<html><body><h1>Deze pagina bestaat niet</h1><div id='noten'><p>x</p></div></body></html>")
