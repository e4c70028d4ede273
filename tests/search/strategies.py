"""Random small papers and random queries about them, of few enough words that they often meet."""

from __future__ import annotations

import datetime

from hypothesis import strategies as st

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Kamerstuk, PaperPerson, Person, PersonRole, ReadIn, RelationKind
from search.fields import FACETS
from search.ports import SearchRequest, Sort
from search.query.parser import parse
from search.query.tree import (
    And,
    Cites,
    Dated,
    Fuzzy,
    Match,
    Node,
    Not,
    Nothing,
    Or,
    Paper,
    Phrase,
    Prefix,
    Registered,
    Scope,
    Scoped,
    Word,
)
from tests.search.papers import paper

NAMES = ("31066-1", "31066-7", "31066-7-h1", "36410-XVI-2", "90001-A", "90001-B", "90002-1", "90002-2")
WORDS = (
    *("toeslag", "toeslagen", "huurtoeslag", "zorgtoeslagen", "huur", "zorg", "belasting", "dienst", "belastingdienst", "Dienst"),
    *(
        "motie",
        "moties",
        "minister",
        "bewindspersoon",
        "mvt",
        "memorie van toelichting",
        "TK",
        "tweede kamer",
        "Financiën",
        "financiele",
    ),
    *(
        "Cool:Gen",
        "CoolGen",
        "cool gen",
        "cool",
        "gen",
        "F-35",
        "D66",
        "D'66",
        "foto's",
        "fotos",
        "foto-archief",
        "R&D",
        "gemeente(n)",
    ),
    *(
        "de",
        "het",
        "en",
        "31066",
        "31 066",
        "31 066, nr. 7",
        "kst-36410-XVI-2",
        "44,9",
        "1.200",
        "Campen/Boswijk",
        "...",
        "é",
        "ĳs",
        "2024D00001",
    ),
)
DOSSIERS = (
    Dossier("31066", "", "Belastingdienst"),
    Dossier("31066", "R2188", "Tax"),
    Dossier("36410", "XVI", "VWS"),
    Dossier("90001"),
)
MINISTERS = (Person("M.L.A. van Rij", "Staatssecretaris van Financiën"), Person("E. Wiebes"), Person("", "Minister van VWS"))
DATES = ("", "1998-05-05", "2020-01-01", "2020-12-31", "2021-01-01")
KIND_LINES = ("", "BRIEF VAN DE MINISTER", "GEWIJZIGDE MOTIE VAN HET LID BEE")
PEOPLE = (
    PaperPerson("Inge van Dijk", PersonRole.FIRST_SUBMITTER, "Van Dijk", person="I. van Dijk"),
    PaperPerson("Van Dijk", PersonRole.CO_SIGNER, "Van Dijk"),
    PaperPerson("J.P. Dijk", PersonRole.CO_SIGNER, "Dijk", read_in=(ReadIn.SIGNATURE,)),
    PaperPerson("Van Rij", PersonRole.MINISTER, "drs. M.L.A. van Rij", "Staatssecretaris", person="M.L.A. van Rij"),
    PaperPerson("Dijk", PersonRole.CLERK, "Dijk", read_in=(ReadIn.SIGNATURE,)),
)
KINDS = ("", "Motie", "Brief regering", "Memorie van toelichting")

_RELATIONS = (RelationKind.REPLACES, RelationKind.REPLACED_BY, RelationKind.REPRINT_OF, RelationKind.ATTACHMENT_OF)

texts = st.lists(st.sampled_from(WORDS), min_size=1, max_size=9).map(" ".join)


def few(values: tuple[object, ...]) -> st.SearchStrategy[tuple[object, ...]]:
    """None, one or two of the values."""
    return st.lists(st.sampled_from(values), max_size=2).map(tuple)


def papers(names: tuple[str, ...] = NAMES) -> st.SearchStrategy[Kamerstuk]:
    """A paper with something in every place now and then."""
    return st.builds(
        lambda name, body, rest: paper(name, *body, **rest),
        st.sampled_from(names),
        st.lists(texts, max_size=3),
        st.fixed_dictionaries(
            {},
            optional={
                "title": texts,
                "heading": texts,
                "notes": st.lists(texts, max_size=2).map(tuple),
                "annex": texts,
                "date": st.sampled_from(DATES),
                "kind": st.sampled_from(KINDS),
                "kind_line": st.sampled_from(KIND_LINES),
                "chamber": st.sampled_from(("Tweede Kamer", "Eerste Kamer")),
                "session_year": st.sampled_from(("", "2019-2020", "2020-2021")),
                "dossiers": few(DOSSIERS),
                "ministers": few(MINISTERS),
                "submitters": few(("P.H. Omtzigt", "R. Leijten")),
                "categories": few(("Zorg", "Belasting", "")),
                "people": few(PEOPLE),
                "relations": few(tuple((kind, name) for kind in _RELATIONS for name in NAMES)),
                "edition": st.sampled_from(("", "Herdruk")),
                "zaken": few(("2024Z00001", "2024Z00002")),
                "documents": few(("2024D00001", "2024D00002")),
                "cites": few(tuple(f"kst-{name}" for name in NAMES)),
            },
        ),
    )


changes = st.lists(
    st.tuples(st.lists(papers(), min_size=1, max_size=5), st.lists(st.sampled_from(NAMES), max_size=3)), min_size=1, max_size=4
)
"""Commits: papers to put in, and then names of papers to take out."""

_words = st.sampled_from(WORDS)
_identifiers = st.sampled_from(NAMES).map(lambda name: Identifier(f"kst-{name}"))
_days = st.none() | st.sampled_from([datetime.date.fromisoformat(date) for date in DATES if date])
_values = {
    "dossier": ("31066", "36410", "36410-XVI", "36410-xvi", "99999"),
    "number": ("1", "a", "XVI"),
    "kind": ("motie", "brief", "brieven", "toelichting memorie", "..."),
    "minister": ("Rij", "van rij", "financiën", "Wiebes", "VWS"),
    "office": ("minister", "staatssecretaris", "van", "Minister van VWS"),
    "submitter": ("omtzigt", "Rij", "minister", "van Dijk"),
    "person": ("Dijk", "van Dijk", "Inge van Dijk", "I. van Dijk", "lid Dijk", "de Dijk", "van", "..."),
    "version": ("geldend", "vervangen", "herdruk"),
    "chamber": ("Tweede Kamer", "eerste", "1"),
}
_leaves: st.SearchStrategy[Node] = st.one_of(
    _words.map(Word),
    _words.map(Word),
    st.builds(
        Phrase, st.lists(_words, min_size=1, max_size=3).map(lambda words: tuple(" ".join(words).split())), st.integers(0, 4)
    ),
    st.sampled_from(("toe", "toesl", "huur", "bel", "cool:", "mot", "31066", "zzz")).map(Prefix),
    st.sampled_from(("toeslga", "toeslag", "motei", "hur", "mini", "coolgen")).map(Fuzzy),
    st.sampled_from(
        [Match(field, value, quoted) for field, values in _values.items() for value in values for quoted in (False, True)]
    ),
    st.builds(Dated, _days, _days),
    _identifiers.map(Cites),
    _identifiers.map(lambda identifier: Paper(identifier, identifier.printed)),
    st.sampled_from(("2024Z00001", "2024Z00002", "2024D00001", "2024D00003")).map(Registered),
)


def _grown(nodes: st.SearchStrategy[Node]) -> st.SearchStrategy[Node]:
    several = st.lists(nodes, min_size=2, max_size=4).map(tuple)
    return st.one_of(
        st.builds(And, several, st.booleans()), several.map(Or), nodes.map(Not), st.builds(Scoped, st.sampled_from(Scope), nodes)
    )


_trees: st.SearchStrategy[Node] = st.recursive(_leaves, _grown, max_leaves=6)
_plain = st.lists(_words.map(Word), min_size=2, max_size=5).map(lambda words: And(tuple(words)))
_pieces = st.sampled_from(
    (*WORDS, *WORDS, "EN", "OF", "NIET", "-", "(", ")", '"', '"~3', "*", "~", "titel:", "soort:", "in:voetnoot", "jaar:2020")
)
_typed = st.lists(_pieces, max_size=8).map(lambda pieces: parse(" ".join(pieces)).node)
queries: st.SearchStrategy[Node] = st.one_of(_plain, _trees, _typed, st.just(Nothing()))
"""Ordinary queries, any tree, and what the parser makes of any text."""

_FILTERS = {
    "dossier": ("31066", "36410-XVI", "90001"),
    "year": ("2020", "1998", "1999..2020", "..1998", "2021.."),
    "kind": ("Motie", "Brief regering", "Nooit"),
    "minister": ("E. Wiebes",),
    "category": ("Zorg",),
}
filters = st.fixed_dictionaries({}, optional={name: few(values) for name, values in _FILTERS.items() if name in FACETS})
requests = st.builds(
    SearchRequest,
    queries,
    filters,
    st.sampled_from((Sort.RELEVANCE, Sort.RELEVANCE, Sort.NEWEST, Sort.OLDEST)),
    st.just(0),
    st.just(100),
    st.sampled_from((100, 1, 0)),
    st.booleans(),
    st.booleans(),
    st.sampled_from(((), ("year",), ("person", "office"), ("nietbestaand",))),
    st.booleans(),
)
"""Questions that ask for all their hits."""
