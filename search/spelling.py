"""Likely spellings of the words of a query, by what the papers of a collection say.

A word is taken for misspelt when no paper has it, or so few that it stands there misspelt itself beside a far more frequent one.
What it is taken for is near it in letters (what is often confused counts as half a slip), frequent, and stands next to its
neighbours in the query: "tewee kamer" means *tweede kamer*. What is looked up is bounded, whatever the collection.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import islice

from search.analysis.chain import stem, tokenize
from search.analysis.dictionary import dutch
from search.letters import distance
from search.ports import Searcher, SearchRequest
from search.query.tree import And, Node, Or, Phrase, Scoped, Word, leaves
from search.related.compounds import parts_of
from search.values import known_in

_MIN_LETTERS, _MIN_TWICE = 4, 8
"""Letters of a word that may have one slip, and of one that may have two."""
_MIN_BESIDE = 5
"""Letters of a word that may have two slips where a neighbour tells what it is."""
_MIN_UNASKED = 5
"""Letters of a word that may be replaced unasked."""
_MIN_MISPRINTED = 6
"""Letters of a word that may stand misspelt in the papers themselves."""
_FEW_MISPRINTS, _MOST_MISPRINTS = 5, 50
"""Papers in which a word may stand misspelt: rather in a few than in many."""
_MIN_CAPITALS = 6
"""Letters of a word all in capitals that is no abbreviation."""
_MOST_WORDS, _FEW_WORDS = 30, 6
"""Words of a query that are looked at, and of one of which also those are that papers have: a longer one may quote a paper."""
_MIN_NEIGHBOUR = 5
"""Letters of a neighbour that tells something: shorter words stand beside any other."""
_OFTEN_BESIDE = 0.05
"""The share of the papers with a word that have it next to its neighbour, where that alone tells what is meant."""
_MOST_COUNTED = 6
"""Spellings of one word that are looked up next to its neighbours."""
_MOST_ASKED = 24
"""Questions that a query may put to the engine to that end; words further on have no neighbours."""

_SLIP = 5.0
"""The logarithm of how many times more frequent a word must be to be as likely with one slip more."""
_BESIDE = 1.5
"""What it counts for that papers have a word next to its neighbour: the power of their number."""
_LETTER = 1.0
"""What each letter of a word allows its slips to cost: nearly every short word is like another, and need not be that one."""
_EXISTS = 1.5
"""How likely another word must be at least where the typed one is good Dutch, which these papers need not have."""
_NEW = -2.5
"""The same, where the typed word is a compound of words that the papers have, and may be new."""
_MISPRINT = 2.5
"""The same as ``_SLIP``, of a long word that stands in papers itself."""
_MORE_MISPRINTS = 1.5
"""How much more frequent the right word must be, the more papers have the other one: the power of their number."""
_CERTAIN = 12
"""Letters of a long word: few others are like it."""

_CONFUSED = frozenset(map(frozenset, ("ck", "sz", "fv", "dt", "iy", "gh", "ij", "kq")))
_LINKS = frozenset("sn")
"""What stands between the parts of a compound, and is forgotten or put there."""
_SOUND_ALIKE = (
    ("ei", "ij"),
    ("au", "ou"),
    ("ch", "g"),
    ("ks", "x"),
    ("d", "dt"),
    ("t", "dt"),
    ("ie", "i"),
    ("f", "ph"),
    ("y", "ie"),
)


@dataclass(frozen=True, slots=True)
class Respelled:
    """A query with its words as they were likely meant, and whether its papers may be shown without asking."""

    node: Node
    unasked: bool


@dataclass(frozen=True, slots=True)
class _Typed:
    """A word of a query with the words typed beside it."""

    text: str
    first: bool
    before: str = ""
    after: str = ""


def respelled(node: Node, searcher: Searcher) -> Respelled:
    """The query with the words replaced that are likely misspelt; the query itself when there are none."""
    words = list(islice(_typed(node), _MOST_WORDS))
    speller = _Speller(searcher, may_be_printed=len(words) <= _FEW_WORDS)
    better = {typed.text: found for typed in words if (found := speller.likely(typed))}
    unasked = all(speller.may_replace(typed, better[typed.text]) for typed in words if typed.text in better)
    return Respelled(_replaced(node, better), unasked)


def _typed(node: Node) -> Iterator[_Typed]:
    """The words that are looked for, each with its neighbours; what is excluded stands as it is."""
    first = next((leaf for leaf in leaves(node)), None)

    def below(node: Node) -> Iterator[_Typed]:
        if isinstance(node, Word):
            yield _Typed(node.text, node is first)
        elif isinstance(node, Scoped):
            yield from below(node.child)
        elif isinstance(node, And | Or):
            beside = ["", *(one.text if isinstance(one, Word) else "" for one in node.children), ""]
            for i, child in enumerate(node.children):
                for typed in below(child):
                    side_by_side = isinstance(node, And) and not node.explicit and isinstance(child, Word)
                    yield replace(typed, before=beside[i], after=beside[i + 2]) if side_by_side else typed

    return below(node)


def _replaced(node: Node, better: dict[str, str]) -> Node:
    if isinstance(node, Word):
        return replace(node, text=better.get(node.text, node.text))
    if isinstance(node, Scoped):
        return Scoped(node.scope, _replaced(node.child, better))
    if isinstance(node, And | Or):
        return replace(node, children=tuple(_replaced(child, better) for child in node.children))
    return node


class _Speller:
    """Finds likely spellings in one collection; ``may_be_printed``: also for words that stand misspelt in papers themselves."""

    def __init__(self, searcher: Searcher, *, may_be_printed: bool) -> None:
        self._may_be_printed = may_be_printed
        self._searcher = searcher
        self._asked = 0
        self._vocabulary = searcher.vocabulary
        self._is_name = known_in(self._vocabulary.values)

    def likely(self, typed: _Typed) -> str:
        """How the word is likely spelled; empty when it is likely right, or nothing is like it."""
        text = _form(typed.text)
        if len(text) < _MIN_LETTERS or (typed.text.isupper() and len(text) < _MIN_CAPITALS):
            return ""
        papers = self._papers(typed.text, text)
        if not papers:
            return _cased(self._meant(text, typed), typed.text)
        if not self._may_be_printed or papers > _MOST_MISPRINTS or len(text) < _MIN_MISPRINTED or self._is_name("person", text):
            return ""
        return _cased(self._printed_right(text, papers), typed.text)

    def may_replace(self, typed: _Typed, better: str) -> bool:
        """Whether the word may be replaced unasked: it is no name, and long enough to be no other word."""
        capital = typed.text[:1].isupper() and not typed.first
        return not capital and len(_form(typed.text)) >= _MIN_UNASKED and not self._is_name("person", better)

    def _papers(self, word: str, text: str) -> int:
        """How many papers have a word, in any inflection."""
        if text.isalpha():
            return max(self._vocabulary.count(text), self._vocabulary.stem_count(stem(text)))
        return self._vocabulary.count(text) or self._count(Word(word))

    def _meant(self, text: str, typed: _Typed) -> str:
        """What an unknown word likely means; empty when nothing is like it."""
        may_ask = self._asked <= _MOST_ASKED - 2 * _MOST_COUNTED
        before, after = (word if may_ask and len(_form(word)) >= _MIN_NEIGHBOUR else "" for word in (typed.before, typed.after))
        may_be_twice = len(text) >= (_MIN_BESIDE if before or after else _MIN_TWICE)
        counts, slips = self._near(text, twice=may_be_twice)
        scores = {word: math.log(count) - _SLIP * slips[word] for word, count in counts.items()}
        best = sorted(scores, key=lambda word: (-scores[word], word))[:_MOST_COUNTED]
        least = self._least(text)
        alone = [word for word in best if scores[word] >= least and (slips[word] <= 1 or len(text) >= _MIN_TWICE)]
        if not (before or after) or best == alone[:1]:
            return alone[0] if alone else ""
        together = {word: self._together(word, before, after) for word in best}
        alone += [word for word in best if word not in alone and together[word] >= _OFTEN_BESIDE * counts[word]]
        return max(alone, key=lambda word: scores[word] + _BESIDE * math.log1p(together[word]), default="")

    def _least(self, text: str) -> float:
        """How likely another word must be at least to be meant by an unknown one."""
        if dutch().common(text):
            return _EXISTS
        return _NEW if parts_of(text, self._vocabulary) else -_LETTER * len(text)

    def _printed_right(self, text: str, papers: int) -> str:
        """The far more frequent word that one in a few papers likely stands for; empty when there is none."""
        printed, slips = self._near(text, twice=False)
        counts = dict(zip(printed, self._vocabulary.stem_counts(list(map(stem, printed))), strict=True))
        price = _MISPRINT * max(1.0, (_CERTAIN / len(text)) ** 2)  # among short words there is always one that is alike
        least = math.log(papers) + _MORE_MISPRINTS * math.log(max(papers / _FEW_MISPRINTS, 1))
        least += _EXISTS if dutch().common(text) else 0.0
        scores = {word: math.log(max(counts[word], 1)) - price * slips[word] for word in printed}
        likely = (word for word, score in scores.items() if score > least and not _same(word, text))
        return max(likely, key=lambda word: (printed[word], word), default="")

    def _near(self, text: str, *, twice: bool) -> tuple[dict[str, int], dict[str, float]]:
        """The words of the collection near this one: in how many papers each is, and what its slips count for."""
        alike = _alike(text)
        near = {*self._vocabulary.near(text), *alike}
        if twice and text.isascii() and text.isalpha():
            near.update(self._vocabulary.near_twice(text))
        words = [word for word in sorted(near) if _may_be_meant(word, text)]
        counts = {word: count for word, count in zip(words, self._vocabulary.counts(words), strict=True) if count}
        return counts, {word: min(distance(text, word, _price), alike.get(word, math.inf)) for word in counts}

    def _together(self, word: str, before: str, after: str) -> int:
        """How many papers have the word next to each of its neighbours, as these were typed."""
        pairs = [(before, word)] * bool(before) + [(word, after)] * bool(after)
        self._asked += len(pairs)
        return sum(self._count(Phrase(pair)) for pair in pairs)

    def _count(self, node: Node) -> int:
        return self._searcher.search(SearchRequest(node, limit=0, facets=())).total


def _form(word: str) -> str:
    """The exact form of a word that may be misspelt: of letters, perhaps with signs between them; else empty."""
    tokens = tokenize(word)
    whole = next((one.text for one in tokens if one.position == 0 and one.end - one.start >= len(word.strip("'\""))), "")
    return "" if any(map(str.isdigit, whole)) else whole


def _may_be_meant(word: str, text: str) -> bool:
    """Whether a word of the collection is of the same kind as the typed one, and another one: no digits, no abbreviation."""
    alike = word == word.lower() and not any(map(str.isdigit, word)) and word.isalpha() >= text.isalpha()
    return alike and stem(word) != stem(text)


def _same(word: str, text: str) -> bool:
    """Whether one is the other with an ending, or with other signs: another form of the same word."""
    one, other = ("".join(filter(str.isalpha, either)) for either in (word, text))
    return one.startswith(other) or other.startswith(one)


def _alike(word: str) -> dict[str, float]:
    """What sounds the same, each with what such a slip counts for."""
    found: dict[str, float] = {}
    for pair in _SOUND_ALIKE:
        for wrong, right in (pair, pair[::-1]):
            start = word.find(wrong)
            while start >= 0:
                found.setdefault(word[:start] + right + word[start + len(wrong) :], 0.5)
                start = word.find(wrong, start + 1)
    return found


def _price(was: str, becomes: str, before: str) -> float:
    """What a slip counts for: one, and less when it is a common one."""
    if len(was) > 1:
        return 0.7
    if was and becomes:
        return 0.6 if frozenset((was, becomes)) in _CONFUSED else 1.0
    letter = was or becomes
    return 0.5 if letter == before else 0.6 if letter in _LINKS else 0.9


def _cased(word: str, typed: str) -> str:
    """The word with a capital where a part of the typed one begins with one."""
    if typed.isupper():
        return word
    capitals = {i for i, sign in enumerate(typed) if sign.isupper() and not typed[i - 1 : i].isalnum()}
    parts = {sum(not one.isalnum() for one in typed[:i]) for i in capitals}
    if not capitals:
        return word
    made, part = "", 0
    for i, sign in enumerate(word):
        begins = not word[i - 1 : i].isalnum()
        made += sign.upper() if begins and part in parts else sign
        part += not sign.isalnum()
    return made
