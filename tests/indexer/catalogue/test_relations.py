"""What papers are to each other is told in both directions, whichever of them comes first, and touches the other one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Relation, RelationKind

ERRATUM, REPRINT = "kst-90001-79-n1", "kst-90001-79-h1"


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with open_catalogue(tmp_path / "catalogue.db", "1") as opened:
        yield opened


def paper(name: str, *relations: tuple[RelationKind, str], day: int = 1, doubt: str = "", title: str = "") -> Kamerstuk:
    return Kamerstuk(
        Identifier(name),
        title=title or f"Stuk {name}",
        date=date(2031, 2, day) if day else None,
        date_doubt=doubt,
        relations=tuple(Relation(kind, Identifier(target)) for kind, target in relations),
    )


def put(catalogue: Catalogue, *papers: Kamerstuk) -> int:
    for one in papers:
        catalogue.put(one, f"f{one.identifier}{one.title}", "html")
    return int(catalogue.state())


def told(catalogue: Catalogue, name: str) -> list[tuple[str, str, bool | None]]:
    found = catalogue.get(Identifier(name))
    assert found is not None
    return [(relation.kind.value, str(relation.target), relation.here) for relation in found.relations]


def changed(catalogue: Catalogue, since: int) -> list[str]:
    return [str(change.identifier) for change in catalogue.changes_since(since)]


FIRST = paper("kst-90001-76", day=1)
SECOND = paper("kst-90001-79", (RelationKind.REPLACES, "kst-90001-76"), day=2)
THIRD = paper("kst-90001-80", (RelationKind.REPLACES, "kst-90001-79"), day=3)


@pytest.mark.parametrize("papers", [(FIRST, SECOND, THIRD), (THIRD, SECOND, FIRST), (SECOND, THIRD, FIRST)])
def test_a_chain_of_versions_is_told_at_each_of_them(catalogue: Catalogue, papers: tuple[Kamerstuk, ...]) -> None:
    put(catalogue, *papers)
    assert told(catalogue, "kst-90001-76") == [("replaced_by", "kst-90001-79", True)]
    assert told(catalogue, "kst-90001-79") == [("replaces", "kst-90001-76", True), ("replaced_by", "kst-90001-80", True)]
    assert told(catalogue, "kst-90001-80") == [("replaces", "kst-90001-79", True)]


@pytest.mark.parametrize("kind", RelationKind)
def test_every_relation_is_told_at_its_target_as_its_inverse(catalogue: Catalogue, kind: RelationKind) -> None:
    since = put(catalogue, FIRST)
    put(catalogue, paper("kst-90001-81", (kind, "kst-90001-76")))
    assert told(catalogue, "kst-90001-76") == [(kind.inverse.value, "kst-90001-81", True)]
    assert told(catalogue, "kst-90001-81") == [(kind.value, "kst-90001-76", True)]
    assert kind.inverse.inverse is kind
    assert changed(catalogue, since) == ["kst-90001-81", "kst-90001-76"]


def test_what_both_papers_say_is_told_once(catalogue: Catalogue) -> None:
    put(catalogue, paper("kst-90001-76", (RelationKind.HAS_ATTACHMENT, "blg-9000001")))
    put(catalogue, paper("blg-9000001", (RelationKind.ATTACHMENT_OF, "kst-90001-76")))
    assert told(catalogue, "kst-90001-76") == [("has_attachment", "blg-9000001", True)]
    assert told(catalogue, "blg-9000001") == [("attachment_of", "kst-90001-76", True)]


def test_a_target_that_is_not_here_is_kept_and_known_once_it_comes(catalogue: Catalogue) -> None:
    since = put(catalogue, SECOND)
    found = catalogue.get(SECOND.identifier)
    assert found is not None
    assert found.relations == (Relation(RelationKind.REPLACES, FIRST.identifier, None, "", here=False),)
    put(catalogue, FIRST)
    found = catalogue.get(SECOND.identifier)
    assert found is not None
    assert found.relations == (
        Relation(RelationKind.REPLACES, FIRST.identifier, date(2031, 2, 1), "Stuk kst-90001-76", here=True),
    )
    assert changed(catalogue, since) == ["kst-90001-76"]


def test_a_doubtful_date_of_a_target_is_not_told(catalogue: Catalogue) -> None:
    put(catalogue, paper("kst-90001-76", doubt="far from the session year"), SECOND)
    found = catalogue.get(SECOND.identifier)
    assert found is not None
    assert [(relation.date, relation.title) for relation in found.relations] == [(None, "Stuk kst-90001-76")]


def test_a_paper_that_leaves_is_no_version_any_more(catalogue: Catalogue) -> None:
    since = put(catalogue, FIRST, SECOND, THIRD)
    catalogue.remove(SECOND.identifier)
    assert told(catalogue, "kst-90001-76") == []
    assert told(catalogue, "kst-90001-80") == [("replaces", "kst-90001-79", False)]
    assert changed(catalogue, since) == ["kst-90001-76", "kst-90001-79"]


def test_a_paper_that_says_something_else_touches_the_papers_that_it_is_something_else_to(catalogue: Catalogue) -> None:
    since = put(catalogue, FIRST, paper("kst-90001-77"), paper("kst-90001-78"), SECOND)
    since = put(
        catalogue,
        paper("kst-90001-79", (RelationKind.REPLACES, "kst-90001-76"), (RelationKind.REPLACES, "kst-90001-77"), title="Beter"),
    )
    assert changed(catalogue, since - 2) == ["kst-90001-79", "kst-90001-77"]
    put(catalogue, paper("kst-90001-79", (RelationKind.CHANGES, "kst-90001-76")))
    assert changed(catalogue, since) == ["kst-90001-79", "kst-90001-76", "kst-90001-77"]
    assert told(catalogue, "kst-90001-77") == []
    assert told(catalogue, "kst-90001-76") == [("changed_by", "kst-90001-79", True)]


def test_a_reprint_and_an_erratum_are_versions_of_one_paper(catalogue: Catalogue) -> None:
    put(catalogue, paper(ERRATUM, (RelationKind.CORRECTS, "kst-90001-79"), day=5), SECOND)
    put(catalogue, paper(REPRINT, (RelationKind.REPRINT_OF, "kst-90001-79"), day=4))
    assert told(catalogue, "kst-90001-79") == [
        ("replaces", "kst-90001-76", False),
        ("reprinted_as", REPRINT, True),
        ("corrected_by", ERRATUM, True),
    ]


def test_attachments_are_told_in_order_of_their_dates_and_undated_ones_last(catalogue: Catalogue) -> None:
    for name, day in (("blg-9000001", 0), ("blg-9000002", 9), ("blg-9000003", 2)):
        put(catalogue, paper(name, (RelationKind.ATTACHMENT_OF, "kst-90001-76"), day=day))
    put(catalogue, FIRST)
    found = catalogue.get(FIRST.identifier)
    assert found is not None
    assert [str(one) for one in found.attachments] == ["blg-9000003", "blg-9000002", "blg-9000001"]


def test_a_paper_is_nothing_to_itself(catalogue: Catalogue) -> None:
    assert put(catalogue, paper("kst-90001-76", (RelationKind.REPLACES, "kst-90001-76"))) == 1
    assert told(catalogue, "kst-90001-76") == []
