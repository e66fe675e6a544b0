"""Style sheets and fonts are read again only where they changed."""

import shutil
from io import BytesIO

import pikepdf

from printkit.render.styles import styles_of
from tests.template.stage import Stage

FACE = '@font-face {{ font-family: "Serif"; src: url("/assets/fonts/{}") }}'


def test_a_changed_style_sheet_keeps_the_fonts_that_are_open(stage: Stage) -> None:
    first = styles_of(stage.bind())
    stage.css(".title { color: #123456 }")
    second = styles_of(stage.bind())
    assert second.fonts is first.fonts
    assert second.sheets != first.sheets


def test_a_font_that_is_declared_beside_others_is_opened_with_them(stage: Stage) -> None:
    first = styles_of(stage.bind())
    stage.css(FACE.format("SourceSans3-Bold.ttf") + '\n.title { font-family: "Serif"; font-weight: 400 }')
    assert styles_of(stage.bind()).fonts is not first.fonts
    assert "Serif 400" in stage.render().fonts


def test_a_font_file_that_changed_is_opened_anew(stage: Stage) -> None:
    first, fonts = styles_of(stage.bind()), stage.root / "assets/fonts"
    shutil.copy(fonts / "SourceSans3-Regular.ttf", fonts / "SourceSans3-Bold.ttf")
    second = styles_of(stage.bind())
    assert second.fonts is not first.fonts
    # The sheets say what they said.
    assert second.sheets == first.sheets


def test_a_sheet_that_imports_under_a_condition_is_read_again(stage: Stage) -> None:
    """The engine follows such an import itself."""
    own = (stage.root / "templates/try/page.css").read_text(encoding="utf-8")
    stage.write("templates/try/page.css", '@import "other.css" print;\n' + own)
    for colour in ("f00", "0f0"):
        stage.write("templates/try/other.css", f".title {{ color: #{colour} }}")
        assert _title_colour(stage) == [float(level == "f") for level in colour]


def _title_colour(stage: Stage) -> list[float]:
    with pikepdf.open(BytesIO(stage.render().pdf)) as pdf:
        steps = pikepdf.parse_content_stream(pdf.pages[0])
    (found,) = [one.operands for one in steps if str(one.operator) == "rg"]
    return [float(level) for level in found]
