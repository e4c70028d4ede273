"""Files with wrong bytes, and what comes of reading them: a paper, a reported failure, or an error of the program.

``python -m benchmarks.hostile.mutations [PATH…] [--count N] [--seed N]`` mutates the sample, every hostile shape at a small size
and the files under the paths, reads each mutant within limits and prints what came of how many. An error of the program, a
limit that was reached or a process that was ended makes the exit status 1; such a mutant is named with its number, and
``--first NUMBER --count 1 --keep FILE`` with the same seed and paths makes it again.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from pathlib import Path

from benchmarks.hostile.growth import hostile, shapes
from indexer.catalogue.tweede_kamer import ODataRecords
from indexer.errors import PaperError
from indexer.reading.official_file import OfficialFile, find_files
from indexer.worker.reader import Reader, Reading

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
_TOKENS = (
    b"<", b">", b"&", b'"', b"'", b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"]]>", b"<![CDATA[", b"<!--", b"-->", b"<?xml?>", b"%",
    b"<table>", b"</table>", b"<tr>", b"<td rowspan='99'>", b"<div id='broodtekst'>", b"<div class='noot' id='n1'>", b"<p>",
    b"<a class='nootnum' href='#n1'>1</a>", b"<h1 class='stuktitel'>", b"<div class='ondertekening'>", b"<div class='bijlage'>",
    b"<figure>", b"<noot>", b"<entry namest='c9' nameend='c1'>", b"<plaatje>", b"&#0;", b"&#x10ffff;", b"&#xd800;", b"&lol;",
    b"utf-16", b"utf-7", b"\xed\xa0\x80", b"\xc2\xa0", b"99999999999999999999", b"-1", b"30 februari 2031", b"kst-", b"null",
    b"/Kids[2 0 R]", b"/Length 99999", b"endobj", b"stream\n", b"/FlateDecode", b"1 0 R",
)  # fmt: skip
_BROKEN = re.compile(r"error of its own|takes more than|ended the process")


def mutants(seeds: Sequence[OfficialFile], seed: int, first: int = 0) -> Iterator[OfficialFile]:
    """Mutants without end, each named with its number; the same for the same seed."""
    number = first
    while True:
        chance = random.Random(f"{seed} {number}")  # noqa: S311 - the same mutants every time
        file = chance.choice(seeds)
        content = bytearray(file.content)
        for _ in range(chance.choice((1, 1, 1, 2, 3, 8, 40))):
            _mutate(content, chance, seeds)
        name = file.name if chance.random() < 0.9 else f"{chance.choice(('x', 'kst-1', 'blg-1-2', 'h-tk-1'))}.{file.name[-4:]}"
        yield replace(file, where=f"mutant {number} of {file.where}", name=name, content=bytes(content))
        number += 1


def _mutate(content: bytearray, chance: random.Random, seeds: Sequence[OfficialFile]) -> None:
    place = chance.randrange(len(content) + 1)
    end = min(place + chance.choice((1, 2, 5, 20, 300)), len(content))
    match chance.randrange(7) if chance.random() < 0.97 else None:
        case 0:
            content[place:end] = bytes(one ^ 1 << chance.randrange(8) for one in content[place:end])
        case 1:
            del content[place:end]
        case 2:
            content[place:place] = content[place:end]
        case 3:
            content[place:place] = chance.choice(_TOKENS) * chance.choice((1, 1, 3, 60))
        case 4:
            content[place:end] = chance.randbytes(end - place)
        case 5:
            other = chance.choice(seeds).content
            begin = chance.randrange(len(other) + 1)
            content[place:place] = other[begin : begin + chance.choice((20, 300, 3_000))]
        case 6:
            there = chance.randrange(len(content) + 1)
            content[there:there] = content[place:end]
            del content[place:end]
        case _:
            del content[chance.choice((place, end)) :]


def small_files() -> list[OfficialFile]:
    """The sample, and every hostile shape at a small size."""
    sample = [file for file in find_files([SAMPLE]) if isinstance(file, OfficialFile)]
    return [*sample * 20, *(hostile(name, shape, 1_500) for name, shape in shapes())]


def outcome_of(reading: Reading) -> str:
    """What came of a mutant, in a few words."""
    if isinstance(reading, PaperError):
        found = _BROKEN.search(reading.reason)
        return found.group() if found else "reported"
    return "records" if isinstance(reading, ODataRecords) else "read"


def main() -> int:
    """Read mutants and print what came of them."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("paths", nargs="*", type=Path, help="more files to mutate")
    parser.add_argument("--count", type=int, default=100_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--keep", type=Path, help="write the last mutant here")
    asked = parser.parse_args()
    seeds = [*small_files(), *(file for file in find_files(asked.paths) if isinstance(file, OfficialFile))]
    outcomes: Counter[str] = Counter()
    made = islice(mutants(seeds, asked.seed, asked.first), asked.count)
    with Reader() as reader:
        while batch := list(islice(made, 64)):
            reader.ask(batch)
            for file in batch:
                reading = reader.answer()
                outcome = outcome_of(reading)
                outcomes[outcome] += 1
                if outcome not in ("read", "reported", "records"):
                    sys.stdout.write(f"{reading}\n")
                if asked.keep:
                    asked.keep.write_bytes(file.content)
    broken = outcomes.total() - outcomes["read"] - outcomes["reported"] - outcomes["records"]
    told = ", ".join(f"{count:,} {outcome}" for outcome, count in outcomes.most_common())
    sys.stdout.write(f"{outcomes.total():,} mutants of {len(seeds):,} files, seed {asked.seed}: {told}; {broken} uncaught\n")
    return 1 if broken else 0


if __name__ == "__main__":
    sys.exit(main())
