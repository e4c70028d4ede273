"""How a process works that indexes for long: in long turns, and with few looks for memory that nothing refers to any more."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress

_COLLECTED = 100_000
"""So many new objects between two looks of the collector. Papers have no reference cycles: it finds nothing, and costs much."""


@contextmanager
def long_work() -> Iterator[None]:
    """Let this process, and those that it starts meanwhile, do long work.

    On Linux it does not break in on another that is at work: neither on one that reads for it, each time it has read a file, nor
    on a server beside it.
    """
    often = gc.get_threshold()
    gc.set_threshold(_COLLECTED, *often[1:])
    _in_turns(long=True)
    try:
        yield
    finally:
        _in_turns(long=False)
        gc.set_threshold(*often)


def _in_turns(*, long: bool) -> None:
    if sys.platform != "linux":
        return
    former, wanted = (os.SCHED_OTHER, os.SCHED_BATCH) if long else (os.SCHED_BATCH, os.SCHED_OTHER)
    with suppress(OSError):
        if os.sched_getscheduler(0) == former:  # else someone decided otherwise
            os.sched_setscheduler(0, wanted, os.sched_param(0))
