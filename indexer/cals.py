"""How many columns an entry of a CALS table spans: it names its first and last column, ``colspec`` gives their order."""

from __future__ import annotations

from lxml import etree


class ColumnNames:
    """Remembers the columns of the table last asked about, so that a table of many entries is looked through once."""

    def __init__(self) -> None:
        self._group: etree._Element | None = None
        self._names: dict[str, int] = {}
        self._spans: dict[str, tuple[str, str]] = {}

    def spanned(self, entry: etree._Element) -> int:
        """The number of columns; 1 when the entry names none, or unknown ones."""
        first, last = entry.get("namest"), entry.get("nameend")
        if not (entry.get("spanname") or (first and last)):
            return 1
        group = next(entry.iterancestors("{*}tgroup"), None)
        if group is None:
            return 1
        if group is not self._group:
            self._read(group)
        first, last = self._spans.get(entry.get("spanname") or "", (first, last))
        if first not in self._names or last not in self._names:
            return 1
        return max(self._names[last] - self._names[first] + 1, 1)

    def _read(self, group: etree._Element) -> None:
        self._group = group
        specs = group.findall("{*}colspec")
        self._names = {spec.get("colname") or "": number for number, spec in enumerate(specs)}
        spans = group.findall("{*}spanspec")
        self._spans = {s.get("spanname") or "": (s.get("namest") or "", s.get("nameend") or "") for s in spans}
