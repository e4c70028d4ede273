"""What a word, or words side by side, may stand for besides themselves in this collection, and with what weight.

Compounds come from ``compounds``. Other names for the same come from the table of ``search.analysis.synonyms``, and from what
papers themselves say that an abbreviation stands for: "Openbaar Ministerie (OM)", counted over papers and used both ways. How a
query becomes a plan is the work of ``search.planning``.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from search.analysis.chain import Token, stem, tokenize
from search.analysis.derivation import acts_of, derivations_of, learned_of, whole_of
from search.analysis.dictionary import dutch
from search.analysis.shorthand import in_capitals
from search.analysis.synonyms import Expression, longest, stems_in, synonyms_of
from search.asking import FUNCTION_WORDS
from search.fields import EXPLAINS
from search.plan import Concept, Form, MatchKind, Sequence, Weights
from search.ports import ValueCounts, Vocabulary
from search.related.compounds import WITHIN, apart, compounds_of, joined_of, led_by, parts_of, suspended
from search.related.writings import width_of

_PARTS_WITHIN = 300
"""Words between which the parts of an unknown compound stand: a page."""

_MAX_LEADING = 6
"""Words of a query in which each may lead a compound; of a whole sentence enough words are found as they are."""
_BESIDE_JOINED = 0.5
"""What is left of the weight of other compounds beside the joined form of two words."""


@dataclass(frozen=True, slots=True)
class RelatedWords:
    """What words may also stand for in one collection."""

    vocabulary: Vocabulary
    weights: Weights

    @property
    def _explanations(self) -> Explanations:
        return explanations_of(self.vocabulary.value_counts("explained"))

    def of_word(self, concept: Concept) -> Concept:
        """The concept of a single word with its derivations, its compounds and its synonyms."""
        tokens = tokenize(concept.label)
        if capitals := in_capitals(concept.forms[0].text):
            tokens = [token for token in tokens if token.text == capitals]
        if width_of(tokens) == 1:
            word = tokens[0].text
            derived = self._derivations(tokens[0])
            told = (form.text for form in derived if form.match is MatchKind.SYNONYM and self.vocabulary.count(form.text))
            concept = _with(
                replace(concept, also=(*concept.also, *told)),
                (*derived, *self._compounds(word), *self._compounds_of_nouns(tokens[0])),
                (*self._parts(word), *self._apart(word), *self._suspended(word)),
            )
        else:
            concept = _with(concept, (), self._known_parts(tokens))
        return self._with_synonyms(concept, stems_in(tokens))

    def _derivations(self, token: Token) -> list[Form]:
        """The noun of a verb, or the verb of a noun; a learned one counts as a related word."""
        derived, learned = derivations_of(token.stem), learned_of(token.stem)
        known = self._known([*derived, *learned])
        return [
            *(Form(one, True, self.weights.derived, MatchKind.STEM) for one in derived if one in known),
            *(Form(one, True, self.weights.synonym, MatchKind.SYNONYM) for one in learned if one in known),
        ]

    def _known(self, stems: list[str]) -> frozenset[str]:
        return frozenset(one for one, papers in zip(stems, self.vocabulary.stem_counts(stems), strict=True) if papers)

    def _compounds_of_nouns(self, token: Token) -> tuple[Form, ...]:
        """Compounds that end in a noun of the verb: structuurversterking for versterkt."""
        # "doelstelling" and "instelling" are of no "telling"
        nouns = [noun for noun in acts_of(token.stem) if not dutch().common("s" + noun)]
        stems = [one for noun in nouns for one in compounds_of(noun, self.vocabulary)]
        return self._led(stems, self.weights.compound * self.weights.derived)

    def _compounds(self, word: str) -> tuple[Form, ...]:
        """Compounds that end in the word."""
        return self._led(compounds_of(word, self.vocabulary), self.weights.compound)

    def _led(self, stems: list[str], weight: float) -> tuple[Form, ...]:
        return tuple(Form(text, True, weight, MatchKind.COMPOUND) for text in stems)

    def _parts(self, word: str) -> tuple[Sequence, ...]:
        """Of a compound that the collection does not know: its parts, near each other."""
        parts = parts_of(word, self.vocabulary)
        return (self._compound(tuple(map(stem, parts)), _PARTS_WITHIN),) if parts else ()

    def _apart(self, word: str) -> tuple[Sequence, ...]:
        """What is joined in the query and stands apart in papers."""
        return tuple(self._compound((stem(first), stem(last))) for first, last in apart(word, self.vocabulary))

    def _suspended(self, word: str) -> tuple[Sequence, ...]:
        """Both parts of a compound of which one hangs on another word."""
        return tuple(self._compound(pair, WITHIN) for pair in suspended(word, self.vocabulary))

    def _known_parts(self, tokens: list[Token]) -> tuple[Sequence, ...]:
        """Of a term with signs that the collection does not know: its parts near each other, the longest known run of them as
        one and unknown compounds among them taken apart."""
        width = width_of(tokens)
        if any(self.vocabulary.counts([token.text for token in tokens if token.width == width])):
            return ()
        parts = {token.position: token for token in reversed(tokens) if token.width == 1}
        wide = [token for token in tokens if 1 < token.width < width]
        counts = self.vocabulary.stem_counts([token.stem for token in wide])
        known = [token for token, papers in zip(wide, counts, strict=True) if papers]
        run = max(known, key=lambda token: token.width, default=None)
        if run:
            parts = {at: token for at, token in parts.items() if not run.position <= at < run.position + run.width}
        apart_too = [parts_of(parts[at].text, self.vocabulary) or (parts[at].text,) for at in sorted(parts)]
        if run is None and all(len(some) == 1 for some in apart_too):
            return ()  # a term is looked for in its parts anyway
        stems = [stem(inner) for some in apart_too for inner in some]
        return (self._compound((*((run.stem,) if run else ()), *stems), _PARTS_WITHIN),)

    def parts_alone(self, concept: Concept) -> list[Concept]:
        """The parts of a compound that the collection does not know, each by itself: papers with some of them are welcome."""
        tokens = tokenize(concept.label)
        whole = [token.text for token in tokens if token.width == width_of(tokens)]
        if any(self.vocabulary.counts(whole)):
            return []
        words = [token.text for token in tokens if token.width == 1] or whole
        parts = dict.fromkeys(stem(part) for word in words for part in parts_of(word, self.vocabulary) or (word,))
        known = zip(parts, self.vocabulary.stem_counts(list(parts)), strict=True)
        weight = self.weights.part
        return [
            Concept(part, (Form(part, True, weight, MatchKind.COMPOUND),), (), concept.places) for part, papers in known if papers
        ]

    def _compound(self, stems: tuple[str, ...], within: int = 0) -> Sequence:
        """Stems next to each other in their order, or within so many words of each other, as a compound counts."""
        words = tuple((text, i, True) for i, text in enumerate(stems))
        return Sequence(words, self.weights.compound, MatchKind.COMPOUND, within)

    def _with_synonyms(self, concept: Concept, stems: tuple[str, ...]) -> Concept:
        """A concept that what means the same counts for too, as single terms and as sequences."""
        synonyms = tuple(dict.fromkeys((*synonyms_of(stems), *self._explanations.of(stems))))
        if not synonyms:
            return concept
        weight = self.weights.synonym
        forms = [Form(one.stems[0], True, weight, MatchKind.SYNONYM) for one in synonyms if len(one.stems) == 1]
        sequences = [
            Sequence(tuple((text, i, True) for i, text in enumerate(one.stems)), weight, MatchKind.SYNONYM)
            for one in synonyms
            if len(one.stems) > 1
        ]
        also = tuple(dict.fromkeys((*concept.also, *(one.text for one in synonyms))))
        return replace(_with(concept, tuple(forms), tuple(sequences)), also=also)

    def of_neighbours(self, concepts: list[Concept]) -> list[Concept]:
        """The concepts of adjacent words with what these stand for together: "belasting dienst" for Belastingdienst, "tweede
        kamer" for TK; and with the compounds that each leads, since the others tell which of these are meant."""
        tokens = [tokenize(concept.label) for concept in concepts]
        words = [of_word[0].text if width_of(of_word) == 1 else "" for of_word in tokens]
        extended = list(concepts)
        if 1 < len(concepts) <= _MAX_LEADING:
            led = (self._led(led_by(word, self.vocabulary), self.weights.modified) for word in words)
            extended = [_with(plan, forms) for plan, forms in zip(concepts, led, strict=True)]
        pairs = list(pairwise(words))
        for i, (exact, stems) in enumerate(joined_of(pairs, self.vocabulary)):
            if exact or stems:
                # "geld voor zorg" asks for no voorzorg
                weight = self.weights.joined if FUNCTION_WORDS.isdisjoint(pairs[i]) else self.weights.compound
                extra = (
                    *(Form(text, False, weight, MatchKind.COMPOUND) for text in exact),
                    *(Form(text, True, weight, MatchKind.COMPOUND) for text in stems),
                )
                extended[i : i + 2] = [_with(_lighter(plan), extra) for plan in extended[i : i + 2]]
        if len(concepts) <= _MAX_LEADING:
            extended = self._with_whole(self._with_acts(extended, tokens), tokens)
        stems_of = [(i, text) for i, of_word in enumerate(tokens) for text in stems_in(of_word)]
        for length in range(2, max(longest(), self._explanations.longest) + 1):
            for at in range(len(stems_of) - length + 1):
                expression = tuple(text for _, text in stems_of[at : at + length])
                first, last = stems_of[at][0], stems_of[at + length - 1][0] + 1
                if last - first > 1:
                    extended[first:last] = [self._with_synonyms(plan, expression) for plan in extended[first:last]]
        return extended

    def _with_acts(self, concepts: list[Concept], tokens: list[list[Token]]) -> list[Concept]:
        """Of a verb and the word beside it what both make together: "gas gewonnen" is also gaswinning, "huren bevroren"
        huurbevriezing."""
        words = [of_word[0] if width_of(of_word) == 1 and of_word[0].text not in FUNCTION_WORDS else None for of_word in tokens]
        nouns = [acts_of(word.stem) if word else () for word in words]
        acts = [(word.stem, *some) if word and some else () for word, some in zip(words, nouns, strict=True)]
        joined = [
            (i, first, act)
            for i in range(len(words) - 1)
            for thing, verb in ((i, i + 1), (i + 1, i))
            if (word := words[thing])
            for first in dict.fromkeys((word.text, word.stem))
            for act in acts[verb]
        ]
        extended = list(concepts)
        known = joined_of([(first, act) for _, first, act in joined], self.vocabulary)
        for (i, *_), (_, stems) in zip(joined, known, strict=True):
            if stems:
                extended[i : i + 2] = [_with(one, self._led(stems, self.weights.derived)) for one in extended[i : i + 2]]
        return extended

    def _with_whole(self, concepts: list[Concept], tokens: list[list[Token]]) -> list[Concept]:
        """Of a verb whose particle stands apart, at the end, the whole: "stelt normen vast" is also vastgesteld."""
        if len(tokens) < 2 or width_of(tokens[-1]) != 1:
            return concepts
        extended, particle = list(concepts), tokens[-1][0].text
        for i, of_word in enumerate(tokens[:-1]):
            if width_of(of_word) != 1:
                continue
            word = of_word[0].text
            participle = word.startswith("ge") and not of_word[0].stem.startswith("ge")  # "gesteld", but not "geeft"
            whole = () if participle else whole_of(word, particle)
            forms = tuple(Form(one, True, self.weights.derived, MatchKind.STEM) for one in self._known([*whole]))
            if forms:
                extended[i], extended[-1] = _with(extended[i], forms), _with(extended[-1], forms)
        return extended


def _lighter(concept: Concept) -> Concept:
    """A concept of which the compounds count for less, since the word is known that it makes with its neighbour."""
    forms = tuple(
        replace(form, weight=form.weight * _BESIDE_JOINED) if form.match is MatchKind.COMPOUND else form for form in concept.forms
    )
    return replace(concept, forms=forms)


def _with(concept: Concept, forms: tuple[Form, ...], sequences: tuple[Sequence, ...] = ()) -> Concept:
    """A concept with more that counts as an occurrence."""
    return replace(
        concept,
        forms=tuple(dict.fromkeys((*concept.forms, *forms))),
        sequences=tuple(dict.fromkeys((*concept.sequences, *sequences))),
    )


_ENOUGH = 2
"""Papers that must explain an abbreviation alike, unless nothing else is told of it."""
_MOST = 3
"""Explanations of an abbreviation that count, and abbreviations of an expression: the most frequent ones."""
_MOST_PAIRS = 20_000
"""Explanations of a collection that are known: the most frequent ones."""
_LONGEST = 8
"""Words of an expression that is looked for in a query."""


@dataclass(frozen=True, slots=True)
class Explanations:
    """The other names of expressions, by the stems of these; ``longest`` is the number of words of the longest."""

    others: Mapping[tuple[str, ...], tuple[Expression, ...]]
    longest: int

    def of(self, stems: tuple[str, ...]) -> tuple[Expression, ...]:
        """What papers call the expression with these stems besides, the most frequent first."""
        return self.others.get(stems, ())


@lru_cache(maxsize=4)
def explanations_of(explained: ValueCounts) -> Explanations:
    """The pairs that a collection explains, ready to be looked up."""
    ranked = sorted(explained.papers.items(), key=lambda pair: (-pair[1], pair[0]))[:_MOST_PAIRS]
    pairs: dict[tuple[tuple[str, ...], tuple[str, ...]], int] = {}
    called: dict[tuple[str, ...], Expression] = {}
    for value, papers in ranked:
        short, long = map(Expression.of, value.split(EXPLAINS, 1))
        called.setdefault(short.stems, short)
        called.setdefault(long.stems, long)
        pairs[short.stems, long.stems] = pairs.get((short.stems, long.stems), 0) + papers
    explanations = Counter(short for short, _ in pairs)
    kept = [
        pair
        for pair, papers in sorted(pairs.items(), key=lambda one: -one[1])
        if (papers >= _ENOUGH or explanations[pair[0]] == 1) and len(pair[1]) <= _LONGEST
    ]
    others: dict[tuple[str, ...], list[Expression]] = {}
    for short_stems, long_stems in kept:
        for one, other in ((short_stems, long_stems), (long_stems, short_stems)):
            if len(some := others.setdefault(one, [])) < _MOST:
                some.append(called[other])
    return Explanations({stems: tuple(some) for stems, some in others.items()}, max(map(len, others), default=0))
