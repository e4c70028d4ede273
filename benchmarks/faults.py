"""Every call of the system that an operation makes fails once: what the user is told, and what is left of the data folder.

    python -m benchmarks.faults                       every call of every operation; some hours
    python -m benchmarks.faults --operation index     of one operation
    python -m benchmarks.faults --share 100           one call in a hundred
    python -m benchmarks.faults --resume tried.jsonl  goes on where the same command was broken off

A trial runs the operation with one fault, looks at the data folder, runs the command that mends it if one is named, and runs the
operation again without a fault. Then all must be there, and nothing else. A table of counts ends the run; the exit status is 1
when a trial failed.
"""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import cast

import click

from tests.faults.layer import KINDS, NO_BOUND, Fault, preloaded
from tests.faults.operations import OPERATIONS, Operation, Workshop
from tests.faults.trial import State, Trials, copied, ready
from tests.official_source.papers import small
from tests.official_source.published import Shelf
from tests.official_source.server import OfficialSource

_ROOM = 997
"""How many bytes there is room for: each multiple of this, up to what the operation writes."""


class Trying:
    """The trials of one operation."""

    def __init__(self, workshop: Workshop, operation: Operation) -> None:
        self._trials = workshop.trials
        self._operation = operation
        folder = workshop.trials.folder / operation.name.replace(" ", "-")
        self._data = folder / "data"
        self._begin = folder / "begin" / "data"
        operation.begin(workshop, self._begin)
        self._arguments = (*operation.arguments(workshop), "--data", str(self._data))
        copied(self._begin, self._data)
        self.before = self._trials.state(self._data)
        copied(self._begin, self._data)
        ended = self._trials.run(self._arguments, self._data)
        if ended.status:
            raise click.ClickException(f"{operation.name} fails without a fault: {ended.said}")
        self.counts = self._trials.counts()
        self.after = self._trials.state(self._data)

    def faults(self) -> Iterator[Fault]:
        """Every fault to try."""
        for kind in KINDS:
            for nth in range(1, self.counts[kind] + 1):
                yield Fault(kind, nth)
                if kind == "write":
                    yield Fault(kind, nth, lasting=True, half=True)
        for room in range(0, self.counts["bytes"], _ROOM):
            yield Fault(room=room)

    def tried(self, fault: Fault) -> dict[str, object]:
        """What became of the operation with a fault: what is wrong with it, or nothing."""
        copied(self._begin, self._data)
        ended = self._trials.run(self._arguments, self._data, fault)
        wrong: list[str] = []
        if ended.uncaught:
            wrong.append(f"uncaught: status {ended.status}: {ended.said[-1500:]}")
        if ended.silent:
            wrong.append("it failed and did not say why")
        state = self._trials.state(self._data)
        told_done = ended.status == 0
        wrong += self._differences(state, done=told_done)
        mended = bool(state.errors)
        if state.errors:
            wrong += [f"uncaught: {error}" for error in state.errors if error.startswith("error: ")]
        again = self._trials.run(self._arguments, self._data)
        if again.status:
            wrong.append(f"run again it fails: {again.said[-1500:]}")
        last = self._trials.state(self._data)
        wrong += [f"run again: {one}" for one in _unlike(last, self.after)]
        return {"failed": ended.failed, "sqlite": ended.by_sqlite, "status": ended.status, "mended": mended, "wrong": wrong}

    def _differences(self, state: State, *, done: bool) -> list[str]:
        """What is lost or wrong just after the fault."""
        wrong = []
        if not any("catalogue" in error for error in state.errors):
            kept = self.before.papers.keys() & self.after.papers.keys()
            wrong += [f"lost: {name}" for name in sorted(kept - state.papers.keys())]
            for name, known in state.papers.items():
                if known not in (self.before.papers.get(name), self.after.papers.get(name)):
                    wrong.append(f"wrong: {name}")
        for name, content in state.files.items():
            if content not in (self.before.files.get(name), self.after.files.get(name)):
                wrong.append(f"wrong: file {name}")
        wrong += [f"lost: file {name}" for name in self.before.files if name not in state.files]
        if state.answers and state.answers not in (self.before.answers, self.after.answers):
            wrong.append("wrong: answers")
        if done:
            wrong += [f"told done, but {one}" for one in _unlike(state, self.after, names=False)]
        return wrong


def _unlike(state: State, wanted: State, *, names: bool = True) -> list[str]:
    """In what two states differ."""
    wrong = [f"error: {error}" for error in state.errors]
    wrong += [f"other {what}" for what in ("papers", "files", "answers") if getattr(state, what) != getattr(wanted, what)]
    if names and state.names != wanted.names:
        more, less = Counter(state.names) - Counter(wanted.names), Counter(wanted.names) - Counter(state.names)
        wrong.append(f"left behind: {sorted(more)}, not there: {sorted(less)}")
    return wrong


@click.command("faults")
@click.option("--operation", "chosen", multiple=True, type=click.Choice([one.name for one in OPERATIONS]), help="Only these.")
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only calls of these kinds.")
@click.option("--share", default=1, show_default=True, type=click.IntRange(1), help="One call in so many.")
@click.option("--resume", type=click.Path(dir_okay=False, path_type=Path), help="Notes what was tried here, and goes on from it.")
def main(chosen: tuple[str, ...], kinds: tuple[str, ...], share: int, resume: Path | None) -> None:
    """Let every call of the system fail once."""
    control = preloaded("benchmarks.faults")
    ready()
    known = {(one["operation"], one["fault"]): one for one in _noted(resume)}
    failed = 0
    with (
        tempfile.TemporaryDirectory(prefix="kamerstukken-faults-") as folder,
        OfficialSource(Shelf([small(number) for number in range(1, 5)])).running() as source,
    ):
        workshop = Workshop(Trials(control, Path(folder)), source)
        for operation in OPERATIONS:
            if chosen and operation.name not in chosen:
                continue
            trying = Trying(workshop, operation)
            counts: Counter[str] = Counter()
            every = [fault for fault in trying.faults() if not kinds or (fault.kind in kinds and fault.room == NO_BOUND)]
            for fault in _share(every, share):
                key = (operation.name, str(fault))
                result = known.get(key) or trying.tried(fault)
                if key not in known:
                    _note(resume, {"operation": operation.name, "fault": str(fault), **result})
                counts["trials"] += 1
                counts["failed calls"] += int(str(result["failed"]))
                counts["by SQLite"] += int(str(result["sqlite"]))
                counts["needed mending"] += bool(result["mended"])
                wrong = [str(one) for one in cast("list[object]", result["wrong"])]
                for what in ("lost", "wrong", "uncaught"):
                    counts[what] += any(what in one for one in wrong)
                if wrong:
                    failed += 1
                    click.echo(f"{operation.name}: {fault}: " + "; ".join(wrong))
            click.echo(f"{operation.name}: of {len(every):,} faults " + ", ".join(f"{n:,} {what}" for what, n in counts.items()))
    raise SystemExit(bool(failed))


def _share(every: list[Fault], share: int) -> list[Fault]:
    """One in so many of the faults, and of each kind at least one, from the middle."""
    kinds: dict[tuple[str, bool], list[Fault]] = {}
    for fault in every:
        kinds.setdefault((fault.kind, fault.room == NO_BOUND), []).append(fault)
    return [fault for of_kind in kinds.values() for fault in of_kind[min(share, len(of_kind)) // 2 :: share]]


def _noted(resume: Path | None) -> list[dict[str, object]]:
    if resume is None or not resume.exists():
        return []
    return [json.loads(line) for line in resume.read_text(encoding="utf-8").splitlines()]


def _note(resume: Path | None, result: dict[str, object]) -> None:
    if resume is not None:
        with resume.open("a", encoding="utf-8") as stream:
            stream.write(json.dumps(result) + "\n")


if __name__ == "__main__":
    main()
