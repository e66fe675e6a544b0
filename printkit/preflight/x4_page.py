"""PDF/X-4: output intent, page boxes, interaction, layers. Restated from public manuals."""

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

from pikepdf import Array, Dictionary, Name, Stream

from printkit.content import entry, rect_of, text_of
from printkit.preflight.registry import Hit, rule
from printkit.preflight.subject import PageView, Subject
from printkit.preflight.x4_file import X4
from printkit.units import Rect

REGISTRY = "http://www.color.org"
# Boxes written with few decimals may miss each other by so many points (0.004 mm).
ROUNDING_PT = 0.01
# ICC.1, profile header: byte positions of class and colour space; colour spaces by number of components
CLASS, SPACE = slice(12, 16), slice(16, 20)
CMYK_PROFILE = b"CMYK"
COMPONENTS = {b"GRAY": 1, b"RGB ": 3, CMYK_PROFILE: 4}
VIEWS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")
ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/A")
# Actions that reach out of the page's own file or run something (ISO 32000-1, table of action types)
ACTIONS = {
    "/JavaScript", "/URI", "/Launch", "/GoToR", "/GoToE", "/SubmitForm", "/ResetForm", "/ImportData",
    "/Rendition", "/Movie", "/Sound",
}  # fmt: skip
MARKING = (Name.PrinterMark, Name.TrapNet)


@rule("x4/output-intent", "error", X4)
def output_intent(subject: Subject) -> Iterator[Hit]:
    """There is one output intent of kind GTS_PDFX that names its condition: choose the press's at export."""
    found = intents(subject)
    if len(found) != 1:
        yield Hit(f"the file has {len(found)} output intents of kind GTS_PDFX, not one")
    for intent in found:
        if not text_of(intent.get("/OutputConditionIdentifier", "")):
            yield Hit("the output intent has no OutputConditionIdentifier")


@rule("x4/intent-profile", "error", X4)
def intent_profile(subject: Subject) -> Iterator[Hit]:
    """The output intent embeds a printer profile whose colour space and N agree: embed the press's own."""
    for intent in intents(subject):
        profile = intent.get("/DestOutputProfile")
        if not isinstance(profile, Stream):
            yield Hit("the output intent embeds no profile")
            continue
        header = profile.read_bytes()
        if header[CLASS] != b"prtr":
            yield Hit(f"the output intent's profile is of class {header[CLASS]!r}, not prtr")
        if COMPONENTS.get(header_space(profile)) != profile.get("/N"):
            yield Hit("the output intent's profile and its N disagree")


@rule("x4/intent-registry", "error", X4)
def intent_registry(subject: Subject) -> Iterator[Hit]:
    """The output intent names its condition's registry, or describes it in Info: export with a known one."""
    for intent in intents(subject):
        if text_of(intent.get("/RegistryName", "")) != REGISTRY and not text_of(intent.get("/Info", "")):
            yield Hit(f"the output intent has neither RegistryName {REGISTRY} nor Info")


@rule("x4/trim-box", "error", X4)
def trim_box(subject: Subject) -> Iterator[Hit]:
    """Each page has a TrimBox or an ArtBox, not both: set the page's final size as TrimBox."""
    for view in subject.pages:
        found = [name for name in ("TrimBox", "ArtBox") if rect_of(view.page.obj, "/" + name)]
        if len(found) != 1:
            yield Hit(f"the page has {' and '.join(found) or 'neither TrimBox nor ArtBox'}", view.number)


@rule("x4/box-nesting", "error", X4)
def box_nesting(subject: Subject) -> Iterator[Hit]:
    """TrimBox lies inside BleedBox, that inside CropBox, that inside MediaBox: set the boxes anew."""
    for view in subject.pages:
        for (inner, small), (outer, large) in _nested(view):
            if not large.contains(small, ROUNDING_PT):
                yield Hit(f"{inner} reaches out of {outer}", view.number, view.in_mm(small))


@rule("x4/view-area", "error", X4)
def view_area(subject: Subject) -> Iterator[Hit]:
    """ViewArea, ViewClip, PrintArea and PrintClip are MediaBox or BleedBox: take them out."""
    preferences = entry(subject.pdf.Root, "/ViewerPreferences")
    for key in VIEWS:
        if entry(preferences, key) not in (None, Name.MediaBox, Name.BleedBox):
            yield Hit(f"{key[1:]} is neither MediaBox nor BleedBox")


@rule("x4/annotations", "error", X4)
def annotations(subject: Subject) -> Iterator[Hit]:
    """No link, note or other annotation touches the BleedBox: export without links and comments."""
    for view in subject.pages:
        for annotation in _list(view.page.obj.get("/Annots")):
            box = rect_of(annotation, "/Rect") or view.bleed
            inside = not box.intersection(view.bleed).empty
            if inside and entry(annotation, "/Subtype") not in MARKING:
                kind = text_of(entry(annotation, "/Subtype") or "/?")[1:]
                yield Hit(f"a {kind} annotation lies in the print area", view.number, view.in_mm(box))


@rule("x4/actions", "error", X4)
def actions(subject: Subject) -> Iterator[Hit]:
    """The file holds no JavaScript, no actions and no form: export for print, not for the screen."""
    for holder in _active(subject):
        for key in ACTIVE:
            if isinstance(holder.get(key), Dictionary):
                yield Hit(f"the file holds {key[1:]}: actions, scripts and forms do not print")
    for holder in subject.holders:
        kind = text_of(holder.get("/S", ""))
        if kind in ACTIONS:
            yield Hit(f"the file holds an action of kind {kind[1:]}")


@rule("x4/layers", "error", X4)
def layers(subject: Subject) -> Iterator[Hit]:
    """Each layer configuration has a name and switches nothing by itself: export without layers."""
    properties = entry(subject.pdf.Root, "/OCProperties")
    if properties is None:
        return
    for configuration in (entry(properties, "/D"), *_list(entry(properties, "/Configs"))):
        if not text_of(entry(configuration, "/Name") or ""):
            yield Hit("a layer configuration has no name")
        if entry(configuration, "/AS") is not None:
            yield Hit("a layer configuration switches layers by itself (AS)")


def intents(subject: Subject) -> list[Any]:
    """Return the output intents of kind GTS_PDFX."""
    found = _list(entry(subject.pdf.Root, "/OutputIntents"))
    return [intent for intent in found if entry(intent, "/S") == Name.GTS_PDFX]


def header_space(profile: Stream) -> bytes:
    """Return the colour space of a profile as its header names it, four bytes."""
    return profile.read_bytes()[SPACE]


def _nested(view: PageView) -> Iterator[tuple[tuple[str, Rect], tuple[str, Rect]]]:
    names = ("TrimBox", "BleedBox", "CropBox", "MediaBox")
    return pairwise(zip(names, (view.trim, view.bleed, view.crop, view.media), strict=True))


def _active(subject: Subject) -> Iterator[Any]:
    """Yield what may hold actions: the catalog, pages and annotations."""
    yield subject.pdf.Root
    for view in subject.pages:
        yield view.page.obj
        annotations = _list(view.page.obj.get("/Annots"))
        yield from (annotation for annotation in annotations if isinstance(annotation, Dictionary))


def _list(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Array) else []
