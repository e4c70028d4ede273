"""Files made to do harm: reading them takes steps in proportion to their size, and wrong bytes raise nothing."""

from __future__ import annotations

from contextlib import suppress
from itertools import islice

import pytest

from benchmarks.hostile.growth import hostile, shapes
from benchmarks.hostile.mutations import mutants, outcome_of, small_files
from benchmarks.hostile.pages import Shape
from indexer.errors import PaperError
from indexer.reading.official_file import OfficialFile, read_paper
from indexer.worker.reader import Reader
from tests.counting import calls

EVERY = 23
"""So that each run looks at one shape in so many."""
MENDED = (
    "html: images in a figure", "html: blocks after notes without words", "html: captions in a note", "html: days without words",
    'html: <a href="#n1">1</a> in nested references', "html: <img src=a> in nested figures", "html: many roots and notes",
    "html: table of captions in a cell", "html: many references without words",
)  # fmt: skip
"""Shapes that once took steps as the square of their size."""
PAPERS = [(name, shape) for name, shape in shapes() if not name.startswith("json")]


def steps(file: OfficialFile) -> int:
    """How many calls reading takes."""

    def read() -> None:
        with suppress(PaperError):
            read_paper(file)

    return calls(read)


@pytest.mark.parametrize(
    ("name", "shape"), [*PAPERS[::EVERY], *(one for one in PAPERS if one[0] in MENDED)], ids=lambda one: str(one)[:40]
)
def test_steps_grow_with_the_file_and_no_faster(name: str, shape: Shape) -> None:
    steps(hostile(name, shape, 2_000))  # what is looked up once and remembered
    few, many = (steps(hostile(name, shape, size)) for size in (6_000, 18_000))
    assert many <= 3.6 * few + 500


def test_wrong_bytes_are_read_or_reported() -> None:
    made = list(islice(mutants(small_files(), seed=2031), 300))
    with Reader() as reader:
        reader.ask(made)
        outcomes = [(outcome_of(reader.answer()), file.where) for file in made]
    assert [one for one in outcomes if one[0] not in ("read", "reported", "records")] == []
    assert len({outcome for outcome, _ in outcomes}) > 1


def test_mutants_are_the_same_for_the_same_seed() -> None:
    seeds = small_files()
    first = list(islice(mutants(seeds, 1), 5))
    assert first == list(islice(mutants(seeds, 1), 5))
    assert first[3:] == list(islice(mutants(seeds, 1, 3), 2))
    assert first != list(islice(mutants(seeds, 2), 5))
