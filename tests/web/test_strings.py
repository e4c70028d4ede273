"""The words of the interface: each stands once, and some page says it."""

from __future__ import annotations

import ast
import re
from collections import Counter
from pathlib import Path

from web import strings

_FOLDER = Path(strings.__file__).parent
_TEXTS = [file.read_text() for kind in ("*.py", "*.html", "*.xml") for file in _FOLDER.parent.rglob(kind)]


def _defined(file: Path) -> list[str]:
    body = ast.parse(file.read_text()).body
    named = [target for node in body if isinstance(node, ast.Assign) for target in node.targets]
    names = [name.id for target in named for name in ast.walk(target) if isinstance(name, ast.Name)]
    return names + [node.name for node in body if isinstance(node, ast.FunctionDef)]


_NAMES = Counter(name for file in _FOLDER.glob("*.py") for name in _defined(file))


def test_no_word_stands_in_two_modules_so_that_none_hides_another() -> None:
    assert _NAMES["SITE"] == 1
    assert [name for name, count in _NAMES.items() if count > 1] == []


def test_every_word_is_said_on_a_page_or_by_another_word() -> None:
    said = {name for text in _TEXTS for name in re.findall(r"\b(?:t|strings)\.(\w+)", text)}
    within = {
        name for name in _NAMES for text in _TEXTS if re.search(rf"\{{?\b{name}\b[(\}}]", re.sub(rf"def {name}\(", "", text))
    }
    assert sorted(_NAMES.keys() - said - within) == []
