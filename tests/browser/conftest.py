"""The site over the sample, served on the loopback address as users serve it, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, sync_playwright

from indexer.catalogue.catalogue import open_catalogue
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.cli import group
from kamerstukken.settings import ON_A_CLUSTER, ON_THIS_MACHINE, Settings

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
FLAGS = (
    "--no-sandbox",  # as root, as in a container, Chromium runs only without
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_PATIENCE = 60
"""Seconds in which the server must answer."""


def chromium() -> str | None:
    """The browser of the system, or the one that ``CHROMIUM`` names."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@contextmanager
def served(data: Path, engine: str = ON_THIS_MACHINE) -> Iterator[str]:
    """Index the sample from a data folder and serve it; gives the address, and ends the server with its workers.

    One more paper was there and was withdrawn.
    """
    withdrawn = Kamerstuk(Identifier("kst-91066-999"), title="Ingetrokken")
    with open_catalogue(Settings(data).catalogue, PARSER_VERSION) as catalogue, catalogue.transaction():
        catalogue.put(withdrawn, "", "html")
        catalogue.remove(withdrawn.identifier)
    done = CliRunner().invoke(group, ["index", str(SAMPLE), "--data", str(data), "--engine", engine])
    assert done.exit_code == 0, done.output
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    program = Path(sys.executable).with_name("kamerstukken")
    server = subprocess.Popen(
        [str(program), "serve", "--data", str(data), "--engine", engine, "--port", str(port), "--workers", "1"],
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # A cluster on a busy machine may need longer than usual.
        env={**os.environ, "KAMERSTUKKEN_ANSWER_SECONDS": str(_PATIENCE)},
    )
    address = f"http://127.0.0.1:{port}"
    try:
        deadline = time.monotonic() + _PATIENCE
        while True:
            try:
                with urllib.request.urlopen(f"{address}/healthz", timeout=_PATIENCE):  # noqa: S310 - the loopback address
                    break
            except OSError:
                assert time.monotonic() < deadline, "the server does not answer"
                time.sleep(0.1)
        yield address
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(_PATIENCE)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site."""
    with served(tmp_path_factory.mktemp("browser")) as address:
        yield address


@pytest.fixture(scope="session")
def site_on_a_cluster(opensearch_nodes: tuple[str, ...], tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the same site over OpenSearch."""
    name = f"walk-{os.getpid()}"
    with served(tmp_path_factory.mktemp("walk"), f"{ON_A_CLUSTER}:{','.join(opensearch_nodes)}/{name}") as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Headless Chromium, one for all tests."""
    found = chromium()
    if found is None:
        pytest.skip("no Chromium here; install Debian's chromium or name one in CHROMIUM")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(params=["script", "no-script", "opensearch"])
def visit(request: pytest.FixtureRequest, browser: Browser) -> Iterator[BrowserContext]:
    """A visitor with script, one without, and one whose site is over OpenSearch: the engine makes no difference to scripts."""
    site = request.getfixturevalue("site_on_a_cluster" if request.param == "opensearch" else "site")
    script = request.param != "no-script"
    context = browser.new_context(base_url=site, java_script_enabled=script, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(10_000)
    yield context
    context.close()
