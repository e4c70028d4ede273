"""How much memory this process and those it has started take together, at most; sampled, as the system tells no peak of that."""

from __future__ import annotations

import os
from collections.abc import Iterator
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
            if taken := sum(map(_mb, _with_children(os.getpid()))):
                self.peak_mb = max(self.peak_mb or 0.0, taken)


def _with_children(process: int) -> Iterator[int]:
    yield process
    for child in _children(process):
        yield from _with_children(child)


def _children(process: int) -> list[int]:
    """Those a process has started; none when it has just ended."""
    try:
        threads = [thread / "children" for thread in Path(f"/proc/{process}/task").iterdir()]
        return [int(child) for file in threads for child in file.read_text(encoding="ascii").split()]
    except OSError:
        return []


def _mb(process: int) -> float:
    """What a process takes; nothing when it has just ended, or the system does not tell."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1024
