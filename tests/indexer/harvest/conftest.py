"""What several tests of the harvest begin with."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.indexer.harvest.bench import Bench, bench
from tests.official_source.papers import small


@pytest.fixture
def twelve(tmp_path: Path) -> Iterator[Bench]:
    """A source with twelve papers."""
    with bench(tmp_path, [small(number) for number in range(1, 13)]) as made:
        yield made
