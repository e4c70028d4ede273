"""Several encoders as one."""

from __future__ import annotations

import numpy as np
import pytest

from search.meaning.encoder import Joined, unit
from tests.search.meaning.encoders import FewWords


def test_the_nearness_of_encoders_together_is_the_weighted_mean_of_theirs() -> None:
    other = FewWords("other")
    joined = Joined(((FewWords(), 3.0), (other, 1.0)))
    other.passages = lambda texts: np.eye(4, dtype=np.float32)[[0] * len(texts)]  # type: ignore[method-assign]
    prison, cheese = joined.passages(["De gevangenis.", "De kaas."])
    assert float(prison @ joined.query("kooi")[0]) == pytest.approx(1.0)
    assert float(cheese @ joined.query("kooi")[0]) == pytest.approx(0.25)
    assert joined.dimension == 8
    assert joined.name == "few-1*3+other*1"


def test_rows_of_zeros_stay() -> None:
    assert unit(np.array([[3.0, 4.0], [0.0, 0.0]], dtype=np.float32)).tolist() == [
        [pytest.approx(0.6), pytest.approx(0.8)],
        [0.0, 0.0],
    ]
