"""``make relevance``: does the search find the papers it should, and no worse than before?

Two tests. *Known item*: the subject line of a motion, which stands in no file, and three telling words of it, must bring the
motion; over the folder of real papers in ``KAMERSTUKKEN_REAL``, motions only. *Judged*: queries of every kind over the sample,
with the papers that answer them by grade (``tests/relevance/judged.toml``).
"""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from pathlib import Path

import click

from benchmarks.floors import raised, read_floors, shortfalls, write_floors
from benchmarks.measuring import Figures, Outcome, ask_all, data_folder, default_search_box, figures, index_papers, table
from benchmarks.questions import KNOWN_ITEM_SETS, judged, known_items
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import Weights
from search.service import SearchService

ROOT = Path(__file__).parents[1]
SAMPLE = ROOT / "data" / "sample"
JUDGED = ROOT / "tests" / "relevance" / "judged.toml"
FLOORS = ROOT / "tests" / "relevance" / "floors.toml"
TENTH = 10
"""The tests, which run often, ask every tenth question of the known-item sets."""

_KNOWN_ITEM_FIGURES = ("mrr_10", "success_1", "success_10")
"""Of the known-item test; with one paper to find, nDCG tells nothing more."""


def ask_judged(data: Path, weights: Weights | None = None) -> list[Outcome]:
    """Index the sample in a data folder and ask the judged questions."""
    index = index_papers(SAMPLE, data)
    return ask_all(default_search_box(_service(index, weights)), judged(JUDGED))


def ask_known_items(real: Path, data: Path, every: int = 1, weights: Weights | None = None) -> dict[str, list[Outcome]]:
    """Index the real papers in a data folder and ask the known-item questions, all or ``every`` so many."""
    index = index_papers(real / "xml", data)
    ask = default_search_box(_service(index, weights))
    return {name: ask_all(ask, known_items(real / "eval" / f"{name}.tsv")[::every]) for name in KNOWN_ITEM_SETS}


def _service(index: Path, weights: Weights | None) -> SearchService:
    return SearchService(WhooshSearcher(index, weights or Weights()))


def measured(name: str, found: Figures) -> dict[str, float]:
    """The figures of a set that have floors."""
    return {key: value for key, value in found.as_dict().items() if name == "judged" or key in _KNOWN_ITEM_FIGURES}


@click.command("relevance")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the indexes here for the next run.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
@click.option("--raise", "raising", is_flag=True, help="Raise the floors to what is measured; never lowers one.")
@click.option("--failures", type=int, default=0, help="Show so many of the worst questions of each set.")
def main(data: Path | None, as_json: bool, raising: bool, failures: int) -> None:
    """Measure relevance and compare it with the floors; ends with status 1 when a figure is below its floor."""
    with data_folder(data) as folder:
        outcomes = {"judged": ask_judged(folder / "sample")}
        real = os.environ.get("KAMERSTUKKEN_REAL")
        if real:
            outcomes |= ask_known_items(Path(real), folder / "real")
        else:
            click.echo("KAMERSTUKKEN_REAL is not set: the known-item test over real papers is left out.", err=True)
    every = {name: figures(found) for name, found in outcomes.items()}
    every |= {f"{name}_tenth": figures(outcomes[name][::TENTH]) for name in KNOWN_ITEM_SETS if name in outcomes}
    values = {name: measured(name, found) for name, found in every.items()}
    floors = read_floors(FLOORS)
    below = shortfalls(values, floors)
    if as_json:
        sets = {name: {"questions": every[name].questions, **one} for name, one in values.items()}
        click.echo(json.dumps({"sets": sets, "floors": floors, "below": [str(one) for one in below]}))
    else:
        click.echo(_report(every, values, floors))
        if failures:
            click.echo("\n" + "\n".join(_worst(outcomes, failures)))
    if raising:
        write_floors(FLOORS, raised(values, floors))
    for shortfall in below:
        click.echo(str(shortfall), err=True)
    if below:
        raise SystemExit(1)


def _report(
    every: Mapping[str, Figures], values: Mapping[str, Mapping[str, float]], floors: Mapping[str, Mapping[str, float]]
) -> str:
    def cell(name: str, key: str) -> str:
        if key not in values[name]:
            return "–"
        least = floors.get(name, {}).get(key)
        return f"{values[name][key]:.4f}" + (f" (≥ {least:.3f})" if least is not None else "")

    keys = ("mrr_10", "success_1", "success_10", "ndcg_10")
    rows = {name: [str(found.questions), *(cell(name, key) for key in keys)] for name, found in every.items()}
    return table(("questions", "MRR@10", "success@1", "success@10", "nDCG@10"), rows, "set")


def _worst(outcomes: Mapping[str, Iterable[Outcome]], count: int) -> Iterable[str]:
    """The questions whose answer stands lowest, with what stands above it."""
    for name, found in outcomes.items():
        failing = [one for one in found if one.place != 1 or one.ndcg < 1]
        failing.sort(key=lambda one: (1 / one.place if one.place else 0, one.ndcg))
        for one in failing[:count]:
            wanted = sorted(one.question.grades.items(), key=lambda item: -item[1])
            yield f"{name}: {one.question.query!r} place {one.place or '–'}, nDCG {one.ndcg:.2f}"
            yield f"    wanted {' '.join(f'{paper}:{grade}' for paper, grade in wanted)}"
            yield f"    found  {' '.join(one.found)}"


if __name__ == "__main__":
    main()
