"""Identifiers: every printed form is the same value, and prints back."""

from __future__ import annotations

import lzma
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.paper.identifier import Identifier

FORMS = [
    ("kst-31066-1412", "kst-31066-1412"),
    ("KST-31066-1412", "kst-31066-1412"),
    ("31 066, nr. 1412", "kst-31066-1412"),
    ("31\u00a0066, nr. 1412", "kst-31066-1412"),
    ("31\u202f066,\u00a0nr.\u00a01412", "kst-31066-1412"),
    ("31066, nr. 1412", "kst-31066-1412"),
    ("31 066 nr. 1412", "kst-31066-1412"),
    ("31 066 nr 443", "kst-31066-443"),
    ("31 066, nummer 12", "kst-31066-12"),
    ("31 066, no. 12", "kst-31066-12"),
    ("31 066, 1412", "kst-31066-1412"),
    ("31066-1412", "kst-31066-1412"),
    ("31066 – 1412", "kst-31066-1412"),
    ("31 066 1412", "kst-31066-1412"),
    (" 31 066,\n nr. 1412. ", "kst-31066-1412"),
    ("Kamerstukken II, 2022/23, 31 066, nr. 1174", "kst-31066-1174"),
    ("Kamerstukken II 2022/23, 31066, nr. 1174", "kst-31066-1174"),
    ("Kamerstukken II 2022–2023, 31 066, nr. 1174", "kst-31066-1174"),
    ("Kamerstuk II 31 066, nr. 1174", "kst-31066-1174"),
    ("Kamerstukken I/II 2022/23, 31 066, nr. 1174", "kst-31066-1174"),
    ("Kamerstuk nr. 31 066, nr. 1174", "kst-31066-1174"),
    ("Kamerstukken I 2019/20, 33 569, A", "kst-33569-A"),
    ("EK 2019/20, 33 569, letter A", "kst-33569-A"),
    ("33 569, AB", "kst-33569-AB"),
    ("Kamerstuk 34 775 IX, nr. 8", "kst-34775-IX-8"),
    ("36 410 XVI, nr. 2", "kst-36410-XVI-2"),
    ("36 410-XVI, nr. 2", "kst-36410-XVI-2"),
    ("36410-XVI-100", "kst-36410-XVI-100"),
    ("36 410 IXB, nr. 2", "kst-36410-IXB-2"),
    ("36 410 IX-B, nr. 2", "kst-36410-IXB-2"),
    ("36 410 A, nr. 3", "kst-36410-A-3"),
    ("36 410 XVI, A", "kst-36410-XVI-A"),
    ("21 501-02, nr. 7", "kst-21501-02-7"),
    ("21501-02-1234", "kst-21501-02-1234"),
    ("21 501-02, AA", "kst-21501-02-AA"),
    ("36 027 (R2160), nr. 5", "kst-36027-5"),
    ("36 027 (R 2160), nr. 5", "kst-36027-5"),
    ("31 066, nr. 215a", "kst-31066-215a"),
    ("31 066, nr. 12-h1", "kst-31066-12-h1"),
    ("CXXXIX, A", "kst-CXXXIX-A"),
    ("Kamerstukken I 2021/22, CXXXIX, A", "kst-CXXXIX-A"),
    ("kst-19941995-00000-215a", "kst-19941995-00000-215a"),
    ("kst-19992000-27033-A", "kst-19992000-27033-A"),
    ("kst-1259252", "kst-1259252"),
    ("blg-998035", "blg-998035"),
    ("ah-tk-20202021-3235", "ah-tk-20202021-3235"),
    ("AH-TK-20202021-3235", "ah-tk-20202021-3235"),
    ("Aanhangsel Handelingen II 2020/21, nr. 3235", "ah-tk-20202021-3235"),
    ("Aanhangsel van de Handelingen I 1999-2000, nr. 12", "ah-ek-19992000-12"),
    ("Handelingen II 2017/18, nr. 70, item 6", "h-tk-20172018-70-6"),
    ("h-ek-20212022-2-7", "h-ek-20212022-2-7"),
    ("Kamervragen II 2021Z09739", "kv-tk-2021Z09739"),
    ("kv-ek-2021Z09739", "kv-ek-2021Z09739"),
    ("wsb-2020-12", "wsb-2020-12"),
    ("bgr-2021-1093", "bgr-2021-1093"),
]


@pytest.mark.parametrize(("printed", "official"), FORMS)
def test_every_printed_form_is_the_same_identifier(printed: str, official: str) -> None:
    identifier = Identifier.parse(printed)
    assert str(identifier) == official
    assert Identifier.parse(identifier.printed) == identifier
    assert Identifier.parse(str(identifier)) == identifier


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "kst", "kst-", "kst-31066", "31 066", "31066", "36 410 XVI", "21 501-02", "21501-33", "36 027 (R2160)", "CXXXIX",
        "XVI A", "€ 12 000, 15", "2024-06-18", "18 juni 2024", "Cool:Gen", "1412", "nr. 12", "Handelingen II 2016/17, nr. 34",
        "31 066, nr. 12 en nr. 14", "../../etc/passwd", "kst-31066-12/../x", "kst-31066-12\u0661", "12 3456, nr. 7", "x" * 5000,
    ],
)  # fmt: skip
def test_what_is_no_identifier_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"dossier, not a paper|not an identifier"):
        Identifier.parse(text)


@pytest.mark.parametrize(
    ("official", "dossier", "addition", "number"),
    [
        ("kst-31066-1412", "31066", "", "1412"),
        ("kst-36410-XVI-100", "36410", "XVI", "100"),
        ("kst-21501-02-1234", "21501-02", "", "1234"),
        ("kst-33569-A", "33569", "", "A"),
        ("kst-36410-A-3", "36410", "A", "3"),
        ("kst-36410-XVI-A", "36410", "XVI", "A"),
        ("kst-23908-R1519-103", "23908", "R1519", "103"),
        ("kst-19941995-00000-215a", "00000", "", "215a"),
        ("kst-31066-4-h1", "31066", "", "4"),
        ("kst-CI-A", "CI", "", "A"),
        ("kst-1259252", "", "", "1259252"),
        ("blg-998035", "", "", "998035"),
        ("ah-tk-20202021-3235", "", "", "3235"),
    ],
)
def test_parts(official: str, dossier: str, addition: str, number: str) -> None:
    identifier = Identifier(official)
    assert (identifier.dossier, identifier.addition, identifier.number) == (dossier, addition, number)


@pytest.mark.parametrize(
    ("official", "year"),
    [("ah-tk-20202021-3235", "2020-2021"), ("kst-19992000-27033-A", "1999-2000"), ("kst-31066-1412", ""), ("kst-20212030-1", "")],
)
def test_session_years(official: str, year: str) -> None:
    assert Identifier(official).session_year == year


@pytest.mark.parametrize(
    "official",
    [
        *(
            "kst-31066-1412",
            "kst-36410-XVI-100",
            "kst-36410-IXB-5",
            "kst-36600-M-2",
            "kst-21501-02-7",
            "kst-33569-BO",
            "kst-CI-A",
        ),
        *(
            "kst-31066-215a",
            "kst-1259252",
            "kst-19941995-00018-XI",
            "kst-91066-A",
            "kst-31066-4-h1",
            "blg-998035",
            "stb-2014-296",
        ),
    ],
)
def test_what_can_exist(official: str) -> None:
    assert Identifier(official).can_exist


@pytest.mark.parametrize(
    "official",
    [
        *("kst-31066", "kst-23400-XI", "kst-35470-XIV", "kst-36410-IXB", "kst-31066-0", "kst-31066-012", "kst-01234-5"),
        *("kst-54321-4", "kst-31066-CC-5", "kst-31066-1412-5", "kst-31066-ABC", "kst-14944", "kst-10572"),
    ],
)
def test_what_cannot_exist(official: str) -> None:
    assert not Identifier(official).can_exist


@given(st.text(max_size=60) | st.text(alphabet="0123456789 ,.-nrIVXAB\u00a0–()", max_size=40))
def test_any_text_is_an_identifier_that_prints_back_or_a_value_error(text: str) -> None:
    try:
        identifier = Identifier.parse(text)
    except ValueError:
        return
    assert Identifier.parse(identifier.printed) == identifier
    assert Identifier.parse(str(identifier)) == identifier


def test_every_identifier_of_the_official_list_parses_and_prints_back(real: Path) -> None:
    with lzma.open(real / "scale" / "kst_keylist.txt.xz", "rt", encoding="ascii") as lines:
        wrong = []
        for line in lines:
            identifier = Identifier.parse(line.strip())
            if str(identifier) != line.strip() or Identifier.parse(identifier.printed) != identifier:
                wrong.append(line)
    assert wrong == []
