"""Measure preflight in a warm process: CPU time, peak memory, and how cost grows with the elements of a page.

Run by `make bench-preflight`; each case has a process of its own, so that its peak memory is its own.
"""

import datetime
import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import partial
from io import BytesIO
from pathlib import Path
from statistics import median
from time import process_time

import numpy as np
import pikepdf
from PIL import Image, ImageFilter

from printkit.preflight import Specification, expected_of
from printkit.preflight.checks import check
from printkit.produce import Maker, Piece, Production
from printkit.profiles import Profiles, load_profiles
from printkit.units import pt
from printkit.workspace import Workspace

ROOT = Path(__file__).parents[1]
DATE = datetime.datetime(2027, 8, 16, tzinfo=datetime.UTC)
ROUNDS = 5
PATHS = (100, 1_000, 10_000, 100_000)
# case -> most milliseconds of CPU, most megabytes
LIMITS = {"flyer-a5 with photo": (400, 400), "rollup-85x200": (2000, 400)}
PHOTO_PPI = 300
# The presses whose variants of GWG 2022 ask most
SHEETS, LARGE = "offset-coated", "large-format"


def piece(form: str, site: str | None) -> bytes:
    """Return the press file of committee 7, whose address is the longest."""
    workspace = Workspace(ROOT)
    profiles = load_profiles(workspace)
    maker = Maker(Production(workspace, profiles, profiles.campaigns["recruitment"], DATE))
    press = profiles.formats[form].default_press
    return maker.make(Piece(f"nu07_recruit_{form}_nb", "recruit", "nu07", form, press, "nb", site)).pdf


def with_photo(data: bytes) -> bytes:
    """Return the file with a photograph over the whole bleed behind its first page's content."""
    with pikepdf.open(BytesIO(data)) as pdf:
        page = pdf.pages[0]
        x0, y0, x1, y1 = (float(edge) for edge in page.obj.BleedBox)
        size = round((x1 - x0) / 72 * PHOTO_PPI), round((y1 - y0) / 72 * PHOTO_PPI)
        page.obj.Resources.XObject = pikepdf.Dictionary({"/Photo": photo(pdf, size)})
        place = f"q {x1 - x0} 0 0 {y1 - y0} {x0} {y0} cm /Photo Do Q"
        page.contents_add(place.encode(), prepend=True)
        out = BytesIO()
        pdf.save(out, force_version="1.6", fix_metadata_version=False)
    return out.getvalue()


def photo(pdf: pikepdf.Pdf, size: tuple[int, int]) -> pikepdf.Stream:
    """Return soft noise as a CMYK JPEG: as hard to decode as a photograph."""
    noise = np.random.default_rng(1).integers(0, 160, (size[1], size[0], 4), np.uint8)
    picture = Image.frombytes("CMYK", size, noise.tobytes()).filter(ImageFilter.GaussianBlur(2))
    out = BytesIO()
    picture.save(out, "JPEG", quality=92, subsampling=0)
    stream = pdf.make_stream(out.getvalue(), Subtype=pikepdf.Name.Image, Filter=pikepdf.Name.DCTDecode)
    stream.Width, stream.Height = size
    stream.ColorSpace, stream.BitsPerComponent = pikepdf.Name.DeviceCMYK, 8
    return stream


def paths(count: int) -> bytes:
    """Return an A5 page of so many small paths."""
    pdf = pikepdf.new()
    page = pdf.add_blank_page(page_size=(pt(148 + 6), pt(210 + 6)))
    trim = (pt(3), pt(3), pt(151), pt(213))
    page.obj.TrimBox, page.obj.BleedBox = pikepdf.Array(trim), page.obj.MediaBox
    places = np.random.default_rng(2).integers(0, (400, 580), (count, 2))
    drawn = "\n".join(f"0 0 {x % 10 / 10} 1 k {x} {y} m {x + 9} {y} l {x + 5} {y + 7} l f" for x, y in places)
    page.contents_add(f"0 0 0 0 k 0 0 500 700 re f\n{drawn}".encode())
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def lines(count: int = 200_000) -> bytes:
    """Return an A5 page of lines that cross without a ground; a quarter has a width of its own."""
    pdf, dice = pikepdf.new(), np.random.default_rng(3)
    page = pdf.add_blank_page(page_size=(pt(148 + 6), pt(210 + 6)))
    page.obj.TrimBox, page.obj.BleedBox = pikepdf.Array([pt(3), pt(3), pt(151), pt(213)]), page.obj.MediaBox
    starts, runs = dice.uniform(0, (430, 610), (count, 2)), dice.uniform(-30, 30, (count, 2))
    widths = dice.uniform(0.1, 2, count)
    drawn = (
        f"{f'{widths[i]:.2f} w ' if i % 4 == 0 else ''}{x:.2f} {y:.2f} m {x + u:.2f} {y + v:.2f} l S"
        for i, ((x, y), (u, v)) in enumerate(zip(starts.tolist(), runs.tolist(), strict=True))
    )
    page.contents_add(("0 0 0 1 K\n" + "\n".join(drawn)).encode())
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def mixed(pages: int = 200) -> bytes:
    """Return pages of 440 elements each: texts, lines, clipped curves, pictures and forms."""
    pdf, dice = pikepdf.new(), np.random.default_rng(4)
    font = pdf.make_indirect(
        pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica,
            FirstChar=32, LastChar=126, Widths=pikepdf.Array([500] * 95),
        )
    )  # fmt: skip
    form = pdf.make_stream(
        "".join(f"0 0 0 {tint / 20} k {10 * tint} 0 8 8 re f " for tint in range(20)).encode(),
        Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form, BBox=pikepdf.Array([0, 0, 200, 8]),
    )  # fmt: skip
    objects = pikepdf.Dictionary(I=photo(pdf, (60, 40)), X=form)
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(pt(148 + 6), pt(210 + 6)))
        page.obj.TrimBox = pikepdf.Array([pt(3), pt(3), pt(151), pt(213)])
        page.obj.BleedBox = page.obj.MediaBox
        page.obj.Resources = pikepdf.Dictionary(Font=pikepdf.Dictionary(F=font), XObject=objects)
        page.contents_add("\n".join(_mixed(dice)).encode())
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


def _mixed(dice: np.random.Generator) -> Iterator[str]:
    yield "0.05 0 0 0 k 0 0 500 700 re f"
    for x, y in dice.uniform((30, 30), (250, 570), (200, 2)).tolist():
        yield f"BT /F {7 + round(x) % 5} Tf 1 0 0 1 {x:.2f} {y:.2f} Tm 0 0 0 1 k [(words of) -20 ({y})] TJ ET"
    for x, y in dice.uniform((30, 30), (350, 550), (75, 2)).tolist():
        yield f"q 1 0 0 1 {x:.2f} {y:.2f} cm 0 0 40 30 re W n {x / 400:.2f} 0 1 0 k"
        yield "0 0 m 10 30 20 -10 40 30 c 40 0 l h f Q"
        yield f"{x / 400:.2f} w {x:.2f} {y:.2f} m {x + 30:.2f} {y - 9:.2f} l S"
    for x, y in dice.uniform((30, 30), (200, 550), (4, 2)).tolist():
        yield f"q 14 0 0 9 {x:.2f} {y:.2f} cm /I Do Q q 1 0 0 1 {y / 3:.2f} {x:.2f} cm /X Do Q"


def squares(pages: int = 11, times: int = 100, count: int = 1_000) -> bytes:
    """Return pages that show one form of many squares again and again: 22 kB, 1.1 million elements."""
    pdf = pikepdf.new()
    drawn = "\n".join(f"{number % 40} {number // 40} 1 1 re f" for number in range(count))
    form = pdf.make_stream(drawn.encode(), Type=pikepdf.Name.XObject, Subtype=pikepdf.Name.Form)
    form.BBox = pikepdf.Array([0, 0, 440, 620])
    for _ in range(pages):
        page = pdf.add_blank_page(page_size=(pt(148 + 6), pt(210 + 6)))
        page.obj.TrimBox, page.obj.BleedBox = (
            pikepdf.Array([pt(3), pt(3), pt(151), pt(213)]),
            page.obj.MediaBox,
        )
        page.obj.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(X=form))
        page.contents_add(b"0.1 0 0 0 k 0 0 500 700 re f 0 0 0 1 k " + b"/X Do " * times)
    out = BytesIO()
    pdf.save(out)
    return out.getvalue()


MIXED = 87_000
# Elements a second of CPU for all rules, on one machine: before content was read once (lines: while overlaps
# were looked for one by one); and before paths were told apart by columns and pages drawn once
BEFORE = {
    "100000 paths": (9_400, 91_000), "1100000 squares": (17_600, 356_000), "200000 lines": (14_000, 65_000),
    f"{MIXED} on 200 pages": ("", 6_800),
}  # fmt: skip
CASES: dict[str, tuple[str, Callable[[], bytes]]] = {
    "flyer-a5": ("flyer-a5", lambda: piece("flyer-a5", "st-drammen")),
    "flyer-a5 with photo": ("flyer-a5", lambda: with_photo(piece("flyer-a5", "st-drammen"))),
    "poster-50x70": ("poster-50x70", lambda: piece("poster-50x70", "st-drammen")),
    "rollup-85x200": ("rollup-85x200", lambda: piece("rollup-85x200", "kp-stromso")),
    **{f"{count} paths": ("flyer-a5", partial(paths, count)) for count in PATHS},
    "1100000 squares": ("flyer-a5", squares),
    "200000 lines": ("flyer-a5", lines),
    f"{MIXED} on 200 pages": ("flyer-a5", mixed),
}


def measure(case: str, file: Path) -> dict[str, float]:
    """Check a file some times over in this process, once it is warm."""
    profiles: Profiles = load_profiles(Workspace(ROOT))
    form = profiles.formats[CASES[case][0]]
    press = LARGE if form.default_press == LARGE else SHEETS
    expected = expected_of(profiles, Specification(press=profiles.presses[press], format=form))
    data, spent = file.read_bytes(), []
    check(data, expected)
    for _ in range(ROUNDS):
        start = process_time()
        report = check(data, expected)
        spent.append(process_time() - start)
    return {"ms": median(spent) * 1000, "mb": peak_mb(), "rules": len(report.rules_run)}


def peak_mb() -> float:
    """Return the most memory this process has held; `ru_maxrss` would begin with that of its parent."""
    for line in Path("/proc/self/status").read_text().splitlines():
        if line.startswith("VmHWM"):
            return int(line.split()[1]) / 1024
    return float("nan")


def _speed(case: str, milliseconds: float) -> str:
    """Say how many elements are judged in a second of CPU, by all rules, and how many were before."""
    count = case.split()[0]
    if not count.isdigit():
        return ""
    first, before = BEFORE.get(case, ("", ""))
    return f"{int(count) / milliseconds * 1000:>12.0f}{before:>9}{first:>9}"


def main() -> int:
    """Print the table; 1 where a limit is passed."""
    print(
        f"{'case':<22}{'CPU ms':>8}{'peak MB':>9}{'rules':>7}{'elements/s':>12}{'before':>9}{'at first':>9}"
    )
    passed = True
    folder = Path(os.environ.get("TMPDIR", "/tmp"))
    for case, (_, make) in CASES.items():
        file = folder / f"printkit-bench-{os.getpid()}.pdf"
        file.write_bytes(make())
        try:
            run = subprocess.run([sys.executable, __file__, case, file], capture_output=True, check=True)
        finally:
            file.unlink()
        found = json.loads(run.stdout)
        print(
            f"{case:<22}{found['ms']:>8.0f}{found['mb']:>9.0f}{found['rules']:>7}{_speed(case, found['ms'])}"
        )
        most = LIMITS.get(case, (float("inf"), float("inf")))
        passed = passed and found["ms"] <= most[0] and found["mb"] <= most[1]
    print("all limits kept" if passed else "a limit is passed", file=sys.stderr)
    return 0 if passed else 1


if __name__ == "__main__":
    if len(sys.argv) > 2:
        print(json.dumps(measure(sys.argv[1], Path(sys.argv[2]))))
    else:
        sys.exit(main())
