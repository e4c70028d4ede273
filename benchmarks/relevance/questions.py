"""Queries with the papers that answer them, from the files that hold them."""

from __future__ import annotations

import csv
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ANSWERS = 2
"""From this grade on a paper answers the query; below it only touches on it."""

WANTED = 3
"""The grade of the paper that is looked for."""

KNOWN_ITEM_SETS = ("subjects", "short")
"""The files of the known-item test: whole subject lines of motions, and three telling words of each."""


@dataclass(frozen=True, slots=True)
class Question:
    """A query as typed, and the papers it should find: official identifier → grade (3 looked for, 2 answers, 1 touches on it)."""

    name: str
    query: str
    grades: Mapping[str, int]
    kind: str = ""
    """What the query tests ("compound", "typo"); empty where that is not told."""
    without: frozenset[str] = frozenset()
    """Papers left out of the answer: those that the query was taken from."""

    @property
    def answers(self) -> frozenset[str]:
        """The papers that answer it."""
        return frozenset(paper for paper, grade in self.grades.items() if grade >= ANSWERS)


def rows(file: Path) -> list[dict[str, str]]:
    """The rows of a table with tabs between its columns and their names on the first line."""
    with file.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def known_items(file: Path) -> list[Question]:
    """The questions of a table with columns id, query, relevant (identifiers between spaces)."""
    return [Question(row["id"], row["query"], dict.fromkeys(row["relevant"].split(), WANTED)) for row in rows(file)]


def judged(file: Path) -> list[Question]:
    """The questions of ``[[query]]`` tables with ``text``, ``kind`` and ``papers`` (identifier without ``kst-`` → grade).

    Raises:
        ValueError: a grade is none, a query has no answer or stands there twice.
    """
    questions: list[Question] = []
    for entry in tomllib.loads(file.read_text(encoding="utf-8"))["query"]:
        grades = {f"kst-{name}": int(grade) for name, grade in entry["papers"].items()}
        if not set(grades.values()) <= {1, 2, 3} or max(grades.values()) < ANSWERS:
            raise ValueError(f"{file}: {entry['text']!r} needs grades from 1 to 3, and a paper that answers it")
        questions.append(Question(entry["text"], entry["text"], grades, entry["kind"]))
    if len({question.query for question in questions}) < len(questions):
        raise ValueError(f"{file}: a query stands there twice")
    return questions
