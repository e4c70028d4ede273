"""How a typed word is written in papers: whole, in parts, joined, in any inflection; by its capitals, where these tell; and a
surname as it stands, since "Bikkers" is nobody's plural."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from collections.abc import Sequence as Texts
from dataclasses import dataclass
from functools import lru_cache
from operator import itemgetter

from search.analysis.chain import Token, stem, tokenize
from search.analysis.folding import fold
from search.document import Place
from search.names import SPELT, name_words
from search.plan import Concept, Form, MatchKind, Sequence, Weights
from search.ports import ValueCounts, Vocabulary

_LONGEST_SHOUT = 6
"""Letters of the longest abbreviation: a longer word in capitals is typed so for no reason."""


def are_shouted(words: Texts[str]) -> bool:
    """Whether words are all in capitals for no reason, so that capitals tell nothing: ``MOTIE OM TE STOPPEN``, not ``OM``."""
    return all(map(str.isupper, words)) and (len(words) > 2 or any(len(word) > _LONGEST_SHOUT for word in words))


@dataclass(frozen=True, slots=True)
class Writings:
    """The writings of words in one collection; of ``shouted`` words the capitals tell nothing."""

    vocabulary: Vocabulary
    weights: Weights
    shouted: bool = False

    def concept(self, text: str, places: tuple[Place, ...]) -> Concept:
        """A word in any inflection, in parts or joined; without forms when there is no word in it."""
        tokens = self.told(tokenize(text))
        width = width_of(tokens)
        forms: list[Form] = []
        for token in tokens:
            if token.position == 0 and token.width == width:
                forms.append(Form(token.text, False, self.weights.exact, MatchKind.EXACT))
                forms.append(Form(token.stem, True, self.weights.stem, MatchKind.STEM))
        sequences = self._in_parts(tokens, width) if width > 1 else ()
        return Concept(text, tuple(dict.fromkeys(forms)), tuple(dict.fromkeys(sequences)), places)

    def told(self, tokens: list[Token]) -> list[Token]:
        """The tokens of a word that tell what is meant: ``OM`` is not the word "om", ``.NET`` not net, and who asks for
        ``mbo'ers`` or ``65+`` does not ask for mbo or 65."""
        if width_of(tokens) != 1:
            return tokens
        written = tokens[0].text
        if written.startswith("."):
            return tokens[:1]
        kept = [token for token in tokens if token.text[0].isupper()]
        if kept and not self.shouted and self.vocabulary.count(kept[0].text):
            return kept
        return [t for t in tokens if t not in kept and (t.text == written or not written.startswith(t.text))]

    def _in_parts(self, tokens: list[Token], width: int) -> tuple[Sequence, ...]:
        """The parts of a term side by side. A part may have two forms ("foto's", "fotos"); papers print either."""
        parts = tuple((token.stem, token.position, True) for token in tokens if token.width == 1)
        if len({position for _, position, _ in parts}) < width:
            return ()
        either = [sorted({part[1]: part for part in order}.values(), key=itemgetter(1)) for order in (parts[::-1], parts)]
        return tuple(Sequence(tuple(one), self.weights.stem, MatchKind.STEM) for one in either)


def width_of(tokens: Texts[Token]) -> int:
    """How many positions tokens take."""
    return max((token.position + token.width for token in tokens), default=0)


_SHORTEST_NAME = 3
"""Letters of a name that stems may change; initials and tussenvoegsels have fewer, or are never inflected."""


def is_surname(word: str, vocabulary: Vocabulary) -> bool:
    """Whether a word, as it was typed, is the name of somebody in this collection, and must not be looked for by its stem.

    A word in lower case may also be an ordinary one (*dijk*, *wolf*): it is taken for a name where no paper has a form of it that
    is none.
    """
    folded, names = fold(word), vocabulary.value_counts("spelling")
    if folded not in _words_of(names):
        return False
    if word[:1].isupper():
        return True
    alike = _by_stem(names)[stem(folded)]
    return vocabulary.stem_count(stem(folded)) <= sum(vocabulary.counts(alike))


@lru_cache(maxsize=8)
def _words_of(names: ValueCounts) -> Mapping[str, None]:
    """The words of names; kept, since the names are the same until the index changes."""
    parts = (name.partition(SPELT) for name in names.papers)
    words = (word for person, _, spelling in parts for word in name_words(spelling or person))
    return dict.fromkeys(word for word in words if len(word) >= _SHORTEST_NAME)


@lru_cache(maxsize=8)
def _by_stem(names: ValueCounts) -> Mapping[str, tuple[str, ...]]:
    """The same words by the stem that they would have."""
    found: dict[str, list[str]] = defaultdict(list)
    for word in _words_of(names):
        found[stem(word)].append(word)
    return {stemmed: tuple(words) for stemmed, words in found.items()}
