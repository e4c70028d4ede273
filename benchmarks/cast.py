"""Who and what generated papers are about: dossiers, ministers and members, kinds of papers. All numbered, all invented.

Numbers of dossiers begin where those of real papers end, so that no generated paper can be taken for a real one.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache

import numpy as np

from benchmarks import morphemes
from benchmarks.draws import Chances, Draws, Table, zipf_mandelbrot
from benchmarks.vocabulary import surnames, words
from indexer.paper.identifier import Identifier
from indexer.paper.model import Dossier, Person

DOSSIERS = 6_000
FIRST_DAY, LAST_DAY = dt.date(1995, 1, 2), dt.date(2026, 6, 30)
MEMBERS = 400

_FIRST_NUMBER = 90_000
"""From here on numbers are of invented papers."""
_HALF_LIFE = 25
"""Papers after which half the life of a dossier has passed."""
_TERM_YEARS = 3
_BASE_SEED = 19_950_102
"""Dossiers and people are the same in every collection."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of paper: its share of all, its length against the mean, who sends it ("minister", "members", or nobody)."""

    name: str
    kind_line: str
    share: float
    length: float
    sender: str = ""


KINDS = (
    Kind("Brief", "BRIEF VAN DE {office}", 0.46, 1.0, "minister"),
    Kind("Motie", "MOTIE VAN {members}", 0.24, 0.18, "members"),
    Kind("Amendement", "AMENDEMENT VAN {members}", 0.06, 0.3, "members"),
    Kind("Verslag van een schriftelijk overleg", "VERSLAG VAN EEN SCHRIFTELIJK OVERLEG", 0.06, 2.6),
    Kind("Lijst van vragen en antwoorden", "LIJST VAN VRAGEN EN ANTWOORDEN", 0.05, 2.2),
    Kind("Verslag van een commissiedebat", "VERSLAG VAN EEN COMMISSIEDEBAT", 0.04, 3.5),
    Kind("Memorie van toelichting", "MEMORIE VAN TOELICHTING", 0.03, 4.0, "minister"),
    Kind("Voorstel van wet", "VOORSTEL VAN WET", 0.03, 1.2, "minister"),
    Kind("Nota van wijziging", "NOTA VAN WIJZIGING", 0.02, 0.6, "minister"),
    Kind("Rapport", "RAPPORT", 0.01, 6.0),
)


@dataclass(frozen=True, slots=True)
class Casefile:
    """A dossier with the stretch of time its papers fall in; papers come quickly at first and ever more slowly."""

    dossier: Dossier
    begin: dt.date
    days: int
    category: str
    topic: tuple[str, ...]
    """Words its papers come back to."""

    def day(self, number: int) -> dt.date:
        """The date of its paper with this number (1, 2, …); never before that of a lower number."""
        return self.begin + dt.timedelta(days=int(self.days * number / (number + _HALF_LIFE)))

    def identifier(self, number: int) -> Identifier:
        """The identifier of its paper with this number."""
        return Identifier(f"kst-{self.dossier.key}-{number}")


@cache
def kinds_table() -> Table:
    """Draws kinds by their shares."""
    return Table(_weights([kind.share for kind in KINDS]))


@cache
def dossiers_table() -> Table:
    """Draws dossiers: some have thousands of papers, most a few."""
    return Table(zipf_mandelbrot(DOSSIERS, 0.9, 20.0))


@cache
def mean_length() -> float:
    """The length of the average paper against ``Kind.length``."""
    return sum(kind.share * kind.length for kind in KINDS) / sum(kind.share for kind in KINDS)


@cache
def casefile(rank: int) -> Casefile:
    """The dossier of this rank (0 is the largest)."""
    draws = Draws(_BASE_SEED, 1, rank)
    number = str(_FIRST_NUMBER + rank)
    addition = ""
    if draws.chance(0.06):
        addition = draws.pick(morphemes.ROMANS)
    elif draws.chance(0.03):
        number += f"-{draws.between(2, 35):02}"
    span = (LAST_DAY - FIRST_DAY).days
    begin = int(span * draws.unit() ** 0.8)
    left = span - begin
    topic = tuple(word for word in words().draw(draws, 400) if len(word) > 9)[:40]
    about = " en ".join(topic[:2]) or "overige zaken"
    return Casefile(
        Dossier(number, addition, about[:1].upper() + about[1:]),
        FIRST_DAY + dt.timedelta(days=begin),
        min(left, max(int(left * draws.unit()), 60)),
        draws.pick(morphemes.CATEGORIES),
        topic,
    )


@cache
def member(number: int) -> str:
    """A member of parliament: initials and name."""
    draws = Draws(_BASE_SEED, 2, number)
    initials = "".join(f"{draws.pick('ABCDEFGHIJKLMNPRSTW')}." for _ in range(draws.between(1, 3)))
    return f"{initials} {draws.pick(morphemes.NAME_PARTICLES)}{draws.pick(_surnames())}"


@cache
def minister(office: int, term: int) -> Person:
    """Who holds an office in a term of three years."""
    return Person(member(MEMBERS + office * 40 + term), morphemes.OFFICES[office])


def minister_on(office: int, day: dt.date) -> Person:
    """Who holds an office on a day."""
    return minister(office, (day.year - FIRST_DAY.year) // _TERM_YEARS)


@cache
def _surnames() -> tuple[str, ...]:
    return tuple(surnames(MEMBERS))


def _weights(shares: list[float]) -> Chances:
    return np.array(shares, np.float64)
