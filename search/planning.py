"""Query tree → plan: analyses the words and decides what else they may stand for in this collection, with what weight.

An exact form weighs more than a stem, a stem more than a compound, a compound more than a synonym. What words may also stand for
is told by ``related``. Expansions are bounded by the limits of ``query.tree``: the most frequent words are taken. Nothing here
looks into papers.
"""

from __future__ import annotations

from collections.abc import Sequence as Several
from dataclasses import dataclass, field, replace
from itertools import dropwhile

from search.analysis.chain import tokenize
from search.analysis.folding import fold
from search.asking import FUNCTION_WORDS, Part, Question, kind_of, read_question
from search.document import Place
from search.fields import Comparison, asked
from search.plan import (
    ALL_PLACES,
    TEXT_PLACES,
    Both,
    Citing,
    Concept,
    Either,
    Empty,
    Form,
    HasValue,
    MatchKind,
    Named,
    Plan,
    Sequence,
    Wanted,
    Weights,
    Within,
    Without,
)
from search.ports import SearchRequest, Vocabulary
from search.query.tree import (
    MAX_EXPANSIONS,
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
    Phrase,
    Prefix,
    Registered,
    Scope,
    Scoped,
    Word,
    leaves,
)
from search.related.alike import alike
from search.related.words import RelatedWords
from search.related.writings import Writings, are_shouted, is_surname, width_of
from search.values import meant

_REPLACING = frozenset(("tvv", "vervanging", "vervangt", "vervangen", "gewijzigd", "gewijzigde"))
"""Words beside a paper that tell of the one that came in its place."""

_SCOPES = {
    Scope.TITLE: (Place.TITLE,),
    Scope.HEADING: (Place.HEADING,),
    Scope.FOOTNOTE: (Place.FOOTNOTE,),
    Scope.ANNEX: (Place.ANNEX,),
}


def planner(vocabulary: Vocabulary, weights: Weights, *, verbatim: bool = False) -> Planner:
    """What makes the plans of a request."""
    return Planner(vocabulary, weights, related=False, places=TEXT_PLACES) if verbatim else Planner(vocabulary, weights)


@dataclass(frozen=True, slots=True)
class Plans:
    """The plans of the requests of one answer: what is asked again, also in other words, is not looked up again."""

    vocabulary: Vocabulary
    weights: Weights
    _made: dict[tuple[Node, bool], Plan] = field(default_factory=dict)

    def of(self, request: SearchRequest) -> Plan:
        """The plan of a request."""
        asked_for = request.query, request.verbatim
        plan = self._made.get(asked_for)
        if plan is None:
            plan = self._made[asked_for] = planner(self.vocabulary, self.weights, verbatim=request.verbatim).plan(request.query)
        return self._in_other_words(request.query, plan) if request.alike and not request.verbatim else plan

    def _in_other_words(self, node: Node, plan: Plan) -> Plan:
        """The plan with other words beside those side by side, which mean something like them together."""
        if isinstance(node, Scoped):
            return self._in_other_words(node.child, plan)
        if not isinstance(plan, Wanted):
            return plan
        wanted = [one for one in plan.concepts if isinstance(one, Concept)]
        return replace(plan, alike=tuple(alike(wanted, self.vocabulary, self.weights, _excluded(node))))


@dataclass(frozen=True, slots=True)
class Planner:
    """Makes plans for one collection; without ``related`` words stand for their own inflections only.

    Words that are asked for in no particular part of the paper are looked up in ``places``. ``shouted`` tells that the query
    is in capitals, so that these tell nothing. Words whose stems are ``excluded`` are not found by what they resemble either.
    """

    vocabulary: Vocabulary
    weights: Weights
    related: bool = True
    expansions: int = MAX_EXPANSIONS
    places: tuple[Place, ...] = ALL_PLACES
    shouted: bool = False
    excluded: frozenset[str] = frozenset()

    def plan(self, node: Node) -> Plan:
        """The plan of a query."""
        patterns = sum(isinstance(leaf, Prefix | Fuzzy) for leaf in leaves(node))
        shared = max(MAX_EXPANSIONS // max(patterns, 1), 1)
        words = [word for leaf in leaves(node) if isinstance(leaf, Word | Phrase) for word in _words(leaf)]
        return replace(self, expansions=shared, shouted=are_shouted(words))._plan(node, self.places, top=True)

    def _plan(self, node: Node, places: tuple[Place, ...], *, top: bool = False) -> Plan:  # noqa: PLR0911 - one line a kind of node
        match node:
            case Word():
                return self._words((node,), places) if top else self._word(node, places)
            case Phrase():
                return self._phrase(node, places)
            case Prefix():
                return self._prefix(node, places)
            case Fuzzy():
                return self._fuzzy(node, places)
            case Match():
                return self._match(node)
            case Dated():
                return Within(node.start, node.end)
            case Cites():
                return Citing(str(node.target))
            case Paper():
                return self._paper(node, places)
            case Registered():
                return self._registered(node, places, self.weights.named)
            case Scoped():
                return self._plan(node.child, _SCOPES[node.scope], top=top)
            case Not():
                # What is excluded is excluded by what was typed, not by what it resembles.
                return Without(replace(self, related=False)._plan(node.child, places))
            case Or():
                return Either(tuple(self._plan(child, places) for child in node.children))
            case And():
                return self._and(node, places, top=top)
            case Nothing():
                return Empty()

    def _and(self, node: And, places: tuple[Place, ...], *, top: bool) -> Plan:
        """Words side by side are wanted together; all else is strict."""
        if node.explicit or not top:
            return Both(tuple(self._plan(child, places) for child in node.children))
        words = tuple(child for child in node.children if isinstance(child, Word | Paper | Registered))
        others = (child for child in node.children if not isinstance(child, Word | Paper | Registered))
        strict = tuple(self._plan(child, places) for child in others)
        if not words:
            return Both(strict)
        return replace(self, excluded=_excluded(node))._words(words, places, strict)

    # Questions

    def _words(
        self, typed: tuple[Word | Paper | Registered, ...], places: tuple[Place, ...], strict: tuple[Plan, ...] = ()
    ) -> Wanted:
        """Words side by side, read as a question; papers may be named among them."""
        words = [word for word in typed if isinstance(word, Word)]
        question = Question((Part.TOPIC,) * len(words))
        if self.related:
            question = read_question([word.text for word in words], self._is_submitter)
        # What merely asks or holds together stands for nothing else.
        itself = replace(self, related=False)
        concepts = [
            (itself if part in {Part.FUNCTION, Part.ASKING} else self)._word(word, places)
            for word, part in zip(words, question.parts, strict=True)
        ]
        if self.related:
            concepts = RelatedWords(self.vocabulary, self.weights).of_neighbours(concepts)
        parts = list(zip(words, concepts, question.parts, strict=True))
        score = self.weights.named if len(typed) == 1 else self.weights.mentioned
        times = _times(words) if self.related else {}
        parts = [one for one in parts if one[0].dated not in times]
        wanted = [self._topic(word, concept, score) for word, concept, part in parts if part is Part.TOPIC]
        wanted += [self._time(named, dated, places) for dated, named in times.items()]
        if named := tuple(word.text for word, _, part in parts if part is Part.NAME):
            wanted.append(self._submitted(" ".join(named), self._phrase(Phrase(named), places), self.weights.mentioned))
        pasted = self.weights.mentioned if _asks_for_another(words) else self.weights.pasted
        wanted += [self._mention(paper, places, pasted) for paper in typed if not isinstance(paper, Word)]
        welcome: list[Plan] = [concept for _, concept, part in parts if part is Part.FUNCTION]
        welcome += [replace(concept, weight=self.weights.asking) for _, concept, part in parts if part is Part.ASKING]
        if self.related:
            related = RelatedWords(self.vocabulary, self.weights)
            welcome += [one for _, concept, part in parts if part is Part.TOPIC for one in related.parts_alone(concept)]
        if kinds := self._kinds(question.kind):
            welcome.append(HasValue("kind", kinds, score=self.weights.preferred))
        else:
            welcome += [concept for _, concept, part in parts if part is Part.KIND]
        return Wanted(tuple(wanted), Both(strict) if strict else None, tuple(welcome), tuple(concepts))

    def _topic(self, word: Word, concept: Concept, score: float) -> Plan:
        """A word of the topic; "motie-Jansen" means the motions that Jansen submitted before those that name one so."""
        kind, _, name = word.text.partition("-")
        person = name.split("/")[0]
        if not (person and kind_of(kind) and self._is_submitter(person)):
            return concept
        return self._submitted(person, concept, score, kind_of(kind))

    def _time(self, words: tuple[str, ...], dated: Dated, places: tuple[Place, ...]) -> Plan:
        """The papers of a time, or those that name it, with whatever preposition."""
        named = tuple(dropwhile(lambda word: word.lower() in FUNCTION_WORDS, words))
        return Either((Within(dated.start, dated.end, self.weights.mentioned), self._phrase(Phrase(named), places)))

    def _submitted(self, person: str, otherwise: Plan, score: float, kind: str = "") -> Plan:
        """The papers that someone submitted, or what else is meant by the name."""
        by = HasValue("submitter", meant(Match("submitter", person), self.vocabulary.values), score=score)
        kinds = self._kinds(kind)
        return Either((Both((by, HasValue("kind", kinds))) if kinds else by, otherwise))

    def _kinds(self, kind: str) -> frozenset[str]:
        """The values of the field that a kind is, in this collection."""
        return meant(Match("kind", kind), self.vocabulary.values) if kind else frozenset()

    def _is_submitter(self, name: str) -> bool:
        return bool(meant(Match("submitter", name), self.vocabulary.values) & frozenset(self.vocabulary.values("submitter")))

    # Words

    def _word(self, word: Word, places: tuple[Place, ...]) -> Concept:
        """A word as it may be written, and what else it may stand for; a name stands for itself."""
        if is_surname(word.text, self.vocabulary):
            return self._name(word.text, places)
        concept = self._writings.concept(word.text, places)
        if not self.related or not concept.forms or any(form.stem and form.text in self.excluded for form in concept.forms):
            return concept
        return RelatedWords(self.vocabulary, self.weights).of_word(concept)

    def _name(self, word: str, places: tuple[Place, ...]) -> Concept:
        """A name, alone and with the s of a genitive."""
        name, weights = fold(word), self.weights
        genitive = Form(f"{name}'s", False, weights.stem, MatchKind.STEM)
        return Concept(word, (Form(name, False, weights.exact + weights.stem, MatchKind.EXACT), genitive), (), places)

    @property
    def _writings(self) -> Writings:
        return Writings(self.vocabulary, self.weights, self.shouted)

    # Phrases and word patterns

    def _phrase(self, phrase: Phrase, places: tuple[Place, ...]) -> Plan:
        """Words as printed, in their order."""
        terms: list[tuple[str, int, bool]] = []
        offset = 0
        for word in phrase.words:
            tokens = self._writings.told(tokenize(word))
            if not tokens:
                continue
            width = width_of(tokens)
            whole = next((token for token in tokens if token.width == width and token.position == 0), None)
            if whole:
                terms.append((whole.text, offset, False))
            else:
                terms += [(token.text, offset + token.position, False) for token in tokens if token.width == 1]
            offset += width
        if not terms:
            return Empty()
        label = " ".join(phrase.words)
        if len(terms) == 1:
            return Concept(
                label, (Form(terms[0][0], False, self.weights.exact + self.weights.stem, MatchKind.EXACT),), (), places
            )
        slop = phrase.slop and max(phrase.slop, terms[-1][1])  # never finds less than the words next to each other
        sequence = Sequence(tuple(terms), self.weights.exact + self.weights.stem, MatchKind.EXACT, slop)
        return Concept(label, (), (sequence,), places)

    def _prefix(self, prefix: Prefix, places: tuple[Place, ...]) -> Plan:
        tokens = tokenize(prefix.text)
        start = tokens[0].text if tokens else prefix.text.lower()
        return self._expanded(prefix.text + "*", self.vocabulary.beginning(start), places)

    def _fuzzy(self, fuzzy: Fuzzy, places: tuple[Place, ...]) -> Plan:
        tokens = tokenize(fuzzy.text)
        word = tokens[0].text if tokens else fuzzy.text.lower()
        near = self._expanded(fuzzy.text + "~", self.vocabulary.near(word), places)
        return replace(near, forms=(Form(word, False, self.weights.exact + self.weights.stem, MatchKind.EXACT), *near.forms))

    def _expanded(self, label: str, words: list[str], places: tuple[Place, ...]) -> Concept:
        """The most frequent of the words, each as good as the other."""
        counted = sorted(zip(words, self.vocabulary.counts(words), strict=True), key=lambda pair: (-pair[1], pair[0]))
        chosen = [word for word, _ in counted[: self.expansions]]
        forms = tuple(Form(word, False, self.weights.stem, MatchKind.STEM) for word in chosen)
        return Concept(label, forms, (), places, cut=len(chosen) < len(words))

    # Values

    def _match(self, match: Match) -> Plan:
        """A field by value, as the table of fields tells what that means."""
        how = asked(match.field)
        if how.comparison is Comparison.WHOLE:
            return HasValue(how.compares or match.field, equals=how.read(match.value) or " ".join(match.value.split()))
        found = meant(match, self.vocabulary.values)
        return HasValue(match.field, found) if found else Empty()

    def _paper(self, paper: Paper, places: tuple[Place, ...]) -> Plan:
        """The paper itself before all others, then those that name it."""
        name = str(paper.identifier)
        return Either((Named(name, self.weights.named), Citing(name), self._naming(paper, places)))

    def _registered(self, registered: Registered, places: tuple[Place, ...], score: float) -> Plan:
        """The papers under a number of the Tweede Kamer, then those that name it."""
        name = Form(registered.number.lower(), False, self.weights.exact, MatchKind.EXACT)
        under = HasValue("registered", equals=registered.number, score=score)
        return Either((under, Concept(registered.number, (name,), (), places)))

    def _mention(self, paper: Paper | Registered, places: tuple[Place, ...], score: float) -> Plan:
        """A paper named among other words: the paper itself, those that name it, and those that replace it."""
        if isinstance(paper, Registered):
            return self._registered(paper, places, self.weights.mentioned)
        number = Form(paper.identifier.number.lower(), False, self.weights.exact, MatchKind.EXACT)
        replacing = Concept(paper.printed, (number,), (), (Place.KIND,))
        return Either((Named(str(paper.identifier), score), self._naming(paper, places), replacing))

    def _naming(self, paper: Paper, places: tuple[Place, ...]) -> Concept:
        name = Form(str(paper.identifier).lower(), False, self.weights.exact, MatchKind.EXACT)
        return Concept(paper.printed, (name,), (), places)


def _words(leaf: Word | Phrase) -> tuple[str, ...]:
    return leaf.words if isinstance(leaf, Phrase) else (leaf.text,)


def _asks_for_another(words: Several[Word]) -> bool:
    """Whether the paper that is named among these words is told as what another takes the place of: "(t.v.v. 36321-11)"."""
    return any(fold(word.text).replace(".", "") in _REPLACING for word in words)


def _excluded(node: Node) -> frozenset[str]:
    """The stems of the words that the query says it does not want."""
    children = node.children if isinstance(node, And) else ()
    words = (child.child for child in children if isinstance(child, Not) and isinstance(child.child, Word))
    return frozenset(token.stem for word in words for token in tokenize(word.text))


def _times(words: Several[Word]) -> dict[Dated, tuple[str, ...]]:
    """The times that words name, with these words; a year alone is as often what is asked about as when."""
    times: dict[Dated, tuple[str, ...]] = {}
    for word in words:
        if word.dated:
            times[word.dated] = (*times.get(word.dated, ()), word.text)
    return {dated: named for dated, named in times.items() if len(named) > 1 or not named[0].isdigit()}
