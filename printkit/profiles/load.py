"""Load every profile of a workspace and check each against the others."""

from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any, TypeVar

from pydantic import ValidationError

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.profiles.base import Model
from printkit.profiles.check import (
    BATCH,
    BRAND,
    CODES,
    DESIGN,
    GWG,
    LIMITS,
    MUNICIPALITY,
    PRODUCT,
    SITES,
    Listed,
    Profiles,
    check_campaign,
    check_listed,
    check_spoken,
    cross_check,
)
from printkit.profiles.design import Design
from printkit.profiles.faults import faults
from printkit.profiles.gwg import Gwg
from printkit.profiles.languages import FOLDER as LANGUAGES
from printkit.profiles.languages import LanguageForms
from printkit.profiles.limits import BatchLimits, CheckLimits
from printkit.profiles.municipality import Municipality
from printkit.profiles.people import Brand, Campaign, Committee, Site
from printkit.profiles.print import CodeRules, Format, Press
from printkit.profiles.product import ProductRules
from printkit.profiles.screen import Screen
from printkit.words import Message
from printkit.workspace import Workspace, read_toml

M = TypeVar("M", bound=Model)
FOLDERS: dict[type[Model], str] = {
    Campaign: "profiles/campaigns/",
    Committee: "profiles/committees/",
    Format: "profiles/formats/",
    LanguageForms: LANGUAGES,
    Press: "profiles/presses/",
    Screen: "profiles/screens/",
}


def load_profiles(workspace: Workspace) -> Profiles:
    """Read and cross-check all profiles; raise WorkspaceErrors with every complaint."""
    complaints: list[WorkspaceError] = []
    listed = _listed(workspace, complaints)
    codes = _one(workspace, CODES, CodeRules, complaints)
    product = _one(workspace, PRODUCT, ProductRules, complaints)
    gwg = _one(workspace, GWG, Gwg, complaints)
    limits = _one(workspace, LIMITS, CheckLimits, complaints)
    batch = _one(workspace, BATCH, BatchLimits, complaints)
    design = _one(workspace, DESIGN, Design, complaints)
    # Before profiles are checked against each other: what is missing would be told of as unknown once more.
    if not (listed and codes and product and gwg and limits and batch and design) or complaints:
        raise WorkspaceErrors(complaints)
    profiles = Profiles(
        **vars(listed), codes=codes, product=product, gwg=gwg, limits=limits, batch=batch, design=design
    )
    complaints.extend(cross_check(profiles))
    if complaints:
        raise WorkspaceErrors(complaints)
    return profiles


def load_listed(workspace: Workspace) -> Listed:
    """Read and cross-check what people list; raise WorkspaceErrors with every complaint.

    The figures of checks are most of what there is to read, and nobody lists them.
    """
    complaints: list[WorkspaceError] = []
    listed = _listed(workspace, complaints)
    if listed and not complaints:
        complaints.extend(check_listed(listed))
    if listed is None or complaints:
        raise WorkspaceErrors(complaints)
    return listed


def _listed(workspace: Workspace, complaints: list[WorkspaceError]) -> Listed | None:
    committees = _folder(workspace, Committee, complaints)
    formats = _folder(workspace, Format, complaints)
    presses = _folder(workspace, Press, complaints)
    campaigns = _folder(workspace, Campaign, complaints)
    languages = _folder(workspace, LanguageForms, complaints)
    municipality = _one(workspace, MUNICIPALITY, Municipality, complaints)
    sites = _sites(workspace, committees, municipality, complaints)
    brand = _one(workspace, BRAND, Brand, complaints)
    if brand is None or municipality is None:
        return None
    return Listed(
        committees=committees,
        formats=formats,
        screens=_folder(workspace, Screen, complaints),
        presses=presses,
        sites=sites,
        campaigns=campaigns,
        languages=languages,
        municipality=municipality,
        brand=brand,
    )


def load_languages(workspace: Workspace) -> dict[str, LanguageForms]:
    """Return the languages that have forms of their own; raise WorkspaceErrors."""
    complaints: list[WorkspaceError] = []
    found = _folder(workspace, LanguageForms, complaints)
    if complaints:
        raise WorkspaceErrors(complaints)
    return found


def parse(model: type[M], file: str, data: Mapping[str, Any]) -> M:
    """Validate one profile; raise WorkspaceErrors that name file and key of each complaint."""
    try:
        return model.model_validate(data)
    except ValidationError as error:
        told = (WorkspaceError(file, key or None, why) for key, why in faults(error))
        raise WorkspaceErrors(told) from error


def load_campaign(profiles: Profiles, file: Path) -> Campaign:
    """Read a campaign from any TOML file, checked as the workspace's own; the file's stem is its id."""
    campaign = parse(Campaign, str(file), {"id": file.stem, **read_toml(file)})
    complaints = [
        *check_campaign(str(file), campaign, profiles),
        *check_spoken(str(file), campaign, profiles),
    ]
    if complaints:
        raise WorkspaceErrors(complaints)
    return campaign


def _folder(workspace: Workspace, model: type[M], complaints: list[WorkspaceError]) -> dict[str, M]:
    found: dict[str, M] = {}
    for file in workspace.files(f"{FOLDERS[model]}*.toml"):
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
        # An id in the file could part from the file's name, which all others refer to
        if "id" in data and "id" in extra:
            raise WorkspaceError(file, "id", Message("the file's name is the id; remove the key"))
        return parse(model, file, {**data, **extra})
    except WorkspaceErrors as errors:
        complaints.extend(errors.errors)
    except WorkspaceError as error:
        complaints.append(error)
    return None


def _sites(
    workspace: Workspace,
    committees: Mapping[str, Committee],
    municipality: Municipality | None,
    complaints: list[WorkspaceError],
) -> dict[str, Site]:
    sites: dict[str, Site] = {}
    try:
        rows = workspace.read_csv(SITES)
    except WorkspaceError as error:
        complaints.append(error)
        return sites
    # All rows have the same columns: one that is too much is told of once.
    if strange := [name for name in (rows[0][1] if rows else ()) if name not in Site.model_fields]:
        reason = Message(
            "no such column; there are: %(there)s; remove it, or its name", there=", ".join(Site.model_fields)
        )
        complaints.extend(
            WorkspaceError(SITES, Message("row %(row)s, %(key)s", row=1, key=name), reason)
            for name in strange
        )
        return sites
    for number, row in rows:
        try:
            site = parse(Site, SITES, _site(row, committees))
        except WorkspaceErrors as errors:
            complaints.extend(
                # Counted as the spreadsheet counts, whose user has to find the cell
                WorkspaceError(SITES, Message("row %(row)s, %(key)s", row=number, key=e.where), e.reason)
                for e in errors.errors
            )
            continue
        # Where the municipality's file is wrong nothing can be said of kinds.
        kinds = municipality.places if municipality else {site.kind: {}}
        if site.kind not in kinds:
            reason = Message(
                "'%(kind)s' is none of %(there)s; profiles/municipality.toml names the kinds",
                kind=site.kind,
                there=", ".join(kinds),
            )
            complaints.append(
                WorkspaceError(SITES, Message("row %(row)s, %(key)s", row=number, key="kind"), reason)
            )
        if site.id in sites:
            complaints.append(
                WorkspaceError(
                    SITES,
                    Message("row %(row)s, %(key)s", row=number, key="id"),
                    Message("'%(id)s' is there twice", id=site.id),
                )
            )
        # Kept with its fault, so that the rows below are checked against it.
        sites[site.id] = site
    return sites


def _site(row: Mapping[str, str], committees: Mapping[str, Committee]) -> dict[str, object]:
    """Return a row's cells as the profile has them; ids may be written in capitals."""
    # Spreadsheets capitalise the first letter of a cell by themselves
    named = row.get("committees", "").lower().replace(",", " ").split()
    chosen = sorted(committees) if named == ["all"] else named
    told: dict[str, object] = {**row, "committees": chosen}
    return told | {key: row[key].lower() for key in ("id", "kind") if key in row}
