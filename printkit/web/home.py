"""What a committee sees first: what it may order, what became of its orders, and its money."""

import datetime
from dataclasses import dataclass

from starlette.responses import Response

from printkit.errors import OrderRefused
from printkit.orders import money
from printkit.orders.life import ENDED, State
from printkit.orders.reading import Order, count_states, list_orders
from printkit.orders.releases import Frozen, TemplateRelease, frozen, list_releases
from printkit.orders.rights import Act, demand
from printkit.profiles.orders import Kit
from printkit.units import whole_number
from printkit.web.asking import Asking

SHOWN = 20
ARRIVED = (State.DELIVERED, State.CLOSED)
# What was ordered a year ago, give or take this much, is offered again.
YEAR, SEASON = datetime.timedelta(days=365), datetime.timedelta(days=75)
LOOKED_AT, OFFERED = 200, 3


@dataclass(frozen=True)
class Family:
    """A template that can be ordered today, by its newest release."""

    release: TemplateRelease
    held: Frozen

    @property
    def id(self) -> str:
        return self.release.template


def families(asking: Asking) -> list[Family]:
    """Return the templates to order today; a committee could not fill in what is left to staff."""
    book, found = asking.site.book, {}
    staff = asking.may("SET_ALL")
    with book.read() as connection:
        for release in list_releases(connection):
            # Releases come newest first.
            if release.template not in found and release.problem(book.today) is None:
                held = frozen(book, connection, release.template, release.number)
                found[release.template] = Family(release, held.said_in(asking.words.language))
    return [one for one in found.values() if staff or not one.held.template.left_to_staff]


def committee_of(asking: Asking) -> str:
    """Return the committee that a page is about: the one asked for, else the first of who asks."""
    own, known = sorted(asking.who.committees), asking.site.book.profiles.committees
    asked = asking.request.query_params.get("committee", "") or asking.text("committee")
    if asked:
        demand(asking.who, Act.READ, asked)
        if asked in known:
            return asked
    return own[0] if own else next(iter(known))


def home(asking: Asking) -> Response:
    """Show what can be ordered, and the newest orders; staff sees its queue first."""
    # Who has a committee too comes to order; the queue is one step away.
    if asking.who.staff and not asking.who.committees:
        return asking.go("/queue")
    committee = committee_of(asking)
    recent = list_orders(asking.site.book, asking.who, committee=committee, most=5)
    found = families(asking)
    return asking.page(
        "home.html",
        families=found,
        kits=_kits(asking, committee, found),
        committee=asking.site.book.profiles.committees[committee],
        recent=recent,
        last_year=_last_year(asking, committee),
        account=account_of(asking, committee),
        warn=asking.site.book.rules.rules.warn_percent,
    )


def _kits(asking: Asking, committee: str, found: list[Family]) -> dict[str, tuple[Kit, int]]:
    """Return the kits that can be ordered for a committee, and how many places take each."""
    book, there = asking.site.book, {one.id for one in found}
    kits = {}
    for name, kit in book.rules.kits.items():
        places = [one for one in book.profiles.sites.values() if one.kind in kit.sites]
        count = sum(committee in one.committees for one in places)
        # A kit with a design that cannot be ordered today would fail when it is sent in.
        if count and all(item.template in there for item in kit.items):
            kits[name] = kit, count
    return kits


def _last_year(asking: Asking, committee: str) -> list[Order]:
    """Return what a committee ordered at this time of the last year, the nearest day first."""
    book = asking.site.book
    year_ago = book.today - YEAR
    got = list_orders(book, asking.who, committee=committee, states=ARRIVED, most=LOOKED_AT)
    apart = {one.id: abs(datetime.date.fromisoformat(one.made_at[:10]) - year_ago) for one in got}
    near = [one for one in got if apart[one.id] <= SEASON]
    return sorted(near, key=lambda one: (apart[one.id], one.id))[:OFFERED]


def account_of(asking: Asking, committee: str) -> money.Account | None:
    """Return this year's account of a committee, None where it has none."""
    book = asking.site.book
    try:
        with book.read() as connection:
            return money.account(book, connection, money.account_id(committee, book.today.year))
    except OrderRefused:
        return None


def orders(asking: Asking) -> Response:
    """Show orders, those that are still on their way first."""
    query = asking.request.query_params
    # By the number of the last one shown, as new orders would shift pages that are counted.
    before = whole_number(query.get("before", ""))
    # One more than is shown tells whether there is a next page.
    found = list_orders(asking.site.book, asking.who, before=before, most=SHOWN + 1)
    shown: list[Order] = found[:SHOWN]
    return asking.page(
        "orders.html",
        orders=shown,
        more=shown[-1].id if len(found) > SHOWN else None,
        counts=count_states(asking.site.book, asking.who),
        ended=ENDED,
        states=State,
    )
