"""Industries as an analyst of QCEW knows them."""

from __future__ import annotations

import pandas as pd
import pytest

from lmi import naics
from lmi.codes import whole_columns
from lmi.errors import CodeError

# Level of a code, and the code directly above it.
GRAMMAR = """
10      total        -
101     domain       10
102     domain       10
1013    supersector  101
1029    supersector  102
11      sector       10
31-33   sector       10
44-45   sector       10
48-49   sector       10
99      sector       10
336     3-digit      31-33
445     3-digit      44-45
492     3-digit      48-49
999     3-digit      99
3364    4-digit      336
33641   5-digit      3364
336411  6-digit      33641
238111  6-digit      23811
999999  6-digit      99999
"""


@pytest.mark.parametrize("line", GRAMMAR.strip().splitlines())
def test_grammar_and_hierarchy(line):
    code, level, above = line.split()
    assert naics.parse_industry(code) == naics.Industry(code, level)
    assert naics.parent(code) == (None if above == "-" else above)


@pytest.mark.parametrize(
    ("text", "rule"),
    [
        ("31", "'31-33'"),
        ("44", "'44-45'"),
        ("49", "'48-49'"),
        ("31_33", "with a hyphen, '31-33'"),
        ("57", "not an industry code"),
        ("1014", "not an industry code"),
        ("103", "not an industry code"),
        ("3364111", "not an industry code"),
        ("3364 ", "not an industry code"),
        ("", "not an industry code"),
        ("SIC_20", "not an industry code"),
    ],
)
def test_bad_codes_say_what_to_write(text, rule):
    with pytest.raises(CodeError, match=rule) as caught:
        naics.parse_industry(text)
    assert repr(text) in str(caught.value)


def test_aircraft_manufacturing_climbs_to_the_total():
    assert naics.ancestors("336411") == ("33641", "3364", "336", "31-33", "10")
    assert naics.sector_of("336411") == "31-33"
    assert naics.supersector_of("336411") == "1013"
    assert naics.domain_of("336411") == "101"


# Source: BLS, QCEW High-Level Industry Crosswalk.
SUPERSECTORS = """
1011 11 21
1012 23
1013 31-33
1021 22 42 44-45 48-49
1022 51
1023 52 53
1024 54 55 56
1025 61 62
1026 71 72
1027 81
1028 92
1029 99
"""


@pytest.mark.parametrize("line", SUPERSECTORS.strip().splitlines())
def test_supersectors_are_made_of_sectors(line):
    supersector, *sectors = line.split()
    assert naics.children(supersector, 2022) == tuple(sectors)
    assert [naics.supersector_of(sector) for sector in sectors] == [supersector] * len(sectors)


@pytest.mark.parametrize("code", ["10", "101", "1013"])
def test_codes_above_the_sectors_belong_to_no_sector(code):
    with pytest.raises(CodeError, match="above the NAICS sectors"):
        naics.sector_of(code)


def test_the_supersector_of_a_supersector_is_itself():
    assert naics.supersector_of("1013") == "1013"


# Source: BLS, notes on the introduction of NAICS 2012 (2011 Q1), 2017 (2017 Q1), 2022 (2022 Q1),
# and the QCEW FTP overview of June 2013 for the years before.
@pytest.mark.parametrize(
    ("year", "vintage"),
    [
        (1990, 2002),
        (2006, 2002),
        (2007, 2007),
        (2010, 2007),
        (2011, 2012),
        (2016, 2012),
        (2017, 2017),
        (2021, 2017),
        (2022, 2022),
        (2025, 2022),
    ],
)
def test_vintage_of_a_year(year, vintage):
    assert naics.naics_year(year) == vintage


def test_there_is_no_naics_before_1990():
    with pytest.raises(CodeError, match="begins in 1990"):
        naics.naics_year(1989)


# code: known in 2012, 2017, 2022
KNOWN = """
10      yes yes yes
1013    yes yes yes
31-33   yes yes yes
999999  yes yes yes
238111  yes yes yes
238110  no  no  no
517110  yes no  no
511210  yes yes no
5112    yes yes no
513210  no  no  yes
454110  no  yes no
454111  yes no  no
517122  no  no  no
112130  no  no  no
541120  no  no  no
722511  yes yes yes
722110  no  no  no
"""


@pytest.mark.parametrize("line", KNOWN.strip().splitlines())
def test_what_qcew_publishes_in_each_vintage(line):
    code, *answers = line.split()
    assert [naics.is_known(code, year) for year in (2012, 2017, 2022)] == [
        answer == "yes" for answer in answers
    ]


def test_trade_contractors_are_split_by_what_they_build():
    # Source: BLS, "BLS and QCEW NAICS Differences": …1 residential, …2 nonresidential.
    assert naics.children("23811", 2022) == ("238111", "238112")
    assert naics.industry_title("238111") == "Residential poured foundation contractors"
    split = [code for code in naics.leaves("238", 2022) if code[-1] not in "12"]
    assert split == []
    assert len(naics.leaves("238", 2022)) == 2 * 19


@pytest.mark.parametrize(
    ("code", "year", "remedy"),
    [
        ("238110", None, "use 23811"),
        ("517122", 2022, "use 51712"),
        ("112130", None, "use 1121"),
        ("336499", None, "use 3364."),
        ("5112", 2022, "only in NAICS 2012 and 2017"),
        ("513210", 2017, "only in NAICS 2022"),
        ("31", None, "31-33"),
    ],
)
def test_an_unknown_industry_is_explained_in_one_sentence(code, year, remedy):
    sentence = naics.unknown_industry(code, year)
    assert code in sentence
    assert remedy in sentence


def test_titles():
    assert naics.industry_title("10") == "Total, all industries"
    assert naics.industry_title("44-45") == "Retail trade"
    assert naics.industry_title("1026") == "Leisure and hospitality"
    assert naics.industry_title("999999") == "Unclassified"


def test_a_reused_code_has_the_title_of_its_vintage():
    assert naics.industry_title("5171", 2012) == "Wired telecommunications carriers"
    assert naics.industry_title("5171", 2022).startswith("Wired and wireless telecommunications")
    assert naics.industry_title("722511", 2012) == naics.industry_title("722511", 2022)


def test_a_code_that_no_vintage_lists_is_named_by_itself():
    assert naics.industry_title("336499") == "NAICS 336499"
    with pytest.raises(CodeError):
        naics.industry_title("57")


def test_the_total_is_made_of_sectors():
    assert naics.children("10", 2022) == naics.SECTORS
    assert len(naics.SECTORS) == 21  # twenty of NAICS, and unclassified
    assert naics.leaves("10", 2022) == {
        code for code in naics.known_industries(2022) if naics.industry_level(code) == "6-digit"
    }


def test_a_code_of_another_vintage_has_no_children():
    with pytest.raises(CodeError, match=r"5112.*not in NAICS 2022"):
        naics.children("5112", 2022)


def test_lists_before_2012_are_not_kept():
    with pytest.raises(CodeError, match="No list of NAICS 2007"):
        naics.leaves("62", 2007)


def test_overlaps_name_the_outer_code_first():
    assert naics.overlaps(["62", "3364", "31-33", "336411"]) == [
        ("31-33", "3364"),
        ("31-33", "336411"),
        ("3364", "336411"),
    ]
    assert naics.overlaps(["1013", "31-33"]) == [("1013", "31-33")]
    assert naics.overlaps(["10", "102"]) == [("10", "102")]
    assert naics.overlaps(["62", "62"]) == [("62", "62")]
    assert naics.overlaps(["621", "622", "44-45"]) == []


# include / exclude / vintage / cover
COVERS = """
31-33          / 336          / 2022 / 311 312 313 314 315 316 321 322 323 324 325 326 327 331 332 333 334 335 337 339
621 622 623 624 /             / 2022 / 62
62 6221        / 624          / 2022 / 621 622 623
1011           /              / 2022 / 11 21
10             / 99           / 2022 / 11 21 22 23 31-33 42 44-45 48-49 51 52 53 54 55 56 61 62 71 72 81 92
101 102        /              / 2022 / 10
5112 5132      /              / 2017 / 5112
5112 5132      /              / 2022 / 5132
238111 238112  /              / 2017 / 23811
23811          / 238112       / 2017 / 238111
517121         /              / 2022 / 51712
62             / 62           / 2022 /
513210         /              / 2017 /
"""  # noqa: E501


@pytest.mark.parametrize("line", COVERS.strip().splitlines())
def test_cover_is_the_shortest_way_to_say_a_set(line):
    include, exclude, year, expected = (part.split() for part in line.split("/"))
    assert list(naics.cover(include, exclude, int(year[0]))) == expected


def test_cover_refuses_a_code_that_no_vintage_has():
    with pytest.raises(CodeError, match=r"238110.*use 23811"):
        naics.cover(["238110"], [], 2022)


# definition / closed 2016-2021 (NAICS 2017) / closed 2021-2023 (NAICS 2022)
CLOSED = """
31-33                           yes yes
44-45                           yes yes
48-49                           yes yes
51                              yes yes
62                              yes yes
23                              yes yes
238111                          yes yes
721+722                         yes yes
517                             yes yes
5171                            no  no
541711                          no  yes
5417                            yes yes
5112                            yes no
5132                            yes no
5112+5132                       yes yes
454                             yes no
445                             yes no
452                             yes no
452112                          no  yes
334                             yes yes
5415+5112+5182+334              yes no
5415+5112+5132+5182+334         yes yes
3254+333+334+335+336+3391       yes yes
"""


@pytest.mark.parametrize("line", CLOSED.strip().splitlines())
def test_which_definitions_survive_a_revision(line):
    definition, to_2017, to_2022 = line.split()
    codes = definition.split("+")
    first, second = to_2017 == "yes", to_2022 == "yes"
    assert naics.is_closed(codes, 2016, 2021) is first
    assert naics.is_closed(codes, 2021, 2023) is second
    assert naics.is_closed(codes, 2016, 2023) is (first and second)
    assert naics.is_closed(codes, 2023, 2016) is (first and second)
    assert bool(naics.break_reasons(codes, 2016, 2023)) is not (first and second)


def test_years_of_one_vintage_never_break():
    assert naics.is_closed(["454"], 2017, 2021)
    assert naics.break_reasons(["5112"], 2022, 2023) == []


def test_no_industry_changed_its_sector():
    for sector in naics.SECTORS:
        assert naics.is_closed([sector], 2011, 2024), sector


def test_years_before_2011_cannot_be_compared_but_for_the_total():
    assert not naics.is_closed(["62"], 2010, 2011)
    assert naics.break_reasons(["62"], 2010, 2011) == [
        "NAICS 2012, used from 2011: no concordance from NAICS 2007 is kept, so years before and "
        "after cannot be compared."
    ]
    assert naics.is_closed(["10"], 1990, 2023)
    assert naics.break_reasons(["10"], 1990, 2023) == []


def test_reasons_name_the_industry_the_year_and_the_side():
    (became,) = naics.break_reasons(["5112"], 2016, 2023)
    assert became == (
        "NAICS 2022, used from 2022: 511210 Software publishers, which is in the definition, "
        "became 513210 Software publishers, which is not."
    )
    (entered,) = naics.break_reasons(["5132"], 2016, 2023)
    assert entered == (
        "NAICS 2022, used from 2022: 511210 Software publishers, which is not in the definition, "
        "became 513210 Software publishers, which is."
    )
    spread = naics.break_reasons(["454110"], 2021, 2022)
    assert spread == [
        "NAICS 2022, used from 2022: part of 454110 Electronic shopping and mail-order houses, "
        "which is in the definition, went to 441227 Motorcycle, atv, and all other motor vehicle "
        "dealers and 41 others, which are not."
    ]


def test_a_definition_of_unknown_codes_is_refused():
    with pytest.raises(CodeError, match="238110"):
        naics.is_closed(["238110"], 2016, 2023)


def test_columns_read_each_distinct_code_once():
    codes = pd.Series(["336411", "31-33", "10", None], index=list("abcd"))
    assert whole_columns.industry_levels(codes).fillna("-").to_dict() == {
        "a": "6-digit",
        "b": "sector",
        "c": "total",
        "d": "-",
    }
    assert whole_columns.titles(codes.dropna()).tolist()[1:] == [
        "Manufacturing",
        "Total, all industries",
    ]
    assert whole_columns.titles(pd.Series(["5171"]), 2012).tolist() == [
        "Wired telecommunications carriers"
    ]
    assert whole_columns.industry_levels(pd.Series([], dtype="str")).tolist() == []
    with pytest.raises(CodeError, match="'57'"):
        whole_columns.industry_levels(pd.Series(["57"]))
