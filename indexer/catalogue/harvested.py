"""What harvests note for themselves: compared before anybody goes on from it, taken over by another catalogue, and asked again.

``harvest.progress`` keeps it, and knows what it means. All of it is told by the source: so what is damaged is forgotten, and
every harvest lists all that it is of anew.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable

from indexer.catalogue.seals import LISTS, Broken, broken, damaged, seal_anew

NOTES = ("harvest", "windows", "harvested", "listed", "fetched")
"""The lists of these notes, in the order in which their tables are filled."""
_TABLES = tuple(LISTS[name].table for name in NOTES)


def mind_notes(db: sqlite3.Connection) -> None:
    """Refuse to go on from notes that are not as they were written.

    Raises:
        CatalogueDamaged: some are.
    """
    for one in broken(db, NOTES):
        raise damaged(db, one.name, one.value)


def take_over(former: sqlite3.Connection, db: sqlite3.Connection) -> None:
    """Take over the notes of a catalogue that is damaged elsewhere, or there, so that not all is fetched again.

    Papers that are not in the new catalogue count as not fetched.
    """
    some = list(broken(former, NOTES))
    for table in _TABLES:
        rows = former.execute(f"SELECT * FROM {table}")  # noqa: S608 - names of ours
        names = [column[0] for column in rows.description]
        values = f"({', '.join(names)}) VALUES ({', '.join('?' * len(names))})"
        db.executemany(f"INSERT INTO {table} {values}", rows)
    ask_again(db, some)
    lost = db.execute(
        "SELECT identifier FROM harvest_records WHERE state = 'here' AND identifier NOT IN (SELECT identifier FROM papers)"
    )
    forget(db, [name for (name,) in lost.fetchall()])


def ask_again(db: sqlite3.Connection, some: Iterable[Broken]) -> None:
    """Forget the damaged ones among these lists, and what the others cannot be told from without them."""
    bad = [one for one in some if one.name in NOTES]
    if not bad:
        return
    db.execute("DELETE FROM harvest_windows")
    lost = [one.value for one in bad if one.name == "harvest"]
    db.executemany("DELETE FROM harvest_members WHERE harvest = ?", [(number,) for number in lost])
    db.executemany("DELETE FROM harvests WHERE harvest = ?", [(number,) for number in lost])
    db.execute("DELETE FROM harvest_members WHERE harvest NOT IN (SELECT harvest FROM harvests)")
    of_papers = {one.value for one in bad if LISTS[one.name].is_of_paper}
    db.executemany("DELETE FROM harvest_members WHERE identifier = ?", [(name,) for name in of_papers])
    _forget(db, of_papers)
    _list_anew(db)
    windows = db.execute("SELECT harvest FROM harvests").fetchall()
    seal_anew(db, {*bad, *(Broken("windows", str(number)) for (number,) in windows)})


def forget(db: sqlite3.Connection, papers: Collection[str]) -> None:
    """Let those of the papers that were harvested be fetched anew, whatever was received of them."""
    known = "SELECT 1 FROM harvest_records WHERE identifier = ?"
    if any(db.execute(known, (name,)).fetchone() for name in papers):
        _forget(db, papers)
        _list_anew(db)


def _forget(db: sqlite3.Connection, papers: Iterable[str]) -> None:
    names = [(name,) for name in papers]
    db.executemany("DELETE FROM harvest_records WHERE identifier = ?", names)
    db.executemany("DELETE FROM harvest_parts WHERE identifier = ?", names)


def _list_anew(db: sqlite3.Connection) -> None:
    """Let every harvest begin another listing of all that it is of, which the next run goes on with."""
    db.execute("UPDATE harvests SET listing = listing + 1, since = '', finished = '', asked = ''")
    db.execute("DELETE FROM harvest_windows")
    db.execute(
        "INSERT INTO harvest_windows (harvest, first, last, undated, since, expected) "
        "SELECT harvest, first, last, 0, '', 0 FROM harvests"
    )
