"""What a page asks of the reader's machine and line: bytes, hosts, jumps, movement."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Response

from tests.browser.kinds import PAGES

MOST_BYTES = 60_000
"""Of a page with its style and script, without the text of a paper."""


@pytest.mark.parametrize("name", [name for name in PAGES if name not in ("stuk", "begroting")])
def test_a_page_is_light_and_stays_with_its_own_host(browser: Browser, site: str, name: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    responses: list[Response] = []
    page.on("response", lambda response: responses.append(response))  # noqa: PLW0108 - a built-in cannot be a handler
    page.goto(PAGES[name], wait_until="networkidle")
    sizes = {response.url: response.request.sizes()["responseBodySize"] for response in responses}
    context.close()
    assert all(url.startswith(site) for url in sizes)
    assert sum(sizes.values()) < MOST_BYTES, sizes


@pytest.mark.parametrize("name", ["begin", "zoeken", "stuk"])
def test_nothing_shifts_while_a_page_loads(browser: Browser, site: str, name: str) -> None:
    page = browser.new_page(base_url=site, viewport={"width": 360, "height": 800})
    page.add_init_script(
        "window.shift = 0;"
        "new PerformanceObserver((list) => { for (const entry of list.getEntries()) window.shift += entry.value; })"
        ".observe({ type: 'layout-shift', buffered: true });"
    )
    page.goto(PAGES[name], wait_until="networkidle")
    shift = page.evaluate("window.shift")
    page.close()
    assert shift == 0


def test_nothing_moves_for_who_wants_it_still(browser: Browser, site: str) -> None:
    page = browser.new_page(base_url=site, reduced_motion="reduce")
    page.goto(PAGES["stuk"])
    moving = page.evaluate(
        "[...document.querySelectorAll('*')].filter((e) => { const s = getComputedStyle(e);"
        " return s.animationName !== 'none' || parseFloat(s.transitionDuration) > 0 || s.scrollBehavior === 'smooth'; }).length"
    )
    page.close()
    assert moving == 0


def test_no_page_sets_a_cookie_or_keeps_anything(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    for address in PAGES.values():
        page.goto(address)
    kept = page.evaluate("[localStorage.length, sessionStorage.length]")
    cookies = context.cookies()
    context.close()
    assert kept == [0, 0]
    assert cookies == []
