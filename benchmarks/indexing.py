"""``python -m benchmarks.indexing BEFORE [OTHER …] AFTER --papers FOLDER``: what indexing official files takes, by each checkout.

Each checkout indexes the same files into an empty folder by its own ``.venv``, all in turn, so that what else the machine does
falls on all alike. What counts first is the work of all processes together (user and system), then the time by the clock. Besides
it is told what the bounds on reading cost: AFTER reads all files in one process, and in one that reads for it within limits.

Two threads of one core work slower than one does, so that processes which work at the same time seem to do more. With
``--one-processor`` all share one, and the work can be compared.
"""

from __future__ import annotations

import os
import resource
import shutil
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import click

from benchmarks.measuring import data_folder, table
from benchmarks.states import State

_HERE = """
import sys
from pathlib import Path
from indexer.reading.official_file import find_files
from indexer.worker.program import told_of
for file in find_files([Path(sys.argv[1])]):
    told_of(file)
"""
_BOUNDED = """
import sys
from pathlib import Path
from indexer.read_ahead import read_ahead
from indexer.reading.official_file import find_files
for _ in read_ahead(find_files([Path(sys.argv[1])]), lambda file: True, 1):
    pass
"""


@dataclass(frozen=True, slots=True)
class Taken:
    """Seconds of work of a program with all processes that it started, and seconds by the clock."""

    work: float
    clock: float


def taken(run: Callable[[], object]) -> Taken:
    """What it takes to run something that starts other processes and waits for them."""
    before, started = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    run()
    clock, after = time.perf_counter() - started, resource.getrusage(resource.RUSAGE_CHILDREN)
    return Taken(after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime, clock)


def in_turn(runs: Sequence[Callable[[], object]], rounds: int) -> list[list[Taken]]:
    """What each took in every round; every other round goes the other way, so that none always comes first."""
    found: list[list[Taken]] = [[] for _ in runs]
    for number in range(rounds):
        order = list(enumerate(runs))
        for i, run in order if number % 2 == 0 else reversed(order):
            found[i].append(taken(run))
        click.echo("  ".join(f"{one[-1].work:.2f}/{one[-1].clock:.2f} s" for one in found), err=True)
    return found


def rows(names: Sequence[str], every: Sequence[Sequence[Taken]]) -> dict[str, list[str]]:
    """A row for each: medians of work and clock with the least and the most, and what of both the first takes of this one.

    That share is the speed against the first: above 1 is faster. It is the median of the shares of each round, with the least and
    the most.
    """
    first = every[0]
    found = {}
    for name, one in zip(names, every, strict=True):
        cells = [_spread([each.work for each in one]), _spread([each.clock for each in one])]
        pairs = list(zip(first, one, strict=True))
        cells += [_spread([a.work / b.work for a, b in pairs]), _spread([a.clock / b.clock for a, b in pairs])]
        found[name] = cells
    return found


def _spread(values: Sequence[float]) -> str:
    return f"{median(values):.2f} ({min(values):.2f}–{max(values):.2f})"


def index_anew(state: State, papers: Path, processes: int) -> None:
    """Index the files into an empty folder."""
    data = state.folder / "data"
    shutil.rmtree(data, ignore_errors=True)
    state.run("kamerstukken", "index", papers, "--data", data, "--processes", str(processes))


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True)


@click.command("indexing")
@click.argument("checkouts", metavar="BEFORE [OTHER …] AFTER", nargs=-1, required=True, type=_FOLDER)
@click.option("--papers", type=_FOLDER, required=True, help="A folder of official files that can all be read.")
@click.option("--processes", type=click.IntRange(min=1), default=1, show_default=True, help="As of kamerstukken index.")
@click.option("--rounds", type=click.IntRange(min=1), default=5, show_default=True)
@click.option("--one-processor", "alone", is_flag=True, help="Let all processes share one processor.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Write here; on a memory disk disks do not count.")
def main(checkouts: tuple[Path, ...], papers: Path, processes: int, rounds: int, alone: bool, data: Path | None) -> None:
    """Measure what indexing takes by several checkouts, and what the bounds on reading cost the last of them."""
    if alone:
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    columns = ("s of work", "s by the clock", "speed by work", "speed by the clock")
    with data_folder(data) as kept:
        states = [State(at, kept.resolve() / f"checkout-{i}") for i, at in enumerate(checkouts)]
        for state in states:
            state.begin(keep=False)
        whole = in_turn([lambda state=state: index_anew(state, papers, processes) for state in states], rounds)  # type: ignore[misc]
        names = [f"{checkout.name} {state.commit()[:7]}".strip() for checkout, state in zip(checkouts, states, strict=True)]
        click.echo(table(columns, rows(names, whole), f"indexing, {processes} processes, {rounds} rounds"))
        bounds = in_turn([lambda code=code: states[-1].run("python", "-c", code, papers) for code in (_HERE, _BOUNDED)], rounds)  # type: ignore[misc]
    click.echo()
    click.echo(table(columns, rows(("in one process", "by a bounded one"), bounds), "reading alone"))


if __name__ == "__main__":
    main()
