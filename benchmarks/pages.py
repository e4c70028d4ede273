"""A paper → a page as the official repository serves it: what the readers of official files make of it is that paper again.

The mark-up is that of the years since 2010; only papers made by ``corpus`` are meant, not all that a paper can be.
"""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Paragraph, ParagraphForm, Part, Section


def page(paper: Kamerstuk) -> str:
    """The whole page."""
    body = "\n".join(_body(paper))
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        '<!DOCTYPE html PUBLIC "-//W3C//DTD XHTML 1.0 Strict//EN" "http://www.w3.org/TR/xhtml1/DTD/xhtml1-strict.dtd">\n'
        '<html xmlns="http://www.w3.org/1999/xhtml" lang="nl" xml:lang="nl">\n<head>\n'
        f"{_head(paper)}\n</head>\n<body>\n"
        f'<div id="kopregel">Vergaderjaar {paper.session_year}</div>\n<div id="broodtekst">\n{body}\n</div>\n'
        '<div id="voetregel">Gemaakt om mee te meten; geen officieel stuk.</div>\n</body>\n</html>\n'
    )


def _head(paper: Kamerstuk) -> str:
    entries = [
        ("DC.identifier", str(paper.identifier), "OVERHEIDop.ParlID"),
        ("OVERHEIDop.ondernummer", paper.number, ""),
        ("DCTERMS.available", str(paper.published), "DCTERMS.W3CDTF"),
        ("DC.type", paper.kind, "OVERHEIDop.KamerstukTypen"),
        *(("OVERHEIDop.dossiernummer", dossier.key, "") for dossier in paper.dossiers),
        *(("OVERHEIDop.dossiertitel", dossier.title, "") for dossier in paper.dossiers),
        ("OVERHEIDop.documenttitel", paper.title, ""),
        *(("OVERHEIDop.indiener", name, "") for name in paper.submitters),
        ("OVERHEIDop.vergaderjaar", paper.session_year, ""),
        ("DC.creator", f"{paper.chamber} der Staten-Generaal", "OVERHEID.StatenGeneraal"),
        ("DCTERMS.issued", str(paper.date), "DCTERMS.W3CDTF"),
        *(("OVERHEID.category", category, "OVERHEID.TaxonomieBeleidsagenda") for category in paper.categories),
    ]
    lines = [f'<meta name="{name}" content="{escape(content)}" scheme="{scheme}" />' for name, content, scheme in entries]
    return "\n".join([*lines, f"<title>{escape(paper.title)}</title>"])


def _body(paper: Kamerstuk) -> Iterator[str]:
    for i, dossier in enumerate(paper.dossiers):
        number = dossier.number if not dossier.addition else f"{dossier.number} {dossier.addition}"
        printed = f"{number[:2]}\u00a0{number[2:]}"
        yield (
            f'<h1 class="dossiertitel"><a id="d{i}" name="d{i}"></a><span class="dossiernummer">{printed}</span> '
            f"{escape(dossier.title)}</h1>"
        )
    yield '<div class="stuk">'
    yield f'<h1 class="stuktitel"><span class="stuknummer">Nr. {paper.number}</span> {escape(paper.kind_line)}</h1>'
    letter = not paper.date_line.startswith(("Voorgesteld", "Vastgesteld", "Ontvangen"))
    if not letter:
        verb, printed = paper.date_line.split(" ", 1)
        yield f'<p class="kamerstukdatum">{verb} <span class="datum">{printed}</span></p>'
    yield '<div class="algemeen">'
    if letter:
        yield f"<p>{escape(paper.date_line)}</p>"
    annex = [section for section in paper.sections if section.part is Part.ANNEX]
    for section in paper.sections:
        if section.part is Part.BODY:
            yield from _section(section, paper)
    yield from _signatures(paper)
    yield "</div>"
    if annex:
        yield '<div class="bijlage">'
        for section in annex:
            yield from _section(section, paper)
        yield "</div>"
    yield "</div>"
    if paper.footnotes:
        yield f'<div id="noten"><hr />{"".join(_notes(paper))}</div>'


def _section(section: Section, paper: Kamerstuk) -> Iterator[str]:
    if section.heading:
        anchor = f'<a id="{section.anchor}" name="{section.anchor}"></a>'
        if section.part is Part.ANNEX:
            yield f'<h2 class="bijlage_kop">{anchor}{escape(section.heading)}</h2>'
        else:
            style = "vet" if section.level == 1 else "cur"
            yield f'<h3 class="tussenkop">{anchor}<span class="tussenkop_{style}">{escape(section.heading)}</span></h3>'
    in_list = False
    for paragraph in section.paragraphs:
        starts = paragraph.form is ParagraphForm.ITEM and (not in_list or paragraph.text.startswith("1. "))
        if in_list and (paragraph.form is not ParagraphForm.ITEM or starts):
            yield "</ul>"
        in_list = paragraph.form is ParagraphForm.ITEM
        yield ('<ul class="expliciet">' if starts else "") + _paragraph(paragraph, paper)
    if in_list:
        yield "</ul>"


def _paragraph(paragraph: Paragraph, paper: Kamerstuk) -> str:
    if paragraph.form is ParagraphForm.TABLE:
        return _table(paragraph)
    if paragraph.form is ParagraphForm.ITEM:
        marker, text = paragraph.text.split(" ", 1)
        return f'<li class="li"><p class="labeled"><span class="ol">{marker}</span> {escape(text, quote=False)}</p></li>'
    if paragraph.form is ParagraphForm.CAPTION:
        return f'<p class="bijschrift">{escape(paragraph.text, quote=False)}</p>'
    text = escape(paragraph.text, quote=False)
    numbers = {note.anchor: note.number for note in paper.footnotes}
    refs = "".join(
        f'<a class="nootnum supernote-click-{ref.note}" href="#{ref.note}">{numbers[ref.note]}</a>' for ref in paragraph.note_refs
    )
    return f"<p>{text}{refs}</p>"


def _table(paragraph: Paragraph) -> str:
    rows = []
    for row in paragraph.rows:
        cells = [(("th" if cell.header else "td"), escape(paragraph.text[cell.start : cell.end], quote=False)) for cell in row]
        rows.append("<tr>" + "".join(f"<{tag}><p>{text}</p></{tag}>" for tag, text in cells) + "</tr>")
    return f'<table class="xml portrait">{"".join(rows)}</table>'


def _signatures(paper: Kamerstuk) -> Iterator[str]:
    for person in paper.signatories:
        office = f'<span class="functie">De {escape(person.office)},</span> ' if person.office else ""
        first, _, last = person.name.partition(" ") if person.office else ("", "", person.name)
        given = f'<span class="voornaam">{first}</span> ' if first else ""
        yield f'<p class="ondertekening">{office}<span class="naam">{given}<span class="achternaam">{last}</span></span></p>'


def _notes(paper: Kamerstuk) -> Iterator[str]:
    for note in paper.footnotes:
        yield (
            f'<div class="voet noot" id="supernote-note-{note.anchor}"><h5 class="note-close"><a class="note-close" '
            f'href="#close-{note.anchor}">X</a> Noot</h5><sup><span class="nootnum">'
            f'<a id="{note.anchor}" name="{note.anchor}"></a>'
            f"{note.number}</span></sup><p>{escape(note.text, quote=False)}</p></div>"
        )


def file_name(identifier: Identifier) -> str:
    """What the repository calls the page of a paper."""
    return f"{identifier}.html"
