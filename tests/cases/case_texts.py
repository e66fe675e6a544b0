"""Texts that do not fit where they stand, and pages that no reader takes."""

from pathlib import Path

from tests.cases.design import design
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
