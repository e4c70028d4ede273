r"""The query language: text → tree. No text is an error, and none takes more than linear time.

    query    = [ any ] ;
    any      = all , { ( "OF" | "OR" | "|" | "||" ) , all } ;
    all      = not , { [ "EN" | "AND" | "&&" ] , not } ;
    not      = { "NIET" | "NOT" | "-" | "!" } , bound ;
    bound    = [ field ":" | "in:" scope ] , unit ;
    unit     = "(" , any , ")" | phrase | near | citation | dossier | number | prefix | fuzzy | word ;
    near     = ( word | phrase ) , ( "w/" number | "NEAR" | … ) , ( word | phrase ) ;
    phrase   = '"' , word , { word } , '"' , [ "~" , number ] ;
    prefix   = word , "*" ;
    fuzzy    = word , "~" ;
    field    = "titel" | "datum" | "jaar" | "citeert" | a name of the table of fields, such as "dossier" ;
    scope    = "voetnoot" | "kop" | "bijlage" | "titel" ;
    citation = any printed form of an identifier, or an address: "31066-1412", "31 066, nr. 12 en nr. 14, blz. 3" ;
    dossier  = a dossier with a chapter: "36410-VI", or the address of one ;
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

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from search.fields import asked_as
from search.names import MOST_WORDS, name_extent, plain_extent
from search.query.conditions import (
    CHANGED,
    KIND,
    MAX_WORDS,
    TITLE_OF_DOSSIER,
    WANTED,
    NodeOfValue,
    changed_extent,
    goes_on,
    name_word,
    read_value,
    takes_names,
    takes_texts,
)
from search.query.lexer import Lexeme, LexemeKind, clean, lex, repair
from search.query.offers import offers, times_in
from search.query.tree import (
    MAX_CLAUSES,
    MAX_LENGTH,
    And,
    Dated,
    Match,
    Node,
    Not,
    Nothing,
    Or,
    Paper,
    Parsed,
    Scope,
    Scoped,
    Word,
)
from search.query.words import read_phrase, read_word, trimmed
from search.wording import Remark, Wording

TOO_LONG = Remark(
    Wording(f"De zoekvraag is afgekapt na {MAX_LENGTH} tekens.", f"The query was cut after {MAX_LENGTH} characters.")
)
TOO_MANY = Remark(
    Wording(
        f"Alleen de eerste {MAX_CLAUSES} onderdelen van de zoekvraag zijn gebruikt.",
        f"Only the first {MAX_CLAUSES} parts of the query were used.",
    )
)
_IS_DOSSIER = Wording("“{}” is een dossier: alle stukken daarvan.", "“{}” is a dossier: all papers of it.")
_VALUE_WANTED = Wording("“{}:” vraagt {}; gezocht is op de woorden.", "“{}:” wants {}; searched for the words instead.")
_ANY_VALUE = Wording("een waarde", "a value")


IsKnown = Callable[[str, str], bool]
"""Whether a collection has a value of a field (by its name in the table) that a text means."""


def _nothing_known(field: str, text: str) -> bool:
    return False


def parse(text: str, is_known: IsKnown = _nothing_known, today: date | None = None) -> Parsed:
    """Read a query; every text has a meaning, and remarks tell what was left out, added or cut.

    Times that are told from today on ("vorig jaar") are words where it is not given which day is ``today``.

    >>> parse("uitfaseren Cool:Gen").node
    And(children=(Word(text='uitfaseren', dated=None), Word(text='Cool:Gen', dated=None)), explicit=False)
    """
    cleaned = clean(text[: MAX_LENGTH + 1])
    remarks = []
    if len(cleaned) > MAX_LENGTH:
        cleaned = cleaned[:MAX_LENGTH]
        remarks.append(TOO_LONG)
    lexemes, passed_over = lex(cleaned)
    lexemes, repairs = repair(lexemes)
    times = times_in(lexemes, today)
    dated = {place: time.dated for time in times for place in time.words}
    reading = _Reading(cleaned, lexemes, is_known, today, [*remarks, *passed_over, *repairs], dated)
    node = reading.any() or Nothing()
    return Parsed(cleaned, node, tuple(dict.fromkeys(reading.remarks)), offers(cleaned, lexemes, node, times))


@dataclass(slots=True)
class _Reading:
    """One descent over the lexemes; ``repair`` has seen to it that every operator and field has something to bind."""

    text: str
    lexemes: list[Lexeme]
    is_known: IsKnown
    today: date | None
    remarks: list[Remark]
    dated: dict[int, Dated]
    """The days that words name together, by where each word starts."""
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
        if lexeme.kind is LexemeKind.DOSSIER:
            self.remarks.append(Remark(_IS_DOSSIER, (lexeme.text,)))
            return Match("dossier", lexeme.text)
        node = read_word(lexeme.text, self.remarks)
        return Word(node.text, self.dated.get(lexeme.start)) if isinstance(node, Word) else node

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
        is_word = first.kind is LexemeKind.WORD
        if is_word and takes_names(name):
            return self._name(name)
        if is_word and name == KIND and (node := self._changed_kind()):
            return node
        words = self._words_ahead() if name in WANTED else self._known_words(name) if is_word and takes_texts(name) else 1
        quoted = not is_word or (words > 1 and name not in WANTED)
        while words:
            if value := read_value(name, self._typed(name, first, words), self.today, quoted=quoted):
                self.place += words
                return self._counted(value)
            words -= 1
        if name == "dossier" and (value := self._title(first)):
            return self._counted(value)
        self.remarks.append(no_value(name))
        return self._plain()

    def _changed_kind(self) -> Node | None:
        """ "Gewijzigde motie": a changed version of that kind, where the collection does not know it as a kind of its own."""
        words = self._text_ahead()
        changed = changed_extent(words)
        if not 0 < changed < len(words) or self._known_words(KIND) > changed:
            return None
        self.place += changed
        return together(list(filter(None, (self._counted(CHANGED), self._value(KIND)))), explicit=False)

    def _typed(self, name: str, first: Lexeme, words: int) -> str:
        """The text of a value of so many words; as typed where signs have a meaning, else without punctuation."""
        if first.kind in {LexemeKind.PHRASE, LexemeKind.DOSSIER}:
            return first.text
        if name in WANTED and not (first.identifiers and words == 1):
            return self.text[self.lexemes[self.place - 1].end : self.lexemes[self.place + words - 1].end]
        if first.identifiers:
            return str(first.identifiers[0])
        return " ".join(trimmed(lexeme.text) for lexeme in self.lexemes[self.place : self.place + words])

    def _title(self, first: Lexeme) -> NodeOfValue | None:
        """The dossiers whose title follows, in quotation marks or as far as the collection knows one."""
        words = 1 if first.kind is LexemeKind.PHRASE else self._known_words(TITLE_OF_DOSSIER)
        title = self._typed(TITLE_OF_DOSSIER, first, words)
        found = asked_as(TITLE_OF_DOSSIER)
        if not (found and self.is_known(found.name, title)):
            return None
        self.place += words
        return read_value(TITLE_OF_DOSSIER, title, self.today)

    def _known_words(self, name: str) -> int:
        """How many of the words that follow are a value that the collection knows; at least one."""
        found = asked_as(name)
        words = self._text_ahead()
        known = (n for n in range(len(words), 1, -1) if found and self.is_known(found.name, " ".join(words[:n])))
        return next(known, 1)

    def _text_ahead(self) -> list[str]:
        """The word here and those behind it that could be part of one text."""
        words = [name_word(self.lexemes[self.place].text)]
        for lexeme in self.lexemes[self.place + 1 : self.place + MOST_WORDS]:
            if lexeme.kind is not LexemeKind.WORD or not goes_on(lexeme.text):
                break
            words.append(name_word(lexeme.text))
        return words

    def _name(self, name: str) -> Node | None:
        """The name that follows; meant as it stands when it is known to be longer than names are by themselves."""
        found = asked_as(name)
        words = self._text_ahead()
        known = name_extent(words, lambda text: found is not None and self.is_known(found.name, text))
        value = " ".join(words[:known])
        self.place += known
        return self._counted(read_value(name, value, self.today, quoted=known > plain_extent(words)))

    def _words_ahead(self) -> int:
        """How many lexemes from here could be one value: a phrase, or words next to each other."""
        if self._here() in {LexemeKind.PHRASE, LexemeKind.DOSSIER}:
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
