"""The shape of every input: which kinds there are, what belongs into each, how much of it.

A shape knows nothing of the room: whether a candidate exists, or who may say so, is a question
for `lmi.workshop.rules`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Mapping
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, ValidationError

from lmi.config.validate import WRONG
from lmi.errors import LmiError
from lmi.schema.owned import RATINGS

__all__ = [
    "FACILITATOR_KINDS",
    "LINE",
    "NAME",
    "PARTICIPANT_KINDS",
    "TEXT",
    "Refused",
    "check_shape",
    "check_kept",
    "clean_line",
    "clean_text",
    "has_letter",
]

NAME, LINE, TEXT = 60, 120, 600
"""Characters that a name, a line and a text may have."""
_MANY = 64
# Marks that turn the direction of everything after them. Right-to-left letters need none of them.
_TURNERS = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A)])
# Letters and symbols by their category that leave nothing on a screen.
_FILLERS = frozenset("\u115f\u1160\u3164\uffa0\u2800")
_BLANKS = re.compile(r"[^\S\n]+")
_LINES = re.compile(r"\n{3,}")

Key = Annotated[str, Field(max_length=NAME, pattern=r"^[a-z0-9][a-z0-9-]*$")]
Industry = Annotated[str, Field(max_length=8)]
Owner = Annotated[str, Field(max_length=1)]
Whole = Annotated[int, Field(strict=True, ge=0, lt=2**53)]


class Refused(LmiError):
    """An input is not taken.

    Parameters
    ----------
    sentence : str
        What is wrong and what to do.
    status : int
        Of the reply; 4xx is for good but for 401, 423 and 429, after which, as after 5xx, the
        sender keeps the input and tries again.
    """

    def __init__(self, sentence: str, status: int = 422) -> None:
        self.sentence, self.status = sentence, status
        super().__init__(sentence)


def clean_line(text: str) -> str:
    r"""Return one line of text.

    Examples
    --------
    >>> from lmi.workshop.events import clean_line
    >>> clean_line("  Ann\x00\n Lee ")
    'Ann Lee'
    """
    return " ".join(clean_text(text).split())


def clean_text(text: str) -> str:
    r"""Return text without control characters, its line ends kept.

    Emoji, letters of every script and the marks that join them stay.

    Examples
    --------
    >>> from lmi.workshop.events import clean_text
    >>> clean_text("one\r\ntwo\x07 \u202ethree")
    'one\ntwo three'
    """
    one = unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))
    one = one.translate(_TURNERS)
    kept = "".join(
        " " if c == "\t" else c
        for c in one
        if c in "\n\t" or unicodedata.category(c) not in ("Cc", "Cs", "Cn")
    )
    return _LINES.sub("\n\n", _BLANKS.sub(" ", kept)).strip()


def has_letter(text: str) -> bool:
    r"""Tell whether there is a letter, a digit or a symbol in a text that can be seen.

    Examples
    --------
    >>> from lmi.workshop.events import has_letter
    >>> has_letter("Å"), has_letter("👍"), has_letter("\u200b \u3164 ...")
    (True, True, False)
    """
    return any(unicodedata.category(c)[0] in "LNS" and c not in _FILLERS for c in text)


def _cleaned(clean: Callable[[str], str], most: int, least: int) -> AfterValidator:
    def check(text: str) -> str:
        kept = clean(text)
        if len(kept) > most:
            raise ValueError(f"has {len(kept):,} characters; write at most {most}")
        if least and not has_letter(kept):
            raise ValueError("is empty; write something")
        return kept

    return AfterValidator(check)


Name = Annotated[str, _cleaned(clean_line, NAME, 1)]
Line = Annotated[str, _cleaned(clean_line, LINE, 1)]
Blank = Annotated[str, _cleaned(clean_line, LINE, 0)]
Text = Annotated[str, _cleaned(clean_text, TEXT, 0)]


class _Shape(BaseModel):
    # An event is kept under the names of its fields, and is read again by them.
    model_config = ConfigDict(extra="forbid", strict=True, validate_by_name=True)


class _Join(_Shape):
    name: Name
    kind: Blank


class _Weigh(_Shape):
    weights: dict[Key, Annotated[float, Field(ge=0, le=1000, allow_inf_nan=False)]] | None = Field(
        None, max_length=_MANY
    )
    order: list[Key] | None = Field(None, max_length=_MANY)


class _Say(_Shape):
    candidate: Key
    text: Text = ""
    rating: Annotated[int, Field(ge=RATINGS[0], le=RATINGS[1])] | None = None
    item: Blank = ""
    show_name: bool = False


class _Effort(_Shape):
    organisation: Line
    system: Blank
    effort: Line
    candidate: Key
    since: Annotated[int, Field(ge=1800, le=2200)] | None = None


class _Id(_Shape):
    id: Whole


class _Hide(_Id):
    hidden: bool = True


class _Agree(_Shape):
    yes: bool
    to: Whole | None = None
    why: Text = ""


class _Why(_Shape):
    text: Text


class _Strike(_Shape):
    count: Whole
    place: Whole
    hidden: bool = True


class _Undo(_Shape):
    of: Whole


class _Step(_Shape):
    to: Blank
    came_from: Blank = Field(alias="from")


class _Part(_Shape):
    naics: list[Industry] = Field(min_length=1, max_length=_MANY)
    own: list[Owner] = Field(["5"], max_length=8)
    exclude: list[Industry] = Field([], max_length=_MANY)


class _Begin(_Shape):
    name: Line
    parts: list[_Part] = Field(min_length=1, max_length=_MANY)


class _Scope(_Shape):
    candidate: Key = ""
    parts: list[_Part] | None = Field(None, max_length=_MANY)
    add: Industry = ""
    own: list[Owner] = Field(["5"], max_length=8)
    drop: Industry = ""
    ranked: Blank = ""
    begin: _Begin | None = None
    out: bool = False
    counties: list[Annotated[str, Field(max_length=5)]] | None = Field(None, max_length=400)


class _ScopeKept(_Shape):
    candidate: Key = ""
    parts: list[_Part] | None = Field(None, max_length=_MANY)
    ranked: Blank = ""
    begun: dict[str, Any] = {}
    out: bool = False
    counties: list[Annotated[str, Field(max_length=5)]] | None = Field(None, max_length=400)


def _none_is_empty(value: Any) -> Any:
    return "" if value is None else value


class _Decide(_Shape):
    first: Annotated[Blank, BeforeValidator(_none_is_empty)] = ""
    next: list[Key] = Field([], max_length=_MANY)
    footprint: Text = ""
    definition: Text = ""
    reasons: Text = ""
    questions: Text = ""
    reopens: Text = ""
    convener: Blank = ""
    answers: dict[Key, Text] = Field({}, max_length=12)
    was: Whole | None = None


class _People(_Shape):
    participants: list[Whole] = Field(min_length=1, max_length=1000)


class _RemovedBefore(_Shape):
    participant: Whole


class _Count(_Shape):
    what: Literal["ballots", "answers"]


class _Nothing(_Shape):
    pass


PARTICIPANT_KINDS: Mapping[str, type[_Shape]] = {
    "weigh": _Weigh, "say": _Say, "effort": _Effort, "withdraw": _Id, "agree": _Agree,
    "why": _Why,
}  # fmt: skip
FACILITATOR_KINDS: Mapping[str, type[_Shape]] = {
    "step": _Step, "hide": _Hide, "scope": _Scope, "decide": _Decide, "remove": _People,
    "restore": _People, "count": _Count, "ballot": _Nothing, "strike": _Strike,
    "undo": _Undo, "lock": _Nothing, "unlock": _Nothing, "close": _Nothing, "reopen": _Nothing,
}  # fmt: skip
_SHAPES: Mapping[str, type[_Shape]] = {"join": _Join, **PARTICIPANT_KINDS, **FACILITATOR_KINDS}
# Of these only what was sent counts; the rest stays as it is.
_PARTIAL = frozenset({"scope", "decide"})
_CALLED: dict[str, str] = {
    "kind": "kind of organization", "organisation": "organization", "came_from": "step before",
    "show_name": "choice to show the name", "yes": "answer", "to": "step", "naics": "industry",
    "own": "ownership", "item": "readiness item", "next": "list of next sectors",
}  # fmt: skip
# A page has no true and false, and no lines of text.
_WRONG = {**WRONG, "bool_type": "is neither yes nor no", "dict_type": "is not a table"}


def check_shape(kind: str, data: Any) -> dict[str, Any]:
    """Return what was sent, cleaned, in the form in which it is kept.

    Parameters
    ----------
    kind : str
        Of the event.
    data : object
        As it came in.

    Raises
    ------
    Refused
        There is no such kind, or it does not look like this; in one sentence.

    Examples
    --------
    >>> from lmi.workshop.events import check_shape
    >>> check_shape("join", {"name": " Ann  Lee", "kind": "other"})
    {'name': 'Ann Lee', 'kind': 'other'}
    >>> check_shape("say", {"candidate": "energy", "rating": 9})
    Traceback (most recent call last):
    lmi.workshop.events.Refused: The rating 9 lies outside 1 to 5; choose one of those.
    """
    shape = _SHAPES.get(kind)
    if shape is None:
        raise Refused("The page asks for what is not known here; load it again.")
    try:
        found = shape.model_validate(data)
    except ValidationError as error:
        raise Refused(_sentence(kind, error)) from None
    return found.model_dump(exclude_unset=kind in _PARTIAL)


def check_kept(kind: str, payload: Any) -> dict[str, Any]:
    """Return what was kept of an input, where it still looks as it did when it was kept.

    Raises
    ------
    Refused
        It does not; in one sentence.
    """
    if kind == "scope":
        shape: type[_Shape] = _ScopeKept
    elif kind == "remove" and isinstance(payload, dict) and "participant" in payload:
        shape = _RemovedBefore  # one at a time, in sessions of before
    else:
        return check_shape(kind, payload)
    try:
        return shape.model_validate(payload).model_dump(exclude_unset=True)
    except ValidationError as error:
        raise Refused(_sentence(kind, error)) from None


def _sentence(kind: str, error: ValidationError) -> str:
    found = error.errors(include_url=False)[0]
    named = [part for part in found["loc"] if isinstance(part, str) and part != "[key]"]
    name = named[-1] if named else kind
    called = _CALLED.get(name, name.replace("_", " ").replace("-", " "))[:NAME]
    context = found.get("ctx", {})
    if found["type"] == "value_error":
        return f"The {called} {context['error']}."
    if name == "rating":
        lowest, highest = RATINGS
        told = str(found["input"])[:20]
        return f"The rating {told} lies outside {lowest} to {highest}; choose one of those."
    if found["type"] in ("too_long", "string_too_long"):
        return f"The {called} is too long; {context['max_length']} is the most."
    what = _WRONG.get(found["type"], "cannot be used")
    return f"The {called} {what}; load the page again and enter it there."
