"""Citations of other papers, and of other official publications, in running text.

``find_citations`` gives every complete citation with its exact span. ``find_own`` gives the short form "op stuk nr. 12", which
means a paper of the dossier it is printed in. ``find_publications`` gives what is no paper of a dossier: Handelingen, their
Aanhangsel, the gazettes. These are told from papers ("Stcrt. 2019, 12345" names no dossier 12345), and given the identifier by
which their publisher knows them; what is printed too short for that ("Stb. 296", Handelingen without an item) is no citation.
Sections and links are not known here; ``indexer.reading.relations`` joins them with what is found.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.paper.conventions import MONTHS
from indexer.paper.identifier import DASH, DOSSIER, GAP, LABEL, NUMBER, PREFIX, SPACE, Identifier

_MAX_RANGE = 25
"""A range ("nrs. 3–20") of at most so many papers is spelled out; of a longer one only the two ends count."""
_LETTER = r"[A-Z]{1,2}(?![\w-])(?!\.[A-Za-z])"
"""The number of a paper of the Eerste Kamer, without a label before it; "A.B. Jansen" is a name."""
_UNIT = rf"""
    (?!{GAP}(?:%|procent|euro|miljoen|miljard|mln|mld|jaar|dagen|weken|maanden|uur|km|leden|{"|".join(MONTHS)}))
    (?![.,]\d)(?!{SPACE}?\d{{3}}(?!\d))
"""
"""What may not follow a bare number: with one of these the number is an amount."""

_ALWAYS = re.compile(rf"\d\d{SPACE}?\d\d\d"), re.compile(r"[IVXLC],")
"""Every complete citation holds one of these or ``kst-``. Looking for them one by one is quicker than together."""
_BEFORE = 80
"""At most so many characters of a citation stand before that: its prefix and a Roman numeral."""
_ALWAYS_OWN = re.compile(rf"tuk(?:ken)?{SPACE}[Nnl]"), re.compile(rf"gedrukt{SPACE}onder{SPACE}[Nnl]")
"""Every short form holds one of these."""
_LETTERS = re.compile(r"[A-Z]+")
_CHAPTER_LETTERS = ("I", "V", "X")
"""Only the Eerste Kamer has papers of these letters; else they are the chapter of a budget."""
_FUNDS = tuple("ABCDEFGHJKLM")
"""In a dossier of a budget, whose number ends in 00, these letters are funds: "36600-A" is a dossier."""
_OFFICIAL = re.compile(
    r"(?<![\w-])kst-(?:\d{5}-|[IVXLC]{1,9}-|\d{6,8}(?![\d]))[A-Za-z0-9-]{0,40}(?<!-)(?!\w)", re.ASCII | re.IGNORECASE
)

_JOIN = rf"{GAP}(?:,(?:{GAP}(?:en|resp\.))?|en/of|en|&|resp\.|{DASH}|t/m|tot{SPACE}en{SPACE}met){GAP}"
_MORE = rf"(?:{_JOIN}(?:{LABEL})?{NUMBER}{_UNIT})"
_NUMBERS = rf"{NUMBER}{_MORE}*+"
_FEW_NUMBERS = rf"{NUMBER}{_MORE}{{0,12}}+"
"""For places where something must follow the numbers, so that long lists are not tried from each member."""
_CITATION = re.compile(
    rf"""
    (?P<prefix>(?<!\w){PREFIX})?
    (?P<base>{DOSSIER}|(?P<roman>[IVXLC]{{2,9}}(?=,)))
    (?P<also>(?:{GAP}(?:/|en|,){GAP}\d{{2}}{SPACE}?\d{{3}}(?!\d|{DASH}\d)){{0,12}})             # 34 682/35 334, nr. 143
    (?:
        {GAP},?{GAP}\(?{GAP}(?P<label>{LABEL})(?P<numbers>{_NUMBERS})                          # …, nr. 12 en nr. 14
      | {DASH}(?P<dashed>\d{{1,4}}(?!\w)|[A-Z]{{1,2}}(?!\w))(?!{DASH}\d){_UNIT}                 # 31066-1412
      | {GAP},{GAP}(?P<bare>\d{{1,4}}(?!\w){_UNIT})                                            # Kamerstukken II, 24 447, 6
      | {GAP},{GAP}(?P<letters>{_LETTER}(?:{GAP}(?:,|en){GAP}{_LETTER}(?!{SPACE}+nr))*)(?!{SPACE}+nr)    # 33 569, A en B
    )
    """,
    re.VERBOSE,
)
_REVERSED = re.compile(
    rf"""
    (?<!\w)(?P<label>{LABEL})(?P<numbers>{_FEW_NUMBERS})
    {GAP}(?P<opened>\()?{GAP}(?(opened)|(?:van|in|bij|onder){SPACE})
    (?:(?:[Kk]amerstuk)?dossier{SPACE}|wetsvoorstel{SPACE}|{PREFIX})?
    (?P<base>{DOSSIER})(?(opened){GAP}\))
    """,
    re.VERBOSE,
)
"""De motie op stuk nr. 1181 (33 529); stuk nr. 12 van Kamerstuk 31 066."""
_OWN = re.compile(
    rf"(?<!\w)(?:[Ss]tuk(?:ken)?|(?:van|op|zie|in){SPACE}[Kk]amerstuk(?:ken)?|gedrukt{SPACE}onder){SPACE}"
    rf"(?P<label>{LABEL})(?P<numbers>{_NUMBERS})(?!{SPACE}?[(/-]?\d{{2}}{SPACE}?\d{{3}})",
    re.VERBOSE,
)
_MEMBER = re.compile(
    rf"(?P<join>{DASH}|t/m|tot{SPACE}en{SPACE}met)?{GAP}(?P<label>(?<!\w){LABEL})?(?<!\w)(?P<number>{NUMBER})", re.VERBOSE
)
_DOSSIERS = re.compile(rf"\d{{2}}{SPACE}?\d{{3}}")
_WORD_FOLLOWS = re.compile(rf"{SPACE}*(?!(?:en|of|van|over|inzake|die|dat|is|zijn|wordt|d\.d|p|blz|pag|waar\w*)\b)\w")
"""A bare "en 4" before a word counts something ("en 4 moties"), but not before a small word."""
_NAME_FOLLOWS = re.compile(rf"\.?{SPACE}{GAP}[A-Z\u00c0-\u00de'’]")
_ANY_FOLLOWS = re.compile(rf"\.?{SPACE}{GAP}[\w'’]")
_WORDS = ("O", "U")
"""Letters that are words too: "het werden er 14 944, U weet dat"."""
_OTHER_NUMBERS = re.compile(
    r"(?:tel(?:efoon)?|fax|zaak(?:nummer)?|kenmerk|ISBN|LJN|rekening(?:nummer)?|Stb|Stcrt|Trb|appl)[\s.:]*(?:nr\.)?\s*$",
    re.IGNORECASE,
)
"""What stands before numbers of other things that look like 31066-1412."""


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation in a text: text[start:end] names ``identifier``."""

    start: int
    end: int
    identifier: Identifier


def find_citations(text: str) -> list[FoundCitation]:
    """Every complete citation in the text, in order.

    "31 066, nr. 12 en nr. 14" is two; "€ 12 000, 15 procent" is none. Of a range ("nrs. 12–14") every member is given, the
    inner ones with the span of the whole range. What cannot be the name of a paper ("23 400, XI") is none.
    """
    return [citation for citation in _find(text) if citation.identifier.can_exist]


def _find(text: str) -> list[FoundCitation]:
    found = []
    if "kst-" in text.lower():
        found = [FoundCitation(m.start(), m.end(), Identifier.parse(m.group())) for m in _OFFICIAL.finditer(text)]
    held = [held.start() for pattern in _ALWAYS if (held := pattern.search(text))]
    if not held:
        return found
    taken = bytearray()
    for match in _CITATION.finditer(text, max(min(held) - _BEFORE, 0)):
        members = list(_members(match))
        found += members
        if members:
            taken = taken or bytearray(len(text))
            taken[match.start() : match.end()] = b"\1" * (match.end() - match.start())
    for match in _REVERSED.finditer(text):
        if not any(taken[match.start() : match.end()]):
            numbers = list(_spelled_out(match))
            for start, end, number in numbers:
                found.append(FoundCitation(start, match.end() if len(numbers) == 1 else end, _compose(match, number)))
    return sorted(found, key=lambda c: (c.start, c.end))


def find_own(text: str) -> list[tuple[int, int, str]]:
    """The short forms "op stuk nr. 12" and "gedrukt onder nr. 12": start, end and number; the dossier is understood."""
    own: list[tuple[int, int, str]] = []
    if not any(part.search(text) for part in _ALWAYS_OWN):
        return own
    for match in _OWN.finditer(text):
        begin = match.start("label")
        own += [(begin if start == match.start() else start, end, number) for start, end, number in _spelled_out(match)]
    return own


def _compose(match: re.Match[str], number: str) -> Identifier:
    return Identifier.of(match["dossier"], number, sub=match["sub"] or "", addition=match["addition"] or "")


def _members(match: re.Match[str]) -> Iterator[FoundCitation]:
    """The papers that one match of the grammar names."""
    others = _DOSSIERS.findall(match["also"])
    if match["roman"]:
        yield from _of_roman_dossier(match)
    elif match["numbers"]:
        for start, end, number in _spelled_out(match):
            yield FoundCitation(start, end, _compose(match, number))
            for other in others:
                yield FoundCitation(start, end, Identifier.of(other, number))
    elif match["dashed"]:
        if not others and _stands_alone(match):
            yield FoundCitation(match.start(), match.end(), _compose(match, match["dashed"]))
    elif match["bare"]:
        if match["prefix"]:
            yield FoundCitation(match.start(), match.end(), _compose(match, match["bare"]))
    elif match["prefix"] or _set_apart(match) or _ends_plainly(match):
        for start, end, letter in _lettered(match):
            if letter not in _CHAPTER_LETTERS or (match["prefix"] and match["chamber"] != "II"):
                yield FoundCitation(start, end, _compose(match, letter))


def _of_roman_dossier(match: re.Match[str]) -> Iterator[FoundCitation]:
    """Kamerstukken I 2019/20, CXXXIX, A: nothing but the prefix tells that the numeral is a dossier."""
    if not match["prefix"]:
        return
    numbers = _spelled_out(match) if match["numbers"] else _lettered(match) if match["letters"] else ()
    for start, end, number in numbers:
        yield FoundCitation(start, end, Identifier(f"kst-{match['roman']}-{number}"))


def _set_apart(match: re.Match[str]) -> bool:
    """Whether brackets set "33 569, A" apart, so that it is a whole citation."""
    text = match.string
    return text[max(0, match.start() - 1) : match.start()] == "(" or text[match.end() : match.end() + 1] == ")"


def _ends_plainly(match: re.Match[str]) -> bool:
    """Whether "91 066, A" can be nothing else: the number is no round amount, and no name or word begins with the letters."""
    dossier = re.sub(r"\D", "", match["dossier"])
    last = match["letters"].split()[-1]
    more = _NAME_FOLLOWS if len(last) == 1 and last not in _WORDS else _ANY_FOLLOWS
    return bool(match["addition"] or not dossier.endswith("000")) and not more.match(match.string, match.end("letters"))


def _stands_alone(match: re.Match[str]) -> bool:
    """Whether 31066-1412 can be a paper: written solid, or announced as one; 21501-33, 29683-02, 36600-A are dossiers."""
    if match["prefix"]:
        return not match["dashed"].startswith("0")
    chapter = match["addition"] and len(match["addition"]) > 1
    solid = chapter or match["dossier"].isdigit()
    fund = match["dossier"].endswith("00") and match["dashed"] in _FUNDS
    council = match["dossier"] == "21501" and not match["sub"] and len(match["dashed"]) == 2
    other = _OTHER_NUMBERS.search(match.string[max(0, match.start() - 20) : match.start()])
    return bool(solid) and not (council or fund or other or match["dashed"].startswith("0"))


def _lettered(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and letter of each member of "A, B en C"; the first one's span begins with the match."""
    begin = match.start()
    for member in _LETTERS.finditer(match.string, match.start("letters"), match.end("letters")):
        yield begin if member.start() == match.start("letters") else member.start(), member.end(), member.group()


def _spelled_out(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and number of each member of "nr. 12, nr. 14 en 16–18"; the first one's span begins with the match.

    A last bare number that counts something is none: "nr. 12 en 4 andere moties".
    """
    text, base = match.string, match.start("numbers")
    plural = match["label"].lower().startswith(("nrs", "nummers"))
    letters = False
    start, previous = match.start(), ""
    for member in _MEMBER.finditer(text, base, match.end("numbers")):
        number, end = member["number"], member.end()
        first = member.start("number") == base
        letters = number.isalpha() if first else letters
        other_kind = number.isalpha() != letters and not member["label"]
        bare = not (first or plural or member["label"] or member["join"])
        if other_kind or (bare and end == match.end("numbers") and _WORD_FOLLOWS.match(text, end)):
            return
        begin = match.start() if first else member.start("label") if member["label"] else member.start("number")
        if member["join"] and previous.isdigit() and number.isdigit() and 1 < int(number) - int(previous) <= _MAX_RANGE:
            for inner in range(int(previous) + 1, int(number)):
                yield start, end, str(inner)
        yield begin, end, number
        start, previous = begin, number


_GAZETTES = {"stb": "stb", "staatsblad": "stb", "stcrt": "stcrt", "staatscourant": "stcrt", "trb": "trb", "tractatenblad": "trb"}
_YEAR = r"(?:19|20)\d\d(?!\d)"
_LABEL = rf"(?:(?:nrs?|nos?)(?:\.|(?=\d)|{SPACE})|nummers?{SPACE}){GAP}"
_NUMBER_ENDS = rf"(?![\w%])(?![.,]\d)(?!{SPACE}\d{{3}}(?!\d))"
_GAZETTE = re.compile(
    rf"(?<![\w-])(?P<name>Stb|Stcrt|Trb|Staatsblad|Staatscourant|Tractatenblad)\.?{GAP},?{GAP}(?:(?:van|jaargang){SPACE})?"
    rf"(?P<year>{_YEAR}){GAP}[,/–-]?{GAP}(?:{_LABEL})?"
    rf"(?P<number>\d{{1,2}}{SPACE}\d{{3}}(?!\d)|\d{{1,6}}){_NUMBER_ENDS}",
    re.IGNORECASE,
)
"""Stb. 2014, nr. 296; the numbers of the Staatscourant are large and sometimes printed with a space: Stcrt. 2019, 12 345."""
_FURTHER = re.compile(
    rf"{GAP}(?:,|;|en|of){GAP}(?:(?P<year>{_YEAR}){GAP},{GAP})?(?:{_LABEL})?(?P<number>\d{{1,6}}){_NUMBER_ENDS}"
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
_OFFICIAL_NAME = re.compile(
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
    """Every citation of a publication that is no paper of a dossier, in order."""
    small = text.lower()
    if not any(held in small for held in _HELD):
        return []
    found = [FoundCitation(m.start(), m.end(), Identifier(m.group())) for m in _OFFICIAL_NAME.finditer(text)]
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
