"""``kamerstukken check``: whether archive, catalogue and index are whole and agree, and mending what does not."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from indexer.catalogue.archive import Archive
from indexer.data_folder import writing
from indexer.errors import KamerstukkenError
from kamerstukken.commands.indexing import from_archive
from kamerstukken.differences import Checked, Difference, differences
from kamerstukken.engines import kept_index
from kamerstukken.mending import mend
from kamerstukken.settings import Settings, data_option, engine_option, settings
from search.engines.whoosh.writer import USUAL

_NAMED = 20
"""Differences of a kind that are named."""


@click.command("check")
@click.option("--mend", "mending", is_flag=True, help="Mend what can be mended.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object with the differences: kind, identifier, path, mend.")
@engine_option
@data_option
def check_command(mending: bool, as_json: bool, data: Path | None, engine: str | None) -> None:
    """Compare archive, catalogue and index paper by paper, and each with its checksums.

    Looks only, also at a folder that is being served; with --mend it makes damaged papers anew from the archive, and has the
    index follow the catalogue. All papers are read anew only where more is damaged than some of them. The exit status is 0 when
    all is whole, or was mended; 1 when something is different; 2 when it cannot be looked at.

    \b
    Examples:
        kamerstukken check
        kamerstukken check --mend
        kamerstukken check --json | jq '.differences[].kind'
    """
    where = settings(data, engine=engine)
    try:
        found = list(differences(_checked(where)))
        before: list[list[Difference]] = []
        while mending and found and found not in before:  # what was damaged may have hidden other differences
            with writing(where.data, "kamerstukken check --mend"), _going_on():
                mend(_checked(where), found, lambda: from_archive(where, kept_index(where), USUAL, allow_fewer=False), _say)
            before.append(found)
            found = list(differences(_checked(where)))
    except KamerstukkenError as error:
        click.echo(f"kamerstukken: {error}", err=True)
        raise SystemExit(2) from error
    if as_json:
        rows = [{"kind": one.kind, "identifier": one.identifier, "path": one.path, "mend": one.mend} for one in found]
        click.echo(json.dumps({"differences": rows}, ensure_ascii=False))
    else:
        _tell(found)
    if found:
        raise SystemExit(1)


@contextmanager
def _going_on() -> Iterator[None]:
    """What cannot be mended is said, and then told as what it is."""
    try:
        yield
    except KamerstukkenError as error:
        _say(f"kamerstukken: {error}")


def _say(what: str) -> None:
    click.echo(what, err=True)


def _checked(where: Settings) -> Checked:
    return Checked(where.catalogue, Archive(where.archive), kept_index(where))


def _tell(found: Iterable[Difference]) -> None:
    """Say what was found, some of each kind."""
    told: Counter[str] = Counter()
    for one in found:
        told[one.kind] += 1
        if told[one.kind] <= _NAMED:
            what = " ".join(filter(None, (one.identifier, one.path, f"({one.reason})" if one.reason else "")))
            click.echo(f"{one.kind:<20} {what}; {one.mend}")
    for kind, count in told.items():
        if count > _NAMED:
            click.echo(f"{kind:<20} … and {count - _NAMED:,} more")
    if not told:
        click.echo("archive, catalogue and index are whole and agree")
