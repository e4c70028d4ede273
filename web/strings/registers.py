"""Words of the pages of dossiers and persons."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from indexer.registers import Order, Role
from web.formats import day, month, number
from web.strings.site import papers

DOSSIER = "Dossier"
PERSON = "Persoon"
DOSSIER_ORDERS = {Order.NUMBER: "Op nummer", Order.NEWEST: "Nieuwste", Order.OLDEST: "Oudste"}
OTHER_TITLES = "Ook genoemd"
SPELLINGS = "In de stukken ook"
WITHIN_DOSSIER = "Zoek in dit dossier"
WITHIN_PERSON = "Zoek in deze stukken"
DOSSIER_PAGE = "Officiële dossierpagina"
FEED = "Volg via Atom"
KINDS = "Soorten stukken"
CHAPTERS = "Zelfde nummer"
IN_DOSSIER = "Personen en soorten stukken"
WITH_OTHER_NUMBER = "Genummerd in een ander dossier"
UNDATED = "Zonder datum"
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
