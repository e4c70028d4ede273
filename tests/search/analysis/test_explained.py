"""Abbreviations that texts explain, and brackets that explain nothing."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.analysis.explained import explained_in


@pytest.mark.parametrize(
    ("text", "pair"),
    [
        ("het Openbaar Ministerie (OM) vroeg", ("OM", "openbaar ministerie")),
        ("een Verklaring Omtrent het Gedrag (VOG)", ("vog", "verklaring omtrent het gedrag")),
        ("bij terbeschikkingstelling (tbs) geldt", ("tbs", "terbeschikkingstelling")),
        ("een persoonsgebonden budget (pgb)", ("pgb", "persoonsgebonden budget")),
        ("persoonsgebonden budgetten (pgb's)", ("pgb", "persoonsgebonden budgetten")),
        ("Centraal Bureau voor de Statistiek (CBS)", ("cbs", "centraal bureau voor de statistiek")),
        ("de minister van Binnenlandse Zaken en Koninkrijksrelaties (BZK)", ("bzk", "binnenlandse zaken en koninkrijksrelaties")),
        ("het Internationaal Strafhof (IS)", ("IS", "internationaal strafhof")),
        ("Algemeen-bijzondere Wet (ABW)", ("abw", "algemeen bijzondere wet")),
        ("het OM (Openbaar Ministerie) zegt", ("OM", "openbaar ministerie")),
    ],
)
def test_explained(text: str, pair: tuple[str, str]) -> None:
    assert list(explained_in(text)) == [pair]


@pytest.mark.parametrize(
    "text",
    [
        "de minister (BZK)",
        "de begroting van Justitie en Veiligheid (VI)",
        "nutrienten verontreinigde (NV-)",
        "het kabinet (zie boven)",
        "een motie (aangenomen)",
        "artikel 3 (nieuw)",
        "vrouwen (en mannen)",
        "het ministerie. Openbaar (OM)",
        "de (OM)",
        "Rotterdam (R)",
        "drie (3)",
        "Tweede Kamer (36 666)",
    ],
)
def test_not_explained(text: str) -> None:
    assert list(explained_in(text)) == []


@given(st.text(alphabet="aAbB ()-'.\n", max_size=80))
def test_any_text(text: str) -> None:
    for short, long in explained_in(text):
        assert short
        assert long[0] == short[0].lower()


@pytest.mark.parametrize("hostile", ["(" * 50_000, "a (ab) " * 10_000, "aaaa aaaa aaaa (aaaaaaaa) " * 5_000, "()" * 50_000])
def test_hostile_text_takes_linear_time(hostile: str) -> None:
    began = time.process_time()
    list(explained_in(hostile))
    assert time.process_time() - began < 10
