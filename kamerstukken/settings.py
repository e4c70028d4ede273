"""Where the settings come from: flags, then the environment, then ``kamerstukken.toml``, then the defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.errors import ArchiveError

SETTINGS_FILE = "kamerstukken.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The data folder and what lies in it."""

    data: Path

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


def settings(data: Path | None, environment: Mapping[str, str] | None = None, folder: Path | None = None) -> Settings:
    """The settings for a call: ``data`` is the flag, ``folder`` where the settings file is looked for (here).

    Raises:
        ArchiveError: the settings file cannot be read.
    """
    if data is not None:
        return Settings(data)
    given = (os.environ if environment is None else environment).get("KAMERSTUKKEN_DATA")
    if given:
        return Settings(Path(given))
    file = (folder or Path()) / SETTINGS_FILE
    if file.is_file():
        try:
            value = tomllib.loads(file.read_text(encoding="utf-8")).get("data")
        except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ArchiveError(f"{file}: cannot be read as settings: {error}") from error
        if isinstance(value, str):
            return Settings(file.parent / value)
    return Settings(Path("data"))
