"""PDF/X-4: output intent and page boxes. Restated from public manuals."""

import contextlib
from collections.abc import Iterator
from itertools import pairwise
from struct import iter_unpack
from typing import Any

from pikepdf import Name, PdfError, Stream, String

from printkit.content import entry, items_of, rect_of, text_of
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import PageView, Subject, user_unit
from printkit.preflight.x4.file import X4
from printkit.profiles.print import MOST_UNITS
from printkit.streams import data_of
from printkit.units import Rect
from printkit.words import Message

REGISTRY = "http://www.color.org"
# Boxes written with few decimals may miss each other by so many points (0.004 mm).
ROUNDING_PT = 0.01
# ICC.1, profile header: byte positions of class and colour space; colour spaces by number of components
CLASS, SPACE = slice(12, 16), slice(16, 20)
PRINTER = "prtr"
CMYK_PROFILE = b"CMYK"
COMPONENTS = {b"GRAY": 1, b"RGB ": 3, b"Lab ": 3, CMYK_PROFILE: 4}
# What every printer's profile of CMYK has (ICC.1, 8.5): tables from its inks to colours, and the other way
BOTH_WAYS = (b"A2B0", b"B2A0")
# The header's length and signature; after it the number of tags, each of so many bytes
NO_PROFILE = Message("is no ICC profile")
HEADER, SIGNATURE, TAG = 128, slice(36, 40), 12
VIEWS = ("/ViewArea", "/ViewClip", "/PrintArea", "/PrintClip")


@rule("x4/output-intent", "error", X4)
def output_intent(subject: Subject) -> Iterator[Hit]:
    """There is one output intent of kind GTS_PDFX that names its condition: choose the press's at export."""
    found = intents(subject)
    if len(found) != 1:
        yield Hit(
            Message("the file has %(count)s output intents of kind GTS_PDFX, not one", count=len(found))
        )
    for intent in found:
        named = intent.get("/OutputConditionIdentifier")
        if not isinstance(named, String) or not text_of(named):
            yield Hit(Message("the output intent has no OutputConditionIdentifier"))


@rule("x4/intent-profile", "error", X4)
def intent_profile(subject: Subject) -> Iterator[Hit]:
    """The output intent embeds a printer profile whose colour space and N agree: embed the press's own."""
    for intent in intents(subject):
        profile = intent.get("/DestOutputProfile")
        if not isinstance(profile, Stream):
            yield Hit(Message("the output intent embeds no profile"))
            continue
        data = subject.once(unpacked_profiles).get(profile.objgen, b"")
        fault = profile_fault(profile, data)
        if fault:
            yield Hit(Message("the output intent's profile %(fault)s", fault=fault))
            continue
        kind = data[CLASS].decode("ascii", "replace")
        tags = {name for name, _, _ in tags_of(data)}
        if data[SPACE] == CMYK_PROFILE and not tags.issuperset(BOTH_WAYS):
            yield Hit(Message("the output intent's profile does not tell colours from inks and back"))
        if kind != PRINTER:
            yield Hit(
                Message(
                    "the output intent's profile is of class %(kind)s, not %(printer)s",
                    kind=kind,
                    printer=PRINTER,
                )
            )


@rule("x4/intent-registry", "error", X4)
def intent_registry(subject: Subject) -> Iterator[Hit]:
    """The output intent names its condition's registry, or describes it in Info: export with a known one."""
    for intent in intents(subject):
        if text_of(intent.get("/RegistryName", "")) != REGISTRY and not text_of(intent.get("/Info", "")):
            yield Hit(
                Message("the output intent has neither RegistryName %(registry)s nor Info", registry=REGISTRY)
            )


@rule("x4/pages", "error", X4)
def pages(subject: Subject) -> Iterator[Hit]:
    """The file has pages, each with a MediaBox and, if any, a UserUnit that is a number: export it anew.

    Each page has all its inks; a page that was separated before is a plate of one.
    """
    for view in subject.pages:
        if "/SeparationInfo" in view.page.obj:
            yield Hit(
                Message("the page is one plate of a page separated before (SeparationInfo)"), view.number
            )
        if user_unit(view.page.obj) is None:
            yield Hit(Message("the page's UserUnit is not a number above zero"), view.number)
        if max(view.media.width, view.media.height) > MOST_UNITS:
            long = Message(
                "a side of the page is longer than the %(most)s units that readers take", most=MOST_UNITS
            )
            yield Hit(long, view.number, limit=MOST_UNITS)
        if not _quarter_turns(view.page.obj.get("/Rotate", 0)):
            yield Hit(Message("the page's Rotate is not a multiple of 90"), view.number)
    # qpdf gives a page without one that of a letter, and tells.
    subject.listen()
    for told in subject.warnings:
        if "MediaBox is undefined" in told:
            yield Hit(Message("a page has no MediaBox of four numbers"))


@rule("x4/trim-box", "error", X4)
def trim_box(subject: Subject) -> Iterator[Hit]:
    """Each page has a TrimBox or an ArtBox, not both: set the page's final size as TrimBox."""
    for view in subject.pages:
        found = [name for name in ("TrimBox", "ArtBox") if "/" + name in view.page.obj]
        faults = {name: _no_box(view.page.obj, f"/{name}") for name in found}
        yield from (
            Hit(Message("the %(name)s %(fault)s", name=name, fault=fault), view.number)
            for name, fault in faults.items()
            if fault
        )
        if len(found) != 1:
            named = Message("TrimBox and ArtBox") if found else Message("neither TrimBox nor ArtBox")
            yield Hit(Message("the page has %(found)s", found=named), view.number)


@rule("x4/box-nesting", "error", X4)
def box_nesting(subject: Subject) -> Iterator[Hit]:
    """TrimBox lies inside BleedBox, that inside CropBox, that inside MediaBox: set the boxes anew."""
    for view in subject.pages:
        if view.media.empty:
            yield Hit(Message("the MediaBox has no area"), view.number)
            continue
        found = {"CropBox": view.page.cropbox, "BleedBox": view.page.obj.get("/BleedBox")}
        faults = {name: _no_box({"/B": box}, "/B") for name, box in found.items() if box is not None}
        yield from (
            Hit(Message("the %(name)s %(fault)s", name=name, fault=fault), view.number)
            for name, fault in faults.items()
            if fault
        )
        for (inner, small), (outer, large) in _nested(view):
            # Programs write boxes with few decimals, and no knife is that exact
            if not large.contains(small, ROUNDING_PT):
                yield Hit(
                    Message("%(inner)s reaches out of %(outer)s", inner=inner, outer=outer),
                    view.number,
                    view.in_mm(small),
                )


@rule("x4/view-area", "error", X4)
def view_area(subject: Subject) -> Iterator[Hit]:
    """ViewArea, ViewClip, PrintArea and PrintClip are MediaBox or BleedBox: take them out."""
    preferences = entry(subject.pdf.Root, "/ViewerPreferences")
    for key in VIEWS:
        if entry(preferences, key) not in (None, Name.MediaBox, Name.BleedBox):
            yield Hit(Message("%(key)s is neither MediaBox nor BleedBox", key=key[1:]))


def _no_box(holder: Any, key: str) -> str:
    """Say why a box is none; nothing where it is one."""
    box = rect_of(holder, key)
    if box is None:
        return Message("is not a rectangle of four numbers")
    return Message("has no area") if box.empty else ""


def _quarter_turns(rotate: Any) -> bool:
    # ISO 32000-1, Table 30
    return isinstance(rotate, int) and rotate % 90 == 0


def intents(subject: Subject) -> list[Any]:
    """Return the output intents of kind GTS_PDFX."""
    found = items_of(entry(subject.pdf.Root, "/OutputIntents"))
    return [intent for intent in found if entry(intent, "/S") == Name.GTS_PDFX]


def unpacked_profiles(subject: Subject) -> dict[tuple[int, int], bytes]:
    """Return what the intents' profiles unpack to, by their numbers, without those that cannot be unpacked.

    For `Subject.once`, as several rules read them and a profile has half a megabyte.
    """
    found: dict[tuple[int, int], bytes] = {}
    for profile in (intent.get("/DestOutputProfile") for intent in intents(subject)):
        if isinstance(profile, Stream):
            with contextlib.suppress(PdfError):
                found[profile.objgen] = data_of(profile)
    return found


def intent_data(subject: Subject, profile: Stream) -> bytes:
    """Return what an intent's profile unpacks to; raise PdfError where it cannot be."""
    return subject.once(unpacked_profiles).get(profile.objgen) or data_of(profile)


def header_space(data: bytes) -> bytes:
    """Return the colour space of a profile as its header names it, four bytes."""
    return data[SPACE]


def profile_fault(profile: Stream, data: bytes = b"") -> str:
    """Say what is wrong with a profile, from its header (ICC.1) and its N; nothing where nothing is.

    `data` is what it unpacks to, where that is known.
    """
    try:
        data = data or data_of(profile)
    except PdfError:
        return Message("cannot be unpacked")
    if len(data) < HEADER or data[SIGNATURE] != b"acsp":
        return NO_PROFILE
    size, tags = (int.from_bytes(data[at : at + 4]) for at in (0, HEADER))
    # The table of tags is followed too: a cut profile keeps a sound header
    if max(size, HEADER + 4 + TAG * tags) > len(data) or any(
        offset + length > len(data) for _, offset, length in tags_of(data)
    ):
        return Message("ends before it is complete")
    components = COMPONENTS.get(data[SPACE])
    if components != profile.get("/N"):
        space = data[SPACE].decode("ascii", "replace").strip()
        return Message("is of colour space %(space)s, which its N contradicts", space=space or "none")
    return ""


def tags_of(data: bytes) -> Iterator[tuple[bytes, int, int]]:
    """Yield the name, place and length of each tag of a profile."""
    first = HEADER + 4
    return iter_unpack(">4sII", data[first : first + TAG * int.from_bytes(data[HEADER:first])])


def _nested(view: PageView) -> Iterator[tuple[tuple[str, Rect], tuple[str, Rect]]]:
    """Yield each box with the one round it; a page without a trim, which x4/trim-box tells, begins later."""
    boxes = {"TrimBox": view.trim, "BleedBox": view.bleed, "CropBox": view.crop, "MediaBox": view.media}
    if all(_no_box(view.page.obj, key) for key in ("/TrimBox", "/ArtBox")):
        del boxes["TrimBox"]
    return pairwise(boxes.items())
