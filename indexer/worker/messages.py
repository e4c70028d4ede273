"""What goes between a process that reads files and the one that it reads for: limits, files, and what was read of them."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from indexer.catalogue.tweede_kamer import ODataRecords
from indexer.errors import PaperError
from indexer.reading.official_file import OfficialFile
from indexer.reading.pdf import is_pdf


@dataclass(frozen=True, slots=True)
class ReadingLimits:
    """What reading one file may take; several times what the longest papers do."""

    seconds: int = 60
    """Of work, for a page, XML or records."""
    pdf_seconds: int = 300
    """Of work, for a PDF."""
    grace: int = 30
    """On a busy machine a file may wait so many seconds beyond its seconds of work."""
    memory: int = 1 << 30
    """Bytes, the program that reads among them."""

    def seconds_for(self, file: OfficialFile) -> int:
        """How many seconds of work a file may take."""
        return self.pdf_seconds if is_pdf(file.content) else self.seconds


USUAL = ReadingLimits()


class Sign(Enum):
    """What a process tells beside what it read."""

    READY = "ready"
    """It has started, and knows its limits."""
    OUT_OF_MEMORY = "out of memory"
    """It reached its limit with the file it was asked, and ends."""


Told = bytes | ODataRecords | PaperError
"""What is in a file: the bytes of a paper, which are decoded sooner than a pickle, or records, or what is wrong with it."""
