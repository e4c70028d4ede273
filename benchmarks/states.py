"""``python -m benchmarks.states BEFORE AFTER``: whether two checkouts answer the same, and how much slower or faster one is.

A checkout works by its own ``.venv`` and with its own code: by the command line and by what keeps its name in ``benchmarks``; any
other module may be elsewhere in the other. Both answer the questions that BEFORE makes and are timed in turn, in fresh processes.
The papers that BEFORE made are kept under ``--data`` as long as its commit is the same; all else is made anew every time.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from itertools import groupby, zip_longest
from pathlib import Path
from statistics import median
from typing import Any

import click

from benchmarks.corpus import BYTES
from benchmarks.measuring import data_folder, table
from benchmarks.relevance.asking import TENTH
from benchmarks.relevance.questions import KNOWN_ITEM_SETS, judged, known_items
from benchmarks.relevance.sets import JUDGED, ROOT, SAMPLE
from benchmarks.speed.__main__ import RESULTS, machine, summary

Taken = Mapping[str, Any]
"""What ``benchmarks.speed.measure`` tells of a process."""
_UNLIKE = frozenset({"took_ms"})
"""What differs from one time to the next."""
_OTHERWISE: tuple[tuple[str, ...], ...] = (
    ("--sort", "newest", "--limit", "100"),
    ("--sort", "oldest", "--offset", "5"),
    ("--filter", "kind=Motie", "--offset", "10"),
)
"""Other ways than the usual to ask the tenth part of the questions over real papers."""
_PAPERS = 10
"""Real papers that are shown."""
_PRINTED, _WRITTEN, _OF_ONE, _SIGNS = 20, 200, 5, 120
"""Answers that differ: of all sets in the terminal, of a set in the file; differences of one answer, and signs of a value."""
_INDEX = Path("generated") / "index"
_ENGINES = {"build": "kamerstukken", "ask": "kamerstukken_full"}
_WRITE = "import sys, pathlib, benchmarks.speed.__main__ as m; m.write_papers(pathlib.Path(sys.argv[1]), *map(int, sys.argv[2:]))"
_QUESTIONS = """
import json, sys
from pathlib import Path
from benchmarks.costs import Weights, costly_queries
from benchmarks.counting import counting_searcher, word_list
from benchmarks.speed.measure import read_papers
from benchmarks.speed.questions import questions
papers, index = map(Path, sys.argv[1:])
words = word_list(counting_searcher(index, Weights()).vocabulary)
def row(name, text, filters, *options):
    chosen = (part for facet, values in filters for value in values for part in ("--filter", f"{facet}={value}"))
    return name, [*chosen, *options], text
speed = [
    row("speed", q.text + (f" datum:{q.first}..{q.last}" if q.first else ""), [("dossier", [q.dossier])] if q.dossier else [])
    for q in questions(read_papers(papers))
]
speed.sort(key=lambda row: row[1])
costs = [row("costs", q.text, q.filters, "--offset", str(q.offset), "--limit", str(q.limit)) for q in costly_queries(words)]
json.dump([*speed, *costs], sys.stdout)
"""


@dataclass(frozen=True, slots=True)
class Batch:
    """A command that prints a line of JSON for every question, which data folder it is about, and the queries it is given."""

    name: str
    command: tuple[str, ...]
    data: str = ""
    queries: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class State:
    """A checkout with its environment, and the folder in which it works."""

    checkout: Path
    folder: Path

    def run(self, program: str, *arguments: str | Path, typed: str = "") -> str:
        """Run a program of the environment from the checkout; gives what it prints. No setting of the caller reaches it.

        Raises:
            click.ClickException: it fails.
        """
        ours = {name: value for name, value in os.environ.items() if not name.startswith(("KAMERSTUKKEN_", "PYTHON"))}
        command = [str(self.checkout / ".venv" / "bin" / program), *map(str, arguments)]
        done = subprocess.run(  # noqa: S603 - this program itself
            command, cwd=self.checkout, env=ours, input=typed, capture_output=True, encoding="utf-8", check=False
        )
        if done.returncode:
            raise click.ClickException(f"{' '.join(command)[:1000]} in {self.checkout}:\n{done.stderr[-3000:]}")
        return done.stdout

    def commit(self) -> str:
        """The commit that is checked out, with ``-dirty`` when files differ from it; empty where that is not known."""
        git = [shutil.which("git") or "git", "-C", str(self.checkout), "describe", "--always", "--dirty", "--abbrev=40"]
        return subprocess.run(git, capture_output=True, text=True, check=False).stdout.strip()  # noqa: S603

    def begin(self, *, keep: bool) -> None:
        """Empty the folder, unless what is in it is to be kept and is of the commit that is checked out.

        Raises:
            click.ClickException: the environment is that of another checkout.
        """
        where = self.run("python", "-P", "-c", "import kamerstukken; print(kamerstukken.__file__)")
        if self.checkout not in Path(where.strip()).resolve().parents:
            raise click.ClickException(f"{self.checkout}/.venv has another checkout installed; say make install there")
        commit, told = self.commit(), self.folder / "commit"
        known = commit and not commit.endswith("-dirty") and told.exists() and told.read_text("ascii") == commit
        if not (keep and known):
            shutil.rmtree(self.folder, ignore_errors=True)
        self.folder.mkdir(parents=True, exist_ok=True)
        told.write_text(commit, encoding="ascii")

    def papers(self, size: int) -> Path:
        """The file of so many generated papers as this checkout parses them, written unless it is there."""
        file = self.folder / f"papers-{size}-{BYTES}.pickle"
        if not file.exists():
            click.echo(f"writing {size:,} papers for {self.checkout}", err=True)
            self.run("python", "-c", _WRITE, file, str(size), str(BYTES))
        return file

    def measured(self, what: str, size: int) -> Taken:
        """What ``benchmarks.speed.measure`` tells, in a process of its own, of ``build`` (anew) or ``ask`` (as readers do)."""
        if what == "build":
            shutil.rmtree(self.folder / _INDEX, ignore_errors=True)
        click.echo(f"{what}: {self.checkout}", err=True)
        arguments = (_ENGINES[what], what, self.papers(size), self.folder / _INDEX)
        return dict(json.loads(self.run("python", "-m", "benchmarks.speed.measure", *arguments)))

    def read(self, name: str, papers: Path) -> None:
        """Index official papers in a data folder with this name."""
        shutil.rmtree(self.folder / name, ignore_errors=True)
        self.run("kamerstukken", "index", papers, "--data", self.folder / name)

    def answers(self, batch: Batch) -> list[str]:
        """The lines of JSON that a command prints."""
        data = ("--data", self.folder / batch.data) if batch.data else ()
        typed = "".join(f"{query}\n" for query in batch.queries)
        return self.run("kamerstukken", *batch.command, *data, typed=typed).rstrip("\n").split("\n")


@dataclass(frozen=True, slots=True)
class Compared:
    """How many answers of a set were compared, how many of them found papers, and a line for each that differs."""

    name: str
    answers: int
    found: int
    unlike: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """A median over the rounds of each state, what AFTER takes of what BEFORE takes, and how far the rounds of a state are apart.

    ``ratio`` is of the medians. ``best`` is of the least that any round took, of every question by itself: what others do on the
    machine only ever adds to it. Of what is done in a second they are the other way round, so above 1 is always worse.
    """

    name: str
    before: float
    after: float
    ratio: float
    best: float
    apart: float


def searching(name: str, data: str, queries: Iterable[str], options: Sequence[str] = ()) -> Batch:
    """Searches for all queries with the same options."""
    return Batch(name, ("search", "--file", "/dev/stdin", "--json", *options), data, tuple(queries))


def generated_batches(state: State, size: int) -> list[Batch]:
    """The questions of ``benchmarks.speed`` and ``benchmarks.costs`` over generated papers."""
    rows = json.loads(state.run("python", "-c", _QUESTIONS, state.papers(size), state.folder / _INDEX))
    alike = groupby(rows, key=lambda row: row[:2])
    return [searching(name, "generated", [row[2] for row in group], options) for (name, options), group in alike]


def sample_batches(state: State) -> list[Batch]:
    """The judged questions over the sample, and the sample as it is parsed."""
    queries = [question.query for question in judged(state.checkout / JUDGED.relative_to(ROOT))]
    parsed = Batch("sample parsed", ("parse", str(state.checkout / SAMPLE.relative_to(ROOT))))
    return [searching("judged", "sample", queries), parsed]


def real_batches(real: Path, count: int) -> list[Batch]:
    """So many known-item questions over real papers, evenly from each set, and the papers as they are parsed and shown."""
    batches = [Batch("real parsed", ("parse", str(real / "xml")))]
    for name in KNOWN_ITEM_SETS:
        every = [question.query for question in known_items(real / "eval" / f"{name}.tsv")]
        queries = _spread(every, count // len(KNOWN_ITEM_SETS))
        batches.append(searching(f"real {name}", "real", queries))
        batches += [searching(f"real {name} otherwise", "real", queries[::TENTH], options) for options in _OTHERWISE]
    papers = _spread([file.stem for file in sorted((real / "xml").glob("kst-*.xml"))], _PAPERS)
    return batches + [Batch("real shown", ("show", paper, "--json"), "real") for paper in papers]


def _spread(values: Sequence[str], count: int) -> list[str]:
    """So many of them, or all when there are fewer, evenly from the first to the last."""
    count = min(count, len(values))
    return [values[i * len(values) // count] for i in range(count)]


def differences(before: object, after: object, where: str = "") -> Iterator[str]:
    """Where a value of JSON is not what it was; keys that were not there may be added."""
    if isinstance(before, dict) and isinstance(after, dict):
        for key in before.keys() - _UNLIKE:
            yield from differences(before[key], after[key], f"{where}.{key}") if key in after else (f"{where}.{key} is gone",)
    elif isinstance(before, list) and isinstance(after, list) and len(before) == len(after):
        for i, (one, other) in enumerate(zip(before, after, strict=True)):
            yield from differences(one, other, f"{where}[{i}]")
    elif before != after:
        yield f"{where}: {_short(before)} → {_short(after)}"


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SIGNS else f"{text[:_SIGNS]}… ({len(text):,} signs)"


def compared(name: str, before: Sequence[str], after: Sequence[str]) -> Compared:
    """Hold the answers of both states, as lines of JSON, against each other."""
    found, unlike = 0, []
    for one, other in zip_longest(before, after, fillvalue="null"):
        told = json.loads(one)
        found += bool(told and told.get("total"))
        if one != other and (seen := sorted(differences(told, json.loads(other)))):
            asked = (told or {}).get("query") or (told or {}).get("identifier")
            unlike.append(f"{name} {_short(asked)} differs in {len(seen)}: {'; '.join(seen[:_OF_ONE])}")
    return Compared(name, len(before), found, tuple(unlike))


def compare(states: Sequence[State], batches: Iterable[Batch]) -> list[Compared]:
    """Ask both states all questions; batches with the same name are one set."""
    sets = []
    for name, group in groupby(batches, key=lambda batch: batch.name):
        click.echo(f"asking both: {name}", err=True)
        alike = list(group)
        before, after = ([line for batch in alike for line in state.answers(batch)] for state in states)
        sets.append(compared(name, before, after))
    return sets


def sums(asked: Taken) -> list[str]:
    """What the timed questions found, as lines of JSON: of each facet the papers of all its values."""
    return [json.dumps({"query": one["text"], "total": one["total"], "facets": one["facets"]}) for one in asked["answers"]]


def figures(size: int, before: Sequence[Taken], after: Sequence[Taken]) -> list[Figure]:
    """What the rounds of both states tell, each of which is what ``State.measured`` tells of indexing and answering once."""
    usual, best = ([_told(size, of) for of in rounds] for rounds in ((before, after), ([_best(before)], [_best(after)])))
    every = [[_told(size, [each]) for each in of_state] for of_state in (before, after)]
    found = []
    for name in usual[0]:
        apart = max(max(values) / (min(values) or 1) for values in ([told[name] for told in of_state] for of_state in every)) - 1
        one, other = (told[name] for told in usual)
        found.append(Figure(name, one, other, _ratio(name, one, other), _ratio(name, *(told[name] for told in best)), apart))
    return found


def _best(rounds: Sequence[Taken]) -> Taken:
    """A round that took the least that any of them took."""
    answers = [min(same, key=lambda answer: answer["ms"][1]) for same in zip(*(one["answers"] for one in rounds), strict=True)]
    least = {name: min(one[name] for one in rounds) for name in ("seconds", "cpu_seconds", "open_ms")}
    return {**rounds[0], **least, "answers": answers}


def _told(size: int, rounds: Sequence[Taken]) -> dict[str, float]:
    answering = summary(rounds)
    names = ("p50_ms", "p95_ms", "mean_ms", "p50_cpu_ms", "p95_cpu_ms", "first_pass_ms", "open_ms", "private_mb")
    return {
        **{name: answering[name] for name in names},
        "papers_per_s": size / median(one["seconds"] for one in rounds),
        "papers_per_cpu_s": size / median(one["cpu_seconds"] for one in rounds),
        "index_mb": median(one["index_bytes"] for one in rounds) / 1e6,
        "indexing_mb": median(one["peak_mb"]["together"] or 0 for one in rounds),
    }


def _ratio(name: str, before: float, after: float) -> float:
    over, under = (before, after) if "_per_" in name else (after, before)
    return over / under if under else 1.0


def report(sets: Sequence[Compared], found: Sequence[Figure]) -> str:
    """Both tables, and the first differences."""
    counts = {one.name: [f"{one.answers:,}", f"{one.found:,}", f"{len(one.unlike):,}"] for one in sets}
    unlike = [line for one in sets for line in one.unlike]
    counts["all"] = [f"{sum(one.answers for one in sets):,}", f"{sum(one.found for one in sets):,}", f"{len(unlike):,}"]
    speed = {
        one.name: [f"{one.before:,.2f}", f"{one.after:,.2f}", f"{one.ratio:.3f}", f"{one.best:.3f}", f"{one.apart:.1%}"]
        for one in found
    }
    tables = [table(("answers compared", "that found papers", "different"), counts), *unlike[:_PRINTED]]
    tables += [table(("before", "after", "ratio, above 1 worse", "ratio of the best", "rounds apart by"), speed)] if speed else []
    return "\n\n".join(tables)


_FOLDER = click.Path(path_type=Path, exists=True, file_okay=False, resolve_path=True)


@click.command("states")
@click.argument("checkouts", metavar="BEFORE AFTER", nargs=2, type=_FOLDER)
@click.option("--size", type=click.IntRange(min=100), default=50_000, show_default=True, help="Generated papers.")
@click.option("--real", type=_FOLDER, envvar="KAMERSTUKKEN_REAL", help="Real papers (xml/) with questions (eval/).")
@click.option("--queries", type=click.IntRange(min=2), default=2000, show_default=True, help="Questions over real papers.")
@click.option("--rounds", type=click.IntRange(min=0), default=3, show_default=True, help="In turn; 0 only compares answers.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep what BEFORE made here, and use what is.")
@click.option("--write", is_flag=True, help="Write benchmarks/results/states.json.")
def main(
    checkouts: tuple[Path, Path], size: int, real: Path | None, queries: int, rounds: int, data: Path | None, write: bool
) -> None:
    """Compare the answers and the speed of two checkouts; ends with status 1 when an answer differs."""
    with data_folder(data) as kept:
        before, after = states = [State(at, kept.resolve() / to) for at, to in zip(checkouts, ("before", "after"), strict=True)]
        before.begin(keep=True)
        after.begin(keep=False)
        for state in states:
            state.papers(size)
            nothing = state.folder / "nothing"
            nothing.mkdir(exist_ok=True)
            state.read("generated", nothing)  # searching asks for a catalogue, also where only the index has papers
            state.read("sample", before.checkout / SAMPLE.relative_to(ROOT))
            if real:
                state.read("real", real / "xml")
        builds = [[state.measured("build", size) for state in states] for _ in range(max(rounds, 1))]
        batches = [*generated_batches(before, size), *sample_batches(before), *(real_batches(real, queries) if real else [])]
        sets = compare(states, batches)
        asks = [[state.measured("ask", size) for state in states] for _ in range(rounds)]
    found: list[Figure] = []
    if rounds:
        sets.append(compared("all facet values", *map(sums, asks[0])))
        found = figures(size, *([{**built[i], **asked[i]} for built, asked in zip(builds, asks, strict=True)] for i in (0, 1)))
    if write:
        result = {"size": size, "rounds": rounds, "machine": machine(), "commits": [state.commit() for state in states]}
        result["compared"] = [{**asdict(one), "different": len(one.unlike), "unlike": one.unlike[:_WRITTEN]} for one in sets]
        result["figures"] = list(map(asdict, found))
        (RESULTS / "states.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    click.echo(report(sets, found))
    if any(one.unlike for one in sets):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
