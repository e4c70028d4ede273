"""Sequences of words as operations on arrays, against going through them one by one."""

from __future__ import annotations

from collections import Counter

import numpy as np
from hypothesis import example, given
from hypothesis import strategies as st

from search.engines.whoosh.searching.postings import NO_POSTINGS, POSITION_BITS, Lead, Postings, adjacent
from search.engines.whoosh.searching.spread import Spread, Term, counted, within
from search.engines.whoosh.storage.segment import NONE, SEVERAL

LEAD = 1

Where = dict[int, list[int]]
"""Positions by paper."""

_where = st.dictionaries(st.integers(0, 3), st.sets(st.integers(0, 14), min_size=1).map(sorted), max_size=4)


def _postings(where: Where, leads: Where | None = None, doubtful: Where | None = None) -> Postings:
    """Postings of a word; where ``leads`` stands the small word 1 before it, where ``doubtful`` does that or another."""
    if not where:
        return NO_POSTINGS
    docs = sorted(where)
    found = [(doc, position) for doc in docs for position in where[doc]]
    codes = [
        SEVERAL if at - 1 in (doubtful or {}).get(doc, ()) else LEAD if at - 1 in (leads or {}).get(doc, ()) else NONE
        for doc, at in found
    ]
    counts = np.array([len(where[doc]) for doc in docs], np.int64)
    positions = np.array([position for _, position in found], np.int64)
    return Postings.of(np.array(docs, np.int64), counts, positions, np.array(codes, np.uint8))


def _pairs(keys: np.ndarray[tuple[int], np.dtype[np.int64]]) -> list[tuple[int, int]]:
    return [(key >> POSITION_BITS, key & ((1 << POSITION_BITS) - 1)) for key in keys.tolist()]


@given(st.lists(st.tuples(_where, st.integers(0, 3)), min_size=1, max_size=4))
def test_words_at_their_offsets(terms: list[tuple[Where, int]]) -> None:
    terms[0] = (terms[0][0], 0)
    expected = [
        (doc, start)
        for doc in range(4)
        for start in range(15)
        if all(start + offset in where.get(doc, []) for where, offset in terms)
    ]

    assert _pairs(adjacent([(_postings(where), offset, None) for where, offset in terms])) == expected


@given(st.lists(st.tuples(_where, st.integers(1, 4)), min_size=1, max_size=3), _where, _where)
def test_a_small_word_before_a_word_need_not_be_looked_for(terms: list[tuple[Where, int]], small: Where, doubtful: Where) -> None:
    where, offset = terms[0]
    looked_for = [(_postings(where), offset, None) for where, offset in terms[1:]]
    lead = Lead((LEAD, 9), lambda: _postings(small))
    expected = adjacent([*looked_for, (_postings(where), offset, None), (_postings(small), offset - 1, None)])

    assert _pairs(adjacent([*looked_for, (_postings(where, small, doubtful), offset, lead)])) == _pairs(expected)


@given(terms=st.lists(st.tuples(_where, st.integers(1, 2)), min_size=1, max_size=3), slop=st.integers(1, 6))
def test_words_within_a_slop(terms: list[tuple[Where, int]], slop: int) -> None:
    expected = []
    for doc in range(4):
        for start in range(15):
            inside = [[at for at in where.get(doc, []) if start <= at <= start + slop] for where, _ in terms]
            enough = all(len(found) >= times for found, (_, times) in zip(inside, terms, strict=True))
            begins = any(start in found for found in inside)
            if enough and begins and len({at for found in inside for at in found}) >= sum(times for _, times in terms):
                expected.append((doc, start))

    assert _pairs(within([(_postings(where), times) for where, times in terms], slop)) == expected


_TERMS: tuple[Term, ...] = (("a", False), ("b", False), ("b", True))
_SPREAD = st.builds(
    Spread,
    st.dictionaries(st.sampled_from(_TERMS), st.sampled_from([1, 1, 1, 2]), min_size=1).map(
        lambda times: frozenset(times.items())
    ),
    st.integers(1, 6) | st.sampled_from([50, 63, 64, 130]),
)
_close = st.sets(st.integers(0, 14)) | st.sets(
    st.sampled_from([0, 13, 14, 63, 64, 114, 127, 128, 150, 200, 300, 9_000, 1_500_000])
)
_long = st.dictionaries(st.integers(0, 3), _close.filter(bool).map(sorted), max_size=4)


@given(wheres=st.tuples(_long, _long, _long), phrases=st.lists(_SPREAD, min_size=1, max_size=4, unique=True))
@example(({0: [14]}, {0: [64], 1: [0]}, {}), [Spread(frozenset({(_TERMS[0], 1), (_TERMS[1], 1)}), 50)])
@example(({0: [5], 1: [7]}, {0: [5], 1: [7, 8]}, {}), [Spread(frozenset({(_TERMS[0], 1), (_TERMS[1], 1)}), 3)])
def test_many_phrases_are_counted_as_each_by_itself(wheres: tuple[Where, Where, Where], phrases: list[Spread]) -> None:
    terms = {term: _postings(where) for term, where in zip(_TERMS, wheres, strict=True)}
    found = counted({term: terms[term] for phrase in phrases for term in phrase.terms}, phrases)

    for phrase in phrases:
        keys = within([(terms[term], times) for term, times in phrase.times], phrase.slop)
        spots, counts = found[phrase]
        assert list(zip(spots.tolist(), counts.tolist(), strict=True)) == sorted(
            Counter((keys >> POSITION_BITS).tolist()).items()
        )


@given(_where.filter(bool), st.sets(st.tuples(st.integers(0, 4), st.integers(0, 15))))
@example({0: [1], 1: [5, 6, 7, 8]}, {(0, 5), (1, 7)})
@example({0: [3], 1: list(range(0, 400, 2)), 2: [4]}, {(0, 3), (1, 0), (1, 7), (1, 8), (1, 201), (1, 398), (2, 4), (2, 9)})
def test_what_stands_somewhere(where: Where, asked: set[tuple[int, int]]) -> None:
    keys = np.array([(doc << POSITION_BITS) + at for doc, at in sorted(asked)], np.int64)
    found = _postings(where).standing(keys)

    assert _pairs(keys[found]) == [(doc, at) for doc, at in sorted(asked) if at in where.get(doc, ())]


@given(_where, st.integers(0, 3))
def test_a_rare_word_beside_one_that_stands_everywhere(where: Where, offset: int) -> None:
    everywhere = _postings({doc: list(range(0, 400, 2)) for doc in range(4)})
    expected = [(doc, at) for doc in sorted(where) for at in where[doc] if (at + offset) % 2 == 0]

    assert _pairs(adjacent([(_postings(where), 0, None), (everywhere, offset, None)])) == expected


@given(_where, st.sets(st.integers(0, 4)))
def test_the_occurrences_in_some_papers(where: Where, docs: set[int]) -> None:
    kept = _postings(where).only(np.array(sorted(docs), np.int64))

    assert _pairs(kept.keys()) == [(doc, at) for doc in sorted(docs & where.keys()) for at in where[doc]]
    assert kept.counts.tolist() == [len(where[doc]) for doc in sorted(docs & where.keys())]
    assert Counter(kept.spots.tolist()) == Counter(docs & where.keys())


def test_common_words_are_read_some_spots_at_a_time_so_that_time_that_runs_out_is_noticed() -> None:
    spots, each = 1024, 1024
    read: list[int] = []

    def reading(some: np.ndarray[tuple[int], np.dtype[np.int64]] | None) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        at = np.arange(spots * each) if some is None else some
        read.append(len(at))
        return at % each

    def positions(of: int) -> Postings:
        return Postings(np.arange(of), np.full(of, each), reading, reading)

    assert len(within([(positions(spots // 4), 1), (positions(spots // 4), 1)], 50)) == spots // 4 * (each - 1)
    few = len(read)
    within([(positions(spots), 1), (positions(spots), 1)], 50)

    assert len(read) - few >= 4 * few
    assert max(read) * 4 <= spots * each
