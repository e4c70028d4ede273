"""What commands that try something very often share: outcomes are noted, so that a run can be broken off, and counted."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from tests.faults.operations import OPERATIONS

F = TypeVar("F", bound=Callable[..., Any])
"""A command that takes an option."""
BAD = ("lost", "wrong", "uncaught")
"""What a trial may not find."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a trial gave: what it counted, and what was bad, in sentences that begin with which of ``BAD`` it was.

    Each of ``BAD`` that is in a sentence counts once, unless the trial counted it.
    """

    counts: Mapping[str, int] = field(default_factory=dict)
    bad: tuple[str, ...] = ()


class Notes:
    """The outcomes of a run, of its trials by name; in a file if there is one."""

    def __init__(self, file: Path | None) -> None:
        self._file = file
        self._known: dict[str, Outcome] = {}
        self.failed = 0
        for line in file.read_text(encoding="utf-8").splitlines() if file is not None and file.exists() else ():
            noted = json.loads(line)
            self._known[noted["trial"]] = Outcome(noted["counts"], tuple(noted["bad"]))

    def known(self, trial: str) -> Outcome | None:
        """The outcome of a trial of an earlier run."""
        return self._known.get(trial)

    def note(self, trial: str, outcome: Outcome) -> None:
        """Write an outcome down, and say what is bad about it."""
        if self._file is not None and trial not in self._known:
            with self._file.open("a", encoding="utf-8") as stream:
                stream.write(json.dumps({"trial": trial, **asdict(outcome)}) + "\n")
        if outcome.bad:
            self.failed += 1
            click.echo(f"{trial}: " + "; ".join(outcome.bad))


def summary(what: str, outcomes: Iterable[Outcome]) -> str:
    """A line of counts."""
    counts: Counter[str] = Counter()
    trials = 0
    for outcome in outcomes:
        trials += 1
        counts.update(outcome.counts)
        counts.update({kind: any(one.startswith(kind) for one in outcome.bad) for kind in BAD if kind not in outcome.counts})
    told = [f"{counts[name]:,} {name}" for name in [*(name for name in counts if name not in BAD), *BAD]]
    return f"{what}: {trials:,} trials, " + ", ".join(told)


def operation_option(function: F) -> F:
    """``--operation NAME``, several times: on what is tried."""
    names = click.Choice([one.name for one in OPERATIONS])
    return click.option("--operation", "chosen", multiple=True, type=names, help="Only these.")(function)


def share_option(function: F) -> F:
    """``--share N``: how much is tried."""
    return click.option("--share", default=1, show_default=True, type=click.IntRange(1), help="Try one in so many.")(function)


def resume_option(function: F) -> F:
    """``--resume FILE``: where ``Notes`` are kept."""
    file = click.Path(dir_okay=False, path_type=Path)
    return click.option("--resume", type=file, help="Notes what was tried here, and goes on from it.")(function)
