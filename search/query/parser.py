r"""The query language: text → tree. No text is an error, and none takes more than linear time.

    query    = [ any ] ;
    any      = all , { ( "OF" | "OR" ) , all } ;
    all      = not , { [ "EN" | "AND" ] , not } ;
    not      = { "NIET" | "NOT" | "-" } , bound ;
    bound    = [ field ":" | "in:" scope ] , unit ;
    unit     = "(" , any , ")" | phrase | citation | number | prefix | fuzzy | word ;
    phrase   = '"' , word , { word } , '"' , [ "~" , number ] ;
    prefix   = word , "*" ;
    fuzzy    = word , "~" ;
    field    = "titel" | "datum" | "jaar" | "citeert" | a name of the table of fields, such as "dossier" ;
    scope    = "voetnoot" | "kop" | "bijlage" | "titel" ;
    citation = any printed form of an identifier: "31066-1412", "31 066, nr. 12 en nr. 14" ;
    number   = a document or zaak number of the Tweede Kamer: "2024D25613" ;
    word     = what stands between spaces, brackets and quotation marks, without the punctuation around it ;

Operators are written in capitals, names of fields in any case; a colon after another word is text. Values that cannot be any
text, such as those of dossier and datum, may have spaces (``datum:18 juni 2024``): as many words belong to them as make sense.
So may names (``minister:van Rij Estland``): the longest that the collection knows, which it is asked for (``IsKnown``), or else
tussenvoegsels and one word. ``titel:`` is the same as ``in:titel``. A word that starts with a sign is never syntax (``\EN``).

``lexer`` finds the pieces and makes them fit. Here each piece becomes a node (``read_word``, ``read_phrase``, ``read_value``),
and the nodes a tree.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.catalogue.tweede_kamer import is_number
from indexer.paper.identifier import Identifier
from search.fields import FIELDS, Comparison, asked_as
from search.names import MOST_WORDS, are_initials, name_extent, plain_extent
from search.query.dates import read_dates
from search.query.lexer import OPERATORS, Lexeme, LexemeKind, clean, lex, repair
from search.query.tree import (
    MAX_CLAUSES,
    MAX_LENGTH,
    MAX_SLOP,
    MAX_WORD,
    MIN_FUZZY,
    MIN_PREFIX,
    And,
    Cites,
    Dated,
    Fuzzy,
    Match,
    Node,
    Not,
    Nothing,
    Or,
    Paper,
    Parsed,
    Phrase,
    Prefix,
    Registered,
    Scope,
    Scoped,
    Word,
)
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
LONG_WORD = Remark(
    Wording(f"Een woord van meer dan {MAX_WORD} tekens is ingekort.", f"A word of more than {MAX_WORD} characters was cut.")
)
WIDE_SLOP = Remark(
    Wording(
        f"Woorden mogen hoogstens {MAX_SLOP} woorden uit elkaar staan; zo is het gelezen.",
        f"Words may stand at most {MAX_SLOP} words apart; it was read so.",
    )
)

_APOSTROPHES = "'\u2018\u2019\u201b\u02bc\u00b4`"
_LEAD = re.compile(rf"^(?:(?![{_APOSTROPHES}][stn](?:\W|$))[\W_])+")
"""Signs before a word; the apostrophe of 's-Gravenhage belongs to it."""

_SIGN = re.compile(r"[%‰+#]{1,2}")
"""Signs after a word that belong to it: those of 50% and C++."""

_SPACED = re.compile(r"(?<![\w,.€$£ƒ])(?<![€$£ƒ]\s)(\d\d)[ \u00a0\u2007\u2009\u202f](\d{3})(?!\w|[\s.,]\d)")
"""``31 066``: one word within a phrase too."""

_WILD = re.compile(r"(?P<word>.*[\w%‰+#)])(?P<sign>\*+|~\d?)(?:(?![*~])[\W_])*", re.DOTALL)
_ENDING = re.compile(r"\w\(\w{1,12}$")


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
    if len(raw) > MAX_WORD:
        remarks.append(LONG_WORD)
        raw = raw[:MAX_WORD]
    word, sign = _signed(raw)
    letters = sum(map(str.isalnum, word))
    if word and ("*" in word or raw.startswith("*")):
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
    words = tuple(word for raw in _SPACED.sub(r"\1\2", inside).split() if (word := trimmed(raw)))
    if slop > MAX_SLOP:
        remarks.append(WIDE_SLOP)
    return Phrase(words, min(slop, MAX_SLOP)) if words else None


NodeOfValue = Match | Dated | Cites

WANTED = {
    "datum": Wording(
        "een datum of periode, zoals 18-6-2024, juni 2024 of 2019..2024", "a date or period, such as 18-6-2024 or 2019..2024"
    ),
    "jaar": Wording("een jaar of periode, zoals 2024, 2019..2024 of 2023/24", "a year or period, such as 2024 or 2019..2024"),
    "citeert": Wording("een kamerstuk, zoals 31066-1412", "a paper, such as 31066-1412"),
} | {name: one.asked.wanted for one in FIELDS if one.asked and one.asked.wanted for name in one.asked.names}
"""What the value has to be after a name that does not take any text."""

_GOES_ON = re.compile(rf"[^\W_]|[{_APOSTROPHES}][^\W_]")
"""A word that begins with another sign is not part of a name."""


def _is_of_names(name: str) -> bool:
    found = asked_as(name)
    return found is not None and found.asked is not None and found.asked.comparison is Comparison.NAME


def _name_word(raw: str) -> str:
    """A word of a name without the punctuation around it, but with the dot of initials."""
    word = trimmed(raw)
    return f"{word}." if f"{word}." in raw and are_initials(f"{word}.") else word


MAX_WORDS = 7
"""Words that one unquoted value can have: "Kamerstukken II, 2022/23, 31 066, nr. 1174"."""


def read_value(name: str, value: str, *, quoted: bool = False) -> NodeOfValue | None:
    """The node of a field (its name in the query language) with this value; None when the field cannot have it."""
    value = value.strip(" \t,;")
    if name in {"datum", "jaar"}:
        return read_dates(value)
    if name == "citeert":
        return _cites(value)
    found = asked_as(name)
    if found is None or found.asked is None or not any(map(str.isalnum, meant := found.asked.read(value))):
        return None
    return Match(found.name, meant, quoted and found.asked.comparison is not Comparison.WHOLE)


def _cites(value: str) -> Cites | None:
    try:
        return Cites(Identifier.parse(value))
    except ValueError:
        return None


TOO_LONG = Remark(
    Wording(f"De zoekvraag is afgekapt na {MAX_LENGTH} tekens.", f"The query was cut after {MAX_LENGTH} characters.")
)
TOO_MANY = Remark(
    Wording(
        f"Alleen de eerste {MAX_CLAUSES} onderdelen van de zoekvraag zijn gebruikt.",
        f"Only the first {MAX_CLAUSES} parts of the query were used.",
    )
)
ODD_QUOTE = Remark(Wording("Aanhalingsteken zonder tegenhanger weggelaten.", "Left out a quotation mark that no other closes."))
_VALUE_WANTED = Wording("“{}:” vraagt {}; gezocht is op de woorden.", "“{}:” wants {}; searched for the words instead.")
_ANY_VALUE = Wording("een waarde", "a value")


IsKnown = Callable[[str, str], bool]
"""Whether a collection has a value of a field (by its name in the table) that a text means."""


def _nothing_known(field: str, text: str) -> bool:
    return False


def parse(text: str, is_known: IsKnown = _nothing_known) -> Parsed:
    """Read a query; every text has a meaning, and remarks tell what was left out, added or cut.

    >>> parse("uitfaseren Cool:Gen").node
    And(children=(Word(text='uitfaseren'), Word(text='Cool:Gen')), explicit=False)
    """
    cleaned = clean(text[: MAX_LENGTH + 1])
    remarks = []
    if len(cleaned) > MAX_LENGTH:
        cleaned = cleaned[:MAX_LENGTH]
        remarks.append(TOO_LONG)
    lexemes, odd_quote = lex(cleaned)
    if odd_quote:
        remarks.append(ODD_QUOTE)
    lexemes, repairs = repair(lexemes)
    reading = _Reading(cleaned, lexemes, is_known, [*remarks, *repairs])
    node = reading.any() or Nothing()
    return Parsed(cleaned, node, tuple(dict.fromkeys(reading.remarks)))


@dataclass(slots=True)
class _Reading:
    """One descent over the lexemes; ``repair`` has seen to it that every operator and field has something to bind."""

    text: str
    lexemes: list[Lexeme]
    is_known: IsKnown
    remarks: list[Remark] = field(default_factory=list)
    place: int = 0
    clauses: int = 0
    of_group: str = ""
    """The field whose values the words here are: those of the group that it binds."""

    def _here(self) -> LexemeKind | None:
        return self.lexemes[self.place].kind if self.place < len(self.lexemes) else None

    def _next(self) -> Lexeme:
        self.place += 1
        return self.lexemes[self.place - 1]

    def any(self) -> Node | None:
        """Alternatives, up to the bracket that closes them or the end."""
        alternatives = [self.all()]
        while self._here() is LexemeKind.OR:
            self._next()
            alternatives.append(self.all())
        return either([node for node in alternatives if node])

    def all(self) -> Node | None:
        """What stands next to each other or is joined by EN."""
        explicit = False
        parts = []
        while self._here() not in {None, LexemeKind.OR, LexemeKind.CLOSE}:
            if self._here() is LexemeKind.AND:
                explicit = True
                self._next()
            elif node := self.negated():
                parts.append(node)
        return together(parts, explicit)

    def negated(self) -> Node | None:
        """A unit, excluded or not; twice excluded is not excluded."""
        excluded = False
        while self._here() in {LexemeKind.NOT, LexemeKind.MINUS}:
            excluded = not excluded
            self._next()
        node = self.bound()
        return negation(node) if node and excluded else node

    def bound(self) -> Node | None:
        """A unit, or a field with its value."""
        if self._here() is not LexemeKind.FIELD:
            return self.unit()
        name = self._next().text.removeprefix("in:")
        outer = self.of_group
        self.of_group = "" if name in _SCOPES else name
        node = self.unit()
        self.of_group = outer
        return Scoped(_SCOPES[name], node) if node and name in _SCOPES else node

    def unit(self) -> Node | None:
        """A group, phrase, citation or word; or values of the field that binds them."""
        if self._here() is LexemeKind.OPEN:
            self._next()
            node = self.any()
            self._next()
            return node
        return self._value(self.of_group) if self.of_group else self._plain()

    def _plain(self) -> Node | None:
        return self._counted(self._leaf(self._next()))

    def _leaf(self, lexeme: Lexeme) -> Node | None:
        if lexeme.kind is LexemeKind.PHRASE:
            return read_phrase(lexeme.text, lexeme.slop, self.remarks)
        if lexeme.kind is LexemeKind.PAPER:
            return either([Paper(identifier, identifier.printed) for identifier in lexeme.identifiers])
        return read_word(lexeme.text, self.remarks)

    def _counted(self, node: Node | None) -> Node | None:
        """The node, unless there are too many already."""
        self.clauses += len(node.children) if isinstance(node, Or) else node is not None
        if self.clauses <= MAX_CLAUSES:
            return node
        self.remarks.append(TOO_MANY)
        return None

    def _value(self, name: str) -> Node | None:
        """The value that follows, of as many words as make sense; without the field when none does."""
        first = self.lexemes[self.place]
        if first.kind is LexemeKind.WORD and _is_of_names(name):
            return self._name(name)
        words = self._words_ahead() if name in WANTED else 1
        while words:
            if value := read_value(name, self._typed(name, first, words), quoted=first.kind is not LexemeKind.WORD):
                self.place += words
                return self._counted(value)
            words -= 1
        self.remarks.append(no_value(name))
        return self._plain()

    def _typed(self, name: str, first: Lexeme, words: int) -> str:
        """The text of a value of so many words; as typed where signs have a meaning, else without punctuation."""
        if first.kind is LexemeKind.PHRASE:
            return first.text
        if name in WANTED:
            return self.text[first.start : self.lexemes[self.place + words - 1].end]
        return str(first.identifiers[0]) if first.identifiers else trimmed(first.text)

    def _name(self, name: str) -> Node | None:
        """The name that follows; meant as it stands when it is known to be longer than names are by themselves."""
        found = asked_as(name)
        words = [_name_word(self.lexemes[self.place].text)]
        for lexeme in self.lexemes[self.place + 1 : self.place + MOST_WORDS]:
            word = _name_word(lexeme.text)
            if lexeme.kind is not LexemeKind.WORD or not _GOES_ON.match(lexeme.text) or word in OPERATORS:
                break
            words.append(word)
        known = name_extent(words, lambda text: found is not None and self.is_known(found.name, text))
        value = " ".join(words[:known])
        self.place += known
        return self._counted(read_value(name, value, quoted=known > plain_extent(words)))

    def _words_ahead(self) -> int:
        """How many lexemes from here could be one value: a phrase, or words next to each other."""
        if self._here() is LexemeKind.PHRASE:
            return 1
        end = self.place
        last = min(len(self.lexemes), self.place + MAX_WORDS)
        while end < last and self.lexemes[end].kind in {LexemeKind.WORD, LexemeKind.PAPER}:
            end += 1
        return end - self.place


def no_value(name: str) -> Remark:
    """Tells that a field was passed over."""
    return Remark(_VALUE_WANTED, (name, WANTED.get(name, _ANY_VALUE)))


_SCOPES = {scope.value: scope for scope in Scope}


def together(nodes: list[Node], explicit: bool) -> Node | None:
    """All of these as one node; what is a conjunction of the same kind already becomes part of it."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.children if isinstance(node, And) and node.explicit == explicit else (node,)
    if len(flat) < 2:
        return flat[0] if flat else None
    return And(tuple(flat), explicit)


def negation(node: Node) -> Node:
    """Not this; what was excluded already is not excluded any more."""
    return node.child if isinstance(node, Not) else Not(node)


def either(nodes: list[Node]) -> Node | None:
    """Any of these as one node."""
    flat: list[Node] = []
    for node in nodes:
        flat += node.children if isinstance(node, Or) else (node,)
    if len(flat) < 2:
        return flat[0] if flat else None
    return Or(tuple(flat))
