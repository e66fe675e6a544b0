import re
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pypdfium2
import pytest
from fontTools.ttLib import TTFont
from PIL import Image, ImageCms
from weasyprint import HTML

ROOT = Path(__file__).parent.parent
ASSETS = ROOT / "assets"
BRAND: dict[str, Any] = tomllib.loads((ROOT / "profiles/brand.toml").read_text("utf-8"))
COLORS = {key: color["srgb"] for key, color in BRAND["colors"].items()}
ILLUSTRATIONS = sorted((ASSETS / "illustrations").glob("nu*.svg"))
DRAWINGS = [*ILLUSTRATIONS, ASSETS / "illustrations/people.svg", *sorted((ASSETS / "brand").glob("*.svg"))]
FONTS = sorted((ASSETS / "fonts").glob("*.ttf"))
SHAPES = {"svg", "title", "g", "rect", "circle", "ellipse", "path"}
GEOMETRY = {"id", "transform", "d", "x", "y", "width", "height", "rx", "cx", "cy", "r", "ry", "viewBox"}
PAINT = {"fill", "stroke", "stroke-width", "stroke-linecap", "stroke-linejoin", "data-sky", "data-ground"}
PAINT |= {f"data-{name}" for name in ("ground-line", "landmark", "disc-x", "disc-y", "lens-crop", "from")}
PAINT |= {f"data-{name}" for name in ("left", "right", "top", "head", "skin", "hair", "head-radius")}
PAINT |= {"data-backdrop", "data-frame", "data-lens-only", "data-part"}
NORWEGIAN = "æøåÆØÅéèêëòóôäöüÄÖÜ"
SAMI = "áčđŋšŧžÁČĐŊŠŦŽ"
SIGNS = "–—«»“”‘’…×→·•°%&§€½−\u00a0\u00ad\u2011"
BASIC = "".join(chr(code) for code in range(0x20, 0x7F))

in_each_drawing = pytest.mark.parametrize("path", DRAWINGS, ids=lambda path: path.stem)
in_each_illustration = pytest.mark.parametrize("path", ILLUSTRATIONS, ids=lambda path: path.stem)
in_each_font = pytest.mark.parametrize("path", FONTS, ids=lambda path: path.stem)


def elements(path: Path) -> list[ElementTree.Element]:
    return list(ElementTree.parse(path).getroot().iter())


def picture(path: Path) -> Image.Image:
    css = "@page{size:240px 210px;margin:0} img{width:240px;height:210px;display:block} body{margin:0}"
    html = f"<style>{css}</style><img src='{path.as_uri()}'>"
    page = pypdfium2.PdfDocument(HTML(string=html).write_pdf())[0]
    return page.render(scale=4 / 3).to_pil().convert("RGB")


def test_every_committee_has_its_illustration() -> None:
    assert [path.stem for path in ILLUSTRATIONS] == [f"nu{number:02d}" for number in range(1, 11)]


@in_each_drawing
def test_a_drawing_is_plain_shapes_and_refers_to_nothing(path: Path) -> None:
    names = {element.tag.removeprefix("{http://www.w3.org/2000/svg}") for element in elements(path)}
    attributes = {name for element in elements(path) for name in element.attrib}
    assert names <= SHAPES
    assert attributes <= GEOMETRY | PAINT
    assert "url(" not in path.read_text("utf-8")


@in_each_drawing
def test_a_drawing_uses_brand_colours_and_white_only(path: Path) -> None:
    painted = {element.get(name) for element in elements(path) for name in ("fill", "stroke")}
    assert painted - {None, "none"} <= {*COLORS.values(), "#ffffff"}


@in_each_drawing
def test_ids_are_unique(path: Path) -> None:
    ids = [element.get("id") for element in elements(path) if element.get("id")]
    assert len(ids) == len(set(ids))


@in_each_illustration
def test_illustrations_share_one_scale_and_stay_small(path: Path) -> None:
    assert elements(path)[0].get("viewBox") == "-200 0 1600 1400"
    assert path.stat().st_size < 60_000


@in_each_illustration
def test_sky_and_ground_run_flat_along_the_edges(path: Path) -> None:
    root, image = elements(path)[0], picture(path)
    for name, row in (("data-sky", 0), ("data-sky", 50), ("data-ground", 170), ("data-ground", 208)):
        wanted = tuple(bytes.fromhex(COLORS[root.attrib[name]][1:]))
        assert {image.getpixel((x, row)) for x in range(1, 239)} == {wanted}


@in_each_illustration
def test_the_committee_names_the_illustrations_edges(path: Path) -> None:
    root = elements(path)[0]
    committee = tomllib.loads((ROOT / "profiles/committees" / f"{path.stem}.toml").read_text("utf-8"))
    assert committee["design"]["sky"] == root.get("data-sky")
    assert committee["design"]["ground"] == root.get("data-ground")


@in_each_font
def test_a_font_has_the_letters_and_signs_of_our_texts(path: Path) -> None:
    with TTFont(path) as font:
        missing = {sign for sign in BASIC + NORWEGIAN + SAMI + SIGNS if ord(sign) not in font.getBestCmap()}
    assert not missing


@in_each_font
def test_a_font_is_static_and_kerned_and_may_be_embedded(path: Path) -> None:
    with TTFont(path) as font:
        features = {record.FeatureTag for record in font["GPOS"].table.FeatureList.FeatureRecord}
        assert "kern" in features
        assert "fvar" not in font
        assert font["OS/2"].fsType == 0


@pytest.mark.parametrize(
    ("family", "weights"),
    [("Bricolage Grotesque", {600, 700, 800}), ("Source Sans 3", {400, 600, 700})],
)
def test_a_family_has_its_weights(family: str, weights: set[int]) -> None:
    found = set()
    for path in FONTS:
        with TTFont(path) as font:
            if font["name"].getBestFamilyName() == family:
                found.add(font["OS/2"].usWeightClass)
    assert found == weights


def test_no_two_brand_colours_look_the_same_on_screen() -> None:
    assert len(set(COLORS.values())) == len(COLORS) == 18


@pytest.mark.parametrize(
    ("paper", "profile", "limit"),
    [("coated", "FOGRA39L_coated.icc", 280), ("uncoated", "FOGRA29L_uncoated.icc", 260)],
)
def test_a_recipe_prints_as_its_screen_colour(paper: str, profile: str, limit: int) -> None:
    transform = ImageCms.buildTransform(
        str(ASSETS / "icc" / profile),
        ImageCms.createProfile("sRGB"),
        "CMYK",
        "RGB",
        ImageCms.Intent.RELATIVE_COLORIMETRIC,
        ImageCms.Flags.BLACKPOINTCOMPENSATION,
    )
    for key, color in BRAND["colors"].items():
        inks = tuple(round(ink * 2.55) for ink in color[paper])
        printed = ImageCms.applyTransform(Image.new("CMYK", (1, 1), inks), transform)
        assert printed is not None
        wanted = bytes.fromhex(color["srgb"][1:])
        assert sum(color[paper]) < limit
        assert max(abs(a - b) for a, b in zip(printed.tobytes(), wanted, strict=True)) <= 20, key


def test_the_readme_lists_every_file_and_no_other() -> None:
    text = (ASSETS / "README.md").read_text("utf-8")
    rows = "\n".join(line.split("|")[1] for line in text.splitlines() if line.startswith("| `"))
    listed = set(re.findall(r"`([^`]+)`", rows))
    files = {path.relative_to(ASSETS).as_posix() for path in ASSETS.rglob("*") if path.is_file()}
    assert listed == files - {"README.md"}
