"""Text → tokens: the golden table, the ways to write one thing, and what holds for every text."""

from __future__ import annotations

import time
from itertools import groupby, pairwise, product
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.chain import Token, tokenize
from search.analysis.folding import fold

TABLE = Path(__file__).with_name("tokens.txt")


def cases() -> list[tuple[str, str]]:
    lines = [line for line in TABLE.read_text(encoding="utf-8").split("\n") if line and not line.startswith("# ")]
    return list(zip(lines[::2], (line.removeprefix("    ") for line in lines[1::2]), strict=True))


def shown(tokens: list[Token]) -> str:
    """Tokens in the notation of the table."""
    return " | ".join(" ".join(map(one, here)) for _, here in groupby(tokens, key=lambda token: token.position))


def one(token: Token) -> str:
    width = f"/{token.width}" if token.width > 1 else ""
    return token.text + width + (f"={token.stem}" if token.stem != token.text else "")


@pytest.mark.parametrize(("text", "expected"), cases(), ids=[text for text, _ in cases()])
def test_golden(text: str, expected: str) -> None:
    assert shown(tokenize(text)) == expected


def test_the_table_is_read() -> None:
    assert len(cases()) > 100


WRITINGS = [
    ("Cool:Gen", "CoolGen", "cool-gen", "COOL:GEN", "Cool_Gen"),
    ("F-35", "F35", "f‑35"),
    ("D66", "D'66", "D’66", "d66"),
    ("btw-afdracht", "btwafdracht", "BTW-afdracht"),
    ("e-mail", "email", "E-mail"),
    ("31 066", "31\u00a0066", "31\u202f066", "31066", "31.066"),
    ("foto's", "foto’s", "fotos"),
    ("t.v.v.", "tvv"),
    ("M.L.A.", "MLA"),
    ("1.200", "1200"),
    ("'s-Gravenhage", "s-gravenhage", "’s‑Gravenhage"),
    ("Financiën", "financien", "FINANCIËN", "financie\u0308n"),
    ("2023-2024", "2023/24", "2023/2024", "2023–2024", "2023-24"),
    ("pgb's", "PGBs", "pgbs"),
    ("mbo'ers", "mboers", "mbo-ers"),
    ("Q&A's", "Q&A", "QA"),
    ("F-35's", "F35"),
    ("(deel)projecten", "deelprojecten"),
    ("EU-richtlijnen", "eurichtlijn"),
    ("31 066, nr. 1412", "31066-1412", "kst-31066-1412", "Kamerstukken II 2022/23, 31 066, nr. 1412"),
]


@pytest.mark.parametrize(("one_way", "other_way"), [pair for ways in WRITINGS for pair in product(ways, ways)])
def test_every_writing_finds_every_other(one_way: str, other_way: str) -> None:
    """Two writings share a token that covers the whole of both, by its text or its stem."""
    assert wholes(one_way) & wholes(other_way)


def wholes(text: str) -> set[str]:
    tokens = tokenize(text)
    places = tokens[-1].position + tokens[-1].width
    return {form for token in tokens if token.width == places for form in (token.text, token.stem)}


@pytest.mark.parametrize("technical", ["R&D", "Van Campen/Boswijk", "2022/23", "EU-richtlijn", "Cool:Gen", "X-Road"])
def test_parts_stand_next_to_each_other(technical: str) -> None:
    """Within a text, the parts of a term are at consecutive positions, as if they were words."""
    positions = [token.position for token in tokenize(f"de {technical} is") if token.width == 1]
    assert positions == list(range(len(positions)))


def test_offsets_point_into_the_original() -> None:
    text = "Over ‘Cool:Gen’, Financiën en 31\u00a0066, nr.\u00a012."
    printed = {token.text: text[token.start : token.end] for token in tokenize(text)}
    assert printed["cool:gen"] == printed["coolgen"] == "Cool:Gen"
    assert printed["cool"] == "Cool"
    assert printed["financien"] == "Financiën"
    assert printed["31066"] == "31\u00a0066"
    assert printed["kst-31066-12"] == "31\u00a0066, nr.\u00a012"


@pytest.mark.parametrize("text", ["'s-Gravenhage", "’s-Hertogenbosch", "'s avonds", "‘t Hof"])
def test_the_apostrophe_of_a_lone_letter_belongs_to_its_word(text: str) -> None:
    assert all(token.start == 0 for token in tokenize(text) if token.position == 0)
    assert all("'" not in token.text for token in tokenize(text))


def test_a_citation_spans_its_words() -> None:
    tokens = tokenize("zie Kamerstukken II, 31 066, nr. 12 over")
    whole = next(token for token in tokens if token.text == "kst-31066-12")
    parts = [
        token.text for token in tokens if whole.position <= token.position < whole.position + whole.width and token.width == 1
    ]
    assert parts == ["kamerstukken", "ii", "31066", "nr", "12"]


def test_a_citation_in_an_address_is_found() -> None:
    assert "kst-31066-1412" in {token.text for token in tokenize("https://zoek.officielebekendmakingen.nl/kst-31066-1412.html")}


def test_a_range_gives_every_paper() -> None:
    names = {token.text for token in tokenize("31 066, nrs. 12–14")}
    assert {"kst-31066-12", "kst-31066-13", "kst-31066-14"} <= names


@given(st.text())
def test_any_text(text: str) -> None:
    check(text)


ODD = st.sampled_from(
    [
        *"aE3é'’-:/&.,%+#()@_§€½²ﷺß\u00ad\u0301\u00a0\ud800\x00 \n",
        "OM",
        "PGBs",
        "2023-2024",
        "2.2.3",
        "31 066",
        "nr. 12",
        "Cool:Gen",
        "https://",
        "kst-31066-12",
        "€ 1.200,50",
    ]
)


@given(st.lists(ODD).map("".join))
def test_any_odd_text(text: str) -> None:
    check(text)


def check(text: str) -> None:
    tokens = tokenize(text)
    for token in tokens:
        assert 0 <= token.start < token.end <= len(text)
        assert token.width >= 1
        assert token.text
        assert token.stem
        assert not any(char.isspace() for char in token.text + token.stem)
        if not token.text.startswith("kst-"):
            assert is_within(letters(token.text.lower()), letters(fold(text[token.start : token.end])))
    for token, following in pairwise(tokens):
        assert token.position <= following.position
        assert token.position < following.position or token.width >= following.width
    places = {token.position for token in tokens}
    assert places == set(range(len(places)))


def letters(text: str) -> str:
    """Its letters and figures: signs may be written in several ways."""
    return "".join(filter(str.isalnum, text))


def is_within(short: str, long: str) -> bool:
    """Whether the characters of one are those of the other in order, some left out."""
    rest = iter(long)
    return all(char in rest for char in short)


@pytest.mark.parametrize(
    "hostile",
    [
        "x" * 20_000,
        "a-" * 10_000,
        "1 234 " * 4_000,
        "1." * 10_000,
        "(" * 20_000,
        "https://" * 3_000,
        "é" * 20_000,
        "a'" * 10_000,
        "(a" * 10_000,
        "\u0301" * 20_000,
    ],
    ids=lambda text: str(text)[:8],
)
def test_hostile_text_takes_linear_time(hostile: str) -> None:
    began = time.process_time()
    tokens = tokenize(hostile)
    assert time.process_time() - began < 20
    assert max((len(token.text) for token in tokens), default=0) <= 300
