"""The command ``kamerstukken``. Its commands stand in modules under ``commands``, which are loaded when they are called."""

from __future__ import annotations

import importlib
import logging
import os
import sys
from importlib.metadata import version

import click

from indexer.errors import EngineError, KamerstukkenError, MeaningMissing, QueryTooCostly, SourceError

_log = logging.getLogger(__name__)

COMMANDS = {
    "harvest": "harvest",
    "index": "indexing",
    "search": "search",
    "show": "printing",
    "serve": "serve",
    "status": "status",
    "check": "check",
    "embed": "embed",
    "parse": "printing",
    "reindex": "indexing",
    "backup": "backup",
    "restore": "backup",
}
"""Each with its module under ``commands``, in the order in which a newcomer needs them."""
_MULTIPLIES = "embed"
"""The only command with matrices so large that several threads multiply them sooner."""


class _Commands(click.Group):
    """Finds commands by name and imports only the one that is called, so that each starts fast."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        if cmd_name != _MULTIPLIES:
            # Read when numpy is imported. Of small products threads make none sooner, and waiting for them takes a processor.
            os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
        module = importlib.import_module(f"kamerstukken.commands.{COMMANDS[cmd_name]}")
        command: click.Command = getattr(module, f"{cmd_name}_command")
        return command


@click.command(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100})
@click.version_option(version("kamerstukken"), prog_name="kamerstukken")
@click.option("-v", "--verbose", is_flag=True, help="Say more on stderr.")
def group(verbose: bool) -> None:
    """Search Kamerstukken, the papers of the Dutch parliament.

    \b
    Start with papers from the official source, or with those you have, then search them:
        kamerstukken harvest --dossier 31066
        kamerstukken index data/sample
        kamerstukken search Cool:Gen
        kamerstukken serve
    """
    logging.basicConfig(
        level=logging.DEBUG if verbose else logging.WARNING, stream=sys.stderr, format="%(levelname)s %(name)s: %(message)s"
    )
    if not verbose:
        logging.getLogger("urllib3").setLevel(logging.CRITICAL)  # it shows with a traceback what it carries on with


def main() -> None:
    """Run the command; errors of ours become a line on stderr and an exit status.

    That is 1, or 2 when papers cannot be found by meaning as was asked, or 3 when it was the official source's, or 4 when a query
    cannot be answered: it costs more than it may, or the search engine on other machines does not answer it.
    """
    try:
        group()
    except KamerstukkenError as error:
        click.echo(f"kamerstukken: {error}", err=True)
        sys.exit(_status(error))
    except MemoryError:
        _log.debug("in full:", exc_info=True)
        click.echo(
            "kamerstukken: there is not enough memory; what was stored is whole, run the command again with more", err=True
        )
        sys.exit(1)
    except BrokenPipeError:
        # Whoever read our output has stopped (head); Python would complain once more when it closes stdout.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(1)
    except OSError as error:
        _log.debug("in full:", exc_info=True)
        where = error.filename or "a file"
        click.echo(
            f"kamerstukken: {where}: cannot be used: {error.strerror or error}; once that is mended, run the command again",
            err=True,
        )
        sys.exit(1)


def _status(error: KamerstukkenError) -> int:
    """The exit status that tells whose error it was."""
    if isinstance(error, SourceError):
        return 3
    if isinstance(error, MeaningMissing):
        return 2
    return 4 if isinstance(error, EngineError | QueryTooCostly) else 1


if __name__ == "__main__":
    main()
