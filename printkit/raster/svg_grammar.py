"""What a drawing's attributes may hold: SVG 1.1 (Second Edition), and of SVG 2 what both renderers draw.

A value outside its grammar is refused, because renderers do not agree on what becomes of it.
"""

import re

from printkit.words import noted

NUMBER = r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?"
_COMMA = r"(?:\s*,\s*|\s+)"
_NUMBERS = rf"{NUMBER}(?:(?:{_COMMA}|(?=[+-]|\.)){NUMBER})*"
_LENGTH = rf"{NUMBER}(?:px|pt|pc|mm|cm|in|%)?"
_REFERENCE = r"url\(\s*(?P<quote>[\"']?)\s*#[^\"')]+?\s*(?P=quote)\s*\)"
_COUNTS = {
    "matrix": (6,),
    "translate": (1, 2),
    "scale": (1, 2),
    "rotate": (1, 3),
    "skewX": (1,),
    "skewY": (1,),
}
_CALL = re.compile(rf"\s*,?\s*(?P<name>\w+)\s*\(\s*(?P<values>{_NUMBERS})\s*\)\s*")
_VALUES = re.compile(NUMBER)

REFERENCE = re.compile(r"url\(\s*[\"']?\s*#(?P<name>[^\"')]+?)\s*[\"']?\s*\)")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _keywords(*words: str) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, words)))


_UNITS = _keywords("userSpaceOnUse", "objectBoundingBox")
SHARE = re.compile(rf"{NUMBER}%?")
_REFERRED = re.compile(rf"none|{_REFERENCE}")
_SIZE = re.compile(_LENGTH)
_SIZES = "x y width height rx ry cx cy r x1 y1 x2 y2 fx fy dx dy refX refY markerWidth markerHeight"

# Attributes and properties whose value must be of one form
FORMS: dict[str, re.Pattern[str]] = {
    **dict.fromkeys(_SIZES.split(), _SIZE),
    **dict.fromkeys(("stroke-width", "stroke-dashoffset"), _SIZE),
    **dict.fromkeys(("opacity", "fill-opacity", "stroke-opacity", "stop-opacity", "offset"), SHARE),
    **dict.fromkeys(("clip-path", "mask", "marker-start", "marker-mid", "marker-end"), _REFERRED),
    **dict.fromkeys(("gradientUnits", "clipPathUnits", "maskUnits", "maskContentUnits"), _UNITS),
    **dict.fromkeys(("patternUnits", "patternContentUnits"), _UNITS),
    **dict.fromkeys(("fill-rule", "clip-rule"), _keywords("nonzero", "evenodd")),
    "stroke-miterlimit": re.compile(NUMBER),
    "stroke-dasharray": re.compile(rf"none|{_LENGTH}(?:{_COMMA}{_LENGTH})*"),
    "stroke-linecap": _keywords("butt", "round", "square"),
    "stroke-linejoin": _keywords("miter", "round", "bevel"),
    "visibility": _keywords("visible", "hidden", "collapse"),
    "overflow": _keywords("visible", "hidden", "auto", "scroll"),
    "paint-order": re.compile(r"normal|(?:(?:fill|stroke|markers)\s*){1,3}"),
    "mask-type": _keywords("alpha", "luminance"),
    "viewBox": re.compile(rf"{NUMBER}(?:{_COMMA}{NUMBER}){{3}}"),
    "points": re.compile(rf"(?:{_NUMBERS})?"),
    "d": re.compile(r"(?:none|[\s,]*[Mm][MmZzLlHhVvCcSsQqTtAa\d\s,.eE+-]*)?"),
    "preserveAspectRatio": re.compile(r"(?:none|x(?:Min|Mid|Max)Y(?:Min|Mid|Max))(?:\s+(?:meet|slice))?"),
    "orient": re.compile(rf"auto|auto-start-reverse|{NUMBER}"),
    "markerUnits": _keywords("strokeWidth", "userSpaceOnUse"),
}
TRANSFORMS = ("transform", "gradientTransform", "patternTransform")
PAINTS, COLOURS = ("fill", "stroke"), ("color", "stop-color")
# Sizes of the whole drawing, which whoever places it sets anew
ROOT_SIZE = re.compile(rf"{NUMBER}(?:px|pt|pc|mm|cm|in|%|em|ex|rem|Q)?|auto")
# What of an inline drawing's own style is the drawing's; the rest is its box's, which the page lays out
OF_THE_DRAWING = _words(
    "fill stroke color fill-opacity stroke-opacity fill-rule clip-rule stroke-width stroke-linecap "
    "stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset paint-order marker-start "
    "marker-mid marker-end clip-path mask filter mix-blend-mode"
)
# Where it stands for what a renderer does by itself
AUTOMATIC = ("x", "y", "width", "height", "rx", "ry")

# Values that change nothing, of what neither renderer draws; any other value is refused
_NONE = ("none", "normal", "auto", "")
UNDRAWN: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(
        ("filter", "mix-blend-mode", "vector-effect", "clip", "animation", "animation-name"), _NONE
    ),
    **dict.fromkeys(("animation", "animation-name", "backdrop-filter", "zoom"), _NONE),
    **dict.fromkeys(("scale", "translate", "offset-path", "perspective"), _NONE),
    **dict.fromkeys(("mask-image", "mask-border", "mask-border-source"), _NONE),
    **dict.fromkeys(("background", "background-color", "background-image"), (*_NONE, "transparent")),
    **dict.fromkeys(("border", "outline", "box-shadow"), (*_NONE, "0")),
    "color-interpolation": ("auto", "sRGB", "srgb"),
    "spreadMethod": ("pad",),
    "fr": ("0", "0%"),
    **dict.fromkeys(("systemLanguage", "requiredExtensions", "transform-origin", "transform-box"), ()),
    "pathLength": (),
}
CURES = {
    "filter": noted(
        "flatten the effect in the drawing program, or draw a shadow by box-shadow in the style sheet"
    ),
    "mix-blend-mode": noted(
        "it blends colours of light, which inks do not do; flatten it in the drawing program"
    ),
    "spreadMethod": noted("write out the repeated stops"),
    "vector-effect": noted("turn the stroke into a path"),
    "pathLength": noted("write dashes in lengths of the drawing"),
    "systemLanguage": noted("leave one language in the drawing"),
}
# Geometry that SVG 2 lets style sheets set and renderers do not
NOT_IN_STYLES = frozenset(("x", "y", "cx", "cy", "r", "rx", "ry", "d", "transform"))

# Elements of SVG that are drawn, define what is drawn, or stand for nothing
ELEMENTS = _words(
    "svg g defs symbol use switch a path rect circle ellipse line polyline polygon image linearGradient "
    "radialGradient stop pattern clipPath mask marker style title desc metadata view filter"
)
# What one kind of reference may name
TARGETS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(PAINTS, ("linearGradient", "radialGradient", "pattern")),
    **dict.fromkeys(("marker-start", "marker-mid", "marker-end"), ("marker",)),
    "clip-path": ("clipPath",),
    "mask": ("mask",),
}


def is_transform(value: str) -> bool:
    """Tell whether a list of transforms has names that SVG 1.1 has, each with as many numbers as it takes."""
    at = 0
    while found := _CALL.match(value, at):
        if len(_VALUES.findall(found["values"])) not in _COUNTS.get(found["name"], ()):
            return False
        at = found.end()
    return at == len(value) or not value[at:].strip()
