"""The numbers of papers at the Tweede Kamer: reads its OData records, keeps them, and decides which paper each document is.

A record is what the OData service answers: zaken with their documents, documents with or without their zaken, dossiers with
their documents, or lists of these. Names of fields are those of the service; what it leaves out or sets to null is not known.

Three ways lead from a document to its paper, the surest first: the name that its publisher gave it; dossier and number, when
chamber and dossiers agree; and, when it has neither, a title and a date that no other document and no other paper have. What
cannot be told for certain stays undecided. A document is decided anew whenever it or a paper it could be comes or goes, so the
order in which they come makes no difference.
"""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

from indexer.catalogue.seals import read_list, read_lists
from indexer.paper.identifier import Identifier, identifiers_among
from indexer.paper.model import Dossier, Kamerstuk
from indexer.reading.official_file import OfficialFile

Entity = Mapping[str, object]
_DOCUMENT = re.compile(r"(?:19|20)\d\dD\d{5,6}", re.ASCII)
_ZAAK = re.compile(r"(?:19|20)\d\dZ\d{5,6}", re.ASCII)
_CHAMBERS = {1: "Eerste Kamer", 2: "Tweede Kamer"}
SITE = "https://www.tweedekamer.nl/kamerstukken"
_FOLDERS = (("Brief regering", "brieven_regering/"), ("Motie", "moties/"), ("Amendement", "amendementen/"))
"""Where the site shows documents of a kind; all others stand directly below ``kamerstukken``."""


def is_number(text: str) -> bool:
    """Whether a text is the number of a document or zaak, in any case: ``2024D25613``, ``2024z10799``."""
    return bool(_DOCUMENT.fullmatch(text.upper()) or _ZAAK.fullmatch(text.upper()))


@dataclass(frozen=True, slots=True)
class Zaak:
    """A matter that a document belongs to: ``2024Z10799``, of the kind "Brief regering"."""

    number: str
    kind: str = ""
    changed: str = ""
    """The instant of its last change, in UTC. Where two records tell of one thing, the later one counts."""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class DocumentRecord:
    """One document as the Tweede Kamer has recorded it, with everything that tells which paper it is."""

    document: str
    """``2024D25613``."""
    kind: str = ""
    zaken: tuple[Zaak, ...] = ()
    names: tuple[Identifier, ...] = ()
    """What the publisher calls the paper, the present version first. These names are certain."""
    dossiers: tuple[Dossier, ...] = ()
    number: int = 0
    """The ondernummer (``Volgnummer``); 0: none."""
    chamber: str = ""
    title: str = ""
    date: date | None = None
    changed: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class ODataRecords:
    """What a file holds: documents, and the records that are malformed (where in the file, and why)."""

    documents: tuple[DocumentRecord, ...]
    faults: tuple[tuple[str, str], ...]


def is_record(file: OfficialFile) -> bool:
    """Whether a file holds JSON rather than a paper. Names of files may be wrong, so the content is looked at."""
    return file.content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_records(content: bytes) -> ODataRecords:
    """Every document in an answer of the service.

    Raises:
        ValueError: the content is not JSON, or there is no document in it.
    """
    try:
        top = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the JSON cannot be read: {error}") from error
    documents: list[DocumentRecord] = []
    faults: list[tuple[str, str]] = []
    for place, entity in _entities(top):
        try:
            for found in _documents(entity):
                try:
                    documents.append(_record(*found))
                except ValueError as error:
                    faults.append((place, str(error)))
        except ValueError as error:
            faults.append((place, str(error)))
    if not documents and not faults:
        raise ValueError("no document of the Tweede Kamer in it; ask the service for Document, or for Zaak with $expand=Document")
    return ODataRecords(tuple(documents), tuple(faults))


def _entities(top: object) -> Iterator[tuple[str, Entity]]:
    """The records of an answer with their places: one record, or those of a list."""
    values = top.get("value", top) if isinstance(top, dict) else top
    if isinstance(values, list):
        yield from ((f"record {i}", value if isinstance(value, dict) else {}) for i, value in enumerate(values, start=1))
    elif isinstance(values, dict):
        yield "", values


def _documents(entity: Entity) -> Iterator[tuple[Entity, tuple[Entity, ...], tuple[Entity, ...]]]:
    """The documents of a record, each with the zaken and the dossiers it is in."""
    if "DocumentNummer" in entity:
        yield entity, tuple(_list(entity, "Zaak")), tuple(_list(entity, "Kamerstukdossier"))
    elif _is_zaak(entity):
        yield from _of_zaak(entity)
    else:
        for zaak in _list(entity, "Zaak"):
            yield from _of_zaak(zaak)
        for document in _list(entity, "Document"):
            yield document, tuple(_list(document, "Zaak")), (entity, *_list(document, "Kamerstukdossier"))


def _of_zaak(zaak: Entity) -> Iterator[tuple[Entity, tuple[Entity, ...], tuple[Entity, ...]]]:
    for document in _list(zaak, "Document"):
        dossiers = list(_list(document, "Kamerstukdossier"))
        if not dossiers and document.get("Volgnummer") == zaak.get("Volgnummer"):
            # A zaak has the number of the paper it began with; other documents in it may be of other dossiers.
            dossiers += _list(zaak, "Kamerstukdossier")
        yield document, (zaak, *_list(document, "Zaak")), tuple(dossiers)


def _is_zaak(entity: Entity) -> bool:
    number = entity.get("Nummer")
    return isinstance(number, str) and bool(_ZAAK.fullmatch(number.strip().upper()))


def _record(entity: Entity, zaken: Iterable[Entity], dossiers: Iterable[Entity]) -> DocumentRecord:
    document = _text(entity, "DocumentNummer").upper()
    if not _DOCUMENT.fullmatch(document):
        raise ValueError(f"DocumentNummer is {document[:40]!r}, expected the form 2024D25613")
    day = _text(entity, "Datum")
    return DocumentRecord(
        document=document,
        kind=_text(entity, "Soort"),
        zaken=tuple(dict.fromkeys(_zaak(zaak) for zaak in zaken if _is_zaak(zaak))),
        names=tuple(dict.fromkeys(_names(entity))),
        dossiers=tuple(dict.fromkeys(_dossier(dossier) for dossier in dossiers if dossier.get("Nummer") is not None)),
        number=max(_number(entity, "Volgnummer"), 0),
        chamber=_CHAMBERS.get(_number(entity, "Kamer"), ""),
        title=_text(entity, "Onderwerp"),
        date=date.fromisoformat(day[:10]) if day else None,
        changed=_instant(entity),
        removed=entity.get("Verwijderd") is True,
    )


def _zaak(entity: Entity) -> Zaak:
    number = _text(entity, "Nummer").upper()
    return Zaak(number, _text(entity, "Soort"), _instant(entity), entity.get("Verwijderd") is True)


def _dossier(entity: Entity) -> Dossier:
    """``Nummer`` 36410 with ``Toevoeging`` "XII"; 21501 with "20"; 36027 with "(R2160)"."""
    number = str(_number(entity, "Nummer"))
    addition = re.sub(r"[()\s]", "", _text(entity, "Toevoeging")).strip("-")
    return Dossier(f"{number}-{addition}", "") if addition.isdigit() else Dossier(number, addition)


def _names(entity: Entity) -> Iterator[Identifier]:
    """What the present version of the document is called by its publisher, and the files that it was published as."""
    for version in _list(entity, "HuidigeDocumentVersie"):
        texts = [_text(version, "ExterneIdentifier")]
        texts += [_text(file, "Identifier") for file in _list(version, "DocumentPublicatie")]
        yield from identifiers_among(texts)


def _list(entity: Entity, name: str) -> Iterator[Entity]:
    """The records under a name; nothing when it is null or was not asked for."""
    value = entity.get(name)
    for one in value if isinstance(value, list) else () if value is None else (value,):
        if not isinstance(one, dict):
            raise ValueError(f"{name} holds {str(one)[:40]!r}, expected records")
        yield one


def _text(entity: Entity, name: str) -> str:
    value = entity.get(name)
    if value is None:
        return ""
    if not isinstance(value, str):
        raise ValueError(f"{name} is {str(value)[:40]!r}, expected text")
    return " ".join(value.split())


def _number(entity: Entity, name: str) -> int:
    value = entity.get(name)
    if value is None:
        return 0
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise ValueError(f"{name} is {str(value)[:40]!r}, expected a number")
    try:
        return int(value)
    except ValueError as error:
        raise ValueError(f"{name} is {str(value)[:40]!r}, expected a number") from error


def _instant(entity: Entity) -> str:
    """When the record was last changed, in UTC, so that texts compare as instants; empty when it does not tell."""
    text = _text(entity, "GewijzigdOp")
    if not text:
        return ""
    try:
        instant = datetime.fromisoformat(text)
        return (instant if instant.tzinfo else instant.replace(tzinfo=UTC)).astimezone(UTC).isoformat(timespec="microseconds")
    except OverflowError as error:
        raise ValueError(f"GewijzigdOp is {text[:40]!r}, expected an instant") from error


@dataclass(frozen=True, slots=True)
class TweedeKamerNumbers:
    """What a paper is called at the Tweede Kamer, and its address there; empty where that is not known."""

    zaken: tuple[str, ...] = ()
    documents: tuple[str, ...] = ()
    address: str = ""


class TweedeKamer:
    """The Tweede Kamer's documents in the catalogue's database.

    ``get`` gives a paper of the catalogue; ``touch`` is told the identifier of each paper whose numbers have changed.
    """

    def __init__(
        self, database: sqlite3.Connection, get: Callable[[Identifier], Kamerstuk | None], touch: Callable[[Identifier], None]
    ) -> None:
        self._db = database
        self._get = get
        self._touch = touch

    def take(self, record: DocumentRecord) -> int:
        """Take in a record. Of two records of one document or zaak the one that was changed last counts.

        Gives how many papers have other numbers now.
        """
        document = record.document
        paper = self._paper_of(document)
        before = {paper: self.numbers(paper)} if paper else {}
        dirty = {document, *self._alike(document)}
        self._keep(record)
        dirty |= set(self._alike(document))
        return self._settle(dirty, before)

    def paper_changed(self, identifier: Identifier, titles: Iterable[tuple[str | None, str]]) -> None:
        """A paper came, changed or left; ``titles`` are the dates (ISO) and names it had and has."""
        key = str(identifier)
        dirty = set(self._documents("SELECT document FROM tk_documents WHERE paper = ?", key))
        dirty |= set(self._documents("SELECT document FROM tk_names WHERE identifier = ?", key))
        for day, name in set(titles):
            dirty |= set(self._documents("SELECT document FROM tk_documents WHERE date = ? AND title = ?", day, _folded(name)))
        if dirty:
            self._settle(dirty, {})

    def numbers(self, identifier: Identifier) -> TweedeKamerNumbers:
        """The numbers of a paper."""
        documents = sorted((row[0], row[3]) for row in read_list(self._db, "documents", str(identifier)))
        if not documents:
            return TweedeKamerNumbers()
        zaken = read_lists(self._db, "zaken", (document for document, _ in documents))
        rows = [
            (document, kind, zaak, of)
            for document, kind in documents
            for zaak, of in sorted((row[1], row[2]) for row in zaken[document] if not row[4]) or [(None, None)]
        ]
        # A letter may also stand in the zaken it answers; its own one is of its own kind ("Motie" of "Motie (gewijzigd/nader)").
        pairs = [(not kind.startswith(of), document, zaak, kind) for document, kind, zaak, of in rows if zaak]
        _, document, zaak, kind = min(pairs, default=(True, "", "", ""))
        return TweedeKamerNumbers(
            zaken=tuple(dict.fromkeys(row[2] for row in rows if row[2])),
            documents=tuple(dict.fromkeys(row[0] for row in rows)),
            address=_address(kind, zaak, document) if zaak else "",
        )

    def papers(self, number: str) -> list[Identifier]:
        """The papers under the number of a document or zaak, in any case."""
        rows = self._db.execute(
            "SELECT paper FROM tk_documents WHERE paper IS NOT NULL AND document = ? UNION SELECT d.paper FROM tk_documents d "
            "JOIN tk_zaken z USING (document) WHERE d.paper IS NOT NULL AND z.zaak = ? AND NOT z.removed ORDER BY 1",
            (number.upper(), number.upper()),
        )
        return [Identifier(row[0]) for row in rows]

    # Keeping

    def _keep(self, record: DocumentRecord) -> None:
        stored = self._stored(record.document)
        kept = _merged(stored, record) if stored else record
        self._db.execute(
            "INSERT INTO tk_documents (document, changed, removed, kind, names, dossiers, number, chamber, date, title) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT (document) DO UPDATE SET changed = excluded.changed, "
            "removed = excluded.removed, kind = excluded.kind, names = excluded.names, dossiers = excluded.dossiers, "
            "number = excluded.number, chamber = excluded.chamber, date = excluded.date, title = excluded.title",
            (
                kept.document,
                kept.changed,
                kept.removed,
                kept.kind,
                " ".join(map(str, kept.names)),
                " ".join(dossier.key for dossier in kept.dossiers),
                kept.number,
                kept.chamber,
                kept.date.isoformat() if kept.date else None,
                _folded(kept.title),
            ),
        )
        names = {str(name) for name in (*kept.names, *_composed(kept))}
        self._db.execute("DELETE FROM tk_names WHERE document = ?", (kept.document,))
        self._db.executemany("INSERT INTO tk_names (document, identifier) VALUES (?, ?)", [(kept.document, n) for n in names])
        self._db.executemany(
            "INSERT INTO tk_zaken (document, zaak, kind, changed, removed) VALUES (?, ?, ?, ?, ?) "
            "ON CONFLICT (document, zaak) DO UPDATE SET kind = excluded.kind, changed = excluded.changed, "
            "removed = excluded.removed WHERE tk_zaken.changed <= excluded.changed",
            [(kept.document, zaak.number, zaak.kind, zaak.changed, zaak.removed) for zaak in record.zaken],
        )

    def _stored(self, document: str) -> DocumentRecord | None:
        """What was kept of a document, except its zaken."""
        row = self._db.execute(
            "SELECT changed, removed, kind, names, dossiers, number, chamber, date, title FROM tk_documents WHERE document = ?",
            (document,),
        ).fetchone()
        if row is None:
            return None
        changed, removed, kind, names, dossiers, number, chamber, day, title = row
        return DocumentRecord(
            document=document,
            kind=kind,
            names=tuple(map(Identifier, names.split())),
            dossiers=tuple(map(Dossier, dossiers.split())),
            number=number,
            chamber=chamber,
            title=title,
            date=date.fromisoformat(day) if day else None,
            changed=changed,
            removed=bool(removed),
        )

    # Settling

    def _settle(self, documents: Iterable[str], before: dict[Identifier, TweedeKamerNumbers]) -> int:
        """Decide anew which papers these documents are; ``before`` has numbers of papers that may have changed already."""
        for document in sorted(documents):
            old, new = self._paper_of(document), self._find(document)
            for paper in (old, new):
                if paper and paper not in before:
                    before[paper] = self.numbers(paper)
            if old != new:
                self._db.execute("UPDATE tk_documents SET paper = ? WHERE document = ?", (str(new) if new else None, document))
        changed = [paper for paper, numbers in before.items() if self.numbers(paper) != numbers]
        for paper in changed:
            self._touch(paper)
        return len(changed)

    def _find(self, document: str) -> Identifier | None:
        """The paper that a document certainly is, or None."""
        record = self._stored(document)
        if record is None or record.removed:
            return None
        for name in record.names:
            if self._db.execute("SELECT 1 FROM papers WHERE identifier = ?", (str(name),)).fetchone():
                return name
        composed = _composed(record)
        if record.names or composed:
            found = [name for name in composed if self._agrees(self._get(name), record)]
            return found[0] if len(found) == 1 else None
        return self._titled(record)

    @staticmethod
    def _agrees(paper: Kamerstuk | None, record: DocumentRecord) -> bool:
        """Whether a paper is of the chamber and of all the dossiers that a document is registered in."""
        if paper is None or paper.chamber != record.chamber:
            return False
        return {dossier.key for dossier in record.dossiers} <= {dossier.key for dossier in paper.dossiers}

    def _titled(self, record: DocumentRecord) -> Identifier | None:
        """The paper with this title and date, when there is only one and no other document has them."""
        day, title = record.date, _folded(record.title)
        if not day or not title or self._alike(record.document):
            return None
        rows = self._db.execute("SELECT identifier, name FROM papers WHERE date = ?", (day.isoformat(),))
        found = [Identifier(identifier) for identifier, name in rows if _folded(name) == title]
        paper = self._get(found[0]) if len(found) == 1 else None
        if paper and record.chamber in ("", paper.chamber) and _folded(paper.title) == title:
            return paper.identifier
        return None

    def _alike(self, document: str) -> list[str]:
        """The other documents with the title and the date of this one."""
        return self._documents(
            "SELECT o.document FROM tk_documents d JOIN tk_documents o ON o.date = d.date AND o.title = d.title "
            "AND o.document <> d.document AND NOT o.removed WHERE d.document = ? AND d.title <> ''",
            document,
        )

    def _paper_of(self, document: str) -> Identifier | None:
        row = self._db.execute("SELECT paper FROM tk_documents WHERE document = ?", (document,)).fetchone()
        return Identifier(row[0]) if row and row[0] else None

    def _documents(self, query: str, *values: str | None) -> list[str]:
        return [row[0] for row in self._db.execute(query, values)]


def _merged(stored: DocumentRecord, record: DocumentRecord) -> DocumentRecord:
    """One record of the two of a document: the later one, with what it leaves out taken from the other."""
    later, other = (record, stored) if record.changed >= stored.changed else (stored, record)
    return replace(
        later,
        kind=later.kind or other.kind,
        names=later.names or other.names,
        dossiers=later.dossiers or other.dossiers,
        number=later.number or other.number,
        chamber=later.chamber or other.chamber,
        title=later.title or other.title,
        date=later.date or other.date,
    )


def _composed(record: DocumentRecord) -> list[Identifier]:
    """The identifiers that the paper may have by its dossiers and number. One of them is right; the chamber tells which."""
    if not (record.number and record.chamber):
        return []
    return [Identifier(f"kst-{dossier.key}-{record.number}") for dossier in record.dossiers]


def _address(kind: str, zaak: str, document: str) -> str:
    folder = next((folder for start, folder in _FOLDERS if kind.startswith(start)), "")
    return f"{SITE}/{folder}detail?id={zaak}&did={document}"


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()
