"""Versions of one paper: a motion is replaced by a changed one, and that one by another.

Which paper replaces which stands in its kind line ("TER VERVANGING VAN DIE GEDRUKT ONDER NR. 76") or its title ("t.v.v.
91066-76"). Decides what belongs together; that versions stand next to each other in an answer is the engines' doing.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from indexer.citations import find_citations
from indexer.identifier import Identifier
from indexer.model import Dossier

_REPLACES = re.compile(r"ter\s+vervanging\s+van\s+(?:die|dat|het)\s+gedrukt\s+onder\s+nr\.?\s*(?P<number>\d{1,4})", re.IGNORECASE)
_SHORT = re.compile(r"\bt\.?v\.?v\.?\s", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Version:
    """A paper among its versions: its date as an ordinal (0 where there is none), and the papers it replaces."""

    identifier: str
    date: int
    replaces: tuple[str, ...]


def replaced_by(kind_line: str, title: str, dossiers: tuple[Dossier, ...]) -> tuple[str, ...]:
    """The official identifiers of the papers that a paper with this head replaces; nearly always none or one."""
    found = _REPLACES.search(kind_line) or _REPLACES.search(title)
    if found and dossiers and dossiers[0].number:
        number, _, sub = dossiers[0].number.partition("-")
        return (str(Identifier.of(number, found["number"], sub=sub, addition=dossiers[0].addition)),)
    short = _SHORT.search(title)
    return tuple(str(cited.identifier) for cited in find_citations(title[short.end() :])) if short else ()


def families(papers: Iterable[Version]) -> Mapping[str, tuple[str, ...]]:
    """For each paper that has other versions all of them, the newest first; only those among ``papers`` count."""
    known = {paper.identifier: paper for paper in papers}
    neighbours: dict[str, set[str]] = defaultdict(set)
    for paper in known.values():
        for other in paper.replaces:
            if other in known and other != paper.identifier:
                neighbours[paper.identifier].add(other)
                neighbours[other].add(paper.identifier)
    result: dict[str, tuple[str, ...]] = {}
    for identifier in neighbours:
        if identifier not in result:
            family = tuple(sorted(_connected(identifier, neighbours), key=lambda one: _newest_first(known[one])))
            result.update(dict.fromkeys(family, family))
    return result


def _connected(start: str, neighbours: Mapping[str, set[str]]) -> set[str]:
    found, waiting = {start}, [start]
    while waiting:
        for other in neighbours[waiting.pop()] - found:
            found.add(other)
            waiting.append(other)
    return found


def _newest_first(version: Version) -> tuple[int, int, str]:
    """By date; versions of one day by their number."""
    number = Identifier(version.identifier).number
    return -version.date, -int(number) if number.isdigit() else 0, version.identifier
