"""Beside each position stands the code of the small word before it, whatever the text."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from search.document import EXACT, STEM, document_of, occurrences
from search.engines.whoosh.storage.segment import NONE, PLACES, SEVERAL, Segment, code_of
from search.engines.whoosh.writing.inverting import Inverter
from search.engines.whoosh.writing.lexicon import EntryTerms, Leads, Passages, SmallWords
from tests.search.papers import paper

PIECES = st.sampled_from(
    (
        *(
            "de",
            "De",
            "van",
            "(van",
            "het,",
            "een",
            "moet",
            "moetend",
            "toeslag",
            "toeslagen.",
            "en/of",
            "van-de",
            "d.e.",
            "de/het",
        ),
        *("31 066", "Kamerstukken II 2020/21, 31 066, nr. 5", "1.200,50", "z.o.n", "(de)elen", "v.d.", "in's", "\u201cde\u201d"),
    )
)
TEXTS = st.lists(st.lists(PIECES, max_size=8).map(" ".join), max_size=3)


@given(st.lists(st.tuples(TEXTS, st.booleans()), min_size=1, max_size=3))
def test_leads_are_what_stands_before(contents: list[tuple[list[str], bool]]) -> None:
    made = [document_of(paper(f"1-{i}", "de motie van", *texts)) for i, (texts, _) in enumerate(contents)]
    with TemporaryDirectory() as folder:
        inverter = Inverter()
        for document, (_, kept) in zip(made, contents, strict=True):
            number = inverter.add(document)
            if not kept:
                inverter.drop(number)
        file = Path(folder) / "one"
        left = [document for document, (_, kept) in zip(made, contents, strict=True) if kept]
        if not inverter.write(file):
            assert not left
            return
        segment = Segment(file)
        for number in range(segment.terms):
            for place, entry in segment.entries(number):
                if place == len(PLACES):
                    continue
                first, last, begin = segment.extent(entry)
                for doc, count in zip(segment.docs(first, last).tolist(), segment.counts.read(first, last).tolist(), strict=True):
                    terms, _, _ = occurrences(left[doc])[PLACES[place]]
                    at = segment.positions.read(begin, begin + count).tolist()
                    leads = segment.leads.read(begin, begin + count).tolist()
                    assert leads == [_before(terms, position) for position in at]
                    begin += count


def _before(terms: dict[str, list[int]], position: int) -> int:
    here = [name for name, positions in terms.items() if position - 1 in positions]
    return code_of([name[1:] for name in here if name.startswith(EXACT)], [name[1:] for name in here if name.startswith(STEM)])


def test_several_small_words_at_one_position_are_told() -> None:
    """A citation takes no place of its own: the first entry here stands where the second does."""
    entry = np.array([0, 1, 2])
    entries = EntryTerms(np.array([0, 1, 1]), entry, entry, np.zeros(3, np.int64))
    begin, zero = np.array([10]), np.array([0])
    passages = Passages(zero, zero, begin, np.array([3]), np.array([0, 1, 2]))
    of, positions = passages.positions(entries.widths)

    def before(codes: tuple[int, ...], position: int) -> int:
        small = SmallWords(np.arange(len(codes)), np.zeros(len(codes), np.int64), np.array(codes, np.uint8))
        [code] = Leads.of(passages, entries, small, of, positions).before(of[:1], np.array([position])).tolist()
        return int(code)

    assert positions.tolist() == [10, 10, 11]
    assert before((3, 5), 10) == NONE
    assert before((3, 5), 11) == SEVERAL
    assert before((3, 3), 11) == 3
