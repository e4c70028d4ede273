"""What is asked of a folder of real papers."""

from __future__ import annotations

import shutil
from pathlib import Path

from benchmarks.relevance.sets import SAMPLE, real_sets

MOTIONS = ("kst-91066-12", "kst-91066-76")


def test_a_folder_is_asked_what_it_has_questions_for_and_papers_to_answer_with(tmp_path: Path) -> None:
    papers, questions = tmp_path / "real" / "xml", tmp_path / "real" / "eval"
    papers.mkdir(parents=True)
    questions.mkdir()
    for name in MOTIONS:
        shutil.copy(SAMPLE / f"{name}.html", papers)
    rows = ("id\tquery\trelevant", f"1\tplan\t{MOTIONS[0]} kst-1-1", "2\tproef\tkst-1-1", f"3\tproef\t{MOTIONS[1]}")
    (questions / "short.tsv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    asked = tmp_path / "own.tsv"
    asked.write_text(
        "asked\tkeywords\tpatterns\nis er een motie?\tmotie\tmotie\nen een tunnel?\ttunnel\ttunnel\n", encoding="utf-8"
    )
    sets = real_sets(tmp_path / "real", tmp_path / "data", asked=[asked])
    assert [(one.name, dict(one.grades)) for one in sets.questions["short"]] == [("1", {MOTIONS[0]: 3}), ("3", {MOTIONS[1]: 3})]
    assert set(sets.questions) == {"short", "citing"}
    assert [(one.asked, one.papers) for one in sets.needs["own"]] == [("is er een motie?", frozenset(MOTIONS))]
    assert sets.verbs == ()
    every_second = real_sets(tmp_path / "real", tmp_path / "data", every=2, asked=[]).questions["short"]
    assert [one.name for one in every_second] == ["1"]
