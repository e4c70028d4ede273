"""What to call a paper: the title that is shown, which always says something, and the subtitle that is ours.

Only words of the paper itself are used. How a title is set, and where it stands, is for whoever shows it.
"""

from __future__ import annotations

from dataclasses import dataclass

from indexer.paper.model import Kamerstuk

_NAMES_FOLLOW = frozenset(("LID", "LEDEN", "MINISTER", "MINISTERS", "STAATSSECRETARIS", "STAATSSECRETARISSEN"))
_NEVER_NAMES = frozenset(
    (
        *("VAN", "VOOR", "DE", "HET", "DEN", "DER", "TE", "TER", "EN", "IN", "OP", "MET", "OVER", "TOT", "'T", "C.S."),
        *("VERVANGING", "DIE", "GEDRUKT", "ONDER", "NR.", "LID", "LEDEN"),
    )
)


def shown_title(paper: Kamerstuk) -> str:
    """The title of the paper, else kind line and dossier title, else its identifier."""
    dossier = paper.dossiers[0].title if paper.dossiers else ""
    own = short_title(paper)
    return own if paper.title else " – ".join(part for part in (own, dossier) if part) or str(paper.identifier)


def short_title(paper: Kamerstuk) -> str:
    """The shown title where the title of the dossier is known from what stands around it; may be empty."""
    return paper.title or readable(paper.kind_line)


@dataclass(frozen=True, slots=True)
class Subtitle:
    """A line below the title, which this program chose; ``taken_from`` says of what ("dictum"). Both are mostly empty."""

    text: str = ""
    taken_from: str = ""


def subtitle(paper: Kamerstuk) -> Subtitle:
    """What the paper asks for, of papers whose title does not say it."""
    return Subtitle()


def readable(kind_line: str) -> str:
    """A kind line in ordinary spelling: "Motie van de leden Inge van Dijk en Grinwis"; only names and offices keep capitals."""
    words = []
    names = False
    for i, word in enumerate(kind_line.split()):
        upper = word.upper()
        if upper == "VERVANGING":
            names = False
        if names and upper not in _NEVER_NAMES:
            words.append("-".join("/".join(part.capitalize() for part in piece.split("/")) for piece in word.split("-")))
        else:
            words.append(word.capitalize() if i == 0 else word.lower())
        names = names or upper in _NAMES_FOLLOW
    return " ".join(words)
