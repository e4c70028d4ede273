"""The operations that faults are tried on: a data folder to begin with, and the command that is run on it."""

from __future__ import annotations

import signal
import sqlite3
import tarfile
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import product
from pathlib import Path

from tests.faults.layer import NO_FAULT, Control, Fault
from tests.faults.trial import Ended, State, Trials, copied, ready, unlike, warm
from tests.official_source.papers import small, small_page
from tests.official_source.published import Shelf
from tests.official_source.server import OfficialSource

FOLDER = "FOLDER"
FORMER = Path(__file__).parents[1] / "kamerstukken" / "former"


@dataclass(frozen=True, slots=True)
class Workshop:
    """What operations are made with: a folder of pages, a stand-in for the official source, and a way to run commands."""

    trials: Trials
    source: OfficialSource

    def pages(self, name: str, numbers: Sequence[int], text: str = "Enige tekst over proefvelden.") -> Path:
        """A folder with the pages of these papers."""
        folder = self.trials.folder / "pages" / name
        folder.mkdir(parents=True, exist_ok=True)
        for number in numbers:
            (folder / f"kst-95001-{number}.html").write_bytes(small_page(number, f"{text} Woorden van nummer {number}."))
        return folder

    def made(self, data: Path, *arguments: str) -> None:
        """Run a command that must succeed."""
        ended = self.trials.run((*arguments, "--data", str(data)), data)
        if ended.status:
            raise RuntimeError(f"{arguments}: {ended.said}")


@dataclass(frozen=True, slots=True)
class Operation:
    """A command; ``begin`` makes the folder that it writes to, ``arguments`` are its words.

    The folder stands for ``FOLDER`` among the words, and is their ``--data`` when it is not among them. ``clears``: it always
    removes what others left half-written, and does not leave that to whoever writes next. ``anew``: it wants an empty folder, and
    is run again on one.
    """

    name: str
    begin: Callable[[Workshop, Path], None]
    arguments: Callable[[Workshop], tuple[str, ...]]
    clears: bool = True
    anew: bool = False


def _nothing(_: Workshop, data: Path) -> None:
    data.parent.mkdir(parents=True, exist_ok=True)


def _few(workshop: Workshop, data: Path) -> None:
    workshop.made(data, "index", str(workshop.pages("few", (1, 2, 3))), "--processes", "1")


def _crowded(workshop: Workshop, data: Path) -> None:
    """An index of so many segments that the next one makes it merge."""
    workshop.made(data, "index", str(workshop.pages("first", range(1, 9))), "--processes", "1")
    for number in range(9, 13):
        workshop.made(data, "index", str(workshop.pages(f"add{number}", (number,))), "--processes", "1")


def _more(workshop: Workshop) -> tuple[str, ...]:
    workshop.pages("more", (1,), "Andere tekst.")
    return ("index", str(workshop.pages("more", (13,))), "--processes", "1")


def _wordy(workshop: Workshop) -> Path:
    """Pages of so many words that numpy would work through some of their numbers in pieces (``storage.columnfile.Column``)."""
    words = [f"{''.join(letters)}veld" for letters in product("abdegiklmnoprstu", repeat=3)]
    for number in range(1, 31):
        folder = workshop.pages("wordy", (number,), " ".join(words[number % 7 :: 1 + number % 5]))
    return folder


def _much(workshop: Workshop, data: Path) -> None:
    workshop.made(data, "index", str(_wordy(workshop)), "--processes", "1")


def _harvested(workshop: Workshop, data: Path) -> None:
    workshop.made(data, "harvest", "--source", workshop.source.sru, "--rate", "0")


def _former(_: Workshop, data: Path) -> None:
    """What an earlier state of the program left."""
    data.parent.mkdir(parents=True, exist_ok=True)
    with tarfile.open(sorted(FORMER.glob("*.tar.xz"))[0]) as packed:
        packed.extractall(data.parent, filter="data")


def _damaged(workshop: Workshop, data: Path) -> None:
    """A paper of the catalogue with a byte that flipped, and an index that has lost a file."""
    _few(workshop, data)
    (segment,) = data.glob("index/[0-9]*/*.segment")
    segment.unlink()
    catalogue = data / "kamerstukken.db"
    db = sqlite3.connect(catalogue)
    (body,) = db.execute("SELECT body FROM papers ORDER BY identifier").fetchone()
    db.close()
    content = bytearray(catalogue.read_bytes())
    content[content.index(body[:40]) + 20] ^= 1
    catalogue.write_bytes(content)


def _source(workshop: Workshop) -> Path:
    """A data folder that others are made of, and which they leave as it is."""
    data = workshop.trials.folder / "source" / "data"
    if not data.exists():
        _few(workshop, data)
    return data


def _backup(workshop: Workshop) -> tuple[str, ...]:
    return ("backup", FOLDER, "--data", str(_source(workshop)))


def _restore(workshop: Workshop) -> tuple[str, ...]:
    backup = workshop.trials.folder / "source" / "backup"
    workshop.made(_source(workshop), "backup", str(backup))
    return ("restore", str(backup), "--processes", "1")


OPERATIONS = (
    Operation("index", _nothing, lambda shop: ("index", str(shop.pages("few", (1, 2, 3))), "--processes", "1")),
    Operation("much", _nothing, lambda shop: ("index", str(_wordy(shop)), "--processes", "1")),
    Operation("search", _much, lambda _: ("search", '"aabveld aadveld" of b*', "--limit", "3")),
    Operation("merge", _crowded, _more),
    Operation("reindex", _few, lambda _: ("reindex", "--processes", "1")),
    Operation("from archive", _few, lambda _: ("reindex", "--from", "archive", "--processes", "1")),
    Operation("harvest", _nothing, lambda shop: ("harvest", "--source", shop.source.sru, "--rate", "0", "--metadata", "--json")),
    Operation("mending", _damaged, lambda _: ("check", "--mend"), clears=False),
    Operation("backup", _nothing, _backup),
    Operation("restore", _nothing, _restore, anew=True),
    Operation("migration", _former, lambda _: ("reindex", "--processes", "1")),
)


class Prepared:
    """An operation that is ready to be tried: what it begins with, and what the folder is before and after it without a fault."""

    def __init__(self, shop: Workshop, operation: Operation) -> None:
        self._trials = shop.trials
        folder = shop.trials.folder / operation.name.replace(" ", "-")
        self.begin, self.data = folder / "begin" / "data", folder / "now" / "data"
        self.data.parent.mkdir(parents=True)
        operation.begin(shop, self.begin)
        words = operation.arguments(shop)
        self._arguments = tuple(str(self.data) if word == FOLDER else word for word in (*words, *self._named(words)))
        self._clears, self._anew = operation.clears, operation.anew
        self.restart()
        self.before = self.state()
        self.restart()
        ended = self.run()
        self.counts = shop.trials.counts()
        warm(self.data)
        self.after = self.state()
        if ended.status or not self.after.papers:
            raise RuntimeError(f"{operation.name} fails without a fault: {ended.said}")

    @staticmethod
    def _named(words: Sequence[str]) -> tuple[str, ...]:
        return () if FOLDER in words else ("--data", FOLDER)

    def restart(self) -> None:
        """Bring the folder to what it was."""
        copied(self.begin, self.data)

    def unfinished(self) -> list[str]:
        """Run the operation again, to its end; what is not as it should be then."""
        if self._anew:
            self.restart()
        again = self.run()
        bad = [f"lost: run again it fails: {again.said[-1500:]}"] if again.status else []
        return bad + [f"wrong when run again: {one}" for one in unlike(self.state(), self.after, names=self._clears)]

    def killed(self, after: float) -> bool:
        """Run the operation, and kill it after so many seconds; whether it was not done by then."""
        return self._trials.run(self._arguments, self.data, kill_after=after).status == -signal.SIGKILL

    def run(self, fault: Fault = NO_FAULT, record: Path | None = None, arguments: Sequence[str] = ()) -> Ended:
        """Run the operation, or another command, on the folder."""
        folder = self.data.parent if record else self.data
        words = (*arguments, *self._named(arguments)) if arguments else self._arguments
        return self._trials.run([str(self.data) if word == FOLDER else word for word in words], folder, fault, record)

    def state(self) -> State:
        """What the folder is now."""
        return self._trials.state(self.data)


@contextmanager
def workshop(control: Control) -> Iterator[Workshop]:
    """A workshop in a folder of its own, which is gone afterwards."""
    ready()
    with (
        tempfile.TemporaryDirectory(prefix="kamerstukken-faults-") as folder,
        OfficialSource(Shelf([small(number) for number in range(1, 5)])).running() as source,
    ):
        yield Workshop(Trials(control, Path(folder)), source)
