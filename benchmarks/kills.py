"""Operations are killed at random moments, by the signal that no program can catch: what is left is whole, and goes on.

    python -m benchmarks.kills                      a hundred times each
    python -m benchmarks.kills --times 1000         so many times
    python -m benchmarks.kills --operation harvest  one operation only

Each time the operation begins anew, is killed, is looked at, and is run again to its end. Then all must be there, and nothing
else.
"""

from __future__ import annotations

import time
from random import Random

import click

from benchmarks.trials import Notes, Outcome, operation_option, summary
from tests.faults.layer import preloaded
from tests.faults.operations import OPERATIONS, Prepared, workshop
from tests.faults.trial import harmed, unlike


def tried(prepared: Prepared, after: float) -> Outcome:
    """What became of the operation when it was killed after so many seconds."""
    prepared.restart()
    killed = prepared.killed(after)
    state = prepared.state()
    bad = harmed(prepared.before, prepared.after, state)
    if not killed:
        bad += [f"lost: it was done, but {one}" for one in unlike(state, prepared.after, names=False)]
    bad += prepared.unfinished()
    return Outcome({"killed": int(killed), "needed mending": int(bool(state.errors))}, tuple(bad))


@click.command("kills")
@operation_option
@click.option("--times", default=100, show_default=True, type=click.IntRange(1), help="So many times each.")
@click.option("--seed", default=1, show_default=True, help="The same seed draws the same moments.")
def main(chosen: tuple[str, ...], times: int, seed: int) -> None:
    """Kill every operation at random moments."""
    control = preloaded("benchmarks.kills")
    notes = Notes(None)
    chance = Random(seed)  # noqa: S311 - moments, not secrets
    with workshop(control) as shop:
        for operation in OPERATIONS:
            if chosen and operation.name not in chosen:
                continue
            prepared = Prepared(shop, operation)
            prepared.restart()
            began = time.perf_counter()
            prepared.run()
            took = time.perf_counter() - began
            outcomes = []
            for number in range(times):
                outcomes.append(tried(prepared, chance.uniform(0, took)))
                notes.note(f"{operation.name}: kill {number}", outcomes[-1])
            click.echo(summary(operation.name, outcomes))
    raise SystemExit(bool(notes.failed))


if __name__ == "__main__":
    main()
