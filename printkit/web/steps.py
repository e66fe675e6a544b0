"""Steps of an order's life, each a button: who may take one is asked by the order book."""

from collections.abc import Callable

from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders import changing, deciding, producing
from printkit.orders.approving import approve
from printkit.orders.proving import make_proof
from printkit.orders.reading import Order, get
from printkit.orders.stepping import On
from printkit.web.asking import Asking
from printkit.web.looking import demand_shown

Step = Callable[[Asking, On], Order | None]


STEPS: dict[str, Step] = {
    "submit": lambda asking, on: _submit(asking, on),
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


def _submit(asking: Asking, on: On) -> Order:
    """Send in what has no form: a complaint, whose content is that of the first order."""
    demand_shown(asking, get(asking.site.book, asking.who, on.order))
    return changing.submit(asking.site.book, asking.who, on)


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
    try:
        made = step(asking, on)
    except OrderRefused:
        # Refused, as what was asked for has just been done by the first of two presses.
        if again := asking.done():
            return again
        raise
    return asking.go(f"/order/{made.id if made else order}")
