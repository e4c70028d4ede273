"""What a process that reads files runs: it answers each file with what is in it, until nobody is there any more.

``python -m indexer.worker.program PIPE PARENT SECONDS PDF_SECONDS GRACE MEMORY``. It bounds itself: the system ends it when a
file takes too much work, and refuses it memory beyond its limit; that no file takes too long, its parent watches. It ends with
its parent, however that ends.
"""

from __future__ import annotations

import ctypes
import gc
import logging
import os
import signal
import sys
import time
from contextlib import suppress
from dataclasses import astuple
from multiprocessing.connection import Connection
from pathlib import Path

from indexer.catalogue.tweede_kamer import is_record, read_records
from indexer.errors import PaperError
from indexer.paper.codec import encode
from indexer.reading.official_file import OfficialFile, read_paper
from indexer.worker.messages import ReadingLimits, Sign, Told

try:
    import resource
except ImportError:  # not on every system; there the parent's clock remains
    resource = None  # type: ignore[assignment]

_ENDS_WITH_PARENT = 1
"""PR_SET_PDEATHSIG of Linux. Elsewhere the pipe ends with the parent, and a file that is being read at its limit."""


def command(pipe: int, parent: int, limits: ReadingLimits) -> list[str]:
    """How to start this program."""
    return [sys.executable, "-P", "-m", __name__, *map(str, (pipe, parent, *astuple(limits)))]


def told_of(file: OfficialFile) -> Told:
    """What is in a file, or what is wrong with it; an error of the readers themselves is one of this file only.

    Raises:
        MemoryError: it takes more than there is.
    """
    try:
        return read_records(file.content) if is_record(file) else encode(read_paper(file))
    except PaperError as error:
        return error
    except ValueError as error:
        return PaperError(file.where, str(error))
    except MemoryError:
        raise
    except Exception as error:  # noqa: BLE001 - whatever a reader does wrong, the other files are read
        reason = " ".join(str(error).split())[:160]
        return PaperError(file.where, f"the reader of this form has an error of its own ({type(error).__name__}: {reason})")


def _bound_memory(memory: int) -> None:
    if resource:
        for kind, limit in ((resource.RLIMIT_AS, memory), (resource.RLIMIT_CORE, 0)):
            with suppress(ValueError, OSError):
                resource.setrlimit(kind, (limit, limit))


def _bound_work(seconds: int, bound: int) -> int:
    """Let the system end this process after so many further seconds of work; gives the second of its work at which it does.

    ``bound`` is the one that was set before. The system takes as long to set it as to read a small page, so the same one is not
    set again.
    """
    end = int(time.process_time()) + seconds + 1
    if resource and end != bound:
        with suppress(ValueError, OSError):
            _, hard = resource.getrlimit(resource.RLIMIT_CPU)
            resource.setrlimit(resource.RLIMIT_CPU, (end, hard))
    return end


def _end_with(parent: int) -> None:
    """Have the system end this process with its parent, and before any other when memory runs out on the machine."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_ENDS_WITH_PARENT, signal.SIGKILL)
        with suppress(OSError):
            Path("/proc/self/oom_score_adj").write_text("1000", encoding="ascii")
    if os.getppid() != parent:
        raise SystemExit(0)


def _answer(pipe: Connection, limits: ReadingLimits) -> None:
    pipe.send(Sign.READY)
    bound = 0
    try:
        while True:
            files: list[OfficialFile] = pipe.recv()
            for file in files:
                bound = _bound_work(limits.seconds_for(file), bound)
                pipe.send(told_of(file))
    except MemoryError:
        pipe.send(Sign.OUT_OF_MEMORY)


def main() -> None:
    """Read what is asked through the pipe."""
    handle, parent, *numbers = map(int, sys.argv[1:])
    logging.disable()
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # whoever interrupts the parent ends this process through it
    _end_with(parent)
    limits = ReadingLimits(*numbers)
    _bound_memory(limits.memory)
    gc.freeze()  # what is here now stays; the collector need not look at it again and again
    with suppress(EOFError, OSError):
        _answer(Connection(handle), limits)


if __name__ == "__main__":
    main()
