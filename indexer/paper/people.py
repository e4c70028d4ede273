"""Whom names mean: which of the many spellings in papers are of one person, and where that cannot be told.

A name tells what it has: a surname always, initials or a first name often. Two names are of one person when nothing that both
tell is different, and when that leaves no choice: of "M. Jansen", "M.L. Jansen" and "M.P. Jansen" the first may be either of the
others, so nobody can tell whom it means. Two persons of the same name are not told apart.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence

from indexer.paper.personal_name import PersonalName, fold, take_apart, without_titles

NAMES_VERSION = "1"
"""To be raised when ``person_name``, ``surname_of`` or ``persons_of`` tells something else of a name; the catalogue, which keeps
what they tell, then asks them again."""
_CALLED = re.compile(r"\s*\([^()]*\)\s*")
_INITIALS_AFTER = re.compile(r"^[^()]*\(((?:[^\W\d_]{1,4}\.)+)\)\s*")
""""Michiel (M.) van Nispen": the initials stand for what is before them."""
_WORD = re.compile(r"\w{2,}")
_CLOSE = 0.5
"""Two names are close when at least this share of their pairs of letters is the same."""
_ALL_WORDS = 0.9
"""A name that has every word of the one asked for ("Rij" and "M.L.A. van Rij") is at least this close."""
_MOST = 200
"""No surname has so many forms; where more are given, none is told to mean another. All are compared with each other."""


def person_name(name: str) -> str:
    """A person's name without academic titles and first name: "mr. W.R. (Wietske) Sieperda" is W.R. Sieperda.

    So that one person is one value, whichever way a paper prints the name.
    """
    return _CALLED.sub(" ", _INITIALS_AFTER.sub(r"\1 ", without_titles(name))).strip() or name


def surname_of(name: str) -> str:
    """The last word of the surname, in lower case and without accents: names that differ in it are of different persons."""
    return take_apart(name).surname.rpartition(" ")[2]


def persons_of(names: Iterable[str]) -> dict[str, str]:
    """Whom each of the names means, of all the names of one surname that are known; empty where that cannot be told.

    A person is called by the fullest of the names, one with initials where there is one. What comes of it depends on the names
    alone, not on their order.

    >>> persons_of(["Van Dijk", "I. (Inge) van Dijk", "Inge van Dijk", "Dijk"])
    {'Dijk': 'Dijk', 'I. (Inge) van Dijk': 'I. van Dijk', 'Inge van Dijk': 'I. van Dijk', 'Van Dijk': 'I. van Dijk'}
    """
    spellings = sorted(set(names))
    persons = dict.fromkeys(spellings, "")
    for group in _joined(_parted(spellings)):
        person = person_name(max(group, key=_fullness))
        persons |= dict.fromkeys(group, person)
    return persons


def possible_persons_of(names: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """The persons that each of the names may mean, of all the names of one surname: several where nobody can tell."""
    parted = _parted(sorted(set(names)))
    persons = persons_of(parted)
    return {
        name: (persons[name],)
        if persons[name]
        else tuple(sorted({persons[other] for other, two in parted.items() if persons[other] and _may_be_one(one, two)}))
        for name, one in parted.items()
    }


def _parted(spellings: Sequence[str]) -> dict[str, PersonalName]:
    """The names taken apart; a doubtful one is all surname where someone has that surname with initials."""
    parted = {name: take_apart(name) for name in spellings}
    borne = {one.family for one in parted.values() if one.initials}
    return {name: one.undivided() if one.doubtful and one.undivided().family in borne else one for name, one in parted.items()}


def _joined(parted: dict[str, PersonalName]) -> list[list[str]]:
    """The names by person, without those that may be of several.

    Whom a name means can be told when all names that it may be the same as may be the same as each other. Among such names being
    the same is transitive, so that they fall into groups.
    """
    families: dict[tuple[str, str], dict[PersonalName, list[str]]] = defaultdict(lambda: defaultdict(list))
    for name, one in parted.items():
        families[one.family][one].append(name)
    groups: list[list[str]] = []
    for family in families.values():
        forms = list(family)
        if len(forms) > _MOST:
            groups += family.values()
            continue
        near = [frozenset(j for j, other in enumerate(forms) if one.may_be(other)) for one in forms]
        told = [i for i, one in enumerate(forms) if _is_told(one, [forms[j] for j in near[i]])]
        rest = dict.fromkeys(i for i in told if all(near[i] <= near[j] for j in near[i]))
        while rest:
            group = [i for i in rest if i in near[next(iter(rest))]]
            for i in group:
                del rest[i]
            groups.append([name for i in group for name in family[forms[i]]])
    return groups


def _may_be_one(one: PersonalName, other: PersonalName) -> bool:
    return one.family == other.family and one.may_be(other)


def _is_told(one: PersonalName, near: Sequence[PersonalName]) -> bool:
    """Whether what else a name may be tells anything of it.

    A surname alone does not follow a doubtful name: "Dijkstra" is not Six Dijkstra because nobody else is called Dijkstra.
    """
    follows = one.is_bare and any(other.doubtful and not other.particles for other in near)
    return not follows or any(other.initials for other in near)


def _fullness(name: str) -> tuple[int, int, int, str]:
    """What is greater is the better name for a person: initials, accents, a first name."""
    one = take_apart(name)
    return len(one.initials), sum(not c.isascii() for c in name), len(one.given), name


def close_names(name: str, known: Iterable[str], limit: int) -> list[str]:
    """The known names that the name may have meant, the closest first.

    >>> close_names("van rij", ["M.L.A. van Rij", "W.R. Sieperda"], 5)
    ['M.L.A. van Rij']
    """
    asked = fold(name)
    words, pairs = set(_WORD.findall(asked)), _pairs(asked)
    scored = []
    for candidate in known:
        folded = fold(candidate)
        others = _pairs(folded)
        score = 2 * len(pairs & others) / max(len(pairs) + len(others), 1)
        if words and words <= set(_WORD.findall(folded)):
            score = max(score, _ALL_WORDS)
        if score >= _CLOSE:
            scored.append((-score, candidate))
    return [candidate for _, candidate in sorted(scored)[:limit]]


def _pairs(folded: str) -> set[str]:
    """The pairs of letters that follow each other, word by word."""
    spaced = [f" {word}" for word in re.findall(r"\w+", folded)]
    return {word[i : i + 2] for word in spaced for i in range(len(word) - 1)}
