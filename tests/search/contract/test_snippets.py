"""The passages that an engine tells are those that snippets are cut from: no snippet depends on who looks for them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.paper.model import Kamerstuk
from search.document import Place, SearchDocument
from search.plan import Weights
from search.ports import SearchRequest
from search.snippets import MAX_SNIPPETS, Highlighter, snippets_of
from tests.search.engines_under_test import ENGINES, write
from tests.search.strategies import papers, requests

_TEXT = (Place.BODY, Place.ANNEX, Place.FOOTNOTE)


@pytest.mark.parametrize("name", ENGINES)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(some=st.lists(papers(), min_size=1, max_size=4), request=requests, turn=st.integers(0, 3))
def test_snippets_from_the_passages_told_are_those_from_all(
    name: str, some: list[Kamerstuk], request: SearchRequest, turn: int
) -> None:
    if name == "opensearch" and turn:
        return  # a cluster takes a second or more to make each collection
    with TemporaryDirectory() as folder:
        engine = ENGINES[name](Path(folder) / "index", Weights())
        write(engine, *some)
        result = engine.searcher.search(replace(request, passages=True))
    highlighter = Highlighter(result.plan)
    for hit in result.hits:
        expected = snippets_of(hit.document, highlighter)
        assert snippets_of(hit.document, highlighter, hit.passages) == expected
        if best := _best(hit.document, highlighter):
            assert [(one.heading, one.anchor) for one in expected] == best


def _best(document: SearchDocument, highlighter: Highlighter) -> list[tuple[str, str]]:
    """The headings and anchors of the passages of the text with the most concepts, when there are any, of all passages."""
    for every in (False, True):
        marked = [(i, highlighter.marks(one.text, one.place, every=every)) for i, one in enumerate(document.passages)]
        if any(marks for _, (marks, _) in marked):
            shown = [(-count, i) for i, (marks, count) in marked if marks and document.passages[i].place in _TEXT]
            chosen = sorted(i for _, i in sorted(shown)[:MAX_SNIPPETS])
            return [(document.passages[i].heading, document.passages[i].anchor) for i in chosen]
    return []
