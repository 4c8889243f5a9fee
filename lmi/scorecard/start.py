"""A partnership's file from a workshop's decision record: its sector, footprint and baseline."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from lmi import atomic
from lmi.config import Candidate, StateConfig, load_candidates
from lmi.config.fields import is_slug, slug_problem
from lmi.config.save import says_the_same
from lmi.config.validate import build_entered
from lmi.config.yaml_edit import number, quoted
from lmi.errors import ConfigError
from lmi.schema.measures import MEASURES
from lmi.scorecard.dates import known_date
from lmi.scorecard.files import FOLDER, load_partnerships
from lmi.words import is_known
from lmi.words.intervals import JOBS, PAY

__all__ = ["Started", "record_state", "start_partnership"]

KIND = "decision record of a sector workshop"
FIGURES = ("annual_avg_estabs", JOBS, PAY, "emplvl_pct_chg", "lq", "lq_state")
UNNAMED = "Not named yet"
MAX_BYTES = 50_000_000


@dataclass(frozen=True)
class Started:
    """What was made of a record.

    Parameters
    ----------
    file : pathlib.Path
        The partnership's new file.
    id : str
        Its name in commands.
    notes : tuple of str
        What is to be looked at in it.
    """

    file: Path
    id: str
    notes: tuple[str, ...]


def start_partnership(
    record: Path, state: StateConfig, root: Path, key: str = "", launch: str = ""
) -> Started:
    """Begin a partnership's file with what a room decided.

    Parameters
    ----------
    record : pathlib.Path
        A workshop's ``record.json``.
    state : StateConfig
        Whose folder it goes into.
    key : str, optional
        Name of the file; region and sector unless told.
    launch : str, optional
        Day, month or year; the day of the workshop unless told.

    Raises
    ------
    ConfigError
        It is no decision record, the room did not decide, it is of another state or of a region
        that the state does not have, or there is a partnership of the name.
    """
    found = _read(record)
    region = state.region(_region(found, state, record))
    candidate = _candidate(found, record)
    key = key or f"{region.key}-{candidate.key}"[:60].rstrip("-")
    if not is_slug(key):
        raise ConfigError(f"{slug_problem(key)}.")
    file = state.folder / FOLDER / f"{key}.yml"
    if file.exists():
        raise ConfigError(
            "there is a partnership of this name; name another, or edit its file.", file=file
        )
    begun = str(found.get("basis", {}).get("started", ""))[:10]
    when = launch or begun
    if known_date(when) is None:
        raise ConfigError(f"{when!r} is no date of a launch; write one such as 2026-11-22.")
    notes = []
    if not launch:
        notes.append(f"launch is the day of the workshop, {when}; write that of the launch.")
    own = next((c for c in load_candidates(state, root) if says_the_same(c, candidate)), None)
    if {*found["region"].get("counties", {})} != {*region.counties}:
        notes.append(
            f"the room's footprint has other counties than {region.name}; save it as a region of "
            "the state with `lmi footprint`, and name that as its region."
        )
    if found.get("staff") and not state.staff:
        notes.append("the record is for staff, so its figures were not taken over.")
    text = "\n".join(_lines(found, record, region.key, candidate, own, when, state)) + "\n"
    _check(text, state, root, key)
    atomic.write_text(file, text)
    return Started(file, f"{state.slug}/{key}", tuple(notes))


def record_state(record: Path) -> str:
    """Return the slug of the state that a record is of.

    Raises
    ------
    ConfigError
        It is no decision record, or names no state.
    """
    slug = str(_read(record).get("region", {}).get("id", "")).rpartition("/")[0]
    if not is_slug(slug):
        raise ConfigError("it names no state; name the partnership as STATE/NAME.", file=record)
    return slug


def _read(record: Path) -> Mapping[str, Any]:
    try:
        if record.stat().st_size > MAX_BYTES:
            raise ValueError("it is too large")
        found = json.loads(record.read_text(encoding="utf-8"))
    except OSError as error:
        raise ConfigError(f"the file cannot be read ({error.strerror}).", file=record) from error
    except ValueError as error:
        raise ConfigError(f"it is no JSON ({error}); name a record.json.", file=record) from error
    if not isinstance(found, dict) or found.get("kind") != KIND:
        raise ConfigError(
            "it is not the decision record of a workshop; name the record.json that the workshop "
            "wrote.",
            file=record,
        )
    if not found.get("decision"):
        raise ConfigError("the room has not decided; there is no partnership yet.", file=record)
    return found


def _region(found: Mapping[str, Any], state: StateConfig, record: Path) -> str:
    slug, _, key = str(found.get("region", {}).get("id", "")).rpartition("/")
    if slug != state.slug:
        raise ConfigError(f"it is of {slug or 'no state'}, not of {state.slug}.", file=record)
    return key


def _candidate(found: Mapping[str, Any], record: Path) -> Candidate:
    key = str(found["decision"].get("first") or "")
    said = found.get("definitions", {}).get(key)
    if not isinstance(said, dict):
        raise ConfigError(f"it does not define {key!r}, which the room chose.", file=record)
    words = ("name", "why", "industries", "part_of", "ranked")
    kept = {word: said[word] for word in words if word in said}
    return build_entered(Candidate, {"key": key, **kept})


def _lines(
    found: Mapping[str, Any], record: Path, region: str, candidate: Candidate,
    own: Candidate | None, when: str, state: StateConfig,
) -> list[str]:  # fmt: skip
    decision = found["decision"]
    convener = str(decision.get("convener") or "").strip() or UNNAMED
    lines = [
        "# Begun from the decision record of a workshop.",
        f"name: {quoted(f'{state.region(region).name}, {candidate.name}')}",
        f"region: {region}",
    ]
    if own is not None:
        lines.append(f"candidate: {own.key}")
    else:
        lines += ["definition:", f"  name: {quoted(candidate.name)}",
                  f"  why: {quoted(candidate.why)}", "  industries:"]  # fmt: skip
        lines += [f"    - {json.dumps(p.model_dump(mode='json'))}" for p in candidate.industries]
    lines += ["convener:", f"  name: {quoted(convener)}", f"launch: {quoted(when)}"]
    if reasons := " ".join(str(decision.get("reasons") or "").split()):
        lines.append(f"note: {quoted(f'Why it was chosen: {reasons}')}")
    return lines + _baseline(found, record, candidate, state)


def _baseline(
    found: Mapping[str, Any], record: Path, candidate: Candidate, state: StateConfig
) -> list[str]:
    """Write what the sector was by the record's evidence, as far as it may be told."""
    basis = found.get("basis", {})
    if not is_known(basis.get("year")):
        return []
    rows = [row for row in found.get("evidence", ()) if row.get("candidate") == candidate.key]
    may_tell = state.staff or not found.get("staff")
    told = {
        name: float(rows[0][name])
        for name in FIGURES
        if rows and may_tell and name in MEASURES and is_known(rows[0].get(name))
        and not rows[0].get(f"{name}_is_vague")
    }  # fmt: skip
    lines = ["baseline:", f"  record: {quoted(record.name)}", f"  year: {int(basis['year'])}"]
    if is_known(basis.get("base_year")):
        lines.append(f"  base_year: {int(basis['base_year'])}")
    lines.append(f"  source: {quoted(str(found.get('source') or 'the decision record'))}")
    if told:
        lines += ["  figures:", *(f"    {name}: {number(v)}" for name, v in told.items())]
    return lines


def _check(text: str, state: StateConfig, root: Path, key: str) -> None:
    """Read the file as it will be read, before it is put in place."""
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder, state.slug)
        (tried / FOLDER).mkdir(parents=True)
        (tried / FOLDER / f"{key}.yml").write_text(text, encoding="utf-8")
        for name in ("sectors.yml", "scorecard.yml"):
            if (state.folder / name).is_file():
                (tried / name).write_bytes((state.folder / name).read_bytes())
        load_partnerships(state.model_copy(update={"folder": tried}), root, key)
