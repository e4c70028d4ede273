"""The API document (OpenAPI 3.1), made of the operations and the types of their answers; says nothing of its own but prose."""

from __future__ import annotations

from collections.abc import Iterable

from web.api.operations import Operation, PathPart, Schema, Schemas
from web.api.twins import ProblemJson

DESCRIPTION = """\
Papers of the Dutch parliament: search them, and read them as data.

Only GET; no key is needed. No query is an error: what cannot be read as syntax is read as words, and `understood` tells how.
Unknown and malformed parameters are. Answers carry an ETag that names the state of the archive: send it back in If-None-Match
and an unchanged answer is not sent again. Texts in answers are Dutch, as printed; errors are problem details (RFC 9457).
"""
_JSON, _PROBLEM = "application/json", "application/problem+json"


def api_document(operations: Iterable[Operation], version: str) -> dict[str, object]:
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
            ("Unavailable", 503, "Service Unavailable", "There is no index that can be used."),
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


def _operation(operation: Operation, schemas: Schemas) -> Schema:
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
    if operation.needs_index:
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
