"""A state's partnerships, read from its folder and checked against its definitions."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lmi import locations
from lmi.config import (
    Candidate,
    Region,
    StateConfig,
    list_states,
    load_candidates,
    load_state,
)
from lmi.config.document import Document, read_document
from lmi.config.fields import is_slug, slug_problem
from lmi.config.industries import check_industries
from lmi.config.validate import build
from lmi.errors import ConfigError
from lmi.scorecard.catalogue import MetricCatalogue, MetricDefinition, load_catalogue
from lmi.scorecard.definition import METRICS, Partnership, PartnershipFile
from lmi.scorecard.values import cannot_be
from lmi.words import did_you_mean, listing

__all__ = [
    "FOLDER", "check_neighbours", "find_partnership", "list_partnerships", "load_partnerships",
]  # fmt: skip

FOLDER = "partnerships"
_ENDING = ".yml"


def list_partnerships(state: StateConfig) -> tuple[str, ...]:
    """Return the keys of a state's partnerships, in alphabetical order.

    Examples
    --------
    >>> from lmi.config import load_state
    >>> len(list_partnerships(load_state("sample")))
    6
    """
    return tuple(sorted(path.stem for path in (state.folder / FOLDER).glob(f"*{_ENDING}")))


def load_partnerships(
    state: StateConfig, root: Path | None = None, only: str = ""
) -> tuple[Partnership, ...]:
    """Read a state's partnerships, or one of them.

    Parameters
    ----------
    root : path-like, optional
        The folder of all states' definitions.
    only : str, optional
        Key of the one that is read.

    Returns
    -------
    tuple of Partnership
        In the order of the state's regions, then by name: no order says who achieved what.

    Raises
    ------
    ConfigError
        A file cannot be; names file, line, key, value and remedy.
    """
    keys = list_partnerships(state)
    check_neighbours(state, keys, only)
    if only and only not in keys:
        hint = did_you_mean(only, keys) or f"; it has {listing(keys) or 'none'}"
        raise ConfigError(
            f"{state.slug} has no partnership {only!r}{hint}.", file=state.folder / FOLDER
        )
    catalogue, candidates = load_catalogue(state), load_candidates(state, root)
    found = [
        _partnership(state.folder / FOLDER / f"{key}{_ENDING}", state, candidates, catalogue)
        for key in ([only] if only else keys)
    ]
    _check_once(found, root)
    place = {region.key: at for at, region in enumerate(state.regions)}
    return tuple(sorted(found, key=lambda p: (place[p.region.key], p.name.casefold(), p.key)))


def check_neighbours(state: StateConfig, keys: Sequence[str], only: str = "") -> None:
    """Refuse a file beside partnerships' own that nobody would read, as one of a misspelt name.

    Parameters
    ----------
    only : str, optional
        Look at those alone that may be of this one.

    Raises
    ------
    ConfigError
        Names the file, and the name that it probably should have.
    """
    right = [name for key in keys for name in (f"{key}{_ENDING}", f"{key}{METRICS}")]
    for file in sorted((state.folder / FOLDER).glob("*")):
        is_ours = file.suffix.casefold() in (".yml", ".yaml", ".csv")
        if file.name in right or not is_ours or file.name.startswith("."):
            continue
        key = file.name.partition(".")[0]
        meant = f"{key}{METRICS if file.suffix.casefold() == '.csv' else _ENDING}"
        hint = f"; perhaps you meant {meant!r}" if meant in right else did_you_mean(
            file.name, right
        )  # fmt: skip
        if only and key != only and f"'{only}." not in hint:
            continue
        raise ConfigError(
            f"nothing reads a file of this name{hint}; a partnership is in NAME{_ENDING}, its "
            f"numbers in NAME{METRICS}.",
            file=file,
        )


def find_partnership(name: str, root: Path | None = None) -> Partnership:
    """Find a partnership by its name in commands.

    Parameters
    ----------
    name : str
        ``STATE/NAME``, or ``NAME`` where only one state has it.

    Raises
    ------
    ConfigError
        No state, or more than one, has it, or its file cannot be.

    Examples
    --------
    >>> find_partnership("sample/ferrow-valley-metals").region.id
    'sample/ferrow-valley'
    """
    slug, _, key = name.strip().rpartition("/")
    folder = locations.regions_dir(root)
    if slug and not is_slug(slug):
        raise ConfigError(
            f"{name!r} is not the name of a partnership, which is STATE/NAME such as "
            "'oregon/rogue-manufacturing'.",
            file=folder,
        )
    holders = [slug] if slug else [s for s in list_states(root) if _file(folder, s, key).is_file()]
    if len(holders) > 1:
        ids = listing((f"'{s}/{key}'" for s in holders), last="or")
        raise ConfigError(f"more than one state has a partnership {key!r}; write {ids}.")
    if not holders:
        known = [path.stem for path in folder.glob(f"*/{FOLDER}/*{_ENDING}")]
        hint = did_you_mean(key, known) or "; `lmi scorecard --check` lists them"
        raise ConfigError(f"no state has a partnership {key!r}{hint}.", file=folder)
    return load_partnerships(load_state(holders[0], root), root, key)[0]


def _file(folder: Path, slug: str, key: str) -> Path:
    return folder / slug / FOLDER / f"{key}{_ENDING}"


def _partnership(
    file: Path,
    state: StateConfig,
    candidates: tuple[Candidate, ...],
    catalogue: MetricCatalogue,
) -> Partnership:
    if not is_slug(file.stem):
        raise ConfigError(
            f"the file's name names the partnership, but {slug_problem(file.stem)}.", file=file
        )
    document = read_document(file)
    said = build(PartnershipFile, document)
    own = {key: _own_metric(document, key, catalogue) for key in said.own_metrics}
    whole = catalogue.with_own(own)
    _check_keys(document, said, whole)
    return Partnership(
        key=file.stem,
        said=said,
        state=state,
        region=_region(document, said.region, state),
        candidate=_candidate(document, said, candidates),
        is_own_sector=said.definition is not None,
        catalogue=whole,
        file=file,
    )


def _own_metric(document: Document, key: str, catalogue: MetricCatalogue) -> MetricDefinition:
    if key in catalogue.metrics:
        raise document.error(
            "the catalogue has a metric of this key; choose another, or leave it out and use that.",
            "own_metrics", key,
        )  # fmt: skip
    return build(MetricDefinition, document, "own_metrics", key, key=key)


def _check_keys(document: Document, said: PartnershipFile, catalogue: MetricCatalogue) -> None:
    """Refuse a metric or a need that nobody has defined, and a target that cannot be."""
    named: list[tuple[str, tuple[str | int, ...]]] = [
        *((key, ("measures", place)) for place, key in enumerate(said.measures)),
        *((key, ("targets", key)) for key in said.targets),
    ]
    for key, path in named:
        if key not in catalogue.metrics:
            raise document.error(f"there is no metric {key!r}{catalogue.hint(key)}.", *path)
    for key, target in said.targets.items():
        for name in ("value", "baseline"):
            value = getattr(target, name)
            why = cannot_be(value, catalogue.metrics[key]) if value is not None else ""
            if why:
                raise document.error(f"{why}.", "targets", key, name)
    for place, need in enumerate(said.needs):
        if need.need not in catalogue.needs:
            hint = did_you_mean(need.need, catalogue.needs) or (
                f"; write one of {listing(catalogue.needs)}, or add it to the state's "
                "scorecard.yml below 'needs'"
            )
            raise document.error(f"there is no need {need.need!r}{hint}.", "needs", place, "need")


def _region(document: Document, key: str, state: StateConfig) -> Region:
    slug, _, name = key.rpartition("/")
    if slug and slug != state.slug:
        raise document.error(
            f"{key!r} is of another state than this file, which lies in {state.slug}; a "
            "partnership is kept in one state's folder, and its region may cross the line.",
            "region",
        )
    regions = {region.key: region for region in state.regions}
    if name not in regions:
        by_name = [r.key for r in state.regions if r.name.casefold() == name.casefold()]
        hint = f"; write its key {by_name[0]!r}" if by_name else (
            did_you_mean(name, regions) or f"; {state.name} has {listing(regions)}"
        )  # fmt: skip
        raise document.error(f"there is no region {name!r}{hint}.", "region")
    return regions[name]


def _candidate(
    document: Document, said: PartnershipFile, candidates: tuple[Candidate, ...]
) -> Candidate:
    if said.definition is not None:
        own = Candidate(
            key=document.file.stem, name=said.definition.name, why=said.definition.why,
            industries=said.definition.industries,
        )  # fmt: skip
        below = {path[1:]: at for path, at in document.locations.items()
                 if path[:1] == ("definition",)}  # fmt: skip
        located = {(own.key, *path): at for path, at in below.items()}
        check_industries(Document(document.file, document.data, located), own)
        return own
    for candidate in candidates:
        if candidate.key == said.candidate:
            return candidate
    keys = [c.key for c in candidates]
    hint = did_you_mean(str(said.candidate), keys) or f"; there are {listing(keys)}"
    raise document.error(f"there is no candidate {said.candidate!r}{hint}.", "candidate")


def _check_once(found: list[Partnership], root: Path | None) -> None:
    """Refuse a partnership that another file has too: its numbers would count twice."""
    others = sorted(locations.regions_dir(root).glob(f"*/{FOLDER}/*{_ENDING}"))
    who = {file.resolve(): _who(file) for file in others}
    for own in found:
        for file, name in who.items():
            if name == _folded(own.said.name, own.said.convener.name) and not (
                file == own.file.resolve()
                or (file.parts[-3], file.stem) == (own.state.slug, own.key)
            ):
                raise ConfigError(
                    f"{own.name} of {own.said.convener.name} stands in {file} too, and its numbers "
                    "would be counted in both; keep one file, in the state that convenes it.",
                    file=own.file,
                )


def _who(file: Path) -> tuple[str, str] | None:
    try:
        data = read_document(file).data
    except ConfigError:  # whoever reads it is told
        return None
    convener = data.get("convener")
    named = convener.get("name") if isinstance(convener, dict) else None
    return _folded(data.get("name"), named)


def _folded(name: object, convener: object) -> tuple[str, str]:
    name, convener = (" ".join(str(text).split()).casefold() for text in (name, convener))
    return name, convener
