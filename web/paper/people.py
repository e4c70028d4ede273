"""The people of a paper as its page names them: in printed order, with role and office and the way to the page of each."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from indexer.paper.model import PaperPerson
from web import strings
from web.addresses import person_address, search_for


@dataclass(frozen=True, slots=True)
class PersonLine:
    """Someone who put a name to the paper; ``details`` are the office, the party, and that it cannot be told who this is."""

    name: str
    href: str
    details: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PeopleGroup:
    """People of one role who follow each other."""

    label: str
    people: tuple[PersonLine, ...]


def groups_of_people(people: Iterable[PaperPerson]) -> tuple[PeopleGroup, ...]:
    """The people of a paper, in groups; the order is the printed one, so a role can come back."""
    found = []
    for role, group in groupby(people, lambda one: one.role):
        lines = tuple(dict.fromkeys(_line(one) for one in group))
        found.append(PeopleGroup(strings.named(strings.PERSON_ROLES[role], lines), lines))
    return tuple(found)


def _line(one: PaperPerson) -> PersonLine:
    """The person; of an office without a name, a search for the office."""
    if not one.known_as:
        return PersonLine(one.office, search_for("ambt", one.office), ())
    unknown = "" if one.person else strings.PERSON_UNKNOWN
    return PersonLine(one.known_as, person_address(one.known_as), tuple(filter(None, (one.office, one.party, unknown))))
