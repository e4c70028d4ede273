"""An archive of a few papers and a search over them by hand, as the pages see them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime
from functools import cached_property

from flask import Flask
from flask.testing import FlaskClient

from indexer.catalogue.dossiers import Neighbours
from indexer.catalogue.overview import DateInDoubt
from indexer.errors import EngineError, IndexChanged, IndexMissing, IndexOutdated
from indexer.paper.identifier import Identifier
from indexer.paper.model import (
    Cell,
    Citation,
    Dossier,
    Footnote,
    Kamerstuk,
    Links,
    NoteRef,
    PaperPerson,
    Paragraph,
    ParagraphForm,
    Part,
    PersonRole,
    ReadIn,
    Relation,
    Section,
    Where,
)
from indexer.paper.naming import shown_title
from search.document import SearchDocument, document_of
from search.engines.memory import MemoryEngine
from search.fields import FACETS, facets_of
from search.meaning.channel import Meaning
from search.plan import MatchKind, Weights
from search.ports import FacetValue, SearchRequest, Sort, Suggestion
from search.service import SearchService
from search.snippets import Answer, AnsweredHit, AnsweredOffer, OtherQuery, Snippet
from search.term import Concordance, LineOrder, TermAnswer
from search.values import selection
from tests.web.fake_listings import FakeListings, listed
from web.app import create_app
from web.ports import (
    Answers,
    ArchivedFile,
    Condition,
    Highlighter,
    Holdings,
    ListPart,
    OpenArchive,
    PaperReference,
    Readiness,
    Run,
    Standing,
    Withdrawal,
)

LETTER = Identifier("kst-91066-83")
MOTION = Identifier("kst-91066-84")
WITHDRAWN = Identifier("kst-91066-99")
SENATE = Identifier("kst-96643-A")
ELSEWHERE = Identifier("kst-91066-40")
"""Cited by the letter, and not in the archive."""

TABLE = "Jaar | Kosten <in euro>\n2024 | 1.200\n2025 | 3,5"


def letter() -> Kamerstuk:
    """A letter with two dossiers, notes, a nested list, a table, an annex and citations in text and note."""
    opening = Paragraph(
        "al-1",
        "De uitfasering van Cool:Gen loopt, zie 91 066, nr. 40 & volgende.",
        note_refs=(NoteRef(34, "n1"), NoteRef(65, "n2")),
    )
    items = (
        Paragraph("al-2", "1. eerst <dit>;", ParagraphForm.ITEM, 1),
        Paragraph("al-3", "a. en dat van Cool:Gen;", ParagraphForm.ITEM, 2),
        Paragraph("al-4", "2. daarna niets.", ParagraphForm.ITEM, 1),
    )
    rows = (
        (Cell(0, 4, True), Cell(7, 23, True)),
        (Cell(24, 28, True), Cell(31, 36)),
        (Cell(37, 41, True), Cell(44, 47)),
    )
    table = Paragraph("al-5", TABLE, ParagraphForm.TABLE, rows=rows, note_refs=(NoteRef(36, "n1"),))
    return Kamerstuk(
        LETTER,
        title="Brief over de uitfasering van Cool:Gen",
        kind="Brief regering",
        kind_line="BRIEF VAN DE STAATSSECRETARIS VAN FINANCIËN",
        chamber="Tweede Kamer",
        session_year="2023-2024",
        date=date(2024, 6, 18),
        date_line="Den Haag, 18 juni 2024",
        published=date(2024, 6, 24),
        number="83",
        dossiers=(Dossier("91066", "", "Heffingen"), Dossier("96643", "", "Digitalisering")),
        people=(
            PaperPerson(
                "L. van den Akkerveld",
                PersonRole.MINISTER,
                "L. van den Akkerveld",
                "Staatssecretaris van Financiën",
                read_in=(ReadIn.SIGNATURE, ReadIn.METADATA),
            ),
        ),
        categories=("Financiën | Belasting",),
        sections=(
            Section(0, "", "broodtekst", paragraphs=(opening,)),
            Section(1, "Uitfasering & <planning>", "d1", paragraphs=items),
            Section(3, "Kosten", "d2", paragraphs=(table,)),
            Section(1, "Bijlage", "d3", Part.ANNEX, (Paragraph("al-6", "Slot."),)),
        ),
        footnotes=(
            Footnote("1", "n1", "Zie 91 066, nr. 84 over Cool:Gen."),
            Footnote("2", "n2", "Gemeten in mei."),
        ),
        citations=(
            Citation(ELSEWHERE, "91 066, nr. 40", Where.BODY, 0, 39),
            Citation(MOTION, "91 066, nr. 84", Where.FOOTNOTE, 0, 4),
        ),
        links=Links(
            html="https://zoek.officielebekendmakingen.nl/kst-91066-83.html",
            pdf="https://zoek.officielebekendmakingen.nl/kst-91066-83.pdf",
            xml="https://zoek.officielebekendmakingen.nl/kst-91066-83.xml",
            page="https://zoek.officielebekendmakingen.nl/kst-91066-83.html",
        ),
    )


def motion() -> Kamerstuk:
    """A motion without a title."""
    paragraph = Paragraph("al-1", "verzoekt de regering Cool:Gen voor 2028 te vervangen, en gaat over tot de orde van de dag.")
    return Kamerstuk(
        MOTION,
        kind="Motie",
        kind_line="MOTIE VAN HET LID ÜMIT",
        chamber="Tweede Kamer",
        session_year="2022-2023",
        date=date(2023, 2, 7),
        number="84",
        dossiers=(Dossier("91066", "", "Heffingen"),),
        sections=(Section(0, "", "broodtekst", paragraphs=(paragraph,)),),
    )


def senate() -> Kamerstuk:
    """A paper of the Eerste Kamer, with nothing that can be left out."""
    return Kamerstuk(SENATE, chamber="Eerste Kamer", sections=(Section(0, "", "", paragraphs=(Paragraph("", "Verslag."),)),))


def words_in(text: str, words: Iterable[str]) -> tuple[tuple[int, int], ...]:
    """Where any of the words stands."""
    pattern = "|".join(re.escape(word) for word in words)
    return tuple(found.span() for found in re.finditer(pattern, text, re.IGNORECASE)) if pattern else ()


def snippets(document: SearchDocument, words: list[str]) -> tuple[Snippet, ...]:
    """Every passage with a place and one of the words."""
    found = [(p, words_in(p.text, words)) for p in document.passages if p.anchor]
    return tuple(Snippet(p.text, marks, p.heading, p.anchor) for p, marks in found if marks)


@dataclass
class FakeAnswers:
    """Finds papers that have any of the words as a substring; those that have not all of them come last, as partial."""

    papers: tuple[Kamerstuk, ...] = ()
    generation_name: str = "g1"
    error: Exception | None = None
    total: int | None = None
    remarks: tuple[str, ...] = ()
    suggestions: tuple[OtherQuery, ...] = ()
    offers: tuple[AnsweredOffer, ...] = ()
    renewed: bool = False
    """Whether the index is renewed after the first batch of hits."""
    asked: list[tuple[str, Mapping[str, tuple[str, ...]], Sort, int, int]] = field(default_factory=list)
    meant: list[Meaning] = field(default_factory=list)

    @property
    def generation(self) -> str:
        if isinstance(self.error, IndexMissing | IndexOutdated | EngineError):
            raise self.error
        return self.generation_name

    def for_request(self, cancelled: Callable[[], bool]) -> FakeAnswers:
        return self

    def answer(
        self,
        query: str,
        *,
        filters: Mapping[str, tuple[str, ...]],
        sort: Sort,
        offset: int,
        limit: int,
        facet_limit: int = 100,
        meaning: Meaning = Meaning.OFF,
    ) -> Answer:
        if self.error:
            raise self.error
        self.meant.append(meaning)
        self.asked.append((query, filters, sort, offset, limit))
        words = query.lower().split()
        found = []
        for document in map(document_of, self.papers):
            text = " ".join(p.text for p in document.passages).lower()
            lacking = tuple(word for word in words if word not in text)
            if len(lacking) < len(words):
                found.append((document, lacking))
        kept = [
            (d, lacking)
            for d, lacking in found
            if all(any(map(selection(n, v).accepts, facets_of(d)[n])) for n, v in filters.items())
        ]
        kept.sort(key=lambda pair: bool(pair[1]))
        hits = tuple(
            AnsweredHit(d, 1.25, MatchKind.PARTIAL if lacking else MatchKind.EXACT, snippets(d, words), lacking)
            for d, lacking in kept[offset : offset + limit]
        )
        request = SearchRequest(filters=filters, sort=sort, offset=offset, limit=limit)
        jump = str(LETTER) if query == "91 066, nr. 83" else ""
        return Answer(
            query=query,
            request=request,
            understood=f"documenten met: {query}",
            remarks=self.remarks,
            total=len(kept) if self.total is None else self.total,
            total_all_words=sum(not lacking for _, lacking in kept) if self.total is None else self.total,
            took_ms=1.234,
            hits=hits,
            facets=facet_counts([document for document, _ in found], filters),
            suggestions=self.suggestions,
            explanation=() if hits else ("Geen stuk bevat dit.",),
            jump=jump,
            offers=self.offers,
            nowhere=tuple(word for word in words if all(word in lacking for _, lacking in found)),
        )

    def every_hit(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]], sort: Sort, bound: int
    ) -> Iterator[tuple[AnsweredHit, ...]]:
        hits = self.answer(query, filters=filters, sort=sort, offset=0, limit=bound).hits
        for offset in range(0, len(hits), 2):
            yield hits[offset : offset + 2]
            if self.renewed:
                raise IndexChanged("renewed")

    def latest(
        self, query: str, *, filters: Mapping[str, tuple[str, ...]], arrivals: Iterable[str], limit: int
    ) -> Sequence[AnsweredHit]:
        hits = self.answer(query, filters=filters, sort=Sort.NEWEST, offset=0, limit=limit).hits
        came = {identifier: place for place, identifier in enumerate(arrivals)}
        exact = (hit for hit in hits if hit.match is MatchKind.EXACT)
        return sorted(exact, key=lambda hit: came.get(hit.document.identifier, len(came)))

    def suggest(self, prefix: str, limit: int) -> list[Suggestion]:
        return [Suggestion("term", f"{prefix}gen", f"{prefix}gen", 3)][:limit]

    def term(self, query: str, *, filters: Mapping[str, tuple[str, ...]]) -> TermAnswer:
        return self._service.term(query, filters=filters)

    def concordance(self, query: str, *, filters: Mapping[str, tuple[str, ...]], order: LineOrder) -> Concordance:
        return self._service.concordance(query, filters=filters, order=order)

    @cached_property
    def _service(self) -> SearchService:
        if self.error:
            raise self.error
        return engine_of(self.papers)

    def highlighter(self, query: str) -> Highlighter:
        if isinstance(self.error, IndexMissing | IndexOutdated | EngineError):
            raise self.error
        words = query.lower().split()
        return lambda text: words_in(text, words)


def facet_counts(documents: list[SearchDocument], filters: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[FacetValue, ...]]:
    """Counts over all documents; dossiers carry their titles."""
    titles = {d.key: d.title for document in documents for d in document.dossiers}
    facets = {}
    values = [facets_of(document) for document in documents]
    for name in FACETS:
        counts = Counter(value for one in values for value in one[name])
        for chosen in selection(name, filters.get(name, ())).values:
            counts.setdefault(chosen, 0)
        facets[name] = tuple(FacetValue(v, titles.get(v, v) if name == "dossier" else v, n) for v, n in counts.most_common())
    return facets


@dataclass
class FakePapers:
    """Papers by identifier."""

    papers: tuple[Kamerstuk, ...] = ()

    def withdrawal(self, identifier: Identifier) -> Withdrawal | None:
        return Withdrawal(datetime(2026, 2, 28, 23, 30, tzinfo=UTC)) if identifier == WITHDRAWN else None

    def get(self, identifier: Identifier) -> Kamerstuk | None:
        found = next((paper for paper in self.papers if paper.identifier == identifier), None)
        return replace(found, relations=tuple(self._relations(found))) if found else None

    def _relations(self, paper: Kamerstuk) -> Iterator[Relation]:
        """What the paper is to others, as it or they say, with what is known of them."""
        told = ((other, one) for other in self.papers for one in other.relations if one.target == paper.identifier)
        own = [(one.kind, one.target) for one in paper.relations]
        own += [(one.kind.inverse, other.identifier) for other, one in told]
        for kind, target in dict.fromkeys(own):
            here = next((one for one in self.papers if one.identifier == target), None)
            yield Relation(kind, target, here.date if here else None, shown_title(here) if here else "", here is not None)

    @property
    def state(self) -> str:
        return str(len(self.papers))

    def count(self) -> int:
        return len(self.papers)

    def holdings(self) -> Holdings:
        dates = sorted(paper.date for paper in self.papers if paper.date)
        years = Counter(day.year for day in dates)
        return Holdings(len(self.papers), 2, 1234, dates[0] if dates else None, dates[-1] if dates else None, years)

    def cited_by(self, identifier: Identifier) -> list[PaperReference]:
        if identifier != MOTION:
            return []
        return [PaperReference(LETTER, "Brief over de uitfasering", date(2024, 6, 18), "Zie 91 066, nr. 84 over <Cool:Gen>.")]

    def names(self, identifiers: Iterable[Identifier]) -> dict[Identifier, str]:
        return {identifier: shown_title(paper) for identifier in identifiers if (paper := self.get(identifier))}

    def received_file(self, identifier: Identifier) -> ArchivedFile | None:
        return ArchivedFile(f"<html>{identifier}</html>".encode(), "html", RECEIVED) if self.get(identifier) else None


RECEIVED = datetime(2024, 6, 25, 8, 30, tzinfo=UTC)
"""When the papers came."""


@dataclass
class FakeLedger:
    """Everything came at one time, and all of it can be found."""

    papers: tuple[Kamerstuk, ...] = ()
    behind: int | None = 0
    since: datetime | None = RECEIVED

    def standing(self) -> Standing:
        years = Counter(day.year for paper in self.papers if (day := paper.certain_date))
        undated = sum(paper.date is None for paper in self.papers)
        run = Run(RECEIVED, len(self.papers), 0, 2) if self.papers else None
        versions = {"parser": "7", "schema": "3"}
        return Standing(
            len(self.papers),
            undated,
            5,
            years,
            RECEIVED,
            run,
            self.behind,
            versions,
            doubtful=sum(bool(paper.date_doubt) for paper in self.papers),
            fictional=sum(paper.fictional for paper in self.papers),
            nameless=sum(not any(one.name for one in paper.people) for paper in self.papers),
            doubts=[DateInDoubt(paper.identifier, paper.date, paper.date_doubt) for paper in self.papers if paper.date_doubt],
        )

    def changed(self) -> datetime | None:
        return self.since

    def received(self, identifiers: Iterable[Identifier]) -> dict[Identifier, datetime]:
        here = {paper.identifier for paper in self.papers}
        return {identifier: RECEIVED for identifier in identifiers if identifier in here}

    def arrivals(self) -> Iterator[Identifier]:
        return (paper.identifier for paper in reversed(self.papers))

    def parts(self) -> list[ListPart]:
        return [ListPart(0, RECEIVED)] if self.papers else []

    def part(self, number: int) -> list[tuple[Identifier, datetime | None]]:
        return [(paper.identifier, RECEIVED) for paper in self.papers] if number == 0 else []


READY = Readiness(Condition.OK, Condition.OK, Condition.OK)
PAPERS = (letter(), motion(), senate())
BESIDE = {
    LETTER: (
        Neighbours("91066", None, listed(motion()), by_date=False),
        Neighbours("96643", listed(senate()), None, by_date=True),
    )
}


def engine_of(papers: Iterable[Kamerstuk]) -> SearchService:
    """A search of the engine in memory, for what would make a second engine by hand."""
    engine = MemoryEngine(Weights())
    engine.replace(papers)
    engine.commit()
    return SearchService(engine)


def site(
    answers: Answers | None = None,
    papers: tuple[Kamerstuk, ...] = PAPERS,
    listings: FakeListings | None = None,
    ledger: FakeLedger | None = None,
    *,
    readiness: Readiness = READY,
    behind_proxy: bool = False,
    allowed_hosts: tuple[str, ...] = (),
) -> FlaskClient:
    """A visitor of an archive with the papers."""
    app: Flask = create_app(
        answers or FakeAnswers(papers),
        lambda: nullcontext(
            OpenArchive(FakePapers(papers), listings or FakeListings(papers, BESIDE), ledger or FakeLedger(papers))
        ),
        lambda: readiness,
        version="1.2.3",
        behind_proxy=behind_proxy,
        allowed_hosts=allowed_hosts,
    )
    return app.test_client()
