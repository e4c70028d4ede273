"""The README's recipe for a new field, followed to the letter in a copy of the program, and the field tried everywhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PARTS = ("indexer", "search", "web", "kamerstukken")
SAMPLE = ROOT / "data" / "sample"
NAMED = {
    "kst-91066-83.html": ("Financiën", "Digitale Zaken"),
    "kst-91066-48.html": ("Financiën",),
    "kst-91066-12.html": (),
}
"""Papers of the sample with the committees that the test lets them name."""


def recipe() -> str:
    """The section of the README."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    return readme[readme.index("## Adding a field") : readme.index("### Dependencies and why")]


def follow(recipe: str, program: Path) -> set[str]:
    """Make the changes that the recipe shows, and raise the version that it names; gives the files that were changed."""
    changed: set[str] = set()
    for block in re.findall(r"```diff\n--- (.*?)```", recipe, re.DOTALL):
        name, *lines = block.splitlines()
        context = "\n".join(line[1:] for line in lines if line.startswith(" "))
        added = "\n".join(line[1:] for line in lines if line.startswith("+"))
        text = (program / name).read_text(encoding="utf-8")
        assert text.count(f"{context}\n") == 1, f"the README shows lines of {name} that are not there once: {context}"
        (program / name).write_text(text.replace(f"{context}\n", f"{context}\n{added}\n"), encoding="utf-8")
        changed.add(name)
    version, name = re.findall(r"`(\w+_VERSION)` in `([\w/.]+)`", recipe)[0]
    text = (program / name).read_text(encoding="utf-8")
    raised = re.sub(rf'^{version} = "(\d+)"', lambda found: f'{version} = "{int(found[1]) + 1}"', text, flags=re.MULTILINE)
    assert raised != text
    (program / name).write_text(raised, encoding="utf-8")
    return changed | {name}


def run(program: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run Python on a copy of the program."""
    environment = os.environ | {"PYTHONPATH": str(program), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run([sys.executable, *args], cwd=program, env=environment, capture_output=True, text=True, check=False)


def kamerstukken(program: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """Run the command of a copy of the program."""
    return run(program, "-c", "from kamerstukken.cli import main; main()", *args)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A copy of the program, with some papers that name committees and an index of them from before there was a field."""
    made = tmp_path / "program"
    for part in PARTS:
        shutil.copytree(ROOT / part, made / part, ignore=shutil.ignore_patterns("__pycache__"))
    (made / "papers").mkdir()
    for name, committees in NAMED.items():
        metas = "".join(f'<meta name="OVERHEIDop.commissie" content="{one}" />' for one in committees)
        page = (SAMPLE / name).read_text(encoding="utf-8")
        assert "<head>" in page
        (made / "papers" / name).write_text(page.replace("<head>", f"<head>{metas}", 1), encoding="utf-8")
    before = kamerstukken(made, "index", "papers", "--data", "data", "--processes", "1")
    assert before.returncode == 0, before.stderr
    return made


def test_a_field_is_added_by_the_recipe_and_is_everywhere(program: Path) -> None:
    changed = follow(recipe(), program)

    assert len(changed) <= 4, f"a new field touches {sorted(changed)}"
    refused = kamerstukken(program, "search", "commissie:financiën", "--data", "data")
    assert (refused.returncode, "kamerstukken reindex" in refused.stderr) == (1, True), refused.stderr
    indexed = kamerstukken(program, "index", "papers", "--data", "data", "--processes", "2")
    assert indexed.returncode == 0, indexed.stderr
    for name in ("walk_of_a_field.py", "__init__.py"):
        (program / "tests").mkdir(exist_ok=True)
        shutil.copy(ROOT / "tests" / name, program / "tests")
    # What lies in the folders above the copy, such as another conftest.py, is none of its business.
    alone = ("-p", "no:cacheprovider", "--rootdir", str(program), "--confcutdir", str(program), "-c", os.devnull)
    walked = run(program, "-m", "pytest", "-q", *alone, "tests/walk_of_a_field.py")
    assert walked.returncode == 0, walked.stdout + walked.stderr
