"""Lay what a state's file says over the defaults, key by key.

What a state's ``sectors.yml`` or ``criteria.yml`` does not say of a key is inherited; a key with
nothing behind it is dropped.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from lmi import locations
from lmi.config.document import Document, read_document
from lmi.config.fields import is_slug, slug_problem
from lmi.config.industries import check_industries
from lmi.config.models import Candidate, StateConfig
from lmi.config.nesting import fitting, nesting_problems
from lmi.config.validate import build
from lmi.errors import ConfigError
from lmi.words import did_you_mean

__all__ = [
    "candidate_keys",
    "check_keys",
    "documents",
    "lay_over",
    "lines_below",
    "load_candidates",
    "section",
    "without",
]

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
        In the order of the defaults, the state's additions last. A part of the defaults that no
        longer lies within its whole, as the state draws the two, stands for itself.

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
    layers = documents("sectors.yml", state, regions_dir)
    document = _laid(layers)
    found = tuple(build(Candidate, document, key, key=key) for key in document.data)
    for candidate in found:
        check_industries(document, candidate)
    drawn = {key for layer in layers[1:] for key in layer.data}
    found = fitting(found, [c.key for c in found if _may_not_fit(document, c, drawn)])
    for key, sentence in nesting_problems(found):
        raise document.error(sentence, key, "part_of")
    return found


def candidate_keys(state: StateConfig | None, regions_dir: Path | None) -> list[str]:
    """Return the keys of the candidate sectors, as far as the files can be read."""
    return list(_laid(documents("sectors.yml", state, regions_dir)).data)


def _may_not_fit(document: Document, candidate: Candidate, drawn: Collection[str]) -> bool:
    """Tell whether a state draws a part or its whole anew, and does not say itself which it is."""
    is_inherited = document.location(candidate.key, "part_of").file != document.file
    return is_inherited and (candidate.key in drawn or candidate.part_of in drawn)


def _laid(layers: Sequence[Document]) -> Document:
    document, *own = layers
    for layer in own:
        document = lay_over(document, layer)
    check_keys(document)
    return document


def documents(name: str, state: StateConfig | None, regions_dir: Path | None) -> list[Document]:
    """Read the defaults, and what is laid over them."""
    found = [read_document(_defaults(name, state, regions_dir))]
    if state is not None and (state.folder / name).is_file():
        found.append(read_document(state.folder / name))
    return found


def check_keys(document: Document) -> None:
    """Refuse a key that is none, or that has no lines below it."""
    for key, says in document.data.items():
        if not is_slug(key):
            raise document.error(f"{slug_problem(key)}.", key)
        if not isinstance(says, dict):
            raise document.error("'key: value' lines are expected here; indent them below it.", key)
    if not document.data:
        raise ConfigError("nothing is defined; define at least one.", file=document.file)


def without(document: Document, *keys: str) -> Document:
    """Return a document without some of its keys."""
    kept = {name: says for name, says in document.data.items() if name not in keys}
    return Document(document.file, kept, document.locations)


def section(document: Document, key: str) -> Document:
    """Return what stands below a key as a document of its own, empty where nothing does."""
    says = document.data.get(key)
    if says is not None and not isinstance(says, dict):
        raise document.error("'key: value' lines are expected here; indent them below it.", key)
    locations = {path[1:]: at for path, at in document.locations.items() if path[:1] == (key,)}
    return Document(document.file, dict(says or {}), locations)


def lines_below(layers: Sequence[Document], name: str) -> Document:
    """Return what stands below a key that holds named lists of lines, all layers laid over."""
    base, *own = layers
    document = section(base, name)
    for layer in own:
        if name in layer.data:
            document = _lay_lines_over(document, section(layer, name))
    return document


def _lay_lines_over(base: Document, own: Document) -> Document:
    if not own.data:
        return own  # nothing behind the key drops them all
    kept = dict(base.data)
    for key, says in own.data.items():
        inherited = kept.get(key)
        # Each has one list: a new one takes the place of the inherited one.
        if isinstance(says, dict) and isinstance(inherited, dict) and says.keys() & _LISTS:
            kept[key] = {word: value for word, value in inherited.items() if word not in _LISTS}
    return lay_over(Document(base.file, kept, base.locations), own)


def _defaults(name: str, state: StateConfig | None, regions_dir: Path | None) -> Path:
    if regions_dir is None and state is not None and (state.folder.parent / name).is_file():
        return state.folder.parent / name
    return locations.regions_dir(regions_dir) / name


def lay_over(base: Document, own: Document) -> Document:
    """Lay a document over another, field by field."""
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
