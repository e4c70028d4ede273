"""The table of fields: what its entries must hold for all that is made of it, and what typed values mean."""

from __future__ import annotations

import pytest

from search.fields import FACETS, FIELDS, Field, asked, asked_as, facets, named, query_names
from search.query.lexer import SYNTAX
from search.query.parser import parse
from search.query.told import printed
from search.query.tree import Match
from search.values import Wrong, wrong
from search.wording import Language


def test_every_name_is_given_once() -> None:
    names = [field.name for field in FIELDS]
    assert len(set(names)) == len(names)
    typed = [name for field in FIELDS if field.asked for name in field.asked.names]
    assert len({*typed, *SYNTAX}) == len(typed) + len(SYNTAX)


@pytest.mark.parametrize("field", facets(), ids=lambda field: str(field.name))
def test_a_facet_can_be_shown_and_filtered_by(field: Field) -> None:
    assert all((field.label, field.plural, field.meaning, field.examples))
    assert not any(wrong(field.name, example) for example in field.examples)


@pytest.mark.parametrize("name", query_names())
def test_what_is_asked_for_can_be_told_and_typed(name: str) -> None:
    field = asked_as(name)
    assert field is not None
    how = asked(field.name)
    assert all("{}" in how.told.told(language) for language in Language)
    assert named(how.compares or field.name) in FIELDS
    value = next((read for typed in ("Motie", "31066", "tweede", "herdruk") if (read := how.read(typed))), "")
    assert parse(printed(Match(field.name, value))).node == Match(field.name, value)


@pytest.mark.parametrize(
    ("name", "typed", "meant"),
    [
        ("dossier", "31 066", "31066"),
        ("dossier", "36 410 xvi", "36410-XVI"),
        ("dossier", "21501-02", "21501-02"),
        ("dossier", "36 027 (R2160)", "36027"),
        ("dossier", "CXXXIX", "CXXXIX"),
        ("dossier", "Belastingdienst", ""),
        ("chamber", "senaat", "Eerste Kamer"),
        ("chamber", "2e", "Tweede Kamer"),
        ("chamber", "derde", ""),
        ("number", "nr. 12", "12"),
        ("minister", "van  Rij", "van Rij"),
    ],
)
def test_the_value_that_is_meant(name: str, typed: str, meant: str) -> None:
    assert asked(name).read(typed) == meant


@pytest.mark.parametrize(
    ("name", "value", "problem"),
    [
        ("year", "2024", None),
        ("year", "2018..2024", None),
        ("year", "2018..", None),
        ("year", "..2024", None),
        ("year", "20x4", Wrong.YEARS),
        ("year", "24", Wrong.YEARS),
        ("year", "..", Wrong.YEARS),
        ("year", "2024\n", Wrong.YEARS),
        ("kind", "anything", None),
        ("jaar", "2024", Wrong.NAME),
        ("replaces", "kst-1-1", Wrong.NAME),
    ],
)
def test_wrong_filters(name: str, value: str, problem: Wrong | None) -> None:
    assert wrong(name, value) is problem


def test_the_order_of_the_table_is_that_of_the_facets() -> None:
    assert tuple(field.name for field in FIELDS if field.facet) == FACETS
