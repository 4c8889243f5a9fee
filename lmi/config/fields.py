"""The small grammars that definitions share: names, codes and texts."""

from __future__ import annotations

import re
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from lmi.config.document import Plain
from lmi.config.validate import problem
from lmi.words import did_you_mean, listing

__all__ = ["Code", "Definition", "Slug", "Text", "is_slug", "slug_problem"]

_SLUG = re.compile(r"[a-z0-9][a-z0-9-]*", re.ASCII)
_LONGEST = 60
# A region's outputs go to a folder of its name, and Windows keeps these names for devices.
_RESERVED = frozenset(
    ["con", "prn", "aux", "nul", *(f"{d}{n}" for d in ("com", "lpt") for n in range(1, 10))]
)


def is_slug(text: str) -> bool:
    """Tell whether a text can name a state's folder, a region or a candidate.

    Examples
    --------
    >>> from lmi.config.fields import is_slug
    >>> is_slug("southern-oregon"), is_slug("Southern Oregon"), is_slug("../oregon")
    (True, False, False)
    """
    fits = _SLUG.fullmatch(text) and len(text) <= _LONGEST
    return bool(fits) and text not in _RESERVED


def slug_problem(text: str) -> str:
    """Return the sentence that says why `text` is no key, without its full stop."""
    if text in _RESERVED:
        return f"{text!r} is a name that Windows keeps for itself; choose another key"
    words = re.sub(r"[^a-z0-9]+", "-", text.casefold()).strip("-")[:_LONGEST]
    remedy = f"write {words!r}" if is_slug(words) else "write one such as 'southern-oregon'"
    return (
        f"{text!r} cannot be a key, which is lower-case letters, digits and hyphens, begins with "
        f"a letter or digit and has at most {_LONGEST} characters; {remedy}"
    )


def _check_slug(text: str) -> str:
    if not is_slug(text):
        raise problem(slug_problem(text))
    return text


def _check_quoted(value: Any) -> Any:
    if isinstance(value, (int, float)) or (isinstance(value, Plain) and value[:1].isdigit()):
        raise problem(
            f"the code {value} stands without quotes, where YAML may drop a leading zero or read "
            f'another number; write "{value}"'
        )
    if isinstance(value, str):
        return str(value)
    return value


def _check_text(value: Any) -> Any:
    if isinstance(value, str):
        if not value.strip():
            raise problem("the text is empty; write one")
        return " ".join(value.split())
    return value


Slug = Annotated[str, AfterValidator(_check_slug)]
Code = Annotated[str, BeforeValidator(_check_quoted)]
Text = Annotated[str, BeforeValidator(_check_text)]


class Definition(BaseModel):
    """Base of every definition: frozen, and closed to keys that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True)

    @model_validator(mode="before")
    @classmethod
    def _known_keys(cls, data: Any) -> Any:
        if isinstance(data, BaseModel):
            return data
        if not isinstance(data, dict):
            raise problem("'key: value' lines are expected here; indent them below the key")
        for key in data:
            if key not in cls.model_fields:
                known = list(cls.model_fields)
                hint = did_you_mean(str(key), known) or f"; known are {listing(known)}"
                raise problem(f"the key is unknown{hint}", str(key))
        return data
