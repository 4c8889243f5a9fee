"""Who is in the room, how many have answered, and the code that lets people in."""

from __future__ import annotations

import io
from collections import Counter
from typing import Any
from urllib.parse import quote

import segno
from markupsafe import Markup

from lmi.workshop.state import KINDS, STEPS
from lmi.workshop.words import KIND_NAMES

__all__ = ["answered", "join_link", "qr", "roster", "steps"]

ANSWERED = {"weigh": "have weighed", "know": "have added something", "decide": "have answered"}


def roster(room: Any) -> list[tuple[str, int]]:
    """Count the people by kind of organisation, those that nobody is of left out.

    Parameters
    ----------
    room : Room

    Returns
    -------
    list of (str, int)
    """
    here = Counter(p.kind for p in room.state.participants.values())
    return [(KIND_NAMES[kind], here[kind]) for kind in KINDS if here[kind]]


def answered(room: Any) -> str:
    """Say how many have done what the step asks.

    Parameters
    ----------
    room : Room

    Returns
    -------
    str
    """
    state = room.state
    here = len(state.participants)
    people = "person is here" if here == 1 else "people are here"
    if state.step not in ANSWERED or not here:
        return f"{here} {people}"
    done = {
        "weigh": set(state.voters),
        "know": {one.participant for one in (*state.statements, *state.efforts)},
        "decide": set(state.agreed),
    }[state.step] & set(state.participants)
    return f"{len(done)} of {here} {ANSWERED[state.step]}"


def join_link(room: Any) -> str:
    """Return the address that the QR code holds.

    Parameters
    ----------
    room : Room

    Returns
    -------
    str
    """
    return f"{room.join_address.rstrip('/')}/?code={quote(room.code)}"


def qr(room: Any) -> Markup:
    """Draw the QR code of the join address.

    Parameters
    ----------
    room : Room

    Returns
    -------
    Markup
        An SVG element that scales to its box.
    """
    made = segno.make(join_link(room), error="m", micro=False)
    buffer = io.BytesIO()
    made.save(
        buffer, kind="svg", xmldecl=False, svgns=False, omitsize=True, border=4,
        light="#ffffff", dark="#000000", title="QR code of the join address",
        svgclass="qr", lineclass=None,
    )  # fmt: skip
    drawn = buffer.getvalue().decode("utf-8").strip()
    return Markup(drawn.replace("<svg ", '<svg role="img" aria-label="QR code to join" ', 1))


def steps(room: Any) -> list[dict[str, Any]]:
    """Return the steps after the welcome, for the rail.

    Parameters
    ----------
    room : Room

    Returns
    -------
    list of dict
        ``key``, ``number``, ``here``, ``reached``.
    """
    return [
        {"key": key, "number": number, "here": key == room.state.step,
         "reached": room.state.has_reached(key)}
        for number, key in enumerate(STEPS)
        if number
    ]  # fmt: skip
