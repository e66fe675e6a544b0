"""Pages with ink on them, and how much ink Ghostscript's tiffsep sees on each plate."""

import subprocess
import tomllib
from functools import lru_cache
from io import BytesIO
from pathlib import Path
from typing import Any

import numpy as np
import pikepdf
from pikepdf import Array, Dictionary, Name
from PIL import Image

from printkit.preflight import Expected, Requirements
from printkit.profiles import Gwg
from printkit.units import pt

ROOT = Path(__file__).parents[2]
FOGRA39 = ROOT / "assets/icc/FOGRA39L_coated.icc"
SIZE_MM = (75.0, 60.0)
WIDTH, HEIGHT = (pt(side) for side in SIZE_MM)
# 254 dots an inch make 150 on a square
SQUARE_MM = 15.0
DPI = 254


@lru_cache
def gwg() -> Gwg:
    text = (ROOT / "profiles/preflight/gwg-2022.toml").read_text(encoding="utf-8")
    return Gwg.model_validate(tomllib.loads(text))


def judged_by(variant: str = "sheetcmyk-cmyk") -> Expected:
    return Expected(gwg=Requirements(gwg(), variant))


def page(paint: str, fill: Any = None, **entries: Any) -> bytes:
    """Return a page of 75 x 60 mm; units are millimetres, and `fill` gives it what the content names."""
    with pikepdf.new() as pdf:
        pdf.add_blank_page(page_size=(WIDTH, HEIGHT))
        sheet = pdf.pages[0]
        sheet.Contents = pdf.make_stream(f"{pt(1)} 0 0 {pt(1)} 0 0 cm {paint}".encode())
        sheet.Resources = Dictionary() if fill is None else Dictionary(fill(pdf))
        for key, value in entries.items():
            sheet[f"/{key}"] = value
        out = BytesIO()
        pdf.save(out)
    return out.getvalue()


def spot(pdf: pikepdf.Pdf, name: str = "Orange") -> Array:
    tint = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0, 0, 0, 0], C1=[0, 0.6, 1, 0], N=1)
    return Array([Name.Separation, Name("/" + name), Name.DeviceCMYK, pdf.make_indirect(tint)])


def image(pdf: pikepdf.Pdf, data: bytes, size: tuple[int, int], **entries: Any) -> pikepdf.Stream:
    width, height = size
    common = {"Type": Name.XObject, "Subtype": Name.Image, "Width": width, "Height": height}
    return pikepdf.Stream(pdf, data, **{"BitsPerComponent": 8, **common, **entries})


def separated(pdf: bytes, folder: Path, *options: str) -> dict[str, Any]:
    """Return each plate as Ghostscript separates it: mean inks of the page's squares of 15 mm."""
    source = folder / "page.pdf"
    source.write_bytes(pdf)
    command = ["gs", "-q", "-dBATCH", "-dNOPAUSE", "-dSAFER", "-sDEVICE=tiffsep", f"-r{DPI}", *options]
    subprocess.run([*command, f"-o{folder}/plate.tif", str(source)], check=True, capture_output=True)
    plates = {path.stem[6:-1]: path for path in folder.glob("plate(*).tif")}
    return {name: squares(255 - np.asarray(Image.open(path)), 150) for name, path in plates.items()}


def squares(inked: Any, side: int) -> Any:
    """Return the mean ink (0 to 1) of squares of so many pixels, from the page's upper left corner on."""
    rows, columns = (round(length / SQUARE_MM) for length in reversed(SIZE_MM))
    cut = inked[: rows * side, : columns * side].astype(float)
    return cut.reshape(rows, side, columns, side).mean(axis=(1, 3)) / 255


def with_intent(pdf: bytes) -> bytes:
    """Return a file with FOGRA39 as its output intent."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        profile = opened.make_stream(FOGRA39.read_bytes(), N=4)
        intent = Dictionary(Type=Name.OutputIntent, S=Name.GTS_PDFX, DestOutputProfile=profile)
        opened.Root.OutputIntents = Array([intent])
        out = BytesIO()
        opened.save(out)
    return out.getvalue()
