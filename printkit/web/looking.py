"""How a line looks, in words: the text on its pages, what does not fit, how sharp pictures are."""

from collections.abc import Mapping

from anyio import from_thread
from starlette.responses import Response

from printkit.errors import OrderRefused, PrintkitError, SlotErrors
from printkit.orders.content import AtKey, Line
from printkit.orders.reading import Order, get
from printkit.orders.releases import Frozen, frozen
from printkit.orders.uploads import unnamed
from printkit.template.manifest import Slot
from printkit.template.slots import MISSING
from printkit.units import whole_number
from printkit.web.asking import Asking
from printkit.web.naming import labels_of
from printkit.web.pictures import request_of
from printkit.web.previewing import Shown


def look(asking: Asking, order: Order, place: int) -> Shown | None:
    """Have a line shown and wait for it; None where somebody asked for a newer one meanwhile."""
    # Previews live in the server's loop; this is a thread, which may wait.
    return from_thread.run(asking.site.previews.show, *request_of(asking.site, order, place))


def tell(asking: Asking, order: Order, place: int) -> None:
    """Have a line shown to those who have its form open; its picture is not waited for."""
    form, wanted = request_of(asking.site, order, place)
    from_thread.run_sync(asking.site.news.tell, form, order.version, wanted)


def said(asking: Asking) -> Response:
    """Return what a line looks like in words, to stand below its picture."""
    order = get(asking.site.book, asking.who, asking.number())
    place = (whole_number(asking.request.query_params.get("line", "1")) or 1) - 1
    if not 0 <= place < len(order.content.lines):
        place = 0
    shown = look(asking, order, place)
    return said_of(asking, order, place, shown)


def said_of(asking: Asking, order: Order, place: int, shown: Shown | None) -> Response:
    """Return the words on a line as it was shown, what does not fit, how sharp its pictures are."""
    problems = words_of(asking, shown.complaint, order) if shown and shown.complaint else []
    text = shown.text if shown else ""
    return asking.page(
        "said.html", text=text, problems=problems, sharp=sharpness(asking, order, place, shown)
    )


def sharpness(asking: Asking, order: Order, place: int, shown: Shown | None) -> list[tuple[str, int, bool]]:
    """Return of each picture its label, its effective ppi, and whether print can be no sharper."""
    if shown is None or not shown.ppi:
        return []
    line = order.content.lines[place]
    held = held_of(asking, line)
    target = held.profiles.presses[line.press].image_ppi.target
    return [
        (held.template.slots[name].label, round(ppi), ppi >= target)
        for name, ppi in shown.ppi.items()
        if name in held.template.slots
    ]


def demand_shown(asking: Asking, order: Order) -> None:
    """Raise what a layout finds and a form cannot: a text that overflows, a picture that is too coarse.

    Who submits has seen the preview as a rule, so that it is there already.
    """
    for place in range(len(order.content.lines)):
        shown = look(asking, order, place)
        if shown and shown.complaint:
            raise shown.complaint


class Complaint(str):
    """What is wrong in words, and the id of the field that it is about, empty where there is none."""

    field: str = ""

    @classmethod
    def about(cls, words: str, field: str) -> "Complaint":
        made = cls(words)
        made.field = field
        return made


def words_of(asking: Asking, error: PrintkitError, order: Order, *, writing: bool = False) -> list[Complaint]:
    """Return what an error says, with the labels of slots in place of their names.

    Who is still `writing` is not told of what she has not come to yet.
    """
    lines = order.content.lines
    slots = {name: slot for line in lines for name, slot in held_of(asking, line).template.slots.items()}
    if not isinstance(error, SlotErrors):
        labels = {name: slot.label for name, slot in slots.items()}
        return [
            Complaint.about(words, _field_at(asking, one, slots) if isinstance(one, AtKey) else "")
            for one in error.sentences()
            for words in asking.told(OrderRefused(one), labels)
        ]
    found = []
    for one in error.problems:
        missing, slot = one.problem == MISSING, slots.get(one.slot)
        if missing and writing:
            continue
        label = slot.label if slot else one.slot
        what = (
            asking.words.gettext("this must be filled in")
            if missing
            else asking.words.say(unnamed(one.problem))
        )
        # Of several pieces a page shows the fields of one.
        field = _field_of(one.slot, slot) if slot and len(lines) == 1 else ""
        found.append(Complaint.about(f"{label}: {what}", field))
    return found


def _field_of(name: str, slot: Slot) -> str:
    """Return the id of a slot's field."""
    return f"{'picture' if slot.kind == 'image' else 'slot'}-{name}"


def _field_at(asking: Asking, problem: AtKey, slots: Mapping[str, Slot]) -> str:
    """Return the id of the field that says what stands at a key of an order, empty where there is none."""
    if slot := slots.get(problem.slot):
        return _field_of(problem.slot, slot)
    return problem.name if problem.name in labels_of(asking.words) else ""


def held_of(asking: Asking, line: Line) -> Frozen:
    """Return the release that a line names, in the language of who asks."""
    with asking.site.book.read() as connection:
        held = frozen(asking.site.book, connection, line.template, line.release)
    return held.said_in(asking.words.language)
