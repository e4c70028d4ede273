"""The page of a person: offices with their periods, years, and a part of the papers signed or submitted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import quote

from flask import Blueprint, make_response, render_template, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from indexer.catalogue.persons import PersonChoice, PersonListing, PersonPaper, PersonSummary, Role, Tenure
from indexer.paper.people import person_name
from web import strings
from web.addresses import Pages, pages_of, person_address, search_address, with_parameters
from web.http import moved_to, state_tag, tagged, unchanged
from web.paper_list import MAX_PAGE, PAGE_SIZE, Group, Row, groups_of, part_pairs, row_of, year_heading
from web.parameters import ONE_YEAR, AnyText, Given, Option, page_number, read
from web.ports import Listings, Look
from web.years import YearsChart, chart_of

NO_OFFICE = "-"
"""Stands for papers signed without an office, where an office is chosen."""

ROLE = Option("role", "Papers that the person signed, or submitted.", Role)
OFFICE = AnyText("office", f"Papers signed in this office; {NO_OFFICE} for those signed without one.", "Minister van Financiën")
_PAGE = page_number(MAX_PAGE)
_CLOSE_NAMES = 8


@dataclass(frozen=True, slots=True)
class PersonState:
    """What the page of a person shows: which papers, and the page (from 1)."""

    name: str
    chosen: PersonChoice = field(default_factory=PersonChoice)
    page: int = 1

    @property
    def offset(self) -> int:
        """How many papers stand before this page."""
        return (self.page - 1) * PAGE_SIZE

    def choosing(self, chosen: PersonChoice) -> PersonState:
        """Other papers; on the first page."""
        return replace(self, chosen=chosen, page=1)

    def on_page(self, page: int) -> PersonState:
        """On another page."""
        return replace(self, page=page)

    def _pairs(self) -> list[tuple[str, str]]:
        role, office, year = self.chosen.role, self.chosen.office, self.chosen.year
        pairs = [(ROLE.name, role.value)] if role else []
        if office is not None:
            pairs.append((OFFICE.name, office or NO_OFFICE))
        return pairs if year is None else [*pairs, (ONE_YEAR.name, f"{year:04}")]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        page = [(_PAGE.name, str(self.page))] if self.page > 1 else []
        return with_parameters(person_address(self.name), [*self._pairs(), *page])

    @property
    def is_plain(self) -> bool:
        """Whether nothing is chosen: then search engines may keep the page."""
        return not self._pairs()

    @property
    def twin(self) -> str:
        """The address of the same as JSON."""
        path = f"/api/v1/persons/{quote(self.name, safe='')}"
        return with_parameters(path, [*self._pairs(), *part_pairs(self.page)])


def read_person_state(name: str, args: MultiDict[str, str]) -> PersonState:
    """The state an address asks for.

    Raises:
        Malformed: a parameter cannot be read.
    """
    asked = read((ROLE, OFFICE, ONE_YEAR, _PAGE), args)
    return PersonState(name, chosen_papers(asked), asked[_PAGE])


def chosen_papers(asked: Given) -> PersonChoice:
    """Which papers of a person are asked for; an office that nobody has is no error."""
    office = asked[OFFICE]
    return PersonChoice(asked[ROLE], None if not office else "" if office == NO_OFFICE else office, asked[ONE_YEAR])


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
    summary: PersonSummary
    total: int
    spellings: tuple[str, ...]
    may_be: tuple[tuple[str, str], ...]
    """Whom a name may mean that several persons have, with the ways to their pages."""
    perhaps: tuple[tuple[str, str], ...]
    """What is told of papers that may be this person's, and the ways to them."""
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
    summary, chosen = listing.summary, state.chosen
    years = {year.year: year.papers for year in summary.years}
    return PersonView(
        state,
        summary,
        listing.total,
        summary.spellings[:_SPELLINGS],
        tuple((name, person_address(name)) for name in summary.may_be),
        tuple((strings.perhaps(one.name, one.papers), person_address(one.name)) for one in summary.perhaps),
        _terms(summary, state),
        chart_of(
            years,
            coverage,
            lambda year: year == chosen.year,
            lambda year: _choosing_year(state, year).address if years.get(year) or year == chosen.year else "",
        ),
        _roles(summary, state),
        groups_of((_row(paper) for paper in listing.papers), year_heading if chosen.year is None else lambda _: ""),
        pages_of(listing.total, PAGE_SIZE, state.page, lambda page: state.on_page(page).address),
        state.choosing(PersonChoice()).address,
    )


def _choosing_year(state: PersonState, year: int) -> PersonState:
    return state.choosing(replace(state.chosen, year=None if year == state.chosen.year else year))


def _terms(summary: PersonSummary, state: PersonState) -> tuple[TermLine, ...]:
    """The offices, and being a submitter as one more."""
    lines = []
    for term in summary.signed:
        chosen = term.office == state.chosen.office
        wanted = replace(state.chosen, office=None if chosen else term.office, role=None)
        name = term.office or (strings.NO_OFFICE if summary.ministerial else strings.SIGNED_ANY)
        lines.append(_line(name, term, state.choosing(wanted).address, chosen=chosen))
    if summary.submitted is not None:
        chosen = state.chosen.role is Role.SUBMITTED
        wanted = replace(state.chosen, office=None, role=None if chosen else Role.SUBMITTED)
        lines.append(_line(strings.SUBMITTED, summary.submitted, state.choosing(wanted).address, chosen=chosen))
    return tuple(lines)


def _line(name: str, term: Tenure, href: str, *, chosen: bool) -> TermLine:
    return TermLine(name, strings.period(term.first, term.last), term.papers, href, chosen)


def _roles(summary: PersonSummary, state: PersonState) -> tuple[tuple[str, str, bool], ...]:
    if not summary.signed or summary.submitted is None:
        return ()
    return tuple(
        (label, state.choosing(replace(state.chosen, role=role)).address, role is state.chosen.role)
        for role, label in strings.ROLES.items()
    )


def _row(one: PersonPaper) -> Row:
    # A minister who signs a paper submits it, a member who submits one signs it: the telling one of both is told.
    deed = strings.SUBMITTED_IT if one.submitted and not any(one.offices) else strings.signed_as(one.offices)
    return row_of(one.paper, one.paper.identifier.printed, deed=deed, with_people=False)


def known_person(listings: Listings, name: str) -> str:
    """The person whom a name means that is not what pages call anybody; empty when that cannot be told."""
    typed = " ".join(name.split())
    usual = person_name(typed)
    if usual != name and listings.person(usual, PersonChoice(), offset=0, limit=0) is not None:
        return usual
    meant = listings.meant(typed)
    return meant if meant != name else ""


def person_pages(look: Look, version: str) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("person", __name__)

    @pages.get("/persoon/<path:name>")
    def person(name: str) -> ResponseReturnValue:
        state = read_person_state(name, request.args)
        tag = state_tag(look().papers.state, version)
        if (same := unchanged(tag)) is not None:
            return same
        listing = look().listings.person(name, state.chosen, offset=state.offset, limit=PAGE_SIZE)
        if listing is None:
            known = known_person(look().listings, name)
            return moved_to(person_address(known)) if known else (_missing(name), 404)
        view = person_view(listing, state, look().papers.holdings().years)
        return tagged(make_response(render_template("person.html", view=view, query="", empty=False)), tag)

    def _missing(name: str) -> str:
        close = [(one, person_address(one)) for one in look().listings.close_names(name, _CLOSE_NAMES)]
        ways = [(strings.MISSING_SEARCH_NAME, search_address(("q", " ".join(name.split()))), False)]
        return render_template(
            "unknown.html",
            title=strings.MISSING_PERSON,
            name=name,
            ways=ways,
            close=close,
            query="",
            empty=not look().papers.count(),
        )

    return pages
