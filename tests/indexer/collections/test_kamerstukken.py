"""The kind of a paper from its kind line."""

from __future__ import annotations

import pytest

from indexer.collections.kamerstukken import ATTACHMENTS, KAMERSTUKKEN, kind_of

REPORT_NOTE = "Nota n.a.v. het (nader/tweede nader/enz.) verslag"
ADVICE = "Advies Afdeling advisering Raad van State en Nader rapport"


@pytest.mark.parametrize(
    ("kind_line", "kind"),
    [
        ("MOTIE VAN HET LID BERG", "Motie"),
        ("GEWIJZIGDE MOTIE VAN HET LID BERG TER VERVANGING VAN DIE GEDRUKT ONDER NR. 5", "Motie"),
        ("NADER GEWIJZIGDE MOTIE VAN DE LEDEN BERG EN DAL", "Motie"),
        ("AMENDEMENT VAN HET LID BERG", "Amendement"),
        ("GEWIJZIGD AMENDEMENT VAN HET LID BERG", "Amendement"),
        ("SUBAMENDEMENT VAN HET LID BERG", "Amendement"),
        ("BRIEF VAN DE MINISTER VAN IJSZAKEN", "Brief"),
        ("Brief van de minister", "Brief"),
        ("GELEIDENDE BRIEF", "Geleidende brief"),
        ("KONINKLIJKE BOODSCHAP", "Koninklijke boodschap"),
        ("VOORSTEL VAN WET", "Voorstel van wet"),
        ("VOORSTEL VAN RIJKSWET", "Voorstel van wet"),
        ("GEWIJZIGD VOORSTEL VAN WET", "Gewijzigd voorstel van wet"),
        ("MEMORIE VAN TOELICHTING ZOALS GEWIJZIGD", "Memorie van toelichting"),
        ("NADERE MEMORIE VAN ANTWOORD", "Memorie van antwoord"),
        ("ADVIES AFDELING ADVISERING RAAD VAN STATE EN NADER RAPPORT", ADVICE),
        ("NOTA NAAR AANLEIDING VAN HET VERSLAG", REPORT_NOTE),
        ("TWEEDE NADERE NOTA NAAR AANLEIDING VAN HET NADER VERSLAG", REPORT_NOTE),
        ("DERDE NOTA VAN WIJZIGING", "Nota van wijziging"),
        ("NOTA VAN VERBETERING", "Nota van verbetering"),
        ("LIJST VAN VRAGEN EN ANTWOORDEN", "Lijst van vragen en antwoorden"),
        ("LIJST VAN VRAGEN", "Lijst van vragen"),
        ("VOORLOPIG VERSLAG VAN DE VASTE COMMISSIE", "Voorlopig verslag"),
        ("VERSLAG VAN EEN ALGEMEEN OVERLEG", "Verslag van een algemeen overleg"),
        ("VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", "Verslag van een schriftelijk overleg"),
        ("VERSLAG VAN EEN COMMISSIEDEBAT", "Verslag van een commissiedebat"),
        ("NADER VERSLAG", "Verslag"),
        ("VERSLAG", "Verslag"),
        ("JAARVERSLAG VAN HET MINISTERIE", "Jaarverslag"),
        ("INITIATIEFNOTA VAN HET LID BERG", "Initiatiefnota"),
        ("EINDRAPPORT", "Rapport"),
        ("NOTA", "Nota"),
        ("TWEEDE NADER GEWIJZIGDE MOTIE VAN HET LID BERG", "Motie"),
        ("VIERDE NADER GEWIJZIGDE MOTIE VAN HET LID BERG", "Motie"),
        ("NADER GEWIJZIGD AMENDEMENT VAN HET LID BERG", "Amendement"),
        ("GEWIJZIGD SUBAMENDEMENT VAN HET LID BERG", "Amendement"),
        ("SLOTWET", "Slotwet"),
        ("NADER GEWIJZIGD VOORSTEL VAN WET", "Gewijzigd voorstel van wet"),
        ("AANVULLENDE MEMORIE VAN TOELICHTING", "Memorie van toelichting"),
        ("EINDVERSLAG", "Verslag"),
        ("TOELICHTENDE NOTA", "Toelichtende nota"),
        ("ONTWERPBEGROTING", "Begroting"),
        ("EERSTE SUPPLETOIRE BEGROTING", "Begroting"),
        ("VERSLAG VAN EEN RONDETAFELGESPREK", "Verslag van een rondetafelgesprek"),
        ("ONTWERPBESLUIT", "Besluit"),
        ("IETS ANDERS", ""),
        ("", ""),
    ],
)
def test_kinds(kind_line: str, kind: str) -> None:
    assert kind_of(kind_line) == kind


@pytest.mark.parametrize("nothing", ["Overig", "Overige Kamerstukken", "Kamerstuk", "officiële publicatie", "Bijlage"])
def test_a_kind_that_says_nothing_never_outranks_one_that_does(nothing: str) -> None:
    assert KAMERSTUKKEN.kind((nothing,), ("MEMORIE VAN TOELICHTING",)) == "Memorie van toelichting"
    assert KAMERSTUKKEN.kind((nothing, "Motie"), ("BRIEF",)) == "Motie"
    assert KAMERSTUKKEN.kind((nothing,), ("IETS ANDERS", "Slotwet")) == "Slotwet"
    assert KAMERSTUKKEN.kind((nothing,), ("IETS ANDERS",)) == nothing


def test_the_kind_that_the_metadata_names_is_taken_as_it_is() -> None:
    assert KAMERSTUKKEN.kind(("Brief regering",), ("BRIEF VAN DE MINISTER",)) == "Brief regering"
    assert KAMERSTUKKEN.kind((), ()) == ""


def test_attachments_are_of_the_kind_that_they_say() -> None:
    assert ATTACHMENTS.kind((), ()) == "Bijlage"
    assert ATTACHMENTS.kind(("Bijlage",), ("RAPPORT",)) == "Rapport"
