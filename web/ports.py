"""What the pages ask of the rest of the project: answers of the index, and looks into the archive.

The front door implements these; tests use fakes.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Protocol

from indexer.catalogue.dossiers import DossierListing, Neighbours, Order
from indexer.catalogue.overview import DateInDoubt
from indexer.catalogue.persons import PersonChoice, PersonListing
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk
from search.meaning.channel import Meaning
from search.ports import Sort, Suggestion
from search.snippets import Answer, AnsweredHit
from search.term import Concordance, LineOrder, TermAnswer

Highlighter = Callable[[str], Sequence[tuple[int, int]]]
"""Finds in a text the spans (start, end) to mark, in order and without overlap."""


@dataclass(frozen=True, slots=True)
class PaperReference:
    """A paper that cites another: what it is called, and the sentence that does it."""

    identifier: Identifier
    name: str
    date: datetime.date | None
    quote: str
    fictional: bool = False


@dataclass(frozen=True, slots=True)
class Holdings:
    """What the archive holds; the dates are those of the first and the last paper, ``years`` counts the papers of each year."""

    papers: int
    dossiers: int = 0
    citations: int = 0
    first: datetime.date | None = None
    last: datetime.date | None = None
    years: Mapping[int, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """That a paper was here and was taken back, and the instant (UTC) at which that was noticed, where that is known."""

    noticed: datetime.datetime | None = None


@dataclass(frozen=True, slots=True)
class ArchivedFile:
    """The official file that a paper was read from, exactly as it was received; the instant is in UTC."""

    content: bytes
    form: str
    """``html``, ``xml`` or ``pdf``, by what it holds."""
    received: datetime.datetime | None

    @property
    def sha256(self) -> str:
        """The hash of the content, as other programs compute it: 64 hexadecimal digits."""
        return hashlib.sha256(self.content).hexdigest()


class Answers(Protocol):
    """Answers queries as people type them. No query is an error.

    Every method may raise ``IndexMissing``, ``IndexDamaged`` and ``IndexOutdated`` (shown as a page that says which it is and
    what to do) and ``EngineError`` (shown as a page that asks to come back). All but ``generation`` may raise ``QueryTooCostly``
    (shown as a page that says what made the query costly) and ``NobodyWaits``.
    """

    def for_request(self, cancelled: Callable[[], bool]) -> Answers:
        """The same for one request: what it asks has one budget of work and time, and ends when it is ``cancelled``."""
        ...

    def answer(
        self,
        query: str,
        *,
        filters: Mapping[str, tuple[str, ...]],
        sort: Sort,
        offset: int,
        limit: int,
        facet_limit: int = 100,
        meaning: Meaning = Meaning.OFF,
    ) -> Answer:
        """Search; ``filters`` holds only names in ``FACETS``, each with at least one value.

        Raises:
            MeaningMissing: ``meaning`` is on, and papers cannot be found by meaning (told as a wrong parameter).
        """
        ...

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        """Completions of what has been typed so far, likeliest first."""
        ...

    def every_hit(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]], sort: Sort, bound: int
    ) -> Iterator[Sequence[AnsweredHit]]:
        """The hits that ``answer`` pages through, up to ``bound``, in batches from one state of the index.

        Raises:
            IndexChanged: the index was renewed meanwhile; what was given and what follows do not belong together.
        """
        ...

    def latest(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]], arrivals: Iterable[str], limit: int
    ) -> Sequence[AnsweredHit]:
        """The hits that came last; ``arrivals`` are the papers of the archive in the order in which they came, the last first."""
        ...

    def term(self, query: str, *, filters: Mapping[str, tuple[str, ...]]) -> TermAnswer:
        """How often, when and by whom a term is said; exact over all papers."""
        ...

    def concordance(self, query: str, *, filters: Mapping[str, tuple[str, ...]], order: LineOrder) -> Concordance:
        """The places where it is said, from a bounded number of papers; asked for every page of lines, so soon cheap."""
        ...

    def highlighter(self, query: str) -> Highlighter:
        """What marks the words of a query in the texts of a paper. The query is read once; the result is called per text."""
        ...

    @property
    def generation(self) -> str:
        """Names the state of the index; another state has another name."""
        ...


class Papers(Protocol):
    """Gives papers by identifier, and what is known between them."""

    def get(self, identifier: Identifier) -> Kamerstuk | None:
        """The paper, or None when it is not in the archive."""
        ...

    def withdrawal(self, identifier: Identifier) -> Withdrawal | None:
        """That the source took a paper back that was in the archive; None when it did not."""
        ...

    @property
    def state(self) -> str:
        """Names the state of the papers; another state has another name (for caches). Cheap."""
        ...

    def count(self) -> int:
        """How many papers there are; asked on every page, so cheap."""
        ...

    def holdings(self) -> Holdings:
        """What the archive holds; asked on many pages, so cheap."""
        ...

    def cited_by(self, identifier: Identifier) -> list[PaperReference]:
        """The papers that cite this one, newest first."""
        ...

    def names(self, identifiers: Iterable[Identifier]) -> Mapping[Identifier, str]:
        """What those of the papers are called that are in the archive."""
        ...

    def received_file(self, identifier: Identifier) -> ArchivedFile | None:
        """The archive's own copy of a paper, compared with the fingerprint it was received with; None when the paper is not here.

        Raises:
            ArchiveError: the copy is gone, or is not as it was received.
        """
        ...


class Condition(StrEnum):
    """How one of the three that answers are made of is."""

    OK = "ok"
    MISSING = "missing"
    """It is not there, or cannot be reached."""
    DAMAGED = "damaged"
    """It is not as it was written."""
    OUTDATED = "outdated"
    """This version of the program cannot use it."""
    BEHIND = "behind"
    """It can be used, and has not everything yet."""


@dataclass(frozen=True, slots=True)
class Readiness:
    """The condition of each of the three."""

    catalogue: Condition
    index: Condition
    archive: Condition

    @property
    def ready(self) -> bool:
        """Whether everything that is asked can be answered."""
        return {self.catalogue, self.index, self.archive} <= {Condition.OK, Condition.BEHIND}


@dataclass(frozen=True, slots=True)
class Run:
    """The last time papers were brought in: when it ended, and how many files failed. Why they failed is not for the public."""

    finished: datetime.datetime
    added: int
    changed: int
    failed: int


@dataclass(frozen=True, slots=True)
class Standing:
    """How complete and how fresh the archive is; instants are in UTC.

    ``years`` counts the papers of each year that has any, ``undated`` those without a date, ``doubtful`` those whose printed date
    cannot be right (they count in no year; ``doubts`` are the first of them), ``nameless`` those that tell nobody's name,
    ``fictional`` those that say that they are invented, ``former`` those that another version of this program read. ``behind``
    counts the changes that cannot be found yet; None when there is no index that can be used. ``versions`` names what made papers
    and index.
    """

    papers: int = 0
    undated: int = 0
    files: int = 0
    years: Mapping[int, int] = field(default_factory=dict)
    received: datetime.datetime | None = None
    run: Run | None = None
    behind: int | None = None
    versions: Mapping[str, str] = field(default_factory=dict)
    doubtful: int = 0
    fictional: int = 0
    nameless: int = 0
    former: int = 0
    doubts: Sequence[DateInDoubt] = ()


@dataclass(frozen=True, slots=True)
class ListPart:
    """A part of the list of all papers: its number, and when a paper in it was last received."""

    number: int
    received: datetime.datetime | None


class Ledger(Protocol):
    """What the archive knows of itself: what came when, how complete it is, and whether the index has it all."""

    def standing(self) -> Standing:
        """How complete and how fresh it is."""
        ...

    def changed(self) -> datetime.datetime | None:
        """Since when what is shown is as it is: the later of the last commit of the index and the last reception of a file."""
        ...

    def received(self, identifiers: Iterable[Identifier]) -> Mapping[Identifier, datetime.datetime]:
        """When the files were received that the papers were read from; those not in the archive are left out."""
        ...

    def arrivals(self) -> Iterator[Identifier]:
        """All papers, the last that came or changed first."""
        ...

    def parts(self) -> Sequence[ListPart]:
        """The parts that together list every paper once, the oldest first; a paper that changes moves to the last."""
        ...

    def part(self, number: int) -> Sequence[tuple[Identifier, datetime.datetime | None]]:
        """The papers of a part with their times of reception: 20,000 at most, none when there is no such part."""
        ...


class Listings(Protocol):
    """Tells of dossiers and persons what the papers of the archive tell of them.

    Every question costs little, however many papers a dossier or a person has.
    """

    def dossier(self, key: str, *, year: int | None, order: Order, offset: int, limit: int) -> DossierListing | None:
        """The dossier of this key (see ``Dossier.key``) with a part of its papers; None when the archive has none of it."""
        ...

    def invented(self, number: str) -> bool:
        """Whether a dossier of this number is invented: papers of it are in the archive, and all of them are."""
        ...

    def neighbours(self, identifier: Identifier) -> tuple[Neighbours, ...]:
        """The papers before and after this one in each of its dossiers; dossiers in which it stands alone are left out."""
        ...

    def person(self, name: str, chosen: PersonChoice, *, offset: int, limit: int) -> PersonListing | None:
        """The person of this name (``PaperPerson.known_as``) with a part of the papers chosen; None when nobody has it."""
        ...

    def meant(self, name: str) -> str:
        """Whom papers mean by this name, in the spelling of one of them; empty when that cannot be told."""
        ...

    def close_names(self, name: str, limit: int) -> list[str]:
        """Names of persons that this one may have meant, the closest first."""
        ...


@dataclass(frozen=True, slots=True)
class OpenArchive:
    """What one look into the archive can be asked; it belongs to one request and is asked by one thread."""

    papers: Papers
    listings: Listings
    ledger: Ledger


class Look(Protocol):
    """The way of a request into the archive: it is opened at the first question and closed with the request."""

    def __call__(self) -> OpenArchive:
        """What the archive tells in the present request."""
        ...

    def handed_over(self) -> tuple[OpenArchive, ExitStack]:
        """The same for an answer that is sent after the request, piece by piece; who takes it closes it."""
        ...
