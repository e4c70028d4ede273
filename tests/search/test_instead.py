"""What may be asked in place of a query."""

from __future__ import annotations

import pytest

from search.instead import loose, quotations_apart
from search.query.parser import parse


@pytest.mark.parametrize("query", ["een twee drie vier vijf", '"een twee"', '"een twee" OF drie', '"een twee" drie'])
def test_short_queries_keep_their_phrases(query: str) -> None:
    assert loose(parse(query).node) == parse(query).node
    assert list(quotations_apart(parse(query))) == []


def test_the_phrases_of_a_sentence_can_fall_apart() -> None:
    sentence = "de motie over het uitfaseren van de verouderde systemen door het kabinet"
    apart = f"{sentence} zo snel mogelijk -huur"

    assert loose(parse(f'{sentence} "zo snel mogelijk" -huur').node) == parse(apart).node
    (instead,) = quotations_apart(parse(f'{sentence} "zo snel mogelijk" -huur'))
    assert (parse(instead.query).node, instead.unasked) == (parse(apart).node, True)
