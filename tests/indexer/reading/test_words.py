"""No word is lost, given twice or glued: over generated pages and XML, whatever the order and nesting of their parts.

Each generated word occurs once, so that losing, repeating, joining and splitting all show.
"""

from __future__ import annotations

from collections.abc import Callable
from itertools import count

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.indexer.papers import answers_xml, official_xml, page, read, words_of

Piece = Callable[[Callable[[], str]], str]
"""Renders itself with words from the supply."""


def wrapped(before: str, after: str) -> Callable[[list[Piece]], Piece]:
    return lambda inner: lambda word: before + "".join(piece(word) for piece in inner) + after


def split_by(tag: str) -> Piece:
    """One word over two elements, a comment and a processing instruction."""

    def split_word(word: Callable[[], str]) -> str:
        text = word()
        return f" {text[:1]}<{tag}>{text[1:3]}</{tag}><?xpp afbreek?>{text[3:]}<!-- niet --> "

    return split_word


def plain(word: Callable[[], str]) -> str:
    return f" {word()}\n\u00a0{word()} "


def reference(word: Callable[[], str]) -> str:
    return f" {word()}<sup><a class='nootnum' href='#n1'>1</a></sup>, {word()}"


def image(_: Callable[[], str]) -> str:
    return "<img alt='onzichtbaar' src='x'/><br/>"


HTML_WRAPPERS = [
    ("<p>", "</p>"), ("<p class='labeled'><span class='ol'>a.</span>", "</p>"), ("<div>", "</div>"),
    ("<div class='alineagroep'>", "</div>"),
    ("<h2 class='divisiekop1'><a id='d1'></a>", "</h2>"), ("<h4 class='divisiekop3'>", "</h4>"),
    ("<p class='tussenkop_cur'>", "</p>"),
    ("<p><span class='tussenkop_vet'>", "</span></p>"), ("<h5 class='artikel_kop'>", "</h5>"),
    ("<h2 class='bijlage_kop'>", "</h2>"),
    ("<h2 class='stuktitel'>", "</h2>"), ("<h1 class='stuktitel'><span class='stuknummer'>x9</span>", "</h1>"),
    ("<div class='algemeen'>", "</div>"), ("<div class='bijlage'>", "</div>"), ("<ul class='expliciet'>", "</ul>"),
    ("<li>", "</li>"),
    ("<li><span class='ol'>1°</span><p>", "</p></li>"), ("<dl><dt>", "</dt></dl>"), ("<table>", "</table>"), ("<tr>", "</tr>"),
    ("<td>", "</td>"), ("<th colspan='2'>", "</th>"), ("<table><caption>", "</caption></table>"), ("<thead>", "</thead>"),
    ("<table><tr><td>", "</td></tr></table>"), ("<p class='ondertekening'><span class='functie'>", "</span></p>"),
    ("<p class='ondertekening'><span class='naam'>", "</span></p>"),
    ("<p class='ondertekening'><span class='deze'>", "</span></p>"),
    ("<p class='ondertekening'>", "</p>"), ("<span class='naam'>", "</span>"), ("<span class='functie'>", "</span>"),
    ("<h1 class='dossiertitel'><span class='dossiernummer'>x8</span>", "</h1>"), ("<p class='kamerstukdatum'>", "</p>"),
    ("<span class='datum'>", "</span>"), ("<strong class='vet'> ", " </strong>"), ("<a href='kst-92000-5.html'> ", " </a>"),
    ("<a href='#n1'> ", " </a>"), ("<blockquote>", "</blockquote>"), ("<section>", "</section>"), ("<onbekend> ", " </onbekend>"),
    ("<div class='noot' id='supernote-note-n1'><span class='nootnum'>1</span>", "</div>"),
    ("<ol class='footnotes'><li id='f1'>", "</li></ol>"),
    ("<div class='plaatje'>", "</div>"), ("<p class='bijschrift'>", "</p>"), ("<figure><figcaption>", "</figcaption></figure>"),
    ("<table><tfoot><tr><td>", "</td></tr></tfoot></table>"),
    ("<div class='tabelnoten'>", "</div>"), ("<button> ", " </button>"), ("<p class='lid'><span class='lidnr'>2.</span>", "</p>"),
    ("<div class='voorstel-wet'>", "</div>"), ("<div class='amendement'>", "</div>"), ("<div class='wetsluiting'>", "</div>"),
    ("<div class='wijzig-divisie'>", "</div>"), ("<div class='wijzig-lid'>B", "</div>"),
    ("<div class='amendement-lid'>", "</div>"), ("<p class='nr'>", "</p>"),
    ("<div class='wijziging'><span class='nr'>", "</span></div>"), ("<h2 class='amendement-lid_kop'>", "</h2>"),
    ("<div class='amendement-lid'><h3>II</h3>", "</div>"), ("<h2 class='toelichting_kop'>", "</h2>"),
    ("<p class='tussenkop_rom'>", ":</p>"), ("<h4 class='tussenkop_vet'>x9 ", " wordt, en die.</h4>"),
    ("<p>Lasten en bevelen ", "</p>"), ("<dl><dt>", "</dt><dd>x7</dd></dl>"), ("<dd>", "</dd>"), ("<dt>", "</dt>"),
]  # fmt: skip
XML_WRAPPERS = [
    ("<al>", "</al>"), ("<al-groep>", "</al-groep>"), ("<divisie>", "</divisie>"), ("<kop><titel>", "</titel></kop>"),
    ("<kop><label>x7</label><nr>", "</nr></kop>"), ("<tussenkop kopopmaak='cur'>", "</tussenkop>"),
    ("<tuskop letat='vet'>", "</tuskop>"),
    ("<lijst>", "</lijst>"), ("<li>", "</li>"), ("<li.nr>", "</li.nr>"), ("<table>", "</table>"), ("<row>", "</row>"),
    ("<thead>", "</thead>"),
    ("<entry>", "</entry>"), ("<entry namest='a' nameend='b'>", "</entry>"),
    ("<noot id='n1'><noot.nr>1</noot.nr><noot.al>", "</noot.al></noot>"),
    ("<voetnoot nr='1'>", "</voetnoot>"), ("<ondertekening><functie>", "</functie></ondertekening>"),
    ("<ondtek><naam>", "</naam></ondtek>"),
    ("<ondertekening>", "</ondertekening>"), ("<naam>", "</naam>"), ("<functie>", "</functie>"), ("<voornaam>", "</voornaam>"),
    ("<bijlage>", "</bijlage>"), ("<algemeen>", "</algemeen>"), ("<titel>", "</titel>"), ("<nummer>", "</nummer>"),
    ("<stuknr>", "</stuknr>"), ("<herdruk>", "</herdruk>"), ("<table><title>", "</title></table>"), ("<tfoot>", "</tfoot>"),
    ("<entry colname='c3'>", "</entry>"),
    ("<plaatje><bijschrift>", "</bijschrift></plaatje>"), ("<datumtekst>", "</datumtekst>"), ("<nadruk> ", " </nadruk>"),
    ("<extref doc='kst-92000-5'> ", " </extref>"), ("<onbekend> ", " </onbekend>"), ("<lid><lidnr>", "</lidnr></lid>"),
    ("<voorstel-wet>", "</voorstel-wet>"), ("<amendement>", "</amendement>"), ("<wetsluiting>", "</wetsluiting>"),
    ("<wijzig-lid><lidnr>B</lidnr>", "</wijzig-lid>"), ("<wijziging><nr>", "</nr></wijziging>"), ("<wat>", "</wat>"),
    ("<wijziging>", "</wijziging>"),
    ("<wijzig-divisie><kop><nr>x6</nr>", "</kop></wijzig-divisie>"),
    ("<amendement-lid><kop><nr>", "</nr></kop></amendement-lid>"),
    ("<amendement-lid>", "</amendement-lid>"), ("<toelichting><titel>", "</titel></toelichting>"),
    ("<voorstel-sluiting><slotformulering>", "</slotformulering></voorstel-sluiting>"),
    ("<tussenkop kopopmaak='rom'>", ":</tussenkop>"), ("<tuskop letat='vet'>x9 ", " wordt, en die.</tuskop>"),
    ("<definitielijst>", "</definitielijst>"), ("<definitie-item><term>", "</term></definitie-item>"),
    ("<definitie-item>", "</definitie-item>"), ("<definitie>", "</definitie>"), ("<term>", "</term>"),
    ("<formule> ", " </formule>"), ("<formule> <math><mi>", "</mi></math> </formule>"), ("<lid><nr>", "</nr></lid>"),
    ("<artikel>", "</artikel>"), ("<dossier><titel>", "</titel></dossier>"), ("<onderw><naam>", "</naam></onderw>"),
]  # fmt: skip


ANSWERS_HTML = [
    ("<h1 class='kamervraagomschrijving_kop no-toc'><a id='d9'></a>", "</h1>"), ("<div class='vraag'>", "</div>"),
    ("<div class='antwoord'><h2 class='stuktitel'>", "</h2></div>"), ("<h2 class='kamervraagopmerking_kop'>", "</h2>"),
    ("<div class='kamervraagbijlage'>", "</div>"),
]  # fmt: skip
ANSWERS_XML = [
    ("<kamervraagomschrijving type='vraag'>", "</kamervraagomschrijving>"), ("<kamervraagonderwerp> ", " </kamervraagonderwerp>"),
    ("<organisatie> ", " </organisatie>"), ("<vraag><nr>", "</nr></vraag>"), ("<antwoord>", "</antwoord>"), ("<nr>", "</nr>"),
    ("<mededeling><nr>", "</nr></mededeling>"), ("<kamervraagopmerking><kop><titel>", "</titel></kop></kamervraagopmerking>"),
    ("<kamervraagbijlage>", "</kamervraagbijlage>"),
]  # fmt: skip


def pieces(wrappers: list[tuple[str, str]], leaves: list[Piece]) -> st.SearchStrategy[list[Piece]]:
    return st.lists(
        st.recursive(
            st.sampled_from(leaves),
            lambda inner: st.tuples(st.sampled_from(wrappers), st.lists(inner, max_size=4)).map(
                lambda made: wrapped(*made[0])(made[1])
            ),
            max_leaves=25,
        ),
        max_size=6,
    )


def rendered(body: list[Piece]) -> tuple[str, list[str]]:
    supply = (f"qw{number}z" for number in count())
    used: list[str] = []

    def word() -> str:
        used.append(next(supply))
        return used[-1]

    text = "".join(piece(word) for piece in body)
    return text, used


def check(text: str, used: list[str], name: str) -> None:
    found = words_of(read(text, name))
    assert {word: n for word, n in found.items() if word.startswith("qw")} == dict.fromkeys(used, 1)


@settings(max_examples=300)
@given(pieces(HTML_WRAPPERS, [plain, split_by("em"), reference, image]))
def test_every_word_of_a_page_lands_in_exactly_one_field(body: list[Piece]) -> None:
    text, used = rendered(body)
    check(page(f"<p>begin</p>{text}"), used, "kst-91234-7.html")
    check(page("<p>begin</p>", after=f'<div id="noten">{text}</div>'), used, "kst-91234-7.html")


@settings(max_examples=300)
@given(pieces(XML_WRAPPERS, [plain, split_by("nadruk")]))
def test_every_word_of_xml_lands_in_exactly_one_field(body: list[Piece]) -> None:
    text, used = rendered(body)
    check(official_xml(f"begin{text}"), used, "kst-91234-7.xml")


@settings(max_examples=200)
@given(pieces([*ANSWERS_HTML, *HTML_WRAPPERS], [plain, split_by("em"), reference]))
def test_every_word_of_a_page_with_answers_lands_in_exactly_one_field(body: list[Piece]) -> None:
    text, used = rendered(body)
    check(page(f"<p>begin</p>{text}", top="", identifier="ah-tk-20312032-7"), used, "ah-tk-20312032-7.html")


@settings(max_examples=200)
@given(pieces([*ANSWERS_XML, *XML_WRAPPERS], [plain, split_by("nadruk")]))
def test_every_word_of_xml_with_answers_lands_in_exactly_one_field(body: list[Piece]) -> None:
    text, used = rendered(body)
    check(answers_xml(f"<al>begin</al>{text}"), used, "ah-tk-20312032-7.xml")
