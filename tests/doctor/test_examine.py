"""The doctor names what is missing, what is not confirmed, what is out of date."""

import datetime
import io
import shutil
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest
from PIL import Image

from printkit.doctor import Concern, concerns
from printkit.doctor.examination import examine
from printkit.profiles import load_profiles
from printkit.workspace import Workspace

TODAY = datetime.date(2027, 8, 1)


@pytest.fixture
def workspace(repository: Path, tmp_path: Path) -> Workspace:
    for part in ("assets", "profiles", "templates"):
        shutil.copytree(repository / part, tmp_path / part)
    return Workspace(tmp_path)


def look(workspace: Workspace, today: datetime.date = TODAY) -> list[Concern]:
    return list(examine(workspace, load_profiles(workspace), today))


def test_the_reference_workspace_misses_nothing(workspace: Workspace) -> None:
    assert [finding for finding in look(workspace) if finding.level == "missing"] == []


@pytest.mark.parametrize(
    "file",
    [
        "assets/fonts/SourceSans3-SemiBold.ttf",
        "assets/icc/FOGRA39L_coated.icc",
        "assets/brand/mark.svg",
        "assets/fonts/BricolageGrotesque-ExtraBold.ttf",
    ],
)
def test_a_file_that_is_needed_is_missed(workspace: Workspace, file: str) -> None:
    workspace.path(file).unlink()
    assert file in {finding.what for finding in look(workspace) if finding.level == "missing"}


def test_a_damaged_profile_counts_as_missing(workspace: Workspace) -> None:
    path = workspace.path("assets/icc/FOGRA39L_coated.icc")
    path.write_bytes(path.read_bytes()[:5000])
    (finding,) = [one for one in look(workspace) if one.level == "missing"]
    assert "cut off" in finding.todo


def marked(workspace: Workspace, name: str, content: bytes) -> list[Concern]:
    """Return what the doctor says of a workspace whose mark is this file."""
    workspace.path(f"assets/brand/{name}").write_bytes(content)
    brand = workspace.path("profiles/brand.toml")
    text = brand.read_text(encoding="utf-8")
    brand.write_text(text.replace("assets/brand/mark.svg", f"assets/brand/{name}"), encoding="utf-8")
    return [one for one in look(workspace) if one.level == "missing"]


def pdf(content: bytes, pages: int = 1) -> bytes:
    target = io.BytesIO()
    with pikepdf.new() as made:
        for _ in range(pages):
            made.add_blank_page(page_size=(200, 100))
            made.pages[-1].obj.Contents = made.make_stream(content)
        made.save(target)
    return target.getvalue()


def raster(kind: str, mode: str = "RGB") -> bytes:
    target = io.BytesIO()
    Image.new(mode, (300, 300), 0).save(target, kind)
    return target.getvalue()


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("mark.pdf", pdf(b"1 0 0 rg 0 0 100 100 re f")),
        ("mark.png", raster("PNG")),
        # Inks that name no profile are taken by the press's.
        ("mark.jpg", raster("JPEG", "CMYK")),
    ],
)
def test_a_mark_of_any_kind_that_layouts_take_is_no_concern(
    workspace: Workspace, name: str, content: bytes
) -> None:
    assert marked(workspace, name, content) == []


@pytest.mark.parametrize(
    ("name", "content", "cure"),
    [
        ("mark.pdf", pdf(b"", pages=2), "save the one with the logo alone"),
        ("mark.pdf", b"%PDF-1.7 and nothing more", "export it again"),
        ("mark.png", raster("PNG")[:200], "get it again from its source"),
        ("mark.gif", raster("GIF"), "save it as PNG"),
        ("mark.eps", b"%!PS-Adobe-3.0 EPSF-3.0", "save it as SVG or PNG"),
    ],
)
def test_a_mark_of_any_kind_that_no_layout_takes_is_named(
    workspace: Workspace, name: str, content: bytes, cure: str
) -> None:
    (finding,) = marked(workspace, name, content)
    assert finding.what == f"assets/brand/{name}"
    assert cure in finding.todo


def test_a_mark_that_no_layout_takes_is_named_with_its_cure(workspace: Workspace) -> None:
    drawing = '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><text y="9">Bro</text></svg>'
    workspace.path("assets/brand/mark-white.svg").write_text(drawing)
    (finding,) = [one for one in look(workspace) if one.level == "missing"]
    assert finding.what == "assets/brand/mark-white.svg"
    assert "paths" in finding.todo


def test_a_past_date_is_worth_a_look(workspace: Workspace) -> None:
    past = [one.what for one in look(workspace, datetime.date(2030, 1, 1)) if one.area == "date"]
    assert "campaign recruitment: deadline = 2027-10-03 is past" in past
    assert {one.rpartition(" is ")[2] for one in past} == {"past"}
    before_all = datetime.date(2027, 1, 1)
    assert [one for one in look(workspace, before_all) if one.area == "date"] == []


def test_every_finding_says_what_to_do(workspace: Workspace) -> None:
    assert all(finding.todo and finding.what for finding in look(workspace))
    levels = [finding.level for finding in look(workspace)]
    assert levels == sorted(levels, key=["missing", "unconfirmed", "advice"].index)


def test_a_campaign_without_a_date_is_worth_a_look(workspace: Workspace) -> None:
    profiles = load_profiles(workspace)
    undated = profiles.campaigns["recruitment"].model_copy(update={"date": None})
    found = examine(workspace, replace(profiles, campaigns={"recruitment": undated}), TODAY)
    assert "campaign recruitment has no date" in {finding.what for finding in found}


def write(workspace: Workspace, file: str, old: str, new: str) -> None:
    path = workspace.path(file)
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_who_asks_for_a_missing_font_is_named(workspace: Workspace) -> None:
    workspace.path("assets/fonts/SourceSans3-SemiBold.ttf").unlink()
    (finding,) = [one for one in look(workspace) if one.level == "missing"]
    asked = finding.todo.partition("asked for by ")[2].split(", ")
    assert {"profiles/brand.toml", "fonts.strong", "templates/base/fonts.css"} <= set(asked)


@pytest.mark.parametrize(
    "rule", ['font-family: "Inter", serif', "font: 700 12pt/1.2 Inter", "font: 9pt 'Inter'"]
)
def test_a_family_that_nothing_declares_is_missed(workspace: Workspace, rule: str) -> None:
    path = workspace.path("templates/recruit/flyer-a5.css")
    path.write_text(f"{path.read_text('utf-8')}\n.x {{ {rule}; }}\n/* font-family: Arial */\n", "utf-8")
    (finding,) = [one for one in look(workspace) if one.level == "missing"]
    assert (finding.what, "asked for by templates/recruit/flyer-a5.css" in finding.todo) == ("Inter", True)


def test_a_design_that_no_committee_can_fill_in_is_told(workspace: Workspace) -> None:
    path = workspace.path("templates/about/template.toml")
    day = '[slots.day]\nkind = "date"\nlabel = "Dag"\nrequired = true\nsample = 2027-06-05\n'
    path.write_text(path.read_text(encoding="utf-8").replace("[slots.", f"{day}[slots.", 1), encoding="utf-8")
    (told,) = [one for one in look(workspace) if one.area == "ordering"]
    assert (told.level, told.what[:16]) == ("advice", "about: day: requ")
    path.write_text(path.read_text(encoding="utf-8").replace("2027-06-05", '2027-06-05\nedit = "committee"'))
    assert [one for one in look(workspace) if one.area == "ordering"] == []


def test_a_layout_of_an_unknown_format_and_a_code_without_a_box_are_told(workspace: Workspace) -> None:
    assert not [one for one in look(workspace) if "has no box" in one.what]
    write(workspace, "templates/base/macros.html", 'data-code="qr"', "")
    write(workspace, "templates/recruit/template.toml", "[layouts.flyer-a5]", "[layouts.flyer-a4]")
    told = {one.what for one in look(workspace) if one.area == "template"}
    assert "recruit: code 'qr' has no box in a page" in told
    assert "recruit: layouts.flyer-a4 is of no format" in told


def test_an_edition_that_was_used_before_is_told(workspace: Workspace) -> None:
    shutil.copy(
        workspace.path("profiles/campaigns/recruitment.toml"),
        workspace.path("profiles/campaigns/spring.toml"),
    )
    assert "campaign spring: edition 'r27' is that of recruitment too" in {
        one.what for one in look(workspace)
    }


def test_a_slot_of_the_communications_office_set_for_one_committee_is_told(workspace: Workspace) -> None:
    write(
        workspace,
        "profiles/campaigns/recruitment.toml",
        "[committee_slots.nu01]",
        '[committee_slots.nu01]\nheadline = "Bli med"',
    )
    (told,) = [one for one in look(workspace) if one.area == "slot"]
    assert told.what == "campaign recruitment: committee_slots.nu01 sets 'headline'"
    assert "the communications office" in told.todo
    assert "edit = 'committee' under [slots.headline] in templates/recruit/template.toml" in told.todo


def test_a_campaign_is_told_of_alone_from_either_side(workspace: Workspace) -> None:
    first = workspace.root / "profiles/campaigns/recruitment.toml"
    second = first.read_text().replace(
        "[committee_slots.nu03]", "[committee_slots.nu03]\nheadline = 'Bli med'"
    )
    (first.parent / "second.toml").write_text(second)
    profiles = load_profiles(workspace)
    for one, other in (("recruitment", "second"), ("second", "recruitment")):
        found = concerns(workspace, profiles, profiles.campaigns[one], datetime.date(2028, 1, 1))
        told = [finding.what for finding in found]
        assert told[0] == f"campaign {one}: deadline = 2027-10-03 is past"
        assert told[1] == f"campaign {one}: edition 'r27' is that of {other} too"
    assert told[2] == "campaign second: committee_slots.nu03 sets 'headline'"
