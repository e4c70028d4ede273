"""Every call of the system that an operation makes fails once: what the user is told, and what is left of the data folder.

    python -m benchmarks.faults                       every call of every operation; some hours
    python -m benchmarks.faults --operation index     of one operation
    python -m benchmarks.faults --share 100           one call in a hundred
    python -m benchmarks.faults --resume tried.jsonl  goes on where the same command was broken off

A trial runs the operation with one fault, looks at the data folder, and runs the operation again without a fault. Then all must
be there, and nothing else. A line of counts ends each operation; the exit status is 1 when a trial found something bad.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import click

from benchmarks.trials import Notes, Outcome, operation_option, resume_option, share_option, summary
from tests.faults.layer import KINDS, NO_BOUND, Fault, preloaded
from tests.faults.operations import OPERATIONS, Prepared, workshop
from tests.faults.trial import harmed, unlike

_FAILED = re.compile(r"[1-9][\d,]* (failed|papers were left out)|^file-\w+ ", re.MULTILINE)
"""What a command says that could not read a file or a paper."""
_ROOM = 997
"""How many bytes there is room for: each multiple of this, up to what the operation writes."""


def faults(prepared: Prepared) -> Iterator[Fault]:
    """Every fault to try on an operation."""
    for kind in KINDS:
        for nth in range(1, prepared.counts[kind] + 1):
            yield Fault(kind, nth)
            if kind == "write":
                yield Fault(kind, nth, lasting=True, half=True)
    for room in range(0, prepared.counts["bytes"], _ROOM):
        yield Fault(room=room)


def tried(prepared: Prepared, fault: Fault) -> Outcome:
    """What became of the operation with a fault."""
    prepared.restart()
    ended = prepared.run(fault)
    bad: list[str] = []
    if ended.uncaught:
        bad.append(f"uncaught: status {ended.status}: {ended.said[-1500:]}")
    if ended.silent:
        bad.append("uncaught: it failed and did not say why")
    state = prepared.state()
    bad += harmed(prepared.before, prepared.after, state)
    if _FAILED.search(ended.said):  # told of some files, so what is found is in between
        bad = [one for one in bad if one != "wrong: answers"]
    if ended.status == 0:
        bad += [f"wrong: told done, but {one}" for one in unlike(state, prepared.after, names=False)]
    bad += prepared.unfinished()
    return Outcome(
        {"failed calls": ended.failed, "by SQLite": ended.by_sqlite, "needed mending": int(bool(state.errors))}, tuple(bad)
    )


@click.command("faults")
@operation_option
@click.option("--kind", "kinds", multiple=True, type=click.Choice(KINDS), help="Only calls of these kinds.")
@share_option
@resume_option
def main(chosen: tuple[str, ...], kinds: tuple[str, ...], share: int, resume: Path | None) -> None:
    """Let every call of the system fail once."""
    control = preloaded("benchmarks.faults")
    notes = Notes(resume)
    with workshop(control) as shop:
        for operation in OPERATIONS:
            if chosen and operation.name not in chosen:
                continue
            prepared = Prepared(shop, operation)
            every = [one for one in faults(prepared) if not kinds or (one.kind in kinds and one.room == NO_BOUND)]
            outcomes = []
            for fault in _share(every, share):
                trial = f"{operation.name}: {fault}"
                outcomes.append(notes.known(trial) or tried(prepared, fault))
                notes.note(trial, outcomes[-1])
            click.echo(summary(f"{operation.name} (of {len(every):,} faults)", outcomes))
    raise SystemExit(bool(notes.failed))


def _share(every: list[Fault], share: int) -> list[Fault]:
    """One in so many of the faults, and of each kind at least one, from the middle."""
    kinds: dict[tuple[str, bool], list[Fault]] = {}
    for fault in every:
        kinds.setdefault((fault.kind, fault.room == NO_BOUND), []).append(fault)
    return [fault for of_kind in kinds.values() for fault in of_kind[min(share, len(of_kind)) // 2 :: share]]


if __name__ == "__main__":
    main()
