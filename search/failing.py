"""Whether the words of a query have failed: no paper has all of them, and none has most of them.

Then who asks has said it in other words than the papers, and what means alike may help.
"""

from __future__ import annotations

from collections.abc import Mapping

from search.coverage import OWN, rarity
from search.plan import Plan, Wanted, concepts_of, label_of
from search.ports import SearchResult, Vocabulary

ENOUGH = 0.6
"""Share of the query (by idf) that the best paper has where the words are taken to have found what was meant."""


def shares(found: SearchResult, vocabulary: Vocabulary, papers: int) -> Mapping[str, float]:
    """Which share of the words asked for each paper has, rare words weighing more; ``papers`` is how many there are."""
    parts = found.plan.concepts if isinstance(found.plan, Wanted) else (found.plan,)
    weights = {label_of(part): _rarity(part, vocabulary, papers) for part in parts}
    total = sum(weights.values()) or 1.0
    return {hit.document.identifier: 1 - sum(weights[one] for one in hit.lacking) / total for hit in found.hits}


def _rarity(part: Plan, vocabulary: Vocabulary, papers: int) -> float:
    """That of the words themselves, not of what else they stand for."""
    forms = [form for concept in concepts_of(part) for form in concept.forms if form.match in OWN]
    known = vocabulary.stem_counts([form.text for form in forms if form.stem])
    have = min(max([*known, *vocabulary.counts([form.text for form in forms if not form.stem])], default=0), papers)
    return rarity(papers, have)
