"""Papers and dossiers as people paste them: a number with what stands around it in a footnote, or an address.

``references_in`` finds the papers that a query names, with the labels, pages and dates around them as part of each.
``read_whole`` reads a query that is nothing but a reference, however it is written. ``read_address`` reads an address of the
publisher, of the Tweede Kamer or of a site such as this one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from urllib.parse import parse_qs, unquote, urlsplit

from indexer.catalogue.tweede_kamer import is_number
from indexer.paper.citations import FoundCitation, find_citations
from indexer.paper.conventions import MONTHS
from indexer.paper.identifier import DASH, ROMAN, Identifier
from search.fields import read_dossier


@dataclass(frozen=True, slots=True)
class Reference:
    """A reference at text[start:end]: to papers, or to a dossier, or by a number of the Tweede Kamer. ``beside`` is what stands
    with it that is not looked for, such as a page."""

    start: int
    end: int
    papers: tuple[Identifier, ...] = ()
    dossier: str = ""
    number: str = ""
    beside: str = ""


_OFFICIAL = re.compile(r"(?:kst|blg)-\d[\w-]*|(?:ah|h|kv)-(?:tk|ek)-\d[\w-]*", re.ASCII | re.IGNORECASE)
"""Identifiers that are typed as the publisher writes them; ``cool-gen`` and ``covid-19`` are none."""

_LETTERED = re.compile(r"\d\d\s?\d{3}(?:-(?:\d{2,4}|[ivxlcab]{1,7})){0,2}-(?:[a-z]|\d{1,4})")
"""``91066-a``, ``36410-xvi-2``: letters that identifiers have in capitals."""

_PLAINLY = re.compile(r".*(?:\d\s+[A-Za-z]+|(?<!\d\d)(?<!\d)\d{1,3}\s+\d{3})\.?", re.DOTALL)
"""``31066 ICT`` and ``12 345 678`` are words, though ``36410 A`` could be a paper, and ``31066 123`` is one."""

_LABEL = r"(?:(?:stuk|kamerstuk|ondernummer|nummer|nrs?|nos?|№|\#)[.:]?\s{0,3}){1,3}"
_ODDLY = re.compile(
    rf"""
      (?:kst|kamerstuk(?:ken)?|stuk|dossier)?[\s_\#-]{{0,3}}(?P<dossier>\d\d[.\s]?\d{{3}})(?:[-_](?P<sub>\d\d))?
      (?:[\s_-]?(?P<chapter>(?-i:{ROMAN})))?
      (?:[\s,;_-]{{0,3}}{_LABEL}[\s-]?|\s?[/_(]\s?|(?<=\d)-)(?P<number>[1-9]\d{{0,3}}|(?-i:[A-Z]))\)?
    | {_LABEL}(?P<number2>[1-9]\d{{0,3}}|(?-i:[A-Z]))[\s,;(]{{1,3}}
      (?:(?:van|bij|in|uit|onder|kamerstuk(?:ken)?|dossier|wetsvoorstel)\s{{1,3}}){{0,3}}(?P<dossier2>\d\d\s?\d{{3}})(?:-(?P<sub2>\d\d))?\)?
    """,
    re.VERBOSE | re.IGNORECASE,
)
"""``36.666, nr. 10``, ``36666/10``, ``kst_36666_10``, ``stuk nr. 10, dossier 36666``: read so only when there is nothing else."""

_DOSSIER = re.compile(
    r"(?P<label>(?:(?:kamerstuk)?dossier|wetsvoorstel|kamerstuk(?:ken)?)(?:\s?nr\.?|nummer)?)?:?\s{0,3}(?P<key>\d\d.{3,20})", re.I
)
_PART_OF_KEY = re.compile(rf"\d\d\s?\d{{3}}(?:-\d\d|\s?-?\s?(?:{ROMAN})|{DASH}(?i:{ROMAN}))")

_BEFORE = re.compile(
    r"(?:(?<![\w.-])(?:(?:kamer)?stuk(?:ken)?(?:nr|nummer)?|dossier|nrs?|nos?|nummers?|№|\#)[.:]?\s{0,3}){1,4}$", re.IGNORECASE
)
"""What stands before a number: "stuk nr. 36666-10"."""

_PAGES = (
    r"(?:pp?|blz|pag|bladzijden?|pagina(?:['’]?s)?|(?:voet)?noot|onderdeel|punt|item|bijlage)\.?\s?\d{1,4}"
    r"(?:\s?(?:[-–,]|en|t/m)\s?\d{1,4}){0,5}"
)
_DAY = rf"\d{{1,2}}(?:\s(?:{'|'.join(MONTHS)})\s|[-/.]\d{{1,2}}[-/.])\d{{4}}"
_SESSION = r"(?:(?:vergader|zittings)jaar\s)?\d{4}\s?[-/–]\s?\d{2,4}"
_AFTER = re.compile(
    rf"(?:\s{{0,2}}[,;(]?\s{{0,2}}(?:{_PAGES}(?:\se\.v\.)?|(?:van|d\.d\.|dd\.?|gedateerd|ontvangen)?\s?{_DAY}|{_SESSION}|(?:onder|sub)\s[a-z]|pdf|herdruk)(?!\w)\)?){{1,4}}",
    re.IGNORECASE,
)
"""What stands after it: a page, the day of the paper, its session year."""
_OF_NUMBER = re.compile(rf"[\s,;()]*(?:{_SESSION})?[\s,;()]*", re.IGNORECASE)
"""What is part of a printed number and need not be told: brackets, a session year."""

_AROUND = re.compile(
    r"zie|ook|vgl|cf|de|het|een|dit|deze|die|in|op|bij|van|uit|onder|over|tweede|eerste|kamer|der|staten-generaal|vergaderjaar"
    r"|zittingsjaar|kamerst(?:uk|ukken)?|kst|stuk(?:ken)?|doc(?:ument)?|bron|ref|dossier(?:nummer)?|tk|ek|ii?|nr|no"
    r"|\d{4}[-/–]\d{2,4}",
    re.IGNORECASE,
)
"""Words that may stand around a reference without asking for anything."""
_KINDS = re.compile(
    r"(?i:(?:nader )?gewijzigde? )?(?i:brief|verslag|nota|memorie|wetsvoorstel"
    r"|(?:motie|amendement)(?:[- ](?:lid |leden )?(?-i:[A-Z])\w{1,30}(?:[-/ ](?-i:[A-Z])\w{1,30})?(?: c\.?s)?)?)"
)
"""What a paper may be called beside its number: "gewijzigde motie", "motie-Boswijk c.s."."""

_BETWEEN = re.compile(r"\s*(?:[,/\u2013-]|,?\s*en)\s*")
"""What joins two citations: "nr. 12 en nr. 14"."""
_EXCLUDED = re.compile(r"(?<![^\s(])[-!](?=\w)")
"""The minus of ``-31066-1412``, which is no part of a number."""


_SYNTAX = re.compile(r'["|*~]|(?<!\bzie)(?<!\bbron):', re.IGNORECASE)


def read_whole(text: str) -> Reference | None:
    """The query as one reference: ``31066-1412``, ``31 066 nr. 1412``, ``36410-VI``, "zie Kamerstuk 36 666, nr. 10, blz. 3"."""
    bare = text.strip(" \t\n\u00a0.,;?!()[]#")
    if not any(char.isdigit() or char == "," for char in bare) or _SYNTAX.search(text) or len(bare) > 200:
        return None
    identifier = None if _PLAINLY.fullmatch(bare) else _identifier(bare)
    if identifier := identifier or _oddly(bare):
        return Reference(0, len(text), (identifier,))
    if alone := _alone(text):
        return alone
    found = _DOSSIER.fullmatch(bare)
    key = found and (part_of_dossier(found["key"]) or (found["label"] and read_dossier(found["key"].strip())))
    return Reference(0, len(text), dossier=key) if key else None


def part_of_dossier(text: str) -> str:
    """The dossier whose number, with a chapter or a part, a text is: ``36410-VI``, ``36 410 VI``, ``21501-02``; else empty."""
    return read_dossier(re.sub(DASH, "-", text)) if _PART_OF_KEY.fullmatch(text) else ""


def _identifier(bare: str) -> Identifier | None:
    try:
        identifier = Identifier.parse(bare.upper() if _LETTERED.fullmatch(bare) else bare)
    except ValueError:
        return None
    printed = bare.casefold() != identifier.official.casefold()
    return identifier if printed or identifier.collection == "kst" or _OFFICIAL.fullmatch(bare) else None


def _oddly(bare: str) -> Identifier | None:
    found = _ODDLY.fullmatch(bare)
    if not found:
        return None
    number, dossier, sub = (found[name] or found[f"{name}2"] for name in ("number", "dossier", "sub"))
    identifier = Identifier.of(dossier, number, sub=sub or "", addition=found["chapter"] or "")
    return identifier if identifier.can_exist else None


def _alone(text: str) -> Reference | None:
    """The only reference of a query in which nothing else is asked for."""
    found = list(references_in(text).values())
    if len(found) != 1 or text[max(0, found[0].start - 1) : found[0].start] in {"-", "!"}:
        return None
    words = f"{text[: found[0].start]} {text[found[0].end :]}".split()
    others = " ".join(word for one in words if (word := one.strip(" .,;:?!()[]")) and not _AROUND.fullmatch(word))
    if others and not _KINDS.fullmatch(others):
        return None
    return replace(found[0], start=0, end=len(text), beside=", ".join(filter(None, (others, found[0].beside))))


def references_in(text: str) -> dict[int, Reference]:
    """The papers that a text names, by where they start; those that are joined ("nr. 12 en nr. 14") are one reference."""
    clusters: list[Reference] = []
    official = -1
    for citation in find_citations(_EXCLUDED.sub(" ", text)):
        if citation.end <= official:
            continue
        if text.startswith("kst-", citation.start):
            official = citation.end
        last = clusters[-1] if clusters else None
        if last and _joined(text, last.end, citation):
            papers = tuple(dict.fromkeys((*last.papers, citation.identifier)))
            clusters[-1] = replace(last, end=max(last.end, citation.end), papers=papers)
        else:
            clusters.append(Reference(citation.start, citation.end, (citation.identifier,)))
    around = (_with_around(text, cluster) for cluster in clusters)
    return {reference.start: reference for reference in around}


def _joined(text: str, end: int, citation: FoundCitation) -> bool:
    return citation.start <= end or _BETWEEN.fullmatch(text, end, citation.start) is not None


def _with_around(text: str, reference: Reference) -> Reference:
    """The reference with the labels before it and what stands after it."""
    begin = max(0, reference.start - 60)
    before = _BEFORE.search(text[begin : reference.start])
    start = begin + before.start() if before else reference.start
    inside = text[reference.start : reference.end]
    end = reference.end
    end += inside.count("(") > inside.count(")") and text.startswith(")", end)  # 31 066 (nr. 12)
    after = _AFTER.match(text, end)
    if after is None:
        return replace(reference, start=start, end=end)
    beside = "" if _OF_NUMBER.fullmatch(after[0]) else after[0].strip(" ,;()")
    return replace(reference, start=start, end=after.end(), beside=beside)


_FORM = re.compile(r"\.(?:html?|pdf|xml|odt)$", re.IGNORECASE)
_DOSSIER_PATHS = frozenset(("dossier", "kamerstukdossier", "wetsvoorstel"))
_SHORT = re.compile(r"\d{5}(?:-[0-9A-Za-z]{1,7}){1,3}", re.ASCII)


def read_address(word: str) -> Reference | None:
    """The paper or dossier that an address leads to, with or without scheme and site; None when the word is no such address.

    >>> read_address("https://zoek.officielebekendmakingen.nl/kst-31066-12.html").papers
    (Identifier(official='kst-31066-12'),)
    """
    bare = word.strip(" .,;:!?<>[]").removeprefix("www.")
    if not ("/" in bare or _FORM.search(bare)) or not any(map(str.isdigit, bare)):
        return None
    try:
        address = urlsplit(bare if "://" in bare else f"//{bare}" if "." in bare.split("/")[0] else bare)
        asked = {name.lower(): values[0] for name, values in parse_qs(address.query, max_num_fields=20).items()}
    except ValueError:
        return None
    whole = Reference(0, len(word))
    if number := next((asked[name] for name in ("did", "id") if is_number(asked.get(name, ""))), ""):
        return replace(whole, number=number.upper())
    if identifier := next(filter(None, map(_in_address, asked.values())), None):
        return replace(whole, papers=(identifier,))
    parts = [unquote(part) for part in (address.path or address.netloc).split("/") if part]
    if not parts and address.netloc:
        parts = [address.netloc]
    for before, part in reversed(list(zip(("", *parts), parts, strict=False))):
        name = _FORM.sub("", part)
        if identifier := _in_address(name):
            return replace(whole, papers=(identifier,))
        if is_number(name):
            return replace(whole, number=name.upper())
        if before.lower() in _DOSSIER_PATHS and (key := read_dossier(name.partition("_")[0])):
            return replace(whole, dossier=key)
    named = asked.get("dossier", "") or asked.get("qry", "").removeprefix("wetsvoorstel:")
    return replace(whole, dossier=key) if (key := read_dossier(named)) else None


def read_official(word: str) -> Reference | None:
    """The paper whose official identifier a word is, with the punctuation of a sentence behind it."""
    bare = word.rstrip(".,;?!")
    identifier = _identifier(bare) if _OFFICIAL.fullmatch(bare) else None
    return Reference(0, len(word), (identifier,)) if identifier else None


def _in_address(name: str) -> Identifier | None:
    """The paper that a part of an address names: ``kst-31066-1412``, ``31066-1412``."""
    if not (_OFFICIAL.fullmatch(name) or _SHORT.fullmatch(name)):
        return None
    identifier = _identifier(name)
    return identifier if identifier and identifier.can_exist else None
