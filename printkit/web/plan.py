"""The year on a page: what is due when for whom, and the button that makes drafts of it."""

import datetime

from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders.plans import DueLine, make_drafts, year_of
from printkit.profiles.plan import Plan
from printkit.units import whole_number
from printkit.web.asking import Asking

MONTHS = range(1, 13)


def show(asking: Asking) -> Response:
    """Show a plan's lines by the day that they are needed, and the year as a strip of months."""
    book, who, asked = asking.site.book, asking.who, asking.request.query_params.get("plan", "")
    plans = sorted(book.rules.plans.values(), key=lambda one: (one.year, one.id))
    chosen = book.rules.plans.get(asked) or _of_today(plans, book.today)
    if chosen is None:
        return asking.page("plan.html", plan=None, plans=(), lines=(), months=(), made=None)
    lines = year_of(book, who, chosen.id)
    made = asking.request.query_params.get("made", "")
    return asking.page(
        "plan.html",
        plan=chosen,
        plans=plans,
        lines=[(due, _whose(asking, due)) for due in lines],
        months=[datetime.date(chosen.year, month, 1) for month in MONTHS],
        # Whatever stands in an address; a count that is none is left out.
        made=whole_number(made),
        kits=book.rules.kits,
    )


def _of_today(plans: list[Plan], today: datetime.date) -> Plan | None:
    """Return the plan that still has something to come, else the newest."""
    coming = (one for one in plans if any(line.needed_by >= today for line in one.lines.values()))
    # In January the plan of the last year has nothing left to say.
    return next(coming, plans[-1] if plans else None)


def _whose(asking: Asking, due: DueLine) -> list[str]:
    """Return the committees without an order of a line that who asks may begin one for."""
    # A draft that the municipality pays for would be refused when it is made.
    if due.line.payer == "municipality" and not asking.may("CHOOSE_PAYER"):
        return []
    return [one for one in due.missing if asking.may("WRITE", one)]


def make(asking: Asking) -> Response:
    """Make the drafts of a line, for all committees that who asks may order for."""
    plan, line = asking.text("plan"), asking.text("line")
    due = next((one for one in year_of(asking.site.book, asking.who, plan) if one.id == line), None)
    if due is None or not (whose := _whose(asking, due)):
        raise OrderRefused(asking.words.gettext("nothing is left to begin of this line"))
    made = make_drafts(asking.site.book, asking.who, plan, line, committees=whose)
    # One draft is gone on with; of several the plan says how many.
    if len(made) == 1:
        return asking.go(f"/order/{made[0].id}")
    return asking.go(f"/plan?plan={plan}&made={len(made)}")
