"""Figures that tests measure, for the log of the run."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[str], None]
"""Writes a line among what the run tells, also when the test succeeds."""
