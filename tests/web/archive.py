"""The sample as it is served: indexed once for all tests that ask the whole program."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from tempfile import mkdtemp

from click.testing import CliRunner
from flask import Flask

from kamerstukken.cli import group
from kamerstukken.settings import Settings
from kamerstukken.wiring import web_app

SAMPLE = Path(__file__).parents[2] / "data" / "sample"
IDENTIFIERS = tuple(sorted(path.stem for path in SAMPLE.glob("*.html")))


@cache
def sample_data() -> Settings:
    """A data folder with the sample in it."""
    folder = Path(mkdtemp(prefix="kamerstukken-"))
    result = CliRunner().invoke(group, ["index", str(SAMPLE), "--data", str(folder)])
    if result.exit_code:
        raise AssertionError(result.output)
    return Settings(folder)


def sample_app() -> Flask:
    """The front end on it."""
    return web_app(sample_data(), "1.2.3")
