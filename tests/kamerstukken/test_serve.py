"""Full collections are rare in a process that serves."""

from __future__ import annotations

import gc

from kamerstukken.commands.serve import few_pauses


def test_what_is_in_memory_is_not_gone_over_again() -> None:
    before = gc.get_threshold()
    remembered = [{"word": ["huurtoeslag"]}]
    try:
        few_pauses()

        assert not any(one is remembered for one in gc.get_objects())
        assert gc.get_threshold()[2] >= 100 * before[2]
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)
