"""References as BibTeX: a technical report each, in UTF-8."""

from __future__ import annotations

import re

from web.reference import Reference

MIMETYPE = "application/x-bibtex"

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
    """One entry; empty fields are left out."""
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
