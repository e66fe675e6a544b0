"""PDF/X-4: what is for screens: annotations, actions, media, layers. Restated from public manuals."""

from collections.abc import Iterator
from typing import Any

from pikepdf import Dictionary, Name

from printkit.content import entry, items_of, rect_of, text_of
from printkit.content.printed import MARKING
from printkit.preflight.core.registry import Hit, rule
from printkit.preflight.core.subject import Subject
from printkit.preflight.x4.file import X4
from printkit.words import Message

ACTIVE = ("/OpenAction", "/AA", "/AcroForm", "/A")
# ISO 32000-1, Table 198 "Action types"
ACTIONS = {
    "/GoTo", "/GoToR", "/GoToE", "/Launch", "/Thread", "/URI", "/Sound", "/Movie", "/Hide", "/Named",
    "/SubmitForm", "/ResetForm", "/ImportData", "/JavaScript", "/SetOCGState", "/Rendition", "/Trans",
    "/GoTo3DView",
}  # fmt: skip
# ISO 32000-1, Table 169 "Annotation types", and its extension for rich media
MEDIA = {"/Movie", "/Sound", "/Screen", "/3D", "/RichMedia"}


@rule("x4/annotations", "error", X4)
def annotations(subject: Subject) -> Iterator[Hit]:
    """No link, note or other annotation touches the print area: export without links and comments.

    That is the BleedBox, or the trim of a page without one.
    """
    for view in subject.pages:
        # Outside of it nothing is printed that is kept
        area = rect_of(view.page.obj, "/BleedBox") or view.trim
        for annotation in items_of(view.page.obj.get("/Annots"), one=True):
            if annotation is None:
                # Whoever deletes an annotation may leave null in its place.
                continue
            kind = entry(annotation, "/Subtype")
            if not isinstance(kind, Name):
                yield Hit(Message("Annots holds what is no annotation"), view.number, severity="warning")
                continue
            box, what = (
                rect_of(annotation, "/Rect"),
                Message("a %(kind)s annotation", kind=_kind(annotation)[1:]),
            )
            if kind not in MARKING and box is None:
                yield Hit(
                    Message("%(what)s has no rectangle (Rect) that tells where it lies", what=what),
                    view.number,
                )
            elif kind not in MARKING and box is not None and not box.intersection(area).empty:
                yield Hit(Message("%(what)s lies in the print area", what=what), view.number, view.in_mm(box))


@rule("x4/actions", "error", X4)
def actions(subject: Subject) -> Iterator[Hit]:
    """The file holds no JavaScript, no actions and no form: export for print, not for the screen."""
    for holder in _active(subject):
        for key in ACTIVE:
            if isinstance(holder.get(key), Dictionary):
                yield Hit(
                    Message("the file holds %(key)s: actions, scripts and forms do not print", key=key[1:])
                )
    if entry(subject.pdf.Root, "/Names", "/JavaScript") is not None:
        yield Hit(Message("the file holds named scripts"))
    for holder in subject.holders:
        kind = text_of(holder.get("/S", ""))
        # An element of the document's structure has a parent, and a type that may have any name.
        if kind in ACTIONS and "/P" not in holder:
            yield Hit(Message("the file holds an action of kind %(kind)s", kind=kind[1:]))


@rule("x4/media", "error", X4)
def media(subject: Subject) -> Iterator[Hit]:
    """No page holds film, sound, 3D or a form's field, not even outside the bleed: take them out."""
    for view in subject.pages:
        for annotation in items_of(view.page.obj.get("/Annots")):
            kind = _kind(annotation)
            if kind in MEDIA:
                yield Hit(Message("the page holds media of kind %(kind)s", kind=kind[1:]), view.number)
            if kind == "/Widget":
                yield Hit(Message("the page holds a field of a form"), view.number)


@rule("x4/layers", "error", X4)
def layers(subject: Subject) -> Iterator[Hit]:
    """Each layer configuration has a name and switches nothing by itself: export without layers."""
    properties = entry(subject.pdf.Root, "/OCProperties")
    if properties is None:
        return
    for configuration in (entry(properties, "/D"), *items_of(entry(properties, "/Configs"))):
        if not text_of(entry(configuration, "/Name") or ""):
            yield Hit(Message("a layer configuration has no name"))
        if entry(configuration, "/AS") is not None:
            yield Hit(Message("a layer configuration switches layers by itself (AS)"))


def _kind(annotation: Any) -> str:
    return text_of(entry(annotation, "/Subtype") or "/")


def _active(subject: Subject) -> Iterator[Any]:
    """Yield what may hold actions: the catalog, pages and annotations."""
    # Not every dictionary: /A and /AA mean other things elsewhere
    yield subject.pdf.Root
    for view in subject.pages:
        yield view.page.obj
        annotations = items_of(view.page.obj.get("/Annots"))
        yield from (annotation for annotation in annotations if isinstance(annotation, Dictionary))
