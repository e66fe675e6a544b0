"""Fonts and profiles: damaged, restricted, or of another kind than TrueType."""

from pathlib import Path

from pypdfium2 import PdfDocument

from tests.cases.design import CODE, SLOT, design
from tests.cases.registry import case
from tests.test_typeface import changed, postscript, zeroed

FONT = "assets/fonts/SourceSans3-Regular.ttf"
PROFILE = "assets/icc/FOGRA39L_coated.icc"


@case("attack/fonts-damaged")
def damaged_fonts(folder: Path) -> None:
    """Fonts with a table of zeros printed invisible or collapsed letters: exit code 5, the file named."""
    made = design(folder)
    made.page("<p>Bli med</p>", css="p { left: 20mm; top: 20mm }")
    for name in (b"glyf", b"loca", b"hmtx", b"hhea"):
        (folder / FONT).write_bytes(zeroed(name))
        told = made.render()
        assert (told.code, f"font {FONT}: the font is damaged" in told.text) == (5, True), told.text
        doctor = " ".join(made.run("doctor").text.split())
        assert FONT in doctor
        assert "the font is damaged" in doctor


@case("attack/fonts-restricted")
def restricted_font(folder: Path) -> None:
    """A font that its maker lets nobody embed is refused for print and told by doctor."""
    made = design(folder)
    made.page("<p>Bli med</p>", css="p { left: 20mm; top: 20mm }")
    (folder / FONT).write_bytes(changed(lambda font: setattr(font["OS/2"], "fsType", 2)))
    told = made.render()
    assert told.code == 5
    assert f"font {FONT}: its maker does not let it be embedded" in told.text
    assert "does not let it be embedded" in " ".join(made.run("doctor").text.split())


@case("attack/icc-damaged")
def damaged_profile(folder: Path) -> None:
    """An ICC profile with damaged tables ends with exit code 5 and the file, in no library's words."""
    made = design(folder)
    made.page("<p>Bli med</p>", css="p { left: 20mm; top: 20mm; color: #c03020 }")
    whole = (folder / PROFILE).read_bytes()
    for start, end in ((128, 400), (600, len(whole)), (len(whole) // 3, len(whole))):
        (folder / PROFILE).write_bytes(whole[:start] + bytes(end - start) + whole[end:])
        told = made.render()
        assert (told.code, f"{PROFILE}: the ICC profile is damaged" in told.text) == (5, True), told.text
        assert "PyCMS" not in told.text


@case("use/otf-brand-font")
def otf_for_the_brand(folder: Path) -> None:
    """A brand font as OTF or WOFF2 works in layout, codes and proofs; a damaged one is told by its key."""
    made = design(folder)
    for name, content in (("disc.otf", postscript()), ("sans.woff2", changed(lambda _: None, "woff2"))):
        (folder / "assets/fonts" / name).write_bytes(content)
        for file in ("profiles/brand.toml", "profiles/preflight/codes.toml"):
            text = (folder / file).read_text()
            made.write(file, text.replace("SourceSans3-Bold.ttf", name).replace("disc.otf", name))
        face = f'@font-face {{ font-family: "Disc"; src: url("/assets/fonts/{name}") }}'
        made.page(
            f"{CODE}<p>ABBA</p>", slots=SLOT, css=face + "p { top: 20mm; left: 20mm; font-family: Disc }"
        )
        told = made.render("--set", "qr=https://www.example.no/")
        assert told.code == 0, told.text
        assert "ABBA" in PdfDocument(made.pdf)[0].get_textpage().get_text_range()
