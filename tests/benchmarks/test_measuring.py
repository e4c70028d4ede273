"""What several benchmarks share."""

from __future__ import annotations

from benchmarks.measuring import table


def test_tables_line_up() -> None:
    assert table(("x", "long"), {"a": ("1", "2"), "bb": ("333", "4")}, "set").splitlines() == [
        "| set | x   | long |",
        "|-----|-----|------|",
        "| a   | 1   | 2    |",
        "| bb  | 333 | 4    |",
    ]
