"""Doors: codes, cookies, tokens, guesses, names."""

from __future__ import annotations

import itertools

import pytest

from lmi.workshop.auth import Guesses, Signer, is_our_host, our_names
from lmi.workshop.charter import LENGTH, LETTERS, new_code, read_code
from lmi.workshop.session import Keys


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_codes_have_no_letters_that_are_taken_for_each_other():
    assert not set(LETTERS) & set("B8IL1O0S5Z2")
    assert len(set(LETTERS)) == 25 and LENGTH == 6
    assert len({new_code() for _ in range(200)}) == 200


@pytest.mark.parametrize("typed", ["k7m4xq", " K7M 4XQ ", "k7m-4xq", "K7M4XQ\n"])
def test_a_code_is_read_as_it_was_meant(typed):
    assert read_code(typed) == "K7M4XQ"


def test_a_cookie_is_good_in_its_own_session_under_its_own_name_alone():
    keys = Keys.new()
    signer = Signer(keys, "a1")
    signed = signer.sign(signer.participant, "7")
    assert signer.read(signer.participant, signed) == "7"
    assert Signer(keys, "a1").read(signer.participant, signed) == "7", "after a restart, too"
    assert signer.read(signer.facilitator, signed) is None
    assert Signer(Keys.new(), "a1").read(signer.participant, signed) is None
    assert "|4:Nw==|" in signed
    assert signer.read(signer.participant, signed.replace("|4:Nw==|", "|4:OA==|")) is None
    for forged in ("", None, "7", "2|1:0|", signed[:-1], signed + "0", "x" * 5000, "\x00"):
        assert signer.read(signer.participant, forged) is None, forged


def test_a_token_is_of_one_person():
    signer = Signer(Keys.new(), "a1")
    assert signer.token_fits(signer.token("p 7"), "p 7")
    assert not signer.token_fits(signer.token("p 7"), "p 8")
    assert not signer.token_fits("", "p 7") and not signer.token_fits("ü", "p 7")


def test_a_room_of_mistyping_people_behind_one_address_is_not_locked_out(clock):
    guesses = Guesses(clock=clock)
    for _ in range(60):
        guesses.wrong("10.0.0.1")
        clock.now += 0.2
    assert guesses.wait("10.0.0.1") == 0


def test_who_guesses_on_waits_longer_and_longer_and_others_do_not(clock):
    guesses = Guesses(clock=clock)
    waits = []
    for _ in range(200):
        clock.now += guesses.wait("10.0.0.1")
        waits.append(guesses.wrong("10.0.0.1"))
    assert waits[:60] == [0.0] * 60
    assert waits[60:66] == pytest.approx([1, 2, 4, 8, 14, 24], rel=0.1)
    assert set(waits[70:]) == {30.0}
    assert guesses.wait("10.0.0.2") == 0
    clock.now += 600
    assert guesses.wrong("10.0.0.1") == 0, "and ten minutes later it is forgotten"


def test_guessing_from_many_addresses_is_slowed_in_all(clock):
    guesses = Guesses(clock=clock)
    tried, end = 0, clock.now + 3600
    for n in itertools.count():
        address = f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}"
        clock.now += max(guesses.wait(address), 0.001)
        if clock.now > end:
            break
        guesses.wrong(address)
        tried += 1
    assert tried < 1500, "of 244 million codes in an hour"
    clock.now += 6
    assert guesses.wait("10.255.0.1") == 0, "and it is over soon after the attack"


@pytest.mark.parametrize(
    ("host", "bind", "ours"),
    [
        ("127.0.0.1:8731", "127.0.0.1", True),
        ("localhost:8731", "127.0.0.1", True),
        ("LOCALHOST.", "127.0.0.1", True),
        ("[::1]:8731", "127.0.0.1", True),
        ("attacker.example:8731", "127.0.0.1", False),
        ("127.0.0.1.attacker.example", "127.0.0.1", False),
        ("192.168.1.5:8731", "127.0.0.1", False),
        ("", "127.0.0.1", False),
        ("192.168.1.5:8731", "0.0.0.0", True),
        ("attacker.example:8731", "0.0.0.0", False),
        ("192.168.1.5:8731", "192.168.1.5", True),
    ],
)
def test_names_that_somebody_points_at_this_machine_are_not_ours(host, bind, ours):
    assert is_our_host(host, bind, our_names(bind)) is ours
