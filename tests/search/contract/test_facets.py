"""Facets: exact counts over all matches, each without its own selection."""

from __future__ import annotations

from indexer.paper.model import Dossier, Person
from search.fields import FACETS
from search.ports import FacetValue
from tests.search.engines_under_test import EngineUnderTest, ask, names, write
from tests.search.papers import paper

ICT = Dossier("31066", "", "Belastingdienst")
BUDGET = Dossier("36410", "XVI", "Begroting VWS 2024")


def _two_and_two(engine: EngineUnderTest) -> None:
    write(
        engine,
        paper("1-1", "toeslag", kind="Motie", date="2020-01-01", dossiers=(ICT,), categories=("Zorg", "Zorg", "")),
        paper("1-2", "toeslag", kind="Motie", date="2021-01-01", dossiers=(ICT, BUDGET)),
        paper(
            "1-3", "toeslag", kind="Brief", date="2021-01-01", ministers=(Person("E. Wiebes", "Minister"), Person("E. Wiebes"))
        ),
        paper("1-4", "huur", kind="Verslag", date="1999-01-01"),
    )


def _counts(values: tuple[FacetValue, ...]) -> dict[str, int]:
    return {value.value: value.count for value in values}


def test_every_facet_counts_the_matches(engine: EngineUnderTest) -> None:
    _two_and_two(engine)
    facets = ask(engine, "toeslag", limit=1).facets

    assert tuple(facets) == FACETS
    assert {name: _counts(values) for name, values in facets.items() if values} == {
        "dossier": {"31066": 2, "36410-XVI": 1},
        "year": {"2021": 2, "2020": 1},
        "minister": {"E. Wiebes": 1},
        "office": {"Minister": 1},
        "person": {"E. Wiebes": 1},
        "kind": {"Motie": 2, "Brief": 1},
        "category": {"Zorg": 1},
        "version": {"geldend": 3},
    }


def test_a_facet_ignores_its_own_selection_and_heeds_the_others(engine: EngineUnderTest) -> None:
    _two_and_two(engine)
    result = ask(engine, "toeslag", filters={"kind": ("Motie",), "year": ("2021",)})

    assert names(result) == ["1-2"]
    assert _counts(result.facets["kind"]) == {"Brief": 1, "Motie": 1}
    assert _counts(result.facets["year"]) == {"2020": 1, "2021": 1}
    assert _counts(result.facets["dossier"]) == {"31066": 1, "36410-XVI": 1}


def test_any_of_the_chosen_values_and_all_of_the_facets(engine: EngineUnderTest) -> None:
    _two_and_two(engine)

    assert set(names(ask(engine, "toeslag", filters={"kind": ("Motie", "Brief")}))) == {"1-1", "1-2", "1-3"}
    assert names(ask(engine, "toeslag", filters={"kind": ("Motie", "Brief"), "dossier": ("36410-XVI", "x")})) == ["1-2"]
    assert ask(engine, "toeslag", filters={"kind": ()}).total == 3


def test_values_are_ordered_by_count_and_then_by_name(engine: EngineUnderTest) -> None:
    kinds = ("Brief", "Amendement", "Motie", "Motie", "Verslag", "Verslag")
    write(engine, *(paper(f"1-{i}", "toeslag", kind=kind) for i, kind in enumerate(kinds)))

    assert [value.value for value in ask(engine, "toeslag").facets["kind"]] == ["Motie", "Verslag", "Amendement", "Brief"]


def test_the_limit_keeps_the_most_frequent_and_the_chosen_values(engine: EngineUnderTest) -> None:
    kinds = ("Brief", "Amendement", "Motie", "Motie", "Verslag", "Verslag")
    write(engine, *(paper(f"1-{i}", "toeslag", kind=kind) for i, kind in enumerate(kinds)))

    def shown(limit: int, *chosen: str) -> list[tuple[str, int]]:
        result = ask(engine, "toeslag", filters={"kind": chosen}, facet_limit=limit)
        return [(value.value, value.count) for value in result.facets["kind"]]

    assert shown(1) == [("Motie", 2)]
    assert shown(0) == []
    assert shown(1, "Brief") == [("Motie", 2), ("Brief", 1)]
    assert shown(0, "Verslag") == [("Verslag", 2)]
    assert shown(2, "Nooit", "Brief", "Ander") == [("Motie", 2), ("Verslag", 2), ("Brief", 1), ("Ander", 0), ("Nooit", 0)]


def test_all_values_are_told_when_all_are_asked_for(engine: EngineUnderTest) -> None:
    def dossiers(number: int) -> tuple[Dossier, ...]:
        return tuple(Dossier(str(30_000 + number * 100 + i), "", "") for i in range(100))

    write(engine, *(paper(f"1-{number}", "toeslag", dossiers=dossiers(number)) for number in range(60)))

    assert len(ask(engine, "toeslag", facet_limit=50_000).facets["dossier"]) == 6_000


def test_a_chosen_value_without_matches_is_still_shown(engine: EngineUnderTest) -> None:
    _two_and_two(engine)
    result = ask(engine, "huur", filters={"kind": ("Motie",), "dossier": ("31066",)})

    assert result.total == 0
    assert result.facets["kind"] == (FacetValue("Motie", "Motie", 0),)
    assert result.facets["dossier"] == (FacetValue("31066", "Belastingdienst", 0),)


def test_what_is_no_facet_filters_everything_out(engine: EngineUnderTest) -> None:
    _two_and_two(engine)

    for name in ("nietbestaand", "number", "dossier_number"):
        result = ask(engine, "toeslag", filters={name: ("1",)})
        assert (result.total, tuple(result.facets)) == (0, FACETS)


def test_a_dossier_is_called_what_its_newest_paper_calls_it(engine: EngineUnderTest) -> None:
    def titled(title: str) -> tuple[Dossier, ...]:
        return (Dossier("31066", "", title),)

    write(
        engine,
        paper("1-1", "toeslag", date="2024-01-01", dossiers=titled("Nieuw")),
        paper("1-2", "x", dossiers=titled("Geen datum")),
    )
    write(engine, paper("1-3", "toeslag", date="2020-01-01", dossiers=titled("Oud")))
    write(engine, paper("1-4", "toeslag", date="2025-01-01", dossiers=titled("")))
    assert ask(engine, "toeslag").facets["dossier"] == (FacetValue("31066", "Nieuw", 3),)

    write(engine, remove=("1-1",))
    assert ask(engine, "toeslag").facets["dossier"] == (FacetValue("31066", "Oud", 2),)

    write(engine, remove=("1-2", "1-3"))
    assert ask(engine, "toeslag").facets["dossier"] == (FacetValue("31066", "31066", 1),)


def test_facets_count_partial_matches_as_the_total_does(engine: EngineUnderTest) -> None:
    write(engine, *(paper(f"1-{i}", "toeslag" if i % 2 else "toeslag huur", kind=f"Soort {i % 3}") for i in range(9)))
    write(engine, *(paper(f"9-{i}", "over heel iets anders", kind="Soort 0") for i in range(19)))
    result = ask(engine, "toeslag huur")

    assert result.total == sum(value.count for value in result.facets["kind"]) == 9
    for value in result.facets["kind"]:
        assert ask(engine, "toeslag huur", filters={"kind": (value.value,)}).total == value.count


def test_deleted_papers_are_in_no_facet(engine: EngineUnderTest) -> None:
    _two_and_two(engine)
    write(engine, remove=("1-1", "1-2"))

    facets = ask(engine, "toeslag").facets

    assert (_counts(facets["kind"]), facets["dossier"]) == ({"Brief": 1}, ())


def test_a_span_of_years_lets_through_every_year_within_it(engine: EngineUnderTest) -> None:
    _two_and_two(engine)
    result = ask(engine, "toeslag", filters={"year": ("2020..2021",)})

    assert set(names(result)) == {"1-1", "1-2", "1-3"}
    assert _counts(result.facets["year"]) == {"2020": 1, "2021": 2}, "a span is no value of the facet"
    assert names(ask(engine, "toeslag", filters={"year": ("..2020",)})) == ["1-1"]
    assert set(names(ask(engine, "toeslag", filters={"year": ("2021..",)}))) == {"1-2", "1-3"}
    assert ask(engine, "toeslag", filters={"year": ("2022..2024",)}).total == 0
    assert ask(engine, "toeslag", filters={"kind": ("2020..2021",)}).total == 0, "spans are of years only"
