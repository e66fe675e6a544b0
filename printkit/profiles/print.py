"""What a printer asks for: formats, presses, and the figures of codes."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from printkit.profiles.base import AssetPath, Edges, Identifier, Length, Margin, Model, Title
from printkit.profiles.waiver import Waiver
from printkit.units import Rect

PX4 = Literal["PDF/X-4"]


class Format(Model):
    """Describe a page's geometry in mm; `hidden_mm` and `safe_mm` count from trim inwards, in turn."""

    id: Identifier
    name: Title
    short: Annotated[str, Field(pattern=r"^[a-z0-9]{1,4}$", description="its code in an address")]
    trim_mm: tuple[Length, Length]
    pages: Annotated[int, Field(ge=1, le=64)]
    bleed_mm: Margin
    safe_mm: Edges
    hidden_mm: Edges | None = None
    code_clear_bottom_mm: Annotated[
        Margin, Field(description="codes and logo: least height above the visible bottom")
    ] = 0
    folds_mm: tuple[tuple[Length, ...], ...] = ()
    fold_safe_mm: Margin = 0
    viewing_distance_m: Annotated[float, Field(gt=0, le=50)]
    outdoor: bool = False
    default_press: Identifier
    paper: Title
    finishing: Title

    @model_validator(mode="after")
    def _check(self) -> Self:
        if self.folds_mm and len(self.folds_mm) != self.pages:
            raise ValueError(f"folds_mm has {len(self.folds_mm)} rows for {self.pages} pages")
        if self.safe.empty:
            raise ValueError("hidden and safe zones leave nothing of the page")
        return self

    @property
    def trim(self) -> Rect:
        """The trimmed page in mm from its own lower left corner."""
        return Rect(0, 0, *self.trim_mm)

    @property
    def visible(self) -> Rect:
        """The part a person sees, in mm from the trim's lower left corner."""
        hidden = self.hidden_mm
        if hidden is None:
            return self.trim
        return self.trim.inset(hidden.left, hidden.bottom, hidden.right, hidden.top)

    @property
    def safe(self) -> Rect:
        """The part where text may stand, in mm from the trim's lower left corner."""
        safe = self.safe_mm
        return self.visible.inset(safe.left, safe.bottom, safe.right, safe.top)


class MarkStyle(Model):
    """Give room between bleed and mark, a mark's length, and its line's width in points."""

    gap_mm: Margin
    length_mm: Length
    line_pt: Annotated[float, Field(gt=0, le=10)]


class Marks(Model):
    """Say which printer's marks are drawn outside the bleed, and how."""

    crop: bool
    registration: bool
    fold: bool
    style: MarkStyle | None = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.crop or self.registration or self.fold) and self.style is None:
            raise ValueError("marks need a style: { gap_mm, length_mm, line_pt }")
        return self


class ImagePpi(Model):
    """Give effective resolutions: refuse under `least`, bring over `most` down to `target`."""

    least: Annotated[float, Field(gt=0)]
    most: Annotated[float, Field(gt=0)]
    target: Annotated[float, Field(gt=0)]


class Press(Model):
    """Describe a printing condition: profile, ink limit, standard, GWG variant, marks."""

    id: Identifier
    name: Title
    profile: AssetPath
    condition: Annotated[Title, Field(description="OutputConditionIdentifier")]
    registry: str | None = None
    info: Title
    coated: bool
    ink_limit: Annotated[float, Field(ge=100, le=400, description="percent, all inks together")]
    standard: PX4
    gwg: Identifier
    marks: Marks
    bleed_mm: Annotated[Margin, Field(description="in place of the format's")] | None = None
    image_ppi: ImagePpi
    jpeg_quality: Annotated[int, Field(ge=1, le=100)]
    overprint_text_under_pt: Annotated[float, Field(ge=0)]
    overprint_line_under_pt: Annotated[float, Field(ge=0)]
    waivers: tuple[Waiver, ...] = ()


class ModuleSize(Model):
    """Give a code's module in millimetres: under `warning` a warning, under `error` an error."""

    warning: Length
    error: Length


class CodeReading(Model):
    """Say how codes are searched, read and measured on a page."""

    search_ppi: Annotated[float, Field(ge=72, le=600, description="the whole page")]
    most_pages: Annotated[int, Field(ge=1, description="a longer file is not searched")]
    module_pixels: Annotated[int, Field(ge=4, le=40, description="a code by itself, at press size")]
    other_module_pixels: Annotated[
        tuple[int, ...], Field(description="further scales for a second reader that is silent")
    ]
    quiet_depth: Annotated[
        float, Field(gt=0, lt=1, description="how far from light to dark a quiet zone's pixel may be")
    ]
    least_contrast: Annotated[float, Field(gt=0, lt=1, description="light less dark, of reflected light")]
    blur_modules: Annotated[float, Field(gt=0, le=1, description="standard deviation of a soft picture")]
    turn_degrees: Annotated[float, Field(gt=0, le=45)]
    contrast: Annotated[float, Field(gt=0, le=1, description="of a faded print")]
    camera_mrad: Annotated[float, Field(gt=0, le=10, description="what a camera's pixel sees")]


class CodeRules(Model):
    """Hold the figures of QR codes (ISO/IEC 18004 and common print practice)."""

    level: Literal["L", "M", "Q", "H"]
    level_outdoor: Literal["L", "M", "Q", "H"]
    smallest_version: Annotated[int, Field(ge=1, le=40)]
    largest_version: Annotated[int, Field(ge=1, le=40)]
    quiet_zone_modules: Annotated[int, Field(ge=4)]
    module_mm: ModuleSize
    least_width_mm: Length
    distance_ratio: Annotated[float, Field(gt=0, description="viewing distance / code width")]
    id_size_pt: Annotated[float, Field(gt=0, description="the print id's least size")]
    id_ratio: Annotated[float, Field(gt=0, description="code width / the print id's size")]
    font: Annotated[AssetPath, Field(description="the print id's font")]
    address_characters: Annotated[int, Field(ge=1, le=2953)]
    reading: CodeReading
