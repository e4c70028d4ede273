"""Damaged papers of a catalogue that is whole otherwise, read anew from their files in the archive; all others are left alone.

What the catalogue keeps of a paper whole is kept, so a file is only read where that itself is damaged. A paper that was taken
back stays so. One that cannot be had is told, and is not in the catalogue until its file is.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from indexer.catalogue.archive import Archive, Kept
from indexer.catalogue.catalogue import Catalogue
from indexer.catalogue.manifest import Manifest
from indexer.catalogue.repair import NotConfined, Repair, Standing, repairing
from indexer.errors import ArchiveError, CatalogueDamaged, PaperError
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION
from indexer.rebuilding import chosen
from indexer.worker.reader import EncodedPaper, Reader


@dataclass(frozen=True, slots=True)
class MendedPapers:
    """The papers that were damaged, and of those that could not be had why."""

    papers: tuple[Identifier, ...]
    failures: tuple[tuple[str, str], ...]


def mend_papers(catalogue: Catalogue, archive: Archive) -> MendedPapers | None:
    """Put the damaged papers of a catalogue right; None, and nothing is done, where more is damaged than single rows.

    Raises:
        ArchiveError: the catalogue cannot be written, or the archive does not tell what was taken back; nothing is done.
    """
    try:
        with Reader() as reader, repairing(catalogue, PARSER_VERSION) as repair:
            reasons = {name: _mend_paper(name, repair, archive, reader) for name in repair.papers}
            for name in repair.of("removal"):
                repair.put_removal(name, archive.mark_of(Identifier(name)))
            for mark, manifest in _manifests(archive, repair.of("file")).items():
                repair.put_file(mark, manifest)
            papers = tuple(map(Identifier, repair.papers))
    except (NotConfined, CatalogueDamaged):
        return None
    return MendedPapers(papers, tuple((name, f"is left out: {reason}") for name, reason in reasons.items() if reason))


def _mend_paper(name: str, repair: Repair, archive: Archive, reader: Reader) -> str:
    """Put one paper right; gives why it cannot be had where it was left out."""
    mark = archive.mark_of(Identifier(name))
    if mark:
        repair.withdraw(name, mark)
        return ""
    kept, standing = repair.kept(name), repair.standing(name)
    if kept and standing:
        repair.write(*kept, standing)
        return ""
    try:  # only what reads the archive: a catalogue that cannot be written costs no paper
        reading, standing = _read(archive, Identifier(name), standing, reader)
    except (ArchiveError, PaperError) as error:
        repair.drop(name)
        return str(error)
    repair.write(reading.paper, reading.body, standing)
    return ""


def _read(archive: Archive, identifier: Identifier, known: Standing | None, reader: Reader) -> tuple[EncodedPaper, Standing]:
    """The paper in the file that counts, and how it stands then.

    Raises:
        ArchiveError, PaperError: there is none that can be read.
    """
    files = chosen(archive.files_of(identifier))
    if not files:
        raise PaperError(str(identifier), "the archive has no file of it")
    file = next((one for one in files if known and one.fingerprint == known.mark), files[0])
    reading = reader.read(archive.read(file))
    if reading.paper.identifier != identifier:
        raise PaperError(str(file.path), f"it holds {reading.paper.identifier}")
    return reading, Standing(file.fingerprint, file.form, PARSER_VERSION, known.change if known else None)


def _manifests(archive: Archive, marks: Iterable[str]) -> dict[str, Manifest | None]:
    """The manifests of files, as far as they have any."""
    found: dict[str, Manifest | None] = dict.fromkeys(marks)
    survey: Iterable[Kept] = archive.survey() if found else ()
    found.update((kept.fingerprint, kept.manifest) for kept in survey if kept.fingerprint in found)
    return found
