"""Spans of dates that together cover a harvest, each small enough for the source to answer whole.

A window is on the date of the paper, since papers are spread over those; the source changes many on one day now and then.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

MOST = 5_000
"""Results that one window may have; the source is asked for no later ones."""
EARLIEST = date(1994, 1, 1)
"""The official papers begin in 1995; nothing is lost by this, the first window has no beginning."""
_ROOM = 2
"""Windows are cut to this part of what they may have, since papers are not spread evenly."""
_PIECES = 400
"""At most so many at once."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From the first day to the last one, both included; without one it is open on that side."""

    first: date | None = None
    last: date | None = None

    @property
    def cql(self) -> str:
        """The clauses for a query; empty for the window that is open on both sides."""
        since = f'dt.date>="{self.first}"' if self.first else ""
        until = f'dt.date<="{self.last}"' if self.last else ""
        return " and ".join(clause for clause in (since, until) if clause)

    def holds(self, day: date | None) -> bool:
        """Whether a paper of that date is in it; one without a date is only in the window that is open on both sides."""
        if day is None:
            return self.first is None and self.last is None
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        return f"{self.first or '…'} to {self.last or '…'}"


ALWAYS = Window()
"""The window that is open on both sides."""


def pieces(window: Window, results: int, today: date, most: int = MOST) -> tuple[Window, ...]:
    """The window cut into smaller ones, newest first, so that each has about ``most`` results or fewer.

    Empty when it cannot be cut: it is one day, or what is left before the first papers or after today.
    """
    first, last = _bounds(window, today)
    days = (last - first).days + 1
    number = min(max(2, -(-results * _ROOM // most)), days, _PIECES)
    if number < 2:
        return ()
    starts = [first + timedelta(days=days * i // number) for i in range(number)]
    ends = [start - timedelta(days=1) for start in starts[1:]] + [last]
    cut = [Window(start, end) for start, end in zip(starts, ends, strict=True)]
    before = [Window(None, first - timedelta(days=1))] if window.first is None and window.last != first else []
    after = [Window(last + timedelta(days=1), None)] if window.last is None and window.first != last else []
    return tuple(reversed([*before, *cut, *after]))


def years(window: Window, today: date) -> tuple[Window, ...]:
    """The window cut at New Year, newest first; open sides stay open."""
    first, last = _bounds(window, today)
    cut = [Window(max(first, date(year, 1, 1)), min(last, date(year, 12, 31))) for year in range(first.year, last.year + 1)]
    if window.first is None:
        cut.insert(0, Window(None, first - timedelta(days=1)))
    if window.last is None:
        cut[-1] = Window(cut[-1].first, None)
    return tuple(reversed(cut))


def _bounds(window: Window, today: date) -> tuple[date, date]:
    """The days between which a window can be cut."""
    first = window.first or min(EARLIEST, window.last or EARLIEST)
    return first, window.last or max(today, first)
