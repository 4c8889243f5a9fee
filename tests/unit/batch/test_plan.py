"""What a profile is made of, and which change of it is told."""

from __future__ import annotations

import json

import pytest

from lmi.batch.plan import PARTS, differences, made_of
from lmi.config import load_state
from lmi.locations import regions_dir
from lmi.store import Store


@pytest.fixture(scope="module")
def parts(sample_store):
    return made_of(Store(sample_store), load_state("sample"), regions_dir(None), {"paper": "a4"})


def test_as_written_and_read_again_nothing_differs(parts):
    assert set(parts) == set(PARTS)
    assert differences(json.loads(json.dumps(parts)), parts) == []


@pytest.mark.parametrize("part", PARTS)
def test_each_part_is_told_of_by_name(parts, part):
    new = "other" if part == "code" else {**parts[part], "one-more": "x"}
    (told,) = differences(parts, parts | {part: new})
    assert "one-more" in told or part == "code"


def test_many_are_counted(parts):
    many = {f"partition {n}": "x" for n in range(9)}
    (told,) = differences(parts, parts | {"data": parts["data"] | many})
    assert "partition 0" in told and "partition 8" not in told and "6 others" in told
