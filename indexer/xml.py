"""Reads official XML, the present dialect (2010 on) and that of 1995–2009, into the same flow as the pages.

Element names are translated into calls of ``Flow``; an unknown element is a block whose text stands where it stood. Processing
instructions split words and mean nothing. Nothing here decides what a field of the paper is; ``assemble`` does.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from indexer.flow import Flow, ReadNote, ReadPaper
from indexer.metadata import Metadata, from_meta
from indexer.walk import Leave, walk

ROOT_NAMES = frozenset(("officiele-publicatie", "kamerwrk", "kamerstuk", "aanhangsel", "vraagdocument"))

_INLINE = frozenset(
    [
        "nadruk",
        "inf",
        "sup",
        "sub",
        "extref",
        "intref",
        "dossierref",
        "unl",
        "vet",
        "cur",
        "ondlijn",
        "rom",
        "halfvet",
        "klkap",
        "kap",
        "redactie",
        "plaats",
        "datum",
        "marquering",
        "voornaam",
        "achternaam",
        "raadnr",
        "dossiernr",
        "begrotingshoofdstuk",
        "rijkswetnr",
        "ondernummer",
    ]
)
_SKIP = frozenset(["metadata", "kamerstukkop", "versie", "ordernr", "vergjaar", "meta-data", "plaatje", "illustratie"])
_STRUCTURES = frozenset(
    [
        "hoofdstuk",
        "afdeling",
        "paragraaf",
        "sub-paragraaf",
        "artikel",
        "wijzig-artikel",
        "bijlage",
        "nota-toelichting",
        "boek",
        "deel",
        "titeldeel",
    ]
)


@dataclass(slots=True)
class Frontmatter:
    """What the head of the XML itself tells of the paper (the metadata may be a mere pointer)."""

    chamber: str = ""
    session: str = ""
    metadata: Metadata = field(default_factory=Metadata)


def frontmatter_of(root: etree._Element) -> Frontmatter:
    """Read the head of either dialect."""
    lines = {line.get("inhoud"): _text(line) for line in root.iter("tekstregel")}
    chamber = lines.get("kameraanduiding", "")
    session = lines.get("vergaderjaar", "") or next((_text(e) for e in root.iterfind("frontm/vergjaar")), "")
    if not chamber:
        titles = [_text(e) for e in root.iterfind("kop/titel")] + [_text(e) for e in root.iterfind("kop/subtitel")]
        chamber = next((title for title in titles if title.startswith(("Tweede Kamer", "Eerste Kamer"))), "")
    return Frontmatter(chamber, session, from_meta(root.iterfind("metadata/meta")))


def read_xml(root: etree._Element) -> ReadPaper:
    """Read the paper in an XML tree."""
    reader = _XmlReader()
    walk(root, reader.enter, lambda text: reader.flow.line.add(text))
    reader.flow.boundary()
    return reader.flow.read


class _XmlReader:
    """Holds what is open while the tree is walked."""

    def __init__(self) -> None:
        self.flow = Flow()
        self._divisions = 0
        self._notes = 0
        self._function = ""
        self._dossier = ("", "")
        self._handlers: dict[str, Callable[[etree._Element], tuple[bool, Leave]]] = {
            "dossier": self._enter_dossier,
            "onderw": self._enter_dossier,
            "dossiernummer": self._enter_dossier_number,
            "stuknr": self._enter_number,
            "ltrlabel": lambda _: (False, None),
            "nummer": self._enter_legacy_number,
            "titel": self._enter_title,
            "naam": self._enter_name,
            "datumtekst": self._enter_date_line,
            "algemeen": lambda _: self._container(annex=False),
            "bijlage": lambda _: self._container(annex=True),
            "divisie": self._enter_division,
            "kop": self._enter_heading,
            "tussenkop": self._enter_tussenkop,
            "tuskop": self._enter_tussenkop,
            "lijst": lambda _: self._block(self.flow.begin_list, self.flow.end_list),
            "li": lambda _: (True, self.flow.end_item),
            "li.nr": lambda _: (True, self.flow.marker),
            "lidnr": lambda _: (True, self.flow.marker),
            "table": self._enter_table,
            "row": self._enter_row,
            "entry": self._enter_cell,
            "noot": self._enter_note,
            "voetnoot": self._enter_note,
            "noot.nr": lambda _: (False, None),
            "nootref": self._enter_note_ref,
            "voetref": self._enter_note_ref,
            "extref": self._enter_link,
            "ondertekening": lambda _: self._enter_signature(),
            "ondtek": lambda _: self._enter_signature(),
            "functie": self._enter_function,
        }

    def enter(self, element: etree._Element) -> tuple[bool, Leave]:
        name = etree.QName(element).localname
        if name in _SKIP:
            return False, None
        handler = self._handlers.get(name)
        if handler and not (
            self._notes and name in ("table", "lijst", "li", "kop", "algemeen", "bijlage", "titel", "naam", "functie")
        ):
            return handler(element)
        if name in _INLINE:
            return True, self.flow.line.space if name == "voornaam" else None
        return self._block()

    def _block(self, begin: Callable[[], None] | None = None, end: Leave = None) -> tuple[bool, Leave]:
        (begin or self.flow.boundary)()
        return True, end or self.flow.boundary

    # Head of the paper

    def _enter_dossier(self, _: etree._Element) -> tuple[bool, Leave]:
        self.flow.push()
        self._dossier = ("", "")

        def leave() -> None:
            rest = self.flow.pop().text
            number, title = self._dossier
            self.flow.read.dossiers.append((number, title or rest))

        return True, leave

    def _enter_dossier_number(self, _: etree._Element) -> tuple[bool, Leave]:
        return self._captured(lambda text: setattr(self, "_dossier", (text, self._dossier[1])))

    def _enter_number(self, _: etree._Element) -> tuple[bool, Leave]:
        return self._captured(self._set_number)

    def _set_number(self, text: str) -> None:
        self.flow.read.number = self.flow.read.number or text

    def _captured(self, use: Callable[[str], None]) -> tuple[bool, Leave]:
        """Send the element's text to ``use`` in place of the running paragraph."""
        if self.flow.capturing:
            self.flow.push_inline()
        else:
            self.flow.push()
        return True, lambda: use(self.flow.pop().text)

    def _enter_legacy_number(self, element: etree._Element) -> tuple[bool, Leave]:
        parent = _parent(element)
        if parent == "onderw":
            return self._enter_dossier_number(element)
        return self._enter_number(element) if parent == "stuk" else self._block()

    def _enter_title(self, element: etree._Element) -> tuple[bool, Leave]:
        parent = _parent(element)
        if parent == "dossier":
            return self._captured(lambda text: setattr(self, "_dossier", (self._dossier[0], text)))
        if parent == "stuk" and self.flow.read.kind_line is None:
            self.flow.push()

            def leave() -> None:
                self.flow.read.kind_line = self.flow.pop()

            return True, leave
        if parent == "kop" and _parent(element.getparent()) == "kamerwrk":
            return False, None
        return self._spaced()

    def _spaced(self) -> tuple[bool, Leave]:
        """A block that is one of several words within a heading."""
        return self._block()

    def _enter_date_line(self, element: etree._Element) -> tuple[bool, Leave]:
        self.flow.push()
        dates = [date.get("isodatum") or _text(date) for date in element.iter("datum")]

        def leave() -> None:
            self.flow.read.date_lines.append(self.flow.pop().text)
            self.flow.read.date = self.flow.read.date or next((date for date in dates if date), "")

        return True, leave

    # Structure

    def _container(self, *, annex: bool) -> tuple[bool, Leave]:
        before = self.flow.begin_container(annex=annex)
        return True, lambda: self.flow.end_container(before)

    def _enter_division(self, _: etree._Element) -> tuple[bool, Leave]:
        self.flow.boundary()
        self._divisions += 1

        def leave() -> None:
            self.flow.boundary()
            self._divisions -= 1

        return True, leave

    def _enter_heading(self, element: etree._Element) -> tuple[bool, Leave]:
        parent = _parent(element)
        if parent == "kamerwrk":
            return False, None
        self.flow.boundary()
        if parent == "divisie":
            level = self.flow.division_level(max(self._divisions, 1))
        else:
            level = self.flow.structure_level(parent if parent in _STRUCTURES else "vraag")
        return self._heading(element, level)

    def _enter_tussenkop(self, element: etree._Element) -> tuple[bool, Leave]:
        if self.flow.capturing:
            return self._block()
        style = element.get("kopopmaak") or element.get("letat") or "vet"
        return self._heading(element, self.flow.tussenkop_level(style))

    def _heading(self, element: etree._Element, level: int) -> tuple[bool, Leave]:
        if self.flow.capturing:
            return self._block()
        self.flow.push()
        return True, lambda: self.flow.heading(self.flow.pop(), level, element.get("id") or "")

    def _enter_table(self, _: etree._Element) -> tuple[bool, Leave]:
        return (True, self.flow.end_table) if self.flow.begin_table() else (True, self.flow.boundary)

    def _enter_row(self, element: etree._Element) -> tuple[bool, Leave]:
        if self.flow.table and not self.flow.capturing and not _nested(element):
            self.flow.end_cell()
            self.flow.table.begin_row()
            return True, None
        return self._block()

    def _enter_cell(self, element: etree._Element) -> tuple[bool, Leave]:
        if self.flow.table is None or self.flow.capturing or _nested(element):
            return self._block()
        rows = element.get("morerows") or "0"
        self.flow.begin_cell(
            header=any(etree.QName(a).localname == "thead" for a in element.iterancestors()),
            colspan=_columns(element),
            rowspan=int(rows) + 1 if rows.isascii() and rows.isdigit() and len(rows) < 4 else 1,
        )
        return True, self.flow.end_cell

    # Footnotes and links

    def _enter_note(self, element: etree._Element) -> tuple[bool, Leave]:
        number = next((_text(nr) for nr in element.iterfind("noot.nr")), "") or element.get("nr") or ""
        legacy = etree.QName(element).localname == "voetnoot"
        note_id = element.get("id") or f"{'voetnoot' if legacy else 'noot'}-{number}"
        if not legacy:
            self.flow.line.note(note_id)
        self.flow.push_inline()
        self._notes += 1

        def leave() -> None:
            self._notes -= 1
            self.flow.read.notes.append(ReadNote(note_id, number, self.flow.pop()))

        return True, leave

    def _enter_note_ref(self, element: etree._Element) -> tuple[bool, Leave]:
        target = element.get("refid") or element.get("doc") or element.get("idref") or ""
        self.flow.line.note(target.lstrip("#") or f"voetnoot-{element.get('nr') or _text(element)}")
        return False, None

    def _enter_link(self, element: etree._Element) -> tuple[bool, Leave]:
        target = element.get("doc") or ""
        if not target.startswith("kst-"):
            return True, None
        line = self.flow.line
        line.open_link(target)
        return True, line.close_link

    # Signatures

    def _enter_signature(self) -> tuple[bool, Leave]:
        self.flow.push()
        self._function = ""

        def leave() -> None:
            if self._function:
                self.flow.read.signatures.append((self._function, ""))
                self._function = ""
            rest = self.flow.pop().text
            if any(c.isalnum() for c in rest):
                self.flow.line.add(rest)
                self.flow.boundary()

        return True, leave

    def _enter_function(self, element: etree._Element) -> tuple[bool, Leave]:
        if _parent(element) not in ("ondertekening", "ondtek"):
            return self._block()

        def use(text: str) -> None:
            if self._function:
                self.flow.read.signatures.append((self._function, ""))
            self._function = text

        return self._captured(use)

    def _enter_name(self, element: etree._Element) -> tuple[bool, Leave]:
        parent = _parent(element)
        if parent == "onderw":
            return self._captured(lambda text: setattr(self, "_dossier", (self._dossier[0], text)))
        if parent not in ("ondertekening", "ondtek"):
            return self._block()

        def use(text: str) -> None:
            self.flow.read.signatures.append((self._function, text))
            self._function = ""

        return self._captured(use)


def _text(element: etree._Element) -> str:
    return " ".join("".join(text for text in element.itertext() if isinstance(text, str)).split())


def _parent(element: etree._Element | None) -> str:
    parent = element.getparent() if element is not None else None
    return etree.QName(parent).localname if parent is not None else ""


def _nested(element: etree._Element) -> bool:
    """Whether a row or cell belongs to a table within a cell."""
    return sum(1 for a in element.iterancestors() if etree.QName(a).localname == "table") > 1


def _columns(element: etree._Element) -> int:
    """How many columns a CALS entry spans: its name numbers are those of ``colspec``."""
    first, last = element.get("namest"), element.get("nameend")
    group = next((a for a in element.iterancestors() if etree.QName(a).localname == "tgroup"), None)
    if not (first and last and group is not None):
        return 1
    names = [
        spec.get("colname") for spec in group.iter() if isinstance(spec.tag, str) and etree.QName(spec).localname == "colspec"
    ]
    return max(names.index(last) - names.index(first) + 1, 1) if first in names and last in names else 1
