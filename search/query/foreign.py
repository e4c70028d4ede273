"""What other search systems write, and what of it there is here: signs between words, distances, names of fields.

``a || b`` and ``!a`` mean what OF and NIET mean here, ``a w/5 b`` is a phrase with room in it, ``title:`` is ``titel:``. What
there is nothing like here (``partij:``) is told, with what there is.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from search.query.tree import MAX_SLOP
from search.wording import Remark, Wording

FIELD_NAMES = {
    **dict.fromkeys(("title", "intitle", "allintitle", "titels", "ti"), "titel"),
    **dict.fromkeys(("date", "datums", "periode", "period"), "datum"),
    **dict.fromkeys(("year", "jaartal", "jaren", "vergaderjaar", "zittingsjaar"), "jaar"),
    **dict.fromkeys(
        ("author", "auteur", "auteurs", "person", "personen", "naam", "kamerlid", "lid", "ondertekenaar", "ondertekenaars"),
        "persoon",
    ),
    **dict.fromkeys(("indieners", "submitter"), "indiener"),
    **dict.fromkeys(("ministers", "bewindspersoon", "bewindspersonen", "staatssecretaris"), "minister"),
    **dict.fromkeys(("office", "ambten"), "ambt"),
    **dict.fromkeys(("kind", "type", "doctype", "documenttype", "soorten", "documentsoort"), "soort"),
    **dict.fromkeys(("dossiers", "dossiernummer", "dossiernr", "kamerstukdossier"), "dossier"),
    **dict.fromkeys(("number", "nummer", "ondernummer"), "nr"),
    **dict.fromkeys(("chamber", "kamers"), "kamer"),
    **dict.fromkeys(("version", "versies"), "versie"),
    **dict.fromkeys(("cites", "citing", "verwijst", "citeren"), "citeert"),
}
"""Names of fields elsewhere, and what the same is called here. They are read so only directly before a value."""

UNKNOWN_NAMES = (
    "partij", "partijen", "party", "fractie", "fracties", "onderwerp", "onderwerpen", "subject", "topic", "thema", "theme",
    "categorie", "category", "trefwoord", "trefwoorden", "keyword", "keywords", "tag", "tags", "tekst", "text", "body", "inhoud",
    "content", "intext", "allintext", "inurl", "url", "link", "site", "host", "filetype", "ext", "bestandstype", "format", "taal",
    "language", "lang", "land", "country", "commissie", "committee", "status", "bron", "source", "collection", "collectie",
    "ministerie", "departement", "organisatie", "organization", "id", "zaak", "zaaknummer", "document", "documentnummer",
    "related", "cache", "define", "after", "before", "since", "until",
)  # fmt: skip
"""Names of fields elsewhere that have no like here."""

_NO_FIELD = Wording(
    "Een veld “{}:” is er niet; gezocht is op de woorden. Wel: {}.",
    "There is no field “{}:”; searched for the words. There are: {}.",
)


def no_field(name: str, names: tuple[str, ...]) -> Remark:
    """Tells that there is no such field, and which there are."""
    return Remark(_NO_FIELD, (name, ", ".join(f"{one}:" for one in names)))


@dataclass(frozen=True, slots=True)
class Distance:
    """A sign that asks for two words near each other, and how many words these may be apart."""

    sign: str
    words: int


_PARAGRAPH, _SENTENCE, _NEAR = MAX_SLOP, 20, 10
_DISTANCE = re.compile(
    r"(?<!\S)(?:(?P<capitals>(?:O?NEAR|ADJ|NABIJ)(?P<plain>\d{0,3}))|(?:(?i:w|n|p|pre|o?near|adj|nabij)?/(?P<words>\d{1,3}))"
    r"|/(?P<within>[ps]))(?![^\s(])"
)


def distance_at(text: str, place: int) -> Distance | None:
    """The distance that is asked for here: ``w/5``, ``NEAR``, ``NEAR/5``, ``/p``; None when none is."""
    found = _DISTANCE.match(text, place)
    if not found:
        return None
    if found["within"]:
        return Distance(found[0], _PARAGRAPH if found["within"] == "p" else _SENTENCE)
    return Distance(found[0], int(found["words"] or found["plain"] or _NEAR))


_NEARNESS = Wording(
    '“{}” is gelezen als: binnen {} woorden van elkaar, zoals in "woord ander"~{}.',
    '“{}” was read as: within {} words of each other, as in "word other"~{}.',
)
_NO_NEARNESS = Wording(
    '“{}” staat hier niet tussen twee woorden of zinsneden; weggelaten. Woorden bij elkaar: "woord ander"~5.',
    '“{}” does not stand between two words or phrases here; left out. Words near each other: "word other"~5.',
)


def read_as_nearness(sign: str, words: int) -> Remark:
    """Tells how a distance was read."""
    return Remark(_NEARNESS, (sign, words, words))


def no_nearness(sign: str) -> Remark:
    """Tells that a distance was passed over."""
    return Remark(_NO_NEARNESS, (sign,))
