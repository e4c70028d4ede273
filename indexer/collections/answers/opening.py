"""The lines above written questions and their answers, as printed → title, kind, date, askers and ministers.

"Vragen van de leden Meeuw en Aalscholver (beiden Vogels) aan de Minister van Kust over brood (ingezonden 3 juni 2032)."
"Antwoord van Minister Duin (Kust), mede namens de Minister van Zee (ontvangen 21 juni 2032)."

Only the words count, not how a file marks them up, so that every form of a paper tells the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date

from indexer.collections.collection import OpeningFacts
from indexer.paper.conventions import printed_date
from indexer.paper.model import PaperPerson, PersonRole, ReadIn
from indexer.paper.offices import offices_in

ANSWER, QUESTION, POSTPONED = "Antwoord schriftelijke vragen", "Schriftelijke vragen", "Mededeling (uitstel antwoord)"

_WHEN = r"\((?:ingezonden|ontvangen) (?P<date>[^()]{6,80})\)"
_QUESTION = re.compile(
    r"(?P<what>(?:\w+ ){0,2}vragen) van (?>(?P<askers>.{2,600}?) aan )"
    r"(?>(?P<asked>.{2,600}?) (?:over|inzake|betreffende|omtrent|naar aanleiding van|met betrekking tot) )"
    rf"(?P<subject>.{{1,2000}}?)\s*(?:{_WHEN})?\s*\.?",
    re.IGNORECASE,
)
_ANSWER = re.compile(
    rf"(?P<what>(?:\w+ ){{0,2}}(?:antwoord|mededeling)) van (?P<who>.{{2,1000}}?)\s*{_WHEN}\s*\.?(?:\s*Zie ook .{{1,300}})?",
    re.IGNORECASE,
)
_BRACKETS = re.compile(r"\s*\([^()]*\)")
_BEFORE_NAMES = re.compile(r"^(?:het (?:kamer)?lid|de (?:kamer)?leden|de heer|mevrouw)\s+", re.IGNORECASE)
_WITH_OTHERS = re.compile(r"(?:^|\s+)c\.?s\.?$", re.IGNORECASE)
_PARTY = re.compile(r"\s*\((?:(?P<several>beiden|allen)\s+)?(?P<party>[^()]*)\)\s*$", re.IGNORECASE)
_BETWEEN_NAMES = re.compile(r",\s*|\s+en\s+(?:(?:het lid|de leden)\s+)?")
_NAMED = re.compile(
    r"(?P<rank>(?:vice-)?minister(?:-president)?|staatssecretaris) (?P<name>[^(),]{2,60}?) \((?P<of>[^()]{2,100})\)",
    re.IGNORECASE,
)
_ON_BEHALF = re.compile(r"(?:mede namens|en) (?P<offices>(?:de )?(?:minister|staatssecretaris)\w*\b[^()]{3,300})", re.IGNORECASE)


def read_opening(lines: Sequence[str]) -> OpeningFacts:
    """What the lines tell; the date is that of the answer, or of the questions where there is none yet."""
    asked = next((found for line in lines if (found := _QUESTION.fullmatch(line))), None)
    answered = next((found for line in lines if (found := _ANSWER.fullmatch(line))), None)
    return OpeningFacts(
        title=_title(asked, answered),
        kind=_kind(asked, answered),
        date=_date(answered) or _date(asked),
        people=(
            *(_askers(asked["askers"]) if asked else ()),
            *(dict.fromkeys(_ministers(answered["who"], asked["asked"] if asked else "")) if answered else ()),
        ),
    )


def _kind(asked: re.Match[str] | None, answered: re.Match[str] | None) -> str:
    if answered:
        return POSTPONED if answered["what"].lower().endswith("mededeling") else ANSWER
    return QUESTION if asked else ""


def _date(found: re.Match[str] | None) -> date | None:
    return printed_date(found["date"]) if found and found["date"] else None


def _title(asked: re.Match[str] | None, answered: re.Match[str] | None) -> str:
    """ "Antwoord op vragen van het lid Meeuw over brood op het strand"."""
    if not asked:
        return ""
    questions = f"{asked['what']} van {_BRACKETS.sub('', asked['askers'])} over {asked['subject']}"
    if not answered:
        return questions
    if answered["what"].lower().endswith("mededeling"):
        return f"Uitstel van antwoord op {_uncapped(questions)}"
    return f"{answered['what']} op {_uncapped(questions)}"


def _uncapped(text: str) -> str:
    return text[:1].lower() + text[1:]


def _askers(askers: str) -> Iterator[PaperPerson]:
    """The members in "de leden Van Weyenberg (D66), Romke de Jong en Kat (beiden VVD)"; ``beiden`` and ``allen`` reach back."""
    waiting: list[str] = []
    parties: dict[str, str] = {}
    for part in (_WITH_OTHERS.sub("", part) for part in _BETWEEN_NAMES.split(_BEFORE_NAMES.sub("", askers.strip()))):
        found = _PARTY.search(part)
        name = _BEFORE_NAMES.sub("", (part[: found.start()] if found else part).strip())
        if name:
            waiting.append(name)
            parties[name] = ""
        if found:
            reach = {"beiden": 2, "allen": len(waiting)}.get((found["several"] or "").lower(), 1)
            parties |= dict.fromkeys(waiting[-reach:], found["party"])
            waiting = []
    for i, (name, party) in enumerate(parties.items()):
        role = PersonRole.CO_SIGNER if i else PersonRole.FIRST_SUBMITTER
        yield PaperPerson(name, role, name, party=party, read_in=(ReadIn.OPENING,))


def _ministers(who: str, asked: str) -> Iterator[PaperPerson]:
    """Those who answer, with their offices; ``asked`` is whom the questions were put to, where offices are written in full."""
    for found in _NAMED.finditer(who):
        rank, of = found["rank"].capitalize(), found["of"]
        if rank.lower().endswith("president"):
            yield _minister(found["name"], rank)
            continue
        in_full = re.search(rf"\b{rank} voor {re.escape(of)}(?!\w)", asked, re.IGNORECASE)
        preposition = "voor" if in_full else "van"
        yield _minister(found["name"], f"{rank} {preposition} {of}")
    for others in _ON_BEHALF.finditer(_NAMED.sub("", who)):
        offices = re.sub(r"\ben de (?=minister|staatssecretaris)", "en ", others["offices"].removeprefix("de "))
        for office in offices_in(f"BRIEF VAN DE {offices.rstrip(' ,').upper()}"):
            yield _minister("", office)


def _minister(name: str, office: str) -> PaperPerson:
    return PaperPerson(name, PersonRole.MINISTER, name, office, read_in=(ReadIn.OPENING,))
