"""Records of the Tweede Kamer's OData service: how a document is registered there, and by what its paper can be told.

Reads zaken with their documents, documents with or without their zaken, dossiers with their documents, and collections of
these, as the service answers them. Which paper a registration belongs to is decided in ``registrations``. Names of fields are
those of the service; what it leaves out or sets to null is not known.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime

from indexer.identifier import Identifier
from indexer.model import Dossier
from indexer.read import OfficialFile

Entity = Mapping[str, object]

_DOCUMENT = re.compile(r"(?:19|20)\d\dD\d{5,6}", re.ASCII)
_ZAAK = re.compile(r"(?:19|20)\d\dZ\d{5,6}", re.ASCII)
_CHAMBERS = {1: "Eerste Kamer", 2: "Tweede Kamer"}


def is_number(text: str) -> bool:
    """Whether a text is the number of a document or zaak, in any case: ``2024D25613``, ``2024z10799``."""
    return bool(_DOCUMENT.fullmatch(text.upper()) or _ZAAK.fullmatch(text.upper()))


@dataclass(frozen=True, slots=True)
class Zaak:
    """A matter that a document belongs to: ``2024Z10799``, of the kind "Brief regering"."""

    number: str
    kind: str = ""
    changed: str = ""
    """The instant of its last change, in UTC; of two records of one thing the later counts."""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Registration:
    """One document as the Tweede Kamer has registered it, and all that tells which paper it is."""

    document: str
    """``2024D25613``."""
    kind: str = ""
    zaken: tuple[Zaak, ...] = ()
    names: tuple[Identifier, ...] = ()
    """What the publisher calls the paper, the present version first; certain."""
    dossiers: tuple[Dossier, ...] = ()
    number: int = 0
    """The ondernummer (``Volgnummer``); 0: none."""
    chamber: str = ""
    title: str = ""
    date: date | None = None
    changed: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True)
class Records:
    """What a file holds: registrations, and the records that are malformed (where in the file, and why)."""

    registrations: tuple[Registration, ...]
    faults: tuple[tuple[str, str], ...]


def is_record(file: OfficialFile) -> bool:
    """Whether a file holds JSON rather than a paper; names of files lie."""
    return file.content.removeprefix(b"\xef\xbb\xbf").lstrip()[:1] in (b"{", b"[")


def read_records(content: bytes) -> Records:
    """Every document in an answer of the service.

    Raises:
        ValueError: the content is not JSON, or there is no document in it.
    """
    try:
        top = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise ValueError(f"the JSON cannot be read: {error}") from error
    registrations: list[Registration] = []
    faults: list[tuple[str, str]] = []
    for place, entity in _entities(top):
        try:
            for found in _documents(entity):
                try:
                    registrations.append(_registration(*found))
                except ValueError as error:
                    faults.append((place, str(error)))
        except ValueError as error:
            faults.append((place, str(error)))
    if not registrations and not faults:
        raise ValueError("no document of the Tweede Kamer in it; ask the service for Document, or for Zaak with $expand=Document")
    return Records(tuple(registrations), tuple(faults))


def _entities(top: object) -> Iterator[tuple[str, Entity]]:
    """The records at the top, with their place: those of a collection, or the one there is."""
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


def _registration(entity: Entity, zaken: Iterable[Entity], dossiers: Iterable[Entity]) -> Registration:
    document = _text(entity, "DocumentNummer").upper()
    if not _DOCUMENT.fullmatch(document):
        raise ValueError(f"DocumentNummer is {document[:40]!r}, expected the form 2024D25613")
    day = _text(entity, "Datum")
    return Registration(
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
        for text in filter(None, texts):
            try:
                yield Identifier.parse(text)
            except ValueError:
                continue  # other publications have names of other forms


# Values, each of the type it has to be


def _list(entity: Entity, name: str) -> Iterator[Entity]:
    """What stands under a name, one or several; nothing when it is null or was not asked for."""
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
