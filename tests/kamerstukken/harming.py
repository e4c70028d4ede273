"""What harms a data folder, in tests of how that is told and mended."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from indexer.catalogue.seals import with_sums


def spoil(file: Path) -> None:
    """Flip a bit in the middle of a file."""
    content = bytearray(file.read_bytes())
    content[len(content) // 2] ^= 1
    file.write_bytes(content)


def lose_catalogue(data: Path) -> None:
    """Remove the catalogue."""
    for file in data.glob("kamerstukken.db*"):
        file.unlink()


def overwrite_catalogue(data: Path) -> None:
    """Put something else in its place."""
    lose_catalogue(data)
    (data / "kamerstukken.db").write_bytes(b"no database at all" * 300)


def change(data: Path, statements: str) -> None:
    """Change the catalogue behind the back of its seals."""
    with closing(sqlite3.connect(data / "kamerstukken.db", isolation_level=None)) as db:
        with_sums(db)
        triggers = db.execute("SELECT name, sql FROM sqlite_schema WHERE type = 'trigger'").fetchall()
        db.execute("BEGIN")
        for name, _ in triggers:
            db.execute(f"DROP TRIGGER {name}")
        for one in statements.split(";"):
            db.execute(one)
        for _, sql in triggers:
            if f" ON {statements.removeprefix('DROP TABLE ')} " not in sql:
                db.execute(sql)
        db.execute("COMMIT")


def segment_of(data: Path) -> Path:
    """The only file of the index."""
    (found,) = (data / "index" / "current").resolve().glob("*.segment")
    return found


def file_of(data: Path, ending: str = "html") -> Path:
    """A file that the archive keeps of kst-91066-83."""
    return next((data / "archive").glob(f"*/kst-91066-83/*.{ending}"))
