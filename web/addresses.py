"""Where things are: the addresses of the site's pages and of the publisher's, and the links that turn the pages of a list.

Addresses of a state, such as a search with its filters, are made by the state itself.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable
from dataclasses import dataclass
from urllib.parse import quote, urlencode

from indexer.paper.identifier import PUBLISHER, Identifier, address_of
from indexer.paper.model import Dossier, Person
from indexer.paper.people import person_name

_LONGEST_MARKED = 200
"""Characters of a query whose words are marked in the papers that it leads to: a longer one would stand in each of many links."""
_ROOM = 20_000
"""Bytes of a page that one group of links takes, when each repeats a long address."""
_AROUND = 2
"""Pages on either side of the current one that have a link."""


def with_parameters(path: str, pairs: Iterable[tuple[str, str]]) -> str:
    """A path with these parameters, if there are any; half characters become question marks."""
    text = urlencode(list(pairs), errors="replace")
    return f"{path}?{text}" if text else path


def links_to(address: str, most: int, room: int = _ROOM) -> int:
    """How many links may stand in a group that each repeat this address and a little more: ``most``, but where it is very long.

    >>> links_to("/zoeken?q=toeslagen", 30), links_to("/zoeken?q=" + 900 * "%C3%A9", 30)
    (30, 3)
    """
    return max(1, min(most, room // max(len(address), 1)))


def search_address(*pairs: tuple[str, str]) -> str:
    """A search with these parameters."""
    return with_parameters("/zoeken", pairs)


def search_for(field: str, value: str) -> str:
    """A search for one property in the query language, newest first."""
    quoted = f'"{value}"' if " " in value else value
    return search_address(("q", f"{field}:{quoted}"), ("sort", "newest"))


def paper_address(identifier: Identifier | str, query: str = "", anchor: str = "") -> str:
    """The page of a paper, with the words of the query marked, at a passage."""
    pairs = [("q", query)] if query.strip() and len(query) <= _LONGEST_MARKED else []
    return with_parameters(f"/{quote(str(identifier))}", pairs) + (f"#{quote(anchor)}" if anchor else "")


def received_address(identifier: Identifier | str) -> str:
    """The archive's own copy of a paper."""
    return f"{paper_address(identifier)}/bestand"


def readable_at(identifier: Identifier, known: Container[Identifier], *, fictional: bool) -> str:
    """Where a paper can be read: here when it is among the known ones, else at its publisher.

    Empty where neither has it: what a paper that is ``fictional`` names and is not here, is as invented.
    """
    if identifier in known:
        return paper_address(identifier)
    return "" if fictional else address_of(identifier)


def dossier_address(key: str) -> str:
    """The page of the dossier of this key."""
    return f"/dossier/{quote(key, safe='', errors='replace')}"


def official_dossier(key: str) -> str:
    """The dossier at its publisher."""
    return f"{PUBLISHER}/dossier/{quote(key, safe='')}"


def dossier_of(dossier: Dossier) -> str:
    """The page of a paper's dossier; of one without a number, a search for its title."""
    return dossier_address(dossier.key) if dossier.number else search_for("titel", dossier.title)


def person_address(name: str) -> str:
    """The page of a person, however the name is printed."""
    return f"/persoon/{quote(person_name(name), safe='', errors='replace')}"


def person_of(person: Person) -> str:
    """The page of a person; of an office without a name, a search for the office."""
    return person_address(person.name) if person.name else search_for("ambt", person.office)


@dataclass(frozen=True, slots=True)
class Pages:
    """The pages of a list: numbers with their addresses; 0 stands for those left out. Addresses are empty at either end."""

    current: int
    last: int
    links: tuple[tuple[int, str], ...]
    previous: str
    following: str


def pages_of(total: int, size: int, current: int, address: Callable[[int], str], most: int | None = None) -> Pages:
    """The pages of a list of ``total`` things; ``most`` bounds how many can be turned to. Beyond the last there are no links."""
    last = max(1, -(-total // size))
    last = last if most is None else min(last, most)
    links = tuple((page, address(page) if page else "") for page in page_numbers(current, last)) if current <= last else ()
    previous = address(current - 1) if 1 < current <= last else ""
    return Pages(current, last, links, previous, address(current + 1) if current < last else "")


def page_numbers(current: int, last: int) -> list[int]:
    """The first, the last and those around the current page; 0 where some are left out.

    >>> page_numbers(7, 20)
    [1, 0, 5, 6, 7, 8, 9, 0, 20]
    """
    wanted = sorted({1, last, *range(max(1, current - _AROUND), min(last, current + _AROUND) + 1)})
    numbers: list[int] = []
    for page in wanted:
        if numbers and page - numbers[-1] == 2:
            numbers.append(page - 1)
        elif numbers and page - numbers[-1] > 2:
            numbers.append(0)
        numbers.append(page)
    return numbers
