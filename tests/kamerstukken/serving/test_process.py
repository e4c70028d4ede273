"""The server as it is started: nobody who is slow stops it, and nothing of it is left behind."""

from __future__ import annotations

import http.client
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import pytest

_PATIENCE = 120
"""Seconds for what takes one or two on a machine with nothing else to do."""
_SLOW = 40


@dataclass(frozen=True)
class Running:
    """A server that answers."""

    process: subprocess.Popen[str]
    port: int

    def ask(self, path: str) -> tuple[int, bytes]:
        """The status and the reply."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=_PATIENCE)
        try:
            connection.request("GET", path)
            response = connection.getresponse()
            return response.status, response.read()
        finally:
            connection.close()

    def ends(self) -> str:
        """What was said until the last of its processes had ended; each of them holds the other end of the pipe."""
        return self.process.communicate(timeout=_PATIENCE)[1]


def command(data: Path, port: int, *further: str) -> list[str]:
    """Serve this data folder."""
    program = str(Path(sys.executable).with_name("kamerstukken"))
    return [program, "serve", "--data", str(data), "--port", str(port), "--workers", "2", *further]


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port: int = probe.getsockname()[1]
        return port


@contextmanager
def started(folder: Path) -> Iterator[Running]:
    """A server that answers."""
    port = free_port()
    process = subprocess.Popen(
        command(folder / "data", port), cwd=folder, stderr=subprocess.PIPE, text=True, start_new_session=True
    )
    served = Running(process, port)
    try:
        for _ in range(_PATIENCE * 10):
            try:
                served.ask("/healthz")
                break
            except ConnectionError:
                assert process.poll() is None
                signal.sigtimedwait([], 0.1)
        yield served
    finally:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGKILL)
        process.communicate(timeout=_PATIENCE)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with started(tmp_path_factory.mktemp("served")) as served:
        yield served


def test_nobody_waits_for_those_who_send_slowly(running: Running) -> None:
    with ExitStack() as open_sockets:
        for number in range(_SLOW):
            slow = open_sockets.enter_context(socket.create_connection(("127.0.0.1", running.port), _PATIENCE))
            slow.sendall(b"GET /healthz HTTP/1.1\r\nHost: x\r\nX-Slow: "[: 1 + number])

        assert running.ask("/api")[0] == 200
        assert running.ask("/static/style.css")[0] == 200


def test_nobody_waits_for_those_who_hung_up(running: Running) -> None:
    for _ in range(_SLOW):
        with socket.create_connection(("127.0.0.1", running.port), _PATIENCE) as hung_up:
            hung_up.sendall(b"GET /status HTTP/1.1\r\nHost: x\r\n\r\n")

    assert running.ask("/api")[0] == 200


def test_a_port_that_is_taken_is_told_in_one_line(running: Running) -> None:
    done = subprocess.run(command(Path("data"), running.port), capture_output=True, text=True, timeout=_PATIENCE, check=False)

    assert done.returncode == 1
    assert "cannot be listened on" in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_no_worker_is_left_behind_when_the_parent_is_killed(tmp_path: Path) -> None:
    with started(tmp_path) as served:
        os.kill(served.process.pid, signal.SIGKILL)

        served.ends()

        with pytest.raises(ConnectionError):
            served.ask("/healthz")


def test_a_server_told_to_stop_leaves_nothing_behind_and_says_no_more(tmp_path: Path) -> None:
    with started(tmp_path) as served:
        served.process.send_signal(signal.SIGTERM)

        said = served.ends()

        assert served.process.returncode == 0
        assert [line for line in said.splitlines() if "stop with Ctrl+C" not in line] == []
