"""Lanes: which request is worked on next, and which is refused instead.

Each kind of request has a lane with threads of its own, so that a hundred exports leave the pages alone. Within a lane visitors
take turns, and one of them has no more than a share of its threads and of the places to wait. What has waited too long is refused
rather than worked on, since who asked has turned away; who hung up loses the place at once.

What takes long shows only while it is worked on. It then goes aside: its thread counts no more, another request begins, and it
goes on where no young one is worked on. So a short request never waits for a long one, whoever asks for either.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter, OrderedDict, deque
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Protocol

from kamerstukken.limits import Limits
from web.lanes import Lane

_LOG = logging.getLogger(__name__)
_RETRY_BUSY, _RETRY_SHARE = 5, 2
"""Seconds after which to come back: when all places were taken, and when those of the visitor were."""
_UNBOUNDED = 1 << 30
_YOUNG = 0.15
"""Seconds of work after which a request is one that takes long."""
_FIRST_ASIDE, _OTHERS_ASIDE = 0.1, 1.0
"""Seconds that what went aside waits at once, so that it gets on in the busiest hour too: the first of them, and the others."""


@dataclass(frozen=True, slots=True)
class Refusal:
    """That a request is not worked on: the status, and the seconds after which to come back."""

    status: int
    retry_after: int


class Asked(Protocol):
    """A request that has arrived whole."""

    @property
    def visitor(self) -> str:
        """Who asks."""
        ...

    def service(self) -> None:
        """Work on it, or tell that it was refused."""
        ...

    def refuse(self, refusal: Refusal) -> None:
        """Let ``service`` tell this instead of working."""
        ...


@dataclass(frozen=True, slots=True)
class Width:
    """How much a lane takes at once, and of one visitor; how many may wait, and for how many seconds."""

    threads: int
    each: int
    waiting: int = _UNBOUNDED
    waiting_each: int = _UNBOUNDED
    patience: float = float("inf")
    aside: int = 0
    """Requests that take long and may go aside."""
    aside_each: int = 0
    """The same, of one visitor."""


def widths(limits: Limits) -> dict[Lane, Width]:
    """The lanes by the limits. What is answered at once is bounded by the connections; a refusal goes that way too."""
    return {
        Lane.AT_ONCE: Width(2, 2),
        Lane.PAGES: Width(
            limits.pages,
            limits.pages_each,
            limits.pages_waiting,
            limits.pages_waiting_each,
            limits.pages_patience,
            limits.pages_long,
            limits.pages_long_each,
        ),
        Lane.COSTLY: Width(
            limits.costly, limits.costly_each, limits.costly_waiting, limits.costly_waiting_each, limits.costly_patience
        ),
    }


@dataclass(eq=False, slots=True)
class Turn:
    """A request that is worked on: in which lane, of whom, and since when."""

    asked: Asked
    lane: Lane
    visitor: str
    since: float
    aside: bool = False


class _Queue:
    """The requests of a lane that wait, by visitor in the order of their turns, and how many of whom are worked on."""

    def __init__(self, width: Width) -> None:
        self.width = width
        self.waiting: OrderedDict[str, deque[tuple[float, Asked]]] = OrderedDict()
        self.working: Counter[str] = Counter()
        self.aside: dict[Turn, None] = {}

    def __len__(self) -> int:
        return sum(map(len, self.waiting.values()))

    def refusal_of(self, visitor: str) -> Refusal | None:
        """Why there is no place for one more request of this visitor, if there is none."""
        if len(self.waiting.get(visitor, ())) >= self.width.waiting_each:
            return Refusal(429, _RETRY_SHARE)
        return Refusal(503, _RETRY_BUSY) if len(self) >= self.width.waiting else None

    def put(self, asked: Asked, now: float) -> None:
        self.waiting.setdefault(asked.visitor, deque()).append((now, asked))

    def next(self) -> Asked | None:
        """The next request that may be worked on; its visitor has the next turn after all others."""
        if self.working.total() >= self.width.threads:
            return None
        for visitor, own in self.waiting.items():
            if self.working[visitor] < self.width.each:
                _, asked = own.popleft()
                del self.waiting[visitor]
                if own:
                    self.waiting[visitor] = own
                self.working[visitor] += 1
                return asked
        return None

    def done(self, turn: Turn) -> None:
        if turn.aside:
            del self.aside[turn]
        else:
            self._works_no_more(turn.visitor)

    def put_aside(self, turn: Turn) -> bool:
        """Whether there is a place aside for it, so that another can begin."""
        own = sum(one.visitor == turn.visitor for one in self.aside)
        if turn.aside or len(self.aside) >= self.width.aside or own >= self.width.aside_each:
            return turn.aside
        turn.aside = True
        self.aside[turn] = None
        self._works_no_more(turn.visitor)
        return True

    def _works_no_more(self, visitor: str) -> None:
        self.working[visitor] -= 1
        if not self.working[visitor]:
            del self.working[visitor]

    def taken_out(self, leaves: Callable[[float, Asked], bool]) -> list[Asked]:
        """The waiting requests that are to leave, which then wait no more."""
        left: list[Asked] = []
        for visitor, own in list(self.waiting.items()):
            gone = [asked for since, asked in own if leaves(since, asked)]
            if gone:
                left += gone
                kept = deque((since, asked) for since, asked in own if asked not in gone)
                if kept:
                    self.waiting[visitor] = kept
                else:
                    del self.waiting[visitor]
        return left


class Lanes:
    """The lanes of a process, with their threads."""

    def __init__(self, widths: Mapping[Lane, Width], clock: Callable[[], float] = time.monotonic) -> None:
        self._queues = {lane: _Queue(width) for lane, width in widths.items()}
        self._clock = clock
        self._lock = threading.Lock()
        self._calls = {lane: threading.Condition(self._lock) for lane in widths}
        """Wake threads of a lane: there may be something to begin."""
        self._calm = threading.Condition(self._lock)
        """Wakes those who let others go first: there may be none any more."""
        self._turns: dict[Asked, Turn] = {}
        self._ended = False
        self.counts: Counter[str] = Counter()
        """How many requests were ``worked`` on, ``refused``, ``dropped`` and put ``aside``."""

    def add(self, lane: Lane, asked: Asked) -> None:
        """Let the request wait for its turn in this lane, or be refused where there is no place."""
        with self._lock:
            refusal = self._queues[lane].refusal_of(asked.visitor)
            if refusal is not None:
                self._refuse(asked, refusal)
            else:
                self._queues[lane].put(asked, self._clock())
                self._calls[lane].notify()

    def refuse(self, asked: Asked, refusal: Refusal) -> None:
        """Have the request told that it is refused."""
        with self._lock:
            self._refuse(asked, refusal)

    def _refuse(self, asked: Asked, refusal: Refusal) -> None:
        self.counts["refused"] += 1
        asked.refuse(refusal)
        self._queues[Lane.AT_ONCE].put(asked, self._clock())
        self._calls[Lane.AT_ONCE].notify()

    def forget(self, asked: Asked) -> None:
        """Drop a request that nobody waits for any more, unless it is being worked on."""
        with self._lock:
            for queue in self._queues.values():
                self.counts["dropped"] += len(queue.taken_out(lambda _, one: one is asked))

    def expire(self) -> None:
        """Refuse what has waited too long."""
        now = self._clock()
        with self._lock:
            for queue in self._queues.values():
                patience = queue.width.patience
                for asked in queue.taken_out(lambda since, _, longest=patience: now - since > longest):  # type: ignore[misc]  # mypy cannot tell the type of a default
                    self._refuse(asked, Refusal(503, _RETRY_BUSY))

    def take(self, lane: Lane) -> Turn | None:
        """The next request of the lane to work on, if one may be; ``done`` has to follow."""
        with self._lock:
            return self._next(lane)

    def _next(self, lane: Lane) -> Turn | None:
        asked = self._queues[lane].next()
        if asked is None:
            return None
        turn = self._turns[asked] = Turn(asked, lane, asked.visitor, self._clock())
        return turn

    def done(self, turn: Turn) -> None:
        """A request has been worked on."""
        with self._lock:
            self.counts["worked"] += 1
            self._queues[turn.lane].done(turn)
            if self._turns.get(turn.asked) is turn:  # the next request of the same connection may have begun
                del self._turns[turn.asked]
            self._calls[turn.lane].notify()
            self._calm.notify_all()

    def after_you(self, asked: Asked) -> None:
        """Let others go first where this request takes long; called now and then by whoever works on it."""
        with self._lock:
            turn = self._turns.get(asked)
            if turn is None or turn.lane is Lane.AT_ONCE:
                return
            pages = self._queues[Lane.PAGES]
            if turn.lane is Lane.PAGES:
                if self._clock() - turn.since < _YOUNG:
                    return
                had_place = turn.aside
                if not pages.put_aside(turn):
                    return
                if not had_place:
                    self.counts["aside"] += 1
                    self._calls[Lane.PAGES].notify()
                    self._calm.notify_all()
            first = next(iter(pages.aside), turn)
            if turn.lane is Lane.COSTLY or turn is first:
                self._calm.wait_for(lambda: self._ended or not (pages.waiting or pages.working), _FIRST_ASIDE)
            else:
                self._calm.wait_for(lambda: self._ended or next(iter(pages.aside), turn) is turn, _OTHERS_ASIDE)

    def crowded(self) -> bool:
        """Whether requests for pages wait here."""
        return bool(self._queues[Lane.PAGES].waiting)

    def idle(self) -> bool:
        """Whether nothing waits and nothing is worked on."""
        with self._lock:
            return not any(queue.waiting or queue.working or queue.aside for queue in self._queues.values())

    def start(self) -> None:
        """Begin to work."""
        for lane, queue in self._queues.items():
            for number in range(queue.width.threads + queue.width.aside):
                threading.Thread(target=self._work, args=(lane,), name=f"{lane}-{number}", daemon=True).start()

    def end(self) -> None:
        """Begin nothing more."""
        with self._lock:
            self._ended = True
            for call in (*self._calls.values(), self._calm):
                call.notify_all()

    def _work(self, lane: Lane) -> None:
        while True:
            with self._lock:
                turn = self._next(lane)
                while turn is None:
                    if self._ended:
                        return
                    self._calls[lane].wait()
                    turn = self._next(lane)
            try:
                turn.asked.service()
            except Exception:  # noqa: BLE001 - the thread has to live on, whatever failed
                _LOG.exception("a request could not be answered")
            finally:
                self.done(turn)
