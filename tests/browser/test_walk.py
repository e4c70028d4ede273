"""What people come for, walked in a browser: with script, without it, and by keyboard alone."""

from __future__ import annotations

import csv
import io
import re
from urllib.parse import parse_qs, urlsplit

from lxml import etree
from playwright.sync_api import BrowserContext, Locator, Page, expect

ATOM = {"a": "http://www.w3.org/2005/Atom"}
CITATION = "Kamerstukken II 2023/24, 91 066, nr. 83 (verzonnen voorbeeld)"


def total(page: Page) -> int:
    """The number of papers the results speak of."""
    found = re.match(r"[\d.]+", page.get_by_role("heading", level=1).inner_text())
    assert found
    return int(found[0].replace(".", ""))


def chosen(page: Page) -> dict[str, list[str]]:
    """The parameters of the address."""
    return parse_qs(urlsplit(page.url).query)


def search(page: Page, query: str) -> None:
    """Type a query in the box of the start page."""
    page.goto("/")
    page.get_by_role("searchbox").or_(page.get_by_role("combobox")).first.fill(query)
    page.get_by_role("button", name="Zoek").click()


def test_a_subject_is_found_across_the_years_and_narrowed(visit: BrowserContext) -> None:
    page = visit.new_page()
    search(page, "Cool:Gen")
    everything = total(page)
    assert everything > 25

    page.get_by_role("complementary").get_by_role("link", name=re.compile(r"^91\s066")).first.click()
    in_dossier = total(page)
    assert 0 < in_dossier < everything

    page.get_by_label("Van", exact=True).fill("2018")
    page.get_by_label("t/m", exact=True).fill("2024")
    page.get_by_role("button", name="Kies jaren").click()
    assert 0 < total(page) < in_dossier
    assert page.get_by_role("link", name="Verwijder filter: Jaar 2018–2024").is_visible()

    page.get_by_role("link", name="Nieuwste").click()
    days = page.locator(".hit time").evaluate_all("all => all.map((time) => time.dateTime)")
    assert days == sorted(days, reverse=True)
    assert all("2018" <= day < "2025" for day in days)

    page.get_by_role("link", name="Verwijder filter: Dossier").click()
    assert total(page) > len(days)


def test_a_passage_leads_through_its_footnote_to_the_paper_it_cites_and_to_its_file(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto("/zoeken?q=Cool:Gen+einddatum&dossier=91066&year=2024")
    page.locator(".hit .snippets a.where").first.click()
    assert page.url.split("#")[1], "the link leads to the passage itself"
    expect(page.locator(f"[id='{page.url.split('#')[1]}']")).to_be_in_viewport()

    page.goto("/kst-91066-83?q=Cool:Gen")
    page.locator("a.noteref", has_text=re.compile("^2$")).first.click()
    note = page.locator("section.notes li:target")
    expect(note).to_be_in_viewport()
    expect(note).to_contain_text("Het eerdere jaar staat in")
    cited = note.get_by_role("link", name="91 066, nr. 75")
    cited.click()
    assert urlsplit(page.url).path == "/kst-91066-75"

    # The sample is invented: its papers have no page at a publisher, only the file that was received.
    file = page.get_by_role("list", name="Bestand in dit archief").get_by_role("link").first
    assert file.inner_text() == "HTML"
    assert visit.request.get(file.get_attribute("href") or "").ok
    assert page.locator("#aangehaald").is_visible()
    assert page.locator(".cited-by blockquote", has_text="Het eerdere jaar staat in").count() == 1


def test_versions_stand_below_the_newest_and_can_be_shown_apart(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto("/zoeken?q=motie+dossier:91066")
    everything, hits = total(page), page.locator(".hit").count()
    version = page.locator(".versions a").first
    expect(version).to_contain_text("vervangen, nr.")
    page.get_by_role("link", name="Toon versies apart").click()
    expect(page.get_by_role("link", name="Toon versies samen")).to_be_visible()
    assert total(page) == everything
    assert page.locator(".hit").count() > hits
    assert chosen(page)["fold"] == ["0"]
    page.get_by_role("link", name="Toon versies samen").click()
    expect(page.locator(".hit")).to_have_count(hits)
    page.locator(".versions a").first.click()
    expect(page.locator("mark").first).to_be_visible()


def test_results_are_taken_along_as_feed_and_table(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto("/zoeken?q=Cool:Gen&dossier=91066")
    everything = total(page)

    feed = page.locator("main").get_by_role("link", name="Volgen (Atom)").get_attribute("href")
    assert feed
    answer = visit.request.get(feed)
    assert answer.headers["content-type"].startswith("application/atom+xml")
    entries = etree.fromstring(answer.body()).findall("a:entry", ATOM)
    assert len(entries) == everything
    again = visit.request.get(feed, headers={"If-None-Match": answer.headers["etag"]})
    assert again.status == 304

    with page.expect_download() as download:
        page.locator("main").get_by_role("link", name="CSV").click()
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == everything + 1
    assert sum("kst-91066-83" in row for row in rows) == 1


def test_the_citation_is_copied(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto("/kst-91066-83")
    expect(page.locator(".cite-text")).to_have_text(CITATION)
    button = page.get_by_role("button", name="Kopieer")
    if button.count():  # with script; without, the text is selected as a whole by one click
        visit.grant_permissions(["clipboard-read", "clipboard-write"])
        button.click()
        expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()").replace("\u00a0", " ") == CITATION


def reach(page: Page, wanted: Locator, most: int = 120) -> None:
    """Press the tab key until the element has the focus, and see that the focus shows."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if wanted.evaluate("(element) => element === document.activeElement"):
            outline = wanted.evaluate(
                "(element) => [element, element.parentElement].some((e) => getComputedStyle(e).outlineStyle !== 'none')"
            )
            assert outline, "the focus cannot be seen"
            return
    raise AssertionError(f"{wanted} cannot be reached by keyboard")


def test_all_of_it_by_keyboard_alone(visit: BrowserContext) -> None:
    page = visit.new_page()
    page.goto("/")
    box = page.locator("#q")
    if not box.evaluate("(element) => element === document.activeElement"):
        reach(page, box)
    page.keyboard.type("Cool:Gen")
    page.keyboard.press("Enter")
    page.wait_for_url("**/zoeken?**")

    reach(page, page.locator(".facet a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**dossier=91066**")

    reach(page, page.locator("#van"))
    page.keyboard.type("2018")
    page.keyboard.press("Tab")
    page.keyboard.type("2024")
    page.keyboard.press("Enter")
    page.wait_for_url("**van=2018**")

    everything = total(page)
    reach(page, page.locator("main").get_by_role("link", name="CSV"))
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    rows = list(csv.reader(io.StringIO(download.value.path().read_text(encoding="utf-8-sig"))))
    assert len(rows) == everything + 1
    feed = page.locator("main").get_by_role("link", name="Volgen (Atom)")
    reach(page, feed)
    entries = etree.fromstring(visit.request.get(feed.get_attribute("href") or "").body()).findall("a:entry", ATOM)
    assert len(entries) == everything

    page.reload()  # the tab key begins at the top again
    reach(page, page.locator(".hit .snippets a.where").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kst-**")

    page.goto("/kst-91066-83")
    copy = page.get_by_role("button", name="Kopieer")
    if copy.count():  # with script; without, the text is there to be selected
        visit.grant_permissions(["clipboard-read", "clipboard-write"])
        reach(page, copy)
        page.keyboard.press("Enter")
        expect(page.get_by_role("button", name="Gekopieerd")).to_be_visible()
    reach(page, page.locator("a.noteref").nth(1))
    page.keyboard.press("Enter")
    page.wait_for_url("**#**")
    reach(page, page.locator("section.notes li:target a").first)
    page.keyboard.press("Enter")
    page.wait_for_url("**/kst-91066-75**")
    reach(page, page.locator(".official a").first)
