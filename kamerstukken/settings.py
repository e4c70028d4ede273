"""Where the settings come from: flags, then the environment, then ``kamerstukken.toml``, then the defaults.

The flags that several commands share are declared here too, so that a setting and its flag stand together.
"""

from __future__ import annotations

import math
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import click

from indexer.data_folder import ARCHIVE, CATALOGUE, INDEX, VECTORS
from indexer.errors import ArchiveError
from kamerstukken.limits import Limits, changed
from search.budget import Allowance
from search.engines.opensearch.client import Access, Address, parse_address
from search.engines.whoosh.writer import USUAL
from web.hosts import host_name

SETTINGS_FILE = "kamerstukken.toml"
OFFICIAL = "https://repository.overheid.nl/sru"
"""The search interface of the official repository."""
ON_THIS_MACHINE, ON_A_CLUSTER = "whoosh", "opensearch"
"""What an engine is called in the settings; the second is followed by a colon and an address."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The data folder and what lies in it, where papers are harvested from, and which engine finds them."""

    data: Path
    source: str = OFFICIAL
    """The address of the official search interface (SRU)."""
    source_hosts: tuple[str, ...] = ()
    """Other hosts that the source keeps files on, as ``host`` or ``host:port``; only these and its own are asked."""
    cluster: Address | None = None
    """The cluster that holds the index; None when it lies in the data folder."""
    access: Access = field(default_factory=Access)
    """How to get into the cluster."""
    limits: Limits = field(default_factory=Limits)
    """What the server allows."""
    allowance: Allowance = field(default_factory=Allowance)
    """What one answer may cost."""
    allowed_hosts: tuple[str, ...] = ()
    """The hosts that the server answers to; without any, to all that are hosts."""

    @property
    def catalogue(self) -> Path:
        """The catalogue's file."""
        return self.data / CATALOGUE

    @property
    def archive(self) -> Path:
        """The folder of received files."""
        return self.data / ARCHIVE

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.data / INDEX

    @property
    def vectors(self) -> Path:
        """The folder of the vectors by which papers are found by meaning."""
        return self.data / VECTORS


def settings(
    data: Path | None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    *,
    source: str | None = None,
    engine: str | None = None,
    allowed_hosts: Sequence[str] = (),
) -> Settings:
    """The settings for a call.

    ``data``, ``source``, ``engine`` and ``allowed_hosts`` are the flags, ``folder`` where the settings file is looked for (here).

    Raises:
        ArchiveError: the settings file cannot be read, or a setting cannot be used.
    """
    given = os.environ if environment is None else environment
    file = (folder or Path()) / SETTINGS_FILE
    told = _read(file)
    texts = {name: value for name, value in told.items() if isinstance(value, str)}
    in_file = file.parent / texts["data"] if "data" in texts else Path("data")
    named = given.get("KAMERSTUKKEN_DATA")
    limits, hosts = _serving(given, told.get("serving", {}), allowed_hosts, f"{file}: serving")
    return Settings(
        data or (Path(named) if named else in_file),
        source or given.get("KAMERSTUKKEN_SOURCE") or texts.get("source") or OFFICIAL,
        _hosts(given.get("KAMERSTUKKEN_SOURCE_HOSTS"), told.get("source_hosts")),
        _cluster(engine or given.get("KAMERSTUKKEN_ENGINE") or texts.get("engine") or ON_THIS_MACHINE),
        _access(given, told.get("opensearch"), file),
        limits,
        Allowance(
            work=int(_number("answer_work", given, told, Allowance().work)),
            seconds=_number("answer_seconds", given, told, Allowance().seconds),
        ),
        hosts,
    )


def _hosts(named: str | None, told: object, name: str = "source_hosts") -> tuple[str, ...]:
    """Hosts, from the environment with commas between them, else from a list in the settings file."""
    if named is not None:
        return tuple(host for host in (part.strip() for part in named.split(",")) if host)
    if not isinstance(told, list | None) or not all(isinstance(host, str) for host in told or ()):
        raise ArchiveError(f'{name}: not a list of hosts; write it as {name} = ["files.example.nl"]')
    return tuple(told or ())


def _number(name: str, environment: Mapping[str, str], told: Mapping[str, object], usual: float) -> float:
    """A number above 0: from the environment, else from the settings file."""
    text = str(environment.get(f"KAMERSTUKKEN_{name.upper()}") or told.get(name, usual))
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not 0 < number < math.inf:
        raise ArchiveError(f"{name}: {text!r} is not a number above 0")
    return number


def _serving(
    environment: Mapping[str, str], told: object, allowed_hosts: Sequence[str], where: str
) -> tuple[Limits, tuple[str, ...]]:
    """What the server allows, and the hosts it answers to; ``where`` names the table in messages."""
    table = dict(told) if isinstance(told, dict) else {"": told}
    named = _hosts(environment.get("KAMERSTUKKEN_ALLOWED_HOSTS"), table.pop("allowed_hosts", None), "allowed_hosts")
    hosts = tuple(allowed_hosts) or named
    for host in hosts:
        if host_name(host.removeprefix(".")) != host.removeprefix(".").lower():
            raise ArchiveError(f"allowed host {host!r}: expected a name without scheme and port, such as kamerstukken.example.nl")
    return changed(Limits(), table, where), hosts


def _cluster(engine: str) -> Address | None:
    """Where the engine with this name is, when it is not on this machine."""
    name, _, address = engine.partition(":")
    if engine == ON_THIS_MACHINE:
        return None
    if name != ON_A_CLUSTER or not address:
        shown = name if "@" in engine else engine
        raise ArchiveError(
            f"{shown}: there is no such engine; choose {ON_THIS_MACHINE}, or {ON_A_CLUSTER}:https://host:9200/name"
        )
    return parse_address(address)


def _access(environment: Mapping[str, str], told: object, file: Path) -> Access:
    """How to get into a cluster: from the environment, else from the table ``opensearch`` of the settings file."""
    table = told if isinstance(told, dict) else {}
    usual = Access()

    def setting(name: str, default: object) -> str:
        return str(environment.get(f"KAMERSTUKKEN_OPENSEARCH_{name.upper()}") or table.get(name, default))

    def number(name: str, default: int, least: int) -> int:
        text = setting(name, default)
        if not text.isascii() or not text.isdigit() or int(text) < least:
            raise ArchiveError(f"opensearch.{name}: {text!r} is not a number of {least} or more")
        return int(text)

    ca = setting("ca", "")
    return Access(
        user=setting("user", ""),
        password=setting("password", ""),
        ca=file.parent / ca if ca else None,
        verify=setting("verify", "true").lower() not in {"false", "no", "0"},
        shards=number("shards", usual.shards, 1),
        replicas=number("replicas", usual.replicas, 0),
        seconds=float(number("seconds", round(usual.seconds), 1)),
    )


def _read(file: Path) -> dict[str, object]:
    """What stands in a settings file; nothing when there is no such file."""
    if not file.is_file():
        return {}
    try:
        return tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{file}: cannot be read as settings: {error}") from error


F = TypeVar("F", bound=Callable[..., Any])
"""A command that takes an option."""


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
