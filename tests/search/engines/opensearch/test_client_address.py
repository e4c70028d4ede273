"""Addresses of clusters, and what must not be in them."""

from __future__ import annotations

import pytest

from indexer.errors import ArchiveError
from search.engines.opensearch.client import Access, Address, parse_address


@pytest.mark.parametrize(
    ("text", "nodes", "index"),
    [
        ("https://host:9200/kst", ("https://host:9200",), "kst"),
        ("http://127.0.0.1:1/kst_2/", ("http://127.0.0.1:1",), "kst_2"),
        ("https://one/kst", ("https://one:9200",), "kst"),
        ("https://one:1, http://two:2/kst", ("https://one:1", "http://two:2"), "kst"),
        ("https://[::1]:9200/kst", ("https://[::1]:9200",), "kst"),
        ("https://host/behind/kst", ("https://host:9200/behind",), "kst"),
    ],
)
def test_an_address_names_nodes_and_an_index(text: str, nodes: tuple[str, ...], index: str) -> None:
    assert parse_address(text) == Address(nodes, index)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("https://host:9200", "no index"),
        ("https://host:9200/", "no index"),
        ("https://host:9200/Kst", "no index"),
        ("https://host:9200/kst*", "no index"),
        ("ftp://host/kst", "not the address of a node"),
        ("host:9200/kst", "not the address of a node"),
        ("https://host:99999/kst", "not the address of a node"),
        ("https://host:9200?a=b/kst", "not the address of a node"),
        ("https:///kst", "no index|not the address of a node"),
    ],
)
def test_what_is_no_address_is_told(text: str, said: str) -> None:
    with pytest.raises(ArchiveError, match=said):
        parse_address(text)


def test_a_password_in_the_address_is_refused_and_not_shown() -> None:
    for text in ("https://me:geheim@host:9200/kst", "https://me:geheim@host:9200/Kst", "https://me:geheim@host:x/kst"):
        with pytest.raises(ArchiveError) as told:
            parse_address(text)
        assert "geheim" not in str(told.value)


def test_a_password_is_not_shown() -> None:
    assert "geheim" not in repr(Access("me", "geheim"))
    assert str(parse_address("https://one,https://two/kst")) == "https://one:9200,https://two:9200/kst"
