"""What harms a data folder, in tests of how that is told and mended."""

from __future__ import annotations

from pathlib import Path


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


def segment_of(data: Path) -> Path:
    """The only file of the index."""
    (found,) = (data / "index" / "current").resolve().glob("*.segment")
    return found


def file_of(data: Path, ending: str = "html") -> Path:
    """A file that the archive keeps of kst-91066-83."""
    return next((data / "archive").glob(f"*/kst-91066-83/*.{ending}"))
