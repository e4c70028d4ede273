"""Small fictional records of the Tweede Kamer, in the shape of the OData service: what a test does not name is left out."""

from __future__ import annotations

import json

from indexer.catalogue.tweede_kamer import DocumentRecord, read_records

Entity = dict[str, object]


def document(number: str = "2031D00001", *, paper: str = "", **fields: object) -> Entity:
    """A document; ``paper`` is what its publisher calls it."""
    entity: Entity = {
        "Id": f"id-{number}",
        "Soort": "Motie",
        "DocumentNummer": number,
        "Titel": "Zuidpoolzaken",
        "Onderwerp": "Motie van het lid Sneeuw over ijs ",
        "Datum": "2031-05-06T00:00:00+02:00",
        "Kamer": 2,
        "Volgnummer": 7,
        "GewijzigdOp": "2031-05-07T10:00:00.5+02:00",
        "Verwijderd": False,
    }
    if paper:
        files = [{"Identifier": paper, "DocumentType": kind} for kind in ("Html", "Pdf")]
        entity["HuidigeDocumentVersie"] = {"ExterneIdentifier": paper, "DocumentPublicatie": files}
    return entity | fields


def zaak(number: str, *documents: Entity, **fields: object) -> Entity:
    """A zaak with its documents."""
    entity: Entity = {
        "Nummer": number,
        "Soort": "Motie",
        "Volgnummer": 7,
        "GewijzigdOp": "2031-05-07T10:00:00+02:00",
        "Verwijderd": False,
    }
    return entity | ({"Document": list(documents)} if documents else {}) | fields


def dossier(number: int, addition: str | None = None, **fields: object) -> Entity:
    """A dossier."""
    return {"Nummer": number, "Toevoeging": addition, "Titel": "Zuidpoolzaken"} | fields


def content(value: object) -> bytes:
    """As a file holds it."""
    return json.dumps(value, ensure_ascii=False).encode()


def registrations(value: object) -> tuple[DocumentRecord, ...]:
    """What is read of a record, when none of it is malformed."""
    records = read_records(content(value))
    assert not records.faults
    return records.documents
