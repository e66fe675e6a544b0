"""Steps of an order's life, each a button: who may take one is asked by the order book."""

import mimetypes
from collections.abc import Callable

from starlette.responses import FileResponse, Response

from printkit.errors import OrderRefused
from printkit.orders import changing, deciding, producing
from printkit.orders.approving import approve
from printkit.orders.content import Content
from printkit.orders.proving import make_proof, proof_folder
from printkit.orders.reading import Order, get, last_approved, proofs_of, revision_of
from printkit.orders.rights import Act, demand
from printkit.orders.stepping import On
from printkit.web.asking import Asking

Step = Callable[[Asking, On], Order | None]
# How the finding of a value that nobody has confirmed ends: a proof may have a dozen of them.
UNCONFIRMED = " is not confirmed"
PROOF_KINDS = (".png", ".pdf")


STEPS: dict[str, Step] = {
    "withdraw": lambda asking, on: changing.withdraw(asking.site.book, asking.who, on),
    "reorder": lambda asking, on: changing.reorder(asking.site.book, asking.who, on),
    "complain": lambda asking, on: changing.complain(asking.site.book, asking.who, on, _reason(asking)),
    "approve": lambda asking, on: approve(asking.site.book, asking.who, on),
    "return": lambda asking, on: deciding.give_back(asking.site.book, asking.who, on, _reason(asking)),
    "reject": lambda asking, on: deciding.reject(asking.site.book, asking.who, on, _reason(asking)),
    "release": lambda asking, on: producing.release(asking.site.book, asking.who, on),
    "cancel": lambda asking, on: producing.cancel(asking.site.book, asking.who, on, _reason(asking)),
    "ship": lambda asking, on: producing.ship(asking.site.book, asking.who, on),
    "deliver": lambda asking, on: producing.deliver(asking.site.book, asking.who, on, _reason(asking)),
    "close": lambda asking, on: producing.close(asking.site.book, asking.who, on),
}


def _reason(asking: Asking) -> str:
    """Return the reason in own words, after the ready phrase where one was chosen."""
    return " ".join(part for part in (asking.text("ready"), asking.text("reason")) if part)


def take(asking: Asking) -> Response:
    """Take the step that the address names; a new order that comes of it is shown."""
    name, order = asking.request.path_params["step"], asking.number()
    # The version that the page showed: who approves must have seen what she approves.
    on = On(order, asking.whole("version"), asking.text("key"))
    if name == "proof":
        make_proof(asking.site.book, asking.who, order)
        return asking.go(f"/order/{order}/proof")
    step = STEPS.get(name)
    if step is None:
        raise OrderRefused(asking.words.gettext("there is no such step"))
    made = step(asking, on)
    return asking.go(f"/order/{made.id if made else order}")


def look(asking: Asking) -> Response:
    """Show the press files of a revision as they are approved, and what changed since the last approval."""
    book, order = asking.site.book, get(asking.site.book, asking.who, asking.number())
    with book.read() as connection:
        found = proofs_of(connection, order.id, order.revision)
    folder = proof_folder(book, order.id, order.revision) / "proofs"
    pictures = {
        one.piece: sorted(file.name for file in folder.glob(f"{one.piece}-*.png") if file.is_file())
        for one in found
    }
    return asking.page(
        "proof.html",
        order=order,
        committee=book.profiles.committees[order.committee],
        proofs=found,
        pictures=pictures,
        open_values={one.piece: [it for it in one.reasons if it.endswith(UNCONFIRMED)] for one in found},
        changes=_changes(asking, order),
    )


def _changes(asking: Asking, order: Order) -> list[tuple[str, str, str]]:
    """Return what differs from the revision that was approved last: what it is, before, now."""
    book = asking.site.book
    last = last_approved(book, asking.who, order.id)
    if last is None or last == order.revision:
        return []
    before, now = (_flat(one) for one in (revision_of(book, asking.who, order.id, last), order.content))
    return [
        (key, before.get(key, ""), now.get(key, ""))
        for key in sorted(before.keys() | now.keys())
        if before.get(key) != now.get(key)
    ]


def _flat(content: Content) -> dict[str, str]:
    found = {"title": content.title, "needed by": str(content.needed_by or ""), "payer": content.payer}
    for number, line in enumerate(content.lines, 1):
        parts = line.model_dump(mode="json", exclude={"slots", "places"})
        found |= {f"{number}. {key}": str(value) for key, value in parts.items()}
        found |= {f"{number}. {name}": str(value) for name, value in line.slots.items()}
        found |= {f"{number}. {place.name}": str(place.copies) for place in line.places}
    return found


def proof(asking: Asking) -> Response:
    """Return a picture or a press file of the current revision's proof."""
    book, name = asking.site.book, asking.request.path_params["name"]
    order = get(book, asking.who, asking.number())
    demand(asking.who, Act.READ, order.committee)
    folder = proof_folder(book, order.id, order.revision)
    # A name that this folder has, and nothing that is put together of an address.
    found = next((one for one in sorted(folder.rglob("*")) if one.name == name and one.is_file()), None)
    if found is None or found.suffix not in PROOF_KINDS:
        raise OrderRefused(asking.words.gettext("there is no such proof"))
    return FileResponse(found, media_type=mimetypes.guess_type(name)[0])
