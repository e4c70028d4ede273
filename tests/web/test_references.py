from __future__ import annotations

from dataclasses import replace

import pytest

from indexer.paper.model import Links, PaperPerson, PersonRole
from tests.web.fakes import letter, motion, senate
from tests.web.people import co_signer, minister, signed, submitter
from web.references import author_of, meta_tags, reference_of


@pytest.mark.parametrize(
    ("printed", "inverted"),
    [
        ("M.L.A. van Rij", "Rij, M.L.A. van"),
        ("P.A. Grinwis", "Grinwis, P.A."),
        ("mr. W.R. (Wietske) Sieperda", "Sieperda, W.R."),
        ("Th.J.A.M. de Bruijn", "Bruijn, Th.J.A.M. de"),
        ("S. van Haersma Buma", "Haersma Buma, S. van"),
        ("Jesse Six Dijkstra", "Six Dijkstra, Jesse"),
        ("H.M. de Jonge-van der Meer", "Jonge-van der Meer, H.M. de"),
        ("Y. van 't Hul", "Hul, Y. van 't"),
        ("Van der Lee", "Lee, van der"),
        ("Van Nispen", "Nispen, van"),
        ("M. van Nispen", "Nispen, M. van"),
        ("Inge van Dijk", "Dijk, Inge van"),
        ("El Abassi", "Abassi, el"),
        ("J. Op den Brug", "Brug, J. Op den"),
        ("Van Haersma Buma", "Haersma Buma, van"),
        ("Blom-van Dam", "Blom-van Dam"),
        ("Ümit", "Ümit"),
        ("Omtzigt c.s.", "Omtzigt"),
        ("A. B.", "A. B."),
        ("de", "de"),
        ("van de", "de, van"),
        ("Rij, M.L.A.;\nvan", "Rij, M.L.A. van"),
        (", Rij,", "Rij"),
        ("", ""),
    ],
)
def test_names_stand_as_in_dutch_lists(printed: str, inverted: str) -> None:
    assert author_of(printed).inverted == inverted


def authors(*people: PaperPerson) -> list[str]:
    return [author.inverted for author in reference_of(replace(letter(), people=people)).authors]


def test_a_motion_is_by_all_its_submitters_in_printed_order() -> None:
    people = (submitter("Van Nispen", "M. van Nispen"), co_signer("Six Dijkstra", "J. Six Dijkstra"), co_signer("Van der Lee"))
    assert authors(*people) == ["Nispen, M. van", "Six Dijkstra, J.", "Lee, van der"]


def test_a_letter_is_by_its_ministers_and_once_by_each() -> None:
    two_offices = (minister("B. Twee", "Minister van Zaken"), minister("B. Twee", "Minister voor Dingen"), minister("A. Een"))
    assert authors(signed("C. Drie"), *two_offices) == ["Twee, B.", "Een, A."]


def test_a_report_is_by_its_chair_and_not_by_the_clerk_below() -> None:
    chair, clerk = signed("De Voorzitter", PersonRole.CHAIR), signed("A. Griffier", PersonRole.CLERK)
    assert authors(chair, clerk) == ["Voorzitter, de"]
    assert authors(clerk) == ["Griffier, A."]


def test_a_minister_without_a_name_is_no_author() -> None:
    assert authors(minister("", "Minister van Zaken"), signed("C. Drie")) == ["Drie, C."]
    assert reference_of(senate()).authors == ()


def test_what_is_cited_is_the_official_page() -> None:
    assert reference_of(motion()).address == "https://zoek.officielebekendmakingen.nl/kst-91066-84.html"
    odd = replace(letter(), links=Links(page="javascript:alert(1)", pdf='https://example.nl/a b"{}<>.pdf'))
    assert reference_of(odd).address == "https://zoek.officielebekendmakingen.nl/kst-91066-83.html"
    assert reference_of(odd).pdf == "https://example.nl/a%20b%22%7B%7D%3C%3E.pdf"


def test_zotero_takes_the_page_for_a_report_by_its_signatories() -> None:
    tags = [(tag.name, tag.content) for tag in meta_tags(reference_of(letter()))]
    assert ("citation_technical_report_institution", "Tweede Kamer der Staten-Generaal") in tags
    assert ("citation_technical_report_number", "91 066, nr. 83") in tags
    assert ("citation_title", "Brief over de uitfasering van Cool:Gen") in tags
    assert ("citation_author", "Akkerveld, L.\u00a0van\u00a0den") in tags
    assert ("citation_publication_date", "2024/06/18") in tags
    assert ("citation_pdf_url", "https://zoek.officielebekendmakingen.nl/kst-91066-83.pdf") in tags
    assert ("citation_language", "nl") in tags
    assert ("DCTERMS.bibliographicCitation", "Kamerstukken II 2023/24, 91 066, nr. 83") in tags
    assert not {name for name, _ in tags} & {"citation_journal_title", "citation_conference_title", "citation_book_title"}


def test_what_is_not_known_is_not_told() -> None:
    tags = meta_tags(reference_of(senate()))
    assert all(tag.content for tag in tags)
    assert not [tag for tag in tags if "date" in tag.name or "author" in tag.name]
