"""What people see in a terminal, in English: answers and papers on stdout, as wide as the window, and progress on stderr.

Progress is a bar with rate and time left; where stderr is no terminal, plain lines. Nothing here knows how an answer came about.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager

from rich.console import Console
from rich.padding import Padding
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)
from rich.rule import Rule
from rich.table import Table
from rich.text import Text

from indexer.collections import citation_of
from indexer.paper.model import SUPERSEDED, Image, Kamerstuk, PaperPerson, Paragraph, ParagraphForm, Relation
from indexer.paper.naming import shown_title, subtitle
from kamerstukken.columns import table_lines
from search.document import SearchDocument
from search.fields import facets
from search.forms import WordForms
from search.plan import MatchKind
from search.snippets import Answer, AnsweredHit, Snippet
from search.wording import Language, papers

_PATIENCE = 2.0
"""Seconds before there is anything to show: what is shorter needs no bar."""
_PLAIN_EVERY = 10.0
"""Seconds between plain lines."""

Advance = Callable[[], None]


@contextmanager
def progress(what: str, total: int | None) -> Iterator[Advance]:
    """Show how far ``what`` is; call the given function for every item done. ``total`` is None when it is not known."""
    if sys.stderr.isatty():
        yield from _bar(what, total)
    else:
        yield from _lines(what, total)


def _bar(what: str, total: int | None) -> Iterator[Advance]:
    columns = (
        SpinnerColumn(), TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"), TimeElapsedColumn(), TimeRemainingColumn(),
    )  # fmt: skip
    started = time.monotonic()
    done = 0
    bar = Progress(*columns, console=Console(stderr=True), transient=True)
    task = bar.add_task(what, total=total, rate="")

    def advance() -> None:
        nonlocal done
        done += 1
        elapsed = time.monotonic() - started
        if elapsed > _PATIENCE and not bar.live.is_started:
            bar.start()
        if bar.live.is_started:
            bar.update(task, completed=done, rate=f"{done / elapsed:,.0f}/s")

    try:
        yield advance
    finally:
        bar.stop()


def _lines(what: str, total: int | None) -> Iterator[Advance]:
    started = said = time.monotonic()
    done = 0

    def advance() -> None:
        nonlocal done, said
        done += 1
        now = time.monotonic()
        if now - said >= _PLAIN_EVERY:
            said = now
            of = f" of {total:,}" if total else ""
            rate = done / (now - started)
            left = f", {(total - done) / rate:,.0f} s left" if total else ""
            sys.stderr.write(f"{what}: {done:,}{of}, {rate:,.0f}/s{left}\n")
            sys.stderr.flush()

    yield advance


_VALUES_SHOWN = 6
_MARK = "bold yellow"


def print_answer(answer: Answer, console: Console | None = None) -> None:
    """Show an answer: what was understood, the papers with their passages, the facets."""
    out = console or Console(highlight=False)
    out.print(Text(_count(answer), style="bold"), Text(f"  read as: {answer.understood}", style="dim"), sep="")
    if answer.forms:
        out.print(Text(f"found as: {'; '.join(map(_forms, answer.forms))}", style="dim"))
    for line in (*answer.remarks, *answer.explanation):
        out.print(Text(line, style="italic"))
    for other in answer.suggestions:
        found = papers(other.total).told(Language.ENGLISH)
        begin = "Shown instead" if other.query == answer.corrected_to else "Did you mean"
        out.print(Text(f"{begin}: {other.query} ({found})", style="italic"))
    if answer.nowhere and answer.hits:  # else the explanation tells
        out.print(Text(f"In no paper: {', '.join(answer.nowhere)}", style="italic"))
    for offer in answer.offers:
        out.print(Text(f"{offer.told}: {offer.query}", style="dim"))
    for i, hit in enumerate(answer.hits, start=answer.request.offset + 1):
        _print_hit(out, i, hit)
    if answer.total and answer.hits:
        out.print()
        _print_facets(out, answer)


_FORMS_SHOWN = 4


def _forms(word: WordForms) -> str:
    """The most frequent forms of a word, and its compounds, each with its papers."""
    shown = (word.forms[:_FORMS_SHOWN], word.also[:_FORMS_SHOWN])
    return ", also ".join(", ".join(f"{one.form} {one.papers:,}" for one in some) for some in shown if some)


def _count(answer: Answer) -> str:
    by_alike = f", and {answer.total_alike:,} in other words" if answer.total_alike else ""
    by_meaning = f", and {answer.total_meaning:,} by meaning" if answer.total_meaning else ""
    return _by_words(answer) + by_alike + by_meaning


def _by_words(answer: Answer) -> str:
    if not answer.total:
        return "Nothing found"
    total = papers(answer.total).told(Language.ENGLISH)
    return total if answer.total_all_words == answer.total else f"{total} ({answer.total_all_words:,} with all words)"


def _print_hit(out: Console, number: int, hit: AnsweredHit) -> None:
    document = hit.document
    title = Table.grid(padding=(0, 2, 0, 0))
    title.add_row(f"{number:>3}", Text(document.title, style="bold cyan"))
    out.print()
    out.print(title)
    facts = [
        document.identifier,
        document.kind,
        document.date.isoformat() if document.date else "",
        ", ".join(f"{d.number} {d.addition}".strip() for d in document.dossiers),
        ", ".join(p.name or p.office for p in document.ministers),
        f"without: {', '.join(hit.lacking)}" if hit.lacking else "",
        f"in other words: {', '.join(hit.alike)}" if hit.alike else "",
        "by meaning" if hit.match is MatchKind.MEANING else "",
    ]
    out.print(Padding(Text(" · ".join(fact for fact in facts if fact), style="dim"), (0, 0, 0, 5)))
    for snippet in hit.snippets:
        out.print(Padding(_snippet(snippet), (0, 0, 0, 5)))
    out.print(Padding(_whereabouts(document), (0, 0, 0, 5)))


def _whereabouts(paper: Kamerstuk | SearchDocument) -> Text:
    """The address of the official PDF, which an invented paper has not."""
    return Text("invented example, no official paper", style="italic") if paper.fictional else Text(paper.links.pdf, style="blue")


def _snippet(snippet: Snippet) -> Text:
    text = Text(f"{snippet.heading}: " if snippet.heading else "", style="italic")
    body = Text(snippet.text, style="not italic")
    for start, end in snippet.marks:
        body.stylize(_MARK, start, end)
    return text.append_text(body)


def _print_facets(out: Console, answer: Answer) -> None:
    for name in (field.name for field in facets() if field.prominent or field.years):
        values = answer.facets.get(name, ())[:_VALUES_SHOWN]
        if values:
            shown = ", ".join(f"{v.value} ({v.count})" for v in values)
            out.print(Text(f"{name:>10}  ", style="bold dim").append(shown, style="dim"))


def print_paper(paper: Kamerstuk, console: Console | None = None) -> None:
    """Show a paper: its head, its sections with their tables and images, its footnotes."""
    out = console or Console(highlight=False)
    _print_head(out, paper)
    numbers = {note.anchor: note.number or "*" for note in paper.footnotes}
    images = paper.images_by_place()
    for i, section in enumerate(paper.sections):
        out.print()
        if section.heading:
            out.print(Text("  " * max(section.level - 1, 0) + section.heading, style="bold"))
        for j, paragraph in enumerate(section.paragraphs):
            _print_images(out, images.get((i, j), ()))
            _print_paragraph(out, paragraph, numbers)
        _print_images(out, images.get((i, len(section.paragraphs)), ()))
    lines = {paragraph.text for section in paper.sections for paragraph in section.paragraphs}
    for person in paper.signatories:
        if person.office or person.name not in lines:
            out.print(Text(", ".join(part for part in (person.office, person.name) if part), style="italic"))
    if paper.footnotes:
        out.print(Rule(style="dim"))
    for note in paper.footnotes:
        out.print(Text(f"{note.number:>3} ", style="bold").append(note.text, style="not bold"))


def _print_head(out: Console, paper: Kamerstuk) -> None:
    out.print(Text(shown_title(paper), style="bold cyan"))
    if below := subtitle(paper).text:
        out.print(Text(below, style="cyan"))
    out.print(Text(citation_of(paper), style="bold"))
    for relation in paper.relations:
        out.print(Text(_related(relation), style="yellow" if relation.kind in SUPERSEDED else ""))
    dossiers = (f"{d.number} {d.addition} {d.title}" for d in paper.dossiers)
    for line in (paper.edition, paper.kind_line, paper.date_line, *dossiers):
        if line.strip():
            out.print(Text(" ".join(line.split()), style="dim"))
    if people := "; ".join(_told(one) for one in paper.people if one.name):
        out.print(Text(f"By {people}", style="dim"))
    if paper.date_doubt:
        out.print(Text(f"The date is in doubt: {paper.date_doubt}.", style="yellow"))
    out.print(_whereabouts(paper))


def _related(relation: Relation) -> str:
    """Replaced by 91 066, nr. 79 (2023-02-07)"""
    day = f" ({relation.date.isoformat()})" if relation.date else ""
    absent = ", not in this archive" if relation.here is False else ""
    return f"{relation.kind.value.replace('_', ' ').capitalize()} {relation.target.printed}{day}{absent}"


def _told(one: PaperPerson) -> str:
    """S. Ümit (first submitter); P.J. Wolfswinkel (co-signer)"""
    return f"{one.known_as} ({one.office or one.role.value.replace('co_', 'co-').replace('_', ' ')})"


def _print_images(out: Console, images: Sequence[Image]) -> None:
    for image in images:
        described = f": {image.alt}" if image.alt else "" if image.caption else " without a description"
        out.print(Text(f"[image{described}]", style="dim italic"))


def _print_paragraph(out: Console, paragraph: Paragraph, numbers: Mapping[str, str]) -> None:
    """A paragraph with the numbers of its notes in brackets; a table as columns."""
    if paragraph.rows:
        printed = [[_with_notes(paragraph, numbers, cell.start, cell.end) for cell in row] for row in paragraph.rows]
        for line in table_lines(paragraph.text, paragraph.rows, printed, out.width):
            out.print(line, crop=False, overflow="ignore")
        out.print()
        return
    indent = 2 * paragraph.depth if paragraph.form is ParagraphForm.ITEM else 0
    style = "italic" if paragraph.form is ParagraphForm.CAPTION else ""
    text = _with_notes(paragraph, numbers, 0, len(paragraph.text))
    out.print(Padding(Text(text, style=style), (0, 0, 0, indent)))


def _with_notes(paragraph: Paragraph, numbers: Mapping[str, str], start: int, end: int) -> str:
    """A part of a paragraph's text, with the numbers of notes where they are referred to."""
    pieces: list[str] = []
    done = start
    for ref in paragraph.note_refs:
        if done <= ref.offset <= end and ref.note in numbers:
            pieces += (paragraph.text[done : ref.offset], f"[{numbers[ref.note]}]")
            done = ref.offset
    return "".join((*pieces, paragraph.text[done:end]))
