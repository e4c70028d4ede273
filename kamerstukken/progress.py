"""Progress on stderr: a bar with rate and time left on a terminal, plain lines elsewhere. Stdout stays for results."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

_PATIENCE = 2.0
"""Seconds before there is anything to show: what is shorter needs no bar."""
_PLAIN_EVERY = 10.0
"""Seconds between plain lines."""

Advance = Callable[[], None]


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Advance]:
    """Show how far ``what`` is; call the given function for every item done. ``total`` is None when it is not known."""
    if sys.stderr.isatty():
        yield from _bar(what, total)
    else:
        yield from _lines(what, total)


def _bar(what: str, total: int | None) -> Iterator[Advance]:
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    started = time.monotonic()
    done = 0
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=total, rate="")

    def advance() -> None:
        nonlocal done
        done += 1
        elapsed = time.monotonic() - started
        if elapsed > _PATIENCE and not bar.live.is_started:
            bar.start()
        if bar.live.is_started:
            bar.update(task, completed=done, rate=f"{done / elapsed:,.0f}/s")

    try:
        yield advance
    finally:
        bar.stop()


def _lines(what: str, total: int | None) -> Iterator[Advance]:
    started = said = time.monotonic()
    done = 0

    def advance() -> None:
        nonlocal done, said
        done += 1
        now = time.monotonic()
        if now - said >= _PLAIN_EVERY:
            said = now
            of = f" of {total:,}" if total else ""
            rate = done / (now - started)
            left = f", {(total - done) / rate:,.0f} s left" if total else ""
            sys.stderr.write(f"{what}: {done:,}{of}, {rate:,.0f}/s{left}\n")
            sys.stderr.flush()

    yield advance
