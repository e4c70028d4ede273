"""The command, run by tests: what it tells, and that it does what it should."""

from __future__ import annotations

from pathlib import Path

from click.testing import CliRunner, Result

from kamerstukken.cli import group


def invoke(*arguments: str | Path) -> Result:
    """Run the command, whatever comes of it."""
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


def says(*arguments: str | Path) -> Result:
    """Run the command, which succeeds."""
    done = invoke(*arguments)
    assert done.exit_code == 0, (done.output, done.exception)
    return done
