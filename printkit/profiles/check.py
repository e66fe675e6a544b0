"""Check profiles against each other: every id that one names exists, every recipe can be printed."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from printkit.errors import WorkspaceError
from printkit.profiles.design import Design
from printkit.profiles.gwg import Gwg
from printkit.profiles.languages import FOLDER as LANGUAGES
from printkit.profiles.languages import LanguageForms, check_languages
from printkit.profiles.limits import BatchLimits, CheckLimits
from printkit.profiles.municipality import Municipality
from printkit.profiles.people import Brand, Campaign, Committee, Site
from printkit.profiles.print import CodeRules, Format, Press, size_problem
from printkit.profiles.product import ProductRules
from printkit.profiles.screen import Screen
from printkit.profiles.slot_values import in_language, languages
from printkit.words import Message

BATCH = "profiles/batch.toml"
BRAND = "profiles/brand.toml"
CODES = "profiles/preflight/codes.toml"
DESIGN = "profiles/design.toml"
GWG = "profiles/preflight/gwg-2022.toml"
LIMITS = "profiles/preflight/limits.toml"
MUNICIPALITY = "profiles/municipality.toml"
PRODUCT = "profiles/preflight/product.toml"
SITES = "profiles/sites.csv"


@dataclass(frozen=True)
class Listed:
    """What people list of a workspace, by id: all but the figures of checks, codes and runs."""

    committees: Mapping[str, Committee]
    formats: Mapping[str, Format]
    screens: Mapping[str, Screen]
    presses: Mapping[str, Press]
    sites: Mapping[str, Site]
    campaigns: Mapping[str, Campaign]
    languages: Mapping[str, LanguageForms]
    municipality: Municipality
    brand: Brand


@dataclass(frozen=True)
class Profiles(Listed):
    """All profiles of a workspace."""

    codes: CodeRules
    product: ProductRules
    gwg: Gwg
    limits: CheckLimits
    batch: BatchLimits
    design: Design

    @property
    def code_font(self) -> str:
        """The font file of print ids, relative to the workspace."""
        return self.codes.font or self.brand.fonts.strong


# Complaints are yielded and not raised, so that whoever fills in a workspace sees all of them at once
def cross_check(profiles: Profiles) -> Iterator[WorkspaceError]:
    """Yield what in profiles does not fit together."""
    yield from check_listed(profiles)
    yield from check_languages(_languages(profiles), profiles.languages)
    for campaign in profiles.campaigns.values():
        # Apart from what people list, as languages are looked up in CLDR, which takes long to load.
        yield from check_spoken(f"profiles/campaigns/{campaign.id}.toml", campaign, profiles)
    yield from _known(DESIGN, "formats", profiles.design.formats, profiles.formats)
    if profiles.design.people:
        yield from _known(DESIGN, "people.skins", profiles.design.people.skins, profiles.brand.colors)


def check_listed(profiles: Listed) -> Iterator[WorkspaceError]:
    """Yield what does not fit together of that which people list."""
    for page in profiles.formats.values():
        yield from _known(
            f"profiles/formats/{page.id}.toml", "default_press", [page.default_press], profiles.presses
        )
        # One that is missing is told of by the line above.
        press = profiles.presses.get(page.default_press)
        if press and (problem := size_problem(page, press)):
            yield WorkspaceError(f"profiles/formats/{page.id}.toml", "trim_mm", problem)
    # Campaigns and templates name either by the bare id
    for both in profiles.formats.keys() & profiles.screens.keys():
        reason = Message(
            "'%(both)s' is a format for print as well; a layout must know which it is for", both=both
        )
        yield WorkspaceError(f"profiles/screens/{both}.toml", "id", reason)
    for site in profiles.sites.values():
        yield from _known(SITES, f"{site.id}, committees", site.committees, profiles.committees)
    for press in profiles.presses.values():
        yield from _check_recipes(press, profiles.brand)
    for campaign in profiles.campaigns.values():
        yield from check_campaign(f"profiles/campaigns/{campaign.id}.toml", campaign, profiles)
    yield from _unique("number", profiles.committees.values())
    yield from _unique("short", profiles.formats.values())


def _languages(profiles: Profiles) -> Iterator[tuple[str, str, str]]:
    """Yield file, key and tag of each language that the municipality's words name or that has forms."""
    yield MUNICIPALITY, "language", profiles.municipality.language
    for key, words in profiles.municipality.tables():
        yield from ((MUNICIPALITY, f"{key}.{tag}", tag) for tag in words)
    for committee in profiles.committees.values():
        file = f"profiles/committees/{committee.id}.toml"
        yield from ((file, f"names.{tag}", tag) for tag in committee.names)
    for forms in profiles.languages.values():
        yield f"{LANGUAGES}{forms.id}.toml", "locale", forms.id


def _check_recipes(press: Press, brand: Brand) -> Iterator[WorkspaceError]:
    for name, color in brand.colors.items():
        paper = "coated" if press.coated else "uncoated"
        key, recipe = f"colors.{name}.{paper}", color.coated if press.coated else color.uncoated
        if recipe is None:
            yield WorkspaceError(
                BRAND,
                key,
                Message(
                    "press '%(id)s' prints on %(paper)s paper; give percent C M Y K", id=press.id, paper=paper
                ),
            )
        # Each piece with this colour would be held: one recipe is the fault, told before a thousand pieces.
        elif (ink := sum(recipe)) > press.ink_limit:
            reason = Message(
                "%(ink)g %% ink, press '%(id)s' takes %(ink_limit)g %%; lower the recipe",
                ink=ink,
                id=press.id,
                ink_limit=press.ink_limit,
            )
            yield WorkspaceError(BRAND, key, reason)


def check_spoken(file: str, campaign: Campaign, profiles: Listed) -> Iterator[WorkspaceError]:
    """Yield the languages of a campaign's pieces and slots that nothing supports."""
    named = [
        (file, f"pieces.{number}.languages", tag)
        for number, entry in enumerate(campaign.pieces)
        for tag in entry.languages
    ]
    spoken = {tag for _, _, tag in named} | {profiles.municipality.language}
    slots: list[tuple[str, str, str]] = []
    for key, table in campaign.slot_tables:
        for tag in languages(table):
            # A slot has a table of languages, where a language has one of slots.
            if inner := next((one for one in in_language(table, tag) if one in spoken), None):
                reason = Message(
                    "a value in one language stands under that: %(slot)s in the table [%(key)s.%(tag)s]",
                    slot=tag,
                    key=key,
                    tag=inner,
                )
                yield WorkspaceError(file, f"{key}.{tag}", reason)
            else:
                slots.append((file, f"{key}.{tag}", tag))
    yield from check_languages((*named, *slots), profiles.languages)


def check_campaign(file: str, campaign: Campaign, profiles: Listed) -> Iterator[WorkspaceError]:
    """Yield the ids that a campaign names and nobody knows; complaints call it `file`."""
    yield from _known(file, "committees", campaign.committees or (), profiles.committees)
    yield from _known(file, "committee_slots", campaign.committee_slots, profiles.committees)
    for number, entry in enumerate(campaign.pieces):
        yield from _known(file, f"pieces.{number}.format", [entry.format], profiles.formats)
        yield from _known(file, f"pieces.{number}.quantities", entry.quantities, profiles.committees)
        yield from _known(
            file, f"pieces.{number}.press", [entry.press] if entry.press else [], profiles.presses
        )
        yield from _known(file, f"pieces.{number}.sites", entry.sites, profiles.municipality.places)


def _known(file: str, key: str, ids: Iterable[str], known: Iterable[str]) -> Iterator[WorkspaceError]:
    # All that there is, as most complaints are about a misspelt id
    names = sorted(known)
    for identifier in ids:
        if identifier not in names:
            told = Message("unknown '%(id)s'; known: %(known)s", id=identifier, known=", ".join(names))
            yield WorkspaceError(file, key, told)


def _unique(key: str, items: Iterable[Committee | Format]) -> Iterator[WorkspaceError]:
    # Lists name committees by number, codes name formats by `short`: two of one would be counted as one.
    seen: dict[object, str] = {}
    for item in items:
        value = getattr(item, key)
        if value in seen:
            folder = "committees" if isinstance(item, Committee) else "formats"
            yield WorkspaceError(
                f"profiles/{folder}/{item.id}.toml",
                key,
                Message("%(value)s is that of %(seen)s too", value=value, seen=seen[value]),
            )
        seen[value] = item.id
