"""A workshop may hold as many connections as a full room has, where the system lets it."""

from __future__ import annotations

import pytest

from lmi.workshop import connections
from lmi.workshop.connections import MOST, allow_many

resource = pytest.importorskip("resource", reason="this system has no such bound")
NO_BOUND = resource.RLIM_INFINITY


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ((256, NO_BOUND), (MOST, NO_BOUND)),
        ((256, 1024), (1024, 1024)),
        ((256, 256), None),
        ((MOST + 1, NO_BOUND), None),
        ((NO_BOUND, NO_BOUND), None),
    ],
)
def test_what_is_asked_for_is_no_more_than_may_be_had_and_nothing_is_taken_back(
    monkeypatch: pytest.MonkeyPatch, bounds: tuple[int, int], expected: tuple[int, int] | None
) -> None:
    asked: list[tuple[int, int]] = []
    monkeypatch.setattr(resource, "getrlimit", lambda what: bounds)
    monkeypatch.setattr(resource, "setrlimit", lambda what, to: asked.append(to))
    allow_many()
    assert asked == ([] if expected is None else [expected])


def test_a_system_that_refuses_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(what: int, to: tuple[int, int]) -> None:
        raise ValueError("current limit exceeds maximum limit")

    monkeypatch.setattr(resource, "getrlimit", lambda what: (256, NO_BOUND))
    monkeypatch.setattr(resource, "setrlimit", refused)
    allow_many()
    monkeypatch.setattr(connections.sys, "platform", "win32")
    allow_many()
