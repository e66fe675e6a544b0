"""The files that a page is made of."""

import re

import pytest

from printkit.errors import WorkspaceError
from tests.template.stage import Stage


@pytest.mark.parametrize("rule", ['@import "more.css"', '@import url("more.css")', "@import url(more.css)"])
def test_what_style_sheets_import_counts_too(stage: Stage, rule: str) -> None:
    stage.css("")
    sheet = stage.root / "templates/try/page.css"
    sheet.write_text(f"{rule};\n{sheet.read_text('utf-8')}", "utf-8")
    stage.write("templates/try/more.css", ".title { color: var(--brand-lov) }")
    artwork = stage.bind()
    assert "brand.lov" in artwork.unconfirmed
    assert "templates/try/more.css" in artwork.inputs


@pytest.mark.parametrize("key", ["file", "file_on_dark"])
def test_a_mark_that_is_not_there_is_told_by_its_key(stage: Stage, key: str) -> None:
    brand = stage.root / "profiles/brand.toml"
    brand.write_text(re.sub(rf"(?m)^{key} = .*", f'{key} = "assets/brand/none.svg"', brand.read_text()))
    assert stage.bind().html
    stage.page(f'<img src="/{{{{ brand.logo.{key} }}}}">')
    with pytest.raises(WorkspaceError, match=f"brand.toml: logo.{key}: no file 'assets/brand/none.svg'"):
        stage.bind()
