"""Definitions in plain words, for the command line and for the foot of a profile."""

from __future__ import annotations

from lmi import codes, naics
from lmi.codes import OWN_CODES
from lmi.config.candidates import candidate_breaks
from lmi.config.gazetteer import short_name
from lmi.config.industries import VINTAGES
from lmi.config.models import Candidate, CandidatePart, Region, StateConfig
from lmi.words import listing

__all__ = ["describe_candidate", "describe_region", "describe_state"]


def describe_state(state: StateConfig) -> str:
    """Say what regions a state has, who drew them, and which counties they hold.

    Examples
    --------
    >>> from lmi.config import describe_state, load_state
    >>> print(describe_state(load_state("oregon")).splitlines()[0])
    Oregon: local workforce areas, 9 regions (oregon)
    """
    title = state.title[0].lower() + state.title[1:]
    plain = [region for region in state.regions if not region.combined]
    many = f"{len(plain)} region{'' if len(plain) == 1 else 's'}"
    lines = [f"{state.name}: {title}, {many} ({state.slug})"]
    if state.illustrative:
        lines.append("Illustrative: this state is fictional.")
    if state.staff:
        lines.append("For staff, not for publication: numbers of fewer than 3 employers are shown.")
    lines.append(
        f"Every county of {state.name} is in exactly one region."
        if state.partition
        else f"The regions need not cover {state.name}, and may overlap."
    )
    if state.county_year:
        lines.append(f"Counties are those of {state.county_year}.")
    lines.append(f"Source: {_source(state)}")
    lines += [note for note in (state.source.note, state.note) if note]
    return "\n".join([*lines, "", *(describe_region(region) for region in state.regions)])


def _source(state: StateConfig) -> str:
    source = state.source
    read = f"read {source.retrieved}" if source.retrieved else ""
    return f"{', '.join(filter(None, (source.name, source.url, read)))}."


def describe_region(region: Region) -> str:
    """Say in one paragraph which counties a region holds and what it is compared with.

    Examples
    --------
    >>> from lmi.config import describe_region, find_region
    >>> print(describe_region(find_region("oregon/rogue-valley")[1]))
    oregon/rogue-valley  Rogue Valley: Jackson (41029) and Josephine (41033), compared with Oregon
    and the nation.
    """
    counties = listing(f"{_county_name(code, region)} ({code})" for code in region.counties)
    states = [codes.state_name(code) for code in region.state_fips]
    compared = listing([*states, "the nation"])
    combined = " A combination of other regions." if region.combined else ""
    return f"{region.id}  {region.name}: {counties}, compared with {compared}.{combined}"


def _county_name(county: str, region: Region) -> str:
    name = short_name(codes.county_name(county))
    return name if len(region.state_fips) == 1 else f"{name}, {codes.state_postal(county[:2])}"


def describe_candidate(candidate: Candidate) -> str:
    """Say what a candidate is made of, and whether its growth can be followed.

    Examples
    --------
    >>> from lmi.config import Candidate, describe_candidate
    >>> print(describe_candidate(Candidate(
    ...     key="software", name="Software", why="One kind of talent.",
    ...     industries=[{"naics": ["5112", "5132"]}])))
    Software (software)
      One kind of talent.
      Private: 5112 Software publishers (NAICS 2012 and 2017 only), 5132 Software publishers
      (NAICS 2022 only).
      Means the same in NAICS 2012, 2017 and 2022: growth can be compared from 2011 on.
    """
    lines = [f"{candidate.name} ({candidate.key})", f"  {candidate.why}"]
    if candidate.part_of is not None:
        lines.append(f"  A part of {candidate.part_of}.")
    if candidate.ranked == "parts":
        lines.append("  Ranked by its parts.")
    lines += [f"  {_part(part)}" for part in candidate.industries]
    first_years = [naics.VINTAGES[vintage] for vintage in VINTAGES]
    breaks = candidate_breaks(candidate, first_years[0], first_years[-1])
    if breaks:
        more = f" (and {len(breaks) - 1} more)" if len(breaks) > 1 else ""
        lines.append(f"  Does not mean the same in every vintage of NAICS: {breaks[0]}{more}")
    else:
        vintages = listing(str(vintage) for vintage in VINTAGES)
        lines.append(
            f"  Means the same in NAICS {vintages}: growth can be compared from "
            f"{first_years[0]} on."
        )
    return "\n".join(lines)


def _part(part: CandidatePart) -> str:
    who = [OWN_CODES[code].lower() for code in part.own]
    industries = ", ".join(map(_industry, part.naics))
    without = f", without {listing(map(_industry, part.exclude))}" if part.exclude else ""
    return f"{listing(who).capitalize()}: {industries}{without}."


def _industry(code: str) -> str:
    vintages = [str(vintage) for vintage in VINTAGES if naics.is_known(code, vintage)]
    only = f" (NAICS {listing(vintages)} only)" if len(vintages) < len(VINTAGES) else ""
    return f"{code} {naics.industry_title(code)}{only}"
