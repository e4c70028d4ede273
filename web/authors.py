"""Whom a paper is by, in the order in which it prints them: what hits, feeds, tables and references tell alike."""

from __future__ import annotations

from collections.abc import Iterable

from indexer.paper.model import PaperPerson, PersonRole

_MOST_ANSWERABLE_FIRST = (
    (PersonRole.MINISTER,),
    (PersonRole.FIRST_SUBMITTER, PersonRole.CO_SIGNER),
    (PersonRole.CHAIR, PersonRole.RAPPORTEUR),
    (PersonRole.SIGNATORY,),
    (PersonRole.CLERK,),
)


def authors_among(people: Iterable[PaperPerson]) -> tuple[PaperPerson, ...]:
    """Those whom the paper is by: the ministers of a letter, all submitters of a motion, the chair of a report.

    Others who signed, such as the clerk below a chair, are its authors only where nobody else is. Each person comes once,
    whatever the number of offices; a minister of whom only the office is known is among them.
    """
    present = list(people)
    for roles in _MOST_ANSWERABLE_FIRST:
        found: dict[str, PaperPerson] = {}
        for one in present:
            if one.role in roles and (name := one.known_as or one.office):
                found.setdefault(name, one)
        if found:
            return tuple(found.values())
    return ()


def author_names(people: Iterable[PaperPerson]) -> tuple[str, ...]:
    """What their pages are called by; an office where only that is known."""
    return tuple(one.known_as or one.office for one in authors_among(people))
