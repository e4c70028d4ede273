"""One block of signatures being read: which name goes with which function. Knows nothing of mark-up.

Printed forms: "De Staatssecretaris van Financiën, / M.L.A. van Rij"; several pairs in one block; "De Ministers van … en van …,"
above several names; a name above its function; both in one line without any mark-up.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from indexer.offices import is_government, office_of

_PLURAL = re.compile(
    r"(?:de\s+)?(?:ministers|staatssecretarissen|leden|voorzitters|griffiers|rapporteurs|ondergetekenden)\b", re.IGNORECASE
)
_PLAIN = re.compile(r"(?P<function>.{5,200}),\s*(?P<name>(?:(?:[A-Z][a-z]?\.)+\s?(?:\([^()]{1,30}\)\s)?)[^,;:]{2,60})")
"""Office, comma, name with initials; the last comma divides: offices hold commas too."""


@dataclass(slots=True)
class Signature:
    """Takes functions and names in the order of the page; ``finish`` gives the pairs."""

    _pairs: list[tuple[str, str]] = field(default_factory=list)
    _function: str = ""
    _pending: bool = False

    def function(self, text: str) -> None:
        """A function as printed; one still without a name stays without."""
        if not text:
            return
        if self._pending:
            self._pairs.append((self._function, ""))
        self._function, self._pending = text, True

    def name(self, text: str) -> None:
        """A name as printed; a further one shares the function only when that is in the plural."""
        if not text:
            return
        shared = self._pending or _PLURAL.match(self._function)
        self._pairs.append((self._function if shared else "", text))
        self._pending = False

    def finish(self) -> list[tuple[str, str]]:
        """Function and name of each signatory; either may be empty."""
        if self._pending and len(self._pairs) == 1 and not self._pairs[0][0]:
            return [(self._function, self._pairs[0][1])]
        return [*self._pairs, (self._function, "")] if self._pending else self._pairs


def plain_signature(text: str) -> tuple[str, str] | None:
    """Function and name of a government's signature without mark-up; None when it is not plainly one."""
    found = _PLAIN.fullmatch(text)
    if found and is_government(office_of(found["function"])):
        return found["function"], found["name"]
    return None
