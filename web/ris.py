"""References as RIS: a report each, in UTF-8, lines ended as the format asks (CRLF)."""

from __future__ import annotations

from web.reference import PLACE, Reference

MIMETYPE = "application/x-research-info-systems"


def ris(reference: Reference) -> str:
    """One record; texts of a reference are on one line, so none can begin a tag."""
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
        *(("KW", subject) for subject in reference.subjects),
        ("LA", "nl"),
        ("UR", reference.address),
        ("L1", reference.pdf),
    ]
    lines = [f"{tag}  - {value}" for tag, value in tags if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])
