"""The engine that a test of the contract runs on: each of them in turn."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.ranking import Weights
from tests.search.engines_under_test import ENGINES, EngineUnderTest


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> EngineUnderTest:
    """An empty engine."""
    return ENGINES[request.param](tmp_path / "index", Weights())
