"""Where a piece's codes lead: the address with its tracking parameters, and the print id."""

from collections.abc import Mapping

from printkit.errors import SlotProblem
from printkit.profiles import Campaign, Committee, Stated
from printkit.qr import CodeProblem, address, check_address, print_id
from printkit.template.manifest import Slot
from printkit.template.request import BindRequest, CodeLink, Target


def committee_target(committee: Committee) -> tuple[str, Stated[str]]:
    """Return the name and value of a committee's address: its form, else its page."""
    if committee.form is not None:
        return "committee.form", committee.form
    return "committee.page", committee.page


def target(slot: Slot, value: str | None, request: BindRequest, seen: set[str]) -> Target | None:
    """Return where a code leads: a given address, else the committee's; `seen` gets what is unconfirmed."""
    if value is not None:
        return Target(value, value.partition("://")[2].rstrip("/"))
    if slot.target != "committee":
        return None
    name, stated = committee_target(request.committee)
    if not stated.confirmed:
        seen.add(name)
    return Target(stated.value, request.committee.short_address.value)


def links(request: BindRequest, targets: Mapping[str, Target]) -> tuple[list[CodeLink], list[SlotProblem]]:
    """Return the codes' links, and the slots whose address a code cannot hold."""
    found: list[CodeLink] = []
    problems: list[SlotProblem] = []
    site, edition = request.site.id if request.site else "", _edition(request.campaign)
    for slot, one in targets.items():
        # A second code of a piece needs an id of its own.
        committee = request.committee.id if len(targets) == 1 else f"{request.committee.id}/{slot}"
        try:
            url = check_address(
                address(one.url, tracking(request)), request.profiles.codes.address_characters
            )
            found.append(CodeLink(slot, url, print_id(committee, site, edition)))
        except CodeProblem as error:
            problems.append(SlotProblem(request.where, slot, str(error)))
    return found, problems


def tracking(request: BindRequest) -> dict[str, str]:
    """Return the query parameters of a piece: short, and only for a place; none without a campaign."""
    campaign = request.campaign
    if campaign is None or not campaign.tracking.enabled:
        return {}
    names = campaign.tracking
    values = {
        names.campaign: campaign.edition,
        names.committee: f"{request.committee.number:02d}",
        names.format: request.format.short,
    }
    return values | ({names.site: request.site.id} if request.site else {})


def _edition(campaign: Campaign | None) -> str:
    return campaign.edition if campaign else ""
