"""Which publications one text of a paper cites: hyperlinks, complete citations and short forms of its own dossier, as one.

None overlaps another but where one span names several papers. Where a link leads to another paper than its text names, the link
is believed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from indexer.paper.citations import FoundCitation, find_citations, find_own
from indexer.paper.identifier import GAP, LABEL, Identifier
from indexer.paper.model import Citation, Dossier, Where
from indexer.paper.publications import find_publications
from indexer.reading.pieces import LinkSpan

_WITHIN_REFERENCE = re.compile(rf"{GAP}[,(]?{GAP}\(?(?:{LABEL})?")
"""What stands between two links of one reference: "21 501-08, nr. 719", each number linked."""


def citations_in(
    text: str, links: Iterable[LinkSpan], own: Identifier, dossier: Dossier | None, where: Where, container: int
) -> Iterator[Citation]:
    """The citations in one text, in their order; the paper ``own`` does not cite itself.

    ``dossier`` is the one that "stuk nr. 12" means; ``where`` and ``container`` say what the text is.
    """
    found = _joined(_linked(text, links), _printed(text))
    if dossier and dossier.number:
        found += _of_dossier(dossier, find_own(text), found)
    for citation in sorted(set(found), key=lambda c: (c.start, c.end, c.identifier)):
        if citation.identifier != own:
            yield Citation(citation.identifier, text[citation.start : citation.end], where, container, citation.start)


def _linked(text: str, links: Iterable[LinkSpan]) -> list[FoundCitation]:
    """The links, in order; several ones to one publication within one reference are one."""
    found: list[FoundCitation] = []
    for link in sorted(links, key=lambda one: (one.start, one.end)):
        last = found[-1] if found else None
        if last and last.identifier == link.target and _WITHIN_REFERENCE.fullmatch(text, last.end, link.start):
            found[-1] = FoundCitation(last.start, link.end, link.target)
        else:
            found.append(FoundCitation(link.start, link.end, link.target))
    return found


def _printed(text: str) -> list[FoundCitation]:
    """What the text names without links; "Stcrt. 2019, 12345-6" is no paper."""
    publications = find_publications(text)
    papers = find_citations(text)
    return publications + _beside(papers, publications) if publications else papers


def _joined(links: list[FoundCitation], printed: list[FoundCitation]) -> list[FoundCitation]:
    """Links and printed citations; where a link's text is the citation, the longer span of the two counts."""
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
    number, _, sub = dossier.number.partition("-")
    composed = ((start, end, Identifier.of(number, n, sub=sub, addition=dossier.addition)) for start, end, n in short)
    return _beside([FoundCitation(*one) for one in composed if one[2].can_exist], found)


def _beside(citations: list[FoundCitation], found: list[FoundCitation]) -> list[FoundCitation]:
    """The citations that share no character with those that were found before."""
    starts: list[int] = []
    ends: list[int] = []
    for citation in sorted(found, key=lambda c: c.start):
        if ends and citation.start <= ends[-1]:
            ends[-1] = max(ends[-1], citation.end)
        else:
            starts.append(citation.start)
            ends.append(citation.end)
    return [citation for citation in citations if not _overlapping(citation, starts, ends)]
