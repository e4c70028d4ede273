"""The state of the term page as an address and back: term, filters, order of the lines, page."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from search.ports import Sort
from search.term import MAX_LINES, LineOrder
from web import strings
from web.search.state import MalformedParameter, SearchState, read_filters, read_number

LINES = 50
"""Lines of a page."""

LAST_PAGE = -(-MAX_LINES // LINES)
MAX_JSON_LINES = 200


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
        pairs = [("q", self.query), *self.search.filter_pairs()]
        if self.order is not LineOrder.NEWEST:
            pairs.append(("sort", self.order.value))
        if self.page > 1:
            pairs.append(("pagina", str(self.page)))
        return pairs

    def kept_pairs(self) -> list[tuple[str, str]]:
        """What a new term typed in the box keeps: filters and order."""
        return [pair for pair in self.on_page(1).pairs() if pair[0] != "q"]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        return f"/term?{urlencode(self.pairs())}"

    @property
    def lines_address(self) -> str:
        """The page in this state, at its lines."""
        return f"{self.address}#regels"

    @property
    def csv(self) -> str:
        """The address of all lines in this order as a file."""
        return f"/term.csv?{urlencode(self.on_page(1).pairs())}"

    @property
    def twin(self) -> str:
        """The address of the same facts and lines as JSON."""
        pairs = self.on_page(1).pairs()
        return f"/api/v1/term?{urlencode([*pairs, ('offset', str(self.offset)), ('limit', str(LINES))])}"


def term_address(search: SearchState) -> str:
    """The term page of what a search asks."""
    return TermState(search.query, search.filters).address


def read_term_state(args: MultiDict[str, str]) -> TermState:
    """The state an address asks for; parameters that mean nothing here are passed over.

    Raises:
        MalformedParameter: the page, the order or a year cannot be read.
    """
    page = read_number(args, "pagina", 1, LAST_PAGE)
    if page < 1:
        raise MalformedParameter(strings.BAD_PAGE.format(value=page, bound=LAST_PAGE))
    return TermState(args.get("q", ""), read_filters(args), read_order(args), page)


def read_order(args: MultiDict[str, str]) -> LineOrder:
    """The order of the lines.

    Raises:
        MalformedParameter: there is no such order.
    """
    value = args.get("sort", "")
    try:
        return LineOrder(value) if value else LineOrder.NEWEST
    except ValueError:
        raise MalformedParameter(strings.BAD_ORDER.format(value=value[:40])) from None
