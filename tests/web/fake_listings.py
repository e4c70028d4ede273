"""Dossiers and persons by hand, as the pages see them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from indexer.catalogue.dossiers import Chapter, DossierListing, DossierSummary, Neighbours, Order, Participant, Tally
from indexer.catalogue.overview import PaperLine
from indexer.catalogue.persons import Perhaps, PersonChoice, PersonListing, PersonPaper, PersonSummary, PersonYear, Role, Tenure
from indexer.paper.conventions import place_in
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Person, PersonRole, ReadIn, submitting
from indexer.paper.naming import short_title, shown_title, subtitle


@dataclass
class FakeListings:
    """Titles, people and counts of the papers given."""

    papers: tuple[Kamerstuk, ...] = ()
    beside: Mapping[Identifier, tuple[Neighbours, ...]] = field(default_factory=dict)
    vague: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Names that several persons have, with those whom they may mean."""
    asked: list[str] = field(default_factory=list)

    def dossier(self, key: str, *, year: int | None, order: Order, offset: int, limit: int) -> DossierListing | None:
        self.asked.append(key)
        found = [(paper, d) for paper in self.papers for d in paper.dossiers if d.key == key]
        if not found:
            return None
        titles = Counter(dossier.title for _, dossier in found).most_common()
        days = sorted(day for paper, _ in found if (day := paper.certain_date))
        ministers = {p.known_as: p.office for paper, _ in found for p in paper.people if p.role is PersonRole.MINISTER}
        signed = Counter(name for paper, _ in found for name in _ministers(paper))
        submitted = Counter(name for paper, _ in found if not paper.ministers for name in _submitters(paper))
        number = found[0][1].number
        others = {d.key: d for paper in self.papers for d in paper.dossiers if d.number == number}
        summary = DossierSummary(
            key,
            titles[0][0],
            tuple(Tally(title, count) for title, count in titles[1:]),
            len(found),
            days[0] if days else None,
            days[-1] if days else None,
            dict(sorted(Counter(day.year for day in days).items())),
            tuple(Tally(k, n) for k, n in Counter(paper.kind for paper, _ in found).most_common() if k),
            tuple(Participant(name, (ministers[name],), count) for name, count in signed.most_common()),
            tuple(Participant(name, (), count) for name, count in submitted.most_common()),
            tuple(Chapter(other, d.title, 1) for other, d in others.items() if other != key),
            nameless=sum(not any(one.name for one in paper.people) for paper, _ in found),
        )
        kept = [paper for paper, _ in found if year is None or (paper.certain_date and paper.certain_date.year == year)]
        if order is Order.NUMBER:
            kept.sort(key=lambda paper: place_in(key, paper.identifier))
        else:
            kept.sort(key=lambda paper: paper.certain_date or date.min, reverse=order is Order.NEWEST)
        return DossierListing(summary, len(kept), tuple(map(listed, kept[offset : offset + limit])))

    def neighbours(self, identifier: Identifier) -> tuple[Neighbours, ...]:
        return self.beside.get(identifier, ())

    def person(self, name: str, chosen: PersonChoice, *, offset: int, limit: int) -> PersonListing | None:
        self.asked.append(name)
        found = []
        for paper in self.papers:
            signed = tuple(p.office for p in paper.people if p.known_as == name and ReadIn.SIGNATURE in p.read_in)
            submitted = name in _submitters(paper)
            if signed or submitted:
                found.append((paper, PersonPaper(listed(paper), signed, submitted)))
        if not found:
            return None
        day = found[0][0].date
        summary = PersonSummary(
            name,
            tuple(sorted({p.name for paper, _ in found for p in paper.people if p.known_as == name} - {name})),
            len(found),
            day,
            day,
            tuple(
                Tenure(office, count, day, day) for office, count in Counter(o for _, one in found for o in one.offices).items()
            ),
            Tenure("", sum(one.submitted for _, one in found), day, day) if any(one.submitted for _, one in found) else None,
            sum(bool(one.offices) for _, one in found),
            tuple(PersonYear(year, n, n, 0) for year, n in Counter(p.date.year for p, _ in found if p.date).items()),
            name in self.vague,
            self.vague.get(name, ()),
            tuple(Perhaps(one, 2) for one, persons in self.vague.items() if name in persons),
        )
        kept = [
            one
            for paper, one in found
            if (chosen.office is None or chosen.office in one.offices)
            and (chosen.role is None or (one.submitted if chosen.role is Role.SUBMITTED else bool(one.offices)))
            and (chosen.year is None or (paper.date and paper.date.year == chosen.year))
        ]
        return PersonListing(summary, len(kept), tuple(kept[offset : offset + limit]))

    def invented(self, number: str) -> bool:
        found = [paper.fictional for paper in self.papers for d in paper.dossiers if d.number == number]
        return bool(found) and all(found)

    def meant(self, name: str) -> str:
        return next((p.person for paper in self.papers for p in paper.people if p.name == name and p.person), "")

    def close_names(self, name: str, limit: int) -> list[str]:
        names = sorted({one for paper in self.papers for one in _submitters(paper)})
        return [one for one in names if set(name.lower().split()) & set(one.lower().split())][:limit]


def _ministers(paper: Kamerstuk) -> tuple[str, ...]:
    return tuple(one.known_as for one in paper.people if one.role is PersonRole.MINISTER and one.known_as)


def _submitters(paper: Kamerstuk) -> tuple[str, ...]:
    return tuple(dict.fromkeys(one.known_as for one in submitting(paper.people)))


def listed(paper: Kamerstuk) -> PaperLine:
    """The paper as lists have it."""
    return PaperLine(
        paper.identifier,
        shown_title(paper),
        paper.kind,
        paper.certain_date,
        tuple(Person(one.known_as, one.office) for one in paper.people if one.role is PersonRole.MINISTER),
        _submitters(paper),
        short_title(paper),
        subtitle(paper).text,
        paper.date if paper.date_doubt else None,
        paper.fictional,
    )
