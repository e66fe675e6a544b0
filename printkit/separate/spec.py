"""What separation needs to know of the press."""

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from printkit.color import PressColor
from printkit.separate.image_streams import Encoded
from printkit.separate.images import ImageRules

if TYPE_CHECKING:
    from printkit.separate.plain_forms import SeparatedForm


@dataclass(frozen=True)
class SeparationSpec:
    """The press's colours, limits in points under which full black overprints, and image rules.

    `image_cache` may be shared by many calls: a photograph that several pieces show is converted once. So may
    `form_cache`, of drawings, by calls for the same press.
    """

    press: PressColor
    overprint_text_pt: float
    overprint_line_pt: float
    image: ImageRules
    image_cache: dict[str, Encoded] = field(default_factory=dict, repr=False, compare=False)
    form_cache: "dict[Any, SeparatedForm]" = field(default_factory=dict, repr=False, compare=False)
