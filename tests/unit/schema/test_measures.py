"""One record a measure: whoever writes, files or judges one reads the same facts."""

from __future__ import annotations

import pytest

from lmi.assessment.predicates import PREDICATES
from lmi.config import load_asked, load_state
from lmi.schema.measures import COLUMNS, JUDGED, MEASURES, SCORED
from lmi.schema.spans import SPANS


def test_what_a_measure_refers_to_is_a_measure():
    for measure in MEASURES.values():
        assert {measure.told_by, measure.same_as} - {""} <= set(MEASURES), measure.key


def test_a_column_is_of_one_measure():
    assert len(COLUMNS) == len(set(COLUMNS))


def test_every_predicate_is_of_a_measure_that_can_be_scored():
    assert set(PREDICATES) <= set(SCORED)


@pytest.mark.parametrize("state", ["sample", "colorado"])
def test_every_measure_of_a_criterion_can_be_written_into_a_sentence(state):
    for criterion in load_asked(load_state(state)).criteria:
        said = MEASURES[criterion.measure]
        assert said.says or criterion.measure in PREDICATES, criterion.key


def test_every_measure_that_a_criterion_can_read_has_its_span() -> None:
    assert list(SPANS) == list(JUDGED)
    assert all(least < most for least, most in SPANS.values())
