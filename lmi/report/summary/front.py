"""The head of a state's summary: what it is, a map to click, and a list to search and to open."""

from __future__ import annotations

from typing import NamedTuple

from lmi import words
from lmi.output_files import PAGE, PROFILE_FILES, STATE_FILES
from lmi.report import boilerplate
from lmi.report.display import Prose, title_block
from lmi.report.html import fill
from lmi.report.summary.maps import regions_map
from lmi.report.summary.summary import Summary, leads

__all__ = ["front", "title"]


class RegionEntry(NamedTuple):
    """One region in the list.

    Attributes
    ----------
    href : str
        Address of its profile; empty where there is none.
    reason : str
        Why there is none, where that is known.
    files : dict of str to str
        Addresses of what else there is of it, by what a reader calls that.
    counties : list of str
        Names, as far as there is a map.
    top : list of str
        Ranks and names of the candidates that lead.
    apart : dict of str to list of str
        Names of those set aside, by the reason.
    """

    number: int
    name: str
    href: str
    reason: str
    files: dict[str, str]
    counties: list[str]
    top: list[str]
    apart: dict[str, list[str]]


def title(found: Summary) -> Prose:
    """Name the state and the year; say so where the data are made up or for staff."""
    return title_block(
        "Regional labor market profiles", found.state.name, f"{found.state.title}, {found.year}",
        made_up=boilerplate.ILLUSTRATIVE if found.state.illustrative else "", staff=found.staff,
    )  # fmt: skip


def front(found: Summary) -> Prose:
    """Let a reader find a region: on the map, by a word, in the list; every format is linked."""
    entries = [_entry(found, key) for key in found.numbers]
    failed = [entry for entry in entries if entry.reason]
    html = fill(
        "summary/front.html.j2",
        state=found.state.name,
        entries=entries,
        failed=words.listing(entry.name for entry in failed),
        n_failed=len(failed),
        map=regions_map(found, {k: e.href for k, e in zip(found.numbers, entries, strict=True)}),
        of_state=_there(found, "", STATE_FILES),
    )
    plain = [f"{e.number}. {e.name}: {words.listing(e.top) or e.reason}" for e in entries]
    return Prose(html, "\n".join(plain))


def _entry(found: Summary, key: str) -> RegionEntry:
    region = found.state.region(key)
    reason = found.failed.get(key, "")
    there = not reason and found.out is not None and (found.out / key / PAGE).is_file()
    if not there and not reason and found.out is not None:
        reason = "It has not been made yet."
    known = [found.county_names[code] for code in region.counties if code in found.county_names]
    ranked = [] if reason else found.ranked(key)
    return RegionEntry(
        found.numbers[key],
        region.name,
        f"{key}/{PAGE}" if there else "",
        reason,
        _there(found, key, PROFILE_FILES) if there else {},
        sorted(known),
        [f"{words.whole(row['rank'])}. {row['candidate_name']}" for row in ranked if leads(row)],
        {} if reason else found.apart(key),
    )


def _there(found: Summary, key: str, files: dict[str, str]) -> dict[str, str]:
    """Addresses of those files that are there, or will be."""
    if found.out is None:
        return {}
    return {
        name: f"{key}/{file}" if key else file
        for name, file in files.items()
        if file in found.follow or (found.out / key / file).is_file()
    }
