"""Whom a kind line names as the members who put their names to a paper: "MOTIE VAN DE LEDEN VAN NISPEN EN DIJK C.S.".

The line tells first what the paper is, then who sends it; only that is read, and not whom the title behind it may name. Motions
and amendments are those of members also where a slip of the pen hides it: "MOTIE VAN HET TEUNISSEN", "MOTIE VAN HET LIDVAN
NISPEN". Offices in kind lines are for ``indexer.paper.offices``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from indexer.paper.model import PersonRole
from indexer.paper.personal_name import in_ordinary_spelling, is_name

_OF_MEMBERS = r"(?:MOTIE|(?:SUB)?AMENDEMENT)\b"
_OF_ANYONE = (
    r"(?:BRIEF|(?:(?:INITIATIEF)?(?:RIJKS)?WETS|INITIATIEF)VOORSTEL|(?:VOORSTEL|ONTWERP) VAN (?:RIJKS)?WET|"
    r"(?:INITIATIEF)?NOTA(?: VAN (?:WIJZIGING|VERBETERING))?|"
    r"MEMORIE VAN (?:TOELICHTING|ANTWOORD)|VERSLAG|RAPPORT|VRAGEN|VOORSTEL|POSITION PAPER|NOTITIE|VERZOEK)\b"
)
_MEMBERS = r"(?:LID|LEDEN|KAMERLID|KAMERLEDEN|SENATOR|SENATOREN|INITIATIEFNEMERS?|INDIENERS?|HEER|HEREN|MEVROUW)"
_OTHERS = r"(?:(?:IN)?FORMATEURS?|VERKENNERS?)"
_BEGIN = r"\s*(?:[^\W\d_]+ ){0,4}?"
_MOTION = re.compile(
    rf"{_BEGIN}(?P<what>{_OF_MEMBERS})(?: VAN (?:WANTROUWEN|AFKEURING|TREURNIS|ORDE)\b)?(?P<lead>(?: VAN)?(?: DE| HET)*)"
    rf"(?P<members> {_MEMBERS}(?=VAN\b|DE\b|\b))?(?P<names>.*)",
    re.IGNORECASE,
)
_SENT = re.compile(
    rf"{_BEGIN}{_OF_ANYONE} VAN (?:(?:DE|HET) )*(?P<who>{_MEMBERS}|{_OTHERS}|RAPPORTEURS?)(?P<names> .*)", re.IGNORECASE
)
_REST = re.compile(
    r"(?:\b|(?=\())(?:T(?:ER|OT)(?: \w+)? \w+(?:NG|IE)|IN VERBAND|OVER|INZAKE|BETREFFENDE|HOUDENDE|STREKKENDE|"
    r"NAAR AANLEIDING|N\.A\.V\.|T\.V\.V\.|\(?GEWIJZIGD|\(?WAS (?=NR)|MET BETREKKING|OP STUK|OP HET|VOORGESTELD|ONTVANGEN|GEDRUKT|"
    r"AAN DE (?:VOORZITTER|MINISTER|STAATSSECRETARIS)|D\.D\.|BIJ (?:DE|HET) )(?=\W|$).*",
    re.IGNORECASE | re.DOTALL,
)
_WITH_OTHERS = re.compile(r",?\s*\b(?:EN )?(?:C\.?\s?S\.?|E\.A\.|ANDEREN)(?=\W|$)", re.IGNORECASE)
_BETWEEN = re.compile(
    rf"\s*,(?:\s*EN\b)?\s*|\s*/\s*|(?:^|\s+)(?:EN|ALSMEDE|&)\s+(?:(?:VAN\s+)?(?:(?:DE|HET)\s+)?{_MEMBERS}\s+)?", re.IGNORECASE
)
_PARTY = re.compile(r"\s*\(([^()]{1,40})\)$")
_AROUND = " ,.;:(["
_NOT_NAMES = re.compile(r"\b(?:COMMISSIE|MINISTER|STAATSSECRETARIS|KAMER|RAAD|PRESIDIUM|REGERING|FRACTIE)", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class NamedMember:
    """Someone named in a kind line, in ordinary spelling; an empty name is one that was left out ("DE LEDEN EN CEDER")."""

    name: str
    party: str = ""
    longer: str = ""
    """What the name is when the words before it are its tussenvoegsels: where "LID" is missing, as in "MOTIE VAN DE HOOP"."""


@dataclass(frozen=True, slots=True)
class Sender:
    """Who a kind line says sends the paper; without names where it tells none."""

    members: tuple[NamedMember, ...] = ()
    role: PersonRole | None = None
    """Their role; None for those who submit it."""
    of_members: bool = False
    """Whether the paper is one of members, named or not."""
    is_motion: bool = False


def sender_of(kind_line: str) -> Sender:
    """Read a kind line."""
    line = " ".join(kind_line.split())
    motion = _MOTION.match(line)
    if motion:
        named = _names(motion["names"])
        lead = motion["lead"].split()
        if not motion["members"] and named and named[0].name:
            before = lead[1:] if len(lead) > 1 else lead
            longer = in_ordinary_spelling(" ".join((*before, named[0].name)).upper())
            named = (replace(named[0], longer=longer), *named[1:])
        return Sender(named, of_members=True, is_motion=motion["what"].upper() == "MOTIE")
    sent = _SENT.match(line)
    if sent:
        who = sent["who"].upper()
        role = PersonRole.RAPPORTEUR if who.startswith("RAPPORTEUR") else None
        return Sender(_names(sent["names"]), role, of_members=True)
    return Sender()


def _names(text: str) -> tuple[NamedMember, ...]:
    """The names in "VAN NISPEN (SP), INGE VAN DIJK EN DIJK C.S. TER VERVANGING VAN"."""
    text = _WITH_OTHERS.sub("", _REST.sub("", text)).strip(_AROUND)
    if not text or _NOT_NAMES.search(text):
        return ()
    found: list[NamedMember] = []
    for part in _BETWEEN.split(text):
        party = _PARTY.search(part)
        name = in_ordinary_spelling(part[: party.start()] if party else part).strip(_AROUND)
        if name and not is_name(name):
            break
        if found and not name:
            continue
        found.append(NamedMember(name, party[1] if party else ""))
    return tuple(found)
