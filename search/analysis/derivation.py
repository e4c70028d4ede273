"""Derivations: the nouns of the act that a verb names, and the verb of such a noun (*verhogen*, *verhoging*; *evalueren*,
*evaluatie*; *controleren*, *controle*).

They say the same often enough to be looked for together, and not often enough to be one word (*regelen*, *regeling*).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from search.analysis.dictionary import PARTICLES, dutch
from search.analysis.exceptions import THINGS
from search.analysis.inflection import infinitives
from search.analysis.lemmas import lemma_of
from search.analysis.stemming import stem

_ENDING = "ing"
_LEARNED, _LEARNED_NOUN = "eren", "atie"
_LEARNED_NOUNS = ("tie", "ie", "e")
"""What else stands for *-eren* in the noun: *reductie*, *inspectie*, *controle*."""
_SHORTEST = 3
"""Letters of a stem that is looked at."""
_SHORTEST_LEARNED, _SHORTEST_ALONE = 4, 5
"""Letters before *-eren*, and of a noun that is these alone (*export*): shorter ones are other words (*parkeren*, *park*)."""
_UNSTRESSED = re.compile(r"([^aeiou])r$")
"""*registr-* is *register* where nothing stands behind it."""


def derivations_of(stemmed: str) -> tuple[str, ...]:
    """The stems of the noun on *-ing* of a verb with this stem, or of the verb of such a noun.

    >>> derivations_of(stem("verhoogd")), derivations_of(stem("uitfaseringen"))
    (('verhoging',), ('uitfaseer',))
    """
    if stemmed in THINGS:
        return ()
    nouns = (verb.removesuffix("en") + _ENDING for verb in _verbs_with(stemmed))
    return tuple(one for one in dict.fromkeys(map(stem, nouns)) if one not in THINGS) or _verb_of(stemmed, _ENDING, "en")


def learned_of(stemmed: str) -> tuple[str, ...]:
    """The learned nouns of a verb on *-eren* with this stem, or the verb of a noun on *-atie*: related words rather than the
    same.

    >>> learned_of(stem("geregistreerd")), learned_of(stem("evaluaties"))
    (('registratie', 'register'), ('evaluer',))
    """
    if stemmed in THINGS:
        return ()
    nouns = (noun for verb in _verbs_with(stemmed) for noun in _learned(verb))
    return tuple(one for one in dict.fromkeys(map(stem, nouns)) if one not in THINGS) or _verb_of(
        stemmed, _LEARNED_NOUN, _LEARNED
    )


def acts_of(stemmed: str) -> tuple[str, ...]:
    """The stems of all nouns that name the act of a verb with this stem."""
    return (*derivations_of(stemmed), *learned_of(stemmed)) if _verbs_with(stemmed) else ()


def whole_of(form: str, particle: str) -> tuple[str, ...]:
    """The stems of the separable verb of which a form and its particle stand apart: "stelt normen vast" is vaststellen.

    The form is looked for with its particle too, since by itself it may be of no verb that the dictionary knows.

    >>> whole_of("stelt", "vast"), whole_of("schaft", "af"), whole_of("stelt", "huis")
    (('vaststel',), ('afschaf',), ())
    """
    if particle not in PARTICLES:
        return ()
    wholes = (*(particle + verb for verb in _verbs_with(stem(form))), *_verbs_with(stem(particle + form)))
    return tuple(dict.fromkeys(stem(whole) for whole in wholes if dutch().is_verb(whole)))


def _verbs_with(stemmed: str) -> tuple[str, ...]:
    if not _is_word(stemmed):
        return ()
    forms = (stemmed,) if stemmed.endswith("en") else infinitives(stemmed)
    return tuple(verb for verb in forms if stem(verb) == stemmed and _is_verb(verb))


def _verb_of(noun: str, ending: str, infinitive: str) -> tuple[str, ...]:
    base = noun.removesuffix(ending)
    verb = base + infinitive
    return (stem(verb),) if base != noun and len(base) > 1 and _is_word(noun) and _is_verb(verb) else ()


def _learned(verb: str) -> Iterator[str]:
    """The nouns of a verb on *-eren*: that on *-atie*, and others that the dictionary knows."""
    base, words = verb.removesuffix(_LEARNED), dutch()
    if base == verb or len(base) < _SHORTEST_LEARNED:
        return
    yield base + _LEARNED_NOUN
    yield from (noun for ending in _LEARNED_NOUNS if words.common(noun := base + ending) == noun)
    noun = _UNSTRESSED.sub(r"\1er", base)
    has_plural = words.has_plural(noun) or words.has_plural_on_s(noun)
    if len(noun) >= _SHORTEST_ALONE and words.common(noun) == noun and has_plural and not words.is_adjective(noun):
        yield noun


def _is_word(stemmed: str) -> bool:
    return stemmed.isascii() and stemmed.isalpha() and len(stemmed) >= _SHORTEST


def _is_verb(word: str) -> bool:
    return dutch().is_verb(word) or lemma_of(word) == ("", word)
