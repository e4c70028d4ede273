"""What a word, or words side by side, may stand for besides themselves in this collection, and with what weight.

Compounds come from ``compounds``, other names for the same from the table of ``search.analysis.synonyms``. How a query becomes a
plan is the work of ``search.planning``.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from search.analysis.chain import Token, stem, synonyms_of, tokenize
from search.analysis.synonyms import longest
from search.plan import Concept, Form, MatchKind, Sequence, Weights
from search.ports import Vocabulary
from search.related.compounds import compounds_of, parts_of

_PARTS_WITHIN = 300
"""Words between which the parts of an unknown compound stand: a page."""


@dataclass(frozen=True, slots=True)
class RelatedWords:
    """What words may also stand for in one collection."""

    vocabulary: Vocabulary
    weights: Weights

    def of_word(self, concept: Concept, token: Token) -> Concept:
        """The concept of a single word with its compounds and its synonyms."""
        found = _with(concept, tuple(self._compounds(token)), tuple(self._parts(token)))
        return self._with_synonyms(found, (token.text,))

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

    def of_neighbours(self, concepts: list[Concept]) -> list[Concept]:
        """The concepts of adjacent words with what these stand for together: "belasting dienst" for Belastingdienst, "tweede
        kamer" for TK."""
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


def _with(concept: Concept, forms: tuple[Form, ...], sequences: tuple[Sequence, ...] = ()) -> Concept:
    """A concept with more that counts as an occurrence."""
    return replace(
        concept,
        forms=tuple(dict.fromkeys((*concept.forms, *forms))),
        sequences=tuple(dict.fromkeys((*concept.sequences, *sequences))),
    )
