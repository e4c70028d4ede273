"""Who put a name to a paper: of the lines above the text, kind line, signatures and metadata, each once, in printed order.

Each place tells something else: the kind line who comes first, the lines below the text who else signed and in what office, the
metadata the initials. Names are joined within one paper only, where it is plain that they are of one person; who a name means
among all papers, the register of the catalogue knows.
"""

from __future__ import annotations

import difflib
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from indexer.collections.collection import OpeningFacts
from indexer.paper.model import PaperPerson, PersonRole, ReadIn
from indexer.paper.offices import is_government, office_of, offices_in
from indexer.paper.personal_name import PersonalName, fold, in_ordinary_spelling, take_apart
from indexer.reading.closing import closing_names
from indexer.reading.kind_line import NamedMember, Sender, sender_of
from indexer.reading.pieces import ReadPaper

_PARTY = re.compile(r"\s*\(([^()a-z]{2,20}|[A-Z][^()]{1,30})\)$")
_ROLES = (
    (re.compile(r"voorzitter\b", re.IGNORECASE), PersonRole.CHAIR),
    (re.compile(r"griffier\b", re.IGNORECASE), PersonRole.CLERK),
    (re.compile(r"rapporteurs?\b", re.IGNORECASE), PersonRole.RAPPORTEUR),
)
_OF_MEMBERS = re.compile(
    r"\b(?:voorstel van (?:rijks)?wet|initiatief(?:wets)?voorstel|initiatiefnota) van (?:de leden|het lid) .{2,400}", re.I | re.S
)
"""A bill's title that names its proposers; the papers of the bill are called so whoever sends them."""
_ALIKE = 0.7
"""Two names that stand for each other in a paper are one, misprinted, when at least this share of their letters is the same."""
_FEW = 20
"""Among more names than these nothing is joined: where so many are alike, it is not plain who is who."""


def people_of(read: ReadPaper, kind_line: str, named: tuple[str, ...], facts: OpeningFacts) -> tuple[PaperPerson, ...]:
    """The people of a paper; ``named`` are those that its metadata names as submitters."""
    sender = sender_of(kind_line)
    titled = [sender_of(found[0]) for _, title in read.dossiers if (found := _OF_MEMBERS.search(title))]
    proposers = [member.name for one in titled for member in one.members if member.name]
    known = [*(member.name for member in sender.members), *named, *proposers]
    signed = [*read.signatures, *closing_names(read, kind_line, sender, [name for name in known if name])]
    people = _People()
    for person in facts.people:
        people.add(ReadIn.OPENING, person.name, office=person.office, party=person.party, role=person.role)
    slots = [people.slot(member, sender.role) for member in _as_signed(sender.members, [name for _, name in signed if name])]
    for function, name in signed:
        if name:
            office = office_of(" ".join(function.split()))
            party = _PARTY.search(name)
            plain = name[: party.start()] if party else name
            people.add(ReadIn.SIGNATURE, " ".join(plain.split()), office=office, party=party[1] if party else "")
    people.fill(slots)
    people.add_told(named)
    people.set_apart(proposers)
    if not facts.people:
        unsigned = [office_of(" ".join(function.split())) for function, name in signed if not name]
        people.settle_ministers([office for office in unsigned if is_government(office)], offices_in(kind_line))
    return people.finish(sender)


@dataclass(slots=True, eq=False)
class _Found:
    """Someone, while the places are read that tell of them."""

    names: dict[ReadIn, str] = field(default_factory=dict)
    office: str = ""
    party: str = ""
    role: PersonRole | None = None
    sent: bool = False
    """Whether they are named as members who submit the paper, in the kind line or the title of their bill."""
    mended: bool = False
    """Whether a place misprints the name, so that only the form that is taken for right can be compared."""

    @property
    def name(self) -> str:
        """The fullest form: that of the metadata, unless print tells more; a name cut short is no form of it."""
        forms = [self.names[place] for place in (ReadIn.SIGNATURE, ReadIn.OPENING, ReadIn.KIND_LINE) if place in self.names]
        whole = [one for one in forms if not any(_is_cut(one, other) for other in forms)]
        printed = in_ordinary_spelling(max(whole, key=_tells, default=""))
        told = self.names.get(ReadIn.METADATA, "")
        return told if told and _tells(told)[::-1] >= _tells(printed)[::-1] else printed

    @property
    def printed(self) -> str:
        """As the paper prints it; as the metadata does where the paper does not."""
        places = (ReadIn.SIGNATURE, ReadIn.OPENING, ReadIn.KIND_LINE, ReadIn.METADATA)
        return next((self.names[place] for place in places if place in self.names), "")

    def is_only_in(self, place: ReadIn) -> bool:
        """Whether nothing else tells of them."""
        return list(self.names) == [place]

    def may_be(self, one: PersonalName) -> bool:
        """Whether a name can be theirs."""
        return all(
            any(two.family == one.family and two.may_be(one) for two in take_apart(name).readings) for name in self._compared
        )

    @property
    def families(self) -> tuple[tuple[str, str], ...]:
        """Those that a name must be of to be theirs."""
        return tuple(dict.fromkeys(one.family for name in self._compared[:1] for one in take_apart(name).readings))

    @property
    def _compared(self) -> tuple[str, ...]:
        return (self.name,) if self.mended else tuple(self.names.values())


def _tells(name: str) -> tuple[bool, int]:
    one = take_apart(name)
    return bool(one.given), len(one.initials)


def _is_cut(name: str, other: str) -> bool:
    """Whether a name is the other one without its last letters."""
    return len(name) < len(other) and fold(other).startswith(fold(name))


class _People:
    """Those found so far, in printed order."""

    def __init__(self) -> None:
        self._found: list[_Found] = []
        self._by_family: dict[tuple[str, str], dict[_Found, None]] = defaultdict(dict)

    def add(self, place: ReadIn, name: str, *, office: str = "", party: str = "", role: PersonRole | None = None) -> _Found:
        """Take what a place of the paper tells; gives whom that is of."""
        one = next(iter(self._same(place, name, office) if name else ()), None)
        if one is None:
            one = _Found()
            self._found.append(one)
        self._take(one, place, name)
        one.office, one.party, one.role = one.office or office, one.party or party, one.role or role or _role_of(office)
        return one

    def _take(self, one: _Found, place: ReadIn, name: str) -> None:
        one.names.setdefault(place, name)
        for reading in take_apart(name).readings:
            self._by_family[reading.family][one] = None

    def _same(self, place: ReadIn, name: str, office: str) -> list[_Found]:
        """Those whose name it plainly is: one person, perhaps in several offices."""
        readings = take_apart(name).readings
        families = [self._by_family[reading.family] for reading in readings]
        family = {one: None for alike in families if len(alike) <= _FEW for one in alike}
        if len(family) > _FEW or any(len(alike) > _FEW for alike in families):
            return []
        found = [
            one
            for one in family
            if (place not in one.names or fold(one.names[place]) == fold(name))
            and (not office or not one.office or fold(office) == fold(one.office))
            and any(map(one.may_be, readings))
        ]
        exact = [one for one in found if any(fold(name) == fold(other) for other in one.names.values())]
        if len(found) > 1 and exact:
            found = exact
        return found if len({fold(one.printed) for one in found}) == 1 else []

    def add_told(self, named: Sequence[str]) -> None:
        """Take the names of the metadata; where several may be the one that the paper prints, none is it."""
        meant = [self._same(ReadIn.METADATA, name, "") for name in named]
        many = {one for one, times in Counter(one for found in meant for one in found).items() if times > 1}
        for name, found in zip(named, meant, strict=True):
            if found and not many.intersection(found):
                for one in found:
                    self._take(one, ReadIn.METADATA, name)
            else:
                self._found.append(_Found({ReadIn.METADATA: name}))
        self.mend(ReadIn.METADATA)

    def slot(self, member: NamedMember, role: PersonRole | None) -> _Found:
        """Take a name of the kind line; one that was left out there keeps a place open."""
        if not member.name:
            self._found.append(_Found(sent=True))
            return self._found[-1]
        one = self.add(ReadIn.KIND_LINE, member.name, party=member.party, role=role)
        one.sent = True
        return one

    def fill(self, slots: Sequence[_Found]) -> None:
        """Give each open place the first of those who signed and have none."""
        self.mend(ReadIn.SIGNATURE)
        for slot in slots:
            if not slot.names:
                one = next((one for one in self._found if one.is_only_in(ReadIn.SIGNATURE) and not one.office), None)
                self._found.remove(slot) if one is None else self._join(slot, one)

    def mend(self, place: ReadIn) -> None:
        """Join who is named nowhere but in this place with whom the other places name nearly so: one of the two is misprinted."""
        left = [one for one in self._found if one.names and place not in one.names]
        right = [one for one in self._found if one.is_only_in(place) and not one.office]
        if len(left) > _FEW or len(right) > _FEW:
            return
        for one in left:
            like = max(right, key=lambda other: _likeness(one.name, other.name), default=None)
            if like and _likeness(one.name, like.name) >= _ALIKE:
                right.remove(like)
                self._join(one, like)
                one.mended = True

    def _join(self, one: _Found, other: _Found) -> None:
        self._found.remove(other)
        for family in self._by_family.values():
            family.pop(other, None)
        for place, name in other.names.items():
            self._take(one, place, name)

    def set_apart(self, proposers: Iterable[str]) -> None:
        """Tell those who propose the bill from whoever else signs."""
        proposed: dict[tuple[str, str], list[PersonalName]] = defaultdict(list)
        for name in dict.fromkeys(proposers):
            for reading in take_apart(name).readings:
                proposed[reading.family].append(reading)
        for one in self._found:
            alike = [two for family in one.families for two in proposed.get(family, ())]
            one.sent = one.sent or (not one.office and len(alike) <= _FEW and any(map(one.may_be, alike)))

    def settle_ministers(self, unsigned: Iterable[str], sending: Iterable[str]) -> None:
        """Give offices without a name to whom they can only be of; ``sending`` are those that the kind line names."""
        signed = [one.office for one in self._found if one.role is PersonRole.MINISTER]
        open_offices = _without(unsigned, signed)
        more = _without(sending, [*signed, *open_offices])
        # An office that the two print in different words is one.
        other_words = len(_without(signed, sending)) + len(_without(open_offices, sending))
        places = dict.fromkeys(open_offices, ReadIn.SIGNATURE) | dict.fromkeys(more[other_words:], ReadIn.KIND_LINE)
        unofficial = [one for one in self._found if ReadIn.SIGNATURE in one.names and not one.office and not one.sent]
        candidates = unofficial or [one for one in self._found if one.is_only_in(ReadIn.METADATA) and not one.sent]
        if len(places) == 1 == len(candidates):
            candidates[0].office, candidates[0].role = next(iter(places)), PersonRole.MINISTER
        elif not signed and not unofficial and places and len(candidates) == len(places):
            # Who holds which office cannot be told: the metadata lists persons in no particular order.
            for one in candidates:
                one.role = PersonRole.MINISTER
        else:
            self._found += [_Found({place: ""}, office, role=PersonRole.MINISTER) for office, place in places.items()]

    def finish(self, sender: Sender) -> tuple[PaperPerson, ...]:
        """Everyone with a role; who holds no office submits the paper, where it is one of members."""
        found = [one for one in self._found if one.names]
        unofficial = [one for one in found if one.role is None]
        signed = [one for one in unofficial if ReadIn.SIGNATURE in one.names]
        submitted = sender.of_members or any(one.sent or ReadIn.METADATA in one.names for one in signed)
        led = any(one.name and one.role in (PersonRole.FIRST_SUBMITTER, PersonRole.MINISTER) for one in found)
        for one in unofficial:
            if submitted or ReadIn.METADATA in one.names:
                one.role = PersonRole.CO_SIGNER if led else PersonRole.FIRST_SUBMITTER
                led = True
        people: dict[tuple[str, str], PaperPerson] = {}
        for one in found:
            role, places = one.role or PersonRole.SIGNATORY, tuple(one.names)
            person = PaperPerson(one.name, role, one.printed, one.office, one.party, places)
            known = people.setdefault((person.name, person.office), person)
            if known is not person:
                # Of two who were told apart the metadata gives the same name: it is one after all.
                people[person.name, person.office] = replace(known, read_in=tuple(dict.fromkeys((*known.read_in, *places))))
        return tuple(people.values())


def _role_of(office: str) -> PersonRole | None:
    """The role of who holds an office; None without one."""
    if not office:
        return None
    if is_government(office):
        return PersonRole.MINISTER
    return next((role for pattern, role in _ROLES if pattern.search(office)), None)


def _without(offices: Iterable[str], others: Iterable[str]) -> list[str]:
    """The offices that are none of the others, each once."""
    known = {_words(office) for office in others}
    return list({words: office for office in offices if (words := _words(office)) not in known}.values())


def _words(office: str) -> str:
    return " ".join(re.findall(r"\w+", fold(office)))


def _likeness(one: str, other: str) -> float:
    """The share of letters that two surnames have in common; none where they cannot be misprints of each other.

    They cannot when they begin differently or what else the names tell differs, and when they are the same: such names have been
    joined where that is plain.
    """
    left, right = take_apart(one), take_apart(other)
    if left.family == right.family or left.surname[:1] != right.surname[:1] or not left.may_be(right):
        return 0.0
    first, second = (f"{name.particles}{name.surname}".replace(" ", "") for name in (left, right))
    return difflib.SequenceMatcher(None, first, second, autojunk=False).ratio()


def _as_signed(members: Iterable[NamedMember], signed: Iterable[str]) -> list[NamedMember]:
    """The members, the first by the name that the words before it make longer, when somebody signed so."""
    families = {take_apart(name).family for name in signed}
    return [
        NamedMember(one.longer, one.party) if one.longer and take_apart(one.longer).family in families else one for one in members
    ]
