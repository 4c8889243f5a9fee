"""Areas, ownerships and aggregation levels as an analyst of QCEW knows them."""

from __future__ import annotations

import pytest

from lmi import codes
from lmi.errors import CodeError

# area_fips, kind, state, in words
AREAS = """
US000  nation   -   U.S. TOTAL
08000  state    08  Colorado -- Statewide
08001  county   08  Adams County, Colorado
08999  unknown  08  Unknown Or Undefined, Colorado
C1974  msa      -   Denver-Aurora-Centennial, CO MSA
CS216  csa      -   Denver-Aurora-Greeley, CO CSA
USMSA  other    -   U.S. Metropolitan Statistical Areas (combined)
02158  county   02  Kusilvak Census Area, Alaska
51550  county   51  Chesapeake city, Virginia
35013  county   35  Doña Ana County, New Mexico
15009  county   15  Maui + Kalawao County, Hawaii
11001  county   11  District of Columbia
72001  county   72  Adjuntas Municipio, Puerto Rico
78010  county   78  St. Croix, Virgin Islands
ZZ000  nation   -   Sample nation
99000  state    99  Sample state -- Statewide
99001  county   99  County 99001
99999  unknown  99  Unknown Or Undefined, Sample state
"""


@pytest.mark.parametrize("line", AREAS.strip().splitlines())
def test_area_codes(line):
    code, kind, state, title = line.split(maxsplit=3)
    assert codes.parse_area(code) == codes.Area(code, kind, None if state == "-" else state)
    assert codes.area_title(code) == title
    assert codes.is_area(code)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("8001", "write '08001' with its leading zero"),
        ("03001", "no state has the FIPS code '03'"),
        ("080011", "not an area code"),
        ("c1974", "not an area code"),
        ("C197", "not an area code"),
        ("US001", "not an area code"),
        ("", "not an area code"),
        ("Adams", "not an area code"),
    ],
)
def test_bad_area_codes_say_what_to_write(text, rule):
    with pytest.raises(CodeError, match=rule) as caught:
        codes.parse_area(text)
    assert repr(text) in str(caught.value)


def test_every_state_has_a_name():
    assert len(codes.STATES) == 54  # 50 states, DC, Puerto Rico, Virgin Islands, the sample
    assert {codes.state_name(state) for state in codes.STATES} >= {"Colorado", "Puerto Rico"}
    assert codes.state_postal("78") == "VI"
    assert codes.state_postal("99") == "ZZ"
    with pytest.raises(CodeError, match="'03' is not a state"):
        codes.state_name("03")
    with pytest.raises(CodeError, match="'8' is not a state"):
        codes.statewide("8")


def test_places_of_an_area():
    assert codes.statewide("08") == "08000"
    assert codes.state_of("08014") == codes.state_of("08999") == codes.state_of("08000") == "08"
    assert codes.nation_of("08014") == codes.nation_of("C1974") == codes.nation_of("US000")
    assert codes.nation_of("99001") == codes.nation_of("ZZ000") == "ZZ000"
    for spans_states in ("US000", "C1974", "CS216"):
        with pytest.raises(CodeError, match="no single state"):
            codes.state_of(spans_states)


@pytest.mark.parametrize("code", ["08001", "09001", "09110", "15005", "46113", "99001", "99899"])
def test_counties_of_any_year(code):
    assert codes.is_county(code)


@pytest.mark.parametrize(
    "code", ["08002", "08000", "08999", "US000", "C1974", "99000", "99900", "8001"]
)
def test_what_is_no_county(code):
    assert not codes.is_county(code)


# Numbers of counties and equivalents as BLS's regional "County Employment and Wages" releases
# count them: Alaska 2014 Q2 and 2019 Q2 (28 and Anchorage), 2020 Q2 (29 and Anchorage); South
# Dakota 2008 Q2, 2014 Q2, 2023 Q2 (65 and Minnehaha); Virginia 2020 Q1 (121 and 12); Colorado
# 2017 Q4 (55 and 9); Connecticut 2024 Q1 (6 and 3).
COUNTIES = """
02 2014 29
02 2019 29
02 2020 30
46 2008 66
46 2014 66
46 2023 66
51 2020 133
08 2017 64
09 2024 9
09 2023 8
"""


@pytest.mark.parametrize("line", COUNTIES.strip().splitlines())
def test_number_of_counties_that_qcew_publishes(line):
    state, year, expected = line.split()
    assert len(codes.counties_of(state, int(year))) == int(expected)


def test_counties_without_a_year_are_the_newest():
    assert codes.counties_of("09") == codes.counties_of("09", 2024)
    assert codes.counties_of("09")["09110"] == "Capitol Planning Region"
    assert "15005" not in codes.counties_of("15")  # Kalawao is counted with Maui
    assert codes.counties_of("99") == {}
    with pytest.raises(CodeError):
        codes.counties_of("03")


def test_counties_of_the_survey_changed_two_years_earlier_in_connecticut():
    assert len(codes.counties_of("09", 2021, "acs")) == 8
    assert len(codes.counties_of("09", 2022, "acs")) == 9
    assert "15005" in codes.counties_of("15", 2022, "acs")


# Is the code in use in QCEW? The year of a change that BLS does not date allows both codes.
IN_USE = """
09001 2023 yes
09001 2024 no
09110 2023 no
09110 2024 yes
02261 2019 yes
02261 2020 no
02063 2020 yes
46113 2014 yes
46113 2015 yes
46113 2016 no
46102 2014 no
46102 2015 yes
51515 2012 yes
51515 2014 no
51019 2014 yes
08014 2000 no
08014 2016 yes
12025 2016 no
12086 2016 yes
02010 1995 no
15005 2016 no
99001 2016 yes
"""


@pytest.mark.parametrize("line", IN_USE.strip().splitlines())
def test_years_in_which_a_code_is_in_use(line):
    code, year, answer = line.split()
    assert codes.in_use(code, int(year)) is (answer == "yes")


# area, two years, does the comparison cross a change?
CROSSES = """
09001 2016 2023 no
09001 2023 2024 yes
09110 2023 2025 yes
09110 2024 2025 no
02063 2019 2020 yes
02063 2020 2023 no
02158 2013 2014 no
02158 2014 2016 yes
46102 2016 2023 no
51019 2012 2016 yes
51019 2016 2023 no
51013 2012 2016 no
08001 2016 2023 no
08001 2000 2005 yes
08031 2000 2005 no
08000 2000 2024 no
US000 2000 2024 no
99001 2016 2023 no
"""


@pytest.mark.parametrize("line", CROSSES.strip().splitlines())
def test_comparisons_that_cross_a_county_change(line):
    area, year0, year1, answer = line.split()
    first, last = int(year0), int(year1)
    for pair in ((first, last), (last, first)):
        assert bool(codes.area_break_reasons([area], *pair)) is (answer == "yes")
    assert codes.area_break_reasons([area], last, last) == []


def test_a_region_with_both_sides_of_a_change_does_not_break():
    counties, regions = codes.counties_of("09", 2023), codes.counties_of("09", 2024)
    (reason,) = codes.area_break_reasons(regions, 2020, 2024)
    assert reason == (
        "Connecticut's eight counties gave way to nine planning regions, and QCEW uses the new "
        "codes from 2024; list 09001 09003 09005 09007 09009 09011 09013 09015 as well to compare "
        "the years."
    )
    assert codes.area_break_reasons([*counties, *regions], 2020, 2024) == []


def test_a_part_of_redrawn_ground_cannot_be_compared():
    (reason,) = codes.area_break_reasons(["09001", "09003"], 2020, 2024)
    assert reason.endswith("compare years on one side of it.")
    (survey,) = codes.area_break_reasons(["09001"], 2021, 2022, "acs")
    assert "the American Community Survey uses the new codes from 2022" in survey
    (lines,) = codes.area_break_reasons(["02105"], 2013, 2016)
    assert "QCEW follows from 2013 or 2014" in lines


def test_changes_are_between_codes_that_the_reference_knows():
    for change in codes.county_changes():
        assert all(map(codes.is_county, change.before | change.after)), change.change
        earliest, latest = change.years("qcew")
        assert int(change.census_date[:4]) <= earliest + 1
        assert earliest <= latest


@pytest.mark.parametrize(
    ("code", "kind", "level", "by_ownership"),
    [
        ("10", "nation", "total", False),
        ("18", "nation", "6-digit", True),
        ("30", "csa", "total", False),
        ("44", "msa", "sector", True),
        ("50", "state", "total", False),
        ("51", "state", "total", True),
        ("70", "county", "total", False),
        ("71", "county", "total", True),
        ("72", "county", "domain", True),
        ("73", "county", "supersector", True),
        ("74", "county", "sector", True),
        ("75", "county", "3-digit", True),
        ("78", "county", "6-digit", True),
        ("80", "msa", "total", False),
        ("94", "nation", "total", False),
        ("96", "state", "total", False),
    ],
)
def test_aggregation_levels(code, kind, level, by_ownership):
    read = codes.parse_agglvl(code)
    assert (read.area_kind, read.industry_level, read.by_ownership) == (kind, level, by_ownership)
    assert not read.by_size


def test_levels_by_size_class_stand_apart():
    for code in (*(str(n) for n in range(21, 29)), *(str(n) for n in range(61, 65))):
        assert codes.parse_agglvl(code).by_size


def test_a_level_that_there_is_not_is_refused():
    for code in ("29", "65", "79"):
        with pytest.raises(CodeError, match=f"'{code}' is not an aggregation level"):
            codes.parse_agglvl(code)


def test_ownerships_that_add_up():
    assert codes.ownership_parts("0") == {"1", "2", "3", "5"}
    assert codes.ownership_parts("8") == {"1", "2", "3"}
    assert codes.ownership_parts("9") == {"2", "3", "5"}
    with pytest.raises(CodeError, match="'7' is not an ownership"):
        codes.ownership_parts("7")
