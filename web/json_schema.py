"""Types of JSON values → JSON Schema, so that what the twins are typed to give is what the API document says.

Knows what the twins use: typed dictionaries, lists, maps, unions, literals,
enumerations and plain values. ``Annotated`` adds a meaning (text)
or a keyword of the schema with its value (a pair).
"""

from __future__ import annotations

import inspect
import types
from enum import StrEnum
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints, is_typeddict

Schema = dict[str, object]

_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}


class Schemas:
    """Collects the schemas of typed dictionaries; each is written once and referred to."""

    def __init__(self) -> None:
        self.components: dict[str, Schema] = {}
        self._named: dict[str, Any] = {}

    def of(self, kind: Any) -> Schema:
        """The schema of a type.

        Raises:
            TypeError: it is none that JSON values have here, or its name is that of another.
        """
        origin, args = get_origin(kind), get_args(kind)
        if origin is Annotated:
            return self._annotated(args[0], args[1:])
        if is_typeddict(kind):
            return {"$ref": f"#/components/schemas/{self._component(kind)}"}
        if origin is list:
            return {"type": "array", "items": self.of(args[0])}
        if origin is dict:
            return {"type": "object", "additionalProperties": self.of(args[1])}
        if origin is Literal:
            return {"type": "string", "enum": list(args)}
        if origin in (Union, types.UnionType):
            return self._union([self.of(arg) for arg in args])
        if isinstance(kind, type) and issubclass(kind, StrEnum):
            return {"type": "string", "enum": [value.value for value in kind]}
        if kind in _PLAIN:
            return {"type": _PLAIN[kind]}
        raise TypeError(f"{kind!r}: no schema is known for this type; see web.json_schema for those that are")

    def _annotated(self, kind: Any, notes: tuple[object, ...]) -> Schema:
        schema = self.of(kind)
        for note in notes:
            schema |= {"description": note} if isinstance(note, str) else dict([note]) if isinstance(note, tuple) else {}
        return schema

    def _union(self, schemas: list[Schema]) -> Schema:
        """One schema of several types where only the types differ; "null" takes the keywords of the other."""
        others = [schema for schema in schemas if schema != {"type": "null"}]
        if len(others) == 1 and isinstance(others[0].get("type"), str):
            return others[0] | {"type": [others[0]["type"], "null"]}
        return {"anyOf": schemas}

    def _component(self, kind: Any) -> str:
        name: str = kind.__name__.removesuffix("Json")
        if self._named.setdefault(name, kind) is not kind:
            raise TypeError(f"{kind!r}: {self._named[name]!r} has the same name in the API document; give one another name")
        if name not in self.components:
            self.components[name] = {}  # spoken for, so that a type may hold itself
            hints = get_type_hints(kind, include_extras=True)
            self.components[name] = {
                "type": "object",
                "description": inspect.getdoc(kind) or "",
                "properties": {key: self.of(hint) for key, hint in hints.items()},
                "required": sorted(kind.__required_keys__, key=list(hints).index),
                "additionalProperties": False,
            }
        return name
