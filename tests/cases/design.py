"""A workspace of a case's own with a template `t` of one page, 100 x 100 mm, and the command line over it."""

import gc
import traceback
from dataclasses import dataclass
from pathlib import Path

from click.testing import CliRunner

from printkit.cli import main
from printkit.errors import PrintkitError
from printkit.workspace.start import start_workspace

FORMAT = """name = "Test 100"
short = "t1"
trim_mm = [100, 100]
pages = 1
bleed_mm = 3
safe_mm = { top = 5, right = 5, bottom = 5, left = 5 }
viewing_distance_m = 0.3
default_press = "offset-coated"
paper = "x"
finishing = "y"
"""
STYLE = """@import "../base/fonts.css";
* { margin: 0; padding: 0 }
html, body { font: 400 10pt "Source Sans 3" }
.page { position: relative; width: var(--page-width); height: var(--page-height) }
.page { overflow: hidden; background: #fff }
.page > * { position: absolute }
.code { right: var(--safe-right); bottom: var(--safe-bottom) }
.code { width: var(--code-width); height: var(--code-height) }
"""
HTML = """<!DOCTYPE html>
<html lang="nb"><head><title>x</title></head><body><section class="page">{body}</section></body></html>
"""
CODE = '<div class="code" data-code="qr"></div>'
SLOT = '[slots.qr]\nkind = "qr"\nlabel = "Kode"\ntarget = "committee"\n'


@dataclass(frozen=True)
class Told:
    """What a command said, both streams together, and its exit code."""

    code: int
    text: str


@dataclass(frozen=True)
class Design:
    """A workspace with the template `t` for the format `t100`."""

    root: Path

    def write(self, file: str, text: str) -> None:
        """Write a file of the workspace."""
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def page(self, body: str, *, slots: str = "", css: str = "", format: str = "t100") -> None:
        """Write the template: what stands on its page, its slots, more style."""
        layout = f'[layouts.{format}]\nhtml = "page.html"\ncss = ["style.css"]\n'
        self.write("templates/t/template.toml", f'name = "T"\n{slots or "[slots]"}\n{layout}')
        self.write("templates/t/texts.nb.toml", 'a = "b"\n')
        self.write("templates/t/style.css", STYLE + css)
        self.write("templates/t/page.html", HTML.format(body=body))

    def render(self, *options: str, format: str = "t100") -> Told:
        """Render the template to `out.pdf` for the committee nu03."""
        words = ["render", "t", "--committee", "nu03", "--format", format, *options]
        return self.run(*words, "-o", str(self.root / "out.pdf"))

    def run(self, *words: str) -> Told:
        """Run a command of printkit in this workspace."""
        found = CliRunner().invoke(main, [words[0], "-w", str(self.root), *words[1:]])
        # The command line freezes all that is in use before its process ends, and this one goes on.
        gc.unfreeze()
        # An error of printkit's own says where it was only here.
        own = found.exception if found.exit_code == PrintkitError.exit_code else None
        return Told(found.exit_code, found.output + "".join(traceback.format_exception(own) if own else ()))

    @property
    def pdf(self) -> bytes:
        """Return the file that was made last."""
        return (self.root / "out.pdf").read_bytes()


def design(folder: Path) -> Design:
    """Start a workspace in `folder` with an empty template `t`."""
    start_workspace(folder)
    made = Design(folder)
    made.write("profiles/formats/t100.toml", FORMAT)
    made.page("")
    return made
