"""Versions of one paper stand next to each other: the best match, then the others, the newest first."""

from __future__ import annotations

import pytest

from indexer.paper.model import Dossier, Kamerstuk, RelationKind
from search.ports import Sort
from tests.search.engines_under_test import EngineUnderTest, ask, names, write
from tests.search.papers import paper

HERE = (Dossier("91066", "", "Proef"),)


def motion(number: int, date: str, text: str, *, replaces: int | None = None) -> Kamerstuk:
    replaced = ((RelationKind.REPLACES, f"91066-{replaces}"),) if replaces else ()
    return paper(f"91066-{number}", text, date=date, kind_line="MOTIE VAN HET LID BEE", dossiers=HERE, relations=replaced)


def chain(engine: EngineUnderTest) -> None:
    """A motion that was replaced twice, the second time without the word; and a paper that scores in between."""
    write(
        engine,
        motion(76, "2023-01-26", "toeslag toeslag toeslag"),
        motion(79, "2023-02-07", "iets anders", replaces=76),
        motion(80, "2023-02-07", "toeslag en nog veel meer woorden die het stuk lang maken", replaces=79),
        paper("91066-90", "toeslag toeslag iets anders", dossiers=HERE),
    )


def test_versions_follow_the_best_of_them(engine: EngineUnderTest) -> None:
    chain(engine)
    assert names(ask(engine, "toeslag")) == ["91066-76", "91066-80", "91066-90"]


def test_of_versions_that_match_alike_the_newest_leads(engine: EngineUnderTest) -> None:
    write(engine, motion(76, "2022-12-31", "toeslag nu"), motion(79, "2023-02-07", "toeslag nu", replaces=76))
    assert names(ask(engine, "in:bijlage toeslag OF toeslag"))[0] == "91066-79"


def test_pages_cut_the_same_order(engine: EngineUnderTest) -> None:
    chain(engine)
    assert [names(ask(engine, "toeslag", offset=i, limit=1)) for i in range(4)] == [["91066-76"], ["91066-80"], ["91066-90"], []]


def test_what_a_filter_leaves_out_stays_out(engine: EngineUnderTest) -> None:
    write(engine, motion(76, "2022-12-31", "toeslag toeslag"), motion(79, "2023-02-07", "toeslag", replaces=76))
    assert names(ask(engine, "toeslag", filters={"year": ("2022",)})) == ["91066-76"]


@pytest.mark.parametrize("kind", [RelationKind.REPLACES, RelationKind.CHANGES, RelationKind.REPRINT_OF, RelationKind.CORRECTS])
def test_whatever_makes_a_paper_a_version_of_another(engine: EngineUnderTest, kind: RelationKind) -> None:
    write(
        engine,
        paper("1-1", "toeslag toeslag toeslag"),
        paper("1-2", "toeslag en nog veel meer woorden die het stuk lang maken", relations=((kind, "1-1"),)),
        paper("1-3", "toeslag toeslag iets anders"),
    )
    assert names(ask(engine, "toeslag")) == ["1-1", "1-2", "1-3"]


def test_what_a_paper_is_attached_to_or_answers_is_no_version_of_it(engine: EngineUnderTest) -> None:
    others = ((RelationKind.ATTACHMENT_OF, "1-1"), (RelationKind.ANSWERS, "1-1"))
    write(
        engine,
        paper("1-1", "toeslag toeslag toeslag"),
        paper("1-2", "toeslag en nog veel meer woorden die het stuk lang maken", relations=others),
        paper("1-3", "toeslag toeslag iets anders"),
    )
    assert names(ask(engine, "toeslag")) == ["1-1", "1-3", "1-2"]


VERSIONS = (
    paper("1-1"),
    paper("1-2", relations=((RelationKind.REPLACED_BY, "1-3"),)),
    paper("1-3", kind_line="GEWIJZIGDE MOTIE VAN HET LID BEE", relations=((RelationKind.REPLACES, "1-2"),)),
    paper("1-4", kind_line="Tweede nader gewijzigd amendement", relations=((RelationKind.CHANGED_BY, "1-5"),)),
    paper("1-5", kind_line="BRIEF OVER DE GEWIJZIGDE MOTIE"),
    paper("1-6", edition="Herdruk"),
    paper("1-7", relations=((RelationKind.REPRINTED_AS, "1-6"),)),
    paper("1-8", relations=((RelationKind.CORRECTED_BY, "1-9"),)),
)


@pytest.mark.parametrize(
    ("version", "found"),
    [("geldend", "1-1 1-3 1-5 1-6 1-8"), ("vervangen", "1-2 1-4 1-7"), ("gewijzigd", "1-3 1-4"), ("herdruk", "1-6")],
)
def test_versions_are_told_apart(engine: EngineUnderTest, version: str, found: str) -> None:
    write(engine, *VERSIONS)
    result = ask(engine, f"versie:{version}")
    assert sorted(names(result)) == found.split()
    assert sorted(names(ask(engine, "NIET nergens", filters={"version": (version,)}))) == found.split()
    counts = {value.value: value.count for value in ask(engine, "NIET nergens").facets["version"]}
    assert counts[version] == len(found.split())


def test_by_date_versions_stand_by_date(engine: EngineUnderTest) -> None:
    chain(engine)
    assert names(ask(engine, "toeslag", sort=Sort.OLDEST))[0] == "91066-76"
