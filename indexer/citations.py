"""Citations of other papers in running text: find first, resolve separately.

``find_citations`` gives every complete citation with its exact span; ``find_own`` gives the short form "op stuk nr. 12", which
means a paper of the dossier it is printed in. Nothing here knows of sections or of links; ``assemble`` joins them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.identifier import DASH, DOSSIER, LABEL, NUMBER, PREFIX, SPACE, Identifier

_MAX_RANGE = 25
"""The longest "nrs. 3–20" that is spelled out; a longer one is taken for its two ends."""

_MONTHS = "januari|februari|maart|april|mei|juni|juli|augustus|september|oktober|november|december"
_UNIT = rf"(?!{SPACE}*(?:%|procent|euro|miljoen|miljard|mln|jaar|dagen|maanden|leden|moties|amendementen|{_MONTHS}))(?![.,]\d)(?!{SPACE}?\d{{3}}(?!\d))"
"""What may not follow a bare number, or it is an amount."""

_OFFICIAL = re.compile(r"(?<![\w-])kst-(?:\d{5}|[IVXLC]+|\d{8})[A-Za-z0-9-]*[A-Za-z0-9](?![\w])", re.ASCII)

_CITATION = re.compile(
    rf"""
    (?P<prefix>(?<!\w){PREFIX})?
    (?P<base>{DOSSIER}|(?P<roman>[IVXLC]{{2,}}(?=,)))
    (?P<also>(?:{SPACE}*(?:/|en|,){SPACE}*\d{{2}}{SPACE}?\d{{3}}(?!\d))*)      # 34 682/35 334, nr. 143
    (?:
        {SPACE}*,?{SPACE}*\(?{SPACE}*(?P<label>{LABEL})                        # …, nr. 12 en nr. 14
        (?P<numbers>{NUMBER}(?:{SPACE}*(?:,(?:{SPACE}*en)?|en/of|en|{DASH}|t/m|tot{SPACE}en{SPACE}met){SPACE}*(?:{LABEL})?{NUMBER}{_UNIT})*)
      | (?P<dash>{DASH})(?P<dashed>\d{{1,4}}(?!\w)(?!{SPACE}\d{{3}}(?!\d))|[A-Z]{{1,2}}(?!\w))(?!{DASH}\d){_UNIT}     # 31066-1412
      | {SPACE}*,{SPACE}*(?P<bare>\d{{1,4}}(?!\w){_UNIT}|[A-Z]{{1,3}}(?!\w)(?!{SPACE}+nr))                     # 33 569, A
    )
    """,
    re.VERBOSE,
)
_REVERSED = re.compile(
    rf"(?P<label>(?<!\w){LABEL})(?P<numbers>{NUMBER}){SPACE}*\({SPACE}*(?:{PREFIX})?(?P<base>{DOSSIER}){SPACE}*\)", re.VERBOSE
)
"""De motie op stuk nr. 1181 (33 529)."""

_OWN = re.compile(
    rf"(?:(?:op|gedrukt{SPACE}onder|van){SPACE}(?:stuk{SPACE}|Kamerstuk{SPACE})?|stuk{SPACE})(?P<cited>nrs?\.{SPACE}*(?P<number>\d{{1,4}}))(?!\d)"
)
_OWN_LEAD = re.compile(rf"(?:stuk|gedrukt{SPACE}onder){SPACE}$|stuk{SPACE}?$")

_NUMBERS = re.compile(rf"(?P<join>{DASH}|t/m|tot{SPACE}en{SPACE}met)?{SPACE}*(?:{LABEL})?(?P<number>{NUMBER})", re.VERBOSE)


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation in a text: text[start:end] names ``identifier``."""

    start: int
    end: int
    identifier: Identifier


def find_citations(text: str) -> list[FoundCitation]:
    """Every complete citation in the text, in order.

    "31 066, nr. 12 en nr. 14" is two; "€ 12 000, 15 procent" is none. Of a range ("nrs. 12–14") every member is given, the
    inner ones with the span of the whole range.
    """
    found = [FoundCitation(m.start(), m.end(), Identifier(m.group())) for m in _OFFICIAL.finditer(text)]
    if not any(c.isdigit() for c in text) and "," not in text:
        return found
    for match in _CITATION.finditer(text):
        found += _members(text, match)
    taken = [(c.start, c.end) for c in found]
    for match in _REVERSED.finditer(text):
        if not any(start < match.end() and match.start() < end for start, end in taken):
            found.append(FoundCitation(match.start(), match.end(), _compose(match, match["numbers"])))
    return sorted(found, key=lambda c: (c.start, c.end))


def find_own(text: str) -> list[tuple[int, int, str]]:
    """The short forms "op stuk nr. 12" and "gedrukt onder nr. 12": start, end and number, dossier understood."""
    return [
        (m.start("cited"), m.end("cited"), m["number"])
        for m in _OWN.finditer(text)
        if "stuk" in m.group() or "gedrukt" in m.group()
    ]


def _compose(match: re.Match[str], number: str) -> Identifier:
    return Identifier.of(match["dossier"], number, sub=match["sub"] or "", addition=match["addition"] or "")


def _members(text: str, match: re.Match[str]) -> Iterator[FoundCitation]:
    """The papers that one match of the grammar names."""
    if match["roman"]:
        if match["prefix"] and match["bare"]:
            yield FoundCitation(match.start(), match.end(), Identifier(f"kst-{match['roman']}-{match['bare']}"))
        return
    others = re.findall(rf"\d{{2}}{SPACE}?\d{{3}}", match["also"])
    if match["numbers"]:
        for start, end, number in _spelled_out(match):
            yield FoundCitation(start, end, _compose(match, number))
            for other in others:
                yield FoundCitation(start, end, Identifier.of(other, number))
        return
    if match["dash"]:
        if not others and _stands_alone(text, match):
            yield FoundCitation(match.start(), match.end(), _compose(match, match["dashed"]))
        return
    enclosed = text[max(0, match.start() - 1) : match.start()] == "(" and text[match.end() : match.end() + 1] == ")"
    if match["prefix"] or (enclosed and match["bare"].isalpha()):
        yield FoundCitation(match.start(), match.end(), _compose(match, match["bare"]))


def _stands_alone(text: str, match: re.Match[str]) -> bool:
    """Whether 31066-1412 can be a paper: written solid, or announced as one; 21501-33 and 29683-02 are dossiers."""
    solid = match["dossier"].isdigit() and int(match["dossier"]) >= 10_000
    number = match["dashed"]
    council = match["dossier"].replace(" ", "") == "21501" and not match["sub"] and len(number) == 2
    return (bool(match["prefix"]) or solid) and not number.startswith("0") and not council


def _spelled_out(match: re.Match[str]) -> Iterator[tuple[int, int, str]]:
    """Start, end and number of each member of "nr. 12, nr. 14 en 16–18"; the first one's span begins with the match."""
    base = match.start("numbers")
    start, previous = match.start(), ""
    plural = match["label"].lower().startswith(("nrs", "nummers"))
    for member in _NUMBERS.finditer(match["numbers"]):
        number, end = member["number"], base + member.end()
        labelled = member.start() == 0 or bool(_label_length(match["numbers"][: member.start("number")]))
        if not (plural or labelled or member["join"] or _closes(match.string, end)):
            return
        begin = start if member.start() == 0 else base + member.start()
        if member["join"] and previous.isdigit() and number.isdigit() and 1 < int(number) - int(previous) <= _MAX_RANGE:
            for inner in range(int(previous) + 1, int(number)):
                yield base + member.start(), end, str(inner)
        if begin != start:
            begin = base + member.start("number") - _label_length(match["numbers"][: member.start("number")])
        yield begin, end, number
        previous = number


def _closes(text: str, end: int) -> bool:
    """Whether the citation ends here, so that a bare "en 4" before it is its last number: no word follows."""
    return not re.match(rf"{SPACE}*\w", text[end:]) and not text[end : end + 1] == ","


def _label_length(before: str) -> int:
    """The length of the "nr. " that ends here, or 0."""
    label = re.search(rf"(?:{LABEL})$", before)
    return len(label.group()) if label else 0
