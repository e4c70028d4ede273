"""All values of one facet, to narrow by their letters and to turn the pages of. Values for the template."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from search.ports import FacetValue
from search.values import folded
from web import strings
from web.facet_state import FacetState
from web.search_view import Choice, choice_of, page_numbers

PAGE_SIZE = 100


@dataclass(frozen=True, slots=True)
class FacetView:
    """Everything the page of a facet's values shows; ``count`` is that of the values with the letters asked for."""

    state: FacetState
    title: str
    choices: tuple[Choice, ...]
    count: int
    pages: tuple[tuple[int, str], ...]
    """Page numbers with their addresses; 0 stands for those left out."""
    orders: tuple[tuple[str, str, bool], ...]
    """Labels and addresses of the orders, and whether it is the present one."""


def facet_view(values: Sequence[FacetValue], state: FacetState) -> FacetView:
    """Build the view; values come by count."""
    wanted = folded(state.letters).split()
    found = [v for v in values if all(word in folded(f"{v.value} {v.label}") for word in wanted)]
    if state.by_name:
        found.sort(key=lambda value: folded(value.label or value.value))
    start = (state.page - 1) * PAGE_SIZE
    last = max(1, -(-len(found) // PAGE_SIZE))
    return FacetView(
        state,
        strings.FACETS[state.facet],
        tuple(choice_of(state.facet, value, state.search) for value in found[start : start + PAGE_SIZE]),
        len(found),
        tuple((page, state.on_page(page).address) for page in page_numbers(state.page, last)) if last > 1 else (),
        (
            (strings.ORDER_COUNT, state.ordered(by_name=False).address, not state.by_name),
            (strings.ORDER_NAME, state.ordered(by_name=True).address, state.by_name),
        ),
    )
