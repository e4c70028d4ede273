"""A byte of an index or a catalogue flips: answers are equal, or an error names the damage.

One byte in two hundred; ``python -m benchmarks.flips`` flips every one.
"""

from __future__ import annotations

import re

from click.testing import CliRunner

from benchmarks.flips import main

LINE = re.compile(r"(.+) \(of ([\d,]+) bytes\): (.*)")


def test_no_flipped_byte_makes_an_answer_wrong() -> None:
    done = CliRunner().invoke(main, ["--share", "200"])
    assert done.exit_code == 0, done.output
    found = [match for line in done.output.splitlines() if (match := LINE.fullmatch(line))]
    assert sum(int(match[2].replace(",", "")) for match in found) <= 150_000
    for part in ("index .segment", "catalogue"):
        (counts,) = (match[3] for match in found if match[1] == part)
        assert "0 wrong, 0 uncaught" in counts
        assert int(re.findall(r"(\d+) named", counts)[0]) >= 50
