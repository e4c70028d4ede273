"""Routes of the API as declarations: from one come the reading and checking of parameters and the API document.

An ``Operation`` is written once beside its view; ``Operation.route`` binds the two. Messages are for programmers, in English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import wraps
from typing import Any, Generic, ParamSpec, Protocol, TypeVar

from flask import Blueprint, request
from flask.typing import ResponseReturnValue
from werkzeug.datastructures import MultiDict

from web.json_schema import Schema
from web.parameters import MalformedParameter

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
