"""The XML and the page of one paper are read alike: over generated papers of divisions, subheadings, bills and amendments.

Each piece renders itself in both forms, as the publisher does.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.paper.model import Kamerstuk
from tests.indexer.papers import TOP, official_xml, page, read

LETTER = "BRIEF VAN DE MINISTER VAN IJSZAKEN"
EMPTY = "<algemeen><vrije-tekst><tekst></tekst></vrije-tekst></algemeen>"


class Both(NamedTuple):
    """A piece of a paper in both forms."""

    xml: str
    page: str


def joined(pieces: Sequence[Both]) -> Both:
    return Both("\n".join(piece.xml for piece in pieces), "\n".join(piece.page for piece in pieces))


SENTENCES = [
    "De zee is wijd.", "Na artikel 2 komt een artikel, luidende:", "Lasten en bevelen dat dit gebeurt.", "– een streepje", "A",
    "het wad en de zee",
]  # fmt: skip
NAMES = [
    "Zee", "I. ALGEMEEN", "II. ARTIKELSGEWIJS", "Artikelsgewijs", "Artikel I", "Artikel 1a", "Onderdeel B", "§ 4. Wad",
    "§ 4.1 Slik", "1. Zee", "1.1 Zand", "2. Wad", "A. Schelpen", "a. schelpen", "Bijlage 1", "Omvat:",
    "De zee is diep en het wad wordt dieper.",
]  # fmt: skip
NUMBERS = ["1", "1a", "2", "I", "II", "IIA", "7.1"]
texts = st.sampled_from(SENTENCES).map(lambda text: Both(f"<al>{text}</al>", f"<p>{text}</p>"))
items = st.lists(st.sampled_from(SENTENCES[:2]), min_size=1, max_size=3).map(
    lambda found: Both(
        "<lijst>" + "".join(f"<li><li.nr>a.</li.nr><al>{text}</al></li>" for text in found) + "</lijst>",
        '<ul class="expliciet">'
        + "".join(f'<li class="li"><p class="labeled"><span class="ol">a.</span> {text}</p></li>' for text in found)
        + "</ul>",
    )
)
definitions = st.lists(st.sampled_from(["zee:", "wad"]), min_size=1, max_size=2).map(
    lambda terms: Both(
        "<definitielijst>"
        + "".join(
            f"<definitie-item><li.nr>a.</li.nr><term>{term}</term><definitie><al>water</al></definitie></definitie-item>"
            for term in terms
        )
        + "</definitielijst>",
        '<dl class="inline">'
        + "".join(f'<dt><span class="ol">a.</span> {term}</dt><dd><p>water</p></dd>' for term in terms)
        + "</dl>",
    )
)
subheadings = st.tuples(st.sampled_from(["vet", "cur", "rom"]), st.sampled_from(NAMES)).map(
    lambda told: Both(
        f'<tussenkop kopopmaak="{told[0]}">{told[1]}</tussenkop>', f'<h4 class="tussenkop_{told[0]}">{told[1]}</h4>'
    )
)
plain = st.one_of(texts, items, definitions, subheadings)


def structure(name: str, label: str, tag: str = "") -> st.SearchStrategy[Both]:
    """A part of a law with its heading and plain contents; on a page it may have an element of its own."""

    def render(made: tuple[str, list[Both]]) -> Both:
        number, contents = made
        inner = joined(contents)
        heading = f'<h3 class="{name}_kop">{label} {number}</h3>'
        return Both(
            f"<{name}><kop><label>{label}</label><nr>{number}</nr></kop>{inner.xml}</{name}>",
            f'<{tag} class="{name}">{heading}{inner.page}</{tag}>' if tag else f"{heading}{inner.page}",
        )

    return st.tuples(st.sampled_from(NUMBERS), st.lists(st.one_of(plain, members), max_size=3)).map(render)


members = st.sampled_from(["1.", "2a.", "3"]).map(
    lambda number: Both(
        f"<lid><lidnr>{number}</lidnr><al>De zee.</al></lid>", f'<p class="lid"><span class="lidnr">{number}</span> De zee.</p>'
    )
)
inserted = st.one_of(
    structure("artikel", "Artikel", "div"), structure("hoofdstuk", "Hoofdstuk"), structure("paragraaf", "§"), members, items
)


def change(made: tuple[str, list[Both], list[list[Both]]]) -> Both:
    """A change with its number, what it inserts, and changes within it."""
    number, contents, deeper = made
    inner = joined(contents)
    below = joined([change_within(found) for found in deeper])
    return Both(
        f"<wijzig-lid><lidnr>{number}</lidnr><wat>Er komt:</wat>{inner.xml}{below.xml}</wijzig-lid>",
        f'<div class="wijzig-lid"><p class="lid labeled"><span class="lidnr">{number}</span> Er komt:</p>'
        f"{inner.page}{below.page}</div>",
    )


def change_within(contents: list[Both]) -> Both:
    inner = joined(contents)
    return Both(
        f"<wijziging><nr>1.</nr><wat>Het volgende:</wat>{inner.xml}</wijziging>",
        f'<div class="wijziging"><p class="wat labeled"><span class="nr">1.</span> Het volgende:</p>{inner.page}</div>',
    )


changes = st.tuples(
    st.sampled_from(["A", "B", "Ca"]), st.lists(inserted, max_size=2), st.lists(st.lists(inserted, max_size=2), max_size=2)
).map(change)
changing = st.tuples(st.sampled_from(NUMBERS), st.lists(changes, max_size=3)).map(
    lambda made: Both(
        f"<wijzig-artikel><kop><label>ARTIKEL</label><nr>{made[0]}</nr></kop>{joined(made[1]).xml}</wijzig-artikel>",
        f'<h2 class="wijzig-artikel_kop">ARTIKEL {made[0]}</h2>{joined(made[1]).page}',
    )
)
laws = st.lists(st.one_of(changing, structure("artikel", "Artikel", "div"), structure("hoofdstuk", "HOOFDSTUK")), max_size=4).map(
    lambda parts: Both(
        f"<voorstel-wet><wettekst>{joined(parts).xml}</wettekst><wetsluiting><slotformulering><al>Lasten en bevelen</al>"
        "</slotformulering><label>Gegeven</label></wetsluiting></voorstel-wet>",
        f'<div class="voorstel-wet"><div class="wettekst">{joined(parts).page}</div><div class="wetsluiting">'
        '<div class="slotformulering"><p>Lasten en bevelen</p></div><p class="gegeven">Gegeven</p></div></div>',
    )
)
amendments = st.lists(st.tuples(st.sampled_from(["I", "II"]), st.lists(inserted, max_size=2)), max_size=3).map(
    lambda parts: Both(
        "<amendement><al>Voorgesteld wordt:</al>"
        + "".join(
            f"<amendement-lid><kop><nr>{number}</nr></kop><wat>Er komt:</wat>{joined(found).xml}</amendement-lid>"
            for number, found in parts
        )
        + "<toelichting><kop><titel>Toelichting</titel></kop><al>Zo is het.</al></toelichting></amendement>",
        '<div class="amendement"><p>Voorgesteld wordt:</p>'
        + "".join(
            f'<div class="amendement-lid"><h2 class="amendement-lid_kop">{number}</h2><p class="wat">Er komt:</p>'
            f"{joined(found).page}</div>"
            for number, found in parts
        )
        + '<div class="toelichting"><h2 class="toelichting_kop">Toelichting</h2><p>Zo is het.</p></div></div>',
    )
)


def divisions(depth: int = 1) -> st.SearchStrategy[Both]:
    below = st.one_of(plain, divisions(depth + 1)) if depth < 4 else plain

    def render(made: tuple[str, list[Both]]) -> Both:
        inner = joined(made[1])
        return Both(
            f"<divisie><kop><titel>{made[0]}</titel></kop>{inner.xml}</divisie>",
            f'<h2 class="divisiekop{depth}">{made[0]}</h2>{inner.page}',
        )

    return st.tuples(st.sampled_from(NAMES), st.lists(below, max_size=3)).map(render)


SIGNED = Both(
    "<tekst-sluiting><ondertekening><functie>De Minister van IJszaken,</functie><naam>A. Berg</naam></ondertekening>"
    "</tekst-sluiting>",
    '<p class="ondertekening"><span class="functie">De Minister van IJszaken,</span> <span class="naam">A. Berg</span></p>',
)
memoranda = st.tuples(st.lists(st.one_of(plain, divisions()), max_size=5), st.booleans()).map(
    lambda made: Both(
        f"<algemeen><vrije-tekst>{joined(made[0]).xml}</vrije-tekst>{SIGNED.xml if made[1] else ''}</algemeen>",
        f'<div class="algemeen">{joined(made[0]).page}{SIGNED.page if made[1] else ""}</div>',
    )
)
annexes = st.lists(st.one_of(plain, divisions()), max_size=3).map(
    lambda found: Both(
        f"<bijlage><kop><titel>Kaart</titel></kop>{joined(found).xml}</bijlage>",
        f'<div class="bijlage"><h2 class="bijlage_kop">Kaart</h2>{joined(found).page}</div>',
    )
)
papers = st.lists(st.one_of(laws, amendments, memoranda, annexes), min_size=1, max_size=3).map(joined)


def told(paper: Kamerstuk) -> list[tuple[object, ...]]:
    return [(s.level, s.heading, s.part, [(p.text, p.form, p.depth) for p in s.paragraphs]) for s in paper.sections]


@settings(max_examples=200)
@given(papers, st.sampled_from(["VOORSTEL VAN WET", "MEMORIE VAN TOELICHTING", LETTER]))
def test_both_forms_of_a_paper_are_alike_and_skip_no_level(paper: Both, kind: str) -> None:
    of_xml = read(official_xml("").replace(EMPTY, f"<al>begin</al>{paper.xml}").replace(LETTER, kind), "kst-91234-7.xml")
    of_page = read(page(f"<p>begin</p>{paper.page}", top=TOP.replace(LETTER, kind)))
    assert told(of_xml) == told(of_page)
    last = 0
    for section in of_xml.sections:
        assert section.level <= last + 1
        last = section.level
