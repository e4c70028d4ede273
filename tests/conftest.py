"""Fixtures for all tests."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from xdist.remote import Producer
from xdist.scheduler import LoadScopeScheduling

from search.analysis.dictionary import dutch
from tests.opensearch import testing
from tests.opensearch.cluster import Cluster
from tests.opensearch.jars import NoJars
from tests.opensearch.telling import Tell

# The same cases each time, so that a change fails by its own doing; `pytest --hypothesis-profile default` tries others. How long
# a case takes depends on what else the machine does.
settings.register_profile("same", derandomize=True, deadline=None)
settings.load_profile("same")


_HEAVY = ("tests/opensearch/", "tests/browser/", "[opensearch")
"""What the addresses of tests have that share a cluster or a browser."""


def _needs_much(test: str) -> bool:
    return any(mark in test for mark in _HEAVY)


class Together(LoadScopeScheduling):  # type: ignore[misc] # pytest-xdist is untyped
    """Where several processes run the tests, one has all that need the cluster or a browser; the others stay together by file."""

    def _split_scope(self, nodeid: str) -> str:
        return "much" if _needs_much(nodeid) else nodeid.partition("::")[0]


@pytest.hookimpl(optionalhook=True)  # of pytest-xdist
def pytest_xdist_make_scheduler(config: pytest.Config, log: Producer) -> Together:
    """How tests are handed out."""
    return Together(config, log)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What needs much comes first, so that no process waits for it in the end."""
    items.sort(key=lambda item: not _needs_much(item.nodeid))


@pytest.fixture(scope="session", autouse=True)
def dictionary() -> None:
    """The Dutch dictionary is read before any test is timed."""
    dutch()


@pytest.fixture(scope="session")
def real() -> Path:
    """The folder with real official papers, which are no part of the project."""
    folder = os.environ.get("KAMERSTUKKEN_REAL")
    if not folder:
        pytest.skip("KAMERSTUKKEN_REAL is not set: no folder with real official papers")
    return Path(folder)


@pytest.fixture(scope="session")
def opensearch_nodes(request: pytest.FixtureRequest) -> tuple[str, ...]:
    """The addresses of a cluster to make small indexes on: that of the tests, or one that runs already."""
    given = os.environ.get("KAMERSTUKKEN_TEST_OPENSEARCH")
    nodes = tuple(given.split()) if given else request.getfixturevalue("started_cluster").addresses
    testing.use(nodes)
    return nodes


@pytest.fixture(scope="session")
def started_cluster() -> Iterator[Cluster]:
    """A real OpenSearch cluster of three nodes, one for all tests; they take some 15 s to start."""
    try:
        cluster = Cluster()
    except NoJars as missing:
        if os.environ.get("KAMERSTUKKEN_OPENSEARCH_TESTS") == "required":
            pytest.fail(f"the tests over OpenSearch are required here, but: {missing}")
        pytest.skip(f"no OpenSearch cluster: {missing}")
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()


@pytest.fixture
def told(request: pytest.FixtureRequest) -> Tell:
    """Tells figures that a test measured."""
    capture = request.config.pluginmanager.getplugin("capturemanager")
    writer = request.config.get_terminal_writer()

    def tell(line: str) -> None:
        with capture.global_and_fixture_disabled():
            writer.line(f"\n{line}")

    return tell


@pytest.fixture
def cluster(started_cluster: Cluster) -> Cluster:
    """The cluster with all its nodes, also after a test that ended some; each test names indices of its own."""
    started_cluster.heal()
    return started_cluster
