"""``python -m benchmarks.facts PATH…``: what the reader makes of papers, counted, and which files it refuses, by reason.

Over real papers, whose right facts nobody has written down, these counts tell what cannot be right: a heading as long as a
paragraph, a level below one that is not there, a signatory without a name, a title that says no more than the kind. Beside them
stand counts without a right value, to compare one state of the program with another: papers without people, relations by kind
and how many of their targets were read too (``--examples`` names those that were not), and papers that are called like another of
their dossier: by the title as the file has it, else kind line and dossier, as all titles once were; by the title that is shown;
and by this with the subtitle below it.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from indexer.catalogue.tweede_kamer import is_record
from indexer.errors import PaperError
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, submitters_among
from indexer.paper.naming import shown_title, subtitle
from indexer.read_ahead import read_ahead
from indexer.reading.official_file import find_files
from indexer.worker.reader import EncodedPaper

LONGEST_HEADING = 200
"""What is longer is a paragraph."""
_PARTICULAR = re.compile(r"\S*\d\S*")
"""What makes two messages of one reason differ: identifiers, numbers, places."""


def _unnamed(paper: Kamerstuk) -> Iterator[str]:
    yield from (one.office or "no office either" for one in paper.signatories if not one.name)


def _long_headings(paper: Kamerstuk) -> Iterator[str]:
    yield from (one.heading[:60] for one in paper.sections if len(one.heading) > LONGEST_HEADING)


def _skipped_levels(paper: Kamerstuk) -> Iterator[str]:
    above = 0
    for section in paper.sections:
        if section.level > above + 1:
            yield f"from {above} to {section.level} at {section.heading[:60]!r}"
        above = section.level


def _title_is_kind(paper: Kamerstuk) -> Iterator[str]:
    title = shown_title(paper)
    if title.casefold().strip(" .") == paper.kind.casefold().strip(" ."):
        yield title


FAULTS: Mapping[str, Callable[[Kamerstuk], Iterable[str]]] = {
    "signatories without a name": _unnamed,
    "titles equal to the kind": _title_is_kind,
    f"headings over {LONGEST_HEADING} characters": _long_headings,
    "skipped levels": _skipped_levels,
}
"""What may not be, with what finds it in a paper."""

SEEN: Mapping[str, Callable[[Kamerstuk], bool]] = {
    "without anyone": lambda paper: not any(one.name for one in paper.people),
    "motions without submitters": lambda paper: "MOTIE" in paper.kind_line.upper() and not submitters_among(paper.people),
    "dates in doubt": lambda paper: bool(paper.date_doubt),
    "without a date": lambda paper: paper.date is None,
    "with a subtitle": lambda paper: bool(subtitle(paper).text),
    "with images": lambda paper: bool(paper.images),
    "fictional": lambda paper: paper.fictional,
}
"""What papers may well be, but how many of them are tells whether a change was a good one."""


CALLED: Mapping[str, Callable[[Kamerstuk], str]] = {
    "title as the file has it": lambda paper: paper.title or f"{paper.kind_line} {''.join(d.title for d in paper.dossiers[:1])}",
    "shown title": shown_title,
    "shown title and subtitle": lambda paper: f"{shown_title(paper)} {subtitle(paper).text}",
}
"""What a paper can be called."""


@dataclass
class Findings:
    """What was found so far. Several files of one paper are looked at each; in the lists of titles it stands once."""

    read: int = 0
    faults: dict[str, list[str]] = field(default_factory=lambda: {name: [] for name in FAULTS})
    seen: Counter[str] = field(default_factory=lambda: Counter(dict.fromkeys(SEEN, 0)))
    relations: dict[str, set[tuple[Identifier, Identifier]]] = field(default_factory=lambda: defaultdict(set))
    titles: dict[tuple[str, str, str], set[Identifier]] = field(default_factory=lambda: defaultdict(set))
    papers: set[Identifier] = field(default_factory=set)
    refused: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def look_at(self, paper: Kamerstuk) -> None:
        """Take a paper up."""
        self.read += 1
        for name, faults in FAULTS.items():
            self.faults[name] += [f"{paper.identifier}: {fault}" for fault in faults(paper)]
        self.seen.update(name for name, is_so in SEEN.items() if is_so(paper))
        for relation in paper.relations:
            self.relations[relation.kind.value].add((paper.identifier, relation.target))
        self.papers.add(paper.identifier)
        for name, called in CALLED.items():
            title = called(paper).casefold()
            for key in {dossier.key for dossier in paper.dossiers}:
                self.titles[name, key, title].add(paper.identifier)

    def refuse(self, error: PaperError) -> None:
        """Take up a file that cannot be read."""
        self.refused[_PARTICULAR.sub("…", error.reason)].append(error.where)

    def sharing(self, name: str) -> int:
        """How many papers are called like another paper of their dossier (one of ``CALLED``)."""
        alike = (papers for (by, _, _), papers in self.titles.items() if by == name and len(papers) > 1)
        return len(set[Identifier]().union(*alike))

    def absent(self, kind: str) -> list[str]:
        """The relations of a kind whose target was not read."""
        return [f"{source} → {target}" for source, target in sorted(self.relations[kind]) if target not in self.papers]


def look(paths: Iterable[Path], processes: int = 1) -> Findings:
    """Read every official file under the paths; records of the Tweede Kamer are passed over."""
    found = Findings()
    for file, read in read_ahead(find_files(paths), lambda file: not is_record(file), processes):
        one = file if isinstance(file, PaperError) else read
        if isinstance(one, PaperError):
            found.refuse(one)
        elif isinstance(one, EncodedPaper):
            found.look_at(one.paper)
    return found


def report(found: Findings, examples: int) -> Iterator[str]:
    """The counts, one a line, each with the first few places."""
    yield f"{found.read:,} files read, {len(found.papers):,} papers"
    for name, places in found.faults.items():
        yield from _counted(name, places, examples)
    for name, count in found.seen.items():
        yield f"{count:>7,}  {name}"
    for name in CALLED:
        share = found.sharing(name) / max(len(found.papers), 1)
        yield f"{found.sharing(name):>7,}  papers ({share:.1%}) share their {name} with another of the dossier"
    for kind, pairs in sorted(found.relations.items()):
        absent = found.absent(kind)
        yield f"{len(pairs):>7,}  {kind}, {len(pairs) - len(absent):,} of them a paper that was read"
        yield from (f"         {place}" for place in absent[:examples])
    yield f"{sum(map(len, found.refused.values())):,} files refused"
    for reason, places in sorted(found.refused.items(), key=lambda one: -len(one[1])):
        yield from _counted(reason, places, examples)


def _counted(name: str, places: list[str], examples: int) -> Iterator[str]:
    yield f"{len(places):>7,}  {name}"
    yield from (f"         {place}" for place in places[:examples])


@click.command("facts")
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option("--examples", type=click.IntRange(min=0), default=3, show_default=True, help="So many places of each.")
@click.option("--processes", type=click.IntRange(min=1), default=1, show_default=True, help="Read in so many processes.")
def main(paths: tuple[Path, ...], examples: int, processes: int) -> None:
    """Count what was read of the official files under PATHS; ends with status 1 when there is something that may not be."""
    found = look(paths, processes)
    for line in report(found, examples):
        click.echo(line)
    if any(found.faults.values()):
        raise SystemExit(1)


if __name__ == "__main__":
    main()
