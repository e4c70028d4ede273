"""Government offices in signatures and kind lines."""

from __future__ import annotations

import pytest

from indexer.paper.offices import is_government, office_of, offices_in


@pytest.mark.parametrize(
    ("function", "office", "government"),
    [
        ("De Staatssecretaris van Financiën,", "Staatssecretaris van Financiën", True),
        ("de minister van IJszaken", "minister van IJszaken", True),
        ("De Minister-President, Minister van Algemene Zaken,", "Minister-President, Minister van Algemene Zaken", True),
        ("De Vice-Minister-President", "Vice-Minister-President", True),
        ("De voorzitter van de commissie,", "voorzitter van de commissie", False),
        ("De Ministeriële commissie", "Ministeriële commissie", False),
        ("Het lid", "lid", False),
        ("De Minister van IJs, a.i.,", "Minister van IJs, a.i.", True),
        ("De Minister van IJs.", "Minister van IJs", True),
        ("De Minister van IJs, mede namens de Minister van Sneeuw,", "Minister van IJs", True),
        ("", "", False),
    ],
)
def test_functions(function: str, office: str, government: bool) -> None:
    assert office_of(function) == office
    assert is_government(office) is government


@pytest.mark.parametrize(
    ("kind_line", "offices"),
    [
        ("BRIEF VAN DE STAATSSECRETARIS VAN FINANCIËN", ["Staatssecretaris van Financiën"]),
        (
            "BRIEF VAN DE MINISTERS VAN FINANCIËN EN VAN ECONOMISCHE ZAKEN",
            ["Minister van Financiën", "Minister van Economische Zaken"],
        ),
        (
            "BRIEF VAN DE MINISTERS VAN FINANCIËN, VAN ECONOMISCHE ZAKEN EN VOOR RECHTSBESCHERMING",
            ["Minister van Financiën", "Minister van Economische Zaken", "Minister voor Rechtsbescherming"],
        ),
        ("BRIEF VAN DE MINISTER-PRESIDENT, MINISTER VAN ALGEMENE ZAKEN", ["Minister-president, Minister van Algemene Zaken"]),
        ("BRIEF VAN DE MINISTER VAN FINANCIËN, MEDE NAMENS DE MINISTER VAN DEFENSIE", ["Minister van Financiën"]),
        (
            "BRIEF VAN DE MINISTER VAN ONDERWIJS, CULTUUR EN WETENSCHAP EN DE STAATSSECRETARIS VAN VWS",
            ["Minister van Onderwijs, Cultuur en Wetenschap", "Staatssecretaris van VWS"],
        ),
        ("BRIEF VAN DE MINISTER VOOR NATUUR EN STIKSTOF HOUDENDE EEN LIJST", ["Minister voor Natuur en Stikstof"]),
        ("Brief van de Minister van Sociale Zaken en Werkgelegenheid", ["Minister van Sociale Zaken en Werkgelegenheid"]),
        ("BRIEF VAN DE VASTE COMMISSIE VOOR FINANCIËN OVER DE BRIEF VAN DE MINISTER VAN FINANCIËN", []),
        ("BRIEF VAN DE VOORZITTER VAN DE MINISTERRAAD", []),
        ("MOTIE VAN HET LID BERG", []),
        ("LIJST VAN VRAGEN AAN DE MINISTER VAN FINANCIËN", []),
        ("VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", []),
        ("", []),
    ],
)
def test_offices_in_a_kind_line(kind_line: str, offices: list[str]) -> None:
    assert list(offices_in(kind_line)) == offices
