"""The first thing that is wrong with a definition, as one sentence.

Pydantic checks the shape; what it finds is said here in words that name the key, the value, the
rule and the remedy. `build` reads a file and says where, `build_entered` what somebody entered,
`build_json` what a program wrote.
"""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from lmi.config.document import Document, Key
from lmi.errors import ConfigError

__all__ = ["WRONG", "build", "build_entered", "build_json", "problem"]

Model = TypeVar("Model", bound=BaseModel)

WRONG: Mapping[str, str] = {
    "bool_parsing": "is neither true nor false",
    "bool_type": "is neither true nor false",
    "date_from_datetime_parsing": "is not a date",
    "date_parsing": "is not a date",
    "date_type": "is not a date",
    "dict_type": "is not a group of 'key: value' lines",
    "extra_forbidden": "is not known here",
    "finite_number": "is not a finite number",
    "float_parsing": "is not a number",
    "float_type": "is not a number",
    "int_parsing": "is not a whole number",
    "int_type": "is not a whole number",
    "list_type": "is not a list",
    "missing": "is missing",
    "string_pattern_mismatch": "is not a key",
    "string_type": "is not a text",
    "too_long": "has too much in it",
    "too_short": "has nothing in it",
    "tuple_type": "is not a list",
}
"""What is wrong with a value, by pydantic's word for it."""

_DATE, _NUMBER = "write one such as 2026-11-22", "write one such as 1.25"
_REMEDY = {
    "bool_parsing": "write one of the two",
    "bool_type": "write one of the two",
    "date_from_datetime_parsing": _DATE,
    "date_parsing": _DATE,
    "date_type": _DATE,
    "dict_type": "indent them below the key",
    "finite_number": _NUMBER,
    "float_parsing": _NUMBER,
    "float_type": _NUMBER,
    "int_parsing": "write one such as 2023",
    "int_type": "write one such as 2023",
    "string_type": "write a text",
    "too_long": "an anchor is a pair such as [1.25, 0.75]",
    "too_short": "list at least one",
    "tuple_type": "put its parts into brackets [ , ]",
}
"""What to do about it, in a file."""


def problem(message: str, *key: str) -> PydanticCustomError:
    """Return what a validator raises: the sentence, and the key below it that it speaks of."""
    return PydanticCustomError("definition", "{message}", {"message": message, "key": key})


def build(model: type[Model], document: Document, *path: str | int, **extra: Any) -> Model:
    """Return the model of what `document` says at `path`.

    Parameters
    ----------
    model : type
        A pydantic model.
    document : Document
        Where the definition was read.
    *path : str or int
        Keys and positions that lead to it.
    **extra : object
        Values that follow from the place, such as the key.

    Raises
    ------
    ConfigError
        The first problem by its line in the file.
    """
    data: Any = document.data
    for key in path:
        data = data[key]
    if extra and isinstance(data, dict):
        data = {**data, **extra}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        found = [_located(document, path, detail) for detail in _innermost(error)]
        raise min(found, key=lambda e: e.line or 0) from None


def build_entered(model: type[Model], data: Mapping[str, Any]) -> Model:
    """Return the model of what somebody entered.

    Raises
    ------
    ConfigError
        The first problem.
    """
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise ConfigError(_sentence(_innermost(error)[0])) from None


def build_json(model: type[Model], raw: bytes, file: Path) -> Model:
    """Return the model of what a program wrote as JSON.

    Raises
    ------
    ConfigError
        The first problem, by the path of its keys.
    """
    try:
        return model.model_validate_json(raw.removeprefix(codecs.BOM_UTF8))
    except ValidationError as error:
        detail = _innermost(error)[0]
    path = ".".join(map(str, detail["loc"]))
    if detail["type"] == "json_invalid":
        said = f"it is no JSON ({detail['ctx']['error']})"
    elif detail["type"] == "missing":
        said = f"{path} is missing"
    else:
        wrong = detail["msg"].replace("Input should", "it should", 1)
        said = f"{path or 'all of it'} is {_short(detail['input'])}; {wrong}"
    raise ConfigError(f"{said}; write the file anew with the program that made it.", file=file)


def _innermost(error: ValidationError) -> list[ErrorDetails]:
    """List what is wrong, without what is said of a list whose items are wrong.

    Such a list is also reported as too short, and the items say why.
    """
    details = error.errors(include_url=False)
    return [d for d in details if not any(_holds(d["loc"], other["loc"]) for other in details)]


def _holds(outer: Key, inner: Key) -> bool:
    return len(outer) < len(inner) and inner[: len(outer)] == outer


def _located(document: Document, path: Key, detail: ErrorDetails) -> ConfigError:
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    deeper = detail["ctx"].get("key", ()) if detail["type"] == "definition" else ()
    return document.error(_sentence(detail), *path, *loc, *deeper)


def _sentence(detail: ErrorDetails) -> str:
    said = detail["ctx"]["message"] if detail["type"] == "definition" else _words(detail)
    return f"{said}."


def _words(detail: ErrorDetails) -> str:
    kind, value = detail["type"], detail["input"]
    if kind == "missing":
        if isinstance(detail["loc"][-1], int):
            return "a pair is not complete; write two numbers such as [1.25, 0.75]"
        return "this key is missing; add it"
    if value is None:
        return "nothing is written after the colon; write its value"
    if kind == "literal_error":
        return f"{_short(value)} is not understood; write {detail['ctx']['expected']}"
    if kind in _REMEDY:
        return f"{_short(value)} {WRONG[kind]}; {_REMEDY[kind]}"
    return f"{_short(value)} does not fit ({detail['msg'][0].lower()}{detail['msg'][1:]})"


def _short(value: Any) -> str:
    if isinstance(value, (dict, list, tuple)):
        return "a list" if not isinstance(value, dict) else "a group of keys"
    text = repr(str(value))
    return text if len(text) <= 60 else f"{text[:56]}...'"
