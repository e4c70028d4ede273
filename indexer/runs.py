"""The runs of the catalogue: when papers were brought in, how many, and what failed, where and why. Only records and tells."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

_NAMES = ("what", "started", "finished", "read", "added", "changed", "unchanged", "failed")


def begin_run(db: sqlite3.Connection, what: str) -> int:
    """Record that a run begins; gives its number."""
    return int(db.execute("INSERT INTO runs (what, started) VALUES (?, ?)", (what, now())).lastrowid or 0)


def end_run(db: sqlite3.Connection, run: int, counts: Mapping[str, int], failures: Iterable[tuple[str, str]]) -> None:
    """Record how it ended: counts by name, and where and why something failed."""
    db.execute(
        "UPDATE runs SET finished = ?, read = ?, added = ?, changed = ?, unchanged = ?, failed = ? WHERE run = ?",
        (now(), *(counts.get(name, 0) for name in ("read", "added", "changed", "unchanged", "failed")), run),
    )
    rows = [(run, *failure) for failure in failures]
    db.executemany("INSERT INTO failures (run, place, reason) VALUES (?, ?, ?)", rows)


def last_run(db: sqlite3.Connection) -> dict[str, object] | None:
    """The last run that ended, or None."""
    row = db.execute(f"SELECT {', '.join(_NAMES)} FROM runs WHERE finished IS NOT NULL ORDER BY run DESC LIMIT 1").fetchone()  # noqa: S608 - names only
    return dict(zip(_NAMES, row, strict=True)) if row else None


def now() -> str:
    """The instant, in UTC, to the second."""
    return datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
