"""All that a request asks is asked together, and ends when nobody waits for the request."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import pytest

from indexer.errors import NobodyWaits
from search.budget import Part
from tests.web.fakes import FakeAnswers, site
from web import strings
from web.lanes import CANCELLED


@dataclass
class _Watched(FakeAnswers):
    """Keeps for which requests it was asked."""

    requests: list[Callable[[], bool]] = field(default_factory=list)

    def for_request(self, cancelled: Callable[[], bool]) -> FakeAnswers:
        self.requests.append(cancelled)
        return self


@pytest.mark.parametrize("address", ["/zoeken?q=motie", "/term?q=motie", "/zoeken.csv?q=motie", "/zoeken.atom?q=motie"])
def test_a_request_is_asked_together_and_may_be_cancelled(address: str) -> None:
    answers = _Watched()
    site(answers).get(address, environ_overrides={CANCELLED: lambda: True})
    (cancelled,) = answers.requests
    assert cancelled()


def test_a_server_that_cannot_tell_whether_anybody_waits_cancels_nothing() -> None:
    answers = _Watched()
    site(answers).get("/zoeken?q=motie")
    site(answers).get("/zoeken?q=motie")
    assert [cancelled() for cancelled in answers.requests] == [False, False]


def test_whom_nobody_waits_for_is_told_nothing() -> None:
    response = site(FakeAnswers(error=NobodyWaits("gone"))).get("/zoeken?q=motie")
    assert (response.status_code, response.data) == (503, b"")


def test_every_reason_for_being_costly_can_be_told() -> None:
    assert set(strings.COSTLY) == {part.value for part in Part}
