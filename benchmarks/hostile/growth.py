"""What reading files of every hostile shape takes, and how that grows with the file.

``python -m benchmarks.hostile.growth [--size KB] [--only PART] [--limit SECONDS] [--all]`` reads each shape at a size and at
twice that, within limits, and prints seconds per MB and how much longer the double takes; what grows faster than the file is
marked, and makes the exit status 1. Tests read the same shapes small, and count steps instead of seconds.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from benchmarks.hostile.others import pdfs, records, xml_files
from benchmarks.hostile.pages import Shape, pages
from indexer.errors import PaperError
from indexer.reading.official_file import OfficialFile
from indexer.worker.messages import ReadingLimits
from indexer.worker.reader import Reader

_NOTICED = 0.3
"""Seconds: what takes less is not told from chance."""
_FASTER = 3.0
"""What takes so much longer for twice the file grows faster than it."""
_SLOW = 5.0
"""Seconds per MB."""


def shapes() -> Iterator[tuple[str, Shape]]:
    """Every shape with its name, which begins with the form of file."""
    for form, found in (("html", pages()), ("xml", xml_files()), ("json", records()), ("pdf", pdfs())):
        yield from ((f"{form}: {name}", shape) for name, shape in found)


def hostile(name: str, shape: Shape, size: int) -> OfficialFile:
    """A file of that shape and size, under a name that tells a paper."""
    return OfficialFile(name, f"kst-90001-1.{name.partition(':')[0]}", shape(size))


def main() -> int:
    """Print what each shape takes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--size", type=int, default=256, help="KB of the smaller file")
    parser.add_argument("--only", default="", help="a part of the names of shapes")
    parser.add_argument("--limit", type=int, default=60, help="seconds of work for one file")
    parser.add_argument("--all", action="store_true", help="print what grows with the file too")
    asked = parser.parse_args()
    growing = slow = count = 0
    slowest, most = "", 0.0
    with Reader(ReadingLimits(asked.limit, asked.limit)) as reader:
        for name, shape in shapes():
            if asked.only not in name:
                continue
            count += 1
            first, _ = _read(reader, hostile(name, shape, asked.size * 1024))
            second, said = _read(reader, hostile(name, shape, asked.size * 2048))
            each = second / (asked.size / 512)
            grows = (second > _NOTICED and second > _FASTER * first) or "takes more than" in said
            growing, slow = growing + grows, slow + (each > _SLOW)
            slowest, most = max((slowest, most), (name, each), key=lambda one: one[1])
            if asked.all or grows or each > _SLOW:
                mark = "GROWS" if grows else ""
                sys.stdout.write(f"{each:7.2f} s/MB  ×{second / first:<5.1f}{mark:6}{name}: {said[:100]}\n")
                sys.stdout.flush()
    sys.stdout.write(
        f"{count} shapes of {asked.size:,} and {2 * asked.size:,} KB: {growing} grow faster than the file or reach a limit, "
        f"{slow} take more than {_SLOW:.0f} s/MB; the slowest is {slowest!r} with {most:.2f} s/MB\n"
    )
    return 1 if growing else 0


def _read(reader: Reader, file: OfficialFile) -> tuple[float, str]:
    """Seconds that its process worked on a file, and what came of it."""
    reader.start()
    began, clock = _worked(reader), time.perf_counter()
    answer = reader.answer_to(file)
    said = answer.reason if isinstance(answer, PaperError) else "read"
    # Where the system does not tell, or the process has ended, by the clock.
    return (_worked(reader) - began if began and _worked(reader) > began else time.perf_counter() - clock), said


def _worked(reader: Reader) -> float:
    try:
        numbers = Path(f"/proc/{reader.process}/stat").read_text(encoding="ascii").rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(numbers[11]) + int(numbers[12])) / os.sysconf("SC_CLK_TCK") + 0.005


if __name__ == "__main__":
    sys.exit(main())
