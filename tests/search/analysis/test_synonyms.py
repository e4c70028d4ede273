"""Synonyms: what is found, in which direction, and that the table is in order."""

from __future__ import annotations

import pytest

from search.analysis.everyday import ALIKE, WIDER
from search.analysis.synonyms import ALSO, SAME, Expression, longest, synonyms_of


def called(query: str) -> list[str]:
    return [one.text for one in synonyms_of(Expression.of(query).stems)]


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
        ("'s-Gravenhage", "den haag"),
        ("’s‑Hertogenbosch", "den bosch"),
        ("Covid-19", "corona"),
        ("zzp'ers", "zelfstandige zonder personeel"),
        ("Sociaal-Economische Raad", "ser"),
        ("OM", "openbaar ministerie"),
        ("openbaar ministerie", "OM"),
        ("tweede lid", "lid 2"),
        ("2e lid", "lid 2"),
        ("lid 2", "tweede lid"),
        ("dokters", "arts"),
        ("arts", "dokter"),
        ("wapenstilstand", "staakt-het-vuren"),
        ("Staakt het vuren", "wapenstilstand"),
        ("bajes", "detentie"),
        ("ICC", "internationaal strafhof"),
    ],
)
def test_found(query: str, synonym: str) -> None:
    assert synonym in called(query)


@pytest.mark.parametrize(
    ("query", "other"),
    [
        ("minister", "staatssecretaris"),
        ("minister", "bewindspersoon"),
        ("woo", "wob"),
        ("om", "openbaar ministerie"),
        ("kamer", "tk"),
        ("detentie", "bajes"),
        ("voertuig", "auto"),
    ],
)
def test_not_found(query: str, other: str) -> None:
    assert other not in called(query)


@pytest.mark.parametrize("word", ["om", "er", "no", "so", "af", "ind", "wo", "de", "van", "artikel"])
def test_common_words_have_none(word: str) -> None:
    assert called(word) == []


def test_nothing_has_no_synonyms() -> None:
    assert synonyms_of(()) == ()


def rows() -> list[tuple[str, ...]]:
    return [*SAME, *ALIKE, *((first, *others) for first, others in (*ALSO, *WIDER))]


def test_no_expression_stands_in_two_rows() -> None:
    all_of_them = [Expression.of(one).stems for row in (*SAME, *ALIKE) for one in row]
    assert len(all_of_them) == len(set(all_of_them))


@pytest.mark.parametrize("row", rows(), ids=lambda row: row[0])
def test_no_word_is_its_own_synonym(row: tuple[str, ...]) -> None:
    assert len({Expression.of(one).stems for one in row}) == len(row)


def test_the_longest_expression() -> None:
    assert longest() == max(len(Expression.of(one).stems) for row in rows() for one in row)


@pytest.mark.parametrize(("written", "meant"), [("b.t.w.", "omzetbelasting"), ("E.U.", "europese unie")])
def test_an_abbreviation_with_dots_means_the_same(written: str, meant: str) -> None:
    assert meant in called(written)
