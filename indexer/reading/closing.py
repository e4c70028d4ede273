"""Names below the text that no mark-up tells to be signatures: the last lines of motions and of old memoranda.

A line is taken for a name only where something besides its form says so: it follows the words with which a motion ends, the line
before it is an office ("De griffier van de commissie,"), or kind line, metadata or the dossier's title name one of those who
stand there. Without that only memoranda and the like, which nobody else has signed, end in names. The lines are paragraphs too,
so that no word is lost.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from indexer.paper.conventions import is_date_line
from indexer.paper.model import ParagraphForm, Part
from indexer.paper.personal_name import fold, in_ordinary_spelling, is_name, take_apart
from indexer.reading.kind_line import Sender
from indexer.reading.pieces import ReadHeading, ReadPaper, ReadParagraph

_END_OF_MOTION = re.compile(r"\bgaat over tot\b|\borde van de dag\b", re.IGNORECASE)
_FUNCTION = re.compile(
    r"(?:De (?:[a-z-]+ ){0,2}(?:onder|vice-|adjunct-)?(?:voorzitter|griffier|rapporteur|minister|staatssecretaris|president)\b"
    r"|(?:(?:fungerend|waarnemend|plaatsvervangend) )?(?:onder|vice-|adjunct-)?(?:voorzitter|griffier) van\b)[^:;]{0,200},",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r",\s*(?:en\s+)?|\s+en\s+")
_SIGNED = re.compile(
    r"\W*(?:\w+ ){0,3}?(?:memorie van (?:toelichting|antwoord)|nota (?:van|naar aanleiding|n\.a\.v\.)|"
    r"initiatiefnota|amendement|motie|koninklijke boodschap)\b",
    re.IGNORECASE,
)
"""The papers that members sign, and the one that the King does."""
_SENTENCE_END = (".", "!", "?", ":", "”", "»", "’", ")")
_PLACES = frozenset(("den haag", "amsterdam", "rotterdam", "utrecht", "brussel", "nederland", "parijs", "luxemburg"))
_DEPARTMENTS = frozenset((
    "welzijn", "sport", "volksgezondheid", "financien", "justitie", "veiligheid", "defensie", "onderwijs", "cultuur",
    "wetenschap", "wetenschappen", "landbouw", "natuur", "natuurbeheer", "visserij", "voedselkwaliteit", "verkeer", "waterstaat",
    "milieu", "milieubeheer", "infrastructuur", "werkgelegenheid", "binnenlandse zaken", "buitenlandse zaken",
    "economische zaken", "algemene zaken", "sociale zaken", "koninkrijksrelaties", "klimaat", "asiel", "migratie",
    "volkshuisvesting",
))  # fmt: skip
"""What an address or the name of a department may end in on a line of its own."""
_HEADINGS = frozenset((
    "bijlage", "bijlagen", "toelichting", "einde", "noten", "noot", "inhoud", "inhoudsopgave", "hoogachtend", "algemeen",
    "artikelsgewijs", "conclusie", "slot", "inleiding", "advies", "voorzitter", "griffier", "ja", "nee", "geen", "idem",
    "gegeven",
))  # fmt: skip
_NO_NAMES = _PLACES | _DEPARTMENTS | _HEADINGS
_MOST, _LONGEST = 12, 500
"""No more lines than these are names without something that says so, and no longer line holds nothing but names."""


def closing_names(read: ReadPaper, kind_line: str, sender: Sender, known: Sequence[str]) -> list[tuple[str, str]]:
    """Function, mostly empty, and name of those whose names stand on lines of their own; ``known`` are names told elsewhere."""
    body = [block for block in read.blocks if block.part is Part.BODY]
    signed = _with_functions(body)
    if signed:
        return signed
    if sender.is_motion:
        end = next((i for i in range(len(body) - 1, -1, -1) if _END_OF_MOTION.search(body[i].line.text)), None)
        if end is not None and (names := _names_after(body, end, known[:_MOST])):
            return [("", name) for name in names]
    begin = _begin_of_names(body)
    names = [_stripped(block.line.text) for block in body[begin:]]
    families = {one.family for name in known for one in take_apart(name).readings}
    told = [any(one.family in families for one in take_apart(name).readings) for name in names]
    if any(told):
        return [("", name) for name, is_told in zip(names, told, strict=True) if is_told or fold(name) not in _NO_NAMES]
    if not read.signatures and _plainly_signed(body, begin, kind_line):
        return [("", name) for name in names]
    return []


def _with_functions(body: Sequence[ReadHeading | ReadParagraph]) -> list[tuple[str, str]]:
    """Names that follow the line of an office, or stand on it behind the last comma."""
    found = []
    texts = [_plain(block) for block in body]
    for i, text in enumerate(texts):
        if len(text) > 300:
            continue
        if _FUNCTION.fullmatch(text) and i + 1 < len(texts) and is_name(_stripped(texts[i + 1])):
            found.append((text, _stripped(texts[i + 1])))
        elif (comma := text.rfind(",")) > 0 and _FUNCTION.fullmatch(text[: comma + 1]) and is_name(_stripped(text[comma + 1 :])):
            found.append((text[: comma + 1], _stripped(text[comma + 1 :])))
    return found


def _names_after(body: Sequence[ReadHeading | ReadParagraph], end: int, known: Sequence[str]) -> list[str]:
    """The names between the words with which a motion ends and what is no name; several may stand on a line."""
    names: list[str] = []
    for block in body[end + 1 :]:
        text = _stripped(_plain(block))
        if len(text) > _LONGEST or fold(text) in _HEADINGS:
            break
        line = _run_together(text, known) or [_stripped(name) for name in _BETWEEN.split(text)]
        if not all(is_name(in_ordinary_spelling(name)) for name in line):
            break
        names += line
    return names


def _run_together(text: str, known: Sequence[str]) -> list[str]:
    """The names on a line that holds nothing but names that are told elsewhere, without a sign between them; else nothing."""
    words, names = text.split(), []
    while words:
        begun = next((one for one in known if fold(" ".join(words[: len(one.split())])) == fold(one)), None)
        if begun is None:
            return []
        count = len(begun.split())
        names.append(" ".join(words[:count]))
        words = words[count:]
    return names


def _begin_of_names(body: Sequence[ReadHeading | ReadParagraph]) -> int:
    """Where the lines begin with which the text ends and that have the form of a name; what ends in a point is a sentence."""
    begin = len(body)
    while begin and len(body) - begin < _MOST and is_name(_plain(body[begin - 1]).strip(" ,\u00a0")):
        begin -= 1
    return begin


def _plainly_signed(body: Sequence[ReadHeading | ReadParagraph], begin: int, kind_line: str) -> bool:
    """Whether the last lines of a paper of members or the King are their names, with nothing else to tell it."""
    if not 0 < begin < len(body) or not _SIGNED.match(kind_line):
        return False
    before = _plain(body[begin - 1])
    if not before.endswith(_SENTENCE_END) and not is_date_line(before):
        return False
    words = {fold(_stripped(block.line.text)) for block in body[begin:]}
    if words & _NO_NAMES:
        return False
    # A word that the text writes small is no name.
    return not any(re.search(rf"\b{re.escape(word)}\b", block.line.text) for block in body[:begin] for word in words)


def _plain(block: ReadHeading | ReadParagraph) -> str:
    """The text of a plain paragraph; empty for headings, items of a list and tables."""
    return block.line.text if isinstance(block, ReadParagraph) and block.form is ParagraphForm.TEXT else ""


def _stripped(text: str) -> str:
    return text.strip(" ,.;\\\u00a0")
