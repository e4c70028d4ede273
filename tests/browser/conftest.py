"""The site over the sample, served on the loopback address, and a browser to look at it."""

from __future__ import annotations

import os
import shutil
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from playwright.sync_api import Browser, BrowserContext, sync_playwright
from werkzeug.serving import make_server

from kamerstukken.cli import group
from kamerstukken.settings import Settings
from kamerstukken.wiring import web_app

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
FLAGS = (
    "--no-sandbox",  # as root, as in a container, Chromium runs only without
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)


def chromium() -> str | None:
    """The browser of the system, or the one that ``CHROMIUM`` names."""
    return os.environ.get("CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site."""
    data = tmp_path_factory.mktemp("browser")
    done = CliRunner().invoke(group, ["index", str(SAMPLE), "--data", str(data)])
    assert done.exit_code == 0, done.output
    server = make_server("127.0.0.1", 0, web_app(Settings(data), "1.2.3"), threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


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


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def visit(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[BrowserContext]:
    """A visitor with script, and one without."""
    context = browser.new_context(base_url=site, java_script_enabled=request.param, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(10_000)
    yield context
    context.close()
