"""Plain words side by side, read as a Dutch question: which of them say what is looked for, and which merely ask.

A question is read from its beginning, with a small grammar:

    question = [ opening ] , [ kind , link ] , topic ;
    opening  = a word that asks ("hoeveel", "geef", "kun", "ik"), and all words of asking and function words right after it;
               behind "wat", "hoe" and the like also who is to answer ("wat doet de regering aan", "hoe denkt Nederland over")
             | words that determine ("alle", "de nieuwste") ;
    kind     = "moties", "brieven", "stukken", "informatie", … ;
    link     = function words, with one that tells a topic ("over", "gaan over", "rond") or "van" before a name ;
    topic    = everything else ;

Within the topic function words are no topic either; in a question nor are light verbs ("gaat"), words of amount ("genoeg")
and of degree ("hoe hoog", "zo hard"). A query that begins with a verb and its subject ("komen er", "leveren wij") is a question.
A word with a capital behind its first letter ("OM", "IS") is always topic, unless all words are in capitals or it is meant to
join others and does not ("EN" at the end).
Where nothing would be left as topic, everything is.

The words here are the closed classes of Dutch, and the ways in which Dutch asks; which kinds a collection has is not known here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import Enum, auto

from search.analysis.folding import fold
from search.names import MOST_WORDS, name_extent


class Part(Enum):
    """What a word is in a question."""

    TOPIC = auto()
    """It says what is looked for."""
    FUNCTION = auto()
    """It holds other words together: "de", "van"."""
    ASKING = auto()
    """It merely asks: "hoeveel", "ik zoek", and "over" behind a kind."""
    KIND = auto()
    """It is a kind of papers that is preferred."""
    NAME = auto()
    """It is of the name of whoever submitted what is asked for."""


@dataclass(frozen=True, slots=True)
class Question:
    """What each word is, and the kind that is asked for as the field ``kind`` has it; empty when any will do."""

    parts: tuple[Part, ...]
    kind: str = ""


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


FUNCTION_WORDS = _words(
    "de het een 't 'n der den des "
    "aan achter af bij binnen boven buiten door in jegens langs met na naar naast om omtrent onder op over per rond rondom sinds "
    "te tegen ten ter tijdens tot tussen uit van vanaf vanuit vanwege via volgens voor wegens "
    "en of maar want dus als dan dat omdat doordat zodat terwijl toen "
    "ik jij je u hij zij ze wij we jullie men mij me hem haar ons onze hun hen zich dit deze die mijn jouw uw "
    "wat wie waar waarom wanneer hoe hoeveel welk welke "
    "er hier daar ook nog al wel toch zo niet geen "
    "is zijn ben bent was waren wezen geweest word wordt worden werd werden geworden heb hebt heeft hebben had hadden gehad "
    "zal zult zullen zou zouden kan kun kunt kunnen kon konden moet moeten moest moesten mag mogen mocht mochten "
    "wil wilt willen wou wilde wilden "
    "mbt m.b.t ivm i.v.m tav t.a.v tbv t.b.v tov t.o.v obv o.b.v ogv o.g.v dmv d.m.v ihkv i.h.k.v adhv a.d.h.v n.a.v a.g.v i.g.v "
    "o.a m.n c.q resp jl d.d enz etc "
    "and or not"
) | frozenset(
    first + last
    for first in _words("er hier daar waar")
    for last in _words("aan af bij door in mee na naar om onder op over tegen toe tussen uit van voor")
)
"""Words that hold others together and say nothing of a topic, also in short and in the English of other query languages. Some
have forms, as *zullen* has; words without any are ``search.analysis.exceptions.UNINFLECTED``."""

_NUMBERING = _words("nr nrs no nos nummer nummers")
"""Words that before a number say that it is one; every paper has its number, so that they are never told apart by these."""

_ASKS = _words(
    "wat wie waar waarom wanneer hoe hoeveel hoelang hoezo welk welke "
    "waarover waarvoor waardoor waarmee waaraan waarin er "
    "geef toon laat vertel zoek vind noem beschrijf help show find give search tell list what why how which who when where is "
    "ik wij we kun kunt kan kunnen zou zouden weet mag moet moeten heeft hebben heb zijn wordt worden gaat gaan komt komen wil "
    "willen graag please"
)
"""Words with which a question begins."""

_PLEADING = _words("graag alsjeblieft alstublieft aub svp please")
"""Words that at the end of any query only ask for it kindly."""

_LIGHT = _PLEADING | _words(
    "gaat gaan ging gingen doet doen deed deden gedaan gebeurt gebeuren gebeurde gebeurd komt komen kwam staat staan stond "
    "zit zitten krijgt krijgen weet weten zien zie zoek zoeken vind vinden vertel vertellen geef geven laat laten toon tonen "
    "uitleggen noem noemen help helpt helpen hielp geholpen bestaat bestaan betekent zegt zeggen denkt denken vindt geeft "
    "verandert veranderen genoeg weinig veel meer minder mensen personen "
    "iets even eigenlijk precies echt allemaal misschien bedankt dank me show find "
    "give search tell list the a an about on for are do does what why how which who when where hoelang hoezo iemand mogelijk"
)
"""Words that in a question say nothing of its topic."""

_ASKS_SOMEONE = _words("wat hoe hoeveel waarom wanneer waar what how why when")
_SOMEONE = _words("nederland regering kabinet kamer tweede overheid politiek minister staatssecretaris")
"""Who is to answer, behind a word that asks them something."""

_SUBJECTS = _words("er ik je u wij we jullie")
"""Behind a verb they make it a question."""

_IDIOMS = ("stand van zaken", "aan de hand", "op zoek", "op dit moment", "de laatste tijd", "in het algemeen")
"""What says no more than a word that asks."""
_ABOUT = (
    "in verband met", "met betrekking tot", "met het oog op", "naar aanleiding van", "op het gebied van", "op het vlak van",
    "op het terrein van", "ten aanzien van", "ten opzichte van", "wat betreft",
)  # fmt: skip
"""Several words that tell a topic as "over" does."""
_PREPOSITIONS = (
    "aan de hand van", "als gevolg van", "door middel van", "in het kader van", "in het licht van", "in plaats van",
    "met ingang van", "op basis van", "op grond van", "ten behoeve van", "ten gevolge van", "ten gunste van", "ten koste van",
    "ter zake van", "tot en met",
)  # fmt: skip
"""Other words that together hold others together as one does."""

_JOINING = _words("EN OF NIET")
"""What joins words in the query language, typed where it does not."""

_DETERMINING = _words(
    "alle al de het een elke iedere enkele recente recentste nieuwe nieuwste laatste oude oudste aangenomen verworpen ingediende "
    "all the latest recent"
)
"""Words before a kind."""

_TOPICAL = _words("over inzake betreffende omtrent rond rondom aangaande about waarin waarover tegen mbt m.b.t")
"""Words behind which the topic of papers stands."""

_LINKING = _words(
    "betrekking gebied ingediend aangenomen verworpen geschreven verschenen gepubliceerd handelt handelen inzake betreffende "
    "aangaande mbt m.b.t on regarding"
)
"""Words that with function words and light verbs stand between a kind and its topic."""

_SUBMITTED = _words("ingediend gevraagd voorgesteld gezegd geschreven geantwoord besloten besproken bekend gebeurd afgesproken")
"""What somebody did, before a topic or at the end of a question: "heeft zij iets voorgesteld over dijken"."""

_BEFORE_NAMES = _words("het de lid leden heer mevrouw kamerlid kamerleden minister staatssecretaris")

_AMOUNTS = _words("geld euro tijd keer procent")
_DEGREES = _words(
    "hard hoog hoge laag lang lange groot grote vaak veel weinig duur ver snel ernstig langzaam oud erg goed slecht"
)
_BEFORE_DEGREES = _words("hoe zo te")

_KINDS = {
    form: kind
    for kind, forms in {
        "motie": "motie moties",
        "amendement": "amendement amendementen",
        "brief": "brief brieven kamerbrief kamerbrieven",
        "verslag": "verslag verslagen",
        "nota": "nota nota's notas",
        "voorstel van wet": "wetsvoorstel wetsvoorstellen wetsontwerp wetsontwerpen",
        "vragen": "kamervraag kamervragen vraag vragen",
        "rapport": "rapport rapporten",
        "advies": "advies adviezen",
        "debat": "debat debatten",
    }.items()
    for form in forms.split()
}
"""The kind that each word means, as values of the field ``kind`` have it."""

_ANYTHING = _words(
    "stuk stukken kamerstuk kamerstukken document documenten paper papers publicatie publicaties bestanden teksten "
    "informatie info information nieuws alles iets meer overzicht lijst lijstje"
)
"""Words that ask for papers of any kind."""
_VIEWS = _words("standpunt standpunten mening meningen visie opvatting opvattingen beleid uitspraken")
"""Words that ask what was said of a topic, when a topic is told behind them."""


def kind_of(word: str) -> str:
    """The kind that a word means; empty when it means none."""
    return _KINDS.get(fold(word), "")


def read_question(typed: Sequence[str], is_person: Callable[[str], bool]) -> Question:
    """What each word is; ``is_person`` tells whether someone of this name submitted papers.

    >>> [part.name for part in read_question("alle moties over de wolf".split(), lambda name: False).parts]
    ['ASKING', 'KIND', 'ASKING', 'ASKING', 'TOPIC']
    """
    shouted = all(word == word.upper() for word in typed)
    words = [fold(word) if shouted or word in _JOINING or word[1:] == word[1:].lower() else "" for word in typed]
    reading = _Reading(typed, words, is_person, _within(words, _IDIOMS), _within(words, _ABOUT), _within(words, _PREPOSITIONS))
    parts, kind = reading.parts()
    return Question(parts, kind) if Part.TOPIC in parts or Part.NAME in parts else Question((Part.TOPIC,) * len(typed))


def _within(words: Sequence[str], phrases: Sequence[str]) -> frozenset[int]:
    """The places of the words that stand in one of the phrases."""
    found = set[int]()
    for phrase in (phrase.split() for phrase in phrases):
        for at in range(len(words) - len(phrase) + 1):
            if words[at] == phrase[0] and list(words[at : at + len(phrase)]) == phrase:
                found.update(range(at, at + len(phrase)))
    return frozenset(found)


@dataclass(frozen=True, slots=True)
class _Reading:
    """The words as typed and folded (those that are always topic are empty), and the places of those in fixed phrases."""

    typed: Sequence[str]
    words: Sequence[str]
    is_person: Callable[[str], bool]
    idioms: frozenset[int]
    about: frozenset[int]
    prepositions: frozenset[int]

    @property
    def _asks(self) -> bool:
        first, *others = self.words or ("",)
        return first in _ASKS or 0 in self.idioms or bool(first and others and others[0] in _SUBJECTS)

    def parts(self) -> tuple[tuple[Part, ...], str]:
        """What each word is, and the kind that is asked for."""
        start = self._opening()
        topic, names = self._behind_kind(start)
        has_kind = topic > start
        parts = [Part.ASKING] * topic
        if has_kind and self.words[start] in _KINDS:
            parts[start] = Part.KIND
        parts[names.start : names.stop] = [Part.NAME] * len(names)
        parts += [self._in_topic(at) for at in range(topic, len(self.words))]
        return tuple(parts), _KINDS.get(self.words[start], "") if has_kind else ""

    def _run(self, start: int, *classes: frozenset[str]) -> int:
        """Where the words of these classes from ``start`` on end."""
        end = start
        phrases = self.idioms | self.about | self.prepositions
        while end < len(self.words) and (end in phrases or any(self.words[end] in one for one in classes)):
            end += 1
        return end

    def _asked(self) -> int:
        """Where an opening that asks something ends."""
        someone = _SOMEONE if self.words[0] in _ASKS_SOMEONE else frozenset[str]()
        return self._run(0, _ASKS, FUNCTION_WORDS, _LIGHT, _DETERMINING, someone)

    def _opening(self) -> int:
        """Where the opening ends."""
        if self._asks:
            return self._asked()
        start = self._run(0, _DETERMINING)
        return start if self._is_kind(start) else 0

    def _is_kind(self, at: int) -> bool:
        return at < len(self.words) and (any(self.words[at] in one for one in (_KINDS, _ANYTHING, _VIEWS)))

    def _behind_kind(self, start: int) -> tuple[int, range]:
        """Where the topic begins behind a kind at ``start``, and the words of a name before it; ``start`` without a kind."""
        none = range(start, start)
        if not self._is_kind(start):
            return start, none
        if (names := self._names(start + 1)) and (names.stop < len(self.words) or names.stop > start + 1):
            return self._run(names.stop, FUNCTION_WORDS), names
        end = self._run(start + 1, FUNCTION_WORDS, _LIGHT, _LINKING)
        between = self.words[start + 1 : end]
        if end == len(self.words) or not between:
            return start, none
        told = not _TOPICAL.isdisjoint(between) or not self.about.isdisjoint(range(start + 1, end))
        if self.words[start] in _VIEWS:
            return (end, none) if told else (start, none)
        is_topical = told or self.words[start] in _ANYTHING or not _TOPICAL.isdisjoint(self.words[end:])
        return (end, none) if is_topical else (start, none)

    def _names(self, at: int) -> range:
        """The words of a name behind "van"."""
        if at >= len(self.words) or self.words[at] not in {"van", "door"}:
            return range(at, at)
        start = at + 1
        while start < len(self.words):
            words = [word.rstrip(".,") if len(word) > 3 else word for word in self.typed[start : start + MOST_WORDS]]
            extent = name_extent(words, self.is_person)
            if self.is_person(" ".join(words[:extent])):
                return range(start, start + extent)
            if self.words[start] not in _BEFORE_NAMES:
                break
            start += 1
        return range(at, at)

    def _in_topic(self, at: int) -> Part:
        if at in self.about or at in self.prepositions:
            return Part.FUNCTION
        word = self.words[at]
        before, after = (self.words[at - 1] if at else ""), (self.words[at + 1] if at + 1 < len(self.words) else "")
        is_measure = (word in _DEGREES and before in _BEFORE_DEGREES) or (word in _AMOUNTS and before == "hoeveel")
        is_numbering = word in _NUMBERING and after[:1].isdigit()
        is_done = word in _SUBMITTED and (not after or after in _TOPICAL or at + 1 in self.about)
        is_plea = word in _PLEADING and not after
        if is_plea or (self._asks and (word in _LIGHT or at in self.idioms or is_measure or is_done)):
            return Part.ASKING
        return Part.FUNCTION if is_numbering or word in FUNCTION_WORDS else Part.TOPIC
