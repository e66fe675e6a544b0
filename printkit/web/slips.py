"""A parcel's slip: whoever takes it counts and confirms, once, without signing in."""

from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders.producing import confirm as confirm_slip
from printkit.orders.producing import slip_of, slips_of
from printkit.web.asking import Asking


def of_order(asking: Asking) -> Response:
    """Show the slips of an order, one for each place, to be printed and laid into the parcels."""
    book, number = asking.site.book, asking.number()
    rows = slips_of(book, asking.who, number)
    # A slip has a row for each piece in its parcel.
    codes = list(dict.fromkeys(str(row["code"]) for row in rows))
    return asking.page("slips.html", number=number, slips=[slip_of(book, code) for code in codes])


def show(asking: Asking) -> Response:
    """Show what a parcel holds, by the code of its slip."""
    slip = slip_of(asking.site.book, asking.request.path_params["code"])
    return asking.page("slip.html", slip=slip, done=False)


def confirm(asking: Asking) -> Response:
    """Take the counts of a parcel."""
    book, code = asking.site.book, asking.request.path_params["code"]
    slip = slip_of(book, code)
    counted = {line.piece: asking.whole(f"counted.{line.piece}") for line in slip.lines}
    missing = [piece for piece, count in counted.items() if count is None]
    # A count left empty is not a count of nothing.
    if missing:
        raise OrderRefused(asking.words.gettext("count each kind of print in the parcel"))
    confirm_slip(book, code, {piece: count or 0 for piece, count in counted.items()}, asking.text("remark"))
    return asking.page("slip.html", slip=slip, done=True)
