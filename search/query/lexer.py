r"""Query text → lexemes: words, phrases, citations, fields, operators and brackets, with their place in the text.

``lex`` knows what every stretch of text can be by itself, not whether it makes sense there. ``repair`` sees to that: brackets in
pairs, and operators and fields only where they have something to bind. What makes no sense is left out or becomes a word, and a
remark tells; afterwards the parser cannot fail. A stretch that starts with a sign is never syntax: ``\EN`` and ``,titel:x`` are
words, which gives printed queries their escape.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, replace
from enum import Enum, auto

from indexer.paper.citations import FoundCitation, find_citations
from indexer.paper.identifier import Identifier
from search.analysis.chain import HYPHENS, SPACE, SPACED_NUMBER
from search.fields import query_names
from search.query.tree import MAX_DEPTH
from search.wording import Remark, Wording

QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
"""Every double quotation mark opens or closes a phrase."""


class LexemeKind(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    PAPER = auto()
    OPEN = auto()
    CLOSE = auto()
    MINUS = auto()
    FIELD = auto()
    AND = auto()
    OR = auto()
    NOT = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query, text[start:end]; ``text`` is what counts of it: the word as typed, the inside of a phrase, the
    name of a field ("titel", "in:voetnoot"). ``slop`` belongs to phrases, ``identifiers`` to citations.
    """

    kind: LexemeKind
    text: str
    start: int
    end: int
    slop: int = 0
    identifiers: tuple[Identifier, ...] = ()


OPERATORS = {
    "EN": LexemeKind.AND,
    "AND": LexemeKind.AND,
    "OF": LexemeKind.OR,
    "OR": LexemeKind.OR,
    "NIET": LexemeKind.NOT,
    "NOT": LexemeKind.NOT,
}
"""In capitals only: "en" and "of" are words of every sentence."""

SYNTAX = ("titel", "datum", "jaar", "citeert")
"""Names that look like fields and are syntax of their own."""

_NAMES = "|".join((*query_names(), *SYNTAX))
_SCOPES = {"voetnoot": "voetnoot", "voetnoten": "voetnoot", "kop": "kop", "koppen": "kop", "titel": "titel", "bijlage": "bijlage"}

_FIELD = re.compile(rf"(?:(?P<name>{_NAMES}):|in:\s*(?P<scope>{'|'.join(_SCOPES)})(?![\w:]))\s*", re.IGNORECASE)
"""``titel:``, ``Dossier: ``, ``in:voetnoot ``."""

_SPACED = re.compile(rf"[€$£ƒ]?(?P<number>{SPACED_NUMBER}(?:[{HYPHENS}]\w+)?)")
"""``31 066``, ``21 501-02``, ``€12 000``, ``1 200 000``: one word in spite of its spaces."""

_DOSSIER_FIELD = re.compile(r"dossier:\s*$", re.IGNORECASE)
_DOSSIER = re.compile(rf"(?P<number>\d\d{SPACE}\d{{3}}(?:[{HYPHENS}]\w+)?)(?!\w)")
"""What follows ``dossier:``; in ``dossier:26 643 100 miljoen`` the amount is no part of it."""

_WORD = re.compile(rf"[^\s(){QUOTES}](?:[^\s(){QUOTES}]|(?<=[^\W_])\([^\W_]{{1,12}}\))*")
"""``Cool:Gen?``, ``gemeente(n)``, ``-``."""

_MINUS = re.compile(rf"-(?=[\w({QUOTES}'\u2019])")
_EXCLUDED = re.compile(r"(?<![^\s(])-(?=\w)")
"""The minus of ``-31066-1412``, which is no part of a number."""

_PART_OF_WORD = re.compile(r"-[^\W_]")
_SLOP = re.compile(r"~(\d{1,6})?")
_OFFICIAL = re.compile(r"(?:kst|blg)-\d[\w-]*|(?:ah|h|kv)-(?:tk|ek)-\d[\w-]*", re.ASCII | re.IGNORECASE)
"""Identifiers that are typed as the publisher writes them; ``cool-gen`` and ``covid-19`` are none."""

_LETTERED = re.compile(r"\d\d\s?\d{3}(?:-(?:\d{2,4}|[ivxlcab]{1,7})){0,2}-(?:[a-z]|\d{1,4})")
"""``91066-a``, ``36410-xvi-2``: letters that identifiers have in capitals."""

_BETWEEN = re.compile(r"\s*(?:[,/\u2013-]|,?\s*en)\s*")
"""What joins two citations: "nr. 12 en nr. 14"."""

_PLAINLY = re.compile(r".*\d\s+(?:[A-Za-z]+|\d{3})\.?", re.DOTALL)
"""``31066 ICT`` and ``12 345 678`` are words, though ``36410 A`` could be a paper."""


def clean(text: str) -> str:
    """The text without signs that no one types: control characters and halves of surrogate pairs become spaces.

    Letters with their diacritics become one character each (NFC).
    """
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)


def lex(text: str) -> tuple[list[Lexeme], bool]:
    """The lexemes of a cleaned query, and whether a quotation mark without a partner was passed over."""
    if whole := _whole(text):
        return [whole], False
    quotes = [found.start() for found in re.finditer(f"[{QUOTES}]", text)]
    odd = len(quotes) % 2 == 1
    closing = dict(zip(quotes[::2], quotes[1::2], strict=False))
    citations = _clusters(text)
    return list(_lexemes(text, closing, citations)), odd


def _whole(text: str) -> Lexeme | None:
    """The query as one citation: ``31066-1412``, ``31 066 nr. 1412``."""
    bare = text.strip(" \t\n\u00a0.,;?!()[]")
    if not any(char.isdigit() or char == "," for char in bare) or _PLAINLY.fullmatch(bare):
        return None
    try:
        identifier = Identifier.parse(bare.upper() if _LETTERED.fullmatch(bare) else bare)
    except ValueError:
        return None
    printed = bare.casefold() != identifier.official.casefold()
    known = printed or identifier.collection == "kst" or _OFFICIAL.fullmatch(bare)
    return Lexeme(LexemeKind.PAPER, bare, 0, len(text), identifiers=(identifier,)) if known else None


def _clusters(text: str) -> dict[int, tuple[int, tuple[Identifier, ...]]]:
    """The citations in the text by start, with end; citations that are joined ("nr. 12 en nr. 14") are one."""
    clusters: dict[int, tuple[int, tuple[Identifier, ...]]] = {}
    start = end = official = -1
    for citation in find_citations(_EXCLUDED.sub(" ", text)):
        if citation.end <= official:
            continue
        if text.startswith("kst-", citation.start):
            official = citation.end
        if end >= 0 and _joined(text, end, citation):
            end = max(end, citation.end)
            clusters[start] = (end, tuple(dict.fromkeys((*clusters[start][1], citation.identifier))))
        else:
            start, end = citation.start, citation.end
            clusters[start] = (end, (citation.identifier,))
    return clusters


def _joined(text: str, end: int, citation: FoundCitation) -> bool:
    return citation.start <= end or _BETWEEN.fullmatch(text, end, citation.start) is not None


def _lexemes(text: str, closing: dict[int, int], citations: dict[int, tuple[int, tuple[Identifier, ...]]]) -> Iterator[Lexeme]:
    place = 0
    while place < len(text):
        char = text[place]
        if char.isspace():
            place += 1
            continue
        if char in QUOTES:
            lexeme = _phrase(text, place, closing.get(place))
        elif char in "()":
            lexeme = Lexeme(LexemeKind.OPEN if char == "(" else LexemeKind.CLOSE, char, place, place + 1)
        elif place in citations:
            end, identifiers = citations[place]
            end += text[place:end].count("(") > text[place:end].count(")") and text.startswith(")", end)  # 31 066 (nr. 12)
            lexeme = Lexeme(LexemeKind.PAPER, text[place:end], place, end, identifiers=identifiers)
        else:
            lexeme = _syntax(text, place) or _word(text, place)
        if lexeme.kind is not LexemeKind.WORD or any(map(str.isalnum, lexeme.text)):
            yield lexeme
        place = lexeme.end


def _phrase(text: str, place: int, close: int | None) -> Lexeme:
    """The phrase that opens here. A mark that has no partner is an empty word, and so is one of a quotation that is part of a
    word (``"buy now, pay later"-model``): that is prose, not syntax."""
    if close is None or _PART_OF_WORD.match(text, close + 1):
        return Lexeme(LexemeKind.WORD, "", place, place + 1)
    slop = _SLOP.match(text, close + 1)
    inside = text[place + 1 : close]
    kind = LexemeKind.PHRASE if any(map(str.isalnum, inside)) else LexemeKind.WORD
    return Lexeme(kind, inside, place, slop.end() if slop else close + 1, slop=int(slop[1] or 0) if slop else 0)


def _syntax(text: str, place: int) -> Lexeme | None:
    """A field, or a minus that is stuck to what it excludes."""
    if found := _FIELD.match(text, place):
        name = found["name"] or f"in:{_SCOPES[found['scope'].lower()]}"
        return Lexeme(LexemeKind.FIELD, name.lower(), place, found.end())
    if _MINUS.match(text, place) and (place == 0 or text[place - 1] not in QUOTES):
        return Lexeme(LexemeKind.MINUS, "-", place, place + 1)
    return None


def _word(text: str, place: int) -> Lexeme:
    spaced = _DOSSIER if _DOSSIER_FIELD.search(text, max(0, place - 10), place) else _SPACED
    if found := spaced.match(text, place):
        return Lexeme(LexemeKind.WORD, "".join(found["number"].split()), place, found.end())
    found = _WORD.match(text, place)
    word = found.group() if found else text[place]
    end = place + len(word)
    if _OFFICIAL.fullmatch(word.rstrip(".,;?!")):
        try:
            return Lexeme(LexemeKind.PAPER, word, place, end, identifiers=(Identifier.parse(word.rstrip(".,;?!")),))
        except ValueError:
            pass
    return Lexeme(OPERATORS.get(word, LexemeKind.WORD), word, place, end)


UNOPENED = Remark(
    Wording("Haakje sluiten zonder haakje openen weggelaten.", "Left out a closing bracket that no bracket opened.")
)
UNCLOSED = Remark(Wording("Haakje sluiten toegevoegd.", "Added a closing bracket."))
TOO_DEEP = Remark(
    Wording(
        f"Haakjes dieper dan {MAX_DEPTH} in elkaar weggelaten.", f"Left out brackets more than {MAX_DEPTH} deep in each other."
    )
)
_NO_VALUE = Wording("Na “{}” staat geen waarde; gelezen als woord.", "“{}” has no value after it; read as a word.")
_BINDS_NOTHING = Wording("“{}” verbindt hier niets; gelezen als woord.", "“{}” joins nothing here; read as a word.")

_OPERANDS = {LexemeKind.WORD, LexemeKind.PHRASE, LexemeKind.PAPER}
_ENDS = _OPERANDS | {LexemeKind.CLOSE}
_VALUES = _OPERANDS | {LexemeKind.OPEN}
_BINDING = {LexemeKind.AND, LexemeKind.OR, LexemeKind.NOT, LexemeKind.FIELD}
_STARTS = _VALUES | {LexemeKind.FIELD, LexemeKind.MINUS, LexemeKind.NOT}


def repair(lexemes: list[Lexeme]) -> tuple[list[Lexeme], list[Remark]]:
    """The lexemes made sense of, and what had to be done for it."""
    remarks: list[Remark] = []
    return _bound(_bracketed(lexemes, remarks), remarks), remarks


def _bracketed(lexemes: list[Lexeme], remarks: list[Remark]) -> list[Lexeme]:
    """Brackets in pairs, none empty, none too deep."""
    kept: list[Lexeme] = []
    depth = too_deep = 0
    for lexeme in lexemes:
        if lexeme.kind is LexemeKind.OPEN and (too_deep or depth == MAX_DEPTH):
            too_deep += 1
            remarks.append(TOO_DEEP)
        elif lexeme.kind is LexemeKind.OPEN:
            depth += 1
            kept.append(lexeme)
        elif lexeme.kind is LexemeKind.CLOSE and too_deep:
            too_deep -= 1
        elif lexeme.kind is LexemeKind.CLOSE and not depth:
            remarks.append(UNOPENED)
        elif lexeme.kind is LexemeKind.CLOSE:
            depth -= 1
            _close(kept, lexeme)
        else:
            kept.append(lexeme)
    if depth:
        remarks.append(UNCLOSED)
    end = lexemes[-1].end if lexemes else 0
    for _ in range(depth):
        _close(kept, Lexeme(LexemeKind.CLOSE, ")", end, end))
    return kept


def _close(kept: list[Lexeme], close: Lexeme) -> None:
    """Close a bracket; an empty pair goes."""
    if kept[-1].kind is LexemeKind.OPEN:
        kept.pop()
    else:
        kept.append(close)


def _bound(lexemes: list[Lexeme], remarks: list[Remark]) -> list[Lexeme]:
    """Operators and fields that bind nothing become words. Whether something follows is settled from the right, then the left."""
    made: list[Lexeme] = []
    for lexeme in reversed(lexemes):
        following = made[-1] if made else None
        wanted = _VALUES if lexeme.kind is LexemeKind.FIELD else _STARTS
        binds = following is not None and following.kind in wanted
        if lexeme.kind is LexemeKind.MINUS and not (binds and following and following.start == lexeme.end):
            continue
        made.append(_as_word(lexeme, remarks) if lexeme.kind in _BINDING and not binds else lexeme)
    made.reverse()
    for place, lexeme in enumerate(made):
        if lexeme.kind in {LexemeKind.AND, LexemeKind.OR} and (place == 0 or made[place - 1].kind not in _ENDS):
            made[place] = _as_word(lexeme, remarks)
    return made


def _as_word(lexeme: Lexeme, remarks: list[Remark]) -> Lexeme:
    if lexeme.kind is LexemeKind.FIELD:
        remarks.append(Remark(_NO_VALUE, (f"{lexeme.text}{'' if ':' in lexeme.text else ':'}",)))
        return replace(lexeme, kind=LexemeKind.WORD, text=lexeme.text.removeprefix("in:"))
    remarks.append(Remark(_BINDS_NOTHING, (lexeme.text,)))
    return replace(lexeme, kind=LexemeKind.WORD)
