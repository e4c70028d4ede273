"""How a typed word is written in papers: whole, in parts, joined, in any inflection; and by its capitals, where these tell."""

from __future__ import annotations

from collections.abc import Sequence as Texts
from dataclasses import dataclass
from operator import itemgetter

from search.analysis.chain import Token, tokenize
from search.document import Place
from search.plan import Concept, Form, MatchKind, Sequence, Weights
from search.ports import Vocabulary

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
