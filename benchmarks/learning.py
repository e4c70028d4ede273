"""Learns the vectors of words that ``search.learnt.words`` ships: ``python -m benchmarks.learning TEXTS… --out words.npz``.

Two words mean something alike when they keep the same company. For every two words a table holds how much more often they stand
in one line than chance would have it (positive pointwise mutual information; each line counts the same, however long). Its
strongest directions, found by multiplying random ones with it, are the vectors. Takes some minutes for 260,000 lines.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import click
import numpy as np
from numpy.typing import NDArray

from search.analysis.stemming import stem
from search.learnt.vectors import Vectors
from search.learnt.words import Counted, words_of

SEEN = 5
"""Texts that a word was seen in at least."""
KNOWN = 8
"""Texts that a word was seen in at least to be a part of another."""
EVERYWHERE = 0.05
"""Of the texts: a word in more of them than this share tells nothing."""
_SMOOTHED = 0.875
"""The power to which frequencies are raised, so that rare words do not keep company by one chance alone."""
_TURNS, _SPARE, _BLOCK = 5, 20, 20_000
"""How often directions are multiplied with the table, how many more are taken than kept, and how much is worked on at once."""


@dataclass(frozen=True, slots=True)
class Company:
    """How much more often than by chance words stand together: the values of row ``i`` are those from ``starts[i]``."""

    starts: NDArray[np.int64]
    others: NDArray[np.int64]
    values: NDArray[np.float32]

    def __matmul__(self, directions: Vectors) -> Vectors:
        """The directions as the company of every word sees them."""
        product = np.zeros((len(self.starts) - 1, directions.shape[1]), dtype=np.float32)
        for first in range(0, len(product), _BLOCK // 10):
            rows = self.starts[first : first + _BLOCK // 10 + 1]
            some = slice(rows[0], rows[-1])
            filled = np.flatnonzero(np.diff(rows))
            if len(filled):
                weighed = self.values[some, None] * directions[self.others[some]]
                product[first + filled] = np.add.reduceat(weighed, rows[filled] - rows[0], axis=0)
        return product


def company(texts: Sequence[NDArray[np.int64]], words: int) -> Company:
    """Counts which words stand in one text, and compares that with chance."""
    keys: NDArray[np.int64] = np.zeros(0, dtype=np.int64)
    counts: NDArray[np.float64] = np.zeros(0)
    for some in _blocks(texts):
        pairs = [(np.repeat(one, len(one)) * words + np.tile(one, len(one)), len(one)) for one in some if len(one)]
        found = np.concatenate([pair for pair, _ in pairs] + [keys])
        weights = np.concatenate([np.full(len(pair), 1 / length) for pair, length in pairs] + [counts])
        keys, place = np.unique(found, return_inverse=True)
        counts = np.bincount(place, weights).astype(np.float64)
    rows, others = np.divmod(keys, words)
    seen = np.bincount(rows, counts, words)
    chance = seen**_SMOOTHED / (seen**_SMOOTHED).sum()
    values = np.log(counts / counts.sum() / (chance[rows] * chance[others]))
    kept = values > 0
    starts = np.searchsorted(rows[kept], np.arange(words + 1))
    return Company(starts, others[kept], values[kept].astype(np.float32))


def _blocks(texts: Sequence[NDArray[np.int64]]) -> Iterator[list[NDArray[np.int64]]]:
    waiting = iter(texts)
    while some := list(islice(waiting, _BLOCK)):
        yield some


def directions(table: Company, count: int) -> Vectors:
    """The strongest directions of the table, a row for each word; the same each time."""
    words = len(table.starts) - 1
    found = np.random.default_rng(1).standard_normal((words, min(count + _SPARE, words))).astype(np.float32)
    for _ in range(_TURNS):
        found = np.linalg.qr(table @ found)[0]
    values, turned = np.linalg.eigh(found.T @ (table @ found))
    strongest = np.argsort(-np.abs(values))[:count]
    kept: Vectors = (found @ turned[:, strongest]).astype(np.float32)
    return kept


@click.command("learning")
@click.argument("files", nargs=-1, required=True, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--out", required=True, type=click.Path(dir_okay=False, path_type=Path))
@click.option("--dimension", default=256, show_default=True)
@click.option("--version", default=1, show_default=True, help="Another number makes vectors made with the former table anew.")
def main(files: tuple[Path, ...], out: Path, dimension: int, version: int) -> None:
    """Learn vectors of the words of texts, one a line; a line that was there before is passed over."""
    lines = dict.fromkeys(line for file in files for line in file.read_text("utf-8").splitlines())
    texts = [words_of(line) for line in lines]
    forms = Counter(word for words in texts for word in set(words))
    stems: Counter[str] = Counter()
    for form, times in forms.items():
        stems[stem(form)] += times
    counted = Counted({one: times for one, times in stems.items() if times >= KNOWN})
    features = {form: tuple(counted.features(form)) for form in forms}
    told = [{one for word in words for one in features[word]} for words in texts]
    seen = Counter(one for some in told for one in some)
    kept = [one for one, times in seen.most_common() if SEEN <= times < EVERYWHERE * len(texts)]
    rows = {one: row for row, one in enumerate(kept)}
    table = company([np.array(sorted(rows[one] for one in some if one in rows), dtype=np.int64) for some in told], len(kept))
    vectors = directions(table, dimension)
    vectors /= np.maximum(np.abs(vectors).max(axis=1, keepdims=True), 1e-9)
    shown: dict[str, str] = {}
    for form, _ in forms.most_common():
        shown.setdefault(stem(form), form)
    np.savez_compressed(
        out,
        forms=np.frombuffer("\n".join(shown[one] for one in kept).encode(), dtype=np.uint8),
        counts=np.array([seen[one] for one in kept], dtype=np.int32),
        texts=len(texts),
        vectors=np.round(vectors * 127).astype(np.int8),
        version=version,
    )
    click.echo(f"{len(kept):,} words learnt from {len(texts):,} texts: {out} ({out.stat().st_size:,} bytes)")


if __name__ == "__main__":
    main()
