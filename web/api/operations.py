"""The parameters that every question to the index takes: the query and the filters.

Types of JSON values → JSON Schema, so that what the twins are typed to give is what the API document says.

Knows what the twins use: typed dictionaries, lists, maps, unions, literals,
enumerations and plain values. ``Annotated`` adds a meaning (text)
or a keyword of the schema with its value (a pair).

Routes of the API as declarations: from one come the reading and checking of parameters and the API document.

An ``Operation`` is written once beside its view; ``Operation.route`` binds the two. Messages are for programmers, in English.
"""

from __future__ import annotations

import inspect
import re
import types
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import (
    Annotated,
    Any,
    Generic,
    Literal,
    ParamSpec,
    Protocol,
    TypeVar,
    Union,
    get_args,
    get_origin,
    get_type_hints,
    is_typeddict,
)

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from search.fields import facets
from web.search.state import MalformedParameter

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


P = ParamSpec("P")
Chosen = TypeVar("Chosen", bound=StrEnum)

API = "/api/v1"
_PATH_PART = re.compile(r"<(?:\w+:)?(\w+)>")
_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
_YEAR = re.compile(r"\d{4}", re.ASCII)
_SHOWN = 40
"""Characters of a malformed value that the message repeats."""


class Parameter(Protocol):
    """A parameter of the query string."""

    @property
    def name(self) -> str:
        """As it stands in the address."""
        ...

    @property
    def meaning(self) -> str:
        """One sentence."""
        ...

    @property
    def repeats(self) -> bool:
        """Whether it may be given several times."""
        ...

    @property
    def example(self) -> object:
        """A value that makes sense."""
        ...

    def schema(self) -> Schema:
        """What is accepted."""
        ...

    def read(self, args: MultiDict[str, str]) -> object:
        """The value.

        Raises:
            MalformedParameter: it is not accepted.
        """
        ...


@dataclass(frozen=True, slots=True)
class Text:
    """Any text."""

    name: str
    meaning: str
    example: str
    repeats: bool = False

    def schema(self) -> Schema:
        """See ``Parameter``."""
        return {"type": "string", "default": ""}

    def read(self, args: MultiDict[str, str]) -> str:
        """See ``Parameter``; empty when it is not given."""
        return args.get(self.name, "")


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from 0 up to and including ``most``."""

    name: str
    meaning: str
    default: int
    most: int
    repeats: bool = False

    @property
    def example(self) -> int:
        """See ``Parameter``."""
        return self.default

    def schema(self) -> Schema:
        """See ``Parameter``."""
        return {"type": "integer", "minimum": 0, "maximum": self.most, "default": self.default}

    def read(self, args: MultiDict[str, str]) -> int:
        """See ``Parameter``."""
        value = args.get(self.name)
        if value is None:
            return self.default
        if not _NUMBER.fullmatch(value) or int(value) > self.most:
            raise MalformedParameter(
                f"{self.name}={value[:_SHOWN]!r}: expected a number from 0 to {self.most}, such as {self.name}={self.default}"
            )
        return int(value)


@dataclass(frozen=True, slots=True)
class Choice(Generic[Chosen]):
    """One of several words; ``default`` and its kind tell which."""

    name: str
    meaning: str
    default: Chosen
    repeats: bool = False

    @property
    def example(self) -> str:
        """See ``Parameter``."""
        return self.default.value

    def schema(self) -> Schema:
        """See ``Parameter``."""
        return {"type": "string", "enum": [value.value for value in type(self.default)], "default": self.default.value}

    def read(self, args: MultiDict[str, str]) -> Chosen:
        """See ``Parameter``."""
        value = args.get(self.name)
        try:
            return self.default if value is None else type(self.default)(value)
        except ValueError:
            known = ", ".join(value.value for value in type(self.default))
            raise MalformedParameter(f"{self.name}={(value or '')[:_SHOWN]!r}: expected one of {known}") from None


@dataclass(frozen=True, slots=True)
class Option(Generic[Chosen]):
    """One of several words, or none of them."""

    name: str
    meaning: str
    kind: type[Chosen]
    repeats: bool = False

    @property
    def example(self) -> str:
        """See ``Parameter``."""
        return next(iter(self.kind)).value

    def schema(self) -> Schema:
        """See ``Parameter``."""
        return {"type": "string", "enum": [value.value for value in self.kind]}

    def read(self, args: MultiDict[str, str]) -> Chosen | None:
        """See ``Parameter``; None when it is not given."""
        return Choice(self.name, self.meaning, next(iter(self.kind))).read(args) if self.name in args else None


@dataclass(frozen=True, slots=True)
class Year:
    """A year of four digits, or none."""

    name: str
    meaning: str
    example: str = "2024"
    repeats: bool = False

    def schema(self) -> Schema:
        """See ``Parameter``."""
        return {"type": "string", "pattern": "^[0-9]{4}$"}

    def read(self, args: MultiDict[str, str]) -> int | None:
        """See ``Parameter``; None when it is not given."""
        value = args.get(self.name)
        if value is None:
            return None
        if not _YEAR.fullmatch(value):
            raise MalformedParameter(f"{self.name}={value[:_SHOWN]!r}: expected a year of four digits, such as 2024")
        return int(value)


@dataclass(frozen=True, slots=True)
class Values:
    """Texts of which any may hold; given once for each."""

    name: str
    meaning: str
    example: tuple[str, ...]
    repeats: bool = True

    def schema(self) -> Schema:
        """See ``Parameter``."""
        return {"type": "array", "items": {"type": "string"}}

    def read(self, args: MultiDict[str, str]) -> tuple[str, ...]:
        """See ``Parameter``; each value once, empty ones left out."""
        return tuple(dict.fromkeys(value for value in args.getlist(self.name) if value))


@dataclass(frozen=True, slots=True)
class PathPart:
    """A part of the path; whether it is well formed is decided by the converter of its route."""

    name: str
    meaning: str
    example: str
    pattern: str = ""


@dataclass(frozen=True, slots=True)
class Operation:
    """A route under ``API`` that is asked with GET and answers with JSON.

    ``rule`` is that of Flask, without ``API``; ``answer`` the type of the JSON values; ``missing`` tells when there is none
    (404), empty when there always is one; ``may_be_gone`` that there may have been one (410). ``needs_index`` tells that it
    answers 503 without an index.
    """

    name: str
    rule: str
    summary: str
    answer: Any
    parameters: Sequence[Parameter] = ()
    path: Sequence[PathPart] = ()
    missing: str = ""
    may_be_gone: bool = False
    needs_index: bool = True

    @property
    def template(self) -> str:
        """The whole path with its parts in braces."""
        return API + _PATH_PART.sub(r"{\1}", self.rule)

    def check(self, args: MultiDict[str, str]) -> None:
        """See that every parameter can be read.

        A parameter that means nothing here is refused: mistyped filters would otherwise give wrong figures in silence.

        Raises:
            MalformedParameter: one is unknown, malformed, or given more than once where one value is taken.
        """
        known = {parameter.name: parameter for parameter in self.parameters}
        for name in args:
            if name not in known:
                raise MalformedParameter(f"{name[:_SHOWN]!r} is no parameter here; there are: {', '.join(known) or 'none'}")
            if len(args.getlist(name)) > 1 and not known[name].repeats:
                raise MalformedParameter(f"{name} is given {len(args.getlist(name))} times; one value is taken")
        for parameter in self.parameters:
            parameter.read(args)

    def route(self, blueprint: Blueprint) -> Callable[[Callable[P, ResponseReturnValue]], Callable[P, ResponseReturnValue]]:
        """Bind the view that answers; it is called only with parameters that can be read."""

        def bind(view: Callable[P, ResponseReturnValue]) -> Callable[P, ResponseReturnValue]:
            @wraps(view)
            def checked(*args: P.args, **kwargs: P.kwargs) -> ResponseReturnValue:
                self.check(request.args)
                return view(*args, **kwargs)

            blueprint.add_url_rule(API + self.rule, self.name, checked, methods=["GET"])
            return checked

        return bind


QUERY = Text(
    "q", "The query, in the language of the search box: words, “phrases”, EN OF NIET, fields such as dossier:31066.", "Cool:Gen"
)
FILTERS = tuple(Values(field.name, field.meaning, field.examples) for field in facets())
