"""``check`` over a real cluster: what differs of an index there is told, and mended in that paper or as a whole."""

from __future__ import annotations

import json
import uuid
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from search.engines.opensearch.client import Access, Address, Cluster
from tests.kamerstukken.running import invoke, says
from tests.web.archive import SAMPLE


@dataclass(frozen=True, slots=True)
class Place:
    """A data folder, and the cluster with its index."""

    data: Path
    cluster: Cluster

    @property
    def where(self) -> tuple[str | Path, ...]:
        """What the command is told of both."""
        address = self.cluster.address
        return "--data", self.data, "--engine", f"opensearch:{','.join(address.nodes)}/{address.index}"

    def index(self) -> str:
        """The index that is in use."""
        (name,) = self.cluster.ask("GET", f"/{self.cluster.address.index}").body
        return str(name)

    def paper(self, number: int) -> Any:
        """What is kept of a paper."""
        return self.cluster.ask("GET", f"/{self.index()}/_doc/kst-91066-{number}").body["_source"]

    def put(self, name: str, source: object) -> None:
        """Put a document in place of another."""
        self.cluster.ask("PUT", f"/{self.index()}/_doc/{name}", source, {"refresh": "true"})

    def remove(self, name: str) -> None:
        """Take a document out."""
        self.cluster.ask("DELETE", f"/{self.index()}/_doc/{name}", None, {"refresh": "true"})

    def say(self, **of_itself: object) -> None:
        """Let the index say something else of itself."""
        told = self.cluster.ask("GET", f"/{self.index()}").body[self.index()]["mappings"]["_meta"]
        self.cluster.ask("PUT", f"/{self.index()}/_mapping", {"_meta": told | of_itself})

    def lose(self, ending: str = "*") -> None:
        """Remove indexes."""
        for name in self.cluster.ask("GET", f"/{self.cluster.address.index}{ending}").body:
            self.cluster.ask("DELETE", f"/{name}")

    def told(self, *flags: str) -> tuple[set[tuple[str, str]], int]:
        """What differs, of which papers, and the exit status."""
        done = invoke("check", "--json", *flags, *self.where)
        return {(one["kind"], one["identifier"]) for one in json.loads(done.stdout)["differences"]}, done.exit_code


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory, opensearch_nodes: tuple[str, ...]) -> Iterator[Place]:
    """Three papers on the cluster; each test leaves them whole."""
    cluster = Cluster(Address(opensearch_nodes, f"checking-{uuid.uuid4().hex[:8]}"), Access())
    made = Place(tmp_path_factory.mktemp("checking") / "data", cluster)
    says("index", *(SAMPLE / f"kst-91066-{number}.html" for number in (76, 79, 83)), *made.where)
    yield made
    made.lose()


HARMS: list[tuple[Callable[[Place], None], set[tuple[str, str]]]] = [
    (lambda place: place.remove("kst-91066-83"), {("not-in-index", "kst-91066-83")}),
    (lambda place: place.put("kst-91066-999", place.paper(83)), {("not-in-catalogue", "kst-91066-999")}),
    (lambda place: place.put("kst-91066-83", place.paper(76)), {("index-differs", "kst-91066-83")}),
    (lambda place: place.put("kst-91066-83", {"identifier": "kst-91066-83"}), {("index-differs", "kst-91066-83")}),
    (lambda place: place.say(change=1), {("index-behind", "")}),
    (lambda place: place.say(mark="another"), {("index-outdated", "")}),
    (lambda place: place.say(epoch="another"), {("index-outdated", "")}),
    (lambda place: place.lose("*-words"), {("index-damaged", "")}),
    (lambda place: place.lose(), {("index-missing", "")}),
]


@pytest.mark.parametrize(("harm", "expected"), HARMS)
def test_what_differs_on_the_cluster_is_told_and_mended(
    place: Place, harm: Callable[[Place], None], expected: set[tuple[str, str]]
) -> None:
    assert place.told() == (set(), 0)
    harm(place)
    assert place.told() == (expected, 1)
    assert place.told("--mend") == (set(), 0)
    found = json.loads(says("search", "kst-91066-83", "--json", *place.where).stdout)
    assert found["jump"] == "kst-91066-83"
