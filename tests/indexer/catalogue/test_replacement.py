"""A catalogue that takes the place of another: whole or not at all, and the former one is kept."""

from __future__ import annotations

from pathlib import Path

import pytest

from indexer.catalogue.catalogue import open_catalogue
from indexer.catalogue.replacement import carry_over_harvests, former_catalogues, made_anew
from indexer.paper.identifier import Identifier
from tests.search.papers import paper


def test_the_new_one_takes_the_place_and_the_former_is_kept(tmp_path: Path) -> None:
    path = tmp_path / "kamerstukken.db"
    with open_catalogue(path, "1") as former:
        former.put(paper("1-1", "een"), "f1", "html")
        epoch = former.history.epoch
    for number in (1, 2):
        with made_anew(path, "1") as anew:
            assert anew.counts().papers == 0
            assert anew.history.epoch != epoch
            anew.put(paper("1-2", "twee"), "f2", "html")
        assert len(former_catalogues(path)) == number
    with open_catalogue(path, "1") as present:
        assert present.form(Identifier("kst-1-2"))
    with open_catalogue(former_catalogues(path)[0], "1") as kept:
        assert kept.history.epoch == epoch
    assert [one for one in tmp_path.iterdir() if "anew" in one.name] == []


def test_one_that_was_not_finished_takes_no_place(tmp_path: Path) -> None:
    path = tmp_path / "kamerstukken.db"
    with open_catalogue(path, "1") as former:
        former.put(paper("1-1", "een"), "f1", "html")

    def fail() -> None:
        with made_anew(path, "1"):
            raise RuntimeError

    with pytest.raises(RuntimeError):
        fail()
    assert [one.name for one in tmp_path.iterdir()] == ["kamerstukken.db"]


def test_how_far_harvests_were_is_taken_over_but_for_papers_that_are_lost(tmp_path: Path) -> None:
    path = tmp_path / "kamerstukken.db"
    with open_catalogue(path, "1") as former:
        db = former.connection
        columns = "harvest, cql, first, last, listing, since, begun, finished"
        db.execute(f"INSERT INTO harvests ({columns}) VALUES (1, 'c', '', '', 3, '', 'b', 'f')")  # noqa: S608 - ours
        for number, state in ((1, "here"), (2, "here"), (3, "withdrawn")):
            name = f"kst-1-{number}"
            db.execute("INSERT INTO harvest_records VALUES (?, 's', '', '', '{}', ?, 0, '')", (name, state))
            db.execute("INSERT INTO harvest_members VALUES (1, ?, 3)", (name,))
            db.execute("INSERT INTO harvest_parts VALUES (?, 'html', 's', '', '', 'f', NULL)", (name,))
    with open_catalogue(tmp_path / "anew.db", "1") as anew:
        anew.put(paper("1-1", "een"), "f", "html")
        assert carry_over_harvests(path, anew)
        kept = {
            table: [row[0] for row in anew.connection.execute(f"SELECT identifier FROM {table} ORDER BY 1")]  # noqa: S608 - ours
            for table in ("harvest_records", "harvest_members", "harvest_parts")
        }
        assert anew.connection.execute("SELECT listing, finished FROM harvests").fetchall() == [(4, "")], "it is listed anew"
    assert kept == {
        "harvest_records": ["kst-1-1", "kst-1-3"],
        "harvest_members": ["kst-1-1", "kst-1-2", "kst-1-3"],
        "harvest_parts": ["kst-1-1", "kst-1-3"],
    }


def test_of_what_is_no_catalogue_nothing_is_taken_over(tmp_path: Path) -> None:
    (tmp_path / "bad.db").write_bytes(b"geen databank" * 500)
    with open_catalogue(tmp_path / "anew.db", "1") as anew:
        assert not carry_over_harvests(tmp_path / "bad.db", anew)
        anew.put(paper("1-1", "een"), "f", "html")
        assert anew.counts().papers == 1
