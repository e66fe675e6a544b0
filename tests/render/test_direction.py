"""Pages from right to left: the act row is mirrored, the text stands at its right edge."""

from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest

from printkit.errors import PrintkitError
from printkit.render import LaidOut, render
from printkit.template import bind
from printkit.units import pt
from tests.template.stage import Stage
from tests.tiny_font import tiny_font

ASK = "اطلب مكانك"
CSS = """
@font-face { font-family: "Arabic"; font-weight: 400; src: url("/assets/fonts/tiny-arabic.ttf"); }
.page > .code { top: 80mm; left: auto; inset-inline-end: 15mm; }
.page > .call { top: 80mm; inset-inline-start: 15mm; width: 60mm; font: 400 14pt "Sans", "Arabic"; }
"""
ROW = '<p class="call">{{ t.call }}</p><div class="code" data-code="qr"></div>'


@pytest.fixture(scope="module")
def layouts(tmp_path_factory: pytest.TempPathFactory, repository: Path) -> dict[str, LaidOut]:
    """Return the same page in Norwegian and in Arabic."""
    stage = Stage.at(tmp_path_factory.mktemp("rtl"), repository)
    (stage.root / "assets/fonts/tiny-arabic.ttf").write_bytes(tiny_font(ASK))
    page = (stage.root / "templates/try/page.html").read_text(encoding="utf-8")
    page = page.replace('<div class="code" data-code="qr"></div>', ROW)
    stage.write(
        "templates/try/page.html", page.replace('lang="{{ lang }}"', 'lang="{{ lang }}" dir="{{ dir }}"')
    )
    stage.css(CSS)
    for language, call in (("nb", "Søk plass"), ("ar", ASK)):
        stage.write(f"templates/try/texts.{language}.toml", f'name = "x"\ncall = "{call}"\n')
    return {language: render(bind(replace(stage.request(), language=language))) for language in ("nb", "ar")}


def ends(layout: LaidOut) -> tuple[float, float]:
    """Return where the code begins and ends, in points from the trim's left edge."""
    (code,) = layout.code_boxes
    return round(code.box.x0, 1), round(code.box.x1, 1)


def test_the_act_row_is_mirrored(layouts: dict[str, LaidOut]) -> None:
    start, end = ends(layouts["nb"])
    # 15 mm from the edge of the page, which has 3 mm of bleed
    assert end == pytest.approx(pt(148 + 3 - 15), abs=0.2)
    assert ends(layouts["ar"]) == pytest.approx((pt(148) - end, pt(148) - start), abs=0.2)


def test_the_text_begins_at_its_right_edge(layouts: dict[str, LaidOut]) -> None:
    page = pypdfium2.PdfDocument(layouts["ar"].pdf)[0].get_textpage()
    written = page.get_text_range()
    places = [place for place in range(len(written)) if "\u0600" <= written[place] <= "\u06ff"]
    assert len(places) == len(ASK.replace(" ", ""))
    right = max(page.get_charbox(place)[2] for place in places)
    assert right == pytest.approx(pt(148 + 2 * 3 - 15), abs=3)


def test_a_letter_that_no_font_has_is_named(stage: Stage) -> None:
    (stage.root / "templates/try/texts.nb.toml").unlink()
    stage.write("templates/try/texts.ar.toml", f'name = "x"\ncall = "{ASK}"\n')
    stage.page("<p style='top: 150mm'>{{ t.call }}</p>")
    with pytest.raises(PrintkitError, match=r"U\+0627 ARABIC LETTER ALEF"):
        render(bind(replace(stage.request(), language="ar")))
