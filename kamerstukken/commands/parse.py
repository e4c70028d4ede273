"""``kamerstukken parse``: official files → JSON, one paper a line."""

from __future__ import annotations

import json
from pathlib import Path

import click

from indexer.catalogue.tweede_kamer import is_record
from indexer.errors import PaperError
from indexer.jsonl import paper_json
from indexer.reading.official_file import find_files, read_paper
from kamerstukken.commands.options import paths_argument
from kamerstukken.terminal import progress


@click.command("parse")
@paths_argument
def command(paths: tuple[Path, ...]) -> None:
    """Print official papers as JSON, one object a line.

    Files, folders and zip archives of official HTML, XML or PDF; records of the Tweede Kamer are passed over. A file that cannot
    be read is named on stderr and the others go on; the exit status is then 1.

    \b
    Examples:
        kamerstukken parse kst-31066-1412.html
        kamerstukken parse data/sample | jq -r .title
    """
    failed = 0
    with progress("parsing", None) as advance:
        for file in find_files(paths):
            try:
                if isinstance(file, PaperError):
                    raise file
                if not is_record(file):
                    click.echo(json.dumps(paper_json(read_paper(file)), ensure_ascii=False).encode("utf-8", "replace"))
            except PaperError as error:
                failed += 1
                click.echo(str(error), err=True)
            advance()
    if failed:
        raise SystemExit(1)
