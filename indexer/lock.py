"""One writer at a time in a data folder, by a lock of the kernel: it goes with the process, however that ends."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from indexer.errors import ArchiveError, BusyError


@contextmanager
def writing(data: Path, what: str) -> Iterator[None]:
    """Hold the writing lock of ``data`` (made if need be); ``what`` tells others what is going on.

    Raises:
        BusyError: another process holds it; the message names that process and what it does.
        ArchiveError: the folder cannot be made or written.
    """
    path = data / "lock"
    try:
        data.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    except OSError as error:
        raise ArchiveError(f"{data}: cannot be used as data folder: {error.strerror or error}") from error
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            holder = os.pread(handle, 200, 0).decode("utf-8", "replace").strip() or "another process"
            raise BusyError(f"{data}: {holder} is writing here; wait until it is done, or use another --data") from error
        os.ftruncate(handle, 0)
        os.pwrite(handle, f"process {os.getpid()} ({what})".encode(), 0)
        yield
    finally:
        os.close(handle)
