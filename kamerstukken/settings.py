"""Where the settings come from: flags, then the environment, then ``kamerstukken.toml``, then the defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ArchiveError

SETTINGS_FILE = "kamerstukken.toml"
OFFICIAL = "https://repository.overheid.nl/sru"
"""The search interface of the official repository."""


@dataclass(frozen=True, slots=True)
class Settings:
    """The data folder and what lies in it, and where papers are harvested from."""

    data: Path
    source: str = OFFICIAL
    """The address of the official search interface (SRU)."""

    @property
    def catalogue(self) -> Path:
        """The catalogue's file."""
        return self.data / "kamerstukken.db"

    @property
    def archive(self) -> Path:
        """The folder of received files."""
        return self.data / "archive"

    @property
    def index(self) -> Path:
        """The folder of the index."""
        return self.data / "index"


def settings(
    data: Path | None,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
    *,
    source: str | None = None,
) -> Settings:
    """The settings for a call: ``data`` and ``source`` are the flags, ``folder`` where the settings file is looked for (here).

    Raises:
        ArchiveError: the settings file cannot be read.
    """
    given = os.environ if environment is None else environment
    file = (folder or Path()) / SETTINGS_FILE
    told = _read(file)
    in_file = file.parent / told["data"] if "data" in told else Path("data")
    named = given.get("KAMERSTUKKEN_DATA")
    return Settings(
        data or (Path(named) if named else in_file), source or given.get("KAMERSTUKKEN_SOURCE") or told.get("source") or OFFICIAL
    )


def _read(file: Path) -> dict[str, str]:
    """The texts in a settings file; none when there is no such file."""
    if not file.is_file():
        return {}
    try:
        told = tomllib.loads(file.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ArchiveError(f"{file}: cannot be read as settings: {error}") from error
    return {name: value for name, value in told.items() if isinstance(value, str)}
