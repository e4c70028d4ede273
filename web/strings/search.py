"""Words of the search page, of the lists of values of a facet, of the page of a term, and of what is taken along from them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search import fields
from search.plan import MatchKind
from search.ports import Sort
from search.term import LineOrder
from search.values import YearSpan, year_span
from web.formats import day, number, percent
from web.strings.paper import CHAMBER, DOSSIERS, FROM_TEXT, MINISTERS, SESSION, SUBMITTERS
from web.strings.site import papers

RESULTS = "Zoekresultaten"
UNDERSTOOD = "Begrepen als"
DID_YOU_MEAN = "Bedoelde u"
FOUND_AS = "Gevonden als"
MORE_FORMS = "Meer vormen"
ALSO_COMPOUNDS = "ook"
EXACTLY = "Precies zo geschreven"
IN_ANY_FORM = "Ook andere vormen"
ALL_OF_THESE = "Zoek hierop"
JUMP = "Dit stuk staat in het archief"
NOTHING = "Niets gevonden"
ASK = "Waar zoekt u naar?"
NO_FILTERS = "Zoek zonder filters"
PARTIAL_FROM_HERE = "Hierna: stukken met een deel van de woorden"
PARTIAL_OR_MEANING = "Hierna: stukken met een deel van de woorden, of naar betekenis"
REFINE = "Verfijnen"
REFINE_CLOSE = "Terug naar de resultaten"
ACTIVE_FILTERS = "Gekozen filters"
REMOVE_FILTER = "Verwijder filter"
CLEAR = "Wis alle filters"
MORE_FACETS = "Meer filters"
SORTS = {Sort.RELEVANCE: "Relevantie", Sort.NEWEST: "Nieuwste", Sort.OLDEST: "Oudste"}
MATCHES = {
    MatchKind.COMPOUND: "samenstelling",
    MatchKind.SYNONYM: "verwant woord",
    MatchKind.PARTIAL: "gedeeltelijk",
    MatchKind.ALIKE: "in andere woorden",
    MatchKind.MEANING: "naar betekenis",
}
MATCH_TITLES = {
    MatchKind.COMPOUND: "Gevonden als deel van een samengesteld woord",
    MatchKind.SYNONYM: "Gevonden via een verwant woord",
    MatchKind.PARTIAL: "Niet alle woorden komen in dit stuk voor",
    MatchKind.ALIKE: "Niet gevonden op de woorden van de vraag, maar op andere die ongeveer hetzelfde betekenen",
    MatchKind.MEANING: "Niet gevonden op de woorden, maar op wat het stuk betekent",
}
ERRATUM = "erratum"
ALSO = "Ook"
UNFOLD = "Toon versies apart"
FOLD = "Toon versies samen"
PAGE_BOUND = "Verder bladeren kan niet; verfijn de zoekvraag of kies filters."
TO_PASSAGE = "Naar de passage"
PDF = "PDF"
OFFICIAL = "Officiële pagina"
YEARS = "Over de jaren"
YEARS_TABLE = "Als tabel"
YEARS_FROM = "Van"
YEARS_TO = "t/m"
YEARS_CHOOSE = "Kies jaren"
YEARS_ALL = "Alle jaren"
YEARS_HINT = "Klik op een jaar of sleep over de jaren om te kiezen."
YEARS_GAP = "Gearceerd: geen stukken in dit archief"
YEAR = fields.named("year").label
COUNT = "Stukken"
ALL_VALUES = "Alle waarden"
VALUES_NONE = "Geen waarde met deze letters."
NARROW = "Toon"
VALUE_ORDERS = {"aantal": "Meest voorkomend", "naam": "Alfabetisch"}


def found(total: int, all_words: int) -> str:
    """What the heading says was found."""
    if not total:
        return NOTHING
    return papers(total) if all_words else "Geen stuk met alle woorden"


def with_parts(all_words: int, partial: int, nowhere: Sequence[str]) -> str:
    """How many papers have every word, how many a part of them, and which words no paper has."""
    some = f"{papers(all_words)} met alle woorden, daarna {number(partial)}" if all_words else papers(partial)
    return f"{some} met een deel ervan" + (f". In geen enkel stuk: {', '.join(nowhere)}" if nowhere else "")


def lacking(words: Sequence[str], *, more: bool) -> str:
    """Which words a paper has not, and whether there are more."""
    return f"zonder: {', '.join(words)}" + (" …" if more else "")


def found_instead(asked: str, total: int, other: str) -> str:
    """Nothing was found, and so many papers for another query are shown."""
    return f"Niets gevonden voor “{shortened(asked)}”; wel {number(total)} voor “{shortened(other)}”"


def shortened(query: str, most: int = 80) -> str:
    """A query as it stands in a sentence of ours, of so many characters at most."""
    words = " ".join(query.split())
    return words if len(words) <= most else f"{words[:most].rstrip()}…"


def in_other_words(words: Sequence[str]) -> str:
    """By which words, that nobody asked for, a paper was found."""
    return f"{MATCHES[MatchKind.ALIKE]}: {', '.join(words)}"


def beside_words(alike: int, meaning: int) -> str:
    """How many papers only other words brought, or only their meaning; they are shown besides those that were asked for."""
    if alike:
        return f"Ook getoond, in andere woorden: {papers(alike)}"
    return f"Naar betekenis, in andere woorden: {papers(meaning)}" if meaning else ""


def versions_folded(count: int) -> str:
    """How many versions stand below others."""
    return "1 andere versie staat bij de nieuwste" if count == 1 else f"{number(count)} andere versies staan bij de nieuwste"


def more_values(count: int) -> str:
    """The way to the rest of a facet."""
    return f"Nog {number(count)}"


def narrow(facet: str) -> str:
    """What the field does that narrows a list of values."""
    return f"{fields.named(facet).label} met deze letters"


def values_found(count: int) -> str:
    """How many values a facet has."""
    return "1 waarde" if count == 1 else f"{number(count)} waarden"


def years(span: YearSpan) -> str:
    """2018–2024, vanaf 2018, tot en met 2024."""
    if span.last is None:
        return f"vanaf {span.first}"
    return f"tot en met {span.last}" if span.first is None else f"{span.first}–{span.last}"


def filter_value(facet: str, value: str) -> str:
    """How a chosen value of a facet reads."""
    span = year_span(value) if fields.named(facet).years else None
    return years(span) if span else fields.named(facet).shown(value)


def no_papers(first: int, last: int) -> str:
    """The archive has nothing of these years."""
    return f"{first if first == last else f'{first}–{last}'}: geen stukken in dit archief"


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
    MINISTERS[1], SUBMITTERS[1], "Passage", "Pagina", "Officiële pagina", "PDF", FROM_TEXT, "Onzekere datum",
)  # fmt: skip
INDEX_RENEWED = "De zoekindex werd zojuist vernieuwd. Probeer het opnieuw."
FEED_ALL = "Nieuwste stukken"
FEED_SUBTITLE = "Wat het laatst in dit archief is opgenomen of vernieuwd eerst, welke datum een stuk ook heeft."


def feed_title(query: str) -> str:
    """What the feed of a search is called in a list of feeds."""
    return f"{FEED_ALL}: {query.strip()}" if query.strip() else FEED_ALL


def taken_along(total: int, bound: int) -> str:
    """How many papers an export holds."""
    return papers(total) if total <= bound else f"De eerste {number(bound)} van {papers(total)}"
