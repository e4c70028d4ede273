"""Fictional papers for the stand-in: small ones made by hand, and any number of generated ones."""

from __future__ import annotations

from datetime import date, timedelta
from functools import cache

from benchmarks.corpus import papers
from benchmarks.pages import page
from tests.official_source.published import Published, of_page

_BEGIN = date(2031, 9, 1)


def small_page(number: int, text: str = "Enige tekst.", *, kind: str = "Motie", dossier: str = "95001") -> bytes:
    """The page of ondernummer ``number`` of a dossier, dated so many days after 1 September 2031."""
    day = _BEGIN + timedelta(days=number)
    identifier = f"kst-{dossier}-{number}"
    entries = {
        "DC.identifier": identifier, "OVERHEIDop.dossiernummer": dossier, "OVERHEIDop.dossiertitel": "Proefvelden",
        "OVERHEIDop.ondernummer": str(number), "OVERHEIDop.documenttitel": f"Stuk {number}",
        "OVERHEIDop.vergaderjaar": "2031-2032", "DC.creator": "Tweede Kamer der Staten-Generaal",
        "DCTERMS.issued": day.isoformat(), "DCTERMS.available": day.isoformat(),
    }  # fmt: skip
    metas = "".join(f'<meta name="{name}" scheme="" content="{content}" />' for name, content in entries.items())
    return (
        f'<html xmlns="http://www.w3.org/1999/xhtml"><head>{metas}<meta name="DC.type" scheme="OVERHEIDop.KamerstukTypen" '
        f'content="{kind}" /></head><body><div id="broodtekst"><h1 class="dossiertitel"><span class="dossiernummer">'
        f'{dossier}</span> Proefvelden</h1><div class="stuk"><h1 class="stuktitel"><span class="stuknummer">Nr. {number}</span> '
        f'{kind.upper()}</h1><div class="algemeen"><p>{text}</p></div></div></div></body></html>\n'
    ).encode()


def small_xml(number: int, text: str = "Enige tekst.", *, dossier: str = "95001") -> bytes:
    """The same paper as XML that holds no metadata, as most official XML."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n<officiele-publicatie><metadata/><kamerstuk><kamerstukkop>'
        '<tekstregel inhoud="vergaderjaar">Vergaderjaar 2031-2032</tekstregel></kamerstukkop><dossier><dossiernummer>'
        f"<dossiernr>{dossier}</dossiernr></dossiernummer><titel>Proefvelden</titel></dossier><stuk><stuknr>Nr. <ondernummer>"
        f"{number}</ondernummer></stuknr><titel>MOTIE</titel><algemeen><vrije-tekst><tekst><al>{text}</al></tekst>"
        "</vrije-tekst></algemeen></stuk></kamerstuk></officiele-publicatie>\n"
    ).encode()


def small(number: int, text: str = "Enige tekst.", *, kind: str = "Motie", dossier: str = "95001") -> Published:
    """One paper with page, XML and metadata."""
    others = {"xml": small_xml(number, text, dossier=dossier), "pdf": b"%PDF-1.4"}
    return of_page(small_page(number, text, kind=kind, dossier=dossier), others=others)


@cache
def generated(count: int, *, mean_bytes: int = 300) -> tuple[Published, ...]:
    """So many different papers over thirty years."""
    return tuple(of_page(page(paper).encode()) for paper in papers(count, seed=5, mean_bytes=mean_bytes))
