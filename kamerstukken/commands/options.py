"""Options that several commands share."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from search.engines.whoosh.writer import USUAL

F = TypeVar("F", bound=Callable[..., Any])


def data_option(function: F) -> F:
    """``--data DIR``: the data folder."""
    return click.option(
        "--data",
        type=click.Path(file_okay=False, path_type=Path),
        help="The data folder; else KAMERSTUKKEN_DATA, else kamerstukken.toml, else ./data.",
    )(function)


def engine_option(function: F) -> F:
    """``--engine NAME``: what finds the papers."""
    return click.option(
        "--engine",
        metavar="ENGINE",
        help="whoosh (in the data folder) or opensearch:https://host:9200/name; "
        "else KAMERSTUKKEN_ENGINE, else kamerstukken.toml, else whoosh.",
    )(function)


def effort_options(function: F) -> F:
    """``--memory MB`` and ``--processes N``: what indexing may use."""
    memory = click.option(
        "--memory",
        type=click.IntRange(min=16),
        default=USUAL.memory_mb,
        show_default=True,
        help="Megabytes of words that making an index on this machine may gather before it writes them down.",
    )
    processes = click.option(
        "--processes",
        type=click.IntRange(min=0),
        default=USUAL.processes,
        help="How many read files and make the index together; 0 is one for each processor. One alone writes to a cluster.",
    )
    return memory(processes(function))


def paths_argument(function: F) -> F:
    """``PATH…``: files, folders and zip archives."""
    existing = click.Path(exists=True, path_type=Path)
    return click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=existing)(function)
