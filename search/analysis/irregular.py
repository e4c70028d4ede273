"""Tables for ``stemming``: irregular plurals, and the words that are left as they are. All folded."""

from __future__ import annotations

SINGULARS = {
    "bewindslieden": "bewindspersoon",
    "eieren": "ei",
    "koeien": "koe",
    "leden": "lid",
    "steden": "stad",
    "schepen": "schip",
    "volkeren": "volk",
    "liederen": "lied",
    "ideele": "ideeel",
    "reele": "reeel",
    "irreele": "irreeel",
    "surreele": "surreeel",
    "crises": "crisis",
    "bases": "basis",
    "examens": "examen",
    "leugens": "leugen",
    "gegevens": "gegeven",
    "jongens": "jongen",
    "molens": "molen",
    "criteria": "criterium",
    "visa": "visum",
    "quota": "quotum",
    "fora": "forum",
    "stadia": "stadium",
    "raadslieden": "raadsman",
    "agendas": "agenda",
    "paginas": "pagina",
    "cameras": "camera",
    "autos": "auto",
    "euros": "euro",
    "kilos": "kilo",
    "dramas": "drama",
    "dossiers": "dossier",
    "nota": "nota",
}
"""Whole words with a plural (or other inflection) that no rule explains."""

ENDINGS: tuple[tuple[str, str, tuple[str, ...]], ...] = (
    # ending, singular, but not when the word ends so
    ("leden", "lid", ("geleden", "verleden", "overleden", "beleden", "gleden", "kleden", "ontleden", "bleden", "vermeden")),
    ("kinderen", "kind", ()),
    ("steden", "stad", ("besteden", "bestede")),
    ("schepen", "schip", ("geschepen",)),
    ("lieden", "man", ("vlieden", "arbeidslieden")),
    ("musea", "museum", ()),
    ("centra", "centrum", ()),
    ("gymnasia", "gymnasium", ()),
    ("laboratoria", "laboratorium", ()),
    ("consortia", "consortium", ()),
    ("territoria", "territorium", ()),
    ("moratoria", "moratorium", ()),
    ("memoranda", "memorandum", ()),
    ("referenda", "referendum", ()),
    ("symposia", "symposium", ()),
    ("curricula", "curriculum", ()),
    ("quota", "quotum", ()),
)
"""Irregular plurals that also end compounds: ``raadsleden``, ``pleegkinderen``, ``rijksmusea``."""

KEPT = frozenset(
    """
    tijdens volgens wegens tevens telkens nergens ergens minstens hoogstens tenminste alsmede bovendien misschien sindsdien
    jetten schouten bruins kuipers hermans harbers keijzer wiebes klever koolmees heijnen wolfsen remkes donner zalm
    dekkers peters jansen janssen willems hendriks beckers
    assen drachten emmen groningen leeuwarden leiden putten bergen ede heerlen kerkrade naarden rhenen vianen nijkerk
    vlissingen terneuzen schagen hoeven
    """.split()
)
"""Words that look like an inflection and are none: adverbs, and names that would otherwise become a word."""
