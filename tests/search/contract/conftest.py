"""The engine that a test of the contract runs on: each of them in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.document import Place
from search.plan import Weights
from tests.search.engines_under_test import ENGINES, EngineUnderTest

WEIGHTS = Weights(
    exact=0.3,
    stem=1.0,
    compound=0.35,
    synonym=0.25,
    k1=0.8,
    b=0.6,
    places=dict.fromkeys(Place, 1.0) | {Place.TITLE: 2.0, Place.DICTUM: 2.0, Place.FOOTNOTE: 0.6},
    near=0.3,
    near_window=4,
    enough=10,
    few=10,
    coverage=0.2,
    coordination=1.0,
)
"""Numbers of these tests, so that tuning the ranking changes nothing here."""


@pytest.fixture(autouse=True)
def _cluster(request: pytest.FixtureRequest) -> None:
    """A cluster, for those tests only that run on one."""
    callspec = getattr(request.node, "callspec", None)
    if callspec is not None and "opensearch" in callspec.params.values():
        request.getfixturevalue("opensearch_nodes")


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> EngineUnderTest:
    """An empty engine."""
    return ENGINES[request.param](tmp_path / "index", WEIGHTS)
