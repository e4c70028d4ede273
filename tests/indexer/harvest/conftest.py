"""What several tests of the harvest begin with."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import nullcontext, suppress
from pathlib import Path

import pytest

from indexer.worker.reader import Reader
from tests.indexer.harvest.bench import Bench, bench
from tests.indexer.harvest.clients import Raw
from tests.official_source.papers import small


@pytest.fixture
def twelve(tmp_path: Path) -> Iterator[Bench]:
    """A source with twelve papers."""
    with bench(tmp_path, [small(number) for number in range(1, 13)]) as made:
        yield made


@pytest.fixture
def raw() -> Iterator[Raw]:
    """Makes servers that give every connection the same bytes, in small steps if wanted; gives their addresses."""
    listeners: list[socket.socket] = []
    threads: list[threading.Thread] = []

    def serve(listener: socket.socket, answer: bytes, step: int) -> None:
        with suppress(OSError):  # the client goes away, or the test is over
            while True:
                connection, _ = listener.accept()
                with connection, suppress(OSError):
                    connection.recv(65536)
                    for i in range(0, len(answer), step):
                        connection.sendall(answer[i : i + step])
                        if step < len(answer):
                            time.sleep(0.001)  # so that they are pieces

    def start(answer: bytes, *, step: int = 1_000_000) -> str:
        listener = socket.create_server(("127.0.0.1", 0))
        listeners.append(listener)
        threads.append(threading.Thread(target=serve, args=(listener, answer, step)))
        threads[-1].start()
        return f"http://127.0.0.1:{listener.getsockname()[1]}/x"

    yield start
    for listener in listeners:
        listener.shutdown(socket.SHUT_RDWR)
        listener.close()
    for thread in threads:
        thread.join()


@pytest.fixture(scope="session")
def shared_reader() -> Iterator[Reader]:
    """One process for all tests of the harvest, each of which reads few files."""
    with Reader() as reader:
        yield reader


@pytest.fixture(autouse=True)
def few_processes(shared_reader: Reader, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let no harvest start a process of its own."""
    monkeypatch.setattr("indexer.harvest.loop.Reader", lambda: nullcontext(shared_reader))
