"""Every allocation fails once while segments are written and merged: how often the lack of memory is told, and how often not.

    python -m tests.faults.writing

The papers have so many words that numpy would work through their numbers in pieces (``storage.columnfile.Column``) if it were
asked to. They are gathered once; each trial is a child of this process.
"""

from __future__ import annotations

import os
import tempfile
from collections import Counter
from collections.abc import Callable, Sequence
from itertools import product
from pathlib import Path

import click

from search.document import document_of
from search.engines.whoosh.storage.segment import LiveSegment, Segment
from search.engines.whoosh.writing.inverting import Inverter
from search.engines.whoosh.writing.merging import merge
from tests.faults.layer import NO_FAULT, Control, Fault, preloaded
from tests.search.papers import paper

_DONE, _TOLD, _OTHERWISE = 0, 1, 2
"""The exit statuses of a child."""


def _gathered(numbers: Sequence[int]) -> Inverter:
    """Papers of which each has some of the same words."""
    words = [f"{''.join(letters)}veld" for letters in product("abdegiklmn", repeat=3)]
    inverter = Inverter()
    for number in numbers:
        inverter.add(document_of(paper(f"1-{number}", " ".join(words[number % 7 :: 1 + number % 3]), " de ".join(words[:200]))))
    return inverter


def _status(control: Control, folder: Path, work: Callable[[], object], fault: Fault) -> int:
    """The exit status of a child that works with a fault; negative when a signal ended it."""
    control.arm(folder, fault)
    child = os.fork()
    if not child:
        status = _OTHERWISE
        try:
            work()
            status = _DONE
        except MemoryError:
            status = _TOLD
        finally:
            os._exit(status)
    status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
    control.disarm()
    return status


def main() -> None:
    """Print for writing and for merging how many trials there were, and in how many the lack of memory was told."""
    control = preloaded("tests.faults.writing")
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        first, second = folder / "first", folder / "second"
        gathered = _gathered(range(30))
        for file in (first, second):  # here, so that what libraries keep for the thread is not what fails
            _gathered(range(30, 60)).write(file)
        merge([LiveSegment(Segment(file), None) for file in (first, second)], folder / "merged")
        works: dict[str, Callable[[], object]] = {
            "writing": lambda: gathered.write(first),
            "merging": lambda: merge([LiveSegment(Segment(file), None) for file in (first, second)], folder / "merged"),
        }
        for name, work in works.items():
            _status(control, folder, work, NO_FAULT)
            trials = range(1, control.get("allocate") + 1)
            ended = Counter(_status(control, folder, work, Fault("allocate", nth)) for nth in trials)
            click.echo(f"{name}: {len(trials)} trials, {ended[_TOLD]} told")


if __name__ == "__main__":
    main()
