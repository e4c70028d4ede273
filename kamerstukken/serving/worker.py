"""A worker process: its connections, and an eye on whoever started it. Gunicorn starts, watches and ends the workers."""

from __future__ import annotations

import contextlib
import os
import resource
import sys
import time

from gunicorn.workers.base import Worker  # type: ignore[import-untyped] # gunicorn ships no types

from kamerstukken.limits import Limits
from kamerstukken.serving.connections import Server
from kamerstukken.serving.lanes import Lanes, widths
from web.lanes import LaneFinder
from web.refusals import Refusals

_TICK = 1.0
"""Seconds after which the worker looks round, when nothing happens."""
_SWITCH = 0.001
"""Seconds after which a thread that computes lets another go first; short, since most answers are."""
_SPARE_FILES = 200
"""Files that are open beside connections: of the index, the catalogue, replies on disk."""


class ServingWorker(Worker):  # type: ignore[misc] # gunicorn is untyped
    """Serves what gunicorn hands over: an application with its limits, on sockets that all workers share."""

    def run(self) -> None:
        """Serve until told to stop, or until the parent is gone."""
        limits: Limits = self.app.limits
        _allow_files(2 * limits.connections + _SPARE_FILES)
        sys.setswitchinterval(_SWITCH)
        lanes = Lanes(widths(limits))
        finder, refusals = LaneFinder(self.wsgi), Refusals(self.wsgi)
        (listening,) = self.sockets
        server = Server(self.wsgi, listening.sock, lanes, finder, refusals, limits, behind_proxy=self.app.behind_proxy)
        lanes.start()
        while self.alive and os.getppid() == self.ppid:
            self._look_round(server)
        server.stop()
        until = time.monotonic() + self.cfg.graceful_timeout
        while time.monotonic() < until and not server.is_done():
            self._look_round(server)
        lanes.end()

    def _look_round(self, server: Server) -> None:
        self.notify()
        server.look_round(_TICK)


def _allow_files(wanted: int) -> None:
    """Let this process have so many files open, as far as it may."""
    soft, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted if most == resource.RLIM_INFINITY else min(wanted, most), most))
