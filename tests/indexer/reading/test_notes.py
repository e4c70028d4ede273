"""Notes and their references: several to one note, ids and numbers that come again, notes that nobody refers to."""

from __future__ import annotations

from indexer.paper.model import Kamerstuk
from tests.indexer.papers import NOTE_FORM, only, read, read_page, read_xml, texts


def refs(paper: Kamerstuk) -> list[list[tuple[int, str]]]:
    """Where notes are referred to, and the numbers of those notes, by paragraph."""
    numbers = {note.anchor: note.number for note in paper.footnotes}
    return [[(ref.offset, numbers[ref.note]) for ref in p.note_refs] for p in only(paper).paragraphs]


def notes(paper: Kamerstuk) -> list[tuple[str, str]]:
    return [(note.number, note.text) for note in paper.footnotes]


def noot(text: str, number: str = "1", note_id: str = "n1") -> str:
    given = f' id="{note_id}"' if note_id else ""
    return f'<noot{given} type="voet"><noot.nr>{number}</noot.nr><noot.al>{text}</noot.al></noot>'


def link(number: str = "1", note_id: str = "n1") -> str:
    return f"<sup><a class='nootnum supernote-click-{note_id}' href='#{note_id}'>{number}</a></sup>"


def legacy(body: str) -> Kamerstuk:
    text = f"<kamerwrk><body><stuk><nummer>7</nummer><titel>BRIEF</titel>{body}</stuk></body></kamerwrk>"
    return read(text, "kst-91234-7.xml")


def test_a_second_reference_is_one_too() -> None:
    xml = read_xml(
        f"<al>Een{noot('IJs.')} twee.</al><al>Drie<nootref refid='n1'/>.</al><al>Vier<nootref refid='#n1'>1</nootref>.</al>"
    )
    html = read_page(
        f"<p>Een{link()} twee.</p><p>Drie{link()}.</p><p>Vier<a class='_p_nootref' href='#n1'>1</a>.</p>"
        f"<div id='noten'>{NOTE_FORM.format(id='n1', n='1', text='IJs.')}</div>"
    )
    for paper in (xml, html):
        assert texts(paper) == ["Een twee.", "Drie.", "Vier."]
        assert refs(paper) == [[(3, "1")], [(4, "1")], [(4, "1")]]
        assert notes(paper) == [("1", "IJs.")]


def test_a_second_reference_by_number() -> None:
    paper = read_xml(
        f"<al>Een{noot('IJs.', note_id='n9')}.</al><al>Twee<nootref nr='1'/>.</al><al>Drie<nootref>1</nootref>.</al>"
    )
    assert refs(paper) == [[(3, "1")], [(4, "1")], [(4, "1")]]


def test_a_reference_that_leads_nowhere_does_no_harm() -> None:
    paper = read_xml("<al>Een<nootref refid='weg'/> twee.</al>")
    assert (texts(paper), paper.footnotes) == (["Een twee."], ())


def test_notes_of_several_paragraphs() -> None:
    xml = read_xml('<al>Een<noot id="n1"><noot.nr>1</noot.nr><noot.al>IJs.</noot.al><noot.al>Water.</noot.al></noot>.</al>')
    html = read_page(f"<p>Een{link()}.</p><div id='noten'>{NOTE_FORM.format(id='n1', n='1', text='IJs.</p><p>Water.')}</div>")
    assert notes(xml) == notes(html) == [("1", "IJs. Water.")]


def test_notes_without_ids_or_with_one_id_are_told_apart() -> None:
    for note_id in ("", "n1"):
        paper = read_xml(f"<al>Een{noot('IJs.', note_id=note_id)}.</al><al>Twee{noot('Vis.', note_id=note_id)}.</al>")
        assert len({note.anchor for note in paper.footnotes}) == 2
        anchors = {note.anchor: note.text for note in paper.footnotes}
        assert [[anchors[r.note] for r in p.note_refs] for p in only(paper).paragraphs] == [["IJs."], ["Vis."]]


def test_old_papers_count_their_notes_anew_on_every_page() -> None:
    paper = legacy(
        "<al>Een<voetref nr='1'/> en weer<voetref nr='1'/>.</al><voetnoot nr='1'><al>IJs.</al></voetnoot>"
        "<al>Twee<voetref nr='1'/>.</al><voetnoot nr='1'><al>Vis.</al></voetnoot><al>Nog eens<voetref nr='1'/>.</al>"
    )
    anchors = {note.anchor: note.text for note in paper.footnotes}
    found = [[anchors[ref.note] for ref in p.note_refs] for p in only(paper).paragraphs]
    assert found == [["IJs.", "IJs."], ["Vis."], ["Vis."]]


def test_several_old_references_to_one_note_at_the_end() -> None:
    paper = legacy("<al>Een<voetref nr='1'/>.</al><al>Twee<voetref nr='1'/>.</al><voetnoot nr='1'><al>IJs.</al></voetnoot>")
    assert refs(paper) == [[(3, "1")], [(4, "1")]]


def test_a_note_that_nobody_refers_to_stays() -> None:
    html = read_page(f"<p>Een.</p><div id='noten'>{NOTE_FORM.format(id='n1', n='1', text='IJs.')}</div>")
    old = legacy("<al>Een.</al><voetnoot nr='1'><al>IJs.</al></voetnoot>")
    for paper in (html, old):
        assert [(note.number, note.text, note.ref) for note in paper.footnotes] == [("1", "IJs.", None)]


def test_a_number_of_another_note_within_a_note_is_a_word_of_it() -> None:
    second = noot("Zie noot <nootref refid='n1'>1</nootref>.", "2", "n2")
    xml = read_xml(f"<al>Een{noot('IJs.')}.</al><al>Twee{second}.</al>")
    html = read_page(
        f"<p>Een{link()}.</p><p>Twee{link('2', 'n2')}.</p><div id='noten'>{NOTE_FORM.format(id='n1', n='1', text='IJs.')}"
        f"{NOTE_FORM.format(id='n2', n='2', text='Zie noot ' + link() + '.')}</div>"
    )
    assert notes(xml) == notes(html) == [("1", "IJs."), ("2", "Zie noot 1.")]


def test_notes_stand_in_the_order_in_which_they_are_referred_to() -> None:
    below = NOTE_FORM.format(id="t1", n="a", text="Vis.")
    table = f"<table><tr><td>12{link('a', 't1')}</td></tr></table><div class='tabelnoten'>{below}</div>"
    paper = read_page(f"<p>Een{link()}.</p>{table}<div id='noten'>{NOTE_FORM.format(id='n1', n='1', text='IJs.')}</div>")
    assert notes(paper) == [("1", "IJs."), ("a", "Vis.")]


def test_the_number_of_a_note_of_a_table_may_be_no_link() -> None:
    note = "<div class='tabelnoten'><p id='t1'><sup>a</sup> Vis.</p></div>"
    paper = read_page(f"<table><tr><td>12{link('a', 't1')}</td></tr></table>{note}<p>Slot<sup>2</sup>.</p>")
    assert notes(paper) == [("a", "Vis.")]
    assert refs(paper) == [[(2, "a")], []]
