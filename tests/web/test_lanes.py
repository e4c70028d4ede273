"""Which lane a request goes by."""

from __future__ import annotations

import pytest

from tests.web.fakes import site
from web.lanes import LANES, Lane, LaneFinder


def test_every_lane_is_of_a_route_that_there_is() -> None:
    assert LANES.keys() <= {rule.endpoint for rule in site().application.url_map.iter_rules()}


@pytest.mark.parametrize(
    ("path", "lane"),
    [
        ("/healthz", Lane.AT_ONCE),
        ("/readyz", Lane.AT_ONCE),
        ("/static/style.css", Lane.AT_ONCE),
        ("/", Lane.PAGES),
        ("/zoeken", Lane.PAGES),
        ("/kst-31066-1412", Lane.PAGES),
        ("/api/v1/search", Lane.PAGES),
        ("/no/such page", Lane.PAGES),
        ("", Lane.PAGES),
        ("/\udcff", Lane.PAGES),
        ("/zoeken.csv", Lane.COSTLY),
        ("/zoeken.ris", Lane.COSTLY),
        ("/zoeken.atom", Lane.COSTLY),
        ("/dossier/31066.atom", Lane.COSTLY),
        ("/term", Lane.COSTLY),
        ("/api/v1/term", Lane.COSTLY),
        ("/sitemap/1.xml", Lane.COSTLY),
    ],
)
def test_what_is_costly_goes_by_a_lane_of_its_own(path: str, lane: Lane) -> None:
    finder = LaneFinder(site().application)

    assert finder.lane_of(path, "GET") is lane
    assert finder.lane_of(path, "HEAD") is lane


def test_a_method_that_no_page_has_is_a_page() -> None:
    assert LaneFinder(site().application).lane_of("/zoeken.csv", "BREW") is Lane.PAGES
