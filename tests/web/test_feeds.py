"""Feeds, read strictly: RFC 4287 in form, true in time."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
from click.testing import CliRunner
from hypothesis import given
from lxml import etree

from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, Section
from kamerstukken.cli import group
from kamerstukken.settings import Settings
from kamerstukken.wiring import web_app
from search.ports import Sort
from tests.search.papers import paper
from tests.web.archive import IDENTIFIERS, SAMPLE, sample_app
from tests.web.fakes import LETTER, PAPERS, RECEIVED, FakeAnswers, FakeLedger, engine_of, letter, motion, site
from tests.web.people import co_signer, submitter
from tests.web.test_exports import texts
from web.feeds import MOST_ENTRIES, summary_of

ATOM = "{http://www.w3.org/2005/Atom}"
STRICT = etree.XMLParser(resolve_entities=False, no_network=True, recover=False)


def feed(content: bytes) -> etree._Element:
    """A feed that is what RFC 4287 asks: ids, titles and times once each, ids apart, an author, links by their kinds."""
    root = etree.fromstring(content, STRICT)
    assert root.tag == f"{ATOM}feed"
    entries = root.findall(f"{ATOM}entry")
    assert root.find(f"{ATOM}author/{ATOM}name") is not None
    for element in (root, *entries):
        for name in ("id", "title", "updated"):
            (child,) = element.findall(f"{ATOM}{name}")
            assert (child.text or "").strip()
        assert datetime.strptime(element.findtext(f"{ATOM}updated") or "", "%Y-%m-%dT%H:%M:%S%z")
        assert (element.findtext(f"{ATOM}id") or "").startswith("http")
        assert len([link for link in element.findall(f"{ATOM}link") if link.get("rel") == "alternate"]) == 1
        assert all((name.text or "").strip() for name in element.findall(f"{ATOM}author/{ATOM}name"))
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert len(ids) == len(set(ids))
    return root


def ask(address: str, **more: object) -> etree._Element:
    response = site(**more).get(address, base_url="https://example.nl")  # type: ignore[arg-type]
    assert response.status_code == 200
    assert response.content_type == "application/atom+xml; charset=utf-8"
    return feed(response.data)


def links(element: etree._Element) -> dict[str | None, str | None]:
    return {link.get("rel"): link.get("href") for link in element.findall(f"{ATOM}link")}


def test_a_search_can_be_followed() -> None:
    made = ask("/zoeken.atom?q=uitfasering&kind=Brief+regering&sort=oldest&pagina=3")
    address = "https://example.nl/zoeken.atom?q=uitfasering&kind=Brief+regering"
    assert made.findtext(f"{ATOM}id") == address
    assert made.findtext(f"{ATOM}title") == "uitfasering – Kamerstukken"
    assert links(made) == {"self": address, "alternate": f"{address.replace('.atom', '')}&sort=newest"}
    (entry,) = made.findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id") == f"https://example.nl/{LETTER}"
    assert entry.findtext(f"{ATOM}title") == "Brief over de uitfasering van Cool:Gen"
    assert entry.findtext(f"{ATOM}updated") == made.findtext(f"{ATOM}updated") == "2024-06-25T08:30:00Z"
    assert entry.findtext(f"{ATOM}published") == "2024-06-18T00:00:00Z"
    assert entry.findtext(f"{ATOM}author/{ATOM}name") == "L. van den Akkerveld"
    assert entry.findtext(f"{ATOM}summary") == "De uitfasering van Cool:Gen loopt, zie 91 066, nr. 40 & volgende."
    assert links(entry)["enclosure"] == "https://zoek.officielebekendmakingen.nl/kst-91066-83.pdf"


def test_the_newest_are_asked_for_and_no_more_than_fifty() -> None:
    answers = FakeAnswers(PAPERS)
    site(answers).get("/zoeken.atom?q=x")
    assert answers.asked == [("x", {}, Sort.NEWEST, 0, MOST_ENTRIES)]


class ComingLedger(FakeLedger):
    """Each paper came a day after the one before it."""

    def received(self, identifiers: Iterable[Identifier]) -> dict[Identifier, datetime]:
        days = {paper.identifier: RECEIVED + timedelta(days=i) for i, paper in enumerate(self.papers)}
        return {identifier: days[identifier] for identifier in identifiers if identifier in days}


@pytest.mark.parametrize("address", ["/zoeken.atom", "/zoeken.atom?q=plaatsen"])
def test_what_came_last_stands_first_whatever_its_date(address: str) -> None:
    """Fifty papers of one day, and then one of long before."""
    papers = [paper(f"31066-{i}", "Meer plaatsen.", date="2024-05-14") for i in range(1, 52)]
    papers.append(paper("31066-99", "Meer plaatsen.", date="2023-01-10"))

    entries = ask(address, answers=engine_of(papers), ledger=ComingLedger(tuple(papers))).findall(f"{ATOM}entry")

    assert len(entries) == MOST_ENTRIES
    assert [entry.findtext(f"{ATOM}id", "").rpartition("-")[2] for entry in entries[:3]] == ["99", "51", "50"]
    assert entries[0].findtext(f"{ATOM}published") == "2023-01-10T00:00:00Z"
    updated = [entry.findtext(f"{ATOM}updated", "") for entry in entries]
    assert updated == sorted(updated, reverse=True)


def test_the_feed_of_an_archive_tells_of_the_last_paper_that_was_brought_in(tmp_path: Path) -> None:
    names = [name for name in sorted(IDENTIFIERS) if name.startswith("kst-91066-")]
    for name in (*names[1:], names[0]):
        assert CliRunner().invoke(group, ["index", str(SAMPLE / f"{name}.html"), "--data", str(tmp_path)]).exit_code == 0

    made = feed(web_app(Settings(tmp_path), "1.2.3").test_client().get("/dossier/91066.atom").data)

    assert made.findtext(f"{ATOM}entry/{ATOM}id", "").endswith(f"/{names[0]}")


def test_who_follows_a_search_is_told_of_no_other_spelling() -> None:
    assert ask("/zoeken.atom?q=uitfasernig", answers=engine_of(PAPERS)).findall(f"{ATOM}entry") == []


def test_without_words_all_papers_can_be_followed() -> None:
    made = feed(sample_app().test_client().get("/zoeken.atom").data)
    assert len(made.findall(f"{ATOM}entry")) == MOST_ENTRIES
    assert made.findtext(f"{ATOM}title") == "Nieuwste stukken – Kamerstukken"


def test_a_dossier_can_be_followed() -> None:
    made = feed(sample_app().test_client().get("/dossier/91066.atom").data)
    found = [entry.findtext(f"{ATOM}id") or "" for entry in made.findall(f"{ATOM}entry")]
    assert len(found) > 5
    assert all("/kst-91066-" in one or "/kst-" in one for one in found)
    assert (made.findtext(f"{ATOM}title") or "").startswith("Dossier 91\u00a0066 ")
    assert links(made) == {"self": "http://localhost/dossier/91066.atom", "alternate": "http://localhost/dossier/91066"}
    assert site().get("/dossier/99999.atom").status_code == 404


def test_a_feed_that_finds_nothing_is_a_feed() -> None:
    made = ask("/zoeken.atom?q=nietbestaand", ledger=FakeLedger(since=None))
    assert not made.findall(f"{ATOM}entry")
    assert made.findtext(f"{ATOM}updated") == "1970-01-01T00:00:00Z"


def test_the_search_page_leads_to_its_feed() -> None:
    page = site().get("/zoeken?q=cool:gen&year=2024&sort=oldest&pagina=1").text
    assert '<link rel="alternate" type="application/atom+xml" href="/zoeken.atom?q=cool%3Agen&amp;year=2024"' in page


def test_a_feed_is_sent_again_only_when_it_changed() -> None:
    address = "/zoeken.atom?q=cool:gen"
    answers, ledger = FakeAnswers(PAPERS), FakeLedger(PAPERS)
    visitor = site(answers, ledger=ledger)
    first = visitor.get(address)
    assert first.headers["Last-Modified"] == "Tue, 25 Jun 2024 08:30:00 GMT"
    for header in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        again = visitor.get(address, headers=header)
        assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", first.headers["ETag"])
    assert len(answers.asked) == 1
    answers.generation_name, ledger.since = "g2", RECEIVED + timedelta(days=1)
    for header in ({"If-None-Match": first.headers["ETag"]}, {"If-Modified-Since": first.headers["Last-Modified"]}):
        assert visitor.get(address, headers=header).status_code == 200


def test_a_tag_counts_more_than_a_time() -> None:
    visitor = site()
    headers = {"If-None-Match": '"other"', "If-Modified-Since": format_datetime(datetime.now(UTC), usegmt=True)}
    assert visitor.get("/zoeken.atom?q=x", headers=headers).status_code == 200


def test_no_time_is_told_while_another_change_could_have_the_same() -> None:
    just_now = FakeLedger(PAPERS, since=datetime.now(UTC))
    assert "Last-Modified" not in site(ledger=just_now).get("/zoeken.atom?q=x").headers


def hostile(title: str, name: str) -> Kamerstuk:
    first = letter()
    sections = tuple(Section(s.level, title, s.anchor, s.part, s.paragraphs) for s in first.sections)
    return replace(first, title=title, kind=name, people=(submitter(name),), sections=sections)


@given(texts, texts)
def test_no_title_breaks_a_feed(title: str, name: str) -> None:
    papers = (hostile(title, name), replace(motion(), identifier=Identifier("kst-91066-85"), kind_line=title))
    made = ask("/zoeken.atom?q=cool:gen", papers=papers)
    assert len(made.findall(f"{ATOM}entry")) == 2


@given(texts)
def test_no_query_breaks_a_feed(query: str) -> None:
    response = site().get("/zoeken.atom", query_string={"q": query.encode("utf-8", "replace")})
    feed(response.data)


@pytest.mark.parametrize("key", ["%00", "%ff", "a&b", "<x>", "'\"", "x" * 3000])
def test_no_dossier_is_an_error(key: str) -> None:
    assert site().get(f"/dossier/{key}.atom").status_code == 404


def test_a_feed_names_whom_papers_are_by_and_what_they_ask() -> None:
    people = (submitter("Van Nispen", "M. van Nispen"), co_signer("Kat"))
    root = feed(site(FakeAnswers((replace(motion(), people=people),))).get("/zoeken.atom?q=cool:gen").data)
    (entry,) = root.findall(f"{ATOM}entry")
    assert [name.text for name in entry.iterfind(f"{ATOM}author/{ATOM}name")] == ["M. van Nispen", "Kat"]


def test_what_a_paper_asks_stands_before_the_passage_and_is_not_told_twice() -> None:
    (hit,) = FakeAnswers((motion(),)).answer("cool:gen", filters={}, sort=Sort.NEWEST, offset=0, limit=1).hits
    asking = replace(hit, document=replace(hit.document, subtitle="verzoekt de regering te handelen …"))
    assert summary_of(asking) == f"Uit de tekst: verzoekt de regering te handelen … – {hit.snippets[0].text}"
    assert summary_of(replace(asking, snippets=())) == "Uit de tekst: verzoekt de regering te handelen …"
    assert summary_of(replace(hit, document=replace(hit.document, subtitle=hit.snippets[0].text[:30]))) == hit.snippets[0].text


@pytest.mark.parametrize("address", ["/zoeken.atom?q=cool:gen", "/dossier/91066.atom"])
def test_a_date_that_cannot_be_right_never_heads_a_feed(address: str) -> None:
    papers = (replace(letter(), date=date(2104, 5, 3), date_doubt="far from session year 2023-2024"), motion())
    entries = feed(site(engine_of(papers), papers).get(address).data).findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id", "").rpartition("/")[2] for entry in entries] == ["kst-91066-84", "kst-91066-83"]


def test_the_feed_of_everything_leaves_it_out() -> None:
    papers = (replace(letter(), date=date(2104, 5, 3), date_doubt="far from session year 2023-2024"), motion())
    (entry,) = feed(site(engine_of(papers), papers).get("/zoeken.atom").data).findall(f"{ATOM}entry")
    assert entry.findtext(f"{ATOM}id", "").endswith("/kst-91066-84")
