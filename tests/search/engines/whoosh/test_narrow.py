"""Small numbers and lengths are read as they were written, one by one and many at once, whatever is among them."""

from __future__ import annotations

from itertools import accumulate, chain
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.engines.whoosh.storage.columnfile import ColumnFile, ColumnWriter
from search.engines.whoosh.storage.narrow import Narrow, Runs, RunsWriter

_numbers = st.lists(st.one_of(st.integers(0, 3), st.integers(250, 260), st.integers(0, 1 << 33)), max_size=40)


@given(parts=st.lists(_numbers, max_size=4), data=st.data())
def test_lengths_and_where_they_begin(
    tmp_path_factory: pytest.TempPathFactory, parts: list[list[int]], data: st.DataObject
) -> None:
    file = tmp_path_factory.mktemp("narrow") / "one"
    writer = ColumnWriter(file)
    lengths = RunsWriter(writer, "a")
    for part in parts:
        lengths.append(np.array(part, np.int64))
    writer.close()
    runs = Runs(ColumnFile(file), "a")
    numbers = list(chain.from_iterable(parts))
    begins = [sum(numbers[:i]) for i in range(len(numbers) + 1)]

    assert len(runs) == len(numbers)
    assert [runs[i] for i in range(len(runs))] == numbers
    assert [runs.begin(i) for i in range(len(runs) + 1)] == begins
    start = data.draw(st.integers(0, len(numbers)))
    stop = data.draw(st.integers(start, len(numbers)))
    assert runs.read(start, stop).tolist() == numbers[start:stop]
    some = data.draw(st.lists(st.integers(0, len(numbers) - 1), max_size=60)) if numbers else []
    assert runs.read_at(np.array(some, np.int64)).tolist() == [numbers[i] for i in some]
    assert runs.begins_at(np.array(some, np.int64)).tolist() == [begins[i] for i in some]


@pytest.mark.parametrize("apart", [1, 3, 40])
def test_runs_far_apart_begin_where_those_close_together_do(tmp_path: Path, apart: int) -> None:
    numbers = np.arange(600)
    writer = ColumnWriter(tmp_path / "one")
    RunsWriter(writer, "a").append(numbers)
    writer.close()
    begins = np.cumsum(numbers) - numbers

    assert Runs(ColumnFile(tmp_path / "one"), "a").begins_at(numbers[::-apart]).tolist() == begins[::-apart].tolist()


@given(parts=st.lists(_numbers, max_size=4), data=st.data())
def test_narrow_numbers(tmp_path_factory: pytest.TempPathFactory, parts: list[list[int]], data: st.DataObject) -> None:
    file = tmp_path_factory.mktemp("narrow") / "one"
    writer = ColumnWriter(file)
    numbers: list[int] = []
    for part in ([], *parts):
        Narrow.write(writer, "a", np.uint16, np.array(part, np.int64), len(numbers))
        numbers += part
    writer.close()
    narrow = Narrow(ColumnFile(file), "a")

    start = data.draw(st.integers(0, len(numbers)))
    stop = data.draw(st.integers(start, len(numbers)))
    assert narrow.read(start, stop).tolist() == numbers[start:stop]
    assert narrow.as_is(start, stop).tolist() == numbers[start:stop]
    assert narrow.totals(start, stop).tolist() == list(accumulate(numbers[start:stop]))
    some = data.draw(st.lists(st.integers(0, len(numbers) - 1), max_size=60)) if numbers else []
    assert narrow.read_at(np.array(some, np.int64)).tolist() == [numbers[i] for i in some]
