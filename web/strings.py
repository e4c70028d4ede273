"""Every sentence and word of the interface, in Dutch. Templates see this module as ``t``; pages hold no words of their own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from indexer.identifier import Identifier
from indexer.registers import Order, Role
from search.concordance import LineOrder
from search.plan import MatchKind
from search.ports import Sort
from search.selection import YearSpan
from web.formats import day, local_day, month, number, percent

SITE = "Kamerstukken"
TAGLINE = "Doorzoek de stukken van de Tweede en Eerste Kamer"
DESCRIPTION = "Zoekmachine voor Kamerstukken: brieven, moties, wetsvoorstellen en verslagen, tot in de voetnoten."
SKIP = "Naar de inhoud"
ABOUT_SOURCE = "Officiële tekst: "
SOURCE_NAME = "officielebekendmakingen.nl"
SOURCE_ADDRESS = "https://zoek.officielebekendmakingen.nl"
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

# Search page
RESULTS = "Zoekresultaten"
FOR = "voor"
UNDERSTOOD = "Begrepen als"
DID_YOU_MEAN = "Bedoelde u"
JUMP = "Dit stuk staat in het archief"
NOTHING = "Niets gevonden"
ASK = "Waar zoekt u naar?"
NOTHING_WITH_FILTERS = "Met deze filters blijft er niets over."
NO_FILTERS = "Zoek zonder filters"
BEYOND = "Zo veel pagina’s zijn er niet."
TO_FIRST = "Naar de eerste pagina"
PARTIAL_FROM_HERE = "Hierna: stukken met een deel van de woorden"
REFINE = "Verfijnen"
REFINE_CLOSE = "Terug naar de resultaten"
ACTIVE_FILTERS = "Gekozen filters"
REMOVE_FILTER = "Verwijder filter"
CHOSEN = "gekozen, klik om te verwijderen"
CLEAR = "Wis alle filters"
MORE_FACETS = "Meer filters"
SORT_LABEL = "Volgorde"
SORTS = {Sort.RELEVANCE: "Relevantie", Sort.NEWEST: "Nieuwste", Sort.OLDEST: "Oudste"}
MATCHES = {MatchKind.COMPOUND: "samenstelling", MatchKind.SYNONYM: "verwant woord", MatchKind.PARTIAL: "gedeeltelijk"}
MATCH_TITLES = {
    MatchKind.COMPOUND: "Gevonden als deel van een samengesteld woord",
    MatchKind.SYNONYM: "Gevonden via een verwant woord",
    MatchKind.PARTIAL: "Niet alle woorden komen in dit stuk voor",
}
PAGES = "Pagina’s"
PREVIOUS = "Vorige"
NEXT = "Volgende"
PAGE = "Pagina"
PAGE_BOUND = "Verder bladeren kan niet; verfijn de zoekvraag of kies filters."
TO_PASSAGE = "Naar de passage"
PDF = "PDF"
OFFICIAL = "Officiële pagina"
JSON = "Als JSON"
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

# Paper page
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
BACK_TO_RESULTS = "Naar de resultaten"
NEXT_MARK = "Volgende vindplaats"
PREVIOUS_MARK = "Vorige vindplaats"
WITHOUT_MARKS = "Zonder markering"
SIGNED = "Ondertekening"
MISSING_TITLE = "Dit stuk staat niet in het archief"
MISSING_OFFICIAL = "Bekijk het op officielebekendmakingen.nl"
MISSING_SEARCH = "Zoek naar stukken die het noemen"
WITHDRAWN_TITLE = "Dit stuk is ingetrokken"

# What programs get
TAKE_ALONG = "Deze resultaten meenemen"
FOLLOW = "Volgen (Atom)"
BIBTEX = "BibTeX"
RIS = "RIS"
CSV_COLUMNS = (
    "Identificatie", "Citeer als", "Titel", "Soort", "Datum", "Dossiers", "Nummer", "Kamer", "Vergaderjaar", "Bewindspersonen",
    "Indieners", "Passage", "Pagina", "Officiële pagina", "PDF",
)  # fmt: skip
INDEX_RENEWED = "De zoekindex werd zojuist vernieuwd. Probeer het opnieuw."
FEED_ALL = "Nieuwste stukken"
FEED_SUBTITLE = "De nieuwste stukken eerst; een stuk verschijnt hier zodra het in dit archief is opgenomen."

# State of the archive
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
STATUS_YEAR = "Jaar"
STATUS_COUNT = "Stukken"
STATUS_SHARE = "Verhouding"
STATUS_GAP = "geen stukken"
VERSIONS = {"parser": "lezer", "schema": "schema", "analysis": "taal"}

# For programs
API = "API"
API_TITLE = "Voor programma’s"
API_TEXT = (
    "Alles wat hier te zien is, is er ook als gegevens: zonder sleutel, alleen opvragen (GET). Iedere zoekpagina geeft "
    "haar vraag in het adres; dezelfde vraag werkt in elk van de vormen hieronder."
)
API_FORMS = "Zoekresultaten en stukken"
API_FORM, API_EXAMPLE = "Vorm", "Voorbeeld"
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
# Dossiers and persons
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
NO_DOSSIER = "Er zijn hier geen stukken van dossier {key}."
NO_PERSON = "Niemand heeft hier een stuk ondertekend of ingediend als {name}."
# Term page
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

# Errors
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
ERROR_OTHER = "Deze aanvraag lukt niet"
ERROR_HOME = "Naar de zoekpagina"
BAD_PAGE = "“{value}” is geen paginanummer. Verwacht wordt een getal van 1 tot en met {bound}, bijvoorbeeld pagina=2."
BAD_SORT = "“{value}” is geen volgorde. Kies uit relevance, newest en oldest, bijvoorbeeld sort=newest."
BAD_YEAR = "“{value}” is geen jaar voor {name}. Verwacht wordt een jaar van vier cijfers, bijvoorbeeld van=2018&tot=2024."
BAD_ONE_YEAR = "“{value}” is geen jaar. Verwacht wordt een jaar van vier cijfers, bijvoorbeeld year=2024."
BAD_WORD = "“{value}” is geen waarde voor {name}. Kies uit: {words}."
BAD_ORDER = "“{value}” is geen volgorde. Kies uit newest, oldest, left en right, bijvoorbeeld sort=left."
BAD_NUMBER = "“{value}” is geen waarde voor {name}. Verwacht wordt een getal van 0 tot en met {bound}."
NOT_IN_ARCHIVE = "{identifier} staat niet in dit archief."


def withdrawn(noticed: datetime | None) -> str:
    """That a paper existed, and when that changed, if it is known."""
    since = f" Dat bleek op {local_day(noticed)}." if noticed else ""
    return f"Dit stuk stond in het archief, maar de bron heeft het ingetrokken.{since}"


def papers(count: int) -> str:
    """1 stuk, 1.234 stukken."""
    return "1 stuk" if count == 1 else f"{number(count)} stukken"


def named(words: tuple[str, str], values: Sequence[object]) -> str:
    """The word for one of them or for several."""
    return words[0] if len(values) == 1 else words[1]


def with_parts(all_words: int, partial: int) -> str:
    """How many papers have every word, and how many a part of them."""
    if not all_words:
        return f"Geen stuk met alle woorden, wel {number(partial)} met een deel ervan"
    return f"{papers(all_words)} met alle woorden, daarna {number(partial)} met een deel ervan"


def marks_found(count: int) -> str:
    """How many places of a paper are marked."""
    return "1 vindplaats" if count == 1 else f"{number(count)} vindplaatsen"


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


def feed_title(query: str) -> str:
    """What the feed of a search is called in a list of feeds."""
    return f"{FEED_ALL}: {query.strip()}" if query.strip() else FEED_ALL


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


def taken_along(total: int, bound: int) -> str:
    """How many papers an export holds."""
    return papers(total) if total <= bound else f"De eerste {number(bound)} van {papers(total)}"


def numbered(number_in_dossier: str) -> str:
    """nr. 1412; letters stand alone."""
    return f"nr.\u00a0{number_in_dossier}" if number_in_dossier[:1].isdigit() else number_in_dossier


def held_from(first: date, last: date) -> str:
    """The time the archive covers."""
    return f"Van {day(first)} tot en met {day(last)}."


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
