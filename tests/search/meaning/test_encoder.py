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


def test_the_nearness_of_encoders_together_is_the_weighted_mean_of_theirs() -> None:
    joined = Joined(((FewWords(), 2.0), (_Same("same"), 1.0)), (FewWords("gist"), 1.0))
    prison, cheese = joined.papers([["De gevangenis."], ["De kaas.", "Ook een cel."]])
    query = joined.query("kooi")[0]
    assert (prison @ query).tolist() == [pytest.approx(1.0)]
    assert (cheese @ query).tolist() == [pytest.approx(0.25), pytest.approx(0.75)]  # the gist is about cheese
    assert joined.name == "few-1*2+same*1+gist*1"


def test_rows_of_zeros_stay() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).tolist() == [
        [pytest.approx(0.6), pytest.approx(0.8)],
        [0.0, 0.0],
    ]
