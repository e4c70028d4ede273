"""Small fictional papers for tests: the official wrapping around a body that a test writes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from indexer.paper.model import Kamerstuk, Section
from indexer.reading.official_file import OfficialFile, read_paper

_WORD = re.compile(r"\w+")

TOP = (
    '<h1 class="dossiertitel"><a id="d1" name="d1"></a><span class="dossiernummer">\n 91\u00a0234\n </span> Zuidpoolzaken\n</h1>'
    '<div class="stuk"><h1 class="stuktitel"><span class="stuknummer">Nr. 7\n </span> BRIEF VAN DE MINISTER VAN IJSZAKEN</h1>'
)

NOTE_FORM = (
    '<div class="voet noot snp-mouseoffset" id="supernote-note-{id}"><h5 class="note-close"><a class="note-close" href="#x">X'
    "</a> Noot"
    '</h5><sup><span class="nootnum"><a id="{id}" name="{id}"></a>{n}</span></sup><p>{text}</p></div>'
)
"""A footnote as the generator writes it; format with ``id``, ``n`` and ``text``."""


def page(body: str, *, head: str = "", identifier: str = "kst-91234-7", after: str = "", top: str = TOP) -> str:
    """A page of the repository; ``after`` stands behind ``#broodtekst``."""
    bottom = "</div>" if top else ""
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head><meta name="DC.identifier" content="{identifier}" />{head}</head>'
        f"<body>"
        f'<div id="kopregel">menu</div><div id="broodtekst">{top}{body}{bottom}</div>{after}<div id="voetregel">voet</div>'
        f"</body></html>"
    )


def official_xml(body: str, *, meta: str = "", closing: str = "", algemeen: str = "") -> str:
    """A file in the present XML dialect; ``algemeen`` are further parts after the first."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><officiele-publicatie><metadata>'
        f'<meta name="DC.identifier" content="kst-91234-7"/>{meta}</metadata><kamerstuk><kamerstukkop>'
        '<tekstregel inhoud="vergaderjaar">Vergaderjaar 2023-2024</tekstregel>'
        '<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel></kamerstukkop>'
        "<dossier><dossiernummer><dossiernr>91 234</dossiernr></dossiernummer><titel>Zuidpoolzaken</titel></dossier>"
        '<stuk><stuknr>Nr. <ondernummer kamer="2">7</ondernummer></stuknr><titel>BRIEF VAN DE MINISTER VAN IJSZAKEN</titel>'
        f"<algemeen><vrije-tekst><tekst>{body}</tekst></vrije-tekst>{closing}</algemeen>{algemeen}</stuk></kamerstuk>"
        "</officiele-publicatie>"
    )


def answers_xml(body: str) -> str:
    """A file with answers to questions, of the present XML dialect."""
    return (
        '<?xml version="1.0" encoding="utf-8"?><officiele-publicatie><metadata>'
        '<meta name="DC.identifier" content="ah-tk-20312032-7"/></metadata><kamervragen><kamervraagkop>'
        '<tekstregel inhoud="vergaderjaar">Vergaderjaar 2031-2032</tekstregel>'
        '<tekstregel inhoud="kameraanduiding">Tweede Kamer der Staten-Generaal</tekstregel></kamervraagkop>'
        f"<kamervraagnummer>7</kamervraagnummer>{body}</kamervragen></officiele-publicatie>"
    )


def read(text: str | bytes, name: str = "kst-91234-7.html", record: bytes | None = None) -> Kamerstuk:
    """Read a file of this content."""
    content = text if isinstance(text, bytes) else text.encode()
    return read_paper(OfficialFile(f"map/{name}", name, content, record))


def read_page(body: str, **parts: str) -> Kamerstuk:
    """Read a page with this body."""
    return read(page(body, **parts))


def read_xml(body: str, **parts: str) -> Kamerstuk:
    """Read an XML file with this body."""
    return read(official_xml(body, **parts), "kst-91234-7.xml")


def shape(paper: Kamerstuk) -> list[tuple[int, str, list[str]]]:
    """Level, heading and paragraphs of each section."""
    return [(section.level, section.heading, [p.text for p in section.paragraphs]) for section in paper.sections]


def only(paper: Kamerstuk) -> Section:
    """The only section of a paper."""
    (section,) = paper.sections
    return section


def texts(paper: Kamerstuk) -> list[str]:
    """The texts of paragraphs of a paper of one section."""
    return [p.text for p in only(paper).paragraphs]


def words(strings: Iterable[str]) -> Counter[str]:
    """How often each word occurs."""
    return Counter(word.lower() for text in strings for word in _WORD.findall(text))


def words_of(paper: Kamerstuk) -> Counter[str]:
    """How often each word occurs in all fields that hold printed text, the printed number lines aside.

    A name that closes a paper as a plain paragraph, alone or after an office, is counted there and not again as a signatory's.
    """
    fields = [*paper.texts(), *(dossier.title for dossier in paper.dossiers)]
    lines = {paragraph.text.strip(" .,;\\") for section in paper.sections for paragraph in section.paragraphs}
    for person in paper.signatories:
        closing = (line for line in lines if line == person.name or line.endswith(f", {person.name}"))
        if not any(person.office.lower() in line.lower() for line in closing):
            fields += (person.name, person.office)
    return words(fields)
