"""Real official papers, where there is a folder with them: no word lost, page and XML of a paper alike, no file refused."""

from __future__ import annotations

import re
import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree

from indexer.errors import PaperError
from indexer.paper.identifier import Identifier
from indexer.paper.model import Kamerstuk, PersonRole, Where
from indexer.reading.official_file import OfficialFile, read_paper
from indexer.reading.trees import is_element, text_of
from tests.indexer.papers import words, words_of

SAMPLE = Path(__file__).parents[3] / "data" / "sample"
BLOCKS = frozenset((
    "p", "div", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "table", "tr", "td", "th", "caption", "br", "hr", "dt",
    "dd",
))  # fmt: skip
UNREAD = ("nootnum", "note-close", "dossiernummer", "stuknummer")
"""Classes of what is printed, but is no text of a field: numbers of notes, close buttons, number lines."""


def read_file(path: Path) -> Kamerstuk:
    return read_paper(OfficialFile(str(path), path.name, path.read_bytes()))


def visible(path: Path) -> Counter[str]:
    """The words a reader sees of the paper on a page, without numbers of notes and the printed number lines.

    Who signs twice with the same words is one signatory.
    """
    raw = re.sub(rb"^\s*<\?xml[^>]*\?>", b"", path.read_bytes())
    tree = etree.fromstring(raw, etree.HTMLParser(encoding="utf-8", huge_tree=True))

    signed: set[str] = set()

    def signed_before(element: etree._Element, classes: set[str]) -> bool:
        text = text_of(element) if "ondertekening" in classes else ""
        before = text in signed
        signed.update({text} - {""})
        return before

    def pieces(element: etree._Element) -> Iterator[str]:
        space = " " if element.tag in BLOCKS else ""
        yield space
        classes = set((element.get("class") or "").split())
        unread = classes.intersection(UNREAD) or element.tag in ("script", "style")
        if not unread and is_element(element) and not signed_before(element, classes):
            yield element.text or ""
            for child in element:
                yield from pieces(child)
                yield child.tail or ""
        yield space

    roots = [tree.find(".//*[@id='broodtekst']"), tree.find(".//*[@id='noten']")]
    inside = roots[0] is not None and roots[0].find(".//*[@id='noten']") is not None
    return words("".join(pieces(root)) for root in (roots[:1] if inside else roots) if root is not None)


def readable(paper: Kamerstuk, path: Path) -> Counter[str]:
    """The words of the paper's fields; what articles signatures lose in ``office`` is given back by the page itself."""
    found = words_of(paper)
    page = visible(path)
    for article in ("de", "het"):
        signed = sum(1 for person in paper.signatories if person.office)
        missing = page[article] - found[article]
        found[article] += missing if 0 < missing <= signed else 0
    lines = [paragraph.text for section in paper.sections for paragraph in section.paragraphs]
    for person in paper.signatories:
        # Who signs twice is a line the second time, and the line was counted instead of the signature.
        signed_again = words([person.name, person.office])
        if any(line.endswith(f", {person.name}") for line in lines) and signed_again <= page - found:
            found += signed_again
    return +found


def pages(real: Path) -> list[Path]:
    return sorted([*(real / "html" / "generated").glob("*.html"), *(real / "html" / "official").glob("*.html")])


def test_no_word_of_the_sample_is_lost_or_given_twice() -> None:
    paths = sorted(SAMPLE.glob("*.html"))
    assert paths
    for path in paths:
        assert readable(read_file(path), path) == visible(path), path.name


def test_no_word_of_real_pages_is_lost_or_given_twice(real: Path) -> None:
    assert len(pages(real)) > 900
    wrong = [path.name for path in pages(real) if readable(read_file(path), path) != visible(path)]
    assert wrong == []


def in_common(paper: Kamerstuk) -> dict[str, object]:
    """What a page and XML of one paper must agree on, whatever metadata either has."""
    return {
        "number": paper.number,
        "kind line": paper.kind_line,
        "date line": paper.date_line,
        "date": paper.date,
        "session": paper.session_year,
        "dossiers": paper.dossiers,
        "ministers": paper.ministers,
        "signatories": paper.signatories,
        "sections": [(s.level, s.heading, s.part, [(p.text, p.form, p.depth) for p in s.paragraphs]) for s in paper.sections],
        "footnotes": [(note.number, note.text, note.ref) for note in paper.footnotes],
        "citations": sorted((str(c.target), c.where) for c in paper.citations),
    }


def test_page_and_xml_of_a_real_paper_are_alike(real: Path) -> None:
    paths = [path for path in pages(real) if (real / "xml" / f"{path.stem}.xml").exists()]
    assert len(paths) > 900
    differ = []
    for path in paths:
        page, xml = in_common(read_file(path)), in_common(read_file(real / "xml" / f"{path.stem}.xml"))
        differ += [(path.stem, name) for name in page if page[name] != xml[name]]
    assert differ == []


def test_all_real_xml_is_read_in_bounded_time(real: Path) -> None:
    began = time.process_time()
    paths = sorted((real / "xml").glob("*.xml"))
    assert len(paths) == 3006
    for path in paths:
        paper = read_file(path)
        assert paper.sections, path.name
        assert (str(paper.identifier), bool(paper.number), bool(paper.dossiers), bool(paper.chamber)) == (
            path.stem,
            True,
            True,
            True,
        )
        for citation in paper.citations:
            body = citation.where is Where.BODY
            text = paper.sections[citation.container].text if body else paper.footnotes[citation.container].text
            assert text[citation.start : citation.start + len(citation.text)] == citation.text, path.name
            assert Identifier.parse(str(citation.target)) == citation.target
    assert time.process_time() - began < 30


def test_pages_of_other_publications_in_old_wrappers(real: Path) -> None:
    """They are refused, but their wrappers and classes are those of papers of their time: called a paper, they are read whole."""
    others = sorted([*(real / "html" / "same-generator").glob("*.html"), *(real / "html" / "site-wrapper").glob("*.html")])
    assert others
    refused = 0
    for path in others:
        content = path.read_bytes()
        if not path.name.startswith("kst-"):
            refused += 1
            with pytest.raises(PaperError, match="no paper of parliament"):
                read_file(path)
            content = re.sub(rb"\b(?:stb|stcrt|prb)-(?=\d{4}-\d)|publicationName", b"kst-", content)
        assert readable(read_paper(OfficialFile(str(path), path.name, content)), path) == visible(path), path.name
    assert refused


def test_answers_to_questions_are_alike_as_page_and_xml(real: Path) -> None:
    page, xml = (read_file(real / "kinds" / f"ah-tk-20202021-3235.{form}") for form in ("html", "xml"))
    assert in_common(page) == in_common(xml)
    assert (page.title, page.kind, page.chamber) == (xml.title, xml.kind, xml.chamber)
    for paper in (page, xml):
        # The metadata of the page tells their initials; XML has none.
        asked = [one.as_printed for one in paper.people if one.role in (PersonRole.FIRST_SUBMITTER, PersonRole.CO_SIGNER)]
        assert asked == ["Van Weyenberg", "Romke de Jong", "Kat"]
    assert [section.heading for section in page.sections[1:3]] == ["Vraag 1", "Antwoord 1"]
    assert {section.level for section in page.sections[1:]} == {1}


@pytest.fixture(scope="module")
def letter(real: Path) -> Kamerstuk:
    return read_file(real / "html" / "generated" / "kst-31066-1412.html")


def test_the_letter_on_the_tax_service(letter: Kamerstuk) -> None:
    assert [dossier.number for dossier in letter.dossiers] == ["31066", "26643"]
    assert [(m.name, m.office) for m in letter.ministers] == [("M.L.A. van Rij", "Staatssecretaris van Financiën")]
    assert [note.number for note in letter.footnotes] == [str(number) for number in range(1, 13)]
    assert all(note.ref for note in letter.footnotes)
    assert len({citation.target for citation in letter.citations}) == 8
    assert "202411" not in "".join(letter.texts())


def test_handelingen_are_refused_with_a_reason(real: Path) -> None:
    paths = sorted((real / "handelingen").glob("*.xml"))
    assert paths
    for path in paths:
        with pytest.raises(PaperError, match="the records of the debates, which are not read yet"):
            read_file(path)
