"""Words of every page, of the start page and an empty archive, of the pages about the archive and its API, and of errors."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from search import fields
from web.formats import day, number
from web.parameters import Expected, Problem

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
    ("datum:2018..2024 einddatum", "uit een periode; ook datum:juni 2024, zomer 2024, vorig jaar"),
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


STATUS = "Status"
STATUS_TITLE = "Stand van het archief"
STATUS_EMPTY = "Er zijn nog geen stukken."
STATUS_PAPERS = "Stukken"
STATUS_FILES = "Ontvangen bestanden"
STATUS_UNDATED = "Stukken zonder datum"
STATUS_DOUBTFUL = "Stukken met een onzekere datum"
STATUS_DOUBTS = "Onder andere:"
STATUS_NAMELESS = "Stukken zonder namen"
STATUS_FICTIONAL = "Verzonnen stukken"
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

WITHDRAWN_TITLE = "Dit stuk is ingetrokken"
ERROR_TITLES = {
    400: "Deze vraag kan niet gelezen worden",
    404: "Deze pagina bestaat niet",
    405: "Dat kan op deze pagina niet",
    410: WITHDRAWN_TITLE,
    413: "De aanvraag is te groot",
    414: "Dit adres is te lang",
    429: "Dat gaat te snel",
    431: "De aanvraag is te groot",
    500: "Er ging iets mis",
    503: "Dit kan nu even niet",
}
ERROR_TEXTS = {
    400: "Er staat iets in het adres dat deze pagina niet kent.",
    404: "Misschien is het adres verkeerd overgenomen. Zoeken kan altijd:",
    405: "Deze pagina kan alleen worden opgevraagd.",
    413: "Stuur een kortere aanvraag.",
    414: "Maak de vraag korter, of kies minder filters.",
    429: "Er komen te veel aanvragen van dit adres. Wacht even en probeer het opnieuw.",
    431: "Stuur een kortere aanvraag; misschien helpt het om cookies voor deze site te wissen.",
    500: "De fout ligt bij ons, niet bij u. Probeer het opnieuw, of begin bij de zoekpagina.",
    503: "Dit archief kan nu niet gebruikt worden. Waarom staat in het logboek van de server, en in: kamerstukken status",
}
NO_SEARCH_TITLE = "Zoeken kan nu even niet"
UNREADABLE_TITLE = "Dit archief kan nu niet gelezen worden"
ERROR_NO_CATALOGUE = (
    "De catalogus van dit archief is weg; de ontvangen bestanden of de index zijn er nog. De beheerder maakt hem opnieuw met: "
    "kamerstukken reindex --from archive"
)
ERROR_DAMAGED_CATALOGUE = (
    "Wat voor deze pagina in de catalogus staat is beschadigd. Liever geen antwoord dan een verkeerd. De beheerder herstelt het "
    "met: kamerstukken check --mend"
)
ERROR_OUTDATED_CATALOGUE = (
    "De catalogus is van een andere versie van dit programma. De beheerder leest wat er aan de hand is met: kamerstukken status"
)
_PAPERS_GO_ON = " Stukken waarvan u het nummer weet kunt u gewoon openen."
ERROR_NO_INDEX = "Er is geen zoekindex. De beheerder maakt hem met: kamerstukken reindex." + _PAPERS_GO_ON
ERROR_DAMAGED_INDEX = "De zoekindex is beschadigd. De beheerder maakt hem opnieuw met: kamerstukken reindex." + _PAPERS_GO_ON
ERROR_OUTDATED_INDEX = (
    "De zoekindex is van een andere versie van dit programma. De beheerder maakt hem opnieuw met: kamerstukken reindex."
    + _PAPERS_GO_ON
)
ERROR_NO_ENGINE = (
    "De zoekmachine geeft op dit moment geen volledig antwoord. Liever geen antwoord dan een half: probeert u het over een halve "
    "minuut opnieuw. Stukken waarvan u het nummer weet kunt u gewoon openen."
)
ERROR_HOST = "Dit is geen adres van deze site. Wie haar beheert, zegt met --allowed-host welke dat zijn."
ERROR_BUSY_TITLE = "Het is nu te druk"
ERROR_BUSY = "Er wachten meer bezoekers dan er geholpen kunnen worden. Probeer het over een paar tellen opnieuw."
COSTLY_TITLE = "Deze zoekvraag kost te veel"
COSTLY = {
    "words": "De woorden van de vraag staan in heel veel stukken. Gebruik minder woorden, of woorden die minder vaak voorkomen.",
    "phrases": "De vraag vergelijkt van veelgebruikte woorden in heel veel stukken waar zij staan. Gebruik voor wat tussen "
    "aanhalingstekens staat zeldzamere woorden, of laat er minder woorden tussen staan dan achter ~ is toegestaan.",
    "forms": "De woorden van de vraag staan voor heel veel andere woorden. Schrijf woorden die op * of ~ eindigen verder uit.",
    "texts": "Voor deze vraag moeten heel lange teksten worden doorgenomen. Vraag minder stukken tegelijk of zeldzamere woorden.",
}
"""By what made a query costly (``QueryTooCostly.part``): what that is, and how to ask for less."""
COSTLY_NOTHING_GIVEN = (
    "Een zoekvraag mag maar een paar seconden duren, zodat niemand op een ander hoeft te wachten. Een half antwoord geven wij "
    "niet. Ook een filter op jaar of soort, of een woord dat in weinig stukken staat, kan helpen."
)
COSTLY_PAGE_TITLE = "Zoekvragen die te veel kosten"
COSTLY_PAGE_LESS = "Wat het kost, en hoe u minder vraagt"
COSTLY_PAGE_API = (
    "De API weigert zo’n vraag met status 503. In “detail” staat in het Engels wat haar zo duur maakt. Dezelfde vraag opnieuw "
    "stellen helpt zelden; vraag minder, en wacht eerst de seconden van Retry-After. Het type van dit probleem is:"
)
ERROR_NO_MEANING = "Zoeken naar betekenis kan hier niet. Laat meaning=on weg uit het adres; dan wordt op de woorden gezocht."
ERROR_OTHER = "Deze aanvraag lukt niet"
ERROR_HOME = "Naar de zoekpagina"
NOT_IN_ARCHIVE = "{identifier} staat niet in dit archief."


def problem(told: Problem) -> str:
    """What is wrong with a parameter of the address, and what is expected."""
    name, least, most = told.name, number(told.least), number(told.most)
    return {
        Expected.NUMBER: f"“{told.value}” is geen getal voor “{name}”. Verwacht wordt een getal van {least} tot en met {most}.",
        Expected.WORD: f"“{told.value}” is geen waarde voor “{name}”. Kies uit: {', '.join(told.words)}.",
        Expected.YEAR: f"“{told.value}” is geen jaar voor “{name}”. Verwacht wordt een jaar van vier cijfers: {told.example}.",
        Expected.YEARS: f"“{told.value}” is geen jaar voor “{name}”. Verwacht wordt een jaar of een reeks jaren: {told.example}.",
        Expected.SHORTER: f"“{told.value}…” is te lang voor “{name}”. Verwacht worden hoogstens {most} tekens.",
        Expected.FEWER: f"Er zijn {least} waarden gekozen. Er kunnen er hoogstens {most} tegelijk gekozen worden.",
        Expected.ONCE: f"“{name}” staat {told.most} keer in het adres en kan maar één waarde hebben.",
        Expected.KNOWN: f"“{name}” betekent hier niets.",
    }[told.expected]


def without(names: Sequence[str]) -> str:
    """The way to the same page without some parameters."""
    return f"Open deze pagina zonder {' en '.join(names)}"
