"""The Dutch dictionary: which word a form is a form of, as others have gathered it.

It is the one that ``simplemma`` ships (MIT): 370,000 forms with their lemmas, out of free lexicons and treebanks. It knows the
strong verbs, the participles and the odd plurals that no rule tells; what it often gets wrong is mended here by its kind. It is
read when a word is first asked for, once in each process: that takes a third of a second and 55 MB. Words are folded.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import lru_cache

from search.analysis.inflection import closed, infinitives, inflected

PARTICLES = frozenset((
    "aan", "achter", "achterover", "achteruit", "af", "bekend", "bezig", "bij", "bijeen", "binnen", "bloot", "buiten", "deel",
    "dicht", "door", "gelijk", "goed", "groot", "heen", "hoog", "in", "ineen", "klaar", "kwijt", "langs", "los", "mee", "mis",
    "na", "neer", "om", "omhoog", "omlaag", "onder", "op", "opeen", "over", "overeen", "plaats", "recht", "rond", "samen",
    "schoon", "stil", "stop", "tegemoet", "tegen", "teleur", "teniet", "tentoon", "terecht", "terug", "thuis", "toe", "uit",
    "uiteen", "vast", "veilig", "vol", "voor", "vooraf", "voorbij", "voort", "vooruit", "vrij", "waar", "weer", "weg", "zeker",
))  # fmt: skip
"""What separates from its verb: *stelt vast*, *vastgesteld*, *vast te stellen*."""

_ADDED = ("aan", "af", "be", "in", "om", "ont", "op", "toe", "uit", "ver", "voor")
"""What the dictionary puts before the lemma of some participles: for *gewezen* it has *afwijzen*."""
_SHORT_VERBS = frozenset(("doen", "gaan", "slaan", "staan", "zien"))
_SIEVE = 1 << 22
"""Places in a sieve: about eleven for every form, so that it holds back nine in ten of the words that are none."""
_SUFFIXES = ("dom", "heid", "ing", "nis", "schap", "teit")


@dataclass(frozen=True, slots=True)
class Dictionary:
    """Forms with their lemmas; ``marked`` has those that are written with diacritics, under their folded form.

    ``sieve`` is 1 at the place of every form, folded: most that is asked is no word, and looking there takes a tenth of the time.
    """

    forms: Mapping[str, str]
    marked: Mapping[str, str]
    sieve: bytearray = field(repr=False)

    def may_have(self, word: str) -> bool:
        """Whether there may be a form like this; where not, ``lemma`` is empty."""
        return self.sieve[hash(word) % _SIEVE] == 1

    def common(self, word: str) -> str:
        """The lemma of a form that is no proper name; empty where the dictionary does not know it, or tells what cannot be."""
        if not self.may_have(word):
            return ""
        found = self.forms.get(word) or self.marked.get(word)
        return _mended(word, _folded(found)) if found else ""

    def lemma(self, word: str) -> str:
        """The lemma of a form, which may be a proper name."""
        if not self.may_have(word):
            return ""
        if found := self.common(word):
            return found
        proper = self.forms.get(word.capitalize(), "")
        lemma = _mended(word, _folded(proper)) if proper else ""
        return word if word == lemma + "s" else lemma  # "Jacobs" is a name too

    def is_verb(self, word: str) -> bool:
        """Whether this is an infinitive: the dictionary knows another form of it."""
        if not word.endswith("en"):
            last = word[-5:] if word.endswith(("slaan", "staan")) else word[-4:]
            return last in _SHORT_VERBS and (word == last or word.removesuffix(last) in PARTICLES)
        base, stem = word[:-2], closed(word[:-2])
        return any(self.common(form) == word for form in (stem + "t", stem, base + "t", base, f"ge{stem}d", f"ge{stem}t"))

    def is_adjective(self, word: str) -> bool:
        """Whether this is an adjective: the dictionary knows how it stands before a noun."""
        return self.common(inflected(word)) == word

    def has_plural(self, word: str) -> bool:
        """Whether this is a noun with a plural on -en."""
        return any(self.common(plural) == word for plural in infinitives(word))

    def has_plural_on_s(self, word: str) -> bool:
        """Whether this is a noun with a plural on -s."""
        return self.common(word + "s") == word == self.common(word)

    def takes_s(self, word: str) -> bool:
        """Whether a word may have an s behind it: in the plural, or before the rest of a compound (*overheids-*)."""
        return word.endswith(_SUFFIXES) or not (self.is_verb(word) or self.has_plural(word))


@lru_cache(maxsize=1)
def dutch() -> Dictionary:
    """The dictionary, read once."""
    # It brings rules for all its languages, and processes that leave the words to others need none of it.
    from simplemma.strategies.dictionaries import DefaultDictionaryFactory  # noqa: PLC0415

    forms = DefaultDictionaryFactory().get_dictionary("nl")
    marked: dict[str, str] = {}
    sieve = bytearray(_SIEVE)
    for form in forms:
        folded = form.lower() if form.isascii() else _folded(form)  # so many that a call for each would take as long again
        sieve[hash(folded) % _SIEVE] = 1
        if folded != form and not form.isascii():
            marked[folded] = forms[form]
    return Dictionary(forms, marked, sieve)


def _folded(word: str) -> str:
    """The word in lower case without diacritics."""
    if word.isascii():
        return word.lower()
    return "".join(char for char in unicodedata.normalize("NFD", word.lower()) if not unicodedata.combining(char))


def _mended(form: str, lemma: str) -> str:
    """The lemma that the dictionary gives; the form itself where that is none of it, nothing where rules do better."""
    first, apart, rest = lemma.partition("_")
    if apart:  # "vast_stellen" is a verb that separates; "familie_lid" has lost what links its parts
        lemma = first + rest if first in PARTICLES else ""
    if not lemma.isalpha():
        return ""
    if lemma.endswith("ster") and form.endswith(("er", "ers")):  # "werkgeefster" for "werkgever"
        return form.removesuffix("s")
    if form.endswith("ische"):  # "belg" for "belgische"
        return form[:-1]
    if len(lemma) > len(form) and lemma.endswith(("e", "in", "man")):  # "presidente" for "president", "fransman" for "franse"
        return form if lemma == form + "e" else ""
    is_participle = form.startswith("ge")
    if form[0] == lemma[0] or (is_participle and lemma[0] == form[2:3]):
        return lemma
    for prefix in _ADDED:
        if is_participle and lemma.startswith(prefix) and lemma[len(prefix) :][:1] == form[2:3]:
            return lemma.removeprefix(prefix)
    return form  # "veel" for "meer", "vergelen" for "geel"
