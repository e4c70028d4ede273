"""Terms are found by number, text, beginning and end, however long they are and whatever they have in common."""

from __future__ import annotations

from bisect import bisect_left
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from search.document import EXACT
from search.engines.whoosh.storage.columnfile import ColumnFile, ColumnWriter
from search.engines.whoosh.storage.dictionary import Dictionary, DictionaryWriter, term_bytes
from search.engines.whoosh.storage.inflections import stem_bytes

_texts = st.one_of(st.text("abé\0", max_size=5), st.text(max_size=3), st.integers(20, 300).map("ab".__mul__))
_terms = st.sets(st.tuples(st.sampled_from("=>~"), _texts).map("".join), max_size=80).map(sorted)


def _dictionary(file: Path, *parts: list[str]) -> Dictionary:
    writer = ColumnWriter(file)
    terms = DictionaryWriter(writer)
    for part in parts:
        terms.append(list(map(term_bytes, part)), [stem_bytes(term[1:]) for term in part if term.startswith(EXACT)])
    terms.close()
    writer.close()
    return Dictionary(ColumnFile(file))


@given(terms=_terms, cut=st.integers(0, 80), other=_terms, data=st.data())
def test_terms_are_found(
    tmp_path_factory: pytest.TempPathFactory, terms: list[str], cut: int, other: list[str], data: st.DataObject
) -> None:
    dictionary = _dictionary(tmp_path_factory.mktemp("terms") / "one", terms[:cut], terms[cut:])
    every = list(map(term_bytes, terms))
    asked = [*every, *map(term_bytes, other)]
    expected = [every.index(term) if term in every else -1 for term in asked]

    assert len(dictionary) == len(terms)
    assert [dictionary.term(i) for i in range(len(every))] == every
    assert [dictionary.find(term) for term in asked] == expected
    assert dictionary.find_all(asked).tolist() == expected
    for step in (1, 3):  # close together, and far apart
        assert dictionary.find_all(every[::step]).tolist() == list(range(0, len(every), step))
    first = data.draw(st.integers(0, len(every)))
    last = data.draw(st.integers(first, len(every)))
    assert dictionary.between(first, last) == every[first:last]
    for term in asked:
        assert dictionary.first(term) == bisect_left(every, term)
        assert dictionary.first(term, first, last) == bisect_left(every, term, first, last)


def test_exact_forms_are_found_by_their_end(tmp_path: Path) -> None:
    dictionary = _dictionary(tmp_path / "one", ["=huurtoeslag", "=slag", "=toeslag", "=toeslagen", "~toeslag"])

    assert [dictionary.term(i) for i in dictionary.ending("slag")] == [b"=slag", b"=toeslag", b"=huurtoeslag"]
    assert list(dictionary.ending("wet")) == []


@given(words=st.sets(st.text("ab", min_size=1, max_size=8), max_size=200).map(sorted), suffix=st.text("ab", max_size=4))
def test_however_many_they_are(tmp_path_factory: pytest.TempPathFactory, words: list[str], suffix: str) -> None:
    dictionary = _dictionary(tmp_path_factory.mktemp("terms") / "one", [f"={word}" for word in words])
    expected = sorted((word for word in words if word.endswith(suffix)), key=lambda word: word[::-1])

    assert [dictionary.term(i).decode()[1:] for i in dictionary.ending(suffix)] == expected


_forms = st.one_of(st.text("abé'1", max_size=5), st.integers(20, 300).map("ab".__mul__))


@given(stem_of=st.dictionaries(_forms, st.one_of(st.just(""), _forms), max_size=60), cut=st.integers(0, 60), other=_forms)
def test_stems_are_kept_as_they_were_given(
    tmp_path_factory: pytest.TempPathFactory, stem_of: dict[str, str], cut: int, other: str
) -> None:
    forms = sorted(stem_of)
    file = tmp_path_factory.mktemp("terms") / "one"
    writer = ColumnWriter(file)
    terms = DictionaryWriter(writer)
    for part in (forms[:cut], forms[cut:], []):
        terms.append([term_bytes(EXACT + form) for form in part], [term_bytes(stem_of[form]) for form in part])
    terms.append([b"~ab"], [])
    terms.close()
    writer.close()
    dictionary = Dictionary(ColumnFile(file))

    every = dictionary.between(0, len(dictionary))
    assert dictionary.stems(0, every) == [term_bytes(stem_of[form]) for form in forms]
    assert dictionary.stems(cut, every[cut:]) == dictionary.stems(0, every)[cut:]
    for stem in {*stem_of.values(), other} - {""}:
        assert dictionary.with_stem(stem) == [form for form in forms if stem_of[form] == stem]
