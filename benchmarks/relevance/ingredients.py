"""``python -m benchmarks.relevance.ingredients``: what each ingredient of the ranking gives, over every set of questions.

The ranking as it is, and without one ingredient after another. Only ingredients with a switch among the weights
(``search.plan.Weights``) are measured, and what the service does when little is found.
"""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from dataclasses import replace
from pathlib import Path

import click

from benchmarks.measuring import data_folder, table
from benchmarks.relevance.asking import SAME_WORDS, Answers, ask, ours, together
from benchmarks.relevance.finders import Finder
from benchmarks.relevance.judging import PAGE, Figures
from benchmarks.relevance.sets import Sets, real_sets, sample_sets
from search.document import Place
from search.engines.whoosh.searcher import WhooshSearcher
from search.plan import MatchKind, Weights
from search.ports import SearchRequest
from search.query.parser import parse
from search.service import MAX_OFFSET

FULL = "as it is"
_FIRST_TRY = "no second try (other spelling, loose quotation)"
_COLUMNS = (("mrr_10", "MRR@10"), ("p_10_asked", "P@10 as asked"), ("p_10_keywords", "P@10 as keywords"))
"""Of each set the figures that have a column; besides those in ``_MORE``."""
_MORE = (("judged", "ndcg_10", "nDCG@10"), ("verbs", "recall_all_words", "recall of all words"), ("verbs", "p_10", "P@10"))


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
        "what a motion asks counts as the rest": replace(full, places={**full.places, Place.DICTUM: full.places[Place.BODY]}),
        "title does not count": replace(full, places={**full.places, Place.TITLE: 0.0}),
        "all places weigh the same": replace(full, places=flat),
        "k1 = 1.2, b = 0.75": replace(full, k1=1.2, b=0.75),
        "compounds as good as stems": replace(full, compound=full.stem),
        "synonyms as good as stems": replace(full, synonym=full.stem),
    }


class FirstTry:
    """Asks the engine once, past what the service does when little is found."""

    def __init__(self, searcher: WhooshSearcher) -> None:
        self.searcher = searcher

    def first(self, query: str, count: int) -> Sequence[str]:
        return [hit.document.identifier for hit in self.searcher.search(_request(query, count)).hits]

    def with_all_words(self, query: str) -> frozenset[str]:
        hits = self.searcher.search(_request(query, MAX_OFFSET)).hits
        return frozenset(hit.document.identifier for hit in hits if hit.match is not MatchKind.PARTIAL)


def _request(query: str, limit: int) -> SearchRequest:
    return SearchRequest(parse(query).node, limit=limit, facet_limit=0)


@click.command("ingredients")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the indexes here for the next run.")
@click.option("--every", type=click.IntRange(min=1), default=1, show_default=True, help="Ask one known-item question in so many.")
def main(data: Path | None, every: int) -> None:
    """Print a Markdown table: a row an ingredient left out, a column a figure, with the difference from the ranking as it is."""
    with data_folder(data) as folder:
        every_set = [sample_sets(folder / "sample")]
        if real := os.environ.get("KAMERSTUKKEN_REAL"):
            every_set.append(real_sets(Path(real), folder / "real", every))
        found: dict[str, dict[str, Figures]] = {}
        for name, weights in variants(Weights()).items():
            found[name] = _asked(every_set, [ours(sets.collection, weights) for sets in every_set])
            click.echo(name, err=True)
        once = [FirstTry(WhooshSearcher(sets.collection.index, Weights())) for sets in every_set]
        found[_FIRST_TRY] = _asked(every_set, once)
    click.echo(report(found))


def _asked(every_set: Sequence[Sets], finders: Sequence[Finder]) -> dict[str, Figures]:
    answers: list[Answers] = [ask(finder, sets, PAGE) for finder, sets in zip(finders, every_set, strict=True)]
    return together(answers).figures()


def report(found: Mapping[str, Mapping[str, Figures]]) -> str:
    """The table of what each ranking found, by ranking and set."""
    full = found[FULL]
    whole = [name for name in full if not name.endswith(SAME_WORDS)]
    columns = [(name, key, f"{name} {title}") for name in whole for key, title in _COLUMNS if key in full[name]]
    columns += [(name, key, f"{name} {title}") for name, key, title in _MORE if name in full]
    rows = {
        ranking: [_cell(sets[name][key].mean, full[name][key].mean, ranking) for name, key, _ in columns]
        for ranking, sets in found.items()
    }
    return table([title for _, _, title in columns], rows, "ranking")


def _cell(value: float, full: float, ranking: str) -> str:
    return f"{value:.4f}" if ranking == FULL else f"{value:.4f} ({(value - full) * 100:+.2f})"


if __name__ == "__main__":
    main()
