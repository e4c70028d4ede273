"""What a first question opens: what every answer needs, and no more."""

from __future__ import annotations

from pathlib import Path

import pytest

from search.plan import Weights
from search.related import alike
from search.service import SearchService
from tests.search.engines_under_test import WhooshUnderTest, write
from tests.search.papers import paper


def _untouched() -> None:
    raise AssertionError("the table of words was read")


def test_an_ordinary_query_reads_no_table_of_other_words(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    engine = WhooshUnderTest(tmp_path, Weights())
    write(engine, paper("1-1", "De molen en de dijk."), *(paper(f"9-{i}", "Iets over vissen.") for i in range(9)))
    monkeypatch.setattr(alike, "_shipped", _untouched)
    service = SearchService(engine.searcher)

    assert service.answer("molen dijk").total == 1
    with pytest.raises(AssertionError):
        service.answer("molen goksites verslaafden")
    with pytest.raises(AssertionError):
        service.prepare()
