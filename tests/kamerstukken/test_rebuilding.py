"""Everything can be made again from the archive alone, and what was taken back stays so."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from indexer.catalogue.archive import Archive
from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.keeping import describe_all, receiving, withdraw
from indexer.catalogue.overview import provenance
from indexer.catalogue.replacement import former_catalogues
from indexer.errors import CatalogueMissing, FewerPapers, KamerstukkenError
from indexer.paper.identifier import Identifier
from indexer.reading.official_file import PARSER_VERSION
from search.engines.whoosh.index import WhooshIndex
from search.sync import update
from tests.indexer.odata import content, document, zaak
from tests.indexer.papers import official_xml, page
from tests.indexer.pdfs import column, pdf
from tests.kamerstukken.running import invoke, says

RECORD = b'<metadata_gegevens><metadata name="DC.identifier" content="kst-91234-%d"/></metadata_gegevens>'
WITHDRAWN = Identifier("kst-91234-3")


def html(number: int, text: str) -> str:
    return page(f"<p>{text}</p>", identifier=f"kst-91234-{number}")


def nameless_xml(number: int, text: str) -> bytes:
    """XML that does not tell whose it is; only its name does."""
    content = official_xml(f"<al>{text}</al>").replace('<meta name="DC.identifier" content="kst-91234-7"/>', "")
    return content.replace("91 234", "").replace('<ondernummer kamer="2">7</ondernummer>', "").encode()


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder beside its papers: one replaced, one withdrawn, one XML without a name, one PDF under another name."""
    tmp_path = tmp_path_factory.mktemp("first")
    papers = tmp_path / "papers"
    papers.mkdir()
    for number in (1, 2, 3):
        (papers / f"kst-91234-{number}.html").write_text(html(number, f"Eerste tekst {number}."), encoding="utf-8")
    (papers / "kst-91234-5.xml").write_bytes(nameless_xml(5, "Tekst van het vijfde stuk."))
    (papers / "scan.pdf").write_bytes(pdf(column("Enige tekst uit de PDF.")))
    (papers / "scan.metadata.xml").write_bytes(RECORD % 6)
    (papers / "een.json").write_bytes(content(zaak("2031Z00002", document("2031D00001", paper="kst-91234-1"))))
    made = tmp_path / "data"
    says("index", papers, "--data", made)
    (papers / "kst-91234-2.html").write_text(html(2, "Tweede tekst, die verbeterd is."), encoding="utf-8")
    says("index", papers / "kst-91234-2.html", "--data", made)
    archive = Archive(made / "archive")
    with open_catalogue(made / "kamerstukken.db", PARSER_VERSION) as catalogue:
        with receiving(catalogue, archive):
            withdraw(catalogue, archive, WITHDRAWN, "2031-05-06T07:08:09Z")
        update(catalogue, WhooshIndex(made / "index"))
        catalogue.connection.execute("UPDATE files SET received = '2030-01-02T03:04:05Z'")
        for manifest in archive.folder.rglob("*.manifest"):
            manifest.unlink()
        assert describe_all(catalogue, archive) == []
    return made


@pytest.fixture
def data(first: Path, tmp_path: Path) -> Path:
    """A copy of it, which a test may spoil."""
    shutil.copytree(first.parent, tmp_path / "copy", symlinks=True)
    return tmp_path / "copy" / "data"


def lose(data: Path) -> None:
    for file in data.glob("kamerstukken.db*"):
        file.rename(file.with_name(f"weg-{file.name}"))


@pytest.fixture
def lost(data: Path) -> Path:
    lose(data)
    return data


def shown(data: Path) -> dict[str, dict[str, object]]:
    """What is told of every paper that is public, with when and from where its file came."""
    told = {}
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        for change in catalogue.changes_since(0):
            if change.paper is not None:
                paper = json.loads(says("show", str(change.identifier), "--json", "--data", data).stdout)
                told[str(change.identifier)] = paper | {"from": provenance(catalogue.connection, change.identifier)}
    return told


def answers(data: Path) -> dict[str, object]:
    found: dict[str, object] = json.loads(says("search", "tekst", "--json", "--limit", "50", "--data", data).stdout)
    return found | {"took_ms": 0}


def removed(data: Path) -> str | None:
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        return catalogue.removed(WITHDRAWN)


def test_all_is_made_again_from_the_archive_when_the_catalogue_is_lost(data: Path) -> None:
    papers, found, when = shown(data), answers(data), removed(data)
    assert len(papers) == 4
    lose(data)
    done = says("reindex", "--from", "archive", "--data", data)
    assert "4 papers indexed" in done.stderr
    assert (shown(data), answers(data), removed(data)) == (papers, found, when)
    assert json.loads(says("status", "--json", "--data", data).stdout)["index"] == "up to date"
    assert "Eerste tekst 3" not in str(shown(data))
    says("reindex", "--from", "archive", "--data", data)
    assert (shown(data), answers(data), removed(data)) == (papers, found, when)


@pytest.mark.parametrize("command", [("reindex", "--from", "archive"), ("index", "{archive}"), ("check", "--mend")])
def test_a_withdrawn_paper_that_lost_its_mark_does_not_become_public(data: Path, command: tuple[str, ...]) -> None:
    (mark,) = (data / "archive").rglob("withdrawn")
    mark.unlink()
    when = removed(data)
    for _ in range(2):
        says(*(word.format(archive=data / "archive") for word in command), "--data", data)
        assert (removed(data), str(WITHDRAWN) in shown(data)) == (when, False)
    says("reindex", "--from", "archive", "--data", data)
    assert mark.exists()


def test_a_withdrawn_paper_stays_so_where_mark_and_catalogue_are_lost_together(data: Path) -> None:
    (mark,) = (data / "archive").rglob("withdrawn")
    mark.unlink()
    lose(data)
    says("reindex", "--from", "archive", "--data", data)
    assert removed(data) is not None
    assert str(WITHDRAWN) not in shown(data)
    assert mark.exists()


def test_naming_the_archive_is_as_good(data: Path, tmp_path: Path) -> None:
    papers, found, when = shown(data), answers(data), removed(data)
    says("index", data / "archive", "--data", tmp_path / "elsewhere")
    assert (shown(tmp_path / "elsewhere"), removed(tmp_path / "elsewhere")) == (papers, when)
    lose(data)
    says("index", data / "archive", "--data", data)
    assert (shown(data), answers(data), removed(data)) == (papers, found, when)
    lose(tmp_path / "elsewhere")
    says("reindex", "--from", "archive", "--data", tmp_path / "elsewhere")
    assert (shown(tmp_path / "elsewhere"), removed(tmp_path / "elsewhere")) == (papers, when)


def test_without_manifests_it_is_read_as_well_as_it_can_be(lost: Path) -> None:
    for file in (lost / "archive").rglob("*.manifest"):
        file.unlink()
    done = invoke("reindex", "--from", "archive", "--data", lost, "--allow-fewer")
    assert done.exit_code == 1
    assert "kst-91234-6: " in done.stderr, "what the PDF was called cannot be told any more"
    assert shown(lost).keys() == {"kst-91234-1", "kst-91234-2", "kst-91234-5"}
    assert removed(lost)


HARVEST = ("harvest", "--source", "http://127.0.0.1:9/sru")


@pytest.mark.parametrize(
    "command",
    [("reindex",), ("index", "{papers}"), ("show", "kst-91234-1"), ("search", "tekst"), HARVEST, (*HARVEST, "--dry-run")],
)
def test_where_the_catalogue_is_lost_no_other_is_begun(lost: Path, command: tuple[str, ...]) -> None:
    found = (lost / "index").resolve()
    done = invoke(*(word.format(papers=lost.parent / "papers") for word in command), "--data", lost)
    assert isinstance(done.exception, CatalogueMissing)
    assert "kamerstukken reindex --from archive" in str(done.exception)
    assert not (lost / "kamerstukken.db").exists()
    assert found.is_dir()


def test_an_archive_that_lost_its_files_never_empties_the_index(lost: Path) -> None:
    shutil.rmtree(lost / "archive" / "91234")
    done = invoke("reindex", "--from", "archive", "--data", lost)
    assert isinstance(done.exception, FewerPapers)
    assert "--allow-fewer" in str(done.exception)
    assert not (lost / "kamerstukken.db").exists()
    assert [path.name for path in lost.glob("*.anew*")] == []
    shutil.rmtree(lost / "archive")
    done = invoke("reindex", "--from", "archive", "--data", lost)
    assert isinstance(done.exception, KamerstukkenError)
    assert "there is no archive" in str(done.exception)


@pytest.mark.parametrize("spoil", ["no database", "half", "flipped"])
def test_a_damaged_catalogue_is_put_aside_and_made_anew(data: Path, spoil: str) -> None:
    papers, found, when = shown(data), answers(data), removed(data)
    file = data / "kamerstukken.db"
    whole = bytearray(file.read_bytes())
    match spoil:
        case "no database":
            whole = bytearray(b"geen databank, maar wel lang genoeg om er een te lijken" * 200)
        case "half":
            del whole[len(whole) // 2 :]
        case _:
            for place in range(3 * 4096, len(whole), 4096):
                whole[place : place + 8] = b"\xff" * 8
    file.write_bytes(whole)
    done = invoke("reindex", "--from", "archive", "--data", data)
    assert done.exit_code == 0, (done.output, done.exception)
    (former,) = former_catalogues(file)
    assert str(former) in done.stderr
    assert former.read_bytes() == whole
    assert (shown(data), answers(data), removed(data)) == (papers, found, when)


def test_a_file_that_differs_is_reported_and_never_adopted(data: Path) -> None:
    papers = shown(data)
    (file,) = (data / "archive").rglob("kst-91234-1/*.html")
    file.write_bytes(file.read_bytes().replace(b"Eerste", b"Andere"))
    for lose_first in (False, True):
        if lose_first:
            lose(data)
        done = invoke("reindex", "--from", "archive", "--data", data)
        assert done.exit_code == 1
        assert "kst-91234-1: " in done.stderr
        assert "not as it was received" in done.stderr
        assert shown(data) == {name: paper for name, paper in papers.items() if name != "kst-91234-1" or not lose_first}


def test_a_file_that_is_gone_is_reported_and_its_paper_stays(data: Path) -> None:
    papers = shown(data)
    (file,) = (data / "archive").rglob("kst-91234-1/*.html")
    file.unlink()
    done = invoke("reindex", "--from", "archive", "--data", data)
    assert (done.exit_code, "kst-91234-1: " in done.stderr) == (1, True)
    assert shown(data) == papers


@pytest.mark.parametrize("lose_first", [False, True])
def test_a_manifest_that_cannot_be_read_costs_only_its_own_paper(data: Path, lose_first: bool) -> None:
    papers = shown(data)
    with open_catalogue(data / "kamerstukken.db", PARSER_VERSION) as catalogue:
        mark = catalogue.current_file(Identifier("kst-91234-2"))
    manifest = data / "archive" / "91234" / "kst-91234-2" / f"{mark}.manifest"
    whole = manifest.read_bytes()
    manifest.unlink()
    manifest.symlink_to(manifest.name)  # nobody can open this
    if lose_first:
        lose(data)
    else:
        done = invoke("check", "--json", "--data", data)
        found = json.loads(done.stdout)["differences"]
        assert (done.exit_code, [(one["kind"], one["identifier"]) for one in found]) == (1, [("file-damaged", "kst-91234-2")])
    done = invoke("reindex", "--from", "archive", "--data", data)
    assert (done.exit_code, str(manifest) in done.stderr) == (1, True)
    assert shown(data) == {name: paper for name, paper in papers.items() if name != "kst-91234-2" or not lose_first}
    assert manifest.is_symlink()

    manifest.unlink()
    manifest.write_bytes(whole)
    says("check", "--mend", "--data", data)
    assert shown(data) == papers


def test_what_an_earlier_copy_of_the_catalogue_does_not_know_comes_back_from_the_archive(data: Path, tmp_path: Path) -> None:
    shutil.copy(data / "kamerstukken.db", tmp_path / "earlier.db")
    late = tmp_path / "kst-91234-9.html"
    late.write_text(html(9, "Late tekst."), encoding="utf-8")
    says("index", late, "--data", data)
    papers = shown(data)
    lose(data)
    (tmp_path / "earlier.db").rename(data / "kamerstukken.db")
    told = json.loads(says("status", "--json", "--data", data).stdout)
    assert "made from another catalogue, or from this one before it was put back" in told["index"]
    assert told["conditions"]["index"] == "outdated"
    says("reindex", "--from", "archive", "--data", data)
    assert shown(data) == papers
    assert json.loads(says("status", "--json", "--data", data).stdout)["index"] == "up to date"


def test_new_papers_stand_behind_all_that_came_back(lost: Path, tmp_path: Path) -> None:
    says("reindex", "--from", "archive", "--data", lost)
    changes = [kept.manifest.change for kept in Archive(lost / "archive").survey() if kept.manifest]
    late = tmp_path / "kst-91234-9.html"
    late.write_text(html(9, "Late tekst."), encoding="utf-8")
    says("index", late, "--data", lost)
    (kept,) = (one for one in Archive(lost / "archive").survey() if str(one.identifier) == "kst-91234-9")
    assert kept.manifest is not None
    assert kept.manifest.change > max(changes)
