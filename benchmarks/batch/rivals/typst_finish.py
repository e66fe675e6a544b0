"""Typst with one compiler, then pikepdf to sound PDF/X-4 form: no checks, one process, one loop.

`python -m benchmarks.batch.rivals.typst_finish WORKSPACE OUT [given]`; with `given` all codes have one mask.
"""

import sys
from io import BytesIO
from pathlib import Path

import typst
from fontTools.pens.recordingPen import RecordingPen
from fontTools.svgLib import SVGPath
from PIL import Image, ImageCms

from benchmarks.batch.rivals.finish import Finish
from benchmarks.batch.rivals.sheet import Given, file_of
from benchmarks.batch.rivals.symbol import GIVEN, modules, runs

PROFILE = "assets/icc/FOGRA39L_coated.icc"
PHOTO, MARK, FONTS = "assets/photos/river.jpg", "assets/brand/mark.svg", "assets/fonts"
FLYER = Path(__file__).with_name("flyer.typ")
QUALITY = 92
# path operators -> Typst's
CURVES = {"moveTo": "move", "lineTo": "line", "qCurveTo": "quad", "curveTo": "cubic"}


def main(workspace: Path, out: Path, mask: int | None) -> None:
    """Write every piece."""
    given = Given.read(workspace)
    desk = out / ".typst"
    desk.mkdir(parents=True)
    profile = (workspace / PROFILE).read_bytes()
    (desk / "photo.jpg").write_bytes(in_inks((workspace / PHOTO).read_bytes(), profile))
    (desk / "mark.typ").write_text(mark((workspace / MARK).read_text("utf-8")), "utf-8")
    (desk / "flyer.typ").write_text(placed(given.code), "utf-8")
    compiler = typst.Compiler(desk / "flyer.typ", font_paths=[workspace / FONTS], ignore_system_fonts=True)
    finish = Finish(profile)
    for piece in given.pieces:
        (desk / "code.typ").write_text(code(piece["url"], given.code["wide"], mask), "utf-8")
        said = {**given.fixed, **piece}
        pdf = compiler.compile(sys_inputs=said, pdf_standards=["1.6"], pdf_tags=False)
        assert isinstance(pdf, bytes)
        file = file_of(out, piece)
        file.parent.mkdir(exist_ok=True)
        file.write_bytes(finish(pdf, piece["title"]))


def in_inks(data: bytes, profile: bytes) -> bytes:
    """Return an sRGB JPEG as CMYK, once for all pieces; Typst takes it as it is."""
    with Image.open(BytesIO(data)) as picture:
        inks = ImageCms.profileToProfile(
            picture,
            ImageCms.createProfile("sRGB"),
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
            outputMode="CMYK",
            flags=ImageCms.Flags.BLACKPOINTCOMPENSATION,
        )
    out = BytesIO()
    assert inks is not None
    inks.info.pop("icc_profile", None)
    inks.save(out, "JPEG", quality=QUALITY, subsampling=0)
    return out.getvalue()


def placed(code: dict[str, float]) -> str:
    """Return the flyer with the measures of its code."""
    text = FLYER.read_text("utf-8")
    wide = code["wide"] + 2 * code["quiet"]
    for name, value in (("WIDE", wide), ("HIGH", wide + code["line"]), ("QUIET", code["quiet"])):
        text = text.replace(f"{name}mm", f"{value:.4f}mm")
    return text


def mark(svg: str) -> str:
    """Return the logo's paths as one curve of Typst."""
    pen = RecordingPen()
    SVGPath.fromstring(svg.encode()).draw(pen)
    parts = []
    for operator, points in pen.value:
        if operator in CURVES:
            parts.append(f"curve.{CURVES[operator]}({', '.join(f'at({x:g}, {y:g})' for x, y in points)})")
        else:
            parts.append('curve.close(mode: "straight")')
    head = "#let at(x, y) = (x * 6mm / 240, y * 6mm / 240)\n"
    return f"{head}#curve(fill: cmyk(40%, 20%, 20%, 60%), {', '.join(parts)})\n"


def code(url: str, wide: float, mask: int | None) -> str:
    """Return a code as one curve: each run of dark modules is a line as thick as a module."""
    rows = modules(url, mask)
    side = wide / len(rows)
    at = [f"{column * side:.3f}mm" for column in range(len(rows) + 1)]
    middle = [f"{(row + 0.5) * side:.3f}mm" for row in range(len(rows))]
    drawn = ",".join(
        f"m(({at[x]},{middle[y]})),l(({at[x + length]},{middle[y]}))" for x, y, length in runs(rows)
    )
    ink = f"stroke:{side:.4f}mm+cmyk(0%,0%,0%,100%)"
    return f"#let l=curve.line\n#let m=curve.move\n#curve({ink},{drawn})"


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]), GIVEN if sys.argv[3:] == ["given"] else None)
