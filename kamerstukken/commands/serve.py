"""``kamerstukken serve``: the pages and the API, by workers that gunicorn starts, watches and ends.

Each worker sees to it that readers need not wait for its memory to be tidied up (``few_pauses``). A full collection of circular
garbage goes over every word that is remembered, a third of a second for some hundred thousand of them, and finds next to
nothing: answers leave no circles behind, and requests few. What is in no circle is freed at once anyway. And the allocator gives
the memory of each large array back to the system, which then clears it again for the next one.
"""

from __future__ import annotations

import ctypes
import gc
import socket
from importlib.metadata import version
from pathlib import Path

import click
from flask import Flask
from gunicorn.app.base import BaseApplication  # type: ignore[import-untyped] # gunicorn ships no types

from indexer.errors import ArchiveError
from kamerstukken.engines import kept_index
from kamerstukken.serving.worker import ServingWorker
from kamerstukken.settings import Settings, data_option, engine_option, settings
from kamerstukken.wiring import web_app

_YOUNG, _MIDDLE, _FULL = 700, 10, 1000
"""New objects, and collections of one age, before the next older are collected; by default a full one follows ten others."""

_TRIM_THRESHOLD, _MMAP_THRESHOLD = -1, -3
"""Options of the allocator (``malloc.h`` of glibc): from how much free memory on it is given back, and what is kept apart."""
_KEPT, _APART = 128 << 20, 32 << 20
"""Their values in bytes; the second is the greatest that is allowed."""


def few_pauses() -> None:
    """Leave what is in memory now out of collections, make full ones rare and keep memory that is freed; in this process."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(_YOUNG, _MIDDLE, _FULL)
    option = getattr(ctypes.CDLL(None), "mallopt", None)  # only glibc has it
    if option:
        option(_TRIM_THRESHOLD, _KEPT)
        option(_MMAP_THRESHOLD, _APART)


class _Server(BaseApplication):  # type: ignore[misc] # gunicorn is untyped
    """Gunicorn with our settings; it makes the app in every worker."""

    def __init__(self, where: Settings, options: dict[str, object], *, behind_proxy: bool) -> None:
        self._where = where
        self.limits = where.limits
        self.behind_proxy = behind_proxy
        self._options = options
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options.items():
            self.cfg.set(name, value)

    def load(self) -> Flask:
        app = web_app(self._where, version("kamerstukken"), behind_proxy=self.behind_proxy)
        few_pauses()
        return app


def _refuse_taken(host: str, port: int) -> None:
    """Say in one line that the address cannot be had; gunicorn would try several times.

    Raises:
        ArchiveError: something else listens there, or the address is not of this machine.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as error:
            raise ArchiveError(
                f"{host}:{port}: cannot be listened on: {error.strerror or error}; choose another --port"
            ) from error


@click.command("serve")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port to listen on.")
@click.option("--workers", default=2, show_default=True, type=click.IntRange(1, 64), help="Processes; one or two a core.")
@click.option(
    "--behind-proxy",
    is_flag=True,
    envvar="KAMERSTUKKEN_BEHIND_PROXY",
    help="Take scheme and host of addresses from X-Forwarded-Proto and X-Forwarded-Host, and who visits from X-Forwarded-For; "
    "only behind a proxy that sets all three.",
)
@click.option(
    "--allowed-host",
    "allowed_hosts",
    metavar="HOST",
    multiple=True,
    help="A host to answer to, .example.nl for all below it; others get error 400. Else KAMERSTUKKEN_ALLOWED_HOSTS, else "
    "kamerstukken.toml, else every host.",
)
@engine_option
@data_option
def serve_command(
    host: str,
    port: int,
    workers: int,
    behind_proxy: bool,
    allowed_hosts: tuple[str, ...],
    data: Path | None,
    engine: str | None,
) -> None:
    """Serve the search pages.

    \b
    Examples:
        kamerstukken serve
        kamerstukken serve --port 9000 --data /srv/kamerstukken
        kamerstukken serve --behind-proxy --allowed-host kamerstukken.example.nl      (see docs/serving.md)
    """
    where = settings(data, engine=engine, allowed_hosts=allowed_hosts)
    kept_index(where)  # what is wrong with the engine's settings is said before there are workers
    shown = f"[{host}]" if ":" in host else host
    _refuse_taken(host, port)
    click.echo(f"Kamerstukken on http://{shown}:{port}/ (stop with Ctrl+C)", err=True)
    options: dict[str, object] = {
        "bind": f"{shown}:{port}",
        "workers": workers,
        "worker_class": ServingWorker,
        "timeout": 60,
        "graceful_timeout": 10,
        "loglevel": "warning",
        "control_socket_disable": True,
    }
    _Server(where, options, behind_proxy=behind_proxy).run()
