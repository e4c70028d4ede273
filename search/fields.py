"""The table of fields: every property by which papers are found, counted and told apart, each declared once.

From this table come the names of the query language and what their values mean, the plan of such a value, the columns of every
engine, facets, filters and their checking, the parameters of pages and API with their text, ``--filter`` and its help, the
sentence that tells how a query was understood, and columns of the table of hits. The order of the table is the order everywhere.

The table is a constant, so whatever is made of it may be made once, when the program starts, and every process has the same. A
field is added by adding it here, never while the program runs; the test that adds one does so in a copy of the program.

Not here: text that words are looked for in (``document.Place``), and the syntax that is no field (``datum:``, ``citeert:``,
``in:``).
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from enum import Enum, StrEnum, auto

from indexer.paper.model import SUPERSEDED, TO_OLDER_VERSIONS, PersonRole, RelationKind, submitting
from search.analysis.explained import explained_in
from search.document import SearchDocument
from search.names import SPELT, spellings_of
from search.wording import Wording

Values = tuple[str, ...]


def _single_spaced(value: str) -> str:
    return " ".join(value.split())


class Comparison(Enum):
    """How a typed value is compared with the values that papers have."""

    WHOLE = auto()
    """It is the whole value of a paper, letter case and accents aside."""
    WORDS = auto()
    """Each of its words occurs in the value, in any inflection."""
    NAME = auto()
    """Its words stand together in a spelling of the name, as they are (``search.names``)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """How the query language asks for a field by value.

    ``names`` are those in the query language; the first is the usual one. ``told`` tells what was asked for, with the value in
    braces.
    """

    names: tuple[str, ...]
    told: Wording
    compares: str = ""
    """The field whose values are compared with, when these are not its own; of names the field of all their spellings."""
    comparison: Comparison = Comparison.WORDS
    """How the value is compared. In quotation marks a text that is the whole value of some paper means that value alone."""
    read: Callable[[str], str] = _single_spaced
    """The value that is meant by what was typed; empty when there is none."""
    wanted: Wording | None = None
    """What the value has to be, for a field that does not take any text."""
    completes: str = ""
    """The kind of completions (``ports.Suggestion``) that its values are; other fields are completed by words."""


@dataclass(frozen=True, slots=True)
class Field:
    """A property of papers.

    ``name`` is that in addresses, filters and JSON. ``values`` gives what a paper has of it. ``label`` and ``plural`` are Dutch,
    for readers; ``meaning`` is an English sentence, for programmers.
    """

    name: str
    values: Callable[[SearchDocument], Iterable[str]]
    label: str = ""
    plural: str = ""
    meaning: str = ""
    examples: Values = ()
    facet: bool = False
    """Whether papers are counted and filtered by its values."""
    prominent: bool = False
    """Whether pages show the facet at first sight; the others stand behind a fold."""
    last_first: bool = False
    """Whether its values are listed from the last to the first; otherwise the most frequent come first."""
    years: bool = False
    """Whether its values are the years of the papers' dates, so that a filter may be a span: ``2018..2024``."""
    shown: Callable[[str], str] = str
    """How a value reads."""
    asked: Asked | None = None
    column: str = ""
    """The head of its column in tables of hits, behind those that every table has; empty when it has none."""

    @property
    def called(self) -> Wording:
        """What a sentence calls it."""
        return Wording(self.label.lower(), self.name.replace("_", " "))


def _once(values: Iterable[str]) -> Values:
    """Each value once, empty ones left out."""
    return tuple(dict.fromkeys(value for value in values if value))


_KEY = re.compile(r"(?P<digits>\d{5})(?P<sub>-\d{2,4})?(?:-(?P<addition>[A-Z]+))?", re.ASCII)
_NO_BREAK = "\u00a0"


def printed_dossier(key: str) -> str:
    """A dossier as papers print it: 31066 → 31 066, 21501-02 → 21 501-02, 36410-XVI → 36 410 XVI; spaces do not break."""
    found = _KEY.fullmatch(key)
    if not found:
        return key
    spaced = f"{found['digits'][:2]}{_NO_BREAK}{found['digits'][2:]}{found['sub'] or ''}"
    return f"{spaced}{_NO_BREAK}{found['addition']}" if found["addition"] else spaced


def printed_category(value: str) -> str:
    """A category with its levels: Financiën › Belasting."""
    return " › ".join(part.strip() for part in value.split("|"))


_DOSSIER = re.compile(
    r"(?P<number>\d\d\s?\d{3})(?:-(?P<sub>\d{2,4}))?(?:\s*[-–]?\s*(?P<chapter>[IVXLC]+[AB]?|[A-M]))?(?:\s*\(?R\s?\d{3,4}\)?)?",
    re.IGNORECASE,
)
_ROMAN_DOSSIER = re.compile(r"[IVXLC]+")
_LABEL = re.compile(r"^(?:nr\.?|nummer|letter)\s+", re.IGNORECASE)
_CHAMBERS = {
    "Tweede Kamer": {"tweede kamer", "tweede", "tk", "ii", "2", "2e", "tweede kamer der staten-generaal"},
    "Eerste Kamer": {"eerste kamer", "eerste", "ek", "i", "1", "1e", "eerste kamer der staten-generaal", "senaat"},
}


def read_dossier(text: str) -> str:
    """The dossier as identifiers have it: "36 410 XVI" → ``36410-XVI``; empty when the text is none."""
    if _ROMAN_DOSSIER.fullmatch(text):
        return text
    found = _DOSSIER.fullmatch(text)
    if not found:
        return ""
    number = "".join(found["number"].split())
    return "-".join(part for part in (number, found["sub"], (found["chapter"] or "").upper()) if part)


def _read_number(text: str) -> str:
    return _LABEL.sub("", text)


def _read_chamber(text: str) -> str:
    return next((name for name, typed in _CHAMBERS.items() if text.lower() in typed), "")


def carried(name: str) -> Callable[[SearchDocument], Values]:
    """The values that papers carry under a name (``indexer.paper.model.carried``), from the file or from another store."""
    return lambda document: document.more.get(name, ())


def _dossiers(document: SearchDocument) -> Values:
    return _once(dossier.key for dossier in document.dossiers if dossier.number)


def _dossier_numbers(document: SearchDocument) -> Values:
    """The dossiers, and the numbers that they are parts of, so that 36410 finds its chapters and 21501 all councils."""
    numbers = [dossier.number for dossier in document.dossiers]
    return _once((*_dossiers(document), *numbers, *(number.partition("-")[0] for number in numbers)))


_CHANGED = re.compile(r"\s*(?:\w+\s+){0,2}gewijzigde?\b", re.IGNORECASE)
"""A kind line begins so: GEWIJZIGDE MOTIE, TWEEDE NADER GEWIJZIGD AMENDEMENT."""


class VersionKind(StrEnum):
    """What a paper can be among its versions, as the field ``version`` has it."""

    IN_FORCE = "geldend"
    REPLACED = "vervangen"
    CHANGED = "gewijzigd"
    REPRINT = "herdruk"


def version_kinds(document: SearchDocument) -> tuple[VersionKind, ...]:
    """What a paper is among its versions; one that has changed another may be replaced itself."""
    changed = _CHANGED.match(document.kind_line) or document.related(RelationKind.REPLACES, RelationKind.CHANGES)
    reprint = "herdruk" in document.edition.lower() or document.related(RelationKind.REPRINT_OF)
    now = VersionKind.REPLACED if document.related(*SUPERSEDED) else VersionKind.IN_FORCE
    return now, *((VersionKind.CHANGED,) if changed else ()), *((VersionKind.REPRINT,) if reprint else ())


def _read_version(text: str) -> str:
    return text.lower() if text.lower() in tuple(VersionKind) else ""


def _spellings(document: SearchDocument) -> Values:
    """The names by which people are known, and each other spelling behind the name that it belongs to."""
    found: list[str] = []
    for person, *others in filter(None, map(spellings_of, document.people)):
        found += [person, *(f"{person}{SPELT}{other}" for other in others)]
    return _once(found)


EXPLAINS = "="
"""Between an abbreviation and what it stands for, in the values of ``explained``."""


def _explained(document: SearchDocument) -> Values:
    """The abbreviations that a paper explains: OM=openbaar ministerie."""
    found = (pair for passage in document.passages for pair in explained_in(passage.text))
    return _once(EXPLAINS.join(pair) for pair in found)


FIELDS = (
    Field(
        "dossier",
        _dossiers,
        label="Dossier",
        plural="Dossiers",
        meaning="Dossiers: 31066, 21501-02, 36410-XVI.",
        examples=("31066",),
        facet=True,
        prominent=True,
        shown=printed_dossier,
        asked=Asked(
            ("dossier",),
            told=Wording("uit dossier {}", "in dossier {}"),
            compares="dossier_number",
            comparison=Comparison.WHOLE,
            read=read_dossier,
            wanted=Wording(
                "een dossiernummer, zoals 31066, 21501-02 of 36410-XVI, of de titel van een dossier",
                "a number such as 31066, 21501-02 or 36410-XVI, or the title of a dossier",
            ),
            completes="dossier",
        ),
    ),
    Field(
        "year",
        lambda document: (str(document.date.year),) if document.date else (),
        label="Jaar",
        plural="Jaren",
        meaning="Years of the papers' dates; also spans: 2018..2024, 2018.., ..2024.",
        examples=("2018..2024",),
        facet=True,
        years=True,
    ),
    Field(
        "minister",
        lambda document: _once(one.known_as for one in document.people if one.role is PersonRole.MINISTER),
        label="Bewindspersoon",
        plural="Bewindspersonen",
        meaning="Names of ministers and state secretaries.",
        examples=("M.L.A. van Rij",),
        facet=True,
        prominent=True,
        asked=Asked(
            ("minister",),
            told=Wording("van bewindspersoon {}", "by minister {}"),
            compares="spelling",
            comparison=Comparison.NAME,
            completes="person",
        ),
    ),
    Field(
        "kind",
        lambda document: _once((document.kind,)),
        label="Soort",
        plural="Soorten",
        meaning="Kinds of papers.",
        examples=("Brief regering", "Motie"),
        facet=True,
        prominent=True,
        asked=Asked(("soort",), told=Wording("van de soort {}", "of kind {}")),
    ),
    # Everyone who put their name to the paper, in whatever role.
    Field(
        "person",
        lambda document: _once(one.known_as for one in document.people),
        label="Persoon",
        plural="Personen",
        meaning="Names of all who signed or submitted papers.",
        examples=("P.A. Grinwis",),
        facet=True,
        asked=Asked(
            ("persoon",),
            told=Wording("ondertekend of ingediend door {}", "signed or submitted by {}"),
            compares="spelling",
            comparison=Comparison.NAME,
            completes="person",
        ),
    ),
    Field(
        "session_year",
        lambda document: _once((document.session_year,)),
        label="Vergaderjaar",
        plural="Vergaderjaren",
        meaning="Session years.",
        examples=("2023-2024",),
        facet=True,
        last_first=True,
    ),
    Field(
        "office",
        lambda document: _once(minister.office for minister in document.ministers),
        label="Ambt",
        plural="Ambten",
        meaning="Offices that ministers and state secretaries held.",
        examples=("Staatssecretaris van Financiën",),
        facet=True,
        asked=Asked(("ambt",), told=Wording("van het ambt {}", "by the office of {}"), comparison=Comparison.NAME),
    ),
    Field(
        "chamber",
        lambda document: _once((document.chamber,)),
        label="Kamer",
        plural="Kamers",
        meaning="Chambers of parliament.",
        examples=("Tweede Kamer",),
        facet=True,
        asked=Asked(
            ("kamer",),
            told=Wording("van de {}", "of the {}"),
            comparison=Comparison.WHOLE,
            read=_read_chamber,
            wanted=Wording("“tweede” of “eerste”", "“tweede” or “eerste”"),
        ),
    ),
    Field(
        "category",
        lambda document: _once(document.categories),
        label="Onderwerp",
        plural="Onderwerpen",
        meaning="Subjects.",
        examples=("Financiën | Belasting",),
        facet=True,
        shown=printed_category,
    ),
    Field(
        "version",
        lambda document: tuple(kind.value for kind in version_kinds(document)),
        label="Versie",
        plural="Versies",
        meaning="What papers are among their versions: geldend (in force), vervangen (replaced), gewijzigd (changed), herdruk.",
        examples=("geldend",),
        facet=True,
        shown=str.capitalize,
        asked=Asked(
            ("versie",),
            told=Wording("versie: {}", "version: {}"),
            comparison=Comparison.WHOLE,
            read=_read_version,
            wanted=Wording(
                "“geldend”, “vervangen”, “gewijzigd” of “herdruk”", "“geldend”, “vervangen”, “gewijzigd” or “herdruk”"
            ),
        ),
    ),
    Field("dossier_number", _dossier_numbers),
    Field(
        "dossier_title",
        lambda document: _once(dossier.title for dossier in document.dossiers),
        asked=Asked(("dossiertitel",), told=Wording("uit het dossier “{}”", "in the dossier “{}”"), comparison=Comparison.WHOLE),
    ),
    Field(
        "number",
        lambda document: _once((document.number,)),
        asked=Asked(("nr",), told=Wording("met nummer {}", "with number {}"), comparison=Comparison.WHOLE, read=_read_number),
    ),
    Field(
        "submitter",
        lambda document: _once(one.known_as for one in submitting(document.people)),
        label="Indiener",
        asked=Asked(
            ("indiener",),
            told=Wording("ingediend door {}", "submitted by {}"),
            compares="spelling",
            comparison=Comparison.NAME,
        ),
    ),
    Field("spelling", _spellings),
    Field("explained", _explained),
    Field("replaces", lambda document: _once(document.related(*TO_OLDER_VERSIONS))),
    # The numbers of the paper and of its matters at the Tweede Kamer.
    Field("registered", lambda document: _once((*document.zaken, *document.documents))),
)

_BY_NAME = {one.name: one for one in FIELDS}
_ASKED = {one.name: one.asked for one in FIELDS if one.asked}
_BY_QUERY_NAME = {name: one for one in FIELDS if one.asked for name in one.asked.names}

FINGERPRINT = hashlib.blake2b(" ".join(sorted(_BY_NAME)).encode(), digest_size=3).hexdigest()
"""Names this set of fields; part of the versions of engines, so that an index without one of them is made anew."""

FACETS = tuple(one.name for one in FIELDS if one.facet)
"""The names of the facets."""


def facets() -> tuple[Field, ...]:
    """The fields by which papers are counted and filtered."""
    return tuple(one for one in FIELDS if one.facet)


def named(name: str) -> Field:
    """The field with this name.

    Raises:
        KeyError: there is none.
    """
    return _BY_NAME[name]


def asked(name: str) -> Asked:
    """How the query language asks for the field with this name.

    Raises:
        KeyError: there is none, or the query language does not know it.
    """
    return _ASKED[name]


def query_names() -> tuple[str, ...]:
    """The names of fields in the query language."""
    return tuple(_BY_QUERY_NAME)


def asked_as(name: str) -> Field | None:
    """The field with this name in the query language."""
    return _BY_QUERY_NAME.get(name)


def facets_of(document: SearchDocument) -> dict[str, Values]:
    """The paper's values of every field, by the field's name."""
    return {one.name: tuple(one.values(document)) for one in FIELDS}
