"""Texts that do not fit where they stand, and pages that no reader takes."""

from pathlib import Path

from tests.cases.design import FORMAT, design
from tests.cases.registry import case

NAME = "Krokstadelva og Solbergelva frivillighetssentral"


@case("render/name-over-address")
def name_over_address(folder: Path) -> None:
    """A place's long name that runs over the address under it is refused, and both texts are named."""
    made = design(folder)
    sites = folder / "profiles/sites.csv"
    line = f"kp-lang;{NAME};knutepunkt;nu03;Solbergveien 12, 3057 Solbergelva;\n"
    sites.write_text(sites.read_text(encoding="utf-8-sig") + line, encoding="utf-8")
    css = ".name { left: 10mm; top: 12mm; width: 45mm; font-size: 14pt; font-weight: 700; line-height: 1.2 }"
    name = '<p class="name">{{ site.name }}</p>'
    made.page(name + '<p style="left: 10mm; top: 18.5mm; width: 60mm">{{ site.address }}</p>', css=css)
    told = made.render("--site", "kp-lang")
    assert told.code == 4, told.text
    assert f"'Solbergveien 12, 3057 Solbergelva' prints over '{NAME[:40]}'" in told.text


@case("render/page-over-200-inches")
def page_over_200_inches(folder: Path) -> None:
    """A banner of 5,080 mm is too large for readers with its bleed: told for the format, exit code 4."""
    made = design(folder)
    wide = (
        FORMAT.replace("[100, 100]", "[5080, 500]")
        .replace('"t1"', '"wi"')
        .replace("offset-coated", "large-format")
    )
    made.write("profiles/formats/wide.toml", wide)
    made.page("", format="wide")
    told = made.render(format="wide")
    assert told.code == 4
    assert "profiles/formats/wide.toml: trim_mm: the page is 5086 x 506 mm with bleed" in told.text
    made.write("profiles/formats/wide.toml", wide.replace("5080", "5074"))
    assert "trim_mm" not in made.render(format="wide").text
