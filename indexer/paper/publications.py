"""Citations of official publications that are no papers of a dossier: Handelingen, their Aanhangsel, the gazettes.

They are told from papers here ("Stcrt. 2019, 12345" names no dossier 12345), and given the identifier by which their publisher
knows them. What is printed too short for that ("Stb. 296", Handelingen without an item) is no citation.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from indexer.paper.citations import FoundCitation
from indexer.paper.identifier import DASH, GAP, SPACE, Identifier

_GAZETTES = {"stb": "stb", "staatsblad": "stb", "stcrt": "stcrt", "staatscourant": "stcrt", "trb": "trb", "tractatenblad": "trb"}
_YEAR = r"(?:19|20)\d\d(?!\d)"
_LABEL = rf"(?:(?:nrs?|nos?)(?:\.|(?=\d)|{SPACE})|nummers?{SPACE}){GAP}"
_END = rf"(?![\w%])(?![.,]\d)(?!{SPACE}\d{{3}}(?!\d))"
_GAZETTE = re.compile(
    rf"(?<![\w-])(?P<name>Stb|Stcrt|Trb|Staatsblad|Staatscourant|Tractatenblad)\.?{GAP},?{GAP}(?:(?:van|jaargang){SPACE})?"
    rf"(?P<year>{_YEAR}){GAP}[,/–-]?{GAP}(?:{_LABEL})?"
    rf"(?P<number>\d{{1,2}}{SPACE}\d{{3}}(?!\d)|\d{{1,6}}){_END}",
    re.IGNORECASE,
)
"""Stb. 2014, nr. 296; the numbers of the Staatscourant are large and sometimes printed with a space: Stcrt. 2019, 12 345."""
_FURTHER = re.compile(
    rf"{GAP}(?:,|;|en|of){GAP}(?:(?P<year>{_YEAR}){GAP},{GAP})?(?:{_LABEL})?(?P<number>\d{{1,6}}){_END}"
    rf"(?={GAP}(?:[,;:.)\]]|en\b|of\b|$))",
    re.IGNORECASE,
)
"""What follows one number: "Stb. 2014, 296 en 297"; a number that counts something has a word after it."""
_SESSION = rf"(?P<first>(?:19|20)\d\d){GAP}(?:/|{DASH}){GAP}(?:19|20)?(?P<second>\d\d)(?!\d)"
_HOUSE = rf"(?:{GAP},?{GAP}(?P<house>II|I|TK|EK|Tweede{SPACE}Kamer|Eerste{SPACE}Kamer)\b)?"
_DEBATES = re.compile(
    rf"(?<![\w-])(?P<name>(?P<before>Aanhangsel(?:{SPACE}(?:(?:van|bij|tot){SPACE}de|der))?{SPACE})?Handelingen|[HA]TK|HEK)"
    rf"(?:{SPACE}(?:der|van{SPACE}de){SPACE}Staten-Generaal)?{_HOUSE}{GAP},?{GAP}(?:(?:vergader|zittings)jaar{SPACE})?{_SESSION}"
    rf"{GAP},?{GAP}(?P<after>\(?Aanhangsel\)?{GAP},?{GAP})?(?:{_LABEL})?(?P<number>\d{{1,5}})(?!\w)"
    rf"(?:{GAP},?{GAP}\(?items?{SPACE}{GAP}(?P<item>\d{{1,3}})(?!\w))?",
    re.IGNORECASE,
)
"""Handelingen II 2017/18, nr. 70, item 6; Aanhangsel Handelingen, vergaderjaar 2018–2019, nr. 1234."""
_OFFICIAL = re.compile(
    r"(?<![\w-])(?:(?:stb|stcrt|trb)-(?:19|20)\d\d-\d{1,6}|ah-[te]k-\d{8}-\d{1,5}|h-[te]k-\d{8}-\d{1,3}-\d{1,3}"
    r"|kv-[te]k-\d{4}[A-Z]\d{3,6}|blg-\d{4,8})(?![\w-])",
    re.ASCII,
)
_HELD = (
    "handelingen", "htk", "atk", "hek", "stb", "stcrt", "trb", "staatsblad", "staatscourant", "tractatenblad",
    "blg-", "ah-", "h-tk", "h-ek", "kv-",
)  # fmt: skip
"""Every citation holds one of these."""


def find_publications(text: str) -> list[FoundCitation]:
    """Every citation in the text, in order."""
    small = text.lower()
    if not any(held in small for held in _HELD):
        return []
    found = [FoundCitation(m.start(), m.end(), Identifier(m.group())) for m in _OFFICIAL.finditer(text)]
    for match in _GAZETTE.finditer(text):
        found += _of_gazette(match)
    for match in _DEBATES.finditer(text):
        found += _of_debates(match)
    return sorted(found, key=lambda c: (c.start, c.end))


def _of_gazette(match: re.Match[str]) -> Iterator[FoundCitation]:
    """The issues that one mention of a gazette names."""
    gazette, year = _GAZETTES[match["name"].lower()], match["year"]
    last: re.Match[str] | None = match
    start = match.start()
    while last:
        year = last["year"] or year
        number = "".join(last["number"].split())
        if int(number) and (gazette == "stcrt" or number == last["number"]):
            yield FoundCitation(start, last.end(), Identifier(f"{gazette}-{year}-{int(number)}"))
        last = _FURTHER.match(match.string, last.end())
        start = last.start("year") if last and last["year"] else last.start("number") if last else 0


def _of_debates(match: re.Match[str]) -> Iterator[FoundCitation]:
    """The item of a debate, or the answers, that one mention of the Handelingen names."""
    chamber = _chamber(match)
    first, number = int(match["first"]), int(match["number"])
    if not chamber or not number or (first + 1) % 100 != int(match["second"]) or bool(match["item"]) == _is_answer(match):
        return
    session = f"{chamber}-{first}{first + 1}"
    if match["item"]:
        yield FoundCitation(match.start(), match.end(), Identifier(f"h-{session}-{number}-{int(match['item'])}"))
        return
    yield FoundCitation(match.start(), match.end(), Identifier(f"ah-{session}-{number}"))
    further = _FURTHER.match(match.string, match.end())
    while further and not further["year"] and int(further["number"]):
        yield FoundCitation(further.start("number"), further.end(), Identifier(f"ah-{session}-{int(further['number'])}"))
        further = _FURTHER.match(match.string, further.end())


def _is_answer(match: re.Match[str]) -> bool:
    return bool(match["before"] or match["after"] or match["name"].upper() == "ATK")


def _chamber(match: re.Match[str]) -> str:
    """The chamber as identifiers write it; without one only answers are told, which the Eerste Kamer hardly has."""
    name = match["name"].upper()
    house = "I" if name == "HEK" else "II" if name in ("HTK", "ATK") else (match["house"] or "").upper()
    if not house:
        return "tk" if _is_answer(match) else ""
    return "ek" if house[0] == "E" or house == "I" else "tk"
