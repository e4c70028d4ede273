"""Replies to requests that are refused unworked, made once: telling somebody to come back costs next to nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flask import Flask

from web.error_pages import refusal

STATUSES = (400, 413, 414, 429, 431, 501, 503)
"""What a request may be refused with before any page is asked."""


@dataclass(frozen=True, slots=True)
class Reply:
    """A reply that is the same for everybody."""

    status: str
    headers: Sequence[tuple[str, str]]
    body: bytes


class Refusals:
    """The replies: a page in Dutch for people, problem details in English for programs."""

    def __init__(self, app: Flask) -> None:
        self._replies = {(status, path): _reply(app, status, path) for status in STATUSES for path in ("/", "/api/")}

    def reply(self, status: int, path: str) -> Reply:
        """The reply with this status to a request for this path."""
        return self._replies[status if status in STATUSES else 400, _kind(path)]


def _kind(path: str) -> str:
    return "/api/" if path.startswith("/api/") else "/"


def _reply(app: Flask, status: int, path: str) -> Reply:
    with app.test_request_context(path):
        response = app.process_response(refusal(status))
        response.headers["Cache-Control"] = "no-store"
        return Reply(response.status, tuple(response.headers.items()), response.get_data())
