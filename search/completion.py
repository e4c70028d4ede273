"""What is being typed in the box → whole queries to go on with.

``complete`` decides what of the text is to be completed, the rest stays as typed; ``completions`` finds what a beginning may
become: values of the fields that are completed as a whole (``fields.Asked.completes``), and words of the collection. Which values
and words there are, the engine tells.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from search.fields import FIELDS, Asked, Field
from search.ports import FacetValue, Suggestion
from search.query.lexer import QUOTES
from search.values import folded
from search.vocabulary import Vocabulary

_MIN_PREFIX = 2
_WHOLE = tuple(field for field in FIELDS if field.asked and field.asked.completes)


def completions(
    prefix: str, limit: int, values: Callable[[str], Iterable[FacetValue]], vocabulary: Vocabulary
) -> list[Suggestion]:
    """What a prefix of two letters or more may become, the likeliest first: at most half of them values, then words.

    ``values`` gives the values of a field that papers have, with their labels and counts.
    """
    start = folded(prefix)
    if len(start) < _MIN_PREFIX or limit <= 0:
        return []
    found = [one for field in _WHOLE if field.asked for one in _of_field(field, field.asked, start, values(field.name))]
    found.sort(key=_likeliest_first)
    words = vocabulary.beginning(start)
    terms = [Suggestion("term", word, word, count) for word, count in zip(words, vocabulary.counts(words), strict=True)]
    terms.sort(key=_likeliest_first)
    return (found[: max(limit // 2, 1)] + terms)[:limit]


def _likeliest_first(suggestion: Suggestion) -> tuple[int, str]:
    return -suggestion.count, suggestion.text


def _of_field(field: Field, asked: Asked, start: str, values: Iterable[FacetValue]) -> Iterator[Suggestion]:
    """The values that begin so, or whose label does; a value of words also from each of its words on ("rij": van Rij)."""
    name = asked.names[0]
    for one in values:
        value, label = folded(one.value), folded(one.label)
        if asked.whole and (value.startswith(start.replace(" ", "")) or label.startswith(start)):
            shown = one.value if one.label == one.value else f"{one.value} {one.label}"
            yield Suggestion(asked.completes, f"{name}:{one.value}", shown, one.count)
        elif not asked.whole and any(rest.startswith(start) for rest in _from_each_word(value)):
            yield Suggestion(asked.completes, f'{name}:"{one.value}"', one.label, one.count)


def _from_each_word(text: str) -> Iterator[str]:
    words = text.split()
    return (" ".join(words[i:]) for i in range(len(words)))


Suggest = Callable[[str, int], list[Suggestion]]
"""Completions of a prefix, at most so many; see ``ports.Searcher.suggest``."""

_LAST = re.compile(r"(?P<head>.*?)(?P<sign>(?<!\w)[-(]*)(?P<field>[a-z]+:)?(?P<word>[^\s()]*)", re.DOTALL | re.IGNORECASE)
_LONGEST = 100
"""Characters of a last word that is completed: no word is longer, and reading one takes the cube of its length at worst."""

_ASKED = {name: one.asked for one in FIELDS if one.asked for name in one.asked.names}
_KINDS = {name: asked.completes for name, asked in _ASKED.items() if asked.completes}
"""The fields whose values the engine completes as a whole; after others, words are completed."""
_FIELDS = frozenset(("titel", *_KINDS, *(name for name, asked in _ASKED.items() if not asked.whole)))


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
