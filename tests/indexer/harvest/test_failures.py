"""What a harvest does about papers and sources that fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import last_run
from indexer.errors import QueryRefused, SourceError, SourceUnreachable
from indexer.harvest.fetching import ROUNDS
from indexer.harvest.loop import HarvestPlan
from indexer.harvest.progress import Fate, Listed, Settled, State
from indexer.harvest.selection import HarvestSelection
from indexer.harvest.source import UNKNOWN, FileSource, Received, Soundness, Validators
from tests.indexer.harvest.bench import EVERYTHING, SINCE_LAST, Bench, bench, impatient, name, text_of
from tests.official_source.faults import Fault, Faults
from tests.official_source.papers import small, small_page


def test_an_extra_that_is_listed_but_not_there_does_not_keep_the_paper_away(twelve: Bench) -> None:
    paper = twelve.official.shelf.get("kst-95001-1")
    assert paper is not None
    source = Refusing(impatient(twelve.official), paper.path("xml"))
    twelve.source = source
    assert twelve.fates(HarvestPlan(EVERYTHING, wish=frozenset(("xml",)))) == {Fate.ADDED: 12}
    source.refuses = "nothing"
    assert twelve.fates(HarvestPlan(EVERYTHING, wish=frozenset(("xml",)))) == {}


class Refusing:
    """A source that says of one path that there is nothing."""

    def __init__(self, source: FileSource, refuses: str) -> None:
        self._source = source
        self.refuses = refuses

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        return self._source.get(f"{address}x" if address.endswith(self.refuses) else address, sound, known)


def test_a_paper_that_fails_is_named_retried_and_in_the_end_put_aside(twelve: Bench) -> None:
    good = twelve.official.shelf.get("kst-95001-4")
    assert good is not None
    twelve.official.shelf.put(replace(good, files={"html": small_page(99)}))
    rounds = 0
    while twelve.state.counts()[State.ASIDE] == 0:
        fates = twelve.fates()
        tries = 1 if rounds else 2  # when it is new, and at the end of each run
        assert fates[Fate.FAILED] + fates[Fate.ASIDE] == tries
        rounds += tries
        (trouble,) = twelve.state.troubles(10)
        assert trouble.identifier == name(4)
        assert "another paper, kst-95001-99" in trouble.reason
        assert trouble.rounds == rounds
    assert rounds == ROUNDS
    twelve.downloaded()
    assert twelve.fates() == {}
    assert twelve.downloaded() == []
    assert twelve.fates(HarvestPlan(EVERYTHING, retry_aside=True)) == {Fate.ASIDE: 1}
    twelve.official.shelf.put(good)
    assert twelve.fates(SINCE_LAST) == {Fate.ADDED: 1}
    assert twelve.state.troubles(10) == []
    assert twelve.same_as_the_source()


def test_a_missing_file_of_a_listed_paper_is_a_failure_and_not_a_withdrawal(twelve: Bench) -> None:
    twelve.events()
    good = twelve.official.shelf.get("kst-95001-4")
    assert good is not None
    twelve.official.shelf.put(good)
    twelve.source = Refusing(impatient(twelve.official), good.path("html"))
    assert twelve.fates(SINCE_LAST)[Fate.FAILED] == 2
    assert text_of(twelve, 4) == "Enige tekst."
    assert "no such file (404)" in twelve.state.troubles(1)[0].reason


def test_unreadable_records_are_told_and_the_others_come(twelve: Bench) -> None:
    twelve.official.shelf.put(replace(small(13), identifier="geen nummer"))
    events = twelve.events()
    assert [event.problems for event in events if isinstance(event, Listed)] == [
        ("record 13: 'geen nummer' is not an identifier of an official publication",)
    ]
    assert sum(isinstance(event, Settled) for event in events) == 12


def test_a_source_that_stays_away_stops_the_harvest_which_goes_on_with_other_papers(twelve: Bench) -> None:
    twelve.events(HarvestPlan(EVERYTHING, limit=4))
    twelve.source = impatient(twelve.official, tries=2)
    twelve.official.faults = Faults({Fault.RESET: 1.0})
    with pytest.raises(SourceUnreachable, match="connection failed"):
        twelve.events()
    assert (twelve.state.counts()[State.OPEN], twelve.state.counts()[State.FAILED]) == (7, 1)
    twelve.official.faults = Faults()
    assert twelve.fates() == {Fate.ADDED: 8}


def test_a_source_out_of_order_stops_the_harvest(twelve: Bench) -> None:
    twelve.events(HarvestPlan(EVERYTHING, limit=1))
    twelve.source = impatient(twelve.official, tries=1)
    twelve.official.faults = Faults({Fault.ERROR: 1.0})
    with pytest.raises(SourceUnreachable, match="10 papers one after another"):
        twelve.events()
    assert len(twelve.official.downloads()) == 11
    assert (twelve.state.counts()[State.OPEN], twelve.state.counts()[State.FAILED]) == (1, 10)
    twelve.official.faults = Faults()
    assert twelve.fates() == {Fate.ADDED: 11}


def test_papers_that_cannot_be_read_do_not_stop_the_others(tmp_path: Path) -> None:
    unreadable = [replace(small(number), files={"html": small_page(99)}) for number in range(20, 32)]
    with bench(tmp_path, [*unreadable, small(1)]) as made:
        assert made.fates() == {Fate.ADDED: 1, Fate.FAILED: 24}


def test_a_source_that_has_lost_its_papers_is_not_believed(tmp_path: Path) -> None:
    papers = [small(number) for number in range(1, 81)]
    with bench(tmp_path, papers) as made:
        made.events()
        for paper in papers[:60]:
            made.official.shelf.withdraw(paper.identifier)
        for plan in (HarvestPlan(EVERYTHING), SINCE_LAST, HarvestPlan(EVERYTHING, reconcile=True)):
            with pytest.raises(SourceError, match="60 of 80 papers are no more, so nothing was withdrawn"):
                made.events(plan)
        assert made.catalogue.counts().papers == 80
        for paper in papers[:60]:
            made.official.shelf.put(paper, datetime.fromisoformat(paper.changed))
        assert made.fates() == {}
        assert made.same_as_the_source()
        for paper in papers[:60]:
            made.official.shelf.withdraw(paper.identifier)
        assert made.fates(HarvestPlan(EVERYTHING, withdraw_many=True)) == {Fate.WITHDRAWN: 60}
        assert made.same_as_the_source()


@pytest.mark.parametrize("status", ["", "Ingetrokken"])
def test_a_source_that_says_of_very_many_papers_that_they_are_withdrawn_is_not_believed(tmp_path: Path, status: str) -> None:
    papers = [small(number) for number in range(1, 81)]
    with bench(tmp_path, papers) as made:
        made.events()
        for paper in papers[:60]:
            made.official.shelf.mark_withdrawn(paper.identifier, status=status)
        made.official.shelf.put(small(81))
        for _ in range(3):
            with pytest.raises(SourceError, match="60 of 81 papers are no more, so nothing was withdrawn"):
                made.events(SINCE_LAST)
            assert made.catalogue.counts().papers == 81
        for paper in papers[:30]:
            made.official.shelf.put(paper)
        assert made.fates(SINCE_LAST)[Fate.WITHDRAWN] == 30
        assert made.catalogue.counts().papers == 51


def test_a_refused_query_is_told(twelve: Bench) -> None:
    with pytest.raises(QueryRefused, match="Unsupported index: x"):
        twelve.events(HarvestPlan(HarvestSelection(query="x==1").scope))
    last = last_run(twelve.catalogue.connection)
    assert last is not None
    assert last["failed"] == 1


def test_a_source_error_says_where_and_why(twelve: Bench) -> None:
    twelve.source = impatient(twelve.official, tries=2)
    twelve.official.faults = Faults({Fault.HTML: 1.0})
    with pytest.raises(SourceError, match=r"/sru.*not a response of the search interface: <html> \(2 tries\)"):
        twelve.events()


@pytest.mark.parametrize("content", [b"iets anders", None])
def test_a_kept_file_that_is_not_as_it_was_received_is_fetched_anew_and_stops_no_other(
    twelve: Bench, tmp_path: Path, content: bytes | None
) -> None:
    plan = HarvestPlan(EVERYTHING, wish=frozenset(("metadata",)))
    twelve.events(plan)
    (kept,) = (tmp_path / "archive").rglob("kst-95001-4/*.html")
    if content is None:
        kept.unlink()
    else:
        kept.write_bytes(content)
    for number in (3, 4, 5):
        paper = twelve.official.shelf.get(str(name(number)))
        assert paper is not None
        record = paper.files["metadata"].replace(b"Proefvelden", b"Proeftuinen")
        twelve.official.shelf.put(replace(paper, files={**paper.files, "metadata": record}))
    fates = [event for event in twelve.events(replace(plan, since_last=True)) if isinstance(event, Settled)]
    assert [event.identifier for event in fates] == [name(5), name(4), name(3), name(4)]
    assert (fates[1].fate, fates[3].fate in (Fate.CHANGED, Fate.UNCHANGED)) == (Fate.FAILED, True)
    assert "its files are fetched anew" in fates[1].reason
    assert twelve.same_as_the_source()


@pytest.mark.parametrize("place", ["ftp://127.0.0.1", "file:///etc", "", "zoek.officielebekendmakingen.nl"])
def test_a_paper_whose_files_have_no_address_is_told_and_not_taken_for_one_without_text(twelve: Bench, place: str) -> None:
    twelve.official.repository = place or " "
    assert set(twelve.fates()) == {Fate.FAILED}


def test_an_address_in_capitals_is_one(twelve: Bench) -> None:
    twelve.official.repository = twelve.official.address.replace("http:", "HTTP:")
    assert twelve.fates() == {Fate.ADDED: 12}
