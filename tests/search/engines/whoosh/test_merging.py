"""Merging gives what inverting the same papers at once gives, and segments stay few."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.paper.model import Kamerstuk
from search.document import document_of
from search.engines.whoosh.storage.segment import LiveSegment, Segment, write_note
from search.engines.whoosh.writing.building import PaperColumns
from search.engines.whoosh.writing.inverting import Inverter
from search.engines.whoosh.writing.merging import merge, to_merge
from tests.search.papers import paper
from tests.search.strategies import papers

LARGE = 66_000
"""More words than two bytes can count."""


def _segment(file: Path, *some: Kamerstuk, drop: tuple[int, ...] = ()) -> Segment:
    inverter = Inverter()
    for one in some:
        inverter.add(document_of(one))
    for doc in drop:
        inverter.drop(doc)
    assert inverter.write(file) == (len(drop) < len(some))
    return Segment(file)


def _without(segment: Segment, gone: set[int]) -> LiveSegment:
    """A segment from which papers are gone; how many papers miss which term is counted from its postings."""
    if not gone:
        return LiveSegment(segment, None)
    missed = {}
    for term in range(segment.terms):
        papers_with = set()
        for _, entry in segment.entries(term):
            first, last, _ = segment.extent(entry)
            papers_with |= set(segment.docs(first, last).tolist())
        missed[term] = len(papers_with & gone)
    note = segment.columns.file.with_suffix(".gone")
    write_note(note, np.array(sorted(gone)), np.array(list(missed)), np.array(list(missed.values())))
    return LiveSegment(segment, note)


def _content(segment: Segment) -> dict[str, object]:
    """All that is in a segment, whatever numbers its values have, and whoever has the postings of a stem."""
    columns = PaperColumns.read(segment)
    content: dict[str, object] = {
        name: segment.columns.read(name).tolist()
        for name in ("identifiers", "by_identifier", "dates", "documents", "documents.at", "terms", "terms.at", "backwards")
    }
    for name, values in columns.values.items():
        content[name] = (values.counts.tolist(), [values.texts[code] for code in values.codes.tolist()])
    terms = segment.dictionary.between(0, segment.terms)
    assert [segment.find(term) for term in terms] == list(range(segment.terms))
    content["postings"] = {
        term: (segment.papers_with(number), [(place, *_postings(segment, entry)) for place, entry in segment.entries(number)])
        for number, term in enumerate(terms)
    }
    return content | {"lengths": [lengths.tolist() for lengths in columns.lengths]}


def _postings(segment: Segment, entry: int) -> tuple[list[int], list[int], list[int], list[int]]:
    """Papers, counts, positions and leads of an entry, read one way and the other."""
    first, last, begin = segment.extent(entry)
    docs, counts = segment.docs(first, last), segment.counts.read(first, last)
    end = begin + int(counts.sum())
    positions, leads = segment.positions.read(begin, end), segment.leads.read(begin, end)
    found = docs.tolist(), counts.tolist(), positions.tolist(), leads.tolist()
    assert tuple(column.tolist() for column in segment.postings_of(np.array([entry]))) == found
    return found


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])
@given(
    parts=st.lists(st.lists(st.tuples(papers(), st.booleans()), min_size=1, max_size=3), min_size=1, max_size=4),
    terms=st.sampled_from((1, 7, 50_000)),
    positions=st.sampled_from((0, 5, 1_000_000)),
)
def test_merging_segments_gives_the_segment_of_their_papers(
    parts: list[list[tuple[Kamerstuk, bool]]], terms: int, positions: int
) -> None:
    with TemporaryDirectory() as name:
        folder = Path(name)
        sources = [
            _without(
                _segment(folder / f"{i}.segment", *(one for one, _ in part)),
                {doc for doc, (_, keep) in enumerate(part) if not keep},
            )
            for i, part in enumerate(parts)
        ]
        left = [one for part in parts for one, keep in part if keep]
        merged = folder / "merged"
        assert merge(sources, merged, terms=terms, positions=positions) == bool(left) == merged.exists()
        if left:
            expected = _content(_segment(folder / "expected", *left))
            assert _content(Segment(merged)) == expected
            every = [one for part in parts for one, _ in part]
            dropped = tuple(doc for doc, (_, keep) in enumerate(pair for part in parts for pair in part) if not keep)
            assert _content(_segment(folder / "dropped", *every, drop=dropped)) == expected
            Segment(merged).columns.check()


def test_long_papers_have_all_their_words(tmp_path: Path) -> None:
    long = paper("1-2", "motie " * LARGE + "slot")
    one = _segment(tmp_path / "one", paper("1-1", "motie"), long)
    other = _segment(tmp_path / "other", long, paper("1-3", "slot motie"))
    assert merge([LiveSegment(one, None), LiveSegment(other, None)], tmp_path / "merged", positions=10)
    merged = Segment(tmp_path / "merged")
    first, last, begin = merged.extent(merged.entries(merged.find(b"=motie"))[0][1])

    assert merged.docs(first, last).tolist() == [0, 1, 2, 3]
    assert merged.counts.read(first, last).tolist() == [1, LARGE, LARGE, 1]
    positions = merged.positions.read(begin, begin + 2 * LARGE + 2)
    assert positions.tolist() == [0, *range(LARGE), *range(LARGE), 1]
    places = np.array([0, 1, LARGE - 1, LARGE, LARGE + 1])
    assert merged.positions.read_at(places + begin).tolist() == positions[places].tolist()
    _, _, begin = merged.extent(merged.entries(merged.find(b"=slot"))[0][1])
    assert merged.positions.read(begin, begin + 3).tolist() == [LARGE, LARGE, 0]


def _own(segment: Segment) -> set[str]:
    """The stems that have postings of their own."""
    stems = range(segment.dictionary.first(b"~"), segment.terms)
    return {segment.term(stem).decode() for stem in stems if segment.form(stem) == stem}


def test_a_stem_of_one_form_has_its_postings_in_merged_segments_too(tmp_path: Path) -> None:
    one = _segment(tmp_path / "one", paper("1-1", "toeslagen motie kamer"))
    other = _segment(tmp_path / "other", paper("1-2", "toeslagen moties huur"))
    both = _segment(tmp_path / "both", paper("1-3", "moties motie huur kamers kamer"))
    assert (_own(one), _own(other), _own(both)) == (set(), set(), {"~motie", "~kamer"})

    merged = tmp_path / "merged"
    assert merge([LiveSegment(one, None), LiveSegment(other, None)], merged)
    assert _own(Segment(merged)) == {"~motie"}
    assert merge([LiveSegment(Segment(merged), None), LiveSegment(both, None)], tmp_path / "again")
    assert _own(Segment(tmp_path / "again")) == {"~motie", "~kamer"}


def test_equal_counts_are_not_taken_for_equal_places(tmp_path: Path) -> None:
    segment = _segment(tmp_path / "one", paper("1-1", "toeslagen toeslag moties"), paper("1-2", "moties motie"))

    assert _own(segment) == {"~toeslag", "~motie"}


@pytest.fixture
def three(tmp_path: Path) -> Segment:
    return _segment(tmp_path / "three", paper("1-1", "a"), paper("1-2", "b"), paper("1-3", "c"))


def test_a_segment_that_lost_much_is_written_anew(three: Segment) -> None:
    little, much = _without(three, {0}), LiveSegment(three, None)
    assert to_merge([little, much]) == []

    much = _without(three, {0, 2})
    assert to_merge([little, much]) == [much]


@pytest.mark.parametrize("each", [1, 2, 3])
def test_however_many_commits_there_are_segments_stay_few(each: int) -> None:
    class Sized:
        """As many papers as it says."""

        def __init__(self, papers: int) -> None:
            self.papers, self.segment = papers, self

    segments: list[Sized] = []
    written = commits = 0
    for commits in range(1, 2001):
        segments.append(Sized(each))
        while chosen := to_merge(segments):  # type: ignore[arg-type] # sizes are all that matters
            written += sum(one.papers for one in chosen)
            segments = [one for one in segments if one not in chosen] + [Sized(sum(one.papers for one in chosen))]  # type: ignore[comparison-overlap]
        assert len(segments) <= 4 * (commits * each).bit_length()

    assert sum(one.papers for one in segments) == commits * each
    assert written < 8 * commits * each
