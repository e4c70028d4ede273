"""Who put a name to a paper: of signatures, kind line, lines above the text and metadata, in printed order.

Names are joined within one paper only; who a name means among all papers, the register of the catalogue knows.
"""

from __future__ import annotations

from indexer.collections.collection import OpeningFacts
from indexer.paper.codec import people_by_role
from indexer.paper.model import PaperPerson, Person
from indexer.paper.offices import is_government, office_of, offices_in
from indexer.reading.pieces import ReadPaper


def people_of(read: ReadPaper, kind_line: str, named: tuple[str, ...], facts: OpeningFacts) -> tuple[PaperPerson, ...]:
    """The people of a paper; ``named`` are those that its metadata names as submitters."""
    signatories = tuple(
        Person(" ".join(name.split()), office_of(" ".join(function.split()))) for function, name in read.signatures
    )
    submitters = facts.submitters or named
    return people_by_role(facts.ministers or _ministers(signatories, kind_line, submitters), signatories, submitters)


def _ministers(signatories: tuple[Person, ...], kind_line: str, submitters: tuple[str, ...]) -> tuple[Person, ...]:
    """The signatories with a government office; the kind line fills in what the signatures do not tell."""
    named = offices_in(kind_line)
    signed = [person for person in signatories if is_government(person.office)]
    if signed:
        if len(signed) == 1 and not signed[0].name and len(submitters) == 1:
            return (Person(submitters[0], signed[0].office),)
        return tuple(dict.fromkeys(signed))
    unofficial = [person for person in signatories if person.name and not person.office]
    if len(named) == 1:
        names = [person.name for person in unofficial] or list(submitters)
        return (Person(names[0] if len(names) == 1 else "", named[0]),)
    if named and len(submitters) == len(named):
        # Who holds which office cannot be told: the metadata lists persons in no particular order.
        return tuple(Person(name) for name in submitters)
    return tuple(Person("", office) for office in named)
