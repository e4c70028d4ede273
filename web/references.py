"""A paper as a reference to it, in the forms that programs for references read: BibTeX, RIS, and tags in the head of its page.

A ``Reference`` is what all of them tell. Its texts are on one line; each form escapes them in its own way. Whom a paper is by is
decided here for whatever names its authors: hits, feeds, tables and references tell it alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from urllib.parse import quote

from indexer.collections import citation_of
from indexer.paper.identifier import Identifier, address_of
from indexer.paper.model import Kamerstuk, PaperPerson, PersonRole
from indexer.paper.naming import shown_title, subtitle
from indexer.paper.people import person_name
from indexer.paper.personal_name import PARTICLES, fold
from web import strings
from web.formats import category, one_line

_MOST_ANSWERABLE_FIRST = (
    (PersonRole.MINISTER,),
    (PersonRole.FIRST_SUBMITTER, PersonRole.CO_SIGNER),
    (PersonRole.CHAIR, PersonRole.RAPPORTEUR),
    (PersonRole.SIGNATORY,),
    (PersonRole.CLERK,),
)


def authors_among(people: Iterable[PaperPerson]) -> tuple[PaperPerson, ...]:
    """Those whom the paper is by: the ministers of a letter, all submitters of a motion, the chair of a report.

    Others who signed, such as the clerk below a chair, are its authors only where nobody else is. Each person comes once,
    whatever the number of offices; a minister of whom only the office is known is among them.
    """
    present = list(people)
    for roles in _MOST_ANSWERABLE_FIRST:
        found: dict[str, PaperPerson] = {}
        for one in present:
            if one.role in roles and (name := one.known_as or one.office):
                found.setdefault(name, one)
        if found:
            return tuple(found.values())
    return ()


def author_names(people: Iterable[PaperPerson]) -> tuple[str, ...]:
    """What their pages are called by; an office where only that is known."""
    return tuple(one.known_as or one.office for one in authors_among(people))


INSTITUTIONS = {
    "Tweede Kamer": "Tweede Kamer der Staten-Generaal",
    "Eerste Kamer": "Eerste Kamer der Staten-Generaal",
}
ANY_INSTITUTION = "Staten-Generaal"
PLACE = "Den Haag"
_AND_OTHERS = ("c.s.", "cs", "c.s")
"""Stands after the first signatory and is no name."""


@dataclass(frozen=True, slots=True)
class Author:
    """A signatory: ``family`` is what Dutch lists sort by, ``given`` holds the initials and the particles of the name."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """Rij, M.L.A. van"""
        return f"{self.family}, {self.given}" if self.given else self.family


@dataclass(frozen=True, slots=True)
class Reference:
    """Everything that is told of a paper; empty where it is not known."""

    identifier: Identifier
    title: str
    authors: tuple[Author, ...]
    institution: str
    kind: str
    number: str
    """As papers print it: 31 066, nr. 1412."""
    date: date | None
    citation: str
    subjects: tuple[str, ...]
    address: str
    """The official page, since what is cited is the publisher's text; an invented paper has none."""
    pdf: str
    abstract: str
    """The subtitle, told to be taken from the text."""
    remark: str
    """What the paper has for a date, where that cannot be right."""


def reference_of(paper: Kamerstuk) -> Reference:
    """The reference to a paper; its authors are those whom it is by, as far as their names are known."""
    names = author_names(one for one in paper.people if one.known_as)
    authors = dict.fromkeys(author for name in names if (author := author_of(name)).family)
    links, fictional = paper.links, paper.fictional
    official = "" if fictional else address_of(paper.identifier)
    return Reference(
        paper.identifier,
        strings.as_example(one_line(shown_title(paper)) or str(paper.identifier), fictional=fictional),
        tuple(authors),
        strings.FICTIONAL_EXAMPLE if fictional else INSTITUTIONS.get(paper.chamber, ANY_INSTITUTION),
        one_line(paper.kind),
        one_line(paper.identifier.printed),
        paper.certain_date,
        strings.as_example(one_line(citation_of(paper)), fictional=fictional),
        tuple(one_line(category(name)) for name in paper.categories if one_line(name)),
        next((address for link in (links.page, links.html) if (address := _address(link))), official),
        _address(links.pdf),
        f"{strings.FROM_TEXT}: {below}" if (below := one_line(subtitle(paper).text)) else "",
        strings.dated_doubtfully(paper.date) if paper.date and paper.date_doubt else "",
    )


def author_of(name: str) -> Author:
    """A name as printed, in the order of Dutch lists of names.

    >>> author_of("mr. M.L.A. van Rij").inverted
    'Rij, M.L.A. van'
    """
    family, inverted, rest = one_line(person_name(name)).replace(";", " ").partition(",")
    if inverted and family.strip() and rest.strip(", "):
        return Author(_words(family), _words(rest))
    words = [word for word in _words(f"{family} {rest}").split() if word not in _AND_OTHERS]
    if len(words) < 2:
        return Author("".join(words))
    initials = next((i for i, word in enumerate(words) if "." not in word), len(words))
    given = initials or int(not (_is_particle(words[0]) or _is_double(words[0])))
    if _is_particle(words[0]):  # a name is printed with a capital where nothing stands before it: Van Nispen
        words[0] = words[0].lower()
    first = given
    while first < len(words) - 1 and _is_particle(words[first]):
        first += 1
    if first >= len(words):
        return Author(" ".join(words))
    return Author(" ".join(words[first:]), " ".join(words[:first]))


def _words(text: str) -> str:
    return " ".join(text.replace(",", " ").split())


def _is_particle(word: str) -> bool:
    """Whether a word of a name is sorted under the next one: van, de, 't, and Van where a name begins with it."""
    return word[0].islower() or fold(word) in PARTICLES


def _is_double(word: str) -> bool:
    """Whether a word begins a double name that goes on after it: Blom-van Dam."""
    return fold(word.rpartition("-")[2]) in PARTICLES and "-" in word


def _address(link: str) -> str:
    """The link when it is a web address that needs no escaping anywhere, else nothing."""
    plain = one_line(link)
    return quote(plain, safe=":/?&=#%~+,;@!-._") if plain.startswith(("https://", "http://")) else ""


SCHEMAS = {"DC": "http://purl.org/dc/elements/1.1/", "DCTERMS": "http://purl.org/dc/terms/"}
"""The vocabularies by the prefix of their tags, for links in the head."""

_NO_BREAK = "\u00a0"


@dataclass(frozen=True, slots=True)
class Tag:
    """A meta element in the head of a page."""

    name: str
    content: str


def meta_tags(reference: Reference) -> tuple[Tag, ...]:
    """The tags of a paper's page, in the words of Highwire and Dublin Core; those without a value are left out.

    Zotero takes a page for a report by ``citation_technical_report_institution``, whatever the other tags are (its translator
    "Embedded Metadata").
    """
    day = reference.date
    iso = day.isoformat() if day else ""
    pairs = [
        ("citation_title", reference.title),
        *(("citation_author", _citation_author(author)) for author in reference.authors),
        ("citation_publication_date", iso.replace("-", "/")),
        ("citation_technical_report_institution", reference.institution),
        ("citation_technical_report_number", reference.number),
        ("citation_language", "nl"),
        ("citation_public_url", reference.address),
        ("citation_pdf_url", reference.pdf),
        *(("citation_keywords", subject.replace(";", ",")) for subject in reference.subjects),
        ("DC.identifier", str(reference.identifier)),
        ("DC.title", reference.title),
        *(("DC.creator", author.inverted) for author in reference.authors),
        ("DC.publisher", reference.institution),
        ("DC.date", iso),
        ("DC.type", reference.kind),
        ("DC.language", "nl"),
        ("DC.source", reference.address),
        *(("DC.subject", subject) for subject in reference.subjects),
        ("DCTERMS.issued", iso),
        ("DCTERMS.bibliographicCitation", reference.citation),
    ]
    return tuple(Tag(name, content) for name, content in pairs if content)


def _citation_author(author: Author) -> str:
    """Family name, comma, the rest; Zotero would divide "Haersma Buma, S. van" at its comma for the spaces on either side."""
    return f"{author.family}, {author.given.replace(' ', _NO_BREAK)}" if author.given else author.family


_ESCAPES = str.maketrans(
    {
        "\\": r"\textbackslash{}",
        # BibTeX counts braces even behind a backslash, so each has an invisible other half (as Zotero writes them).
        "{": r"\{\vphantom{\}}",
        "}": r"\vphantom{\{}\}",
        "$": r"\$",
        "&": r"\&",
        "#": r"\#",
        "_": r"\_",
        "%": r"\%",
        "~": r"\textasciitilde{}",
        "^": r"\textasciicircum{}",
        "@": r"{@}",
    }
)

_LIGATURES = re.compile(r"([-'`,<>?!])(?=[-'`,<>])")
"""Characters that TeX sets as one: -- as a dash, '' as a quotation mark."""


def bibtex(reference: Reference) -> str:
    """A technical report as an entry of BibTeX; empty fields are left out."""
    day = reference.date
    fields = {
        # The inner braces keep capitals as they are: Dutch titles are not in title case.
        "title": f"{{{escaped(reference.title)}}}",
        "author": " and ".join(_name(author.inverted) for author in reference.authors),
        "institution": f"{{{escaped(reference.institution)}}}",
        "type": escaped(reference.kind),
        "number": escaped(reference.number),
        "date": day.isoformat() if day else "",
        "year": f"{day.year:04}" if day else "",
        "url": _verbatim(reference.address),
        "note": escaped(reference.citation),
        "abstract": escaped(reference.abstract),
        "annote": escaped(reference.remark),
        "keywords": ", ".join(escaped(subject.replace(",", "")) for subject in reference.subjects),
        "langid": "dutch",
    }
    lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items() if value)
    return f"@techreport{{{reference.identifier},\n{lines}}}\n"


def escaped(text: str) -> str:
    """Text as LaTeX reads it back; what is not ASCII stays as it is."""
    return _LIGATURES.sub(r"\1{}", text.translate(_ESCAPES))


def _name(name: str) -> str:
    """A name in a list that " and " divides."""
    return " ".join(f"{{{word}}}" if word.lower() == "and" else escaped(word) for word in name.split(" "))


def _verbatim(address: str) -> str:
    """An address: taken as it is by those who read it, so braces and backslashes cannot stand in it."""
    return address.replace("\\", "%5C").replace("{", "%7B").replace("}", "%7D")


def ris(reference: Reference) -> str:
    """A report as a record of RIS, whose lines end in CRLF; texts of a reference are on one line, so none can begin a tag."""
    day = reference.date
    tags = [
        ("TY", "RPRT"),
        ("ID", str(reference.identifier)),
        *(("AU", author.inverted) for author in reference.authors),
        ("TI", reference.title),
        ("PY", f"{day.year:04}" if day else ""),
        ("DA", f"{day.year:04}/{day.month:02}/{day.day:02}/" if day else ""),
        ("PB", reference.institution),
        ("CY", PLACE),
        ("SN", reference.number),
        ("M3", reference.kind),
        ("N1", reference.citation),
        ("N1", reference.remark),
        ("AB", reference.abstract),
        *(("KW", subject) for subject in reference.subjects),
        ("LA", "nl"),
        ("UR", reference.address),
        ("L1", reference.pdf),
    ]
    lines = [f"{tag}  - {value}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


@dataclass(frozen=True, slots=True)
class Format:
    """A format of references; ``remark`` writes a line that its readers pass over, where it has any."""

    extension: str
    mimetype: str
    write: Callable[[Reference], str]
    remark: Callable[[str], str]


FORMATS = (
    Format("bib", "application/x-bibtex", bibtex, lambda text: f"% {text}\n\n"),
    Format("ris", "application/x-research-info-systems", ris, lambda text: ""),
)
