"""The command on workshops: start one, go on with one, forget one."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from lmi.cli.options import (
    OutputsOption,
    RegionsOption,
    StaffOption,
    StoreOption,
    YearOption,
    fail,
    out,
    said,
)

if TYPE_CHECKING:
    from lmi.workshop.launch import Addresses
    from lmi.workshop.room import Room
    from lmi.workshop.session import Session

__all__ = ["workshop"]

LOOPBACK = "127.0.0.1"


def workshop(
    region: Annotated[
        str | None,
        typer.Argument(help="STATE/REGION, or REGION where that is unique; chosen on a page else."),
    ] = None,
    bind: Annotated[
        str,
        typer.Option(
            "--bind",
            help="Address to listen at; 0.0.0.0 lets the phones in the same network join.",
        ),
    ] = LOOPBACK,
    port: Annotated[
        int | None, typer.Option("--port", min=0, max=65535, help="A free one unless told.")
    ] = None,
    year: YearOption = None,
    session: Annotated[
        Path | None,
        typer.Option("--session", help="New file to keep it in; outputs/workshops unless told."),
    ] = None,
    resume: Annotated[
        Path | None, typer.Option("--resume", help="Go on with the session of this file.")
    ] = None,
    forget: Annotated[
        Path | None,
        typer.Option("--forget", help="Delete the session of this file, and all typed in it."),
    ] = None,
    demo: Annotated[
        int, typer.Option("--demo", min=0, max=100, help="People to make up, to try it alone.")
    ] = 0,
    browser: Annotated[
        bool, typer.Option("--browser/--no-browser", help="Open the facilitator's page.")
    ] = True,
    base_url: Annotated[
        str | None,
        typer.Option(
            "--base-url", help="Public address, https://HOST/PATH, where it is behind a proxy."
        ),
    ] = None,
    staff: StaffOption = False,
    store: StoreOption = None,
    regions: RegionsOption = None,
    outputs: OutputsOption = None,
) -> None:
    """Run a workshop: a room looks at its region's evidence, weighs, adds, and decides.

    Everything that is entered is kept in one session file; stop with Ctrl-C, go on with --resume.
    Try it alone with `lmi workshop sample/ferrow-valley --demo 12`.
    """
    if sum(x is not None for x in (region, resume, forget)) > 1:
        fail("Name a region to start a workshop, or a session's file with --resume or --forget.")
    if forget is not None:
        _forget(forget)
        return
    import asyncio
    import contextlib
    import sys

    from lmi.workshop import launch, session_files
    from lmi.workshop.front import DIRECT, read_front

    # The pages take turns with what is computed behind them; short ones keep the pages quick.
    sys.setswitchinterval(0.001)

    def begin(region: str, people: int) -> tuple[Session, Room]:
        return session_files.begin(
            region, year, session, people, store=store, regions=regions, outputs=outputs,
            staff=staff, say=lambda text: said.print(text, markup=False),
        )  # fmt: skip

    if region is None and resume is None:
        _chosen(begin, bind, port, base_url, browser, (store, regions))
        return
    front = DIRECT if base_url is None else read_front(base_url)
    if resume is not None:
        _check_resumed(year is not None or session is not None or demo > 0 or staff)
        opened, room = session_files.reopen(resume, store=store, regions=regions)
    else:
        assert region is not None, "checked above"
        opened, room = begin(region, demo)

    def ready(found: Addresses) -> None:
        _tell(found, opened.path, bind if base_url is None else "", _notes(room))
        if browser:
            import webbrowser

            webbrowser.open(found.facilitator)

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(launch.serve(opened, room, bind, port, ready, front=front))
    _stopped(opened.path)


def _chosen(
    begin: Callable[[str, int], tuple[Session, Room]],
    bind: str,
    port: int | None,
    base_url: str | None,
    browser: bool,
    places: tuple[Path | None, Path | None],
) -> None:
    """Serve the page on which the region is chosen, and then its workshop."""
    import asyncio
    import contextlib
    import os
    import webbrowser

    from lmi.workshop import launch
    from lmi.workshop.front import read_base
    from lmi.workshop.start import regions_to_choose
    from lmi.workshop.tiles import KEY

    def shown(address: str) -> None:
        out.print(f"Choose a region  {address}", markup=False)
        out.file.flush()
        if browser:
            webbrowser.open(address)

    begun: list[Path] = []

    def noted(region: str, people: int) -> tuple[Session, Room]:
        made = begin(region, people)
        begun.append(made[0].path)
        return made

    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(
            launch.serve_chosen(
                noted, regions_to_choose(*places), bind, port,
                lambda found: _tell(found, begun[-1], bind if base_url is None else "", ()),
                base=read_base(base_url) if base_url else "", key=os.environ.get(KEY, ""),
                shown=shown,
            )
        )  # fmt: skip
    for path in begun:
        _stopped(path)


def _forget(path: Path) -> None:
    from lmi.workshop.session import forget

    out.print(f"Deleted {', '.join(map(str, forget(path)))}.", markup=False)


def _check_resumed(is_told: bool) -> None:
    if is_told:
        fail(
            "A session that is resumed keeps its year, its file, its people and who it is for; "
            "leave --year, --session, --demo and --staff out."
        )


def _stopped(path: Path) -> None:
    out.print(
        f"Stopped. Everything is in {path}; `lmi workshop --resume {path}` goes on.", markup=False
    )


def _notes(room: Room) -> tuple[str, ...]:
    return (*filter(None, (room.resumed,)), *room.notes)


def _tell(found: Addresses, path: Path, bind: str, notes: tuple[str, ...]) -> None:
    lines = [
        f"Facilitator  {found.facilitator}",
        f"Join         {found.join}",
        f"Code         {found.code}",
        f"Session      {path}",
    ]
    if bind in (LOOPBACK, "localhost", "::1"):
        lines.append("Only this machine can join; --bind 0.0.0.0 lets phones in its network in.")
    lines += notes
    for line in lines:
        out.print(line, markup=False)
    out.file.flush()  # whoever reads this through a pipe waits for it
