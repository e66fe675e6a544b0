"""Workers are copies of a process that loaded the layout engine, and load it once more."""

import pypdfium2

from printkit.render.engine import engine
from tests.template.stage import Stage

SQUARE = '<svg viewBox="0 0 9 9"><rect width="9" height="9" fill="#c8452f"/></svg>'


def test_a_drawing_in_a_page_is_drawn_by_an_engine_that_was_loaded_twice(stage: Stage) -> None:
    engine().folder.cleanup()
    engine.cache_clear()
    stage.css(".page svg { position: absolute; top: 100mm; left: 10mm; width: 9mm; height: 9mm }")
    stage.page(SQUARE)
    page = pypdfium2.PdfDocument(stage.render().pdf)[0].render().to_pil().convert("RGB")
    assert (200, 69, 47) in {color for _, color in page.getcolors(1 << 16)}
