"""How much memory this process and those it has started take together, at most; sampled, as the system tells no peak of that."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from threading import Event, Thread
from types import TracebackType

_EVERY = 0.5
"""Seconds between samples: each stops a process for some milliseconds."""


class Watched:
    """A span of time in which memory is watched; ``peak_mb`` is None where the system does not tell.

    Pages that several processes share are counted once (``Pss``), unlike in a sum of what each takes.
    """

    def __init__(self) -> None:
        self.peak_mb: float | None = None
        self._over = Event()
        self._thread = Thread(target=self._watch, daemon=True)

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._over.wait(_EVERY):
            with suppress(OSError, StopIteration):  # one of them has just ended, or there is no such system
                self.peak_mb = max(self.peak_mb or 0.0, sum(map(_mb, _with_children(os.getpid()))))


def _with_children(process: int) -> Iterator[int]:
    yield process
    for thread in Path(f"/proc/{process}/task").iterdir():
        for child in (thread / "children").read_text(encoding="ascii").split():
            yield from _with_children(int(child))


def _mb(process: int) -> float:
    lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    return int(next(line for line in lines if line.startswith("Pss:")).split()[1]) / 1024
