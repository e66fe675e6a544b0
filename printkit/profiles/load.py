"""Load every profile of a workspace and check each against the others."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import Any, TypeVar

from pydantic import ValidationError

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.profiles.base import Model
from printkit.profiles.people import Brand, Campaign, Committee, Site
from printkit.profiles.print import CodeRules, Format, Press
from printkit.workspace import Workspace

M = TypeVar("M", bound=Model)

BRAND = "profiles/brand.toml"
CODES = "profiles/preflight/codes.toml"
SITES = "profiles/sites.csv"


@dataclass(frozen=True)
class Profiles:
    """Hold all profiles of a workspace by id."""

    committees: Mapping[str, Committee]
    formats: Mapping[str, Format]
    presses: Mapping[str, Press]
    sites: Mapping[str, Site]
    campaigns: Mapping[str, Campaign]
    brand: Brand
    codes: CodeRules


def load_profiles(workspace: Workspace) -> Profiles:
    """Read and cross-check all profiles; raise WorkspaceErrors with every complaint."""
    complaints: list[WorkspaceError] = []
    committees = _folder(workspace, Committee, complaints)
    formats = _folder(workspace, Format, complaints)
    presses = _folder(workspace, Press, complaints)
    campaigns = _folder(workspace, Campaign, complaints)
    sites = _sites(workspace, committees, complaints)
    brand = _one(workspace, BRAND, Brand, complaints)
    codes = _one(workspace, CODES, CodeRules, complaints)
    if complaints or brand is None or codes is None:
        raise WorkspaceErrors(complaints)
    profiles = Profiles(committees, formats, presses, sites, campaigns, brand, codes)
    complaints.extend(_cross_check(workspace, profiles))
    if complaints:
        raise WorkspaceErrors(complaints)
    return profiles


def parse(model: type[M], file: str, data: Mapping[str, Any]) -> M:
    """Validate one profile; raise WorkspaceErrors that name file and key of each complaint."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        raise WorkspaceErrors(_complaint(file, dict(row)) for row in error.errors()) from error


def load_campaign(workspace: Workspace, profiles: Profiles, file: str) -> Campaign:
    """Read a campaign from any TOML file below the workspace, checked as the others are."""
    data = workspace.read_toml(file)
    campaign = parse(Campaign, file, {"id": PurePosixPath(file).stem, **data})
    complaints = list(_check_campaign(file, campaign, profiles))
    if complaints:
        raise WorkspaceErrors(complaints)
    return campaign


def _complaint(file: str, row: Mapping[str, Any]) -> WorkspaceError:
    key = ".".join(str(part) for part in row["loc"]) or None
    reasons = {"extra_forbidden": "unknown key", "missing": "this key is required"}
    reason = reasons.get(row["type"], str(row["msg"]).removeprefix("Value error, "))
    return WorkspaceError(file, key, reason)


def _folder(workspace: Workspace, model: type[M], complaints: list[WorkspaceError]) -> dict[str, M]:
    name = {Committee: "committees", Format: "formats", Press: "presses", Campaign: "campaigns"}[model]
    found: dict[str, M] = {}
    for file in workspace.files(f"profiles/{name}/*.toml"):
        identifier = PurePosixPath(file).stem
        item = _one(workspace, file, model, complaints, id=identifier)
        if item is not None:
            found[identifier] = item
    return found


def _one(
    workspace: Workspace, file: str, model: type[M], complaints: list[WorkspaceError], **extra: str
) -> M | None:
    try:
        data = workspace.read_toml(file)
        if "id" in data and "id" in extra:
            raise WorkspaceError(file, "id", "the file's name is the id; remove the key")
        return parse(model, file, {**data, **extra})
    except WorkspaceErrors as errors:
        complaints.extend(errors.errors)
    except WorkspaceError as error:
        complaints.append(error)
    return None


def _sites(
    workspace: Workspace, committees: Mapping[str, Committee], complaints: list[WorkspaceError]
) -> dict[str, Site]:
    sites: dict[str, Site] = {}
    try:
        rows = workspace.read_csv(SITES)
    except WorkspaceError as error:
        complaints.append(error)
        return sites
    for number, row in enumerate(rows, 1):
        named = row.get("committees", "").split()
        chosen = sorted(committees) if named == ["all"] else named
        try:
            site = parse(Site, SITES, {**row, "committees": chosen})
        except WorkspaceErrors as errors:
            complaints.extend(WorkspaceError(SITES, f"row {number}, {e.where}", e.reason) for e in errors.errors)
            continue
        if site.id in sites:
            complaints.append(WorkspaceError(SITES, f"row {number}, id", f"'{site.id}' is there twice"))
        sites[site.id] = site
    return sites


def _cross_check(workspace: Workspace, profiles: Profiles) -> Iterator[WorkspaceError]:
    for page in profiles.formats.values():
        yield from _known(f"profiles/formats/{page.id}.toml", "default_press", [page.default_press], profiles.presses)
    for site in profiles.sites.values():
        yield from _known(SITES, f"{site.id}, committees", site.committees, profiles.committees)
    for committee in profiles.committees.values():
        yield from _check_committee(workspace, committee, profiles)
    for press in profiles.presses.values():
        yield from _check_recipes(press, profiles.brand)
    for campaign in profiles.campaigns.values():
        yield from _check_campaign(f"profiles/campaigns/{campaign.id}.toml", campaign, profiles)
    yield from _unique("number", profiles.committees.values())
    yield from _unique("short", profiles.formats.values())


def _check_committee(workspace: Workspace, committee: Committee, profiles: Profiles) -> Iterator[WorkspaceError]:
    file = f"profiles/committees/{committee.id}.toml"
    yield from _known(file, "sky", [committee.sky], profiles.brand.colors)
    yield from _known(file, "ground", [committee.ground], profiles.brand.colors)
    if not workspace.path(committee.illustration).is_file():
        yield WorkspaceError(file, "illustration", f"no file {committee.illustration}")


def _check_recipes(press: Press, brand: Brand) -> Iterator[WorkspaceError]:
    for name, color in brand.colors.items():
        ink = sum(color.coated if press.coated else color.uncoated)
        if ink > press.ink_limit:
            key = f"colors.{name}.{'coated' if press.coated else 'uncoated'}"
            reason = f"{ink:g} % ink, press '{press.id}' takes {press.ink_limit:g} %; lower the recipe"
            yield WorkspaceError(BRAND, key, reason)


def _check_campaign(file: str, campaign: Campaign, profiles: Profiles) -> Iterator[WorkspaceError]:
    yield from _known(file, "committees", campaign.committees or (), profiles.committees)
    yield from _known(file, "committee_slots", campaign.committee_slots, profiles.committees)
    for number, entry in enumerate(campaign.pieces):
        yield from _known(file, f"pieces.{number}.format", [entry.format], profiles.formats)
        yield from _known(file, f"pieces.{number}.press", [entry.press] if entry.press else [], profiles.presses)


def _known(file: str, key: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[WorkspaceError]:
    names = sorted(known)
    for identifier in ids:
        if identifier not in names:
            yield WorkspaceError(file, key, f"unknown '{identifier}'; known: {', '.join(names)}")


def _unique(key: str, items: Iterable[Committee | Format]) -> Iterator[WorkspaceError]:
    seen: dict[object, str] = {}
    for item in items:
        value = getattr(item, key)
        if value in seen:
            folder = "committees" if isinstance(item, Committee) else "formats"
            yield WorkspaceError(f"profiles/{folder}/{item.id}.toml", key, f"{value} is that of {seen[value]} too")
        seen[value] = item.id
