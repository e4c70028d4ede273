"""People and their offices: a person's name as one value, and the government offices in signatures and kind lines.

Papers print one person in several ways (``person_name``). Of offices only those of the government count: ministers, state
secretaries, the minister-president and their deputies. Two persons of one name are not told apart, and who held an office when
is not known here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

_TITLES = re.compile(r"^(?:(?:mr|drs|dr|prof|ir|ing|mevrouw|mw|de heer|jhr|jkvr)\.?\s+)+", re.IGNORECASE)
_CALLED = re.compile(r"\s*\([^()]*\)\s*")
_WORD = re.compile(r"\w{2,}")
_CLOSE = 0.5
"""Two names are close when at least this share of their pairs of letters is the same."""
_ALL_WORDS = 0.9
"""A name that has every word of the one asked for ("Rij" and "M.L.A. van Rij") is at least this close."""
_OFFICE = re.compile(
    r"^(?:(?:vice-)?minister-president|(?:vice-)?ministers?|demissionair \w+|staatssecretaris(?:sen)?)\b", re.IGNORECASE
)
_IN_KIND_LINE = re.compile(r"\bVAN (?:DE )?(?P<offices>(?:VICE-)?(?:MINISTER|STAATSSECRETARIS)[A-Z-]*\b.*)")
_OFFICE_FOLLOWS = r"(?=(?:VICE-)?MINISTER|STAATSSECRETARIS)"
_SEPARATOR = re.compile(
    rf",? (?:EN|ALSMEDE) (?:VAN )?(?:DE )?{_OFFICE_FOLLOWS}|(?<!PRESIDENT), (?:VAN )?(?:DE )?{_OFFICE_FOLLOWS}"
)
_AND_OF = re.compile(r",? EN (?=(?:VAN|VOOR) )|, (?=(?:VAN|VOOR) )")
_AFTER_OFFICE = re.compile(
    r" (?:HOUDENDE|OVER|INZAKE|NAAR AANLEIDING|TER AANBIEDING|BIJ|MET|AAN DE)\b.*| \((?:.*)$",
)
_OTHER_SENDER = re.compile(
    r"\b(?:MOTIE|AMENDEMENT|LID|LEDEN|COMMISSIE|VOORZITTER|RAPPORTEURS?|REKENKAMER|RAAD|PRESIDIUM|OMBUDSMAN|OVER|AAN|INZAKE|BIJ)\b"
)
"""With one of these words before the office someone else sends: "BRIEF VAN DE VASTE COMMISSIE OVER DE BRIEF VAN DE MINISTER"."""
_ABBREVIATIONS = frozenset(
    ("VWS", "OCW", "SZW", "BZK", "VROM", "LNV", "EZ", "EZK", "V&W", "I&M", "I&W", "BZ", "LVVN", "KGG", "VRO")
)
_SMALL = frozenset(["van", "voor", "en", "de", "het", "der", "den", "met", "op", "in"])


def person_name(name: str) -> str:
    """A person's name without academic titles and first name: "mr. W.R. (Wietske) Sieperda" is W.R. Sieperda.

    So that one person is one value, whichever way a paper prints the name. The catalogue keeps these values: where this rule
    changes, a step of ``migrations`` must apply it anew.
    """
    return _CALLED.sub(" ", _TITLES.sub("", name)).strip() or name


def surname_of(name: str) -> str:
    """The surname in lower case, without accents and tussenvoegsels: names of one surname may be those of one person."""
    return _folded(name).rpartition(" ")[2]


def persons_of(names: Iterable[str]) -> dict[str, str]:
    """Whom each of the names means, of all the names of one surname that are known; empty where that cannot be told.

    What comes of it depends on the names alone, not on their order.
    """
    return {name: name for name in names}


def close_names(name: str, known: Iterable[str], limit: int) -> list[str]:
    """The known names that the name may have meant, the closest first.

    >>> close_names("van rij", ["M.L.A. van Rij", "W.R. Sieperda"], 5)
    ['M.L.A. van Rij']
    """
    asked = _folded(name)
    words, pairs = set(_WORD.findall(asked)), _pairs(asked)
    scored = []
    for candidate in known:
        folded = _folded(candidate)
        others = _pairs(folded)
        score = 2 * len(pairs & others) / max(len(pairs) + len(others), 1)
        if words and words <= set(_WORD.findall(folded)):
            score = max(score, _ALL_WORDS)
        if score >= _CLOSE:
            scored.append((-score, candidate))
    return [candidate for _, candidate in sorted(scored)[:limit]]


def _folded(name: str) -> str:
    """In lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", name.casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _pairs(folded: str) -> set[str]:
    """The pairs of letters that follow each other, word by word."""
    spaced = [f" {word}" for word in re.findall(r"\w+", folded)]
    return {word[i : i + 2] for word in spaced for i in range(len(word) - 1)}


def office_of(function: str) -> str:
    """The office in a printed function, without article and comma: "Staatssecretaris van Financiën"."""
    office = function.strip().rstrip(",;:.").strip()
    return re.sub(r"^(?:de|het)\s+", "", office, count=1, flags=re.IGNORECASE)


def is_government(office: str) -> bool:
    """Whether an office is one of the government."""
    return bool(_OFFICE.match(office))


def offices_in(kind_line: str) -> tuple[str, ...]:
    """The government offices a kind line names as senders, in ordinary spelling.

    "BRIEF VAN DE MINISTERS VAN FINANCIËN EN VAN ECONOMISCHE ZAKEN" names two.
    """
    line = " ".join(kind_line.upper().split())
    found = _IN_KIND_LINE.search(line)
    if not found or _OTHER_SENDER.search(line[: found.start()]):
        return ()
    offices: list[str] = []
    for part in _SEPARATOR.split(_AFTER_OFFICE.sub("", found["offices"])):
        if part.startswith(("MINISTERS ", "STAATSSECRETARISSEN ")):
            plural, _, rest = part.partition(" ")
            office = "MINISTER" if plural == "MINISTERS" else "STAATSSECRETARIS"
            offices += [f"{office} {of}" for of in _AND_OF.split(rest)]
        else:
            offices.append(part)
    # "MINISTER EN STAATSSECRETARIS VAN FINANCIËN": the first is of the same ministry.
    for i in range(len(offices) - 1, 0, -1):
        if " " not in offices[i - 1].strip(" ,"):
            offices[i - 1] = f"{offices[i - 1].strip(' ,')} {offices[i].partition(' ')[2]}".strip()
    return tuple(_spelled(office) for office in offices if office)


def _spelled(office: str) -> str:
    """An office in capitals as it is written in a sentence: small words small, names with a capital."""
    words = []
    for i, word in enumerate(office.strip(" ,;.").split()):
        lower = word.lower()
        if i and lower in _SMALL:
            words.append(lower)
        elif word in _ABBREVIATIONS:
            words.append(word)
        else:
            words.append("-".join(part[:1].upper() + part[1:].lower() for part in word.split("-")))
    spelled = " ".join(words)
    return spelled.replace("Minister-President", "Minister-president").replace("Vice-Minister", "Vice-minister")
