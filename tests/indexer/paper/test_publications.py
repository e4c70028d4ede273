"""Citations of Handelingen, their Aanhangsel and the gazettes."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.citations import find_publications
from indexer.paper.identifier import Identifier

CITED: list[tuple[str, list[tuple[str, str]]]] = [
    ("Handelingen II 2017/18, nr. 70, item 6.", [("Handelingen II 2017/18, nr. 70, item 6", "h-tk-20172018-70-6")]),
    ("Handelingen I 1999/2000, 2, item 7", [("Handelingen I 1999/2000, 2, item 7", "h-ek-19992000-2-7")]),
    ("Handelingen TK 2017-2018, nr. 70, item 6", [("Handelingen TK 2017-2018, nr. 70, item 6", "h-tk-20172018-70-6")]),
    ("HTK 2017/18, nr. 70, item 6", [("HTK 2017/18, nr. 70, item 6", "h-tk-20172018-70-6")]),
    (
        "Handelingen Tweede Kamer, vergaderjaar 2017–2018, nr. 70, item 6",
        [("Handelingen Tweede Kamer, vergaderjaar 2017–2018, nr. 70, item 6", "h-tk-20172018-70-6")],
    ),
    ("Aanhangsel Handelingen II 2020/21, nr. 3235", [("Aanhangsel Handelingen II 2020/21, nr. 3235", "ah-tk-20202021-3235")]),
    (
        "Aanhangsel van de Handelingen, vergaderjaar 2018–2019, nr. 12)",
        [("Aanhangsel van de Handelingen, vergaderjaar 2018–2019, nr. 12", "ah-tk-20182019-12")],
    ),
    ("Handelingen I 2018/19, Aanhangsel, nr. 12", [("Handelingen I 2018/19, Aanhangsel, nr. 12", "ah-ek-20182019-12")]),
    (
        "Aanhangsel Handelingen II 2014/15, nrs. 12 en 13.",
        [("Aanhangsel Handelingen II 2014/15, nrs. 12", "ah-tk-20142015-12"), ("13", "ah-tk-20142015-13")],
    ),
    ("(Stb. 2014, 296)", [("Stb. 2014, 296", "stb-2014-296")]),
    ("Stb. 2014, nr. 296", [("Stb. 2014, nr. 296", "stb-2014-296")]),
    ("Staatsblad 2014/296", [("Staatsblad 2014/296", "stb-2014-296")]),
    ("Stb. 1998, 12, 13 en 15.", [("Stb. 1998, 12", "stb-1998-12"), ("13", "stb-1998-13"), ("15", "stb-1998-15")]),
    ("Trb. 2010, 272 en 2012, 14", [("Trb. 2010, 272", "trb-2010-272"), ("2012, 14", "trb-2012-14")]),
    ("Stb. 2014, 296 en 4 andere", [("Stb. 2014, 296", "stb-2014-296")]),
    ("Stcrt. 2019, nr. 12345.", [("Stcrt. 2019, nr. 12345", "stcrt-2019-12345")]),
    ("Stcrt. 2019, 12\u00a0345", [("Stcrt. 2019, 12\u00a0345", "stcrt-2019-12345")]),
    ("de Staatscourant 2019, 12345", [("Staatscourant 2019, 12345", "stcrt-2019-12345")]),
    ("Tractatenblad\u00a02010,\u00a0272", [("Tractatenblad\u00a02010,\u00a0272", "trb-2010-272")]),
    ("https://zoek.officielebekendmakingen.nl/stb-2014-296.html", [("stb-2014-296", "stb-2014-296")]),
    ("ah-tk-20202021-3235 en h-tk-20172018-70-6", [("ah-tk-20202021-3235",) * 2, ("h-tk-20172018-70-6",) * 2]),
]
NOT_CITED = [
    "", "Stb. 296", "Staatsblad waarin deze wet wordt geplaatst", "Handelingen II 2017/18, nr. 70",
    "Handelingen 2017/18, nr. 70, item 6",
    "Handelingen II 2017/19, nr. 70, item 6", "Stb. 2014, 12 000", "Stb. 2014, 0", "Aanhangsel Handelingen II 2020/21",
    "xStb. 2014, 296",
    "31 066, nr. 12", "stb-14-296", "Stcrt. 2019, 15%", "de handelingen van 2017/18",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITED, ids=[text for text, _ in CITED])
def test_citations_with_their_spans(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[c.start : c.end], str(c.identifier)) for c in find_publications(text)] == expected


@pytest.mark.parametrize("text", NOT_CITED)
def test_what_is_no_citation(text: str) -> None:
    assert find_publications(text) == []


@given(st.text(alphabet="0123456789 ,./-()nrStbcTHandelingenIIAhgsvm\u00a0–", max_size=80))
def test_any_text_gives_ordered_spans_within_it_and_identifiers_that_parse(text: str) -> None:
    found = find_publications(text)
    assert found == sorted(found, key=lambda c: (c.start, c.end))
    for citation in found:
        assert 0 <= citation.start < citation.end <= len(text)
        assert Identifier.parse(str(citation.identifier)) == citation.identifier


@pytest.mark.parametrize(
    "run",
    [
        "Stb. ",
        "Stb. 2014, 296, ",
        "Handelingen II ",
        "Aanhangsel ",
        "2017/18, ",
        "HTK 2017/18, nr. 70, ",
        "stb-2014-",
        "\u00a0",
        "1, ",
    ],
)
@pytest.mark.parametrize("start", ["Stb. 2014, 296, ", "Handelingen II 2017/18, "])
def test_long_runs_cost_linear_time(start: str, run: str) -> None:
    text = start + run * (200_000 // len(run))
    began = time.process_time()
    find_publications(text)
    assert time.process_time() - began < 10
