"""Which request is worked on next, and which is refused or dropped."""

from __future__ import annotations

import threading
from dataclasses import dataclass, field

from kamerstukken.serving.lanes import Lanes, Refusal, Width
from web.lanes import Lane


@dataclass(eq=False)
class Request:
    """A request that only remembers what became of it."""

    visitor: str
    name: str = ""
    told: list[Refusal] = field(default_factory=list)

    def service(self) -> None:
        """Nothing to do."""

    def refuse(self, refusal: Refusal) -> None:
        self.told.append(refusal)


class Clock:
    """A clock that is set by hand."""

    now = 100.0

    def __call__(self) -> float:
        return self.now


def lanes(pages: Width, clock: Clock | None = None) -> Lanes:
    return Lanes({Lane.AT_ONCE: Width(2, 2), Lane.PAGES: pages, Lane.COSTLY: Width(1, 1)}, clock or Clock())


def taken(of: Lanes, lane: Lane = Lane.PAGES) -> list[str]:
    """The names of the requests that are worked on one after another."""
    names = []
    while (turn := of.take(lane)) is not None:
        assert isinstance(turn.asked, Request)
        names.append(turn.asked.name)
        of.done(turn)
    return names


def test_visitors_take_turns_however_much_one_of_them_asks() -> None:
    both = lanes(Width(1, 1))
    for number in range(5):
        both.add(Lane.PAGES, Request("greedy", f"greedy {number}"))
    both.add(Lane.PAGES, Request("modest", "modest"))

    assert taken(both)[:3] == ["greedy 0", "modest", "greedy 1"]


def test_a_visitor_has_no_more_than_a_share_of_the_threads() -> None:
    shared = lanes(Width(threads=3, each=2))
    for _ in range(5):
        shared.add(Lane.PAGES, Request("greedy", "greedy"))
    own = [shared.take(Lane.PAGES) for _ in range(3)]
    assert [turn is not None for turn in own] == [True, True, False]

    shared.add(Lane.PAGES, Request("modest", "modest"))
    other = shared.take(Lane.PAGES)

    assert other is not None
    assert other.visitor == "modest"
    assert own[0] is not None
    shared.done(own[0])
    assert shared.take(Lane.PAGES) is not None


def test_no_more_is_worked_on_than_there_are_threads() -> None:
    narrow = lanes(Width(threads=2, each=2))
    for number in range(3):
        narrow.add(Lane.PAGES, Request(f"visitor {number}"))

    assert [narrow.take(Lane.PAGES) is not None for _ in range(3)] == [True, True, False]


def test_one_who_has_all_places_is_told_so_and_others_still_find_one() -> None:
    full = lanes(Width(1, 1, waiting=4, waiting_each=3))
    greedy = [Request("greedy") for _ in range(5)]
    others = [Request("a"), Request("b")]

    for request in (*greedy, *others):
        full.add(Lane.PAGES, request)

    assert [[refusal.status for refusal in one.told] for one in greedy] == [[], [], [], [429], [429]]
    assert [[refusal.status for refusal in one.told] for one in others] == [[], [503]]
    assert all(refusal.retry_after > 0 for one in (*greedy, *others) for refusal in one.told)


def test_what_is_refused_is_told_by_the_lane_that_answers_at_once() -> None:
    full = lanes(Width(1, 1, waiting=1))
    full.add(Lane.PAGES, Request("a", "waits"))
    full.add(Lane.PAGES, Request("b", "refused"))

    assert taken(full, Lane.AT_ONCE) == ["refused"]
    assert full.counts["refused"] == 1


def test_what_has_waited_too_long_is_refused_unworked() -> None:
    clock = Clock()
    slow = lanes(Width(1, 1, patience=5), clock)
    old, new = Request("a", "old"), Request("a", "new")
    slow.add(Lane.PAGES, old)
    clock.now += 4
    slow.add(Lane.PAGES, new)
    clock.now += 2

    slow.expire()

    assert [refusal.status for refusal in old.told] == [503]
    assert taken(slow) == ["new"]
    assert taken(slow, Lane.AT_ONCE) == ["old"]


def test_who_hangs_up_is_dropped_unworked_and_loses_the_place() -> None:
    hung = lanes(Width(1, 1, waiting=30, waiting_each=30))
    requests = [Request("a", str(number)) for number in range(30)]
    for request in requests:
        hung.add(Lane.PAGES, request)

    for request in requests:
        hung.forget(request)

    assert hung.counts == {"dropped": 30}
    hung.add(Lane.PAGES, Request("a", "next"))
    assert taken(hung) == ["next"]
    assert hung.idle()


def long_one(of: Lanes, clock: Clock, visitor: str) -> Request:
    """A request that is worked on and has taken long."""
    request = Request(visitor, f"long of {visitor}")
    of.add(Lane.PAGES, request)
    assert of.take(Lane.PAGES) is not None
    of.after_you(request)
    assert not of.counts["aside"]
    clock.now += 1
    return request


def test_what_takes_long_goes_aside_and_another_begins() -> None:
    clock = Clock()
    one = lanes(Width(1, 1, aside=1, aside_each=1), clock)
    request = long_one(one, clock, "a")
    one.add(Lane.PAGES, Request("a", "short"))
    assert one.take(Lane.PAGES) is None

    one.after_you(request)

    assert one.counts["aside"] == 1
    assert taken(one) == ["short"]
    assert not one.idle()


def test_no_more_goes_aside_than_there_is_room_for() -> None:
    clock = Clock()
    one = lanes(Width(1, 1, aside=1, aside_each=1), clock)
    first = Request("a")
    second = Request("b")
    for request in (first, second):
        one.add(Lane.PAGES, request)
        turn = one.take(Lane.PAGES)
        clock.now += 1
        one.after_you(request)
    one.add(Lane.PAGES, Request("c", "next"))

    assert one.counts["aside"] == 1
    assert taken(one) == []
    assert turn is not None
    one.done(turn)
    assert taken(one) == ["next"]


def test_what_is_aside_goes_on_once_no_page_is_worked_on() -> None:
    clock = Clock()
    one = lanes(Width(1, 1, aside=1, aside_each=1), clock)
    request = long_one(one, clock, "a")
    one.after_you(request)
    one.add(Lane.PAGES, Request("b"))
    short = one.take(Lane.PAGES)
    assert short is not None
    gone_on = threading.Event()

    def goes_on() -> None:
        for _ in range(600):  # a pause has an end even where pages never stop; here it is taken again until they do
            one.after_you(request)
            if one.counts["worked"]:
                gone_on.set()
                return

    thread = threading.Thread(target=goes_on)
    thread.start()
    assert not gone_on.wait(0.05)
    one.done(short)

    thread.join(60)
    assert gone_on.is_set()


def test_what_is_costly_lets_pages_go_first_but_not_for_ever() -> None:
    both = lanes(Width(1, 1))
    export = Request("a")
    both.add(Lane.COSTLY, export)
    assert both.take(Lane.COSTLY) is not None
    both.add(Lane.PAGES, Request("b", "page"))

    both.after_you(export)

    assert both.crowded()
    assert taken(both) == ["page"]
    both.after_you(export)
