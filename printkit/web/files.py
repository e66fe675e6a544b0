"""The pages' style sheet, script and icon."""

from importlib.resources import files

from starlette.requests import Request
from starlette.responses import Response

KINDS = {"site.css": "text/css", "site.js": "text/javascript", "icon.svg": "image/svg+xml"}


async def file(request: Request) -> Response:
    """Return one of the files that pages name."""
    name = request.path_params["name"]
    if name not in KINDS:
        return Response(status_code=404)
    text = (files("printkit.web") / "pages" / name).read_text(encoding="utf-8")
    return Response(text, media_type=KINDS[name], headers={"Cache-Control": "max-age=300"})
