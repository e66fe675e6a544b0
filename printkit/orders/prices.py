"""What lines cost, in hundredths of the currency: set-up and copies of the tier that the quantity reaches."""

import datetime
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from printkit.errors import OrderRefused
from printkit.orders.content import Line
from printkit.profiles.orders import Price, PriceList, Tier
from printkit.words import Message

BASIS = 10_000


@dataclass(frozen=True)
class Cost:
    """A cost without VAT, and the VAT of it, in hundredths."""

    net: int
    vat: int

    @property
    def gross(self) -> int:
        return self.net + self.vat

    def __add__(self, other: "Cost") -> "Cost":
        return Cost(self.net + other.net, self.vat + other.vat)


def list_on(lists: Mapping[str, PriceList], day: datetime.date) -> PriceList:
    """Return the price list of a day, the one that began last; raise OrderRefused where there is none."""
    valid = [one for one in lists.values() if one.valid_from <= day <= one.valid_to]
    if not valid:
        raise OrderRefused(
            Message("no price list is valid on %(day)s; communications must enter one", day=day)
        )
    # A new agreement begins before the old one has run out
    return max(valid, key=lambda one: (one.valid_from, one.id))


def price_of(prices: PriceList, line: Line) -> Price:
    """Return the price of a line's format on its press; raise OrderRefused where the list has none."""
    found = prices.find(line.format, line.press)
    if found is None:
        raise OrderRefused(
            Message(
                "price list %(prices)s has no %(format)s on %(press)s",
                prices=prices.id,
                format=line.format,
                press=line.press,
            )
        )
    return found


def line_cost(prices: PriceList, line: Line) -> Cost:
    """Return a line's cost, VAT rounded once a line; raise OrderRefused for a quantity off the steps."""
    price = price_of(prices, line)
    check_quantity(price, line.quantity)
    return cost_of(price, line.quantity, prices.vat_basis_points)


def cost_of(price: Price, quantity: int, vat_basis_points: int) -> Cost:
    """Return what so many copies cost; VAT in parts of ten thousand."""
    tier = tier_of(price, quantity)
    # The tier's price counts for all copies, so that more copies may cost less: printers price so
    net = tier.setup + tier.each * quantity
    # Half a hundredth goes up, in whole numbers.
    return Cost(net, (net * vat_basis_points + BASIS // 2) // BASIS)


def tier_of(price: Price, quantity: int) -> Tier:
    """Return the last tier that a quantity reaches."""
    return max((one for one in price.tiers if one.quantity <= quantity), key=lambda one: one.quantity)


def total(prices: PriceList, lines: Iterable[Line]) -> Cost:
    """Return the sum of all lines."""
    return sum((line_cost(prices, line) for line in lines), Cost(0, 0))


def check_quantity(price: Price, quantity: int) -> None:
    """Raise OrderRefused for a number of copies that is not printed."""
    if not price.minimum <= quantity <= price.maximum or (quantity - price.minimum) % price.step:
        raise OrderRefused(
            Message(
                "%(quantity)s copies of %(format)s: "
                "it is printed from %(fewest)s to %(most)s in steps of %(step)s",
                quantity=quantity,
                format=price.format,
                fewest=price.minimum,
                most=price.maximum,
                step=price.step,
            )
        )


def more(price: Price, quantity: int, vat_basis_points: int) -> tuple[int, Cost] | None:
    """Return the next quantity of the steps offered and what it costs beyond this one; None at the end."""
    offered = [tier.quantity for tier in price.tiers if tier.quantity > quantity]
    following = offered[0] if offered else quantity + max(price.step, quantity // price.step * price.step)
    if following > price.maximum:
        return None
    now, then = (cost_of(price, one, vat_basis_points) for one in (quantity, following))
    return following - quantity, Cost(then.net - now.net, then.vat - now.vat)
