"""The harvest: what is fetched, what is kept, what is withdrawn, and how it goes on after anything."""

from __future__ import annotations

import sqlite3
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.catalogue.catalogue import last_run, open_catalogue
from indexer.catalogue.migrations import STEPS
from indexer.harvest.loop import HarvestPlan
from indexer.harvest.progress import Fate, Listed, State
from indexer.harvest.selection import HarvestSelection
from indexer.harvest.source import UNKNOWN, FileSource, Received, Soundness, Validators
from indexer.paper.identifier import Identifier
from indexer.paper.model import Source as ReadFrom
from tests.indexer.harvest.bench import EVERYTHING, SINCE_LAST, Bench, bench, impatient, name, text_of
from tests.indexer.pdfs import column, pdf
from tests.official_source.papers import small, small_page, small_xml
from tests.official_source.published import Published


def test_everything_comes_as_it_is_at_the_source_and_only_once(twelve: Bench) -> None:
    assert twelve.fates() == {Fate.ADDED: 12}
    assert twelve.same_as_the_source()
    assert len(twelve.official.searches()) == 2  # what there is, and whether the count of it stands
    assert len(twelve.downloaded()) == 12
    assert twelve.fates() == {}
    assert twelve.downloaded() == []
    last = last_run(twelve.catalogue.connection)
    assert last is not None
    assert (last["what"], last["added"], last["failed"]) == ("harvest", 0, 0)


def test_only_what_is_selected_comes(twelve: Bench) -> None:
    twelve.official.shelf.put(small(13, dossier="95002"))
    twelve.official.shelf.put(small(14, kind="Brief", dossier="95002"))
    twelve.official.shelf.put(replace(small(15), identifier="blg-15", type="Bijlage"))
    dossier = HarvestSelection(dossiers=("95002",)).scope
    assert twelve.fates(HarvestPlan(dossier)) == {Fate.ADDED: 2}
    assert twelve.fates(HarvestPlan(HarvestSelection(kinds=("Brief",)).scope)) == {}
    assert twelve.fates(HarvestPlan(HarvestSelection(first=date(2031, 9, 3), last=date(2031, 9, 5)).scope)) == {Fate.ADDED: 3}
    assert twelve.fates() == {Fate.ADDED: 9}


def test_windows_that_are_too_large_are_cut_and_nothing_is_missed(twelve: Bench) -> None:
    twelve.page = 3
    events = twelve.events()
    assert twelve.same_as_the_source()
    windows = [event.window for event in events if isinstance(event, Listed)]
    assert len(set(windows)) > 3
    assert max(int(request.parameters["startRecord"]) for request in twelve.official.searches()) <= 4


def test_a_source_that_gives_fewer_results_than_thought_is_asked_for_smaller_windows(twelve: Bench) -> None:
    twelve.official.deepest, twelve.page = 4, 3
    assert twelve.fates() == {Fate.ADDED: 12}
    assert twelve.same_as_the_source()


def test_a_day_with_more_papers_than_a_window_may_have_comes_whole(tmp_path: Path) -> None:
    papers = [replace(small(number), date="2031-09-16") for number in range(1, 11)]
    with bench(tmp_path, papers) as made:
        made.page = 3
        assert made.fates() == {Fate.ADDED: 10}


def test_files_that_were_said_to_be_gone_are_asked_for_again_by_a_whole_listing(twelve: Bench) -> None:
    """The record is still there, and nothing in it has changed."""
    well = {paper.identifier: paper for paper in twelve.official.shelf.papers()}
    twelve.official.shelf._papers.update({name: replace(paper, gone=True) for name, paper in well.items()})
    assert twelve.fates() == {Fate.WITHDRAWN: 12}
    twelve.official.shelf._papers.update(well)
    assert twelve.fates() == {Fate.ADDED: 12}


def test_since_last_fetches_exactly_what_is_needed(twelve: Bench) -> None:
    twelve.events()
    twelve.official.log.clear()
    shelf = twelve.official.shelf
    shelf.put(small(3, "Verbeterde tekst."))
    shelf.put(small(20, "Nieuw."))
    shelf.mark_withdrawn("kst-95001-5")
    shelf.mark_withdrawn("kst-95001-6", status="Ingetrokken")
    shelf.withdraw("kst-95001-7")
    assert twelve.fates(SINCE_LAST) == {Fate.CHANGED: 1, Fate.ADDED: 1, Fate.WITHDRAWN: 3}
    # What changed, counted twice; how many there are; which, as there are fewer, counted twice; twice whether the one that
    # is missing is really gone; and whether there are now as many as are counted.
    assert len(twelve.official.searches()) == 8
    assert sorted(path.rsplit("/", 1)[1] for path in twelve.downloaded()) == [
        "kst-95001-20.html", "kst-95001-3.html", "kst-95001-5.html"
    ]  # fmt: skip
    assert twelve.same_as_the_source()
    assert text_of(twelve, 3) == "Verbeterde tekst."
    assert all(twelve.catalogue.get(name(number)) is None and twelve.catalogue.removed(name(number)) for number in (5, 6, 7))
    assert twelve.fates(SINCE_LAST) == {}
    assert (twelve.downloaded(), text_of(twelve, 8)) == ([], "Enige tekst.")


def test_since_last_finds_what_vanished_by_counting_smaller_and_smaller_windows(tmp_path: Path) -> None:
    with bench(tmp_path, [small(number) for number in range(1, 61)]) as made:
        made.page = 5
        made.events()
        for number in (7, 41):
            made.official.shelf.withdraw(f"kst-95001-{number}")
        made.official.log.clear()
        assert made.fates(SINCE_LAST) == {Fate.WITHDRAWN: 2}
        assert made.same_as_the_source()
        assert made.downloaded() == []


def test_the_old_text_stays_in_the_archive_but_does_not_count(twelve: Bench) -> None:
    twelve.events()
    twelve.official.shelf.put(small(3, "Verbeterde tekst."))
    twelve.official.shelf.withdraw("kst-95001-4")
    twelve.events(SINCE_LAST)
    kept = [twelve.archive.read(one).content for one in twelve.archive.survey() if one.identifier in (name(3), name(4))]
    assert sorted(kept) == sorted([small_page(3), small_page(3, "Verbeterde tekst."), small_page(4)])
    assert dict(twelve.contents())[name(3)] == small_page(3, "Verbeterde tekst.")
    assert name(4) not in dict(twelve.contents())


def test_a_withdrawn_paper_that_comes_back_is_here_again(twelve: Bench) -> None:
    twelve.events()
    paper = twelve.official.shelf.get("kst-95001-4")
    assert paper is not None
    twelve.official.shelf.withdraw("kst-95001-4")
    assert twelve.fates() == {Fate.WITHDRAWN: 1}
    twelve.official.shelf.put(paper, at=None)
    assert twelve.fates(SINCE_LAST) == {Fate.ADDED: 1}
    assert twelve.catalogue.removed(name(4)) is None
    assert twelve.same_as_the_source()


def test_a_touched_record_of_an_unchanged_paper_costs_a_conditional_request(twelve: Bench) -> None:
    twelve.events()
    twelve.official.log.clear()
    paper = twelve.official.shelf.get("kst-95001-4")
    assert paper is not None
    twelve.official.shelf.put(replace(paper, title="Andere titel"))
    changes = twelve.catalogue.counts().changes
    assert twelve.fates(SINCE_LAST) == {Fate.UNCHANGED: 1}
    assert [request.status for request in twelve.official.downloads()] == [304]
    assert twelve.catalogue.counts().changes == changes


def test_a_paper_that_left_the_selection_is_not_withdrawn(twelve: Bench) -> None:
    motions = HarvestSelection(kinds=("Motie",)).scope
    twelve.events(HarvestPlan(motions))
    paper = twelve.official.shelf.get("kst-95001-4")
    assert paper is not None
    twelve.official.shelf.put(replace(paper, kind="Brief"))
    assert twelve.fates(HarvestPlan(motions)) == {}
    assert text_of(twelve, 4) == "Enige tekst."


def test_reconciling_names_year_by_year_what_differs_and_mends_it(twelve: Bench) -> None:
    twelve.events()
    twelve.official.shelf.withdraw("kst-95001-2")
    twelve.official.shelf.put(small(200), at=None)
    plan = HarvestPlan(EVERYTHING, reconcile=True)
    planned = list(twelve.harvester.survey(plan))
    differences = twelve.differences(plan)
    assert [found for found in planned if not isinstance(found, Listed | Identifier)] == differences
    assert [(one.year, one.listed, one.here, one.missing, one.gone) for one in differences] == [
        ("2031", 11, 11, (), (name(2),)), ("2032", 1, 0, (name(200),), ())
    ]  # fmt: skip
    assert twelve.same_as_the_source()
    assert [(one.missing, one.gone) for one in twelve.differences(plan)] == [((), ()), ((), ())]


def test_papers_from_elsewhere_are_not_withdrawn(twelve: Bench) -> None:
    twelve.events(HarvestPlan(HarvestSelection(dossiers=("95001",)).scope))
    twelve.official.shelf.put(small(1, dossier="95009"))
    twelve.events(HarvestPlan(HarvestSelection(dossiers=("95009",)).scope))
    twelve.official.shelf.withdraw("kst-95009-1")
    assert twelve.fates(HarvestPlan(HarvestSelection(dossiers=("95001",)).scope, reconcile=True)) == {}
    assert twelve.catalogue.get(Identifier("kst-95009-1"))


def test_a_dry_run_names_papers_and_records_nothing(twelve: Bench) -> None:
    survey = list(twelve.harvester.survey(HarvestPlan(EVERYTHING, limit=5)))
    assert [one for one in survey if isinstance(one, Identifier)] == [name(number) for number in range(12, 7, -1)]
    assert [one.to_fetch for one in survey if isinstance(one, Listed)] == [12]
    assert twelve.state.harvests() == []
    assert twelve.downloaded() == []
    twelve.page = 3
    survey = list(twelve.harvester.survey(HarvestPlan(EVERYTHING)))
    assert sorted(str(one) for one in survey if isinstance(one, Identifier)) == sorted(str(name(n)) for n in range(1, 13))


def test_a_limit_ends_a_run_and_the_next_one_goes_on(twelve: Bench) -> None:
    assert twelve.fates(HarvestPlan(EVERYTHING, limit=5)) == {Fate.ADDED: 5}
    assert twelve.fates(HarvestPlan(EVERYTHING, limit=5)) == {Fate.ADDED: 5}
    assert twelve.fates(SINCE_LAST) == {Fate.ADDED: 2}
    assert len(twelve.official.searches()) == 3  # the list and its count; and, as other runs came between, the count at the end
    assert twelve.fates(SINCE_LAST) == {}


def test_xml_and_metadata_come_beside_the_page_and_later_too(twelve: Bench) -> None:
    twelve.events()
    twelve.downloaded()
    both = HarvestPlan(EVERYTHING, wish=frozenset(("xml", "metadata")))
    assert twelve.fates(both) == {Fate.UNCHANGED: 12}
    assert sorted({path.rsplit(".", 1)[1] for path in twelve.downloaded()}) == ["xml"]
    files = {(one.identifier, f"{one.identifier}.{one.form}"): twelve.archive.read(one) for one in twelve.archive.survey()}
    assert files[name(3), "kst-95001-3.xml"].content == small_xml(3)
    record = files[name(3), "kst-95001-3.html"].record
    assert record is not None
    assert b'name="DC.identifier"' in record
    twelve.official.shelf.put(small(3, "Verbeterde tekst."))
    assert twelve.fates(replace(both, since_last=True)) == {Fate.CHANGED: 1}
    assert [path.split("/")[-2] for path in twelve.downloaded()] == ["metadata", "xml", "html"]
    assert twelve.fates(both) == {}


def test_without_a_page_the_xml_is_read_with_its_metadata(tmp_path: Path) -> None:
    paper = small(1)
    files = {form: content for form, content in paper.files.items() if form != "html"}
    with bench(tmp_path, [replace(paper, files=files), replace(small(2), files={"pdf": b"%PDF"})]) as made:
        assert made.fates() == {Fate.ADDED: 1, Fate.TEXTLESS: 1}
        assert [path.split("/")[-2] for path in made.downloaded()] == ["metadata", "xml"]
        read = made.catalogue.get(name(1))
        assert read is not None
        assert (read.kind, read.date, read.sections[0].text) == ("Motie", date(2031, 9, 2), "Enige tekst.")
        assert made.state.counts()[State.TEXTLESS] == 1
        assert made.fates() == {}


def test_papers_that_are_only_there_as_pdf_come_when_pdfs_can_be_read(tmp_path: Path) -> None:
    files = {form: content for form, content in small(1).files.items() if form == "metadata"}
    paper = replace(small(1), files={**files, "pdf": pdf(column("Dit stuk is alleen als PDF bewaard."))})
    with bench(tmp_path, [paper, small(2)]) as made:
        assert made.fates() == {Fate.ADDED: 1, Fate.TEXTLESS: 1}
        made.downloaded()
        with_pdfs = HarvestPlan(EVERYTHING, wish=frozenset(("pdf",)))
        assert made.fates(with_pdfs) == {Fate.ADDED: 1}
        assert [path.split("/")[-2] for path in made.downloaded()] == ["metadata", "pdf"]
        read = made.catalogue.get(name(1))
        assert read is not None
        assert (read.source, read.kind, text_of(made, 1)) == (ReadFrom.PDF, "Motie", "Dit stuk is alleen als PDF bewaard.")
        assert made.fates(with_pdfs) == {}
        made.official.shelf.put(small(1))
        assert made.fates(replace(with_pdfs, since_last=True)) == {Fate.CHANGED: 1}
        assert text_of(made, 1) == "Enige tekst."


def test_attachments_come_when_they_are_asked_for(tmp_path: Path) -> None:
    record = (
        b'<metadata_gegevens><metadata name="DC.identifier" scheme="" content="blg-9000001"/><metadata name="DC.title" scheme="" '
        b'content="Nota"/><metadata name="OVERHEIDop.hoofddocument" scheme="" content="kst-95001-1"/></metadata_gegevens>'
    )
    attachment = Published(
        "blg-9000001", title="Nota", type="Bijlage", date="2031-09-02", content_area="officielepublicaties/blg/onopgemaakt",
        main_document="kst-95001-1", dossiers=("95001",),
        files={"metadata": record, "pdf": pdf(column("Een nota bij een brief."))},
    )  # fmt: skip
    with bench(tmp_path, [small(1), attachment]) as made:
        assert made.fates(HarvestPlan(EVERYTHING, wish=frozenset(("pdf",)))) == {Fate.ADDED: 1}
        scope = HarvestSelection(dossiers=("95001",), attachments=True).scope
        assert made.fates(HarvestPlan(scope, wish=frozenset(("pdf",)))) == {Fate.ADDED: 1}
        read = made.catalogue.get(Identifier("blg-9000001"))
        assert read is not None
        assert (read.title, read.attached_to, read.is_attachment) == ("Nota", name(1), True)


class BrokenOff(BaseException):
    """As a signal would: not an error that anyone may handle."""


class Breaking:
    """A source at which the run is broken off: before or after a request was answered."""

    def __init__(self, source: FileSource, at: set[int], *, after: bool) -> None:
        self._source = source
        self._at = at
        self._after = after
        self.number = 0

    def get(self, address: str, sound: Soundness, known: Validators = UNKNOWN) -> Received:
        self.number += 1
        if self.number in self._at and not self._after:
            raise BrokenOff
        received = self._source.get(address, sound, known)
        if self.number in self._at:
            raise BrokenOff
        return received


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.sets(st.integers(1, 60), max_size=8), st.booleans(), st.booleans())
def test_broken_off_anywhere_it_goes_on_and_repeats_only_the_file_or_window_it_was_at(
    tmp_path_factory: pytest.TempPathFactory, at: set[int], after: bool, extras: bool
) -> None:
    plan = HarvestPlan(EVERYTHING, wish=frozenset(("xml", "metadata")) if extras else frozenset())
    with bench(tmp_path_factory.mktemp("broken"), [small(number) for number in range(1, 13)]) as made:
        made.page = 3
        made.events(plan)
        files, searches = len(made.official.downloads()), len(made.official.searches())
    with bench(tmp_path_factory.mktemp("broken"), [small(number) for number in range(1, 13)]) as made:
        made.page = 3
        made.source = Breaking(impatient(made.official), at, after=after)
        breaks = 0
        while True:
            try:
                made.events(plan)
                break
            except BrokenOff:
                breaks += 1
        assert made.same_as_the_source()
        again = breaks if after else 0
        assert files <= len(made.official.downloads()) <= files + again
        assert len(made.official.searches()) <= searches + 3 * breaks  # a window is counted when it is listed, and all at the end


def test_a_catalogue_of_the_first_schema_is_brought_to_this_one(tmp_path: Path) -> None:
    path = tmp_path / "kamerstukken.db"
    with sqlite3.connect(path) as connection:
        for statement in STEPS[0].split(";"):
            connection.execute(statement)
        connection.execute("INSERT INTO removals (identifier, change) VALUES ('kst-95001-1', 1)")
        connection.execute("PRAGMA user_version = 1")
    connection.close()
    with open_catalogue(path, "1") as catalogue:
        assert catalogue.removed(name(1)) == ""
        assert catalogue.removed(name(2)) is None
    with bench(tmp_path, [small(1)]) as made:
        assert made.fates() == {Fate.ADDED: 1}
