"""``kamerstukken search``: queries on the command line, for people and for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import click

from kamerstukken.settings import data_option, engine_option, settings
from kamerstukken.wiring import archive, search_service
from search.fields import FACETS, facets
from search.meaning.channel import Meaning
from search.ports import Sort
from search.values import Wrong, wrong
from search.wording import Language
from web.api.answers import search_json


def _filters(given: tuple[str, ...]) -> dict[str, tuple[str, ...]]:
    """``("year=2024", "year=2025")`` → ``{"year": ("2024", "2025")}``."""
    filters: dict[str, tuple[str, ...]] = {}
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not value:
            raise click.BadParameter(f"{text!r}: expected FACET=VALUE, such as {_EXAMPLE}", param_hint="--filter")
        match wrong(name, value):
            case Wrong.NAME:
                raise click.BadParameter(f"{name!r} is no facet; there are: {', '.join(FACETS)}", param_hint="--filter")
            case Wrong.YEARS:
                raise click.BadParameter(
                    f"{text!r}: expected a year or a span of years, such as {name}=2024 or {name}=2018..2024",
                    param_hint="--filter",
                )
        filters[name] = (*filters.get(name, ()), value)
    return filters


_EXAMPLE = f"{facets()[0].name}={facets()[0].examples[0]}"


def _facets_help() -> str:
    """Every facet with what its values are."""
    lines = (f"{field.name:<14}{field.meaning}" for field in facets())
    return "\n".join(("\b", "Facets for --filter:", *(f"    {line}" for line in lines)))


@click.command(
    "search", epilog=_facets_help(), context_settings={"ignore_unknown_options": True, "help_option_names": ["--help"]}
)
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
    help="Only papers with this value; may be repeated. Values of one facet are alternatives. The facets are listed below.",
)
@click.option(
    "--meaning",
    type=click.Choice([meaning.value for meaning in Meaning]),
    default=Meaning.AUTO.value,
    show_default=True,
    help="Find papers by meaning too: where the words fail (and vectors are there), always, or never.",
)
@engine_option
@data_option
def search_command(  # noqa: PLR0913, PLR0917 - one for each option
    query: tuple[str, ...],
    file: Path | None,
    as_json: bool,
    limit: int,
    offset: int,
    sort: str,
    filters: tuple[str, ...],
    meaning: str,
    data: Path | None,
    engine: str | None,
) -> None:
    """Search the papers.

    Words are all wanted, in any inflection; "…" is an exact phrase; EN, OF, NIET, brackets, prefix*, and fields such as titel:,
    dossier:, persoon:, datum:2018..2024, datum:vorig jaar, in:voetnoot; or paste a reference or an address. No query is an
    error; a filter that cannot be read is. Without a catalogue nothing is found: the exit status is then 1, and the message names
    the command that helps.

    \b
    Examples:
        kamerstukken search Cool:Gen
        kamerstukken search 'Cool:Gen datum:2018..2024' --sort newest
        kamerstukken search toeslagen --filter year=2020 --filter kind=Motie --json
        kamerstukken search --file queries.txt --json
    """
    chosen = _filters(filters)
    where = settings(data, engine=engine)
    with archive(where).look() as look:
        look.papers.state  # noqa: B018 - without a catalogue that tells it nothing vouches for what the index holds
    # JSON is that of the pages; people at a terminal are told in English.
    service = search_service(where, Language.DUTCH if as_json else Language.ENGLISH)
    for text in _queries(query, file):
        answer = service.answer(text, filters=chosen, sort=Sort(sort), offset=offset, limit=limit, meaning=Meaning(meaning))
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
