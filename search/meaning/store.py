"""Where the vectors of papers are kept: in a folder of their own beside the index, one for each encoder, in parts.

``vectors/<encoder>/00001`` and so on are parts. A part holds the vectors of up to some thousand papers as arrays that are mapped
into memory, and ``part.json``: which papers, where their vectors begin, a fingerprint of their texts, which papers left, and the
last change of the catalogue that it knows. A part is written beside the others and gets its name in one move; so a process that
is killed loses only the part that it was writing, and the next goes on after the last change. A later part takes the place of an
earlier one for every paper that it names.

A number of a vector takes one byte: it is a share of the largest number of its row, which is kept beside it. For each paper the
mean of its vectors stands ready, so that a query reads one row for a paper and only those of the nearest papers in full.
"""

from __future__ import annotations

import json
import os
import shutil
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cached_property
from hashlib import blake2s
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from indexer.catalogue.history import BEGINNING, Moment
from indexer.errors import ArchiveError
from search.learnt.vectors import Vectors
from search.meaning.encoder import Reading

_TEMPORARY = ".new"
_LEVELS = 127


@dataclass(frozen=True, slots=True)
class Rows:
    """Vectors of which every number takes one byte."""

    levels: NDArray[np.int8]
    scales: NDArray[np.float32]

    @classmethod
    def of(cls, vectors: Vectors) -> Rows:
        """The vectors, rounded."""
        scales = np.maximum(np.abs(vectors).max(axis=1, initial=0.0), 1e-9) / _LEVELS
        each = np.repeat(scales, vectors.shape[1]).reshape(vectors.shape)
        return cls(np.round(vectors / each).astype(np.int8), scales.astype(np.float32))

    def nearness(self, vector: Vectors, at: int = 0) -> Vectors:
        """The inner product of a vector with as many numbers of each row, from ``at`` on."""
        near = np.empty(len(self.scales), dtype=np.float32)
        for first in range(0, len(near), _CHUNK):
            some = slice(first, first + _CHUNK)
            near[some] = self.levels[some, at : at + len(vector)].astype(np.float32) @ vector
        return near * self.scales


_CHUNK = 4_096
"""Rows that are unpacked at once: few enough for the processor's own memory."""


@dataclass(frozen=True, slots=True)
class Embedded:
    """A paper with the vectors of its texts, and the fingerprint of these."""

    identifier: str
    fingerprint: str
    vectors: Vectors


@dataclass(frozen=True, slots=True)
class Listed:
    """What ``part.json`` says."""

    moment: Moment
    """The moment of the catalogue up to which this part and those before it go."""
    papers: tuple[str, ...]
    fingerprints: tuple[str, ...]
    starts: tuple[int, ...]
    """Where the vectors of each paper begin, and behind them where the last ones end."""
    removed: tuple[str, ...]


@dataclass(frozen=True)
class Part:
    """One part, as it lies on the disk."""

    folder: Path
    listed: Listed

    @classmethod
    def open(cls, folder: Path) -> Part:
        """Read what it says of itself.

        Raises:
            ArchiveError: it is not as it was written.
        """
        try:
            said = json.loads((folder / "part.json").read_text("utf-8"))
            lists = (tuple(said[name]) for name in ("papers", "fingerprints", "starts", "removed"))
            moment = Moment(said.get("epoch", ""), int(said["change"]), said.get("mark", ""))
            return cls(folder, Listed(moment, *lists))
        except (OSError, ValueError, TypeError, KeyError) as error:
            raise ArchiveError(f"{folder}: cannot be read; remove the folder and run: kamerstukken embed") from error

    @cached_property
    def means(self) -> Rows:
        """One row for each paper."""
        return self._rows("means")

    @cached_property
    def texts(self) -> Rows:
        """One row for each text."""
        return self._rows("texts")

    def _rows(self, name: str) -> Rows:
        try:
            levels = np.load(self.folder / f"{name}.npy", mmap_mode="r")
            return Rows(levels, np.load(self.folder / f"{name}-scales.npy"))
        except (OSError, ValueError) as error:
            raise ArchiveError(f"{self.folder}: cannot be read; remove the folder and run: kamerstukken embed") from error


@dataclass(frozen=True)
class Kept:
    """The vectors of one encoder at one moment: the parts, and of each paper the part and the place in it."""

    parts: tuple[Part, ...]

    @cached_property
    def places(self) -> Mapping[str, tuple[int, int]]:
        """Where each paper is; later parts count."""
        places: dict[str, tuple[int, int]] = {}
        for number, part in enumerate(self.parts):
            for identifier in part.listed.removed:
                places.pop(identifier, None)
            places.update((identifier, (number, place)) for place, identifier in enumerate(part.listed.papers))
        return places

    @cached_property
    def living(self) -> tuple[NDArray[np.bool_], ...]:
        """For each part which of its papers count."""
        living = tuple(np.zeros(len(part.listed.papers), dtype=np.bool_) for part in self.parts)
        for number, place in self.places.values():
            living[number][place] = True
        return living

    @property
    def moment(self) -> Moment:
        """The moment of the catalogue up to which the vectors go."""
        return self.parts[-1].listed.moment if self.parts else BEGINNING

    def fingerprint(self, identifier: str) -> str:
        """That of the texts whose vectors are kept; empty for a paper without."""
        if identifier not in self.places:
            return ""
        number, place = self.places[identifier]
        return self.parts[number].listed.fingerprints[place]


class VectorStore:
    """The folder of the vectors of one encoder. One process writes at a time, which is the caller's affair."""

    def __init__(self, folder: Path, encoder: str) -> None:
        self._all = folder
        self._encoder = encoder
        self.folder = folder / blake2s(encoder.encode(), digest_size=8).hexdigest()
        self._kept: tuple[tuple[str, ...], Kept] = ((), Kept(()))

    @property
    def generation(self) -> str:
        """Names the state of the vectors; empty where there are none."""
        return "/".join(self._names()[-1:])

    def _names(self) -> tuple[str, ...]:
        try:
            names = (entry.name for entry in os.scandir(self.folder) if entry.name.isdigit())
            return tuple(sorted(names))
        except FileNotFoundError:
            return ()

    def kept(self) -> Kept:
        """The vectors as they are now; parts that were opened before stay open."""
        names = self._names()
        before, kept = self._kept
        if names != before:
            opened = {part.folder.name: part for part in kept.parts}
            kept = Kept(tuple(opened.get(name) or Part.open(self.folder / name) for name in names))
            self._kept = names, kept
        return kept

    def add(self, papers: Iterable[Embedded], removed: Iterable[str], moment: Moment) -> None:
        """Write a part; ``moment`` is that of the catalogue up to which it goes."""
        some = list(papers)
        number = max(map(int, self._names()), default=0) + 1
        new = self.folder / _TEMPORARY
        try:
            shutil.rmtree(new, ignore_errors=True)
            new.mkdir(parents=True)
            starts = np.cumsum([0, *(len(paper.vectors) for paper in some)])
            listed = Listed(
                moment,
                tuple(paper.identifier for paper in some),
                tuple(paper.fingerprint for paper in some),
                tuple(starts.tolist()),
                tuple(removed),
            )
            if some:
                _write(new, "texts", Rows.of(np.concatenate([paper.vectors for paper in some])))
                _write(new, "means", Rows.of(np.stack([paper.vectors.mean(axis=0) for paper in some])))
            with (new / "part.json").open("w", encoding="utf-8") as file:
                told = asdict(listed)
                json.dump({**told.pop("moment"), **told}, file)
                file.flush()
                os.fsync(file.fileno())
            (self.folder / "encoder").write_text(self._encoder, encoding="utf-8")
            new.rename(self.folder / f"{number:05}")
        except OSError as error:
            raise ArchiveError(f"{self.folder}: vectors cannot be written: {error.strerror or error}") from error

    def clear_others(self) -> None:
        """Remove the vectors of other encoders, which nobody reads any more."""
        for other in self._others():
            shutil.rmtree(other, ignore_errors=True)

    def _others(self) -> Iterator[Path]:
        if self._all.is_dir():
            yield from (folder for folder in self._all.iterdir() if folder.is_dir() and folder != self.folder)


def _write(folder: Path, name: str, rows: Rows) -> None:
    for file, values in ((f"{name}.npy", rows.levels), (f"{name}-scales.npy", rows.scales)):
        with (folder / file).open("wb") as out:
            np.save(out, values)
            out.flush()
            os.fsync(out.fileno())


COMPARED = 1_000
"""Papers that are compared by each of their texts."""


@dataclass(frozen=True, slots=True)
class Near:
    """A paper, how far it is nearer than papers usually are (in standard deviations), and which of its texts is nearest."""

    identifier: str
    nearness: float
    text: int


_LEAST_SPREAD = 0.01
"""Where an encoder sees all papers as near as this to each other, what differs is how its numbers were rounded."""


def nearest(kept: Kept, readings: Sequence[Reading], among: Collection[str] | None = None, count: int = COMPARED) -> list[Near]:
    """The nearest papers first, ``count`` at most; ``among`` these only, where they are given.

    With one encoder all texts lie close together, with another far apart, and for one query more than for another. So what an
    encoder tells counts by how unusual it is for this query: in standard deviations of what it tells of all papers.

    Every paper is compared by the mean of its vectors. Then the nearest ones, or those that are asked for, are compared by each
    of their texts: what counts is half the nearest text and half the mean, since a paper is about something that one text says
    and the others bear out. Reading every mean once is quick enough (``docs/meaning.md``).
    """
    parts = [np.flatnonzero(living) for living in kept.living]
    told, at = [], 0
    for reading in readings:
        by_part = [part.means.nearness(reading.vector, at)[rows] for part, rows in zip(kept.parts, parts, strict=True)]
        told.append(np.concatenate(by_part) if by_part else np.zeros(0, dtype=np.float32))
        at += len(reading.vector)
    if not len(told[0]) or not any(reading.vector.any() for reading in readings):
        return []
    scales = [one.weight / max(float(near.std()), _LEAST_SPREAD) for one, near in zip(readings, told, strict=True)]
    query = np.concatenate([one.vector * scale for one, scale in zip(readings, scales, strict=True)])
    every = np.sum([near * scale for near, scale in zip(told, scales, strict=True)], axis=0)
    usual, spread = float(every.mean()), max(float(every.std()), 1e-6)
    if among is None:
        numbers = np.repeat(np.arange(len(parts)), [len(rows) for rows in parts])
        first = np.argsort(-every, kind="stable")[:COMPARED]
        chosen = list(zip(numbers[first].tolist(), np.concatenate(parts)[first].tolist(), strict=True))
    else:
        chosen = [kept.places[one] for one in among if one in kept.places]
    found = [_compared(kept, number, row, query, usual, spread) for number, row in chosen]
    return sorted(found, key=lambda near: (-near.nearness, near.identifier))[:count]


def _compared(kept: Kept, number: int, row: int, query: Vectors, usual: float, spread: float) -> Near:
    part = kept.parts[number]
    texts = slice(part.listed.starts[row], part.listed.starts[row + 1])
    near = Rows(part.texts.levels[texts], part.texts.scales[texts]).nearness(query)
    best = int(near.argmax())
    nearness = (float(near[best] + near.mean()) / 2 - usual) / spread
    return Near(part.listed.papers[row], nearness, best)
