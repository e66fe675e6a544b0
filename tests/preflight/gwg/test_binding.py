"""GWG 2022: colour spaces of images and of other elements, and blend spaces."""

from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from tests.preflight.gwg_pages import image, judged, profile, separation, sheets, tint

EARLY, BETWEEN, LATE = "sheetcmyk-cmyk", "sheetcmyk-cmyk-plus-rgb", "large-format-print"
RULES = {"R0027": EARLY, "R0028": BETWEEN, "R0029": LATE}
Make = Callable[[pikepdf.Pdf], Any]
POINT = Dictionary(WhitePoint=[0.96, 1, 0.82])
SPACES: dict[str, Make] = {
    "gray": lambda pdf: Name.DeviceGray,
    "rgb": lambda pdf: Name.DeviceRGB,
    "cmyk": lambda pdf: Name.DeviceCMYK,
    "calgray": lambda pdf: Array([Name.CalGray, POINT]),
    "calrgb": lambda pdf: Array([Name.CalRGB, POINT]),
    "lab": lambda pdf: Array([Name.Lab, POINT]),
    "icc1": lambda pdf: profile(pdf, 1),
    "icc3": lambda pdf: profile(pdf, 3),
    "icc4": lambda pdf: profile(pdf, 4),
    "spot": lambda pdf: separation(pdf, "Gold"),
    "spot-on-rgb": lambda pdf: Array([Name.Separation, Name.Gold, Name.DeviceRGB, tint(pdf, 1, 0, 0)]),
    "spot-on-icc4": lambda pdf: Array([Name.Separation, Name.Gold, profile(pdf, 4), tint(pdf, 1, 0, 0, 0)]),
    "spot-on-calrgb": lambda pdf: Array(
        [Name.Separation, Name.Gold, Array([Name.CalRGB, POINT]), tint(pdf, 1, 0, 0)]
    ),
    "indexed-spot": lambda pdf: Array([Name.Indexed, SPACES["spot-on-rgb"](pdf), 1, bytes(2)]),
    "device-n": lambda pdf: Array(
        [Name.DeviceN, Array([Name.Gold]), Array([Name.Lab, POINT]), tint(pdf, 50, 0, 0)]
    ),
    "indexed-rgb": lambda pdf: Array([Name.Indexed, Name.DeviceRGB, 1, bytes(6)]),
    "indexed-cmyk": lambda pdf: Array([Name.Indexed, Name.DeviceCMYK, 1, bytes(8)]),
}
SIZES = {"gray": 1, "rgb": 3, "cmyk": 4, "calgray": 1, "calrgb": 3, "lab": 3, "icc1": 1, "icc3": 3, "icc4": 4}
MEANT = "rgb calgray calrgb lab icc1 icc3 icc4 indexed-rgb"
# What a spot colour falls back to counts, Lab apart
BETWEEN_ALTERNATES, LATE_ALTERNATES = "spot-on-rgb indexed-spot spot-on-icc4", "spot-on-rgb indexed-spot"
# Which spaces break a rule: as an image's, as that of line work
BROKEN = {
    "R0027": (f"{MEANT} {BETWEEN_ALTERNATES} spot-on-calrgb",) * 2,
    "R0028": (
        f"rgb calgray icc1 icc4 indexed-rgb {BETWEEN_ALTERNATES}",
        f"{MEANT} {BETWEEN_ALTERNATES}",
    ),
    "R0029": (
        f"rgb calgray icc1 indexed-rgb {LATE_ALTERNATES}",
        f"rgb calgray calrgb icc1 icc4 indexed-rgb {LATE_ALTERNATES}",
    ),
}


def painted(space: str) -> bytes:
    zeros = "0 " * SIZES.get(space, 1)
    resources = lambda pdf: {"/ColorSpace": Dictionary(S=SPACES[space](pdf))}  # noqa: E731
    return sheets(f"/S cs {zeros} scn 20 20 50 50 re f", resources=resources)


def pictured(space: str, defaults: dict[str, Make] | None = None) -> bytes:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        found = {key: make(pdf) for key, make in (defaults or {}).items()}
        picture = image(pdf, 20, 20, ColorSpace=SPACES[space](pdf))
        return {"/XObject": Dictionary(I=picture), "/ColorSpace": Dictionary(**found)}

    return sheets("50 0 0 50 50 50 cm /I Do", resources=resources)


@pytest.mark.parametrize("space", SPACES)
@pytest.mark.parametrize("rule", RULES)
def test_every_space_of_images_and_of_line_work(rule: str, space: str) -> None:
    images, others = (space in names.split() for names in BROKEN[rule])
    assert [one.severity for one in judged(pictured(space), rule, RULES[rule])] == ["error"] * images
    assert [one.severity for one in judged(painted(space), rule, RULES[rule])] == ["error"] * others


def test_what_is_found_is_named() -> None:
    assert judged(pictured("icc1"), "R0029", LATE)[0].message == "an image in ICCBased grey"
    assert judged(painted("rgb"), "R0028", BETWEEN)[0].message == "line work in DeviceRGB"
    told = judged(painted("spot-on-icc4"), "R0028", BETWEEN)[0].message
    assert told == "line work in a spot colour that falls back to ICCBased CMYK"


@pytest.mark.parametrize(
    ("space", "default", "found"),
    [
        ("rgb", {"DefaultRGB": SPACES["icc3"]}, (1, 0, 0)),
        ("rgb", {"DefaultRGB": SPACES["calrgb"]}, (1, 0, 0)),
        ("indexed-rgb", {"DefaultRGB": SPACES["icc3"]}, (1, 0, 0)),
        ("gray", {"DefaultGray": SPACES["icc1"]}, (1, 1, 1)),
        ("cmyk", {"DefaultCMYK": SPACES["icc4"]}, (1, 1, 0)),
        ("cmyk", {"DefaultRGB": SPACES["icc3"]}, (0, 0, 0)),
    ],
)
def test_a_default_stands_for_its_device_space(
    space: str, default: dict[str, Make], found: tuple[int, ...]
) -> None:
    pdf = pictured(space, default)
    assert tuple(len(judged(pdf, rule, variant)) for rule, variant in RULES.items()) == found


def test_stencils_and_gradients_are_no_images() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0], C1=[1, 1, 1], N=1)
        shading = Dictionary(
            ShadingType=2, ColorSpace=SPACES["icc3"](pdf), Coords=[0, 0, 9, 0], Function=ramp
        )
        pattern = Dictionary(PatternType=2, Shading=shading)
        return {
            "/XObject": Dictionary(I=image(pdf, 20, 20, 1, ImageMask=True)),
            "/ColorSpace": Dictionary(S=SPACES["icc3"](pdf)),
            "/Pattern": Dictionary(P=pattern),
            "/Shading": Dictionary(Sh=shading),
        }

    paints = [
        "/S cs 0 0 0 scn 50 0 0 50 50 50 cm /I Do", "/Pattern cs /P scn 20 20 50 50 re f", "/Sh sh",
    ]  # fmt: skip
    found = judged(sheets(*paints, resources=resources), "R0028", BETWEEN)
    assert [(one.page, one.message) for one in found] == [
        (1, "an image in ICCBased RGB"), (2, "line work in ICCBased RGB"), (3, "a gradient in ICCBased RGB"),
    ]  # fmt: skip


def test_names_in_a_form_are_looked_up_in_the_form() -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        form = pdf.make_stream(b"50 0 0 50 50 50 cm BI /W 1 /H 1 /BPC 8 /CS /C ID abc EI")
        form.Subtype, form.BBox = Name.Form, Array([0, 0, 200, 200])
        form.Resources = Dictionary(ColorSpace=Dictionary(C=Array([Name.CalRGB, POINT])))
        return {"/XObject": Dictionary(F=form)}

    found = judged(sheets("/F Do", resources=resources), "R0027", EARLY)
    assert [one.message for one in found] == ["an image in CalRGB"]


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ("0 50 10 50", 0), ("0 50 11 50", 1), ("190 50 9 50", 0), ("189 50 9 50", 1),
        ("50 0 50 10", 0), ("50 0 50 11", 1), ("50 190 50 9", 0), ("50 189 50 9", 1),
    ],
)  # fmt: skip
def test_colours_outside_the_trim_do_not_count_on_any_edge(box: str, found: int) -> None:
    assert len(judged(sheets(f"1 0 0 rg {box} re f"), "R0027", EARLY)) == found


def test_the_same_is_told_once_with_how_often_and_on_which_pages() -> None:
    pdf = sheets("1 0 0 rg 20 20 9 9 re f 40 20 9 9 re f", "1 0 0 RG 20 20 9 9 re S")
    assert [(one.page, one.count, one.pages) for one in judged(pdf, "R0027", EARLY)] == [(1, 3, (1, 2))]


def grouped(space: Make | None, *, mask: str = "", nested: bool = False) -> bytes:
    """Return a page with a transparency group, in a soft mask of the kind given, if any."""

    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        group = Dictionary(S=Name.Transparency, **({"CS": space(pdf)} if space else {}))
        form = pdf.make_stream(b"0 g 20 20 50 50 re f")
        form.Subtype, form.BBox, form.Group = Name.Form, Array([0, 0, 200, 200]), group
        if nested:
            outer = pdf.make_stream(b"/F Do")
            outer.Subtype, outer.BBox = Name.Form, Array([0, 0, 200, 200])
            outer.Group = Dictionary(S=Name.Transparency)
            outer.Resources = Dictionary(XObject=Dictionary(F=form))
            form = outer
        if not mask:
            return {"/XObject": Dictionary(F=form)}
        state = Dictionary(SMask=Dictionary(S=Name("/" + mask), G=form))
        return {"/ExtGState": Dictionary(M=state)}

    return sheets("/M gs 0 0 0 1 k 20 20 50 50 re f" if mask else "/F Do", resources=resources)


@pytest.mark.parametrize(
    ("space", "name"),
    [("rgb", "DeviceRGB"), ("gray", "DeviceGray"), ("icc4", "ICCBased CMYK"), ("icc3", "ICCBased RGB")],
)
def test_groups_are_blended_in_device_cmyk(space: str, name: str) -> None:
    found = judged(grouped(SPACES[space]), "R0030", EARLY)
    assert [one.message for one in found] == [f"transparency is blended in {name}"]
    assert judged(grouped(SPACES["cmyk"]), "R0030", EARLY) == judged(grouped(None), "R0030", EARLY) == []


def test_a_page_s_own_group_is_told_with_the_page() -> None:
    def change(pdf: pikepdf.Pdf) -> None:
        pdf.pages[1].Group = Dictionary(S=Name.Transparency, CS=Name.DeviceRGB)

    assert [one.page for one in judged(sheets("", "", change=change), "R0030", LATE)] == [2]


@pytest.mark.parametrize(
    ("mask", "space", "found"),
    [("Luminosity", "gray", 0), ("Alpha", "gray", 1), ("Luminosity", "rgb", 1), ("Luminosity", "cmyk", 0)],
)
@pytest.mark.parametrize("nested", [False, True])
def test_a_luminosity_mask_may_be_grey(mask: str, space: str, found: int, nested: bool) -> None:
    assert len(judged(grouped(SPACES[space], mask=mask, nested=nested), "R0030", EARLY)) == found
