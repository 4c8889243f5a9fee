"""Whole pages: the way in, the room, and what to say when neither can be had."""

from __future__ import annotations

from typing import TYPE_CHECKING

from lmi.workshop.room import Room
from lmi.workshop.state import Participant
from lmi.workshop.views.parts import Who, fragment
from lmi.workshop.views.render import render
from lmi.workshop.views.roster import qr
from lmi.workshop.words import KIND_NAMES

if TYPE_CHECKING:
    from lmi.workshop.start import StartPage

__all__ = ["handout_page", "join_page", "notice_page", "page", "start_page"]


def page(who: Who, room: Room, csrf: str, view: str = "") -> str:
    """Return the page of a participant or of the facilitator.

    Parameters
    ----------
    csrf : str
        Token that the page sends along with every input.
    view : {"", "desk", "wall"}
        Of the facilitator: the wall with what moves it, the private view, or the wall alone.
    """
    role = "participant" if isinstance(who, Participant) else "facilitator"

    def part(name: str, wanted: str = "") -> str:
        return fragment(name, room, who, wanted)

    code = qr(room) if role == "facilitator" else ""
    return render(
        "page.html", role=role, room=room, who=who, csrf=csrf, part=part, view=view, qr=code
    )


def handout_page(room: Room) -> str:
    """Return the sheet to hand out: how to join, and what is coming, twice on a page."""
    return render("handout.html", role="facilitator", room=room, csrf="", qr=qr(room))


def join_page(
    room: Room,
    error: str = "",
    *,
    code: str = "",
    key: str = "",
    name: str = "",
    kind: str = "",
    csrf: str = "",
    id: str = "",
) -> str:
    """Return the page by which somebody joins.

    Parameters
    ----------
    room : Room or None
        None where there is no session to join.
    error : str, optional
        Why the last attempt was refused, in one sentence.
    code, name, kind : str, optional
        What was typed before.
    key : str, optional
        What the QR code carried; the code need not be typed then.
    csrf, id : str, optional
        Token, and id of the input, so that a double tap joins once.
    """
    typed = {"code": code, "name": name, "kind": kind}
    return render(
        "join.html", role="nobody", room=room, error=error, typed=typed, kinds=KIND_NAMES,
        csrf=csrf, id=id, key=key,
    )  # fmt: skip


def start_page(page: StartPage, error: str = "", region: str = "", to: str = "") -> str:
    """Return the page on which a region is chosen.

    Parameters
    ----------
    error : str, optional
        Why the last choice was refused, in one sentence.
    region : str, optional
        What was chosen before.
    to : str, optional
        Where what was begun is found; there is nothing to choose any more then.
    """
    return render(
        "start.html", role="nobody", room=None, base=page.base, page=page, error=error,
        region=region, to=to,
    )  # fmt: skip


def notice_page(title: str, sentence: str, base: str | None = "") -> str:
    """Return a page that says one thing.

    Parameters
    ----------
    base : str or None, optional
        What every address begins with, behind a proxy; None where there is nothing to join.
    """
    return render(
        "notice.html", role="nobody", room=None, csrf="", title=title, sentence=sentence, base=base
    )
