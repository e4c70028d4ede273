"""Government offices in signatures and kind lines, and offices in words as values.

Only those of the government count: ministers, state secretaries, the minister-president and their deputies. Who held an office
when is not known here.
"""

from __future__ import annotations

import re

from indexer.paper.personal_name import with_capital

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
    r",? (?:MEDE NAMENS|HOUDENDE|OVER|INZAKE|NAAR AANLEIDING|TER AANBIEDING|BIJ|MET|AAN DE)\b.*| \((?:.*)$",
)
_OTHER_SENDER = re.compile(
    r"\b(?:MOTIE|AMENDEMENT|LID|LEDEN|COMMISSIE|VOORZITTER|RAPPORTEURS?|REKENKAMER|RAAD|PRESIDIUM|OMBUDSMAN|OVER|AAN|INZAKE|BIJ)\b"
)
"""With one of these words before the office someone else sends: "BRIEF VAN DE VASTE COMMISSIE OVER DE BRIEF VAN DE MINISTER"."""
_ON_BEHALF = re.compile(r",?\smede\snamens\s.*", re.IGNORECASE | re.DOTALL)
"""What follows an office when its holder signs for others too; no office of the signature."""
ABBREVIATIONS = frozenset(
    ("VWS", "OCW", "SZW", "BZK", "VROM", "LNV", "EZ", "EZK", "V&W", "I&M", "I&W", "BZ", "LVVN", "KGG", "VRO")
)
_SMALL = frozenset(["van", "voor", "en", "de", "het", "der", "den", "met", "op", "in"])


def office_of(function: str) -> str:
    """The office in a printed function, without article and comma: "Staatssecretaris van Financiën"."""
    office = _ON_BEHALF.sub("", function).strip(" \t\n\r\u00a0,;:")
    office = office if office.endswith("a.i.") else office.rstrip(",;:. ")
    return re.sub(r"^(?:de|het)\s+", "", office, count=1, flags=re.IGNORECASE)


def on_behalf(function: str) -> str:
    """For whom else a printed function says that the paper is signed: "mede namens de Minister van Defensie,"; mostly empty."""
    found = _ON_BEHALF.search(function)
    return found.group().lstrip(" ,") if found else ""


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
        elif word in ABBREVIATIONS:
            words.append(word)
        else:
            words.append("-".join(with_capital(part.lower()) for part in word.split("-")))
    spelled = " ".join(words)
    return spelled.replace("Minister-President", "Minister-president").replace("Vice-Minister", "Vice-minister")
