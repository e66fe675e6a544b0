"""Check files in processes of their own, which a file that nobody vouches for may break."""

import base64
import os
from collections.abc import Callable, Iterable
from contextlib import suppress
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import TypeVar

from printkit.errors import system_words
from printkit.preflight.core.check import Step, check, gathered, steps
from printkit.preflight.core.findings import NotRun, Report, unreadable
from printkit.preflight.core.subject import Expected
from printkit.preflight.core.waive import waive
from printkit.preflight.report.checked import Brief, Checked, Shot
from printkit.preflight.report.inventory import Inventory, take_inventory
from printkit.preflight.rules import RULES
from printkit.profiles import CheckLimits
from printkit.raster.page import page_image
from printkit.raster.problem import PictureProblem
from printkit.units import PT_PER_INCH, pt
from printkit.words import Message
from printkit.work.untrusted import Ended, apart, each

T = TypeVar("T")

# Pictures are for finding a place on the page, not for judging it.
LONG_SIDE, QUALITY = 1100, 82
MOST_PICTURES = 24
MOST_PPI = 300.0
# With what the checks need beside it, a larger file would not fit in 2 GB of memory.
MOST_BYTES = 1_000_000_000


def examine(file: str, data: bytes, brief: Brief) -> Checked:
    """Return all that is said of a file's bytes; `file` is its path as given, its stem names the piece."""
    limits, piece = brief.expected.limits, file.replace("\\", "/").rpartition("/")[2].rpartition(".")[0]
    report = waive(_judged(data, brief.expected), brief.waivers, piece, brief.day)
    beside = limits and limits.model_copy(update={"last_seconds": limits.beside_seconds})
    inventory: Inventory | None = None
    shots: tuple[Shot, ...] = ()
    with suppress(Ended):
        inventory = _guarded(lambda: take_inventory(data, limits), beside)
        if brief.pictures and inventory:
            shots = _guarded(lambda: tuple(_shots(data, report, inventory)), beside)
    return Checked(file, sha256(data).hexdigest(), brief.gwg, report, inventory, shots)


def examine_file(file: Path, brief: Brief) -> Checked:
    """Return all that is said of a file; one that cannot be had or judged is unreadable, no exception."""
    data, name = b"", os.fsencode(file).decode("utf-8", "replace")
    try:
        # A pipe or a device may never end.
        if not file.is_file():
            return not_examined(name, Message("it is no file"), brief)
        if file.stat().st_size > MOST_BYTES:
            return not_examined(
                name, Message("the file is larger than %(most_bytes)g GB", most_bytes=MOST_BYTES / 1e9), brief
            )
        data = file.read_bytes()
        return examine(name, data, brief)
    except OSError as error:
        return not_examined(
            name, Message("the file cannot be read: %(strerror)s", strerror=system_words(error)), brief
        )


def _judged(data: bytes, expected: Expected) -> Report:
    """Check a file, in a process of its own where there are limits; what it told before it ended counts."""
    if expected.limits is None:
        return check(data, expected)
    done: list[Step] = []
    try:
        for step in each(lambda: steps(data, expected), expected.limits):
            done.append(step)
    except Ended as ended:
        told = {step.rule for step in done}
        done += [Step(rule, left=NotRun(rule, str(ended))) for rule in RULES if rule not in told]
    return gathered(done)


def _guarded(work: Callable[[], T], limits: CheckLimits | None) -> T:
    """Do the work in a process of its own where there are limits to hold it to; raise Ended."""
    return apart(work, limits) if limits else work()


def not_examined(file: str, why: str, brief: Brief) -> Checked:
    """Return what is said of a file whose bytes could not be had."""
    return Checked(file, None, brief.gwg, unreadable(why, RULES), None)


def _shots(data: bytes, report: Report, inventory: Inventory) -> Iterable[Shot]:
    """Show the pages that something is found on; the first page where nothing is."""
    marked = sorted({one.page for one in report.by_page if one.page is not None and one.box_mm is not None})
    for number in (marked or [1])[:MOST_PICTURES]:
        page = next((one for one in inventory.pages if one.page == number), None)
        if page is not None:
            x0, y0, x1, y1 = page.crop_mm
            long_side = max(pt(x1 - x0), pt(y1 - y0)) / page.user_unit
            try:
                yield _shot(data, number, min(LONG_SIDE * PT_PER_INCH / long_side, MOST_PPI))
            except (PictureProblem, ZeroDivisionError):
                continue


def _shot(data: bytes, page: int, dpi: float) -> Shot:
    image, packed = page_image(data, page, dpi), BytesIO()
    image.save(packed, "JPEG", quality=QUALITY, optimize=True)
    address = "data:image/jpeg;base64," + base64.b64encode(packed.getvalue()).decode("ascii")
    return Shot(page, image.width, image.height, address)
