"""What a publication is: the collections of official publications, and whether we take their papers in.

A collection is a value of ``Collection``. Kamerstukken and what is sent along with them are in ``kamerstukken``; what members
ask and ministers answer is in ``answers``. The official gazettes are published at the same place and in the same formats as the
papers of parliament, so their files are easily taken for those; they are refused here with a reason, as are the Handelingen,
which are not read yet. To add a collection, give it a module or a folder here and name it in ``COLLECTIONS``: citations, kinds
and readers follow from that. What identifiers begin with is listed in ``indexer.paper.identifier``.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.collections.answers import ANSWERS, QUESTIONS
from indexer.collections.collection import Collection
from indexer.collections.kamerstukken import ATTACHMENTS, KAMERSTUKKEN, OTHER_PAPERS
from indexer.paper.identifier import Identifier, identifiers_among
from indexer.paper.model import Kamerstuk


def _gazette(name: str, title: str, publisher: str, *contents: str) -> Collection:
    reason = f"is from the {title}, the official gazette of {publisher}, which is no paper of parliament; leave it out"
    return Collection(name, title, reason, contents=frozenset((title, *contents)))


_REFUSED = (
    Collection(
        "h",
        "Handelingen",
        "is from the Handelingen, the records of the debates, which are not read yet; leave it out",
        contents=frozenset(("Handelingen", "handelingen")),
    ),
    _gazette("stb", "Staatsblad", "the Kingdom", "staatsblad"),
    _gazette("stcrt", "Staatscourant", "the government", "staatscourant"),
    _gazette("trb", "Tractatenblad", "treaties", "tractatenblad"),
    _gazette("gmb", "Gemeenteblad", "a municipality", "gemeenteblad"),
    _gazette("prb", "Provinciaal blad", "a province", "provinciaalblad", "provincieblad", "Provincieblad"),
    _gazette("wsb", "Waterschapsblad", "a water board", "waterschapsblad"),
    _gazette("bgr", "Blad gemeenschappelijke regeling", "a joint arrangement", "bladgemeenschappelijkeregeling"),
)

COLLECTIONS = {
    collection.name: collection for collection in (KAMERSTUKKEN, ATTACHMENTS, ANSWERS, QUESTIONS, *OTHER_PAPERS, *_REFUSED)
}
"""Every collection by its name, the first part of its identifiers."""


def collection_of(identifier: Identifier) -> Collection:
    """The collection that a publication is of."""
    return COLLECTIONS[identifier.collection]


def cite(identifier: Identifier, chamber: str, session_year: str, attached_to: Identifier | None = None) -> str:
    """The way to cite a paper of which no more is known than this; an attachment is cited by the paper it was sent with."""
    cited = attached_to or identifier
    citation = collection_of(cited).citation(cited, chamber, session_year)
    return f"Bijlage bij {citation} ({identifier})" if attached_to else citation


def citation_of(paper: Kamerstuk) -> str:
    """The way to cite a paper."""
    return cite(paper.identifier, paper.chamber, paper.session_year, paper.attached_to)


def recognise(identifiers: Iterable[str], contents: Iterable[str], name: str) -> tuple[Identifier, Collection]:
    """What publication a file holds.

    ``identifiers`` are what the file itself says it is called, ``contents`` what it says it holds (an element of XML, the name of
    the publication); ``name`` is the file's, which counts only where it does not contradict these.

    Raises:
        ValueError: it is a publication that is not taken in, is not what its identifier says, or has no identifier.
    """
    own = next(iter(identifiers_among(identifiers)), None)
    identifier = own or next(iter(identifiers_among((name,))), None)
    collection = collection_of(identifier) if identifier else None
    held = [one for one in COLLECTIONS.values() if one.contents.intersection(contents)]
    if held and collection not in held:
        refused = next((one for one in held if one.refusal), None)
        if refused:
            raise ValueError(f"{identifier or 'the file'} {refused.refusal}")
        if identifier and not own:
            raise ValueError(f"the file is called {name!r}, but holds a paper of the {held[0].title}; give it its own name")
    if identifier is None or collection is None:
        raise ValueError(f"no identifier: neither the metadata nor the file name {name!r} has the form kst-31066-1412")
    if collection.refusal:
        raise ValueError(f"{identifier} {collection.refusal}")
    return identifier, collection
