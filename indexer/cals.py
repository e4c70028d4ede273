"""How many columns an entry of a CALS table spans: it names its first and last column, ``colspec`` gives their order."""

from __future__ import annotations

from dataclasses import dataclass

from lxml import etree


@dataclass(frozen=True, slots=True)
class _Columns:
    order: dict[str, int]
    spans: dict[str, tuple[str, str]]
    """First and last column of each named span."""


class ColumnNames:
    """Remembers the columns of each table, so that one of many entries is looked through once."""

    def __init__(self) -> None:
        self._groups: dict[etree._Element, _Columns] = {}

    def spanned(self, entry: etree._Element) -> int:
        """The number of columns; 1 when the entry names none, or unknown ones."""
        name = entry.get("spanname") or ""
        ends = (entry.get("namest") or "", entry.get("nameend") or "")
        group = next(entry.iterancestors("{*}tgroup"), None) if name or all(ends) else None
        if group is None:
            return 1
        columns = self._groups.get(group) or self._read(group)
        first, last = columns.spans.get(name, ends)
        if first not in columns.order or last not in columns.order:
            return 1
        return max(columns.order[last] - columns.order[first] + 1, 1)

    def _read(self, group: etree._Element) -> _Columns:
        order = {spec.get("colname") or "": number for number, spec in enumerate(group.findall("{*}colspec"))}
        spans = {s.get("spanname") or "": (s.get("namest") or "", s.get("nameend") or "") for s in group.findall("{*}spanspec")}
        self._groups[group] = _Columns(order, spans)
        return self._groups[group]
