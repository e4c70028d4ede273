"""What went wrong, in words."""

from __future__ import annotations

from web.strings.paper import WITHDRAWN_TITLE

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
BAD_PAGE = "“{value}” is geen paginanummer. Verwacht wordt een getal van 1 tot en met {bound}, bijvoorbeeld pagina=2."
BAD_SORT = "“{value}” is geen volgorde. Kies uit relevance, newest en oldest, bijvoorbeeld sort=newest."
BAD_YEAR = "“{value}” is geen jaar voor {name}. Verwacht wordt een jaar van vier cijfers, bijvoorbeeld van=2018&tot=2024."
BAD_ONE_YEAR = "“{value}” is geen jaar. Verwacht wordt een jaar van vier cijfers, bijvoorbeeld year=2024."
BAD_WORD = "“{value}” is geen waarde voor {name}. Kies uit: {words}."
BAD_ORDER = "“{value}” is geen volgorde. Kies uit newest, oldest, left en right, bijvoorbeeld sort=left."
BAD_NUMBER = "“{value}” is geen waarde voor {name}. Verwacht wordt een getal van 0 tot en met {bound}."
NOT_IN_ARCHIVE = "{identifier} staat niet in dit archief."
