"""Dossiers and persons as JSON, with the part of their papers that is asked for."""

from __future__ import annotations

import datetime
from typing import TypedDict

from indexer.catalogue.dossiers import DossierListing, Participant, Tally
from indexer.catalogue.overview import PaperLine
from indexer.catalogue.persons import PersonListing, PersonPaper, Tenure
from indexer.jsonl import Date, PersonJson, person_json

MOST_PEOPLE = 200
"""Ministers, and submitters, of a dossier that are given; those with the most papers."""


class TallyJson(TypedDict):
    """A name with the number of papers that have it."""

    name: str
    papers: int


class ParticipantJson(TypedDict):
    """Someone in a dossier, under one name in whatever spelling; the most used office first."""

    name: str
    offices: list[str]
    papers: int


class ChapterJson(TypedDict):
    """Another dossier of the same number, such as the chapter of a budget."""

    dossier: str
    title: str
    papers: int


class ListedJson(TypedDict):
    """A paper in the list of a dossier; the date is in ISO form or null."""

    identifier: str
    title: str
    kind: str
    date: Date | None
    ministers: list[PersonJson]
    submitters: list[str]


class DossierListingJson(TypedDict):
    """A dossier with a part of its papers.

    ``papers`` counts all, ``years`` by year (those without a date in none), ``total`` those of the year asked for, and ``listed``
    holds the part asked for. The first title is the most usual one.
    """

    dossier: str
    titles: list[str]
    papers: int
    first: Date | None
    last: Date | None
    years: dict[str, int]
    kinds: list[TallyJson]
    ministers: list[ParticipantJson]
    submitters: list[ParticipantJson]
    chapters: list[ChapterJson]
    total: int
    listed: list[ListedJson]


class OfficeTermJson(TypedDict):
    """Papers signed in one office (empty: without one), from the first to the last."""

    office: str
    papers: int
    first: Date | None
    last: Date | None


class PersonYearJson(TypedDict):
    """A person's papers of a year; one paper can be both signed and submitted."""

    papers: int
    signed: int
    submitted: int


class PersonPaperJson(TypedDict):
    """A paper with what the person did: the offices it was signed in (an empty text: without one), whether submitted."""

    paper: ListedJson
    signed: list[str]
    submitted: bool


class PersonListingJson(TypedDict):
    """A person with a part of the papers chosen, newest first.

    ``papers`` counts all, ``total`` those of the role, office and year asked for, and ``listed`` holds the part asked for.
    """

    name: str
    spellings: list[str]
    papers: int
    first: Date | None
    last: Date | None
    signed: list[OfficeTermJson]
    submitted: OfficeTermJson | None
    years: dict[str, PersonYearJson]
    total: int
    listed: list[PersonPaperJson]


def dossier_listing_json(listing: DossierListing) -> DossierListingJson:
    """A dossier as JSON values."""
    register = listing.summary
    titles = [register.title, *(title.name for title in register.other_titles)] if register.title else []
    return {
        "dossier": register.key,
        "titles": titles,
        "papers": register.papers,
        "first": _day(register.first),
        "last": _day(register.last),
        "years": {f"{year:04}": count for year, count in register.years.items()},
        "kinds": [_tally(kind) for kind in register.kinds],
        "ministers": [_participant(one) for one in register.ministers[:MOST_PEOPLE]],
        "submitters": [_participant(one) for one in register.submitters[:MOST_PEOPLE]],
        "chapters": [{"dossier": one.key, "title": one.title, "papers": one.papers} for one in register.chapters],
        "total": listing.total,
        "listed": [listed_json(paper) for paper in listing.papers],
    }


def person_listing_json(listing: PersonListing) -> PersonListingJson:
    """A person as JSON values."""
    register = listing.summary
    return {
        "name": register.name,
        "spellings": list(register.spellings),
        "papers": register.papers,
        "first": _day(register.first),
        "last": _day(register.last),
        "signed": [_term(term) for term in register.signed],
        "submitted": _term(register.submitted) if register.submitted else None,
        "years": {
            f"{one.year:04}": {"papers": one.papers, "signed": one.signed, "submitted": one.submitted} for one in register.years
        },
        "total": listing.total,
        "listed": [_person_paper(one) for one in listing.papers],
    }


def listed_json(paper: PaperLine) -> ListedJson:
    """A paper of a list as JSON values."""
    return {
        "identifier": str(paper.identifier),
        "title": paper.name,
        "kind": paper.kind,
        "date": _day(paper.date),
        "ministers": [person_json(minister) for minister in paper.ministers],
        "submitters": list(paper.submitters),
    }


def _person_paper(one: PersonPaper) -> PersonPaperJson:
    return {"paper": listed_json(one.paper), "signed": list(one.offices), "submitted": one.submitted}


def _participant(one: Participant) -> ParticipantJson:
    return {"name": one.name, "offices": list(one.offices), "papers": one.papers}


def _tally(one: Tally) -> TallyJson:
    return {"name": one.name, "papers": one.papers}


def _term(one: Tenure) -> OfficeTermJson:
    return {"office": one.office, "papers": one.papers, "first": _day(one.first), "last": _day(one.last)}


def _day(value: datetime.date | None) -> str | None:
    return value.isoformat() if value else None
