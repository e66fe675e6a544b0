"""GWG 2022 by the definitions of its workbook."""

from pathlib import Path

from tests.cases.registry import case
from tests.cases.sound import LARGE, PACK, SPOT, told
from tests.preflight.matrix.base import Draft, draft
from tests.preflight.matrix.cases_colour import ONE, TWO, fallen, spots, tint
from tests.preflight.matrix.cases_image import logo
from tests.preflight.matrix.cases_steps import CREASE, beside, marked
from tests.preflight.matrix.cases_steps import CUT as CUT_LAYER
from tests.preflight.matrix.objects import BLACK, WHITE, block, inks, on_step, space, spot, text

RGB_FALLBACK = f"[/Separation /Orange /DeviceRGB {tint('1 0.5 0').replace('0 0 0 0', '1 1 1')}]"


@case("preflight/r0009-devicegray-text")
def grey_text(_: Path) -> None:
    """Text of 10 pt in DeviceGray 0 over a tint breaks R0011 only: R0009 does not apply to DeviceGray."""
    assert told(draft(text(10, "0 g"))) == {"R0011"}


@case("preflight/r0009-fill-black-stroke-white")
def black_filled(_: Path) -> None:
    """Text filled black and stroked white breaks R0009: each paint is judged by itself."""
    assert told(draft(text(10, f"2 Tr {BLACK} {WHITE.upper()}"))) == {"R0009"}


@case("preflight/r0016-white-fill-black-stroke")
def white_filled(_: Path) -> None:
    """Text of 6 pt filled white and stroked black breaks R0016, which asks for the fill colour only."""
    assert "R0016" in told(draft(text(6, f"2 Tr {WHITE} {BLACK.upper()}")))
    assert "R0016" not in told(draft(text(6, f"2 Tr {BLACK} {WHITE.upper()}")))


@case("preflight/r0015-spot-not-process")
def spot_in_rich_black(_: Path) -> None:
    """Process inks of 240 % and a full spot colour keep R0015: spot colours do not count."""
    five = inks("Five", "Cyan", "Magenta", "Yellow", "Black", "Orange")
    assert told(draft(text(20, "/Five cs 0.6 0.6 0.2 1 1 scn"), five), SPOT) == {"R0020"}
    assert "R0015" in told(draft(text(20, "/Five cs 0.9 0.9 0.2 1 0 scn"), five), SPOT)


@case("preflight/r0015-stroke-only-rich")
def stroked_rich_black(_: Path) -> None:
    """Text that is stroked in 400 % and not filled keeps R0015, which looks at the fill colour."""
    assert told(draft(text(20, "1 Tr 4 w 1 1 1 1 K"))) == set()


@case("preflight/r0020-dieline-step")
def dieline(_: Path) -> None:
    """A spot colour for nothing but a line on a layer of Structural/Cutting is no spot colour in print."""
    line, ink = "/S0 CS 1 SCN 18 110 m 60 110 l S", spot("S0", "CutContour")
    assert told(draft(on_step(line), ink)) == set()
    assert told(draft(f"q {line} Q", ink)) == {"R0020"}


def _fallback(value: str) -> Draft:
    return draft(block("/P cs 0.4 scn"), space("P", value))


@case("preflight/r0027-spot-alternate-icc-rgb")
def fallback_icc_rgb(_: Path) -> None:
    """A spot colour that falls back to RGB with a profile breaks R0027: alternate spaces count."""
    assert told(_fallback(fallen("ICC RGB")), SPOT) == {"R0027"}


@case("preflight/r0027-spot-alternate-icc-gray")
def fallback_icc_grey(_: Path) -> None:
    """A spot colour that falls back to grey with a profile breaks R0027."""
    assert told(_fallback(fallen("ICC grey")), SPOT) == {"R0027"}


@case("preflight/r0027-spot-alternate-device-rgb")
def fallback_rgb(_: Path) -> None:
    """A spot colour that falls back to DeviceRGB breaks R0027, beside x4/colour."""
    assert told(_fallback(RGB_FALLBACK), SPOT) == {"R0001", "R0020", "R0027", "x4/colour"}


@case("preflight/r0029-path-icc-cmyk")
def line_work_in_icc_cmyk(_: Path) -> None:
    """Line work in CMYK with a profile breaks R0029, which allows that for images only."""
    drawn = draft(block("/P cs 0 0.2 0.4 0 scn"), space("P", "icc:FOGRA29L_uncoated.icc"))
    assert told(drawn, LARGE) == {"R0029"}


@case("preflight/r0029-spot-alternate-device-rgb")
def late_fallback_rgb(_: Path) -> None:
    """A spot colour that falls back to DeviceRGB breaks R0029, beside x4/colour."""
    assert told(_fallback(RGB_FALLBACK), LARGE) == {"R0001", "R0029", "x4/colour"}


def _named(one: str, other: str) -> set[str]:
    pair = spots((one.replace(" ", "#20"), ONE), (other.replace(" ", "#20"), TWO))
    return told(pair, SPOT) - {"R0020"}


@case("preflight/r0021-XGC-C")
def listed_suffix(_: Path) -> None:
    """PANTONE 151 XGC and 151 C are one colour: XGC is in the list of R0021."""
    assert _named("PANTONE 151 XGC", "PANTONE 151 C") == {"R0021"}


@case("preflight/r0021-TPG-C")
def unlisted_suffix_tpg(_: Path) -> None:
    """PANTONE 151 TPG is not compared: TPG is not in the list of R0021."""
    assert _named("PANTONE 151 TPG", "PANTONE 151 C") == set()


@case("preflight/r0021-CVP-C")
def unlisted_suffix_cvp(_: Path) -> None:
    """PANTONE 151 CVP is not compared: CVP is not in the list of R0021."""
    assert _named("PANTONE 151 CVP", "PANTONE 151 C") == set()


@case("preflight/r0021-151-C")
def no_suffix(_: Path) -> None:
    """PANTONE 151 is not compared with 151 C: only names that both end in a suffix are."""
    assert _named("PANTONE 151", "PANTONE 151 C") == set()


@case("preflight/r1002-CuttingCreasing")
def cutting_and_creasing(_: Path) -> None:
    """A step Structural/CuttingCreasing does not satisfy R1002: only Creasing and ReverseCreasing do."""
    assert told(marked(CREASE, "Structural/CuttingCreasing"), PACK) == {"R1002"}
    assert told(marked(CREASE, "Structural/ReverseCreasing"), PACK) == set()


@case("preflight/r1001-flexible-with-creasing")
def flexible_with_creasing(_: Path) -> None:
    """Flexible packaging needs a step of cutting and must have none of creasing: R1001 twice."""
    creased = draft("", *marked(CUT_LAYER, "Structural/Gluing").changes, beside("Structural/Creasing"))
    assert "R1001" in told(creased, "flexible")
    assert told(draft("", beside("Structural/Creasing")), "flexible") == {"R1001"}
    assert told(draft("", beside("Structural/Gluing")), "flexible") == set()


@case("preflight/r0033-small-logo")
def small_logo(_: Path) -> None:
    """A page with nothing but a logo of an inch at 300 ppi is no rasterised page."""
    assert told(logo(300), PACK) == set()
