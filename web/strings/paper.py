"""Words of the pages of a paper, of a dossier and of a person, and of those that are not in the archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from indexer.catalogue.dossiers import Order
from indexer.catalogue.persons import Role
from indexer.paper.identifier import Identifier
from indexer.paper.model import SUPERSEDED, PersonRole, RelationKind
from search import fields
from web.formats import day, local_day, month, number
from web.strings.site import label_and_plural, papers

FACTS = "Gegevens van het stuk"
CHAMBER = fields.named("chamber").label
PUBLISHED = "Gepubliceerd"
SESSION = fields.named("session_year").label
DOSSIERS = label_and_plural("dossier")
MINISTERS = label_and_plural("minister")
SUBMITTERS = ("Indiener", "Indieners")
PERSON_ROLES = {
    PersonRole.FIRST_SUBMITTER: ("Eerste indiener", "Eerste indieners"),
    PersonRole.CO_SIGNER: ("Medeondertekenaar", "Medeondertekenaars"),
    PersonRole.MINISTER: MINISTERS,
    PersonRole.RAPPORTEUR: ("Rapporteur", "Rapporteurs"),
    PersonRole.CHAIR: ("Voorzitter", "Voorzitters"),
    PersonRole.CLERK: ("Griffier", "Griffiers"),
    PersonRole.SIGNATORY: ("Ondertekenaar", "Ondertekenaars"),
}
PERSON_UNKNOWN = "niet te zeggen wie van deze naam"
FICTIONAL_EXAMPLE = "Verzonnen voorbeeld"
FICTIONAL_NOTE = "dit stuk is geschreven als voorbeeld voor deze zoekmachine, het is geen officieel stuk."
FICTIONAL_DOSSIER = "de stukken van dit dossier zijn als voorbeeld voor deze zoekmachine geschreven, het is niet officieel."
FICTIONAL_PERSON = "deze naam staat alleen onder stukken die als voorbeeld voor deze zoekmachine zijn geschreven."
RELATIONS = {
    RelationKind.REPLACED_BY: "Vervangen door",
    RelationKind.CHANGED_BY: "Gewijzigd door",
    RelationKind.REPRINTED_AS: "Herdrukt als",
    RelationKind.CORRECTED_BY: "Verbeterd door",
    RelationKind.REPLACES: "Vervangt",
    RelationKind.CHANGES: "Wijzigt",
    RelationKind.REPRINT_OF: "Herdruk van",
    RelationKind.CORRECTS: "Verbetering van",
    RelationKind.ANSWERED_BY: "Beantwoord in",
    RelationKind.ANSWERS: "Antwoord op",
}
"""What a paper is to another, in the order in which it is told; attachments are told elsewhere."""
OUTDATED = SUPERSEDED | {RelationKind.CORRECTED_BY}
"""What came in the place of a paper, or says what is wrong with it."""
NOT_HERE = "niet in dit archief"
CHOSEN_HERE = "door deze site gekozen"
UNCERTAIN_DATE = "datum onzeker"
IMAGE = "Afbeelding"
IMAGE_OFFICIAL = "bekijk op de officiële pagina"
RECEIVED = "Zoals ontvangen"
COPY_UNUSABLE = "De eigen kopie van dit bestand is weg, of niet meer zoals zij ontvangen is; daarom wordt zij niet gegeven."
RECEIVED_FORMS = {"html": "HTML", "xml": "XML", "pdf": "PDF"}
OWN_FILE = "Bestand in dit archief"
HASH = "sha-256"
ATTACHMENTS = ("Bijlage", "Bijlagen")
ATTACHMENT = "Bijlage"
ATTACHED_TO = "bij"
FICTIONAL = "Verzonnen"
FROM_TEXT = "Uit de tekst"
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
CITES_ALSO = "Verwijst ook naar"
CITED_BY = "Aangehaald in"
EXTERNAL = "niet in dit archief: officiële pagina"
NEXT_MARK = "Volgende vindplaats"
PREVIOUS_MARK = "Vorige vindplaats"
WITHOUT_MARKS = "Zonder markering"
SIGNED = "Ondertekening"
MISSING_TITLE = "Dit stuk staat niet in het archief"
MISSING_OFFICIAL = "Bekijk het op officielebekendmakingen.nl"
MISSING_SEARCH = "Zoek naar stukken die het noemen"


def marks_found(count: int) -> str:
    """How many places of a paper are marked."""
    return "1 vindplaats" if count == 1 else f"{number(count)} vindplaatsen"


def withdrawn(noticed: datetime | None) -> str:
    """That a paper existed, and when that changed, if it is known."""
    since = f" Dat bleek op {local_day(noticed)}." if noticed else ""
    return f"Dit stuk stond in het archief, maar de bron heeft het ingetrokken.{since}"


def as_example(text: str, *, fictional: bool) -> str:
    """A title or citation that leaves the site, with what readers must know of an invented paper."""
    return f"{text} ({FICTIONAL_EXAMPLE.lower()})" if fictional else text


def attached_to(identifier: str) -> str:
    """bij 33 037, nr. 430; follows the word for attachment."""
    return f"{ATTACHED_TO} {Identifier(identifier).printed}"


def times(count: int) -> str:
    """Twice or more."""
    return f"{number(count)} keer"


def cited_by(count: int) -> str:
    """How many papers cite this one."""
    return f"{CITED_BY} {papers(count)}"


DOSSIER = fields.named("dossier").label
PERSON = fields.named("person").label
DOSSIER_ORDERS = {Order.NUMBER: "Op nummer", Order.NEWEST: "Nieuwste", Order.OLDEST: "Oudste"}
OTHER_TITLES = "Ook genoemd"
SPELLINGS = "In de stukken ook"
MAY_BE = "Misschien"
PERHAPS = "Niet meegeteld, want ook van een ander kunnen zijn"
WITHIN_DOSSIER = "Zoek in dit dossier"
WITHIN_PERSON = "Zoek in deze stukken"
DOSSIER_PAGE = "Officiële dossierpagina"
FEED = "Volg via Atom"
KINDS = "Soorten stukken"
CHAPTERS = "Zelfde nummer"
IN_DOSSIER = "Personen en soorten stukken"
WITH_OTHER_NUMBER = "Genummerd in een ander dossier"
UNDATED = "Zonder zekere datum"
ALL_PAPERS = "Toon alle stukken"
NO_PAPERS_LEFT = "Geen stukken met deze keuze."
OFFICES = "Ondertekend en ingediend"
OFFICE = "Ambt of rol"
PERIOD = "Periode"
NO_OFFICE = "Zonder ambt"
SUBMITTED = "Indiener"
SUBMITTED_IT = "ingediend"
SIGNED_ANY = "Ondertekend"
ROLES = {None: "Alles", Role.SIGNED: "Ondertekend", Role.SUBMITTED: "Ingediend"}
ROLE_LABEL = "Rol"
AND_OTHERS = "e.a."
BY_NUMBER = ("Vorige", "Volgende")
BY_DATE = ("Eerder", "Later")
NEIGHBOURS = "Buren in het dossier"
MISSING_DOSSIER = "Dit dossier staat niet in het archief"
MISSING_DOSSIER_OFFICIAL = "Bekijk het op officielebekendmakingen.nl"
MISSING_PERSON = "Deze naam staat niet in het archief"
MISSING_SEARCH_NAME = "Zoek naar stukken met deze woorden"
CLOSE_NAMES = "Bedoelde u"


def extent(count: int, first: date | None, last: date | None) -> str:
    """1.412 stukken, van 3 januari 2008 tot en met 18 juni 2024."""
    if first is None or last is None:
        return papers(count)
    return f"{papers(count)}, {day(first)}" if first == last else f"{papers(count)}, van {day(first)} tot en met {day(last)}"


def doubtful(printed: date) -> str:
    """3 mei 2104 (datum onzeker)."""
    return f"{day(printed)} ({UNCERTAIN_DATE})"


def vague(name: str) -> str:
    """Several persons have the name, and these papers have no more than that."""
    return f"Welke {name} dit is, zeggen deze stukken niet."


def perhaps(name: str, count: int) -> str:
    """Papers that may be this person's: nobody can tell."""
    return f"{papers(count)} {'noemt' if count == 1 else 'noemen'} alleen “{name}”"


def nameless(count: int) -> str:
    """Papers of a dossier that name nobody."""
    return f"Van {papers(count)} is de indiener hier niet bekend."


def dated_doubtfully(printed: date) -> str:
    """What a reference tells in place of a date."""
    return f"Datum op het stuk: {doubtful(printed)}"


def of_year(year: int) -> str:
    """In one year only."""
    return f"uit {year:04}"


def left_out(count: int) -> str:
    """There are more than are listed."""
    return f"en nog {number(count)} met minder stukken"


def period(first: date | None, last: date | None) -> str:
    """mrt. 2017 – jan. 2022; empty when it is not known."""
    if first is None or last is None:
        return ""
    begin, end = month(first), month(last)
    return begin if begin == end else f"{begin}\u00a0– {end}"


def signed_as(offices: Sequence[str]) -> str:
    """What a paper was signed as."""
    named = [office for office in offices if office]
    return f"ondertekend als {', '.join(named)}" if named else "ondertekend"
