"""The state of the search page and of the page with all values of a facet, as addresses and back.

Every state is an address that can be shared. No query and no value of a facet is an error; a parameter that cannot be read is.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from werkzeug.datastructures import MultiDict

from search.fields import FACETS, named
from search.meaning.channel import Meaning
from search.ports import Sort
from web import strings
from web.addresses import links_to, search_address, with_parameters
from web.parameters import (
    FILTERS,
    FROM_YEAR,
    QUERY,
    TO_YEAR,
    AnyText,
    Given,
    Number,
    OneOf,
    Parameter,
    filters_with_span,
    page_number,
    read,
)

PAGE_SIZE = 10
MAX_OFFSET = 10_000
MAX_PAGE = MAX_OFFSET // PAGE_SIZE + 1
_MOST_PAGES_OF_VALUES = 1_000

SORT = OneOf("sort", "The order; newest and oldest leave partial matches out.", Sort.RELEVANCE)
FOLD = Number("fold", "1 shows versions of one paper as one hit, 0 each as its own; nothing is counted otherwise.", 1, 1)
MEANING = OneOf("meaning", "Papers found by meaning too: where the words fail (auto), always (on) or never (off).", Meaning.AUTO)
_PAGE = page_number(MAX_PAGE)
_ASKED: tuple[Parameter[object], ...] = (QUERY, *FILTERS, FROM_YEAR, TO_YEAR, SORT, MEANING, FOLD)
PARAMETERS: tuple[Parameter[object], ...] = (*_ASKED, _PAGE)


@dataclass(frozen=True, slots=True)
class SearchState:
    """What the search page shows: the query as typed, chosen values per facet, the order and the page (from 1).

    ``fold`` puts the versions of a paper below the newest of them; it changes no answer, so other forms have no use for it.
    Nor have tables and feeds for ``meaning``: they hold only what the words find.
    """

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1
    fold: bool = True
    meaning: Meaning = Meaning.AUTO

    @property
    def offset(self) -> int:
        """How many hits stand before this page."""
        return (self.page - 1) * PAGE_SIZE

    def has(self, facet: str, value: str) -> bool:
        """Whether the value is chosen."""
        return value in self.filters.get(facet, ())

    def toggled(self, facet: str, value: str) -> SearchState:
        """With the value chosen, or no longer; on the first page."""
        values = self.filters.get(facet, ())
        return self.choosing(facet, tuple(v for v in values if v != value) if value in values else (*values, value))

    def choosing(self, facet: str, values: tuple[str, ...]) -> SearchState:
        """With these values of the facet and no others; on the first page."""
        return replace(self, filters={name: v for name, v in {**self.filters, facet: values}.items() if v}, page=1)

    def cleared(self) -> SearchState:
        """Without filters."""
        return replace(self, filters={}, page=1)

    def sorted_by(self, sort: Sort) -> SearchState:
        """In another order; on the first page."""
        return replace(self, sort=sort, page=1)

    def on_page(self, page: int) -> SearchState:
        """On another page."""
        return replace(self, page=page)

    def folding(self, fold: bool) -> SearchState:
        """The same page, with the versions of a paper together or each apart."""
        return replace(self, fold=fold)

    def asking(self, query: str) -> SearchState:
        """With another query and the same filters."""
        return replace(self, query=query, page=1)

    def filter_pairs(self) -> list[tuple[str, str]]:
        """The chosen values, in the order of the facets."""
        return [(name, value) for name in FACETS for value in self.filters.get(name, ())]

    def _question(self) -> list[tuple[str, str]]:
        """The parameters of what is asked, in whatever form it is answered; what stands for itself is left out."""
        pairs = [(QUERY.name, self.query), *self.filter_pairs()]
        return pairs if self.sort is Sort.RELEVANCE else [*pairs, (SORT.name, self.sort.value)]

    def _meaning_pairs(self) -> list[tuple[str, str]]:
        return [] if self.meaning is Meaning.AUTO else [(MEANING.name, self.meaning.value)]

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address; what stands for itself is left out."""
        pairs = [*self._question(), *self._meaning_pairs()]
        if not self.fold:
            pairs.append((FOLD.name, "0"))
        if self.page > 1:
            pairs.append((_PAGE.name, str(self.page)))
        return pairs

    def kept_pairs(self, without: str = QUERY.name) -> list[tuple[str, str]]:
        """What a form keeps that changes one parameter: a new query typed in the box keeps filters and order."""
        return [pair for pair in self.on_page(1).pairs() if pair[0] != without]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        return search_address(*self.pairs())

    def address_of(self, extension: str) -> str:
        """The address of all hits, in the order of the page, in another form: csv, bib, ris or atom."""
        return with_parameters(f"/zoeken.{extension}", self._question())

    @property
    def feed(self) -> str:
        """The address of the feed of these hits, whatever their order and page."""
        return self.sorted_by(Sort.RELEVANCE).address_of("atom")

    def facet_address(self, facet: str) -> str:
        """The address of the page with all values of a facet."""
        return FacetState(self.on_page(1), facet).address

    @property
    def twin(self) -> str:
        """The address of the same hits as JSON."""
        pairs = [*self._question(), *self._meaning_pairs(), ("offset", str(self.offset)), ("limit", str(PAGE_SIZE))]
        return with_parameters("/api/v1/search", pairs)


@dataclass(frozen=True, slots=True)
class Chip:
    """A chosen filter, to be removed: what it is of, how its value reads, and the page without it."""

    facet: str
    name: str
    href: str


def chips_of(state: SearchState, without: Callable[[str, str], str]) -> tuple[Chip, ...]:
    """The chosen filters; ``without`` gives the address of the page without one."""
    pairs = state.filter_pairs()
    return tuple(
        Chip(named(name).label, strings.filter_value(name, value), without(name, value))
        for name, value in pairs[: links_to(state.address, len(pairs))]
    )


def read_state(args: MultiDict[str, str]) -> SearchState:
    """The state an address asks for; parameters that mean nothing here are passed over.

    Raises:
        Malformed: one cannot be read.
    """
    asked = read(PARAMETERS, args)
    return replace(_search(asked), page=asked[_PAGE])


def _search(asked: Given) -> SearchState:
    return SearchState(asked[QUERY], filters_with_span(asked), asked[SORT], fold=bool(asked[FOLD]), meaning=asked[MEANING])


class OrderOfValues(StrEnum):
    """The order of the values of a facet."""

    COUNT = "aantal"
    NAME = "naam"


_LETTERS = AnyText("letters", "Letters that the values must have.", "fin", longest=100)
_ORDER_OF_VALUES = OneOf("orde", "The order of the values; that of the hits is kept beside it.", OrderOfValues.COUNT)
_PAGE_OF_VALUES = page_number(_MOST_PAGES_OF_VALUES)
FACET_PARAMETERS: tuple[Parameter[object], ...] = (*_ASKED, _LETTERS, _ORDER_OF_VALUES, _PAGE_OF_VALUES)
RENAMED = {"blad": _PAGE_OF_VALUES.name}
"""Former names of parameters of the page with the values of a facet."""


@dataclass(frozen=True, slots=True)
class FacetState:
    """The search the values belong to, the facet, the letters to narrow them by, their order and the page (from 1)."""

    search: SearchState
    facet: str
    letters: str = ""
    order: OrderOfValues = OrderOfValues.COUNT
    page: int = 1

    def ordered(self, order: OrderOfValues) -> FacetState:
        """In another order; on the first page."""
        return replace(self, order=order, page=1)

    def on_page(self, page: int) -> FacetState:
        """On another page."""
        return replace(self, page=page)

    def kept_pairs(self) -> list[tuple[str, str]]:
        """What the form keeps that changes the letters: the search and the order of the values."""
        is_usual = self.order is OrderOfValues.COUNT
        return [*self.search.pairs(), *(() if is_usual else ((_ORDER_OF_VALUES.name, self.order.value),))]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        pairs = self.kept_pairs()
        if self.letters:
            pairs.append((_LETTERS.name, self.letters))
        if self.page > 1:
            pairs.append((_PAGE_OF_VALUES.name, str(self.page)))
        return with_parameters(f"/zoeken/filter/{self.facet}", pairs)


def read_facet_state(facet: str, args: MultiDict[str, str]) -> FacetState:
    """The state an address asks for.

    Raises:
        Malformed: a parameter cannot be read.
    """
    asked = read(FACET_PARAMETERS, args)
    return FacetState(_search(asked), facet, asked[_LETTERS], asked[_ORDER_OF_VALUES], asked[_PAGE_OF_VALUES])
