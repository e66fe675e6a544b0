"""Find every colour space that a file names, by walking its objects: not by the program's own interpreter."""

from collections.abc import Iterator

import pikepdf
from pikepdf import Name

NOTHING = pikepdf.Dictionary()
CMYK, GRAY = "/DeviceCMYK", "/DeviceGray"
# ISO 32000-1, Table 74: the operators that set a device space
DEVICE = {"k": CMYK, "K": CMYK, "g": GRAY, "G": GRAY, "rg": "/DeviceRGB", "RG": "/DeviceRGB"}


def mask_groups(pdf: pikepdf.Pdf) -> set[tuple[int, int]]:
    """Return the luminosity masks' groups and all that they call."""
    found: set[tuple[int, int]] = set()
    waiting = [
        mask.G for one in dictionaries(pdf) if isinstance(mask := one.get("/SMask"), pikepdf.Dictionary)
    ]
    while waiting:
        group = waiting.pop()
        if group.objgen not in found:
            found.add(group.objgen)
            waiting += list(group.get("/Resources", NOTHING).get("/XObject", NOTHING).as_dict().values())
    return found


def dictionaries(pdf: pikepdf.Pdf) -> Iterator[pikepdf.Object]:
    """Yield every dictionary and stream, those inside other objects too."""
    for one in pdf.objects:
        yield from _inside(one)


def _inside(one: pikepdf.Object) -> Iterator[pikepdf.Object]:
    if isinstance(one, pikepdf.Dictionary | pikepdf.Stream):
        yield one
        children = [one.get(key) for key in one.keys()]  # noqa: SIM118
    else:
        children = list(one) if isinstance(one, pikepdf.Array) else []
    for child in children:
        if isinstance(child, pikepdf.Object) and not child.is_indirect:
            yield from _inside(child)


def colour_spaces(pdf: pikepdf.Pdf) -> Iterator[tuple[str, str]]:
    """Yield each colour space in use with what uses it: content, image, shading or group."""
    masks = mask_groups(pdf)
    for one in dictionaries(pdf):
        if one.get("/Subtype") == Name.Image and not one.get("/ImageMask", False):
            yield "image", _family(one.ColorSpace)
        if "/ShadingType" in one:
            yield "mask" if one.get("/ColorSpace") == Name.DeviceGray else "shading", _family(one.ColorSpace)
        if one.get("/S") == Name.Transparency:
            yield "group", _family(one.get("/CS", Name.DeviceCMYK))
        if isinstance(one, pikepdf.Stream) and (one.get("/Subtype") == Name.Form or "/PatternType" in one):
            role = "mask" if one.objgen in masks else "content"
            yield from ((role, family) for family in _named(one, one.get("/Resources", NOTHING)))
    for page in pdf.pages:
        yield from (("content", family) for family in _named(page, page.get("/Resources", NOTHING)))


def _named(content: pikepdf.Object | pikepdf.Page, resources: pikepdf.Object) -> Iterator[str]:
    spaces = resources.get("/ColorSpace", NOTHING)
    for step in pikepdf.parse_content_stream(content):
        operator = str(step.operator)
        if operator in DEVICE:
            yield DEVICE[operator]
        if operator in {"cs", "CS"} and step.operands[0] != Name.Pattern:
            yield _family(spaces.get(str(step.operands[0]), step.operands[0]))


def _family(space: pikepdf.Object) -> str:
    if isinstance(space, pikepdf.Array):
        return (
            " ".join(str(part) for part in list(space)[:2]) if space[0] == Name.Separation else str(space[0])
        )
    return str(space)
