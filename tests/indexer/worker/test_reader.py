"""Reading in another process is bounded: whatever a file does to it, it is one failure, and the other files are read."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import astuple
from pathlib import Path

import pytest

from indexer.catalogue.tweede_kamer import ODataRecords
from indexer.errors import PaperError, ReaderMissing
from indexer.paper.codec import encode
from indexer.reading.official_file import OfficialFile, find_files, read_paper
from indexer.worker.messages import ReadingLimits
from indexer.worker.reader import EncodedPaper, Reader
from tests.indexer.odata import content, document
from tests.indexer.pdfs import pdf

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
SLOW = OfficialFile(
    "slow.pdf", "blg-9007826.pdf", pdf([], contents=b"BT /F1 9 Tf " + b"1 0 0 1 9 9 Tm (a) Tj " * 150_000 + b"ET")
)
"""More than a second of work."""
LARGE = OfficialFile("large.html", "kst-90001-1.html", b"<html><div id='broodtekst'>" + b"<p>a</p>" * 600_000 + b"</html>")
needs_signals = pytest.mark.skipif(sys.platform != "linux", reason="processes are looked at as Linux shows them")


@pytest.fixture
def reader() -> Iterator[Reader]:
    with Reader() as one:
        yield one


def sound(count: int) -> list[OfficialFile]:
    found = [file for file in find_files([SAMPLE]) if isinstance(file, OfficialFile) and not file.name.endswith(".json")]
    return found[:count]


def are_read(reader: Reader, files: list[OfficialFile]) -> bool:
    return all(read == EncodedPaper(paper := read_paper(file), encode(paper)) for file in files for read in (reader.answer(),))


def stopped(reader: Reader) -> int:
    """The process of a reader, which does nothing any more until it is killed."""
    process = reader.process or 0
    os.kill(process, signal.SIGSTOP)
    return process


def test_papers_records_and_what_is_neither(reader: Reader) -> None:
    first, second = sound(2)
    records = OfficialFile("een.json", "een.json", content(document("2031D00001")))
    reader.ask([first, OfficialFile("leeg.html", "leeg.html", b" "), records, OfficialFile("b.json", "b.json", b"{"), second])
    assert are_read(reader, [first])
    assert str(reader.answer()) == "leeg.html: the file is empty; fetch it again"
    found = reader.answer()
    assert isinstance(found, ODataRecords)
    assert [one.document for one in found.documents] == ["2031D00001"]
    assert "b.json: the JSON cannot be read" in str(reader.answer())
    assert are_read(reader, [second])


def test_where_a_paper_is_wanted_records_are_none(reader: Reader) -> None:
    assert reader.read(sound(1)[0]).paper == read_paper(sound(1)[0])
    with pytest.raises(PaperError, match="records of the Tweede Kamer"):
        reader.read(OfficialFile("een.json", "een.json", content(document("2031D00001"))))


def test_no_process_is_started_for_nothing() -> None:
    with Reader() as reader:
        reader.ask([])
        assert reader.process is None


def test_its_process_ends_with_it() -> None:
    with Reader() as reader:
        reader.ask(sound(1))
        process = reader.process or 0
    with pytest.raises(ProcessLookupError):
        os.kill(process, 0)


@needs_signals
def test_too_much_work_is_one_failure() -> None:
    with Reader(ReadingLimits(pdf_seconds=0)) as reader:
        first, second = sound(2)
        reader.ask([first, SLOW, second])
        assert are_read(reader, [first])
        assert str(reader.answer()) == "slow.pdf: reading it takes more than 0 seconds of work"
        assert are_read(reader, [second])


@needs_signals
def test_too_much_memory_is_one_failure_though_the_process_had_read_others() -> None:
    with Reader(ReadingLimits(memory=200 * 2**20)) as reader:
        first, second = sound(2)
        reader.ask([first, LARGE, second])
        assert are_read(reader, [first])
        assert str(reader.answer()) == "large.html: reading it takes more than 200 MiB of memory"
        assert are_read(reader, [second])


@needs_signals
def test_a_process_killed_from_outside_harms_no_file(reader: Reader) -> None:
    files = sound(6)
    reader.ask(files)
    assert are_read(reader, files[:1])
    os.kill(stopped(reader), signal.SIGKILL)
    assert are_read(reader, files[1:])


def does(monkeypatch: pytest.MonkeyPatch, what: str) -> None:
    """Let processes do something else with a file of the name "bad.html" than reading it."""
    program = (
        "import os, signal, sys\n"
        "from indexer.worker import program\n"
        "read = program.read_paper\n"
        f"program.read_paper = lambda file: {what} if file.name == 'bad.html' else read(file)\n"
        "program.main()\n"
    )

    def command(pipe: int, parent: int, limits: ReadingLimits) -> list[str]:
        return [sys.executable, "-c", program, *map(str, (pipe, parent, *astuple(limits)))]

    monkeypatch.setattr("indexer.worker.reader.command", command)


BAD = OfficialFile("bad.html", "bad.html", b"<html>")


@pytest.mark.parametrize(
    ("what", "reason"),
    [
        ("os.abort()", "reading it ended the process that did so, twice; look for a sound copy"),
        ("os.kill(os.getpid(), signal.SIGSEGV)", "reading it ended the process that did so, twice; look for a sound copy"),
        ("os._exit(0)", "reading it ended the process that did so, twice; look for a sound copy"),
        ("1 / 0", "the reader of this form has an error of its own (ZeroDivisionError: division by zero)"),
        pytest.param("os.kill(os.getpid(), signal.SIGSTOP)", "reading it takes more than 1 seconds", marks=needs_signals),
    ],
)
def test_a_file_that_ends_every_process_is_blamed_and_the_others_are_read(
    what: str, reason: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    does(monkeypatch, what)
    with Reader(ReadingLimits(seconds=1, grace=0)) as reader:
        first, last = sound(2)
        reader.ask([first, BAD, last])
        assert are_read(reader, [first])
        told = reader.answer()
        assert isinstance(told, PaperError)
        assert (told.where, told.reason) == ("bad.html", reason)
        assert are_read(reader, [last])


@needs_signals
def test_nothing_is_left_when_the_parent_is_killed(tmp_path: Path) -> None:
    program = (
        "import os, signal, sys, time\n"
        "from indexer.worker.reader import Reader\n"
        "from tests.indexer.worker.test_reader import sound\n"
        "reader = Reader().__enter__()\n"
        "reader.ask(sound(1))\n"
        "os.kill(reader.process, signal.SIGSTOP)\n"  # it cannot notice anything by itself any more
        "print(reader.process, flush=True)\n"
        "time.sleep(600)\n"
    )
    with subprocess.Popen([sys.executable, "-c", program], stdout=subprocess.PIPE, cwd=SAMPLE.parents[1]) as parent:
        assert parent.stdout
        process = int(parent.stdout.readline())
        parent.kill()
    while Path(f"/proc/{process}").exists():  # the system takes a moment
        pass


def test_when_no_process_starts_that_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.worker.reader.command", lambda *_: ["false"])
    with Reader() as reader, pytest.raises(ReaderMissing, match="no process can be started"):
        reader.ask(sound(1))
    monkeypatch.setattr("indexer.worker.reader.command", lambda *_: ["/nowhere/python"])
    with Reader() as reader, pytest.raises(ReaderMissing, match="No such file"):
        reader.ask(sound(1))
