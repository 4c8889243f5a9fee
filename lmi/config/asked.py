"""All that is asked of a region's candidates, as ``criteria.yml`` says it.

Beside the criteria, the named screens stand there below a key of their own, and so do the reasons
to set a candidate aside, from what size on pay and concentration count, and what a state's file
says of single regions, which is laid over the rest for them alone.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from lmi.config.document import Document, read_document
from lmi.config.layers import (
    candidate_keys,
    check_keys,
    documents,
    lay_over,
    lines_below,
    section,
    without,
)
from lmi.config.models import Criterion, CriticalMass, MeasureLine, NamedScreen, StateConfig
from lmi.config.ranking import check_criteria, check_kept, check_lines
from lmi.config.set_aside import AsideReason, SetAside
from lmi.config.validate import build
from lmi.schema.measures import JUDGED, SCORED
from lmi.words import did_you_mean, listing

__all__ = ["REGIONS", "SCREENS", "Asked", "load_asked"]

SCREENS, SET_ASIDE, CRITICAL_MASS = "screens", "set_aside", "critical_mass"
"""The keys of ``criteria.yml`` that hold no criterion."""

REGIONS = "regions"
"""The key of a state's ``criteria.yml`` that holds what single regions ask otherwise."""

KEEP = "keep"
"""The key among the reasons that names the candidates which stay whatever holds."""


class Asked(NamedTuple):
    """What is asked of a region's candidates.

    Attributes
    ----------
    screens : tuple of NamedScreen
        Lines beside the criteria's own.
    set_aside : SetAside
        Why a candidate has no rank.
    critical_mass : CriticalMass or None
        Without which neither wages nor concentration make a driver of the economy.
    """

    criteria: tuple[Criterion, ...]
    screens: tuple[NamedScreen, ...] = ()
    set_aside: SetAside = SetAside()
    critical_mass: CriticalMass | None = None


def load_asked(
    state: StateConfig | None,
    regions_dir: Path | None = None,
    over: Path | None = None,
    region: str | None = None,
) -> Asked:
    """Read what is asked of a region's candidates: the defaults, the state's own laid over them.

    Parameters
    ----------
    state : StateConfig or None
        Whose ``criteria.yml`` is laid over the defaults; None for the defaults alone.
    regions_dir : path-like, optional
        The folder that holds the defaults.
    over : path-like, optional
        One more file of criteria, laid over all.
    region : str, optional
        Key of a region of the state, whose own section of ``criteria.yml`` is laid over, too.

    Returns
    -------
    Asked
        Each in the order of the defaults, the state's additions last. A default that stands in
        for another (``otherwise``) and that the state drops stands in no longer.

    Raises
    ------
    ConfigError
        Something of it cannot be: an unknown measure, reversed anchors, no weight at all, a
        screen or a reason without a line, a candidate to be kept that there is not, and so on.

    Examples
    --------
    >>> from lmi.config import load_asked
    >>> asked = load_asked(None)
    >>> [c.weight for c in asked.criteria if c.key == "pay"], asked.screens
    ([1.0], ())
    >>> [reason.key for reason in asked.set_aside.reasons]
    ['public-employers', 'declining', 'few-employers', 'cannot-be-placed']
    >>> [line.measure for line in asked.critical_mass.all]
    ['emplvl_share', 'annual_avg_estabs']
    """
    layers = _layers(state, regions_dir, over, region)
    reasons = lines_below(layers, SET_ASIDE)
    candidates = candidate_keys(state, regions_dir) if reasons.data.get(KEEP) else []
    return Asked(
        _criteria(layers),
        _screens(lines_below(layers, SCREENS)),
        _set_aside(reasons, candidates),
        _critical_mass(layers),
    )


def _criteria(layers: Sequence[Document]) -> tuple[Criterion, ...]:
    document, *own = (without(layer, SCREENS, SET_ASIDE, CRITICAL_MASS) for layer in layers)
    for layer in own:
        below, document = document, lay_over(document, layer)
        _forget_dropped(document, below)
    check_keys(document)
    found = tuple(build(Criterion, document, key, key=key) for key in document.data)
    check_criteria(document, found)
    return found


def _screens(document: Document) -> tuple[NamedScreen, ...]:
    if not document.data:
        return ()
    check_keys(document)
    found = tuple(build(NamedScreen, document, key, key=key) for key in document.data)
    check_lines(document, {s.key: _lines_of(s) for s in found}, SCORED)
    return found


def _set_aside(document: Document, candidates: Sequence[str]) -> SetAside:
    reasons = without(document, KEEP)
    if reasons.data:
        check_keys(reasons)
    found = tuple(build(AsideReason, reasons, key, key=key) for key in reasons.data)
    check_lines(reasons, {r.key: _lines_of(r) for r in found}, JUDGED)
    kept = {KEEP: document.data[KEEP]} if KEEP in document.data else {}
    made = build(SetAside, Document(document.file, kept, document.locations), reasons=found)
    if made.keep:
        check_kept(document, made.keep, candidates)
    return made


def _critical_mass(layers: Sequence[Document]) -> CriticalMass | None:
    said = [layer for layer in layers if CRITICAL_MASS in layer.data]
    if not said or said[-1].data[CRITICAL_MASS] is None:
        return None
    found = build(CriticalMass, said[-1], CRITICAL_MASS)
    check_lines(said[-1], {CRITICAL_MASS: {"all": found.all}}, SCORED)
    return found


def _lines_of(named: NamedScreen) -> dict[str, tuple[MeasureLine, ...]]:
    return {"any": named.any, "all": named.all}


def _layers(
    state: StateConfig | None, regions_dir: Path | None, over: Path | None, region: str | None
) -> list[Document]:
    """Read what is asked: the defaults, the state's file, its region's section, one more file."""
    found = documents("criteria.yml", state, regions_dir)
    own = found[1:]
    if over is not None:
        own.append(read_document(Path(over)))
    layers = found[:1]
    for document in own:
        sections = section(document, REGIONS)
        _check_regions(sections, state)
        layers.append(without(document, REGIONS))
        if region is not None and region in sections.data:
            layers.append(section(sections, region))
    return layers


def _check_regions(sections: Document, state: StateConfig | None) -> None:
    known = [r.key for r in state.regions] if state is not None else []
    for key in sections.data:
        if key not in known:
            hint = did_you_mean(key, known) or f"; its regions are {listing(known)}"
            raise sections.error(f"there is no region {key!r} to ask otherwise{hint}.", key)


def _forget_dropped(document: Document, below: Document) -> None:
    """Leave out inherited stand-ins that a layer dropped: what is not asked stands for none."""
    dropped = below.data.keys() - document.data.keys()
    for key, says in document.data.items():
        if isinstance(says, dict) and says.get("otherwise") in dropped:
            inherited = below.data.get(key)
            if isinstance(inherited, dict) and inherited.get("otherwise") == says["otherwise"]:
                document.data[key] = {w: v for w, v in says.items() if w != "otherwise"}
