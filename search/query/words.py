"""One word or phrase as typed → its node: the punctuation around it goes, the signs that belong to it stay."""

from __future__ import annotations

import re
import unicodedata

from indexer.catalogue.tweede_kamer import is_number
from search.analysis.terms import SPACED_NUMBER
from search.query.tree import MAX_SLOP, MAX_WORD, MIN_FUZZY, MIN_PREFIX, Fuzzy, Phrase, Prefix, Registered, Word
from search.wording import Remark, Wording

SHORT_PREFIX = Remark(
    Wording(
        f"Een sterretje werkt na {MIN_PREFIX} letters of meer; gelezen als woord.",
        f"An asterisk works after {MIN_PREFIX} letters or more; read as a word.",
    )
)
SHORT_FUZZY = Remark(
    Wording(
        f"Een tilde werkt na {MIN_FUZZY} letters of meer; gelezen als woord.",
        f"A tilde works after {MIN_FUZZY} letters or more; read as a word.",
    )
)
MISPLACED_STAR = Remark(
    Wording("Een sterretje werkt alleen aan het eind van een woord.", "An asterisk works only at the end of a word.")
)
STAR_IN_PHRASE = Remark(
    Wording(
        "Een sterretje werkt niet tussen aanhalingstekens; weggelaten.",
        "An asterisk does not work within quotation marks; left out.",
    )
)
NO_WILDCARD = Remark(
    Wording(
        "Een vraagteken staat hier niet voor een letter; wel: begin* en woord~.",
        "A question mark does not stand for a letter here; there are: beginning* and word~.",
    )
)
LONG_WORD = Remark(
    Wording(f"Een woord van meer dan {MAX_WORD} tekens is ingekort.", f"A word of more than {MAX_WORD} characters was cut.")
)
WIDE_SLOP = Remark(
    Wording(
        f"Woorden mogen hoogstens {MAX_SLOP} woorden uit elkaar staan; zo is het gelezen.",
        f"Words may stand at most {MAX_SLOP} words apart; it was read so.",
    )
)
_LEFT_OUT = Wording("Weggelaten, want het betekent hier niets: {}", "Left out, as it means nothing here: {}")

APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u00b4`"
_LEAD = re.compile(rf"^(?:(?![{APOSTROPHES}][stn](?:\W|$))(?!(?<!\.)\.[^\W\d_]{{2,}}(?![\w.@:/]))(?![§€$£ƒ]\d)[\W_])+")
"""Signs before a word; the apostrophe of 's-Gravenhage, the dot of .NET and the sign of €5 belong to it."""

_SIGN = re.compile(r"[%‰+#]{1,2}")
"""Signs after a word that belong to it: those of 50% and C++."""

_SPACED = re.compile(rf"(?<![\w,.]){SPACED_NUMBER}")
"""``31 066``, ``200 000``: one word within a phrase too."""

MONEY = frozenset("€$£")
"""Signs that are words by themselves: papers print an amount with the sign or with the word for it."""

_APART = re.compile(r"(?<!\w)([§€$£ƒ])\s(?=\d)|(?<=\d)\s(?=[%‰](?!\w))")
"""``€ 5``, ``§ 4`` and ``50 %`` are one word."""

_WILD = re.compile(r"(?P<word>.*[\w%‰+#)])(?P<sign>\*+|~\d?)(?:(?![*~])[\W_])*", re.DOTALL)
_ENDING = re.compile(r"\w\(\w{1,12}$")
_BOOST = re.compile(r"(?<=\w)\^\d{1,3}(?:\.\d{1,3})?$")
"""``woord^2`` weighs a word elsewhere."""
_LETTER_ASKED = re.compile(r"[^\W_]\?[^\W_]|^\?[^\W_]")
_ADDRESS_SIGNS = re.compile(r"[/=@]")


def trimmed(raw: str) -> str:
    """The word without the punctuation around it, at most ``MAX_WORD`` characters; empty when it is all punctuation.

    >>> trimmed("(‘Cool:Gen’?"), trimmed("50%."), trimmed("gemeente(n),")
    ('Cool:Gen', '50%', 'gemeente(n)')
    """
    word = _LEAD.sub("", raw)[:MAX_WORD]
    end = len(word)
    while end and not word[end - 1].isalnum():
        end -= 1
    tail = word[end:]
    word = word[:end]
    if not word:
        return ""
    if word.count("(") > word.count(")"):
        closed = tail.startswith(")") and _ENDING.search(word)
        return word + ")" if closed else trimmed(word[: word.rindex("(")])
    sign = _SIGN.match(tail)
    return word + sign.group() if sign else word


def read_word(raw: str, remarks: list[Remark]) -> Word | Prefix | Fuzzy | Registered | None:
    """The node of a word as typed; None when nothing is left of it."""
    if raw in MONEY:
        return Word(raw)
    if len(raw) > MAX_WORD:
        remarks.append(LONG_WORD)
        raw = raw[:MAX_WORD]
    raw, boosts = _BOOST.subn("", raw)
    remarks += left_out("^" * boosts)
    word, sign = _signed(raw)
    word = word.lstrip("".join(MONEY))
    before, _, after = raw.partition(word) if word else (raw, "", "")
    remarks += left_out(before.replace("*", "") + after.replace("*", "").replace("~", ""))
    letters = sum(map(str.isalnum, word))
    if _LETTER_ASKED.search(raw) and not _ADDRESS_SIGNS.search(raw):
        remarks.append(NO_WILDCARD)
    if word and "*" in (word + before if sign else word + before + after):
        remarks.append(MISPLACED_STAR)
    elif sign == "*" and letters >= MIN_PREFIX:
        return Prefix(word)
    elif sign == "~" and letters >= MIN_FUZZY:
        return Fuzzy(word)
    elif sign and word:
        remarks.append(SHORT_PREFIX if sign == "*" else SHORT_FUZZY)
    elif is_number(word) and raw[0].isalnum():
        return Registered(word.upper())
    return Word(word) if word else None


def _signed(raw: str) -> tuple[str, str]:
    """The word and the first asterisk or tilde after it; both may be wrapped in punctuation: ``(uitfas*),``."""
    word, sign = raw, ""
    while True:
        if found := _WILD.fullmatch(word):
            word, sign = found["word"], sign or found["sign"][0]
        elif (shorter := trimmed(word)) != word:
            word = shorter
        else:
            return word, sign


def read_phrase(inside: str, slop: int, remarks: list[Remark]) -> Phrase | None:
    """The node of what stands between quotation marks."""
    raws = together(_SPACED.sub(lambda number: "".join(number[0].split()), inside)).split()
    words = tuple(word for raw in raws if (word := trimmed(raw)))
    if "*" in inside:
        remarks.append(STAR_IN_PHRASE)
    remarks += left_out("".join(sign for raw in raws for sign in raw.replace(trimmed(raw), "", 1).replace("*", "")))
    if slop > MAX_SLOP:
        remarks.append(WIDE_SLOP)
    return Phrase(words, min(slop, MAX_SLOP)) if words else None


def together(text: str) -> str:
    """The text with signs at the number that they belong to.

    >>> together("§ 4 en € 5 of 50 %")
    '§4 en €5 of 50%'
    """
    return _APART.sub(r"\1", text)


_TELLING = frozenset("#@%‰§*")
_SILENT = frozenset("+`\u00b4\u00a8")
"""A plus before a word asks for what holds anyway; the others are written for an apostrophe."""


def left_out(signs: str) -> list[Remark]:
    """A remark when there are signs among these that are no punctuation of prose, so that nothing that has a meaning elsewhere
    is passed over in silence."""
    lost = dict.fromkeys(
        sign for sign in signs if sign in _TELLING or (sign not in _SILENT and unicodedata.category(sign)[0] == "S")
    )
    return [Remark(_LEFT_OUT, (" ".join(lost),))] if lost else []
