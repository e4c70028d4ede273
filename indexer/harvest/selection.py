"""What is to be harvested: a selection as a query of the official search interface (CQL), and windows of dates to ask it in.

The windows together cover the selection, and each is small enough for one answer of the source, since the order of its results
may change from one answer to the next. A window is on the date of the paper, because papers are spread over those; now and then
the source changes many papers on one day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from indexer.paper.identifier import Identifier

EARLIEST = date(1994, 1, 1)
"""The official papers begin in 1995; nothing is lost by this, the first window has no beginning."""
LATEST = date(2999, 12, 31)
"""No clock is believed that is later."""
_ROOM = 2
"""Windows are cut to this part of what they may have, since papers are not spread evenly."""
_PIECES = 400
"""A window is cut into at most so many pieces at once."""


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """From the first day to the last one, both included; without one it is open on that side.

    What is open on both sides also has the papers without a date; ``undated`` are those alone.
    """

    first: date | None = None
    last: date | None = None
    undated: bool = False

    @property
    def cql(self) -> str:
        """The clauses to add to a query; empty for the window that is open on both sides."""
        since = f' and dt.date>="{self.first}"' if self.first else ""
        until = f' and dt.date<="{self.last}"' if self.last else ""
        return f"{since}{until}" + (' not dt.date>="0000-01-01"' if self.undated else "")

    def holds(self, day: date | None) -> bool:
        """Whether a paper of that date is in it."""
        if day is None or self.undated:
            return day is None and self.first is None and self.last is None
        return (self.first is None or day >= self.first) and (self.last is None or day <= self.last)

    def __str__(self) -> str:
        return "undated papers" if self.undated else f"{self.first or '…'} to {self.last or '…'}"


ALWAYS = Window()
"""The window that is open on both sides."""
UNDATED = Window(undated=True)
"""The papers without a date."""


def pieces(window: Window, results: int, today: date, most: int) -> tuple[Window, ...]:
    """The window cut into smaller ones, newest first, so that each has about ``most`` results or fewer.

    Empty when it cannot be cut: it is one day, what is left before the first papers or after today, or has no dates.
    """
    if window.undated:
        return ()
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
    return tuple(reversed([*([UNDATED] if window == ALWAYS else []), *before, *cut, *after]))


def years(window: Window, today: date) -> tuple[Window, ...]:
    """The window cut at New Year, newest first; open sides stay open."""
    first, last = _bounds(window, today)
    cut = [Window(max(first, date(year, 1, 1)), min(last, date(year, 12, 31))) for year in range(first.year, last.year + 1)]
    if window.first is None:
        cut.insert(0, Window(None, first - timedelta(days=1)))
    if window.last is None:
        cut[-1] = Window(cut[-1].first, None)
    return tuple(reversed([*([UNDATED] if window == ALWAYS else []), *cut]))


def _bounds(window: Window, today: date) -> tuple[date, date]:
    """The days between which a window can be cut."""
    first = window.first or min(EARLIEST, window.last or EARLIEST)
    return first, window.last or max(min(today, LATEST), first)


KAMERSTUKKEN = 'c.product-area=="officielepublicaties" and w.publicatienaam=="Kamerstuk"'
"""The papers of both chambers and their attachments, which differ by dt.type."""


@dataclass(frozen=True, slots=True)
class HarvestScope:
    """A selection as the search interface is asked for it: the same scope is the same harvest."""

    cql: str
    """The query, but for the dates."""
    window: Window


@dataclass(frozen=True, slots=True)
class HarvestSelection:
    """Which papers: all of them, unless something is given. Several values of one property mean any of them."""

    dossiers: tuple[str, ...] = ()
    """``31066``, ``36410-XVI``."""
    session_years: tuple[str, ...] = ()
    """``2023-2024``."""
    kinds: tuple[str, ...] = ()
    """As the source names them: ``Motie``, ``Brief``."""
    attachments: bool = False
    """Whether what was sent along with papers is wanted too."""
    query: str = ""
    """More CQL, for what the options do not offer."""
    first: date | None = None
    last: date | None = None

    @property
    def scope(self) -> HarvestScope:
        """The query for it."""
        clauses = [
            KAMERSTUKKEN,
            _any("dt.type", ("Kamerstuk", "Bijlage") if self.attachments else ("Kamerstuk",)),
            _any("w.dossiernummer", self.dossiers),
            _any("w.vergaderjaar", self.session_years),
            _any("w.subrubriek", self.kinds),
            f"({self.query})" if self.query.strip() else "",
        ]
        return HarvestScope(" and ".join(clause for clause in clauses if clause), Window(self.first, self.last))


def _any(index: str, values: tuple[str, ...]) -> str:
    """Booleans of CQL all bind alike, from left to right; hence the brackets."""
    clauses = [equals(index, value) for value in values]
    return f"({' or '.join(clauses)})" if len(clauses) > 1 else "".join(clauses)


def equals(index: str, value: str) -> str:
    """``index=="value"``, whatever the value holds."""
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'{index}=="{escaped}"'


def question(cql: str, window: Window, since: str = "", by: str = "dt.date") -> str:
    """The query for the papers of a window, in order of ``by``.

    ``since`` (an ISO date) limits it to those changed on that day or later. Booleans bind from left to right.
    """
    changed = f' and dt.modified>="{since}"' if since else ""
    return f"{cql}{changed}{window.cql} sortBy {by}/sort.ascending"


def one_of(identifiers: tuple[Identifier, ...]) -> str:
    """The query for these very papers."""
    return " or ".join(equals("dt.identifier", str(identifier)) for identifier in identifiers)
