"""Pages made to take long: every kind of thing that a page may have too much of, at any size."""

from __future__ import annotations

from collections.abc import Callable, Iterator

Shape = Callable[[int], bytes]
"""A file of about so many bytes."""

_TEXTS = {
    "one word": "a",
    "spaces": " ",
    "no-break spaces": "\u00a0",
    "digits": "1",
    "capitals": "A",
    "initials": "A.",
    "names": "A. Berg, ",
    "members": "het lid Berg, ",
    "members and": "de leden Berg en ",
    "parties": "Berg (ABC), ",
    "offices": "de minister van IJs, ",
    "chairs": "De voorzitter van de commissie, ",
    "commas": ", ",
    "brackets": "(",
    "closed brackets": "(a)",
    "dashes": "- ",
    "points": ". ",
    "sentences": "Er is ijs. ",
    "numbers": "1, ",
    "decimals": "1.1.",
    "romans": "XIV.",
    "dossiers": "31 066 ",
    "dossiers and": "31 066 en ",
    "citations": "31 066, nr. 1, ",
    "numbers of papers": "nr. 1 en ",
    "papers": "Kamerstukken II 2019/20, ",
    "own papers": "stuk nr. 1, ",
    "gazettes": "Stb. 2014, 296, ",
    "years": "2014, ",
    "debates": "Handelingen II 2017/18, nr. 70, item 6, ",
    "replaced": "ter vervanging van die gedrukt onder nr. ",
    "motions": "motie van het lid Berg ",
    "changed": "gewijzigde ",
    "days": "1 mei 2031, ",
    "reprints": "HERDRUK ",
    "articles": "Artikel 1 ",
    "annexes": "Bijlage 1 ",
    "on behalf": "namens deze, ",
    "hyphens": "a-",
    "addresses": "https://zoek.officielebekendmakingen.nl/kst-1-1.html ",
    "identifiers": "kst-31066-1 ",
    "bills": "voorstel van wet van de leden Berg ",
    "quotes": "\u201e'",
    "accents": "e\u0301",
}
_HEAD = (
    '<html><head><meta name="DC.identifier" content="kst-90001-1"><meta name="OVERHEIDop.vergaderjaar" content="2031-2032">'
    '{meta}</head><body><div id="broodtekst">'
)
_TAIL = "</div></body></html>"
_PLACES = {
    "paragraph": "<p>{}</p>",
    "item": "<ul><li>{}</li></ul>",
    "heading": "<h2>{}</h2><p>a</p>",
    "kind line": '<h1 class="stuktitel"><span class="stuknummer">Nr. 1</span> {}</h1><p>a</p>',
    "number": '<h1 class="stuktitel"><span class="stuknummer">{}</span> BRIEF</h1><p>a</p>',
    "dossier": '<h1 class="dossiertitel"><span class="dossiernummer">90001</span> {}</h1><p>a</p>',
    "dossier number": '<h1 class="dossiertitel"><span class="dossiernummer">{}</span> IJs</h1><p>a</p>',
    "line of the date": '<p class="kamerstukdatum">{}</p><p>a</p>',
    "signature": '<p>a</p><div class="ondertekening"><span class="functie">De Minister van IJs</span>{}</div>',
    "name": '<p>a</p><div class="ondertekening"><span class="naam">{}</span></div>',
    "function": '<p>a</p><div class="ondertekening"><span class="functie">{}</span><span class="naam">A. Berg</span></div>',
    "note": '<p>a<a class="nootnum" href="#n1">1</a></p><div class="noot" id="n1">{}</div>',
    "cell": "<table><tr><td>{}</td></tr></table>",
    "caption": "<figure><img src=a><figcaption>{}</figcaption></figure>",
    "motion": '<h1 class="stuktitel">MOTIE VAN HET LID BERG</h1><p>en gaat over tot de orde van de dag.</p><p>{}</p>',
}
_METAS = (
    "OVERHEIDop.documenttitel", "OVERHEIDop.indiener", "OVERHEIDop.dossiernummer", "OVERHEIDop.dossiertitel", "DC.title",
    "DC.type", "DC.identifier", "DCTERMS.issued", "OVERHEIDop.hoofddocument", "OVERHEIDop.vraagnummer", "DC.creator",
    "OVERHEIDop.vergaderjaar", "OVERHEIDop.externMetadataRecord", "OVERHEIDop.ondernummer",
)  # fmt: skip


def times(unit: str, size: int) -> str:
    """A unit over and over, with the number of each in place of its ``#``."""
    if "#" not in unit:
        return unit * max(size // len(unit), 1)
    return "".join(unit.replace("#", str(number)) for number in range(max(size // (len(unit) + 4), 1)))


def page(body: str, meta: str = "") -> bytes:
    """A page of a paper."""
    return (_HEAD.replace("{meta}", meta) + body + _TAIL).encode()


_UNITS = {
    "paragraphs": "<p>a</p>",
    "empty paragraphs": "<p></p>",
    "lines": "a<br>",
    "bold": "<b>a</b>",
    "headings": "<h2>a</h2>",
    "numbered headings": "<h2>1.# a</h2>",
    "headings of parts": '<h2 class="artikel_kop">Artikel #</h2><p>a</p>',
    "subheadings": '<p><span class="tussenkop_vet">a</span></p>',
    "divisions": '<h# class="divisiekop1">a</h#>',
    "anchors": "<a name=a#></a>",
    "anchors that are cited": '<p id="p#">a</p><a href="#p#">#</a>',
    "items with ids": '<li id="l#">a</li><p id="q#">b</p><dd id="r#">c</dd>',
    "items that are cited": '<li id="l#">a</li><a class="nootnum" href="#l#">#</a><p id="q#">b</p>',
    "notes": '<p>a<a class="nootnum" href="#n#">#</a></p><div class="noot" id="n#">b</div>',
    "references to one note": 'a<a class="nootnum" href="#n1">1</a>',
    "references without words": '<a class="nootnum" href="#n1">1</a><p></p>',
    "notes without references": '<div class="noot" id="n#">b</div>',
    "lists of notes": '<ol class="footnotes"><li id="f#">a</li></ol>',
    "equal notes": '<div class="noot" id="n1">b</div>',
    "links": '<a href="https://zoek.officielebekendmakingen.nl/kst-9#-1.html">a</a>',
    "images": '<img src="a#.png" alt="b">',
    "figures": '<figure><img src="a"><figcaption>b</figcaption></figure>',
    "figures without images": '<div class="plaatje">a</div>',
    "captions": '<p class="bijschrift">a</p>',
    "roots": '</div><div id="broodtekst">a',
    "roots and notes": '</div><div id="broodtekst">a</div><div id="noten">b</div><div>',
    "roots in roots": '<div id="broodtekst">a</div>',
    "tables": "<table><tr><td>a</td></tr></table>",
    "dossiers": '<h1 class="dossiertitel"><span class="dossiernummer">9#</span> a</h1>',
    "kind lines": '<h1 class="stuktitel"><span class="stuknummer">#</span> a</h1>',
    "blank kind lines": '<h1 class="stuktitel"> </h1>',
    "lines of the date": '<p class="kamerstukdatum">1 mei 2031</p>',
    "reprints": '<p class="herdruk">a</p>',
    "signatures": '<div class="ondertekening"><span class="functie">De Minister</span><span class="naam">A. B#</span></div>',
    "signatures alike": '<div class="ondertekening"><span class="naam">A.# Berg</span></div>',
    "bodies": '<div class="algemeen"><p>a</p></div>',
    "annexes": '<div class="bijlage"><p>a</p></div>',
    "changes": '<div class="wijzig-artikel"><p>1</p><p>a</p></div>',
    "openings": '<p class="vraag">a</p>',
    "classes": '<p class="a# b# c#">a</p>',
    "unknown elements": "<x#>a</x#>",
    "unclosed": "<p>a<b>b<i>c",
    "comments": "<!-- a -->b",
    "begun comments": "<!-- ",
    "instructions": "<?a b?>c",
    "entities": "&eacute;",
    "unknown entities": "&a#;",
    "begun tags": "<p ",
    "begun values": '<p a="',
    "stray ends": "</p></b>",
    "scripts": "<script>a</script>",
    "declarations": "<!DOCTYPE html>",
    "meta in the text": '<meta name="OVERHEIDop.indiener" content="A. B#">',
    "stray cells": "<td>a</td>",
    "stray items": "<li>a</li>",
    "definitions": "<dl><dt>a</dt><dd>b</dd></dl>",
}
_NESTED = {
    "blocks": ("<div>", "</div>"),
    "tables": ("<table><tr><td>", "</td></tr></table>"),
    "lists": ("<ul><li>", "</li></ul>"),
    "spans": ("<span>", "</span>"),
    "bold": ("<b>", "</b>"),
    "links": ('<a href="#n1">', "</a>"),
    "references": ('<span class="nootnum">', "</span>"),
    "notes": ('<div class="noot">', "</div>"),
    "figures": ("<figure>", "</figure>"),
    "images": ('<div class="plaatje">', "</div>"),
    "headings": ('<div class="stuktitel">', "</div>"),
    "sections": ('<div class="artikel_kop">', "</div>"),
    "signatures": ('<div class="ondertekening">', "</div>"),
    "annexes": ('<div class="bijlage">', "</div>"),
    "changes": ('<div class="wijzig-artikel">', "</div>"),
    "captions": ('<div class="bijschrift">', "</div>"),
    "dates": ('<div class="kamerstukdatum">', "</div>"),
    "roots": ('<div id="broodtekst">', "</div>"),
}
_INNER = (
    "a", "<b>a</b>", "<p>a</p>", "<td>a</td>", "<img src=a>", '<a href="#n1">1</a>', "<span></span>", "<a></a>", "<li>a</li>",
)  # fmt: skip
_BETWEEN = {
    "attributes on one element": ("<p ", "a#=b ", ">a</p>"),
    "attributes without values": ("<p ", "a# ", ">a</p>"),
    "attributes after a quoted end": ("<p x='>' y=\"<\" ", "a#=b ", ">a</p>"),
    "attributes after stray quotes": ("<p x' y=\">\" ", "a#=b ", ">a</p>"),
    "attributes without an end": ("<p ", "a#=b ", ""),
    "equal attributes": ("<p ", "a=b ", ">a</p>"),
    "a long attribute": ('<p title="', "a ", '">a</p>'),
    "a long class": ('<p class="', "a# ", '">a</p>'),
    "a long id": ('<p id="', "a", '">a</p>'),
    "a long name of an element": ("<", "a", ">a"),
    "a long name of an attribute": ("<p ", "a", "=b>a"),
    "a long comment": ("<!--", "a-", "-->a"),
    "a long script": ("<script>", "<a", "</script>a"),
    "a long address": ('<a href="https://zoek.officielebekendmakingen.nl/', "a", '">a</a>'),
    "a long alternative": ('<img alt="', "a ", '" src="a">'),
    "a long name of an image": ('<img src="', "/", '">'),
    "captions in a note": ("<div class=noot id=n>", "<p class=bijschrift>a</p>", "</div>"),
    "days without words": ("<p class=kamerstukdatum>", "<span class=datum>&nbsp;</span>", "</p><p>a</p>"),
    "names in a signature": ("<p>a</p><div class=ondertekening>", "<span class=naam>A. B#</span>", "</div>"),
    "functions in a signature": ("<p>a</p><div class=ondertekening>", "<span class=functie>De Minister van #</span>", "</div>"),
    "signatures of one name": ("<p>a</p><div class=ondertekening>", "<span class=naam>A. Berg</span>", "</div>"),
    "images in a figure": ("<figure>", "<img src=a>", "<figcaption>a</figcaption></figure>"),
    "captions of a figure": ("<figure><img src=a>", "<figcaption>a</figcaption>", "</figure>"),
    "blocks after notes without words": ('<a class="nootnum" href="#n1">1</a>' * 999, "<p></p>", '<p class="noot" id="n1">b</p>'),
    "table of rows": ("<table>", "<tr><td>a</td></tr>", "</table>"),
    "table of empty rows": ("<table><tr><td>a</td></tr>", "<tr><td></td></tr>", "</table>"),
    "table of columns": ("<table><tr>", "<td>a</td>", "</tr></table>"),
    "table of merged cells": (
        "<table>", f"<tr>{'<td rowspan=100 colspan=100>a</td>' * 10}<td>b</td></tr>{'<tr><td>b</td></tr>' * 99}", "</table>",
    ),
    "table of empty merged cells": (
        "<table>", f"<tr>{'<td rowspan=100 colspan=100></td>' * 10}<td>b</td></tr>{'<tr><td>b</td></tr>' * 99}", "</table>",
    ),
    "table of merged cells alone": ("<table>", "<tr><td rowspan=999 colspan=999>a</td></tr>", "</table>"),
    "table of merged cells in a row": ("<table><tr>", "<td rowspan=100>a</td>", "</tr><tr><td>b</td></tr></table>"),
    "table of merged cells in all rows": ("<table>", f"<tr>{'<td rowspan=100 colspan=100>a</td>' * 20}</tr>", "</table>"),
    "table of merged and empty cells": ("<table>", f"<tr>{'<td rowspan=100>a</td><td></td>' * 50}</tr>", "</table>"),
    "table of one cell": ("<table><tr><td>", "<p>a</p>", "</td></tr></table>"),
    "table of captions in a cell": ("<table><tr><td>", "<p class=bijschrift>a</p>", "</td></tr></table>"),
    "table of figures in a cell": ("<table><tr><td>", "<figure><img src=a></figure>", "</td></tr></table>"),
    "table of feet": ("<table>", "<tfoot><tr><td>a</td></tr></tfoot>", "</table>"),
}  # fmt: skip
"""What stands before, over and over and after, within the paper."""
_BEFORE = {
    "spaces": ("", " ", ""),
    "comments": ("", "<!-- a -->", ""),
    "begun comments": ("", "<!-- <p", ""),
    "declared entities": ("<!DOCTYPE html [", '<!ENTITY a "b">', "]>"),
    "begun declarations": ("", "<!DOCTYPE html [ ", ""),
    "begun encodings": ("", "<?xml <meta ", ""),
    "attributes of the root": ("<html ", "a#=b ", ">"),
    "a second head": ("<html><head>", '<meta name="x#" content="y">', "</head>"),
}
_METAS_OVER = {
    "submitters": '<meta name="OVERHEIDop.indiener" content="A. B#">',
    "names": '<meta name="x#" content="y">',
    "identifiers": '<meta name="DC.identifier" content="kst-9#-1">',
    "dossiers": '<meta name="OVERHEIDop.dossiernummer" content="9#">',
    "attachments": '<meta name="OVERHEIDop.bijlage" content="blg-9#">',
    "kinds": '<meta name="DC.type" content="a#">',
}
_MANY = {
    "attributes over many": ("<p ", "a#=b ", ">a</p>", 8_000),
    "classes over many": ('<p class="', "a# ", '">a</p>', 4_000),
}


def over(wrap: Callable[[str], bytes], before: str, unit: str, after: str = "") -> Shape:
    """A shape with a unit over and over between what stands before and after it."""
    return lambda size: wrap(before + times(unit, size) + after)


def pages() -> Iterator[tuple[str, Shape]]:
    """Every shape of a page with its name."""
    for name, (before, unit, after) in _BETWEEN.items():
        yield name, over(page, before, unit, after)
    for name, (before, unit, after, each) in _MANY.items():
        yield name, over(page, "", before + times(unit, each) + after)
    for name, (before, unit, after) in _BEFORE.items():
        yield f"{name} before", over(lambda text: text.encode() + page("<p>a</p>"), before, unit, after)
    for name, unit in _METAS_OVER.items():
        yield f"metadata of many {name}", over(_with_meta, "", unit)
    for name, unit in _UNITS.items():
        yield f"many {name}", over(page, "", unit)
    for name, (begin, end) in _NESTED.items():
        for inner in _INNER:
            yield f"{inner} in nested {name}", over(page, begin * 190, inner, end * 190)
        yield f"deep {name}", over(page, "", begin, "a")
    for name, text in _TEXTS.items():
        for place, form in _PLACES.items():
            before, _, after = form.partition("{}")
            yield f"{name} in a {place}", over(page, before, text, after)
        for meta in _METAS:
            yield f"{name} as {meta}", over(_with_meta, f'<meta name="{meta}" content="', text, '">')
    yield "broken bytes", lambda size: page("<p>a") + b"\xc3" * size
    yield "zeros", over(page, "", "\0")


def _with_meta(meta: str) -> bytes:
    return page("<p>a</p>", meta)
