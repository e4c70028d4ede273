"""How JSON is written: in the order and the letters of the values."""

from __future__ import annotations

from typing import Any

from flask.json.provider import DefaultJSONProvider


class JsonText(DefaultJSONProvider):
    """Letters as they are; half characters, which UTF-8 has no bytes for, as question marks."""

    ensure_ascii = False
    sort_keys = False

    def dumps(self, obj: Any, **kwargs: Any) -> str:
        """See ``JSONProvider``."""
        return super().dumps(obj, **kwargs).encode("utf-8", "replace").decode()
