"""A process that reads files within limits, seen from the one that it reads for.

Whatever becomes of that process, each file gets an answer: one that takes too much is one failure that says so, and those asked
with it are read by another process. A process may also end through no fault of the file, so that one is tried twice before it
is blamed.
"""

from __future__ import annotations

import os
import select
import signal
import subprocess
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass
from multiprocessing import Pipe
from typing import Self

from indexer.catalogue.tweede_kamer import ODataRecords
from indexer.errors import PaperError, ReaderMissing
from indexer.paper.codec import decode
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import OfficialFile
from indexer.worker.messages import USUAL, ReadingLimits, Sign, Told
from indexer.worker.program import command

_STARTS = 3
"""A process that does not come up is started so often."""
_START_SECONDS = 120
"""On a busy machine a process may take long to start."""


@dataclass(frozen=True, slots=True)
class EncodedPaper:
    """A paper that was read from a file, and the bytes that the catalogue keeps of it."""

    paper: Kamerstuk
    body: bytes


Reading = EncodedPaper | ODataRecords | PaperError
"""What is in a file, or what is wrong with it."""


class _Ended(Exception):
    """The process has ended."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self.busy = code == -signal.SIGXCPU
        """Whether the system ended it for having worked too long."""


class _TooLong(Exception):
    """There is no answer in time."""


class _Process:
    """A process that was started; it answers files in the order in which they are asked."""

    def __init__(self, limits: ReadingLimits) -> None:
        self._pipe, theirs = Pipe()
        with theirs:
            self._process = subprocess.Popen(  # noqa: S603 - our own module with numbers; files go through the pipe
                command(theirs.fileno(), os.getpid(), limits),
                pass_fds=(theirs.fileno(),),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                process_group=0,  # not interrupted at the terminal, but through us
            )
        self._answers = select.poll()  # that of the pipe makes another one for every file
        self._answers.register(self._pipe.fileno(), select.POLLIN)
        self._ready = False
        self.answered = 0
        """How many files it has answered."""

    @property
    def number(self) -> int:
        """That of the process in the system."""
        return self._process.pid

    def ask(self, files: list[OfficialFile]) -> None:
        """Ask files when all before them are answered: else both ends of the pipe could wait for each other.

        Raises:
            _TooLong: it does not start in time.
            _Ended: it has ended.
        """
        if not self._ready:
            self.told(_START_SECONDS)
            self._ready = True
        try:
            self._pipe.send(files)
        except OSError as error:
            raise _Ended(self._process.wait()) from error

    def told(self, seconds: int) -> Told | Sign:
        """What it tells next, within so many seconds.

        Raises:
            _TooLong: it does not tell in time.
            _Ended: it has ended.
        """
        try:
            if not self._answers.poll(seconds * 1000):
                raise _TooLong
            told: Told | Sign = self._pipe.recv()
        except (EOFError, OSError) as error:
            raise _Ended(self._process.wait()) from error
        return told

    def end(self) -> None:
        """End it, whatever it does."""
        self._pipe.close()
        self._process.kill()
        self._process.wait()


class Reader:
    """Reads files in another process, which is started when it is needed. For use in a ``with`` statement."""

    def __init__(self, limits: ReadingLimits = USUAL) -> None:
        self._limits = limits
        self._process: _Process | None = None
        self._asked: deque[OfficialFile] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    @property
    def process(self) -> int | None:
        """The number of its process in the system; None when there is none."""
        return self._process.number if self._process else None

    def start(self) -> None:
        """Have a process ready for what will be asked; it starts while the caller goes on.

        Raises:
            ReaderMissing: the system does not start it.
        """
        try:
            self._process = self._process or _Process(self._limits)
        except OSError as error:
            raise ReaderMissing(f"no process can be started to read files: {error.strerror or error}") from error

    def ask(self, files: Iterable[OfficialFile]) -> None:
        """Have files read; ``answer`` gives what is in each. All that were asked before must be answered.

        Raises:
            ReaderMissing: no process can be started.
        """
        self._asked += files
        self._ask()

    def answer(self) -> Reading:
        """What is in the next of the files that were asked.

        Raises:
            ReaderMissing: no process can be started.
        """
        file = self._asked[0]
        reading = self._answer(file) or self._answer(file, again=True)
        self._asked.popleft()
        if reading is None:
            reading = PaperError(file.where, "reading it ended the process that did so, twice; look for a sound copy")
        if self._process is None:
            self._ask()
        return reading

    def answer_to(self, file: OfficialFile) -> Reading:
        """What is in one file; all that were asked before must be answered.

        Raises:
            ReaderMissing: no process can be started.
        """
        self.ask((file,))
        return self.answer()

    def read(self, file: OfficialFile) -> EncodedPaper:
        """The paper in a file.

        Raises:
            PaperError: there is none, or it cannot be read within the limits; its reason says why.
            ReaderMissing: no process can be started.
        """
        reading = self.answer_to(file)
        if isinstance(reading, PaperError):
            raise reading
        if isinstance(reading, ODataRecords):
            raise PaperError(file.where, "the file holds records of the Tweede Kamer where a paper was expected")
        return reading

    def _answer(self, file: OfficialFile, *, again: bool = False) -> Reading | None:
        """What is in a file; None when the process has ended over it and it may not be the file's fault."""
        if self._process is None:
            self._ask()
        process = self._process
        if process is None:
            return None
        seconds = self._limits.seconds_for(file)
        try:
            told = process.told(seconds + self._limits.grace)
        except _TooLong:
            self._end()
            return PaperError(file.where, f"reading it takes more than {seconds + self._limits.grace} seconds")
        except _Ended as ended:
            self._end()
            return PaperError(file.where, f"reading it takes more than {seconds} seconds of work") if ended.busy else None
        if isinstance(told, Sign):
            self._end()
            # A process that has read others may have little room left.
            fresh = again or not process.answered
            reason = f"reading it takes more than {self._limits.memory // 2**20:,} MiB of memory"
            return PaperError(file.where, reason) if fresh else None
        process.answered += 1
        return EncodedPaper(decode(told), told) if isinstance(told, bytes) else told

    def _ask(self) -> None:
        """Send what is still to be answered to a process, which is started if there is none."""
        for _ in range(_STARTS):
            if not self._asked:
                return
            self.start()
            try:
                if self._process:
                    self._process.ask(list(self._asked))
            except (_TooLong, _Ended):
                self._end()
            else:
                return
        raise ReaderMissing("no process can be started to read files; the machine may be out of memory, or of processes")

    def _end(self) -> None:
        if self._process:
            self._process.end()
            self._process = None
