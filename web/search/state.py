"""The state of the page with all values of a facet, as an address and back.

The state of the search page as an address and back: query, filters, order, page.

Every state is an address that can be shared; odd queries and unknown values are no errors, a malformed number or order is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from search.fields import FACETS
from search.ports import Sort
from search.values import year_span
from web import strings
from web.formats import number

PAGE_SIZE = 10
MAX_OFFSET = 10_000
MAX_PAGE = MAX_OFFSET // PAGE_SIZE + 1
MAX_LIMIT = 100


class MalformedParameter(Exception):
    """A parameter that cannot be read; the message tells the reader, in Dutch, what was expected."""


@dataclass(frozen=True, slots=True)
class SearchState:
    """What the search page shows: the query as typed, chosen values per facet, the order and the page (from 1)."""

    query: str = ""
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    sort: Sort = Sort.RELEVANCE
    page: int = 1

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

    def asking(self, query: str) -> SearchState:
        """With another query and the same filters."""
        return replace(self, query=query, page=1)

    def filter_pairs(self) -> list[tuple[str, str]]:
        """The chosen values, in the order of ``FACETS``."""
        return [(name, value) for name in FACETS for value in self.filters.get(name, ())]

    def pairs(self) -> list[tuple[str, str]]:
        """The parameters of the address; what stands for itself is left out."""
        pairs = [("q", self.query), *self.filter_pairs()]
        if self.sort is not Sort.RELEVANCE:
            pairs.append(("sort", self.sort.value))
        if self.page > 1:
            pairs.append(("pagina", str(self.page)))
        return pairs

    def kept_pairs(self, without: str = "q") -> list[tuple[str, str]]:
        """What a form keeps that changes one parameter: a new query typed in the box keeps filters and order."""
        return [pair for pair in self.on_page(1).pairs() if pair[0] != without]

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        return f"/zoeken?{urlencode(self.pairs(), errors='replace')}"

    def address_of(self, extension: str) -> str:
        """The address of all hits, in the order of the page, in another form: csv, bib, ris or atom."""
        return f"/zoeken.{extension}?{urlencode(self.on_page(1).pairs(), errors='replace')}"

    def facet_address(self, facet: str) -> str:
        """The address of the page with all values of a facet."""
        return f"/zoeken/filter/{facet}?{urlencode(self.on_page(1).pairs(), errors='replace')}"

    @property
    def twin(self) -> str:
        """The address of the same hits as JSON."""
        pairs = [pair for pair in self.pairs() if pair[0] != "pagina"]
        return f"/api/v1/search?{urlencode([*pairs, ('offset', str(self.offset)), ('limit', str(PAGE_SIZE))], errors='replace')}"


def read_state(args: MultiDict[str, str]) -> SearchState:
    """The state an address asks for; parameters that mean nothing here are passed over.

    Raises:
        MalformedParameter: the page or the order cannot be read.
    """
    page = args.get("pagina", "1")
    if not _is_number(page) or not 1 <= int(page) <= MAX_PAGE:
        raise MalformedParameter(strings.BAD_PAGE.format(value=page[:40], bound=number(MAX_PAGE)))
    return SearchState(args.get("q", ""), read_filters(args), read_sort(args), int(page))


def read_filters(args: MultiDict[str, str]) -> dict[str, tuple[str, ...]]:
    """The chosen values per facet, each once; facets without values are left out.

    ``van`` and ``tot``, as the form of the years sends them, are a span of years.

    Raises:
        MalformedParameter: one of them is no year.
    """
    chosen = {name: tuple(dict.fromkeys(v for v in args.getlist(name) if v)) for name in FACETS}
    span = year_span(f"{_read_year(args, 'van')}..{_read_year(args, 'tot')}")
    if span is not None:
        chosen["year"] = tuple(dict.fromkeys((*chosen["year"], str(span))))
    return {name: values for name, values in chosen.items() if values}


def _read_year(args: MultiDict[str, str], name: str) -> str:
    value = args.get(name, "").strip()
    if value and not (_is_number(value) and len(value) == 4):
        raise MalformedParameter(strings.BAD_YEAR.format(value=value[:40], name=name))
    return value


def read_sort(args: MultiDict[str, str]) -> Sort:
    """The order asked for.

    Raises:
        MalformedParameter: there is no such order.
    """
    value = args.get("sort", "")
    try:
        return Sort(value) if value else Sort.RELEVANCE
    except ValueError:
        raise MalformedParameter(strings.BAD_SORT.format(value=value[:40])) from None


def read_number(args: MultiDict[str, str], name: str, default: int, bound: int) -> int:
    """A number from 0 up to and including ``bound``.

    Raises:
        MalformedParameter: it is no such number.
    """
    value = args.get(name, str(default))
    if not _is_number(value) or int(value) > bound:
        raise MalformedParameter(strings.BAD_NUMBER.format(value=value[:40], name=name, bound=number(bound)))
    return int(value)


def _is_number(value: str) -> bool:
    """Whether the text is a plain number; ``int`` itself also takes signs, spaces, underscores and other scripts' digits."""
    return value.isascii() and value.isdigit() and len(value) <= 9


_MOST_PAGES = 1_000
_MOST_LETTERS = 100


@dataclass(frozen=True, slots=True)
class FacetState:
    """The search the values belong to, the facet, the letters to narrow them by, their order and the page (from 1)."""

    search: SearchState
    facet: str
    letters: str = ""
    by_name: bool = False
    page: int = 1

    def ordered(self, *, by_name: bool) -> FacetState:
        """In another order; on the first page."""
        return replace(self, by_name=by_name, page=1)

    def on_page(self, page: int) -> FacetState:
        """On another page."""
        return replace(self, page=page)

    @property
    def address(self) -> str:
        """The address of the page in this state."""
        pairs = self.search.pairs()
        if self.letters:
            pairs.append(("letters", self.letters))
        if self.by_name:
            pairs.append(("orde", "naam"))
        if self.page > 1:
            pairs.append(("blad", str(self.page)))
        return f"/zoeken/filter/{self.facet}?{urlencode(pairs)}"


def read_facet_state(facet: str, args: MultiDict[str, str]) -> FacetState:
    """The state an address asks for.

    Raises:
        MalformedParameter: a page, a year or an order cannot be read.
    """
    search = read_state(args).on_page(1)
    page = max(1, read_number(args, "blad", 1, _MOST_PAGES))
    return FacetState(search, facet, args.get("letters", "")[:_MOST_LETTERS], args.get("orde") == "naam", page)
