"""Pictures in an order's form: handed in, looked at, asked about, cropped round a point that matters."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, ClassVar

from printkit.errors import OrderRefused
from printkit.orders.content import Line
from printkit.orders.reading import Order
from printkit.orders.releases import Frozen
from printkit.orders.uploads import Consent, consents, keep_upload, pictures
from printkit.template.manifest import Slot
from printkit.web.asking import Asking
from printkit.words import Message
from printkit.work.pool import Lost

# Of a picture; what telephones take stays below
MOST_MB = 20
# Of nine points one is near what matters; who taps on the picture sets any other.
POINTS = (0.0, 0.5, 1.0)
MIDDLE = (0.5, 0.5)


@dataclass(frozen=True)
class PictureField:
    """A slot for a picture as a form shows it; `focus` is None where there is no picture yet."""

    name: str
    slot: Slot
    focus: tuple[float, float] | None
    consent: str
    most_mb: ClassVar[int] = MOST_MB

    @property
    def points(self) -> list[tuple[float, float]]:
        """Return nine points by rows, and the one that is set where it is none of them."""
        nine = [(x, y) for y in POINTS for x in POINTS]
        return nine if self.focus is None or self.focus in nine else [*nine, self.focus]


def picture_slots(held: Frozen, *, staff: bool) -> dict[str, Slot]:
    """Return the slots for pictures that may be set, in the template's order."""
    slots = held.template.slots.items()
    return {name: one for name, one in slots if one.kind == "image" and (staff or one.edit == "committee")}


def picture_fields(asking: Asking, order: Order, line: Line, held: Frozen) -> list[PictureField]:
    """Return the fields for pictures of a line."""
    answers = consents(asking.site.book, asking.who, order.committee, pictures(line))
    found = []
    for name, slot in picture_slots(held, staff=asking.may("SET_ALL")).items():
        file, focus = file_of(line.slots.get(name))
        found.append(PictureField(name, slot, focus, answers.get(file, "")))
    return found


def file_of(value: object) -> tuple[str, tuple[float, float] | None]:
    """Return the file of a picture that was handed in and the point that it is kept round; '' for none."""
    if not isinstance(value, Mapping):
        return "", None
    return str(value["file"]), (float(value.get("x", MIDDLE[0])), float(value.get("y", MIDDLE[1])))


def with_pictures(asking: Asking, order: Order, line: Line, held: Frozen) -> Line:
    """Return a line with the pictures and points of a form; raise OrderRefused."""
    slots: dict[str, Any] = dict(line.slots)
    for name, slot in picture_slots(held, staff=asking.may("SET_ALL")).items():
        if asking.text("do") == f"remove.{name}":
            slots.pop(name, None)
            continue
        if given := _handed_in(asking, order, name, slot):
            slots[name] = {"file": given, "x": MIDDLE[0], "y": MIDDLE[1]}
        # Only of a picture that is there: a point alone says nothing.
        elif isinstance(known := slots.get(name), dict) and (point := _point(asking.form, name)):
            slots[name] = {**known, "x": point[0], "y": point[1]}
    # The same object where nothing changed, which spares its checks.
    return line if slots == line.slots else Line.model_validate({**line.model_dump(), "slots": slots})


def _point(form: Mapping[str, str], name: str) -> tuple[float, float] | None:
    """Read `0.5,0.3`; anything else was not written by this form."""
    x, _, y = form.get(f"focus.{name}", "")[:20].partition(",")
    try:
        point = round(float(x), 3), round(float(y), 3)
    except ValueError:
        return None
    return point if all(0 <= part <= 1 for part in point) else None


def _handed_in(asking: Asking, order: Order, name: str, slot: Slot) -> str | None:
    """Store the picture that a form brings for a slot; None where it brings none."""
    chosen = asking.files.get(f"picture.{name}")
    if chosen is None or not chosen.filename:
        return None
    answer = asking.text(f"consent.{name}")
    # Asked before the picture is looked at; a browser sends files again only when they are chosen again.
    if answer not in set(Consent):
        raise OrderRefused(
            asking.words.gettext(
                "%(label)s: say whether somebody can be recognised in it, then choose the picture again",
                label=slot.label,
            )
        )
    book, rules = asking.site.book, asking.site.book.rules.rules.pictures
    try:
        made = asking.site.previews.ask("hand_in", chosen.file.read(), rules.most_pixels, rules.longest_px)
    except OrderRefused as refused:
        told = [Message("%(place)s: %(reason)s", place=slot.label, reason=one) for one in refused.sentences()]
        raise OrderRefused(*told) from refused
    except Lost as lost:
        raise OrderRefused(
            asking.words.gettext("%(label)s: this picture cannot be read; save it as JPEG", label=slot.label)
        ) from lost
    return keep_upload(book, asking.who, order.committee, made.data, consent=Consent(answer))
