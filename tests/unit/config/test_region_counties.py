"""Counties of regions: known, once, in the year that is meant, and all of them in a partition."""

from __future__ import annotations

import pytest

ONE = "regions:\n  r:\n    name: R\n    counties: [{}]\n"


@pytest.mark.parametrize(
    ("counties", "says"),
    [
        # grammar
        ("08001", "the code 08001 stands without quotes, where YAML may drop a leading zero"),
        ("01001", 'write "01001"'),
        ('"8001"', 'five digits, state then county; write "08001" (Adams)'),
        ('"001"', 'write "08001" (Adams)'),
        ('"0800"', 'a county of Colorado begins with "08"'),
        ('"08075 Logan"', 'write "08075" and put the name into a comment'),
        ("Logan", 'write "08075" (Logan)'),
        ("Logan County", 'write "08075" (Logan)'),
        ("Sumit", 'write "08117" (Summit)'),
        ("Atlantis", 'a county of Colorado begins with "08"'),
        ("~", "nothing is written"),
        # no county
        (
            '"08076"',
            '"08076" is not a county of Colorado; near it are "08075" (Logan) and "08077" ',
        ),
        ('"08000"', '"08000" is a whole state; list its counties'),
        ('"08999"', '"08999" is where the agency counts what it cannot place, not a county'),
        ('"97001"', 'no state has the code "97"'),
        ('"15005"', '"15005" (Kalawao) has no rows of its own in QCEW; list the county that it is'),
        ('"99950"', '"99950" is not a county of Sample state; take one of its own'),
        # twice
        ('"08075", "08075"', 'the county "08075" (Logan) stands twice, first in line 8'),
    ],
)
def test_a_code_that_is_no_county_is_refused_with_what_was_meant(colorado, refusal, counties, says):
    said = refusal(lambda: colorado(ONE.format(counties)), 8)
    assert said.startswith("regions.r.counties: ")
    assert says in said


def test_the_line_is_that_of_the_county(colorado, refusal):
    text = 'regions:\n  r:\n    name: R\n    counties:\n      - "08075"\n      - "08076"\n'
    assert '"08076"' in refusal(lambda: colorado(text), 10)


@pytest.mark.parametrize("counties", ["counties: []", "exclude: []", "note: none yet"])
def test_a_region_without_counties_is_refused(colorado, refusal, counties):
    text = f"regions:\n  r:\n    name: R\n    {counties}\n"
    assert "the region has no counties" in refusal(lambda: colorado(text), 6)


class TestPartition:
    HALF = (
        "partition: true\nregions:\n"
        '  a: {name: A, counties: ["15001", "15003"]}\n'
        '  b: {name: B, counties: ["15007"%s]}\n'
    )
    HEAD = 'state: Hawaii\nstate_fips: "15"\ntitle: Areas\nsource: {name: The office}\n'

    def test_every_county_once(self, colorado):
        assert len(colorado(self.HALF % ', "15009"', self.HEAD).regions) == 2

    def test_a_county_that_is_in_none_is_named(self, colorado, refusal):
        said = refusal(lambda: colorado(self.HALF % "", self.HEAD), 5)
        assert '1 county is in no region: "15009" (Maui + Kalawao)' in said
        assert "partition: false" in said

    def test_a_county_that_is_in_two_names_both_regions(self, colorado, refusal):
        said = refusal(lambda: colorado(self.HALF % ', "15009", "15001"', self.HEAD), 8)
        assert 'the county "15001" (Hawaii) is in a (line 7) and in b' in said

    def test_counties_of_other_states_are_beside_it(self, colorado):
        state = colorado(self.HALF % ', "15009", "06037"', self.HEAD)
        assert state.region("b").state_fips == ("06", "15")

    def test_combined_regions_are_beside_it(self, colorado):
        text = self.HALF % ', "15009"' + "  all: {name: All, include: [a, b]}\n"
        state = colorado(text, self.HEAD)
        assert state.region("all").combined
        assert not state.region("a").combined
        assert state.region("all").counties == ("15001", "15003", "15007", "15009")

    def test_without_the_claim_regions_may_overlap_and_leave_gaps(self, colorado):
        text = (self.HALF % ', "15001"').replace("partition: true", "partition: false")
        assert colorado(text, self.HEAD).region("b").counties == ("15001", "15007")


class TestInclude:
    def text(self, says: str) -> str:
        return (
            'regions:\n  a: {name: A, counties: ["08069", "08123"]}\n'
            '  b: {name: B, counties: ["08013"]}\n' + f"  c: {{name: C, {says}}}\n"
        )

    def test_included_and_listed_counties_minus_the_excluded(self, colorado):
        says = 'include: [a, b], counties: ["08014"], exclude: ["08123"]'
        region = colorado(self.text(says)).region("c")
        assert region.counties == ("08013", "08014", "08069")
        assert region.combined

    def test_a_region_may_include_one_that_includes(self, colorado):
        state = colorado(self.text("include: [d]}\n  d: {name: D, include: [b]"))
        assert state.region("c").counties == ("08013",)

    def test_counties_can_be_excluded_from_a_list_too(self, colorado):
        region = colorado(self.text('counties: ["08014", "08031"], exclude: ["08031"]')).region("c")
        assert region.counties == ("08014",)
        assert not region.combined

    @pytest.mark.parametrize(
        ("says", "key", "message"),
        [
            ("include: [north]", "include", "'north' is not a region of this file"),
            ("include: [a, a]", "include", "'a' stands twice"),
            ("include: [c]", "include", "c includes c, so its counties cannot be told"),
            ('include: [a], counties: ["08069"]', "counties", "comes with 'a' already"),
            ('include: [a], exclude: ["08013"]', "exclude", "is not in the region"),
            ('include: [b], exclude: ["08013"]', "exclude", "no county is left"),
            ('include: [b], exclude: ["08012"]', "exclude", "is not a county of Colorado"),
        ],
    )
    def test_what_cannot_be(self, colorado, refusal, says, key, message):
        said = refusal(lambda: colorado(self.text(says)), 8)
        assert said.startswith(f"regions.c.{key}: ")
        assert message in said

    def test_a_circle_is_told_in_full(self, colorado, refusal):
        text = (
            "regions:\n  a: {name: A, include: [b]}\n"
            "  b: {name: B, include: [c]}\n  c: {name: C, include: [a]}\n"
        )
        assert "a includes b includes c includes a" in refusal(lambda: colorado(text), 6)


class TestChangedCounties:
    HEAD = 'state: Connecticut\nstate_fips: "09"\ntitle: T\nsource: {name: S}\n'
    OLD = '"09001", "09003", "09005", "09007", "09009", "09011", "09013", "09015"'
    NEW = ", ".join(f'"09{n}0"' for n in range(11, 20))

    def test_a_partition_by_the_newest_counties(self, colorado):
        text = "partition: true\n" + ONE.format(self.NEW)
        assert len(colorado(text, self.HEAD).region("r").counties) == 9

    def test_a_partition_by_the_counties_of_a_stated_year(self, colorado):
        text = "partition: true\ncounty_year: 2023\n" + ONE.format(self.OLD)
        state = colorado(text, self.HEAD)
        assert len(state.region("r").counties) == 8
        assert state.county_year == 2023

    def test_old_codes_without_a_year_are_refused_with_both_remedies(self, colorado, refusal):
        said = refusal(lambda: colorado(ONE.format('"09001"'), self.HEAD), 8)
        assert '"09001" (Fairfield) is not among the counties of today' in said
        assert '"09120" (Greater Bridgeport)' in said
        assert "county_year: 2023" in said

    def test_new_codes_in_an_old_year_are_refused(self, colorado, refusal):
        text = "county_year: 2023\n" + ONE.format('"09110"')
        said = refusal(lambda: colorado(text, self.HEAD), 9)
        assert '"09110" (Capitol) is not among the counties of 2023' in said
        assert '"09003" (Hartford)' in said
        assert "county_year: 2024" in said

    def test_a_region_that_holds_the_whole_ground_may_list_both_sides(self, colorado):
        alaska = self.HEAD.replace("Connecticut", "Alaska").replace("09", "02")
        both = colorado(ONE.format('"02063", "02066", "02261"'), alaska)
        assert both.region("r").counties == ("02063", "02066", "02261")

    def test_and_one_that_holds_part_of_it_may_not(self, colorado, refusal):
        alaska = self.HEAD.replace("Connecticut", "Alaska").replace("09", "02")
        text = ONE.format('"02063", "02261"')
        assert '"02066" (Copper River)' in refusal(lambda: colorado(text, alaska), 8)
