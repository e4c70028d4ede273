"""By what a paper was found, from the parts of the plan that match it: of all that must be there the weakest way, of alternatives
the strongest. What is no word is an exact match."""

from __future__ import annotations

from collections.abc import Set as AbstractSet

from search.engines.opensearch.queries import having, matching, ways
from search.engines.opensearch.schema import Json
from search.engines.plain import strength
from search.plan import Both, Concept, Either, MatchKind, Plan, Wanted

Part = tuple[Plan, MatchKind]
"""A part of a plan that has no parts of its own, and a way in which it may match."""

_STRONGEST_FIRST = list(MatchKind)
_NOT = len(_STRONGEST_FIRST)


def named_ways(plan: Plan) -> dict[Part, Json]:
    """The queries that tell which parts of a plan match a paper."""
    match plan:
        case Concept():
            return {(plan, kind): having(items, plan.places) for kind, items in ways(plan).items()}
        case Both() | Either() | Wanted():
            return {part: query for child in _children(plan) for part, query in named_ways(child).items()}
        case _:
            return {(plan, MatchKind.EXACT): matching(plan)}


def found_by(plan: Plan, matched: AbstractSet[Part]) -> MatchKind:
    """By what a paper was found that matches the plan, of which these parts match."""
    return _STRONGEST_FIRST[min(_rank(plan, matched), _NOT - 1)]


def _rank(plan: Plan, matched: AbstractSet[Part]) -> int:
    match plan:
        case Both() | Wanted():
            return max((_rank(child, matched) for child in _children(plan)), default=_NOT)
        case Either():
            return min((_rank(child, matched) for child in _children(plan)), default=_NOT)
        case _:
            return min((strength(kind) for part, kind in matched if part == plan), default=_NOT)


def _children(plan: Both | Either | Wanted) -> tuple[Plan, ...]:
    if isinstance(plan, Wanted):
        return plan.concepts if plan.strict is None else (*plan.concepts, plan.strict)
    return plan.children
