"""The same input gives the same bytes, whatever the process, time zone or what was laid out before."""

import io
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from PIL import Image

from printkit.render import Memory, render
from printkit.template import bind
from tests.template.stage import Stage

DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9">
<defs><linearGradient id="g"><stop offset="0" stop-color="#0f4252"/><stop offset="1" stop-color="#fff"/>
</linearGradient><g id="a"><rect width="9" height="9" fill="url(#g)"/></g></defs><use href="#a"/></svg>"""
PICTURES = """
<img src="/assets/x.svg" style="width: 20mm; top: 150mm">
<img src="/assets/x.png" style="width: 10mm; top: 180mm">
"""
SCRIPT = """
import sys
from pathlib import Path
from tests.template.stage import Stage
sys.stdout.buffer.write(Stage(Path(sys.argv[1])).render(title="Bli med i nærutvalget der du bor").pdf)
"""


@pytest.fixture
def pictured(stage: Stage) -> Stage:
    stage.write("assets/x.svg", DRAWING)
    Image.effect_noise((200, 200), 80).convert("RGBA").save(stage.root / "assets/x.png")
    stage.page(PICTURES)
    return stage


def test_bytes_are_equal_in_other_processes_and_time_zones(pictured: Stage, repository: Path) -> None:
    files = []
    for seed, zone in (("1", "UTC"), ("77", "Asia/Tokyo")):
        environment = {**os.environ, "PYTHONHASHSEED": seed, "TZ": zone, "PYTHONPATH": str(repository)}
        command = [sys.executable, "-c", SCRIPT, str(pictured.root)]
        files.append(subprocess.run(command, env=environment, check=True, capture_output=True).stdout)
    here = pictured.render(title="Bli med i nærutvalget der du bor").pdf
    assert files[0] == files[1] == here
    assert str(pictured.root).encode() not in here


def test_what_was_laid_out_before_changes_nothing(pictured: Stage) -> None:
    first = pictured.render(title="Først").pdf
    pictured.render(title="Noe annet, og mye lengre enn det første var")
    assert pictured.render(title="Først").pdf == first


def test_a_page_tried_at_many_sizes_is_written_as_if_tried_once(pictured: Stage) -> None:
    pictured.page(PICTURES + DRAWING)
    artwork = pictured.bind(title="Bli med i nærutvalget der du bor og gjør hverdagen bedre")
    memory: Memory = {}
    searched, straight = render(artwork, memory), render(artwork, memory)
    assert searched.laid_out > straight.laid_out == 1
    assert searched.pdf == straight.pdf


def test_a_second_layout_in_the_process_keeps_its_fonts(stage: Stage) -> None:
    names = []
    for bold in (700, 400, 700):
        stage.css(f".title {{ font-weight: {bold} }}")
        with pikepdf.open(io.BytesIO(stage.render().pdf)) as pdf:
            fonts = pdf.pages[0].Resources.Font
            names.append(sorted(str(font.BaseFont)[8:] for font in fonts.values()))
    assert names[0] == names[2] == ["Sans", "Sans-Bold"]
    assert names[1] == ["Sans"]


def test_pages_are_trim_and_bleed_from_nought(stage: Stage) -> None:
    with pikepdf.open(io.BytesIO(stage.render().pdf)) as pdf:
        assert len(pdf.pages) == 2
        boxes = [[float(side) for side in page.MediaBox] for page in pdf.pages]
    assert boxes[0] == pytest.approx([0, 0, 154 / 25.4 * 72, 216 / 25.4 * 72], abs=0.01)


def test_the_press_may_ask_for_its_own_bleed(stage: Stage) -> None:
    request = stage.request()
    press = request.press.model_copy(update={"bleed_mm": 10})
    layout = render(bind(replace(request, press=press)))
    with pikepdf.open(io.BytesIO(layout.pdf)) as pdf:
        assert float(pdf.pages[0].MediaBox[2]) == pytest.approx(168 / 25.4 * 72, abs=0.01)


def test_no_dates_links_or_outline_but_title_and_language(stage: Stage) -> None:
    stage.page('<meta name="dcterms.created" content="2020-01-01"><h2 style="top: 150mm; left: 20mm">x</h2>')
    with pikepdf.open(io.BytesIO(stage.render().pdf)) as pdf:
        assert str(pdf.docinfo.Title) == "Prøve – Krokstadelva og Stenseth, Flyer A5"
        assert "/CreationDate" not in pdf.docinfo
        assert "/Outlines" not in pdf.Root
        assert str(pdf.Root.Lang) == "nb"


def test_text_is_text_and_fonts_are_embedded(stage: Stage) -> None:
    pdf = stage.render(title="Søk på gården").pdf
    assert "Søk på gården" in pypdfium2.PdfDocument(pdf)[0].get_textpage().get_text_bounded()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        fonts = opened.pages[0].Resources.Font.values()
        embedded = ["/FontFile2" in font.DescendantFonts[0].FontDescriptor for font in fonts]
    assert embedded == [True, True]


def test_a_sample_prints_specimen_across_every_page(stage: Stage) -> None:
    def dark(number: int) -> int:
        image = (
            pypdfium2.PdfDocument(stage.render(title=None).pdf)[number]
            .render(scale=0.3)
            .to_pil()
            .convert("L")
        )
        return sum(image.histogram()[:230])

    stage.more["sample"] = True
    assert min(dark(0), dark(1)) > 300
    layout = stage.render(title=None)
    assert layout.pages == 2
    assert "SPECIMEN" not in pypdfium2.PdfDocument(layout.pdf)[0].get_textpage().get_text_bounded()


def test_pictures_keep_their_data(pictured: Stage) -> None:
    with pikepdf.open(io.BytesIO(pictured.render().pdf)) as pdf:
        images = [
            one for one in pdf.objects if isinstance(one, pikepdf.Stream) and one.get("/Subtype") == "/Image"
        ]
    assert {int(image.Width) for image in images} == {200}
