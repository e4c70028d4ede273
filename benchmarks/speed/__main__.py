"""``python -m benchmarks.speed --size 10000``: the whole run, as a table for people and a file for machines."""

from __future__ import annotations

import json
import os
import pickle
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import mean, median
from typing import Any

import click

from benchmarks.corpus import BYTES, papers
from benchmarks.drafting import SHORTEST
from benchmarks.measuring import data_folder, table
from benchmarks.speed.measure import ENGINES, ON_OPENSEARCH
from benchmarks.speed.plot import write_plot
from search.document import document_of

RESULTS = Path(__file__).parent.parent / "results"
_READERS = ("kamerstukken_full", ON_OPENSEARCH)
"""Engines that answer as readers are answered, which is more work than plain matching: not compared with the others."""
_BUILT_BY = {"kamerstukken_full": "kamerstukken"}
"""Engines that ask an index of another."""


def quantile(values: Sequence[float], share: float) -> float:
    """The value that this share of the values does not exceed."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, round(share * (len(ordered) - 1)))]


def write_papers(file: Path, size: int, mean_bytes: int) -> int:
    """Write generated papers down; gives the bytes of their text."""
    text_bytes = 0
    beside = file.with_suffix(".part")
    with beside.open("wb") as stream:
        for paper in papers(size, mean_bytes=mean_bytes):
            pickle.dump(paper, stream, 5)
            text_bytes += sum(len(passage.text.encode()) for passage in document_of(paper).passages)
    file.with_suffix(".bytes").write_text(str(text_bytes), encoding="ascii")
    beside.replace(file)
    return text_bytes


def _in_a_process(engine: str, what: str, file: Path, folder: Path) -> dict[str, Any]:
    return _told_by_a_process("benchmarks.speed.measure", engine, what, str(file), str(folder))


def _told_by_a_process(module: str, *arguments: str) -> dict[str, Any]:
    command = [sys.executable, "-m", module, *arguments]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True)  # noqa: S603 - this program itself
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def summary(repeats: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """What several runs of the same questions say: of each question the median over the runs.

    Misspelt words have a class of their own and are in no other figure, since not every engine finds them. Times without snippets
    are those without what ``work.show`` takes; engines that answer as readers are answered do not tell it.
    """
    answers = repeats[0]["answers"]
    times, cpu = (
        [median(run["answers"][i][clock][1] for run in repeats) for i in range(len(answers))] for clock in ("ms", "cpu_ms")
    )
    common = [i for i, answer in enumerate(answers) if answer["kind"] != "fuzzy"]
    second, cpu = [times[i] for i in common], [cpu[i] for i in common]
    kinds = list(dict.fromkeys(answer["kind"] for answer in answers))
    of_kind = {kind: [ms for ms, answer in zip(times, answers, strict=True) if answer["kind"] == kind] for kind in kinds}
    return {
        "p50_ms": median(second),
        "p95_ms": quantile(second, 0.95),
        "max_ms": max(second),
        "mean_ms": mean(second),
        "p50_cpu_ms": median(cpu),
        "p95_cpu_ms": quantile(cpu, 0.95),
        **_without_snippets(repeats, common),
        "first_pass_ms": mean(answers[i]["ms"][0] for i in common),
        "open_ms": median(run["open_ms"] for run in repeats),
        "private_mb": median(run["private_mb"] or 0 for run in repeats),
        "classes": {kind: {"p50_ms": median(of), "max_ms": max(of)} for kind, of in of_kind.items()},
    }


def _without_snippets(repeats: Sequence[Mapping[str, Any]], common: Sequence[int]) -> dict[str, float]:
    """Nothing when the engine does not tell what they take."""
    if not any(run["answers"][i]["snippets_ms"] for run in repeats for i in common):
        return {}
    bare = [median(run["answers"][i]["ms"][1] - run["answers"][i]["snippets_ms"] for run in repeats) for i in common]
    return {"p50_without_snippets_ms": median(bare), "p95_without_snippets_ms": quantile(bare, 0.95)}


def disagreements(answers: Mapping[str, Sequence[Mapping[str, Any]]]) -> list[str]:
    """The questions to which engines that match plainly find different totals or facets."""
    by_question: dict[tuple[str, str], dict[str, Mapping[str, Any]]] = {}
    for name, found in answers.items():
        for number, answer in enumerate(found):
            by_question.setdefault((answer["kind"], f"{number} {answer['text']}"), {})[name] = answer
    different = []
    for (kind, text), same in by_question.items():
        if len({(one["total"], *sorted(one["facets"].items())) for one in same.values()}) > 1:
            told = (f"{name} {one['total']} {one['facets']}" for name, one in same.items())
            different.append(f"{kind} {text.partition(' ')[2]}: {', '.join(told)}")
    return different


def machine() -> dict[str, object]:
    """What this runs on."""
    return {
        "processor": _told("/proc/cpuinfo", "model name") or platform.processor() or "unknown",
        "processors": os.cpu_count(),
        "memory_gb": round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9),
        "architecture": platform.machine(),
        "system": f"{platform.system()} {platform.release()}",
        "python": platform.python_version(),
    }


def _told(file: str, name: str) -> str:
    """What a file of the system says under a name; empty where there is no such file or name."""
    try:
        lines = Path(file).read_text("utf-8").splitlines()
    except OSError:
        return ""
    return next((line.partition(":")[2].strip() for line in lines if line.startswith(name)), "")


def ratios(result: Mapping[str, Any]) -> dict[str, list[str]]:
    """What this project takes of the time of the others; empty where one of the two does not tell."""
    figures = ("p50_ms", "p95_ms", "p50_without_snippets_ms", "p95_without_snippets_ms")
    ours = {"plain matching": result["engines"].get("kamerstukken"), "all of the ranking": result["kamerstukken_full"]}
    return {
        f"{round_of}, of {name}": [
            f"{mine[figure] / other[figure]:.2f}" if figure in mine and figure in other else "" for figure in figures
        ]
        for round_of, mine in ours.items()
        for name, other in result["engines"].items()
        if mine and name != "kamerstukken"
    }


@click.command("speed")
@click.option("--size", type=click.IntRange(min=100), default=10_000, show_default=True, help="Papers.")
@click.option("--bytes", "mean_bytes", type=click.IntRange(min=SHORTEST), default=BYTES, show_default=True, help="Of text, mean.")
@click.option("--repeats", type=click.IntRange(min=1), default=3, show_default=True, help="Fresh processes for each engine.")
@click.option("--engine", "chosen", multiple=True, type=click.Choice(list(ENGINES)), help="Only this one; may be given again.")
@click.option("--data", type=click.Path(path_type=Path, file_okay=False), help="Keep papers and indexes here, and use what is.")
@click.option("--opensearch", is_flag=True, help="Our engines beside each other: this machine's and three nodes.")
@click.option("--write", is_flag=True, help="Write benchmarks/results/SIZE.json and the plot, or opensearch-SIZE.json.")
def main(
    size: int, mean_bytes: int, repeats: int, chosen: tuple[str, ...], data: Path | None, opensearch: bool, write: bool
) -> None:
    """Measure how fast the engines index and search the same generated papers."""
    names = _READERS if opensearch else [name for name in ENGINES if not chosen or name in chosen]
    with data_folder(data) as folder:
        file = folder / f"papers-{size}-{mean_bytes}.pickle"
        if not file.exists():
            click.echo(f"writing {size:,} papers", err=True)
            write_papers(file, size, mean_bytes)
        engines: dict[str, dict[str, Any]] = {}
        answers: dict[str, Sequence[Mapping[str, Any]]] = {}
        for name in names:
            built = _built(folder, file, _BUILT_BY.get(name, name))
            click.echo(f"asking {name}", err=True)
            runs = [_in_a_process(name, "ask", file, folder / _BUILT_BY.get(name, name)) for _ in range(repeats)]
            engines[name] = {**summary(runs), **{key: built[key] for key in ("index_bytes", "peak_mb")}}
            engines[name] |= {"index_per_s": size / built["seconds"], "index_per_cpu_s": size / built["cpu_seconds"]}
            engines[name] |= {"nodes_cpu_ms": median(run["nodes_cpu_ms"] for run in runs)} if name == ON_OPENSEARCH else {}
            answers[name] = runs[0]["answers"]
        if "kamerstukken" in engines:
            more = [
                _told_by_a_process("benchmarks.speed.adding", str(file), str(folder / "kamerstukken")) for _ in range(repeats)
            ]
            engines["kamerstukken"]["hundred_more_s"] = median(each["found_s"] for each in more)
            pages = _told_by_a_process("benchmarks.speed.reading", str(file), str(folder / "kamerstukken"))
            engines["kamerstukken"]["index_html_per_s"] = pages["papers"] / pages["seconds"]
        text_bytes = int(file.with_suffix(".bytes").read_text("ascii"))
    alike = {name: found for name, found in answers.items() if opensearch or name not in _READERS}
    different = disagreements(alike)
    full = engines.pop("kamerstukken_full", None)
    result = {"size": size, "text_bytes": text_bytes, "repeats": repeats, "machine": machine(), "engines": engines}
    result |= {"kamerstukken_full": full, "disagreements": different}
    if write:
        RESULTS.mkdir(exist_ok=True)
        name = f"opensearch-{size}" if opensearch else f"{size}"
        (RESULTS / f"{name}.json").write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
        write_plot(RESULTS)
    click.echo(report(result))


def _built(folder: Path, file: Path, name: str) -> dict[str, Any]:
    """How an engine's index was built, building it when it is not there."""
    told = folder / f"{name}.json"
    if not told.exists():
        click.echo(f"indexing with {name}", err=True)
        told.write_text(json.dumps(_in_a_process(name, "build", file, folder / name)), encoding="utf-8")
    built: dict[str, Any] = json.loads(told.read_text("utf-8"))
    return built


def report(result: Mapping[str, Any]) -> str:
    """The figures as a table."""
    engines = {**result["engines"], **({"kamerstukken_full": result["kamerstukken_full"]} if result["kamerstukken_full"] else {})}
    figures = ("p50_ms", "p95_ms", "max_ms", "mean_ms", "p50_cpu_ms", "p95_cpu_ms", "first_pass_ms", "open_ms", "private_mb")
    rows = {
        name: [
            *(f"{one[figure]:,.1f}" for figure in figures),
            f"{one['index_per_s']:,.0f}",
            f"{one['index_per_cpu_s']:,.0f}",
            f"{one['index_bytes'] / result['text_bytes']:.2f}",
        ]
        for name, one in engines.items()
    }
    kinds = list(next(iter(engines.values()))["classes"])
    by_kind = {
        name: [f"{one['classes'][kind]['p50_ms']:,.1f}" if kind in one["classes"] else "" for kind in kinds]
        for name, one in engines.items()
    }
    tables = (
        table((*figures, "papers/s", "papers/s of processor", "index/text"), rows),
        "time taken as a share of that of others",
        table(("p50", "p95", "p50 without snippets", "p95 without snippets"), ratios(result)),
        "p50 in ms by kind of question",
        table(kinds, by_kind),
    )
    ours = result["engines"].get("kamerstukken")
    more = (
        [f"{ours['index_html_per_s']:,.0f} papers/s from HTML; 100 more found in {ours['hundred_more_s']:.1f} s"] if ours else []
    )
    return "\n\n".join([f"{result['size']:,} papers", *tables, *more, *result["disagreements"]])


if __name__ == "__main__":
    main()
