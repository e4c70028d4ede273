"""The harvest: windows → records → files → archive and catalogue, round and round, from where it was left.

It tells what happens as events; whoever takes them may bring the catalogue's changes into an index between two of them.

It also finds the papers that the source no longer lists, and those that it counts but has not listed. The first are asked for by
name before they are believed to be gone: a paper may only have left the selection.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, begin_run, end_run
from indexer.catalogue.keeping import describe_former
from indexer.catalogue.overview import names
from indexer.errors import QueryRefused, SourceError, SourceUnreachable
from indexer.harvest.fetching import Fetcher
from indexer.harvest.forms import forms_of
from indexer.harvest.listing import Cut, Lister
from indexer.harvest.progress import Compared, Event, Fate, Harvest, HarvestState, Listed, Settled, State, WantedPaper
from indexer.harvest.search_interface import Record, SearchInterface
from indexer.harvest.selection import HarvestScope, Window, pieces, years
from indexer.paper.identifier import Identifier
from indexer.worker.reader import Reader

_PARTS = 8
"""A window in which papers are missing is looked through in so many pieces."""
_COUNTS = 400
"""So many windows are counted at most to find where the source and we differ; then what is left is listed."""
_OVERLAP = timedelta(days=3)
"""What changed in the days before the last listing is listed again: the source's index may lag behind what it says."""
_FIRST_DAY = date.min + _OVERLAP
"""Days before it are not told apart: a source may say that all was changed on the first day there is."""
_IN_A_ROW = 10
"""After so many papers that fail one after another the source is taken to be out of order."""
_BATCH = 100
_MANY = 50
"""So many papers, if they are a tenth of all, do not vanish at once: then it is the source that is not well."""
_TO_BE_SURE = 3
"""So often the source is asked for its count before it is said that papers are missing."""
_COUNTED = {Fate.ADDED: "added", Fate.CHANGED: "changed", Fate.UNCHANGED: "unchanged"}


@dataclass(frozen=True, slots=True)
class HarvestPlan:
    """What a run is to do."""

    scope: HarvestScope
    since_last: bool = False
    """List only what changed since the last listing of the selection; the first one lists everything."""
    reconcile: bool = False
    """List everything again, and tell year by year what differs."""
    limit: int | None = None
    """Papers to fetch at most."""
    retry_aside: bool = False
    """Try those too that were put aside."""
    withdraw_many: bool = False
    """Believe the source when it has lost a tenth of the papers or more."""
    wish: frozenset[str] = frozenset()
    """Forms to have beside the page: ``xml``, ``metadata``; with ``pdf`` papers are read of which there is nothing else."""


class Harvester:
    """Runs plans on an archive and its catalogue; the caller holds the writing lock."""

    def __init__(self, searches: SearchInterface, catalogue: Catalogue, archive: Archive) -> None:
        self._searches = searches
        self._catalogue = catalogue
        self._archive = archive
        self._state = HarvestState(catalogue)
        self._lister = Lister(searches)

    def survey(self, plan: HarvestPlan) -> Iterator[Listed | Compared | Identifier]:
        """What a run would do, without doing it: the papers it would fetch, and the differences when reconciling."""
        known = self._state.find(plan.scope)
        since, windows = self._to_list(plan, known)
        listed: dict[Identifier, str] = {}
        wanted: set[Identifier] = set()
        for window, found in self._lister.survey(plan.scope.cql, windows, since):
            new = {r.identifier for r in found.records if self._state.needs(r, forms_of(dict(r.addresses), plan.wish))}
            listed.update((record.identifier, record.date.isoformat() if record.date else "") for record in found.records)
            yield Listed(window, len(found.records), len(new - wanted), found.problems, short=found.short)
            wanted |= new
        yield from sorted(wanted, key=lambda identifier: (listed[identifier], identifier), reverse=True)[: plan.limit]
        if plan.reconcile:
            yield from self._compare(listed, known)

    def run(self, plan: HarvestPlan) -> Iterator[Event]:
        """Carry out the plan. When it is broken off, what is done stays done, and the same plan goes on from there.

        Raises:
            SourceError: the source cannot be reached, or does not answer searches.
            ArchiveError: archive or catalogue cannot be written.
        """
        self._archive.clear()
        number = begin_run(self._catalogue.connection, "harvest")
        counts: Counter[str] = Counter()
        failures = dict(describe_former(self._catalogue, self._archive))
        try:
            with Reader() as reader:
                for event in self._round(plan, reader):
                    _count(event, counts, failures)
                    yield event
        except SourceError as error:
            failures[error.address] = error.reason
            end_run(self._catalogue.connection, number, {**counts, "failed": len(failures)}, failures.items())
            raise
        end_run(self._catalogue.connection, number, {**counts, "failed": len(failures)}, failures.items())

    def _round(self, plan: HarvestPlan, reader: Reader) -> Iterator[Event]:
        harvest = self._begin(plan)
        fetching = _Fetching(self._fetcher(plan, reader), self._state, harvest, plan.limit)
        if waiting := self._state.count_open(harvest):
            yield Listed(plan.scope.window, 0, waiting, more=self._state.expected(harvest))
        if not plan.reconcile:
            yield from fetching.open()
        listed = 0
        for event in self._list(harvest, plan, fetching):
            listed += isinstance(event, Listed)
            yield event
        uneven: list[Window] = []
        counting = Counting(self._searches, self._state, harvest)
        if not fetching.enough and (harvest.since or listed != 1):  # what came in one window was counted with it
            uneven = list(counting.uneven(harvest.scope.window))
            with self._catalogue.transaction():
                self._state.ask(harvest, uneven, "")
            yield from self._list(harvest, plan, fetching)
        if plan.reconcile:
            yield from self._compare_listed(harvest)
            yield from fetching.open()
        if fetching.enough:
            return
        with self._catalogue.transaction():
            self._state.finish(harvest)
        yield from self._withdraw(harvest, uneven, fetching.fetcher, believing=plan.withdraw_many)
        yield from self._count_all(harvest, counted=counting.even)
        with self._catalogue.transaction():
            self._state.reopen(harvest, State.FAILED)
            if plan.retry_aside:
                self._state.reopen(harvest, State.ASIDE)
        yield from fetching.open()

    def _list(self, harvest: Harvest, plan: HarvestPlan, fetching: _Fetching) -> Iterator[Event]:
        """List what is on the pile, and fetch what is new in it before the next."""
        while not fetching.enough and self._state.next_window(harvest):
            yield from list_window(self._lister, self._catalogue, self._state, harvest, plan.wish)
            if not plan.reconcile:
                yield from fetching.open()

    def _fetcher(self, plan: HarvestPlan, reader: Reader) -> Fetcher:
        return Fetcher(self._searches, self._catalogue, self._archive, self._state, plan.wish, reader)

    def _begin(self, plan: HarvestPlan) -> Harvest:
        """Go on with the last listing of this selection if it was broken off and is what is wanted; else begin another."""
        known = self._state.find(plan.scope)
        if known and not known.finished and (plan.since_last or not known.since):
            stale = plan.reconcile and self._state.next_window(known) is None
            if not stale:
                with self._catalogue.transaction():
                    self._state.ask_again(known)
                return known
        since, windows = self._to_list(plan, known)
        with self._catalogue.transaction():
            harvest = self._state.begin(plan.scope, since, windows)
            if not since:
                self._state.reopen_gone(harvest)
            self._state.ask_again(harvest)
            return harvest

    def _to_list(self, plan: HarvestPlan, known: Harvest | None) -> tuple[str, tuple[Window, ...]]:
        """The day since when changes are to be listed, empty for everything, and the windows to ask."""
        if plan.reconcile:
            return "", years(plan.scope.window, self._searches.today())
        return _since(known) if plan.since_last else "", (plan.scope.window,)

    def _withdraw(self, harvest: Harvest, uneven: Iterable[Window], fetcher: Fetcher, *, believing: bool) -> Iterator[Event]:
        """Take out what the source has taken back; after a listing of changes it is looked for where the counts differ."""
        windows = uneven if harvest.since else (harvest.scope.window,)
        missing = sorted({name for window in windows for name, _ in self._state.members(harvest, window, unseen=True)})
        sought = self._searches.seek(missing)
        leaving = dict(self._state.leaving(harvest))
        gone = leaving | dict.fromkeys(sorted(sought.gone), "the source does not list it any more")
        lost, known = len(gone), self._state.count_members(harvest, harvest.scope.window)
        if lost >= _MANY and lost * 10 >= known and not believing:
            self._doubt(harvest, lost, known)
        with self._catalogue.transaction():
            for identifier in sought.there:
                self._state.unlist(identifier, harvest)
        if unclear := len(missing) - len(sought.there) - len(sought.gone):
            short = f"the source contradicts itself on whether it still has {unclear:,} papers; they stay until it does not"
            yield Listed(harvest.scope.window, 0, 0, short=short)
        for identifier, reason in gone.items():
            yield fetcher.withdraw(identifier, reason, listed=identifier not in sought.gone)

    def _doubt(self, harvest: Harvest, lost: int, known: int) -> None:
        """Withdraw nothing, and list everything again the next time."""
        with self._catalogue.transaction():
            self._state.reopen(harvest, State.LEAVING)
            self._state.begin(harvest.scope, harvest.since, (harvest.scope.window,))
        raise SourceError(
            self._searches.address,
            f"it says that {lost:,} of {known:,} papers are no more, so nothing was withdrawn; look whether the source is well, "
            "and say --withdraw-many if it is right",
        )

    def _count_all(self, harvest: Harvest, *, counted: bool) -> Iterator[Listed]:
        """Say so if the source counts more papers than it has listed, however often it was asked; ``counted``: it does not."""
        here = there = 0
        for _ in range(0 if counted else _TO_BE_SURE):
            here = self._state.count_members(harvest, harvest.scope.window)
            there = self._searches.count(harvest.scope.cql, harvest.scope.window)
            if there <= here:
                break
        short = f"the source counts {there:,} papers in all, and has listed {here:,}" if there > here else ""
        with self._catalogue.transaction():
            self._state.doubt(harvest, short)
        if short:
            yield Listed(harvest.scope.window, 0, 0, short=short)

    def _compare_listed(self, harvest: Harvest) -> Iterator[Compared]:
        unseen = {identifier for identifier, _ in self._state.members(harvest, unseen=True)}
        listed = {identifier: day for identifier, day in self._state.members(harvest) if identifier not in unseen}
        yield from self._compare(listed, harvest)

    def _compare(self, listed: dict[Identifier, str], harvest: Harvest | None) -> Iterator[Compared]:
        members = self._state.members(harvest) if harvest else ()
        yield from compared(listed, set(names(self._catalogue.connection, listed)), members)


class _Fetching:
    """Fetches the open papers of a harvest, up to a limit, and notices when the source is out of order."""

    def __init__(self, fetcher: Fetcher, state: HarvestState, harvest: Harvest, limit: int | None) -> None:
        self.fetcher = fetcher
        self._state = state
        self._harvest = harvest
        self._left = limit
        self._in_a_row = 0

    @property
    def enough(self) -> bool:
        """Whether the limit was reached."""
        return self._left == 0

    def open(self) -> Iterator[Settled]:
        """Fetch the open papers."""
        while not self.enough and (batch := self._state.wanted(self._harvest, State.OPEN, min(self._left or _BATCH, _BATCH))):
            for wanted in batch:
                settled = self.fetcher.fetch(wanted)
                self._left = None if self._left is None else self._left - 1
                if settled is not None:
                    yield settled
                    self._mind(settled, wanted)

    def _mind(self, settled: Settled, wanted: WantedPaper) -> None:
        """Stop when the source gives nothing any more; the next run begins with other papers."""
        self._in_a_row = self._in_a_row + 1 if settled.at_source else 0
        if self._in_a_row >= _IN_A_ROW:
            reason = f"{_IN_A_ROW} papers one after another could not be had, the last because of {settled.reason}"
            raise SourceUnreachable(next(iter(wanted.addresses.values())), reason)


def _since(known: Harvest | None) -> str:
    """The day since when changes are to be listed; empty when nothing was listed to the end yet.

    It is the source that says how far it was: by its clock, and by the latest change it told of, whichever is earlier. Our own
    clock, which may be ahead, only counts where the source said neither.
    """
    if known is None or not known.finished:
        return ""
    told = [day for day in (known.asked, known.newest) if day] or [known.begun[:10]]
    return (max(date.fromisoformat(min(told)), _FIRST_DAY) - _OVERLAP).isoformat()


def _count(event: Event, counts: Counter[str], failures: dict[str, str]) -> None:
    """Keep the counts of a run, as the catalogue records them; what failed first and came later did not fail."""
    if isinstance(event, Listed):
        failures.update((f"search of {event.window}, {problem.split(':')[0]}", problem) for problem in event.problems)
        if event.short:
            failures[f"search of {event.window}"] = event.short
    elif isinstance(event, Settled):
        failures.pop(str(event.identifier), None)
        if event.fate in (Fate.FAILED, Fate.ASIDE):
            failures[str(event.identifier)] = event.reason
        elif event.fate in _COUNTED:
            counts["read"] += 1
            counts[_COUNTED[event.fate]] += 1


def list_window(
    lister: Lister, catalogue: Catalogue, state: HarvestState, harvest: Harvest, wish: frozenset[str]
) -> Iterator[Listed]:
    """List the next window of the harvest, or put the pieces of it on the pile.

    Raises:
        SourceError: the source does not answer; what was listed before is kept.
    """
    asked = state.next_window(harvest)
    if asked is None:
        return
    window, since = asked
    seen = lister.look(harvest.scope.cql, window, since)
    with catalogue.transaction():
        if isinstance(seen, Cut):
            state.asked(harvest, window, since)
            state.ask(harvest, seen.windows, since, expected=seen.results)
            return
        to_fetch = sum(state.note(harvest, record, forms_of(dict(record.addresses), wish)) for record in seen.records)
        today = seen.at.date() if seen.at else None
        state.reached(harvest, today, _newest(seen.records, today or lister.today))
        state.asked(harvest, window, since, seen.short)
        more = state.expected(harvest)
    yield Listed(window, len(seen.records), to_fetch, seen.problems, more, seen.short)


def _newest(records: Iterable[Record], today: date) -> date | None:
    """The latest day of change; a record that says it will be changed in future is no measure of time."""
    return max((record.modified for record in records if record.modified and record.modified <= today), default=None)


class Counting:
    """Compares the source's counts with ours, to find where papers are missing on either side."""

    def __init__(self, searches: SearchInterface, state: HarvestState, harvest: Harvest) -> None:
        self._searches = searches
        self._state = state
        self._harvest = harvest
        self._left = _COUNTS
        self.even = True
        """Whether no window was found in which the counts differ."""

    def uneven(self, window: Window) -> Iterator[Window]:
        """The windows, each small enough for one answer, in which the source counts other than was listed."""
        here = self._state.count_members(self._harvest, window, now=True)
        there = self._count(window, here)
        self._left -= 1
        most, room = max(here, there), self._searches.page
        if here == there:
            return
        self.even = False
        cut = pieces(window, most, self._searches.today(), max(room, 2 * most // _PARTS)) if most > room else ()
        if cut and self._left >= len(cut):
            for piece in cut:
                yield from self.uneven(piece)
        else:
            yield window

    def _count(self, window: Window, here: int) -> int:
        try:
            return self._searches.count(self._harvest.scope.cql, window)
        except QueryRefused:
            if window.undated:
                return here
            raise


def compared(
    listed: Mapping[Identifier, str], present: set[Identifier], members: Iterable[tuple[Identifier, str]]
) -> Iterator[Compared]:
    """Year by year: the papers the source lists, those of them that are here, and members it does not list any more.

    ``listed`` and ``members`` give the date of each paper (ISO, or empty).
    """
    years: dict[str, list[Identifier]] = defaultdict(list)
    gone: dict[str, list[Identifier]] = defaultdict(list)
    for identifier, day in listed.items():
        years[day[:4]].append(identifier)
    for identifier, day in members:
        if identifier not in listed:
            gone[day[:4]].append(identifier)
    for year in sorted(years.keys() | gone.keys()):
        missing = tuple(sorted(identifier for identifier in years[year] if identifier not in present))
        number = len(years[year])
        yield Compared(year, number, number - len(missing), missing, tuple(sorted(gone[year])))
