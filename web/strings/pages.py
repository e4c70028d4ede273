"""Words of the page on the state of the archive.

Words of every page, of the start page and of an empty archive.

Words of the search page and of the list of values of a facet.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search import fields
from search.plan import MatchKind
from search.ports import Sort
from search.values import YearSpan, year_span
from web.formats import day, number

SITE = "Kamerstukken"
TAGLINE = "Doorzoek de stukken van de Tweede en Eerste Kamer"
DESCRIPTION = "Zoekmachine voor Kamerstukken: brieven, moties, wetsvoorstellen en verslagen, tot in de voetnoten."
SKIP = "Naar de inhoud"
ABOUT_SOURCE = "Officiële tekst: "
SOURCE_NAME = "officielebekendmakingen.nl"
PRIVACY = "Geen cookies, geen volgers, zoekvragen worden niet bewaard."

# The box
BOX_LABEL = "Zoek in Kamerstukken"
BOX_HINT = "Woorden, “letterlijke zin”, dossier of nummer"
SEARCH = "Zoek"
COMPLETIONS = "Aanvullingen"
OPENSEARCH_NAME = "Kamerstukken"

# Start page
TRY = "Zo kunt u zoeken"
EXAMPLES = (
    ("Cool:Gen", "een technische term, precies zoals die geschreven wordt"),
    ('"uitfasering van Cool:Gen"', "een letterlijke zinsnede, tussen aanhalingstekens"),
    ("huurtoeslag NIET motie", "met het ene woord, zonder het andere; ook EN en OF"),
    ("soort:motie toeslagen", "in één soort stuk; net zo minister: titel: dossier: en meer"),
    ("datum:2018..2024 einddatum", "uit een periode"),
    ("in:voetnoot logboek", "alleen in voetnoten"),
)
HOLDS = "In dit archief"
HOLDS_PAPERS = "stukken"
HOLDS_DOSSIERS = "dossiers"
HOLDS_CITATIONS = "verwijzingen"

# Empty archive
EMPTY_TITLE = "Het archief is nog leeg"
EMPTY_TEXT = "Vul het met officiële bestanden (HTML, XML of zip) vanaf de opdrachtregel. Daarna werkt het zoeken meteen."
EMPTY_COMMAND = "kamerstukken index MAP"

# On several pages
FOR = "voor"
BEYOND = "Zo veel pagina’s zijn er niet."
TO_FIRST = "Naar de eerste pagina"
CHOSEN = "gekozen, klik om te verwijderen"
SORT_LABEL = "Volgorde"
PAGES = "Pagina’s"
PREVIOUS = "Vorige"
NEXT = "Volgende"
PAGE = "Pagina"
JSON = "Als JSON"
BACK_TO_RESULTS = "Naar de resultaten"


def papers(count: int) -> str:
    """1 stuk, 1.234 stukken."""
    return "1 stuk" if count == 1 else f"{number(count)} stukken"


def label_and_plural(field: str) -> tuple[str, str]:
    """The words for one value of a field and for several, from the table of fields."""
    declared = fields.named(field)
    return declared.label, declared.plural


def named(words: tuple[str, str], values: Sequence[object]) -> str:
    """The word for one of them or for several."""
    return words[0] if len(values) == 1 else words[1]


def numbered(number_in_dossier: str) -> str:
    """nr. 1412; letters stand alone."""
    return f"nr.\u00a0{number_in_dossier}" if number_in_dossier[:1].isdigit() else number_in_dossier


def held_from(first: date, last: date) -> str:
    """The time the archive covers."""
    return f"Van {day(first)} tot en met {day(last)}."


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
YEAR = fields.named("year").label
COUNT = "Stukken"
ALL_VALUES = "Alle waarden"
VALUES_NONE = "Geen waarde met deze letters."
NARROW = "Toon"
VALUE_ORDERS = {"aantal": "Meest voorkomend", "naam": "Alfabetisch"}


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


STATUS = "Status"
STATUS_TITLE = "Stand van het archief"
STATUS_EMPTY = "Er zijn nog geen stukken."
STATUS_PAPERS = "Stukken"
STATUS_FILES = "Officiële bestanden"
STATUS_UNDATED = "Stukken zonder datum"
STATUS_RECEIVED = "Laatste bestand ontvangen"
STATUS_RUN = "Laatste keer bijgewerkt"
STATUS_INDEX = "Zoekindex"
STATUS_VERSIONS = "Gemaakt met"
STATUS_YEARS = "Stukken per jaar"
STATUS_YEARS_TEXT = "Naar de datum van het stuk. Een gearceerde rij is een gat: van die jaren heeft dit archief niets."
STATUS_COUNT = "Stukken"
STATUS_SHARE = "Verhouding"
STATUS_GAP = "geen stukken"
VERSIONS = {"parser": "lezer", "schema": "schema", "analysis": "taal"}


def run_counts(added: int, changed: int, failed: int) -> str:
    """What the last run brought."""
    told = f"{number(added)} nieuw, {number(changed)} gewijzigd"
    return f"{told}, {number(failed)} niet leesbaar" if failed else told


def index_state(behind: int | None) -> str:
    """Whether everything can be found."""
    if behind is None:
        return "Er is geen bruikbare index; zoeken kan nu niet"
    if not behind:
        return "Bijgewerkt: alle stukken zijn vindbaar"
    return f"Loopt {'1 wijziging' if behind == 1 else f'{number(behind)} wijzigingen'} achter"
