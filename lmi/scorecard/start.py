"""A partnership's file from a workshop's decision record: its sector, footprint and baseline."""

from __future__ import annotations

import json
import reprlib
import tempfile
from dataclasses import dataclass
from pathlib import Path

from lmi import atomic
from lmi.config import Candidate, StateConfig, load_candidates
from lmi.config.fields import is_slug, slug_problem
from lmi.config.save import says_the_same
from lmi.config.validate import build_entered
from lmi.config.yaml_edit import number, quoted
from lmi.errors import ConfigError
from lmi.scorecard.dates import known_date
from lmi.scorecard.decision_record import DecisionRecord, RecordedDecision, read_record
from lmi.scorecard.definition import counties_digest, sector_digest
from lmi.scorecard.files import FOLDER, load_partnerships

__all__ = ["Started", "record_state", "start_partnership"]

UNNAMED = "Not named yet"
MOST_SAID = 600  # signs of what is wrong with a record


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
    found = read_record(record)
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
    when = launch or found.basis.started[:10]
    if known_date(when) is None:
        raise ConfigError(
            f"{reprlib.repr(when)} is no date of a launch; write one such as 2026-11-22."
        )
    notes = []
    if not launch:
        notes.append(f"launch is the day of the workshop, {when}; write that of the launch.")
    own = next((c for c in load_candidates(state, root) if says_the_same(c, candidate)), None)
    if {*found.region.counties} != {*region.counties}:
        notes.append(
            f"the room's footprint has other counties than {region.name}; save it as a region of "
            "the state with `lmi footprint`, and name that as its region."
        )
    if found.staff and not state.staff:
        notes.append("the record is for staff, so its figures were not taken over.")
    text = "\n".join(_lines(found, record, region.key, candidate, own, when, state)) + "\n"
    _check(text, state, root, key, record)
    try:
        atomic.write_text(file, text)
    except OSError as error:
        raise ConfigError(f"it cannot be written ({error.strerror}).", file=file) from error
    return Started(file, f"{state.slug}/{key}", tuple(notes))


def record_state(record: Path) -> str:
    """Return the slug of the state that a record is of.

    Raises
    ------
    ConfigError
        It is no decision record, or names no state.
    """
    slug = read_record(record).region.id.rpartition("/")[0]
    if not is_slug(slug):
        raise ConfigError("it names no state; name the partnership as STATE/NAME.", file=record)
    return slug


def _region(found: DecisionRecord, state: StateConfig, record: Path) -> str:
    slug, _, key = found.region.id.rpartition("/")
    if slug != state.slug:
        raise ConfigError(f"it is of {slug[:60] or 'no state'}, not of {state.slug}.", file=record)
    return key


def _candidate(found: DecisionRecord, record: Path) -> Candidate:
    key = found.decision.first if found.decision else ""
    if key not in found.definitions:
        raise ConfigError(
            f"it does not define {reprlib.repr(key)}, which the room chose.", file=record
        )
    said = found.definitions[key]
    words = ("name", "why", "industries", "part_of", "ranked")
    kept = {word: said[word] for word in words if word in said}
    try:
        return build_entered(Candidate, {"key": key, **kept})
    except ConfigError as error:
        raise ConfigError(_cut(str(error)), file=record) from None


def _cut(said: str) -> str:
    """Leave out the middle of what is too long: a value out of a record may be of any length."""
    if len(said) <= MOST_SAID:
        return said
    return f"{said[: MOST_SAID // 2]} … {said[-MOST_SAID // 2 :]}"


def _lines(
    found: DecisionRecord, record: Path, region: str, candidate: Candidate,
    own: Candidate | None, when: str, state: StateConfig,
) -> list[str]:  # fmt: skip
    decision = found.decision or RecordedDecision()
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
    convener = quoted(decision.convener or UNNAMED)
    lines += ["convener:", f"  name: {convener}", f"launch: {quoted(when)}"]
    if decision.reasons:
        lines.append(f"note: {quoted(f'Why it was chosen: {decision.reasons}')}")
    return lines + _baseline(found, record, candidate, state)


def _baseline(
    found: DecisionRecord, record: Path, candidate: Candidate, state: StateConfig
) -> list[str]:
    """Write what the sector was by the record's evidence, as far as it may be told."""
    if found.basis.year is None:
        return []
    may_tell = state.staff or not found.staff
    row = next((row for row in found.evidence if row.candidate == candidate.key), None)
    name = record.name.encode("utf-8", "replace").decode("utf-8")
    lines = ["baseline:", f"  record: {quoted(name)}", f"  year: {found.basis.year}"]
    if found.basis.base_year is not None:
        lines.append(f"  base_year: {found.basis.base_year}")
    lines.append(f"  source: {quoted(found.source or 'the decision record')}")
    lines.append(f"  definition: {quoted(sector_digest(candidate))}")
    if found.region.counties:
        lines.append(f"  footprint: {quoted(counties_digest(found.region.counties))}")
    if row is not None and row.figures and may_tell:
        lines += ["  figures:", *(f"    {name}: {number(v)}" for name, v in row.figures.items())]
        if row.estimated:
            lines.append(f"  estimated: [{', '.join(row.estimated)}]")
    return lines


def _check(text: str, state: StateConfig, root: Path, key: str, record: Path) -> None:
    """Read the file as it will be read, before it is put in place."""
    with tempfile.TemporaryDirectory() as folder:
        tried = Path(folder, state.slug)
        (tried / FOLDER).mkdir(parents=True)
        (tried / FOLDER / f"{key}.yml").write_text(text, encoding="utf-8")
        for name in ("sectors.yml", "scorecard.yml"):
            if (state.folder / name).is_file():
                (tried / name).write_bytes((state.folder / name).read_bytes())
        try:
            load_partnerships(state.model_copy(update={"folder": tried}), root, key)
        except ConfigError as error:  # of a file that nobody has seen
            said = f"of it no partnership comes: {_cut(error.message)}"
            raise ConfigError(said, file=record) from None
