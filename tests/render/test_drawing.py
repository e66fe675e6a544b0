"""Drawings that the engine draws: its operators, without those that set what is set already."""

from io import BytesIO

import pikepdf
import pypdfium2
import pytest

from printkit.render import drawing
from printkit.render.drawing import once_set
from tests.template.stage import Stage

# Ends and corners of every kind, one after the other and nested
STROKES = """<svg viewBox="0 0 40 40"><g fill="none" stroke="#c8452f" stroke-width="3">
<path d="M3 3h9v9" stroke-linecap="round"/><path d="M16 3h9v9"/>
<g stroke-linejoin="round"><path d="M29 3h9v9"/><path d="M3 16h9v9" stroke-linejoin="miter"/></g>
<path d="M16 16h9v9" stroke-linecap="square" stroke-linejoin="bevel"/><path d="M29 16l9 9l-9 0"/>
</g><rect x="3" y="29" width="9" height="9" fill="#123456"/></svg>"""
PALE = """<svg viewBox="0 0 40 40"><circle cx="9" cy="9" r="9" fill-opacity="0.3" fill="#004556"/>
<circle cx="15" cy="9" r="9" fill="#c8452f"/><circle cx="9" cy="15" r="9" fill-opacity="0.3" fill="#004556"/>
<circle cx="25" cy="9" r="5" fill="#c8452f"/></svg>"""


def lines(text: str) -> list[bytes]:
    return text.encode().split(b"; ")


def test_usual_states_are_set_once_in_front_and_others_where_they_were() -> None:
    drawn = "q; /a1.0 gs; [] 0 d; 1 0 0 rg; f; Q; q; /a0.5 gs; [3] 0 d; S; [] 0 d; S; Q; q; [] 0 d; S; Q"
    left = "/a1.0 gs; [] 0 d; q; 1 0 0 rg; f; Q; q; /a0.5 gs; [3] 0 d; S; [] 0 d; S; Q; q; S; Q"
    assert once_set(lines(drawn)) == lines(left)
    assert once_set(lines(left)) == lines(left)


def test_behind_a_state_of_another_kind_all_is_set_again() -> None:
    drawn = "q; 1 J; /s0 gs; /a1.0 gs; 0 J; S; Q; q; 0 J; /a1.0 gs; S; Q"
    assert once_set(lines(drawn)) == lines("/a1.0 gs; 0 J; q; 1 J; /s0 gs; /a1.0 gs; 0 J; S; Q; q; S; Q")


@pytest.mark.parametrize(("drawn", "set_now", "set_before"), [(STROKES, 10, 35), (PALE, 7, 20)])
def test_a_drawing_looks_as_with_every_state_set_for_each_path(
    stage: Stage, monkeypatch: pytest.MonkeyPatch, drawn: str, set_now: int, set_before: int
) -> None:
    stage.css(".page svg { position: absolute; top: 100mm; left: 10mm; width: 40mm; height: 40mm }")
    stage.page(drawn)
    made = stage.render().pdf
    monkeypatch.setattr(drawing, "once_set", list)
    # Another drawing, as operators are kept with the first
    stage.page(drawn.replace("<svg ", '<svg id="again" '))
    plain = stage.render().pdf
    assert (states(made), states(plain)) == (set_now, set_before)
    assert picture(made) == picture(plain)


def states(pdf: bytes) -> int:
    """Return how often drawings set a state that a colour is no part of."""
    with pikepdf.open(BytesIO(pdf)) as opened:
        streams = [one for one in opened.objects if isinstance(one, pikepdf.Stream)]
        drawn = [one.read_bytes() for one in streams if one.get("/Subtype") == "/Form"]
    return sum(
        line.split(b" ")[-1] in (b"gs", b"d", b"J", b"j", b"M") for one in drawn for line in one.split(b"\n")
    )


def picture(pdf: bytes) -> bytes:
    return bytes(pypdfium2.PdfDocument(pdf)[0].render(scale=3).to_pil().tobytes())
