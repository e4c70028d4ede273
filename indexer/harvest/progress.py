"""How far a harvest is: what it tells while it goes, and what it keeps in the catalogue so that it can go on.

The events are for whoever shows progress. The state says what is still to be listed, what is to be fetched, what failed and why;
a harvest is a selection, and is listed as often as it is run. State is written in the catalogue's transactions, so that paper and
progress are stored together or not at all. Decides nothing about the source.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from indexer.catalogue.catalogue import Catalogue, now
from indexer.harvest.search_interface import Record
from indexer.harvest.selection import ALWAYS, HarvestScope, Window
from indexer.harvest.source import Validators
from indexer.paper.identifier import Identifier


class Fate(StrEnum):
    """What became of a paper."""

    ADDED = "added"
    CHANGED = "changed"
    UNCHANGED = "unchanged"
    """Its record changed, the paper did not."""
    WITHDRAWN = "withdrawn"
    TEXTLESS = "textless"
    """The source has nothing of it that can be read."""
    FAILED = "failed"
    """It is tried again later."""
    ASIDE = "aside"
    """It failed too often and is left alone."""


@dataclass(frozen=True, slots=True)
class Listed:
    """A window was listed: how many records it has, how many of their papers are to be fetched.

    A harvest that goes on begins with one that tells what was listed before.
    """

    window: Window
    records: int
    to_fetch: int
    problems: tuple[str, ...] = ()
    """Records that could not be read, and why."""
    more: int = 0
    """How many records may still be listed, by the source's counts."""
    short: str = ""
    """Why these cannot be taken for all papers of the window; empty when they can."""


@dataclass(frozen=True, slots=True)
class Settled:
    """A paper is done with, for now."""

    identifier: Identifier
    fate: Fate
    reason: str = ""
    at_source: bool = False
    """Whether it failed because the source did not give it."""


@dataclass(frozen=True, slots=True)
class Compared:
    """How the papers of one year compare with those the source lists."""

    year: str
    """The year of the papers' dates; empty for papers without a date."""
    listed: int
    here: int
    """How many of the listed papers are here."""
    missing: tuple[Identifier, ...]
    """Listed, but not here."""
    gone: tuple[Identifier, ...]
    """Here, but not listed any more."""


Event = Listed | Settled | Compared


class State(StrEnum):
    """Where a paper is on its way."""

    OPEN = "open"
    """Its files are to be fetched."""
    HERE = "here"
    """It is in the catalogue, as its record says it is."""
    FAILED = "failed"
    """It could not be fetched or read; tried again later."""
    ASIDE = "aside"
    """It failed too often; left alone until the source changes it."""
    TEXTLESS = "textless"
    """The source has nothing of it that can be read."""
    LEAVING = "leaving"
    """The source says that it has taken it back, which is believed when it says so of few."""
    WITHDRAWN = "withdrawn"
    """The source has taken it back."""


@dataclass(frozen=True, slots=True)
class Harvest:
    """One selection and how its last listing went."""

    number: int
    scope: HarvestScope
    listing: int
    """Counts the listings."""
    since: str
    """The day (ISO) since when the present or last listing asks for changes; empty when it asks for everything."""
    begun: str
    """When that listing began by this machine's clock, an instant in UTC."""
    finished: str
    """When that listing was done; empty when it is not."""
    asked: str
    """The day (ISO) when that listing began by the source's clock; empty when the source did not say."""
    newest: str
    """The latest day of change (ISO) that the source has told of any paper of it, not counting days to come."""
    doubt: str
    """Why the source may have more papers of it than it lists; empty when there is no doubt."""

    @property
    def complete_once(self) -> bool:
        """Whether it was listed to the end, now or before."""
        return bool(self.finished or self.since) or self.listing > 1


@dataclass(frozen=True, slots=True)
class WantedPaper:
    """A paper to be fetched: what was listed of it."""

    identifier: Identifier
    stamp: str
    withdrawn: bool
    addresses: dict[str, str]
    rounds: int
    """How often it failed so far."""


@dataclass(frozen=True, slots=True)
class ReceivedFile:
    """A file of a paper as it was received: of which version (stamp), in which file of the archive (mark) or not stored yet."""

    stamp: str
    validators: Validators
    mark: str
    content: bytes | None


@dataclass(frozen=True, slots=True)
class Trouble:
    """A paper that could not be had."""

    identifier: Identifier
    state: State
    reason: str
    rounds: int


class HarvestState:
    """The state of all harvests of a catalogue. Methods that write are called within its transactions."""

    def __init__(self, catalogue: Catalogue) -> None:
        self._db = catalogue.connection

    # Harvests and their windows

    def harvests(self) -> list[Harvest]:
        """Every harvest there was, in the order of their first runs."""
        rows = self._db.execute(
            "SELECT harvest, cql, first, last, listing, since, begun, finished, asked, newest, doubt FROM harvests "
            "ORDER BY harvest"
        )
        return [Harvest(number, HarvestScope(cql, _window(first, last)), *rest) for number, cql, first, last, *rest in rows]

    def find(self, scope: HarvestScope) -> Harvest | None:
        """The harvest of that selection, if there was one."""
        return next((harvest for harvest in self.harvests() if harvest.scope == scope), None)

    def begin(self, scope: HarvestScope, since: str, windows: Iterable[Window]) -> Harvest:
        """Begin to list a selection anew; ``windows`` are what is to be asked, the newest first.

        A listing of changes also asks again for windows that did not add up before.
        """
        first, last, _ = _days(scope.window)
        self._db.execute(
            "INSERT INTO harvests (cql, first, last, listing, since, begun, finished) VALUES (?, ?, ?, 1, ?, ?, '') "
            "ON CONFLICT DO UPDATE SET "
            "listing = listing + 1, since = excluded.since, begun = excluded.begun, finished = '', asked = ''",
            (scope.cql, first, last, since, now()),
        )
        harvest = self.find(scope)
        assert harvest is not None  # noqa: S101 - it was made just now
        self._db.execute("DELETE FROM harvest_windows WHERE harvest = ? AND (? = '' OR doubt = '')", (harvest.number, since))
        self.ask(harvest, windows, since)
        return harvest

    def finish(self, harvest: Harvest) -> None:
        """The listing is done."""
        self._db.execute("UPDATE harvests SET finished = ? WHERE harvest = ?", (now(), harvest.number))

    def reached(self, harvest: Harvest, day: date | None, newest: date | None) -> None:
        """The source answered on that day by its own clock, and told of changes up to ``newest``."""
        self._db.execute(
            "UPDATE harvests SET asked = iif(asked = '', ?, asked), newest = max(newest, ?) WHERE harvest = ?",
            (day.isoformat() if day else "", newest.isoformat() if newest else "", harvest.number),
        )

    def doubt(self, harvest: Harvest, reason: str) -> None:
        """The source may have more papers than it lists; or, without a reason, it has not."""
        self._db.execute("UPDATE harvests SET doubt = ? WHERE harvest = ?", (reason, harvest.number))

    def next_window(self, harvest: Harvest) -> tuple[Window, str] | None:
        """What is to be asked next, and since which day of change; first what has never been in doubt, and the newest papers."""
        row = self._db.execute(
            "SELECT first, last, undated, since FROM harvest_windows WHERE harvest = ? AND doubt = '' "
            "ORDER BY tries, number DESC LIMIT 1",
            (harvest.number,),
        ).fetchone()
        return (_window(*row[:3]), row[3]) if row else None

    def ask(self, harvest: Harvest, windows: Iterable[Window], since: str, expected: int = 0) -> None:
        """These windows are to be asked, before all others; ``expected`` is how many records that may give in all."""
        asked = tuple(windows)
        self._db.executemany(
            "INSERT OR REPLACE INTO harvest_windows (harvest, first, last, undated, since, expected) VALUES (?, ?, ?, ?, ?, ?)",
            [(harvest.number, *_days(window), since, expected // len(asked)) for window in reversed(asked)],
        )

    def expected(self, harvest: Harvest) -> int:
        """How many records may still be listed."""
        row = self._db.execute("SELECT total(expected) FROM harvest_windows WHERE harvest = ?", (harvest.number,)).fetchone()
        return int(row[0])

    def asked(self, harvest: Harvest, window: Window, since: str, short: str = "") -> None:
        """Nothing of the window is left to ask; or, if it came short, not until the next run."""
        row = (harvest.number, *_days(window), since)
        where = "WHERE harvest = ? AND first = ? AND last = ? AND undated = ? AND since = ?"
        if short:
            done = f"UPDATE harvest_windows SET doubt = ?, tries = tries + 1, expected = 0 {where}"  # noqa: S608 - marks only
            self._db.execute(done, (short, *row))
        else:
            self._db.execute(f"DELETE FROM harvest_windows {where}", row)  # noqa: S608 - marks only

    def ask_again(self, harvest: Harvest) -> None:
        """Windows that came short are to be asked once more, after all others."""
        self._db.execute("UPDATE harvest_windows SET doubt = '' WHERE harvest = ?", (harvest.number,))

    def shortfalls(self) -> list[tuple[Window, str]]:
        """Windows that came short, and why; first those of all papers of a harvest."""
        whole = [(harvest.scope.window, harvest.doubt) for harvest in self.harvests() if harvest.doubt]
        rows = self._db.execute("SELECT first, last, undated, doubt FROM harvest_windows WHERE doubt <> '' ORDER BY number")
        return whole + [(_window(first, last, undated), doubt) for first, last, undated, doubt in rows]

    # Records

    def needs(self, record: Record, forms: Iterable[str]) -> bool:
        """Whether files of the paper are to be fetched: it is new, changed, or lacks one of these forms.

        It is new, too, when it is not here because of what the source said of it, and the source says otherwise now.
        """
        row = self._db.execute(
            "SELECT stamp, state, status, addresses FROM harvest_records WHERE identifier = ?", (str(record.identifier),)
        ).fetchone()
        if row is None or row[0] != record.stamp:
            return True
        _, state, status, addresses = row
        if state == State.HERE:
            return record.withdrawn or not set(forms) <= self._forms(record.identifier)
        if status != _status(record) or (state in _WAITING and json.loads(addresses) != dict(record.addresses)):
            return True
        return state == State.TEXTLESS and bool(tuple(forms))

    def note(self, harvest: Harvest, record: Record, forms: Iterable[str]) -> bool:
        """Record what was listed; True when files of it are to be fetched."""
        wanted = self.needs(record, forms)
        if wanted:
            day = record.date.isoformat() if record.date else ""
            addresses = json.dumps(dict(record.addresses))
            row = (str(record.identifier), record.stamp, day, _status(record), addresses, State.OPEN)
            self._db.execute(
                "INSERT OR REPLACE INTO harvest_records (identifier, stamp, date, status, addresses, state, rounds, reason) "
                "VALUES (?, ?, ?, ?, ?, ?, 0, '')",
                row,
            )
        self._db.execute(
            "INSERT OR REPLACE INTO harvest_members (harvest, identifier, seen) VALUES (?, ?, ?)",
            (harvest.number, str(record.identifier), harvest.listing),
        )
        return wanted

    def wanted(self, harvest: Harvest, state: State, limit: int) -> list[WantedPaper]:
        """Papers of the harvest in that state, the newest first."""
        rows = self._db.execute(
            "SELECT identifier, stamp, status, addresses, rounds FROM harvest_records JOIN harvest_members USING (identifier) "
            "WHERE state = ? AND state <> 'here' AND harvest = ? ORDER BY date DESC, identifier DESC LIMIT ?",
            (state, harvest.number, limit),
        )
        return [
            WantedPaper(Identifier(name), stamp, status == State.WITHDRAWN, json.loads(addresses), rounds)
            for name, stamp, status, addresses, rounds in rows
        ]

    def reopen_gone(self, harvest: Harvest) -> None:
        """Papers that are listed, but the files of which the source said were gone, are to be asked for again."""
        self._db.execute(
            "UPDATE harvest_records SET state = 'open' WHERE state = 'withdrawn' AND state <> 'here' AND status = '' AND EXISTS "
            "(SELECT 1 FROM harvest_members WHERE harvest_members.identifier = harvest_records.identifier AND harvest = ?)",
            (harvest.number,),
        )

    def leaving(self, harvest: Harvest) -> list[tuple[Identifier, str]]:
        """Papers of the harvest that the source says it has taken back, and how it says so."""
        rows = self._db.execute(
            "SELECT identifier, reason FROM harvest_records JOIN harvest_members USING (identifier) "
            "WHERE state = 'leaving' AND state <> 'here' AND harvest = ? ORDER BY identifier",
            (harvest.number,),
        )
        return [(Identifier(name), reason) for name, reason in rows]

    def count_open(self, harvest: Harvest) -> int:
        """How many papers of the harvest are to be fetched."""
        row = self._db.execute(
            "SELECT count(*) FROM harvest_records JOIN harvest_members USING (identifier) "
            "WHERE state = 'open' AND state <> 'here' AND harvest = ?",
            (harvest.number,),
        ).fetchone()
        return int(row[0])

    def reopen(self, harvest: Harvest, state: State) -> int:
        """Papers of the harvest in that state are to be fetched again; gives how many."""
        return self._db.execute(
            "UPDATE harvest_records SET state = ? WHERE state = ? AND state <> 'here' AND EXISTS (SELECT 1 FROM harvest_members "
            "WHERE harvest_members.identifier = harvest_records.identifier AND harvest = ?)",
            (State.OPEN, state, harvest.number),
        ).rowcount

    def settle(self, identifier: Identifier, state: State, reason: str = "", rounds: int = 0) -> None:
        """Record what became of a paper; addresses that are not needed again take much room."""
        self._db.execute(
            "UPDATE harvest_records SET state = ?, reason = ?, rounds = ?, addresses = iif(? = 'here', '{}', addresses) "
            "WHERE identifier = ?",
            (state, reason, rounds, state, str(identifier)),
        )
        if state is State.WITHDRAWN:
            self._db.execute("DELETE FROM harvest_parts WHERE identifier = ?", (str(identifier),))

    def unlist(self, identifier: Identifier, harvest: Harvest | None = None) -> None:
        """The source does not list the paper any more, in that harvest or in any; when it does again, that counts as new."""
        self._db.execute(
            "DELETE FROM harvest_members WHERE identifier = ? AND (? IS NULL OR harvest = ?)",
            (str(identifier), *(2 * (harvest.number if harvest else None,))),
        )
        if harvest is None:
            self._db.execute("UPDATE harvest_records SET stamp = '' WHERE identifier = ?", (str(identifier),))

    # Files of papers

    def part(self, identifier: Identifier, form: str) -> ReceivedFile | None:
        """What was received of a paper in that form, or None."""
        row = self._db.execute(
            "SELECT stamp, etag, modified, mark, content FROM harvest_parts WHERE identifier = ? AND form = ?",
            (str(identifier), form),
        ).fetchone()
        return ReceivedFile(row[0], Validators(row[1], row[2]), row[3], row[4]) if row else None

    def keep(self, identifier: Identifier, form: str, part: ReceivedFile) -> None:
        """Record a file as received."""
        self._db.execute(
            "INSERT OR REPLACE INTO harvest_parts (identifier, form, stamp, etag, modified, mark, content) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (str(identifier), form, part.stamp, part.validators.etag, part.validators.modified, part.mark, part.content),
        )

    def forget_parts(self, identifier: Identifier) -> None:
        """The files of a paper are to be fetched anew, whatever was received of it before."""
        self._db.execute("DELETE FROM harvest_parts WHERE identifier = ?", (str(identifier),))

    def _forms(self, identifier: Identifier) -> set[str]:
        rows = self._db.execute("SELECT form FROM harvest_parts WHERE identifier = ?", (str(identifier),))
        return {row[0] for row in rows}

    # What the source lists

    def members(self, harvest: Harvest, window: Window = ALWAYS, *, unseen: bool = False) -> Iterator[tuple[Identifier, str]]:
        """The papers listed so far with their dates (ISO or empty); ``unseen``: not by the last listing."""
        where, values = _within(window)
        before = harvest.listing if unseen else harvest.listing + 1
        yield from (
            (Identifier(name), day)
            for name, day in self._db.execute(
                "SELECT identifier, date FROM harvest_members JOIN harvest_records USING (identifier) "  # noqa: S608 - marks only
                f"WHERE harvest = ? AND seen < ? {where} ORDER BY identifier",
                (harvest.number, before, *values),
            ).fetchall()
        )

    def count_members(self, harvest: Harvest, window: Window, *, now: bool = False) -> int:
        """How many papers of a window were listed; ``now``: this time, when everything is being listed anew."""
        where, values = _within(window)
        row = self._db.execute(
            "SELECT count(*) FROM harvest_members JOIN harvest_records USING (identifier) "  # noqa: S608 - marks only
            f"WHERE harvest = ? AND seen >= ? {where}",
            (harvest.number, harvest.listing if now and not harvest.since else 0, *values),
        ).fetchone()
        return int(row[0])

    def counts(self) -> dict[State, int]:
        """How many papers are in each state."""
        rows = dict(self._db.execute("SELECT state, count(*) FROM harvest_records GROUP BY state").fetchall())
        return {state: rows.get(state, 0) for state in State}

    def troubles(self, limit: int) -> list[Trouble]:
        """Papers that failed, those put aside last."""
        rows = self._db.execute(
            "SELECT identifier, state, reason, rounds FROM harvest_records "
            "WHERE state IN ('failed', 'aside') AND state <> 'here' ORDER BY state DESC, identifier LIMIT ?",
            (limit,),
        )
        return [Trouble(Identifier(name), State(state), reason, rounds) for name, state, reason, rounds in rows]


_WAITING = frozenset((State.OPEN, State.FAILED, State.ASIDE, State.TEXTLESS))
"""States in which it matters where the files are."""


def _status(record: Record) -> str:
    """What is kept of the status that a record tells."""
    return State.WITHDRAWN if record.withdrawn else ""


def _window(first: str, last: str, undated: int = 0) -> Window:
    return Window(date.fromisoformat(first) if first else None, date.fromisoformat(last) if last else None, bool(undated))


def _days(window: Window) -> tuple[str, str, int]:
    first, last = (day.isoformat() if day else "" for day in (window.first, window.last))
    return first, last, int(window.undated)


def _within(window: Window) -> tuple[str, tuple[str, ...]]:
    """The condition that a paper's date is in the window."""
    first, last, undated = _days(window)
    if undated:
        return "AND date = ''", ()
    conditions = ([("AND date >= ?", first)] if first else []) + ([("AND date <> '' AND date <= ?", last)] if last else [])
    return " ".join(condition for condition, _ in conditions), tuple(value for _, value in conditions)
