"""People of papers, as the reader and the register of the archive tell them."""

from __future__ import annotations

from indexer.paper.model import PaperPerson, PersonRole, ReadIn


def minister(name: str, office: str = "Minister van Zaken", person: str | None = None) -> PaperPerson:
    """Someone who signed a letter in this office; without a name only the kind line tells who sent it."""
    return PaperPerson(
        name, PersonRole.MINISTER, name, office, read_in=(ReadIn.SIGNATURE if name else ReadIn.KIND_LINE,), person=person
    )


def submitter(name: str, person: str | None = None) -> PaperPerson:
    """The one whom the kind line of a motion names first."""
    return PaperPerson(name, PersonRole.FIRST_SUBMITTER, name, read_in=(ReadIn.KIND_LINE,), person=person)


def co_signer(name: str, person: str | None = None) -> PaperPerson:
    """One whom it names after that."""
    return PaperPerson(name, PersonRole.CO_SIGNER, name, read_in=(ReadIn.KIND_LINE,), person=person)


def signed(name: str, role: PersonRole = PersonRole.SIGNATORY, office: str = "") -> PaperPerson:
    """Someone whose name stands below a paper."""
    return PaperPerson(name, role, name, office, read_in=(ReadIn.SIGNATURE,))
