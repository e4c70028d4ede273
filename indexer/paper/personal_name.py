"""A person's name taken apart: initials, first name, tussenvoegsels and surname; and names in capitals in ordinary spelling.

Names are compared folded: in lower case and without accents, Turkish and Nordic letters as their nearest plain ones. Of "Six
Dijkstra" nobody can tell from the name alone whether Six is a first name; such a name has two readings.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from functools import lru_cache

PARTICLES = frozenset((
    "van", "de", "der", "den", "het", "'t", "'s", "ten", "ter", "te", "in", "op", "aan", "bij", "uit", "onder", "over", "voor",
    "tot", "tho", "toe", "von", "und", "zu", "zum", "zur", "vom", "af", "du", "des", "la", "le", "les", "da", "dos", "di", "del",
    "della", "el", "al",
))  # fmt: skip
"""Tussenvoegsels, folded."""
_TITLES = re.compile(r"^(?:(?:mr|drs|dr|prof|ir|ing|mevrouw|mw|de heer|jhr|jkvr|dhr)\.?\s+)+", re.IGNORECASE)
_AFTER = re.compile(r"(?:,?\s+(?:MSc|MA|LLM|BSc|MBA|PhD|RA|MPA))+\.?$")
_BRACKET = re.compile(r"\s*\(([^()]*)\)\s*")
_INITIALS = re.compile(r"(?:[^\W\d_]{1,4}\.-?)+")
_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED = re.compile(r"\.(?=[^\W\d_]{2,}(?!\.))")
""""M.L.A.van Rij": a surname that follows its initials without a space."""
_OFFICES = frozenset((
    "minister", "ministers", "minister-president", "vice-minister-president", "staatssecretaris", "staatssecretarissen",
    "secretaris-generaal", "directeur-generaal", "voorzitter", "griffier", "adjunct-griffier", "rapporteur",
))  # fmt: skip
"""Folded words that an office begins with and no name does: "De Staatssecretaris van Waterzaken"."""
_DASHES = re.compile(r"\s*[-‐‑‒–—]\s*")
_PLAIN = str.maketrans({"ı": "i", "ø": "o", "đ": "d", "ð": "d", "ł": "l", "æ": "ae", "œ": "oe", "þ": "th", "’": "'", "‘": "'"})
_WORD = re.compile(r"['’]?[^\W\d_]+(?:['’.-][^\W\d_]+)*\.?")
_MOST_WORDS, _LONGEST = 7, 60
"""No name is longer than so many words and characters."""
_MOST_INITIALS = 12
"""Nobody has more."""


@dataclass(frozen=True, slots=True)
class PersonalName:
    """A name in its folded parts; any but the surname may be missing."""

    surname: str
    particles: str = ""
    initials: tuple[str, ...] = ()
    given: str = ""
    doubtful: bool = False
    """Whether the first name and what follows may be a surname of several words: "Six Dijkstra", "Jansen van Galen"."""

    @property
    def family(self) -> tuple[str, str]:
        """What names of one person have in common: tussenvoegsels and surname."""
        return self.particles, self.surname

    @property
    def is_bare(self) -> bool:
        """Whether the name tells nothing but the surname."""
        return not self.initials and not self.given

    def undivided(self) -> PersonalName:
        """The other reading of a doubtful name: all of it is the surname."""
        words = (self.given, self.particles, self.surname)
        return replace(self, surname=" ".join(filter(None, words)), particles="", given="", doubtful=False)

    @property
    def readings(self) -> tuple[PersonalName, ...]:
        """Every way to take the name apart, the likelier first."""
        return (self, self.undivided()) if self.doubtful else (self,)

    def may_be(self, other: PersonalName) -> bool:
        """Whether two names of one family can be those of one person: nothing that both tell is different."""
        if self.initials and other.initials and not all(map(_agree, self.initials, other.initials)):
            return False
        if self.given and other.given:
            return _agree(f"{self.given} ", f"{other.given} ")
        return _fits(self, other) and _fits(other, self)


def _agree(one: str, other: str) -> bool:
    """Whether one begins with the other: "T." and "Th."."""
    return one.startswith(other) or other.startswith(one)


def _fits(called: PersonalName, other: PersonalName) -> bool:
    """Whether someone of whom only a first name is known can have the initials of another name."""
    return not called.given or bool(called.initials) or not other.initials or called.given.startswith(other.initials[0])


def fold(text: str) -> str:
    """In lower case, without accents.

    >>> fold("YEŞİLGÖZ"), fold("Kostić")
    ('yesilgoz', 'kostic')
    """
    if text.isascii():
        return text.lower()
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c)).translate(_PLAIN)


def without_titles(name: str) -> str:
    """The name without what stands before and after it: "mr. W.R. Sieperda MSc"."""
    return _AFTER.sub("", _TITLES.sub("", name)).strip() or name


@lru_cache(maxsize=1 << 16)  # the names of an archive come again and again
def take_apart(name: str) -> PersonalName:
    """The parts of a name.

    >>> take_apart("I. (Inge) van Dijk")
    PersonalName(surname='dijk', particles='van', initials=('i',), given='inge', doubtful=False)
    """
    words, initials, called = _without_bracket(without_titles(" ".join(name.split())).strip(" ,;.\\"))
    rest = fold(_DASHES.sub("-", _GLUED.sub(". ", words))).split()
    begun = len(rest)
    while len(rest) > 1 and (_INITIALS.fullmatch(rest[0]) or (len(rest[0]) == 1 and rest[0].isalpha())):
        initials += _LETTERS.findall(rest.pop(0))
    before = 0 if called or len(rest) < begun else _first_names(rest)
    first, rest = rest[:before], rest[before:]
    particles = next((i for i, word in enumerate(rest[:-1]) if word not in PARTICLES), len(rest) - 1)
    return PersonalName(
        " ".join(rest[particles:]) or fold(name),
        " ".join(rest[:particles]),
        tuple(initials[:_MOST_INITIALS]),
        called or " ".join(first),
        bool(first) and not initials,
    )


def _without_bracket(words: str) -> tuple[str, list[str], str]:
    """The name without what stands in brackets within it; the initials or the first name that stood there."""
    bracket = _BRACKET.search(words)
    if not bracket or bracket.end() == len(words):
        return words, [], ""
    rest = f"{words[: bracket.start()]} {words[bracket.end() :]}"
    if _INITIALS.fullmatch(bracket[1]):
        return rest, _LETTERS.findall(fold(bracket[1])), ""
    return rest, [], " ".join(fold(bracket[1]).split())


def _first_names(words: list[str]) -> int:
    """How many words, of a name without initials, stand before the surname and its tussenvoegsels."""
    for i, word in enumerate(words[:-1]):
        if word in PARTICLES:
            return i
        if word.rpartition("-")[2] in PARTICLES:  # "Blanksma-van den Heuvel" is one surname
            return 0
    return max(len(words) - 1, 0)


def is_name(text: str) -> bool:
    """Whether a text can be the name of a person and nothing else; capitals, initials and tussenvoegsels tell, not offices.

    >>> is_name("Inge van Dijk"), is_name("Jansen-de Boer"), is_name("namens deze,")
    (True, True, False)
    """
    if len(text) > _LONGEST:
        return False
    words = _DASHES.sub("-", _BRACKET.sub(" ", text)).split()
    if not words or len(words) > _MOST_WORDS or not all(map(_WORD.fullmatch, words)):
        return False
    proper = [word for word in words if fold(word) not in PARTICLES]
    if proper and fold(proper[0]) in _OFFICES:
        return False
    return all(map(_is_proper, proper)) and any(len(word) > 1 for word in proper if not _INITIALS.fullmatch(word))


def _is_proper(word: str) -> bool:
    """Whether a word is initials, or begins with a capital and is not in capitals throughout."""
    if _INITIALS.fullmatch(word):
        return word[0].isupper()
    bare = word[2:] if word[1:2] in ("'", "’") else word
    return bare[:1].isupper() and (len(bare) == 1 or not bare.isupper()) and not word.endswith(".")


def in_ordinary_spelling(name: str) -> str:
    """A name in capitals as it is written elsewhere; other names stay as they are.

    >>> in_ordinary_spelling("DIEDERIK VAN DIJK"), in_ordinary_spelling("VAN DER PLAS"), in_ordinary_spelling("IJZERMAN-DE BOER")
    ('Diederik van Dijk', 'Van der Plas', 'IJzerman-de Boer')
    """
    if name != name.upper():
        return name
    words = name.split()
    return " ".join(word if _INITIALS.fullmatch(word) else _spelled(word, first=not i) for i, word in enumerate(words))


def _spelled(word: str, *, first: bool) -> str:
    lower = word.replace("İ", "I").lower()
    if fold(lower) in PARTICLES and not (first and lower[0].isalpha()):
        return lower
    parts = lower.split("-")
    return "-".join(part if i and part in PARTICLES else with_capital(part) for i, part in enumerate(parts))


def with_capital(word: str) -> str:
    """A word in small letters as it begins a name: IJsbrand, D'Hondt."""
    if word[1:2] in ("'", "’") and word[2:]:
        return f"{word[:2].upper()}{with_capital(word[2:])}"
    return f"IJ{word[2:]}" if word.startswith("ij") else word[:1].upper() + word[1:]
