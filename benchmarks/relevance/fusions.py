"""``python -m benchmarks.relevance.fusions``: what finds best by words and by meaning, over the questions asked of real papers.

Compared are the encoders, alone and together, and the ways in which what they find may join what the words find. All answer the
same questions over the same papers and vectors in one run. Needs the extra ``betekenis`` and ``KAMERSTUKKEN_REAL``; the vectors
are made first, which takes minutes, and stay with ``--data``.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import click

from benchmarks.measuring import data_folder, table
from benchmarks.relevance.judging import DEPTH, Ask, Outcome, ask_all, estimate, figures
from benchmarks.relevance.questions import KNOWN_ITEM_SETS
from benchmarks.relevance.sets import SMALL_SETS, real_sets
from indexer.catalogue.catalogue import open_catalogue
from indexer.reading.official_file import PARSER_VERSION
from kamerstukken.settings import settings
from kamerstukken.wiring import search_service
from search.learnt.vectors import Vectors
from search.meaning.channel import Meaning, MeaningChannel
from search.meaning.embedding import embed
from search.meaning.encoder import PaperEncoder, Reading
from search.meaning.store import nearest
from search.service import SearchService

_SLOWLY = 60
"""What is added to a rank before its reciprocal is taken: the usual number, by which the first few ranks count about the same."""
_LONE = {"vectors of words": (1.0, 0.0, 0.0), "USE": (0.0, 1.0, 0.0), "e5": (0.0, 0.0, 1.0)}
"""The encoders one by one, as weights of the three that are shipped."""


@dataclass(frozen=True)
class _Weighed:
    """An encoder whose readings have other weights, if these are given; every query is read once."""

    encoder: PaperEncoder
    weights: tuple[float, ...] = ()
    read: dict[str, Sequence[Reading]] = field(default_factory=dict)

    @property
    def name(self) -> str:
        return self.encoder.name

    def papers(self, papers: Sequence[Sequence[str]]) -> list[Vectors]:
        return self.encoder.papers(papers)

    def query(self, text: str) -> Sequence[Reading]:
        if text not in self.read:
            self.read[text] = self.encoder.query(text)
        weights = self.weights or tuple(one.weight for one in self.read[text])
        return [replace(one, weight=weight) for one, weight in zip(self.read[text], weights, strict=True)]

    def weighing(self, *weights: float) -> _Weighed:
        """The same with other weights."""
        return replace(self, weights=weights)


def served(service: SearchService, meaning: Meaning) -> Ask:
    """What a reader gets."""

    def ask(query: str, count: int) -> Sequence[str]:
        hits = service.answer(query, limit=count, facet_limit=0, meaning=meaning).hits
        return [hit.document.identifier for hit in hits]

    return ask


def by_meaning(channel: MeaningChannel) -> Ask:
    """What is nearest in meaning, whatever the words find."""

    def ask(query: str, count: int) -> Sequence[str]:
        near = nearest(channel.store.kept(), channel.encoder.query(query), count=count)
        return [one.identifier for one in near]

    return ask


def by_ranks(*asks: Ask) -> Ask:
    """Several answers by reciprocal rank fusion: each adds the more to a paper the higher it has it."""

    def ask(query: str, count: int) -> Sequence[str]:
        scores: dict[str, float] = defaultdict(float)
        for one in asks:
            for rank, paper in enumerate(one(query, DEPTH), 1):
                scores[paper] += 1 / (_SLOWLY + rank)
        return sorted(scores, key=lambda paper: (-scores[paper], paper))[:count]

    return ask


def compared(service: SearchService, channel: MeaningChannel) -> dict[str, Ask]:
    """Everything that is compared, by what the table calls it."""
    shipped = _Weighed(channel.encoder)
    every = replace(channel, encoder=shipped)
    lone = {name: replace(channel, encoder=shipped.weighing(*weights)) for name, weights in _LONE.items()}
    words = served(service, Meaning.OFF)
    return {
        "words alone": words,
        **{f"{name} alone": by_meaning(one) for name, one in lone.items()},
        "the three alone": by_meaning(every),
        "words and the three, by reciprocal ranks": by_ranks(words, by_meaning(every)),
        "words and the three, always": served(replace(service, channel=every), Meaning.ON),
        **{f"{name}, where the words fail": served(replace(service, channel=one), Meaning.AUTO) for name, one in lone.items()},
        "the three, where the words fail (as shipped)": served(replace(service, channel=every), Meaning.AUTO),
    }


@click.command("fusions")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep index and vectors here for the next run.")
@click.option("--every", type=click.IntRange(min=1), default=1, show_default=True, help="Ask one known-item question in so many.")
@click.option("--real", envvar="KAMERSTUKKEN_REAL", required=True, type=click.Path(path_type=Path, exists=True, file_okay=False))
def main(data: Path | None, every: int, real: Path) -> None:
    """Print a Markdown table: a row for each way to find, columns for each set of questions."""
    with data_folder(data) as folder:
        sets = real_sets(real, folder, every)
        service = search_service(settings(folder))
        if service.channel is None:
            raise click.ClickException("the extra is missing: pip install -e '.[betekenis]'")
        with open_catalogue(folder / "kamerstukken.db", PARSER_VERSION) as catalogue:
            embed(catalogue, service.channel.store, service.channel.encoder)
        asked = {name: sets.questions[name] for name in (*SMALL_SETS, *KNOWN_ITEM_SETS)}
        found: dict[str, Mapping[str, Sequence[Outcome]]] = {}
        for title, ask in compared(service, service.channel).items():
            found[title] = {name: ask_all(ask, questions) for name, questions in asked.items()}
            click.echo(title, err=True)
    columns = [f"{name} ({len(questions)}): MRR@10, in ten, in hundred" for name, questions in asked.items()]
    rows = {title: [_told(outcomes) for outcomes in sets.values()] for title, sets in found.items()}
    click.echo(table(columns, rows, "what"))


def _told(outcomes: Sequence[Outcome]) -> str:
    """MRR@10 with its interval, and the shares of questions with an answer in the first ten and in the first hundred."""
    told = figures(outcomes)
    in_hundred = estimate([float(one.recall > 0) for one in outcomes])
    return f"{told['mrr_10']}, {told['success_10'].mean:.1%}, {in_hundred.mean:.1%}"


if __name__ == "__main__":
    main()
