"""The nearest to `typst watch` with a viewer in the browser: a warm compiler, watchfiles, pictures by SSE.

`python -m benchmarks.typst_viewer FOLDER PORT` shows FOLDER/flyer.typ. Typst draws its sRGB pages itself: no
separation, no inks, no codes, no checks.
"""

import asyncio
import json
import sys
from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import typst
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import HTMLResponse, Response, StreamingResponse
from starlette.routing import Route
from watchfiles import awatch

PAGE = """<!doctype html><title>typst</title><main></main><script>
new EventSource('/events').onmessage = ({ data }) => JSON.parse(data).forEach((src, at) => {
  const main = document.querySelector('main');
  const image = main.children[at] ?? main.appendChild(new Image());
  if (image.getAttribute('src') !== src) image.src = src;
});
</script>"""
# 660 pixels on 210 mm: what the preview's page shows of a flyer in the bench's window
PPI = 80


class Viewer:
    """Compile at every save and tell all pages."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.changed = folder, asyncio.Condition()
        self.pictures, self.pages = dict[str, bytes](), list[str]()
        fonts = [folder / "fonts"]
        self.compiler = typst.Compiler(folder / "flyer.typ", font_paths=fonts, ignore_system_fonts=True)

    def compile(self) -> None:
        made = self.compiler.compile(format="png", ppi=PPI)
        pages = [one for one in (made if isinstance(made, list) else [made]) if one]
        self.pictures = {sha256(one).hexdigest(): one for one in pages}
        self.pages = [f"/{digest}.png" for digest in self.pictures]

    async def watch(self) -> None:
        async for _ in awatch(self.folder, debounce=100, step=10):
            await asyncio.to_thread(self.compile)
            async with self.changed:
                self.changed.notify_all()

    async def events(self, request: Request) -> Response:
        async def told() -> AsyncIterator[str]:
            while True:
                yield f"data: {json.dumps(self.pages)}\n\n"
                async with self.changed:
                    await self.changed.wait()

        return StreamingResponse(told(), media_type="text/event-stream")

    async def picture(self, request: Request) -> Response:
        return Response(self.pictures[request.path_params["digest"]], media_type="image/png")


async def main(folder: Path, port: int) -> None:
    viewer = Viewer(folder)
    viewer.compile()

    async def page(request: Request) -> Response:
        return HTMLResponse(PAGE)

    routes = [Route("/", page), Route("/events", viewer.events), Route("/{digest}.png", viewer.picture)]
    server = uvicorn.Server(uvicorn.Config(Starlette(routes=routes), port=port, log_config=None))
    await asyncio.gather(server.serve(), viewer.watch())


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]), int(sys.argv[2])))
