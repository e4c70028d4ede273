"""The official search interface (SRU 2.0): asks it for records, and reads what it answers.

``SearchInterface`` asks one question at a time; how many make a listing is for ``listing`` to say. The readers are pure: bytes
in, values out. Papers are not fetched here, and nothing is kept.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from indexer.errors import NotAtSource, QueryRefused, SourceError, SourceUnreachable, shown
from indexer.harvest.selection import Window, one_of, question
from indexer.harvest.source import FileSource
from indexer.paper.identifier import Identifier
from indexer.reading.trees import Element, decode, local_name, xml_tree

PAGE = 1_000
"""Records in one response: as many as the source gives. Each takes 6 kB."""
_IDENTIFIER = re.compile(r"(?=.{3,100}\Z)[a-z]{1,8}(?:-{1,2}[A-Za-z0-9]{1,40}){1,8}")
"""kst-35842-4, h-ek-20212022-2-7, kst-32302--B; nothing that means anything in a path or an address."""
_LARGEST = 32 * 1024 * 1024
"""No response comes near this."""
_MOST_RECORDS = 10_000
"""Nor has it so many records, since so many are never asked for."""
_NUMBER = re.compile(r"[0-9]{1,9}")
"""No archive has a milliard of papers."""
_WITHDRAWN = re.compile(r"ingetrokken|vervallen|verwijderd", re.IGNORECASE)
_TOO_FAR = ("60", "61")
"""Diagnostics of the standard: too many results to keep; first record position out of range."""
_AT_ONCE = 20
"""One query asks for at most so many identifiers."""
_TO_BE_SURE = 2
"""So often is asked for a paper before it is believed to be gone."""


@dataclass(frozen=True, slots=True)
class Record:
    """What the source says of one paper, without its text. Texts are empty where it says nothing."""

    identifier: Identifier
    title: str
    kind: str
    dossiers: tuple[str, ...]
    number: str
    chamber: str
    session_year: str
    date: dt.date | None
    available: dt.date | None
    modified: dt.date | None
    """The day of the last change; ``--since-last`` asks by it."""
    status: str
    """``Opgemaakt``, ``Opgemaakt na onopgemaakt``, ``Onopgemaakt``."""
    main_document: str
    """The paper that an attachment belongs to."""
    stamp: str
    """The instants of the last changes of paper and record; whenever either is changed, this is another text."""
    addresses: tuple[tuple[str, str], ...]
    """Manifestation (html, xml, pdf, odt, metadata, metadataowms) and address of each file, in the order given."""

    @property
    def withdrawn(self) -> bool:
        """Whether the record says that the paper no longer counts."""
        return bool(_WITHDRAWN.search(self.status))

    def address(self, manifestation: str) -> str:
        """Where that file is; empty when there is none."""
        return dict(self.addresses).get(manifestation, "")


@dataclass(frozen=True, slots=True)
class Page:
    """One response."""

    records: tuple[Record, ...]
    problems: tuple[str, ...]
    """Records that cannot be read: which, and why; the others are good."""
    total: int
    """How many results the query has, as an estimate."""
    more: bool
    """Whether the source says that it has more after these. Where, is not asked of it: positions are counted here."""
    at: dt.datetime | None = None
    """When the source gave it, by its own clock."""

    @property
    def given(self) -> int:
        """How many records are in it."""
        return len(self.records) + len(self.problems)


@dataclass(frozen=True, slots=True)
class Sought:
    """What the source says of papers that were asked for by name; of those in neither set it contradicts itself."""

    there: frozenset[Identifier]
    gone: frozenset[Identifier]


def _today() -> dt.date:
    return dt.datetime.now(dt.UTC).date()


@dataclass(frozen=True, slots=True)
class SearchInterface:
    """The search interface at an address; ``page`` is how many records are asked for in one response."""

    source: FileSource
    address: str
    page: int = PAGE
    today: Callable[[], dt.date] = _today

    def ask(self, query: str, start: int = 1, maximum: int | None = None) -> Page:
        """One page of results.

        Raises:
            QueryRefused: the source does not understand the query.
            SourceError: it does not answer.
        """
        address = search_address(self.address, query, start, self.page if maximum is None else maximum)
        where = f"{self.address}, asked for {query}"
        try:
            received = self.source.get(address, lambda content: read_page(content, where))
        except SourceUnreachable as error:
            raise SourceUnreachable(self.address, error.reason) from error
        except NotAtSource as error:
            raise SourceError(self.address, f"{error.reason}; is it the address of a search interface (SRU)?") from error
        return replace(read_page(received.content or b"", where), at=received.at)

    def count(self, cql: str, window: Window, since: str = "") -> int:
        """How many results there are, as the source counts them."""
        return self.ask(question(cql, window, since), maximum=1).total

    def seek(self, identifiers: list[Identifier]) -> Sought:
        """Which of the papers the source still has, whatever else it says of them.

        It is asked twice for those it does not give, and believed only when what it counts is what it lists: a paper that is only
        left out of an answer is not gone.
        """
        there: set[Identifier] = set()
        gone: set[Identifier] = set()
        for i in range(0, len(identifiers), _AT_ONCE):
            missing, agreed = set(identifiers[i : i + _AT_ONCE]), 0
            for _ in range(_TO_BE_SURE):
                if missing:
                    page = self.ask(one_of(tuple(sorted(missing))))
                    found = {record.identifier for record in page.records}
                    agreed += page.total == len(found) and found <= missing
                    there |= found & missing
                    missing -= found
            if agreed == _TO_BE_SURE:
                gone |= missing
        return Sought(frozenset(there), frozenset(gone))


def search_address(source: str, query: str, start: int = 1, maximum: int = PAGE) -> str:
    """The address of one page of results; ``source`` is that of the interface, positions begin at 1."""
    parameters = {
        "operation": "searchRetrieve", "version": "2.0", "recordSchema": "gzd", "query": query,
        "startRecord": start, "maximumRecords": maximum,
    }  # fmt: skip
    return f"{source}{'&' if '?' in source else '?'}{urlencode(parameters)}"


def read_page(content: bytes, where: str) -> Page:
    """Read a response; ``where`` says where it is from and to which query, for messages.

    Raises:
        QueryRefused: the source says what is wrong with the query.
        ValueError: it is no response of a search.
    """
    if len(content) > _LARGEST:
        raise ValueError(f"the response is larger than {_LARGEST // 2**20} MiB")
    root = xml_tree(decode(content))
    if local_name(root) != "searchRetrieveResponse":
        raise ValueError(f"not a response of the search interface: <{local_name(root)}>")
    diagnostic = root.find("{*}diagnostics/{*}diagnostic")
    if diagnostic is not None:
        number = _text(diagnostic, "{*}uri").rsplit("/", 1)[-1]
        said = " ".join(part for part in (_text(diagnostic, "{*}message"), _text(diagnostic, "{*}details")) if part)
        raise QueryRefused(where, f"the source refuses the query: {said or f'diagnostic {number}'}", too_far=number in _TOO_FAR)
    total = _text(root, "{*}numberOfRecords")
    if not _NUMBER.fullmatch(total):
        raise ValueError("the response does not say how many records there are")
    records: list[Record] = []
    problems: list[str] = []
    for position, element in enumerate(root.iterfind("{*}records/{*}record"), start=1):
        if position > _MOST_RECORDS:
            raise ValueError(f"the response has more than {_MOST_RECORDS:,} records, which nobody asked for")
        try:
            records.append(read_record(element))
        except ValueError as error:
            problems.append(f"record {shown(_text(element, '{*}recordPosition'), 20) or position}: {error}")
    return Page(tuple(records), tuple(problems), int(total), more=bool(_text(root, "{*}nextRecordPosition")))


def read_record(element: Element) -> Record:
    """Read one ``<record>``.

    Raises:
        ValueError: it names no paper.
    """
    meta = element.find("{*}recordData/{*}gzd/{*}originalData/{*}meta")
    enriched = element.find("{*}recordData/{*}gzd/{*}enrichedData")
    if meta is None or enriched is None:
        said = _text(element, ".//{*}message") if element.find(".//{*}diagnostic") is not None else ""
        raise ValueError(shown(said) or "there is no original or no enriched data in it")
    named = _text(meta, "{*}owmskern/{*}identifier")
    if not _IDENTIFIER.fullmatch(named):
        raise ValueError(f"{named[:60]!r} is not an identifier of an official publication")
    special = meta.find("{*}tpmeta")
    changed = (
        [_text(special, f"{{*}}datumTijdstipWijziging{what}") for what in ("Work", "Expression")] if special is not None else []
    )
    modified = _text(meta, "{*}owmskern/{*}modified")
    return Record(
        identifier=Identifier(named),
        title=_text(meta, "{*}owmskern/{*}title"),
        kind=_text(special, "{*}subrubriek"),
        dossiers=tuple(_texts(special, "{*}dossiernummer")),
        number=_text(special, "{*}ondernummer"),
        chamber=_text(meta, "{*}owmskern/{*}creator").removesuffix(" der Staten-Generaal"),
        session_year=_text(special, "{*}vergaderjaar"),
        date=_day(_text(meta, "{*}owmsmantel/{*}date") or _text(meta, "{*}owmsmantel/{*}issued")),
        available=_day(_text(meta, "{*}owmsmantel/{*}available")),
        modified=_day(modified),
        status=_text(special, "{*}documentstatus"),
        main_document=_text(special, "{*}hoofddocument"),
        stamp=" ".join(dict.fromkeys(stamp for stamp in (modified, *changed, _text(enriched, "{*}timestamp")) if stamp)),
        addresses=tuple(_addresses(enriched)),
    )


def _addresses(enriched: Element) -> Iterator[tuple[str, str]]:
    """What the source says, address or not: what is none is told when it is to be asked, and not taken for no file at all."""
    for element in enriched.iterfind("{*}itemUrl"):
        yield element.get("manifestation", ""), (element.text or "").strip()


def _texts(element: Element | None, path: str) -> Iterator[str]:
    if element is not None:
        for found in element.iterfind(path):
            text = " ".join((found.text or "").split())
            if text:
                yield text


def _text(element: Element | None, path: str) -> str:
    return next(_texts(element, path), "")


def _day(text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text[:10])
    except ValueError:
        return None
