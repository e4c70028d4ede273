"""Words of the page of a term."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search.concordance import LineOrder
from web.formats import day, number, percent
from web.strings.site import papers

TERM = "Wie zei dit wanneer"
TERM_TAGLINE = "Volg een woord of zinsnede door de jaren: hoe vaak, door wie, voor het eerst en het laatst, en in welke zin."
TERM_HINT = "bijvoorbeeld: huurtoeslag"
TERM_LABEL = "Woord of “letterlijke zin”"
TERM_SHOW = "Toon"
TERM_EXAMPLES = (
    ("Cool:Gen", "een technische term door de jaren"),
    ('"verouderde software"', "een letterlijke zinsnede, tussen aanhalingstekens"),
    ("uitfasering OF uitfaseren", "het ene woord of het andere"),
    ("toeslag soort:motie", "alleen in moties; net zo minister: dossier: datum:"),
    ("in:voetnoot logboek", "alleen in voetnoten"),
)
TERM_AS_RESULTS = "Zoekresultaten"
TERM_SEARCH = "Zoekpagina"
TERM_MOST = "hoogste:"
TERM_NONE_FOUND = "geen stukken onder deze filters"
TERM_NONE_HELD = "geen stukken in dit archief"
TERM_CSV = "Regels als CSV"
TERM_COUNTS = "Stukken per jaar"
TERM_SHARES = "Aandeel van alle stukken"
TERM_OF = "Van alle stukken"
TERM_SHARE = "Aandeel"
TERM_FIRST = "Eerste vermelding"
TERM_LAST = "Laatste vermelding"
TERM_ONLY = "Enige vermelding"
TERM_WHO = "Door wie"
TERM_PEOPLE = "Personen"
TERM_OFFICES = "Ambten"
TERM_YEARS = "Jaren"
TERM_LINES = "In de zin"
TERM_NO_WORDS = "Deze vraag noemt geen woorden, alleen eigenschappen van stukken; er is dus niets in de zin te tonen."
TERM_NO_LINES = "Geen van deze stukken noemt het in een zin."
TERM_MEANS = "Wat meetelt"
TERM_MEANING = (
    "Een stuk telt mee als het alle woorden noemt, in elke verbuiging: in titel, kop, tekst, voetnoot of bijlage.",
    "Samenstellingen, verwante woorden en de titel van het dossier tellen niet mee; de zoekpagina vindt die wel.",
    "Het aandeel is van alle stukken van dat jaar onder dezelfde filters, met of zonder de woorden.",
)
LINE_ORDERS = {
    LineOrder.NEWEST: "Nieuwste",
    LineOrder.OLDEST: "Oudste",
    LineOrder.LEFT: "Woord ervoor",
    LineOrder.RIGHT: "Woord erna",
}
TERM_COLUMNS = (
    "datum", "stuk", "nummer", "soort", "door", "ambt of soort", "titel", "plaats", "links", "woord", "rechts", "passage",
    "officieel",
)  # fmt: skip
TERM_UNDATED = "zonder datum"


def term_summary(papers_found: int, first: date | None, last: date | None) -> str:
    """How many papers say it, and when."""
    told = f"{papers(papers_found)} {'noemt' if papers_found == 1 else 'noemen'} dit"
    if first is None or last is None:
        return f"{told}."
    return f"{told}, op {day(first)}." if first == last else f"{told}, van {day(first)} tot en met {day(last)}."


def year_told(year: int, count: int, of: int) -> str:
    """2020: 5 van 12 stukken (42%)."""
    if not of:
        return f"{year}: geen stukken"
    return f"{year}: {number(count)} van {papers(of)}" + (f" ({percent(count / of)})" if count else "")


def span_of_years(first: date | None, last: date | None) -> str:
    """2018–2025, or one year; a dash when no paper has a day."""
    if first is None or last is None:
        return "–"
    return str(first.year) if first.year == last.year else f"{first.year}–{last.year}"


def lines_found(count: int) -> str:
    """How many lines there are."""
    return "1 regel" if count == 1 else f"{number(count)} regels"


def lines_from(read: int, total: int, order: LineOrder) -> str:
    """The lines are not those of all papers."""
    which = "oudste" if order is LineOrder.OLDEST else "nieuwste"
    return (
        f"Uit de {which} {number(read)} van {number(total)} stukken. "
        "Kies een jaar, een dossier of een persoon om de regels uit andere stukken te zien."
    )


def more_voices(count: int) -> str:
    """The way to the rest of a table."""
    return f"Nog {number(count)}"


def voices_cut(count: int) -> str:
    """A table has more rows than are listed."""
    return f"En {number(count)} anderen, elk met minder stukken."


def first_of(names: Sequence[str]) -> str:
    """A, A e.a.; nothing of nobody."""
    return f"{names[0]} e.a." if len(names) > 1 else "".join(names)


def together(names: Sequence[str]) -> str:
    """A, A en B, A e.a."""
    if len(names) > 2:
        return f"{names[0]} e.a."
    return " en ".join(names)
