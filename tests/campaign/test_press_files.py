"""Every press file of the campaign, read with other libraries than those that wrote it."""

import io
import subprocess
from collections import Counter
from pathlib import Path

import numpy
import numpy.typing
import pikepdf
import pypdfium2
import pytest
import zxingcpp
from PIL import Image

from tests.campaign.conftest import Made
from tests.campaign.scan import colour_spaces, dictionaries

pytestmark = pytest.mark.long

Plate = numpy.typing.NDArray[numpy.float64]

PT_PER_MM = 72 / 25.4
ALLOWED = {
    "content": {"/DeviceCMYK"},
    "shading": {"/DeviceCMYK"},
    "image": {"/DeviceCMYK", "/DeviceGray"},
    "group": {"/DeviceCMYK", "/DeviceGray"},
    "mask": {"/DeviceGray"},
}
MARKS = {"/Separation /All"}
INK_LIMIT_PERCENT = 300


def test_every_piece_is_made_and_none_is_held(made: Made) -> None:
    files = {path.relative_to(made.root).as_posix() for path in made.root.glob("press/*/*.pdf")}
    assert files == {piece["file"] for piece in made.pieces}
    assert len(files) == made.manifest["totals"]["pieces"] <= 150
    assert not (made.root / "held").exists()


def test_only_process_inks_stand_in_any_file(made: Made) -> None:
    for piece in made.pieces:
        with pikepdf.open(made.root / piece["file"]) as pdf:
            used = Counter(colour_spaces(pdf))
        wrong = [(role, space) for role, space in used if space not in ALLOWED[role] | MARKS]
        assert not wrong, piece["id"]
        assert used["content", "/DeviceCMYK"]


def test_every_font_is_embedded(made: Made) -> None:
    for piece in made.pieces:
        with pikepdf.open(made.root / piece["file"]) as pdf:
            descriptors = [one for one in dictionaries(pdf) if one.get("/Type") == "/FontDescriptor"]
            fonts = [one for one in dictionaries(pdf) if str(one.get("/Subtype")) in {"/Type1", "/TrueType"}]
            assert descriptors
            assert all("/FontFile2" in one or "/FontFile3" in one for one in descriptors), piece["id"]
            assert all("/FontDescriptor" in one for one in fonts), piece["id"]


def test_boxes_match_the_format_to_a_hundredth_of_a_millimetre(made: Made) -> None:
    for piece in made.pieces:
        with pikepdf.open(made.root / piece["file"]) as pdf:
            assert len(pdf.pages) == piece["pages"]
            for page in pdf.pages:
                trim, bleed, media = (
                    numpy.array([float(side) for side in box]) / PT_PER_MM
                    for box in (page.TrimBox, page.BleedBox, page.MediaBox)
                )
                assert abs(trim[2:] - trim[:2] - piece["trim_mm"]).max() < 0.01
                assert abs(abs(trim - bleed) - piece["bleed_mm"]).max() < 0.01
                assert abs(media - bleed).max() < 0.01
                assert not media[:2].any()


def test_one_intent_names_fogra39_at_the_registry(made: Made) -> None:
    for piece in made.pieces:
        with pikepdf.open(made.root / piece["file"]) as pdf:
            (intent,) = pdf.Root.OutputIntents
            assert (intent.S, intent.OutputConditionIdentifier) == ("/GTS_PDFX", "FOGRA39")
            assert intent.RegistryName == "http://www.color.org"
            assert intent.DestOutputProfile.read_bytes()[12:20] == b"prtrCMYK"


def test_files_stay_small(made: Made) -> None:
    most = {"flyer-a5": 3_000_000, "rollup-85x200": 60_000_000}
    sizes = [(piece["format"], (made.root / piece["file"]).stat().st_size) for piece in made.pieces]
    assert all(size < most.get(page, 60_000_000) for page, size in sizes)


def test_every_code_is_read_upright_at_its_place(made: Made) -> None:
    for piece in made.pieces:
        with pypdfium2.PdfDocument(made.root / piece["file"]) as document:
            for code in piece["qr"]:
                assert read_code(document[code["page"] - 1], piece["bleed_mm"], code["box_mm"]) == code["url"]
                assert code["decoded"] is True


def read_code(page: pypdfium2.PdfPage, bleed_mm: float, box_mm: list[float]) -> str:
    """Read a code from its own box at 4 pixels a millimetre or more; its corner pattern stands upper left."""
    around = max(2.0, 0.08 * (box_mm[2] - box_mm[0]))
    left, bottom, right, top = (value + bleed_mm for value in box_mm)
    width, height = (side / PT_PER_MM for side in page.get_size())
    crop = (left - around, bottom - around, width - right - around, height - top - around)
    scale = 600 / ((right - left + 2 * around) * PT_PER_MM)
    image = page.render(scale=scale, crop=tuple(side * PT_PER_MM for side in crop)).to_pil()
    (found,) = zxingcpp.read_barcodes(image)
    corner, right_corner = found.position.top_left, found.position.top_right
    assert (corner.x < 150, corner.y < 150, right_corner.x > 450) == (True, True, True)
    return str(found.text)


@pytest.fixture(scope="module")
def plates(made: Made, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[dict[str, Plate]]]:
    """Separate one piece of each format on Ghostscript, each page as four plates, 0 to 1 of full ink."""
    folder = tmp_path_factory.mktemp("plates")
    return {
        piece["format"]: tiffsep(
            made.root / piece["file"], folder / piece["format"], 100 if "a" in piece["format"] else 40
        )
        for piece in made.one_of_each()
    }


def tiffsep(file: Path, stem: Path, dpi: int) -> list[dict[str, Plate]]:
    call = [
        "gs",
        "-q",
        "-dBATCH",
        "-dNOPAUSE",
        "-dSAFER",
        "-sDEVICE=tiffsep",
        f"-r{dpi}",
        f"-sOutputFile={stem}-%d.tif",
    ]
    subprocess.run(
        [*call, "-dSimulateOverprint=true", str(file)], check=True, capture_output=True, timeout=300
    )
    pages = sorted(stem.parent.glob(f"{stem.name}-?.tif"))
    names = ("Cyan", "Magenta", "Yellow", "Black")
    return [{name: plate(page.with_name(f"{page.stem}({name}).tif")) for name in names} for page in pages]


def plate(file: Path) -> Plate:
    with Image.open(io.BytesIO(file.read_bytes())) as image:
        return 1 - numpy.asarray(image.convert("L"), float) / 255


def test_no_pixel_is_over_the_ink_limit(plates: dict[str, list[dict[str, Plate]]]) -> None:
    for page, sheets in plates.items():
        for sheet in sheets:
            assert numpy.sum(list(sheet.values()), axis=0).max() * 100 <= INK_LIMIT_PERCENT + 2, page


def test_black_text_is_on_the_black_plate_only(made: Made, plates: dict[str, list[dict[str, Plate]]]) -> None:
    """The back of the flyer carries black text on white paper: where K is full, no other ink is."""
    back = plates["flyer-a5"][1]
    full = back["Black"] > 0.95
    assert full.sum() > 2000
    for name in ("Cyan", "Magenta", "Yellow"):
        assert back[name][full].max() < 0.02
