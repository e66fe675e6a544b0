"""What a printer asks for: formats, presses, and the figures of codes."""

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from printkit.profiles.base import AssetPath, Edges, Identifier, Length, Margin, Model, Title, shaped
from printkit.profiles.waiver import Waiver
from printkit.units import Rect, mm, pt
from printkit.words import Message

PX4 = Literal["PDF/X-4"]
# Units of 1/72 inch on a side of the largest page that readers take (ISO 32000-1, annex C.2)
MOST_UNITS = 14_400
MM_PER_M = 1000


class Format(Model):
    """A printed page's geometry in mm; what a screen shows is a `Screen`.

    `hidden_mm` and `safe_mm` count from trim inwards, in turn.
    """

    id: Identifier
    name: Annotated[Title, Field(description="name for people")]
    short: Annotated[
        str,
        shaped(r"^[a-z0-9]{1,4}$", "one to four small letters from a to z and digits"),
        Field(description="its code in an address"),
    ]
    trim_mm: Annotated[tuple[Length, Length], Field(description="width and height after cutting")]
    pages: Annotated[int, Field(ge=1, le=64, description="pages of a file")]
    bleed_mm: Margin
    safe_mm: Annotated[
        Edges, Field(description="no text nearer to the visible edge: one number, or one for each edge")
    ]
    hidden_mm: Annotated[
        Edges | None, Field(description="what a frame or a base hides, from the trim inwards")
    ] = None
    code_clear_bottom_mm: Annotated[
        Margin, Field(description="codes and logo: least height above the visible bottom")
    ] = 0
    folds_mm: Annotated[
        tuple[tuple[Length, ...], ...], Field(description="for each page where it is folded, from the left")
    ] = ()
    fold_safe_mm: Margin = 0
    viewing_distance_m: Annotated[float, Field(gt=0, le=50, description="how far away it is read")]
    scanning_distance_m: Annotated[
        float | None, Field(gt=0, le=50, description="how near one comes to scan; else as to read")
    ] = None
    outdoor: Annotated[bool, Field(description="codes get more error correction")] = False
    # A campaign may print the same page elsewhere; without a word of it the usual printer is meant.
    default_press: Annotated[Identifier, Field(description="the printing condition unless another is named")]
    paper: Annotated[Title, Field(description="for the print shop")]
    finishing: Annotated[Title, Field(description="for the print shop")]

    @model_validator(mode="after")
    def _check(self) -> Self:
        # Outside and inside of a roll fold differ: the flap that folds in is 3 mm shorter, so one row for
        # both would crease text
        if self.folds_mm and len(self.folds_mm) != self.pages:
            raise ValueError(
                Message(
                    "folds_mm has %(count)s rows for %(pages)s pages",
                    count=len(self.folds_mm),
                    pages=self.pages,
                )
            )
        if self.safe.empty:
            raise ValueError(Message("hidden and safe zones leave nothing of the page"))
        return self

    @property
    def code_distance_m(self) -> float:
        """How far away codes are scanned."""
        return self.scanning_distance_m or self.viewing_distance_m

    @property
    def code_distance_mm(self) -> float:
        return self.code_distance_m * MM_PER_M

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


class PressMarkStyle(Model):
    """Give room between bleed and mark, a mark's length, and its line's width in points."""

    gap_mm: Margin
    length_mm: Length
    line_pt: Annotated[float, Field(gt=0, le=10, description="a line's width in points")]


class PressMarks(Model):
    """Say which printer's marks are drawn outside the bleed, and how."""

    crop: Annotated[bool, Field(description="where to cut")]
    registration: Annotated[bool, Field(description="where the inks meet")]
    fold: Annotated[bool, Field(description="where to fold")]
    style: Annotated[PressMarkStyle | None, Field(description="how they are drawn")] = None

    @model_validator(mode="after")
    def _check(self) -> Self:
        if (self.crop or self.registration or self.fold) and self.style is None:
            raise ValueError(Message("marks need a style: { gap_mm, length_mm, line_pt }"))
        return self


# Between `most` and `target` nothing is resampled: a picture slightly over would lose sharpness for few bytes
class ImagePpi(Model):
    """Give effective resolutions: refuse under `least`, bring over `most` down to `target`."""

    least: Annotated[float, Field(gt=0, description="fewer are refused")]
    most: Annotated[float, Field(gt=0, description="more are brought down")]
    target: Annotated[float, Field(gt=0, description="what more are brought down to")]


class Press(Model):
    """Describe a printing condition: profile, ink limit, standard, GWG variant, marks."""

    id: Identifier
    name: Annotated[Title, Field(description="name for people")]
    profile: Annotated[AssetPath, Field(description="ICC profile, relative to the workspace")]
    condition: Annotated[Title, Field(description="OutputConditionIdentifier")]
    registry: Annotated[str | None, Field(description="where the condition is registered")] = None
    info: Annotated[Title, Field(description="the condition in words")]
    coated: Annotated[bool, Field(description="which recipe of a brand colour is used")]
    ink_limit: Annotated[float, Field(ge=100, le=400, description="percent, all inks together")]
    standard: Annotated[PX4, Field(description="form of the file")]
    gwg: Annotated[Identifier, Field(description="variant of GWG 2022 that files are judged by")]
    marks: Annotated[PressMarks, Field(description="printer's marks outside the bleed")]
    bleed_mm: Annotated[Margin | None, Field(description="in place of the format's")] = None
    image_ppi: Annotated[ImagePpi, Field(description="effective resolution of pictures")]
    jpeg_quality: Annotated[int, Field(ge=1, le=100, description="of pictures that are packed anew")]
    overprint_text_under_pt: Annotated[
        float, Field(ge=0, description="black text smaller than this overprints")
    ]
    overprint_line_under_pt: Annotated[
        float, Field(ge=0, description="black lines thinner than this overprint")
    ]
    waivers: Annotated[tuple[Waiver, ...], Field(description="findings that somebody answers for")] = ()


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
    turn_degrees: Annotated[float, Field(gt=0, le=45, description="a picture taken askew")]
    contrast: Annotated[float, Field(gt=0, le=1, description="of a faded print")]
    camera_mrad: Annotated[float, Field(gt=0, le=10, description="what a camera's pixel sees")]


def size_problem(page: Format, press: Press) -> str | None:
    """Say why a format's page, with the bleed and marks of a press, is larger than readers take."""
    bleed = page.bleed_mm if press.bleed_mm is None else press.bleed_mm
    marks, style = press.marks, press.marks.style
    # Marks enlarge the MediaBox, which is what readers refuse, not the trim
    beyond = (
        style.gap_mm + style.length_mm if style and (marks.crop or marks.registration or marks.fold) else 0
    )
    width, height = (side + 2 * (bleed + beyond) for side in page.trim_mm)
    # Rounded, as millimetres make no whole points and 5080 mm is exactly the most.
    if round(pt(max(width, height)), 3) <= MOST_UNITS:
        return None
    size = Message(
        "%(width)g x %(height)g mm with bleed and marks on press '%(id)s'",
        width=width,
        height=height,
        id=press.id,
    )
    most = Message(
        "%(side)g mm (%(most_units)s points) on a side is the most that readers of PDF take",
        side=mm(MOST_UNITS),
        most_units=MOST_UNITS,
    )
    return Message(
        "the page is %(size)s; %(most)s: make the format at half its size, and tell the print shop the scale",
        size=size,
        most=most,
    )


class CodeRules(Model):
    """The figures of QR codes (ISO/IEC 18004 and common print practice)."""

    level: Annotated[Literal["L", "M", "Q", "H"], Field(description="error correction")]
    # Rain, scratches and stickers take modules away, which error correction gives back
    level_outdoor: Annotated[
        Literal["L", "M", "Q", "H"], Field(description="error correction of formats outdoors")
    ]
    smallest_version: Annotated[int, Field(ge=1, le=40, description="version of ISO/IEC 18004, at least")]
    largest_version: Annotated[int, Field(ge=1, le=40, description="version of ISO/IEC 18004, at most")]
    quiet_zone_modules: Annotated[int, Field(ge=4, description="light modules around")]
    module_mm: Annotated[ModuleSize, Field(description="a module's side")]
    least_width_mm: Length
    distance_ratio: Annotated[float, Field(gt=0, description="scanning distance / code width")]
    id_size_pt: Annotated[float, Field(gt=0, description="the print id's least size")]
    id_ratio: Annotated[float, Field(gt=0, description="code width / the print id's size")]
    id_largest_pt: Annotated[float, Field(gt=0, description="the print id's largest size")]
    short_address: Annotated[
        bool, Field(description="a committee's code says its short address once that is confirmed")
    ]
    font: Annotated[
        AssetPath | None, Field(description="the print id's font; else what stands out in the brand's")
    ] = None
    address_characters: Annotated[int, Field(ge=1, le=2953, description="longest address")]
    reading: Annotated[CodeReading, Field(description="how codes are read back")]
