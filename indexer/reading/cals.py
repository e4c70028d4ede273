"""The columns of CALS tables, as official XML has them: entries name the columns that they take."""

from __future__ import annotations

import re
from dataclasses import dataclass

from lxml import etree

_NUMBERED = re.compile(r"\D*(\d{1,3})")
"""The names of columns that a table does not declare: col1, c2."""


@dataclass(frozen=True, slots=True)
class _Columns:
    order: dict[str, int]
    spans: dict[str, tuple[str, str]]
    """First and last column of each named span."""

    def number(self, name: str) -> int | None:
        """Which column this is, from 0 on; None when the table knows none of this name."""
        found = None if self.order else _NUMBERED.fullmatch(name)
        return int(found.group(1)) - 1 if found else self.order.get(name)


class CalsColumns:
    """Remembers the columns of each table, so that a table with many entries is looked through only once."""

    def __init__(self) -> None:
        self._groups: dict[etree._Element, _Columns] = {}

    def taken(self, entry: etree._Element) -> tuple[int | None, int]:
        """The first column of an entry, None when it names none or an unknown one, and how many it takes."""
        alone, first, last = (entry.get(name) or "" for name in ("colname", "namest", "nameend"))
        name = entry.get("spanname") or ""
        group = next(entry.iterancestors("{*}tgroup"), None) if alone or first or name else None
        if group is None:
            return None, 1
        columns = self._groups.get(group) or self._read(group)
        first, last = columns.spans.get(name, (first, last))
        begin, end = columns.number(first), columns.number(last)
        if begin is None or end is None:
            return columns.number(alone or first), 1
        return begin, max(end - begin + 1, 1)

    def _read(self, group: etree._Element) -> _Columns:
        declared = [spec.get("colname") or "" for spec in group.findall("{*}colspec")]
        order = {name: number for number, name in enumerate(declared) if name}
        spans = {s.get("spanname") or "": (s.get("namest") or "", s.get("nameend") or "") for s in group.findall("{*}spanspec")}
        self._groups[group] = _Columns(order, spans)
        return self._groups[group]
