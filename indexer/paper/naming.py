"""What to call a paper: the title that is shown, which always says something, and the subtitle that is ours.

Only words of the paper itself are used. The title as printed stays what it is; one that says no more than the kind of the paper
("Memorie van toelichting", "Motie van het lid Berg") is joined with the title of the dossier where that is not known already.
How a title is set, and where it stands, is for whoever shows it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.paper.model import Kamerstuk, Part
from indexer.paper.offices import ABBREVIATIONS
from indexer.paper.personal_name import PARTICLES, fold, with_capital

_MEMBERS = frozenset(
    ("LID", "LEDEN", "LIDVAN", "LEDENVAN", "SENATOR", "SENATOREN", "RAPPORTEUR", "RAPPORTEURS", "HEER", "MEVROUW")
)
"""The words before names of persons, two of them as they are misprinted."""
_OFFICES = frozenset(("MINISTER", "MINISTERS", "STAATSSECRETARIS", "STAATSSECRETARISSEN"))
_NEVER_NAMES = _MEMBERS | _OFFICES | frozenset(("EN", "MET", "C.S.", "DIE", "GEDRUKT", "NR."))
_PROPER_NAMES = {
    name.lower(): name
    for name in (
        "Algemene Rekenkamer",
        "Raad van State",
        "Tweede Kamer",
        "Eerste Kamer",
        "Staten-Generaal",
        "Nationale ombudsman",
    )
}
_AFTER_NAMES = re.compile(
    r"\b(?:over|tot|inzake|betreffende|houdende|strekkende|naar|voorgesteld|ontvangen|was nr|mede namens|op het|op stuk"
    r"|te[rn] \w+(?:ng|ie))\b",
    re.IGNORECASE,
)
"""With these words the names of a kind line end, as in ``indexer.reading.kind_line``."""
_KEPT = re.compile(r"\(?(?:R\d{3,4}|[IVX]{1,6}[AB]?)\)?[,.]?")
"""Chapters of the budget and numbers of Kingdom acts are written in capitals."""
_PARTY = re.compile(r"\((?!GEWIJZIGD|HERDRUK)[^()a-z]{2,20}\)[,.]?")
_PROPER = re.compile(rf"\b(?:{'|'.join(_PROPER_NAMES)})\b", re.IGNORECASE)
_GENERAL = frozenset(
    (
        *("brief", "regering", "kamer", "commissie", "motie", "amendement"),
        *("gewijzigd", "gewijzigde", "nader", "nadere", "van", "het", "de", "een"),
    )
)
"""Words that tell nothing of what a paper is about."""
_WORDS = re.compile(r"\w+")
_SUBMITTED = re.compile(r"(?:\w+ ){0,4}(?:sub)?(?:motie|amendement)\b", re.IGNORECASE)
_SUBJECT = re.compile(
    r"\b(?:over|inzake|betreffende|omtrent|aangaande|waarin|waarmee|waarbij|waardoor|dat|die|om|strekkende|houdende|aanleiding)\b",
    re.IGNORECASE,
)
"""A word by which the title of a motion or amendment begins to tell its subject, after the names."""
_REPLACED = re.compile(r"\(?\b(?:t\.?v\.?v\.?|ter vervanging van) [^()]{0,60}(?:\(R\d{3,4}\)[^()]{0,20})?\)?", re.IGNORECASE)
_LONG_ENOUGH = 30
"""A kind line of so many characters may be the title of the dossier itself; a shorter one is a kind."""

_DICTUM = (
    r"(?:verzoekt|verzoeken|spreekt|roept|draagt|vraagt|dringt|nodigt|besluit|machtigt|gelast|keurt|zegt|betuigt|veroordeelt|maant"
    r"|steunt|neemt|geeft|herhaalt|bevestigt|adviseert|wijst|betreurt|onderschrijft|benoemt|stelt|wenst|dankt|beveelt|pleit)\b"
)
_BEGINS_DICTUM = re.compile(rf"(?:(?:en|voorts|tevens|daarom) )?(?={_DICTUM})", re.IGNORECASE)
_DICTUM_WITHIN = re.compile(rf"[;,] (?={_DICTUM})")
"""In old motions all considerations stand in one paragraph, the dictum last."""
_END_OF_DICTUM = re.compile(r"[\s,;]*\ben gaat over tot\b.*", re.IGNORECASE | re.DOTALL)
_GOES_ON = re.compile(r"[•–—-]\s|[a-z]")
_ONLY_ASKED = re.compile(r"verzoekt (?:de regering|het kabinet|de \w*minister|de staatssecretaris)[,;]", re.IGNORECASE)
"""What says who is asked and not yet for what."""
_MARKER = re.compile(r"^(?:[•–—-]|\(?\w{1,2}[.)°])\s+")
"""What stands before an item of a list."""
_REGULATES = re.compile(
    r"(?:(?:met|door|middels) )?(?:dit|het voorliggende|het onderhavige|onderhavig) (?:\w+ )?(?:sub)?amendement\b"
    r"|het amendement (?:beoog|regel|strek|bewerkstellig|voorzie|zorg)\w+\b"
    r"|(?:de )?indieners? (?:beo|wil|stel|regel|strev)\w+\b",
    re.IGNORECASE,
)
_INFORMS = re.compile(r"(?:hierbij|hiermee|bij dezen?|bijgaand|(?:met|in|via|middels) deze brief)\b", re.IGNORECASE)
_FEWEST_WORDS = 4
"""Shorter paragraphs ("Hierbij mijn antwoord.") say nothing."""
_INFORMS_WITHIN = 8
"""The sentence that says what a letter is about is among its first paragraphs."""
_SENTENCE = re.compile(r".*?(?:[^\d\W]{2}(?<!\bnr)(?<!\bdr)(?<!\bmr)(?<!\bir)(?<!\bmw)|[\d)»”])\.(?=\s+[A-Z]|$)")
_PAUSE = re.compile(r"[,;:](?=\s)")
_CLAUSE = re.compile(r"(?<!-)\s(?=(?:en|of|die|dat|zodat|waar\w*|om|door|met|voor|in|bij|op|van|als|aan|tot|ten|te)\s)")
_LONGEST, _SHORTEST = 200, 100
"""A subtitle is cut between so many characters."""


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A line below the title, which this program chose; ``taken_from`` says of what. Both are mostly empty.

    It is taken from the "dictum" of a motion, the "explanation" of an amendment or the "opening" of a letter.
    """

    text: str = ""
    taken_from: str = ""


@dataclass(frozen=True, slots=True)
class Titles:
    """All that a paper is called."""

    shown: str
    """See ``shown_title``."""
    short: str
    """See ``short_title``."""
    subtitle: Subtitle
    """See ``subtitle``."""


def titles_of(paper: Kamerstuk) -> Titles:
    """All at once, which takes less time than one after another."""
    repeats = _repeats(paper)
    return Titles(_shown(paper, repeats), _short(paper, repeats), _below(paper, repeats))


def shown_title(paper: Kamerstuk) -> str:
    """The title of the paper; where that says no more than the kind, with the title of the dossier, else with its number."""
    return _shown(paper, _repeats(paper))


def short_title(paper: Kamerstuk) -> str:
    """The shown title where the title of the dossier is known from what stands around it; may be empty."""
    return _short(paper, _repeats(paper))


def subtitle(paper: Kamerstuk) -> Subtitle:
    """What the paper asks for or is about, of motions, amendments and letters whose title does not say it."""
    return _below(paper, _repeats(paper))


def _shown(paper: Kamerstuk, repeats: bool) -> str:
    own = _short(paper, repeats)
    if own and not repeats:
        return own
    dossier = paper.dossiers[0].title if paper.dossiers else ""
    if len(own) >= _LONG_ENOUGH and _folded(own) in _folded(dossier):
        own = ""
    title = " – ".join(part for part in (own, dossier) if part)
    if title and _folded(title) == _folded(paper.kind):
        title = f"{title} – {paper.identifier.printed}"
    return title or str(paper.identifier)


def _short(paper: Kamerstuk, repeats: bool) -> str:
    if paper.title and not repeats:
        return paper.title
    printed = readable(paper.kind_line)
    return printed if repeats and len(printed) > len(paper.title) else paper.title or printed or paper.kind


def _below(paper: Kamerstuk, repeats: bool) -> Subtitle:
    if not repeats:
        return Subtitle()
    kind = _folded(paper.kind_line or paper.kind)
    if "motie" in kind:
        text, taken_from = _dictum(paper), "dictum"
    elif "amendement" in kind:
        text, taken_from = _sentence_of(_regulating(paper)), "explanation"
    elif "brief" in kind.split():
        text, taken_from = _sentence_of(_informing(paper)), "opening"
    else:
        return Subtitle()
    return Subtitle(_cut(text), taken_from) if text else Subtitle()


def readable(kind_line: str) -> str:
    """A kind line in ordinary spelling: "Motie van de leden Inge van Dijk en Grinwis"; only names and offices keep capitals."""
    printed = kind_line.split()
    if 2 * sum(word.isupper() for word in printed) < len(printed):
        return " ".join(printed)
    words: list[str] = []
    names = members = begins = False
    before = ""
    for i, word in enumerate(printed):
        upper = word.upper()
        following = " ".join(printed[i : i + 2])
        if names and _AFTER_NAMES.match(following):
            names = members = begins = False
        if begins and following.upper().split()[-1] in _MEMBERS:
            names = begins = False
        if (members and _PARTY.fullmatch(word)) or _is_kept(word, before, names):
            words.append(word)
        elif begins if fold(word) in PARTICLES else names and upper not in _NEVER_NAMES:
            # A tussenvoegsel has a capital where it begins a name: "de leden Van Dam en Jan van Dam".
            words.append(_name(word))
        else:
            words.append(word.lower() if words else with_capital(word.lower()))
        members = (members or upper in _MEMBERS) and upper not in _OFFICES
        begins = members and (upper in _MEMBERS or upper == "EN" or word.endswith(","))
        names = names or upper in _MEMBERS or upper in _OFFICES or (upper == "VOOR" and before.startswith("COMMISSIE"))
        before = upper
    return _PROPER.sub(lambda found: _PROPER_NAMES[found.group().lower()], " ".join(words))


def _is_kept(word: str, before: str, names: bool) -> bool:
    """Whether a word is no word but a number or an abbreviation in capitals."""
    bare = word.strip("(),.")
    return bare in ABBREVIATIONS or before.startswith("LETTER") or (not names and bool(_KEPT.fullmatch(word)))


def _name(word: str) -> str:
    """A word of a name: "Berg-de", "Beckerman/De", "D'Ancona"."""
    pieces = word.split("-")
    later = [piece.lower() if fold(piece) in PARTICLES else _capitals(piece) for piece in pieces[1:]]
    return "-".join((_capitals(pieces[0]), *later))


def _capitals(names: str) -> str:
    return "/".join(map(with_capital, names.lower().split("/")))


def _folded(text: str) -> str:
    """The words of a text, however they are spelled and set."""
    return " ".join(_WORDS.findall(text.casefold()))


def _repeats(paper: Kamerstuk) -> bool:
    """Whether the title says no more than kind and kind line do, or is empty."""
    title = _REPLACED.sub(" ", paper.title)
    named = _SUBMITTED.match(title)
    if named and not _SUBJECT.search(title, named.end()):
        return True
    telling = {word for word in _WORDS.findall(title.casefold()) if word not in _GENERAL}
    return not telling or telling.issubset(_WORDS.findall(f"{paper.kind} {paper.kind_line}".casefold()))


def _paragraphs(paper: Kamerstuk) -> Iterator[str]:
    return (one.text for section in paper.sections if section.part is Part.BODY for one in section.paragraphs)


def _dictum(paper: Kamerstuk) -> str:
    """What a motion asks for, states or decides; of several dicta the first, with its items."""
    asked, listed = "", False
    for text in _paragraphs(paper):
        if asked:
            item = _MARKER.match(text) is not None
            goes_on = asked.endswith(":") or (item if listed else _GOES_ON.match(text))
            if _END_OF_DICTUM.match(text) or not goes_on:
                break
            listed = listed or item
            asked = f"{asked} {_MARKER.sub('', text)}"
        elif begins := _BEGINS_DICTUM.match(text):
            asked = text[begins.end() :]
        elif text.startswith("De Kamer") and (within := _DICTUM_WITHIN.search(text)):
            asked = text[within.end() :]
        if asked.endswith((",", ".") if listed else (",", ";", ".")) and not _ONLY_ASKED.fullmatch(asked):
            break
        if len(asked) > _LONGEST:
            break
    plain = _END_OF_DICTUM.sub("", asked).rstrip(" ,;.:")
    return plain[:1].lower() + plain[1:]


def is_dictum(paragraph: str) -> bool:
    """Whether a paragraph of a motion begins with what the motion asks for, states or decides."""
    return _BEGINS_DICTUM.match(paragraph) is not None


def dictum_paragraphs(paper: Kamerstuk) -> frozenset[tuple[int, int]]:
    """Which paragraphs say what a motion asks, states or decides, as numbers of section and paragraph; empty for other papers."""
    if "motie" not in _folded(paper.kind_line or paper.kind):
        return frozenset()
    found: set[tuple[int, int]] = set()
    inside = False
    for number, section in enumerate(paper.sections):
        if section.part is Part.BODY:
            for i, paragraph in enumerate(section.paragraphs):
                inside = (inside or is_dictum(paragraph.text)) and not _END_OF_DICTUM.match(paragraph.text)
                if inside:
                    found.add((number, i))
    return frozenset(found)


def _regulating(paper: Kamerstuk) -> str:
    """The paragraph that tells what an amendment regulates."""
    return next((text for text in _paragraphs(paper) if _REGULATES.match(text)), "")


def _informing(paper: Kamerstuk) -> str:
    """The paragraph that tells what a letter is about."""
    first = (text for text, _ in zip(_paragraphs(paper), range(_INFORMS_WITHIN), strict=False))
    return next((text for text in first if _INFORMS.match(text) and len(text.split()) >= _FEWEST_WORDS), "")


def _sentence_of(paragraph: str) -> str:
    """The first sentence of a paragraph, without its full stop."""
    begin = paragraph[: 4 * _LONGEST]
    sentence = _SENTENCE.match(begin)
    return (sentence.group() if sentence else begin).rstrip(" .;:")


def _cut(text: str) -> str:
    """The text, when it is long only up to the end of a clause, with an ellipsis."""
    if len(text) <= _LONGEST:
        return text
    for boundary in (_PAUSE, _CLAUSE):
        ends = [found.start() for found in boundary.finditer(text, _SHORTEST, _LONGEST)]
        if ends:
            return f"{text[: ends[-1]].rstrip(' ,;:')} …"
    return f"{text[:_LONGEST].rpartition(' ')[0] or text[:_LONGEST]} …"
