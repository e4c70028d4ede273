"""``python -m benchmarks.people PAPERS ODATA``: whether everyone who put a name to a motion was read, and who was taken for whom.

PAPERS is a folder of official files. Of each motion the names of the kind line, found here by a plain rule that knows no
misprints, must stand in the people of the paper in their order; where they do not, the motion is named, so that someone can look
whether the kind line is misprinted. Then whom the register makes of all names is compared with ODATA, a folder of answers of the
Tweede Kamer's OData, which know persons by a number: two spellings of one of them that came to be two persons are a missed
merge, one person with names of two of them a false one. ``--persons`` lists the most frequent persons with all their spellings,
to be checked by eye, for OData does not have everyone.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import click

from indexer.errors import PaperError
from indexer.paper.model import Kamerstuk, submitters_among
from indexer.paper.people import person_name, persons_of, possible_persons_of, surname_of
from indexer.paper.personal_name import PersonalName, fold, take_apart
from indexer.reading.official_file import find_files, read_paper

_PLAIN_MOTION = re.compile(r"MOTIE VAN (?:HET LID|DE LEDEN) (?P<names>[^()]+?)(?: TER VERVANGING .*)?$", re.IGNORECASE)
_BETWEEN = re.compile(r", | EN ", re.IGNORECASE)
_WITH_OTHERS = re.compile(r" C\.S\.$", re.IGNORECASE)


@dataclass
class Found:
    """What was read of the papers."""

    motions: int = 0
    without: list[str] = field(default_factory=list)
    """Motions that nobody submitted."""
    led: int = 0
    """Motions with all names of the kind line, in their order."""
    others: list[str] = field(default_factory=list)
    """The rest, with their kind line and what was read."""
    papers: dict[str, set[str]] = field(default_factory=lambda: defaultdict(set))
    """The papers of each name."""

    def look_at(self, paper: Kamerstuk) -> None:
        """Take a paper up."""
        key = str(paper.identifier)
        for one in paper.people:
            if one.name:
                self.papers[one.name].add(key)
        line = " ".join(paper.kind_line.split())
        if not re.search(r"\bMOTIE\b", line, re.IGNORECASE):
            return
        self.motions += 1
        names = submitters_among(paper.people)
        if not names:
            self.without.append(f"{key}: {line}")
        elif in_order(named_by(line), names):
            self.led += 1
        else:
            self.others.append(f"{key}: {line} → {', '.join(names)}")


def named_by(kind_line: str) -> list[str]:
    """The names in a kind line that is as it should be; none of another one."""
    found = _PLAIN_MOTION.search(kind_line)
    return _BETWEEN.split(_WITH_OTHERS.sub("", found["names"])) if found else []


def in_order(wanted: list[str], names: Iterable[str]) -> bool:
    """Whether the names begin with those wanted, in any spelling; false when none is wanted."""
    pairs = list(zip(wanted, names, strict=False))
    return 0 < len(wanted) == len(pairs) and all(
        any(a.family == b.family and a.may_be(b) for a in take_apart(one).readings for b in take_apart(two).readings)
        for one, two in pairs
    )


def look(folder: Path) -> Found:
    """Read every official file in the folder."""
    found = Found()
    for file in find_files([folder]):
        if not isinstance(file, PaperError):
            try:
                found.look_at(read_paper(file))
            except PaperError as error:
                click.echo(f"passed over: {error}", err=True)
    return found


def register_of(names: Iterable[str]) -> dict[str, str]:
    """Whom each name means, as the catalogue would have it."""
    by_surname: dict[str, list[str]] = defaultdict(list)
    for name in names:
        by_surname[surname_of(name)].append(name)
    return {name: person for group in by_surname.values() for name, person in persons_of(group).items()}


def odata_persons(folder: Path) -> dict[str, PersonalName]:
    """The persons in answers of OData, by number: from their own records, else as actors of a matter."""
    persons: dict[str, PersonalName] = {}
    actors: dict[str, PersonalName] = {}
    for path in sorted(folder.rglob("*.json")):
        for record in _records(json.loads(path.read_text(encoding="utf-8"))):
            if record.get("Achternaam") and record.get("Initialen"):
                parts = (
                    record["Initialen"],
                    f"({record['Roepnaam']})" if record.get("Roepnaam") else "",
                    record["Tussenvoegsel"],
                )
                persons[str(record["Id"])] = take_apart(" ".join(filter(None, (*parts, record["Achternaam"]))))
            elif record.get("ActorNaam") and record.get("Persoon_Id"):
                actors[str(record["Persoon_Id"])] = take_apart(str(record["ActorNaam"]))
    return actors | persons


def _records(value: object) -> Iterator[Mapping[str, str]]:
    if isinstance(value, dict):
        yield value
    for one in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from _records(one)


@dataclass
class Compared:
    """The register beside persons who are known by a number."""

    persons: int = 0
    missed: list[str] = field(default_factory=list)
    false: list[str] = field(default_factory=list)


def compare(told: Mapping[str, str], persons: Mapping[str, PersonalName]) -> Compared:
    """Find spellings of one person that came apart, and persons that came together."""
    compared = Compared()
    whose: dict[str, set[str]] = {name: set(_whose(name, persons)) for name in told}
    values: dict[str, set[str]] = defaultdict(set)
    numbers: dict[str, set[str]] = defaultdict(set)
    for name, owners in whose.items():
        if len(owners) == 1:
            (owner,) = owners
            values[owner].add(told[name] or person_name(name))
            if not take_apart(name).is_bare:
                numbers[told[name] or name].add(owner)
    compared.persons = len(values)
    compared.missed = [" | ".join(sorted(found)) for found in values.values() if len(found) > 1]
    compared.false = [name for name, found in numbers.items() if len(found) > 1]
    return compared


def _whose(name: str, persons: Mapping[str, PersonalName]) -> Iterator[str]:
    for one in take_apart(name).readings:
        yield from (number for number, two in persons.items() if one.family == two.family and one.may_be(two))


def report(found: Found, told: Mapping[str, str], compared: Compared, persons: int) -> Iterator[str]:
    """The figures, and what is to be looked at."""
    yield f"{found.motions:,} motions, {found.motions - len(found.without):,} with submitters"
    yield f"{found.led:,} with all names of the kind line in order; the other {len(found.others)}:"
    yield from (f"    {one}" for one in (*found.without, *found.others))
    papers: dict[str, set[str]] = defaultdict(set)
    for name, person in told.items():
        papers[person or person_name(name)] |= found.papers[name]
    vague = [name for name, person in told.items() if not person]
    yield f"{len(told):,} names, {len(set(told.values()) - {''}):,} persons; {len(vague)} names may be those of several:"
    for name in vague:
        meant = ", ".join(possible_persons_of(one for one in told if surname_of(one) == surname_of(name))[name])
        yield f"    {name} ({len(found.papers[name])} papers): {meant or 'nobody in particular'}"
    yield f"{compared.persons} persons of OData: {len(compared.missed)} missed merges, {len(compared.false)} false merges"
    yield from (f"    missed: {one}" for one in compared.missed)
    yield from (f"    false: {one}" for one in compared.false)
    spellings: dict[str, Counter[str]] = defaultdict(Counter)
    for name, person in told.items():
        spellings[person or person_name(name)][name] = len(found.papers[name])
    for person in sorted(papers, key=lambda one: (-len(papers[one]), fold(one)))[:persons]:
        others = ", ".join(f"{name} {count}" for name, count in spellings[person].most_common())
        yield f"{len(papers[person]):>6,}  {person}: {others}"


@click.command("people")
@click.argument("papers", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.argument("odata", type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--persons", type=click.IntRange(min=0), default=0, show_default=True, help="List so many, with their spellings.")
def main(papers: Path, odata: Path, persons: int) -> None:
    """Count who was read of the motions under PAPERS, and compare the register of their names with ODATA."""
    found = look(papers)
    told = register_of(found.papers)
    for line in report(found, told, compare(told, odata_persons(odata)), persons):
        click.echo(line)


if __name__ == "__main__":
    main()
