"""What a piece is made from and what binding makes of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from printkit.profiles import (
    Campaign,
    Committee,
    Design,
    Format,
    LanguageTag,
    Press,
    Profiles,
    Site,
    SlotValue,
)
from printkit.qr import CodeGeometry
from printkit.template.manifest import Editor, Fit, Template
from printkit.workspace import Workspace


@dataclass(frozen=True)
class BindRequest:
    """Ask for one piece.

    `values` override the campaign's `slots` and `committee_slots`, which binding applies itself; a string
    is read by its slot's kind, as `--set slot=value` gives it. `sample` fills required slots that stay
    empty. `language` is the workspace's own where none is named. `loaded` is the template where it was
    loaded before. `who` says whose values these are: a committee sets only slots with `edit = "committee"`.
    `row` is the id of the table's row that it is.
    """

    workspace: Workspace
    profiles: Profiles
    template: str
    committee: Committee
    format: Format
    press: Press
    language: LanguageTag = ""
    site: Site | None = None
    campaign: Campaign | None = None
    values: Mapping[str, SlotValue] = field(default_factory=dict)
    sample: bool = False
    who: Editor = "comms"
    row: str = ""
    loaded: Template | None = None

    def __post_init__(self) -> None:
        if not self.language:
            # Frozen, but the default depends on another field
            object.__setattr__(self, "language", self.profiles.municipality.language)

    @property
    def where(self) -> str:
        return f"{self.template}/{self.format.id}"


@dataclass(frozen=True)
class CodeLink:
    """Where a code leads and the print id beside it; `subject` says in words what the id stands for."""

    slot: str
    url: str
    print_id: str
    subject: str


@dataclass(frozen=True)
class Target:
    """Where a code leads before tracking, in an address and in words; `given` by a slot's value."""

    url: str
    short_address: str
    given: bool = False


@dataclass(frozen=True)
class SlotText:
    """A slot's printed text for messages: as written, and other formats that take more characters."""

    text: str
    roomier: tuple[str, ...] = ()


@dataclass(frozen=True)
class Artwork:
    """All that one layout is made from; files are relative to the workspace.

    `inputs` maps each file that was read (templates, style sheets, fonts, pictures) to its SHA-256.
    `layout_key` is a stable hash of everything that can change the layout: all but the codes' addresses.
    `targets` are where the codes lead before tracking; `names_site` tells whether a text may name the site,
    so that each site has a layout of its own. `fonts` are the stacks of the brand's fonts that style sheets
    ask for, by role: each family with its file. `specimen` is the word across a piece that shows samples.
    """

    workspace: Workspace
    template: str
    format: Format
    press: Press
    language: LanguageTag
    html: str
    html_file: str
    stylesheets: tuple[str, ...]
    bleed_mm: float
    code_geometry: CodeGeometry
    design: Design
    colors: Mapping[str, str]
    fonts: Mapping[str, Mapping[str, str]]
    fits: Mapping[str, Fit]
    texts: Mapping[str, SlotText]
    images: Mapping[str, str]
    codes: tuple[CodeLink, ...]
    targets: Mapping[str, Target]
    names_site: bool
    unconfirmed: tuple[str, ...]
    specimen: str
    title: str
    inputs: Mapping[str, str]
    layout_key: str

    @property
    def where(self) -> str:
        return f"{self.template}/{self.format.id}"
