"""The routes of the API as declarations, and the document made of them (OpenAPI 3.1).

An ``ApiOperation`` is written once beside its view: its parameters are read as it declares them, and the document tells the same.
What answers look like is told by the types of the JSON values.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import (
    Annotated,
    Any,
    Concatenate,
    Literal,
    ParamSpec,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from flask import Blueprint, request
from flask.typing import ResponseReturnValue

from web.api.answers import TOO_COSTLY, ProblemJson
from web.parameters import Given, Parameter, read

P = ParamSpec("P")
Schema = dict[str, object]

API = "/api/v1"
_PATH_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_PLAIN = {str: "string", int: "integer", float: "number", bool: "boolean", types.NoneType: "null"}
_JSON, _PROBLEM = "application/json", "application/problem+json"

DESCRIPTION = """\
Papers of the Dutch parliament: search them, and read them as data.

Only GET; no key is needed. No query is an error: what cannot be read as syntax is read as words, and `understood` tells how.
Unknown and malformed parameters are. Answers carry an ETag that names the state of the archive: send it back in If-None-Match
and an unchanged answer is not sent again. Texts in answers are Dutch, as printed; errors are problem details (RFC 9457).
"""


@dataclass(frozen=True, slots=True)
class PathPart:
    """A part of the path; whether it is well formed is decided by the converter of its route."""

    name: str
    meaning: str
    example: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class ApiOperation:
    """A route under ``API`` that is asked with GET and answers with JSON.

    ``rule`` is that of Flask, without ``API``; ``answer`` the type of the JSON values; ``missing`` tells when there is none
    (404), empty when there always is one; ``may_be_gone`` that there may have been one (410).
    """

    name: str
    rule: str
    summary: str
    answer: Any
    parameters: Sequence[Parameter[object]] = ()
    path: Sequence[PathPart] = ()
    missing: str = ""
    may_be_gone: bool = False

    @property
    def template(self) -> str:
        """The whole path with its parts in braces."""
        return API + _PATH_PART.sub(r"{\1}", self.rule)

    def route(
        self, blueprint: Blueprint
    ) -> Callable[[Callable[Concatenate[Given, P], ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
        """Bind the view that answers; it is called with the values of the parameters, and only when all can be read."""

        def bind(view: Callable[Concatenate[Given, P], ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
            @wraps(view)
            def asked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
                return view(read(self.parameters, request.args, only=True), *args, **kwargs)

            blueprint.add_url_rule(API + self.rule, self.name, asked, methods=["GET"])
            return asked

        return bind


class Schemas:
    """Types of JSON values as JSON Schema; those of typed dictionaries are collected, each written once and referred to.

    Knows what the answers use: typed dictionaries, lists, maps, unions, literals, enumerations and plain values. ``Annotated``
    adds a meaning (text) or a keyword of the schema with its value (a pair).
    """

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
        raise TypeError(f"{kind!r}: no schema is known for this type; add it to web.api.openapi.Schemas")

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


_UNAVAILABLE = (
    "There is no index or no catalogue that can be used; or more is asked than can be answered at the moment; or, where the type "
    f"of the problem is {TOO_COSTLY}, a query costs more than an answer may. Retry-After tells when to come back if that helps."
)


def api_document(operations: Iterable[ApiOperation], version: str) -> dict[str, object]:
    """The document; ``version`` is that of the program."""
    schemas = Schemas()
    problem = schemas.of(ProblemJson)
    paths = {operation.template: {"get": _operation(operation, schemas)} for operation in operations}
    responses = {
        name: {"description": meaning, "content": {_PROBLEM: {"schema": problem, "example": _example(status, title)}}}
        for name, status, title, meaning in (
            ("Malformed", 400, "Bad Request", "A parameter is unknown or malformed."),
            ("Missing", 404, "Not Found", "There is no such thing in this archive."),
            ("Gone", 410, "Gone", "There was such a thing, but its source has withdrawn it."),
            ("Unavailable", 503, "Service Unavailable", _UNAVAILABLE),
            ("Other", 500, "Internal Server Error", "Anything else."),
        )
    }
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Kamerstukken",
            "version": version or "0",
            "description": DESCRIPTION,
            "license": {"name": "EUPL-1.2", "identifier": "EUPL-1.2"},
        },
        "servers": [{"url": "/"}],
        "paths": paths,
        "components": {"schemas": schemas.components, "responses": responses},
    }


def _operation(operation: ApiOperation, schemas: Schemas) -> Schema:
    tag = {"ETag": {"description": "Names the state of the answer.", "schema": {"type": "string"}}}
    responses: dict[str, object] = {
        "200": {
            "description": "The answer.",
            "headers": tag,
            "content": {_JSON: {"schema": schemas.of(operation.answer)}},
        },
        "304": {"description": "The reader has this answer already (If-None-Match).", "headers": tag},
        "400": {"$ref": "#/components/responses/Malformed"},
    }
    if operation.missing:
        responses["404"] = {"$ref": "#/components/responses/Missing"}
    if operation.may_be_gone:
        responses["410"] = {"$ref": "#/components/responses/Gone"}
    responses["503"] = {"$ref": "#/components/responses/Unavailable"}
    responses["default"] = {"$ref": "#/components/responses/Other"}
    parameters = [_path_part(part) for part in operation.path] + [
        {
            "name": parameter.name,
            "in": "query",
            "description": parameter.meaning,
            "schema": parameter.schema(),
            "example": list(parameter.example) if isinstance(parameter.example, tuple) else parameter.example,
        }
        for parameter in operation.parameters
    ]
    made: Schema = {"operationId": operation.name, "summary": operation.summary}
    if operation.missing:
        made["description"] = operation.missing
    if parameters:
        made["parameters"] = parameters
    return made | {"responses": responses}


def _path_part(part: PathPart) -> Schema:
    schema = {"type": "string", "pattern": part.pattern} if part.pattern else {"type": "string", "minLength": 1}
    return {
        "name": part.name, "in": "path", "required": True, "description": part.meaning, "schema": schema, "example": part.example,
    }  # fmt: skip


def _example(status: int, title: str) -> Schema:
    detail = {
        400: "limit='x': expected a number from 0 to 100, such as limit=10",
        404: "kst-1-1 is not in this archive",
        410: "kst-1-1 was withdrawn by its source; noticed at 2026-03-01T12:00:00Z",
    }
    return {"type": "about:blank", "title": title, "status": status, "detail": detail.get(status, "")}
