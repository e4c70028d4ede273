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
from dataclasses import dataclass, field, replace
from enum import Enum, auto

from indexer.paper.identifier import Identifier
from search.analysis.folding import HYPHENS
from search.analysis.terms import SPACE, SPACED_NUMBER
from search.fields import query_names
from search.query.foreign import FIELD_NAMES, UNKNOWN_NAMES, distance_at, no_field, no_nearness, read_as_nearness
from search.query.references import Reference, read_address, read_official, read_whole, references_in
from search.query.tree import MAX_DEPTH, MAX_SLOP
from search.query.words import MONEY, left_out, together
from search.wording import Remark, Wording

QUOTES = '"\u201c\u201d\u201e\u201f\u00ab\u00bb'
"""Every double quotation mark opens or closes a phrase."""


class LexemeKind(Enum):
    """What a lexeme is."""

    WORD = auto()
    PHRASE = auto()
    PAPER = auto()
    DOSSIER = auto()
    OPEN = auto()
    CLOSE = auto()
    MINUS = auto()
    FIELD = auto()
    AND = auto()
    OR = auto()
    NOT = auto()
    NEAR = auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of the query, text[start:end]; ``text`` is what counts of it: the word as typed, the inside of a phrase, the
    name of a field ("titel", "in:voetnoot"). ``slop`` belongs to phrases and distances, ``identifiers`` to citations.
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

DATES = ("datum", "jaar")
"""The names of fields whose values are days and periods."""

SYNTAX = ("titel", *DATES, "citeert")
"""Names that look like fields and are syntax of their own."""

_NAMES = (*query_names(), *SYNTAX)
_SCOPES = {"voetnoot": "voetnoot", "voetnoten": "voetnoot", "kop": "kop", "koppen": "kop", "titel": "titel", "bijlage": "bijlage"}

_FIELD = re.compile(
    rf"(?:(?P<name>{'|'.join(_NAMES)})(?::|=(?=[\w\"“]))|(?P<compared>{'|'.join(DATES)})(?=[<>≤≥])"
    rf"|(?P<foreign>{'|'.join(FIELD_NAMES)})[:=](?=[^\s:=])"
    rf"|in:\s*(?P<scope>{'|'.join(_SCOPES)})(?![\w:]))\s*",
    re.IGNORECASE,
)
"""``titel:``, ``Dossier: ``, ``soort=``, ``title:``, ``in:voetnoot ``."""

_NO_FIELD = re.compile(rf"(?P<name>{'|'.join(UNKNOWN_NAMES)}):(?=[\w\"“])", re.IGNORECASE)

_GLUED = re.compile(r"\d[\d.,]{0,20}(?=(?:mln|mld|mrd|mio|miljoen|miljard)\b)", re.IGNORECASE)
"""The number of ``5mln``, which papers print apart."""
_AMOUNT = re.compile(rf"{SPACE}?\d")
_SPACED = re.compile(rf"(?P<sign>§?)ƒ?{SPACE}?(?P<number>{SPACED_NUMBER}(?:[{HYPHENS}]\w+)?)")
"""``31 066``, ``21 501-02``, ``1 200 000``: one word in spite of its spaces."""

_SIGNED = re.compile(rf"§{SPACE}(?=\d)[^\s()|{QUOTES}]+|\d[\d.,]*{SPACE}[%‰](?!\w)")
"""``§ 4``, ``50 %``: one word too."""

_DOSSIER_FIELD = re.compile(r"dossier:\s*$", re.IGNORECASE)
_DOSSIER = re.compile(rf"(?P<sign>)(?P<number>\d\d{SPACE}\d{{3}}(?:[{HYPHENS}]\w+)?)(?!\w)")
"""What follows ``dossier:``; in ``dossier:26 643 100 miljoen`` the amount is no part of it."""

_WORD = re.compile(rf"[^\s()|{QUOTES}](?:[^\s()|{QUOTES}&]|&(?!&)|(?<=[^\W_])\([^\W_]{{1,12}}\))*")
"""``Cool:Gen?``, ``gemeente(n)``, ``-``."""

_MINUS = re.compile(rf"[-!](?=[\w({QUOTES}'\u2019])")
_JOINING_WORDS = frozenset(("en", "of", "en/of"))
_SIGNS = {"||": LexemeKind.OR, "|": LexemeKind.OR, "&&": LexemeKind.AND}
_SIGN = re.compile(r"\|\|?|&&")
"""What other systems write for OF and EN."""

_PART_OF_WORD = re.compile(r"-[^\W_]")
_SLOP = re.compile(r"~(\d{1,6})?")


def clean(text: str) -> str:
    """The text without signs that no one types: control characters and halves of surrogate pairs become spaces.

    Letters with their diacritics become one character each (NFC).
    """
    text = unicodedata.normalize("NFC", text)
    if text.isprintable():
        return text
    return "".join(" " if unicodedata.category(char) in {"Cc", "Cs"} else char for char in text)


ODD_QUOTE = Remark(Wording("Aanhalingsteken zonder tegenhanger weggelaten.", "Left out a quotation mark that no other closes."))


def lex(text: str) -> tuple[list[Lexeme], list[Remark]]:
    """The lexemes of a cleaned query, and remarks on what was passed over."""
    if whole := read_whole(text):
        return _referring(whole), _beside(whole)
    quotes = [found.start() for found in re.finditer(f"[{QUOTES}]", text)]
    lexing = _Lexing(text, dict(zip(quotes[::2], quotes[1::2], strict=False)), references_in(text))
    if len(quotes) % 2:
        lexing.remarks.append(ODD_QUOTE)
    return list(lexing.lexemes()), lexing.remarks


def _referring(reference: Reference, place: int = 0) -> list[Lexeme]:
    """What a reference at this place stands for."""
    start, end = place + reference.start, place + reference.end
    if reference.papers:
        return [Lexeme(LexemeKind.PAPER, "", start, end, identifiers=reference.papers)]
    kind, text = (LexemeKind.DOSSIER, reference.dossier) if reference.dossier else (LexemeKind.WORD, reference.number)
    return [Lexeme(kind, text, start, end)]


_BESIDE = Wording("“{}” naast het nummer van het stuk telt niet mee.", "“{}” beside the number of the paper does not count.")


def _beside(reference: Reference) -> list[Remark]:
    return [Remark(_BESIDE, (reference.beside,))] if reference.beside else []


@dataclass(slots=True)
class _Lexing:
    """One walk along the text; ``closing`` gives each quotation mark its partner."""

    text: str
    closing: dict[int, int]
    references: dict[int, Reference]
    remarks: list[Remark] = field(default_factory=list)
    last: Lexeme = field(default_factory=lambda: Lexeme(LexemeKind.OPEN, "", 0, 0))
    """The one before the place that is read; at the begin anything may stand, as behind a bracket."""

    def lexemes(self) -> Iterator[Lexeme]:
        """The lexemes in order; signs that are no word by themselves are none."""
        place = 0
        while place < len(self.text):
            if self.text[place].isspace():
                place += 1
                continue
            for lexeme in self._at(place):
                place = lexeme.end
                if lexeme.kind is LexemeKind.WORD and not (any(map(str.isalnum, lexeme.text)) or lexeme.text in MONEY):
                    self.remarks += left_out(lexeme.text) if self.last.kind is not LexemeKind.FIELD else []
                    continue
                self.last = lexeme
                yield lexeme

    def _at(self, place: int) -> list[Lexeme]:
        text, char = self.text, self.text[place]
        if char in QUOTES:
            return [_phrase(text, place, self.closing.get(place))]
        if char in "()":
            return [Lexeme(LexemeKind.OPEN if char == "(" else LexemeKind.CLOSE, char, place, place + 1)]
        word = found[0] if (found := _WORD.match(text, place)) else char
        if address := read_address(word):
            return _referring(address, place)
        if reference := self.references.get(place):
            self.remarks += _beside(reference)
            return _referring(reference)
        if syntax := self._syntax(place):
            return [syntax]
        return self._word(place, word)

    def _syntax(self, place: int) -> Lexeme | None:
        """A field, a sign for an operator, a distance, or a minus that is stuck to what it excludes."""
        text = self.text
        if found := _FIELD.match(text, place):
            return Lexeme(LexemeKind.FIELD, _field_name(found), place, found.end())
        if found := _NO_FIELD.match(text, place):
            self.remarks.append(no_field(found["name"].lower(), _NAMES))
            return Lexeme(LexemeKind.WORD, "", place, found.end())
        if found := _SIGN.match(text, place):
            return Lexeme(_SIGNS[found[0]], found[0], place, found.end())
        if distance := distance_at(text, place):
            return Lexeme(LexemeKind.NEAR, distance.sign, place, place + len(distance.sign), slop=distance.words)
        if _MINUS.match(text, place) and self._may_exclude(place):
            return Lexeme(LexemeKind.MINUS, text[place], place, place + 1)
        return None

    def _may_exclude(self, place: int) -> bool:
        """Whether a minus here excludes; what is glued to the end of a word, as in ``36321-(R2181)-11``, is a hyphen, and so is
        that of "zorgaanbieders en -verzekeraars"."""
        last, glued = self.last, place == self.last.end
        if last.kind is LexemeKind.FIELD and glued:  # datum:-2024
            return not self.text[place + 1 : place + 5].isdigit()
        if last.kind is LexemeKind.WORD and last.text in _JOINING_WORDS:
            return False
        return (glued and last.kind not in _ENDS) or place == 0 or self.text[place - 1].isspace()

    def _word(self, place: int, word: str) -> list[Lexeme]:
        text = self.text
        if text[place] in MONEY and _AMOUNT.match(text, place + 1):
            return [Lexeme(LexemeKind.WORD, text[place], place, place + 1)]
        spaced = _DOSSIER if _DOSSIER_FIELD.search(text, max(0, place - 10), place) else _SPACED
        if found := spaced.match(text, place):
            return [Lexeme(LexemeKind.WORD, found["sign"] + "".join(found["number"].split()), place, found.end())]
        if found := _SIGNED.match(text, place):
            return [Lexeme(LexemeKind.WORD, together(found[0]), place, found.end())]
        if found := _GLUED.match(word):
            return [Lexeme(LexemeKind.WORD, found[0], place, place + found.end())]
        if reference := read_official(word):
            return _referring(reference, place)
        return [Lexeme(OPERATORS.get(word, LexemeKind.WORD), word, place, place + len(word))]


def _field_name(found: re.Match[str]) -> str:
    if scope := found["scope"]:
        return f"in:{_SCOPES[scope.lower()]}"
    name = (found["name"] or found["compared"] or found["foreign"]).lower()
    return FIELD_NAMES.get(name, name)


def _phrase(text: str, place: int, close: int | None) -> Lexeme:
    """The phrase that opens here. A mark that has no partner is an empty word, and so is one of a quotation that is part of a
    word (``"buy now, pay later"-model``): that is prose, not syntax."""
    if close is None or _PART_OF_WORD.match(text, close + 1):
        return Lexeme(LexemeKind.WORD, "", place, place + 1)
    slop = _SLOP.match(text, close + 1)
    inside = text[place + 1 : close]
    kind = LexemeKind.PHRASE if any(map(str.isalnum, inside)) else LexemeKind.WORD
    return Lexeme(kind, inside, place, slop.end() if slop else close + 1, slop=int(slop[1] or 0) if slop else 0)


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
_SIGN_BINDS_NOTHING = Wording("“{}” verbindt hier niets; weggelaten.", "“{}” joins nothing here; left out.")

_OPERANDS = {LexemeKind.WORD, LexemeKind.PHRASE, LexemeKind.PAPER, LexemeKind.DOSSIER}
_ENDS = _OPERANDS | {LexemeKind.CLOSE}
_VALUES = _OPERANDS | {LexemeKind.OPEN}
_BINDING = {LexemeKind.AND, LexemeKind.OR, LexemeKind.NOT, LexemeKind.FIELD}
_STARTS = _VALUES | {LexemeKind.FIELD, LexemeKind.MINUS, LexemeKind.NOT}


def repair(lexemes: list[Lexeme]) -> tuple[list[Lexeme], list[Remark]]:
    """The lexemes made sense of, and what had to be done for it."""
    remarks: list[Remark] = []
    return _bound(_bracketed(_near(lexemes, remarks), remarks), remarks), remarks


_SPREADABLE = {LexemeKind.WORD, LexemeKind.PHRASE}


def _near(lexemes: list[Lexeme], remarks: list[Remark]) -> list[Lexeme]:
    """Two words with a distance between them as one phrase that has room for so many words."""
    made: list[Lexeme] = []
    read: dict[int, Remark] = {}
    for place, lexeme in enumerate(lexemes):
        before = made[-1] if made else None
        after = lexemes[place + 1] if place + 1 < len(lexemes) else None
        if before and before.kind is LexemeKind.NEAR:  # its first word has been taken in already
            made.pop()
            joined = made.pop()
            slop = min(joined.slop + before.slop, MAX_SLOP)
            made.append(
                replace(lexeme, kind=LexemeKind.PHRASE, text=f"{joined.text} {lexeme.text}", start=joined.start, slop=slop)
            )
            read[joined.start] = read_as_nearness(before.text, slop)
        elif lexeme.kind is not LexemeKind.NEAR or (before and after and _spreadable(before) and _spreadable(after)):
            made.append(lexeme)
        elif lexeme.text.isalpha() and not (after and after.kind is LexemeKind.OPEN):
            made.append(_as_word(lexeme, remarks))
        else:
            remarks.append(no_nearness(lexeme.text))
    remarks += read.values()
    return made


def _spreadable(lexeme: Lexeme) -> bool:
    return lexeme.kind in _SPREADABLE and not any(sign in lexeme.text for sign in "*~")


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
    is_word = lexeme.text.isalpha()
    remarks.append(Remark(_BINDS_NOTHING if is_word else _SIGN_BINDS_NOTHING, (lexeme.text,)))
    return replace(lexeme, kind=LexemeKind.WORD, text=lexeme.text if is_word else "")
