"""What a preview reads of its workspace before it shows a piece, and from which state of the files."""

from dataclasses import dataclass

from printkit.preview.current import CurrentWorkspace, Stamps
from printkit.profiles import PreviewFigures, Profiles, load_preview, load_profiles
from printkit.template import Template, load_template
from printkit.workspace import Workspace


@dataclass(frozen=True)
class Known:
    """Hold profiles and template with the stamps of their files, which were taken before these were read."""

    template: Template
    profiles: Profiles
    figures: PreviewFigures
    stamps: tuple[Stamps, Stamps]

    def is_of(self, stamps: tuple[Stamps, Stamps]) -> bool:
        """Tell whether all files are as they were; one that had just changed then may have changed since."""
        return self.stamps == stamps and all(stamp for files in stamps for _, stamp in files)


def read_known(workspace: Workspace, template: str) -> Known:
    """Read what the page is made of; raise WorkspaceError or WorkspaceErrors."""
    stamps = stamps_of(CurrentWorkspace(workspace.root))
    return Known(
        load_template(workspace, template), load_profiles(workspace), load_preview(workspace), stamps
    )


def stamps_of(workspace: CurrentWorkspace) -> tuple[Stamps, Stamps]:
    """Return what changes with a workspace's profiles and with its templates."""
    return workspace.stamps("profiles/**/*"), workspace.stamps("templates/**/*")
