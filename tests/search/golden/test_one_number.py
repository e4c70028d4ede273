"""Facet, query language, catalogue and person page count the same papers, for every value that the sample has."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.persons import PersonChoice, Role, person_listing, person_names
from search.fields import Comparison, asked, facets
from search.service import SearchService

FIELDS = [field for field in facets() if field.asked]


@pytest.mark.parametrize("name", [field.name for field in FIELDS])
def test_every_value_of_a_facet_finds_as_many_papers_as_it_counts(service: SearchService, name: str) -> None:
    values = service.answer("NIET xyzzy", facet_limit=10_000).facets[name]

    assert values
    for one in values:
        shown = f'"{one.value}"' if asked(name).comparison is not Comparison.WHOLE else one.value
        assert service.answer(f"{asked(name).names[0]}:{shown}", limit=0).total == one.count, one.value
        assert service.answer("NIET xyzzy", filters={name: (one.value,)}, limit=0).total == one.count, one.value


def test_the_page_of_a_person_counts_the_same_papers(service: SearchService, taken_in: tuple[Catalogue, Path]) -> None:
    catalogue, _ = taken_in
    counts = {one.value: one.count for one in service.answer("NIET xyzzy", facet_limit=10_000).facets["person"]}

    assert set(person_names(catalogue.connection)) == set(counts)
    for name, count in counts.items():
        listing = person_listing(catalogue.connection, name, PersonChoice(), offset=0, limit=0)
        submitted = person_listing(catalogue.connection, name, PersonChoice(Role.SUBMITTED), offset=0, limit=0)
        assert listing
        assert submitted
        assert listing.total == count == service.answer(f'persoon:"{name}"', limit=0).total, name
        assert submitted.total == service.answer(f'indiener:"{name}"', limit=0).total, name
        assert listing.summary.ministerial == service.answer(f'minister:"{name}"', limit=0).total, name
