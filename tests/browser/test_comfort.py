"""What script adds: keys, completion, dragging over the years, narrowing a list, stepping through the marks."""

from __future__ import annotations

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect


@pytest.fixture
def page(browser: Browser, site: str) -> Iterator[Page]:
    """A page of a visitor with script."""
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    context.set_default_timeout(10_000)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("keys", ["Control+k", "Meta+k"])
def test_keys_go_to_the_box(page: Page, keys: str) -> None:
    page.goto("/kst-91066-83")
    page.keyboard.press(keys)
    expect(page.locator("#q")).to_be_focused()


def test_the_box_completes_words_dossiers_and_names(page: Page) -> None:
    page.goto("/zoeken?q=")
    page.locator("#q").press_sequentially("einddatum cool")
    options = page.get_by_role("option")
    expect(options.first).to_contain_text("einddatum cool")  # not those of what was typed before
    page.keyboard.press("ArrowDown")
    expect(options.first).to_have_attribute("aria-selected", "true")
    first = page.locator("#q").input_value()
    assert first.startswith("einddatum cool")
    page.keyboard.press("Escape")
    expect(page.locator("#q")).to_have_value("einddatum cool")
    expect(options.first).to_be_hidden()

    page.locator("#q").fill("")
    page.locator("#q").press_sequentially("akkerv")
    page.get_by_role("option", name="L. van den Akkerveld").click()
    page.wait_for_url("**/zoeken?q=minister**")
    assert parse_qs(urlsplit(page.url).query)["q"] == ['minister:"L. van den Akkerveld"']


def test_years_are_chosen_by_dragging_and_one_by_a_click(page: Page) -> None:
    page.goto("/zoeken?q=Cool:Gen")
    for year in (2018, 2022):
        place = page.locator(f"svg.chart a[data-year='{year}'] .slot").bounding_box()
        assert place
        page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
        if year == 2018:
            page.mouse.down()
    assert page.locator("svg.chart a.picked").count() == 5
    page.mouse.up()
    page.wait_for_url("**van=2018&tot=2022**")
    assert page.locator("svg.chart a.chosen").count() == 5

    page.locator("svg.chart a[data-year='2020']").click()
    page.wait_for_url("**year=2020**")
    assert parse_qs(urlsplit(page.url).query) == {"q": ["Cool:Gen"], "year": ["2020"]}


def test_marks_are_stepped_through(page: Page) -> None:
    page.goto("/kst-91066-83?q=Cool:Gen")
    for expected in ("1", "2"):
        page.get_by_role("button", name="Volgende vindplaats").click()
        expect(page.locator("mark.current")).to_have_id(f"vindplaats-{expected}")
        expect(page.locator("mark.current")).to_be_in_viewport()
    page.get_by_role("button", name="Vorige vindplaats").click()
    expect(page.locator("mark.current")).to_have_id("vindplaats-1")


def test_a_note_beside_the_text_closes_with_escape(page: Page) -> None:
    page.set_viewport_size({"width": 1000, "height": 800})
    page.goto("/kst-91066-83")
    note = page.locator(".note").first
    note.locator("a.noteref").focus()
    expect(note.locator(".aside")).to_be_visible()
    page.keyboard.press("Escape")
    expect(note.locator(".aside")).to_be_hidden()
