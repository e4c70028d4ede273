"""The identifier of an official publication as a value, every form in which it is printed, and its address at the publisher.

``kst-31066-1412`` names ondernummer 1412 of dossier 31066. A letter or Roman numeral before a number belongs to the dossier
(``kst-36410-XVI-100``), a final one is the ondernummer (``kst-33569-A``). ``ah-tk-20202021-3235`` is number 3235 of the
Aanhangsel of a chamber and session year. What the first part of an identifier stands for, ``indexer.collections`` knows.
Citations in running text are found by ``citations``, which builds on the fragments below.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote, unquote

SPACE = r"[^\S\n]"
"""White space as printed, U+00A0 and thin spaces too, but not the end of a paragraph."""
GAP = rf"{SPACE}{{0,3}}"
"""Room between the parts of a citation; bounded, so that long runs of blanks cost nothing."""
DASH = r"[-\u2010-\u2014]"
ROMAN = r"[IVXLC]{1,7}(?:-?[AB])?(?![A-Za-z])"
FIVE = rf"\d{{2}}{SPACE}?\d{{3}}"
"""A dossier number: 31066, 31 066."""

LABEL = rf"(?:[Nn]rs?(?:{SPACE}?\.)?|(?:[Oo]nder)?[Nn]ummers?|nos?\.|letters?){GAP}"
"""What stands before an ondernummer: nr., nrs., nummer, letter."""
CHAPTER = rf"(?:(?:[Bb]egrotings)?[Hh]oofdstuk|[Hh]fdst\.?|[Hh]fst\.?){SPACE}{GAP}"
"""What may stand before the chapter of a budget."""
NUMBERED = (
    rf"(?=[A-Z]{{1,7}}(?:-[AB])?(?:{GAP},)?{GAP}\(?{GAP}{LABEL}\d|[IVX]{{1,5}}[AB]?{GAP},{GAP}\d{{1,4}}(?!\w)"
    rf"|[IVX]{{2,5}}[AB]?{GAP},{GAP}[A-Z]{{1,2}}(?![\w.-]))"
)
"""Where a chapter begins after a comma, it has a number after it: "23 400, XI, nr. 25"; "33 569, C" is a paper."""

DOSSIER = rf"""
    (?<![\d,.€\u2010-\u2014-])(?<!€{SPACE})(?P<dossier>{FIVE})(?!\d)
    (?:{DASH}(?P<sub>\d{{2,4}})(?!\w))?                                            # 21 501-02
    (?:(?:{GAP}{DASH}?{GAP}|{GAP},?{GAP}{CHAPTER}|{GAP},{GAP}{NUMBERED})
       (?P<addition>{ROMAN}|[A-M](?![A-Za-z])|R\d{{3,4}}))?      # 36 410 XVI, 36 410-XVI, 36 410A; 23 400, hoofdstuk XI
    (?:{GAP}{DASH}?{GAP}\(R{SPACE}?\d{{3,4}}\))?                                    # 36 027 (R2160), 36321-(R2181)-11
"""
NUMBER = rf"(?:\d{{1,4}}[a-zA-Z]?(?![\da-zA-Z])|[A-Z]{{1,3}}(?![A-Za-z]))(?:-[bhn]\d+)?(?!{SPACE}?\d{{3}}(?!\d))"
"""An ondernummer: 1412, 215a, A, BO; with -h1 (herdruk), -n1, -b1 (bijlage)."""

PREFIX = rf"""
    (?:[Kk]amerstuk(?:ken|nummers?|nrs?\.?)?|KAMERSTUK(?:KEN)?|[Kk]st\.?|TK|EK)(?![\w-])
    (?:{GAP}(?:nr\.|nummer))?
    (?:{GAP}(?P<chamber>I/II|II|I)(?![A-Za-z]))?
    {GAP},?{GAP}(?:(?:vergader|zittings)jaar{SPACE})?(?:\d{{4}}{SPACE}?[/\u2010-\u2014-]{SPACE}?\d{{2,4}}(?!\d))?{GAP},?{GAP}
    (?:(?:nr\.|dossier(?:nummer)?){SPACE})?
"""
"""Kamerstukken II, 2022/23,"""

_PRINTED = re.compile(
    rf"^(?:{PREFIX})?(?:{DOSSIER}|(?P<roman>[IVXLC]+))"
    rf"(?:{GAP},?{GAP}(?P<label>{LABEL})|{GAP}(?P<comma>,){GAP}|{GAP}{DASH}{GAP}|{SPACE}{GAP})(?P<number>{NUMBER})\.?$",
    re.VERBOSE,
)
_OFFICIAL = re.compile(
    r"(?P<collection>kst|blg|ah|h|kv|nds|ag|stb|stcrt|trb|gmb|prb|wsb|bgr)(?P<rest>-[A-Za-z0-9][A-Za-z0-9-]{0,100})",
    re.ASCII | re.IGNORECASE,
)
_UNTYPESET = re.compile(r"-\d{6,9}", re.ASCII)
"""Pieces not yet typeset have a number of their own; kst-31066 would be a dossier."""
_SESSION = re.compile(r"(?P<first>(?:19|20)\d\d)(?P<second>(?:19|20)\d\d)")
_SUFFIX = re.compile(r"[bhn]\d+")
_CHAMBERS = {"tk": "Tweede Kamer", "ek": "Eerste Kamer"}
HOUSES = {"Tweede Kamer": "II", "Eerste Kamer": "I"}
"""How citations write the chambers."""
_OF_SESSION = re.compile(
    rf"(?P<name>Aanhangsel(?:{SPACE}(?:van{SPACE}de|der))?{SPACE}Handelingen|Handelingen){SPACE}(?P<house>II|I){SPACE}"
    rf"(?P<first>(?:19|20)\d\d)(?:/|{DASH})(?:19|20)?(?P<second>\d\d),?{SPACE}nr\.{SPACE}?(?P<number>\d{{1,5}})"
    rf"(?:,{SPACE}item{SPACE}(?P<item>\d{{1,3}}))?"
)
"""Aanhangsel Handelingen II 2020/21, nr. 3235; Handelingen II 2017/18, nr. 70, item 6"""
_QUESTIONS = re.compile(rf"Kamervragen{SPACE}(?P<house>II|I){SPACE}(?P<number>(?:19|20)\d\d[A-Z]\d{{3,6}})")
"""Kamervragen II 2021Z09739"""
_LETTERS = re.compile(r"[A-Za-z]+")
_DOSSIERS = range(10_000, 50_000), range(90_000, 100_000)
"""Dossiers have come to 37 000, some 350 begin a year; those from 90 000 are of invented papers."""
_REAL_DOSSIER = re.compile(r"(\d{5})(?:-\d\d)?", re.ASCII)
_REAL_ADDITION = re.compile(r"(?:X{0,2}(?:IX|IV|V?I{0,3})[AB]?|[A-M]|R\d{3,4})", re.ASCII)
_REAL_NUMBER = re.compile(r"[1-9]\d{0,4}[A-Za-z]?|[A-Z]{1,2}|[A-Z]\d[A-Z]", re.ASCII)
_CHAPTER_ALONE = re.compile(r"I[IVX]|VI{1,3}|X[IVX]", re.ASCII)
"""Letters that only two dossiers ever reached; printed or linked as a number, they are the chapter of a budget."""


@dataclass(frozen=True, slots=True, order=True)
class Identifier:
    """The name of one official publication; ``str()`` gives it as the publisher writes it.

    Build it with ``parse`` from anything a person may have typed; the constructor takes the official form unchecked.
    """

    official: str

    def __str__(self) -> str:
        return self.official

    @classmethod
    def parse(cls, text: str) -> Identifier:
        """Read an identifier in any printed form; ``text`` holds nothing else.

        >>> Identifier.parse("Kamerstukken II, 2022/23, 31 066, nr. 1174")
        Identifier(official='kst-31066-1174')

        Raises:
            ValueError: the text is not an identifier.
        """
        text = " ".join(text.split())
        official = _OFFICIAL.fullmatch(text)
        if official:
            collection, rest = official["collection"].lower(), official["rest"]
            if rest[:4].lower() in ("-tk-", "-ek-"):
                rest = rest[:4].lower() + rest[4:]
            if rest.count("-") > 1 or (collection in ("kst", "blg") and _UNTYPESET.fullmatch(rest)):
                return cls(collection + rest)
        if other := _of_session(text):
            return cls(other)
        found = _PRINTED.match(text) if len(text) <= 200 else None
        if not found:
            raise ValueError(f"not an identifier of a Kamerstuk: {text[:60]!r} (expected a form such as 31 066, nr. 1412)")
        if found["roman"]:
            if not (found["label"] or found["comma"]):
                raise ValueError(f"not an identifier of a Kamerstuk: {text[:60]!r}")
            return cls(f"kst-{found['roman']}-{found['number']}")
        if not (found["label"] or found["comma"]) and _bare_dossier(found):
            raise ValueError(f"a dossier, not a paper: {text[:60]!r} (add the number of the paper: {text[:20]}, nr. 1)")
        return cls.of(found["dossier"], found["number"], sub=found["sub"] or "", addition=found["addition"] or "")

    @classmethod
    def of(cls, dossier: str, number: str, *, sub: str = "", addition: str = "") -> Identifier:
        """Compose an identifier of its printed parts; an R-number is no part of it."""
        parts = ["".join(re.findall(r"\d", dossier)), sub, "" if addition.startswith("R") else addition.replace("-", ""), number]
        return cls("kst-" + "-".join(part for part in parts if part))

    def _split(self) -> tuple[str, str, str, str, str]:
        """Session years, dossier number, addition, ondernummer and suffix; a part that the identifier lacks is empty."""
        parts = self.official.split("-")[1:]
        session = suffix = ""
        if self.collection != "kst":
            return next((part for part in parts if _SESSION.fullmatch(part)), ""), "", "", parts[-1], ""
        if len(parts) > 1 and (years := _SESSION.fullmatch(parts[0])) and int(years["second"]) - int(years["first"]) in (0, 1):
            session = parts.pop(0)
        if len(parts) > 1 and _SUFFIX.fullmatch(parts[-1]):
            suffix = parts.pop()
        if len(parts) < 2:
            return session, "", "", parts[0] if parts else "", suffix
        number = parts.pop()
        dossier = parts.pop(0)
        if parts and parts[0].isdigit():
            dossier += f"-{parts.pop(0)}"
        return session, dossier, "-".join(parts), number, suffix

    @property
    def collection(self) -> str:
        """``kst``; other publications have other ones."""
        return self.official.split("-", 1)[0]

    @property
    def chamber(self) -> str:
        """The chamber that the identifier itself names ("Tweede Kamer" of ``ah-tk-20202021-3235``); mostly empty."""
        return _CHAMBERS.get(self.official.split("-")[1], "") if self.official.count("-") > 1 else ""

    @property
    def dossier(self) -> str:
        """The dossier number: ``31066``, ``21501-02``; empty when the identifier names none."""
        return self._split()[1]

    @property
    def addition(self) -> str:
        """What follows the dossier number: ``XVI``, ``A``, ``R1519``; mostly empty."""
        return self._split()[2]

    @property
    def number(self) -> str:
        """The ondernummer: ``1412``, ``A``, ``215a``."""
        return self._split()[3]

    @property
    def can_exist(self) -> bool:
        """Whether there can be a publication of this name; what looks like one may be an amount, a dossier or its chapter."""
        if self.collection != "kst":
            return True
        session, dossier, addition, number, _ = self._split()
        if session or not dossier:
            return bool(session) or bool(_UNTYPESET.fullmatch(f"-{number}"))
        if dossier.isupper():
            return bool(_REAL_NUMBER.fullmatch(number))
        digits = _REAL_DOSSIER.fullmatch(dossier)
        chapter = not addition and _CHAPTER_ALONE.fullmatch(number)
        known = digits and any(int(digits[1]) in numbers for numbers in _DOSSIERS)
        return bool(known and _REAL_ADDITION.fullmatch(addition) and _REAL_NUMBER.fullmatch(number) and not chapter)

    @property
    def is_attachment(self) -> bool:
        """Whether it names an attachment: ``blg-1007826``, ``kst-28844-269-b1``."""
        return self.collection == "blg" or self._split()[4].startswith("b")

    @property
    def session_year(self) -> str:
        """The session year that the identifier names ("2020-2021" of ``ah-tk-20202021-3235``); mostly empty."""
        session = self._split()[0]
        return f"{session[:4]}-{session[4:]}" if session else ""

    @property
    def printed(self) -> str:
        """The identifier as papers print it ("31 066, nr. 1412"); ``parse`` reads it back.

        Where print cannot tell (odd old identifiers, those of kamerstukken with session years) it is the official form.
        """
        text = self._printed_kamerstuk() if self.collection == "kst" else self._printed_of_session()
        try:
            return text if Identifier.parse(text) == self else self.official
        except ValueError:
            return self.official

    def _printed_kamerstuk(self) -> str:
        session, dossier, addition, number, suffix = self._split()
        if session or not dossier or not number:
            return self.official
        digits, _, sub = dossier.partition("-")
        spaced = f"{digits[:2]} {digits[2:]}" if len(digits) == 5 and digits.isdigit() else digits
        label = ", " if _LETTERS.fullmatch(number) else ", nr. "
        text = spaced + (f"-{sub}" if sub else "") + (f" {addition}" if addition else "") + label + number
        return text + (f"-{suffix}" if suffix else "")

    def _printed_of_session(self) -> str:
        """The printed form of what a chamber publishes by session year: questions, answers and Handelingen."""
        house = HOUSES.get(self.chamber, "")
        years = f"{self.session_year[:4]}/{self.session_year[-2:]}" if self.session_year else ""
        match self.collection, self.official.split("-")[2:]:
            case "ah", [_, number]:
                return f"Aanhangsel Handelingen {house} {years}, nr. {number}"
            case "h", [_, number, item]:
                return f"Handelingen {house} {years}, nr. {number}, item {item}"
            case "kv", [number]:
                return f"Kamervragen {house} {number}"
        return self.official


def identifiers_among(texts: Iterable[str]) -> tuple[Identifier, ...]:
    """The identifiers among some texts, each once; other texts are passed over."""
    found: dict[Identifier, None] = {}
    for text in texts:
        with suppress(ValueError):
            found[Identifier.parse(text)] = None
    return tuple(found)


def _of_session(text: str) -> str:
    """The official form of printed questions, answers or Handelingen; empty when the text is none of these."""
    if found := _QUESTIONS.fullmatch(text):
        return f"kv-{'tk' if found['house'] == 'II' else 'ek'}-{found['number']}"
    found = _OF_SESSION.fullmatch(text)
    # A meeting of the Handelingen is published item by item, an answer has none.
    if not found or found["name"].startswith("Aanhangsel") == bool(found["item"]):
        return ""
    collection = "h" if found["item"] else "ah"
    first, chamber = int(found["first"]), "tk" if found["house"] == "II" else "ek"
    if (first + 1) % 100 != int(found["second"]):
        return ""
    numbers = "-".join(part for part in (found["number"], found["item"]) if part)
    return f"{collection}-{chamber}-{first}{first + 1}-{numbers}"


def _bare_dossier(found: re.Match[str]) -> bool:
    """Whether "21501-33" or "36 410 XVI" names a dossier rather than a paper; 21501 is the dossier of the EU councils."""
    digits = re.sub(r"\D", "", found["dossier"])
    number = found["number"]
    chapter = re.fullmatch(ROMAN, number) and len(number) > 1 and not found["addition"]
    council = digits == "21501" and not found["sub"] and number.isdigit() and len(number) == 2
    return bool(chapter or council or number.startswith("0"))


PUBLISHER = "https://zoek.officielebekendmakingen.nl"
_PUBLISHED = r"(?:kst|blg|ah|h|kv|nds|ag|stb|stcrt|trb)-[A-Za-z0-9-]{1,60}"
_ADDRESS = re.compile(
    rf"(?:(?:https?:)?//)?(?:[a-z0-9-]{{1,40}}\.){{0,3}}(?:officielebekendmakingen|overheid)\.nl/(?:[\w.-]{{1,80}}/){{0,6}}?"
    rf"(?P<name>{_PUBLISHED})(?:/1(?:/[\w.-]{{1,80}}){{0,2}}/?|\.(?:html|pdf|xml|odt))?(?:[?#]\S{{0,500}})?",
    re.ASCII | re.IGNORECASE,
)
"""Addresses of the search site, of the repository and of their predecessors: …/kst-31066-12.html, …/kst-31066-12/1/html/…"""
_RELATIVE = re.compile(rf"/?(?P<name>{_PUBLISHED})(?:\.(?:html|pdf|xml|odt))?(?:[?#]\S{{0,500}})?", re.ASCII | re.IGNORECASE)
_DATED = re.compile(r"(?:stb|stcrt|(?:ah|h)-[te]k)-(?P<year>\d{4})", re.ASCII)
_DIGITAL_SINCE = {"stb": 1995, "stcrt": 2010, "ah": 1995, "h": 1995}
"""What is older is not published under the number by which it is cited."""


def address_of(identifier: Identifier) -> str:
    """The page of a publication at its publisher; empty where it is older than those pages."""
    dated = _DATED.match(str(identifier))
    if dated and int(dated["year"]) < _DIGITAL_SINCE[identifier.collection]:
        return ""
    return f"{PUBLISHER}/{quote(str(identifier))}.html"


def published_at(address: str) -> Identifier | None:
    """The publication that an address leads to, which may be relative to a page of the publisher; None when it leads to none.

    >>> published_at("https://zoek.officielebekendmakingen.nl/kst-31066-12.html")
    Identifier(official='kst-31066-12')
    """
    plain = unquote(address[:700]).strip(" \u00a0\t\n.,;)")
    found = _RELATIVE.fullmatch(plain) or _ADDRESS.fullmatch(plain)
    if found:
        with suppress(ValueError):
            identifier = Identifier.parse(found["name"])
            return identifier if identifier.can_exist else None
    return None
