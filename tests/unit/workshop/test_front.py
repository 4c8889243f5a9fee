"""Public addresses that a workshop may stand at, and those that it may not."""

from __future__ import annotations

import pytest

from lmi.errors import LmiError
from lmi.workshop.front import DIRECT, read_front


def test_an_address_is_read_without_its_last_slash_and_its_host_in_small_letters():
    found = read_front("https://Labor.Example.org:8443/user/ann@b/proxy/8731/")
    assert found.url == "https://labor.example.org:8443/user/ann@b/proxy/8731"
    assert (found.netloc, found.base) == ("labor.example.org:8443", "/user/ann@b/proxy/8731")
    assert read_front("http://host").base == "" and not read_front("http://host").is_secure
    assert not DIRECT.url


@pytest.mark.parametrize(
    "url",
    [
        "", "/rooms/7", "ftp://host/x", "https://", "https://host/a b", "https://host/<b>",
        "https://host/../x", "https://host/a?x=1", "https://host/a#x", "https://u:p@host/a",
        'https://host/"onload=', "https://[::1", "https://host//x", "javascript:alert(1)",
    ],
)  # fmt: skip
def test_what_is_no_address_is_refused_in_a_sentence(url):
    with pytest.raises(LmiError, match=r"public address .* --base-url as https://HOST/PATH"):
        read_front(url)
