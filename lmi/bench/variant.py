"""All that is decided at the bench, and how it is looked at: one value, and the words for it.

The words are texts, numbers and lists alone, so that a line of Python can hold them.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lmi.bench.changes_from_saved import same_share
from lmi.bench.decisions import USUAL, Decisions, Settings
from lmi.config import Candidate, StateConfig
from lmi.config.edit import candidate_of, with_ownership
from lmi.config.save import says_the_same
from lmi.errors import ConfigError
from lmi.words import listing

__all__ = ["AS_SAVED", "MOST_VARIANTS", "Variant", "checked_name", "decided", "words_of"]

MOST_VARIANTS = 3
WORDS = ("region", "year", "base_year", *USUAL, "weights", "sectors", "footprints")
LONGEST_NAME = 40
AS_SAVED = "As saved"
"""What the files say, which every variant is compared with."""


@dataclass(frozen=True)
class Variant:
    """What is decided for a region, and how it is looked at.

    Parameters
    ----------
    region : str
        Key of the region at hand.
    """

    region: str
    now: Decisions
    settings: Settings

    @property
    def counted(self) -> tuple[Candidate, ...]:
        """The candidates with the employers that are looked at."""
        found = (with_ownership(c, self.settings.ownership) for c in self.now.candidates)
        return tuple(c for c in found if c is not None)

    @property
    def left_out(self) -> list[str]:
        """Names of the candidates that have no such employers."""
        counted = {c.key for c in self.counted}
        return [c.name for c in self.now.candidates if c.key not in counted]

    def words(self, saved: Decisions, usual_base: int | None) -> dict[str, Any]:
        """Return the arguments that open the bench so, without what is as saved and as usual.

        Parameters
        ----------
        saved : Decisions
            As the files have them.
        usual_base : int or None
            The year that growth is measured from where nothing is said.
        """
        was = {c.key: c for c in saved.candidates}
        here = {c.key: c for c in self.now.candidates}
        differ = [c for k, c in here.items() if k not in was or not says_the_same(was[k], c)]
        told: dict[str, Any] = {
            "weights": {}
            if all(same_share(key, saved.weights, self.now.weights) for key in saved.weights)
            else dict(self.now.weights),
            "sectors": {c.key: _sector_words(c) for c in differ}
            | {key: {} for key in was if key not in here},
            "footprints": {key: list(r.counties) for key, r in self.now.footprints.items()},
        }
        return self.settings.words(usual_base) | {name: said for name, said in told.items() if said}


def _sector_words(candidate: Candidate) -> dict[str, Any]:
    return candidate.model_dump(mode="json", exclude={"key"}, exclude_defaults=True)


def decided(
    saved: Decisions,
    state: StateConfig,
    weights: Mapping[str, float] | None = None,
    sectors: Mapping[str, Mapping[str, Any]] | None = None,
    footprints: Mapping[str, Sequence[str]] | None = None,
) -> Decisions:
    """Lay what a line says over what is saved.

    Parameters
    ----------
    weights : mapping of str to float, optional
        By key of criterion.
    sectors : mapping of str to mapping, optional
        By key, what `sectors.yml` would say; nothing of one that is left out.
    footprints : mapping of str to sequence of str, optional
        By key of region, the codes of its counties.

    Raises
    ------
    LmiError
        One of them cannot be.
    """
    stated = _by_key("weights", weights)
    now = saved.with_weights({k: w for k, w in stated.items() if w != saved.weights.get(k)})
    for key, said in _by_key("sectors", sectors).items():
        now = (
            now.with_candidate(candidate_of({**_by_key(key, said), "key": key}))
            if said
            else now.without_candidate(key)
        )
    for key, counties in _by_key("footprints", footprints).items():
        if isinstance(counties, str) or not isinstance(counties, Sequence):
            raise ConfigError(
                f"the footprint {key}={counties!r} is no list; write the codes of its counties as "
                '["08001", "08005"].'
            )
        now = now.with_counties(state.region(key), list(map(str, counties)))
    return now


def _by_key(name: str, said: Any) -> Mapping[str, Any]:
    if said is None:
        return {}
    if not isinstance(said, Mapping):
        raise ConfigError(
            f"{name}={said!r} is no mapping; copy the line from the foot of the bench, or write "
            f'{name}={{"KEY": ...}}.'
        )
    return {str(key): value for key, value in said.items()}


def words_of(name: str, said: Any) -> Mapping[str, Any]:
    """Return what a line says of a variant.

    Raises
    ------
    ConfigError
        It has a word that is not understood.
    """
    found = _by_key(f"the variant {name!r}", said)
    for word in found:
        if word not in WORDS:
            raise ConfigError(
                f"the variant {name!r} says {word!r}, which is not understood; it may say "
                f"{listing(WORDS)}."
            )
    return found


def checked_name(name: str, held: Mapping[str, object]) -> str:
    """Return the name of a variant that can be held beside the others.

    Raises
    ------
    ConfigError
        It has no letter, is too long, or there are as many already as can be compared.

    Examples
    --------
    >>> checked_name("  Wider  footprint ", {})
    'Wider footprint'
    """
    said = " ".join(str(name).split())
    if not any(c.isalnum() for c in said) or len(said) > LONGEST_NAME or said == AS_SAVED:
        raise ConfigError(
            f"{said[:60]!r} is no name of a variant; write another, of 1 to {LONGEST_NAME} "
            "letters, such as A."
        )
    if said not in held and len(held) >= MOST_VARIANTS:
        raise ConfigError(
            f"{len(held)} variants are held already, which is as many as can be compared; hold "
            f"{said!r} as {listing(map(repr, held), last='or')}, or let one of them go first."
        )
    return said
