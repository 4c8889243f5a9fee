"""Read candidates and criteria: the defaults, with a state's own laid over them.

What a state's ``sectors.yml`` or ``criteria.yml`` does not say of a key is inherited; a key with
nothing behind it is dropped.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from lmi import locations
from lmi.config.document import Document, read_document
from lmi.config.fields import is_slug, slug_problem
from lmi.config.industries import check_industries
from lmi.config.models import Candidate, Criterion, StateConfig
from lmi.config.ranking import check_criteria
from lmi.config.suggest import did_you_mean
from lmi.config.validate import build
from lmi.errors import ConfigError

__all__ = ["load_candidates", "load_criteria"]


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
    state: StateConfig | None, regions_dir: Path | None = None
) -> tuple[Criterion, ...]:
    """Read the criteria of Step 2: the defaults, with the state's own laid over them.

    Parameters
    ----------
    state : StateConfig or None
        Whose ``criteria.yml`` is laid over the defaults; None for the defaults alone.
    regions_dir : path-like, optional
        The folder that holds the defaults.

    Returns
    -------
    tuple of Criterion
        In the order of the defaults, the state's additions last.

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
    document = _layered("criteria.yml", state, regions_dir)
    found = tuple(build(Criterion, document, key, key=key) for key in document.data)
    check_criteria(document, found)
    return found


def _layered(name: str, state: StateConfig | None, regions_dir: Path | None) -> Document:
    base = read_document(_defaults(name, state, regions_dir))
    if state is not None and (state.folder / name).is_file():
        base = _lay_over(base, read_document(state.folder / name))
    for key, says in base.data.items():
        if not is_slug(key):
            raise base.error(f"{slug_problem(key)}.", key)
        if not isinstance(says, dict):
            raise base.error("'key: value' lines are expected here; indent them below it.", key)
    if not base.data:
        raise ConfigError("nothing is defined; define at least one.", file=base.file)
    return base


def _defaults(name: str, state: StateConfig | None, regions_dir: Path | None) -> Path:
    if regions_dir is None and state is not None and (state.folder.parent / name).is_file():
        return state.folder.parent / name
    return locations.regions_dir(regions_dir) / name


def _lay_over(base: Document, own: Document) -> Document:
    merged: dict[str, Any] = dict(base.data)
    places = dict(base.places)
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
            places = {path: at for path, at in places.items() if path[:2] not in said}
            merged[key] = {**inherited, **says}
        else:
            merged[key] = says
        places.update({path: at for path, at in own.places.items() if path[:1] == (key,)})
    return Document(own.file, merged, places)
