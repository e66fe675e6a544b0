"""Pictures as people have them: profiles under other names, brand grounds, telephones, damage, large ones."""

import base64
import io
import subprocess
import sys
import tomllib
import unicodedata
from pathlib import Path
from typing import TypeAlias

import numpy as np
import pikepdf
from PIL import Image, ImageCms

from printkit.raster.rgb_profile import SRGB, matrix_profile
from tests.cases.design import Design, design
from tests.cases.registry import case

SLOT = '[slots.p]\nkind = "image"\nlabel = "Bilde"\n'
Inks: TypeAlias = np.ndarray[tuple[int, ...], np.dtype[np.uint8]]
SHOWN = '<img src="{}" style="left: 20mm; top: 20mm; width: {}mm">'


def _images(made: Design) -> list[Inks]:
    """Return the pixels (n, 4) of every image of the file that was made last."""
    with pikepdf.open(io.BytesIO(made.pdf)) as pdf:
        streams = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        found = [one.read_bytes(pikepdf.StreamDecodeLevel.all) for one in streams if "/Width" in one]
    return [np.frombuffer(one, np.uint8).reshape(-1, 4) for one in found]


@case("render/linear-srgb")
def linear_under_two_names(folder: Path) -> None:
    """Two pictures in linear light look alike, though one profile is named sRGB: C 53 M 10 Y 57 K 7."""
    made = design(folder)
    linear = matrix_profile(SRGB, 1.0)
    for name in ("abc", "srgb"):
        profile = linear.replace(b"RGB\0", name.encode()[-3:] + b"\0", 1)
        assert ImageCms.ImageCmsProfile(io.BytesIO(profile)).profile.version == 2.4
        Image.new("RGB", (300, 300), (55, 110, 55)).save(folder / f"assets/{name}.png", icc_profile=profile)
    made.page(
        SHOWN.format("/assets/abc.png", 25) + SHOWN.format("/assets/srgb.png", 25).replace("20mm", "55mm")
    )
    assert made.render().code == 0
    inks = {tuple(image[0].tolist()) for image in _images(made)}
    assert len(inks) == 1
    assert np.abs(np.array(inks.pop()) / 2.55 - [53, 10, 57, 7]).max() < 3


@case("render/photo-on-brand-ground")
def cut_out_on_brand_ground(folder: Path) -> None:
    """A cut-out's ground that is exactly the brand colour prints as its recipe: C 95 M 45 Y 35 K 55."""
    made = design(folder)
    noise = np.random.default_rng(1).integers(0, 256, (600, 300, 3)).astype(np.uint8)
    picture = Image.new("RGB", (600, 600), _fjord(made))
    picture.paste(Image.fromarray(noise), (150, 0))
    picture.save(folder / "assets/a.png")
    made.page(SHOWN.format("/assets/a.png", 50), css=".page { background: var(--brand-fjord) }")
    assert made.render().code == 0
    inks = _images(made)[0].reshape(600, 600, 4)
    wanted = np.rint(np.array([95, 45, 35, 55]) * 2.55)
    assert (inks[:, :150] == wanted).all()
    assert (inks[:, 450:] == wanted).all()


def _fjord(made: Design) -> str:
    brand = tomllib.loads((made.root / "profiles/brand.toml").read_text())
    return str(brand["colors"]["fjord"]["srgb"])


@case("render/data-image-jpg")
def data_image_jpg(folder: Path) -> None:
    """A picture inside a drawing as data:image/jpg, a common misspelling, is drawn."""
    made = design(folder)
    target = io.BytesIO()
    Image.effect_noise((400, 300), 80).save(target, "JPEG")
    data = base64.b64encode(target.getvalue()).decode()
    image = f'<image width="100" height="100" href="data:image/jpg;base64,{data}"/>'
    made.write("assets/x.svg", f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 100 100">{image}</svg>')
    made.page(SHOWN.format("/assets/x.svg", 40))
    told = made.render()
    assert told.code == 0, told.text
    assert len(_images(made)) == 1


@case("attack/jpeg-corrupt")
def corrupt_jpeg(folder: Path) -> None:
    """A JPEG with damaged data is its slot's fault: exit code 3, slot and file, each time the same words."""
    made = design(folder)
    made.page('<img src="{{ p.src }}" style="width: 20mm">', slots=SLOT)
    target = io.BytesIO()
    Image.effect_noise((400, 400), 80).convert("RGB").save(target, "JPEG", quality=95)
    data = bytearray(target.getvalue())
    data[len(data) // 2 : len(data) // 2 + 60] = bytes(60)
    (folder / "assets/x.jpg").write_bytes(data)
    told = [made.render("--set", "p=assets/x.jpg") for _ in range(2)]
    assert told[0] == told[1]
    assert told[0].code == 3
    assert "slot 'p' of t/t100: picture 'assets/x.jpg': the picture is damaged" in told[0].text
    assert "0x" not in told[0].text


@case("render/decomposed-file-name")
def decomposed_name(folder: Path) -> None:
    """A picture whose name a Mac wrote as a and ring is found by the composed letter, by slot and page."""
    made = design(folder)
    name = unicodedata.normalize("NFD", "blå.png")
    Image.effect_noise((600, 600), 90).save(folder / "assets" / name)
    made.page('<img src="{{ p.src }}" style="left: 20mm; top: 20mm; width: 40mm">', slots=SLOT)
    told = made.render("--set", "p=assets/blå.png")
    assert told.code == 0, told.text
    made.page(SHOWN.format("/assets/bl%C3%A5.png", 40))
    assert made.render().code == 0


CONVERTED = """
import io, resource, sys
import pikepdf
from pathlib import Path
from PIL import Image
from printkit.color import PressColor, PressProfile
from printkit.separate.images import ImagePress, ImageRules, convert_image

icc, picture = map(Path, sys.argv[1:])
press = PressColor(PressProfile(icc.read_bytes()), 300, {})
with pikepdf.new() as pdf:
    image = pdf.make_stream(picture.read_bytes(), Filter=pikepdf.Name.DCTDecode, Width=7000, Height=15700)
    image.ColorSpace, image.BitsPerComponent = pikepdf.Name.DeviceRGB, 8
    made = convert_image(pdf, image, ImagePress(press, ImageRules(450, 300, 92)), 200)
    assert (int(made.Width), int(made.Height), made.ColorSpace) == (7000, 15700, "/DeviceCMYK")
print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024)
"""


@case("render/cmyk-without-profile")
def cmyk_without_a_profile(folder: Path) -> None:
    """A CMYK picture that names no profile prints as with the press's, and a warning names file and press."""
    made, inks = design(folder), []
    icc = (folder / "assets/icc/FOGRA39L_coated.icc").read_bytes()
    for name, profile in (("a.jpg", None), ("b.tif", None), ("c.jpg", icc)):
        image = Image.new("CMYK", (400, 400), (204, 51, 153, 26))
        image.save(folder / "assets" / name, quality=95, icc_profile=profile)
        made.page(SHOWN.format("{{ p.src }}", 40), slots=SLOT)
        told = made.render("--set", f"p=assets/{name}")
        assert told.code == 0, told.text
        taken = f"assets/{name} is in CMYK without a profile; its inks were taken as those of"
        warned = f"product/picture-profile: {taken} press 'offset-coated'" in told.text
        assert warned == (profile is None), told.text
        inks.append(_images(made)[0][0].astype(int))
    photograph, art, named = inks
    # A photograph's samples stand inverted, as Adobe has them.
    assert np.abs(photograph - named).max() <= 1
    assert np.abs(255 - art - named).max() <= 3


@case("render/jpeg-with-stray-bytes")
def jpeg_with_stray_bytes(folder: Path) -> None:
    """A JPEG as telephones write it, bytes before a marker and behind the end, prints as without them."""
    made, inks = design(folder), []
    target = io.BytesIO()
    Image.effect_noise((400, 400), 80).convert("RGB").save(target, "JPEG", quality=95)
    sound = target.getvalue()
    strange = sound[:20] + b"stray" + sound[20:-2] + b"\x12\x34\x56" + sound[-2:] + bytes(5000)
    for name, data in (("a", sound), ("b", strange)):
        (folder / f"assets/{name}.jpg").write_bytes(data)
        made.page(SHOWN.format(f"/assets/{name}.jpg", 40))
        told = made.render()
        assert told.code == 0, told.text
        inks += _images(made)
    assert (inks[0] == inks[1]).all()


@case("render/picture-110-mp-batch")
def large_pictures(folder: Path) -> None:
    """110 million pixels are converted within a worker's memory; 169 are refused with the size to make."""
    made = design(folder)
    large = folder / "assets/large.jpg"
    Image.new("RGB", (7000, 15700), (90, 120, 60)).save(large, quality=90)
    words = [sys.executable, "-c", CONVERTED, str(folder / "assets/icc/FOGRA39L_coated.icc"), str(large)]
    done = subprocess.run(words, capture_output=True, text=True, check=True)
    assert int(done.stdout) < tomllib.loads((folder / "profiles/batch.toml").read_text())["worker_mb"]
    assert done.stderr == ""
    Image.new("1", (13_000, 13_000)).save(folder / "assets/larger.png")
    made.page(SHOWN.format("/assets/larger.png", 90))
    told = made.render()
    assert told.code == 4
    assert "13000 x 13000 pixels, more than 120 million pixels; make it 10954 x 10954 pixels" in told.text
    pieces = '[[pieces]]\ntemplate = "t"\nformat = "t100"\nlanguages = ["nb"]\nelse_without_site = true\n'
    campaign = 'name = "C"\nedition = "c1"\ndate = 2027-01-01\n[tracking]\nenabled = false\n'
    made.write("profiles/campaigns/c.toml", f"{campaign}{pieces}sites = []\nquantity = 1\n")
    planned = made.run("batch", "c", "--dry-run", "-o", str(folder / "out"))
    assert "10 held" in planned.text, planned.text
