"""What members ask in writing and what the government answers: the Aanhangsel van de Handelingen, and questions without answer.

``opening`` reads the lines above the questions, which a page and an XML file print alike: who asks whom about what, who answers,
and when. Title, kind, date, askers and ministers are taken from these lines rather than from the metadata, which XML files lack.
"""

from __future__ import annotations

from indexer.collections.answers.opening import ANSWER, POSTPONED, QUESTION, read_opening
from indexer.collections.collection import Collection, Marks, telling

_MARKS = Marks(
    outside=frozenset(("kamervraagkop",)),
    numbers=frozenset(("kamervraagnummer",)),
    openings=frozenset(("kamervraagomschrijving", "kamervraagomschrijving_kop")),
    headed=frozenset(("vraag", "antwoord", "mededeling", "toelichting")),
    annexes=frozenset(("kamervraagbijlage",)),
)
_KINDS = {"Antwoord": ANSWER, "Mededeling": POSTPONED}
"""How the metadata names the kinds."""

ANSWERS = Collection(
    "ah",
    "Aanhangsel van de Handelingen",
    contents=frozenset(("kamervragen", "aanhangsel", "Kamervragen (Aanhangsel)")),
    kind=lambda told, _: _KINDS.get(telling(told), telling(told)) or ANSWER,
    marks=_MARKS,
    facts=read_opening,
)
QUESTIONS = Collection(
    "kv",
    "Kamervragen zonder antwoord",
    contents=frozenset(("kamervragen", "vraagdocument", "Kamervragen zonder antwoord")),
    kind=lambda told, _: QUESTION if telling(told) in ("", "Vragen") else telling(told),
    marks=_MARKS,
    facts=read_opening,
)
