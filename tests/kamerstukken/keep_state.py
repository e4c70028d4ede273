"""Keeps the data folder that this state of the program makes, so that later states are tested on it.

    python -m tests.kamerstukken.keep_state                   of this program
    python -m tests.kamerstukken.keep_state --program FOLDER  of that in another folder, such as a work tree of a former commit

To be run, and the file it makes to be committed, whenever a version number of the catalogue, the index, the parser or the
analysis was raised; ``test_former_data.py`` fails until then. The file is named after the four numbers.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tarfile
import tempfile
from pathlib import Path
from shutil import copyfile

import click

FORMER = Path(__file__).with_name("former")
HERE = Path(__file__).parents[2]
PAPERS = ("kst-91066-1", "kst-91066-12", "kst-91066-21")
"""Papers of the sample."""

_VERSIONS = """
import json
from indexer.catalogue.migrations import STEPS
from indexer.reading.official_file import PARSER_VERSION
from search.analysis.chain import ANALYSIS_VERSION
from search.engines.whoosh.storage.segment import SCHEMA_VERSION
print(json.dumps([len(STEPS), SCHEMA_VERSION.partition(".")[0], PARSER_VERSION, ANALYSIS_VERSION]))
"""
_PROGRAM = "from kamerstukken.cli import main; main()"


def run(program: Path, code: str, *arguments: str, folder: Path) -> str:
    """What code of the program in a folder prints."""
    command = [sys.executable, "-c", code, *arguments]
    environment = {**os.environ, "PYTHONPATH": str(program)}
    return subprocess.run(command, check=True, capture_output=True, text=True, cwd=folder, env=environment).stdout


def name_of(program: Path = HERE) -> str:
    """The name of the state that a program makes."""
    catalogue, schema, parser, analysis = json.loads(run(program, _VERSIONS, folder=program))
    return f"catalogue-{catalogue}-schema-{schema}-parser-{parser}-analysis-{analysis}"


@click.command("keep_state")
@click.option(
    "--program",
    type=click.Path(exists=True, file_okay=False, resolve_path=True, path_type=Path),
    default=HERE,
    help="Where the program is; else here.",
)
def main(program: Path) -> None:
    """Keep what the program makes of three papers."""
    kept = FORMER / f"{name_of(program)}.tar.xz"
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        (folder / "papers").mkdir()
        for name in PAPERS:
            copyfile(HERE / "data" / "sample" / f"{name}.html", folder / "papers" / f"{name}.html")
        run(program, _PROGRAM, "index", "papers", "--data", "data", folder=folder)
        with tarfile.open(kept, "w:xz") as packed:
            packed.add(folder / "data", "data")
    click.echo(f"{kept}: {kept.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
