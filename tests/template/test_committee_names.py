"""A committee's name by language."""

from dataclasses import replace

import pytest

from printkit.errors import WorkspaceErrors
from printkit.template import bind
from tests.template.stage import Stage


def test_a_committee_is_named_in_the_language_of_its_piece(stage: Stage) -> None:
    named = (stage.root / "profiles/committees/nu02.toml").read_text("utf-8")
    stage.write(
        "profiles/committees/nu02.toml", named.replace("[design]", '[names]\nse = "Gonnerud"\n\n[design]')
    )
    stage.write("templates/try/texts.se.toml", 'name = "Iskan"\n')
    own, other = stage.bind(), bind(replace(stage.request(), language="se"))
    assert "Gonnerud" not in own.html + own.title
    assert ">Gonnerud<" in other.html
    assert other.title == f"Prøve – Gonnerud, {other.format.name}"


def test_a_language_of_names_is_one_that_is_supported(stage: Stage) -> None:
    named = (stage.root / "profiles/committees/nu02.toml").read_text("utf-8")
    stage.write("profiles/committees/nu02.toml", named.replace("[design]", '[names]\nxx = "?"\n\n[design]'))
    with pytest.raises(WorkspaceErrors, match=r"nu02\.toml: names\.xx: CLDR has no language"):
        stage.profiles()
