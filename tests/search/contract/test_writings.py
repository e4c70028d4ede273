"""Every way to write a word finds every other, and signs and capitals that tell another word keep it apart."""

from __future__ import annotations

import pytest

from search.query.tree import And, Node, Phrase, Word
from tests.search.engines_under_test import EngineUnderTest, ask, full, names, write
from tests.search.papers import paper

PAPERS = {
    "system": paper("1-1", "Het Cool:Gen-systeem telt F-35-onderdelen."),
    "jets": paper("1-2", "De F-35's en de Q&A's over mbo'ers en pgb's."),
    "plain": paper("1-3", "Over PGBs schreven de mboers, met een Q&A om te lezen."),
    "language": paper("1-4", "Geschreven in C++ op .NET met 50% winst."),
    "letters": paper("1-5", "In C is het net 50 procent, dat is § 4 waard."),
    "numbers": paper("1-6", "Paragraaf 4.2.3 kost € 200 000 in 2023-2024."),
    "session": paper("1-7", "Dat was 2023/24, met 2.3 en 200 euro."),
    "prosecutor": paper("1-8", "Het OM stelde vragen over het tweede lid van art. 3 voor 5 mln."),
    "article": paper("1-9", "Van artikel 3, lid 2, gaat 5 miljoen af."),
}


@pytest.mark.parametrize(
    ("query", "found"),
    [
        (Word("coolgen"), "system"),
        (Phrase(("Cool:Gen",)), "system"),
        (Word("F35"), "system jets"),
        (Word("F-35"), "system jets"),
        (Word("F-35's"), "system jets"),
        (Word("Q&A"), "jets plain"),
        (Word("Q&A's"), "jets plain"),
        (Word("mbo'ers"), "jets plain"),
        (Word("mboers"), "jets plain"),
        (Word("mbo-ers"), "jets plain"),
        (Word("mbo"), "jets"),
        (Word("pgb's"), "jets plain"),
        (Word("PGBs"), "jets plain"),
        (Word("pgb"), "jets plain"),
        (Word("C++"), "language"),
        (Word("C"), "letters"),
        (Word(".NET"), "language"),
        (Phrase((".NET",)), "language"),
        (Word("50%"), "language letters"),
        (Phrase(("50%",)), "language"),
        (And((Word("50"), Word("procent"))), "language letters"),
        (And((Word("§"), Word("4"))), "letters"),
        (Phrase(("§", "4")), "letters"),
        (Word("2.3"), "session"),
        (Word("4.2.3"), "numbers"),
        (Word("200"), "session"),
        (Word("200000"), "numbers"),
        (And((Word("€"), Word("200"))), "session"),
        (Word("2023-2024"), "numbers session"),
        (Word("2023/24"), "numbers session"),
        (Phrase(("2023–2024",)), "numbers session"),
        (Word("OM"), "prosecutor"),
        (Phrase(("het", "OM")), "prosecutor"),
        (Word("om"), "plain prosecutor"),
        (Phrase(("om",)), "plain prosecutor"),
        (And((Word("artikel"), Word("3"))), "prosecutor article"),
        (And((Word("5"), Word("miljoen"))), "prosecutor article"),
        (And((Word("2e"), Word("lid"))), "prosecutor article"),
        (And((Word("lid"), Word("2"))), "prosecutor article"),
    ],
    ids=str,
)
def test_found(engine: EngineUnderTest, query: Node, found: str) -> None:
    write(engine, *PAPERS.values())

    called = {str(kamerstuk.identifier).removeprefix("kst-"): name for name, kamerstuk in PAPERS.items()}
    assert {called[one] for one in full(engine, query)} == set(found.split())


def test_what_is_written_so_comes_first(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS.values())

    assert names(ask(engine, Word("50%")))[0] == "1-4"


def test_capitals_tell_nothing_in_a_query_that_is_all_in_capitals(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS.values())

    assert "1-3" in names(ask(engine, And((Word("PGBS"), Word("OM"), Word("LEZEN")))))
