"""What each ingredient of the ranking gives: the ranking as it is, and without one ingredient after another.

Over the known-item questions of real papers (``KAMERSTUKKEN_REAL``) and the judged questions over the sample. Only ingredients
with a switch among the weights (``search.plan.Weights``) are measured.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import click

from benchmarks.measuring import Ask, Figures, ask_all, data_folder, default_search_box, figures, index_papers, table
from benchmarks.questions import KNOWN_ITEM_SETS, Question, judged, known_items
from benchmarks.relevance import JUDGED, SAMPLE
from search.document import Place
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import Weights
from search.ports import SearchRequest
from search.query.parser import parse
from search.service import SearchService

FULL = "as it is"
_SERVICE = "no second try (other spelling, loose quotation)"


def variants(full: Weights) -> dict[str, Weights]:
    """The ranking as it is and without each ingredient, by what is left out."""
    flat = dict.fromkeys(Place, 1.0)
    return {
        FULL: full,
        "exact form counts no more than its stem": replace(full, exact=0.0),
        "exact forms only, no stems": replace(full, exact=full.exact + full.stem, stem=0.0),
        "no compounds": replace(full, compound=0.0),
        "no synonyms": replace(full, synonym=0.0),
        "nearness does not count": replace(full, near=0.0),
        "papers with all words only": replace(full, enough=0),
        "no coordination": replace(full, coordination=0.0),
        "partial matches however small": replace(full, coverage=0.0),
        "papers named in the query are words": replace(full, mentioned=0.0),
        "title does not count": replace(full, places={**full.places, Place.TITLE: 0.0}),
        "all places weigh the same": replace(full, places=flat),
        "k1 = 1.2, b = 0.75": replace(full, k1=1.2, b=0.75),
        "compounds as good as stems": replace(full, compound=full.stem),
        "synonyms as good as stems": replace(full, synonym=full.stem),
    }


def measure(indexes: Mapping[str, Path], questions: Mapping[str, list[Question]], weights: Weights) -> dict[str, Figures]:
    """The figures of every set of questions with these weights."""
    found = {}
    for name, asked in questions.items():
        found[name] = figures(ask_all(default_search_box(SearchService(WhooshSearcher(indexes[name], weights))), asked))
    return found


def _first_try(index: Path, weights: Weights) -> Ask:
    """Asks the engine once, past what the service does when little is found."""
    searcher = WhooshSearcher(index, weights)
    return lambda query: [
        hit.document.identifier for hit in searcher.search(SearchRequest(parse(query).node, limit=10, facet_limit=0)).hits
    ]


@click.command("ingredients")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the indexes here for the next run.")
@click.option("--every", type=click.IntRange(min=1), default=1, show_default=True, help="Ask one known-item question in so many.")
def main(data: Path | None, every: int) -> None:
    """Print a Markdown table: a row an ingredient left out, a column a figure, with the difference from the ranking as it is."""
    with data_folder(data) as folder:
        questions = {"judged": judged(JUDGED)}
        indexes = {"judged": index_papers(SAMPLE, folder / "sample")}
        real = os.environ.get("KAMERSTUKKEN_REAL")
        if real:
            index = index_papers(Path(real) / "xml", folder / "real")
            for name in KNOWN_ITEM_SETS:
                questions[name] = known_items(Path(real) / "eval" / f"{name}.tsv")[::every]
                indexes[name] = index
        found: dict[str, dict[str, Figures]] = {}
        for name, weights in variants(Weights()).items():
            found[name] = measure(indexes, questions, weights)
            click.echo(f"{name}: {' '.join(f'{one.mrr:.4f}' for one in found[name].values())}", err=True)
        found[_SERVICE] = {
            name: figures(ask_all(_first_try(indexes[name], Weights()), asked)) for name, asked in questions.items()
        }
    click.echo(_report(found, list(questions)))


def _report(found: Mapping[str, Mapping[str, Figures]], sets: list[str]) -> str:
    full = found[FULL]
    rows = {}
    for name, one in found.items():
        cells = [_cell(one[questions].mrr, full[questions].mrr, name) for questions in sets]
        rows[name] = [*cells, _cell(one["judged"].ndcg, full["judged"].ndcg, name)]
    return table([f"{questions} MRR@10" for questions in sets] + ["judged nDCG@10"], rows, "ranking")


def _cell(value: float, full: float, name: str) -> str:
    return f"{value:.4f}" if name == FULL else f"{value:.4f} ({(value - full) * 100:+.2f})"


if __name__ == "__main__":
    main()
