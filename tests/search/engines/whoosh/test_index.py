"""What someone who knows Whoosh does with an index: read, parse, search, highlight, group, add, change and take out papers."""

from __future__ import annotations

import datetime
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from whoosh import collectors, sorting
from whoosh import query as stock
from whoosh.analysis import Token
from whoosh.index import Index, LockError
from whoosh.qparser import MultifieldParser, QueryParser
from whoosh.reading import TermNotFound
from whoosh.searching import Searcher
from whoosh.writing import IndexingError, IndexWriter

from indexer.errors import IndexMissing
from indexer.paper.identifier import Identifier
from search.engines.whoosh.collector import PaperCollector
from search.engines.whoosh.index import WhooshIndex
from search.engines.whoosh.query import AllOf, AnyOf, WantedQuery, query_of
from search.engines.whoosh.schema import DutchAnalyzer, schema
from search.engines.whoosh.storage.store import Store
from search.engines.whoosh.writer import WhooshWriter
from search.plan import Concept, Form, MatchKind, Wanted
from search.ports import SearchRequest
from tests.search.papers import paper

_COOLGEN = "toeslag van Cool:Gen"
_2019, _2024 = (datetime.datetime.combine(datetime.date(year, 1, 1), datetime.time()) for year in (2019, 2024))


def _named(searcher: Searcher, query: stock.Query) -> set[str]:
    return {hit["identifier"] for hit in searcher.search(query, limit=None)}


@pytest.fixture
def index(tmp_path: Path) -> WhooshIndex:
    """Two segments, one of which lost a paper."""
    store = Store(tmp_path)
    store.swap(store.new_generation())
    for put in (
        [paper("1-1", "huurtoeslag en zorgtoeslag"), paper("1-2", "huur"), paper("1-5", "motie"), paper("1-6")],
        [paper("1-3", "huurtoeslagen", date="2019-05-01"), paper("1-4", _COOLGEN, date="2024-06-18", cites=("kst-1-1",))],
    ):
        writer = WhooshWriter(store, store.current())
        writer.replace(put)
        writer.commit()
    made = WhooshIndex(tmp_path)
    with made.writer() as writer:
        writer.delete_by_term("identifier", "kst-1-2")
    return made


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        (stock.Term("body", "huurtoeslag"), {"kst-1-1", "kst-1-3"}),
        (stock.Term("body_exact", "huurtoeslagen"), {"kst-1-3"}),
        (stock.Prefix("body", "huur"), {"kst-1-1", "kst-1-3"}),
        (stock.Wildcard("body", "*toeslag"), {"kst-1-1", "kst-1-3", "kst-1-4"}),
        (stock.FuzzyTerm("body_exact", "huurtoeslg"), {"kst-1-1"}),
        (stock.TermRange("body", "h", "i"), {"kst-1-1", "kst-1-3"}),
        (stock.Variations("body_exact", "motie"), {"kst-1-5"}),
        (stock.Every(), {"kst-1-1", "kst-1-3", "kst-1-4", "kst-1-5", "kst-1-6"}),
        (stock.Term("cites", "kst-1-1"), {"kst-1-4"}),
        (stock.Term("title", "huur"), set()),
        (stock.Term("body", "huur"), set()),
        (stock.Phrase("body", ["cool", "gen"]), {"kst-1-4"}),
        (stock.Phrase("body_exact", ["cool", "gen"]), {"kst-1-4"}),
        (stock.Term("nowhere", "huur"), set()),
        (stock.DateRange("date", _2019, None), {"kst-1-3", "kst-1-4"}),
        (stock.DateRange("date", _2019, _2024), {"kst-1-3"}),
        (stock.DateRange("date", None, _2019), set()),
    ],
    ids=lambda value: str(value)[:30] if isinstance(value, stock.Query) else "",
)
def test_queries_of_whoosh(index: WhooshIndex, query: stock.Query, expected: set[str]) -> None:
    with index.searcher() as searcher:
        assert _named(searcher, query) == expected


def test_an_index_is_whooshs_and_its_searcher_is_whooshs_own(index: WhooshIndex) -> None:
    assert isinstance(index, Index)
    assert isinstance(index.writer(), IndexWriter)
    assert type(index.searcher()) is Searcher
    assert not index.is_empty()
    assert (index.doc_count(), index.doc_count_all()) == (5, 6)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("toeslagen", {"kst-1-4"}),
        ("huurtoeslagen OR motie", {"kst-1-1", "kst-1-3", "kst-1-5"}),
        ('"van Cool:Gen"', {"kst-1-4"}),
        ("Cool:Gen", {"kst-1-4"}),
        ("coolgen NOT motie", {"kst-1-4"}),
        ("huur*", {"kst-1-1", "kst-1-3"}),
        ("identifier:kst-1-5", {"kst-1-5"}),
        ("toeslag AND identifier:kst-1-5", set()),
    ],
)
def test_whooshs_query_parser_reads_dutch_text(index: WhooshIndex, text: str, expected: set[str]) -> None:
    with index.searcher() as searcher:
        assert _named(searcher, QueryParser("body", index.schema).parse(text)) == expected


def test_a_parser_of_several_fields(index: WhooshIndex) -> None:
    with index.searcher() as searcher:
        assert _named(searcher, MultifieldParser(["title", "body"], index.schema).parse("moties")) >= {"kst-1-5"}


def test_hits_have_stored_fields_and_highlights(index: WhooshIndex) -> None:
    with index.searcher() as searcher:
        (hit,) = searcher.search(QueryParser("body", index.schema).parse("toeslagen"))
        assert hit["identifier"] == "kst-1-4"
        assert hit["body"] == "toeslag van Cool:Gen"
        assert hit["document"].identifier == "kst-1-4"
        assert hit.highlights("body") == '<b class="match term0">toeslag</b> van Cool:Gen'
        forms = tuple(Form("cool:gen", stem, 1.0, kind) for stem, kind in ((False, MatchKind.EXACT), (True, MatchKind.STEM)))
        (hit,) = searcher.search(query_of(Concept("Cool:Gen", forms)))
        assert hit.highlights("body") == 'toeslag van <b class="match term0">Cool:Gen</b>'


def test_results_are_grouped_by_facets(index: WhooshIndex) -> None:
    with index.searcher() as searcher:
        results = searcher.search(stock.Every(), groupedby="chamber", limit=None, maptype=sorting.Count)
        assert sum(results.groups("chamber").values()) == 5


def test_whooshs_reader_tells_of_fields_terms_and_papers(index: WhooshIndex) -> None:
    with index.reader() as reader:
        assert (reader.doc_count(), reader.doc_count_all(), reader.has_deletions()) == (5, 6, True)
        assert list(reader.expand_prefix("body_exact", "huur")) == [b"huur", b"huurtoeslag", b"huurtoeslagen"]
        assert sorted(reader.lexicon("identifier")) == [f"kst-1-{i}".encode() for i in (1, 3, 4, 5, 6)]
        info = reader.term_info("body_exact", "huurtoeslag")
        assert (info.weight(), info.doc_frequency(), info.min_length(), info.max_length()) == (1.0, 1, 3, 3)
        assert reader.doc_frequency("body", "nowhere") == 0
        assert reader.max_field_length("body") == 4
        with pytest.raises(TermNotFound):
            reader.postings("body", "nowhere")
        assert {name for name, _ in reader.all_terms()} >= {"body", "body_exact", "identifier", "date", "cites"}


def test_suggestions_of_whoosh_come_from_the_terms(index: WhooshIndex) -> None:
    with index.searcher() as searcher:
        assert searcher.corrector("body_exact").suggest("huurtoeslg") == ["huurtoeslag"]


def _concept(word: str) -> Concept:
    return Concept(word, (Form(word, False, 1.0, MatchKind.EXACT),))


def test_ours_and_whooshs_mix_in_one_tree_of_whoosh(index: WhooshIndex) -> None:
    ours = query_of(_concept("toeslag"))
    tree = stock.And([ours, stock.Prefix("body_exact", "coolg"), stock.DateRange("date", _2024, None)])
    with index.searcher() as searcher:
        top, collected = collectors.TopCollector(10), PaperCollector(SearchRequest())
        searcher.search_with_collector(tree, top)
        searcher.search_with_collector(tree, collected)
        assert [hit["identifier"] for hit in top.results()] == [hit["identifier"] for hit in collected.results()] == ["kst-1-4"]
        assert collected.count() == 1
        assert (ours | stock.Term("body_exact", "motie")).matcher(searcher).is_active()


def test_collectors_of_whoosh_can_be_wrapped_around_ours(index: WhooshIndex) -> None:
    with index.searcher() as searcher:
        inner = PaperCollector(SearchRequest())
        wrapped = collectors.FilterCollector(inner, stock.Term("identifier", "kst-1-4"))
        searcher.search_with_collector(query_of(_concept("toeslag")) | stock.Term("body_exact", "motie"), wrapped)
        assert [hit["identifier"] for hit in inner.results()] == ["kst-1-4"]


@pytest.mark.parametrize(
    "tree",
    [
        lambda ours: stock.And([stock.Prefix("body", "to"), ours]),
        lambda ours: stock.Or([stock.Prefix("body", "to"), ours]),
        lambda ours: stock.DisjunctionMax([ours, stock.Term("body_exact", "van")]),
        lambda ours: stock.AndMaybe(ours, stock.Term("body_exact", "van")),
        lambda ours: stock.And([stock.Or([ours, ours.with_boost(2.0)]), ours.with_boost(3.0)]),
        stock.ConstantScoreQuery,
    ],
    ids=["and", "or", "best of", "maybe", "boosts", "constant"],
)
@pytest.mark.parametrize("limit", [1, 10, None])
def test_whooshs_usual_search_takes_trees_with_ours(
    index: WhooshIndex, tree: Callable[[stock.Query], stock.Query], limit: int | None
) -> None:
    with index.searcher() as searcher:
        hits = searcher.search(tree(query_of(_concept("toeslag"))), limit=limit)
        assert hits[0]["identifier"] == "kst-1-4"


def test_a_boost_counts_wherever_the_query_stands(index: WhooshIndex) -> None:
    ours = query_of(_concept("toeslag"))
    with index.searcher() as searcher:
        (once,) = (hit.score for hit in searcher.search(ours))
        for tree in (AnyOf((ours.with_boost(3.0),)), AllOf((ours.with_boost(3.0),)), WantedQuery((ours,), boost=3.0)):
            assert [hit.score for hit in searcher.search(tree)] == pytest.approx([3 * once])


def test_a_collector_can_be_used_again(index: WhooshIndex) -> None:
    collected = PaperCollector(SearchRequest())
    with index.searcher() as searcher:
        searcher.search_with_collector(stock.Every(), collected)
        assert collected.count() == 5
        searcher.search_with_collector(stock.Term("body_exact", "motie"), collected)
        assert collected.count() == 1


def test_a_collapsing_collector_around_ours_keeps_the_best(index: WhooshIndex) -> None:
    with index.writer() as writer:
        writer.add_document(identifier="kst-3-1", kind="Brief", body="spoor en nog heel veel andere woorden")
        writer.add_document(identifier="kst-3-2", kind="Brief", body="spoor spoor")
    with index.searcher() as searcher:
        inner = PaperCollector(SearchRequest())
        searcher.search_with_collector(stock.Term("body_exact", "spoor"), collectors.CollapseCollector(inner, "kind"))
        assert [hit["identifier"] for hit in inner.results()] == ["kst-3-2"]


def test_what_a_collector_around_ours_leaves_out_does_not_come_back_as_a_partial_match(index: WhooshIndex) -> None:
    wanted = query_of(Wanted((_concept("toeslag"), _concept("nergens"))))
    with index.searcher() as searcher:
        inner = PaperCollector(SearchRequest())
        searcher.search_with_collector(wanted, inner)
        assert inner.count() == 1
        inner = PaperCollector(SearchRequest())
        searcher.search_with_collector(wanted, collectors.FilterCollector(inner, stock.Term("identifier", "kst-1-1")))
        assert inner.count() == 0


def test_a_writer_adds_updates_and_takes_out(index: WhooshIndex) -> None:
    with index.writer() as writer:
        writer.add_document(identifier="kst-2-1", title="Spoor", body="treinen", date=datetime.date(2020, 1, 2), dossier="31066")
        writer.update_document(identifier="kst-1-1", body="trein")
        writer.update_document(identifier="kst-2-1", title="Spoor", body="treinen rijden", date=datetime.date(2020, 1, 2))
        writer.delete_by_query(stock.Term("body_exact", "motie"))
    with index.searcher() as searcher:
        assert _named(searcher, stock.Term("body", "trein")) == {"kst-1-1", "kst-2-1"}
        assert _named(searcher, stock.Term("body_exact", "motie")) == set()
        assert _named(searcher, stock.Every()) == {"kst-1-1", "kst-1-3", "kst-1-4", "kst-1-6", "kst-2-1"}


def test_there_is_one_paper_of_an_identifier(index: WhooshIndex) -> None:
    with index.writer() as writer:
        for text in ("trein", "treinen rijden"):
            writer.add_document(identifier="kst-1-1", body=text)
    with index.searcher() as searcher:
        assert [hit["body"] for hit in searcher.search(stock.Term("identifier", "kst-1-1"))] == ["treinen rijden"]
    with index.writer() as writer:
        assert writer.delete_by_term("identifier", "kst-1-1") == 1
    with index.searcher() as searcher:
        assert _named(searcher, stock.Term("body", "trein")) == set()


@pytest.mark.parametrize("end", [WhooshWriter.commit, WhooshWriter.cancel])
def test_a_writer_is_closed_by_commit_and_cancel(index: WhooshIndex, end: Callable[[WhooshWriter], None]) -> None:
    writer = index.writer()
    writer.add_document(identifier="kst-1-9", body="trein")
    end(writer)
    uses: tuple[Callable[[], object], ...] = (
        lambda: writer.add_document(identifier="kst-1-8"),
        lambda: writer.delete_document(0),
        lambda: writer.remove([Identifier("kst-1-1")]),
        writer.commit,
    )
    for use in uses:
        with pytest.raises(IndexingError, match="closed"):
            use()
    writer.cancel()
    index.writer().cancel()


def test_a_second_writer_is_refused(index: WhooshIndex) -> None:
    writer = index.writer()
    for another in (index.writer, index.anew):
        with pytest.raises(LockError, match="another writer"):
            another()
    writer.cancel()
    index.anew().cancel()
    assert index.doc_count() == 5


def test_segments_are_merged_when_a_commit_says_so(index: WhooshIndex) -> None:
    for number in range(6):
        writer = index.writer()
        writer.add_document(identifier=f"kst-4-{number}", body="trein")
        writer.commit(merge=False)
    assert len(index.reader().arrays.segments) == 8
    index.writer().commit(optimize=True)
    assert len(index.reader().arrays.segments) == 1
    assert (index.doc_count(), index.doc_count_all()) == (11, 11)


@pytest.mark.parametrize("number", [-1, 99])
def test_a_number_that_no_paper_has_is_refused(index: WhooshIndex, number: int) -> None:
    writer = index.writer()
    with pytest.raises(IndexingError, match="no paper"):
        writer.delete_document(number)
    with pytest.raises(IndexError, match="no paper"):
        index.reader().stored_fields(number)


def test_fields_are_declared_elsewhere(index: WhooshIndex) -> None:
    with pytest.raises(NotImplementedError, match=r"search/fields\.py"):
        index.writer().add_field("colour", None)
    with pytest.raises(NotImplementedError, match=r"search/fields\.py"):
        index.writer().remove_field("title")


class _GivenUpError(Exception):
    """What makes a writer cancel."""


def test_a_cancelled_writer_changes_nothing(index: WhooshIndex) -> None:
    before = index.latest_generation()
    writer = index.writer()
    writer.update_document(identifier="kst-1-1", body="trein")
    writer.delete_by_term("identifier", "kst-1-4")
    writer.cancel()
    with suppress(_GivenUpError), index.writer() as writer:
        writer.add_document(identifier="kst-9-9")
        raise _GivenUpError
    assert index.latest_generation() == before
    with index.searcher() as searcher:
        assert len(_named(searcher, stock.Every())) == 5


def test_a_searcher_sees_what_it_opened_until_it_is_refreshed(index: WhooshIndex) -> None:
    searcher = index.searcher()
    with index.writer() as writer:
        writer.add_document(identifier="kst-2-1", body="treinen")
    assert not searcher.up_to_date()
    assert _named(searcher, stock.Term("body", "trein")) == set()
    fresh = searcher.refresh()
    assert fresh.up_to_date()
    assert fresh.refresh() is fresh
    assert _named(fresh, stock.Term("body", "trein")) == {"kst-2-1"}


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"body": "x"}, "identifier"),
        ({"identifier": "kst-1-1", "colour": "red"}, "colour"),
        ({"identifier": 12}, "one text"),
        ({"identifier": "kst-1-1", "body": ["a", "b"]}, "body: one text"),
        ({"identifier": "kst-1-1", "date": "2004-03-08"}, "a date is expected"),
    ],
)
def test_what_is_no_paper_is_refused(index: WhooshIndex, fields: dict[str, object], message: str) -> None:
    writer = index.writer()
    with pytest.raises(ValueError, match=message):
        writer.add_document(**fields)
    writer.cancel()


def test_a_paper_that_is_gone_cannot_be_brought_back(index: WhooshIndex) -> None:
    with pytest.raises(NotImplementedError, match="add it again"):
        index.writer().delete_document(0, delete=False)


def test_stored_values_can_be_given_back(index: WhooshIndex) -> None:
    with index.writer() as writer:
        writer.add_document(identifier="kst-1-1", kind=("Brief",), body="trein")
    with index.searcher() as searcher:
        assert searcher.document(identifier="kst-1-1")["kind"] == ("Brief",)


def test_an_empty_index_is_an_empty_index_to_whoosh_too(tmp_path: Path) -> None:
    with pytest.raises(IndexMissing):
        WhooshIndex(tmp_path).searcher()
    store = Store(tmp_path)
    store.swap(store.new_generation())
    with WhooshIndex(tmp_path).searcher() as searcher:
        assert searcher.doc_count() == 0
        assert _named(searcher, stock.Every()) == set()
        assert _named(searcher, stock.Term("body", "huur")) == set()


def test_the_analyzers_keep_terms_whole_and_in_parts_with_their_places() -> None:
    def told(token: Token) -> tuple[str, int, int, int]:
        return token.text, token.pos, token.startchar, token.endchar

    text = "Twee moties over Cool:Gen\u2029en nog één"
    tokens = [told(token) for token in DutchAnalyzer()(text, positions=True, chars=True)]
    assert tokens[:2] == [("twee", 0, 0, 4), ("motie", 1, 5, 11)]
    assert {token[0] for token in tokens if token[1] == 3} == {"cool:gen", "coolgen", "cool"}
    assert all(text[start:end] in ("Cool:Gen", "Cool", "Gen") for _, at, start, end in tokens if at in (3, 4))
    assert tokens[-3][1] == 105  # after five words and a gap of a hundred
    assert [token.text for token in DutchAnalyzer(exact=True)("Cool:Gen", mode="query")] == ["cool", "gen"]


def test_the_schema_declares_every_field_once() -> None:
    made = schema()
    assert {"identifier", "title", "headings", "body", "notes", "annexes", "dossier", "kind", "year", "date", "cites"} <= set(
        made.names()
    )
    assert [name for name, field in made.items() if field.unique] == ["identifier"]
