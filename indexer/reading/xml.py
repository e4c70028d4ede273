"""Reads official XML, of the present dialect (since 2010) and of that of 1995–2009, into the same flow as the pages.

Element names are translated into calls of ``Flow``. An unknown element is a block whose text stands where it stood, or within a
sentence some more words of it. Processing instructions split words and mean nothing. Two of three files hold no metadata but
only a pointer to it; ``frontmatter_of`` reads chamber and session year from the printed head. What a field of the paper is,
``assemble`` decides.
"""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from indexer.collections.collection import Marks
from indexer.paper.identifier import published_at
from indexer.reading.flow import Flow
from indexer.reading.metadata import PUBLICATION_TYPE, Metadata, from_meta
from indexer.reading.pieces import FinishedLine, ReadNote, ReadPaper
from indexer.reading.ranks import CHANGES, INSERTING
from indexer.reading.tables import CalsColumns
from indexer.reading.trees import Leave, is_element, local_name, text_of, walk

ROOT_NAMES = frozenset(("officiele-publicatie", "kamerwrk", "kamerstuk", "aanhangsel", "vraagdocument"))
"""The elements an official XML file of a paper begins with."""
_CHAMBERS = {"1": "Eerste Kamer", "2": "Tweede Kamer", "ek": "Eerste Kamer", "tk": "Tweede Kamer"}
_INLINE = frozenset((
    "nadruk", "inf", "sup", "sub", "extref", "intref", "dossierref", "unl", "ovl", "vet", "cur", "ondlijn", "rom", "halfvet",
    "klkap", "kap", "redactie", "plaats", "datum", "marquering", "afkorting", "voornaam", "achternaam", "raadnr", "dossiernr",
    "begrotingshoofdstuk", "rijkswetnr", "ondernummer", "formule",
))  # fmt: skip
_BESIDE_EDITION = frozenset(("stuknr", "ondernummer", "nummer", "titel"))
"""Elements above the text that may hold the edition."""
_BOLD = frozenset(("vet", "halfvet", "vetcur"))
_SENTENCES = _INLINE | {
    "al", "noot.al", "titel", "tussenkop", "tuskop", "naam", "functie", "wat", "wij", "wie", "considerans.al", "term",
}  # fmt: skip
"""Within these an unknown element is part of the sentence."""
_BLOCKS = frozenset((
    "al", "al-groep", "noot.al", "lijst", "li", "table", "plaatje", "illustratie", "divisie", "kop", "tekst", "vrije-tekst",
    "bijschrift", "witreg",
))  # fmt: skip
_OUTSIDE = frozenset(("metadata", "kamerstukkop", "versie", "ordernr", "vergjaar"))
"""What the head of the file holds beside the paper; ``frontmatter_of`` reads it."""
_TITLED = frozenset(("toelichting", "artikel", "wijzig-artikel", "bijlage"))
"""Elements whose title may stand without a ``kop`` around it."""
_NUMBERED = CHANGES | {"lid"}
"""Elements whose ``nr`` stands before their text on one line."""
Entered = tuple[bool, Leave]
"""Whether to go into an element, and what to do at its end."""
_SKIP: Entered = (False, None)


@dataclass(frozen=True, slots=True)
class Frontmatter:
    """What the head of the XML itself tells of the paper (the metadata may be a mere pointer)."""

    chamber: str = ""
    session: str = ""
    metadata: Metadata = field(default_factory=Metadata)


def frontmatter_of(root: etree._Element) -> Frontmatter:
    """Read the head of either dialect."""
    lines = {line.get("inhoud"): text_of(line) for line in root.iter("{*}tekstregel")}
    session = lines.get("vergaderjaar", "") or next((text_of(e) for e in root.iterfind("{*}frontm/{*}vergjaar")), "")
    titles = [text_of(title) for name in ("titel", "subtitel") for title in root.iterfind(f"{{*}}kop/{{*}}{name}")]
    printed = (title for title in titles if title.startswith(("Tweede Kamer", "Eerste Kamer")))
    coded = _CHAMBERS.get(lines.get("kamernummer", ""), "") or _CHAMBERS.get(root.get("kamer") or "", "")
    chamber = lines.get("kameraanduiding", "") or next(printed, "") or coded
    told = from_meta(root.iterfind("{*}metadata/{*}meta"))
    return Frontmatter(chamber, session, Metadata((*told.entries, (PUBLICATION_TYPE, "", (root.get("publtype") or "").strip()))))


def contents_of(root: etree._Element) -> tuple[str, ...]:
    """What the file says it holds: the names of its first element and of those directly below it."""
    return tuple(local_name(element) for element in (root, *root) if is_element(element))


def read_xml(root: etree._Element, marks: Marks) -> ReadPaper:
    """Read the paper in an XML tree; ``marks`` are those of its collection."""
    reader = _XmlReader(root, marks)
    walk(root, reader.enter, reader.flow.text)
    reader.flow.end_item()
    return reader.flow.read


class _XmlReader:
    """Holds what is open while the tree is walked."""

    def __init__(self, root: etree._Element, marks: Marks) -> None:
        self.flow = Flow()
        self._marks = marks
        self._openings = 0
        self._parents: list[str] = []
        self._divisions = 0
        self._in_note = False
        self._in_head = False
        self._columns = CalsColumns()
        self._notes = NoteIds(root)
        self._dossier_number = ""
        self._dossier_title = ""
        self._handlers: dict[str, Callable[[etree._Element], Entered | None]] = {
            "dossier": self._enter_dossier,
            "onderw": self._enter_dossier,
            "dossiernummer": self._enter_dossier_number,
            "stuknr": self._enter_number,
            "ltrlabel": self._enter_label,
            "herdruk": self._enter_edition,
            "nummer": self._enter_legacy_number,
            "titel": self._enter_title,
            "datumtekst": self._enter_date_line,
            **dict.fromkeys(("algemeen", "amendement", "voorstel-wet"), self._enter_body),
            **dict.fromkeys(("voorstel-sluiting", "wetsluiting"), self._enter_closing),
            **dict.fromkeys(INSERTING, self._enter_change),
            "bijlage": lambda _: (True, self.flow.open_container(annex=True)),
            "divisie": self._enter_division,
            "kop": self._enter_heading,
            "tussenkop": self._enter_tussenkop,
            "tuskop": self._enter_tussenkop,
            "ondertekening": self._enter_signature,
            "ondtek": self._enter_signature,
            "functie": self._enter_function,
            "naam": self._enter_name,
            "deze": self._enter_deputy,
        }
        self._anywhere: dict[str, Callable[[etree._Element], Entered | None]] = {
            "lijst": lambda _: (True, self.flow.open_list()),
            "li": lambda _: self._block(self.flow.end_item),
            "li.nr": lambda _: (True, self.flow.marker),
            "lidnr": lambda _: (True, self.flow.marker),
            "nr": lambda _: (True, self.flow.marker) if self._parent in _NUMBERED else None,
            "definitielijst": lambda _: (True, self.flow.open_list()),
            "definitie-item": lambda _: self._block(self.flow.end_item),
            "term": lambda _: (True, self.flow.marker) if self._parent == "definitie-item" else None,
            "table": lambda _: (True, self.flow.open_table()),
            "title": self._enter_caption,
            "row": lambda _: (True, self.flow.open_row(foot=self._parent == "tfoot")),
            "entry": self._enter_cell,
            "noot": self._enter_note,
            "voetnoot": self._enter_note,
            "noot.nr": lambda _: _SKIP if self._in_note else (True, None),
            "nootref": self._enter_note_reference,
            "voetref": self._enter_note_reference,
            "extref": self._enter_link,
            "plaatje": self._enter_figure,
            "illustratie": self._enter_image,
            "illus": self._enter_image,
            "bijschrift": lambda _: (True, self.flow.open_caption()),
            "nadruk": self._enter_emphasis,
            "vet": lambda _: (True, self.flow.open_bold()),
            "halfvet": lambda _: (True, self.flow.open_bold()),
        }

    def enter(self, element: etree._Element) -> Entered:
        """What ``walk`` asks of each element; keeps the names of those that are open."""
        name = local_name(element)
        if name in _OUTSIDE or name in self._marks.outside:
            return _SKIP
        descend, leave = self._enter(name, element)
        if not descend:
            return _SKIP
        # Within a sentence what is in an unknown element is of the sentence too, however deep.
        known = name in _BLOCKS or name in _SENTENCES or self._parent not in _SENTENCES
        self._parents.append(name if known or name in self._handlers or name in self._anywhere else self._parent)

        def end() -> None:
            self._parents.pop()
            if leave:
                leave()

        return True, end

    def _enter(self, name: str, element: etree._Element) -> Entered:
        handler = self._anywhere.get(name) or (None if self._in_note or self._openings else self._handlers.get(name))
        if handler and (entered := handler(element)):
            return entered
        if not self.flow.capturing and not self.flow.in_cell and (special := self._special(name, element)):
            return special
        if self._openings or name in _INLINE or (self._parent in _SENTENCES and name not in _BLOCKS):
            return True, self.flow.line.space if name == "voornaam" else None
        return self._block()

    def _special(self, name: str, element: etree._Element) -> Entered | None:
        """What elements mean in the files of this collection only; None for others."""
        marks = self._marks
        if name in marks.openings:
            return True, self._opening()
        if name in marks.numbers and not self.flow.read.number:
            return True, self.flow.open_head(self._take_number)
        if name == "nr" and self._parent in marks.headed:
            return True, self.flow.open_heading(self.flow.ranks.structure(self._parent), element.get("id") or "")
        return (True, self.flow.open_container(annex=True)) if name in marks.annexes else None

    def _opening(self) -> Leave:
        self._openings += 1
        end = self.flow.open_opening()

        def leave() -> None:
            self._openings -= 1
            end()

        return leave

    @property
    def _parent(self) -> str:
        return self._parents[-1] if self._parents else ""

    def _block(self, end: Leave = None) -> Entered:
        self.flow.boundary()
        return True, end or self.flow.boundary

    # Head of the paper

    def _enter_dossier(self, _: etree._Element) -> Entered:
        if self.flow.capturing:
            return self._block()
        self._dossier_number = self._dossier_title = ""
        self._in_head = True

        def take(rest: str) -> None:
            self._in_head = False
            title = " ".join(part for part in (self._dossier_title, rest) if part)
            self.flow.read.dossiers.append((self._dossier_number, title))

        return True, self.flow.open_head(take)

    def _enter_dossier_number(self, _: etree._Element) -> Entered:
        if not self._in_head or self._dossier_number:
            return self._block()
        return True, self.flow.open_inline(self._take_dossier_number)

    def _take_dossier_number(self, text: str) -> None:
        self._dossier_number = text

    def _take_dossier_title(self, text: str) -> None:
        self._dossier_title = f"{self._dossier_title} {text}".strip()

    def _enter_number(self, _: etree._Element) -> Entered:
        if self.flow.capturing or self.flow.read.number:
            return self._block()
        return True, self.flow.open_head(self._take_number)

    def _take_number(self, text: str) -> None:
        self.flow.read.number = text

    def _enter_edition(self, _: etree._Element) -> Entered:
        within = next((name for name in reversed(self._parents) if name not in _BESIDE_EDITION), "")
        if self.flow.read.edition or self.flow.read.blocks or within not in ("stuk", "kamerstuk"):
            return self._block()
        if self.flow.capturing:
            return True, self.flow.open_inline(self._take_edition)
        return True, self.flow.open_head(self._take_edition)

    def _take_edition(self, text: str) -> None:
        self.flow.read.edition = text

    def _enter_label(self, _: etree._Element) -> Entered:
        return self._block() if self.flow.capturing or self.flow.read.number else _SKIP

    def _enter_legacy_number(self, element: etree._Element) -> Entered:
        if self._parent == "onderw":
            return self._enter_dossier_number(element)
        return self._enter_number(element) if self._parent == "stuk" else self._block()

    def _enter_title(self, element: etree._Element) -> Entered:
        if self._in_head and self._parent == "dossier":
            return True, self.flow.open_inline(self._take_dossier_title)
        if self._parent == "plaatje":
            return True, self.flow.open_caption()
        if self._parent == "stuk" and not self.flow.capturing:
            if self.flow.read.kind_line is None:
                return True, self.flow.open_head(self._take_kind_line)
            return True, self.flow.open_heading(self.flow.ranks.structure("stuk"), element.get("id") or "")
        if self._parent in _TITLED and not self.flow.capturing and not self.flow.in_cell:
            return True, self.flow.open_heading(self.flow.ranks.structure(self._parent), element.get("id") or "")
        return self._block()

    def _take_kind_line(self, text: str) -> None:
        self.flow.read.kind_line = text

    def _enter_date_line(self, element: etree._Element) -> Entered:
        if self.flow.capturing:
            return self._block()
        dates = (date.get("isodatum") or text_of(date) for date in element.iter("{*}datum"))
        self.flow.read.date = self.flow.read.date or next((date for date in dates if date), "")
        return True, self.flow.open_head(self.flow.read.date_lines.append)

    # Structure

    def _enter_body(self, _: etree._Element) -> Entered:
        return True, self.flow.open_container(annex=False)

    def _enter_closing(self, _: etree._Element) -> Entered:
        return True, self.flow.open_closing()

    def _enter_change(self, _: etree._Element) -> Entered:
        return True, self.flow.open_change()

    def _enter_division(self, _: etree._Element) -> Entered:
        self._divisions += 1

        def leave() -> None:
            self._divisions -= 1
            self.flow.boundary()

        return self._block(leave)

    def _enter_heading(self, element: etree._Element) -> Entered:
        if self._parent == "kamerwrk":
            return _SKIP
        if self.flow.capturing or self.flow.in_cell:
            return self._block()
        division = self._parent == "divisie"
        rank = self.flow.ranks.division(self._divisions) if division else self.flow.ranks.structure(self._parent)
        return True, self.flow.open_heading(rank, element.get("id") or "")

    def _enter_tussenkop(self, element: etree._Element) -> Entered:
        if self.flow.capturing or self.flow.in_cell:
            return self._block()
        style = element.get("kopopmaak") or element.get("letat") or "vet"
        return True, self.flow.open_heading(self.flow.ranks.tussenkop(style), element.get("id") or "")

    def _enter_cell(self, element: etree._Element) -> Entered:
        rows = element.get("morerows") or "0"
        column, width = self._columns.taken(element)
        height = int(rows) + 1 if rows.isascii() and rows.isdigit() and len(rows) < 4 else 1
        return True, self.flow.open_cell(header="thead" in self._parents[-2:], colspan=width, rowspan=height, column=column)

    # Figures and emphasis

    def _enter_figure(self, element: etree._Element) -> Entered:
        end = self.flow.open_figure()

        def leave() -> None:
            if not end():
                self._image(element)

        return True, leave

    def _enter_image(self, element: etree._Element) -> Entered:
        self._image(element)
        return self._block() if len(element) or element.text else _SKIP

    def _image(self, element: etree._Element) -> None:
        figure = element.getparent() if self._parent == "plaatje" else None
        sources = [element] if figure is None else [element, figure]
        alt, name, official = (
            next((value for source in sources for key in keys if (value := source.get(key))), "")
            for keys in (("alt", "titel", "title"), ("naam", "bestand", "src"), ("id",))
        )
        self.flow.image(" ".join(alt.split()), name, official)

    def _enter_caption(self, _: etree._Element) -> Entered:
        return (True, self.flow.open_caption()) if self._parent in ("table", "tgroup") else self._block()

    def _enter_emphasis(self, element: etree._Element) -> Entered:
        return True, self.flow.open_bold() if (element.get("type") or "") in _BOLD else None

    # Footnotes and links

    def _enter_note(self, element: etree._Element) -> Entered:
        if self._in_note:
            return self._block()
        note_id, number = self._notes.begun(element)
        # A ``noot`` stands where it is referred to; a ``voetnoot`` is referred to by ``voetref``.
        if local_name(element) == "noot":
            self.flow.line.note(note_id)
        self._in_note = True

        def take(line: FinishedLine) -> ReadNote:
            self._in_note = False
            return ReadNote(note_id, number, line)

        return True, self.flow.open_note(take)

    def _enter_note_reference(self, element: etree._Element) -> Entered:
        if self._in_note:
            self.flow.line.space()
            self.flow.text("" if text_of(element) else element.get("nr"))
            return True, None
        self.flow.line.note(self._notes.referred(element))
        return _SKIP

    def _enter_link(self, element: etree._Element) -> Entered:
        target = published_at(element.get("doc") or "")
        if not target:
            return True, None
        line = self.flow.line
        line.open_link(target)
        return True, line.close_link

    # Signatures

    def _enter_signature(self, _: etree._Element) -> Entered:
        return self._block() if self.flow.capturing else (True, self.flow.open_signature())

    def _enter_function(self, _: etree._Element) -> Entered:
        return (True, self.flow.open_function()) if self.flow.in_signature else self._block()

    def _enter_deputy(self, _: etree._Element) -> Entered:
        return (True, self.flow.open_deputy()) if self.flow.in_signature else self._block()

    def _enter_name(self, _: etree._Element) -> Entered:
        if self.flow.in_signature:
            return True, self.flow.open_name()
        if self._in_head and self._parent == "onderw":
            return True, self.flow.open_inline(self._take_dossier_title)
        return self._block()


class NoteIds:
    """Tells notes apart, also where ids or numbers come again, as those of old papers do on every page."""

    def __init__(self, root: etree._Element) -> None:
        self._given: Counter[str] = Counter()
        self._below: dict[str, deque[str]] = defaultdict(deque)
        """By number, the ids of notes that stand apart from their references and are still to come; the last one stays."""
        self._apart: dict[etree._Element, str] = {}
        self._named: dict[str, str] = {}
        """By number, the note last begun."""
        for note in root.iter("{*}voetnoot"):
            number = note.get("nr") or ""
            self._apart[note] = self._once(note.get("id") or f"noot-{number}")
            self._below[number].append(self._apart[note])

    def begun(self, note: etree._Element) -> tuple[str, str]:
        """Id and number of a note that begins."""
        number = next((text_of(nr) for nr in note.iterfind("{*}noot.nr")), "") or note.get("nr") or ""
        apart = self._below.get(note.get("nr") or "")
        if note in self._apart and apart and len(apart) > 1:
            apart.popleft()
        note_id = self._apart.get(note) or self._once(note.get("id") or f"noot-{number}")
        self._named[number] = note_id
        return note_id, number

    def referred(self, reference: etree._Element) -> str:
        """The id of the note that a reference apart from it leads to: by its id, else by its number."""
        named = (reference.get("refid") or reference.get("idref") or "").removeprefix("#")
        if named:
            return named
        number = reference.get("nr") or text_of(reference)
        return self._below[number][0] if number in self._below else self._named.get(number, f"noot-{number}")

    def _once(self, note_id: str) -> str:
        self._given[note_id] += 1
        return note_id if self._given[note_id] == 1 else f"{note_id}-{self._given[note_id]}"
