"""Waivers are read before any work: one of a rule that does not exist would waive nothing in silence."""

from typing import TYPE_CHECKING

from printkit.errors import WorkspaceErrors

if TYPE_CHECKING:
    from printkit.produce.production import Production


def refuse_unknown_rules(production: "Production") -> None:
    """Raise WorkspaceErrors for waivers of rules that do not exist, in any press and in the campaign."""
    given = {
        f"profiles/presses/{press.id}.toml": press.waivers for press in production.profiles.presses.values()
    }
    if production.campaign:
        given[f"campaign {production.campaign.id}"] = production.campaign.waivers
    # To know the rules is to import them, which a workspace without waivers need not wait for
    if any(given.values()):
        from printkit.preflight.checks import check_waivers

        complaints = [one for file, waivers in given.items() for one in check_waivers(file, waivers)]
        if complaints:
            raise WorkspaceErrors(complaints)
