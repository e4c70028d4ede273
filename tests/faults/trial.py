"""One command with one fault, in a process of its own, and what the data folder is afterwards.

``Trials`` runs a command in a child of this process, so that Python and the program are loaded once for all trials. ``state_of``
tells all that a data folder holds and answers, in a form that can be compared; an error that a user would be shown is told as
such, and any other as a fault of the program.
"""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import sys
import time
import traceback
from collections import Counter, deque
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from importlib import import_module
from pathlib import Path

from indexer.catalogue.catalogue import open_catalogue
from indexer.errors import KamerstukkenError
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION, OfficialFile
from indexer.worker import reader
from indexer.worker.messages import ReadingLimits, Sign, Told
from indexer.worker.program import told_of
from kamerstukken.cli import COMMANDS, main
from kamerstukken.settings import Settings
from search.analysis.dictionary import dutch
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.whoosh.storage.store import Store, read_contents
from search.plan import Weights
from tests.faults.layer import NO_FAULT, Control, Fault, told
from tests.faults.questions import OF_THE_SOURCE, of_index

UNCAUGHT = 70
"""The exit status of a child in which something was raised that no user should see."""
_DAMAGE = "error: "
_OF_THE_RUN = re.compile(rb'"(received|at|change|epoch|mark|checksum)": [^\n]*')
"""What manifests, marks and notes hold that is another in each run."""
_RANDOM = (
    ("[0-9a-f]{12}(?=[.](segment|gone))", "X"),
    ("contents-[0-9]+", "contents-N"),
    ("index/[0-9]{6}", "index/N"),
)


@dataclass(frozen=True, slots=True)
class Ended:
    """How a command ended: its exit status (negative: the signal that ended it), what it said, how many calls failed in it."""

    status: int
    said: str
    failed: int
    by_sqlite: int

    @property
    def uncaught(self) -> bool:
        """Whether it ended otherwise than with a message."""
        return self.status < 0 or self.status == UNCAUGHT or "Traceback" in self.said

    @property
    def silent(self) -> bool:
        """Whether it failed and did not say why."""
        return self.status > 0 and not self.said.strip()


@dataclass(frozen=True, slots=True)
class State:
    """What a data folder holds: papers, files as received, answers of the index, names of files, and errors in place of any."""

    papers: Mapping[str, str]
    files: Mapping[str, str]
    answers: Mapping[str, str]
    names: Mapping[str, int]
    errors: tuple[str, ...]

    @property
    def uncaught(self) -> tuple[str, ...]:
        """The errors that no user should see."""
        return tuple(error for error in self.errors if error.startswith(_DAMAGE))


def harmed(before: State, after: State, now: State) -> list[str]:
    """What is lost or wrong in a folder on its way from one state to another."""
    bad = [f"uncaught: {error}" for error in now.uncaught]
    if not any("catalogue" in error for error in now.errors):
        bad += [f"lost: {name}" for name in sorted((before.papers.keys() & after.papers.keys()) - now.papers.keys())]
    for what in ("papers", "files"):
        known = (getattr(before, what), getattr(after, what))
        bad += [f"wrong: {name}" for name, is_now in getattr(now, what).items() if all(is_now != one.get(name) for one in known)]
    bad += [f"lost: file {name}" for name in before.files if name not in now.files]
    return bad if now.answers in ({}, before.answers, after.answers) else [*bad, "wrong: answers"]


def unlike(state: State, wanted: State, *, names: bool = True) -> list[str]:
    """In what two states differ."""
    differences = [f"error: {error}" for error in state.errors]
    kinds = ("papers", "files", "answers")
    differences += [f"other {what}" for what in kinds if getattr(state, what) != getattr(wanted, what)]
    if names and state.names != wanted.names:
        more, less = Counter(state.names) - Counter(wanted.names), Counter(wanted.names) - Counter(state.names)
        differences.append(f"left behind: {sorted(more)}, not there: {sorted(less)}")
    return differences


class Trials:
    """Runs commands on data folders below a folder."""

    def __init__(self, control: Control, folder: Path) -> None:
        self._control = control
        self.folder = folder

    def run(
        self,
        arguments: Sequence[str],
        folder: Path,
        fault: Fault = NO_FAULT,
        record: Path | None = None,
        kill_after: float | None = None,
    ) -> Ended:
        """Run a command of the program; calls below ``folder`` fail as told, and are recorded if there is a file for it.

        With ``kill_after`` it is killed after so many seconds, unless it has ended before.
        """
        said = self.folder / "said"
        self._control.arm(folder, fault, record)
        child = os.fork()
        if not child:
            os._exit(_called(arguments, said))
        if kill_after is not None:
            time.sleep(kill_after)
            os.kill(child, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        failed, by_sqlite = self._control.get("failed"), self._control.get("sqlite")
        self._control.disarm()
        return Ended(status, said.read_text(errors="replace"), failed, by_sqlite)

    def counts(self) -> dict[str, int]:
        """How many calls of each kind the last command made, and how many bytes it wrote."""
        return {**self._control.counts(), "bytes": self._control.get("written")}

    def state(self, data: Path) -> State:
        """What a data folder holds, looked at in a process of its own."""
        result = self.folder / "state"
        self._control.arm(data)  # so that SQLite does not wait for the disk
        child = os.fork()
        if not child:
            code = UNCAUGHT
            try:
                result.write_text(json.dumps(_state(data)), encoding="utf-8")
                code = 0
            except BaseException:  # noqa: BLE001 - this is where a child ends
                traceback.print_exc()
            finally:
                os._exit(code)
        status = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])
        self._control.disarm()
        if status:
            return State({}, {}, {}, {}, (f"{_DAMAGE}looking ended with {status}",))
        found = json.loads(result.read_text(encoding="utf-8"))
        found["names"] = _names(data)
        return State(**{**found, "errors": tuple(found["errors"])})


class _ReadingHere:
    """Stands in for a process that reads files, which takes long to start and writes nothing: it reads them in this process."""

    number = 0

    def __init__(self, _: ReadingLimits) -> None:
        self._files: deque[OfficialFile] = deque()
        self.answered = 0

    def ask(self, files: list[OfficialFile]) -> None:
        """Take files to be read."""
        self._files += files

    def told(self, _: int) -> Told | Sign:
        """What is in the next of them."""
        try:
            return told_of(self._files.popleft())
        except MemoryError:
            return Sign.OUT_OF_MEMORY

    def end(self) -> None:
        """Nothing is left."""


def ready() -> None:
    """Load what every command needs, once for all children."""
    reader._Process = _ReadingHere  # type: ignore[assignment,misc]
    for module in set(COMMANDS.values()) - {"serve", "embed"}:
        import_module(f"kamerstukken.commands.{module}")
    dutch()


def warm(data: Path) -> None:
    """Look at a data folder in this process, so that its children need not load and work out again what that takes."""
    _state(data)


def copied(data: Path, to: Path) -> Path:
    """A copy of a data folder, in place of what was there."""
    shutil.rmtree(to, ignore_errors=True)
    if data.exists():
        shutil.copytree(data, to, symlinks=True)
    return to


def _called(arguments: Sequence[str], said: Path) -> int:
    """Call the program in this process, as the command line would; its exit status."""
    out = os.open(said, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    os.dup2(out, 1)
    os.dup2(out, 2)
    sys.argv = ["kamerstukken", *arguments]
    status = 0
    try:
        main()
    except SystemExit as ended:
        status = ended.code if isinstance(ended.code, int) else int(bool(ended.code))
    except BaseException:  # noqa: BLE001 - what no user should see is what is looked for
        traceback.print_exc()
        status = UNCAUGHT
    told(f"ended {status}")
    for stream in (sys.stdout, sys.stderr):
        stream.flush()
    return status


def _state(data: Path) -> dict[str, object]:
    where = Settings(data)
    errors: list[str] = []

    def asked(ask: Callable[[], dict[str, str]]) -> dict[str, str]:
        try:
            return ask()
        except KamerstukkenError as error:
            errors.append(str(error))
        except Exception:  # noqa: BLE001 - what no user should see is what is looked for
            errors.append(f"{_DAMAGE}{traceback.format_exc()}")
        return {}

    def papers() -> dict[str, str]:
        if not where.catalogue.exists():
            return {}
        with open_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
            whole = catalogue.connection.execute("PRAGMA integrity_check").fetchone()[0]
            if whole != "ok":
                raise ValueError(whole)
            rows = catalogue.connection.execute("SELECT identifier, fingerprint FROM papers ORDER BY identifier").fetchall()
            return {name: f"{mark} {_hash(repr(catalogue.get(Identifier(name))).encode())}" for name, mark in rows}

    def files() -> dict[str, str]:
        found = (path for path in sorted(where.archive.rglob("*")) if path.is_file() and "incoming" not in path.parts)
        return {str(path.relative_to(where.archive)): _hash(_OF_THE_RUN.sub(b"", path.read_bytes())) for path in found}

    def answers() -> dict[str, str]:
        if not where.index.exists():
            return {}
        questions = of_index(WhooshSearcher(where.index, Weights()), OF_THE_SOURCE)
        return {name: _hash(repr(ask()).encode()) for name, ask in questions.items()}

    return {"papers": asked(papers), "files": asked(files), "answers": asked(answers), "names": {}, "errors": errors}


def _hash(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def _names(data: Path) -> dict[str, int]:
    """How many files there are of each name, but for the files of the index's last commit, which may be merged or not.

    What is random or counted in a name is left out.
    """
    store = Store(data / "index")
    try:
        generation = store.current()
        committed = {str(generation / name) for name in read_contents(generation, store.commit(generation)).names()}
    except (KamerstukkenError, OSError):
        committed = set()
    names: Counter[str] = Counter()
    for path in data.rglob("*"):
        if str(path) not in committed and ".former-" not in path.name:  # which is kept on purpose
            name = str(path.relative_to(data))
            for random, instead in _RANDOM:
                name = re.sub(random, instead, name)
            names[name] += 1
    return dict(names)
