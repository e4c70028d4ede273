"""Every kind of page with an address that shows it, for all that looks at each of them: axe, the validator, screenshots."""

from __future__ import annotations

PAGES = {
    "begin": "/",
    "zoeken": "/zoeken?q=Cool:Gen",
    "gekozen": "/zoeken?q=Cool:Gen&dossier=91066&year=2018..2024&sort=newest",
    "gedeeltelijk": "/zoeken?q=uitfasering+huurtoeslag+glasvezel",
    "versies": "/zoeken?q=motie+dossier:91066",
    "vormen": "/zoeken?q=toeslag+besluiten",
    "bedoeld": "/zoeken?q=Akkervelt",
    "verbeterd": "/zoeken?q=uitfasernig",
    "niets": "/zoeken?q=onvindbaarwoord&kind=Motie",
    "waarden": "/zoeken/filter/dossier?q=de",
    "stuk": "/kst-91066-83?q=Cool:Gen",
    "begroting": "/kst-95400-IX-2",
    "status": "/status",
    "programmas": "/api",
    "te-duur": "/problems/too-costly",
    "dossier": "/dossier/91066",
    "dossier-jaar": "/dossier/91066?sort=newest&year=2020",
    "hoofdstuk": "/dossier/95400-XVI",
    "persoon": "/persoon/M.C.%20Verhulst",
    "persoon-keuze": "/persoon/M.C.%20Verhulst?role=submitted&year=2019",
    "geen-dossier": "/dossier/12345",
    "geen-persoon": "/persoon/Verhulst",
    "term": "/term?q=Cool:Gen&sort=left",
    "termjaar": "/term?q=uitfasering&dossier=91066&year=2020",
    "termleeg": "/term",
    "termniets": "/term?q=onvindbaarwoord",
    "ontbreekt": "/kst-99999-1",
    "ingetrokken": "/kst-91066-999",
    "fout": "/zoeken?pagina=x",
    "nergens": "/bestaat/niet",
}
"""Names are those of screenshots."""
