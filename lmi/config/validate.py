"""The first thing that is wrong with a definition, as one sentence with its place.

Pydantic checks the shape; what it finds is said here in words that name the key, the value, the
rule and the remedy.
"""

from __future__ import annotations

from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails, PydanticCustomError

from lmi.config.document import Document, Key
from lmi.errors import ConfigError

__all__ = ["build", "problem"]

Model = TypeVar("Model", bound=BaseModel)

_KIND = {
    "bool_parsing": "is neither true nor false; write one of the two",
    "bool_type": "is neither true nor false; write one of the two",
    "float_parsing": "is not a number; write one such as 1.25",
    "float_type": "is not a number; write one such as 1.25",
    "finite_number": "is not a finite number; write one such as 1.25",
    "int_parsing": "is not a whole number; write one such as 2023",
    "int_type": "is not a whole number; write one such as 2023",
    "date_from_datetime_parsing": "is not a date; write one such as 2026-11-22",
    "date_type": "is not a date; write one such as 2026-11-22",
    "date_parsing": "is not a date; write one such as 2026-11-22",
    "string_type": "is not a text; write a text",
    "tuple_type": "is not a list; put its parts into brackets [ , ]",
    "too_long": "has too much in it; an anchor is a pair such as [1.25, 0.75]",
    "too_short": "has nothing in it; list at least one",
    "dict_type": "is not a group of 'key: value' lines; indent them below the key",
}


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

    Returns
    -------
    pydantic.BaseModel
        An instance of `model`.

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
        details = error.errors(include_url=False)
        # A list whose items are wrong is also reported as too short: the items say what is wrong.
        inner = [d for d in details if not any(_holds(d["loc"], other["loc"]) for other in details)]
        found = [_located(document, path, detail) for detail in inner]
        raise min(found, key=lambda e: e.line or 0) from None


def _holds(outer: Key, inner: Key) -> bool:
    return len(outer) < len(inner) and inner[: len(outer)] == outer


def _located(document: Document, path: Key, detail: ErrorDetails) -> ConfigError:
    loc = tuple(part for part in detail["loc"] if part != "[key]")
    context = detail.get("ctx", {})
    if detail["type"] == "definition":
        return document.error(f"{context['message']}.", *path, *loc, *context.get("key", ()))
    return document.error(f"{_words(detail)}.", *path, *loc)


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
    if kind in _KIND:
        return f"{_short(value)} {_KIND[kind]}"
    return f"{_short(value)} does not fit ({detail['msg'][0].lower()}{detail['msg'][1:]})"


def _short(value: Any) -> str:
    if isinstance(value, (dict, list, tuple)):
        return "a list" if not isinstance(value, dict) else "a group of keys"
    text = repr(str(value))
    return text if len(text) <= 60 else f"{text[:56]}...'"
