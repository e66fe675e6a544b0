"""Separate a whole file: its pages, and nothing in it that is not for print."""

import io
from typing import Any

import pikepdf
from pikepdf import Dictionary, Name

from printkit.content import (
    DEEPEST_TREE,
    BadOperand,
    Context,
    Kind,
    Machine,
    PageElements,
    Reader,
    Shared,
    State,
    page_box,
    read_layers,
    read_page,
    resources_of,
)
from printkit.errors import RenderError
from printkit.separate.file import FileSeparation
from printkit.separate.spec import SeparationSpec
from printkit.separate.stream import Manner, StreamRewriter
from printkit.words import Message

# What a page and a file keep; all else serves screens (annotations, structure, actions) or is made by finish
_PAGE_KEYS = (
    "/Type",
    "/Parent",
    "/MediaBox",
    "/CropBox",
    "/BleedBox",
    "/TrimBox",
    "/ArtBox",
    "/Rotate",
    "/UserUnit",
)
_ROOT_KEYS = ("/Type", "/Pages", "/Lang")
# What pikepdf raises where an object is not of the kind that its place asks for
_BROKEN = (BadOperand, AttributeError, IndexError, KeyError, RuntimeError, TypeError, ValueError)
# A page begins in DeviceGray black (ISO 32000-1, Table 52), which nothing may print in
_FULL_BLACK = b"0 0 0 1 k 0 0 0 1 K\n"


def separate(pdf: bytes, condition: SeparationSpec) -> bytes:
    """Return an sRGB PDF in process inks: content, forms, patterns, shadings, images and groups.

    RGB, grey and Lab become DeviceCMYK by the press; luminosity masks become DeviceGray. Full black small
    text and thin lines overprint, nothing else does. Annotations, structure and what no content uses are
    gone. Equal input gives equal bytes. RenderError: the file cannot be read, or holds what cannot be
    separated.
    """
    try:
        with pikepdf.open(io.BytesIO(pdf)) as opened:
            _separate(opened, condition)
            target = io.BytesIO()
            opened.save(target, deterministic_id=True, fix_metadata_version=False)
            return target.getvalue()
    except _BROKEN as error:
        raise RenderError(
            Message("the layout holds an object of an unexpected kind: %(error)s", error=error)
        ) from error
    except pikepdf.PdfError as error:
        raise RenderError(Message("the layout cannot be read: %(error)s", error=error)) from error


def _separate(pdf: pikepdf.Pdf, spec: SeparationSpec) -> None:
    job = FileSeparation(pdf, spec)
    for page in pdf.pages:
        # As XObjects they take the one way that all images take
        page.externalize_inline_images()
    # To measure is to read all content once more, which only images are worth
    if any(_is_image(thing) for thing in pdf.objects):
        for page in pdf.pages:
            _measure_images(job, page)
    shared = Shared(read_layers(pdf))
    for page in pdf.pages:
        _separate_page(job, page, shared)
    # DeviceCMYK, as GWG R0030 wants: a printer refused a file whose groups named the output profile, as the
    # layout engine writes it. Where nothing is transparent a group would only slow the RIP
    if job.uses_transparency:
        for page in pdf.pages:
            page.obj.Group = Dictionary(Type=Name.Group, S=Name.Transparency, CS=Name.DeviceCMYK, I=True)
    keep = (*_ROOT_KEYS, "/OCProperties") if job.uses_layers else _ROOT_KEYS
    _strip(pdf.Root, keep)


def _is_image(thing: pikepdf.Object) -> bool:
    return isinstance(thing, pikepdf.Stream) and thing.get("/Subtype") == "/Image"


def _measure_images(job: FileSeparation, page: pikepdf.Page) -> None:
    """Note the least resolution at which each image is shown on any page."""
    for element in read_page(page, Shared(), Reader(PageElements())).of_kind(Kind.IMAGE):
        source: Any = element.source
        if element.ppi is not None:
            known = job.least_ppi.get(source.objgen, element.ppi)
            job.least_ppi[source.objgen] = min(known, element.ppi)


def _separate_page(job: FileSeparation, page: pikepdf.Page, shared: Shared) -> None:
    machine = Machine(resources_of(page), State(clip=page_box(page)), Context(), shared)
    writer = StreamRewriter(job, machine, job.printed, Manner())
    content = writer.run(page)
    _strip(page.obj, _PAGE_KEYS)
    # Between q and Q: the layout leaves its coordinates flipped, and a code drawn behind it would stand
    # mirrored in the wrong place, where readers still decode it
    page.obj.Contents = job.pdf.make_stream(b"q\n" + _FULL_BLACK + content + b"\nQ\n")
    page.obj.Resources = writer.used.dictionary()
    _drop_inherited_resources(page.obj)


def _strip(holder: Any, keep: tuple[str, ...]) -> None:
    for key in list(holder.keys()):
        if key not in keep:
            del holder[key]


def _drop_inherited_resources(page: Any) -> None:
    """Take the page tree's own resources away: the pages have theirs now."""
    node = page.get("/Parent")
    for _ in range(DEEPEST_TREE):
        if node is None:
            return
        if "/Resources" in node:
            del node["/Resources"]
        node = node.get("/Parent")
