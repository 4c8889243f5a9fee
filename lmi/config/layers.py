"""Read candidates and criteria: the defaults, with a state's own laid over them.

What a state's ``sectors.yml`` or ``criteria.yml`` does not say of a key is inherited; a key with
nothing behind it is dropped. The named screens stand in ``criteria.yml`` below a key of their own,
and so do the reasons to set a candidate aside, and what a state's file says of single regions,
which is laid over the rest for them alone.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lmi import locations
from lmi.config.document import Document, read_document
from lmi.config.fields import is_slug, slug_problem
from lmi.config.industries import check_industries
from lmi.config.models import (
    Candidate,
    Criterion,
    CriticalMass,
    MeasureLine,
    NamedScreen,
    StateConfig,
)
from lmi.config.ranking import check_criteria, check_kept, check_lines
from lmi.config.set_aside import AsideReason, SetAside
from lmi.config.validate import build
from lmi.errors import ConfigError
from lmi.schema.measures import JUDGED, SCORED
from lmi.words import did_you_mean, listing

__all__ = [
    "REGIONS",
    "SCREENS",
    "CRITICAL_MASS",
    "SET_ASIDE",
    "load_candidates",
    "load_criteria",
    "load_critical_mass",
    "load_screens",
    "load_set_aside",
]

SCREENS = "screens"
"""The key of ``criteria.yml`` that holds no criterion but the named screens."""

REGIONS = "regions"
"""The key of a state's ``criteria.yml`` that holds what single regions ask otherwise."""

CRITICAL_MASS = "critical_mass"
"""The key of ``criteria.yml`` that says from what size on pay and concentration count."""

SET_ASIDE = "set_aside"
"""The key of ``criteria.yml`` that holds the reasons to set a candidate aside."""

KEEP = "keep"
"""The key among them that names the candidates which stay in the ranking whatever holds."""

_LISTS = frozenset({"any", "all"})


def load_candidates(
    state: StateConfig | None, regions_dir: Path | None = None
) -> tuple[Candidate, ...]:
    """Read the candidate sectors: the defaults, with the state's own laid over them.

    Parameters
    ----------
    state : StateConfig or None
        Whose ``sectors.yml`` is laid over the defaults; None for the defaults alone.
    regions_dir : path-like, optional
        The folder that holds the defaults.

    Returns
    -------
    tuple of Candidate
        In the order of the defaults, the state's additions last.

    Raises
    ------
    ConfigError
        A definition cannot be: unknown industry, overlap inside one candidate, and so on.

    Examples
    --------
    >>> from lmi.config import load_candidates
    >>> [c.name for c in load_candidates(None) if c.key == "construction"]
    ['Construction']
    """
    document = _layered("sectors.yml", state, regions_dir)
    found = tuple(build(Candidate, document, key, key=key) for key in document.data)
    for candidate in found:
        check_industries(document, candidate)
    return found


def load_criteria(
    state: StateConfig | None,
    regions_dir: Path | None = None,
    over: Path | None = None,
    region: str | None = None,
) -> tuple[Criterion, ...]:
    """Read the criteria of Step 2: the defaults, with the state's own laid over them.

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
    tuple of Criterion
        In the order of the defaults, the state's additions last. A default that stands in for
        another (``otherwise``) and that the state drops stands in no longer.

    Raises
    ------
    ConfigError
        A criterion cannot be: unknown measure, reversed anchors, no weight at all, and so on.

    Examples
    --------
    >>> from lmi.config import load_criteria
    >>> [c.weight for c in load_criteria(None) if c.key == "pay"]
    [1.0]
    """
    document, *layers = (
        _without(layer, SCREENS, SET_ASIDE, CRITICAL_MASS)
        for layer in _asked(state, regions_dir, over, region)
    )
    for layer in layers:
        below, document = document, _lay_over(document, layer)
        _forget_dropped(document, below)
    _check_keys(document)
    found = tuple(build(Criterion, document, key, key=key) for key in document.data)
    check_criteria(document, found)
    return found


def load_screens(
    state: StateConfig | None,
    regions_dir: Path | None = None,
    over: Path | None = None,
    region: str | None = None,
) -> tuple[NamedScreen, ...]:
    """Read the named screens of ``criteria.yml``: the defaults, the state's own laid over them.

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
    tuple of NamedScreen
        In the order of the defaults, the state's additions last; none where no file has the key
        ``screens``.

    Raises
    ------
    ConfigError
        A screen cannot be: unknown measure, no line, ``any`` and ``all`` together, and so on.

    Examples
    --------
    >>> from lmi.config import load_screens
    >>> load_screens(None)
    ()
    """
    document = _named_lines(SCREENS, state, regions_dir, over, region)
    if not document.data:
        return ()
    _check_keys(document)
    found = tuple(build(NamedScreen, document, key, key=key) for key in document.data)
    check_lines(document, {s.key: _lines_of(s) for s in found}, SCORED)
    return found


def load_set_aside(
    state: StateConfig | None,
    regions_dir: Path | None = None,
    over: Path | None = None,
    region: str | None = None,
) -> SetAside:
    """Read why candidates are set aside: the defaults, the state's own laid over them.

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
    SetAside
        The reasons in the order of the defaults, the state's additions last; none where nothing
        stands behind ``set_aside``.

    Raises
    ------
    ConfigError
        A reason cannot be: unknown measure, no line, no question, and so on; or a candidate that
        is to be kept is unknown.

    Examples
    --------
    >>> from lmi.config import load_set_aside
    >>> [reason.key for reason in load_set_aside(None).reasons]
    ['declining', 'few-employers', 'cannot-be-placed']
    """
    document = _named_lines(SET_ASIDE, state, regions_dir, over, region)
    reasons = _without(document, KEEP)
    if reasons.data:
        _check_keys(reasons)
    found = tuple(build(AsideReason, reasons, key, key=key) for key in reasons.data)
    check_lines(reasons, {r.key: _lines_of(r) for r in found}, JUDGED)
    kept = {KEEP: document.data[KEEP]} if KEEP in document.data else {}
    made = build(SetAside, Document(document.file, kept, document.locations), reasons=found)
    if made.keep:
        check_kept(document, made.keep, _layered("sectors.yml", state, regions_dir).data)
    return made


def load_critical_mass(
    state: StateConfig | None,
    regions_dir: Path | None = None,
    over: Path | None = None,
    region: str | None = None,
) -> CriticalMass | None:
    """Read from what size on pay and concentration make a driver of the economy.

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
    CriticalMass or None
        None where nothing stands behind ``critical_mass``.

    Raises
    ------
    ConfigError
        It cannot be: unknown measure, no line, and so on.

    Examples
    --------
    >>> from lmi.config import load_critical_mass
    >>> load_critical_mass(None).words
    'emplvl_share at least 0.005, annual_avg_estabs at least 12'
    """
    said = [d for d in _asked(state, regions_dir, over, region) if CRITICAL_MASS in d.data]
    if not said or said[-1].data[CRITICAL_MASS] is None:
        return None
    found = build(CriticalMass, said[-1], CRITICAL_MASS)
    check_lines(said[-1], {CRITICAL_MASS: {"all": found.all}}, SCORED)
    return found


def _named_lines(
    name: str,
    state: StateConfig | None,
    regions_dir: Path | None,
    over: Path | None,
    region: str | None,
) -> Document:
    """Read what stands below a key of ``criteria.yml`` that holds named lists of lines."""
    base, *layers = _asked(state, regions_dir, over, region)
    document = _section(base, name)
    for layer in layers:
        if name in layer.data:
            document = _lay_lines_over(document, _section(layer, name))
    return document


def _lines_of(named: NamedScreen) -> dict[str, tuple[MeasureLine, ...]]:
    return {"any": named.any, "all": named.all}


def _layered(name: str, state: StateConfig | None, regions_dir: Path | None) -> Document:
    document, *layers = _documents(name, state, regions_dir)
    for layer in layers:
        document = _lay_over(document, layer)
    _check_keys(document)
    return document


def _documents(name: str, state: StateConfig | None, regions_dir: Path | None) -> list[Document]:
    """Read the defaults, and what is laid over them."""
    found = [read_document(_defaults(name, state, regions_dir))]
    if state is not None and (state.folder / name).is_file():
        found.append(read_document(state.folder / name))
    return found


def _asked(
    state: StateConfig | None, regions_dir: Path | None, over: Path | None, region: str | None
) -> list[Document]:
    """Read what is asked: the defaults, the state's file, its region's section, one more file."""
    found = _documents("criteria.yml", state, regions_dir)
    own = found[1:]
    if over is not None:
        own.append(read_document(Path(over)))
    layers = found[:1]
    for document in own:
        sections = _section(document, REGIONS)
        _check_regions(sections, state)
        layers.append(_without(document, REGIONS))
        if region is not None and region in sections.data:
            layers.append(_section(sections, region))
    return layers


def _check_regions(sections: Document, state: StateConfig | None) -> None:
    known = [r.key for r in state.regions] if state is not None else []
    for key in sections.data:
        if key not in known:
            hint = did_you_mean(key, known) or f"; its regions are {listing(known)}"
            raise sections.error(f"there is no region {key!r} to ask otherwise{hint}.", key)


def _check_keys(document: Document) -> None:
    for key, says in document.data.items():
        if not is_slug(key):
            raise document.error(f"{slug_problem(key)}.", key)
        if not isinstance(says, dict):
            raise document.error("'key: value' lines are expected here; indent them below it.", key)
    if not document.data:
        raise ConfigError("nothing is defined; define at least one.", file=document.file)


def _without(document: Document, *keys: str) -> Document:
    kept = {name: says for name, says in document.data.items() if name not in keys}
    return Document(document.file, kept, document.locations)


def _section(document: Document, key: str) -> Document:
    """Return what stands below a key as a document of its own, empty where nothing does."""
    says = document.data.get(key)
    if says is not None and not isinstance(says, dict):
        raise document.error("'key: value' lines are expected here; indent them below it.", key)
    locations = {path[1:]: at for path, at in document.locations.items() if path[:1] == (key,)}
    return Document(document.file, dict(says or {}), locations)


def _lay_lines_over(base: Document, own: Document) -> Document:
    if not own.data:
        return own  # nothing behind the key drops them all
    kept = dict(base.data)
    for key, says in own.data.items():
        inherited = kept.get(key)
        # Each has one list: a new one takes the place of the inherited one.
        if isinstance(says, dict) and isinstance(inherited, dict) and says.keys() & _LISTS:
            kept[key] = {word: value for word, value in inherited.items() if word not in _LISTS}
    return _lay_over(Document(base.file, kept, base.locations), own)


def _forget_dropped(document: Document, below: Document) -> None:
    """Leave out inherited stand-ins that a layer dropped: what is not asked stands for none."""
    dropped = below.data.keys() - document.data.keys()
    for key, says in document.data.items():
        if isinstance(says, dict) and says.get("otherwise") in dropped:
            inherited = below.data.get(key)
            if isinstance(inherited, dict) and inherited.get("otherwise") == says["otherwise"]:
                document.data[key] = {w: v for w, v in says.items() if w != "otherwise"}


def _defaults(name: str, state: StateConfig | None, regions_dir: Path | None) -> Path:
    if regions_dir is None and state is not None and (state.folder.parent / name).is_file():
        return state.folder.parent / name
    return locations.regions_dir(regions_dir) / name


def _lay_over(base: Document, own: Document) -> Document:
    merged: dict[str, Any] = dict(base.data)
    locations = dict(base.locations)
    for key, says in own.data.items():
        if says is None:
            if key not in merged:
                hint = did_you_mean(key, base.data)
                raise own.error(f"nothing is written, and no default has this key{hint}.", key)
            del merged[key]
            continue
        inherited = merged.get(key)
        if isinstance(inherited, dict) and isinstance(says, dict):
            said = tuple((key, field) for field in says)
            locations = {path: at for path, at in locations.items() if path[:2] not in said}
            merged[key] = {**inherited, **says}
        else:
            merged[key] = says
        locations.update({path: at for path, at in own.locations.items() if path[:1] == (key,)})
    return Document(own.file, merged, locations)
