"""``kamerstukken parse`` and ``show``: papers as they are read, as JSON from files and one in the terminal from the catalogue."""

from __future__ import annotations

import json
from pathlib import Path

import click

from indexer.catalogue.catalogue import Catalogue, read_catalogue
from indexer.catalogue.tweede_kamer import is_number, is_record
from indexer.errors import ArchiveError, PaperError
from indexer.jsonl import paper_json
from indexer.paper.identifier import Identifier
from indexer.read_ahead import read_ahead
from indexer.reading.official_file import PARSER_VERSION, find_files
from indexer.worker.reader import EncodedPaper
from kamerstukken.settings import data_option, paths_argument, settings
from kamerstukken.terminal import progress


@click.command("parse")
@paths_argument
def parse_command(paths: tuple[Path, ...]) -> None:
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
        for file, read in read_ahead(find_files(paths), lambda file: not is_record(file), 1):
            found = file if isinstance(file, PaperError) else read
            if isinstance(found, PaperError):
                failed += 1
                click.echo(str(found), err=True)
            elif isinstance(found, EncodedPaper):
                click.echo(json.dumps(paper_json(found.paper), ensure_ascii=False).encode("utf-8", "replace"))
            advance()
    if failed:
        raise SystemExit(1)


@click.command("show")
@click.argument("identifier", metavar="ID", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="Print the paper as one JSON object.")
@data_option
def show_command(identifier: tuple[str, ...], as_json: bool, data: Path | None) -> None:
    """Show one paper: ID in any printed form, or its zaak or document number at the Tweede Kamer.

    \b
    Examples:
        kamerstukken show kst-91066-83
        kamerstukken show "91 066, nr. 83"
        kamerstukken show 91066-83 --json
        kamerstukken show 2024D25613
    """
    typed = " ".join(identifier)
    where = settings(data)
    with read_catalogue(where.catalogue, PARSER_VERSION) as catalogue:
        wanted = _registered(typed, catalogue) if is_number(typed) else _parsed(typed)
        paper = catalogue.get(wanted)
        removed = catalogue.removed(wanted)
    if removed is not None:
        raise ArchiveError(f"{wanted}: withdrawn by the source; noticed on {removed[:10] or 'an unknown day'}")
    if paper is None:
        raise ArchiveError(
            f"{wanted}: not among the papers in {where.data}; see https://zoek.officielebekendmakingen.nl/{wanted}.html"
        )
    if as_json:
        click.echo(json.dumps(paper_json(paper), ensure_ascii=False).encode("utf-8", "replace"))
        return
    from kamerstukken.terminal import print_paper  # noqa: PLC0415 - rich takes time to import, JSON does without

    print_paper(paper)


def _parsed(typed: str) -> Identifier:
    try:
        return Identifier.parse(typed)
    except ValueError as error:
        raise click.UsageError(str(error)) from error


def _registered(number: str, catalogue: Catalogue) -> Identifier:
    """The one paper with this number at the Tweede Kamer."""
    papers = catalogue.tweede_kamer.papers(number)
    if not papers:
        raise ArchiveError(f"{number}: no paper is known by this number; index the Tweede Kamer's record of it")
    if len(papers) > 1:
        raise ArchiveError(f"{number}: the number of {len(papers)} papers; name one: {', '.join(map(str, papers[:20]))}")
    return papers[0]
