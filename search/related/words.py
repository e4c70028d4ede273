"""What a word, or words side by side, may stand for besides themselves in this collection, and with what weight.

Compounds come from ``compounds``, other names for the same from the table of ``search.analysis.synonyms``. How a query becomes a
plan is the work of ``search.planning``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.analysis.chain import Token, stem, tokenize
from search.analysis.shorthand import in_capitals
from search.analysis.synonyms import longest, stems_in, synonyms_of
from search.plan import Concept, Form, MatchKind, Sequence, Weights
from search.ports import Vocabulary
from search.related.compounds import compounds_of, parts_of
from search.related.writings import width_of

_PARTS_WITHIN = 300
"""Words between which the parts of an unknown compound stand: a page."""


@dataclass(frozen=True, slots=True)
class RelatedWords:
    """What words may also stand for in one collection."""

    vocabulary: Vocabulary
    weights: Weights

    def of_word(self, concept: Concept) -> Concept:
        """The concept of a single word with its compounds and its synonyms."""
        tokens = tokenize(concept.label)
        if capitals := in_capitals(concept.forms[0].text):
            tokens = [token for token in tokens if token.text == capitals]
        if width_of(tokens) == 1:
            concept = _with(concept, tuple(self._compounds(tokens[0])), tuple(self._parts(tokens[0])))
        return self._with_synonyms(concept, stems_in(tokens))

    def _compounds(self, token: Token) -> list[Form]:
        """Compounds that end in the word."""
        return [Form(text, True, self.weights.compound, MatchKind.COMPOUND) for text in compounds_of(token.text, self.vocabulary)]

    def _parts(self, token: Token) -> list[Sequence]:
        """Of a compound that the collection does not know: its parts, near each other."""
        parts = parts_of(token.text, self.vocabulary)
        terms = tuple((stem(part), i, True) for i, part in enumerate(parts))
        return [Sequence(terms, self.weights.compound, MatchKind.COMPOUND, _PARTS_WITHIN)] if terms else []

    def _with_synonyms(self, concept: Concept, stems: tuple[str, ...]) -> Concept:
        """A concept that what means the same counts for too, as single terms and as sequences."""
        synonyms = synonyms_of(stems)
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
        kamer" for TK."""
        tokens = [tokenize(concept.label) for concept in concepts]
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
        stems = [(i, stem) for i, of_word in enumerate(tokens) for stem in stems_in(of_word)]
        for length in range(2, longest() + 1):
            for at in range(len(stems) - length + 1):
                words = tuple(stem for _, stem in stems[at : at + length])
                first, last = stems[at][0], stems[at + length - 1][0] + 1
                if last - first > 1:
                    extended[first:last] = [self._with_synonyms(plan, words) for plan in extended[first:last]]
        return extended


def _with(concept: Concept, forms: tuple[Form, ...], sequences: tuple[Sequence, ...] = ()) -> Concept:
    """A concept with more that counts as an occurrence."""
    return replace(
        concept,
        forms=tuple(dict.fromkeys((*concept.forms, *forms))),
        sequences=tuple(dict.fromkeys((*concept.sequences, *sequences))),
    )
