"""A person as the page shows it: offices with their periods, years, and a part of the papers. Values for the template."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.catalogue.persons import PersonChoice, PersonListing, PersonPaper, PersonSummary, Role, Tenure
from web import strings
from web.paper_list import Group, Pages, PersonState, Row, groups_of, pages_of, row_of, year_heading
from web.years import YearsChart, chart_of

_SPELLINGS = 5


@dataclass(frozen=True, slots=True)
class TermLine:
    """A line of the table of offices: leads to its papers, or back to all of them when it is chosen."""

    name: str
    period: str
    count: int
    href: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class PersonView:
    """Everything the page of a person shows."""

    state: PersonState
    register: PersonSummary
    total: int
    spellings: tuple[str, ...]
    terms: tuple[TermLine, ...]
    chart: YearsChart | None
    roles: tuple[tuple[str, str, bool], ...]
    """Labels and addresses of the roles, and whether it is the present one; none when there is one role only."""
    groups: tuple[Group, ...]
    pages: Pages
    everything: str
    """The address without any choice."""


def person_view(listing: PersonListing, state: PersonState, coverage: Mapping[int, int]) -> PersonView:
    """Build the view; ``coverage`` counts the archive's papers by year."""
    register, chosen = listing.summary, state.chosen
    years = {year.year: year.papers for year in register.years}
    return PersonView(
        state,
        register,
        listing.total,
        register.spellings[:_SPELLINGS],
        _terms(register, state),
        chart_of(
            years,
            coverage,
            lambda year: year == chosen.year,
            lambda year: _choosing_year(state, year).address if years.get(year) or year == chosen.year else "",
        ),
        _roles(register, state),
        groups_of((_row(paper) for paper in listing.papers), year_heading if chosen.year is None else lambda _: ""),
        pages_of(listing.total, state.page, lambda page: state.on_page(page).address),
        state.choosing(PersonChoice()).address,
    )


def _choosing_year(state: PersonState, year: int) -> PersonState:
    return state.choosing(replace(state.chosen, year=None if year == state.chosen.year else year))


def _terms(register: PersonSummary, state: PersonState) -> tuple[TermLine, ...]:
    """The offices, and being a submitter as one more."""
    lines = []
    for term in register.signed:
        chosen = term.office == state.chosen.office
        wanted = replace(state.chosen, office=None if chosen else term.office, role=None)
        name = term.office or (strings.NO_OFFICE if register.ministerial else strings.SIGNED_ANY)
        lines.append(_line(name, term, state.choosing(wanted).address, chosen=chosen))
    if register.submitted is not None:
        chosen = state.chosen.role is Role.SUBMITTED
        wanted = replace(state.chosen, office=None, role=None if chosen else Role.SUBMITTED)
        lines.append(_line(strings.SUBMITTED, register.submitted, state.choosing(wanted).address, chosen=chosen))
    return tuple(lines)


def _line(name: str, term: Tenure, href: str, *, chosen: bool) -> TermLine:
    return TermLine(name, strings.period(term.first, term.last), term.papers, href, chosen)


def _roles(register: PersonSummary, state: PersonState) -> tuple[tuple[str, str, bool], ...]:
    if not register.signed or register.submitted is None:
        return ()
    return tuple(
        (label, state.choosing(replace(state.chosen, role=role)).address, role is state.chosen.role)
        for role, label in strings.ROLES.items()
    )


def _row(one: PersonPaper) -> Row:
    # Who signs a paper submits it; only of others it is worth telling.
    deed = strings.signed_as(one.offices) if one.offices else strings.SUBMITTED_IT
    return row_of(one.paper, one.paper.identifier.printed, deed=deed, with_people=False)
