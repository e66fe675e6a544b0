"""docs/templates.md names everything that a template can say."""

import re
from pathlib import Path

import pytest
from pydantic import BaseModel

from printkit.profiles import Campaign, Committee, Site
from printkit.render.added_css import variables
from printkit.template import SLOT_KINDS, Fit, Layout, Slot, Template
from printkit.template.language import FILTERS
from printkit.template.manifest import RESERVED
from tests.template.stage import Stage

WHOLE = (Path(__file__).parents[2] / "docs" / "templates.md").read_text(encoding="utf-8")
# A fence's three backticks would pair with those of the words after it
PAGE = re.sub(r"^```.*?^```$", "", WHOLE, flags=re.DOTALL | re.MULTILINE)
WORDS = set(re.findall(r"[a-z][a-z_]*", "\n".join(re.findall(r"`[^`]+`", PAGE))))
OF_STYLE = {"size", "leading", "tracking", "rise", "above", "below"}
OWN = {"id", "languages", "slots", "layouts"}


@pytest.mark.parametrize("model", [Template, Slot, Layout, Fit, Committee, Site])
def test_every_key_is_named(model: type[BaseModel]) -> None:
    assert set(model.model_fields) - OWN - {"committees"} <= WORDS


def test_every_kind_smart_value_and_filter_is_named() -> None:
    assert set(SLOT_KINDS) | RESERVED | set(FILTERS) | {"lang"} <= WORDS
    assert {"name", "edition", "date", "values"} <= WORDS & set(Campaign.model_fields)


def test_every_variable_and_attribute_is_named(stage: Stage) -> None:
    for name in variables(stage.bind()):
        shared = name.startswith("share-") and "`--share-<name>`" in PAGE
        assert f"`--{name}`" in PAGE or shared or (name.startswith("brand-") and "`--brand-<id>`" in PAGE)
    assert {f"`--{name}-<style>`" for name in OF_STYLE} <= set(re.findall(r"`[^`]+`", PAGE))
    assert "`--fit-<slot>`" in PAGE
    for attribute in ("slot", "fit", "code"):
        assert f'`data-{attribute}="id"`' in PAGE
    assert "`data-balance`" in PAGE
