"""Words of the page on the state of the archive."""

from __future__ import annotations

from web.formats import number

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
