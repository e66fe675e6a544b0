"""Pictures that people hand in: what is taken, what is refused, what of them is printed."""

import io
import re
from collections.abc import Callable

import pikepdf
import pytest
from PIL import Image

from printkit.errors import OrderRefused
from printkit.orders.approving import approve
from printkit.orders.changing import submit
from printkit.orders.content import Line
from printkit.orders.proving import proof_folder
from printkit.orders.reading import Order, get
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from printkit.orders.store import UPLOADS
from printkit.orders.uploads import consents, unnamed
from printkit.web.cropping import crop_of, framed, handed
from printkit.words import Message
from tests.orders.stage import Stage, here
from tests.web.conftest import Browser

Visit = Callable[[Person | None], Browser]
RED, BLUE = (200, 30, 30), (30, 30, 200)
BOMB = b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR" + (60_000).to_bytes(4) * 2 + b"\x08\x02\0\0\0" + b"\0" * 64


def photo(width: int = 600, height: int = 300, kind: str = "JPEG", **more: object) -> bytes:
    """Return a picture that is red on its left half and blue on its right one."""
    image, out = Image.new("RGB", (width, height), RED), io.BytesIO()
    image.paste(BLUE, (width // 2, 0, width, height))
    image.save(out, kind, **more)
    return out.getvalue()


def line_of(stage: Stage, order: int) -> Line:
    return get(stage.book, stage.leader, order).content.lines[0]


def given(stage: Stage, visit: Visit, **form: str) -> tuple[Browser, Order]:
    """Hand a picture in on the page of a draft."""
    order, browser = stage.draft(), visit(stage.leader)
    page = browser.hand_in(f"/order/{order.id}", photo(), do="save", consent__photo="given", **form)
    assert page.status_code == 200, page.text
    return browser, get(stage.book, stage.leader, order.id)


def test_a_picture_goes_from_the_form_into_the_press_file(lite: Stage, visit: Visit) -> None:
    browser, order = given(lite, visit)
    page = browser.get(f"/order/{order.id}").text
    # 300 pixels across 20 mm
    assert "381 ppi" in page
    assert "Alle på bildet har sagt ja til trykk" in page
    browser.post(f"/order/{order.id}", do="save", focus__photo="0.0,0.5")
    value = line_of(lite, order.id).slots["photo"]
    assert isinstance(value, dict)
    assert (value["x"], value["y"]) == (0, 0.5)
    assert browser.get(f"/order/{order.id}/picture/photo.jpg").headers["content-type"] == "image/jpeg"
    approve(lite.book, lite.approver, On(submit(lite.book, lite.leader, On(order.id)).id), pool=here)
    (file,) = (proof_folder(lite.book, order.id, 1) / "press").rglob("*.pdf")
    with pikepdf.open(file) as pdf:
        forms = [one for one in pdf.objects if isinstance(one, pikepdf.Stream)]
        sizes = {(int(one.Width), int(one.Height)) for one in forms if one.get("/Subtype") == "/Image"}
    assert (600, 300) in sizes


def test_where_a_picture_was_taken_is_not_kept(lite: Stage, visit: Visit) -> None:
    exif = Image.Exif()
    exif[0x010F] = "A telephone"
    order = lite.draft()
    visit(lite.leader).hand_in(f"/order/{order.id}", photo(exif=exif), do="save", consent__photo="nobody")
    value = line_of(lite, order.id).slots["photo"]
    assert isinstance(value, dict)
    file = str(value["file"])
    assert b"telephone" not in lite.book.store.path(re.findall(r"[0-9a-f]{64}", file)[0]).read_bytes()
    assert consents(lite.book, lite.leader, "nu03", [file]) == {file: "nobody"}


@pytest.mark.parametrize(
    ("data", "told"),
    [
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "SVG, XML eller HTML; lagre det som JPEG eller PNG"),
        (BOMB, "bildet er skadd eller avkortet"),
        (photo()[:2000], "bildet er skadd eller avkortet; hent det på nytt fra kilden"),
        (b"%PDF-1.7", "en PDF-fil; lagre den som PNG"),
        (b"GIF89a", "en GIF-fil; lagre den som PNG"),
        (b"hello", "ikke noe bilde; lagre det som JPEG eller PNG"),
    ],
)
def test_what_is_no_safe_picture_is_refused(lite: Stage, visit: Visit, data: bytes, told: str) -> None:
    order = lite.draft()
    answer = visit(lite.leader).hand_in(f"/order/{order.id}", data, do="save", consent__photo="nobody")
    assert answer.status_code == 409
    assert told in answer.text
    assert "photo" not in line_of(lite, order.id).slots


def test_people_in_a_picture_are_asked_for(lite: Stage, visit: Visit) -> None:
    order = lite.draft()
    answer = visit(lite.leader).hand_in(f"/order/{order.id}", photo(), do="save", title="Kept?")
    assert "si om noen kan kjennes igjen" in answer.text
    assert "photo" not in line_of(lite, order.id).slots


def test_a_picture_is_taken_away_again(lite: Stage, visit: Visit) -> None:
    browser, order = given(lite, visit)
    browser.post(f"/order/{order.id}", do="remove.photo")
    assert "photo" not in line_of(lite, order.id).slots


def test_nobody_else_sees_a_picture(lite: Stage, visit: Visit) -> None:
    _, order = given(lite, visit)
    foreign = visit(lite.other)
    assert foreign.get(f"/order/{order.id}/picture/photo.jpg").status_code == 404


def test_a_coarse_picture_is_told_of_before_it_is_sent_in(lite: Stage, visit: Visit) -> None:
    order, browser = lite.draft(), visit(lite.leader)
    browser.hand_in(f"/order/{order.id}", photo(110, 110), do="save", consent__photo="nobody")
    told = browser.post(f"/order/{order.id}", do="submit")
    assert (told.status_code, get(lite.book, lite.leader, order.id).state) == (409, "draft")
    assert "140\u00a0ppi" in told.text


@pytest.mark.parametrize(
    ("focus", "box"),
    [((0.0, 0.5), (0, 0, 300, 300)), ((0.5, 0.5), (150, 0, 450, 300)), ((1.0, 0.0), (300, 0, 600, 300))],
)
def test_a_crop_is_that_of_the_layout(focus: tuple[float, float], box: tuple[int, ...]) -> None:
    assert crop_of((600, 300), 1, focus) == box


def test_what_is_cut_off_is_pale() -> None:
    shown = Image.open(io.BytesIO(framed(photo(), 1, (0.0, 0.5), 600))).convert("RGB")
    kept, lost = shown.getpixel((100, 150)), shown.getpixel((550, 150))
    assert isinstance(kept, tuple)
    assert isinstance(lost, tuple)
    assert abs(kept[0] - RED[0]) < 12
    assert min(lost) > 180


def test_a_large_picture_is_kept_smaller() -> None:
    made = handed(photo(3000, 1500), 5_000_000, 1000)
    assert (made.width, made.height) == (1000, 500)
    with pytest.raises(OrderRefused, match="million pixels"):
        handed(photo(3000, 1500), 4_000_000, 1000)


def test_a_complaint_about_a_picture_does_not_tell_the_name_it_is_stored_by() -> None:
    address = f"/{UPLOADS}{'ab' * 32}.jpg"
    told = unnamed(
        Message("%(address)s: %(ppi).0f ppi at %(size)s mm", address=address, ppi=96.0, size="1 x 1")
    )
    assert told == "the picture: 96 ppi at 1 x 1 mm"
    assert unnamed("assets/photos/hall.jpg is dark") == "assets/photos/hall.jpg is dark"
