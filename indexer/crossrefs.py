"""The citations of a paper: hyperlinks, complete citations and short forms of the own dossier, joined without overlap.

A link leads: where its text reads as another paper than it points to, the link is believed. ``citations`` knows how citations
are printed.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator

from indexer.citations import FoundCitation, find_citations, find_own
from indexer.identifier import Identifier
from indexer.line import LinkSpan
from indexer.model import Citation, Dossier, Where


def citations_in(
    text: str, links: Iterable[LinkSpan], own: Identifier, dossier: Dossier | None, where: Where, container: int
) -> Iterator[Citation]:
    """The citations in one text, by place; those of the paper ``own`` itself are left out.

    ``dossier`` is the one that "stuk nr. 12" means; ``where`` and ``container`` say what the text is.
    """
    found = _joined(list(_linked(links)), find_citations(text))
    if dossier and dossier.number:
        found += _of_dossier(dossier, find_own(text), found)
    for citation in sorted(found, key=lambda c: (c.start, c.end, c.identifier)):
        if citation.identifier != own:
            yield Citation(citation.identifier, text[citation.start : citation.end], where, container, citation.start)


def _linked(links: Iterable[LinkSpan]) -> Iterator[FoundCitation]:
    for link in links:
        try:
            yield FoundCitation(link.start, link.end, Identifier.parse(link.target))
        except ValueError:
            continue


def _joined(links: list[FoundCitation], printed: list[FoundCitation]) -> list[FoundCitation]:
    """Links and printed citations; where a link's text is the citation, the longer span of the two counts."""
    links.sort(key=lambda c: (c.start, c.end))
    starts = [link.start for link in links]
    ends = [link.end for link in links]
    joined: list[FoundCitation] = []
    spans = [(link.start, link.end) for link in links]
    confirmed: set[int] = set()
    beside: list[tuple[FoundCitation, list[int]]] = []
    for citation in printed:
        over = _overlapping(citation, starts, ends)
        same = [i for i in over if links[i].identifier == citation.identifier]
        for i in same:
            spans[i] = (min(spans[i][0], citation.start), max(spans[i][1], citation.end))
            confirmed.add(i)
        if not over:
            joined.append(citation)
        elif not same:
            beside.append((citation, over))
    # Of "31 066, nrs. 12 en 13" linked to nr. 12, nr. 13 is cited too; a text that confirms no link over it is a slip.
    joined += [citation for citation, over in beside if any(i in confirmed for i in over)]
    joined += [FoundCitation(*span, link.identifier) for span, link in zip(spans, links, strict=True)]
    return joined


def _overlapping(citation: FoundCitation, starts: list[int], ends: list[int]) -> list[int]:
    """Which links share characters with a citation; links do not overlap each other, so both lists ascend."""
    return list(range(bisect_right(ends, citation.start), bisect_right(starts, citation.end - 1)))


def _of_dossier(dossier: Dossier, short: list[tuple[int, int, str]], found: list[FoundCitation]) -> list[FoundCitation]:
    """The short forms that are no part of a longer citation."""
    starts: list[int] = []
    ends: list[int] = []
    for citation in sorted(found, key=lambda c: c.start):
        if ends and citation.start <= ends[-1]:
            ends[-1] = max(ends[-1], citation.end)
        else:
            starts.append(citation.start)
            ends.append(citation.end)
    number, _, sub = dossier.number.partition("-")
    citations = [
        FoundCitation(start, end, Identifier.of(number, n, sub=sub, addition=dossier.addition)) for start, end, n in short
    ]
    return [citation for citation in citations if not _overlapping(citation, starts, ends)]
