"""What a paper is to other papers, as its own file tells: in its identifier, its kind line, its title and its metadata.

Only what names the other paper counts: a "gewijzigde motie" without a number changes one that nobody can tell. A number alone
is one of the paper's own dossier. Both directions of a relation are known only to the catalogue, which also knows whether the
other paper is there.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from indexer.paper.citations import find_citations, find_own
from indexer.paper.identifier import Identifier, identifiers_among
from indexer.paper.model import Dossier, Relation, RelationKind
from indexer.paper.publications import find_publications
from indexer.reading.metadata import Metadata

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
    r"(?P<words>(?:(?:van|die|dat|de|het|eerder|ge?d\w{3,5}t|on\w{1,4}r|op|stuk|kamerstuk(?:ken)?|motie|amendement)\b[\s(:,]{0,3}){0,8})"
    r"(?:(?P<label>nrs?|nummers?|no|letters?)\b\s?\.{0,2}\s{0,3}(?=\d|[A-Z]{1,2}\b)|(?=\d))",
    re.IGNORECASE,
)
"""What may stand between "ter vervanging van" and the number: "die gedrukt onder nr.", with its misprints."""
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


def replaced_by(kind_line: str, title: str, dossiers: Sequence[Dossier]) -> tuple[Identifier, ...]:
    """The papers that a paper with this head replaces; nearly always none or one."""
    own = dossiers[0] if dossiers and dossiers[0].number else None
    found = [one for head in (kind_line, title) for one in _of_head(" ".join(head.split()), own)]
    return tuple(dict.fromkeys(one.target for one in found if one.kind is RelationKind.REPLACES))


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
    begins = _NUMBERED.match(text[:_WITHIN].lstrip(" (:,"))
    if not begins:
        return []
    label = _LABELS[begins["label"].lower()] if begins["label"] else ""
    rest = _small(begins.string[begins.end() :])
    cited = _first_citations(f"{label}{rest}")
    if cited or not own or not (label or begins["words"]):
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
