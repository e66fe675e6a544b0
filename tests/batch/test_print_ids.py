"""A print id that stands for two things stops a run before any work."""

from dataclasses import replace
from typing import Any

import pytest

from printkit.batch.origin import Origin
from printkit.batch.planned import Planned
from printkit.batch.print_ids import refuse_shared_ids
from printkit.errors import RenderError, WorkspaceError
from printkit.produce import Inputs
from printkit.profiles import Profiles
from printkit.template import CodeLink

Pieces = tuple[Planned, ...]


def linked(print_id: str, subject: str) -> Inputs:
    return Inputs("k", "l", {}, links=(CodeLink("qr", "https://a.no/", print_id, subject),))


def refuse(profiles: Profiles, pieces: Pieces, found: Any) -> None:
    refuse_shared_ids(Origin("recruitment", "Rekruttering", "h27"), pieces, found, ())


def test_two_addresses_behind_one_id_are_refused(profiles: Profiles, pieces: Pieces) -> None:
    one, two = pieces[0], replace(pieces[0], id="other", format="poster-a3")
    found = {
        one.id: linked("AAA-AAAA", "nu01 https://a.no/1"),
        two.id: linked("AAA-AAAA", "nu01 https://a.no/2"),
    }
    with pytest.raises(
        WorkspaceError, match=r"edition: .*AAA-AAAA: nu01 https://a.no/1, nu01 https://a.no/2"
    ):
        refuse(profiles, (one, two), found)


def test_two_languages_behind_one_id_are_refused(profiles: Profiles, pieces: Pieces) -> None:
    one, two = pieces[0], replace(pieces[0], id="other", language="en")
    found = {one.id: linked("AAA-AAAA", "x"), two.id: linked("AAA-AAAA", "x")}
    with pytest.raises(WorkspaceError, match="nu01 recruit en qr .*, nu01 recruit nb qr "):
        refuse(profiles, (one, two), found)


def test_formats_share_an_id_and_a_piece_without_inputs_has_none(profiles: Profiles, pieces: Pieces) -> None:
    one, two, three = pieces[0], replace(pieces[0], id="b", format="x"), replace(pieces[0], id="c")
    found = {one.id: linked("AAA-AAAA", "x"), "b": linked("AAA-AAAA", "x"), "c": RenderError("no")}
    refuse(profiles, (one, two, three), found)
