"""What a harvest does, told to people and programs: a live bar on a terminal, plain lines elsewhere, or JSON."""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from indexer.harvest.events import Difference, Event, Fate, Listed, Settled
from indexer.harvest.source import HttpSource
from indexer.identifier import Identifier

_PLAIN_EVERY = 10.0
"""Seconds between plain lines."""
_NAMED = 20
"""Papers that are named in one line."""
_TROUBLE = (Fate.FAILED, Fate.ASIDE)


@dataclass(slots=True)
class _Tally:
    """Where a harvest stands."""

    source: HttpSource
    started: float = field(default_factory=time.monotonic)
    listed: int = 0
    to_fetch: int = 0
    done: int = 0
    fates: Counter[Fate] = field(default_factory=Counter)
    troubles: dict[Identifier, str] = field(default_factory=dict)
    problems: int = 0
    more: int = 0

    def add(self, event: Event) -> None:
        if isinstance(event, Listed):
            self.listed += event.records
            self.to_fetch += event.to_fetch
            self.more = event.more
            self.problems += len(event.problems)
        elif isinstance(event, Settled):
            self.done += event.identifier not in self.troubles
            self.troubles.pop(event.identifier, None)
            if event.fate in _TROUBLE:
                self.troubles[event.identifier] = event.reason
            self.fates[event.fate] += 1

    @property
    def rate(self) -> float:
        """Papers a second."""
        return self.done / max(time.monotonic() - self.started, 0.001)

    @property
    def total(self) -> int:
        """Papers to be fetched in all, as far as is known: of those not listed yet as many as of those that are."""
        share = min(1.0, self.to_fetch / self.listed) if self.listed else 1.0
        return max(self.to_fetch + round(self.more * share), self.done)

    def line(self) -> str:
        """Papers, rate, bytes, time left, errors."""
        total = self.total
        left = (total - self.done) / self.rate if self.done and total > self.done else 0
        parts = [
            f"{self.done:,} of {total:,} papers", f"{self.rate:,.1f}/s", f"{self.source.received / 1e6:,.1f} MB",
            f"{_duration(left)} left" if left else "", f"{len(self.troubles):,} failed" if self.troubles else "",
        ]  # fmt: skip
        return ", ".join(part for part in parts if part)

    def summary(self) -> str:
        """What was done in all."""
        counts = [
            f"{self.fates[fate]:,} {fate}" for fate in Fate if fate not in _TROUBLE and (self.fates[fate] or fate in _ALWAYS)
        ]
        if self.problems:
            counts.append(f"{self.problems:,} records unreadable")
        sent = f"{self.source.requests:,} requests, {self.source.received / 1e6:,.1f} MB"
        return f"{self.listed:,} listed, {', '.join(counts)}, {len(self.troubles):,} failed; {sent}"


_ALWAYS = (Fate.ADDED, Fate.CHANGED)


class Report:
    """Takes the events of a harvest; ``reporting`` makes the right one."""

    def __init__(
        self, source: HttpSource, *, dry: bool, as_json: bool, bar: Progress | None, every: float = _PLAIN_EVERY
    ) -> None:
        """``every``: seconds between plain lines."""
        self._tally = _Tally(source)
        self._as_json = as_json
        self._bar = bar
        self._task: TaskID | None = bar.add_task("harvesting", total=None, line="") if bar else None
        self._said = time.monotonic()
        self._would_fetch = 0
        self._every = every
        self._dry = dry

    def event(self, event: Event) -> None:
        """Something happened."""
        self._tally.add(event)
        if self._as_json:
            _print_json(_as_json(event))
        elif isinstance(event, Difference):
            click.echo(_difference(event))
        elif isinstance(event, Listed):
            for problem in event.problems:
                click.echo(f"search of {event.window}: {problem}", err=True)
        self._show()

    def would_fetch(self, identifier: Identifier) -> None:
        """A run that is no dry one would fetch this paper."""
        self._would_fetch += 1
        if self._as_json:
            _print_json({"event": "would fetch", "identifier": str(identifier)})
        else:
            click.echo(str(identifier))

    def broken_off(self) -> None:
        """Say what was done before the source gave up, if anything was."""
        if self._tally.done:
            self.close()

    def close(self) -> bool:
        """Say what was done; False when papers failed."""
        if self._dry:
            click.echo(f"{self._tally.listed:,} listed, {self._would_fetch:,} would be fetched", err=True)
        else:
            click.echo(self._tally.summary(), err=True)
        troubles = list(self._tally.troubles.items())
        for identifier, reason in troubles[:_NAMED]:
            click.echo(f"  {identifier}: {reason}", err=True)
        if len(troubles) > _NAMED:
            click.echo(f"  … and {len(troubles) - _NAMED:,} more; kamerstukken status names them", err=True)
        return not troubles

    def _show(self) -> None:
        now = time.monotonic()
        if self._bar is not None and self._task is not None:
            self._bar.update(self._task, completed=self._tally.done, total=self._tally.total or None, line=self._tally.line())
        elif now - self._said >= self._every and not self._as_json:
            self._said = now
            click.echo(f"harvesting: {self._tally.line()}", err=True)


@contextmanager
def reporting(source: HttpSource, *, dry: bool, as_json: bool) -> Iterator[Report]:
    """A report for the terminal, for a file or, ``as_json``, for a program."""
    if as_json or not sys.stderr.isatty():
        yield Report(source, dry=dry, as_json=as_json, bar=None)
        return
    columns = (SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), TextColumn("{task.fields[line]}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        yield Report(source, dry=dry, as_json=False, bar=bar)


def _as_json(event: Event) -> dict[str, object]:
    match event:
        case Listed(window, records, to_fetch, problems, more):
            days = {"from": str(window.first or ""), "to": str(window.last or "")}
            counts = {"records": records, "to_fetch": to_fetch, "more": more}
            return {"event": "listed", **days, **counts, "problems": problems}
        case Settled(identifier, fate, reason):
            return {"event": str(fate), "identifier": str(identifier), "reason": reason}
        case Difference(year, listed, here, missing, gone):
            names = {"missing": [str(name) for name in missing], "gone": [str(name) for name in gone]}
            return {"event": "compared", "year": year, "listed": listed, "here": here, **names}


def _print_json(value: dict[str, object]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _difference(event: Difference) -> str:
    line = f"{event.year or 'undated'}: {event.listed:,} at the source, {event.here:,} here"
    for what, names in (("missing here", event.missing), ("not listed any more", event.gone)):
        if names:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            line += f"\n  {len(names):,} {what}: {', '.join(map(str, names[:_NAMED]))}{more}"
    return line


def _duration(seconds: float) -> str:
    """``45 s``, ``12 min``, ``3 h 20 min``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"
