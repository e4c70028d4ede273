"""The power fails at every moment of an operation: what a disk may hold then is opened, and nothing that was told may be lost.

    python -m benchmarks.powercuts                       after every deed of every operation, with all sorts of luck
    python -m benchmarks.powercuts --operation index     of one operation
    python -m benchmarks.powercuts --share 100           one moment in a hundred
    python -m benchmarks.powercuts --resume cuts.jsonl   goes on where the same command was broken off

What was not settled on the disk is lost, kept, torn or kept in part, by chance (``tests/faults/powercut.py``). A trial looks at
the folder, runs the command that mends it when one is named, and runs the operation again. A line of counts ends each operation.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from random import Random

import click

from benchmarks.trials import Notes, Outcome, operation_option, resume_option, share_option, summary
from tests.faults.layer import preloaded
from tests.faults.operations import OPERATIONS, Prepared, workshop
from tests.faults.powercut import Deed, Disk, Luck, recorded
from tests.faults.trial import State, unlike

_SEEDS = 3
"""How often chance decides over what is left in part."""
_COMMAND = re.compile(r"kamerstukken (reindex|check --mend|index)")
_PREFERRED = ("check --mend", "reindex", "index")
_ADDED = re.compile(r'"event": "(?:added|changed)", "identifier": "([^"]+)"')


class Recording:
    """The deeds of an operation, and the folder that it began with."""

    def __init__(self, prepared: Prepared) -> None:
        prepared.restart()
        root = prepared.data.parent
        nodes = {path.lstat().st_ino: str(path.relative_to(root)) for path in root.rglob("*") if path.is_file()}
        record = root.with_name(f"{root.name}.record")
        prepared.run(record=record)
        self.begin = prepared.begin.parent
        self.nodes = nodes
        self.deeds: list[Deed] = list(recorded(record, root))

    def disk(self, moment: int) -> Disk:
        """The disk after so many deeds."""
        disk = Disk(self.begin, self.nodes)
        for deed in self.deeds[:moment]:
            disk.did(deed)
        return disk


def tried(prepared: Prepared, recording: Recording, moment: int, luck: Luck, seed: int) -> Outcome:
    """What became of the folder when the power failed after so many deeds."""
    root = prepared.data.parent
    shutil.rmtree(root)
    root.mkdir()
    disk = recording.disk(moment)
    disk.cut(root, luck, Random(f"{moment} {seed}"))  # noqa: S311 - chance, not secrets
    done = any(text.startswith("ended 0") for text in disk.told)
    reported = {name for text in disk.told for name in _ADDED.findall(text)}
    state = prepared.state()
    bad = [f"uncaught: {error}" for error in state.uncaught]
    mended = _mended(prepared, state) if state.errors else state
    bad += [f"lost: not mended: {error}" for error in mended.errors]
    bad += [f"lost: {name} was reported" for name in sorted(reported - mended.papers.keys())]
    bad += _harmed(prepared, mended, done=done)
    bad += prepared.unfinished()
    return Outcome({"needed mending": int(bool(state.errors)), "after the end": int(done)}, tuple(bad))


def _mended(prepared: Prepared, state: State) -> State:
    """The folder after one command that its errors name; to index is to run the operation again."""
    commands = sorted({command for error in state.errors for command in _COMMAND.findall(error)}, key=_PREFERRED.index)
    if commands:
        prepared.run(arguments=() if commands[0] == "index" else commands[0].split())
    return prepared.state()


def _harmed(prepared: Prepared, state: State, *, done: bool) -> list[str]:
    """What is lost or wrong after the cut."""
    before, after = prepared.before, prepared.after
    bad = [f"lost: {name}" for name in sorted((before.papers.keys() & after.papers.keys()) - state.papers.keys())]
    bad += [
        f"wrong: {name}"
        for name, is_now in state.papers.items()
        if is_now not in (before.papers.get(name), after.papers.get(name))
    ]
    bad += [
        f"lost: file {name}" for name, was in before.files.items() if state.files.get(name) not in (was, after.files.get(name))
    ]
    if done:
        bad += [f"lost: told done, but {one}" for one in unlike(state, after, names=False)]
    return bad


@click.command("powercuts")
@operation_option
@share_option
@resume_option
def main(chosen: tuple[str, ...], share: int, resume: Path | None) -> None:
    """Let the power fail at every moment."""
    control = preloaded("benchmarks.powercuts")
    notes = Notes(resume)
    with workshop(control) as shop:
        for operation in OPERATIONS:
            if chosen and operation.name not in chosen:
                continue
            prepared = Prepared(shop, operation)
            recording = Recording(prepared)
            every = [
                (moment, luck, seed)
                for moment in range(len(recording.deeds) + 1)
                for luck in Luck
                for seed in range(_SEEDS if luck is Luck.SOME else 1)
            ]
            last = len(every) - len(Luck) - _SEEDS + 1
            outcomes = []
            for moment, luck, seed in [*every[share // 2 : last : share], *every[last:]]:
                trial = f"{operation.name}: after deed {moment} of {len(recording.deeds)}, {luck} ({seed})"
                outcomes.append(notes.known(trial) or tried(prepared, recording, moment, luck, seed))
                notes.note(trial, outcomes[-1])
            click.echo(summary(f"{operation.name} (of {len(every):,} cuts)", outcomes))
    raise SystemExit(bool(notes.failed))


if __name__ == "__main__":
    main()
