"""The jars of an OpenSearch node, fetched once with Maven and kept outside the checkout.

The folder is ``$XDG_CACHE_HOME/kamerstukken-opensearch`` (``~/.cache`` when that is unset) or the one that
``KAMERSTUKKEN_OPENSEARCH_JARS`` names. Starting nodes is ``node``'s work.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
SOURCES = (HERE / "pom.xml", HERE / "TestNode.java")
_COPY = "org.apache.maven.plugins:maven-dependency-plugin:3.6.1:copy-dependencies"
_PATIENCE = 300
"""Seconds in which Maven must have fetched some 45 MB."""


class NoJars(Exception):
    """Java, Maven or the jars cannot be had here; the message says which and why."""


def classpath() -> str:
    """What ``java -cp`` takes to run ``TestNode``; fetches and compiles at the first call.

    Raises:
        NoJars: Java or Maven is missing, or Maven could not fetch.
    """
    if shutil.which("java") is None:
        raise NoJars("no Java here: install a JDK of version 17 or later")
    key = hashlib.sha256(b"".join(source.read_bytes() for source in SOURCES)).hexdigest()[:16]
    folder = _cache() / key
    if not folder.is_dir():
        _fill(folder)
    return os.pathsep.join(map(str, sorted(folder.glob("*.jar"))))


def _cache() -> Path:
    named = os.environ.get("KAMERSTUKKEN_OPENSEARCH_JARS")
    return Path(named) if named else Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "kamerstukken-opensearch"


def _fill(folder: Path) -> None:
    """Fill a folder beside it and put that in its place whole, so that a broken fetch leaves nothing."""
    for tool, package in (("mvn", "Maven"), ("javac", "a JDK")):
        if shutil.which(tool) is None:
            raise NoJars(f"no {tool} here: install {package}")
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder.parent) as name:
        made = Path(name) / "jars"
        classes = Path(name) / "classes"
        _run("mvn", "-B", "-q", "-f", str(HERE / "pom.xml"), _COPY, "-DincludeScope=runtime", f"-DoutputDirectory={made}")
        _run("javac", "-d", str(classes), "-cp", f"{made}/*", str(HERE / "TestNode.java"))
        _run("jar", "--create", "--file", str(made / "test-node.jar"), "-C", str(classes), ".")
        try:
            made.rename(folder)
        except OSError:
            if not folder.is_dir():  # else another run was first
                raise


def _run(*command: str) -> None:
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=_PATIENCE, check=False)
    except subprocess.TimeoutExpired as error:
        raise NoJars(f"{command[0]} took longer than {_PATIENCE} s") from error
    if done.returncode:
        raise NoJars(f"{command[0]} failed: {(done.stdout + done.stderr).strip()[-600:]}")
