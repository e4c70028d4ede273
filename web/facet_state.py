"""The state of the page with all values of a facet, as an address and back."""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from web.parameters import SearchState, read_number, read_state

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
