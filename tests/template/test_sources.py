"""The files that a page is made of."""

import pytest

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
