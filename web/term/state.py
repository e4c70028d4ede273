"""The state of the term page as an address and back: term, filters, order of the lines, page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from werkzeug.datastructures import MultiDict

from search.ports import Sort
from search.term import MAX_LINES, LineOrder
from web.addresses import with_parameters
from web.parameters import FILTERS, FROM_YEAR, QUERY, TO_YEAR, OneOf, Parameter, filters_with_span, page_number, read
from web.search.state import SearchState

LINES = 50
"""Lines of a page."""

ORDER = OneOf("sort", "The order of the lines: by date, or by the words before or after the keyword.", LineOrder.NEWEST)
_PAGE = page_number(-(-MAX_LINES // LINES))
PARAMETERS: tuple[Parameter[object], ...] = (QUERY, *FILTERS, FROM_YEAR, TO_YEAR, ORDER, _PAGE)


@dataclass(frozen=True, slots=True)
class TermState:
    """What the term page shows."""

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    order: LineOrder = LineOrder.NEWEST
    page: int = 1

    @property
    def offset(self) -> int:
        """How many lines stand before this page."""
        return (self.page - 1) * LINES

    @property
    def search(self) -> SearchState:
        """The same question to the search page, newest first."""
        return SearchState(self.query, self.filters, Sort.NEWEST)

    def ordered(self, order: LineOrder) -> TermState:
        """In another order; on the first page."""
        return replace(self, order=order, page=1)

    def on_page(self, page: int) -> TermState:
        """On another page."""
        return replace(self, page=page)

    def asking(self, query: str) -> TermState:
        """Of another term, with the same filters."""
        return replace(self, query=query, page=1)

    def toggled(self, facet: str, value: str) -> TermState:
        """With a value chosen, or no longer; on the first page."""
        return replace(self, filters=self.search.toggled(facet, value).filters, page=1)

    def choosing(self, facet: str, values: tuple[str, ...]) -> TermState:
        """With these values of the facet and no others; on the first page."""
        return replace(self, filters=self.search.choosing(facet, values).filters, page=1)

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address; what stands for itself is left out."""
        pairs = [(QUERY.name, self.query), *self.search.filter_pairs()]
        if self.order is not LineOrder.NEWEST:
            pairs.append((ORDER.name, self.order.value))
        if self.page > 1:
            pairs.append((_PAGE.name, str(self.page)))
        return pairs

    def kept_pairs(self) -> list[tuple[str, str]]:
        """What a new term typed in the box keeps: filters and order."""
        return [pair for pair in self.on_page(1).pairs() if pair[0] != QUERY.name]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        return with_parameters("/term", self.pairs())

    @property
    def lines_address(self) -> str:
        """The page in this state, at its lines."""
        return f"{self.address}#regels"

    @property
    def csv(self) -> str:
        """The address of all lines in this order as a file."""
        return with_parameters("/term.csv", self.on_page(1).pairs())

    @property
    def twin(self) -> str:
        """The address of the same facts and lines as JSON."""
        pairs = [*self.on_page(1).pairs(), ("offset", str(self.offset)), ("limit", str(LINES))]
        return with_parameters("/api/v1/term", pairs)


def term_address(search: SearchState) -> str:
    """The term page of what a search asks."""
    return TermState(search.query, search.filters).address


def read_term_state(args: MultiDict[str, str]) -> TermState:
    """The state an address asks for; parameters that mean nothing here are passed over.

    Raises:
        Malformed: one cannot be read.
    """
    asked = read(PARAMETERS, args)
    return TermState(asked[QUERY], filters_with_span(asked), asked[ORDER], asked[_PAGE])
