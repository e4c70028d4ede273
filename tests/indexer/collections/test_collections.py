"""What a publication is: how it is cited, recognised by what it says of itself, and refused with a reason."""

from __future__ import annotations

import pytest

from indexer.collections import COLLECTIONS, cite, collection_of, recognise
from indexer.errors import PaperError
from indexer.paper.identifier import Identifier
from tests.indexer.papers import answers_xml, official_xml, page, read


@pytest.mark.parametrize(
    ("official", "chamber", "session", "citation"),
    [
        ("kst-31066-1412", "Tweede Kamer", "2023-2024", "Kamerstukken II 2023/24, 31 066, nr. 1412"),
        ("kst-33569-A", "Eerste Kamer", "", "Kamerstukken I, 33 569, A"),
        ("kst-31066-1412", "", "", "Kamerstukken, 31 066, nr. 1412"),
        ("blg-1007826", "Tweede Kamer", "2021-2022", "Kamerstukken II 2021/22, blg-1007826"),
        ("ah-tk-20202021-3235", "Tweede Kamer", "2020-2021", "Aanhangsel Handelingen II 2020/21, nr. 3235"),
        ("ah-ek-19992000-3", "Eerste Kamer", "1999-2000", "Aanhangsel Handelingen I 1999/00, nr. 3"),
        ("h-tk-20172018-70-6", "", "", "Handelingen II 2017/18, nr. 70, item 6"),
        ("kv-tk-2021Z09739", "Tweede Kamer", "", "Kamervragen II 2021Z09739"),
    ],
)
def test_papers_are_cited_as_their_collection_is(official: str, chamber: str, session: str, citation: str) -> None:
    assert cite(Identifier(official), chamber, session) == citation
    if not official.startswith("blg-"):  # of which print has no form
        assert Identifier.parse(citation) == Identifier(official)


@pytest.mark.parametrize("name", sorted(COLLECTIONS))
def test_every_collection_has_identifiers_that_can_be_read(name: str) -> None:
    identifier = Identifier.parse(f"{name}-1007826" if name in ("kst", "blg") else f"{name}-tk-20312032-1")
    assert collection_of(identifier).name == name


@pytest.mark.parametrize(
    ("identifier", "reason"),
    [
        ("stb-2014-296", "Staatsblad"),
        ("stcrt-2015-4711", "Staatscourant"),
        ("trb-2020-1", "Tractatenblad"),
        ("gmb-2021-33", "Gemeenteblad"),
        ("prb-2014-6", "Provinciaal blad, .* no paper of parliament"),
        ("wsb-2020-12", "Waterschapsblad"),
        ("bgr-2021-1093", "Blad gemeenschappelijke regeling"),
        ("h-tk-20172018-70-6", "not read yet"),
    ],
)
def test_other_publications_are_refused_with_what_they_are(identifier: str, reason: str) -> None:
    with pytest.raises(PaperError, match=f"{identifier} is from the {reason}" if "yet" not in reason else reason):
        read(page("<p>x</p>", top="", identifier=identifier), "kst-91234-7.html")


def test_what_a_file_holds_counts_more_than_what_it_is_called() -> None:
    meeting = "<officiele-publicatie><handelingen><al>x</al></handelingen></officiele-publicatie>"
    for text in (meeting, "\ufeff".encode().decode("latin-1") + meeting):  # with a byte order mark that was encoded twice
        with pytest.raises(PaperError, match=r"Handelingen, .* not read yet"):
            read(text, "kst-91234-7.xml")
    nameless = answers_xml("<al>x</al>").replace('<meta name="DC.identifier" content="ah-tk-20312032-7"/>', "")
    with pytest.raises(PaperError, match="holds a paper of the Aanhangsel van de Handelingen"):
        read(nameless, "kst-91234-7.xml")
    assert str(read(nameless, "ah-tk-20312032-8.xml").identifier) == "ah-tk-20312032-8"
    gazette = page("<p>x</p>", top="", identifier="", head='<meta name="OVERHEIDop.publicationName" content="Staatscourant" />')
    with pytest.raises(PaperError, match="is from the Staatscourant"):
        read(gazette, "kst-91234-7.html")


def test_a_pointer_to_the_record_names_the_paper() -> None:
    pointer = '<meta name="OVERHEIDop.externMetadataRecord" content="https://zoek.example/kst-91234-9/metadata.xml"/>'
    text = official_xml("<al>x</al>").replace('<meta name="DC.identifier" content="kst-91234-7"/>', pointer)
    assert str(read(text, "download.xml").identifier) == "kst-91234-9"


def test_a_file_that_nothing_names_is_refused() -> None:
    with pytest.raises(ValueError, match="no identifier: neither the metadata nor the file name 'stuk'"):
        recognise((), (), "stuk")
