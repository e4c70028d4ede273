"""Synonyms: what is found, in which direction, and that the table is in order."""

from __future__ import annotations

import pytest

from search.analysis.chain import synonyms_of, tokenize
from search.analysis.synonyms import ALSO, SAME, longest


@pytest.mark.parametrize(
    ("query", "synonym"),
    [
        ("tk", "tweede kamer"),
        ("tweede kamer", "tk"),
        ("mvt", "memorie van toelichting"),
        ("memorie van toelichting", "mvt"),
        ("memories van toelichting", "mvt"),
        ("bzk", "binnenlandse zaken en koninkrijksrelaties"),
        ("vws", "volksgezondheid welzijn en sport"),
        ("szw", "sociale zaken en werkgelegenheid"),
        ("algemene maatregelen van bestuur", "amvb"),
        ("btw", "omzetbelasting"),
        ("bewindspersoon", "minister"),
        ("bewindspersonen", "staatssecretaris"),
        ("wob", "woo"),
        ("s gravenhage", "den haag"),
    ],
)
def test_found(query: str, synonym: str) -> None:
    assert tuple(synonym.split()) in synonyms_of(tuple(query.split()))


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("minister", "staatssecretaris"),
        ("minister", "bewindspersoon"),
        ("woo", "wob"),
        ("om", "openbaar ministerie"),
        ("kamer", "tk"),
    ],
)
def test_not_found(query: str, other: str) -> None:
    assert tuple(other.split()) not in synonyms_of(tuple(query.split()))


@pytest.mark.parametrize("word", ["om", "er", "no", "so", "af", "ind", "wo", "de", "van", "huis"])
def test_common_words_have_none(word: str) -> None:
    assert synonyms_of((word,)) == ()


def test_nothing_has_no_synonyms() -> None:
    assert synonyms_of(()) == ()


def expressions() -> list[str]:
    return [one for row in SAME for one in row] + [one for first, others in ALSO for one in (first, *others)]


@pytest.mark.parametrize("expression", sorted(set(expressions())))
def test_the_table_is_written_as_tokens(expression: str) -> None:
    assert [token.text for token in tokenize(expression) if token.width == 1] == expression.split()


def test_no_expression_stands_in_two_rows() -> None:
    all_of_them = [one for row in SAME for one in row]
    assert len(all_of_them) == len(set(all_of_them))


def test_no_word_is_its_own_synonym() -> None:
    for expression in expressions():
        assert tuple(expression.split()) not in synonyms_of(tuple(expression.split()))


def test_the_longest_expression() -> None:
    assert longest() == max(len(expression.split()) for expression in expressions())
