"""Words of every page, of the start page and of an empty archive."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from web.formats import day, number

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


def named(words: tuple[str, str], values: Sequence[object]) -> str:
    """The word for one of them or for several."""
    return words[0] if len(values) == 1 else words[1]


def numbered(number_in_dossier: str) -> str:
    """nr. 1412; letters stand alone."""
    return f"nr.\u00a0{number_in_dossier}" if number_in_dossier[:1].isdigit() else number_in_dossier


def held_from(first: date, last: date) -> str:
    """The time the archive covers."""
    return f"Van {day(first)} tot en met {day(last)}."
