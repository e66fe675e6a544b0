"""Addresses: what a code may hold and how parameters are added."""

from urllib.parse import quote, urlencode

import pytest

from printkit.qr import CodeProblem, address, check_address


def test_parameters_follow_the_address_own_query() -> None:
    assert address("https://a.no/x?b=1#top", {"k": "r", "s": "a b"}) == "https://a.no/x?b=1&k=r&s=a%20b#top"


def test_parameters_are_escaped_as_forms_send_them() -> None:
    odd = {"ø/": "a&b=c;d#e?f%20", "x": ""}
    assert address("https://a.no/", odd) == "https://a.no/?" + urlencode(odd, quote_via=quote)
    assert check_address(address("https://a.no/?x&lt", odd), 100)


def test_no_parameters_change_nothing() -> None:
    assert address("https://a.no/x/", {}) == "https://a.no/x/"


@pytest.mark.parametrize(
    "good",
    [
        "https://a.no",
        "http://a.no/",
        "HTTPS://A.NO/x?y=1#z",
        "https://a.no:8080/%C3%B8",
        "https://xn--bler-gra.no/sti?a=1&b=(2)*;~!$'",
        "https://[2001:db8::1]/x",
        "http://10.0.0.1/",
        "http://10.0.0.1.:65535/",
        "https://a.no:/",
        "https://1.no/",
        "https://a.no./",
    ],
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
        ("https://bøler.no/sti", "write the host as xn--bler-gra.no$"),
        ("https://BØLER.no/", "write the host as xn--bler-gra.no$"),
        ("https://www.blåbær.no:80/", "write the host as www.xn--blbr-roah.no$"),
        ("https://b%C3%B8ler.no/sti", "escapes in the host.*write the host as xn--bler-gra.no$"),
        ("https://%61.no/", "write the host as a.no$"),
        ("https://xn--b/", "no host can be named 'xn--b'"),
        ("https://☃☃.no/", "no host can be named"),
        ("https://-a.no/", "no name of a host"),
        ("https://a..no/", "no name of a host"),
        ("https://a!.no/", "no name of a host"),
        ("https://a.no/ø", "'ø' at place 14.*%C3%B8"),
        ("https://a.no/?a=1&amp;b=2", "&amp; at place 18.*write & instead"),
        ("https://a.no/?a=1&#38;b=2", "&#38; at place 18"),
        ("https://a.no/?a={id}", "'{' at place 17.*%7B"),
        ("https://a.no/a|b", r"'\|' at place 15.*%7C"),
        ("https://a.no/<b>", "'<' at place 14.*%3C"),
        ("https://a.no/a[1]", r"'\[' at place 15.*%5B"),
        ("https://a.no/100%", "% at place 17 and no escape; write it as %25"),
        ("https://a.no/%zz", "% at place 14"),
        ("https://a.no/a#b#c", "second #.*%23"),
        ("https://a.no:99999/", "^'99999' is no port; write a number from 1 to 65535"),
        ("https://a.no:http/", "^'http' is no port"),
        ("https://[2001:db8::1]:-1/", "^'-1' is no port"),
        ("https://a.no:0/", "^'0' is no port"),
        ("https://[a.no/", "not a web address; write it as https://www.example.org$"),
        ("https://[1.2.3.4]/", "not a web address; write it as https://www.example.org$"),
        ("https://[a.no]/", "not a web address; write it as https://www.example.org$"),
        ("https://1.2.3.999/", "'1.2.3.999' is no address of a host; it has four numbers from 0 to 255"),
        ("https://1.2.3/", "no address of a host"),
        ("https://0x7f/", "no address of a host"),
        ("https://a.1/", "no address of a host"),
        ("https://a.no/" + "x" * 3000, "3013 characters, 300 fit"),
    ],
)
def test_a_bad_address_is_refused_in_clear_words(bad: str, words: str) -> None:
    with pytest.raises(CodeProblem, match=words):
        check_address(bad, 300)
