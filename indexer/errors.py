"""All errors of the project, one small tree.

    KamerstukkenError
    ├── PaperError        one file cannot be read as a paper; the others go on
    ├── ArchiveError      the data folder cannot be used
    │   ├── BusyError     another process is writing to it
    │   ├── CatalogueMissing   there is no catalogue
    │   ├── CatalogueOutdated  another version of this program made it
    │   ├── CatalogueDamaged   what it says of papers is not as it was written
    │   ├── FewerPapers        an index would be replaced by one with far fewer papers
    │   └── KeptFileDamaged  a file of the archive is not as it was received
    ├── ReaderMissing     no process can be started to read files
    ├── SourceError       the official source does not give what was asked of it
    │   ├── SourceUnreachable  it cannot be reached at all, or wants to be left alone for long
    │   ├── NotAtSource        it has no such file
    │   ├── AddressRefused     what it names is not to be asked
    │   └── QueryRefused       it does not understand the query
    ├── IndexMissing      there is no index yet
    ├── IndexOutdated     the index was made by another version of schema or analysis
    │   └── IndexDamaged  a file of the index is not as it was written
    ├── MeaningMissing    papers cannot be found by meaning: the extra or the vectors are not there
    ├── IndexChanged      the index changed while an answer was read from it in parts
    ├── QueryTooCostly    a query asks for more work, or more time, than one answer may take
    ├── NobodyWaits       whoever asked has gone, so that the answer was not finished
    └── EngineError       the search engine on other machines does not do what was asked of it
        ├── EngineUnavailable  it does not answer, or not completely; later it may
        └── EngineDenied       it does not let us in, or not do this, or shows a certificate that is not trusted

Every message says what is wrong, where, and what to do. Errors of libraries are translated where they cross into our code.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path


_LONGEST_REASON, _LONGEST_PLACE = 1_000, 4_500
"""Characters; a path may have as many as the second."""


def shown(text: str, most: int = 200) -> str:
    """What others wrote, for a message: cut, and without characters that a terminal would obey."""
    return "".join(character if character.isprintable() else "?" for character in text[:most])


class KamerstukkenError(Exception):
    """Anything that goes wrong for a reason the user can do something about."""


class PaperError(KamerstukkenError):
    """One file cannot be read as a paper.

    ``where`` names the file, ``reason`` says what is wrong in one sentence without a full stop. What stands in the file or in its
    name may be part of them.
    """

    def __init__(self, where: str, reason: str) -> None:
        self.where = shown(where, _LONGEST_PLACE)
        self.reason = shown(reason, _LONGEST_REASON)
        super().__init__(f"{self.where}: {self.reason}")

    def __reduce__(self) -> tuple[type[Exception], tuple[str, str]]:
        """It may be raised in another process than it is told in."""
        return type(self), (self.where, self.reason)


class ArchiveError(KamerstukkenError):
    """The data folder, the archive or the catalogue cannot be used."""


class BusyError(ArchiveError):
    """Another process holds the writing lock; the message names it."""


class FewerPapers(ArchiveError):
    """An index would be replaced by one with far fewer papers, which nobody asked for; nothing was changed."""


class KeptFileDamaged(ArchiveError):
    """A file of the archive is not as it was received: its bytes have not the hash that they came with."""


class CatalogueMissing(ArchiveError):
    """There is no catalogue: nothing was brought in yet, or it is ``lost`` while what it tells of is still there.

    For a lost one the ``remedy`` says what to do.
    """

    def __init__(self, path: Path, *, lost: bool = False, remedy: str = "") -> None:
        self.lost = lost
        begin = remedy if lost else "begin with: kamerstukken index PATH…"
        super().__init__(f"{path}: {'the catalogue is gone' if self.lost else 'there are no papers yet'}; {begin}")


class CatalogueOutdated(ArchiveError):
    """The catalogue was made by another version of this program, and cannot be brought to the form that this one reads.

    The ``remedy`` says what to do.
    """

    def __init__(self, message: str, remedy: str) -> None:
        super().__init__(f"{message}; {remedy}")
        self.remedy = remedy


class CatalogueDamaged(ArchiveError):
    """What the catalogue says is not as it was written; the message names the paper where only one is concerned.

    ``identifier`` is that of the paper, empty where it cannot be told which.
    """

    def __init__(self, message: str, identifier: str = "") -> None:
        super().__init__(message)
        self.identifier = identifier


class ReaderMissing(KamerstukkenError):
    """No process can be started to read files, within which reading is bounded."""


class SourceError(KamerstukkenError):
    """The official source does not give what was asked of it, however often.

    ``address`` is what was asked, ``reason`` says what came instead, in one sentence without a full stop. Words of the source may
    be part of them.
    """

    def __init__(self, address: str, reason: str) -> None:
        self.address = shown(address, _LONGEST_PLACE)
        self.reason = shown(reason, _LONGEST_REASON)
        super().__init__(f"{self.address}: {self.reason}")


class SourceUnreachable(SourceError):
    """The source cannot be reached at all, or asks not to come back soon; there is no point in asking for anything else."""


class NotAtSource(SourceError):
    """The source says that it has no such file; ``gone`` when it says that it once had."""

    def __init__(self, address: str, reason: str, *, gone: bool) -> None:
        super().__init__(address, reason)
        self.gone = gone


class AddressRefused(SourceError):
    """An address that is not followed: it is none, or leads elsewhere than to the source."""


class QueryRefused(SourceError):
    """The source does not understand the query; ``too_far`` when only because it asks for more results than are given."""

    def __init__(self, address: str, reason: str, *, too_far: bool = False) -> None:
        super().__init__(address, reason)
        self.too_far = too_far


class IndexMissing(KamerstukkenError):
    """There is no index in the data folder yet."""


class IndexOutdated(KamerstukkenError):
    """The index was made by another version of the schema or the analysis."""


class IndexDamaged(IndexOutdated):
    """A file of the index is not as it was written; like one of another version it cannot be used, but made anew."""


class MeaningMissing(KamerstukkenError):
    """It was asked to find papers by meaning, and there is nothing to do so with."""


class IndexChanged(KamerstukkenError):
    """The index changed while an answer was read from it in parts; what was read and what follows do not belong together."""


class QueryTooCostly(KamerstukkenError):
    """A query asks for more work, or more time, than one answer may take; a part of the answer is never given for the whole.

    ``part`` names what made it costly (``search.budget.Part``).
    """

    def __init__(self, message: str, part: str) -> None:
        super().__init__(message)
        self.part = part


class NobodyWaits(KamerstukkenError):
    """Whoever asked has gone, so that the answer was not finished."""


class EngineError(KamerstukkenError):
    """The search engine on other machines does not do what was asked of it; the message names its address.

    ``status`` is that of its answer over HTTP, 0 where there was none.
    """

    def __init__(self, message: str, status: int = 0) -> None:
        super().__init__(message)
        self.status = status


class EngineUnavailable(EngineError):
    """The engine does not answer, is too busy, or would answer from a part of the papers only; trying later may help."""


class EngineDenied(EngineError):
    """The engine does not accept user and password, or the user's role does not allow what was asked, or we do not trust it."""
