"""The harvest: windows → records → files → archive → catalogue, round and round, from where it was left.

It tells what happens as events; whoever takes them may bring the catalogue's changes into an index between two of them.

It also finds the papers that the source no longer lists. These are asked for by name before they are believed to be gone:
results move while they are being listed, and a paper may only have left the selection.
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
from indexer.errors import SourceError, SourceUnreachable
from indexer.harvest.fetching import Fetcher
from indexer.harvest.progress import Difference, Event, Fate, Harvest, HarvestState, Listed, Settled, State, WantedPaper
from indexer.harvest.search_interface import Cut, SearchInterface, after
from indexer.harvest.selection import HarvestScope, Window, pieces, years
from indexer.harvest.source import forms_of
from indexer.paper.identifier import Identifier
from indexer.worker.reader import Reader

_PARTS = 8
"""A window in which papers are missing is looked through in so many pieces."""
_OVERLAP = timedelta(days=1)
"""What changed on the day before the last listing is listed again: the source's clock and index may lag behind ours."""
_IN_A_ROW = 10
"""After so many papers that fail one after another the source is taken to be out of order."""
_BATCH = 100
_MANY = 50
"""So many papers, if they are a tenth of all, do not vanish at once: then it is the source that is not well."""
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

    def survey(self, plan: HarvestPlan) -> Iterator[Listed | Difference | Identifier]:
        """What a run would do, without doing it: the papers it would fetch, and the differences when reconciling."""
        known = self._state.find(plan.scope)
        since, windows = self._to_list(plan, known)
        listed: dict[Identifier, str] = {}
        wanted: set[Identifier] = set()
        for page in self._searches.survey(plan.scope.cql, windows, since):
            new = {r.identifier for r in page.records if self._state.needs(r, forms_of(dict(r.addresses), plan.wish))}
            listed.update((record.identifier, record.date.isoformat() if record.date else "") for record in page.records)
            yield Listed(plan.scope.window, len(page.records), len(new - wanted), page.problems)
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
        fetching = _Fetching(self._fetcher(plan, reader), self._catalogue, self._state, harvest, plan.limit)
        with self._catalogue.transaction():
            self._state.reopen(harvest, State.FAILED)
            if plan.retry_aside:
                self._state.reopen(harvest, State.ASIDE)
        if waiting := self._state.count_open(harvest):
            yield Listed(plan.scope.window, 0, waiting, more=self._state.expected(harvest))
        if not plan.reconcile:
            yield from fetching.open()
        while not fetching.enough and self._state.next_window(harvest):
            yield from list_window(self._searches, self._catalogue, self._state, harvest, plan.wish)
            if not plan.reconcile:
                yield from fetching.open()
        if plan.reconcile:
            yield from self._compare_listed(harvest)
            yield from fetching.open()
        if fetching.enough:
            return
        yield from self._withdraw(harvest, fetching.fetcher, believing=plan.withdraw_many)
        with self._catalogue.transaction():
            self._state.finish(harvest)
            self._state.reopen(harvest, State.FAILED)
        yield from fetching.open()

    def _fetcher(self, plan: HarvestPlan, reader: Reader) -> Fetcher:
        return Fetcher(self._searches, self._catalogue, self._archive, self._state, plan.wish, reader)

    def _begin(self, plan: HarvestPlan) -> Harvest:
        """Go on with the last listing of this selection if it was broken off and is what is wanted; else begin another."""
        known = self._state.find(plan.scope)
        if known and not known.finished and (plan.since_last or not known.since):
            stale = plan.reconcile and self._state.next_window(known) is None
            if not stale:
                return known
        since, windows = self._to_list(plan, known)
        with self._catalogue.transaction():
            return self._state.begin(plan.scope, since, windows)

    def _to_list(self, plan: HarvestPlan, known: Harvest | None) -> tuple[str, tuple[Window, ...]]:
        """The day since when changes are to be listed, empty for everything, and the windows to ask."""
        if plan.reconcile:
            return "", years(plan.scope.window, self._searches.today())
        return _since(known) if plan.since_last else "", (plan.scope.window,)

    def _withdraw(self, harvest: Harvest, fetcher: Fetcher, *, believing: bool) -> Iterator[Settled]:
        """Take out what the source has taken back."""
        if harvest.since:
            missing = list(unlisted(self._searches, self._state, harvest, harvest.scope.window))
        else:
            missing = [identifier for identifier, _ in self._state.members(harvest, unseen=True)]
        still = self._searches.still_listed(missing)
        lost, known = len(missing) - len(still), self._state.count_members(harvest, harvest.scope.window)
        if lost >= _MANY and lost * 10 >= known and not believing:
            self._doubt(harvest, lost, known)
        for identifier in missing:
            if identifier in still:
                with self._catalogue.transaction():
                    self._state.unlist(identifier, harvest)
            else:
                yield fetcher.withdraw(identifier, "the source does not list it any more", listed=False)

    def _doubt(self, harvest: Harvest, lost: int, known: int) -> None:
        """Withdraw nothing, and list everything again the next time."""
        with self._catalogue.transaction():
            self._state.begin(harvest.scope, harvest.since, (harvest.scope.window,))
        raise SourceError(
            self._searches.address,
            f"it does not know {lost:,} of {known:,} papers any more, so nothing was withdrawn; look whether the source is well, "
            "and say --withdraw-many if it is right",
        )

    def _compare_listed(self, harvest: Harvest) -> Iterator[Difference]:
        unseen = {identifier for identifier, _ in self._state.members(harvest, unseen=True)}
        listed = {identifier: day for identifier, day in self._state.members(harvest) if identifier not in unseen}
        yield from self._compare(listed, harvest)

    def _compare(self, listed: dict[Identifier, str], harvest: Harvest | None) -> Iterator[Difference]:
        members = self._state.members(harvest) if harvest else ()
        yield from differences(listed, set(names(self._catalogue.connection, listed)), members)


class _Fetching:
    """Fetches the open papers of a harvest, up to a limit, and notices when the source is out of order."""

    def __init__(self, fetcher: Fetcher, catalogue: Catalogue, state: HarvestState, harvest: Harvest, limit: int | None) -> None:
        self.fetcher = fetcher
        self._catalogue = catalogue
        self._state = state
        self._harvest = harvest
        self._left = limit
        self._in_a_row: list[WantedPaper] = []

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
                yield settled
                self._mind(settled, wanted)

    def _mind(self, settled: Settled, wanted: WantedPaper) -> None:
        """Stop when the source gives nothing any more; the papers are then not to blame."""
        if not settled.at_source:
            self._in_a_row.clear()
            return
        self._in_a_row.append(wanted)
        if len(self._in_a_row) >= _IN_A_ROW:
            with self._catalogue.transaction():
                for one in self._in_a_row:
                    self._state.settle(one.identifier, State.OPEN, "", one.rounds)
            reason = f"{_IN_A_ROW} papers one after another could not be had, the last because of {settled.reason}"
            raise SourceUnreachable(next(iter(wanted.addresses.values())), reason)


def _since(known: Harvest | None) -> str:
    """The day since when changes are to be listed; empty when nothing was listed to the end yet."""
    if known is None or not known.finished:
        return ""
    return (date.fromisoformat(known.begun[:10]) - _OVERLAP).isoformat()


def _count(event: Event, counts: Counter[str], failures: dict[str, str]) -> None:
    """Keep the counts of a run, as the catalogue records them; what failed first and came later did not fail."""
    if isinstance(event, Listed):
        failures.update((f"search of {event.window}, {problem.split(':')[0]}", problem) for problem in event.problems)
    elif isinstance(event, Settled):
        failures.pop(str(event.identifier), None)
        if event.fate in (Fate.FAILED, Fate.ASIDE):
            failures[str(event.identifier)] = event.reason
        elif event.fate in _COUNTED:
            counts["read"] += 1
            counts[_COUNTED[event.fate]] += 1


def list_window(
    searches: SearchInterface, catalogue: Catalogue, state: HarvestState, harvest: Harvest, wish: frozenset[str]
) -> Iterator[Listed]:
    """List the next window of the harvest, from where it was left; one value for every page that was recorded.

    Raises:
        SourceError: the source does not answer; what was listed before is kept.
    """
    asked = state.next_window(harvest)
    while asked is not None:
        window, start = asked
        seen = searches.look(harvest.scope.cql, window, harvest.since, start)
        with catalogue.transaction():
            if isinstance(seen, Cut):
                state.asked(harvest, window)
                for piece in seen.windows:
                    state.ask(harvest, piece, expected=seen.results // len(seen.windows))
                return
            to_fetch = sum(state.note(harvest, record, forms_of(dict(record.addresses), wish)) for record in seen.records)
            following = after(seen, start)
            if following is None:
                state.asked(harvest, window)
            else:
                state.ask(harvest, window, following, expected=max(0, seen.total - following + 1))
            more = state.expected(harvest)
        yield Listed(window, len(seen.records), to_fetch, seen.problems, more)
        asked = (window, following) if following is not None else None


def unlisted(searches: SearchInterface, state: HarvestState, harvest: Harvest, window: Window) -> Iterator[Identifier]:
    """The papers that the source's counts say are gone, after a listing of changes only.

    Counts first, and lists only where there are fewer than here. The counts are estimates: ``--reconcile`` is sure.
    """
    here = state.count_members(harvest, window)
    if not here:
        return
    there = searches.count(harvest.scope.cql, window)
    if there >= here:
        return
    cut = pieces(window, there, searches.today(), max(searches.page, 2 * there // _PARTS)) if there > searches.page else ()
    if cut:
        for piece in cut:
            yield from unlisted(searches, state, harvest, piece)
        return
    listed = {record.identifier for page in searches.survey(harvest.scope.cql, (window,)) for record in page.records}
    yield from (identifier for identifier, _ in state.members(harvest, window) if identifier not in listed)


def differences(
    listed: Mapping[Identifier, str], present: set[Identifier], members: Iterable[tuple[Identifier, str]]
) -> Iterator[Difference]:
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
        yield Difference(year, number, number - len(missing), missing, tuple(sorted(gone[year])))
