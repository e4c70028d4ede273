"""What the catalogue tells of itself."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.overview import Coverage, coverage, part, part_received, parts, received
from indexer.catalogue.seals import PART
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


def listed(catalogue: Catalogue) -> list[list[Identifier]]:
    return [[identifier for identifier, _ in part(catalogue, number)] for number in parts(catalogue)]


def go_on_in_next_part(catalogue: Catalogue) -> None:
    catalogue.go_on_after(-(-catalogue.history.last_change() // PART) * PART)


def test_an_empty_catalogue_has_nothing(catalogue: Catalogue) -> None:
    assert coverage(catalogue) == Coverage(0, 0, (), 0, 0, 0, 0, None)
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
    with catalogue.transaction():  # one wait for the disk
        identifiers = [put(catalogue, number) for number in range(1, 1203)]
    assert set(received(catalogue, identifiers)) == set(identifiers)


def test_every_paper_is_listed_once_and_no_part_is_too_long(catalogue: Catalogue) -> None:
    first = [put(catalogue, number) for number in range(1, 4)]
    catalogue.go_on_after(PART - 2)
    last_two = [put(catalogue, number) for number in range(4, 6)]
    second = [put(catalogue, number) for number in range(6, 8)]
    assert listed(catalogue) == [[*first, *last_two], second]
    assert [name for _, name in catalogue.changed_since(PART - 1)] == [str(one) for one in (last_two[1], *second)]


def test_a_changed_paper_moves_to_the_last_part_and_the_others_stay(catalogue: Catalogue) -> None:
    one, two = (put(catalogue, number) for number in range(1, 3))
    go_on_in_next_part(catalogue)
    three, four = (put(catalogue, number) for number in range(3, 5))
    go_on_in_next_part(catalogue)
    put(catalogue, 1, "anders")
    catalogue.remove(four)
    assert listed(catalogue) == [[two], [three], [one]]
    put(catalogue, 2, "anders")
    assert listed(catalogue) == [[three], [one, two]]
    assert parts(catalogue) == [1, 2]


def test_a_part_knows_when_its_last_paper_came(catalogue: Catalogue) -> None:
    for number in range(1, 4):
        put(catalogue, number)
        catalogue.connection.execute(
            "UPDATE files SET received = ? WHERE identifier = ?", (f"202{number}-01-01T00:00:00Z", f"kst-91066-{number}")
        )
        if number == 2:
            go_on_in_next_part(catalogue)
    assert [time.year for number in parts(catalogue) if (time := part_received(catalogue, number))] == [2022, 2023]
