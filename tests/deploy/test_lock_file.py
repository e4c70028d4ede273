"""The lock file names each requirement so that every version of pip can install from it."""

from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, requires
from pathlib import Path

from packaging.requirements import Requirement

_LOCK = Path(__file__).parents[2] / "requirements.lock"
_PIN = re.compile(r"^(?P<pin>[A-Za-z0-9][^ ;\\]*==[^ ;\\]+)", re.MULTILINE)


def test_what_a_package_wants_with_an_extra_is_locked_with_it() -> None:
    """A pip of before 23.3 takes ``coverage[toml]`` for one more package, and refuses it for want of a version."""
    locked = {pin.name.lower(): pin.extras for pin in map(Requirement, _PIN.findall(_LOCK.read_text()))}
    assert len(locked) > 50
    wanted: dict[str, set[str]] = {}
    for package in locked:
        for requirement in map(Requirement, _requirements(package)):
            if requirement.extras and (requirement.marker is None or requirement.marker.evaluate({"extra": ""})):
                wanted.setdefault(requirement.name.lower(), set()).update(requirement.extras)
    assert wanted, "no package wants another with an extra any more: this test may go"
    assert {name: extras - locked[name] for name, extras in wanted.items() if extras - locked[name]} == {}


def _requirements(package: str) -> list[str]:
    try:
        return requires(package) or []
    except PackageNotFoundError:  # one for another system or version of Python
        return []
