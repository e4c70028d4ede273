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


UNDECLARED = tuple(name for name in IDENTIFIERS if name.startswith("kst-91066-"))
"""The papers that do not say in ``mixed_app`` that they are invented."""


@cache
def mixed_data() -> Settings:
    """A data folder with the sample in it, one dossier of which looks real."""
    folder = Path(mkdtemp(prefix="kamerstukken-mixed-"))
    (folder / "files").mkdir()
    for path in SAMPLE.glob("*.html"):
        text = path.read_text("utf-8")
        declared = text if path.stem not in UNDECLARED else text.replace('name="kamerstukken.fictional"', 'name="x"')
        (folder / "files" / path.name).write_text(declared, "utf-8")
    result = CliRunner().invoke(group, ["index", str(folder / "files"), "--data", str(folder / "data")])
    if result.exit_code:
        raise AssertionError(result.output)
    return Settings(folder / "data")


def mixed_app() -> Flask:
    """The front end on that."""
    return web_app(mixed_data(), "1.2.3")
