"""What the preview shows and keeps."""

from typing import Annotated

from pydantic import Field

from printkit.profiles.base import Model
from printkit.profiles.load import parse
from printkit.workspace import Workspace, bundled_workspace

FILE = "profiles/preview.toml"


class PreviewFigures(Model):
    """The figures of `printkit preview`."""

    most_pixels: Annotated[
        int, Field(ge=500, le=14_000, description="pixels of a page's longer side, at most")
    ]
    cell_pixels: Annotated[int, Field(ge=50, le=2000, description="pixels of a cell's longer side")]
    photograph_pixels: Annotated[
        int, Field(ge=10_000, description="pixels of each photograph that are shown")
    ]
    settle_ms: Annotated[int, Field(ge=1, le=5000, description="after its last change a save counts as done")]
    poll_ms: Annotated[int, Field(ge=50, le=60_000, description="how often --poll looks for changes")]
    kept_mb: Annotated[int, Field(ge=8, description="megabytes of pictures that are kept")]
    kept_pages: Annotated[int, Field(ge=1, description="pages that a worker keeps as planes of ink")]
    rest_ms: Annotated[int, Field(ge=0, description="after a save nothing but pictures is made for so long")]
    slice_ms: Annotated[int, Field(ge=10, description="after so long checks stop for a newer picture")]
    drop_seconds: Annotated[float, Field(gt=0, description="after so long outdated work is ended")]
    distances_m: Annotated[tuple[float, ...], Field(description="distances to look from, in metres")]
    screen_m: Annotated[float, Field(gt=0, description="from the eye to the screen, in metres")]
    eye_arcmin: Annotated[float, Field(gt=0, description="minutes of arc that an eye tells apart")]


def load_preview(workspace: Workspace) -> PreviewFigures:
    """Read the figures; a workspace that has none takes those of the reference one."""
    # The figures say how fast a screen is served and change no print, so an older workspace need not gain a
    # file
    source = workspace if workspace.has(FILE) else bundled_workspace()
    return parse(PreviewFigures, FILE, source.read_toml(FILE))
