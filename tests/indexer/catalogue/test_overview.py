"""What the catalogue tells of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.overview import Coverage, coverage, part, part_received, parts, received
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk


@pytest.fixture
def catalogue(tmp_path: Path) -> Iterator[Catalogue]:
    with open_catalogue(tmp_path / "kamerstukken.db", "1") as opened:
        yield opened


def put(catalogue: Catalogue, number: int, title: str = "") -> Identifier:
    """Receive a file and read a paper from it."""
    identifier = Identifier(f"kst-91066-{number}")
    mark = f"{number}-{title}"
    catalogue.note_file(identifier, mark, "html", "here", 1)
    catalogue.put(Kamerstuk(identifier, title=title, date=date(2024, 1, 1) if number % 2 else None), mark, "html")
    return identifier


def listed(catalogue: Catalogue, size: int) -> list[list[Identifier]]:
    return [[identifier for identifier, _ in part(catalogue, number, size)] for number in parts(catalogue, size)]


def test_an_empty_catalogue_has_nothing(catalogue: Catalogue) -> None:
    assert coverage(catalogue) == Coverage(0, 0, 0, 0, 0, 0, 0, None)
    assert parts(catalogue) == []
    assert part(catalogue, 0) == []
    assert part_received(catalogue, 0) is None


def test_papers_are_counted_with_and_without_a_date(catalogue: Catalogue) -> None:
    for number in (1, 2, 3):
        put(catalogue, number)
    put(catalogue, 3, "anders")
    found = coverage(catalogue)
    assert (found.papers, found.undated, found.files) == (3, 1, 4)
    assert found.received is not None
    assert datetime.now(UTC) - found.received < timedelta(minutes=1)


def test_the_time_of_a_paper_is_that_of_the_file_it_was_read_from(catalogue: Catalogue) -> None:
    old = put(catalogue, 1)
    catalogue.connection.execute("UPDATE files SET received = '2020-01-01T00:00:00Z'")
    new = put(catalogue, 2)
    found = received(catalogue, [old, new, Identifier("kst-1-1")])
    assert set(found) == {old, new}
    assert found[old] == datetime(2020, 1, 1, tzinfo=UTC) < found[new]
    put(catalogue, 1, "anders")
    assert received(catalogue, [old])[old] > datetime(2020, 1, 1, tzinfo=UTC)


def test_the_times_of_many_papers_can_be_asked_for(catalogue: Catalogue) -> None:
    identifiers = [put(catalogue, number) for number in range(1, 1203)]
    assert set(received(catalogue, identifiers)) == set(identifiers)


def test_every_paper_is_listed_once_and_no_part_is_too_long(catalogue: Catalogue) -> None:
    identifiers = [put(catalogue, number) for number in range(1, 11)]
    assert listed(catalogue, 4) == [identifiers[:4], identifiers[4:8], identifiers[8:]]


def test_a_changed_paper_moves_to_the_last_part_and_the_others_stay(catalogue: Catalogue) -> None:
    one, two, three, four = (put(catalogue, number) for number in range(1, 5))
    put(catalogue, 1, "anders")
    catalogue.remove(four)
    assert listed(catalogue, 2) == [[two], [three], [one]]
    put(catalogue, 2, "anders")
    assert listed(catalogue, 2) == [[three], [one], [two]]
    assert parts(catalogue, 2) == [1, 2, 3]


def test_a_part_knows_when_its_last_paper_came(catalogue: Catalogue) -> None:
    for number in range(1, 4):
        put(catalogue, number)
        catalogue.connection.execute(
            "UPDATE files SET received = ? WHERE identifier = ?", (f"202{number}-01-01T00:00:00Z", f"kst-91066-{number}")
        )
    assert [time.year for number in parts(catalogue, 2) if (time := part_received(catalogue, number, 2))] == [2022, 2023]
