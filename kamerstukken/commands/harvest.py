"""``kamerstukken harvest``: papers from the official source → archive, catalogue and index.

What a harvest does, told to people and programs: a live bar on a terminal, plain lines elsewhere, or JSON.
"""

from __future__ import annotations

import json
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

import click
from rich.console import Console
from rich.progress import BarColumn, Progress, SpinnerColumn, TaskID, TextColumn

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.catalogue.harvested import mind_notes
from indexer.data_folder import mind_lost, writing
from indexer.errors import ArchiveError, EngineUnavailable, SourceError
from indexer.harvest.addresses import hosts_of
from indexer.harvest.loop import Harvester, HarvestPlan
from indexer.harvest.progress import Compared, Event, Fate, HarvestState, Listed, Settled
from indexer.harvest.search_interface import SearchInterface
from indexer.harvest.selection import HarvestScope, HarvestSelection
from indexer.harvest.source import RATE, HttpSource
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.engines import kept_index
from kamerstukken.settings import data_option, engine_option, settings
from search.ports import KeptIndex
from search.sync import update

_PLAIN_EVERY = 10.0
"""Seconds between plain lines."""
_NAMED = 20
"""Papers that are named in one line."""
_CLOCKS_DIFFER = 3_600.0
"""Seconds by which this machine's clock may differ from the source's before it is told."""
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
    short: int = 0
    more: int = 0

    def add(self, event: Event) -> None:
        if isinstance(event, Listed):
            self.listed += event.records
            self.to_fetch += event.to_fetch
            self.more = event.more
            self.problems += len(event.problems)
            self.short += bool(event.short)
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
        if self.short:
            counts.append(f"{self.short:,} listings that do not add up")
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
        elif isinstance(event, Compared):
            click.echo(_compared(event))
        elif isinstance(event, Listed):
            for problem in (*event.problems[:_NAMED], *((event.short,) if event.short else ())):
                click.echo(f"search of {event.window}: {problem}", err=True)
            if len(event.problems) > _NAMED:
                click.echo(f"search of {event.window}: … and {len(event.problems) - _NAMED:,} more such records", err=True)
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
        """Say what was done; False when papers failed, or there may be more of them than the source has listed."""
        if self._dry:
            click.echo(f"{self._tally.listed:,} listed, {self._would_fetch:,} would be fetched", err=True)
        else:
            click.echo(self._tally.summary(), err=True)
        troubles = list(self._tally.troubles.items())
        for identifier, reason in troubles[:_NAMED]:
            click.echo(f"  {identifier}: {reason}", err=True)
        if len(troubles) > _NAMED:
            click.echo(f"  … and {len(troubles) - _NAMED:,} more; kamerstukken status names them", err=True)
        if abs(ahead := self._tally.source.ahead) > _CLOCKS_DIFFER:
            which = "ahead of" if ahead > 0 else "behind"
            click.echo(f"the clock of this machine is {_duration(abs(ahead))} {which} the source's; set it right", err=True)
        return not (troubles or self._tally.problems or self._tally.short)

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
        case Listed(window, records, to_fetch, problems, more, short):
            days = {"from": str(window.first or ""), "to": str(window.last or "")}
            counts = {"records": records, "to_fetch": to_fetch, "more": more}
            return {"event": "listed", **days, **counts, "problems": problems, "short": short}
        case Settled(identifier, fate, reason):
            return {"event": str(fate), "identifier": str(identifier), "reason": reason}
        case Compared(year, listed, here, missing, gone):
            names = {"missing": [str(name) for name in missing], "gone": [str(name) for name in gone]}
            return {"event": "compared", "year": year, "listed": listed, "here": here, **names}


def _print_json(value: dict[str, object]) -> None:
    click.echo(json.dumps(value, ensure_ascii=False).encode("utf-8", "replace"))


def _compared(event: Compared) -> str:
    line = f"{event.year or 'undated'}: {event.listed:,} at the source, {event.here:,} here"
    for what, names in (("missing here", event.missing), ("not listed any more", event.gone)):
        if names:
            more = f" and {len(names) - _NAMED:,} more" if len(names) > _NAMED else ""
            line += f"\n  {len(names):,} {what}: {', '.join(map(str, names[:_NAMED]))}{more}"
    return line


def _duration(seconds: float) -> str:
    """``45 s``, ``12 min``, ``3 h 20 min``, ``5 days``."""
    if seconds < 90:
        return f"{seconds:.0f} s"
    if seconds >= 2 * 86_400:
        return f"{seconds / 86_400:,.0f} days"
    hours, minutes = divmod(round(seconds / 60), 60)
    return f"{hours} h {minutes} min" if hours else f"{minutes} min"


_SYNC_FIRST = 3.0
"""Seconds until the first update of the index; then twice as long each time, so that the first papers are found soon."""
_SYNC_LAST = 60.0
_SYNC_SHARE = 10
"""An update that takes a second comes at most every so many seconds."""

_DAY = click.DateTime(["%Y-%m-%d"])
_DOSSIER = re.compile(r"(\d{2})\s?(\d{3})(?:[\s-]+([A-Z0-9]+))?|[IVXLC]+")
_HERE = re.compile(r"https?://(?:127\.0\.0\.1|localhost|\[::1\])[:/]")
_SESSION = re.compile(r"((?:19|20)\d\d)[-/](?:(?:19|20))?(\d\d)")


def _dossiers(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """``31 066`` → ``31066``, ``36410 XVI`` → ``36410-XVI``: as the source writes them."""
    numbers = []
    for text in given:
        found = _DOSSIER.fullmatch(text.strip().upper())
        if not found:
            raise click.BadParameter(f"{text!r} is not the number of a dossier; expected a form such as 31066 or 36410-XVI")
        number = f"{found[1]}{found[2]}" if found[1] else found[0]
        numbers.append(f"{number}-{found[3]}" if found[3] else number)
    return tuple(numbers)


def _session_years(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> tuple[str, ...]:
    """``2023/24`` → ``2023-2024``."""
    years = []
    for text in given:
        found = _SESSION.fullmatch(text.strip())
        if not found or (int(found[1]) + 1) % 100 != int(found[2]):
            raise click.BadParameter(f"{text!r} is not a session year; expected a form such as 2023-2024")
        years.append(f"{found[1]}-{int(found[1]) + 1}")
    return tuple(years)


@click.command("harvest")
@click.option("--dossier", "dossiers", multiple=True, metavar="N", callback=_dossiers, help="Of this dossier; may be repeated.")
@click.option("--from", "first", type=_DAY, metavar="DATE", help="Papers dated on this day or later (2024-01-31).")
@click.option("--to", "last", type=_DAY, metavar="DATE", help="Papers dated on this day or earlier.")
@click.option(
    "--session-year",
    "session_years",
    multiple=True,
    metavar="YEARS",
    callback=_session_years,
    help="Of this session year (2023-2024); may be repeated.",
)
@click.option("--kind", "kinds", multiple=True, metavar="KIND", help="Of this kind, as the source names it (Motie, Brief).")
@click.option("--attachments", is_flag=True, help="With their attachments, which are PDFs (see the extra [pdf]).")
@click.option("--query", default="", metavar="CQL", help="More conditions, in the query language of the official source.")
@click.option("--since-last", is_flag=True, help="Only what is new, changed or withdrawn since the last time.")
@click.option("--reconcile", is_flag=True, help="Compare everything with the source and say, year by year, what differs.")
@click.option("--dry-run", is_flag=True, help="Only say what would be fetched.")
@click.option("--limit", type=click.IntRange(1), metavar="N", help="Fetch at most this many papers; the same command goes on.")
@click.option(
    "--rate",
    type=click.FloatRange(0),
    metavar="N",
    help=f"Requests a second at most; 0: no limit. Else {RATE:.0f}, and no limit where the source is on this machine.",
)
@click.option("--xml", is_flag=True, help="Keep the XML of each paper too.")
@click.option("--metadata", is_flag=True, help="Keep the metadata record of each paper too.")
@click.option("--retry-aside", is_flag=True, help="Try papers again that failed too often and were put aside.")
@click.option("--withdraw-many", is_flag=True, help="Believe the source when it has lost a tenth of the papers at once.")
@click.option(
    "--source",
    metavar="URL",
    help="The search interface (SRU); else KAMERSTUKKEN_SOURCE, else kamerstukken.toml, else the official one.",
)
@click.option("--json", "as_json", is_flag=True, help="Print what happens on stdout, one JSON object a line.")
@engine_option
@data_option
def harvest_command(  # noqa: PLR0913, PLR0917 - one for each option
    dossiers: tuple[str, ...],
    first: datetime | None,
    last: datetime | None,
    session_years: tuple[str, ...],
    kinds: tuple[str, ...],
    attachments: bool,
    query: str,
    since_last: bool,
    reconcile: bool,
    dry_run: bool,
    limit: int | None,
    rate: float | None,
    xml: bool,
    metadata: bool,
    retry_aside: bool,
    withdraw_many: bool,
    source: str | None,
    as_json: bool,
    data: Path | None,
    engine: str | None,
) -> None:
    """Bring papers from the official source and make them searchable.

    All of them, unless something is chosen. Broken off at any moment, the same command goes on where it was. With --since-last
    or --reconcile and nothing chosen, it is about everything that was harvested before. Papers that cannot be had are named,
    tried again the next times, and put aside when that never helps; what the source counts but does not list is told, and asked
    for again the next time. The exit status is then 1. It is 3 when the source cannot be reached or does not answer searches.

    \b
    Examples:
        kamerstukken harvest --dossier 31066
        kamerstukken harvest --from 2024-01-01 --kind Motie
        kamerstukken harvest
        kamerstukken harvest --since-last
        kamerstukken harvest --reconcile --dry-run
    """
    if first and last and first > last:
        raise click.UsageError("--from is later than --to; no paper is dated so")
    if since_last and reconcile:
        raise click.UsageError("--since-last asks for changes only, --reconcile for everything; give one of them")
    where = settings(data, source=source, engine=engine)
    index = kept_index(where)
    selection = HarvestSelection(dossiers, session_years, kinds, attachments, query, _date(first), _date(last))
    wishes = (("xml", xml), ("metadata", metadata), ("pdf", find_spec("pypdf") is not None))
    wish = frozenset(form for form, wanted in wishes if wanted)
    hosts = hosts_of(where.source, where.source_hosts)
    client = HttpSource(f"kamerstukken/{version('kamerstukken')}", hosts, _rate(where.source) if rate is None else rate)
    searches = SearchInterface(client, where.source)

    def plans(catalogue: Catalogue) -> Iterator[HarvestPlan]:
        mind_notes(catalogue.connection)
        before = _harvested(catalogue) if selection == HarvestSelection() and (since_last or reconcile) else []
        if since_last and selection == HarvestSelection() and not before:
            raise ArchiveError("nothing was harvested to the end yet; begin with: kamerstukken harvest, or one --dossier of it")
        for scope in before or [selection.scope]:
            yield HarvestPlan(scope, since_last, reconcile, limit, retry_aside, withdraw_many, wish)

    mind_lost(where.catalogue)
    with reporting(client, dry=dry_run, as_json=as_json) as report:
        if dry_run:
            with open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
                harvester = Harvester(searches, catalogue, Archive(where.archive))
                for plan in plans(catalogue):
                    _survey(harvester, plan, report)
        else:
            with writing(where.data, "kamerstukken harvest"), open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
                harvester = Harvester(searches, catalogue, Archive(where.archive))
                for plan in plans(catalogue):
                    _harvest(harvester, plan, report, _Sync(catalogue, index))
    if not report.close():
        raise SystemExit(1)


def _date(day: datetime | None) -> date | None:
    return day.date() if day else None


def _rate(source: str) -> float:
    """Requests a second: as many as a public service bears, or, on this machine, no limit."""
    return 0.0 if _HERE.match(source) else RATE


def _harvested(catalogue: Catalogue) -> list[HarvestScope]:
    """All that was harvested to the end before; the whole archive includes the rest."""
    scopes = [harvest.scope for harvest in HarvestState(catalogue).harvests() if harvest.complete_once]
    for everything in (HarvestSelection(attachments=True).scope, HarvestSelection().scope):
        if everything in scopes:
            return [everything]
    return scopes


def _survey(harvester: Harvester, plan: HarvestPlan, report: Report) -> None:
    for found in harvester.survey(plan):
        if isinstance(found, (Listed, Compared)):
            report.event(found)
        else:
            report.would_fetch(found)


def _harvest(harvester: Harvester, plan: HarvestPlan, report: Report, sync: _Sync) -> None:
    try:
        for event in harvester.run(plan):
            report.event(event)
            sync.sometimes()
    except SourceError:
        sync.now()  # what came before it failed can be found
        report.broken_off()
        raise
    sync.now()


class _Sync:
    """Brings the catalogue's changes into the index, now and then."""

    def __init__(self, catalogue: Catalogue, index: KeptIndex) -> None:
        self._catalogue = catalogue
        self._index = index
        self._interval = _SYNC_FIRST
        self._due = time.monotonic() + _SYNC_FIRST

    def sometimes(self) -> None:
        """When it was long enough ago, in proportion to what it costs; an engine that cannot be reached now is tried later."""
        if time.monotonic() < self._due:
            return
        try:
            self.now()
        except EngineUnavailable as error:
            click.echo(f"kamerstukken: {error}; harvesting goes on", err=True)
            self._due = time.monotonic() + _SYNC_LAST

    def now(self) -> None:
        """Whatever there is.

        Raises:
            ArchiveError: the index cannot be written.
        """
        begun = time.monotonic()
        update(self._catalogue, self._index)
        ended = time.monotonic()
        self._interval = min(_SYNC_LAST, 2 * self._interval)
        self._due = ended + max(self._interval, _SYNC_SHARE * (ended - begun))
