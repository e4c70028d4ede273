"""Every node of the query tree: what it finds, and what it does not."""

from __future__ import annotations

from datetime import date

import pytest

from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Person
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
from tests.search.engines_under_test import EngineUnderTest, ask, full, hit, names, write
from tests.search.papers import paper

LETTER = paper(
    "31066-1",
    "De staatssecretaris wil Cool:Gen uitfaseren voor de Belastingdienst.",
    "Daarom is uitstel nodig.",
    title="Uitfasering van Cool:Gen",
    heading="Planning en kosten",
    notes=("Zie ook het jaarverslag.",),
    annex="Tabel met bedragen",
    date="2020-03-01",
    kind="Brief regering",
    kind_line="BRIEF VAN DE STAATSSECRETARIS VAN FINANCIËN",
    chamber="Tweede Kamer",
    dossiers=(Dossier("31066", "", "Belastingdienst"), Dossier("36410", "XVI", "Begroting VWS")),
    ministers=(Person("M.L.A. van Rij", "Staatssecretaris van Financiën"),),
    cites=("kst-31066-7",),
    zaken=("2020Z00010", "2020Z00020"),
    documents=("2020D00011",),
)
MOTION = paper(
    "31066-7",
    "De motie van het lid Omtzigt over huurtoeslag in de planning.",
    date="2022-12-31",
    kind="Motie",
    chamber="Tweede Kamer",
    dossiers=(Dossier("31066", "", "Belastingdienst"),),
    submitters=("P.H. Omtzigt",),
    zaken=("2020Z00020",),
    documents=("2022D00021",),
)
UNDATED = paper("99999-A", "Toeslagen en cool gen, bedragen zonder datum.", kind="Verslag", chamber="Eerste Kamer")
PAPERS = {"letter": LETTER, "motion": MOTION, "undated": UNDATED}


def _all(*children: Node) -> Node:
    return And(children, explicit=True)


@pytest.mark.parametrize(
    ("node", "found"),
    [
        (Word("uitstel"), "letter"),
        (Word("UITSTEL"), "letter"),
        (Word("moties"), "motion"),
        (Word("financien"), "letter"),
        (Word("komtnietvoor"), ""),
        (Word("..."), ""),
        (Word("Cool:Gen"), "letter undated"),
        (Word("CoolGen"), "letter"),
        (Phrase(("cool", "gen")), "letter undated"),
        (Phrase(("Cool:Gen", "uitfaseren")), "letter"),
        (Phrase(("uitfaseren", "Cool:Gen")), ""),
        (Phrase(("uitfaseren", "voor", "de", "belastingdienst")), "letter"),
        (Phrase(("uitfaseren", "belastingdienst")), ""),
        (Phrase(("planning",)), "letter motion"),
        (Phrase(("plannings",)), ""),
        (Phrase(("belastingdienst", "daarom")), ""),
        (Phrase(("...",)), ""),
        (Phrase(("belastingdienst", "uitfaseren"), 3), "letter"),
        (Phrase(("belastingdienst", "uitfaseren"), 2), ""),
        (Phrase(("belastingdienst", "daarom"), 50), ""),
        (Phrase(("staatssecretaris", "wil", "Cool:Gen"), 1), "letter"),
        (Phrase(("de", "de"), 50), "letter motion"),
        (Phrase(("uitstel", "uitstel"), 50), ""),
        (Prefix("belas"), "letter motion"),
        (Prefix("uitst"), "letter"),
        (Prefix("zzz"), ""),
        (Fuzzy("uitsel"), "letter"),
        (Fuzzy("uitstel"), "letter"),
        (Fuzzy("uitssstel"), ""),
        (Match("dossier", "31066"), "letter motion"),
        (Match("dossier", "31 066"), "letter motion"),
        (Match("dossier", "36410"), "letter"),
        (Match("dossier", "36410-xvi"), "letter"),
        (Match("dossier", "36410-XV"), ""),
        (Match("dossier_title", "begroting vws"), "letter"),
        (Match("dossier_title", "Begroting"), ""),
        (Match("dossier", ""), ""),
        (Match("number", "7"), "motion"),
        (Match("number", "a"), "undated"),
        (Match("kind", "brief"), "letter"),
        (Match("kind", "brieven"), "letter"),
        (Match("kind", "..."), ""),
        (Match("minister", "Rij"), "letter"),
        (Match("minister", "van rij"), "letter"),
        (Match("minister", "rij financiën"), ""),
        (Match("minister", "M.L.A. van Rij", quoted=True), "letter"),
        (Match("minister", "Rij", quoted=True), "letter"),
        (Match("minister", "Omtzigt"), ""),
        (Match("office", "staatssecretaris"), "letter"),
        (Match("submitter", "omtzigt"), "motion"),
        (Match("submitter", "rij"), "letter"),
        (Match("chamber", "tweede"), "letter motion"),
        (Match("chamber", "Eerste Kamer"), "undated"),
        (Dated(date(2020, 3, 1), date(2020, 3, 1)), "letter"),
        (Dated(None, date(2022, 12, 30)), "letter"),
        (Dated(date(2020, 3, 2), None), "motion"),
        (Dated(date.min, date.max), "letter motion"),
        (Dated(None, None), "letter motion"),
        (Cites(Identifier("kst-31066-7")), "letter"),
        (Cites(Identifier("kst-31066-1")), ""),
        (Paper(Identifier("kst-31066-7"), "31 066, nr. 7"), "letter motion"),
        (Paper(Identifier("kst-1-1"), "1, nr. 1"), ""),
        (Registered("2020D00011"), "letter"),
        (Registered("2020Z00020"), "letter motion"),
        (Registered("2020D99999"), ""),
        (Not(Registered("2020D00011")), "motion undated"),
        (_all(Registered("2020Z00020"), Word("huurtoeslag")), "motion"),
        (And((Word("planning"), Registered("2020D00011"))), "letter"),
        (Scoped(Scope.TITLE, Word("cool:gen")), "letter"),
        (Scoped(Scope.HEADING, Word("planning")), "letter"),
        (Scoped(Scope.HEADING, Word("uitstel")), ""),
        (Scoped(Scope.FOOTNOTE, Word("jaarverslag")), "letter"),
        (Scoped(Scope.FOOTNOTE, Word("planning")), ""),
        (Scoped(Scope.ANNEX, Word("bedrag")), "letter"),
        (Scoped(Scope.ANNEX, Phrase(("met", "bedragen"))), "letter"),
        (Scoped(Scope.ANNEX, Phrase(("bedragen", "zonder"))), ""),
        (Scoped(Scope.ANNEX, _all(Prefix("bed"), Fuzzy("tabl"))), "letter"),
        (Scoped(Scope.FOOTNOTE, Not(Word("jaarverslag"))), "motion undated"),
        (Scoped(Scope.TITLE, Scoped(Scope.FOOTNOTE, Word("jaarverslag"))), "letter"),
        (Not(Word("planning")), "undated"),
        (Not(Not(Word("planning"))), "letter motion"),
        (Not(Word("komtnietvoor")), "letter motion undated"),
        (Not(Dated(date(2020, 1, 1), None)), "undated"),
        (_all(Word("planning"), Word("uitstel")), "letter"),
        (_all(Word("planning"), Word("komtnietvoor")), ""),
        (_all(Word("planning"), Not(Match("kind", "motie"))), "letter"),
        (_all(Match("kind", "motie"), Dated(date(2022, 1, 1), None)), "motion"),
        (Or((Word("uitstel"), Word("datum"))), "letter undated"),
        (Or((Word("komtnietvoor"), Match("number", "7"))), "motion"),
        (Or((Not(Word("planning")), Word("uitstel"))), "letter undated"),
        (And((Word("planning"), Word("uitstel"))), "letter"),
        (And((Word("planning"), Not(Word("uitstel")))), "motion"),
        (And((Word("planning"), Phrase(("huurtoeslag", "in")))), "motion"),
        (And((Match("chamber", "tweede"), Dated(None, date(2021, 1, 1)))), "letter"),
        (Nothing(), ""),
    ],
    ids=str,
)
def test_a_node_finds(engine: EngineUnderTest, node: Node, found: str) -> None:
    write(engine, *PAPERS.values())

    assert full(engine, node) == {str(PAPERS[name].identifier).removeprefix("kst-") for name in found.split()}


def test_papers_without_a_date_are_in_no_period(engine: EngineUnderTest) -> None:
    write(engine, *PAPERS.values())

    assert "99999-A" not in full(engine, Dated(None, date.max))


def test_the_paper_that_a_query_names_comes_before_those_that_name_it(engine: EngineUnderTest) -> None:
    write(engine, paper("31066-2", *["Zie 31 066, nr. 7."] * 9), LETTER, MOTION)

    first, *others = names(ask(engine, Paper(Identifier("kst-31066-7"), "31 066, nr. 7")))

    assert (first, set(others)) == ("31066-7", {"31066-1", "31066-2"})


def test_the_paper_under_a_number_comes_before_those_that_name_it(engine: EngineUnderTest) -> None:
    write(engine, paper("31066-2", *["Zie 2022D00021."] * 9), LETTER, MOTION)

    assert names(ask(engine, Registered("2022D00021"))) == ["31066-7", "31066-2"]
    assert names(ask(engine, "2022d00021")) == ["31066-7", "31066-2"]


def test_no_phrase_reaches_from_one_passage_into_the_next(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "alfa beta", "gamma delta", "alfa beta gamma"))

    assert full(engine, Phrase(("beta", "gamma"))) == {"1-1"}
    assert full(engine, Phrase(("delta", "alfa"))) == set()


def test_words_within_a_slop_are_all_within_it(engine: EngineUnderTest) -> None:
    # From the middle word both others are near, but they are not near each other.
    write(
        engine, paper("1-1", "een x twee x drie"), paper("1-2", "drie een twee"), *(paper(f"2-{i}", "een drie") for i in range(4))
    )

    assert full(engine, Phrase(("een", "twee", "drie"), 3)) == {"1-2"}
    assert full(engine, Phrase(("een", "twee", "drie"), 4)) == {"1-1", "1-2"}


def test_a_slop_never_finds_less_than_the_phrase_itself(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "een twee drie vier vijf"))

    assert full(engine, Phrase(("een", "twee", "drie", "vier", "vijf"), 1)) == {"1-1"}


@pytest.mark.parametrize(("text", "found"), [("nee en nee", True), ("nee", False), ("nee nee nee", True)])
def test_a_word_asked_for_twice_stands_there_twice(engine: EngineUnderTest, text: str, found: bool) -> None:
    write(engine, paper("1-1", text))

    assert bool(full(engine, Phrase(("nee", "nee"), 5))) is found


def test_one_position_is_not_two_words(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "Cool:Gen stopt"), paper("1-2", "Cool:Gen is cool"))

    assert full(engine, Phrase(("Cool:Gen", "cool"), 5)) == {"1-2"}


def test_the_parts_of_a_term_are_found_in_either_form(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "een D66 motie"), paper("1-2", "het foto archief"), paper("1-3", "een D'66-motie"))

    assert full(engine, Word("D'66-motie")) == {"1-1", "1-3"}
    assert full(engine, Word("foto's-archief")) == {"1-2"}


def test_expressions_of_many_words_have_synonyms_too(engine: EngineUnderTest) -> None:
    write(engine, paper("1-1", "de nnavv ligt er"))

    result = ask(engine, "nota naar aanleiding van het verslag")

    assert (names(result), result.total_all_words, result.hits[0].match.value) == (["1-1"], 1, "synonym")


@pytest.mark.parametrize(
    ("query", "text", "kind"),
    [
        ("toeslag", "de toeslag", "exact"),
        ("toeslag", "de toeslagen", "stem"),
        ("toeslag", "de huurtoeslag van de huur", "compound"),
        ("mvt", "de memorie van toelichting", "synonym"),
        ("toeslag huur", "toeslag en huur", "exact"),
        ("toeslag huren", "toeslag en huur", "stem"),
        ("toeslag huur", "huurtoeslag voor huur", "compound"),
        ("toeslag zorg", "toeslag", "partial"),
        ("belasting dienst", "de belastingdienst", "compound"),
        ('"de toeslag"', "de toeslag", "exact"),
        ("toes*", "de toeslag", "stem"),
        ("toeslga~", "de toeslag", "stem"),
        ("toeslag EN huren", "toeslag en huur", "stem"),
        ("toeslag OF huren", "toeslag en huur", "exact"),
        ("zorg OF huren", "toeslag en huur", "stem"),
        ("toeslag (zorg OF huren)", "toeslag en huur", "stem"),
        ("toeslag NIET zorg", "toeslag en huur", "exact"),
        ("NIET zorg", "toeslag en huur", "exact"),
        ("toeslagen NIET zorg", "toeslag en huur", "stem"),
    ],
)
def test_a_hit_says_by_what_it_was_found(engine: EngineUnderTest, query: str, text: str, kind: str) -> None:
    write(engine, paper("1-1", text), paper("1-2", "iets over zorg"))

    assert hit(ask(engine, query), "1-1").match == kind


def test_compounds_follow_the_word_itself(engine: EngineUnderTest) -> None:
    others = [paper(f"2-{i}", "over iets anders") for i in range(5)]
    write(
        engine,
        paper("1-1", "de huurtoeslag en de huur"),
        paper("1-2", "de toeslag en de huur"),
        paper("1-3", "de toeslagen en de huur"),
        *others,
    )

    assert names(ask(engine, "toeslag")) == ["1-2", "1-3", "1-1"]


@pytest.mark.parametrize(
    ("text", "found"),
    [("huurtoeslag", True), ("xqtoeslag", False), ("toeslagwet", False), ("vaktoeslag", False)],
)
def test_what_ends_so_is_a_compound_only_with_a_word_in_front(engine: EngineUnderTest, text: str, found: bool) -> None:
    write(engine, paper("1-1", text), paper("1-2", "huur"))

    assert (names(ask(engine, "toeslag")) == ["1-1"]) is found


@pytest.mark.parametrize("query", ["ﷺ" * 60, "ﷺ" * 60 + "*", "ﷺ" * 60 + "~", "a" * 5000, "\ud800x", "\x00*"])
def test_what_no_word_can_be_is_not_found(engine: EngineUnderTest, query: str) -> None:
    write(engine, paper("1-1", "woord"))

    assert names(ask(engine, query)) == []
