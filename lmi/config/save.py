"""Write what an analyst decided into the files of a state: a region, sectors, weights.

Only the lines that say it change. The new files are read, in a folder of their own and as every
command reads them, before one of them takes the place of the old; the old one stays beside it,
with ``.bak`` behind its name. A file that cannot be changed without loss is refused.
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lmi import atomic, locations, naics
from lmi.config.asked import load_asked
from lmi.config.document import read_document
from lmi.config.fields import is_slug, slug_problem
from lmi.config.layers import load_candidates
from lmi.config.load import load_state
from lmi.config.models import Candidate, CandidatePart, Region, StateConfig
from lmi.config.yaml_edit import YamlText, number, quoted
from lmi.errors import ConfigError
from lmi.words import listing

__all__ = ["save_candidates", "save_region", "save_weights", "says_the_same"]

STATE, SECTORS, CRITERIA = "state.yml", "sectors.yml", "criteria.yml"

WORDS = ("name", "why", "part_of", "ranked")
"""What a candidate says beside its industries."""


def save_region(
    state: StateConfig,
    region: Region,
    base: Region | None = None,
    names: Mapping[str, str] | None = None,
) -> Path:
    """Write a region into its state's ``state.yml``, new or in the place of the one of its key.

    Parameters
    ----------
    state : StateConfig
        As it was read; the file may have gained other things since, but not another such region.
    region : Region
        Its key, name and counties are written.
    base : Region, optional
        The region that a new one was made from. In a partition, where every county is in one
        region already, the new one is written as made of it, and stands beside the partition.
    names : mapping of str to str, optional
        Names of counties, which new lines carry as comments.

    Raises
    ------
    ConfigError
        The key or the footprint cannot be, the file was changed meanwhile, or is not the
        analyst's own.
    """
    if not is_slug(region.key):
        raise ConfigError(f"{slug_problem(region.key)}.", file=state.folder / STATE)
    old = next((r for r in state.regions if r.key == region.key), None)
    now = load_state(state.folder / STATE)
    on_disk = next((r for r in now.regions if r.key == region.key), None)
    if old != on_disk:
        raise _changed_since(state.folder / STATE, f"the region {region.key!r}")
    comments = names or {}

    def edit(file: YamlText) -> None:
        path = ("regions", region.key)
        if on_disk is None:
            lines = _new_region(now, region, base, comments)
            file.add(("regions",), [f"{region.key}:", *(f"  {line}" for line in lines)])
            return
        if on_disk.name != region.name:
            file.set_scalar((*path, "name"), quoted(region.name))
        _set_counties(file, now, on_disk, region, comments)

    def check(trial: StateConfig) -> bool:
        found = trial.region(region.key)
        return (found.name, found.counties) == (region.name, tuple(sorted(region.counties)))

    return _save(now, STATE, edit, check)


def _new_region(
    state: StateConfig, region: Region, base: Region | None, names: Mapping[str, str]
) -> list[str]:
    lines = [f"name: {quoted(region.name)}"]
    counties, without = sorted(region.counties), list[str]()
    if state.partition:
        made_of = _made_of(state, region, base)
        held = {c for r in made_of for c in r.counties}
        counties, without = sorted(set(counties) - held), sorted(held - set(counties))
        if made_of:
            lines.append(f"include: [{', '.join(r.key for r in made_of)}]")
    for key, listed in (("counties", counties), ("exclude", without)):
        if listed:
            file = YamlText("", state.folder / STATE)
            file.set_list((key,), {c: names.get(c, "") for c in listed})
            lines += file.text.splitlines()
    return lines


def _made_of(state: StateConfig, region: Region, base: Region | None) -> list[Region]:
    """Return the regions of a partition that a new one is written as made of."""
    wanted = set(region.counties)
    known = {r.key: r for r in state.regions}
    if base is not None and base.key in known and wanted & set(known[base.key].counties):
        return [known[base.key]]
    return [r for r in state.regions if not r.combined and wanted & set(r.counties)]


def _set_counties(
    file: YamlText, state: StateConfig, old: Region, region: Region, names: Mapping[str, str]
) -> None:
    if set(old.counties) == set(region.counties):
        return
    home = {c for c in set(old.counties) ^ set(region.counties) if c[:2] == state.state_fips}
    if state.partition and not old.combined and home:
        raise ConfigError(
            f"every county of {state.name} is in exactly one region, so the footprint of "
            f"{old.key!r} cannot change alone; save it under another key, where it stands beside "
            "the others.",
            file=state.folder / STATE,
        )
    path = ("regions", old.key)
    data = read_document(state.folder / STATE).data["regions"][old.key]
    held = {c for key in data.get("include", ()) for c in state.region(key).counties}
    wanted = set(region.counties)
    for key, codes in (("counties", wanted - held), ("exclude", held - wanted)):
        file.set_list((*path, key), {c: names.get(c, "") for c in sorted(codes)})


def save_candidates(
    state: StateConfig, candidates: Sequence[Candidate], was: Sequence[Candidate] | None = None
) -> Path:
    """Write candidate sectors into the state's own ``sectors.yml``, new or changed.

    Parameters
    ----------
    candidates : sequence of Candidate
        Those to write; what they share with the defaults is inherited, not repeated.
    was : sequence of Candidate, optional
        All of the state's as they were read, to notice that a file was changed meanwhile.

    Raises
    ------
    ConfigError
        A definition cannot be, the file was changed meanwhile, or is not the analyst's own.
    """
    now = {c.key: c for c in load_candidates(state)}
    before = now if was is None else {c.key: c for c in was}
    for one in candidates:
        if before.get(one.key) != now.get(one.key):
            raise _changed_since(state.folder / SECTORS, f"the sector {one.key!r}")

    def edit(file: YamlText) -> None:
        for one in candidates:
            _write_candidate(file, one, now.get(one.key))

    def check(trial: StateConfig) -> bool:
        found = {c.key: c for c in load_candidates(trial)}
        return all(one.key in found and says_the_same(found[one.key], one) for one in candidates)

    return _save(state, SECTORS, edit, check)


def says_the_same(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates have the same words and industries, in whatever order.

    Examples
    --------
    >>> from lmi.config import Candidate
    >>> a, b = (Candidate(key="a", name="A", why="A.", industries=[{"naics": codes}])
    ...         for codes in (["23", "62"], ["62", "23"]))
    >>> a == b, says_the_same(a, b)
    (False, True)
    """
    words = all(getattr(one, word) == getattr(other, word) for word in ("key", *WORDS))
    return words and _content(one) == _content(other)


def _content(candidate: Candidate) -> set[tuple[frozenset[str], ...]]:
    parts = candidate.industries
    return {(frozenset(p.naics), frozenset(p.own), frozenset(p.exclude)) for p in parts}


def _write_candidate(file: YamlText, new: Candidate, old: Candidate | None) -> None:
    path = (new.key,)
    if old is None or not file.get(path) or not _has_keys(file, path):
        lines = [f"{word}: {quoted(said)}" for word, said in _said_anew(new, old)]
        lines = [f"{new.key}:", *(f"  {line}" for line in [*lines, *_industries(new.industries)])]
        if file.has(path):
            file.replace(path, lines)
        else:
            file.add((), lines, apart=True)
        return
    for word, said in _said_anew(new, old):
        file.set_scalar((*path, word), quoted(said))
    if old.industries != new.industries:
        _write_industries(file, new, old)


def _said_anew(new: Candidate, old: Candidate | None) -> list[tuple[str, str]]:
    """Return what a candidate says otherwise than before; of a new one what is not as usual."""
    usual = {word: Candidate.model_fields[word].default for word in WORDS}
    was = usual if old is None else {word: getattr(old, word) for word in WORDS}
    return [(word, said) for word in WORDS if (said := getattr(new, word)) != was[word]]


def _has_keys(file: YamlText, path: tuple[str, ...]) -> bool:
    return isinstance(getattr(file.get(path), "value", None), list)


def _write_industries(file: YamlText, new: Candidate, old: Candidate) -> None:
    path = (new.key, "industries")
    if not file.has(path):
        file.add((new.key,), _industries(new.industries))
    elif len(old.industries) != len(new.industries):
        file.replace(path, _industries(new.industries))
    else:
        for i, (part, was) in enumerate(zip(new.industries, old.industries, strict=True)):
            for word in ("naics", "own", "exclude"):
                codes = getattr(part, word)
                if codes != getattr(was, word):
                    said = {c: "" if word == "own" else naics.industry_title(c) for c in codes}
                    file.set_list((*path, i, word), said)


def _industries(parts: Sequence[CandidatePart]) -> list[str]:
    lines = ["industries:"]
    for part in parts:
        file = YamlText("", Path(SECTORS))
        file.set_list(("naics",), {c: naics.industry_title(c) for c in part.naics})
        file.set_list(("exclude",), {c: naics.industry_title(c) for c in part.exclude})
        file.add((), [f"own: [{', '.join(map(quoted, part.own))}]"])
        first, *rest = file.text.splitlines()
        lines += [f"  - {first}", *(f"    {line}" for line in rest)]
    return lines


def save_weights(
    state: StateConfig, weights: Mapping[str, float], region: str | None = None
) -> Path:
    """Write weights into the state's own ``criteria.yml``: those that differ from what is read.

    Parameters
    ----------
    weights : mapping of str to float
        By key of criterion, zero or more.
    region : str, optional
        Key of the region that they were chosen for, which must not be weighed on its own.

    Raises
    ------
    ConfigError
        There is no such criterion, no weight is above zero, the file is not the analyst's own, or
        it weighs the region on its own.
    """
    criteria = load_asked(state).criteria
    now = {c.key: c.weight for c in criteria}
    if region is not None and load_asked(state, region=region).criteria != criteria:
        raise ConfigError(
            f"it asks of {region} otherwise than of the state, below 'regions:'; write the weights "
            "there by hand.",
            file=state.folder / CRITERIA,
        )
    unknown = [key for key in weights if key not in now]
    if unknown:
        raise ConfigError(
            f"there is no criterion {unknown[0]!r} to weigh; the criteria are {listing(now)}.",
            file=state.folder / CRITERIA,
        )
    wanted = {key: float(number(w)) for key, w in weights.items()}

    def edit(file: YamlText) -> None:
        for key, weight in wanted.items():
            if weight == now[key]:
                continue
            if _has_keys(file, (key,)):
                file.set_scalar((key, "weight"), number(weight))
            else:
                file.add((), [f"{key}:", f"  weight: {number(weight)}"], apart=True)

    def check(trial: StateConfig) -> bool:
        found = {c.key: c.weight for c in load_asked(trial).criteria}
        return all(found[key] == weight for key, weight in wanted.items())

    return _save(state, CRITERIA, edit, check)


def _save(
    state: StateConfig,
    name: str,
    edit: Callable[[YamlText], None],
    check: Callable[[StateConfig], bool],
) -> Path:
    """Edit a file of a state, read the result as a command would, and put it in place."""
    path = _own_file(state, name)
    held = path.read_bytes() if path.is_file() else None
    old = "" if held is None else read_text(held)
    file = YamlText(old, path)
    edit(file)
    if file.text == old:
        return path
    if not _reads_as_meant(state, name, file.text, check):
        raise ConfigError(
            "what was to be saved would be read as something else, so nothing was written; edit "
            "the file by hand.",
            file=path,
        )
    if (path.read_bytes() if path.is_file() else None) != held:
        raise _changed_since(path, "the file")
    if held is not None:
        atomic.write_bytes(path.with_name(f"{name}.bak"), held)
    atomic.write_text(path, file.text)
    return path


def read_text(held: bytes) -> str:
    """Return the text of a file that was read already, and so is UTF-8."""
    return held.decode("utf-8-sig")


def _own_file(state: StateConfig, name: str) -> Path:
    """Return the path of a file of the analyst's own, or refuse."""
    folder, home = state.folder.resolve(), locations.regions_dir().resolve()
    packaged = Path(locations.__file__).resolve().parent
    if packaged in folder.parents:
        raise ConfigError(
            "these definitions came with the package and would be lost with its next release; "
            "copy the folder of definitions, and name the copy in LMI_REGIONS.",
            file=folder,
        )
    path = folder / name
    if folder.parent != home or path.resolve() != path:
        raise ConfigError(
            f"the file is not in the folder of definitions {home}; name its folder in LMI_REGIONS "
            "to save to it.",
            file=path,
        )
    return path


def _reads_as_meant(
    state: StateConfig, name: str, text: str, check: Callable[[StateConfig], bool]
) -> bool:
    home = state.folder.parent
    with tempfile.TemporaryDirectory(prefix="lmi-") as place:
        trial = Path(place) / state.folder.name
        trial.mkdir()
        for default in (SECTORS, CRITERIA):
            source = home / default
            found = source if source.is_file() else locations.regions_dir() / default
            shutil.copyfile(found, trial.parent / default)
        for own in (STATE, SECTORS, CRITERIA):
            if (state.folder / own).is_file():
                shutil.copyfile(state.folder / own, trial / own)
        (trial / name).write_text(text, encoding="utf-8", newline="")
        try:
            return check(load_state(trial / STATE))
        except ConfigError as error:
            where = Path(error.file).name if error.file else name
            real = home if error.file and Path(error.file).parent == trial.parent else state.folder
            raise ConfigError(error.message, file=real / where, line=error.line) from None


def _changed_since(file: Path, what: str) -> ConfigError:
    return ConfigError(
        f"{what} was changed since it was read, so nothing was written; open the bench again to "
        "see the change.",
        file=file,
    )
