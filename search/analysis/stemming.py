"""Stems: what the inflections of a Dutch word share.

Irregular plurals are first made singular and regular verbs infinitives, nltk's Snowball stemmer does the regular work, and a few
rules mend what it leaves apart. A stem is a key, not a word: it is never shown. Words with digits or signs are their own stems,
and so are the names that stemming would turn into words. Case plays no part, because queries are typed in lower case: a name in
a text keeps its exact form, which counts for more than the stem. The tables hold what no rule explains; their words are folded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from nltk.stem.snowball import DutchStemmer

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


LONGEST = 40
"""Longer words are not Dutch and are left alone."""

_SNOWBALL = DutchStemmer()
_CUT = ("e", "s", "en", "end", "ing", "ig", "heid", "lijk", "baar")
_LONG_VOWELS = ("aa", "ee", "oo", "uu")
"""How every word ends that Snowball may change: in one of these, or in a letter after such a vowel. A third do not."""

_GENITIVE = re.compile(r"([a-z]{2,})'(?:s|n|ers?|tjes?)")
"""``foto's``, ``Omtzigt's``, ``zzp'er``, ``baby'tje``."""

_ENDINGS = tuple(ending for ending, *_ in ENDINGS)

_Rule = tuple[tuple[str, ...], re.Pattern[str], str]
"""How all words end that it may change, which is quick to see; what it changes; and into what."""


@dataclass(frozen=True, slots=True)
class _Rules:
    """Rules that are tried one after another, and how all words end that one of them may change."""

    rules: tuple[_Rule, ...]
    endings: tuple[str, ...]

    @classmethod
    def of(cls, *rules: tuple[tuple[str, ...], str, str]) -> _Rules:
        """Rules with their patterns as texts."""
        endings = dict.fromkeys(ending for of_rule, *_ in rules for ending in of_rule)
        return cls(tuple((of_rule, re.compile(pattern), into) for of_rule, pattern, into in rules), tuple(endings))


_APART = "aan|achter|af|bekend|bij|door|gebruik|her|in|mee|na|om|op|over|samen|tegen|terug|toe|uit|vast|vol|voor|vrij|weg"
"""What separates from its verb: ``uitgefaseerd`` of ``uitfaseren``."""

_PARTICIPLE = rf"^({_APART})?ge(?!ner|nd|bruik|doog)(\w+?)"
_LONG_R = r"(?:uu|(?:(?<![bgkmpw])|(?<=sp))(?:aa|oo))r"
"""Of ``verhuurd``, ``verklaard`` and ``bespaard``, not of ``akkoord`` and ``voorwaarde``."""

_T, _D = ("t",), ("d", "de", "den")
_VERBS = _Rules.of(
    (_D, rf"{_PARTICIPLE}(eer|(?<=\w[^v])ier)d(?:en?)?$", r"\1\2\3en"),  # uitgefaseerd
    (_T + _D, r"(?<=\w)eer(?:t|den?|d)$", "eeren"),  # faseert, informeerden
    (_T + _D, r"(?<=\w\w[^v])ier(?:t|den?|d)$|(?<=\w\wv)iert$", "ieren"),  # financiert
    (
        _D,
        rf"{_PARTICIPLE}((?:aa|ee|oo)[glm]|(?:ee|oo)n|{_LONG_R}|ng)d(?:en?)?$",
        r"\1\2\3en",
    ),  # gevraagd, aangetoonde
    (("t", "te", "ten"), rf"{_PARTICIPLE}((?:aa|ee|oo)[kp])t(?:en?)?$", r"\1\2\3en"),  # gemaakt
    (_T, r"(?<=\w)((?:aa|(?<!t)ee|oo)[gklnp]|(?:aa|ee)m|ng)t$", r"\1en"),  # maakt, betaalt, neemt, vervangt
    (
        _D,
        rf"^((?:{_APART})?(?:be|ver|ont|her)\w+?)((?:aa|ee|oo)[gl]|(?:ee|oo)n|{_LONG_R}|ng)d(?:en?)?$",
        r"\1\2en",
    ),  # betaalde, verleend
    (_T, rf"^((?:{_APART})?(?:be|er|ver|ont|her)\w+?{_LONG_R})t$", r"\1en"),  # verklaart
    (
        _T + _D,
        rf"^((?:{_APART})?(?:be|ver|ont|her)\w*?(?:[bdklnpstz]el|[dkmnt]er))(?:t|den?|d)$",
        r"\1en",
    ),  # behandeld, verbetert
    (("dt",), r"(?<=ie|ei|or|ij|in|ou|en)dt$", "den"),  # biedt, leidt, wordt
)
"""Inflected regular verbs, where their form tells: on -(i)eren, with a long vowel or -ng, and prefixed ones on -el or -er."""

_BEFORE = _Rules.of(
    (("een",), r"(?<=[ie]e)en$", ""),  # ideeen → idee, industrieen → industrie
    (("ien",), r"(?<=[aeiou][bcdfgklmnprstvz])ien$", "ie"),  # bacterien → bacterie
    (("enen",), r"(?<=kk|ss|ng|ev|ed)enen$", "en"),  # betrokkenen → betrokken, volwassenen
    (("ens",), r"(?<=[aeiouy][vkpr])ens$", "en"),  # havens → haven, tekens, wapens, torens
    (("as",), r"(?<=\w[nm])as$", "a"),  # programmas → programma
    (("os",), r"(?<=\w[ceginprt])os$", "o"),  # fotos → foto, regios, risicos
    (("eaus",), r"(?<=eau)s$", ""),  # niveaus → niveau
    (("es",), r"(?<=[aeiou][bdfgklmnptvz])es$", "e"),  # methodes → methode
    (
        ("es",),
        r"(?<=[^aeiou]t)es$|(?<=[aoy]s)es$|(?<=[aiou]r)es$|(?<=[inr]c)es$|(?<=gn|nr|rn|rv|tm)es$",
        "e",
    ),  # ziektes, analyses, procedures
    (("jes",), r"(?<=j)es$", "e"),  # meisjes → meisje
    (("ici",), r"(?<=\w\w)ici$", "icus"),  # politici → politicus
)

_LONG = _Rules.of((("en",), r"([aeou])\1(?=[gklmnpr]en$)", r"\1"))
"""The vowel that an infinitive writes once: ``maakt`` → ``maaken`` → ``maken``."""

_DOUBLED = tuple(2 * letter for letter in "bfglmnprs")
_AFTER = _Rules.of(
    (("v",), r"v$", "f"),  # briev → brief
    (("z",), r"z$", "s"),  # huiz → huis
    (_DOUBLED, r"([bfglmnprs])\1$", r"\1"),  # plann → plan, gevall → geval
    (("ies",), r"ies$", "ie"),  # moties → motie
)
_SHORTER = re.compile(r"(?<=[eiu])([aeou])\1(?=[bcdfghjklmnpqrstvwxz]$)")
"""A vowel that another makes single: ``financieel`` → financiel, ``sociaal`` → social."""


@lru_cache(maxsize=1 << 18)  # about the words that come more than once in the archive; working one out takes some 10 µs
def stem(token: str) -> str:
    """The stem of a folded word; the word itself where there is nothing to take off.

    >>> stem("moties"), stem("kamerleden"), stem("f-35")
    ('motie', 'kamerlid', 'f-35')
    """
    if "'" in token and (found := _GENITIVE.fullmatch(token)):
        token = found[1]
    if len(token) < 3 or len(token) > LONGEST or not (token.isascii() and token.isalpha()):
        return token
    if token in KEPT or token.endswith("ff"):  # no Dutch word ends in ff, but names do: Hoff, De Graaff
        return token
    word = _regular(token)
    if word not in NO_VERBS:
        word = _changed(_changed(word, _VERBS), _LONG)
    word = _changed(word, _BEFORE)
    if word in STEMS or word.endswith(SOLID):
        return STEMS.get(word, word)
    if word.endswith(_CUT) or word[-3:-1] in _LONG_VOWELS:
        word = str(_SNOWBALL.stem(word))
    word = _changed(word, _AFTER)
    return _SHORTER.sub(r"\1", word) if word[-3:-2] == word[-2:-1] else word


def _changed(word: str, rules: _Rules) -> str:
    if not word.endswith(rules.endings):
        return word
    for endings, pattern, replacement in rules.rules:
        if word.endswith(endings):
            word = pattern.sub(replacement, word)
    return word


def _regular(word: str) -> str:
    """The regular form of a word with an irregular one, alone or as the end of a compound."""
    if word in SINGULARS:
        return SINGULARS[word]
    if not word.endswith(_ENDINGS):
        return word
    for ending, regular, others in ENDINGS:
        if word.endswith(ending) and not word.endswith(others):
            return word[: -len(ending)] + regular
    return word
