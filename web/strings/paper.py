"""Words of the page of a paper, and of one that is not in the archive."""

from __future__ import annotations

from datetime import datetime

from indexer.identifier import Identifier
from web.formats import local_day, number
from web.strings.site import papers

FACTS = "Gegevens van het stuk"
CHAMBER = "Kamer"
PUBLISHED = "Gepubliceerd"
SESSION = "Vergaderjaar"
DOSSIERS = ("Dossier", "Dossiers")
MINISTERS = ("Bewindspersoon", "Bewindspersonen")
SUBMITTERS = ("Indiener", "Indieners")
CATEGORIES = ("Onderwerp", "Onderwerpen")
ATTACHMENTS = ("Bijlage", "Bijlagen")
ATTACHMENT = "Bijlage"
ATTACHED_TO = "bij"
FROM_PDF = "uit PDF"
FROM_PDF_NOTE = "Deze tekst komt uit een PDF. Alinea’s, tabellen en noten kunnen anders staan dan in het origineel."
SOURCES = "Officiële bestanden"
LINK_PAGE = "Officiële pagina"
LINK_XML = "XML"
LINK_CHAMBER = "Tweede Kamer"
CITE_AS = "Citeer als"
AS_REFERENCE = "Als verwijzing:"
COPY = "Kopieer"
COPIED = "Gekopieerd"
CONTENTS = "Inhoud"
NOTES = "Voetnoten"
NOTE = "Voetnoot"
BACK_TO_TEXT = "Terug naar de tekst bij voetnoot"
TABLE = "Tabel"
CITES = "Verwijst naar"
CITED_BY = "Aangehaald in"
EXTERNAL = "niet in dit archief: officiële pagina"
NEXT_MARK = "Volgende vindplaats"
PREVIOUS_MARK = "Vorige vindplaats"
WITHOUT_MARKS = "Zonder markering"
SIGNED = "Ondertekening"
MISSING_TITLE = "Dit stuk staat niet in het archief"
MISSING_OFFICIAL = "Bekijk het op officielebekendmakingen.nl"
MISSING_SEARCH = "Zoek naar stukken die het noemen"
WITHDRAWN_TITLE = "Dit stuk is ingetrokken"


def marks_found(count: int) -> str:
    """How many places of a paper are marked."""
    return "1 vindplaats" if count == 1 else f"{number(count)} vindplaatsen"


def withdrawn(noticed: datetime | None) -> str:
    """That a paper existed, and when that changed, if it is known."""
    since = f" Dat bleek op {local_day(noticed)}." if noticed else ""
    return f"Dit stuk stond in het archief, maar de bron heeft het ingetrokken.{since}"


def attached_to(identifier: str) -> str:
    """bij 33 037, nr. 430; follows the word for attachment."""
    return f"{ATTACHED_TO} {Identifier(identifier).printed}"


def cite_attachment(of: str, identifier: str) -> str:
    """Bijlage bij Kamerstukken II 2021/22, 33 037, nr. 430 (blg-1007826)."""
    return f"{ATTACHMENT} {ATTACHED_TO} {of} ({identifier})"


def times(count: int) -> str:
    """Twice or more."""
    return f"{number(count)} keer"


def cited_by(count: int) -> str:
    """How many papers cite this one."""
    return f"{CITED_BY} {papers(count)}"
