"""Addresses: what a code may hold and how parameters are added."""

import pytest

from printkit.qr import CodeProblem, address, check_address


def test_parameters_follow_the_address_own_query() -> None:
    assert address("https://a.no/x?b=1#top", {"k": "r", "s": "a b"}) == "https://a.no/x?b=1&k=r&s=a%20b#top"


def test_no_parameters_change_nothing() -> None:
    assert address("https://a.no/x/", {}) == "https://a.no/x/"


@pytest.mark.parametrize(
    "good", ["https://a.no", "http://a.no/", "HTTPS://A.NO/x?y=1#z", "https://a.no:8080/%C3%B8"]
)
def test_a_plain_web_address_passes(good: str) -> None:
    assert check_address(good, 100) == good


@pytest.mark.parametrize(
    ("bad", "words"),
    [
        ("javascript:alert(1)", "must start with https"),
        ("ftp://a.no/", "must start with https"),
        ("www.a.no", "must start with https"),
        ("", "must start with https"),
        ("https://", "name a host"),
        ("https://me:secret@a.no/", "no user"),
        ("https://a.no/a b", "a blank at place 15"),
        ("https://a.no/\n", "U\\+000A at place 14"),
        ("https://blåbær.no/", "'å' at place 11.*%C3%A5"),
        ("https://a.no:99999/", "Port out of range"),
        ("https://[a.no/", "not a web address"),
        ("https://a.no/" + "x" * 3000, "3013 characters, 300 fit"),
    ],
)
def test_a_bad_address_is_refused_in_clear_words(bad: str, words: str) -> None:
    with pytest.raises(CodeProblem, match=words):
        check_address(bad, 300)
