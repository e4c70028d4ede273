"""Several encoders as one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import pytest

from search.learnt.vectors import Vectors, unit
from search.meaning.encoder import Joined
from tests.search.meaning.encoders import FewWords


@dataclass
class _Same(FewWords):
    """For which every text means the same."""

    def passages(self, texts: Sequence[str]) -> Vectors:
        return np.tile(np.array([1, 0, 0, 0], dtype=np.float32), (len(texts), 1))


def test_a_paper_has_the_vectors_of_all_encoders_and_a_query_what_each_makes_of_it() -> None:
    joined = Joined(((FewWords(), 2.0), (_Same("same"), 1.0)), (FewWords("gist"), 1.0))
    prison, cheese = joined.papers([["De gevangenis."], ["De kaas.", "Ook een cel."]])
    readings = joined.query("kooi")
    query = np.concatenate([one.vector * one.weight for one in readings])
    assert (prison @ query).tolist() == [pytest.approx(4.0)]
    assert (cheese @ query).tolist() == [pytest.approx(1.0), pytest.approx(3.0)]  # the gist is about cheese
    assert joined.name == "few-1+same+gist"


def test_rows_of_zeros_stay() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).tolist() == [
        [pytest.approx(0.6), pytest.approx(0.8)],
        [0.0, 0.0],
    ]
