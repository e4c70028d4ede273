"""Whatever the source does with its listings, every paper comes, or it is told that some may be missing."""

from __future__ import annotations

import re
from contextlib import nullcontext
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path

import pytest

from indexer.catalogue.catalogue import last_run
from indexer.errors import QueryRefused, SourceError
from indexer.harvest.listing import Found, Lister
from indexer.harvest.loop import HarvestPlan
from indexer.harvest.progress import Fate, Listed, Settled, State
from indexer.harvest.search_interface import SearchInterface
from indexer.harvest.selection import ALWAYS, Window
from indexer.harvest.source import UNKNOWN, FileSource, Received, Soundness, Validators
from tests.indexer.harvest.bench import EVERYTHING, SINCE_LAST, Bench, bench, name
from tests.official_source.papers import small
from tests.official_source.published import Published
from tests.official_source.whims import Whims

DAYS = 5
ONE_DAY = Window(date(2031, 9, 10), date(2031, 9, 10))


def papers(number: int, days: int = DAYS) -> list[Published]:
    """So many papers, of which very many have the same date."""
    return [replace(small(i), date=f"2031-09-{10 + i % days}") for i in range(1, number + 1)]


def shorts(made: Bench, plan: HarvestPlan | None = None) -> list[str]:
    """Run, and give what it said of listings that do not add up."""
    return [event.short for event in made.events(plan) if isinstance(event, Listed) and event.short]


def test_an_order_of_equals_that_changes_with_every_answer_loses_no_paper(tmp_path: Path) -> None:
    with bench(tmp_path, papers(120)) as made:
        made.official.whims = Whims(shuffle=True)
        made.page = 20
        assert shorts(made) == []
        assert made.same_as_the_source()


@pytest.mark.parametrize("unsorted", [frozenset[str](), frozenset(("dt.identifier",))])
def test_a_day_that_no_answer_holds_comes_whole_with_or_without_an_order_by_name(
    tmp_path: Path, unsorted: frozenset[str]
) -> None:
    with bench(tmp_path, papers(60, days=1)) as made:
        made.official.whims, made.official.unsorted = Whims(shuffle=True), unsorted
        made.page = 20
        assert shorts(made) == []
        assert made.same_as_the_source()


def test_a_source_that_gives_fewer_records_than_asked_for_is_asked_for_smaller_windows(tmp_path: Path) -> None:
    with bench(tmp_path, papers(150)) as made:
        made.official.whims, made.official.most_records = Whims(shuffle=True), 50
        assert shorts(made) == []
        assert made.same_as_the_source()
        assert max(int(request.parameters["startRecord"]) for request in made.official.searches()) == 1


@pytest.mark.parametrize("seed", range(8))
def test_it_is_complete_or_told(tmp_path: Path, seed: int) -> None:
    with bench(tmp_path, papers(100)) as made:
        made.official.whims = Whims(shuffle=True, repeat=0.3, omit=0.3, recount=0.3, seed=seed)
        made.page = 25
        told = shorts(made)
        assert made.same_as_the_source() or told
        made.official.whims = Whims()
        assert shorts(made) == []
        assert made.same_as_the_source()


def test_what_is_left_out_for_ever_is_told_kept_open_and_asked_for_again(tmp_path: Path) -> None:
    with bench(tmp_path, papers(40)) as made:
        made.official.whims = Whims(hidden=frozenset(("kst-95001-7",)))
        told = "the source counts 40 papers and lists 39; they are asked for again in the next run"
        assert shorts(made) == [told]
        last = last_run(made.catalogue.connection)
        assert last is not None
        assert last["failed"] == 1
        assert made.state.shortfalls() == [(ALWAYS, told)]
        assert told in shorts(made, SINCE_LAST)
        made.official.whims = Whims()
        assert made.fates(SINCE_LAST) == {Fate.ADDED: 1}
        assert made.state.shortfalls() == []
        assert made.same_as_the_source()


def test_papers_that_were_lost_before_are_found_by_their_number(tmp_path: Path) -> None:
    """As a state has them that another version of this program left: listed to the end, but not all."""
    with bench(tmp_path, papers(40)) as made:
        made.events()
        with made.catalogue.transaction():
            for number in (7, 8, 9):
                made.catalogue.remove(name(number))
                for table in ("members", "records", "parts"):
                    made.catalogue.connection.execute(f"DELETE FROM harvest_{table} WHERE identifier = ?", (str(name(number)),))  # noqa: S608
        assert made.fates(SINCE_LAST) == {Fate.ADDED: 3}
        assert made.same_as_the_source()


def test_papers_without_a_date_come_although_windows_are_of_dates(tmp_path: Path) -> None:
    with bench(tmp_path, [*papers(40), replace(small(99), date="", issued="")]) as made:
        made.page = 20
        assert shorts(made) == []
        assert made.same_as_the_source()


def test_papers_without_a_date_are_counted_where_the_source_cannot_be_asked_for_them(tmp_path: Path) -> None:
    with bench(tmp_path, [*papers(40), replace(small(99), date="", issued="")]) as made:
        made.page = 20
        made.source = Refusing(made.source, "+not+dt.date")
        assert shorts(made) == ["the source counts 41 papers in all, and has listed 40"]
        assert made.state.shortfalls() == [(ALWAYS, "the source counts 41 papers in all, and has listed 40")]


class Refusing:
    """A source that does not understand some queries."""

    def __init__(self, source: FileSource, clause: str) -> None:
        self._source = source
        self._clause = clause

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        if self._clause in address:
            raise QueryRefused(address, "unsupported boolean")
        return self._source.get(address, sound, known)


def test_records_without_end_are_not_gone_through_to_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each answer has papers that no answer had before."""
    monkeypatch.setattr("indexer.harvest.listing._MOST", 200)
    with bench(tmp_path, papers(20, days=1)) as made:
        source = Inventing(made.source)
        made.source = source
        found = Lister(SearchInterface(source, made.official.sru, 20, lambda: made.today)).look(EVERYTHING.cql, ONE_DAY)
        assert isinstance(found, Found)
        assert found.short
        assert source.number <= 20


class Inventing:
    """A source that counts very many papers, and gives others in every answer."""

    def __init__(self, source: FileSource) -> None:
        self._source = source
        self.number = 0

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        self.number += 1
        received = self._source.get(re.sub(r"startRecord=\d+", "startRecord=1", address), lambda content: None, known)
        content = re.sub(rb"(?<=numberOfRecords>)\d+", b"900000000", received.content or b"")
        return replace(received, content=re.sub(rb"kst-95001-", b"kst-%d-" % (10_000 + self.number), content))


def test_a_paper_left_out_when_it_is_asked_for_by_name_is_not_withdrawn(tmp_path: Path) -> None:
    with bench(tmp_path, papers(40)) as made:
        made.events()
        made.official.whims = Whims(hidden=frozenset(("kst-95001-7",)))
        assert any("contradicts itself on whether it still has 1 papers" in short for short in shorts(made))
        assert made.catalogue.get(name(7)) is not None
        made.official.whims = Whims()
        made.official.shelf.withdraw("kst-95001-7")
        assert made.fates() == {Fate.WITHDRAWN: 1}


class Rewriting:
    """A source whose searches are answered by another than it is."""

    def __init__(self, source: FileSource, pattern: bytes, by: bytes) -> None:
        self._source = source
        self._pattern = re.compile(pattern)
        self._by = by
        self.searches = 0

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        if "/sru?" not in address:
            return self._source.get(address, sound, known)
        self.searches += 1
        received = self._source.get(address, lambda content: None, known)
        content = self._pattern.sub(self._by, received.content or b"")
        try:
            sound(content)
        except ValueError as error:
            raise SourceError(address, str(error)) from error
        return replace(received, content=content)


@pytest.mark.parametrize("position", [b"1", b"0", b"-5", b"999999999999", b"11", b"x"])
def test_a_next_position_without_end_or_going_back_leads_nowhere(tmp_path: Path, position: bytes) -> None:
    with bench(tmp_path, papers(40)) as made:
        made.source = source = Rewriting(
            made.source, rb"</sru:records>", b"</sru:records><sru:nextRecordPosition>%s</sru:nextRecordPosition>" % position
        )
        assert shorts(made) == []
        assert made.same_as_the_source()
        assert source.searches == 2


@pytest.mark.parametrize("total", [b"0", b"1", b"999999999"])
def test_a_total_that_is_never_right_is_told_after_a_bounded_number_of_requests(tmp_path: Path, total: bytes) -> None:
    with bench(tmp_path, papers(20, days=1)) as made:
        made.source = source = Rewriting(made.source, rb"(?<=numberOfRecords>)\d+", total)
        with pytest.raises(SourceError, match="do not add up") if len(total) > 1 else nullcontext():
            assert shorts(made)
        assert source.searches < 2_000


@pytest.mark.parametrize("total", [b"-1", b"1e3", b"9" * 5_000, b"\xc2\xb2", b""])
def test_a_total_that_is_no_number_is_no_answer(tmp_path: Path, total: bytes) -> None:
    with bench(tmp_path, papers(5)) as made:
        made.source = Rewriting(made.source, rb"(?<=numberOfRecords>)\d+", total)
        with pytest.raises(SourceError, match="does not say how many records"):
            made.events()


def test_a_record_that_spoils_its_answer_keeps_no_other_paper_away(tmp_path: Path) -> None:
    with bench(tmp_path, [small(number) for number in range(1, 61)]) as made:
        made.source = Rewriting(
            made.source, rb"<dcterms:title>[^<]*Stuk 33</dcterms:title>", b"<dcterms:title>\0</dcterms:title>"
        )
        told = shorts(made)
        assert len(set(told)) == 2
        assert "the source counts 60 papers in all, and has listed 59" in told
        assert made.catalogue.counts().papers == 59
        assert [str(window) for window, _ in made.state.shortfalls()] == ["… to …", "2031-10-04 to 2031-10-04"]


def test_papers_whose_files_never_come_do_not_stop_the_others_from_coming_in_other_runs(tmp_path: Path) -> None:
    """The ten newest cannot be had: the first run stops at them, the next one has all others, and lists on."""
    with bench(tmp_path, [small(number) for number in range(1, 41)]) as made:
        made.source = Breaking(made.source, {f"kst-95001-{number}.html" for number in range(31, 41)})
        with pytest.raises(SourceError, match="10 papers one after another"):
            made.events()
        assert made.catalogue.counts().papers == 0
        with pytest.raises(SourceError, match="10 papers one after another"):
            made.events()
        assert made.catalogue.counts().papers == 30
        made.official.shelf.put(small(41))
        with pytest.raises(SourceError, match="10 papers one after another"):
            made.events(SINCE_LAST)
        assert made.catalogue.counts().papers == 31


class Breaking:
    """A source that does not give some files."""

    def __init__(self, source: FileSource, files: set[str]) -> None:
        self._source = source
        self._files = files

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        if address.rsplit("/", 1)[1] in self._files:
            raise SourceError(address, "it is cut off")
        return self._source.get(address, sound, known)


def test_addresses_that_are_not_followed_are_told_and_stop_nothing(tmp_path: Path) -> None:
    with bench(tmp_path, [small(number) for number in range(1, 41)]) as made:
        made.source = Rewriting(made.source, rb"http://127.0.0.1:\d+(?=\S*kst-95001-(3[0-9]|40)/)", b"http://169.254.169.254")
        events = made.events()
        failed = {event.identifier: event.reason for event in events if isinstance(event, Settled) and event.fate is Fate.FAILED}
        assert set(failed) == {name(number) for number in range(30, 41)}
        assert all("169.254.169.254 is no host of the source" in reason for reason in failed.values())
        assert made.state.counts()[State.HERE] == 29


@pytest.mark.parametrize(
    ("pattern", "by"),
    [
        (rb"http://127.0.0.1:\d+(?=/frbr)", b"http://169.254.169.254"),
        (rb">Opgemaakt<", b">Ingetrokken<"),
        (rb"itemUrl", b"otherUrl"),
    ],
)
def test_what_a_record_once_said_wrongly_is_mended_by_what_it_says_later(tmp_path: Path, pattern: bytes, by: bytes) -> None:
    """Also when nothing else of it has changed."""
    with bench(tmp_path, papers(12)) as made:
        honest = made.source
        made.source = Rewriting(honest, pattern, by)
        for _ in range(8):
            made.events()
        assert made.catalogue.counts().papers == 0
        made.source = honest
        assert made.fates() == {Fate.ADDED: 12}
        assert made.same_as_the_source()


def test_files_that_were_said_to_be_gone_are_asked_for_again_when_all_is_compared(tmp_path: Path) -> None:
    with bench(tmp_path, papers(12)) as made:
        made.events()
        paper = made.official.shelf.get("kst-95001-3")
        assert paper is not None
        made.official.shelf.mark_withdrawn(paper.identifier)
        assert made.fates(SINCE_LAST) == {Fate.WITHDRAWN: 1}
        withdrawn = made.official.shelf.get("kst-95001-3")
        assert withdrawn is not None
        assert made.fates(HarvestPlan(EVERYTHING, reconcile=True)) == {Fate.UNCHANGED: 1}
        made.official.shelf.put(replace(paper), at=datetime.fromisoformat(withdrawn.changed))
        assert made.fates(HarvestPlan(EVERYTHING, reconcile=True)) == {Fate.ADDED: 1}
        assert made.same_as_the_source()
