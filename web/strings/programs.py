"""Words of what programs get, exports and feeds, and of the page that tells of it."""

from __future__ import annotations

from web.formats import number
from web.strings.site import papers

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
