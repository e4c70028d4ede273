"""What a cut of power must not take: files and names of files are settled when they are sure to be on the disk.

Who writes a file settles its content before it gets its name, and the folder that holds the name after.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Collection
from pathlib import Path

_EACH = 24
"""So few paths are settled one by one; for more it is cheaper to have everything written that waits."""


def make_folder(folder: Path) -> list[Path]:
    """Make a folder with those above it; gives the folders that got a new name in them, which are to be settled."""
    try:
        folder.mkdir()
    except FileExistsError:
        return []
    except FileNotFoundError:
        above = make_folder(folder.parent)
        folder.mkdir(exist_ok=True)
        return [*above, folder.parent]
    return [folder.parent]


def settle(path: Path) -> None:
    """Wait until the content of a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def settle_all(paths: Collection[Path]) -> None:
    """Wait until all these files and folders are on the disk, in their order where they are few."""
    if len(paths) > _EACH and sys.platform == "linux":  # elsewhere ``sync`` does not wait
        os.sync()
        return
    for path in paths:
        settle(path)
