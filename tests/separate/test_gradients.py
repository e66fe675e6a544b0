import struct
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from printkit.color import PressColor
from printkit.errors import RenderError
from printkit.separate.functions import read_function

Separated = Callable[..., Pdf]
FJORD, FJORD_INKS = [0x0F / 255, 0x42 / 255, 0x52 / 255], [0.95, 0.45, 0.35, 0.55]
SKY, SKY_INKS = [0x5C / 255, 0x9E / 255, 0xB8 / 255], [0.62, 0.22, 0.2, 0.0]


def _run(first: list[float], last: list[float], power: float = 1) -> Dictionary:
    return Dictionary(FunctionType=2, Domain=[0, 1], C0=first, C1=last, N=power)


def _axial(function: Any, space: Any = Name.DeviceRGB, **entries: Any) -> Dictionary:
    return Dictionary(
        ShadingType=2,
        ColorSpace=space,
        Coords=[0, 0, 200, 0],
        Extend=[True, False],
        Function=function,
        **entries,
    )


def _made(separated: Separated, shading: Dictionary) -> Any:
    return separated(b"/S sh", Shading=Dictionary(S=shading)).pages[0].Resources.Shading.S


def test_between_brand_colours_the_recipes_are_interpolated(separated: Separated) -> None:
    made = _made(separated, _axial(_run(FJORD, SKY)))
    assert made.ColorSpace == Name.DeviceCMYK
    assert [float(v) for v in made.Function.C0] == FJORD_INKS
    assert [float(v) for v in made.Function.C1] == SKY_INKS
    assert made.Function.N == 1


def test_pace_of_a_run_stays(separated: Separated) -> None:
    made = _made(separated, _axial(_run(FJORD, SKY, 3.333)))
    assert float(made.Function.N) == 3.333


def test_other_runs_follow_the_profile(separated: Separated, press: PressColor) -> None:
    made = _made(separated, _axial(_run([0.8, 0.3, 0.2], [0.2, 0.5, 0.4])))
    function = read_function(made.Function)
    for share in (0, 0.25, 0.5, 1):
        rgb = (0.8 - 0.6 * share, 0.3 + 0.2 * share, 0.2 + 0.2 * share)
        assert function([share]) == pytest.approx(press.solid(*rgb), abs=0.01)


def test_ends_of_a_run_are_exact(separated: Separated, press: PressColor) -> None:
    function = read_function(_made(separated, _axial(_run(FJORD, [0.8, 0.3, 0.2]))).Function)
    assert function([0]) == pytest.approx(FJORD_INKS, abs=1e-5)
    assert function([1]) == pytest.approx(press.solid(0.8, 0.3, 0.2), abs=1e-5)


def test_hard_stop_stays_hard(separated: Separated) -> None:
    stitched = Dictionary(
        FunctionType=3, Domain=[0, 1], Bounds=[0.5], Encode=[0, 1, 0, 1],
        Functions=[_run(FJORD, FJORD), _run(SKY, SKY)],
    )  # fmt: skip
    function = read_function(_made(separated, _axial(stitched)).Function)
    assert function([0.4999]) == pytest.approx(FJORD_INKS)
    assert function([0.5]) == pytest.approx(SKY_INKS)


def test_geometry_extension_box_and_background_stay(separated: Separated) -> None:
    made = _made(separated, _axial(_run(SKY, SKY), BBox=[1, 2, 3, 4], Background=FJORD))
    assert (list(made.Coords), list(made.Extend), list(made.BBox)) == (
        [0, 0, 200, 0], [True, False], [1, 2, 3, 4],
    )  # fmt: skip
    assert [float(v) for v in made.Background] == FJORD_INKS


def test_grey_run_is_black_ink(separated: Separated) -> None:
    function = read_function(_made(separated, _axial(_run([0], [1]), Name.DeviceGray)).Function)
    assert function([0]) == [0, 0, 0, 1]
    assert function([1]) == [0, 0, 0, 0]
    assert function([0.5])[:3] == [0, 0, 0]


def test_shading_pattern(separated: Separated) -> None:
    pattern = Dictionary(PatternType=2, Matrix=[2, 0, 0, 2, 5, 5], Shading=_axial(_run(FJORD, SKY)))
    page = separated(b"/Pattern cs /P scn 0 0 9 9 re f", Pattern=Dictionary(P=pattern)).pages[0]
    made = page.Resources.Pattern.P
    assert (made.Shading.ColorSpace, list(made.Matrix)) == (Name.DeviceCMYK, [2, 0, 0, 2, 5, 5])


def test_sampled_function_is_sampled_again(separated: Separated, pdf: Pdf, press: PressColor) -> None:
    entries = {"FunctionType": 0, "Domain": [0, 1], "Range": [0, 1] * 3, "Size": [2], "BitsPerSample": 8}
    sampled = pdf.make_stream(bytes([204, 77, 51, 51, 128, 102]), **entries)
    function = read_function(_made(separated, _axial(sampled)).Function)
    assert function([1]) == pytest.approx(press.solid(0.2, 128 / 255, 0.4), abs=1e-4)


def test_one_function_a_channel(separated: Separated, press: PressColor) -> None:
    channels = Array([_run([0.8], [0.2]), _run([0.3], [0.5]), _run([0.2], [0.4])])
    function = read_function(_made(separated, _axial(channels)).Function)
    assert function([0]) == pytest.approx(press.solid(0.8, 0.3, 0.2), abs=1e-4)


def test_kinds_that_cannot_be_separated_are_named(separated: Separated) -> None:
    with pytest.raises(RenderError, match="type 1 cannot be separated"):
        _made(separated, Dictionary(ShadingType=1, ColorSpace=Name.DeviceRGB))


def test_sampled_function_of_two_arguments_takes_the_nearest() -> None:
    with pikepdf.new() as pdf:
        entries = {
            "FunctionType": 0,
            "Domain": [0, 1, 0, 1],
            "Range": [0, 1],
            "Size": [2, 2],
            "BitsPerSample": 16,
        }
        function = read_function(pdf.make_stream(struct.pack(">4H", 0, 65535, 0, 65535), **entries))
        assert (function([1, 0]), function([0, 1])) == ([1], [0])
