"""The page of a paper."""

from __future__ import annotations

from urllib.parse import urlencode, urlsplit

from flask import Blueprint, make_response, redirect, render_template, request
from flask.typing import ResponseReturnValue

from indexer.errors import EngineError, IndexMissing, IndexOutdated
from indexer.identifier import Identifier
from indexer.model import Kamerstuk
from web import strings
from web.caching import by_content
from web.neighbours_view import neighbours_view
from web.paper_view import PaperView, paper_view
from web.ports import Answers, Highlighter, Papers, Registers, Withdrawal


def paper_pages(answers: Answers, papers: Papers, registers: Registers) -> Blueprint:
    """Routes over the ports."""
    pages = Blueprint("paper", __name__)

    @pages.get("/<identifier:identifier>")
    def paper(identifier: Identifier) -> ResponseReturnValue:
        if request.path != f"/{identifier}":
            return redirect(f"/{identifier}", 301)
        query = request.args.get("q", "")
        found = papers.get(identifier)
        if found is None:
            withdrawal = papers.withdrawal(identifier)
            if withdrawal is not None:
                return make_response(_withdrawn(identifier, withdrawal), 410)
            return make_response(_missing(identifier), 404)
        beside = neighbours_view(registers.neighbours(identifier))
        page = render_template(
            "paper.html", view=_view(found, query), neighbours=beside, query=query, back=_back(query), empty=False
        )
        return by_content(make_response(page))

    def _view(found: Kamerstuk, query: str) -> PaperView:
        named = {citation.target for citation in found.citations}
        names = papers.names(named | {found.attached_to} if found.attached_to else named)
        attachments = papers.attachments(found)
        return paper_view(found, names, papers.cited_by(found.identifier), _highlighter(query), attachments)

    def _highlighter(query: str) -> Highlighter | None:
        """Marks for a query; a paper can be read without an index, and then simply has none."""
        try:
            return answers.highlighter(query) if query.strip() else None
        except (IndexMissing, IndexOutdated, EngineError):
            return None

    def _back(query: str) -> str:
        """The results the reader comes from, in the state they were left; else those of the query, if there is one."""
        came_from = urlsplit(request.referrer or "")
        if came_from.netloc == request.host and came_from.path == "/zoeken":
            return f"/zoeken?{came_from.query}"
        return f"/zoeken?{urlencode([('q', query)])}" if query.strip() else ""

    def _withdrawn(identifier: Identifier, withdrawal: Withdrawal) -> str:
        """Only that it existed, and when that changed."""
        text = strings.withdrawn(withdrawal.noticed)
        return render_template("withdrawn.html", identifier=identifier, text=text, query="", empty=False)

    def _missing(identifier: Identifier) -> str:
        official = f"{strings.SOURCE_ADDRESS}/{identifier}.html"
        return render_template("missing.html", identifier=identifier, official=official, query="", empty=not papers.count())

    return pages
