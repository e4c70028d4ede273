"""The picture in the README: how long engines take at each size that was measured, from ``benchmarks/results/SIZE.json``.

Written by hand as SVG: a panel for the median and one for the slow questions (p95), bars by engine on a scale of powers of ten,
in colours that read on light and on dark.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from math import ceil, floor, log10
from pathlib import Path
from typing import Any

NAMES = {
    "kamerstukken": "Kamerstukken, plain matching",
    "kamerstukken_full": "Kamerstukken, all of its ranking",
    "fts5": "SQLite FTS5, plain matching",
    "tantivy": "Tantivy, plain matching",
}
_PANELS = (("p50_ms", "Half of the questions take at most (ms)"), ("p95_ms", "19 of 20 questions take at most (ms)"))
_WIDTH, _PANEL, _TOP, _BOTTOM, _LEFT = 720, 190, 34, 26, 48
_STYLE = """
text { font: 12px system-ui, sans-serif; fill: #24292f } .title { font-weight: 600 } .line { stroke: #d0d7de }
.kamerstukken { fill: #0f6b74 } .kamerstukken_full { fill: #5aa9b0 } .fts5 { fill: #a8842c } .tantivy { fill: #8a6d9e }
@media (prefers-color-scheme: dark) {
  text { fill: #e6edf3 } .line { stroke: #3d444d }
  .kamerstukken { fill: #35a7b3 } .kamerstukken_full { fill: #93d3da } .fts5 { fill: #d9b34f } .tantivy { fill: #b99bd0 }
}
"""


def write_plot(folder: Path) -> None:
    """Draw the results in a folder as ``speed.svg`` in it; nothing when there are none."""
    results = [json.loads(file.read_text("utf-8")) for file in folder.glob("[0-9]*.json")]
    if results:
        (folder / "speed.svg").write_text(drawn(results), encoding="utf-8")


def drawn(results: Sequence[Mapping[str, Any]]) -> str:
    """The picture."""
    results = sorted(results, key=lambda result: result["size"])
    engines = [{**result["engines"], "kamerstukken_full": result["kamerstukken_full"]} for result in results]
    names = [name for name in NAMES if any(one.get(name) for one in engines)]
    panels = [
        _panel(
            i * (_TOP + _PANEL + _BOTTOM), title, results, [{n: one[n][figure] for n in names if one.get(n)} for one in engines]
        )
        for i, (figure, title) in enumerate(_PANELS)
    ]
    height = len(_PANELS) * (_TOP + _PANEL + _BOTTOM)
    legend = [
        f'<rect class="{name}" x="{_LEFT + 320 * (i % 2)}" y="{height + 8 + 20 * (i // 2)}" width="12" height="12"/>'
        f'<text x="{_LEFT + 18 + 320 * (i % 2)}" y="{height + 18 + 20 * (i // 2)}">{escape(NAMES[name])}</text>'
        for i, name in enumerate(names)
    ]
    whole = height + 54
    head = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {whole}" width="{_WIDTH}" height="{whole}" role="img">'
    label = f"<title>{escape('; '.join(title for _, title in _PANELS))}</title>"
    return "\n".join([head, label, f"<style>{_STYLE}</style>", *panels, *legend, "</svg>", ""])


def _panel(top: int, title: str, results: Sequence[Mapping[str, Any]], times: Sequence[Mapping[str, float]]) -> str:
    """A group of bars for each size."""
    every = [ms for of_size in times for ms in of_size.values()]
    low, high = floor(log10(min(every))), ceil(log10(max(every)) + 0.01)
    base, room = top + _TOP + _PANEL, _WIDTH - _LEFT

    def height(ms: float) -> float:
        return _PANEL * (log10(ms) - low) / (high - low)

    drawn = [f'<text class="title" x="{_LEFT}" y="{top + 18}">{escape(title)}</text>']
    for power in range(low, high + 1):
        y = base - height(10.0**power)
        drawn.append(f'<line class="line" x1="{_LEFT}" x2="{_WIDTH}" y1="{y:.1f}" y2="{y:.1f}"/>')
        drawn.append(f'<text x="{_LEFT - 6}" y="{y + 4:.1f}" text-anchor="end">{10.0**power:g}</text>')
    group = room / len(times)
    for i, (result, of_size) in enumerate(zip(results, times, strict=True)):
        bar = min(group * 0.8 / len(of_size), 60)
        first = _LEFT + group * i + (group - bar * len(of_size)) / 2
        for j, (name, ms) in enumerate(of_size.items()):
            x, y = first + bar * j, base - height(ms)
            drawn.append(f'<rect class="{name}" x="{x:.1f}" y="{y:.1f}" width="{bar - 4:.1f}" height="{base - y:.1f}"/>')
            drawn.append(f'<text x="{x + bar / 2 - 2:.1f}" y="{y - 4:.1f}" text-anchor="middle">{_short(ms)}</text>')
        label = f"{result['size']:,} papers of {result['text_bytes'] / result['size'] / 1000:.1f} kB"
        drawn.append(f'<text x="{_LEFT + group * (i + 0.5):.1f}" y="{base + 18}" text-anchor="middle">{label}</text>')
    return "\n".join(drawn)


def _short(ms: float) -> str:
    return f"{ms:.1f}" if ms < 10 else f"{ms:.0f}"
