"""Fonts come from @font-face alone, and have what the text asks for."""

import pytest

from printkit.errors import MissingError, SlotErrors, WorkspaceError, WorkspaceErrors
from tests.template.stage import Stage


def test_no_font_of_the_machine_is_seen(stage: Stage) -> None:
    stage.css('.title { font-family: "DejaVu Sans" }')
    with pytest.raises(MissingError, match=r"'DejaVu Sans' is asked for in templates/try/page.html"):
        stage.render()


def test_a_generic_family_needs_a_declared_one_before_it(stage: Stage) -> None:
    stage.css(".title { font-family: serif }")
    with pytest.raises(MissingError, match="'serif'"):
        stage.render()
    stage.css(".title { font-family: Sans, sans-serif }")
    assert stage.render().fonts == ("Sans 400", "Sans 700")


@pytest.mark.parametrize("rule", ["font-weight: 900", "font-style: italic"])
def test_a_weight_or_style_that_is_not_declared_is_named(stage: Stage, rule: str) -> None:
    stage.css(f".title {{ {rule} }}")
    with pytest.raises(MissingError, match="declared: Sans 400, Sans 700"):
        stage.render()


def test_a_missing_font_file_is_named(stage: Stage) -> None:
    (stage.root / "assets/fonts/SourceSans3-Bold.ttf").unlink()
    with pytest.raises(MissingError, match=r"assets/fonts/SourceSans3-Bold.ttf"):
        stage.render()


def test_a_broken_font_file_is_missing_as_if_it_were_not_there(stage: Stage) -> None:
    stage.write("assets/fonts/SourceSans3-Bold.ttf", "no font")
    with pytest.raises(MissingError, match="font assets/fonts/SourceSans3-Bold.ttf: the font is damaged"):
        stage.render()


@pytest.mark.parametrize("file", ["assets/brand/mark.svg", "assets/icc/FOGRA39L_coated.icc"])
def test_what_is_no_font_is_told_by_its_file(stage: Stage, file: str) -> None:
    stage.css(f'@font-face {{ font-family: "None"; src: url("/{file}") }}')
    with pytest.raises(MissingError, match=f"font {file}: the font is damaged: it cannot be read"):
        stage.render()


@pytest.mark.parametrize(("text", "words"), [("Hei 😀", r"U\+1F600"), ("Hei 漢", r"'漢' \(U\+6F22")])
def test_a_character_without_a_shape_is_named_with_its_slot(stage: Stage, text: str, words: str) -> None:
    with pytest.raises(SlotErrors, match=rf"slot 'title' of try/flyer-a5: .*{words}"):
        stage.render(title=text)


def test_such_a_character_of_the_template_is_its_own_fault(stage: Stage) -> None:
    stage.page("<p>漢</p>")
    with pytest.raises(WorkspaceErrors, match=r"templates/try/page.html: .*U\+6F22"):
        stage.render()


def test_each_design_sees_its_own_fonts_only(stage: Stage) -> None:
    stage.render()
    text = (stage.root / "templates/try/page.css").read_text().replace('"Sans"', '"Other"')
    stage.write(
        "templates/try/page.css",
        text.replace('font-family: "Other"; font-weight: 400; line', "font-family: Sans; line"),
    )
    with pytest.raises(MissingError, match="'Sans'"):
        stage.render()


def test_font_face_stands_in_style_sheets(stage: Stage) -> None:
    face = "@font-face { font-family: X; src: url(/assets/fonts/SourceSans3-Bold.ttf) }"
    stage.page(f"<style>{face}</style>")
    with pytest.raises(WorkspaceError, match="declared in style sheets"):
        stage.render()


def test_local_fonts_are_refused(stage: Stage) -> None:
    stage.css("@font-face { font-family: X; src: local('DejaVu Sans') }")
    with pytest.raises(WorkspaceError, match="must be a url"):
        stage.render()
