"""The pages' style sheet, script and icon; the workspace's mark, colour and typeface for heads."""

import io
from collections.abc import Awaitable, Callable
from functools import cache
from importlib.resources import files

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import Response

from printkit.profiles import Brand
from printkit.web.site import Site

KINDS = {"site.css": "text/css", "site.js": "text/javascript", "icon.svg": "image/svg+xml"}
# What heads of pages are written in; other letters are taken from the system's typeface.
LETTERS = (*range(0x20, 0x7F), *range(0xA0, 0x180), *range(0x2010, 0x2027))
# WCAG 2.2, 1.4.6: enhanced contrast of text
READABLE = 7


def file(site: Site) -> Callable[[Request], Awaitable[Response]]:
    """Return what gives one of the files that pages name."""

    @cache
    def made(name: str) -> tuple[bytes, str] | None:
        brand, workspace = site.book.profiles.brand, site.book.workspace
        match name:
            case "brand.css":
                return colours(brand).encode(), "text/css"
            case "mark.svg" if site.mark:
                return workspace.read_bytes(site.mark), "image/svg+xml"
            case "head.woff":
                return small_font(workspace.read_bytes(brand.fonts.head)), "font/woff"
        if name not in KINDS:
            return None
        return (files("printkit.web") / "pages" / name).read_bytes(), KINDS[name]

    async def answer(request: Request) -> Response:
        found = await run_in_threadpool(made, request.path_params["name"])
        if found is None:
            return Response(status_code=404)
        data, kind = found
        # Minutes only: the workspace's mark and colours may change, and their addresses stay.
        return Response(data, media_type=kind, headers={"Cache-Control": "max-age=300"})

    return answer


def colours(brand: Brand) -> str:
    """Return a style sheet with the first colour of a brand that white is read well on, else black."""
    dark = (one.srgb for one in brand.colors.values() if 1.05 / (luminance(one.srgb) + 0.05) >= READABLE)
    return f":root {{ --brand: {next(dark, '#000000')}; --on-brand: #fff }}\n"


def luminance(srgb: str) -> float:
    """Return the relative luminance of `#rrggbb` by WCAG 2.2, 0 to 1."""
    # Worked out here: the room of colours loads numpy, which no page needs.
    parts = [int(srgb[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [one / 12.92 if one <= 0.04045 else ((one + 0.055) / 1.055) ** 2.4 for one in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def small_font(font: bytes) -> bytes:
    """Return a font with the letters of Europe's west and north alone, packed for browsers."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    options = subset.Options(layout_features=["kern", "liga", "mark"], notdef_outline=True)
    chosen = subset.Subsetter(options)
    opened = TTFont(io.BytesIO(font))
    chosen.populate(unicodes=LETTERS)
    chosen.subset(opened)
    opened.flavor = "woff"
    out = io.BytesIO()
    opened.save(out)
    return out.getvalue()
