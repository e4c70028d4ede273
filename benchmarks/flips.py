"""Every byte of an index and a catalogue of three papers flips, one at a time: answers are equal, or an error names the damage.

    python -m benchmarks.flips                       every byte; at most two hours
    python -m benchmarks.flips --share 200           one byte in two hundred
    python -m benchmarks.flips --resume flips.jsonl  goes on where the same command was broken off

In each byte one bit is turned, which one is drawn by chance. After each, a fixed set of questions is asked of the file anew: an
index tells hits, facets, snippets, suggestions, an export and words through the years, a catalogue papers, dossiers, persons and
what it holds. The catalogue is written with the smallest pages that SQLite has, since most of its tables are nearly empty here;
otherwise the two are as the program makes them. The exit status is 1 when an answer was wrong or an error was not ours.
"""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from random import Random

import click
from click.testing import CliRunner

from benchmarks.trials import BAD, Notes, Outcome, resume_option, share_option, summary
from indexer.errors import KamerstukkenError
from kamerstukken.cli import group
from kamerstukken.settings import Settings
from kamerstukken.wiring import archive
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import Weights
from tests.faults.questions import OF_THE_SAMPLE, Questions, of_catalogue, of_index

_SAMPLE = Path(__file__).parents[1] / "data" / "sample"
_SMALLEST_PAGE = 512
_NOTED = 500
"""The outcomes of so many bytes are noted together."""


@dataclass(frozen=True, slots=True)
class Part:
    """A file of which every byte is flipped, and what is asked of the data folder then."""

    name: str
    file: Path
    questions: Callable[[], Questions]


def made(data: Path) -> list[Part]:
    """A data folder of three papers, and its parts."""
    paths = [str(_SAMPLE / f"{name}.html") for name in OF_THE_SAMPLE.papers]
    done = CliRunner().invoke(group, ["index", *paths, "--processes", "1", "--data", str(data)])
    if done.exit_code:
        raise click.ClickException(f"the papers cannot be indexed: {done.output}")
    where = Settings(data)
    _written_small(where.catalogue)

    def of_this_index() -> Questions:
        return of_index(WhooshSearcher(where.index, Weights()), OF_THE_SAMPLE)

    def of_this_catalogue() -> Questions:
        return of_catalogue(archive(where), OF_THE_SAMPLE)

    files = sorted(where.index.glob("[0-9]*/*"), key=lambda path: _plain(path.name))
    parts = [Part(f"index {_plain(file.name)}", file, of_this_index) for file in files]
    return [*parts, Part("catalogue", where.catalogue, of_this_catalogue)]


def _plain(name: str) -> str:
    """The name of a file of the index without what is drawn by chance, so that a run can go on."""
    return re.sub("[0-9a-f]{12}", "", name)


def _written_small(catalogue: Path) -> None:
    """Write the catalogue anew with small pages."""
    db = sqlite3.connect(catalogue, isolation_level=None)
    for statement in ("journal_mode = DELETE", f"page_size = {_SMALLEST_PAGE}"):
        db.execute(f"PRAGMA {statement}")
    db.execute("VACUUM")
    db.execute("PRAGMA journal_mode = WAL")
    db.close()


def answered(questions: Callable[[], Questions]) -> Iterator[tuple[str, str]]:
    """Each question by its name, with its answer, or the error in place of it."""
    try:
        every = questions()
    except KamerstukkenError as error:
        yield "open", f"error: {error}"
        return
    except Exception as error:  # noqa: BLE001 - what no user should see is what is looked for
        yield "open", f"uncaught: {error!r}"
        return
    for name, ask in every.items():
        try:
            yield name, repr(ask())
        except KamerstukkenError as error:
            yield name, f"error: {error}"
        except Exception as error:  # noqa: BLE001 - what no user should see is what is looked for
            yield name, f"uncaught: {error!r}"


def flipped(part: Part, place: int, expected: dict[str, str]) -> Outcome:
    """What becomes of the answers when the byte at a place has flipped."""
    bit = 1 << Random(place).randrange(8)  # noqa: S311 - any bit will do
    with part.file.open("r+b") as file:
        file.seek(place)
        before = file.read(1)
        file.seek(place)
        file.write(bytes((before[0] ^ bit,)))
    try:
        answers = dict(answered(part.questions))
    finally:
        with part.file.open("r+b") as file:
            file.seek(place)
            file.write(before)
    bad = []
    told = False
    for name, answer in answers.items():
        if answer.startswith("error: "):
            told = True
        elif answer.startswith("uncaught: "):
            bad.append(f"{answer[:300]} ({name})")
        elif answer != expected[name]:
            bad.append(f"wrong: {name}")
    counts = {kind: int(any(one.startswith(kind) for one in bad)) for kind in BAD}
    return Outcome({"equal": int(not bad and not told), "named": int(told), **counts}, tuple(bad))


def tried(part: Part, places: range) -> Outcome:
    """The outcomes of these places together."""
    expected = dict(answered(part.questions))
    if any(answer.startswith(("error: ", "uncaught: ")) for answer in expected.values()):
        raise click.ClickException(f"{part.name}: whole it does not answer: {expected}")
    counts: Counter[str] = Counter()
    bad: list[str] = []
    for place in places:
        outcome = flipped(part, place, expected)
        counts.update({**outcome.counts, "bytes": 1})
        bad += [f"{one} (byte {place})" for one in outcome.bad]
    return Outcome(dict(counts), tuple(bad))


@click.command("flips")
@share_option
@click.option("--only", default="", metavar="PART", help="Only of files whose name begins so.")
@resume_option
def main(share: int, only: str, resume: Path | None) -> None:
    """Flip every byte."""
    notes = Notes(resume)
    with tempfile.TemporaryDirectory(prefix="kamerstukken-flips-") as folder:
        for part in made(Path(folder) / "data"):
            if not part.name.startswith(only):
                continue
            size = part.file.stat().st_size
            outcomes = []
            for start in range(0, size, _NOTED * share):
                trial = f"{part.name}: one in {share} of the bytes from {start} of {size}"
                places = range(start + share // 2, min(start + _NOTED * share, size), share)
                outcomes.append(notes.known(trial) or tried(part, places))
                notes.note(trial, outcomes[-1])
            click.echo(summary(f"{part.name} (of {size:,} bytes)", outcomes))
    raise SystemExit(bool(notes.failed))


if __name__ == "__main__":
    main()
