"""Citations in running text: what is one, which paper it names, and where exactly it stands."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.citations import find_citations, find_own
from indexer.paper.identifier import Identifier

# The text, with the expected citations in order: printed span → identifier.
CITED: list[tuple[str, list[tuple[str, str]]]] = [
    # one paper, in the forms of the Tweede Kamer
    ("Zie 31 066, nr. 1412.", [("31 066, nr. 1412", "kst-31066-1412")]),
    ("Zie 31\u00a0066,\u00a0nr.\u00a01412.", [("31\u00a0066,\u00a0nr.\u00a01412", "kst-31066-1412")]),
    ("Zie 31066, nr. 1412.", [("31066, nr. 1412", "kst-31066-1412")]),
    ("Zie 31 066 nr 443.", [("31 066 nr 443", "kst-31066-443")]),
    ("Zie 31066-1412.", [("31066-1412", "kst-31066-1412")]),
    ("31066-1412, 31066-14 en 31066-15", [(one, f"kst-{one}") for one in ("31066-1412", "31066-14", "31066-15")]),
    ("Zie 35 000 XII, A.", [("35 000 XII, A", "kst-35000-XII-A")]),
    ("(Kamerstukken I 1995/96, 24 400, XII, A)", [("Kamerstukken I 1995/96, 24 400, XII, A", "kst-24400-XII-A")]),
    ("Zie kst-31066-1412.", [("kst-31066-1412", "kst-31066-1412")]),
    ("https://zoek.officielebekendmakingen.nl/kst-31066-1412.html", [("kst-31066-1412", "kst-31066-1412")]),
    ("KST-36410-XVI-2 en kst-1259252", [("KST-36410-XVI-2", "kst-36410-XVI-2"), ("kst-1259252", "kst-1259252")]),
    ("Kamerstuk 31 066, nr. 12", [("Kamerstuk 31 066, nr. 12", "kst-31066-12")]),
    ("het kamerstuk 31 066 nr. 12", [("kamerstuk 31 066 nr. 12", "kst-31066-12")]),
    ("(Kamerstukken II 2022/23, 31 066, nr. 1174)", [("Kamerstukken II 2022/23, 31 066, nr. 1174", "kst-31066-1174")]),
    ("Kamerstukken II, 2022/23, 31 066, nr. 1174", [("Kamerstukken II, 2022/23, 31 066, nr. 1174", "kst-31066-1174")]),
    (
        "Kamerstukken II 2009/10, 32 123 XVI, nr. 2, blz. 5–6",
        [("Kamerstukken II 2009/10, 32 123 XVI, nr. 2", "kst-32123-XVI-2")],
    ),
    ("Kamerstukken II 1995/96, 24 447, 6", [("Kamerstukken II 1995/96, 24 447, 6", "kst-24447-6")]),
    ("TK 2010–2011, 32 500 V, nr. 3", [("TK 2010–2011, 32 500 V, nr. 3", "kst-32500-V-3")]),
    ("Tweede Kamer, 2009–2010, 32 123 XVI, nr. 2", [("32 123 XVI, nr. 2", "kst-32123-XVI-2")]),
    ("Kamerstuknr. 31 066-1174", [("Kamerstuknr. 31 066-1174", "kst-31066-1174")]),
    ("Kamerstuk 31 066-1174", [("Kamerstuk 31 066-1174", "kst-31066-1174")]),
    ("31 066, nr. 215a", [("31 066, nr. 215a", "kst-31066-215a")]),
    ("31 066, nr. 12-h1", [("31 066, nr. 12-h1", "kst-31066-12-h1")]),
    ("31 066 (nr. 12)", [("31 066 (nr. 12", "kst-31066-12")]),
    ("de brief van 18 juni 2024 (31 066, nr. 1412) over", [("31 066, nr. 1412", "kst-31066-1412")]),
    ("31 066, nr. 12, p. 3", [("31 066, nr. 12", "kst-31066-12")]),
    ("31 066, nr. 12, 3 juli 2020", [("31 066, nr. 12", "kst-31066-12")]),
    ("31 066, nr. 12 van 3 juli", [("31 066, nr. 12", "kst-31066-12")]),
    # budget chapters, funds, sub-dossiers, Kingdom acts
    ("Kamerstuk 34 775 IX, nr. 8", [("Kamerstuk 34 775 IX, nr. 8", "kst-34775-IX-8")]),
    ("Kamerstuk 35 000-XVI, nr. 12", [("Kamerstuk 35 000-XVI, nr. 12", "kst-35000-XVI-12")]),
    ("36410-XVI-100", [("36410-XVI-100", "kst-36410-XVI-100")]),
    ("36 410 IX-B, nr. 5", [("36 410 IX-B, nr. 5", "kst-36410-IXB-5")]),
    ("36 410 A, nr. 5", [("36 410 A, nr. 5", "kst-36410-A-5")]),
    ("21 501-02, nr. 7", [("21 501-02, nr. 7", "kst-21501-02-7")]),
    ("36 027 (R2160), nr. 5", [("36 027 (R2160), nr. 5", "kst-36027-5")]),
    ("36 027-(R2160), nr. 5", [("36 027-(R2160), nr. 5", "kst-36027-5")]),
    ("36027-(R2160)-5", [("36027-(R2160)-5", "kst-36027-5")]),
    # the chapter after a comma
    ("Kamerstukken II 1993/94, 93 400, XI, nr. 25", [("Kamerstukken II 1993/94, 93 400, XI, nr. 25", "kst-93400-XI-25")]),
    ("93 400, hoofdstuk XI, nr. 25", [("93 400, hoofdstuk XI, nr. 25", "kst-93400-XI-25")]),
    ("93 400 Hoofdstuk XI (nr. 25)", [("93 400 Hoofdstuk XI (nr. 25", "kst-93400-XI-25")]),
    ("95300, XIV, nr. 67", [("95300, XIV, nr. 67", "kst-95300-XIV-67")]),
    ("96 410, IX-B, nr. 5", [("96 410, IX-B, nr. 5", "kst-96410-IXB-5")]),
    ("96 600, X, nr. 5", [("96 600, X, nr. 5", "kst-96600-X-5")]),
    ("Kamerstukken II 2019/20, 95 300, XIV, 67", [("Kamerstukken II 2019/20, 95 300, XIV, 67", "kst-95300-XIV-67")]),
    ("Kamerstuk 90 800, V, 102", [("Kamerstuk 90 800, V, 102", "kst-90800-V-102")]),
    ("Kamerstukken II, 93 400-XI, nr. 25", [("Kamerstukken II, 93 400-XI, nr. 25", "kst-93400-XI-25")]),
    ("96 600 XVI-3", [("96 600 XVI-3", "kst-96600-XVI-3")]),
    (
        "Kamerstukken II, vergaderjaar 2003-2004, 92 200 XIV, 5",
        [("Kamerstukken II, vergaderjaar 2003-2004, 92 200 XIV, 5", "kst-92200-XIV-5")],
    ),
    # several papers
    (
        "95 470 XIV, nrs. 1 t/m 4",
        [
            ("95 470 XIV, nrs. 1", "kst-95470-XIV-1"),
            ("95 470 XIV, nrs. 1 t/m 4", "kst-95470-XIV-2"),
            ("95 470 XIV, nrs. 1 t/m 4", "kst-95470-XIV-3"),
            ("4", "kst-95470-XIV-4"),
        ],
    ),
    ("92 350, nrs. 1-2", [("92 350, nrs. 1", "kst-92350-1"), ("2", "kst-92350-2")]),
    ("92 350, nrs. 1 & 2", [("92 350, nrs. 1", "kst-92350-1"), ("2", "kst-92350-2")]),
    ("31 066 nr. 12 en nr. 14", [("31 066 nr. 12", "kst-31066-12"), ("nr. 14", "kst-31066-14")]),
    ("33 750-XIII, nrs. 1 en 2", [("33 750-XIII, nrs. 1", "kst-33750-XIII-1"), ("2", "kst-33750-XIII-2")]),
    (
        "31 066, nrs. 12, 13 en 14",
        [("31 066, nrs. 12", "kst-31066-12"), ("13", "kst-31066-13"), ("14", "kst-31066-14")],
    ),
    ("31 066, nr. 12, 13 en 14", [("31 066, nr. 12", "kst-31066-12"), ("13", "kst-31066-13"), ("14", "kst-31066-14")]),
    (
        "(Kamerstuk 25 295, nrs. 1–3)",
        [
            ("Kamerstuk 25 295, nrs. 1", "kst-25295-1"),
            ("Kamerstuk 25 295, nrs. 1–3", "kst-25295-2"),
            ("3", "kst-25295-3"),
        ],
    ),
    (
        "31 066, nrs. 9 t/m 11",
        [("31 066, nrs. 9", "kst-31066-9"), ("31 066, nrs. 9 t/m 11", "kst-31066-10"), ("11", "kst-31066-11")],
    ),
    ("31 066, nrs. 9–90", [("31 066, nrs. 9", "kst-31066-9"), ("90", "kst-31066-90")]),
    ("31 066, nr. 12; 26 643, nr. 13", [("31 066, nr. 12", "kst-31066-12"), ("26 643, nr. 13", "kst-26643-13")]),
    ("31 066, nr. 12, 26 643, nr. 13", [("31 066, nr. 12", "kst-31066-12"), ("26 643, nr. 13", "kst-26643-13")]),
    ("34 682/35 334, nr. 143", [("34 682/35 334, nr. 143", "kst-34682-143"), ("34 682/35 334, nr. 143", "kst-35334-143")]),
    ("31 066, nr. 12 en 4 andere moties", [("31 066, nr. 12", "kst-31066-12")]),
    ("31 066, nr. 12 en 14 van vorig jaar", [("31 066, nr. 12", "kst-31066-12"), ("14", "kst-31066-14")]),
    # letters of the Eerste Kamer
    ("Kamerstukken I 2019/20, 33 569, A", [("Kamerstukken I 2019/20, 33 569, A", "kst-33569-A")]),
    ("EK 2011/12, 33 000, A", [("EK 2011/12, 33 000, A", "kst-33000-A")]),
    (
        "Kamerstukken I 2019/20, 33 569, A, B en AC.",
        [("Kamerstukken I 2019/20, 33 569, A", "kst-33569-A"), ("B", "kst-33569-B"), ("AC", "kst-33569-AC")],
    ),
    ("(33 569, C)", [("33 569, C", "kst-33569-C")]),
    ("33 569, letter C", [("33 569, letter C", "kst-33569-C")]),
    ("33 569, letters C en D", [("33 569, letters C", "kst-33569-C"), ("D", "kst-33569-D")]),
    ("(zie 91 066, AB).", [("91 066, AB", "kst-91066-AB")]),
    ("Zie 91 066, A.", [("91 066, A", "kst-91066-A")]),
    ("Zie 91 066, A en B over vis", [("91 066, A", "kst-91066-A"), ("B", "kst-91066-B")]),
    ("EK 2011/12, 93 010, V", [("EK 2011/12, 93 010, V", "kst-93010-V")]),
    ("Kamerstukken I 2021/22, 35 925 XVI, A", [("Kamerstukken I 2021/22, 35 925 XVI, A", "kst-35925-XVI-A")]),
    ("Kamerstukken I 2019/20, CXXXIX, A", [("Kamerstukken I 2019/20, CXXXIX, A", "kst-CXXXIX-A")]),
    ("31 066, nr. 12, A. Jansen", [("31 066, nr. 12", "kst-31066-12")]),
    # number first
    ("de motie nr. 1181 (33 529)", [("nr. 1181 (33 529)", "kst-33529-1181")]),
    ("de moties nrs. 12 en 13 (31 066)", [("nrs. 12", "kst-31066-12"), ("13", "kst-31066-13")]),
    ("op stuk nr. 12 van Kamerstuk 31 066", [("nr. 12 van Kamerstuk 31 066", "kst-31066-12")]),
    ("stuk nr. 12 in dossier 31 066", [("nr. 12 in dossier 31 066", "kst-31066-12")]),
]

NOT_CITED = [
    "€ 12 000, 15 procent", "€\u00a012\u00a0000, nr. 3", "€ 12 000-15", "bedragen van 10 000-15 000", "12 000, 15 procent",
    "10000-15000",
    "1.234.567, nr. 5", "12,345, nr. 5", "Kamerstuk 31 066, nr. 12 000 euro", "Handelingen II 2016/17, nr. 34, item 5",
    "Aanhangsel Handelingen II 2021/22, nr. 123", "zaak C-362/14", "zaaknummer 12345-67", "kenmerk: 12345-67",
    "ECLI:NL:HR:2021:1963", "LJN 12345-6", "1234 AB Den Haag", "Postbus 20018, 2500 EA Den Haag", "070 31 82 211",
    "tel. 06-12345-678",
    "telefoon 12345-678", "ISBN 90-12345-67-8", "2018/19, 35 000", "dossier 31 066", "36 410 XVI", "36 027 (R2160)", "21 501-02",
    "21501-33", "29683-02", "31 066, 26 643 en 27 529", "Stb. 2020, 118", "PbEU 2016, L 119", "COM(2020) 12345", "2023-2024",
    "18 juni 2024, nr. 3", "XVI, A", "artikel 12, lid 3", "nr. 12", "op 31 066 A. Jansen", "31 066 | nr. 12", "31 066,\nnr. 12",
    "kst-31066", "akst-31066-12", "", "Kamerstukken II 1993/94, 23 400, XI", "Kamerstukken II 2019/20, 35 300, V",
    "36 600, XV en XVI",
    "23 400, hoofdstuk XI", "(kamerstukken II, 1995/1996, nr. 24 280)", "Kamerstukken II 1992/93, 23 134", "appl. 10 572/83",
    "het ging om 14 944 gevallen", "31 066, nr. 0", "31066-0", "01 066, nr. 12", "op 31 066, A. Jansen", "31 066, A Jansen",
    "12 000, A", "31 066, A-status", "Stcrt. 12345-6", "kst-23400-XI", "kst-31066-0",
    "er zijn 14 944, U weet dat",
    "14 944, EU landen", "(19700-H)", "54 321, nr. 4", "54321-12", "31 066 CC, nr. 5", "31066-1412, nr. 5",
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), CITED, ids=[text for text, _ in CITED])
def test_citations_with_their_spans(text: str, expected: list[tuple[str, str]]) -> None:
    found = find_citations(text)
    assert sorted((text[c.start : c.end], str(c.identifier)) for c in found) == sorted(expected)


LONGEST = (
    "KAMERSTUKKEN   nummer   I/II   ,   2019\u00a0/\u00a02020   ,   dossiernummer 31\u00a0066, nr. 12",
    "Kamerstukken   nummer   I   ,   2019\u00a0/\u00a02020   ,   dossiernummer MMCCCXXXI, nr. A".replace("M", "X"),
)


@pytest.mark.parametrize("text", [*(text for text, _ in CITED), *LONGEST])
def test_where_a_citation_stands_in_a_long_text_does_not_matter(text: str) -> None:
    before = "Geen stuk maar een zin. " * 20
    found = find_citations(text)
    assert found
    moved = [(c.start + len(before), c.end + len(before), c.identifier) for c in found]
    assert [(c.start, c.end, c.identifier) for c in find_citations(before + text + ". " + before)] == moved


@pytest.mark.parametrize("text", NOT_CITED)
def test_what_is_no_citation(text: str) -> None:
    assert find_citations(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("de motie op stuk nr. 12.", [("nr. 12", "12")]),
        ("stuk nr. 12", [("nr. 12", "12")]),
        ("Stuk\u00a0nr.\u00a012", [("nr.\u00a012", "12")]),
        ("gedrukt onder nr. 12", [("nr. 12", "12")]),
        ("de stukken nrs. 12, 13 en 14", [("nrs. 12", "12"), ("13", "13"), ("14", "14")]),
        ("stuk nr. 12 en nr. 13", [("nr. 12", "12"), ("nr. 13", "13")]),
        ("op Kamerstuk nr. 12", [("nr. 12", "12")]),
        ("in kamerstukken Nummers 12 en 13", [("Nummers 12", "12"), ("13", "13")]),
        ("stukken letter A", [("letter A", "A")]),
        ("gedrukt\u00a0onder no. 12", [("no. 12", "12")]),
        ("stuk nr. 12 (33 529)", []),
        ("stukken nrs. 12 en 13 (33 529)", []),
        ("het blokstuk nr. 12", []),
        ("artikel nr. 12", []),
        ("stuk nr. 12 000", []),
    ],
)
def test_short_forms_of_the_own_dossier(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(text[start:end], number) for start, end, number in find_own(text)] == expected


@given(st.text(alphabet="0123456789 ,.-/()nrsAXVIB\u00a0–€enKamerstuk", max_size=80))
def test_any_text_gives_ordered_spans_within_it_and_identifiers_that_parse(text: str) -> None:
    found = find_citations(text)
    assert found == sorted(found, key=lambda c: (c.start, c.end))
    for citation in found:
        assert 0 <= citation.start < citation.end <= len(text)
        assert Identifier.parse(str(citation.identifier)) == citation.identifier
        assert citation.identifier.can_exist
    assert all(0 <= start < end <= len(text) for start, end, _ in find_own(text))


RUNS = {
    "digits": "1", "spaced digits": "12 345 ", "blanks": "\u00a0",
    "prefix and blanks": "Kamerstuk" + "\u00a0" * 300, "commas": ",",
    "numerals": "I", "numerals and commas": "XVI, ", "numbers": "nr. 1, ", "dossiers": "31 066, ", "dossiers and": "31 066 en ",
    "citations": "31 066, nr. 12; ", "reversed": "nr. 12 (31 066) ", "own": "op stuk nr. 12 ", "official": "kst-31066-12 ",
    "dashes": "31066-", "letters": "31 066, A, ", "prefixes": "Kamerstukken II 2022/23, ", "short prefixes": "TK ",
    "labels": "nr. ", "chapters": "31 066, XI, ", "chapter words": "31 066, hoofdstuk ", "acts": "31066-(R2160)-",
    "dossier and blanks": "31 066" + "\u00a0" * 300 + "x ", "words": "woord ",
}  # fmt: skip


@pytest.mark.parametrize("start", ["", "31 066, nrs. ", "kst-31066-"])
@pytest.mark.parametrize("run", RUNS.values(), ids=RUNS.keys())
def test_long_runs_cost_linear_time(start: str, run: str) -> None:
    text = start + run * (200_000 // len(run))
    began = time.process_time()
    find_citations(text)
    find_own(text)
    assert time.process_time() - began < 20
