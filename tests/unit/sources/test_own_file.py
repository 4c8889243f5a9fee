"""A table that a team wrote by hand: comments, spreadsheets' habits, and the line of a mistake."""

from __future__ import annotations

import pytest

from lmi.errors import ConfigError, DataFileError
from lmi.schema.owned import ENGAGEMENT, LOCAL_KNOWLEDGE
from lmi.sources.own_file import read_own

HEAD = "organisation,system,effort,candidate,since,region\n"
ROW = "The college,education,Council,energy,2016,lane\n"


@pytest.fixture
def read(tmp_path):
    def read(text: str | bytes, table=ENGAGEMENT):
        file = tmp_path / "engagement.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return read_own(file, table)

    return read


def refused(call) -> ConfigError:
    with pytest.raises(ConfigError) as caught:
        call()
    assert caught.value.message.endswith(".") and "\n" not in caught.value.message
    return caught.value


def test_rows_know_their_lines_past_comments_and_blank_lines(read):
    found = read(f"# who works with employers\n\n{HEAD}\n# the colleges\n{ROW}\n,,,,,\n{ROW}")
    assert found.lines == (6, 9)
    assert found.rows["since"].tolist() == [2016, 2016]


def test_a_text_in_quotes_may_hold_commas_lines_and_hashes(read):
    found = read(
        f'{HEAD}"The college, north",education,"Council\n# of shops\n\nand yards",a,,\n{ROW}'
    )
    assert found.rows["organisation"].tolist() == ["The college, north", "The college"]
    assert found.rows["effort"].iloc[0] == "Council\n# of shops\n\nand yards"
    assert found.lines == (2, 6)


def test_what_is_left_out_is_empty_and_texts_are_stripped(read):
    found = read(f"{HEAD} The college ,education,Council, energy ,,\n")
    row = found.rows.iloc[0]
    assert (row["organisation"], row["candidate"], row["region"]) == ("The college", "energy", "")
    assert found.rows["since"].isna().all()


def test_optional_columns_may_be_absent_and_others_stand_beside_them(read):
    found = read("Organization,system,effort,candidate,phone\nA,education,B,energy,555\n")
    assert found.rows.columns.tolist() == list(ENGAGEMENT.names)
    assert found.rows["organisation"].tolist() == ["A"]


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_every_kind_and_a_byte_order_mark(read, end):
    found = read(b"\xef\xbb\xbf" + (HEAD + ROW + ROW).replace("\n", end).encode())
    assert found.lines == (2, 3)


def test_a_spreadsheets_encoding_is_read(read):
    assert read((HEAD + "Cañon College,education,B,a,,\n").encode("cp1252")).rows[
        "organisation"
    ].tolist() == ["Cañon College"]


def test_a_header_alone_is_a_table_without_rows(read):
    found = read(HEAD)
    assert found.rows.empty
    assert found.lines == ()


@pytest.mark.parametrize(
    ("text", "line", "says"),
    [
        ("organisation,system,effort\nA,b,c\n", 1, "the column 'candidate' is missing"),
        ("# x\norganisation,system,effort,candidat\n", 2, "is it 'candidat'?"),
        (HEAD.replace("region", "regoin") + ROW, 1, "'regoin' is unknown; perhaps you meant"),
        (HEAD + "The college,north,education,Council,energy,2016,lane\n", 2, "double quotes"),
        (HEAD + "The college,education\n", 2, "the row has 2 fields and the header 6"),
        (HEAD + ROW + ",education,Council,energy,2016,\n", 3, "organisation is empty"),
        (HEAD + "# x\n" + "A,education,B,energy,lately,\n", 3, "since is 'lately'"),
        (HEAD + "A,education,B,energy,20016,\n", 2, "since is 20016; it cannot be above 2100"),
        (HEAD + '"A,education,B,energy,2016,\n', 2, "close every double quote"),
    ],
)
def test_a_mistake_is_one_sentence_with_its_line(read, text, line, says):
    error = refused(lambda: read(text))
    assert says in error.message
    assert error.line == line
    assert "download" not in error.message


def test_a_comma_as_prose_has_it_needs_no_quotes(read):
    found = read(
        HEAD + "The college, north campus,education,Council, first term,energy,2016,lane\n"
    )
    (row,) = found.rows.to_dict("records")
    assert (row["organisation"], row["effort"]) == ("The college, north campus",
                                                    "Council, first term")  # fmt: skip
    assert (row["candidate"], row["since"]) == ("energy", 2016)


def test_a_rating_outside_its_scale(read):
    head = "candidate,region,statement,rating,who,date\n"
    for rating in ("0", "6"):
        row = f"energy,lane,Busy,{rating},a mayor,2026-01-05\n"
        error = refused(lambda row=row: read(head + row, LOCAL_KNOWLEDGE))
        assert f"rating is {rating}; it cannot be" in error.message
        assert error.line == 2
    row = "energy,lane,Busy,4.5,a mayor,2026-01-05\n"
    assert (
        "rating is '4.5'; it must be a whole number"
        in refused(lambda: read(head + row, LOCAL_KNOWLEDGE)).message
    )


@pytest.mark.parametrize("text", [b"", b"\n\n", b"PK\x03\x04 a workbook", b"a\0b"])
def test_what_is_no_text_is_refused(read, text):
    with pytest.raises(DataFileError):
        read(text)
