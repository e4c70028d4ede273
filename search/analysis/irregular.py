"""Tables for ``stemming``: what no rule explains. All words are folded."""

from __future__ import annotations

SINGULARS = {
    "bewindslieden": "bewindspersoon",
    "raadslieden": "raadsman",
    "leden": "lid",
    "eieren": "ei",
    "koeien": "koe",
    "volkeren": "volk",
    "liederen": "lied",
    "individuen": "individu",
    "taboes": "taboe",
    "taxis": "taxi",
    "menus": "menu",
    "autos": "auto",
    "kilos": "kilo",
    "dramas": "drama",
    "uren": "uur",
    "oren": "oor",
    "ogen": "oog",
    "eden": "eed",
    "crises": "crisis",
    "bases": "basis",
    "quota": "quotum",
    "visa": "visum",
    "fora": "forum",
    "stadia": "stadium",
    "leugens": "leugen",
    "gegevens": "gegeven",
    "jongens": "jongen",
    "reele": "reeel",
    "ideele": "ideeel",
    "irreele": "irreeel",
    "surreele": "surreeel",
    "plaatse": "plaats",
    "rechtstreekse": "rechtstreeks",
}
"""Whole words with an irregular plural, or an inflection that hides the word."""

ENDINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # ending, its regular form, and the endings that only look like it
    ("leden", "lid", ("geleden", "verleden", "overleden", "beleden", "gleden", "kleden", "ontleden", "bleden")),
    ("kinderen", "kind", ()),
    ("steden", "stad", ("besteden",)),
    ("schepen", "schip", ("geschepen",)),
    ("lieden", "man", ("vlieden",)),
    ("redenen", "reden", ()),
    ("musea", "museum", ()),
    ("centra", "centrum", ()),
    ("criteria", "criterium", ()),
    ("gymnasia", "gymnasium", ()),
    ("laboratoria", "laboratorium", ()),
    ("consortia", "consortium", ()),
    ("territoria", "territorium", ()),
    ("moratoria", "moratorium", ()),
    ("memoranda", "memorandum", ()),
    ("referenda", "referendum", ()),
    ("symposia", "symposium", ()),
    ("curricula", "curriculum", ()),
    ("peildata", "peildatum", ()),
    ("einddata", "einddatum", ()),
    ("ingangsdata", "ingangsdatum", ()),
    ("streefdata", "streefdatum", ()),
    ("agendas", "agenda", ()),
    ("cameras", "camera", ()),
    ("collegas", "collega", ()),
    ("notas", "nota", ()),
    ("paginas", "pagina", ()),
    ("plafonds", "plafond", ()),
    ("examens", "examen", ()),
    ("huishoudens", "huishouden", ()),
    ("inkomens", "inkomen", ()),
    ("ketens", "keten", ()),
    ("molens", "molen", ()),
    ("vermoedens", "vermoeden", ()),
    ("vermogens", "vermogen", ()),
    ("voornemens", "voornemen", ()),
    ("wagens", "wagen", ()),
)
"""Plurals that also end compounds: ``raadsleden``, ``pleegkinderen``, ``huishoudinkomens``."""

SOLID = (
    "arts",
    "accijns",
    "balans",
    "beurs",
    "fiets",
    "fonds",
    "gids",
    "grens",
    "kans",
    "koers",
    "mens",
    "plaats",
    "prins",
    "reeks",
    "schets",
    "stimulans",
    "tendens",
    "toets",
    "wens",
)
"""Words, and compounds that end so, whose final s is no inflection: without it ``kans`` becomes ``kan`` and ``arts`` ``art``."""

STEMS = {
    "overheid": "overheid",
    "overheden": "overheid",
    "overheids": "overheid",
    "meerderheid": "meerderheid",
    "meerderheden": "meerderheid",
    "minderheid": "minderheid",
    "minderheden": "minderheid",
    "openbaar": "openbaar",
    "openbare": "openbaar",
    "openbaarheid": "openbaar",
    "regeling": "regeling",
    "regelingen": "regeling",
    "handeling": "handeling",
    "handelingen": "handeling",
    "overig": "overig",
    "overige": "overig",
    "indienen": "indienen",
    "natuurlijk": "natuurlijk",
    "natuurlijke": "natuurlijk",
    "taak": "taak",
    "taken": "taak",
    "koop": "kopen",
    "kopen": "kopen",
    "boom": "boom",
    "bomen": "boom",
    "boot": "boot",
    "boten": "boot",
    "lees": "lezen",
    "leest": "lezen",
    "lezen": "lezen",
    "zaal": "zaal",
    "zalen": "zaal",
    "zone": "zone",
    "zones": "zone",
    "reden": "reden",
    "weten": "weten",
    "weet": "weten",
    "meten": "meten",
    "meet": "meten",
}
"""Words that the stemmer would take for others: ``overheid`` for *over*, ``weten`` for *wet*, ``taak`` for *tak*."""

KEPT = frozenset(
    (
        *("geen", "vaak", "meer", "weer", "gaat", "waar", "eens", "soms", "langs", "heen"),
        *("blijkens", "ergens", "hoogstens", "minstens", "nergens", "niets", "nieuws", "reeds"),
        *("telkens", "tevens", "tijdens", "vervolgens", "volgens", "wegens"),
        *("bruins", "harbers", "heijnen", "hermans", "jetten", "koolmees", "kuipers", "schouten", "wiebes"),
        *("assen", "bergen", "drachten", "emmen", "groningen", "heerlen", "leiden", "putten", "schagen", "vlissingen"),
    )
)
"""Words that look like an inflection and are none, or that would become another word without a vowel (``geen`` the *gen* of
``Cool:Gen``, ``vaak`` a *vak*): function words, adverbs, persons, places (``Jetten`` is not about jets)."""

NO_VERBS = frozenset(
    (
        *("geleerd", "geleerde", "geleerden", "omgekeerd", "omgekeerde", "verkeerd", "verkeerde", "verkeert"),
        *("bepaald", "bepaalde", "bepaalden", "gelaagd", "gelaagde", "genaamd", "gepaard", "meent"),
        *("tjeerd", "weert"),
    )
)
"""What looks like an inflected verb and has a meaning of its own."""
