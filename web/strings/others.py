"""What went wrong, in words.

Words of the page of a term.

Words of what programs get, exports and feeds, and of the page that tells of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search import fields
from search.term import LineOrder
from web.formats import day, number, percent
from web.parameters import Problem, Wanted
from web.strings.pages import papers
from web.strings.papers import CHAMBER, DOSSIERS, MINISTERS, SESSION, SUBMITTERS, WITHDRAWN_TITLE

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


TAKE_ALONG = "Deze resultaten meenemen"
FOLLOW = "Volgen (Atom)"
BIBTEX = "BibTeX"
RIS = "RIS"
CSV_COLUMNS = (
    "Identificatie", "Citeer als", "Titel", fields.named("kind").label, "Datum", DOSSIERS[1], "Nummer", CHAMBER, SESSION,
    MINISTERS[1], SUBMITTERS[1], "Passage", "Pagina", "Officiële pagina", "PDF",
)  # fmt: skip
INDEX_RENEWED = "De zoekindex werd zojuist vernieuwd. Probeer het opnieuw."
FEED_ALL = "Nieuwste stukken"
FEED_SUBTITLE = "De nieuwste stukken eerst; een stuk verschijnt hier zodra het in dit archief is opgenomen."
API = "API"
API_TITLE = "Voor programma’s"
API_TEXT = (
    "Alles wat hier te zien is, is er ook als gegevens: zonder sleutel, alleen opvragen (GET). Iedere zoekpagina geeft "
    "haar vraag in het adres; dezelfde vraag werkt in elk van de vormen hieronder."
)
API_FORMS = "Zoekresultaten en stukken"
API_EXAMPLES = (
    ("JSON", "/api/v1/search?q=Cool%3AGen&year=2018..2024&sort=newest", "treffers, aantallen per filter, passages"),
    ("JSON", "/api/v1/search?q=toeslag&limit=0", "alleen aantallen"),
    ("CSV", "/zoeken.csv?q=Cool%3AGen", "voor een rekenblad; ten hoogste 10.000 treffers"),
    ("BibTeX", "/zoeken.bib?q=Cool%3AGen", "verwijzingen, ten hoogste 500; van één stuk: /kst-….bib"),
    (
        "RIS",
        "/zoeken.ris?q=Cool%3AGen",
        "verwijzingen voor Zotero, EndNote en Mendeley, ten hoogste 500; van één stuk: /kst-….ris",
    ),
    ("Atom", "/zoeken.atom?q=Cool%3AGen", "de 50 nieuwste, om te volgen; van een dossier: /dossier/….atom"),
)
API_ROUTES = "Wegen van de API"
API_ROUTES_TEXT = "De volledige beschrijving, met alle parameters en antwoorden, is een OpenAPI-document:"
API_RULES = "Goed om te weten"
API_RULES_TEXT = (
    "Geen zoekvraag is een fout; wat niet als zoektaal gelezen kan worden, wordt als woorden gelezen, en “understood” zegt hoe.",
    "Een onbekende of onleesbare parameter van de API is wel een fout (400), met de reden in “detail” (RFC 9457).",
    "Elk antwoord heeft een ETag. Stuur die mee in If-None-Match en een ongewijzigd antwoord wordt niet opnieuw verzonden (304).",
    "Aantallen zijn exact. Vraag rustig: één verzoek tegelijk is genoeg.",
)


def feed_title(query: str) -> str:
    """What the feed of a search is called in a list of feeds."""
    return f"{FEED_ALL}: {query.strip()}" if query.strip() else FEED_ALL


def taken_along(total: int, bound: int) -> str:
    """How many papers an export holds."""
    return papers(total) if total <= bound else f"De eerste {number(bound)} van {papers(total)}"


ERROR_TITLES = {
    400: "Deze vraag kan niet gelezen worden",
    404: "Deze pagina bestaat niet",
    405: "Dat kan op deze pagina niet",
    410: WITHDRAWN_TITLE,
    413: "De aanvraag is te groot",
    500: "Er ging iets mis",
    503: "Zoeken kan nu even niet",
}
ERROR_TEXTS = {
    400: "Er staat iets in het adres dat deze pagina niet kent.",
    404: "Misschien is het adres verkeerd overgenomen. Zoeken kan altijd:",
    405: "Deze pagina kan alleen worden opgevraagd.",
    413: "Stuur een kortere aanvraag.",
    500: "De fout ligt bij ons, niet bij u. Probeer het opnieuw, of begin bij de zoekpagina.",
    503: "De zoekindex moet opnieuw worden gemaakt. De beheerder doet dat met: kamerstukken reindex",
}
ERROR_NO_ENGINE = (
    "De zoekmachine geeft op dit moment geen volledig antwoord. Liever geen antwoord dan een half: probeert u het over een halve "
    "minuut opnieuw. Stukken waarvan u het nummer weet kunt u gewoon openen."
)
ERROR_OTHER = "Deze aanvraag lukt niet"
ERROR_HOME = "Naar de zoekpagina"
NOT_IN_ARCHIVE = "{identifier} staat niet in dit archief."


def problem(told: Problem) -> str:
    """What is wrong with a parameter of the address, and what is expected."""
    name, least, most = told.name, number(told.least), number(told.most)
    return {
        Wanted.NUMBER: f"“{told.value}” is geen getal voor “{name}”. Verwacht wordt een getal van {least} tot en met {most}.",
        Wanted.WORD: f"“{told.value}” is geen waarde voor “{name}”. Kies uit: {', '.join(told.words)}.",
        Wanted.YEAR: f"“{told.value}” is geen jaar voor “{name}”. Verwacht wordt een jaar van vier cijfers: {told.example}.",
        Wanted.YEARS: f"“{told.value}” is geen jaar voor “{name}”. Verwacht wordt een jaar, 2024, of een reeks: {told.example}.",
        Wanted.ONCE: f"“{name}” staat {told.most} keer in het adres en kan maar één waarde hebben.",
        Wanted.KNOWN: f"“{name}” betekent hier niets.",
    }[told.wanted]


def without(names: Sequence[str]) -> str:
    """The way to the same page without some parameters."""
    return f"Open deze pagina zonder {' en '.join(names)}"
