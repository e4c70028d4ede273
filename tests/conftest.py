"""Fixtures for all tests."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder with real official papers, which are no part of the project."""
    folder = os.environ.get("KAMERSTUKKEN_REAL")
    if not folder:
        pytest.skip("KAMERSTUKKEN_REAL is not set: no folder with real official papers")
    return Path(folder)
