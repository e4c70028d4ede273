"""Floors: figures that the ranking must not fall below. They are kept in git and can only be raised."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from math import floor
from pathlib import Path

from benchmarks.relevance.judging import Figures
from benchmarks.relevance.questions import KNOWN_ITEM_SETS

FLOORS = Path(__file__).parents[2] / "tests" / "relevance" / "floors.toml"

_KNOWN_ITEM = ("mrr_10", "success_1", "success_10")
"""With one paper to find, nDCG and recall tell nothing more."""

FLOORED: Mapping[str, tuple[str, ...]] = {
    "judged": (*_KNOWN_ITEM, "ndcg_10"),
    **{f"{name}{part}": _KNOWN_ITEM for name in KNOWN_ITEM_SETS for part in ("", "_tenth")},
    "exact": ("mrr_10", "success_10", "recall_100"),
    "lay": ("mrr_10", "success_10", "recall_100"),
    "citing": ("mrr_10", "recall_100"),
    "citing_sample": ("mrr_10", "recall_100"),
    "asked": ("p_10_asked", "p_10_keywords"),
    "asked_same_words": ("p_10_asked", "p_10_keywords"),
    "verbs": ("recall_all_words", "p_10"),
}
"""The figures that have floors, by set of questions."""

_DIGITS = 3
"""Decimals of a floor: a measured figure is rounded down to them, so that one query in a thousand may slip unpunished."""

_HEAD = """\
# What `make relevance` and the tests demand at least, by set of questions (README, "Relevance").
# Rewritten by `python -m benchmarks.relevance --raise`, which never lowers a figure. `*_tenth` is every tenth question.
"""

Floors = dict[str, dict[str, float]]
"""Set of questions → name of a figure → the least it may be."""


@dataclass(frozen=True, slots=True)
class Shortfall:
    """A figure below its floor."""

    questions: str
    figure: str
    measured: float
    floor: float

    def __str__(self) -> str:
        return f"{self.questions}: {self.figure} is {self.measured:.4f}, below its floor of {self.floor:.3f}"


def read_floors(file: Path) -> Floors:
    """The floors in git; none where there is no file."""
    if not file.exists():
        return {}
    return {
        name: {key: float(value) for key, value in one.items()} for name, one in tomllib.loads(file.read_text("utf-8")).items()
    }


def floored(found: Mapping[str, Figures]) -> dict[str, dict[str, float]]:
    """The measured figures that have floors."""
    return {name: {key: found[name][key].mean for key in keys} for name, keys in FLOORED.items() if name in found}


def shortfalls(measured: Mapping[str, Mapping[str, float]], floors: Floors) -> list[Shortfall]:
    """Every measured figure that is below its floor."""
    return [
        Shortfall(questions, figure, value, floors[questions][figure])
        for questions, one in measured.items()
        for figure, value in one.items()
        if value < floors.get(questions, {}).get(figure, 0.0) - 1e-9
    ]


def raised(measured: Mapping[str, Mapping[str, float]], floors: Floors) -> Floors:
    """The floors, each raised to what was measured where that is more."""
    new = {name: dict(one) for name, one in floors.items()}
    for questions, one in measured.items():
        for figure, value in one.items():
            known = new.setdefault(questions, {})
            known[figure] = max(known.get(figure, 0.0), floor(value * 10**_DIGITS + 1e-6) / 10**_DIGITS)
    return new


def write_floors(file: Path, floors: Floors) -> None:
    """Write the file anew, in a fixed order."""
    sections = [
        f"[{name}]\n" + "".join(f"{figure} = {value:.{_DIGITS}f}\n" for figure, value in sorted(one.items()))
        for name, one in sorted(floors.items())
    ]
    file.write_text(_HEAD + "\n" + "\n".join(sections), encoding="utf-8")
