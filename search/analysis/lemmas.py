"""Lemmas: the word that a dictionary lists, for a form in a text.

The dictionary comes first. A form that it does not know is an inflection of a word that it knows, a verb with a prefix, or a
compound, which is inflected as its last part is (``coalitieafspraken`` as ``afspraken``). Nothing depends on the papers.
"""

from __future__ import annotations

import re

from search.analysis.dictionary import PARTICLES, Dictionary, dutch
from search.analysis.exceptions import LEMMAS, UNINFLECTED
from search.analysis.inflection import adjectives, bases, closed, infinitives, is_long, undiminished, uninflected, verbs

_PREFIXES = PARTICLES | {"be", "er", "her", "ont", "ver"}
"""What stands before a verb and leaves it inflected as it is."""
_LONGEST_PREFIX = max(map(len, _PREFIXES))
_SHORTEST_VERB = 4
_SHORTEST_FIRST = 3
_SHORTEST_LAST = 5
"""Letters of the parts of a compound; shorter words begin and end too many words by chance."""
_SHORTEST_ALONE = 6
"""Letters of the last part where the first one is no word: *pfasstoffen*, *euburgers*."""
_PARTICIPLE = re.compile(r"(?:[a-z]*ge|be|her|ont|ver)\w{3,}(?:d|t|en)")
"""Participles that their form tells: *gericht*, *uitgebreid*, *betrokken*."""
_LINKS = ("", "s", "e", "en", "er")
_PARTICIPLES = ("be", "ge", "her", "ont", "ver")


def lemma_of(form: str) -> tuple[str, str]:
    """What stands before the last part of a form, and the lemma of this; the lemma is empty where no word is known in it.

    >>> lemma_of("vastgesteld"), lemma_of("coalitieafspraken"), lemma_of("qwertyuiop")
    (('', 'vaststellen'), ('coalitie', 'afspraak'), ('', ''))
    """
    words = dutch()
    if found := _known(form, words) or _inflected(form, words) or _prefixed(form, words):
        return "", found
    return _compound(form, words)


def _known(form: str, words: Dictionary) -> str:
    """Of a form that the dictionary knows, without the mistakes that only other entries show."""
    if form in LEMMAS:
        return LEMMAS[form]
    lemma = words.lemma(form)
    if not lemma:
        return ""
    if _is_another(form, lemma, words):
        return form
    if form.endswith("e") and words.is_verb(lemma) and _is_subjunctive(form, lemma, words):
        return _plain(form, words)
    if form.endswith("st") and lemma in (form[:-1], form[:-2]):  # "reist" and "botst" are no superlatives of "reis" and "bot"
        verb = next(filter(words.is_verb, infinitives(form[:-1])), "")
        plain = form[:-2] if words.is_adjective(form[:-2]) else form
        return verb or (plain if form[:-1] == lemma else lemma)
    for _ in range(2):  # "dreven" is of "dreef", and that of "drijven"; "verdachten" of "verdachte", that of "verdacht"
        if lemma != form and not lemma.endswith("n") and (form.endswith("n") or lemma.startswith(_PARTICIPLES)):
            lemma = words.lemma(lemma) or lemma
    if lemma.endswith("je") and (whole := next(filter(words.common, undiminished(lemma)), "")):
        return words.common(whole)
    return _of_participle(lemma, words) or (_of_sibling(form, words) if lemma == form else "") or lemma


def _is_another(form: str, lemma: str, words: Dictionary) -> bool:
    """Whether a form is rather a word of its own than one of this lemma."""
    if lemma in UNINFLECTED or form == lemma + "ers":  # "meren" is no form of "meer", and "wilders" none of "wild"
        return True
    past = words.is_verb(lemma) and not form.startswith(_PARTICIPLES)
    if (form == lemma + "n" or past) and words.lemma(closed(form[:-2]) + "t") == form:
        return True  # "treden" is no plural of "trede", and "slopen" rather a verb than the past of "sluipen"
    # "vals" is no genitive of "val", and "diks" a name rather than in "iets diks"
    return form == lemma + "s" and (words.lemma(form + "e") == form or (words.is_adjective(lemma) and not is_long(lemma)))


def _is_subjunctive(form: str, verb: str, words: Dictionary) -> bool:
    """Whether a form is one that papers no longer write, so that it is another word: *base* of *bazen*, *zwolle* of *zwellen*."""
    dental = form.endswith(("de", "te"))
    if form != verb[:-1]:
        return not (dental or form.endswith("ane") or _PARTICIPLE.fullmatch(form[:-1]))
    if any(map(words.is_adjective, uninflected(form))) or (dental and is_long(verb[:-2])):
        return False  # of an adjective or a participle: "zuivere", "verplichte"
    return not form.endswith(("dde", "tte"))


def _plain(form: str, words: Dictionary) -> str:
    """The adjective that has an e behind it, or the form itself: *ruwe* is of *ruw* rather than of *ruwen*."""
    adjectives_of = (base for base in uninflected(form) if base not in UNINFLECTED and not words.has_plural(base))
    return next((base for base in adjectives_of if words.common(base) == base), form)


def _of_sibling(form: str, words: Dictionary) -> str:
    """The verb of an inflected participle that the dictionary has as a word of its own: of *geplaatste* by *geplaatst*."""
    participle = form.removesuffix("e")
    verb = words.lemma(participle) if form != participle and _PARTICIPLE.fullmatch(participle) else ""
    return verb if words.is_verb(verb) else ""


def _of_participle(lemma: str, words: Dictionary) -> str:
    """The verb of a participle that the dictionary also has as an adjective or a noun: *passend*, *gedupeerde*,
    *betrokkene*, *opgewekt*."""
    if lemma.endswith("ene"):
        return words.common(lemma[:-1])
    participle = lemma.removesuffix("e") if lemma.endswith("eerde") else lemma
    if participle.endswith("end"):
        verb = words.common(participle + "e")
        return verb if verb.endswith("n") else _regular(participle, words)
    if participle.startswith("ge") and participle.endswith("eerd"):
        return next(filter(words.is_verb, verbs(participle)), "")
    if participle.startswith("ge") and participle.endswith(("d", "t")) and lemma == participle:
        return _regular(participle, words)
    for at in range(2, min(_LONGEST_PREFIX, len(participle) - _SHORTEST_VERB) + 1):
        if participle.startswith("ge", at) and participle[:at] in PARTICLES and participle.endswith(("d", "t", "n")):
            verb = _verb_of(participle[at:], words)
            return verb and participle[:at] + verb
    return ""


def _regular(participle: str, words: Dictionary) -> str:
    """The verb of a regular participle that is no adjective, which the dictionary would know with an e, and no noun."""
    other = words.is_adjective(participle) or words.has_plural(participle)
    return "" if other else next(filter(words.is_verb, verbs(participle)), "")


def _verb_of(form: str, words: Dictionary) -> str:
    return next(filter(words.is_verb, (_known(form, words), *verbs(form))), "")


def _inflected(form: str, words: Dictionary) -> str:
    """Of a form that is a regular inflection of a known word: *bezuinigde*, *regiobudgetten*, *geopolitiekere*."""
    if verb := next(filter(words.is_verb, verbs(form)), ""):
        return verb
    for base in bases(form):
        if base not in UNINFLECTED and words.common(base) == base and (form != base + "s" or words.takes_s(base)):
            return _known(base, words)
    for base in uninflected(form):
        lemma = words.common(base)
        if (lemma == base and (is_long(base) or not words.has_plural(base))) or (lemma and _PARTICIPLE.fullmatch(base)):
            return _known(base, words)  # "woude" is a name rather than of "woud"
    for base in adjectives(form):
        lemma = "" if base in UNINFLECTED else words.common(base)
        if lemma == base and words.is_adjective(base):
            return base
        if lemma and _PARTICIPLE.fullmatch(base):
            return _known(base, words)
    return ""


def _prefixed(form: str, words: Dictionary) -> str:
    """Of a verb with a prefix: *uitgesloten*, *heroverwogen*."""
    for at in range(min(_LONGEST_PREFIX, len(form) - _SHORTEST_VERB), 1, -1):
        if form[:at] in _PREFIXES and (verb := _verb_of(form[at:], words)):
            return form[:at] + verb
    return ""


def _compound(form: str, words: Dictionary) -> tuple[str, str]:
    """The parts of a compound: the last one as long as can be, after another word or else after anything."""
    alone: list[tuple[str, str]] = []
    irregular = form.endswith(tuple(LEMMAS))
    for at in range(2, len(form) - _SHORTEST_LAST + 1):
        first, last = form[:at], form[at:]
        known = last not in UNINFLECTED and (words.may_have(last) or last in LEMMAS)
        lemma = _known(last, words) if known else ""
        if lemma and _is_first(first, words) and (last in LEMMAS or not irregular):
            return first, lemma
        if lemma and len(last) >= _SHORTEST_ALONE:
            alone.append((first, lemma))
    return next((parts for parts in alone if not words.is_verb(parts[1])), ("", ""))


def _is_first(part: str, words: Dictionary) -> bool:
    """Whether something is a word or a compound of two, maybe with what links it to the next one."""
    stripped = [part.removesuffix(link) for link in _LINKS if part.endswith(link)]
    return any(_is_word(word, words) for word in stripped) or any(
        _is_word(word[:at], words) and _is_word(word[at:], words) for word in stripped for at in range(_SHORTEST_FIRST, len(word))
    )


def _is_word(part: str, words: Dictionary) -> bool:
    return len(part) >= _SHORTEST_FIRST and words.common(part) != ""
