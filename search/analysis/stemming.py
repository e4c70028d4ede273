"""Stems: what the inflections of a Dutch word share.

Irregular plurals are first made singular and regular verbs infinitives, nltk's Snowball stemmer does the regular work, and a few
rules mend what it leaves apart. A stem is a key, not a word: it is never shown. Words with digits or signs are their own stems,
and so are the names that stemming would turn into words. Case plays no part, because queries are typed in lower case: a name in
a text keeps its exact form, which counts for more than the stem.
"""

from __future__ import annotations

import re
from functools import lru_cache

from nltk.stem.snowball import DutchStemmer

from search.analysis.irregular import ENDINGS, KEPT, NO_VERBS, SINGULARS, SOLID, STEMS

LONGEST = 40
"""Longer words are not Dutch and are left alone."""

_SNOWBALL = DutchStemmer()

_GENITIVE = re.compile(r"([a-z]{2,})'(?:s|n|ers?|tjes?)")
"""``foto's``, ``Omtzigt's``, ``zzp'er``, ``baby'tje``."""

_ENDINGS = tuple(ending for ending, *_ in ENDINGS)

_Rules = tuple[tuple[re.Pattern[str], str], ...]

_APART = "aan|achter|af|bekend|bij|door|gebruik|her|in|mee|na|om|op|over|samen|tegen|terug|toe|uit|vast|vol|voor|vrij|weg"
"""What separates from its verb: ``uitgefaseerd`` of ``uitfaseren``."""

_PARTICIPLE = rf"^({_APART})?ge(?!ner|nd|bruik|doog)(\w+?)"
_LONG_R = r"(?:uu|(?:(?<![bgkmpw])|(?<=sp))(?:aa|oo))r"
"""Of ``verhuurd``, ``verklaard`` and ``bespaard``, not of ``akkoord`` and ``voorwaarde``."""

_VERBS: _Rules = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (rf"{_PARTICIPLE}(eer|(?<=\w[^v])ier)d(?:en?)?$", r"\1\2\3en"),  # uitgefaseerd
        (r"(?<=\w)eer(?:t|den?|d)$", "eeren"),  # faseert, informeerden
        (r"(?<=\w\w[^v])ier(?:t|den?|d)$|(?<=\w\wv)iert$", "ieren"),  # financiert
        (rf"{_PARTICIPLE}((?:aa|ee|oo)[glm]|(?:ee|oo)n|{_LONG_R}|ng)d(?:en?)?$", r"\1\2\3en"),  # gevraagd, aangetoonde
        (rf"{_PARTICIPLE}((?:aa|ee|oo)[kp])t(?:en?)?$", r"\1\2\3en"),  # gemaakt
        (r"(?<=\w)((?:aa|(?<!t)ee|oo)[gklnp]|(?:aa|ee)m|ng)t$", r"\1en"),  # maakt, betaalt, neemt, vervangt
        (
            rf"^((?:{_APART})?(?:be|ver|ont|her)\w+?)((?:aa|ee|oo)[gl]|(?:ee|oo)n|{_LONG_R}|ng)d(?:en?)?$",
            r"\1\2en",
        ),  # betaalde, verleend
        (rf"^((?:{_APART})?(?:be|er|ver|ont|her)\w+?{_LONG_R})t$", r"\1en"),  # verklaart
        (rf"^((?:{_APART})?(?:be|ver|ont|her)\w*?(?:[bdklnpstz]el|[dkmnt]er))(?:t|den?|d)$", r"\1en"),  # behandeld, verbetert
        (r"(?<=ie|ei|or|ij|in|ou|en)dt$", "den"),  # biedt, leidt, wordt
    )
)
"""Inflected regular verbs, where their form tells: on -(i)eren, with a long vowel or -ng, and prefixed ones on -el or -er."""

_INFLECTED = ("t", "te", "ten", "d", "de", "den")
"""How every word ends that these rules may change."""

_LONG = re.compile(r"([aeou])\1(?=[gklmnpr]en$)")
"""The vowel that an infinitive writes once: ``maakt`` → ``maaken`` → ``maken``."""

_BEFORE: _Rules = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"(?<=[ie]e)en$", ""),  # ideeen → idee, industrieen → industrie
        (r"(?<=[aeiou][bcdfgklmnprstvz])ien$", "ie"),  # bacterien → bacterie
        (r"(?<=kk|ss|ng|ev|ed)enen$", "en"),  # betrokkenen → betrokken, volwassenen
        (r"(?<=[aeiouy][vkpr])ens$", "en"),  # havens → haven, tekens, wapens, torens
        (r"(?<=\w[nm])as$", "a"),  # programmas → programma
        (r"(?<=\w[ceginprt])os$", "o"),  # fotos → foto, regios, risicos
        (r"(?<=eau)s$", ""),  # niveaus → niveau
        (r"(?<=[aeiou][bdfgklmnptvz])es$", "e"),  # methodes → methode
        (
            r"(?<=[^aeiou]t)es$|(?<=[aoy]s)es$|(?<=[aiou]r)es$|(?<=[inr]c)es$|(?<=gn|nr|rn|rv|tm)es$",
            "e",
        ),  # ziektes, analyses, procedures
        (r"(?<=j)es$", "e"),  # meisjes → meisje
        (r"(?<=\w\w)ici$", "icus"),  # politici → politicus
    )
)

_PLURAL = ("n", "s", "ici")
"""How every word ends that these rules may change."""

_AFTER: _Rules = tuple(
    (re.compile(pattern), replacement)
    for pattern, replacement in (
        (r"v$", "f"),  # briev → brief
        (r"z$", "s"),  # huiz → huis
        (r"([bfglmnprs])\1$", r"\1"),  # plann → plan, gevall → geval
        (r"ies$", "ie"),  # moties → motie
        (r"(?<=[eiu])([aeou])\1(?=[bcdfghjklmnpqrstvwxz]$)", r"\1"),  # financieel → financiel, sociaal → social
    )
)


@lru_cache(maxsize=1 << 18)  # about the words that come more than once in the archive; working one out takes 10 to 20 µs
def stem(token: str) -> str:
    """The stem of a folded word; the word itself where there is nothing to take off.

    >>> stem("moties"), stem("kamerleden"), stem("f-35")
    ('motie', 'kamerlid', 'f-35')
    """
    if found := _GENITIVE.fullmatch(token):
        token = found[1]
    if len(token) < 3 or len(token) > LONGEST or not (token.isascii() and token.isalpha()):
        return token
    if token in KEPT or token.endswith("ff"):  # no Dutch word ends in ff, but names do: Hoff, De Graaff
        return token
    word = _regular(token)
    if word not in NO_VERBS:
        if word.endswith(_INFLECTED):
            for pattern, replacement in _VERBS:
                word = pattern.sub(replacement, word)
        if word.endswith("en"):
            word = _LONG.sub(r"\1", word)
    if word.endswith(_PLURAL):
        for pattern, replacement in _BEFORE:
            word = pattern.sub(replacement, word)
    if word in STEMS or word.endswith(SOLID):
        return STEMS.get(word, word)
    word = str(_SNOWBALL.stem(word))
    for pattern, replacement in _AFTER:
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
