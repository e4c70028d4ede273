"""Files of columns give back what was put in, and notice every change."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from indexer.errors import IndexDamaged
from search.engines.whoosh.storage.columnfile import ColumnFile, ColumnWriter

_kinds = st.sampled_from([np.dtype(kind) for kind in ("u1", "u2", "<u4", "<u8", "<i8", "S5")])
_columns = st.dictionaries(
    st.sampled_from(("a", "b.at", "c", "é")), _kinds.flatmap(lambda kind: arrays(kind, st.integers(0, 40))), max_size=4
)


def _write(file: Path, columns: dict[str, np.ndarray]) -> ColumnFile:
    writer = ColumnWriter(file)
    for name, values in columns.items():
        writer.append(name, values)
    writer.close()
    return ColumnFile(file)


@given(columns=_columns, cut=st.integers(0, 40))
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, columns: dict[str, np.ndarray], cut: int) -> None:
    file = _write(tmp_path_factory.mktemp("columns") / "one", columns)

    for name, values in columns.items():
        assert name in file
        assert (file.count(name), file.kind(name)) == (len(values), values.dtype)
        assert file.read(name).tolist() == values.tolist()
        at = min(cut, len(values))
        assert file.read(name, at).tolist() + file.read(name, 0, at).tolist() == [*values[at:].tolist(), *values[:at].tolist()]
        if values.dtype.kind == "u":
            cells = file.cells(name)
            assert [cells[i] for i in range(len(cells))] == values.tolist()
    assert "none" not in file


def test_columns_that_do_not_fit_in_memory_go_through_the_disk(tmp_path: Path) -> None:
    writer = ColumnWriter(tmp_path / "large")
    for start in range(0, 3_000_000, 500_000):
        writer.append("numbers", np.arange(start, start + 500_000))
        writer.append("halves", np.arange(start, start + 500_000, 2, dtype=np.uint32))
    assert [path.name for path in tmp_path.iterdir()] == []
    writer.close()
    file = ColumnFile(tmp_path / "large")

    assert [path.name for path in tmp_path.iterdir()] == ["large"]
    assert (file.read("numbers") == np.arange(3_000_000)).all()
    assert (file.read("halves") == np.arange(0, 3_000_000, 2)).all()
    file.check()


def test_a_view_is_no_copy_and_cannot_be_written(tmp_path: Path) -> None:
    view = _write(tmp_path / "one", {"a": np.arange(1000)}).read("a", 10, 20)

    assert not view.flags.owndata
    assert not view.flags.writeable
    assert view.tolist() == list(range(10, 20))


def test_every_changed_byte_is_noticed(tmp_path: Path) -> None:
    file = tmp_path / "one"
    columns = {"a": np.arange(20, dtype=np.uint32), "b": np.array([b"kst-1"]), "c": np.arange(20_000)}
    _write(file, columns)
    content = file.read_bytes()

    for at in {*range(260), *range(0, len(content), 997), *range(len(content) - 200, len(content))}:
        if 40 <= at < 64:
            continue  # between the head and the columns nothing is read
        file.write_bytes(content[:at] + bytes([content[at] ^ 0x10]) + content[at + 1 :])
        with pytest.raises(IndexDamaged, match="kamerstukken reindex"):
            ColumnFile(file).check()


@pytest.mark.parametrize("length", [0, 1, 39, 64, 100, -1])
def test_a_file_that_was_cut_off_is_noticed(tmp_path: Path, length: int) -> None:
    file = tmp_path / "one"
    _write(file, {"a": np.arange(1000)})
    file.write_bytes(file.read_bytes()[:length])

    with pytest.raises(IndexDamaged, match="kamerstukken reindex"):
        ColumnFile(file)


def test_damage_is_found_when_it_is_read_and_not_before(tmp_path: Path) -> None:
    file = tmp_path / "one"
    _write(file, {"a": np.arange(100_000)})
    content = bytearray(file.read_bytes())
    content[500_000] ^= 1
    file.write_bytes(content)
    opened = ColumnFile(file)

    assert opened.read("a", 0, 10).tolist() == list(range(10))
    for _ in range(2):
        with pytest.raises(IndexDamaged, match="checksum"):
            opened.read("a", 62_000, 63_000)
    with pytest.raises(IndexDamaged, match="checksum"):
        _ = opened.cells("a")[62_500]


def test_what_a_column_does_not_have_is_damage_elsewhere(tmp_path: Path) -> None:
    file = _write(tmp_path / "one", {"a": np.arange(10)})

    with pytest.raises(IndexDamaged, match="does not have values 5 to 11"):
        file.read("a", 5, 11)


@pytest.mark.skipif(not Path("/proc/self/smaps").exists(), reason="only Linux tells what a file takes of memory")
def test_a_file_that_is_let_go_takes_no_memory_and_is_read_as_before(tmp_path: Path) -> None:
    file = _write(tmp_path / "one", {"a": np.arange(1 << 20)})
    read = file.read("a")
    before = int(read.sum())
    assert _in_memory(file.file) > 7 << 10

    file.let_go()

    assert _in_memory(file.file) == 0
    assert int(read.sum()) == before


def _in_memory(file: Path) -> int:
    """Kilobytes of a file that are in the memory of this process."""
    lines = iter(Path("/proc/self/smaps").read_text(encoding="utf-8").splitlines())
    kilobytes = 0
    for line in lines:
        if line.endswith(str(file)):
            kilobytes += next(int(found.split()[1]) for found in lines if found.startswith("Rss:"))
    return kilobytes
