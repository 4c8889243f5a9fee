"""Read the states of a regions folder, and find a region by its name in commands."""

from __future__ import annotations

from pathlib import Path

from lmi import codes, locations
from lmi.config.branding import check_logo
from lmi.config.document import Document, read_document
from lmi.config.fields import is_slug, slug_problem
from lmi.config.gazetteer import Gazetteer
from lmi.config.models import Region, StateConfig
from lmi.config.projection_tables import check_places
from lmi.config.raw_models import StateFile
from lmi.config.region_counties import check_partition, footprints
from lmi.config.validate import build
from lmi.errors import CodeError, ConfigError
from lmi.words import did_you_mean, listing

__all__ = ["find_region", "list_states", "load_state"]

_STATE_FILE = "state.yml"


def list_states(regions_dir: Path | None = None) -> tuple[str, ...]:
    """Return the slugs of the states that have a ``state.yml``, in alphabetical order.

    Parameters
    ----------
    regions_dir : path-like, optional
        The folder of definitions; by default the one that `lmi.locations` finds.

    Raises
    ------
    ConfigError
        There is no such folder.

    Examples
    --------
    >>> from lmi.config import list_states
    >>> {"colorado", "oregon"} <= set(list_states())
    True
    """
    folder = locations.regions_dir(regions_dir)
    if not folder.is_dir():
        raise ConfigError(
            "there is no such folder of definitions; name one with --regions or LMI_REGIONS.",
            file=folder,
        )
    found = (f.parent.name for f in folder.glob(f"*/{_STATE_FILE}"))
    return tuple(sorted(name for name in found if is_slug(name)))


def named_state(slug: str, regions_dir: Path | None = None) -> StateConfig:
    """Read a state by the name of its folder, which is no path to elsewhere.

    Raises
    ------
    ConfigError
        It is no such name, or as for `load_state`.
    """
    if not is_slug(slug):
        raise ConfigError(f"{slug_problem(slug)}.", file=locations.regions_dir(regions_dir))
    return load_state(slug, regions_dir)


def load_state(slug_or_path: str | Path, regions_dir: Path | None = None) -> StateConfig:
    """Read a state's regions.

    Parameters
    ----------
    slug_or_path : str or path-like
        A state's slug ("oregon"), or the path of its folder or of its ``state.yml``.
    regions_dir : path-like, optional
        The folder that holds the states.

    Returns
    -------
    StateConfig
        With the regions in the order of the file.

    Raises
    ------
    ConfigError
        The file is absent or says something that cannot be; the message names file, line, key,
        value and remedy.

    Examples
    --------
    >>> from lmi.config import load_state
    >>> load_state("oregon").region("lane").counties
    ('41039',)
    """
    file = _state_file(slug_or_path, regions_dir)
    slug = file.parent.name
    if not is_slug(slug):
        raise ConfigError(
            f"the folder's name names the state, but {slug_problem(slug)}.", file=file
        )
    document = read_document(file)
    state = build(StateFile, document)
    _check_state_name(document, state)
    gazetteer = Gazetteer(state.state_fips, state.county_year)
    counties = footprints(document, state.regions, gazetteer)
    if state.partition:
        check_partition(document, state, counties, gazetteer)
    check_places(document, state.projections, state.regions)
    check_logo(document, state.branding)
    regions = tuple(
        Region(
            state=slug,
            key=key,
            name=region.name,
            counties=counties[key],
            note=region.note,
            combined=bool(region.include),
        )
        for key, region in state.regions.items()
    )
    fictional = state.state_fips == codes.SAMPLE_STATE
    return StateConfig(
        slug=slug,
        name=state.state,
        state_fips=state.state_fips,
        title=state.title,
        source=state.source,
        partition=state.partition,
        regions=regions,
        county_year=state.county_year,
        illustrative=fictional if state.illustrative is None else state.illustrative,
        staff=state.staff,
        note=state.note,
        branding=state.branding,
        projections=state.projections,
        folder=file.parent,
    )


def _state_file(slug_or_path: str | Path, regions_dir: Path | None) -> Path:
    if isinstance(slug_or_path, str) and is_slug(slug_or_path):
        folder = locations.regions_dir(regions_dir) / slug_or_path
        if not (folder / _STATE_FILE).is_file():
            raise _no_state(slug_or_path, regions_dir)
        return folder / _STATE_FILE
    path = Path(slug_or_path)
    if isinstance(slug_or_path, str) and len(path.parts) < 2 and not path.exists():
        raise _no_state(slug_or_path, regions_dir)
    path = path.resolve()
    return path if path.suffix in (".yml", ".yaml") else path / _STATE_FILE


def _no_state(name: str, regions_dir: Path | None) -> ConfigError:
    known = list_states(regions_dir)
    hint = did_you_mean(name, known) or f"; the states here are {listing(known) or 'none'}"
    folder = locations.regions_dir(regions_dir)
    return ConfigError(f"there is no state {name!r}{hint}.", file=folder)


def _check_state_name(document: Document, state: StateFile) -> None:
    try:
        name = codes.state_name(state.state_fips)
    except CodeError:
        raise document.error(
            f"no state has the code {state.state_fips!r}; {state.state} may be mistyped here.",
            "state_fips",
        ) from None
    if state.state_fips != codes.SAMPLE_STATE and name.casefold() != state.state.casefold():
        raise document.error(
            f"{state.state_fips!r} is the code of {name}, not of {state.state}; correct one of "
            "the two.",
            "state_fips",
        )


def find_region(name: str, regions_dir: Path | None = None) -> tuple[StateConfig, Region]:
    """Find a region by its name in commands.

    Parameters
    ----------
    name : str
        ``STATE/REGION``, or ``REGION`` where only one state has it.
    regions_dir : path-like, optional
        The folder that holds the states.

    Raises
    ------
    ConfigError
        No state, or more than one, has the region.

    Examples
    --------
    >>> from lmi.config import find_region
    >>> state, region = find_region("oregon/lane")
    >>> state.name, region.id
    ('Oregon', 'oregon/lane')
    """
    slug, _, key = name.strip().rpartition("/")
    if slug:
        if not is_slug(slug):
            raise ConfigError(
                f"{name!r} is not the name of a region, which is STATE/REGION such as "
                "'oregon/lane'.",
                file=locations.regions_dir(regions_dir),
            )
        state = load_state(slug, regions_dir)
        return state, state.region(key)
    return _find_anywhere(key, regions_dir)


def _find_anywhere(key: str, regions_dir: Path | None) -> tuple[StateConfig, Region]:
    found: list[tuple[StateConfig, Region]] = []
    known: list[str] = []
    broken: ConfigError | None = None
    for slug in list_states(regions_dir):
        try:
            state = load_state(slug, regions_dir)
        except ConfigError as error:  # a mistake in one state does not close the others
            broken = broken or error
            continue
        known += [region.key for region in state.regions]
        found += [(state, region) for region in state.regions if region.key == key]
    if len(found) == 1:
        return found[0]
    folder = locations.regions_dir(regions_dir)
    if found:
        ids = listing((repr(region.id) for _, region in found), last="or")
        raise ConfigError(f"more than one state has a region {key!r}; write {ids}.", file=folder)
    if broken:
        raise broken
    hint = did_you_mean(key, known) or "; 'lmi regions' lists them"
    raise ConfigError(f"no state has a region {key!r}{hint}.", file=folder)
