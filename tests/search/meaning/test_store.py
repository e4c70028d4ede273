"""Vectors as they are kept."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from indexer.catalogue.history import Moment
from indexer.errors import ArchiveError
from search.meaning.encoder import Reading
from search.meaning.store import Embedded, Rows, VectorStore, nearest


def _paper(identifier: str, *rows: list[float], mark: str = "a") -> Embedded:
    return Embedded(identifier, mark, np.array(rows, dtype=np.float32))


def test_a_number_in_one_byte_is_near_enough() -> None:
    vectors = np.random.default_rng(2).standard_normal((5_000, 40)).astype(np.float32)
    vectors[7] = 0
    query = vectors[3] / np.linalg.norm(vectors[3])
    assert np.abs(Rows.of(vectors).nearness(query) - vectors @ query).max() < 0.1


def test_later_parts_take_the_place_of_earlier_ones(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, "few-1")
    assert store.generation == ""
    store.add([_paper("kst-1-1", [1, 0]), _paper("kst-1-2", [0, 1])], [], Moment("this", 2))
    before = store.kept()
    store.add([_paper("kst-1-2", [1, 1], [0, 1], mark="b")], ["kst-1-1"], Moment("this", 5))
    kept = store.kept()
    assert dict(kept.places) == {"kst-1-2": (1, 0)}
    assert (kept.moment.change, kept.fingerprint("kst-1-2"), kept.fingerprint("kst-1-1")) == (5, "b", "")
    assert [living.tolist() for living in kept.living] == [[False, False], [True]]
    assert kept.parts[0] is before.parts[0]
    assert store.generation == "00002"
    assert VectorStore(tmp_path, "few-1").kept().places == kept.places


def test_what_was_left_half_written_is_no_part(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, "few-1")
    (store.folder / ".new").mkdir(parents=True)
    (store.folder / ".new" / "texts.npy").write_bytes(b"half")
    assert store.kept().parts == ()
    store.add([_paper("kst-1-1", [1, 0])], [], Moment("this", 1))
    assert list(store.kept().places) == ["kst-1-1"]


def test_a_damaged_part_is_told_with_what_to_do(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, "few-1")
    store.add([_paper("kst-1-1", [1, 0])], [], Moment("this", 1))
    (store.folder / "00001" / "part.json").write_text("{}")
    with pytest.raises(ArchiveError, match="remove the folder and run: kamerstukken embed"):
        VectorStore(tmp_path, "few-1").kept()


def test_each_encoder_has_its_own_vectors(tmp_path: Path) -> None:
    VectorStore(tmp_path, "few-1").add([_paper("kst-1-1", [1, 0])], [], Moment("this", 1))
    other = VectorStore(tmp_path, "few-2")
    assert other.kept().parts == ()
    other.clear_others()
    assert VectorStore(tmp_path, "few-1").kept().parts == ()


def test_each_encoder_counts_on_its_own_scale(tmp_path: Path) -> None:
    """To the first all papers are about as near, to the second not; what is unusual for either counts the same."""
    store = VectorStore(tmp_path, "two")
    rows = [[0.80, 0.1], [0.84, 0.1], [0.80, 0.7], [0.81, 0.2], [0.80, 0.2]]
    store.add([_paper(f"kst-1-{number}", row) for number, row in enumerate(rows)], [], Moment("this", 1))
    one = np.ones(1, dtype=np.float32)

    def first(*weights: float) -> str:
        return nearest(store.kept(), [Reading(one, weight) for weight in weights])[0].identifier

    assert first(1.0, 0.5) == first(1.0, 0.0) == "kst-1-1"
    assert first(0.5, 1.0) == first(0.0, 1.0) == "kst-1-2"


def test_a_query_of_which_nothing_is_known_is_near_to_nothing(tmp_path: Path) -> None:
    store = VectorStore(tmp_path, "few-1")
    assert nearest(store.kept(), [Reading(np.ones(2, dtype=np.float32))]) == []
    store.add([_paper("kst-1-1", [1, 0])], [], Moment("this", 1))
    assert nearest(store.kept(), [Reading(np.zeros(2, dtype=np.float32))]) == []
    assert [near.identifier for near in nearest(store.kept(), [Reading(np.ones(2, dtype=np.float32))])] == ["kst-1-1"]
