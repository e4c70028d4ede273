"""Other words that mean something like a whole query: "cel" and "opvangplekken" for "te weinig plek in de bajes".

They are the words whose learnt vectors (``search.learnt``) are nearest to that of all words of the query together, since a word
alone may mean several things. Only Dutch words that the collection has count, and no names: nobody stands for somebody else.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from search.analysis.derivation import derivations_of
from search.analysis.folding import fold
from search.analysis.lemmas import lemma_of
from search.analysis.stemming import stem
from search.asking import FUNCTION_WORDS
from search.learnt.words import WordVectors
from search.plan import Concept, Form, MatchKind, Weights
from search.ports import Vocabulary
from search.related.writings import is_surname

_EACH, _MOST = 2, 12
"""Words that are added for each word of a query, and to all of it: with more of them they outvote the words that were typed."""
_FEWEST = 2
"""Papers that a word stands in at least: one that stands in a single paper would bring in that paper whatever it says."""
_SHORTEST = 3
"""Letters of an added word; of what is shorter nobody sees what it stands for."""
_UNTOLD = (
    "afrika", "allocht", "antill", "arab", "asiel", "autocht", "biseks", "blank", "buitenland", "chine", "christ", "gekleurd",
    "gender", "gehandicap", "hindoe", "homo", "hoofddoek", "imam", "islam", "jode", "jood", "koerd", "lesb", "lhbt", "marokk",
    "migrant", "mosk", "moslim", "oekrain", "palestij", "poolse", "roma", "roemee", "russ", "salaf", "sinti", "somal", "surina",
    "syri", "synagog", "trans", "turk", "vluchteling", "vreemdeling", "woonwagen", "zigeuner", "zwart",
    "aanrand", "crimin", "fraud", "haat", "hakenkruis", "jihad", "liegen", "misbruik", "moord", "nazi", "racis", "terror",
    "straatterr", "varken", "verkracht",
)  # fmt: skip
"""How words begin that stand for peoples, faiths and kinds of people, or accuse: the papers say both of each other too often for
them to be looked for unasked. A word of the query that begins so brings in nothing either."""
_LONG_ENOUGH = 5
"""Letters of an added word that a typed one begins or ends with; a shorter one is a chance piece of it: *slag* of *toeslagen*."""
_TRIED = 100
"""The nearest words, of which those are added that will do."""


def alike(concepts: Sequence[Concept], vocabulary: Vocabulary, weights: Weights, excluded: frozenset[str]) -> list[Concept]:
    """The other words, the nearest first, each as a concept that nobody typed; it weighs as much as it is near."""
    own = excluded | {form.text for concept in concepts for form in concept.forms}
    typed = [label for concept in concepts if not (label := fold(concept.label)).startswith(_UNTOLD)]
    near = _shipped().nearest(typed, _TRIED)
    stems = [stem(word) for word, _ in near]
    places, most = concepts[0].places if concepts else (), min(_EACH * len(concepts), _MOST)
    found: dict[str, Concept] = {}
    for (word, nearness), stemmed, papers in zip(near, stems, vocabulary.stem_counts(stems), strict=True):
        may_be_added = papers >= _FEWEST and stemmed not in own and (len(found) < most or stemmed in found)
        said = not found.keys().isdisjoint(derivations_of(stemmed))  # "getraind" beside "training" takes another word's room
        if may_be_added and not said and not _is_piece(word, typed) and _will_do(word, vocabulary):
            form = Form(stemmed, True, weights.alike * nearness, MatchKind.SYNONYM)
            found[stemmed] = Concept("", (form,), (), places, also=(word,))
    return list(found.values())


def open_words() -> None:
    """Read the table of words, where that has not been done: half a second, which no query is the cause of."""
    _shipped().nearest(["de"], 1)


def _is_piece(word: str, typed: Sequence[str]) -> bool:
    return len(word) < _LONG_ENOUGH and any(one.startswith(word) or one.endswith((word, word + "en")) for one in typed)


def _will_do(word: str, vocabulary: Vocabulary) -> bool:
    """Whether it is a word of the language that is nobody's name."""
    if len(word) < _SHORTEST or word in FUNCTION_WORDS or word.startswith(_UNTOLD) or is_surname(word.title(), vocabulary):
        return False
    return bool(lemma_of(word)[1])


@cache
def _shipped() -> WordVectors:
    """The table, read when it is first needed: 22 MB."""
    return WordVectors.shipped()
