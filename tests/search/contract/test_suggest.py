"""Completions."""

from __future__ import annotations

import pytest

from indexer.paper.model import Dossier, Person
from search.ports import Suggestion
from tests.search.engines_under_test import EngineUnderTest, write
from tests.search.papers import paper


@pytest.fixture
def filled(engine: EngineUnderTest) -> EngineUnderTest:
    """Two dossiers, two ministers, and words that begin alike."""
    tax, nameless = Dossier("31066", "", "Financiën en de schatkist"), Dossier("31999")
    rij, hulya = Person("M.L.A. van Rij", "Staatssecretaris"), Person("Hülya Çelik-Bos", "Minister")
    write(
        engine,
        paper("1-1", "de financiële belasting", dossiers=(tax,), ministers=(rij,)),
        paper("1-2", "de belastingen en belastingdruk", dossiers=(tax, nameless), ministers=(rij, hulya)),
        paper("1-3", "belastingen", notes=("belastingen",), submitters=("W.R. Sieperda",)),
        paper("1-4", "verdwenen", dossiers=(Dossier("31500", "", "Verdwenen"),), ministers=(Person("E. Verdwenen"),)),
    )
    write(engine, remove=("1-4",))
    return engine


TAX = Suggestion("dossier", "dossier:31066", "31066 Financiën en de schatkist", 2)


@pytest.mark.parametrize(
    ("prefix", "found"),
    [
        ("310", [TAX]),
        ("31 0", [TAX]),
        ("31", [TAX, Suggestion("dossier", "dossier:31999", "31999", 1)]),
        ("Financiën en", [TAX]),
        ("financien  EN d", [TAX]),
        ("van r", [Suggestion("person", 'minister:"M.L.A. van Rij"', "M.L.A. van Rij", 2)]),
        ("rij", [Suggestion("person", 'minister:"M.L.A. van Rij"', "M.L.A. van Rij", 2)]),
        ("celik", [Suggestion("person", 'minister:"Hülya Çelik-Bos"', "Hülya Çelik-Bos", 1)]),
        ("hülya c", [Suggestion("person", 'minister:"Hülya Çelik-Bos"', "Hülya Çelik-Bos", 1)]),
        ("sieper", [Suggestion("person", 'persoon:"W.R. Sieperda"', "W.R. Sieperda", 1)]),
        ("minister:van r", [Suggestion("person", 'minister:"M.L.A. van Rij"', "M.L.A. van Rij", 2)]),
        ("minister:sieper", []),
        ("Persoon:rij", [Suggestion("person", 'persoon:"M.L.A. van Rij"', "M.L.A. van Rij", 2)]),
        ("dossier:310", [TAX]),
        ("minister:r", []),
        ("verdwenen", []),
        ("x", []),
        ("", []),
        ("zzz", []),
    ],
)
def test_dossiers_and_persons(filled: EngineUnderTest, prefix: str, found: list[Suggestion]) -> None:
    suggestions = filled.searcher.suggest(prefix, 10)

    assert [s for s in suggestions if s.kind != "term"] == found


def test_after_a_field_of_names_its_values(filled: EngineUnderTest) -> None:
    texts = {prefix: [s.text for s in filled.searcher.suggest(prefix, 10)] for prefix in ("indiener:sieper", "ambt:staats")}

    assert texts == {"indiener:sieper": ['indiener:"W.R. Sieperda"'], "ambt:staats": ['ambt:"Staatssecretaris"']}


def test_terms_of_the_collection_the_most_frequent_first(filled: EngineUnderTest) -> None:
    terms = [
        Suggestion("term", word, word, count) for word, count in (("belastingen", 2), ("belasting", 1), ("belastingdruk", 1))
    ]

    assert [s for s in filled.searcher.suggest("Belas", 10) if s.kind == "term"] == terms
    assert filled.searcher.suggest("belas", 2) == terms[:2]
    assert filled.searcher.suggest("belas", 0) == []


def test_half_of_the_room_at_most_is_for_dossiers_and_persons(filled: EngineUnderTest) -> None:
    write(filled, *(paper(f"2-{i}", "zorgwet", dossiers=(Dossier(f"3300{i}", "", "Zorg"),)) for i in range(6)))

    kinds = [s.kind for s in filled.searcher.suggest("zorg", 6)]

    assert kinds == ["dossier"] * 3 + ["term"] * 2
