"""Which papers are versions of one another."""

from __future__ import annotations

from search.document import Version, families


def test_a_chain_is_one_family_newest_first() -> None:
    papers = [
        Version("kst-1-76", 5, ()),
        Version("kst-1-79", 6, ("kst-1-76",)),
        Version("kst-1-80", 6, ("kst-1-79",)),
        Version("kst-1-81", 7, ("kst-1-81", "kst-1-nergens")),
    ]
    found = families(papers)
    assert found == dict.fromkeys(("kst-1-76", "kst-1-79", "kst-1-80"), ("kst-1-80", "kst-1-79", "kst-1-76"))
