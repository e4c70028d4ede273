"""Other queries that may be meant: words that name a time as the date of the papers, and "of" as the operator OF.

Nothing of this is done unasked: the reader is shown the query, and chooses.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from operator import itemgetter

from search.query.dates import dates_among, printed_dates, told_dates
from search.query.lexer import Lexeme, LexemeKind
from search.query.references import part_of_dossier
from search.query.tree import And, Dated, Node, Offer, Word, leaves
from search.query.words import trimmed
from search.wording import Language, Remark, Wording

_OF_TIME = Wording("Alleen stukken {}", "Only papers {}")
_OF_DOSSIER = Wording("Alleen stukken uit dossier {}", "Only papers of dossier {}")
_EITHER = Wording("Met OF in hoofdletters is een van beide genoeg", "With OF in capitals either is enough")
_BOTH = Wording("Met EN in hoofdletters komen alle woorden voor", "With EN in capitals all words occur")
_WITHOUT = Wording("Met NIET in hoofdletters zonder het woord erna", "With NIET in capitals without the word after it")
_MEANT = {"of": "OF", "or": "OF", "en": "EN", "and": "EN", "niet": "NIET", "not": "NIET"}
"""Small words, and the operator that each may mean."""
_TOLD = {"OF": _EITHER, "EN": _BOTH, "NIET": _WITHOUT}
_FEW = {"OF": 6, "NIET": 3, "EN": 3}
"""In longer queries these are words of a sentence."""
_NO_OPERATOR_BESIDE = frozenset(("al", "dan", "wel", "en", "of", "niet", "een", "de", "het", "nog", "ook"))
_MOST_OTHERS = 9
"""Words beside those of a time, in a query that is no sentence."""
_DEADLINES = frozenset(("uiterlijk", "per", "nog", "al"))
_QUESTIONS = frozenset((
    "wat", "wie", "welk", "welke", "waar", "waarom", "wanneer", "hoe", "hoeveel", "is", "zijn", "kan", "kunnen", "mag", "moet",
    "moeten", "heeft", "hebben", "wordt", "worden", "gaat", "gaan",
))  # fmt: skip
_PLAIN = {LexemeKind.WORD, LexemeKind.PHRASE, LexemeKind.PAPER}


@dataclass(frozen=True, slots=True)
class NamedTime:
    """Words of a query at text[start:end] that name these days; ``words`` are the places where each of them starts."""

    start: int
    end: int
    words: tuple[int, ...]
    dated: Dated


def times_in(lexemes: Sequence[Lexeme], today: date | None) -> list[NamedTime]:
    """The times that words next to each other name, where the query is no sentence: in one they say when something is to be done.

    The word behind a field is its value.
    """
    found: list[NamedTime] = []
    values = {at + 1 for at, lexeme in enumerate(lexemes) if lexeme.kind is LexemeKind.FIELD}
    plain = (lexeme.kind is LexemeKind.WORD and at not in values for at, lexeme in enumerate(lexemes))
    for is_plain, group in groupby(zip(plain, lexemes, strict=True), itemgetter(0)):
        words = [lexeme for _, lexeme in group] if is_plain else []
        for start, end, dated in dates_among([trimmed(word.text) for word in words], today):
            places = tuple(word.start for word in words[start:end])
            is_deadline = start > 0 and words[start - 1].text.lower() in _DEADLINES
            if not is_deadline and len(lexemes) - len(places) <= _MOST_OTHERS:
                found.append(NamedTime(words[start].start, words[end - 1].end, places, dated))
    return found


def offers(text: str, lexemes: Sequence[Lexeme], node: Node, times: Sequence[NamedTime]) -> tuple[Offer, ...]:
    """The other readings of a query, given its pieces and how it was read."""
    return (*_by_date(text, node, times), *_by_dossier(text, lexemes, node), *_with_operator(text, lexemes))


def _by_dossier(text: str, lexemes: Sequence[Lexeme], node: Node) -> Iterator[Offer]:
    """With the first dossier that is named by its chapter ("36410-VI") as the dossier of the papers."""
    if not isinstance(node, And) or node.explicit:
        return
    plain = [child.text for child in node.children if isinstance(child, Word)]
    for lexeme in lexemes:
        key = part_of_dossier(trimmed(lexeme.text)) if trimmed(lexeme.text) in plain else ""
        if key[-1:].isalpha():
            query = f"{text[: lexeme.start]}dossier:{key}{text[lexeme.end :]}"
            yield Offer(query.strip(), Remark(_OF_DOSSIER, (key,)))
            return


def _by_date(text: str, node: Node, times: Sequence[NamedTime]) -> Iterator[Offer]:
    """With the first time that is named among other words as the date of the papers."""
    if not isinstance(node, And) or node.explicit or any(isinstance(leaf, Dated) for leaf in leaves(node)):
        return
    plain = [child.dated for child in node.children if isinstance(child, Word) and child.dated]
    for time in times:
        if any(dated is time.dated for dated in plain):
            told = Wording(told_dates(time.dated, Language.DUTCH), told_dates(time.dated, Language.ENGLISH))
            query = f"{text[: time.start]}datum:{printed_dates(time.dated)}{text[time.end :]}"
            yield Offer(query.strip(), Remark(_OF_TIME, (told,)))
            return


def _with_operator(text: str, lexemes: Sequence[Lexeme]) -> Iterator[Offer]:
    """With a small "of", "niet" or "en" between words as the operator, where the query is no sentence."""
    words = [lexeme.text for lexeme in lexemes]
    small = next((word for word in words[1:-1] if word in _MEANT), "")
    meant = _MEANT.get(small, "")
    if not small or len(words) > _FEW[meant] or "?" in text or words[0].lower() in _QUESTIONS:
        return
    if any(lexeme.kind not in _PLAIN for lexeme in lexemes):
        return
    places = [at for at in range(1, len(words) - 1) if words[at] == small]
    if any({words[at - 1].lower(), words[at + 1].lower()} & _NO_OPERATOR_BESIDE for at in places):
        return
    query = text
    for at in reversed(places):
        query = query[: lexemes[at].start] + meant + query[lexemes[at].end :]
    yield Offer(query.strip(), Remark(_TOLD[meant]), stricter=meant == "EN")
