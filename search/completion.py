"""What is being typed in the box → whole queries to go on with: the engine completes the last word, the rest stays as typed.

Decides what of the text is to be completed; which words, dossiers and persons there are, the engine tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from search.ports import Suggestion
from search.query.lexer import QUOTES

Suggest = Callable[[str, int], list[Suggestion]]
"""Completions of a prefix, at most so many; see ``ports.Searcher.suggest``."""

_LAST = re.compile(r"(?P<head>.*?)(?P<sign>(?<!\w)[-(]*)(?P<field>[a-z]+:)?(?P<word>[^\s()]*)", re.DOTALL | re.IGNORECASE)
_LONGEST = 100
"""Characters of a last word that is completed: no word is longer, and reading one takes the cube of its length at worst."""

_KINDS = {"dossier": "dossier", "minister": "person"}
"""The fields whose values the engine completes as a whole; after others, words are completed."""
_FIELDS = frozenset(("titel", "soort", "ambt", "indiener", *_KINDS))


@dataclass(frozen=True, slots=True)
class _Last:
    """The last word typed: what stands before it, the field it is a value of, and whether a quotation is open."""

    head: str
    field: str
    word: str
    quoted: bool


def complete(typed: str, suggest: Suggest, limit: int) -> list[Suggestion]:
    """Queries that begin as typed, likeliest first; none after a space, where anything may follow."""
    if not typed.strip() or typed[-1].isspace() or limit <= 0:
        return []
    last = _last(typed)
    if last is None:
        return []
    if last.field in _KINDS:
        whole = [s for s in suggest(last.word, limit) if s.kind == _KINDS[last.field]]
        return [replace(s, text=last.head + s.text) for s in whole]
    terms = [s for s in suggest(last.word, limit) if s.kind == "term"]
    head = f"{last.head}{last.field}:" if last.field else last.head
    continued = [replace(s, text=head + s.text, label=head + s.label) for s in terms]
    if last.quoted or last.field:
        return continued
    whole = [s for s in suggest(typed.strip(), limit) if s.kind != "term"]
    if last.head.strip():  # after other words, a name or dossier narrows what they find
        whole += [replace(s, text=last.head + s.text) for s in suggest(last.word, limit) if s.kind != "term"]
    return _once([*whole[: max(limit // 2, 1)], *continued])[:limit]


def _last(typed: str) -> _Last | None:
    """The last word; None when it is too long for one."""
    quoted = sum(typed.count(sign) for sign in QUOTES) % 2 == 1
    start = max((typed.rfind(sign) + 1 for sign in (*QUOTES, " ", "\u00a0", "\t", "\n")), default=0)
    if len(typed) - start > _LONGEST:
        return None
    found = _LAST.fullmatch(typed[start:])
    if found is None:
        return _Last(typed, "", "", quoted)
    field = (found["field"] or "")[:-1].lower()
    if quoted or field not in _FIELDS:
        before = found["head"] + found["sign"]
        return _Last(typed[:start] + before, "", typed[start + len(before) :], quoted)
    return _Last(typed[:start] + found["head"] + found["sign"], field, found["word"], quoted)


def _once(suggestions: Iterable[Suggestion]) -> list[Suggestion]:
    return list({suggestion.text: suggestion for suggestion in reversed(list(suggestions))}.values())[::-1]
