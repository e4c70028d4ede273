"""Words of the search page and of the list of values of a facet."""

from __future__ import annotations

from search.plan import MatchKind
from search.ports import Sort
from search.selection import YearSpan
from web.formats import number
from web.strings.site import papers

RESULTS = "Zoekresultaten"
UNDERSTOOD = "Begrepen als"
DID_YOU_MEAN = "Bedoelde u"
JUMP = "Dit stuk staat in het archief"
NOTHING = "Niets gevonden"
ASK = "Waar zoekt u naar?"
NO_FILTERS = "Zoek zonder filters"
PARTIAL_FROM_HERE = "Hierna: stukken met een deel van de woorden"
REFINE = "Verfijnen"
REFINE_CLOSE = "Terug naar de resultaten"
ACTIVE_FILTERS = "Gekozen filters"
REMOVE_FILTER = "Verwijder filter"
CLEAR = "Wis alle filters"
MORE_FACETS = "Meer filters"
SORTS = {Sort.RELEVANCE: "Relevantie", Sort.NEWEST: "Nieuwste", Sort.OLDEST: "Oudste"}
MATCHES = {MatchKind.COMPOUND: "samenstelling", MatchKind.SYNONYM: "verwant woord", MatchKind.PARTIAL: "gedeeltelijk"}
MATCH_TITLES = {
    MatchKind.COMPOUND: "Gevonden als deel van een samengesteld woord",
    MatchKind.SYNONYM: "Gevonden via een verwant woord",
    MatchKind.PARTIAL: "Niet alle woorden komen in dit stuk voor",
}
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
YEAR = "Jaar"
COUNT = "Stukken"
ALL_VALUES = "Alle waarden"
VALUES_NONE = "Geen waarde met deze letters."
NARROW = "Toon"
ORDER_COUNT = "Meest voorkomend"
ORDER_NAME = "Alfabetisch"
FACETS = {
    "dossier": "Dossier",
    "year": "Jaar",
    "session_year": "Vergaderjaar",
    "minister": "Bewindspersoon",
    "office": "Ambt",
    "person": "Persoon",
    "kind": "Soort",
    "chamber": "Kamer",
    "category": "Onderwerp",
}


def with_parts(all_words: int, partial: int) -> str:
    """How many papers have every word, and how many a part of them."""
    if not all_words:
        return f"Geen stuk met alle woorden, wel {number(partial)} met een deel ervan"
    return f"{papers(all_words)} met alle woorden, daarna {number(partial)} met een deel ervan"


def more_values(count: int) -> str:
    """The way to the rest of a facet."""
    return f"Nog {number(count)}"


def narrow(facet: str) -> str:
    """What the field does that narrows a list of values."""
    return f"{FACETS[facet]} met deze letters"


def values_found(count: int) -> str:
    """How many values a facet has."""
    return "1 waarde" if count == 1 else f"{number(count)} waarden"


def years(span: YearSpan) -> str:
    """2018–2024, vanaf 2018, tot en met 2024."""
    if span.last is None:
        return f"vanaf {span.first}"
    return f"tot en met {span.last}" if span.first is None else f"{span.first}–{span.last}"


def no_papers(first: int, last: int) -> str:
    """The archive has nothing of these years."""
    return f"{first if first == last else f'{first}–{last}'}: geen stukken in dit archief"
