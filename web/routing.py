"""Identifiers as parts of addresses: /kst-31066-1412."""

from __future__ import annotations

from werkzeug.routing import BaseConverter, ValidationError

from indexer.identifier import Identifier


class IdentifierConverter(BaseConverter):
    """Matches official identifiers of publications; other printed forms go through the search page."""

    regex = r"[a-zA-Z]{1,5}-[A-Za-z0-9][A-Za-z0-9-]{0,100}"

    def to_python(self, value: str) -> Identifier:
        """The identifier, or no match for this route."""
        try:
            return Identifier.parse(value)
        except ValueError as error:
            raise ValidationError(str(error)) from error
