"""What a paper is to other papers, and which publications it cites, as its own file tells.

Relations are read in its identifier, its kind line, its title and its metadata. Only what names the other paper counts: a
"gewijzigde motie" without a number changes one that nobody can tell. A number alone is one of the paper's own dossier. Both
directions of a relation are known only to the catalogue, which also knows whether the other paper is there.

What a text cites is told by hyperlinks, complete citations and short forms of its own dossier, as one. None overlaps another but
where one span names several papers. Where a link leads to another paper than its text names, the link is believed.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence

from indexer.paper.citations import FoundCitation, find_citations, find_own, find_publications
from indexer.paper.identifier import GAP, LABEL, Identifier, identifiers_among
from indexer.paper.model import Citation, Dossier, Relation, RelationKind, Where
from indexer.reading.metadata import Metadata
from indexer.reading.pieces import LinkSpan

_REPLACES = re.compile(r"\bter\s+verv\w{2,10}\s*(?:van\b)?|\bt\.?\s?v\.?\s?v\b\.?", re.IGNORECASE)
_OWN_KIND = re.compile(
    r"(?:(?:nader|gewijzigde?|opnieuw|tweede|derde|vierde|vijfde)\s+){0,6}(?P<sub>sub-?)?(?:motie|amendement)\b", re.IGNORECASE
)
"""How the kind line and the title of a motion or amendment begin."""
_OF_ANOTHER = re.compile(r"\b(?:motie|(?:sub)?amendement)", re.IGNORECASE)
_CHANGES = re.compile(r"\bter\s+wijziging\s+van\b|\((?:gewijzigd,?\s)?(?:was|voorheen)\b|(?=\bgedrukt\s+onder\b)", re.IGNORECASE)
"""How a changed motion or amendment names the one it was made of without replacing it."""
_CORRECTION = re.compile(r"(?:rectificatie|erratum|verbeterblad|nota\s+van\s+verbetering)\b", re.IGNORECASE)
_CORRECTED = re.compile(r"\b(?:op|bij|van|in)\s+(?=(?:stuk\s+)?(?:nrs?|nummer)\b)", re.IGNORECASE)
_ANSWER = re.compile(r"(?:nader\w*\s+)?(?:antwoord|beantwoording|nota\s+naar\s+aanleiding|nota\s+n\.a\.v\.)", re.IGNORECASE)
_ASKED = re.compile(r"\b(?:verslag|vragen)\b", re.IGNORECASE)
_QUESTIONS = re.compile(r"(?<!\w)(?:19|20)\d\d[A-Z]\d{3,6}(?!\w)", re.ASCII)
_NUMBERED = re.compile(
    r"(?P<words>(?:(?:van|die|dat|de|het|eerder|voorkomende?|ge?d\w{3,5}t|on\w{1,4}r|op|stuk|kamerstuk(?:ken)?|motie|amendement)\b[\s(:,]{0,3}){0,8})"
    r"(?:(?P<label>nrs?|nummers?|no|letters?)\b\s?\.{0,2}\s{0,3}(?=\d|[A-Z]{1,2}\b)"
    r"|(?=\d|(?-i:[A-Z]{1,2})\s{0,3}(?:$|\()))",
    re.IGNORECASE,
)
"""What may stand between "ter vervanging van" and the number: "die gedrukt onder nr.", with its misprints."""
_OF_MEMBERS = re.compile(
    r"(?:van\s+)?(?:de|het)\s+(?:\w+\s+){0,3}?(?:motie|amendement)\s+van\s.{1,80}?(?:\(|\b(?:gedrukt\s+)?onder\b|\bop\s+stuk\b)",
    re.IGNORECASE,
)
"""The other paper called by those who submitted it: "de motie van het lid Berg (36 410, nr. 5)"."""
_LABELS = {
    **dict.fromkeys(("nr", "no", "nummer"), "nr. "),
    **dict.fromkeys(("nrs", "nummers"), "nrs. "),
    **dict.fromkeys(("letter", "letters"), "letter "),
}
"""The labels as citations have them."""
_CAPITALS = re.compile(r"\b(?:NRS?|NUMMERS?|LETTERS?|EN|T/M|HOOFDSTUK|KAMERSTUK(?:KEN)?)\b")
"""Words of kind lines that citations are known by in small letters only."""
_BETWEEN = re.compile(r"[\s,;]{0,3}(?:en\b\s{0,3})?")
_WITHIN = 200
"""So many characters hold the names of the papers."""


def relations_of(
    meta: Metadata, identifier: Identifier, kind_line: str, title: str, dossiers: Sequence[Dossier]
) -> tuple[Relation, ...]:
    """The relations that the file tells, each once; none is of the paper to itself."""
    main = main_of(meta, identifier)
    found = [Relation(RelationKind.ATTACHMENT_OF, main)] if main else []
    found += [Relation(RelationKind.HAS_ATTACHMENT, one) for one in identifiers_among(meta.all("OVERHEIDop.bijlage"))]
    found += _of_identifier(identifier)
    own = _own_dossier(identifier, dossiers)
    for head in (kind_line, title):
        found += _of_head(" ".join(head.split()), own)
    found += _of_questions(meta, identifier)
    return tuple(one for one in dict.fromkeys(found) if one.target != identifier)


def main_of(meta: Metadata, identifier: Identifier) -> Identifier | None:
    """The paper that an attachment belongs to: the metadata tells, else an identifier such as ``kst-28844-269-b1``."""
    main = next(iter(identifiers_among(meta.all("OVERHEIDop.hoofddocument"))), None)
    if main is None and identifier.collection == "kst" and identifier.is_attachment:
        main = Identifier(str(identifier).rpartition("-")[0])
    return main if main != identifier else None


def _of_identifier(identifier: Identifier) -> Iterator[Relation]:
    """``kst-36990-9-h1`` is a reprint of ``kst-36990-9``, ``-n1`` corrects it."""
    first, _, suffix = str(identifier).rpartition("-")
    if identifier.collection == "kst" and suffix[1:].isdecimal() and suffix[0] in "hn" and Identifier(first).number:
        yield Relation(RelationKind.REPRINT_OF if suffix[0] == "h" else RelationKind.CORRECTS, Identifier(first))


def _of_questions(meta: Metadata, identifier: Identifier) -> Iterator[Relation]:
    """The metadata of answers names the questions, that of questions the answers."""
    chamber = str(identifier).split("-")[1] if identifier.chamber else ""
    if identifier.collection == "ah" and chamber:
        for number in meta.all("OVERHEIDop.vraagnummer"):
            if _QUESTIONS.fullmatch(number):
                yield Relation(RelationKind.ANSWERS, Identifier(f"kv-{chamber}-{number}"))
    if identifier.collection == "kv":
        for answer in identifiers_among(meta.all("OVERHEIDop.aanhangsel")):
            yield Relation(RelationKind.ANSWERED_BY, answer)


def _own_dossier(identifier: Identifier, dossiers: Sequence[Dossier]) -> Dossier | None:
    """The dossier that a number alone is of."""
    if identifier.dossier and not identifier.session_year:
        return Dossier(identifier.dossier, identifier.addition)
    return dossiers[0] if dossiers and dossiers[0].number else None


def _of_head(head: str, own: Dossier | None) -> Iterator[Relation]:
    """What a kind line or title says."""
    replaces, kind = _REPLACES.search(head), _OWN_KIND.match(head)
    # "Appreciatie van het amendement … ter vervanging van nr. 17" tells what the amendment replaces, not the letter.
    if replaces and (kind or not _OF_ANOTHER.search(head, 0, replaces.start())):
        yield from _related(RelationKind.REPLACES, _named(head[replaces.end() :], own))
    # A subamendement would change an amendment if it were adopted, so it is no version of it.
    elif kind and not kind["sub"] and (changes := _CHANGES.search(head, kind.end())):
        yield from _related(RelationKind.CHANGES, _named(head[changes.end() :], own))
    if _CORRECTION.match(head):
        numbered = _CORRECTED.search(head)
        cited = [one.identifier for one in find_citations(_small(head))[:1]]
        yield from _related(RelationKind.CORRECTS, cited or (_named(head[numbered.end() :], own) if numbered else []))
    if _ANSWER.match(head):
        questions = [Identifier(f"kv-tk-{number}") for number in _QUESTIONS.findall(head)]
        questions += [one.identifier for one in find_publications(head) if one.identifier.collection == "kv"]
        named = (_named(head[asked.end() :], own) for asked in _ASKED.finditer(head))
        yield from _related(RelationKind.ANSWERS, questions or next(filter(None, named), []))


def _related(kind: RelationKind, targets: Iterable[Identifier]) -> Iterator[Relation]:
    return (Relation(kind, target) for target in targets)


def _named(text: str, own: Dossier | None) -> list[Identifier]:
    """The papers that a text begins with the names of: complete citations, else numbers of the own dossier."""
    text = text[:_WITHIN].lstrip(" (:,")
    called = _OF_MEMBERS.match(text)
    begins = _NUMBERED.match(text[called.end() :].lstrip() if called else text)
    if not begins:
        return []
    label = _LABELS[begins["label"].lower()] if begins["label"] else ""
    rest = _small(begins.string[begins.end() :])
    cited = _first_citations(f"{label}{rest}") or _first_citations(rest)
    if cited or not own or not (label or begins["words"] or called):
        return cited
    number, _, sub = own.number.partition("-")
    numbers = [one for start, _, one in find_own(f"stuk {label or 'nr. '}{rest}") if start < _WITHIN]
    composed = [Identifier.of(number, one, sub=sub, addition=own.addition) for one in numbers]
    return [one for one in composed if one.can_exist]


def _first_citations(text: str) -> list[Identifier]:
    """The citations that a text begins with, one after the other."""
    named: list[Identifier] = []
    end = 0
    for citation in find_citations(text):
        if citation.start > end and not _BETWEEN.fullmatch(text, end, citation.start):
            break
        named.append(citation.identifier)
        end = max(end, citation.end)
    return named


def _small(text: str) -> str:
    return _CAPITALS.sub(lambda found: found.group().lower(), text)


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
