"""What ordering goes by: files that are there and sound, prices that are agreed on and stand today."""

import datetime
from collections.abc import Iterator

from printkit.doctor.finding import Concern
from printkit.errors import PrintkitError, WorkspaceErrors
from printkit.profiles import Profiles
from printkit.profiles.orders import CALENDAR, KITS, PRICES, RULES, load_order_profiles
from printkit.template import list_templates, load_template
from printkit.words import Message, sentence
from printkit.workspace import Workspace


def ordering(workspace: Workspace, profiles: Profiles, today: datetime.date) -> Iterator[Concern]:
    """Yield what stands in the way of orders, where a workspace has anything that says it takes them."""
    if not any(map(workspace.has, (RULES, CALENDAR, KITS))) and not workspace.files(f"{PRICES}/*.toml"):
        return
    try:
        rules = load_order_profiles(workspace, profiles)
    except WorkspaceErrors as errors:
        # Printing goes on without these files, so that they are findings here and no error.
        for error in errors.errors:
            yield Concern(
                "missing", "ordering", sentence(error), Message("printkit serve and printkit orders need it")
            )
        return
    yield from _left_to_staff(workspace)
    for one in rules.prices.values():
        if not one.confirmed:
            what = f"{PRICES}/{one.id}.toml: {one.name}"
            yield Concern(
                "unconfirmed", "prices", what, Message("agree on them, correct them, set confirmed = true")
            )
    if not any(one.valid_from <= today <= one.valid_to for one in rules.prices.values()):
        what = Message("%(folder)s: no list is valid today", folder=PRICES)
        yield Concern(
            "advice", "prices", what, Message("write the new list: without one nothing can be ordered")
        )


def _left_to_staff(workspace: Workspace) -> Iterator[Concern]:
    """Yield designs that committees are not offered, as somebody else must fill them in."""
    for identifier in list_templates(workspace):
        try:
            left = load_template(workspace, identifier).left_to_staff
        # Told with all that is wrong with templates.
        except PrintkitError:
            continue
        if left:
            what = Message(
                "%(template)s: %(slots)s: required, and only the communications office may set it, so that "
                "no committee is offered the design",
                template=identifier,
                slots=", ".join(left),
            )
            todo = Message('give it a default or edit = "committee", or order for committees: orders new')
            yield Concern("advice", "ordering", what, todo)
