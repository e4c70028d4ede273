"""One listed paper → its files from the source → archive and catalogue.

What was received is recorded file by file, so that an interruption repeats only the request it broke off. What fails is recorded
with its reason; after several rounds the paper is put aside.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.keeping import keep_beside, receiving, withdraw
from indexer.catalogue.received import fingerprint
from indexer.errors import AddressRefused, ArchiveError, NotAtSource, PaperError, SourceError, SourceUnreachable
from indexer.harvest.forms import SOUND, forms_of
from indexer.harvest.progress import Fate, HarvestState, ReceivedFile, Settled, State, WantedPaper
from indexer.harvest.search_interface import SearchInterface
from indexer.harvest.source import UNKNOWN
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import OfficialFile
from indexer.take_in import Outcome, store
from indexer.worker.reader import Reader

ROUNDS = 6
"""After so many failures, each of many tries, a paper is put aside. A run lets a paper fail twice at most."""


@dataclass(frozen=True, slots=True)
class Fetcher:
    """Fetches papers; ``wish`` are the forms that are wanted beside the page."""

    searches: SearchInterface
    catalogue: Catalogue
    archive: Archive
    state: HarvestState
    wish: frozenset[str]
    reader: Reader

    def fetch(self, wanted: WantedPaper) -> Settled | None:
        """Fetch one paper and store it. None: the source has taken it back; what comes of that depends on how many there are.

        Raises:
            SourceUnreachable: there is no point in going on.
            ArchiveError: it cannot be stored.
        """
        if wanted.withdrawn:
            return self._leaving(wanted.identifier, "its record says that it no longer counts")
        forms = forms_of(wanted.addresses, self.wish)
        if not forms:
            return self._textless(wanted)
        try:
            return self._store(wanted, {form: self._part(wanted, form, forms[-1]) for form in forms})
        except SourceUnreachable as error:
            self._failed(wanted, error)  # so that another run begins with other papers, and does not get stuck at this one
            raise
        except NotAtSource as missing:
            if missing.gone or self.searches.seek([wanted.identifier]).gone:
                return self._leaving(wanted.identifier, missing.reason, listed=missing.gone)
            return self._failed(wanted, missing)
        except (SourceError, PaperError) as error:
            return self._failed(wanted, error)

    def _leaving(self, identifier: Identifier, reason: str, *, listed: bool = True) -> Settled | None:
        """A paper that is not here can be withdrawn at once, and one that was before still is."""
        if self.catalogue.removed(identifier) is not None and listed:
            with self.catalogue.transaction():
                self.state.settle(identifier, State.WITHDRAWN, reason)
            return Settled(identifier, Fate.UNCHANGED, reason)
        if not self.catalogue.form(identifier):
            return self.withdraw(identifier, reason, listed=listed)
        with self.catalogue.transaction():
            self.state.settle(identifier, State.LEAVING, reason)
        return None

    def withdraw(self, identifier: Identifier, reason: str, *, listed: bool = True) -> Settled:
        """Take a paper out: its files stay in the archive, unread. ``listed``: the source still has its record."""
        with receiving(self.catalogue, self.archive):
            withdraw(self.catalogue, self.archive, identifier)
            self.state.settle(identifier, State.WITHDRAWN, reason)
            if not listed:
                self.state.unlist(identifier)
        return Settled(identifier, Fate.WITHDRAWN, reason)

    def _part(self, wanted: WantedPaper, form: str, read: str) -> ReceivedFile:
        """The paper's file of that form, in the listed version: as it was received before, or fetched now."""
        name = wanted.identifier
        known = self.state.part(name, form)
        if known and known.stamp == wanted.stamp:
            return known
        had = known.validators if known and known.mark else UNKNOWN
        try:
            received = self.searches.source.get(wanted.addresses[form], SOUND[form], had)
        except NotAtSource:
            if form == read:
                raise
            part = ReceivedFile(wanted.stamp, UNKNOWN, "", None)  # an extra that is listed, but is not there
        else:
            unchanged = received.content is None and known is not None
            mark = known.mark if known is not None and unchanged else ""
            part = ReceivedFile(wanted.stamp, received.validators, mark, received.content)
        if form != read:
            with self.catalogue.transaction():
                self.state.keep(name, form, part)
        return part

    def _store(self, wanted: WantedPaper, parts: dict[str, ReceivedFile]) -> Settled:
        """Store what is new of the files, and what is read from the last of them."""
        name = wanted.identifier
        read = next(reversed(parts))
        if all(part.content is None for part in parts.values()):
            with self.catalogue.transaction():
                self._settle(name, parts, {}, parts[read].mark)
            return Settled(name, Fate.UNCHANGED)
        record = self._bytes(name, "metadata", parts)
        there = [form for form in parts if form != "metadata" and self._is_there(parts, form)]
        files = {form: self._file(wanted, form, parts, record) for form in there}
        file = files.pop(read)
        reading = self.reader.read(file)
        if reading.paper.identifier != name:
            raise PaperError(file.where, f"the file is of another paper, {reading.paper.identifier}")
        with receiving(self.catalogue, self.archive):
            outcome = store(file, reading, self.catalogue, self.archive)
            for other in files.values():
                keep_beside(self.catalogue, self.archive, name, other)
            self._settle(name, parts, {form: fingerprint(other) for form, other in files.items()}, fingerprint(file))
        return Settled(name, Fate.UNCHANGED if outcome is Outcome.OUTRANKED else Fate(outcome))

    def _settle(self, name: Identifier, parts: dict[str, ReceivedFile], marks: Mapping[str, str], mark: str) -> None:
        """Record that the paper is here, and in which files of the archive its parts are."""
        for form, part in parts.items():
            there = self._is_there(parts, form)
            self.state.keep(name, form, replace(part, mark=marks.get(form, mark) if there else "", content=None))
        self.state.settle(name, State.HERE)

    @staticmethod
    def _is_there(parts: dict[str, ReceivedFile], form: str) -> bool:
        """Whether the source had the file: it came just now, or is in the archive."""
        part = parts.get(form)
        return part is not None and (part.content is not None or bool(part.mark))

    def _file(self, wanted: WantedPaper, form: str, parts: dict[str, ReceivedFile], record: bytes | None) -> OfficialFile:
        content = self._bytes(wanted.identifier, form, parts) or b""
        return OfficialFile(wanted.addresses[form], f"{wanted.identifier}.{form}", content, record)

    def _bytes(self, name: Identifier, form: str, parts: dict[str, ReceivedFile]) -> bytes | None:
        """A part as received now, or as it lies in the archive; None when there is none."""
        part = parts.get(form)
        if part is None or part.content is not None or not part.mark:
            return part.content if part else None
        try:
            stored = self.archive.get(name, part.mark, next(reversed(parts)) if form == "metadata" else form)
        except ArchiveError as error:
            with self.catalogue.transaction():
                self.state.forget_parts(name)
            raise PaperError(str(name), f"{error}; its files are fetched anew") from error
        return stored.record if form == "metadata" else stored.content

    def _textless(self, wanted: WantedPaper) -> Settled:
        reason = f"the source has nothing of it that can be read, only {', '.join(sorted(wanted.addresses)) or 'the record'}"
        with self.catalogue.transaction():
            self.state.settle(wanted.identifier, State.TEXTLESS, reason)
        return Settled(wanted.identifier, Fate.TEXTLESS, reason)

    def _failed(self, wanted: WantedPaper, error: SourceError | PaperError) -> Settled:
        rounds = wanted.rounds + 1
        state, fate = (State.ASIDE, Fate.ASIDE) if rounds >= ROUNDS else (State.FAILED, Fate.FAILED)
        with self.catalogue.transaction():
            self.state.settle(wanted.identifier, state, str(error), rounds)
        return Settled(
            wanted.identifier, fate, str(error), isinstance(error, SourceError) and not isinstance(error, AddressRefused)
        )
