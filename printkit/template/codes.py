"""Where a piece's codes lead: the address with its tracking parameters, and the print id."""

from collections.abc import Iterable, Mapping

from printkit.errors import SlotProblem
from printkit.profiles import Campaign, Committee, Stated
from printkit.qr import CodeGeometry, CodeProblem, address, check_address, check_length, print_id, version_for
from printkit.template.manifest import Slot
from printkit.template.request import BindRequest, CodeLink, Target
from printkit.words import sentence


def committee_target(committee: Committee, *, short: bool) -> tuple[str, Stated]:
    """Return the name and value of a committee's address: its form, else its page.

    `short` takes the address in words in the page's place once it is confirmed: its code is far coarser.
    """
    if committee.form is not None:
        return "committee.form", committee.form
    address = committee.short_address
    if short and address.confirmed:
        return "committee.short_address", Stated(value=f"https://{address.value}")
    return "committee.page", committee.page


def target(slot: Slot, value: str | None, request: BindRequest, seen: set[str]) -> Target | None:
    """Return where a code leads: a given address, else the committee's; `seen` gets what is unconfirmed."""
    if value is not None:
        return Target(value, value.partition("://")[2].rstrip("/"), given=True)
    if slot.target != "committee":
        return None
    name, stated = committee_target(request.committee, short=request.profiles.codes.short_address)
    if not stated.confirmed:
        seen.add(name)
    return Target(stated.value, request.committee.short_address.value)


def links(request: BindRequest, targets: Mapping[str, Target]) -> tuple[list[CodeLink], list[SlotProblem]]:
    """Return the codes' links, and the slots whose address a code cannot hold."""
    found: list[CodeLink] = []
    problems: list[SlotProblem] = []
    most = request.profiles.codes.address_characters
    for slot, one in targets.items():
        # A parameter more makes a code finer, so it stands only where it tells something
        own = {"code": slot} if len(targets) > 1 else {}
        try:
            check_address(one.url, most)
            # What is added to an address is escaped, so that it makes it longer and nothing else.
            url = check_length(address(one.url, tracking(request, own)), most)
        except CodeProblem as error:
            problems.append(SlotProblem(request.where, slot, sentence(error)))
            continue
        names = _names(request, slot, one)
        found.append(CodeLink(slot, url, print_id(*names), " ".join(filter(None, names))))
    return found, problems


def geometry_of(request: BindRequest, found: Iterable[CodeLink]) -> CodeGeometry:
    """Return the sizes of a layout's codes: those of its longest address at any site of the workspace.

    They are the same at each site and without one, since all share the layout.
    """
    page, figures = request.format, request.profiles.codes
    level = figures.level_outdoor if page.outdoor else figures.level
    # Bytes, as a code holds those, and not characters
    longest = max((len(link.url.encode()) for link in found), default=0)
    # Ids of sites are ASCII, so their characters are bytes
    widest = max(map(len, request.profiles.sites), default=0)
    if request.campaign and request.campaign.tracking.enabled:
        own = len(request.site.id) if request.site else -len(f"&{request.campaign.tracking.site}=")
        longest += max(0, widest - own)
    return CodeGeometry.of(figures, page.code_distance_mm, version_for(longest, level))


def _names(request: BindRequest, slot: str, target: Target) -> tuple[str, ...]:
    """Return what a code's id stands for: all that tells it from others, but not the format.

    A person who holds a piece sees whether it is poster or flyer. An address that a slot was given counts,
    so that two events' codes differ; the committee's own does not: the id outlives a new form.
    """
    campaign, site = request.campaign, request.site
    return (
        campaign.id if campaign else "",
        campaign.edition if campaign else "",
        request.committee.id,
        request.template,
        request.language,
        slot,
        site.id if site else "",
        target.url if target.given else "",
        # A name more only where there is a row: the ids of all other pieces stay.
        *([request.row] if request.row else []),
    )


def tracking(request: BindRequest, own: Mapping[str, str]) -> dict[str, str]:
    """Return the query parameters of a code: short, and only for a place; none without a campaign.

    Template and language are among them where the campaign has several; `own` tells a piece's codes apart.
    """
    campaign = request.campaign
    if campaign is None or not campaign.tracking.enabled:
        return {}
    values = {
        "campaign": campaign.edition,
        # The number, as ids are longer and statistics are read by number
        "committee": f"{request.committee.number:02d}",
        "format": request.format.short,
        **({"site": request.site.id} if request.site else {}),
        **_design(campaign, request),
        **own,
    }
    return {getattr(campaign.tracking, key): value for key, value in values.items()}


def _design(campaign: Campaign, request: BindRequest) -> dict[str, str]:
    # The piece's own too: `render` may make one that its campaign does not name
    templates = {request.template, *(entry.template for entry in campaign.pieces)}
    languages = {request.language, *(one for entry in campaign.pieces for one in entry.languages)}
    several = {"template": request.template} if len(templates) > 1 else {}
    return several | ({"language": request.language} if len(languages) > 1 else {})
