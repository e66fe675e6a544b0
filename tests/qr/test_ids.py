"""Print ids: stable, readable, unique."""

import re

import pytest

from printkit.qr import CodeProblem, check_collisions, print_id


def test_an_id_is_stable_and_has_no_look_alikes() -> None:
    ids = [print_id("nu03", f"site{number}", "2026") for number in range(500)]
    assert print_id("nu03", "fjell", "2026") == "EJX-AENM"
    assert all(re.fullmatch(r"[3479ACEFHJKMNPRTWXY]{3}-[3479ACEFHJKMNPRTWXY]{4}", code) for code in ids)


def test_each_of_the_three_names_counts() -> None:
    assert (
        len(
            {
                print_id("a", "b", "c"),
                print_id("b", "a", "c"),
                print_id("a", "bc", ""),
                print_id("ab", "", "c"),
            }
        )
        == 4
    )


def test_a_thousand_sites_of_ten_committees_do_not_collide() -> None:
    check_collisions(
        (f"nu{c:02}/s{s}", print_id(f"nu{c:02}", f"s{s}", "2026")) for c in range(10) for s in range(1000)
    )


def test_a_collision_names_both_owners() -> None:
    ids = [("nu02/svelvik", "K7M-4RFX"), ("nu01/fjell", "K7M-4RFX"), ("nu03/a", "AAA-AAAA")]
    with pytest.raises(CodeProblem, match=r"K7M-4RFX: nu01/fjell, nu02/svelvik$"):
        check_collisions(ids)


def test_one_owner_may_have_its_id_twice() -> None:
    check_collisions([("nu01/fjell", "K7M-4RFX"), ("nu01/fjell", "K7M-4RFX")])
