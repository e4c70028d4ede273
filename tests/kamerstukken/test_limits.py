"""Limits are changed by name, and a mistyped one is told."""

from __future__ import annotations

import pytest

from indexer.errors import ArchiveError
from kamerstukken.limits import Limits, changed


def test_limits_are_changed_by_their_names() -> None:
    assert changed(Limits(), {"rate": 0, "pages": 8}, "x") == Limits(rate=0, pages=8)
    assert changed(Limits(), {}, "x") == Limits()


@pytest.mark.parametrize(
    ("told", "message"),
    [
        ({"rates": 1}, "rates is no limit"),
        ({"pages": 0}, "expected a whole number of 1 or more"),
        ({"pages": 1.5}, "expected a whole number"),
        ({"rate": -1}, "expected a number of 0 or more"),
        ({"rate": "fast"}, "expected a number"),
        ({"burst": True}, "expected a whole number"),
        ({"idle_seconds": float("nan")}, "expected a number"),
    ],
)
def test_what_is_no_limit_is_told_with_its_place(told: dict[str, object], message: str) -> None:
    with pytest.raises(ArchiveError, match=r"kamerstukken\.toml: serving") as error:
        changed(Limits(), told, "kamerstukken.toml: serving")

    assert message in str(error.value)
