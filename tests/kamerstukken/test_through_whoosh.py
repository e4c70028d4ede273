"""Whoosh carries the index: nothing works without it, and every search and every paper written passes through its classes."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

import pytest

from tests.web.archive import SAMPLE, sample_app, sample_data

_COMMAND = "from kamerstukken.cli import main; main()"
_BLOCK = """
import sys
class No:
    def find_spec(self, name, path=None, target=None):
        if name.split('.')[0] == 'whoosh':
            raise ImportError('whoosh is blocked')
sys.meta_path.insert(0, No())
"""


@contextmanager
def _traced() -> Iterator[set[str]]:
    """The classes of Whoosh whose methods, or those of whose subclasses, are called."""
    seen: set[str] = set()

    def watch(frame: FrameType, event: str, argument: object) -> None:
        if event == "call" and (me := frame.f_locals.get("self")) is not None:
            seen.update(
                f"{one.__module__}.{one.__qualname__}" for one in type(me).__mro__ if one.__module__.startswith("whoosh.")
            )

    sys.setprofile(watch)
    try:
        yield seen
    finally:
        sys.setprofile(None)


SEARCHING = {"whoosh.searching.Searcher", "whoosh.collectors.Collector", "whoosh.query.qcore.Query", "whoosh.reading.IndexReader"}


def test_a_page_of_results_is_collected_by_whooshs_searcher() -> None:
    client = sample_app().test_client()
    with _traced() as seen:
        answer = client.get("/zoeken?q=Cool:Gen+uitfaseren")
    assert answer.status_code == 200
    assert b"kst-91066-" in answer.data
    assert seen >= SEARCHING


def test_the_api_is_answered_by_whooshs_searcher() -> None:
    client = sample_app().test_client()
    with _traced() as seen:
        assert client.get("/api/v1/search?q=Cool:Gen").status_code == 200
    assert seen >= SEARCHING


def _command(*arguments: str, blocked: Path | None = None) -> subprocess.CompletedProcess[str]:
    environment = os.environ | ({"PYTHONPATH": str(blocked)} if blocked else {})
    command = [sys.executable, "-c", _COMMAND, *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False, env=environment, timeout=120)


@pytest.mark.parametrize(
    "arguments",
    [
        lambda new: ["search", "Cool:Gen", "--data", str(sample_data().data)],
        lambda new: ["index", str(SAMPLE / "kst-91066-1.html"), "--data", new, "--processes", "1"],
    ],
    ids=["search", "index"],
)
def test_without_whoosh_nothing_is_written_or_found(tmp_path: Path, arguments: Callable[[str], list[str]]) -> None:
    (tmp_path / "sitecustomize.py").write_text(_BLOCK, encoding="utf-8")
    given = arguments(str(tmp_path / "data"))
    assert _command(*given).returncode == 0
    done = _command(*given, blocked=tmp_path)
    assert done.returncode != 0
    assert "whoosh is blocked" in done.stderr
