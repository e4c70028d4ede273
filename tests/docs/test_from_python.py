"""The examples of ``docs/from-python.md`` run, in their order, and give what the page says."""

from __future__ import annotations

import doctest
import shutil
from pathlib import Path

import pytest

from tests.web.archive import sample_data

PAGE = Path(__file__).parents[2] / "docs" / "from-python.md"


def test_the_examples_give_what_the_page_says(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(sample_data().data, tmp_path / "data", symlinks=True)
    monkeypatch.chdir(tmp_path)
    text = PAGE.read_text(encoding="utf-8").replace("```", "")
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    told: list[str] = []
    failed, tried = doctest.DocTestRunner(verbose=False).run(examples, out=told.append)
    assert not failed, "".join(told)
    assert tried > 20
