"""Checks that an index is as its writers make it: every checksum, and all that its readers rely on.

Checksums tell that a file is as it was written; what is checked here besides tells that what was written makes sense: terms in
order and found again, postings sorted and within bounds, numbers of positions equal to what the counts say, papers that can be
read and are those that they are said to be.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np

from indexer.errors import IndexDamaged
from search.document import read_document
from search.engines.whoosh.storage.narrow import Numbers
from search.engines.whoosh.storage.segment import CITES, NAMES, LiveSegment, Segment, texts
from search.engines.whoosh.storage.store import Contents

_TERMS_AT_ONCE = 1 << 14


def faults_of(folder: Path, contents: Contents) -> Iterator[tuple[Path, str]]:
    """What is wrong with the files of a commit: in which file, and what."""
    seen: dict[str, Path] = {}
    for name, gone in contents.files:
        file = folder / name
        try:
            one = LiveSegment(Segment(file), folder / gone if gone else None)
            one.verify()
            yield from ((file, fault) for fault in _faults(one))
            for identifier in one.segment.columns.read("identifiers")[one.live].tolist():
                if identifier in seen:
                    yield file, f"paper {identifier.decode()} is also in {seen[identifier].name}"
                seen[identifier] = file
        except IndexDamaged as error:
            yield file, str(error)
        except (OSError, LookupError, ValueError, TypeError, OverflowError) as error:  # what checksums did not tell
            yield file, f"it cannot be read: {error!r}"


def _faults(one: LiveSegment) -> Iterator[str]:
    yield from _faults_of_papers(one.segment)
    yield from _faults_of_values(one.segment)
    yield from _faults_of_terms(one.segment)
    yield from _faults_of_postings(one.segment)
    yield from _faults_of_note(one)


def _faults_of_papers(segment: Segment) -> Iterator[str]:
    columns = segment.columns
    identifiers, order = columns.read("identifiers"), columns.read("by_identifier")
    if not _is_permutation(order, segment.papers) or len(identifiers) != segment.papers:
        yield "the order of the papers does not have each of them once"
    elif not (np.diff(np.argsort(identifiers.take(order), kind="stable")) == 1).all():
        yield "the papers are not in the order of their identifiers"
    at = columns.read("documents.at")
    if len(at) != segment.papers + 1 or int(at[-1]) != columns.count("documents") or not _ascends(at):
        yield "the places of the stored papers are not those of the papers"
        return
    dates = columns.read("dates")
    for doc, identifier in enumerate(identifiers.tolist()):
        stored = read_document(segment.document(doc))
        if stored.identifier.encode() != identifier:
            yield f"paper {doc} is stored as {stored.identifier} and listed as {identifier.decode()}"
        if (stored.date.toordinal() if stored.date else 0) != int(dates[doc]):
            yield f"{stored.identifier}: its date is not that of the stored paper"


def _faults_of_values(segment: Segment) -> Iterator[str]:
    columns = segment.columns
    for name in NAMES:
        at, codes = columns.read(f"of.{name}.at"), columns.read(f"of.{name}")
        values = texts(columns, f"value.{name}")
        if len(at) != segment.papers + 1 or int(at[-1]) != len(codes) or not _ascends(at):
            yield f"the values of {name} are not those of the papers"
        if len(set(values)) != len(values):
            yield f"a value of {name} is there twice"
        if len(codes) and int(codes.max()) >= len(values):
            yield f"a paper has a value of {name} that is not there"


def _faults_of_terms(segment: Segment) -> Iterator[str]:
    last = b""
    for first in range(0, segment.terms, _TERMS_AT_ONCE):
        terms = segment.dictionary.between(first, min(first + _TERMS_AT_ONCE, segment.terms))
        if any(term <= before for before, term in zip([last, *terms], terms, strict=False)):
            yield f"the terms from {first:,} on are not in order"
        if not (segment.dictionary.find_all(terms) == np.arange(first, first + len(terms))).all():
            yield f"a term from {first:,} on is not found where it is"
        exact = sum(term.startswith(b"=") for term in terms)
        if exact != min(max(segment.exact_forms - first, 0), len(terms)):
            yield f"the exact forms from {first:,} on are not the first terms"
        last = terms[-1] if terms else last
    if not _is_permutation(segment.columns.read("backwards"), segment.exact_forms):
        yield "the order of the words from last letter to first does not have each of them once"
    if len(segment.papers_of_terms) != segment.terms:
        yield "the numbers of papers are not those of the terms"


def _faults_of_postings(segment: Segment) -> Iterator[str]:
    for first in range(0, segment.terms, _TERMS_AT_ONCE):
        last = min(first + _TERMS_AT_ONCE, segment.terms)
        numbers = np.arange(first, last)
        forms = segment.forms(first, last)
        papers = segment.papers_of_terms.read(first, last)
        shared = forms != numbers
        lent = segment.papers_of_terms.read_at(forms[shared])
        if (forms[shared] >= segment.exact_forms).any() or (papers[shared] != lent).any():
            yield f"a stem from term {first:,} on does not have the papers of its only form"
        own = numbers[~shared]
        each, places, entries = segment.entries_of(own)
        of_term = np.repeat(np.arange(len(own)), each)
        if len(places) and (int(places.max()) > CITES or not _ascends_within(places, of_term)):
            yield f"the entries from term {first:,} on are not in the order of places"
        postings, positions = segment.sizes_of(entries)
        docs, counts, spots, leads = segment.postings_of(entries)
        of_entry = np.repeat(np.arange(len(entries)), postings)
        if len(docs) and (int(docs.min()) < 0 or int(docs.max()) >= segment.papers or not _ascends_within(docs, of_entry)):
            yield f"the postings from term {first:,} on are not sorted, or name papers that are not there"
            continue
        counted = np.bincount(of_entry, counts, len(entries)).astype(np.int64)
        if not (counted == positions).all() or (len(counts) and int(counts.min()) < 1):
            yield f"the counts from term {first:,} on are not the numbers of positions"
            continue
        if len(leads) != len(spots) or not _ascends_within(spots, np.repeat(np.arange(len(docs)), counts)):
            yield f"the positions from term {first:,} on are not sorted"
        pairs = np.unique(of_term[of_entry] * max(segment.papers, 1) + docs)
        if (np.bincount(pairs // max(segment.papers, 1), minlength=len(own)) != papers[~shared]).any():
            yield f"the numbers of papers from term {first:,} on are not those of the postings"


def _faults_of_note(one: LiveSegment) -> Iterator[str]:
    for numbers, end in ((one.gone, one.segment.papers), (one.missed_terms, one.segment.terms)):
        if len(numbers) and (int(numbers.max()) >= end or not (np.diff(numbers.astype(np.int64)) > 0).all()):
            yield "the note of deleted papers names what is not there"
    if len(one.missed_terms) != len(one.missed):
        yield "the note of deleted papers is not whole"


def _ascends(numbers: Numbers) -> bool:
    return bool((np.diff(numbers.astype(np.int64)) >= 0).all())


def _ascends_within(numbers: Numbers, group: Numbers) -> bool:
    """Whether numbers ascend, each only once, within each group of neighbours."""
    return bool(((np.diff(numbers.astype(np.int64)) > 0) | (np.diff(group) != 0)).all())


def _is_permutation(numbers: Numbers, size: int) -> bool:
    return len(numbers) == size and bool((np.bincount(numbers.astype(np.int64), minlength=size) == 1).all())
