"""The catalogue as the front end sees it."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.errors import ArchiveError, CatalogueMissing
from indexer.paper.identifier import Identifier
from indexer.paper.model import Citation, Kamerstuk, Paragraph, Relation, RelationKind, Section, Where
from indexer.reading.official_file import PARSER_VERSION, OfficialFile
from indexer.take_in import run
from kamerstukken.settings import Settings
from kamerstukken.wiring import archive
from tests.indexer.pdfs import column, pdf
from web.ports import Holdings, Papers, Withdrawal

FIRST, SECOND = Identifier("kst-90001-1"), Identifier("kst-90001-2")


def paper(identifier: Identifier, year: int, text: str = "Tekst.") -> Kamerstuk:
    """A paper with one paragraph."""
    return Kamerstuk(
        identifier,
        title=f"Stuk {identifier.number}",
        date=date(year, 1, 2),
        sections=(Section(0, "", "", paragraphs=(Paragraph("al-1", text),)),),
    )


def put(path: Path, *papers: Kamerstuk) -> None:
    """Store papers."""
    with open_catalogue(path, PARSER_VERSION) as catalogue, catalogue.transaction():
        for one in papers:
            catalogue.put(one, f"f{one.identifier}{one.title}", "html")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """Where the catalogue is."""
    return tmp_path / "kamerstukken.db"


@pytest.fixture
def look(path: Path) -> Iterator[Callable[[], Papers]]:
    """Opens the papers of the archive, as each request does."""
    asked = archive(Settings(path.parent))
    with ExitStack() as opened:
        yield lambda: opened.enter_context(asked.look()).papers


def test_a_catalogue_that_is_not_there_is_not_made_and_no_empty_one(path: Path, look: Callable[[], Papers]) -> None:
    with pytest.raises(CatalogueMissing, match="there are no papers yet; begin with: kamerstukken index PATH…"):
        look()
    assert not path.exists()


def test_a_catalogue_that_was_lost_is_told_from_one_that_never_was(path: Path, look: Callable[[], Papers]) -> None:
    receive(path, PAGE)
    path.unlink()
    with pytest.raises(CatalogueMissing, match="the catalogue is gone; make it anew with: kamerstukken reindex --from archive"):
        look()


def test_an_empty_catalogue_has_nothing(path: Path, look: Callable[[], Papers]) -> None:
    put(path)
    papers = look()
    assert papers.holdings() == Holdings(0)
    assert (papers.count(), papers.state, papers.get(FIRST), papers.cited_by(FIRST), papers.names([FIRST])) == (
        0,
        "0",
        None,
        [],
        {},
    )


def test_what_is_counted_is_counted_anew_when_the_catalogue_changes(path: Path, look: Callable[[], Papers]) -> None:
    put(path, paper(FIRST, 1998))
    papers = look()
    before = papers.state
    assert papers.holdings().years == {1998: 1}

    put(path, paper(SECOND, 2001))
    assert papers.state != before
    assert papers.count() == 2
    assert papers.holdings() == Holdings(2, 0, 0, date(1998, 1, 2), date(2001, 1, 2), {1998: 1, 2001: 1})


def test_a_paper_that_cites_another_is_quoted(path: Path, look: Callable[[], Papers]) -> None:
    text = "Eerst dit. Zie daarvoor 90 001, nr. 1, van toen. Dan dat."
    citation = Citation(FIRST, "90 001, nr. 1", Where.BODY, 0, text.index("90 001"))
    put(path, paper(FIRST, 1998), replace(paper(SECOND, 2001, text), citations=(citation,)))

    (reference,) = look().cited_by(FIRST)
    assert (reference.identifier, reference.name, reference.quote) == (SECOND, "Stuk 2", "Zie daarvoor 90 001, nr. 1, van toen.")
    assert look().names([FIRST, Identifier("kst-1-1")]) == {FIRST: "Stuk 1"}


def test_the_attachments_of_a_paper_are_those_that_it_names_and_those_that_name_it(
    path: Path, look: Callable[[], Papers]
) -> None:
    here, elsewhere = Identifier("blg-9000001"), Identifier("blg-9000002")
    main = replace(paper(FIRST, 2020), relations=(Relation(RelationKind.HAS_ATTACHMENT, elsewhere),))
    put(path, main, replace(paper(here, 2020), relations=(Relation(RelationKind.ATTACHMENT_OF, FIRST),)))
    stored = look().get(FIRST)
    assert stored is not None
    found = {r.target: r.title for r in stored.relations if r.kind is RelationKind.HAS_ATTACHMENT}
    assert found == {elsewhere: "", here: "Stuk 9000001"}


def test_a_paper_that_left_is_told_from_one_that_never_was(path: Path, look: Callable[[], Papers]) -> None:
    put(path, paper(FIRST, 2020))
    with open_catalogue(path, PARSER_VERSION) as catalogue, catalogue.transaction():
        catalogue.remove(FIRST)
        catalogue.connection.execute("UPDATE removals SET at = '2026-03-01T23:30:00Z'")
    papers = look()
    assert papers.withdrawal(FIRST) == Withdrawal(datetime(2026, 3, 1, 23, 30, tzinfo=UTC))
    assert papers.withdrawal(SECOND) is None
    with open_catalogue(path, PARSER_VERSION) as catalogue:
        catalogue.connection.execute("UPDATE removals SET at = ''")
    assert papers.withdrawal(FIRST) == Withdrawal(None)
    put(path, paper(FIRST, 2020))
    assert papers.withdrawal(FIRST) is None


def receive(path: Path, *files: OfficialFile) -> None:
    """Take files in, as ``index`` does."""
    with open_catalogue(path, PARSER_VERSION) as catalogue:
        assert run("index", files, catalogue, Archive(path.parent / "archive")).failures == ()


PAGE = OfficialFile(
    "https://example.org/kst-90001-1.html",
    "kst-90001-1.html",
    b"<html><body><div id='broodtekst'><p>Enige tekst.</p></div></body></html>",
    b"<metadata_gegevens/>",
)
SCAN = OfficialFile(
    "/received/scans.zip!first/scan.pdf",
    "scan.pdf",
    pdf(column("Enige tekst.")),
    b'<metadata_gegevens><metadata name="DC.identifier" content="kst-90001-1"/></metadata_gegevens>',
)
"""A PDF from a zip archive, under a name that the archive does not keep."""


@pytest.mark.parametrize(("file", "form"), [(PAGE, "html"), (SCAN, "pdf"), (replace(SCAN, where="/scans.zip!scan.pdf"), "pdf")])
def test_the_archives_own_copy_of_a_paper_is_what_was_received(
    path: Path, look: Callable[[], Papers], file: OfficialFile, form: str
) -> None:
    receive(path, file)
    kept = look().received_file(FIRST)
    assert kept is not None
    assert (kept.content, kept.form, kept.sha256) == (file.content, form, hashlib.sha256(file.content).hexdigest())
    assert kept.received is not None
    assert abs(datetime.now(UTC) - kept.received) < timedelta(minutes=1)


def test_a_paper_that_is_not_here_has_no_copy(path: Path, look: Callable[[], Papers]) -> None:
    receive(path, PAGE)
    assert look().received_file(SECOND) is None


@pytest.mark.parametrize("ending", [".html", ".metadata.xml"])
def test_a_copy_that_was_changed_since_is_not_given(path: Path, look: Callable[[], Papers], ending: str) -> None:
    receive(path, PAGE)
    (kept,) = (one for one in (path.parent / "archive").rglob(f"*{ending}"))
    kept.write_bytes(kept.read_bytes().replace(b"e", b"a"))
    with pytest.raises(ArchiveError, match="not as it was received"):
        look().received_file(FIRST)
    kept.unlink()
    with pytest.raises(ArchiveError, match=r"cannot be read|not as it was received"):
        look().received_file(FIRST)
