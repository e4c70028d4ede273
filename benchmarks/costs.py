"""``make costs``: the costliest allowed query of every kind over generated papers, counted rather than timed.

A query is cut at 1,000 characters and 100 clauses, and a clause stands for a bounded number of words. What it can read is
therefore bounded by the collection: ``bound`` says by how much, the tests hold every query here against it.
"""

from __future__ import annotations

import itertools
import json
import time
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import click

from benchmarks.corpus import SMALL, papers
from benchmarks.counting import Asked, CountingSearcher, index_papers, open_index, word_list, words_in
from benchmarks.drafting import SHORTEST
from benchmarks.measuring import data_folder, table
from indexer.errors import QueryTooCostly
from kamerstukken.commands.serve import few_pauses
from search.budget import UNLIMITED, Allowance, Budget, Part
from search.engines.whoosh.searcher import WhooshSearcher
from search.engines.word_list import WordList
from search.fields import FACETS
from search.plan import Weights
from search.ports import Sort
from search.query.tree import MAX_CLAUSES, MAX_DEPTH, MAX_EXPANSIONS, MAX_LENGTH, MAX_SLOP, MAX_WORD, MIN_FUZZY, MIN_PREFIX
from search.related.compounds import compounds_of
from search.service import MAX_LIMIT, MAX_OFFSET, SearchService

PAPERS = 50_000
READINGS = 8
"""How often, at most, a word of the query has each word of the collection read that it may stand for: as exact form and as stem,
each to match, to lay out phrases, and twice more for nearness (papers with all words, and papers with some)."""
MOST_WORDS = MAX_LENGTH // 2
"""Words of a query: of one letter each, with a space between."""
MOST_EXPANSIONS = MAX_CLAUSES * (MAX_EXPANSIONS + 1)
"""Forms that one search looks up: a prefix stands for the most words."""
MOST_SEARCHES = 1 + 4 + 3 + 24 + (len(FACETS) + 1) + 2 * 4
"""Questions that one query may become: itself; another spelling or loose words, tried first, and what stands next to each other
in that spelling; the same in other words, where its own fail; and to explain why nothing is found without each filter and
without all, by each of four words alone, and without each of them."""


def bound(words: int, searches: int, query: str) -> int:
    """The postings that so many searches of a query read at most in a collection of so many words."""
    return searches * min(len(query.split()) + 1, MOST_WORDS) * READINGS * words


class Way(StrEnum):
    """What a query is asked for."""

    PAGE = "page"
    TERM = "term page"
    EXPORT = "export"
    COMPLETION = "completions"
    MARKS = "marks in a paper"


@dataclass(frozen=True, slots=True)
class CostlyQuery:
    """A query that is as costly as its kind can be; ``filters``, an order and a far page where they add to it."""

    name: str
    text: str
    filters: tuple[tuple[str, tuple[str, ...]], ...] = ()
    offset: int = 0
    limit: int = 10
    sort: Sort = Sort.RELEVANCE
    way: Way = Way.PAGE


@dataclass(frozen=True, slots=True)
class Cost:
    """What a query cost: what was asked of the engine, and how much was read for each part of the answer.

    ``milliseconds`` are of the processor, and differ from machine to machine; ``refused`` tells that there was no answer for it.
    """

    query: CostlyQuery
    asked: Asked
    spent: Mapping[Part, int]
    milliseconds: float
    refused: bool = False

    @property
    def read(self) -> int:
        """Occurrences and positions of words."""
        return self.spent[Part.WORDS] + self.spent[Part.PHRASES]


def costly_queries(vocabulary: WordList) -> list[CostlyQuery]:
    """The costliest query of every kind, made of the words of this collection."""
    common = [word for word in _by_frequency(vocabulary.words) if word.isalpha()][: 2 * MAX_CLAUSES]
    short = sorted(common[:MAX_CLAUSES], key=len)
    prefixes = [f"{start}*" for start in _widest_prefixes(vocabulary)]
    fuzzy = sorted((word for word in common if len(word) >= MIN_FUZZY), key=lambda word: -len(vocabulary.near(word)))
    heads = sorted((word for word in common if len(word) > 4), key=lambda word: -len(compounds_of(word, vocabulary)))
    pairs = list(itertools.permutations(short[:12], 2))
    spread = _filled((f'"{a} {b}"~{MAX_SLOP}' for a, b in itertools.combinations(short[:16], 2)), " OF ")
    own = (f'"{a} {b}"~{MAX_SLOP}' for a, b in zip(short[::2], short[1::2], strict=False))
    unknown = ["".join(pair) for pair in itertools.product(common[:20], common[20:40])]
    values = [word.capitalize() for word in common]
    fields = ("titel", "dossier", "nr", "soort", "minister", "ambt", "indiener", "kamer", "jaar", "datum", "citeert")
    scopes = ("in:voetnoot", "in:kop", "in:bijlage", "in:titel")
    return [
        CostlyQuery("common words", _filled(common)),
        CostlyQuery("common words, any (OF)", _filled(common, " OF ")),
        CostlyQuery("common words, none (NIET)", _filled(f"-{word}" for word in short)),
        CostlyQuery("phrases of common words", _filled(f'"{a} {b}"' for a, b in pairs)),
        CostlyQuery("phrases of common words, spread", _filled(f'"{a} {b}"~{MAX_SLOP}' for a, b in pairs)),
        CostlyQuery("one phrase of all common words", f'"{_filled(short, room=2)}"'),
        CostlyQuery("one phrase, one word repeated", f'"{_filled(itertools.repeat(short[0]), room=2)}"'),
        CostlyQuery("one spread phrase, one word repeated", f'"{_filled(itertools.repeat(short[0]), room=6)}"~{MAX_SLOP}'),
        CostlyQuery("widest prefixes", _filled(prefixes)),
        CostlyQuery("misspelt words", _filled(f"{word}~" for word in fuzzy)),
        CostlyQuery("words that end compounds", _filled(heads)),
        CostlyQuery("unknown compounds", _filled(unknown)),
        CostlyQuery("deepest brackets", _nested(short)),
        CostlyQuery(
            "common words in parts of papers", _filled(f"{s} {w}" for s, w in zip(itertools.cycle(scopes), short, strict=False))
        ),
        CostlyQuery("cited papers", _filled(f"citeert:{number}-{n}" for n in range(1, 9) for number in range(90_000, 90_010))),
        CostlyQuery("named papers", _filled(f"{number}-{n}" for n in range(1, 12) for number in range(90_000, 90_010))),
        CostlyQuery("every field", _filled(f"{f}:{v}" for f, v in zip(itertools.cycle(fields), values, strict=False))),
        CostlyQuery("names among submitters", _filled(f"indiener:{word}" for word in short)),
        CostlyQuery("longest words", _filled("x" * (MAX_WORD - 3) + f"{i:02}" for i in range(10))),
        CostlyQuery("noise", _noise()),
        CostlyQuery("nothing found, explained", _filled([*common[:3], f'"{short[0]} qqqq"'], " EN "), (("year", ("1890",)),)),
        CostlyQuery("common words, last page", _filled(common), offset=MAX_OFFSET, limit=MAX_LIMIT),
        CostlyQuery("common words, newest first", _filled(common, " OF "), offset=MAX_OFFSET, limit=MAX_LIMIT, sort=Sort.NEWEST),
        CostlyQuery("one spread phrase of two common words", f'"{short[0]} {short[1]}"~{MAX_SLOP}'),
        CostlyQuery("spread phrases of common words, any (OF)", _filled((f'"{a} {b}"~{MAX_SLOP}' for a, b in pairs), " OF ")),
        CostlyQuery("spread phrases of other pairs each, any (OF)", spread),
        CostlyQuery("spread phrases of other words each, any (OF)", _filled(own, " OF ")),
        CostlyQuery("phrases of common words, any (OF)", _filled((f'"{a} {b}"' for a, b in pairs), " OF ")),
        CostlyQuery("hundred hits of spread phrases", spread, limit=MAX_LIMIT),
        CostlyQuery("pasted text", _filled(itertools.cycle(common))),
        CostlyQuery("term page of a common word", short[0], way=Way.TERM),
        CostlyQuery("term page of spread phrases", _filled(f'"{a} {b}"~{MAX_SLOP}' for a, b in pairs[:8]), way=Way.TERM),
        CostlyQuery("term page of ninety spread phrases", spread, way=Way.TERM),
        CostlyQuery("first part of an export of common words", _filled(common, " OF "), way=Way.EXPORT),
        CostlyQuery("completion of a short beginning", prefixes[0].rstrip("*"), way=Way.COMPLETION),
        CostlyQuery("completion behind much text", _filled(common, room=4) + " " + prefixes[0][:2], way=Way.COMPLETION),
        CostlyQuery("marks of common words in a paper", _filled(common, " OF "), way=Way.MARKS),
    ]


def _by_frequency(words: Mapping[str, int]) -> list[str]:
    return sorted(words, key=lambda word: (-words[word], word))


def _filled(pieces: Iterable[str], joint: str = " ", *, room: int = 0) -> str:
    """As many of the pieces as a query holds, with ``room`` characters to spare."""
    taken: list[str] = []
    length = room
    for piece in pieces:
        length += len(piece) + len(joint) * bool(taken)
        if length > MAX_LENGTH:
            break
        taken.append(piece)
    return joint.join(taken)


def _widest_prefixes(vocabulary: WordList) -> list[str]:
    """The shortest prefixes allowed, those that begin the most words first."""
    starts = Counter(word[:MIN_PREFIX] for word in vocabulary.words if word[:MIN_PREFIX].isalpha() and len(word) >= MIN_PREFIX)
    return [start for start, _ in starts.most_common()]


def _nested(words: list[str]) -> str:
    """Brackets as deep as they may be, with alternatives at every level, again and again."""
    one = words[0]
    for i in range(1, MAX_DEPTH + 1):
        one = f"({one} {'OF' if i % 2 else 'EN'} {words[i % len(words)]})"
    return _filled(itertools.repeat(one), " EN ")


def _noise() -> str:
    """A thousand signs that mean nothing, the same every time."""
    signs = "\"()-:~*&.'%€§ aeX1"
    return "".join(signs[(i * i + 7 * i) % len(signs)] for i in range(MAX_LENGTH))


def measure(searcher: WhooshSearcher, allowance: Allowance = UNLIMITED) -> Iterator[Cost]:
    """Ask every query and count; within an allowance, as the product does, some may be refused."""
    for query in costly_queries(word_list(searcher.vocabulary)):
        asked, budget, refused = Asked(), Budget(allowance, time.thread_time), False
        service = SearchService(CountingSearcher(searcher.within(budget), asked), budget=budget)
        started = time.process_time()
        try:
            _ask(service, query)
        except QueryTooCostly:
            refused = True
        yield Cost(query, asked, dict(budget.spent), (time.process_time() - started) * 1000, refused)


def _ask(service: SearchService, query: CostlyQuery) -> None:
    filters = dict(query.filters)
    match query.way:
        case Way.PAGE:
            service.answer(query.text, filters=filters, sort=query.sort, offset=query.offset, limit=query.limit)
        case Way.TERM:
            service.concordance(query.text, filters=filters)
            service.term(query.text, filters=filters)
        case Way.EXPORT:
            next(service.every_hit(query.text, filters=filters, bound=MAX_OFFSET))
        case Way.COMPLETION:
            service.suggest(query.text, query.limit)
        case Way.MARKS:
            service.highlighter(query.text)


def over_bounds(cost: Cost, words: int) -> Iterator[str]:
    """What of a query's cost is over what it may be, in a collection of so many words."""
    asked = cost.asked
    limits = {
        "searches": (asked.searches, MOST_SEARCHES),
        "expansions": (asked.expansions, asked.searches * MOST_EXPANSIONS),
        "postings and positions": (cost.read, bound(words, asked.searches, cost.query.text)),
    }
    for name, (value, limit) in limits.items():
        if value > limit:
            yield f"{cost.query.name}: {value:,} {name}, more than {limit:,}"


@click.command("costs")
@click.option("--papers", "count", type=click.IntRange(min=1), default=PAPERS, show_default=True, help="How many.")
@click.option("--bytes", "mean_bytes", type=click.IntRange(min=SHORTEST), default=SMALL, show_default=True, help="Of text, mean.")
@click.option(
    "--data", type=click.Path(path_type=Path, file_okay=False), help="Keep the index here, or use the one that is here."
)
@click.option("--limited", is_flag=True, help="Refuse what the product refuses by default.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object on stdout.")
def main(count: int, mean_bytes: int, data: Path | None, limited: bool, as_json: bool) -> None:
    """Count what the costliest queries cost over generated papers; ends with status 1 when one is over the bound."""
    with data_folder(data) as folder:
        if not (folder / "current").exists():
            click.echo(f"indexing {count:,} papers with {mean_bytes:,} bytes of text on average", err=True)
            index_papers(papers(count, mean_bytes=mean_bytes), folder)
        searcher = open_index(folder, Weights())
        words = words_in(searcher.arrays)
        few_pauses()  # as a server does; the words that the queries are made of are in memory besides
        costs = []
        for cost in measure(searcher, Allowance() if limited else UNLIMITED):
            costs.append(cost)
            click.echo(f"{cost.query.name}: {cost.milliseconds:,.0f} ms{' (refused)' if cost.refused else ''}", err=True)
        size = searcher.arrays.size
    if as_json:
        rows = [
            {
                "query": cost.query.name,
                "milliseconds": round(cost.milliseconds),
                "refused": cost.refused,
                "searches": cost.asked.searches,
                "expansions": cost.asked.expansions,
                **cost.spent,
            }
            for cost in costs
        ]
        click.echo(json.dumps({"papers": size, "words": words, "costs": rows}))
    else:
        click.echo(f"{size:,} papers, {words:,} words\n\n{_report(costs, words)}")
    over = [complaint for cost in costs for complaint in over_bounds(cost, words)]
    for complaint in over:
        click.echo(complaint, err=True)
    if over:
        raise SystemExit(1)


def _report(costs: Iterable[Cost], words: int) -> str:
    rows = {
        cost.query.name: [
            f"{cost.asked.searches:,}",
            f"{cost.asked.expansions:,}",
            *(f"{cost.spent[part]:,}" for part in (Part.FORMS, Part.WORDS, Part.PHRASES, Part.TEXTS)),
            f"{cost.read / words:.1f}",
            f"{cost.milliseconds:,.0f}{' (refused)' if cost.refused else ''}",
        ]
        for cost in costs
    }
    columns = ("searches", "expansions", "words looked up", "postings", "positions", "characters", "read a word", "ms")
    return table(columns, rows, "costliest query of its kind")


if __name__ == "__main__":
    main()
