"""What is written short for a word: signs, abbreviations, ordinal numbers. Its stem is that of the word, so that each finds the
other, while the exact form stays as it is written.

Also here: the abbreviations that a text tells from an ordinary word only by their capitals.
"""

from __future__ import annotations

import re

from search.analysis.stemming import stem as stem_of_word

SIGNS = {"€": "euro", "$": "dollar", "£": "pond", "%": "procent", "‰": "promille", "§": "paragraaf"}
"""Signs that are read as a word."""

_ORDINALS = (
    "eerste", "tweede", "derde", "vierde", "vijfde", "zesde", "zevende", "achtste", "negende", "tiende", "elfde", "twaalfde",
    "dertiende", "veertiende", "vijftiende", "zestiende", "zeventiende", "achttiende", "negentiende", "twintigste",
)  # fmt: skip

SHORT = {
    **SIGNS,
    **{f"{number}{ending}": word for number, word in enumerate(_ORDINALS, 1) for ending in ("e", "de", "ste")},
    "eur": "euro",
    "art": "artikel",
    "artt": "artikel",
    "mln": "miljoen",
    "milj": "miljoen",
    "mio": "miljoen",
    "miln": "miljoen",
    "mld": "miljard",
    "mrd": "miljard",
    "mlrd": "miljard",
    "mljd": "miljard",
    "pct": "procent",
    "percent": "procent",
    "blz": "pagina",
    "bladzijde": "pagina",
    "bladzijden": "pagina",
    "pag": "pagina",
    "hfst": "hoofdstuk",
    "hfdst": "hoofdstuk",
    "hst": "hoofdstuk",
    "par": "paragraaf",
    "amend": "amendement",
    "stb": "staatsblad",
    "stcrt": "staatscourant",
    "trb": "tractatenblad",
    "bijv": "bijvoorbeeld",
    "evt": "eventueel",
    "enz": "enzovoort",
    "etc": "enzovoort",
    "etcetera": "enzovoort",
    "zgn": "zogenaamd",
    "jl": "jongstleden",
    "dhr": "heer",
    "mevr": "mevrouw",
    "prof": "professor",
    "incl": "inclusief",
    "excl": "exclusief",
    "resp": "respectievelijk",
}
"""What is written → the word that it stands for. ``nr.`` is not here: it is in every paper, so *nummer* would find them all."""

ORDINALS: tuple[tuple[str, int], ...] = tuple((word, number) for number, word in enumerate(_ORDINALS, 1))
"""The ordinals with their numbers: *tweede lid* is *lid 2*."""

_WORDS_TOO = frozenset((
    "aan", "af", "al", "als", "an", "ark", "as", "bal", "bar", "bes", "big", "bij", "bis", "bos", "dan", "das", "dat",
    "de", "den", "der", "die", "dit", "dol", "dor", "duo", "een", "eer", "en", "er", "ets", "gas", "gat", "gids",
    "haar", "half", "halt", "hem", "hen", "het", "hij", "hoe", "hun", "in", "is", "ja", "kan", "kans", "kas", "kat",
    "kei", "kim", "kip", "knap", "koers", "kop", "lat", "lef", "lok", "lot", "man", "map", "mee", "men", "mep", "mer",
    "met", "mis", "moe", "mol", "na", "naar", "nam", "nap", "nog", "nu", "of", "om", "op", "over", "pas", "per", "pet",
    "pil", "pit", "plan", "pot", "ram", "rat", "res", "ris", "rob", "rol", "sap", "sas", "sein", "slim", "som", "spar",
    "star", "step", "ster", "stop", "tak", "tas", "te", "ten", "ter", "tip", "toe", "tol", "tom", "top", "tot", "tram",
    "uit", "van", "var", "vast", "via", "vis", "voor", "wam", "war", "was", "wat", "we", "weg", "wel", "wens", "wie",
    "wij", "wis", "zal", "ze", "zo", "zon", "zou",
))  # fmt: skip
"""Ordinary words that in capitals are, or may be, an abbreviation: OM, IS, PAS, NAM, MER."""

_PLURAL = re.compile(r"[A-Z]{2,6}s")
"""``PGBs``, ``BVs``."""


def stem(word: str) -> str:
    """The stem of a folded word, or of the word that it is short for.

    >>> stem("moties"), stem("mln"), stem("2e"), stem("f-35")
    ('motie', 'miljoen', 'tweed', 'f-35')
    """
    return stem_of_word(SHORT.get(word, word))


def in_capitals(word: str) -> str:
    """The word as it stands when its capitals tell it from an ordinary word: ``OM``; empty for others, also for ``VOG``."""
    return word if 2 <= len(word) <= 6 and word.isupper() and word.lower() in _WORDS_TOO else ""


def plural_of(word: str) -> str:
    """The folded abbreviation of which this is the plural by its capitals: ``PGBs`` → pgb; empty for others."""
    return word[:-1].lower() if _PLURAL.fullmatch(word) else ""


def tells_by_case(word: str) -> bool:
    """Whether the tokens of a word depend on its capitals."""
    return bool(in_capitals(word) or plural_of(word))
