"""Types → JSON Schema."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Any, Literal, TypedDict

import pytest

from web.api.openapi import Schemas


class Colour(StrEnum):
    RED = "red"
    BLUE = "blue"


class TreeJson(TypedDict):
    """A tree."""

    name: Annotated[str, "What it is called."]
    branches: list[TreeJson]


@pytest.mark.parametrize(
    ("kind", "schema"),
    [
        (str, {"type": "string"}),
        (bool, {"type": "boolean"}),
        (int | None, {"type": ["integer", "null"]}),
        (list[float], {"type": "array", "items": {"type": "number"}}),
        (dict[str, int], {"type": "object", "additionalProperties": {"type": "integer"}}),
        (Literal["a", "b"], {"type": "string", "enum": ["a", "b"]}),
        (Colour, {"type": "string", "enum": ["red", "blue"]}),
        (Annotated[str, ("format", "date"), "A day."], {"type": "string", "format": "date", "description": "A day."}),
        (Annotated[str, ("format", "date")] | None, {"type": ["string", "null"], "format": "date"}),
        (int | list[int], {"anyOf": [{"type": "integer"}, {"type": "array", "items": {"type": "integer"}}]}),
        (TreeJson | None, {"anyOf": [{"$ref": "#/components/schemas/Tree"}, {"type": "null"}]}),
    ],
)
def test_types_are_schemas(kind: Any, schema: dict[str, object]) -> None:
    assert Schemas().of(kind) == schema


def test_a_typed_dictionary_is_written_once_and_may_hold_itself() -> None:
    schemas = Schemas()
    schemas.of(list[TreeJson])
    assert schemas.components == {
        "Tree": {
            "type": "object",
            "description": "A tree.",
            "properties": {
                "name": {"type": "string", "description": "What it is called."},
                "branches": {"type": "array", "items": {"$ref": "#/components/schemas/Tree"}},
            },
            "required": ["name", "branches"],
            "additionalProperties": False,
        }
    }


def test_two_types_of_one_name_are_refused() -> None:
    schemas = Schemas()
    schemas.of(TreeJson)
    with pytest.raises(TypeError, match="give one another name"):
        schemas.of(TypedDict("TreeJson", {"other": int}))  # type: ignore[operator]


def test_a_type_without_a_schema_is_refused() -> None:
    with pytest.raises(TypeError, match="no schema is known"):
        Schemas().of(bytes)
