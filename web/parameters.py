"""What an address may ask: every parameter is declared once, and all are read here, for pages, feeds, exports and the API.

A parameter has one name, one meaning and one set of values, wherever it is taken; so a wrong value is the same error everywhere.
Reading gives the values, or says what is wrong as data (``Problem``), which ``error_pages`` tells: on pages in Dutch, by the API
in English. Whether a parameter that means nothing is passed over (pages) or refused (the API) is up to who reads.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum, auto
from typing import Generic, Protocol, TypeVar, cast

from werkzeug.datastructures import MultiDict

from search.fields import facets
from search.query.tree import MAX_LENGTH
from search.values import wrong, year_span

Value = TypeVar("Value")
Value_co = TypeVar("Value_co", covariant=True)
Word = TypeVar("Word", bound=StrEnum)

_NUMBER = re.compile(r"\d{1,9}", re.ASCII)
"""``int`` itself also takes signs, spaces, underscores and the digits of other scripts."""
_YEAR = re.compile(r"\d{4}", re.ASCII)
_MOST_VALUES, _LONGEST_VALUE = 40, 200
"""Values of a filter, and on pages of all together; and characters of one: pages repeat them in every link."""
_SHOWN = 40
"""Characters of a wrong value that are told again."""


class Expected(StrEnum):
    """What was expected in place of what was given."""

    NUMBER = auto()
    WORD = auto()
    YEAR = auto()
    YEARS = auto()
    SHORTER = auto()
    FEWER = auto()
    ONCE = auto()
    KNOWN = auto()


@dataclass(frozen=True, slots=True)
class Problem:
    """A parameter that cannot be read: its name, the value given, and what is expected instead.

    ``least`` and ``most`` bound a number; ``words`` are those to choose from, or the parameters there are; ``example`` can be
    read. A parameter that was given too often was given ``most`` times; where there are too many values there are ``least``.
    """

    name: str
    value: str
    expected: Expected
    least: int = 0
    most: int = 0
    words: tuple[str, ...] = ()
    example: str = ""


class Malformed(Exception):
    """An address holds parameters that cannot be read."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        super().__init__("; ".join(f"{one.name}={one.value!r} ({one.expected})" for one in problems))
        self.problems = tuple(problems)


class Parameter(Protocol[Value_co]):
    """A parameter of an address."""

    @property
    def name(self) -> str:
        """As it stands in the address."""
        ...

    @property
    def meaning(self) -> str:
        """One sentence, in English."""
        ...

    @property
    def example(self) -> object:
        """A value that makes sense."""
        ...

    @property
    def repeats(self) -> bool:
        """Whether it may be given several times."""
        ...

    def schema(self) -> dict[str, object]:
        """What is accepted, as JSON Schema."""
        ...

    def read(self, given: Sequence[str]) -> Value_co | Problem:
        """The value of what was given, or what is wrong with it; of nothing, what stands for itself."""
        ...


@dataclass(frozen=True, slots=True)
class AnyText:
    """Any text of at most ``longest`` characters, the rest is cut off; empty when it is not given."""

    name: str
    meaning: str
    example: str
    longest: int | None = None
    repeats: bool = False

    def schema(self) -> dict[str, object]:
        """Any text will do."""
        return {"type": "string", "default": ""}

    def read(self, given: Sequence[str]) -> str | Problem:
        """The text; none is wrong."""
        return given[0][: self.longest] if given else ""


@dataclass(frozen=True, slots=True)
class Number:
    """A whole number from ``least`` up to and including ``most``."""

    name: str
    meaning: str
    default: int
    most: int
    least: int = 0
    repeats: bool = False

    @property
    def example(self) -> int:
        """The number that stands for itself."""
        return self.default

    def schema(self) -> dict[str, object]:
        """The bounds."""
        return {"type": "integer", "minimum": self.least, "maximum": self.most, "default": self.default}

    def read(self, given: Sequence[str]) -> int | Problem:
        """The number, in digits only."""
        if not given:
            return self.default
        if _NUMBER.fullmatch(given[0]) and self.least <= int(given[0]) <= self.most:
            return int(given[0])
        return Problem(self.name, given[0][:_SHOWN], Expected.NUMBER, self.least, self.most, example=str(self.default))


@dataclass(frozen=True, slots=True)
class OneOf(Generic[Word]):
    """One of several words; ``default``, when none is given, tells which there are."""

    name: str
    meaning: str
    default: Word
    repeats: bool = False

    @property
    def example(self) -> str:
        """The word that stands for itself."""
        return self.default.value

    def schema(self) -> dict[str, object]:
        """The words."""
        return {"type": "string", "enum": [word.value for word in type(self.default)], "default": self.default.value}

    def read(self, given: Sequence[str]) -> Word | Problem:
        """The word."""
        return _word(self.name, given[0], type(self.default)) if given else self.default


@dataclass(frozen=True, slots=True)
class Option(Generic[Word]):
    """One of several words, or none of them."""

    name: str
    meaning: str
    kind: type[Word]
    repeats: bool = False

    @property
    def example(self) -> str:
        """The first word."""
        return next(iter(self.kind)).value

    def schema(self) -> dict[str, object]:
        """The words."""
        return {"type": "string", "enum": [word.value for word in self.kind]}

    def read(self, given: Sequence[str]) -> Word | Problem | None:
        """The word, or None."""
        return _word(self.name, given[0], self.kind) if given else None


def _word(name: str, value: str, kind: type[Word]) -> Word | Problem:
    words = {word.value: word for word in kind}
    if value in words:
        return words[value]
    return Problem(name, value[:_SHOWN], Expected.WORD, words=tuple(words))


@dataclass(frozen=True, slots=True)
class OneYear:
    """A year of four digits, or none; a field of a form (``may_be_empty``) is sent also when nobody wrote in it."""

    name: str
    meaning: str
    example: str = "2024"
    may_be_empty: bool = False
    repeats: bool = False

    def schema(self) -> dict[str, object]:
        """Four digits."""
        return {"type": "string", "pattern": "^[0-9]{4}$"}

    def read(self, given: Sequence[str]) -> int | Problem | None:
        """The year, or None."""
        text = given[0].strip() if given and self.may_be_empty else given[0] if given else ""
        if not given or (self.may_be_empty and not text):
            return None
        return int(text) if _YEAR.fullmatch(text) else Problem(self.name, text[:_SHOWN], Expected.YEAR, example=self.example)


@dataclass(frozen=True, slots=True)
class Filter:
    """Values of a facet of which any may hold; given once for each. Those of years (``of_years``) may also be spans."""

    name: str
    meaning: str
    example: tuple[str, ...]
    of_years: bool = False
    repeats: bool = True

    def schema(self) -> dict[str, object]:
        """Any text, or years and spans of years."""
        pattern = r"^([0-9]{4}|[0-9]{4}\.\.([0-9]{4})?|\.\.[0-9]{4})?$"
        text = {"type": "string", "maxLength": _LONGEST_VALUE}
        return {"type": "array", "maxItems": _MOST_VALUES, "items": {**text, "pattern": pattern} if self.of_years else text}

    def read(self, given: Sequence[str]) -> tuple[str, ...] | Problem:
        """Each value once; empty ones are left out."""
        values = tuple(dict.fromkeys(value for value in given if value))
        if len(values) > _MOST_VALUES:
            return Problem(self.name, "", Expected.FEWER, len(values), _MOST_VALUES)
        if any(len(value) > _LONGEST_VALUE for value in values):
            return Problem(self.name, max(values, key=len)[:_SHOWN], Expected.SHORTER, most=_LONGEST_VALUE)
        bad = next((value for value in values if wrong(self.name, value)), None)
        return values if bad is None else Problem(self.name, bad[:_SHOWN], Expected.YEARS, example=self.example[0])


class Given:
    """The values that an address gives to the parameters it was read for."""

    def __init__(self, by_name: Mapping[str, object]) -> None:
        self._by_name = by_name

    def __getitem__(self, parameter: Parameter[Value]) -> Value:
        """The value of a parameter that was read."""
        return cast(Value, self._by_name[parameter.name])


def read(parameters: Iterable[Parameter[object]], args: MultiDict[str, str], *, only: bool = False) -> Given:
    """The values of the parameters; ``only`` refuses any other, which mistyped would give wrong figures in silence.

    Raises:
        Malformed: some cannot be read, are given more often than they may be, or are not known; all of them are told.
    """
    known = {parameter.name: parameter for parameter in parameters}
    problems = [Problem(name[:_SHOWN], "", Expected.KNOWN, words=tuple(known)) for name in args if only and name not in known]
    values: dict[str, object] = {}
    for name, parameter in known.items():
        given = args.getlist(name)
        if len(given) > 1 and not parameter.repeats:
            problems.append(Problem(name, given[1][:_SHOWN], Expected.ONCE, most=len(given)))
            continue
        value = parameter.read(given)
        if isinstance(value, Problem):
            problems.append(value)
        values[name] = value
    if problems:
        raise Malformed(problems)
    return Given(values)


_AS_READ = MAX_LENGTH + 1
"""Characters of a query that are taken: all that are read, and one more, so that the answer tells that it was cut."""
QUERY = AnyText(
    "q",
    "The query, in the language of the search box: words, “phrases”, EN OF NIET, fields such as dossier:31066.",
    "Cool:Gen",
    _AS_READ,
)
FILTERS = tuple(Filter(field.name, field.meaning, field.examples, of_years=field.years) for field in facets())
FROM_YEAR = OneYear("van", "The first of the years, as the form of the years sends it.", "2018", may_be_empty=True)
TO_YEAR = OneYear("tot", "The last of the years.", "2024", may_be_empty=True)
ONE_YEAR = OneYear("year", "Papers of this year only.")


def page_number(most: int) -> Number:
    """The parameter that turns the pages of a list."""
    return Number("pagina", "The page of the list.", 1, most, least=1)


def filters_of(values: Given) -> dict[str, tuple[str, ...]]:
    """The chosen values by facet; facets without any are left out."""
    return {one.name: values[one] for one in FILTERS if values[one]}


def filters_with_span(values: Given) -> dict[str, tuple[str, ...]]:
    """The chosen values by facet, with the span of years from the form of the years; for pages, whose links repeat them all.

    Raises:
        Malformed: there are more values than a page can repeat.
    """
    filters = filters_of(values)
    if (chosen := sum(map(len, filters.values()))) > _MOST_VALUES:
        largest = max(filters, key=lambda name: len(filters[name]))
        raise Malformed([Problem(largest, "", Expected.FEWER, chosen, _MOST_VALUES)])
    first, last = ("" if year is None else f"{year:04}" for year in (values[FROM_YEAR], values[TO_YEAR]))
    span = year_span(f"{first}..{last}")
    return {**filters, "year": tuple(dict.fromkeys((*filters.get("year", ()), str(span))))} if span else filters
