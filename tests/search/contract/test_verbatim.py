"""Papers that say the words themselves, the days between which values occur, and the passages that say it."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.paper.model import Dossier, Kamerstuk, Person
from search.document import Place
from search.ports import Period, SearchRequest, SearchResult
from search.query.parser import parse
from tests.search.engines_under_test import EngineUnderTest, names, write
from tests.search.papers import paper


def _ask(engine: EngineUnderTest, query: str, *periods: str, kind: str = "") -> SearchResult:
    chosen = {"kind": (kind,)} if kind else {}
    return engine.searcher.search(
        SearchRequest(parse(query).node, chosen, limit=100, verbatim=True, periods=periods, passages=True)
    )


@pytest.mark.parametrize(
    ("query", "kamerstuk", "said"),
    [
        ("toeslag", paper("1-1", "de toeslagen"), True),
        ("toeslag", paper("1-1", "de huurtoeslag"), False),
        ("zorgtoeslag", paper("1-1", "de zorg en de toeslag"), False),
        ("BZK", paper("1-1", "Binnenlandse Zaken en Koninkrijksrelaties"), False),
        ("belasting dienst", paper("1-1", "de Belastingdienst"), False),
        ("CoolGen", paper("1-1", "met Cool:Gen"), True),
        ("toeslag huur", paper("1-1", "de toeslag"), False),
        ("toeslag", paper("1-1", "x", title="De toeslag"), True),
        ("toeslag", paper("1-1", "x", annex="De toeslag"), True),
        ("toeslag", paper("1-1", "x", dossiers=(Dossier("1", "", "De toeslag"),)), False),
        ("toeslag", paper("1-1", "x", kind="Toeslag", kind_line="TOESLAG", submitters=("Toeslag",)), False),
        ("in:voetnoot toeslag", paper("1-1", "x", notes=("toeslag",)), True),
        ("in:voetnoot toeslag", paper("1-1", "toeslag"), False),
        ("soort:motie toeslag", paper("1-1", "toeslag", kind="Motie"), True),
        ("NIET toeslag", paper("1-1", "x", kind="Toeslag"), True),
    ],
)
def test_what_a_paper_says_itself(engine: EngineUnderTest, query: str, kamerstuk: Kamerstuk, said: bool) -> None:
    write(engine, kamerstuk, paper("9-9", "iets anders", kind="Verslag"))

    assert ("1-1" in names(_ask(engine, query))) is said


def test_periods_tell_every_value_of_the_papers_found(engine: EngineUnderTest) -> None:
    rij = (Person("drs. M.L.A. van Rij", "Minister"),)
    write(
        engine,
        paper("1-1", "toeslag", date="2020-05-01", ministers=rij, kind="Brief"),
        paper("1-2", "toeslag", date="2022-05-01", ministers=rij, submitters=("M.L.A. van Rij", "P.H. Omtzigt"), kind="Brief"),
        paper("1-3", "toeslag", submitters=("R. Leijten",), kind="Brief"),
        paper("1-4", "toeslag", date="1999-01-01", ministers=rij, kind="Motie"),
        paper("1-5", "huur", date="1998-01-01", ministers=rij, kind="Brief"),
    )
    result = _ask(engine, "toeslag", "person", "year", "nummer", kind="Brief")
    first, last = date(2020, 5, 1), date(2022, 5, 1)

    assert result.periods == {
        "person": (
            Period("M.L.A. van Rij", 2, first, last),
            Period("P.H. Omtzigt", 1, last, last),
            Period("R. Leijten", 1, None, None),
        ),
        "year": (Period("2020", 1, first, first), Period("2022", 1, last, last)),
        "nummer": (),
    }
    assert _ask(engine, "toeslag").periods == {}


def test_the_passages_that_say_it_are_told_when_asked_for(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "", "de huur", "de toeslag", "...", "Cool:Gen en de toeslag", title="x", notes=("een noot", "toeslag")),
        paper("1-2", "toeslag"),
    )
    result = _ask(engine, '"de toeslag" OF in:voetnoot toeslag')
    (hit,) = result.hits

    assert hit.passages is not None
    assert [(hit.document.passages[i].place, hit.document.passages[i].text) for i in hit.passages] == [
        (Place.BODY, "de toeslag"),
        (Place.BODY, "Cool:Gen en de toeslag"),
        (Place.FOOTNOTE, "toeslag"),
    ]
    assert engine.searcher.search(SearchRequest(parse("toeslag").node)).hits[0].passages is None
