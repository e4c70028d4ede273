"""Names are matched as names: as they are, next to each other, in one spelling of one person."""

from __future__ import annotations

import pytest

from indexer.paper.model import PaperPerson, Person, PersonRole, ReadIn
from search.query.tree import Match
from search.values import known_in
from tests.search.engines_under_test import EngineUnderTest, ask, names, write
from tests.search.papers import paper

INGE = PaperPerson("Inge van Dijk", PersonRole.FIRST_SUBMITTER, "Van Dijk", person="I. van Dijk")
JIMMY = PaperPerson("J.P. Dijk", PersonRole.CO_SIGNER, "Dijk", read_in=(ReadIn.KIND_LINE,))
SOME_DIJK = PaperPerson("Van Dijk", PersonRole.FIRST_SUBMITTER, "Van Dijk")
RIJ = PaperPerson(
    "Van Rij", PersonRole.MINISTER, "drs. M.L.A. van Rij", "Staatssecretaris van Financiën", person="M.L.A. van Rij"
)
RIJ_SUBMITS = PaperPerson("M.L.A. van Rij", PersonRole.FIRST_SUBMITTER, "M.L.A. van Rij")
CLERK = PaperPerson("Dijkstra", PersonRole.CLERK, "Dijkstra", read_in=(ReadIn.SIGNATURE,))
PLAS = PaperPerson("Caroline van der Plas", PersonRole.FIRST_SUBMITTER, "Van der Plas", person="C.A.M. van der Plas")
PLAS_AGAIN = PaperPerson("Van der Plas", PersonRole.FIRST_SUBMITTER, "Van der Plas", person="C.A.M. van der Plas")
OTHERS = tuple(
    PaperPerson(name, PersonRole.CO_SIGNER, name) for name in ("M.H. Bikker", "De Kort", "Hülya Çelik-Bos", "A. in 't Veld")
)
PAPERS = (
    paper("1-1", "de toeslagen", people=(INGE, JIMMY), kind="Motie", kind_line="MOTIE VAN DE LEDEN INGE VAN DIJK EN DIJK"),
    paper("1-2", "Estland", people=(SOME_DIJK,), kind="Motie"),
    paper("1-3", "Estland", people=(RIJ, CLERK), kind="Brief", kind_line="BRIEF OVER DE MOTIE VAN HET LID BOSWIJK"),
    paper("1-4", "zorg", people=(RIJ_SUBMITS, *OTHERS)),
    paper("1-5", "de toeslagen", people=(PLAS,)),
    paper("1-6", "de toeslagen", people=(PLAS_AGAIN,)),
    paper("1-7", "toeslag", ministers=(Person("", "Minister van Onderwijs, Cultuur en Wetenschap"),)),
)


@pytest.fixture
def filled(engine: EngineUnderTest) -> EngineUnderTest:
    write(engine, *PAPERS, paper("1-8", people=(PaperPerson("G. Vertrokken", PersonRole.CLERK, "G. Vertrokken"),)))
    write(engine, remove=("1-8",))
    return engine


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("persoon:Dijk", "1-1 1-2"),
        ("persoon:dijk", "1-1 1-2"),
        ('persoon:"van Dijk"', "1-1 1-2"),
        ("persoon:van Dijk", "1-1 1-2"),
        ('persoon:"Van Dijk"', "1-2"),
        ('persoon:"I. van Dijk"', "1-1"),
        ('persoon:"Inge van Dijk"', "1-1"),
        ('persoon:"Inge Dijk"', ""),
        ('persoon:"J.P. Dijk"', "1-1"),
        ('persoon:"JP Dijk"', "1-1"),
        ('persoon:"P. Dijk"', ""),
        ('indiener:"van Boswijk"', ""),
        ("indiener:Boswijk", ""),
        ('indiener:"de Dijk"', ""),
        ('indiener:"lid Dijk"', ""),
        ("indiener:motie", ""),
        ("indiener:Bikkers", ""),
        ("indiener:BIKKER", "1-4"),
        ('indiener:"de Korte"', ""),
        ('indiener:"de kort"', "1-4"),
        ("indiener:celik", "1-4"),
        ('persoon:"in ’t Veld"', "1-4"),
        ("persoon:van", ""),
        ("persoon:Dijkstra", "1-3"),
        ("indiener:Dijkstra", ""),
        ("minister:Rij", "1-3"),
        ("minister:van Rij", "1-3"),
        ("minister:drs. Rij", "1-3"),
        ('minister:"M.L.A. van Rij"', "1-3"),
        ("minister:Rij Estland", "1-3"),
        ("minister:Rij zorg", ""),
        ("indiener:Rij", "1-3 1-4"),
        ("persoon:Rij", "1-3 1-4"),
        ("minister:Dijk", ""),
        ("indiener:van der Plas toeslagen", "1-5 1-6"),
        ("persoon:Caroline van der Plas toeslagen", "1-5 1-6"),
        ("persoon:Vertrokken", ""),
        ("ambt:Onderwijs, Cultuur en Wetenschap", "1-7"),
        ("ambt:Onderwijs, Cultuur en Wetenschap toeslag", "1-7"),
        ("ambt:financiën", "1-3"),
        ('ambt:"Staatssecretaris van Financiën"', "1-3"),
        ('ambt:"Staatssecretaris Financiën"', ""),
        ("ambt:van", ""),
        ("NIET persoon:Dijk Estland", "1-3"),
        ("indiener:(Bikker OF van der Plas)", "1-4 1-5 1-6"),
    ],
)
def test_who_is_meant(filled: EngineUnderTest, query: str, found: str) -> None:
    assert sorted(names(ask(filled, query, is_known=known_in(filled.searcher.vocabulary.values)))) == found.split()


def test_every_value_of_a_facet_is_asked_for_by_that_value(filled: EngineUnderTest) -> None:
    facets = ask(filled, "NIET nergens").facets

    for facet in ("person", "minister", "office", "kind", "version"):
        assert facets[facet]
        for one in facets[facet]:
            assert ask(filled, Match(facet, one.value, quoted=True)).total == one.count, one


def test_the_values_are_those_of_papers_that_are_there(filled: EngineUnderTest) -> None:
    vocabulary = filled.searcher.vocabulary

    assert set(vocabulary.values("minister")) == {"M.L.A. van Rij"}
    assert "G. Vertrokken" not in vocabulary.values("person")
    assert {"I. van Dijk", "I. van Dijk\tInge van Dijk", "Van Dijk"} <= set(vocabulary.values("spelling"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("soort:motie", "2-1 2-2"),
        ('soort:"motie"', "2-1"),
        ("soort:moties", "2-1 2-2"),
        ('soort:"Motie (gewijzigd/nader)"', "2-2"),
        ("soort:brief", "2-3"),
        ("soort:regering", "2-3"),
        ("soort:omtzigt", ""),
        ('soort:"brief motie"', ""),
    ],
)
def test_kinds_are_matched_by_the_kind_alone(engine: EngineUnderTest, query: str, found: str) -> None:
    write(
        engine,
        paper("2-1", kind="Motie", kind_line="MOTIE VAN HET LID OMTZIGT"),
        paper("2-2", kind="Motie (gewijzigd/nader)"),
        paper("2-3", kind="Brief regering", kind_line="BRIEF OVER DE MOTIE OMTZIGT"),
    )

    assert sorted(names(ask(engine, query))) == found.split()
