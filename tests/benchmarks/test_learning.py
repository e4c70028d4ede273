"""Learning vectors of words."""

from __future__ import annotations

from pathlib import Path

import numpy as np
from click.testing import CliRunner

from benchmarks.learning import company, directions, main

FRUIT = np.array([0, 1], dtype=np.int64)
TOOLS = np.array([2, 3], dtype=np.int64)


def test_only_words_that_stand_together_more_than_by_chance_keep_company() -> None:
    table = company([FRUIT, TOOLS] * 3, 4)
    rows = [set(table.others[table.starts[i] : table.starts[i + 1]].tolist()) for i in range(4)]
    assert rows == [{0, 1}, {0, 1}, {2, 3}, {2, 3}]


def test_words_that_keep_the_same_company_point_the_same_way() -> None:
    vectors = directions(company([FRUIT, TOOLS] * 3, 4), 2)
    nearness = vectors @ vectors.T
    assert nearness[0, 1] > nearness[0, 2] + 0.1
    assert np.array_equal(vectors, directions(company([FRUIT, TOOLS] * 3, 4), 2))


def test_the_table_holds_the_words_that_were_seen_often_enough(tmp_path: Path) -> None:
    subjects = ("appel peer", "hamer zaag", "trein spoor", "dijk polder", "school leraar", "dokter zorg")
    lines = [f"{subject} {''.join(chr(97 + int(digit)) for digit in str(i))}xq" for i in range(100, 110) for subject in subjects]
    (tmp_path / "lines.txt").write_text("\n".join([*lines, lines[0], "eenling"]), "utf-8")
    others = "\n".join(f"vulling{chr(97 + i % 26)}{chr(97 + i // 26)}" for i in range(300))
    (tmp_path / "others.txt").write_text(others, "utf-8")

    files = [str(tmp_path / "lines.txt"), str(tmp_path / "others.txt")]
    told = CliRunner().invoke(main, [*files, "--out", str(tmp_path / "words.npz"), "--dimension", "4"])

    assert told.exit_code == 0, told.output
    with np.load(tmp_path / "words.npz") as table:
        words = set(bytes(table["forms"]).decode().split())
        assert {"appel", "peer", "hamer", "zaag"} <= words
        assert "eenling" not in words
        assert table["vectors"].shape == (len(words), 4)
        assert int(table["texts"]) == 361
