"""Lexemes → lexemes that make sense: brackets in pairs, and operators and fields only where they have something to bind.

What makes no sense is left out or becomes a word, and a remark tells. Afterwards the parser cannot fail.
"""

from __future__ import annotations

from dataclasses import replace

from search.query.lexer import Kind, Lexeme
from search.query.limits import MAX_DEPTH
from search.query.tree import Remark

UNOPENED = Remark("Haakje sluiten zonder haakje openen weggelaten.")
UNCLOSED = Remark("Haakje sluiten toegevoegd.")
TOO_DEEP = Remark(f"Haakjes dieper dan {MAX_DEPTH} in elkaar weggelaten.")

_OPERANDS = {Kind.WORD, Kind.PHRASE, Kind.PAPER}
_ENDS = _OPERANDS | {Kind.CLOSE}
_VALUES = _OPERANDS | {Kind.OPEN}
_BINDING = {Kind.AND, Kind.OR, Kind.NOT, Kind.FIELD}
_STARTS = _VALUES | {Kind.FIELD, Kind.MINUS, Kind.NOT}


def repair(lexemes: list[Lexeme]) -> tuple[list[Lexeme], list[Remark]]:
    """The lexemes made sense of, and what had to be done for it."""
    remarks: list[Remark] = []
    return _bound(_bracketed(lexemes, remarks), remarks), remarks


def _bracketed(lexemes: list[Lexeme], remarks: list[Remark]) -> list[Lexeme]:
    """Brackets in pairs, none empty, none too deep."""
    kept: list[Lexeme] = []
    depth = too_deep = 0
    for lexeme in lexemes:
        if lexeme.kind is Kind.OPEN and (too_deep or depth == MAX_DEPTH):
            too_deep += 1
            remarks.append(TOO_DEEP)
        elif lexeme.kind is Kind.OPEN:
            depth += 1
            kept.append(lexeme)
        elif lexeme.kind is Kind.CLOSE and too_deep:
            too_deep -= 1
        elif lexeme.kind is Kind.CLOSE and not depth:
            remarks.append(UNOPENED)
        elif lexeme.kind is Kind.CLOSE:
            depth -= 1
            _close(kept, lexeme)
        else:
            kept.append(lexeme)
    if depth:
        remarks.append(UNCLOSED)
    end = lexemes[-1].end if lexemes else 0
    for _ in range(depth):
        _close(kept, Lexeme(Kind.CLOSE, ")", end, end))
    return kept


def _close(kept: list[Lexeme], close: Lexeme) -> None:
    """Close a bracket; an empty pair goes."""
    if kept[-1].kind is Kind.OPEN:
        kept.pop()
    else:
        kept.append(close)


def _bound(lexemes: list[Lexeme], remarks: list[Remark]) -> list[Lexeme]:
    """Operators and fields that bind nothing become words. Whether something follows is settled from the right, then the left."""
    made: list[Lexeme] = []
    for lexeme in reversed(lexemes):
        following = made[-1] if made else None
        wanted = _VALUES if lexeme.kind is Kind.FIELD else _STARTS
        binds = following is not None and following.kind in wanted
        if lexeme.kind is Kind.MINUS and not (binds and following and following.start == lexeme.end):
            continue
        made.append(_as_word(lexeme, remarks) if lexeme.kind in _BINDING and not binds else lexeme)
    made.reverse()
    for place, lexeme in enumerate(made):
        if lexeme.kind in {Kind.AND, Kind.OR} and (place == 0 or made[place - 1].kind not in _ENDS):
            made[place] = _as_word(lexeme, remarks)
    return made


def _as_word(lexeme: Lexeme, remarks: list[Remark]) -> Lexeme:
    if lexeme.kind is Kind.FIELD:
        remarks.append(Remark(f"Na “{lexeme.text}{'' if ':' in lexeme.text else ':'}” staat geen waarde; gelezen als woord."))
        return replace(lexeme, kind=Kind.WORD, text=lexeme.text.removeprefix("in:"))
    remarks.append(Remark(f"“{lexeme.text}” verbindt hier niets; gelezen als woord."))
    return replace(lexeme, kind=Kind.WORD)
