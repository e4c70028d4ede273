"""Puts the parts together: which engine answers, where papers come from. The one place that knows them all."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from indexer.catalogue import open_catalogue
from indexer.identifier import Identifier
from indexer.model import Kamerstuk, Where
from indexer.read import PARSER_VERSION
from kamerstukken.settings import Settings
from search.engines.whoosh.searcher import WhooshSearcher
from search.ranking import Weights
from search.service import SearchService
from web.ports import Holdings, PaperReference

if TYPE_CHECKING:
    from flask import Flask

_QUOTE = 240
"""Characters of the sentence that is quoted around a citation, at most."""


def search_service(settings: Settings) -> SearchService:
    """What answers queries on this data folder."""
    return SearchService(WhooshSearcher(settings.index, Weights()))


def web_app(settings: Settings, version: str) -> Flask:
    """The front end on this data folder."""
    from web.app import create_app  # noqa: PLC0415 - Flask takes time to import, and most commands do without

    return create_app(search_service(settings), CataloguePapers(settings), version=version)


@dataclass(frozen=True, slots=True)
class CataloguePapers:
    """The papers of the catalogue, for the front end; opened for each question, so that threads share nothing."""

    settings: Settings

    def get(self, identifier: Identifier) -> Kamerstuk | None:
        """The paper, or None."""
        if not self.settings.catalogue.exists():
            return None
        with open_catalogue(self.settings.catalogue, PARSER_VERSION) as catalogue:
            return catalogue.get(identifier)

    def count(self) -> int:
        """How many papers there are."""
        if not self.settings.catalogue.exists():
            return 0
        with open_catalogue(self.settings.catalogue, PARSER_VERSION) as catalogue:
            return catalogue.counts().papers

    def holdings(self) -> Holdings:
        """What the archive holds."""
        if not self.settings.catalogue.exists():
            return Holdings(0)
        with open_catalogue(self.settings.catalogue, PARSER_VERSION) as catalogue:
            counts = catalogue.counts()
        first, last = (date.fromisoformat(day) if day else None for day in (counts.first_date, counts.last_date))
        return Holdings(counts.papers, counts.dossiers, counts.citations, first, last)

    def cited_by(self, identifier: Identifier) -> list[PaperReference]:
        """The papers that cite this one, newest first, with the sentence that says so."""
        found: list[PaperReference] = []
        with open_catalogue(self.settings.catalogue, PARSER_VERSION) as catalogue:
            for citing in catalogue.cited_by(identifier):
                paper = catalogue.get(citing.identifier)
                if paper is not None:
                    in_note = citing.where == Where.FOOTNOTE.value
                    text = paper.footnotes[citing.container].text if in_note else paper.sections[citing.container].text
                    found.append(PaperReference(citing.identifier, paper.name, paper.date, quote(text, citing.start)))
        return found

    def known(self, identifiers: Iterable[Identifier]) -> set[Identifier]:
        """Those of the identifiers whose papers are here."""
        if not self.settings.catalogue.exists():
            return set()
        with open_catalogue(self.settings.catalogue, PARSER_VERSION) as catalogue:
            return catalogue.known_identifiers(identifiers)


def quote(text: str, at: int) -> str:
    """The sentence around a place in a text, cut to a readable length at spaces."""
    begin = max(text.rfind("\n", 0, at) + 1, text.rfind(". ", 0, max(at - 1, 0)) + 1, 0)
    end = min((i for i in (text.find("\n", at), text.find(". ", at + 20)) if i >= 0), default=len(text))
    sentence = text[begin : end + 1].strip()
    if len(sentence) <= _QUOTE:
        return sentence
    offset = at - begin
    start = max(0, offset - _QUOTE // 2)
    cut = sentence[start : start + _QUOTE]
    lead = "… " if start else ""
    return lead + (cut.split(" ", 1)[-1] if start else cut).rsplit(" ", 1)[0] + " …"
