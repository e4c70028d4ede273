"""Queries as people might type them about given papers: words, phrases and names that stand in them, put together at random."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence

from search.document import SearchDocument

_PLAIN, _SORTED = 0.5, 0.3


def queries(documents: Sequence[SearchDocument], seed: int) -> Iterator[tuple[str, bool]]:
    """Endless queries, each with whether it is of plain words only."""
    chance = random.Random(seed)  # noqa: S311 - no secret
    while True:
        passages = chance.choice(documents).passages
        texts = [passage.text.split() for passage in passages if len(passage.text.split()) > 3]
        if texts:
            words = chance.choice(texts)
            plain = chance.random() < _PLAIN
            yield (_words(chance, words) if plain else _made(chance, words)), plain


def _words(chance: random.Random, words: list[str]) -> str:
    """Some words of a passage, without what would be syntax."""
    letters = [word for word in (w.strip(".,:;()\"'*~-[]“”‘’") for w in words) if word and not word.isupper() and ":" not in word]
    return " ".join(chance.sample(letters, min(len(letters), chance.choice((1, 1, 2, 2, 3, 5)))))


def _made(chance: random.Random, words: list[str]) -> str:
    start = chance.randrange(len(words) - 2)
    phrase = " ".join(words[start : start + chance.choice((2, 3, 4))]).replace('"', "")
    one, other = _words(chance, words).split(" ")[0], _words(chance, words).split(" ")[-1]
    return chance.choice(
        (
            f'"{phrase}"',
            f'"{one} {other}"~{chance.choice((2, 10, 40))}',
            f'{one} "{phrase}"',
            f"{one[:4]}*",
            f"{one}~",
            f"{one} NIET {other}",
            f"{one} OF {other}",
            f"({one} OF {other}) {words[0]}",
            f"in:voetnoot {one}",
            f"titel:{one}",
            f"soort:brief {one}",
            f"minister:{one}",
            f"{one} datum:2019..2023",
            f"{one}{other}",
            " ".join(words),
        )
    )
