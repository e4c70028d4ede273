"""A harvest to experiment with: a source, an archive, and runs of which the outcome is counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue, open_catalogue
from indexer.harvest.addresses import hosts_of
from indexer.harvest.loop import Harvester, HarvestPlan
from indexer.harvest.progress import Compared, Event, Fate, HarvestState, Settled
from indexer.harvest.search_interface import SearchInterface
from indexer.harvest.selection import HarvestSelection
from indexer.harvest.source import Clock, FileSource, HttpSource, Patience
from indexer.paper.identifier import Identifier
from tests.official_source.published import Published, Shelf
from tests.official_source.server import OfficialSource

EVERYTHING = HarvestSelection().scope
SINCE_LAST = HarvestPlan(EVERYTHING, since_last=True)


def impatient(official: OfficialSource, tries: int = 8) -> HttpSource:
    """A client that does not really wait."""
    patience, clock = Patience(tries=tries), Clock(sleep=lambda seconds: None)
    return HttpSource("kamerstukken/test", hosts_of(official.sru), 0, patience, clock, seed=1)


@dataclass(slots=True)
class Bench:
    """A running source and an open catalogue."""

    official: OfficialSource
    catalogue: Catalogue
    archive: Archive
    source: FileSource
    page: int = 1_000
    today: date = date(2032, 6, 1)

    @property
    def harvester(self) -> Harvester:
        searches = SearchInterface(self.source, self.official.sru, self.page, lambda: self.today)
        return Harvester(searches, self.catalogue, self.archive)

    @property
    def state(self) -> HarvestState:
        return HarvestState(self.catalogue)

    def events(self, plan: HarvestPlan | None = None) -> list[Event]:
        return list(self.harvester.run(plan or HarvestPlan(EVERYTHING)))

    def fates(self, plan: HarvestPlan | None = None) -> Counter[Fate]:
        """Run, and count what became of papers."""
        return Counter(event.fate for event in self.events(plan) if isinstance(event, Settled))

    def differences(self, plan: HarvestPlan) -> list[Compared]:
        return [event for event in self.events(plan) if isinstance(event, Compared)]

    def downloaded(self) -> list[str]:
        """The paths of the files asked for since the last call."""
        paths = [request.path for request in self.official.downloads()]
        self.official.log.clear()
        return paths

    def same_as_the_source(self) -> bool:
        """Whether every listed paper is here, byte for byte, and no other."""
        papers = {Identifier(paper.identifier): paper.files["html"] for paper in self.official.shelf.papers() if not paper.gone}
        return papers == dict(self.contents())

    def contents(self) -> Iterator[tuple[Identifier, bytes]]:
        """The papers of the catalogue with the bytes they were read from."""
        rows = self.catalogue.connection.execute("SELECT identifier, fingerprint, form FROM papers").fetchall()
        for name, mark, form in rows:
            yield Identifier(name), self.archive.get(Identifier(name), mark, form).content


@contextmanager
def bench(folder: Path, papers: Iterable[Published]) -> Iterator[Bench]:
    """A bench over these papers."""
    with OfficialSource(Shelf(papers)).running() as official, open_catalogue(folder / "kamerstukken.db", "1") as catalogue:
        yield Bench(official, catalogue, Archive(folder / "archive", durable=False), impatient(official))


def name(number: int) -> Identifier:
    return Identifier(f"kst-95001-{number}")


def text_of(made: Bench, number: int) -> str:
    paper = made.catalogue.get(name(number))
    return paper.sections[0].text if paper else ""
