"""``python -m benchmarks.relevance``: measures how well papers are found, beside peers, and compares it with the floors.

Over the sample: judged queries of every kind, and sentences that cite. Over the folder of real papers in ``KAMERSTUKKEN_REAL``,
motions only: subject lines that stand in no file and three telling words of each (*known item*), questions in the words of the
papers and in those of laymen, sentences that cite, needs as people ask them and as keywords, and queries of a noun and a verb.
"""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from pathlib import Path

import click

from benchmarks.measuring import data_folder
from benchmarks.relevance.asking import OURS, Answers, ask, finders, named_by_sample, together
from benchmarks.relevance.floors import FLOORS, floored, raised, read_floors, shortfalls, write_floors
from benchmarks.relevance.judging import Figures
from benchmarks.relevance.report import report, worst
from benchmarks.relevance.sets import ASKED, Sets, real_sets, sample_sets


@click.command("relevance")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the indexes here for the next run.")
@click.option("--every", type=click.IntRange(min=1), default=1, show_default=True, help="Ask one known-item question in so many.")
@click.option(
    "--asked",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    multiple=True,
    default=(ASKED,),
    help="A file of needs as people ask them; may be given again. Without it, that of the tests.",
)
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--raise", "raising", is_flag=True, help="Raise the floors to what is measured; never lowers one.")
@click.option("--failures", type=int, default=0, help="Show so many of the worst questions of each set.")
def main(data: Path | None, every: int, asked: tuple[Path, ...], as_json: bool, raising: bool, failures: int) -> None:
    """Measure relevance and compare it with the floors; ends with status 1 when a figure is below its floor."""
    with data_folder(data) as folder:
        every_set = [sample_sets(folder / "sample")]
        real = os.environ.get("KAMERSTUKKEN_REAL")
        if real:
            every_set.append(real_sets(Path(real), folder / "real", every, asked))
        else:
            click.echo("KAMERSTUKKEN_REAL is not set: all that is asked of real papers is left out.", err=True)
        answers = {name: named_by_sample(one, every) for name, one in _answers(every_set).items()}
    found = {name: one.figures() for name, one in answers.items()}
    values = floored(found[OURS])
    floors = read_floors(FLOORS)
    below = shortfalls(values, floors)
    if as_json:
        told = {"sets": _told(found, answers[OURS].counts()), "floors": floors, "below": [str(one) for one in below]}
        click.echo(json.dumps(told))
    else:
        click.echo(report(found, answers[OURS].counts(), floors))
        if failures:
            click.echo("\n" + "\n".join(worst(answers[OURS], failures)))
    if raising:
        write_floors(FLOORS, raised(values, floors))
    for shortfall in below:
        click.echo(str(shortfall), err=True)
    if below:
        raise SystemExit(1)


def _answers(every_set: list[Sets]) -> dict[str, Answers]:
    """What each finder answers to all sets, by its name."""
    parts: dict[str, list[Answers]] = {}
    for sets in every_set:
        for name, finder in finders(sets.collection).items():
            parts.setdefault(name, []).append(ask(finder, sets))
    return {name: together(one) for name, one in parts.items()}


def _told(found: Mapping[str, Mapping[str, Figures]], counts: Mapping[str, int]) -> dict[str, dict[str, object]]:
    """Per set the number of questions, and by finder each figure as mean, low and high end of its interval."""
    told: dict[str, dict[str, object]] = {}
    for finder, sets in found.items():
        for name, figures in sets.items():
            numbers = {key: [one.mean, one.low, one.high] for key, one in figures.items()}
            told.setdefault(name, {"questions": counts[name]})[finder] = numbers
    return told


if __name__ == "__main__":
    main()
