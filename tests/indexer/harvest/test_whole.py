"""The whole of an archive through every fault at once: complete, byte for byte, and without a request too many."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from indexer.harvest.loop import HarvestPlan
from indexer.harvest.progress import Fate
from indexer.harvest.search_interface import SearchInterface
from tests.indexer.harvest.bench import EVERYTHING, bench
from tests.official_source.faults import HARMLESS, Fault, Faults
from tests.official_source.papers import generated

PAPERS = 1_500
MOST = 400


def test_with_every_fault_at_five_percent_everything_comes_and_nothing_is_asked_in_vain(tmp_path: Path) -> None:
    with bench(tmp_path, generated(PAPERS)) as made:
        made.page = MOST
        list(made.harvester.survey(HarvestPlan(EVERYTHING)))
        SearchInterface(made.source, made.official.sru, MOST).count(EVERYTHING.cql, EVERYTHING.window)
        paths = [paper.path("html") for paper in made.official.shelf.papers()]
        needed = Counter((request.path, request.query) for request in made.official.log) + Counter((path, "") for path in paths)
        made.official.log.clear()
        made.official.faults = Faults.all(0.05, seed=9)
        made.official.faults.delay = 0.005
        fates = made.fates()
        assert (fates[Fate.ADDED], fates[Fate.CHANGED], fates[Fate.WITHDRAWN], fates[Fate.ASIDE]) == (PAPERS, 0, 0, 0)
        assert made.same_as_the_source()
        assert made.state.troubles(1) == []
        spoilt = [request for request in made.official.log if request.fault is not None and request.fault not in HARMLESS]
        asked = Counter((request.path, request.query) for request in made.official.log)
        assert asked == needed + Counter((request.path, request.query) for request in spoilt)
        assert {request.fault for request in made.official.log} == {None, *Fault}
        assert len(spoilt) > PAPERS * 0.3
