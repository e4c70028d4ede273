"""How text leaves as bytes: half characters, which UTF-8 has no bytes for, become question marks.

NUL, which no page, feed or line of text may hold, becomes the sign that a character was lost.
"""

from __future__ import annotations

from typing import Any

from flask import Response
from flask.json.provider import DefaultJSONProvider


class TextResponse(Response):
    """A response that any text can be put in."""

    def set_data(self, value: bytes | str) -> None:
        """See ``werkzeug.Response``."""
        super().set_data(value.replace("\0", "\ufffd").encode("utf-8", "replace") if isinstance(value, str) else value)


class JsonText(DefaultJSONProvider):
    """JSON in the order and the letters of the values."""

    ensure_ascii = False
    sort_keys = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """See ``JSONProvider``."""
        return super().dumps(obj, **kwargs).encode("utf-8", "replace").decode()
