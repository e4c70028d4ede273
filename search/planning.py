"""Query tree → plan: analyses the words and decides what else they may stand for in this collection, with what weight.

An exact form weighs more than a stem, a stem more than a compound, a compound more than a synonym. The words of the collection
tell which compounds end in a word, and what an unknown compound is made of; that is worked out here, so that the index holds
nothing that depends on other papers. Expansions are bounded by the limits of ``query.tree``: the most frequent words are taken.
Nothing here looks into papers.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from operator import itemgetter

from search.analysis.chain import Token, stem, synonyms_of, tokenize
from search.analysis.synonyms import longest
from search.document import Place
from search.fields import Comparison, asked
from search.plan import (
    ALL_PLACES,
    TEXT_PLACES,
    Both,
    Citing,
    Concept,
    Either,
    Empty,
    Form,
    HasValue,
    MatchKind,
    Named,
    Plan,
    Sequence,
    Wanted,
    Weights,
    Within,
    Without,
)
from search.ports import Vocabulary
from search.query.tree import (
    MAX_EXPANSIONS,
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
    leaves,
)
from search.values import meant

_MIN_HEAD = 5
"""Letters of a word before words that end in it count as its compounds; shorter ones end too many words by chance."""
_MIN_REST = 3
"""Letters of what stands before it."""
_MAX_COMPOUNDS = 40
"""Compounds of one word that are looked up: the most frequent ones."""
_MIN_PART = 4
"""Letters of each part of an unknown compound; into shorter ones every word falls apart."""
_MAX_PARTS = 4
_MAX_LETTERS = 40
"""Letters of a word that is taken apart; longer ones are no Dutch."""
_LINKS = ("", "s", "e", "en", "n", "er", "eren")
"""What Dutch puts between the parts of a compound."""
_ENDINGS = ("", "en", "s", "n")
"""The plurals in which the last part of a compound may stand."""
_PREFIXES = frozenset((
    "aan", "achter", "af", "be", "bij", "door", "er", "ge", "her", "in", "mede", "mee", "mis", "na", "nav", "om", "on", "ont",
    "onder", "op", "over", "rond", "samen", "tegen", "terug", "toe", "tussen", "uit", "ver", "voor", "voort", "weg",
))  # fmt: skip
"""What makes another word of a word rather than a compound: antwoord, verantwoord."""


def compounds_of(word: str, vocabulary: Vocabulary) -> list[str]:
    """The stems of the words that end in this one after another word: huurtoeslag for toeslag; the most frequent first."""
    if min(len(word), len(stem(word))) < _MIN_HEAD or not word.isalpha():
        return []
    singular = word.removesuffix("en") if len(word) > _MIN_HEAD + 1 else word
    endings = dict.fromkeys(base + ending for base in (word, singular) for ending in _ENDINGS)
    compounds = [(one, one[: -len(ending)]) for ending in endings for one in vocabulary.ending(ending) if one.isalpha()]
    firsts: dict[str, set[str]] = {}
    for compound, rest in compounds:
        firsts.setdefault(stem(compound), set()).update(_firsts(rest))
    firsts.pop(stem(word), None)
    counts = dict(zip(firsts, vocabulary.stem_counts(list(firsts)), strict=True))
    found: list[str] = []
    for some in _pieces(sorted(firsts, key=lambda one: (-counts[one], one)), 2 * _MAX_COMPOUNDS):
        known = _known_of(set().union(*(firsts[one] for one in some)), vocabulary)
        found += [one for one in some if not known.isdisjoint(firsts[one])]
        if len(found) >= _MAX_COMPOUNDS:  # of the rarer ones it need not be known whether they are compounds
            break
    return found[:_MAX_COMPOUNDS]


def _pieces(values: list[str], length: int) -> Iterator[list[str]]:
    return (values[at : at + length] for at in range(0, len(values), length))


def _firsts(rest: str) -> list[str]:
    """What the first part of a compound may be, with or without what links it: one of these is a word of the collection."""
    if rest in _PREFIXES:
        return []
    return [first for link in _LINKS if len(first := rest.removesuffix(link)) >= _MIN_REST]


def _known_of(words: set[str], vocabulary: Vocabulary) -> set[str]:
    """Those that are words of the collection, as they stand or in another inflection."""
    asked = list(words)
    known = {word for word, papers in zip(asked, vocabulary.counts(asked), strict=True) if papers}
    others = [word for word in asked if word not in known]
    counts = vocabulary.stem_counts([stem(word) for word in others])
    return known | {word for word, papers in zip(others, counts, strict=True) if papers}


def parts_of(word: str, vocabulary: Vocabulary) -> tuple[str, ...]:
    """The words that a compound which the collection does not know is made of; empty when it is known or falls into none.

    schimmelwoningen → schimmel, woningen. The last part is as long as can be.
    """
    if not word.isalpha() or len(word) > _MAX_LETTERS or _known(word, vocabulary):
        return ()
    return _taken_apart(word, vocabulary, _MAX_PARTS)


def _taken_apart(word: str, vocabulary: Vocabulary, parts: int) -> tuple[str, ...]:
    for cut in range(_MIN_PART, len(word) - _MIN_PART + 1):
        first, last = word[:cut], word[cut:]
        if not _known(last, vocabulary):
            continue
        for link in _LINKS:
            rest = first.removesuffix(link)
            if (link and rest == first) or len(rest) < _MIN_PART:
                continue
            if _known(rest, vocabulary):
                return rest, last
            if parts > 2 and (inner := _taken_apart(rest, vocabulary, parts - 1)):
                return *inner, last
    return ()


def _known(word: str, vocabulary: Vocabulary) -> bool:
    return bool(vocabulary.count(word) or vocabulary.stem_count(stem(word)))


_SCOPES = {
    Scope.TITLE: (Place.TITLE,),
    Scope.HEADING: (Place.HEADING,),
    Scope.FOOTNOTE: (Place.FOOTNOTE,),
    Scope.ANNEX: (Place.ANNEX,),
}
_PARTS_WITHIN = 300
"""Words between which the parts of an unknown compound stand: a page."""


def planner(vocabulary: Vocabulary, weights: Weights, *, verbatim: bool = False) -> Planner:
    """What makes the plans of a request."""
    if verbatim:
        return Planner(vocabulary, weights, related=False, places=TEXT_PLACES)
    return Planner(vocabulary, weights)


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes plans for one collection; without ``related`` words stand for their own inflections only.

    Words that are asked for in no particular part of the paper are looked up in ``places``.
    """

    vocabulary: Vocabulary
    weights: Weights
    related: bool = True
    expansions: int = MAX_EXPANSIONS
    places: tuple[Place, ...] = ALL_PLACES

    def plan(self, node: Node) -> Plan:
        """The plan of a query."""
        patterns = sum(isinstance(leaf, Prefix | Fuzzy) for leaf in leaves(node))
        shared = max(MAX_EXPANSIONS // max(patterns, 1), 1)
        return replace(self, expansions=shared)._plan(node, self.places, top=True)

    def _plan(self, node: Node, places: tuple[Place, ...], *, top: bool = False) -> Plan:  # noqa: PLR0911 - one line a kind of node
        match node:
            case Word():
                concept = self._word(node, places)
                return Wanted((concept,)) if top else concept
            case Phrase():
                return self._phrase(node, places)
            case Prefix():
                return self._prefix(node, places)
            case Fuzzy():
                return self._fuzzy(node, places)
            case Match():
                return self._match(node)
            case Dated():
                return Within(node.start, node.end)
            case Cites():
                return Citing(str(node.target))
            case Paper():
                return self._paper(node, places)
            case Registered():
                return self._registered(node, places, self.weights.named)
            case Scoped():
                return self._plan(node.child, _SCOPES[node.scope], top=top)
            case Not():
                # What is excluded is excluded by what was typed, not by what it resembles.
                return Without(replace(self, related=False)._plan(node.child, places))
            case Or():
                return Either(tuple(self._plan(child, places) for child in node.children))
            case And():
                return self._and(node, places, top=top)
            case Nothing():
                return Empty()

    def _and(self, node: And, places: tuple[Place, ...], *, top: bool) -> Plan:
        """Words side by side are wanted together; all else is strict."""
        children = [(child, self._plan(child, places)) for child in node.children]
        if node.explicit or not top:
            return Both(tuple(plan for _, plan in children))
        words = [plan for child, plan in children if isinstance(child, Word) and isinstance(plan, Concept)]
        papers = [self._mention(child, places) for child in node.children if isinstance(child, Paper | Registered)]
        strict = [plan for child, plan in children if not isinstance(child, Word | Paper | Registered)]
        if not words and not papers:
            return Both(tuple(strict))
        concepts = self._together(words) if self.related else words
        return Wanted((*concepts, *papers), Both(tuple(strict)) if strict else None)

    # Words

    def _word(self, word: Word, places: tuple[Place, ...]) -> Concept:
        """A word in any inflection, in parts or joined, and what else it may stand for."""
        tokens = tokenize(word.text)
        if not tokens:
            return Concept(word.text, (), (), places)
        width = max(token.position + token.width for token in tokens)
        weights = self.weights
        forms: list[Form] = []
        sequences: list[Sequence] = []
        for token in tokens:
            if token.position == 0 and token.width == width:
                forms.append(Form(token.text, False, weights.exact, MatchKind.EXACT))
                forms.append(Form(token.stem, True, weights.stem, MatchKind.STEM))
        if width > 1:
            parts = tuple((token.stem, token.position, True) for token in tokens if token.width == 1)
            if len({position for _, position, _ in parts}) == width:
                # A part may have two forms ("foto's", "fotos"); papers print either.
                either = [sorted({part[1]: part for part in order}.values(), key=itemgetter(1)) for order in (parts[::-1], parts)]
                sequences += [Sequence(tuple(one), weights.stem, MatchKind.STEM) for one in either]
        elif self.related:
            forms += self._compounds(tokens[0])
            sequences += self._parts(tokens[0])
            concept = Concept(word.text, tuple(dict.fromkeys(forms)), tuple(dict.fromkeys(sequences)), places)
            return self._with_synonyms(concept, (tokens[0].text,))
        return Concept(word.text, tuple(dict.fromkeys(forms)), tuple(dict.fromkeys(sequences)), places)

    def _compounds(self, token: Token) -> list[Form]:
        """Compounds that end in the word."""
        return [Form(text, True, self.weights.compound, MatchKind.COMPOUND) for text in compounds_of(token.text, self.vocabulary)]

    def _parts(self, token: Token) -> list[Sequence]:
        """Of a compound that the collection does not know: its parts, near each other."""
        parts = parts_of(token.text, self.vocabulary)
        terms = tuple((stem(part), i, True) for i, part in enumerate(parts))
        return [Sequence(terms, self.weights.compound, MatchKind.COMPOUND, _PARTS_WITHIN)] if terms else []

    def _with_synonyms(self, concept: Concept, words: tuple[str, ...]) -> Concept:
        """A concept that what means the same counts for too, as single terms and as sequences."""
        forms: list[Form] = []
        sequences: list[Sequence] = []
        for alternative in synonyms_of(words):
            tokens = [token for word in alternative for token in tokenize(word)[:1]]
            if len(tokens) == 1:
                forms.append(Form(tokens[0].stem, True, self.weights.synonym, MatchKind.SYNONYM))
            elif tokens:
                terms = tuple((token.stem, i, True) for i, token in enumerate(tokens))
                sequences.append(Sequence(terms, self.weights.synonym, MatchKind.SYNONYM))
        if not (forms or sequences):
            return concept
        also = tuple(dict.fromkeys((*concept.also, *(" ".join(alternative) for alternative in synonyms_of(words)))))
        return replace(_with(concept, tuple(forms), tuple(sequences)), also=also)

    def _together(self, concepts: list[Concept]) -> list[Concept]:
        """What adjacent words stand for together: "belasting dienst" for Belastingdienst, "tweede kamer" for TK."""
        tokens = [tokenize(concept.label)[:1] for concept in concepts]
        folded = [first[0].text if first else "" for first in tokens]
        extended = list(concepts)
        for i in range(len(folded) - 1):
            joined = folded[i] + folded[i + 1]
            if folded[i].isalpha() and folded[i + 1].isalpha() and self.vocabulary.count(joined):
                extra = (
                    Form(joined, False, self.weights.compound, MatchKind.COMPOUND),
                    Form(stem(joined), True, self.weights.compound, MatchKind.COMPOUND),
                )
                extended[i : i + 2] = [_with(plan, extra) for plan in extended[i : i + 2]]
        for length in range(2, longest() + 1):
            for i in range(len(folded) - length + 1):
                words = tuple(folded[i : i + length])
                extended[i : i + length] = [self._with_synonyms(plan, words) for plan in extended[i : i + length]]
        return extended

    # Phrases and word patterns

    def _phrase(self, phrase: Phrase, places: tuple[Place, ...]) -> Plan:
        """Words as printed, in their order."""
        terms: list[tuple[str, int, bool]] = []
        offset = 0
        for word in phrase.words:
            tokens = tokenize(word)
            if not tokens:
                continue
            width = max(token.position + token.width for token in tokens)
            whole = next((token for token in tokens if token.width == width and token.position == 0), None)
            if whole:
                terms.append((whole.text, offset, False))
            else:
                terms += [(token.text, offset + token.position, False) for token in tokens if token.width == 1]
            offset += width
        if not terms:
            return Empty()
        label = " ".join(phrase.words)
        if len(terms) == 1:
            return Concept(
                label, (Form(terms[0][0], False, self.weights.exact + self.weights.stem, MatchKind.EXACT),), (), places
            )
        slop = phrase.slop and max(phrase.slop, terms[-1][1])  # never finds less than the words next to each other
        sequence = Sequence(tuple(terms), self.weights.exact + self.weights.stem, MatchKind.EXACT, slop)
        return Concept(label, (), (sequence,), places)

    def _prefix(self, prefix: Prefix, places: tuple[Place, ...]) -> Plan:
        tokens = tokenize(prefix.text)
        start = tokens[0].text if tokens else prefix.text.lower()
        return self._expanded(prefix.text + "*", self.vocabulary.beginning(start), places)

    def _fuzzy(self, fuzzy: Fuzzy, places: tuple[Place, ...]) -> Plan:
        tokens = tokenize(fuzzy.text)
        word = tokens[0].text if tokens else fuzzy.text.lower()
        near = self._expanded(fuzzy.text + "~", self.vocabulary.near(word), places)
        return replace(near, forms=(Form(word, False, self.weights.exact + self.weights.stem, MatchKind.EXACT), *near.forms))

    def _expanded(self, label: str, words: list[str], places: tuple[Place, ...]) -> Concept:
        """The most frequent of the words, each as good as the other."""
        counted = sorted(zip(words, self.vocabulary.counts(words), strict=True), key=lambda pair: (-pair[1], pair[0]))
        chosen = [word for word, _ in counted[: self.expansions]]
        forms = tuple(Form(word, False, self.weights.stem, MatchKind.STEM) for word in chosen)
        return Concept(label, forms, (), places, cut=len(chosen) < len(words))

    # Values

    def _match(self, match: Match) -> Plan:
        """A field by value, as the table of fields tells what that means."""
        how = asked(match.field)
        if how.comparison is Comparison.WHOLE:
            return HasValue(how.compares or match.field, equals=how.read(match.value) or " ".join(match.value.split()))
        found = meant(match, self.vocabulary.values)
        return HasValue(match.field, found) if found else Empty()

    def _paper(self, paper: Paper, places: tuple[Place, ...]) -> Plan:
        """The paper itself before all others, then those that name it."""
        name = str(paper.identifier)
        return Either((Named(name, self.weights.named), Citing(name), self._naming(paper, places)))

    def _registered(self, registered: Registered, places: tuple[Place, ...], score: float) -> Plan:
        """The papers under a number of the Tweede Kamer, then those that name it."""
        name = Form(registered.number.lower(), False, self.weights.exact, MatchKind.EXACT)
        under = HasValue("registered", equals=registered.number, score=score)
        return Either((under, Concept(registered.number, (name,), (), places)))

    def _mention(self, paper: Paper | Registered, places: tuple[Place, ...]) -> Plan:
        """A paper named among other words: the paper itself, those that name it, and those that replace it."""
        if isinstance(paper, Registered):
            return self._registered(paper, places, self.weights.mentioned)
        number = Form(paper.identifier.number.lower(), False, self.weights.exact, MatchKind.EXACT)
        replacing = Concept(paper.printed, (number,), (), (Place.KIND,))
        return Either((Named(str(paper.identifier), self.weights.mentioned), self._naming(paper, places), replacing))

    def _naming(self, paper: Paper, places: tuple[Place, ...]) -> Concept:
        name = Form(str(paper.identifier).lower(), False, self.weights.exact, MatchKind.EXACT)
        return Concept(paper.printed, (name,), (), places)


def _with(concept: Concept, forms: tuple[Form, ...], sequences: tuple[Sequence, ...] = ()) -> Concept:
    """A concept with more that counts as an occurrence."""
    return replace(
        concept,
        forms=tuple(dict.fromkeys((*concept.forms, *forms))),
        sequences=tuple(dict.fromkeys((*concept.sequences, *sequences))),
    )
