"""Images leave a placeholder: the text that stands for them, their caption and their place, from HTML and XML alike."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.paper.model import Image, Kamerstuk, ParagraphForm
from tests.counting import grows_no_faster
from tests.indexer.papers import NOTE_FORM, official_xml, read, read_page, read_xml, texts


def placed(paper: Kamerstuk) -> list[tuple[str, str, int, int]]:
    return [(image.alt, image.caption, image.section, image.paragraph) for image in paper.images]


def picture(name: str = "x-001.png", alt: str = "", caption: str = "", **attributes: str) -> str:
    described = f' alt="{alt}"' if alt else ""
    below = f"<bijschrift>{caption}</bijschrift>" if caption else ""
    more = "".join(f' {key}="{value}"' for key, value in attributes.items())
    return f'<plaatje><illustratie naam="{name}" type="png"{described}{more}/>{below}</plaatje>'


def div(name: str = "x-001.png", alt: str = "", caption: str = "") -> str:
    below = f'<p class="bijschrift">{caption}</p>' if caption else ""
    return f'<div class="plaatje"><a id="d17" name="d17"></a><img src="{name}" width="3" height="6" alt="{alt}"/>{below}</div>'


def test_an_image_is_the_same_from_html_and_xml() -> None:
    xml = read_xml(f"<al>Een.</al>{picture(alt='Kaart van de zee', caption='Figuur 1: de zee')}<al>Twee.</al>")
    html = read_page(f"<p>Een.</p>{div(alt='Kaart van de zee', caption='Figuur 1: de zee')}<p>Twee.</p>")
    assert placed(xml) == placed(html) == [("Kaart van de zee", "Figuur 1: de zee", 0, 1)]
    assert texts(xml) == texts(html) == ["Een.", "Figuur 1: de zee", "Twee."]
    assert xml.sections[0].paragraphs[1].form is html.sections[0].paragraphs[1].form is ParagraphForm.CAPTION
    assert xml.images[0].anchor == html.images[0].anchor
    assert html.images[0].official == "d17"


def test_the_text_that_stands_for_an_image_is_no_text_of_the_paper() -> None:
    paper = read_page(f"<p>Een.</p>{div(alt='Kaart')}")
    assert "Kaart" not in "".join(paper.texts())
    assert placed(paper) == [("Kaart", "", 0, 1)]


def test_an_image_with_a_caption_above_it_stands_after_that() -> None:
    xml = read_xml('<al>Een.</al><plaatje><bijschrift locatie="boven">Figuur 1</bijschrift><illustratie naam="a.png"/></plaatje>')
    assert (texts(xml), placed(xml)) == (["Een.", "Figuur 1"], [("", "Figuur 1", 0, 2)])


def test_what_a_figure_says_of_its_image_counts_too() -> None:
    paper = read_xml('<plaatje id="p1" alt="Zee"><titel>Figuur 2</titel><illustratie naam="a.png"/></plaatje>')
    assert placed(paper) == [("Zee", "Figuur 2", 0, 1)]
    assert paper.images[0].official == "p1"


def test_a_caption_after_the_image_is_its_own() -> None:
    paper = read_page('<p>Een.</p><img src="a.png" alt="Zee"/><p class="bijschrift">Figuur 1</p><p class="bijschrift">Los</p>')
    assert placed(paper) == [("Zee", "Figuur 1", 0, 1)]


def test_several_images_of_one_figure_share_its_caption() -> None:
    paper = read_page('<figure><img src="a.png" alt="Een"/><img src="b.png" alt="Twee"/><figcaption>Samen</figcaption></figure>')
    assert placed(paper) == [("Een", "Samen", 0, 0), ("Twee", "Samen", 0, 0)]


def test_an_image_in_a_cell_stands_before_its_table() -> None:
    cell = "<entry><plaatje><illustratie naam='a.png' alt='Vis'/><bijschrift>Een vis</bijschrift></plaatje></entry>"
    xml = read_xml(f"<al>Een.</al><table><tgroup cols='2'><tbody><row>{cell}<entry>12</entry></row></tbody></tgroup></table>")
    html = read_page(f"<p>Een.</p><table><tr><td>{div('a.png', 'Vis', 'Een vis')}</td><td>12</td></tr></table>")
    for paper in (xml, html):
        assert texts(paper) == ["Een.", "Een vis | 12"]
        assert placed(paper) == [("Vis", "Een vis", 0, 1)]


def test_an_image_in_a_note_stands_where_the_note_is_referred_to() -> None:
    noot = f'<noot id="n1" type="voet"><noot.nr>1</noot.nr><noot.al>Zie{picture(alt="Ster")}</noot.al></noot>'
    xml = read_xml(f"<al>Een.</al><al>Twee{noot}.</al><al>Drie.</al>")
    note = NOTE_FORM.format(id="n1", n="1", text=f"Zie</p>{div(alt='Ster')}<p>")
    html = read_page(
        f"<p>Een.</p><p>Twee<sup><a class='nootnum' href='#n1'>1</a></sup>.</p><p>Drie.</p><div id='noten'>{note}</div>"
    )
    assert placed(xml) == placed(html) == [("Ster", "", 0, 1)]
    assert [n.text for n in xml.footnotes] == [n.text for n in html.footnotes] == ["Zie"]


def test_an_image_in_a_heading_and_one_before_it() -> None:
    paper = read_page(
        f"<p>Een.</p>{div(alt='Voor')}<h2 class='divisiekop1'>Kop <img src='b.png' alt='In'/></h2><p>Twee.</p>{div(alt='Slot')}"
    )
    assert placed(paper) == [("Voor", "", 0, 1), ("In", "", 1, 0), ("Slot", "", 1, 1)]


def test_an_image_before_a_date_line_keeps_its_place() -> None:
    paper = read_page(f"<p>Aan de Voorzitter</p><p>Den Haag, 18 juni 2024</p>{div(alt='Zegel')}<p>Een.</p>")
    assert texts(paper) == ["Aan de Voorzitter", "Een."]
    assert placed(paper) == [("Zegel", "", 0, 1)]


def test_images_of_the_old_dialect() -> None:
    old = (
        "<kamerwrk><frontm><onderw><nummer>91 234</nummer><naam>IJs</naam></onderw></frontm><body><stuk><nummer>7</nummer>"
        "<titel>BRIEF</titel><al>Een.</al><plaatje naam='KST7-1.gif' alt='Kaart'/><al>Twee.</al><illus naam='KST7-2.gif'/>"
        "</stuk></body></kamerwrk>"
    )
    assert placed(read(old, "kst-91234-7.xml")) == [("Kaart", "", 0, 1), ("", "", 0, 2)]


def test_a_name_of_a_file_says_nothing() -> None:
    assert placed(read_page(div("kst-1-2-001.png", alt="kst-1-2-001.png"))) == [("", "", 0, 0)]


def test_pictures_that_the_site_is_dressed_with_are_none_of_the_paper() -> None:
    assert read_page("<p>Een.<img src='/Static/Afbeeldingen/pijl.gif' alt='pijl'/></p>").images == ()


def test_images_without_anything_are_told_apart() -> None:
    paper = read_page("<p>Een.</p><div class='plaatje'></div><img/><div class='plaatje'><img/></div>")
    assert placed(paper) == [("", "", 0, 1)] * 3
    assert len({image.anchor for image in paper.images}) == 3


def test_a_paper_of_nothing_but_an_image_has_a_place_for_it() -> None:
    paper = read(official_xml(picture(alt="Zee")), "kst-91234-7.xml")
    assert placed(paper) == [("Zee", "", 0, 0)]
    assert len(paper.sections) == 1


WRAPPERS = [
    ("<p>woord", "</p>"), ("<h2 class='divisiekop1'>kop", "</h2>"), ("<table><tr><td>", "</td></tr></table>"),
    ("<div class='plaatje'>", "</div>"), ("<p class='bijschrift'>bij", "</p>"), ("<figure>", "</figure>"),
    ("<ul><li>", "</li></ul>"),
    ("<div class='algemeen'>", "</div>"), ("<table><caption>bij", "</caption></table>"), ("<p class='ondertekening'>", "</p>"),
    ("<div class='noot' id='supernote-note-n1'>", "</div>"), ("<p>woord<a class='nootnum' href='#n1'>1</a>", "</p>"),
]  # fmt: skip
BODIES = st.recursive(
    st.just("<img src='a.png' alt='zee'/>"),
    lambda inner: st.tuples(st.sampled_from(WRAPPERS), st.lists(inner, max_size=3)).map(
        lambda made: made[0][0] + "".join(made[1]) + made[0][1]
    ),
    max_leaves=8,
)


@settings(max_examples=300)
@given(st.lists(BODIES, max_size=4).map("".join))
def test_no_image_is_lost_and_each_stands_somewhere(body: str) -> None:
    paper = read_page(f"<p>begin</p>{body}")
    assert sum(image.alt == "zee" for image in paper.images) == body.count("<img")
    for image in paper.images:
        assert 0 <= image.paragraph <= len(paper.sections[image.section].paragraphs)
    assert len({image.anchor for image in paper.images}) == len(paper.images)


@pytest.mark.parametrize(
    ("before", "image", "after"), [("", div(), ""), ("<div class='plaatje'>" * 500, "<img/>", "</div>" * 500)]
)
def test_what_images_take_grows_with_their_number(before: str, image: str, after: str) -> None:
    def read(many: int) -> None:
        images: tuple[Image, ...] = read_page(f"<p>Een.</p>{before}{image * many}{after}").images
        assert len(images) == many

    assert grows_no_faster(read)
