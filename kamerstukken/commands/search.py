"""``kamerstukken search``: queries on the command line, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from kamerstukken.commands.options import data_option, engine_option
from kamerstukken.settings import settings
from kamerstukken.wiring import search_service
from search.fields import FACETS
from search.ports import Sort
from web.api.answers import search_json


def _filters(given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """``("year=2024", "year=2025")`` → ``{"year": ("2024", "2025")}``."""
    filters: dict[str, tuple[str, ...]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or name not in FACETS:
            known = ", ".join(FACETS)
            raise click.BadParameter(f"{text!r} is not FACET=VALUE with one of the facets {known}", param_hint="--filter")
        filters[name] = (*filters.get(name, ()), value)
    return filters


@click.command("search", context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]})
@click.argument("query", nargs=-1, type=click.UNPROCESSED)
@click.option(
    "--file", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Take queries from a file, one a line."
)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON object for each query.")
@click.option(
    "--limit", default=10, show_default=True, type=click.IntRange(0, 100, clamp=True), help="How many papers, at most 100."
)
@click.option(
    "--offset",
    default=0,
    show_default=True,
    type=click.IntRange(0, 10_000, clamp=True),
    help="How many papers to pass over, at most 10,000.",
)
@click.option("--sort", type=click.Choice([sort.value for sort in Sort]), default=Sort.RELEVANCE.value, show_default=True)
@click.option(
    "--filter",
    "filters",
    multiple=True,
    metavar="FACET=VALUE",
    help=f"Only papers with this value; may be repeated. Facets: {', '.join(FACETS)}.",
)
@engine_option
@data_option
def command(  # noqa: PLR0913, PLR0917 - one for each option
    query: tuple[str, ...],
    file: Path | None,
    as_json: bool,
    limit: int,
    offset: int,
    sort: str,
    filters: tuple[str, ...],
    data: Path | None,
    engine: str | None,
) -> None:
    """Search the papers.

    Words are all wanted, in any inflection; "…" is an exact phrase; EN, OF, NIET, brackets, prefix*, and fields such as titel:,
    dossier:, minister:, datum:2018..2024, in:voetnoot. Nothing you type is an error.

    \b
    Examples:
        kamerstukken search Cool:Gen
        kamerstukken search 'Cool:Gen datum:2018..2024' --sort newest
        kamerstukken search toeslagen --filter year=2020 --filter kind=Motie --json
        kamerstukken search --file queries.txt --json
    """
    service = search_service(settings(data, engine=engine))
    chosen = _filters(filters)
    for text in _queries(query, file):
        answer = service.answer(text, filters=chosen, sort=Sort(sort), offset=offset, limit=limit)
        if as_json:
            click.echo(json.dumps(search_json(answer), ensure_ascii=False).encode("utf-8", "replace"))
        else:
            from kamerstukken.terminal import print_answer  # noqa: PLC0415 - rich takes time to import, JSON does without

            print_answer(answer)


def _queries(query: tuple[str, ...], file: Path | None) -> Iterator[str]:
    if file is not None and query:
        raise click.UsageError("give a query or --file, not both")
    if file is None:
        yield " ".join(query)
        return
    with file.open(encoding="utf-8", errors="replace") as lines:
        for line in lines:
            yield line.rstrip("\r\n")
