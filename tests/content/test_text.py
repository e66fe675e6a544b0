from collections.abc import Callable

import pytest
from pikepdf import Array, Dictionary, Name, Pdf

from printkit.content import Element, Kind

Walked = Callable[..., list[Element]]


PLAIN = Dictionary(
    Type=Name.Font, Subtype=Name.TrueType, BaseFont=Name.Plain, FirstChar=65, Widths=Array([500, 1000]),
    FontDescriptor=Dictionary(Ascent=800, Descent=-200),
)  # fmt: skip
FONTS = {"Font": Dictionary(F=PLAIN)}


def test_box_runs_from_descent_to_ascent_over_the_advance(walked: Walked) -> None:
    (run,) = walked(b"BT /F 10 Tf 20 30 Td (AB) Tj ET", **FONTS)
    assert run.box.as_tuple() == pytest.approx((20, 28, 35, 38))
    assert (run.kind, run.codes, run.font_size) == (Kind.TEXT, b"AB", 10)


def test_turned_text_on_all_four_edges(walked: Walked) -> None:
    (run,) = walked(b"0 1 -1 0 100 0 cm BT /F 10 Tf 20 30 Td (AB) Tj ET", **FONTS)
    assert run.box.as_tuple() == pytest.approx((62, 20, 72, 35))


def test_size_goes_through_text_matrix_and_ctm(walked: Walked) -> None:
    (run,) = walked(b".75 0 0 -.75 0 90 cm BT 1 0 0 -2 0 0 Tm /F 16 Tf (A) Tj ET", **FONTS)
    assert run.font_size == pytest.approx(24)


def test_spacing_and_kerning_move_the_next_run(walked: Walked) -> None:
    first, second = walked(b"BT /F 10 Tf 2 Tc 50 Tz [(A) -1000 (A)] TJ (B) Tj ET", **FONTS)
    assert first.box.x1 == second.box.x0 == pytest.approx((5 + 2 + 10 + 5 + 2) * 0.5)


def test_lines_follow_the_leading(walked: Walked) -> None:
    one, two, three = walked(b"BT /F 10 Tf 12 TL 0 50 Td (A) Tj (B) ' 0 0 (A) \" ET", **FONTS)
    assert [run.box.y0 for run in (one, two, three)] == pytest.approx([48, 36, 24])


def test_composite_font_reads_two_bytes_a_glyph(walked: Walked, pdf: Pdf) -> None:
    child = Dictionary(W=Array([1, Array([300, 400]), 5, 9, 700]), DW=900)
    font = Dictionary(Type=Name.Font, Subtype=Name.Type0, DescendantFonts=Array([child]))
    (run,) = walked(b"BT /F 10 Tf <0001000200060063> Tj ET", Font=Dictionary(F=pdf.make_indirect(font)))
    assert run.box.width == pytest.approx(3 + 4 + 7 + 9)


def test_invisible_text_uses_no_colour(walked: Walked) -> None:
    (run,) = walked(b"BT /F 10 Tf 3 Tr (A) Tj ET", **FONTS)
    assert run.fill is None
    assert run.stroke is None


def test_text_clips_what_follows(walked: Walked) -> None:
    _, path = walked(b"BT /F 10 Tf 7 Tr 20 30 Td (AB) Tj ET 0 0 200 100 re f", **FONTS)
    assert path.visible.as_tuple() == pytest.approx((20, 28, 35, 38))


def test_type_3_glyphs_are_content_in_the_colour_of_the_text(walked: Walked, pdf: Pdf) -> None:
    glyph = pdf.make_stream(b"1000 0 0 0 500 700 d1 0 0 500 700 re f")
    font = Dictionary(
        Type=Name.Font, Subtype=Name.Type3, FontBBox=[0, 0, 500, 700], FontMatrix=[0.001, 0, 0, 0.001, 0, 0],
        FirstChar=65, Widths=[1000], Encoding=Dictionary(Differences=[65, Name.a]),
        CharProcs=Dictionary(a=glyph),
    )  # fmt: skip
    run, one, two = walked(b"0 0 1 rg BT /F 10 Tf 20 30 Td (AA) Tj ET", Font=Dictionary(F=font))
    assert run.box.as_tuple() == pytest.approx((20, 30, 40, 37))
    assert one.box.as_tuple() == pytest.approx((20, 30, 25, 37))
    assert two.box.as_tuple() == pytest.approx((30, 30, 35, 37))
    assert one.context.in_glyph
    assert two.fill is not None
    assert two.fill.components == (0, 0, 1)
