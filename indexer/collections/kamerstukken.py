"""Kamerstukken, what is sent along with them, and the few other papers of parliament that are read like them.

The metadata mostly names the kind of a paper; where it names none, or only "Overig", the kind line tells it. The table is read
from the top; the first pattern that matches decides. Left stands the form of the kind line, right the kind as the official
metadata names it (scheme OVERHEIDop.KamerstukTypen).

| kind line begins with or contains                    | kind                                                       |
|------------------------------------------------------|------------------------------------------------------------|
| (TWEEDE) (NADER) (GEWIJZIGDE) MOTIE                  | Motie                                                      |
| (…) AMENDEMENT                                       | Amendement                                                 |
| BRIEF                                                | Brief (who sent it stands in the kind line)                |
| GELEIDENDE BRIEF                                     | Geleidende brief                                           |
| KONINKLIJKE BOODSCHAP                                | Koninklijke boodschap                                      |
| (GEWIJZIGD) VOORSTEL VAN (RIJKS)WET, ONTWERP VAN WET | Gewijzigd voorstel van wet, Voorstel van wet               |
| MEMORIE VAN TOELICHTING, (NADERE) … VAN ANTWOORD     | Memorie van toelichting, Memorie van antwoord              |
| ADVIES … RAAD VAN STATE, NADER RAPPORT               | Advies Afdeling advisering Raad van State en Nader rapport |
| NOTA NAAR AANLEIDING VAN HET (NADER) VERSLAG         | Nota n.a.v. het (nader/tweede nader/enz.) verslag          |
| (…) NOTA VAN WIJZIGING, VAN VERBETERING              | Nota van wijziging, Nota van verbetering                   |
| LIJST VAN VRAGEN (EN ANTWOORDEN)                     | as printed                                                 |
| VOORLOPIG VERSLAG                                    | Voorlopig verslag                                          |
| VERSLAG VAN EEN … OVERLEG, VAN EEN COMMISSIEDEBAT    | as printed                                                 |
| (…) VERSLAG                                          | Verslag                                                    |
| JAARVERSLAG, SLOTWET, (SUPPLETOIRE) BEGROTING        | Jaarverslag, Slotwet, Begroting                            |
| INITIATIEFNOTA, (EIND)RAPPORT, NOTA, BESLUIT         | Initiatiefnota, Rapport, Nota, Besluit                     |
| VRAGEN, ANTWOORD                                     | Antwoord                                                   |
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.collections.collection import Collection, telling

_NOTE_ON_REPORT = "Nota n.a.v. het (nader/tweede nader/enz.) verslag"
_TABLE: tuple[tuple[str, str], ...] = (
    (r"(?:(?:NADER|TWEEDE|DERDE|VIERDE|VIJFDE|OPNIEUW|GEWIJZIGDE?) ){0,4}MOTIE\b", "Motie"),
    (r".{0,40}\b(?:SUB)?AMENDEMENT\b", "Amendement"),
    (r"GELEIDENDE BRIEF\b", "Geleidende brief"),
    (r"BRIEF\b", "Brief"),
    (r"KONINKLIJKE BOODSCHAP\b", "Koninklijke boodschap"),
    (r"(?:NADER )?GEWIJZIGD VOORSTEL VAN (?:RIJKS)?WET\b", "Gewijzigd voorstel van wet"),
    (r"(?:VOORSTEL|ONTWERP) VAN (?:RIJKS)?WET\b", "Voorstel van wet"),
    (r"(?:\w+ ){0,2}MEMORIE VAN TOELICHTING\b", "Memorie van toelichting"),
    (r"(?:NADERE )?MEMORIE VAN ANTWOORD\b", "Memorie van antwoord"),
    (r"(?:ADVIES\b.{0,40}\bRAAD VAN STATE|NADER RAPPORT)", "Advies Afdeling advisering Raad van State en Nader rapport"),
    (r"(?:TWEEDE |DERDE )?(?:NADERE )?NOTA (?:NAAR AANLEIDING|N\.A\.V\.) VAN", _NOTE_ON_REPORT),
    (r"(?:\w+ )?NOTA VAN WIJZIGING\b", "Nota van wijziging"),
    (r"(?:\w+ )?NOTA VAN VERBETERING\b", "Nota van verbetering"),
    (r"LIJST VAN VRAGEN EN ANTWOORDEN\b|LIJST VAN ANTWOORDEN", "Lijst van vragen en antwoorden"),
    (r"LIJST VAN VRAGEN\b", "Lijst van vragen"),
    (r"(?:NADER |TWEEDE )?VOORLOPIG VERSLAG\b", "Voorlopig verslag"),
    (r"VERSLAG VAN EEN ALGEMEEN OVERLEG\b", "Verslag van een algemeen overleg"),
    (r"VERSLAG VAN EEN COMMISSIEDEBAT\b", "Verslag van een commissiedebat"),
    (r"VERSLAG VAN EEN SCHRIFTELIJK OVERLEG\b", "Verslag van een schriftelijk overleg"),
    (r"VERSLAG VAN EEN NOTAOVERLEG\b", "Verslag van een notaoverleg"),
    (r"VERSLAG VAN EEN WETGEVINGSOVERLEG\b", "Verslag van een wetgevingsoverleg"),
    (r"VERSLAG VAN EEN MONDELING OVERLEG\b", "Verslag van een mondeling overleg"),
    (r"VERSLAG VAN EEN RONDETAFELGESPREK\b", "Verslag van een rondetafelgesprek"),
    (r"VERSLAG VAN EEN HOORZITTING\b", "Verslag van een hoorzitting"),
    (r"(?:\w+ ){0,2}(?:EIND)?VERSLAG\b", "Verslag"),
    (r"(?:FINANCIEEL )?JAARVERSLAG\b", "Jaarverslag"),
    (r"(?:VOORSTEL VAN |ONTWERP[- ]?)?SLOTWET\b", "Slotwet"),
    (r"(?:\w+ ){0,2}(?:ONTWERP)?BEGROTING(?:SSTAAT|SSTATEN)?\b", "Begroting"),
    (r"INITIATIEFNOTA\b", "Initiatiefnota"),
    (r"(?:EIND)?RAPPORT\b", "Rapport"),
    (r"TOELICHTENDE NOTA\b", "Toelichtende nota"),
    (r"NOTA\b", "Nota"),
    (r"(?:ONTWERP)?BESLUIT\b", "Besluit"),
    (r"(?:VRAGEN|ANTWOORD)\b", "Antwoord"),
)  # fmt: skip
_COMPILED = tuple((re.compile(pattern), kind) for pattern, kind in _TABLE)


def kind_of(kind_line: str) -> str:
    """The kind that a kind line tells, or an empty string."""
    line = " ".join(kind_line.upper().split()).removeprefix("HERDRUK ").removeprefix("GERECTIFICEERDE ")
    return next((kind for pattern, kind in _COMPILED if pattern.match(line)), "")


def _kind(told: Sequence[str], lines: Sequence[str]) -> str:
    printed = (kind for line in lines if (kind := kind_of(line)))
    return telling(told) or next(printed, "") or next(iter(told), "")


KAMERSTUKKEN = Collection(
    "kst",
    "Kamerstukken",
    cited_as="Kamerstukken",
    contents=frozenset(("Kamerstuk", "kamerstuk")),
    titles=("OVERHEIDop.documenttitel",),  # DC.title joins it with the titles of the dossiers
    kind=_kind,
)
ATTACHMENTS = Collection(
    "blg",
    "Bijlagen bij Kamerstukken",
    cited_as="Kamerstukken",
    contents=frozenset(("Kamerstuk", "kamerstuk", "Bijlage")),
    attachments=True,
    kind=lambda told, lines: _kind(told, lines) or "Bijlage",
)
OTHER_PAPERS = (
    Collection("nds", "Niet-dossierstukken", cited_as="Niet-dossierstukken", kind=_kind),
    Collection("ag", "Agenda's", cited_as="Agenda", kind=_kind),
)
