"""GWG 2022: spot colours in use, and names that mean the same ink."""

from typing import Any

import pikepdf
import pytest
from pikepdf import Array, Dictionary, Name

from printkit.preflight.gwg.spot import folded, stem_of
from tests.preflight.gwg_pages import Change, image, judged, separation, sheets, tint
from tests.preflight.inked_pages import gwg

CMYK, SPOT, PACK = "sheetcmyk-cmyk", "sheetspot-cmyk", "packaging-offset"
USE = "/S0 cs 1 scn 20 20 50 50 re f /S1 CS 1 SCN 20 90 50 50 re S"


def named(*names: str, paint: str = USE) -> bytes:
    """Return a page with spot colours that differ in everything but, it may be, their names."""

    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        made = {f"/S{i}": separation(pdf, name, 0, 0.1 * i, 1, 0) for i, name in enumerate(names)}
        return {"/ColorSpace": Dictionary(made)}

    return sheets(paint, resources=resources)


def spaces(**made: Any) -> Change:
    return lambda pdf: {
        "/ColorSpace": Dictionary(**{name: make(pdf) for name, make in made.items()}),
    }


def device_n(*names: str, **attributes: Any) -> Any:
    def make(pdf: pikepdf.Pdf) -> Array:
        function = tint(pdf, 0, 0, 1, 0)
        return Array(
            [Name.DeviceN, Array([Name("/" + name) for name in names]), Name.DeviceCMYK, function]
            + ([Dictionary(**attributes)] if attributes else [])
        )

    return make


@pytest.mark.parametrize(("variant", "severity"), [(CMYK, "error"), (SPOT, "warning")])
def test_spot_colours_are_counted_by_name(variant: str, severity: str) -> None:
    found = judged(named("Orange", "Green"), "R0020", variant)
    assert [(one.severity, one.measured, one.limit) for one in found] == [(severity, 2, 0)]
    assert found[0].message == "spot colours in use: Orange, Green; 0 are allowed"
    assert [one.measured for one in judged(named("Orange", "Orange"), "R0020", variant)] == [1]


@pytest.mark.parametrize("name", ["Cyan", "Magenta", "Yellow", "Black", "All", "None"])
def test_process_colours_all_and_none_are_no_spot_colours(name: str) -> None:
    assert judged(named(name, name), "R0020", CMYK) == []


def test_the_colorants_of_device_n_count_each() -> None:
    pdf = sheets("/N cs 1 1 1 scn 20 20 50 50 re f", resources=spaces(N=device_n("Cyan", "Gold", "Silver")))
    assert [one.measured for one in judged(pdf, "R0020", CMYK)] == [2]


@pytest.mark.parametrize("indexed", [False, True])
def test_spot_colours_of_images_count(indexed: bool) -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        space = separation(pdf, "Gold")
        space = Array([Name.Indexed, space, 1, b"\0\1"]) if indexed else space
        return {"/XObject": Dictionary(I=image(pdf, 20, 20, ColorSpace=space))}

    pdf = sheets("50 0 0 50 50 50 cm /I Do", resources=resources)
    assert [one.message for one in judged(pdf, "R0020", CMYK)] == ["spot colours in use: Gold; 0 are allowed"]


@pytest.mark.parametrize("paint", ["/Sh sh", "/Pattern cs /P scn 20 20 50 50 re f"])
def test_spot_colours_of_gradients_count(paint: str) -> None:
    def resources(pdf: pikepdf.Pdf) -> dict[str, Any]:
        ramp = Dictionary(FunctionType=2, Domain=[0, 1], C0=[0], C1=[1], N=1)
        space = separation(pdf, "Gold")
        shading = Dictionary(ShadingType=2, ColorSpace=space, Coords=[0, 0, 200, 0], Function=ramp)
        pattern = Dictionary(PatternType=2, Shading=shading)
        return {"/Shading": Dictionary(Sh=shading), "/Pattern": Dictionary(P=pattern)}

    assert len(judged(sheets(paint, resources=resources), "R0020", CMYK)) == 1


@pytest.mark.parametrize(
    ("box", "found"),
    [
        ("0 50 10 50", 0), ("0 50 11 50", 1), ("190 50 9 50", 0), ("189 50 9 50", 1),
        ("50 0 50 10", 0), ("50 0 50 11", 1), ("50 190 50 9", 0), ("50 189 50 9", 1),
    ],
)  # fmt: skip
def test_spot_colours_outside_the_trim_do_not_count_on_any_edge(box: str, found: int) -> None:
    assert len(judged(named("Gold", paint=f"/S0 cs 1 scn {box} re f"), "R0020", CMYK)) == found


@pytest.mark.parametrize(
    ("one", "other", "rule"),
    [
        ("PANTONE 185 C", "PANTONE 185 U", "R0021"), ("PANTONE 185", "PANTONE 185 CVC", ""),
        ("PANTONE 185 C", "Pantone 185 U", "R0021"), ("HKS 43 K", "HKS 43 N", "R0021"),
        ("PANTONE 151 XGC", "PANTONE 151 C", "R0021"), ("PANTONE 151 HC", "PANTONE 151 TCX", "R0021"),
        ("PANTONE 151 TPG", "PANTONE 151 C", ""), ("PANTONE 151 CVP", "PANTONE 151 C", ""),
        ("PANTONE 151 SWOP", "PANTONE 151 C", ""), ("PANTONE 151-C", "PANTONE 151-U", ""),
        ("Gold", "GOLD", "R0022"), ("Gold C", "gold C", "R0021 R0022"),
        ("Gr\u00fcn", "Gru\u0308n", "R0022"), ("Gr\u00fcn", "GR\u00dcN", "R0022"),
        ("PANTONE 185 C", "PANTONE 186 C", ""), ("Gold", "Gold 2", ""), ("C", "U", ""),
        ("PANTONE Red 032 C", "PANTONE Blue 032 C", ""),
    ],
)  # fmt: skip
def test_names_that_mean_the_same_are_found(one: str, other: str, rule: str) -> None:
    pdf = named(one, other)
    for asked in ("R0021", "R0022", "R0023"):
        found = [finding.message for finding in judged(pdf, asked, PACK)]
        assert [message[: len(one) + len(other) + 9] for message in found] == (
            [f"'{one}' and '{other}'"] if asked in rule else []
        )


def test_severities_of_like_names() -> None:
    assert [one.severity for one in judged(named("Gold C", "Gold U"), "R0021", SPOT)] == ["warning"]
    assert [one.severity for one in judged(named("Gold", "gold"), "R0022", SPOT)] == ["error"]


def test_bytes_of_another_encoding_are_folded_too() -> None:
    latin = b"Gr\xfcn".decode("utf-8", "surrogateescape")
    assert folded(latin) == folded("GR\u00dcN")
    assert stem_of("Gold  C", gwg().spots.suffixes) == "gold "
    assert stem_of("C", ("C",)) is None


@pytest.mark.parametrize(
    ("one", "other", "found"),
    [
        ((0, 0.6, 1, 0), (0, 0.6, 1, 0), 1),
        ((0, 0.6, 1, 0), (0, 0.61, 1, 0), 0),
    ],
)
def test_names_with_one_tint_transform_are_twins(
    one: tuple[float, ...], other: tuple[float, ...], found: int
) -> None:
    made = spaces(S0=lambda pdf: separation(pdf, "Gold", *one), S1=lambda pdf: separation(pdf, "Or", *other))
    twins = judged(sheets(USE, resources=made), "R0023", PACK)
    assert [finding.severity for finding in twins] == ["error"] * found


def test_twins_need_the_same_alternate_space_too() -> None:
    def lab(pdf: pikepdf.Pdf) -> Array:
        space = Array([Name.Lab, Dictionary(WhitePoint=[0.96, 1, 0.82])])
        return Array([Name.Separation, Name.Or, space, tint(pdf, 0, 0.6, 1, 0)])

    made = spaces(S0=lambda pdf: separation(pdf, "Gold"), S1=lab)
    assert judged(sheets(USE, resources=made), "R0023", PACK) == []


def test_twins_are_compared_by_content_of_streams_however_they_are_packed() -> None:
    def sampled(name: str, pack: bool) -> Any:
        def make(pdf: pikepdf.Pdf) -> Array:
            entries = {"FunctionType": 4, "Domain": [0, 1], "Range": [0, 1] * 4}
            stream = pikepdf.Stream(pdf, b"{0 exch dup 0}", **entries)
            if pack:
                stream.write(b"{0 exch dup 0}", filter=None)
            return Array([Name.Separation, Name("/" + name), Name.DeviceCMYK, pdf.make_indirect(stream)])

        return make

    made = spaces(S0=sampled("Gold", False), S1=sampled("Or", True))
    assert len(judged(sheets(USE, resources=made), "R0023", PACK)) == 1


def test_definitions_in_device_n_are_compared_too() -> None:
    def make(pdf: pikepdf.Pdf) -> Any:
        return device_n("Gold", "Cyan", Colorants=Dictionary(Gold=separation(pdf, "Gold")))(pdf)

    made = spaces(S0=make, S1=lambda pdf: separation(pdf, "Or"))
    pdf = sheets(USE.replace("1 scn", "1 0 scn"), resources=made)
    assert len(judged(pdf, "R0023", PACK)) == 1


def test_a_tint_transform_that_holds_itself_ends() -> None:
    def make(pdf: pikepdf.Pdf) -> Array:
        function = pdf.make_indirect(Dictionary(FunctionType=3))
        function.Functions = Array([function] * 9)
        return Array([Name.Separation, Name.Gold, Name.DeviceCMYK, function])

    assert judged(sheets(USE, resources=spaces(S0=make, S1=make)), "R0023", PACK) == []
