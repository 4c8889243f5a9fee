"""Every table says what its columns are."""

from __future__ import annotations

import pytest

from lmi.errors import StoreError
from lmi.schema import TABLES, Table, qcew_table, table
from lmi.schema.owned import OWN_TABLES
from tests.builders import header

EACH = pytest.mark.parametrize("spec", TABLES.values(), ids=TABLES)


@EACH
def test_keys_scopes_and_optional_columns_are_columns(spec: Table) -> None:
    assert len(set(spec.names)) == len(spec.names)
    assert set(spec.key) <= set(spec.names)
    assert set(spec.optional) <= set(spec.names)
    assert not set(spec.key) & set(spec.optional)
    # Else a newer row could stand beside the older one of the same key.
    assert set(spec.replaces) <= set(spec.key)


@EACH
def test_every_column_says_what_it_means_and_every_number_its_unit(spec: Table) -> None:
    for column in spec.columns:
        assert column.meaning, column.name
        is_measure = column.dtype in ("int", "float") and "year" not in column.name
        assert not (is_measure and column.name != "since") or column.unit, column.name
        assert not column.gate or column.gate in spec.by_name, column.name


@EACH
def test_a_spelling_means_one_column(spec: Table) -> None:
    every = [n for c in spec.columns for n in (c.name, *c.aliases)]
    assert len(every) == len(set(every))
    assert all(name == name.lower() for name in every)


@pytest.mark.parametrize(("qtr", "frequency"), [("A", "annual"), ("1", "quarterly")])
@pytest.mark.parametrize("layout", ["slice", "by-area", "short", "trimmed"])
def test_every_layout_of_the_agency_is_spelt(qtr: str, frequency: str, layout: str) -> None:
    spec = qcew_table(frequency)
    known = [spec.spelling[n] for n in header(qtr, layout) if not n.endswith("_title")]
    assert len(known) == len(set(known))
    assert set(known) >= set(spec.required)
    if layout != "trimmed":
        assert set(known) == set(spec.names)


def test_stored_names_are_those_of_open_data_slices_in_their_order() -> None:
    assert list(qcew_table("annual").names) == header("A")
    assert list(qcew_table("quarterly").names) == header("1")


def test_what_is_withheld_is_all_but_establishments() -> None:
    spec = qcew_table("annual").by_name
    assert spec["annual_avg_emplvl"].gate == "disclosure_code"
    assert spec["lq_avg_annual_pay"].gate == "lq_disclosure_code"
    assert spec["oty_total_annual_wages_pct_chg"].gate == "oty_disclosure_code"
    ungated = {c.name for c in qcew_table("annual").columns if c.unit and not c.gate}
    assert ungated == {
        "annual_avg_estabs", "lq_annual_avg_estabs", "oty_annual_avg_estabs_chg",
        "oty_annual_avg_estabs_pct_chg",
    }  # fmt: skip


def test_changes_may_be_negative_and_jobs_may_not() -> None:
    spec = qcew_table("annual").by_name
    assert spec["annual_avg_emplvl"].lowest == 0
    assert spec["oty_annual_avg_emplvl_chg"].lowest < 0


@pytest.mark.parametrize("spec", [*TABLES.values(), *OWN_TABLES.values()], ids=lambda t: t.name)
def test_every_number_has_a_range_and_every_relation_its_columns(spec: Table) -> None:
    numbers = [c for c in spec.columns if c.dtype in ("int", "float")]
    assert [c.name for c in numbers if c.lowest is None or c.highest is None] == []
    if spec.name not in OWN_TABLES:  # these may name regions where the others have areas
        assert {name for relation in spec.relations for name in relation.columns} <= {*spec.names}


def test_an_unknown_table_is_an_error_that_lists_the_others() -> None:
    with pytest.raises(StoreError, match="no table 'wages'; the tables are qcew_annual, "):
        table("wages")
