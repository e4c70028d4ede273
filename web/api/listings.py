"""Dossiers and persons as JSON, with the part of their papers that is asked for."""

from __future__ import annotations

import datetime
from typing import Annotated, TypedDict

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
    """A paper in a list; dates are in ISO form or null, persons are called as their pages are."""

    identifier: str
    title: Annotated[str, "What to call the paper."]
    short_title: Annotated[str, "The same without the title of its dossier; may be empty."]
    subtitle: Annotated[str, "What it asks for, where the title does not say it; chosen by this program."]
    kind: str
    date: Annotated[Date | None, "Null where there is none, and where it cannot be right."]
    doubtful_date: Annotated[Date | None, "The date that stands on the paper and cannot be right."]
    fictional: Annotated[bool, "Whether the paper says that it is invented."]
    ministers: list[PersonJson]
    submitters: list[str]


class DossierListingJson(TypedDict):
    """A dossier with a part of its papers.

    ``papers`` counts all, ``years`` by year (those without a date in none), ``total`` those of the year asked for, and ``listed``
    holds the part asked for. The first title is the most usual one.
    """

    dossier: str
    fictional: Annotated[bool, "Whether all papers of its number are invented."]
    titles: list[str]
    papers: int
    first: Date | None
    last: Date | None
    years: dict[str, int]
    kinds: list[TallyJson]
    ministers: list[ParticipantJson]
    submitters: list[ParticipantJson]
    nameless: Annotated[int, "Papers that tell nobody's name."]
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
    fictional: Annotated[bool, "Whether all papers of the person are invented."]
    vague: Annotated[bool, "Whether several persons have the name; then the papers are those of which nobody can tell whose."]
    may_be: Annotated[list[str], "Whom a vague name may mean."]
    perhaps: Annotated[list[TallyJson], "Vague names that may mean this person; such papers are not counted here."]
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
    summary = listing.summary
    titles = [summary.title, *(title.name for title in summary.other_titles)] if summary.title else []
    return {
        "dossier": summary.key,
        "fictional": summary.fictional,
        "titles": titles,
        "papers": summary.papers,
        "first": _day(summary.first),
        "last": _day(summary.last),
        "years": {f"{year:04}": count for year, count in summary.years.items()},
        "kinds": [_tally(kind) for kind in summary.kinds],
        "ministers": [_participant(one) for one in summary.ministers[:MOST_PEOPLE]],
        "submitters": [_participant(one) for one in summary.submitters[:MOST_PEOPLE]],
        "nameless": summary.nameless,
        "chapters": [{"dossier": one.key, "title": one.title, "papers": one.papers} for one in summary.chapters],
        "total": listing.total,
        "listed": [listed_json(paper) for paper in listing.papers],
    }


def person_listing_json(listing: PersonListing) -> PersonListingJson:
    """A person as JSON values."""
    summary = listing.summary
    return {
        "name": summary.name,
        "fictional": summary.fictional,
        "vague": summary.vague,
        "may_be": list(summary.may_be),
        "perhaps": [{"name": one.name, "papers": one.papers} for one in summary.perhaps],
        "spellings": list(summary.spellings),
        "papers": summary.papers,
        "first": _day(summary.first),
        "last": _day(summary.last),
        "signed": [_term(term) for term in summary.signed],
        "submitted": _term(summary.submitted) if summary.submitted else None,
        "years": {
            f"{one.year:04}": {"papers": one.papers, "signed": one.signed, "submitted": one.submitted} for one in summary.years
        },
        "total": listing.total,
        "listed": [_person_paper(one) for one in listing.papers],
    }


def listed_json(paper: PaperLine) -> ListedJson:
    """A paper of a list as JSON values."""
    return {
        "identifier": str(paper.identifier),
        "title": paper.name,
        "short_title": paper.short_name,
        "subtitle": paper.subtitle,
        "kind": paper.kind,
        "date": _day(paper.date),
        "doubtful_date": _day(paper.doubtful_date),
        "fictional": paper.fictional,
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
