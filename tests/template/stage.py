"""A small workspace with one design, made anew for each test that changes it."""

import shutil
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from printkit.profiles import Profiles, load_profiles
from printkit.render import LaidOut, render
from printkit.template import Artwork, BindRequest, bind
from printkit.workspace import Workspace

FONTS = """
@font-face { font-family: "Sans"; font-weight: 400; src: url("/assets/fonts/SourceSans3-Regular.ttf"); }
@font-face { font-family: "Sans"; font-weight: 700; src: url("/assets/fonts/SourceSans3-Bold.ttf"); }
"""
CSS = """
body { margin: 0; font-family: "Sans"; font-weight: 400; line-height: 1.2; }
.page { position: relative; width: var(--page-width); height: var(--page-height); break-after: page; }
.page:last-child { break-after: auto; }
.page > * { position: absolute; margin: 0; }
.title { top: 20mm; left: 20mm; width: 100mm; height: 40mm; font-weight: 700; font-size: var(--fit-title); }
.code { top: 80mm; left: 20mm; width: var(--code-width); height: var(--code-height); }
"""
HTML = """<!DOCTYPE html>
<html lang="{{ lang }}"><head><title>x</title></head><body>
<section class="page">
<h1 class="title" data-slot="title" data-fit="title">{{ title }}</h1>
<div class="code" data-code="qr"></div>
{% block more %}{% endblock %}
</section>
<section class="page"><p style="top: 20mm; left: 20mm">{{ committee.name }}</p></section>
</body></html>
"""
MANIFEST = """
name = "Prøve"
[slots.title]
kind = "text"
label = "Tittel"
required = true
sample = "Bli med"
[slots.qr]
kind = "qr"
label = "Kode"
target = "committee"
[layouts.flyer-a5]
html = "page.html"
css = "page.css"
fit.title = { largest = 40, smallest = 12 }
"""


@dataclass
class Stage:
    """A workspace of its own and print pieces of its one template."""

    root: Path
    more: dict[str, Any] = field(default_factory=dict)

    @classmethod
    def at(cls, root: Path, repository: Path) -> "Stage":
        """Lay out a workspace in an empty folder."""
        for part in ("profiles", "assets/fonts", "assets/brand", "assets/illustrations", "assets/icc"):
            shutil.copytree(repository / part, root / part)
        stage = cls(root)
        stage.write("templates/try/template.toml", MANIFEST)
        stage.write("templates/try/texts.nb.toml", 'name = "Prøve"\n')
        stage.css("")
        stage.page("")
        return stage

    @property
    def workspace(self) -> Workspace:
        return Workspace(self.root)

    def profiles(self) -> Profiles:
        return load_profiles(self.workspace)

    def write(self, file: str, text: str) -> None:
        path = self.root / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")

    def css(self, text: str) -> None:
        self.write("templates/try/page.css", FONTS + CSS + text)

    def page(self, more: str) -> None:
        html = HTML.replace("{% block more %}{% endblock %}", more)
        self.write("templates/try/page.html", html)

    def request(self, **values: Any) -> BindRequest:
        profiles = self.profiles()
        page = profiles.formats["flyer-a5"]
        given = {"title": "Bli med", **values}
        return BindRequest(
            self.workspace,
            profiles,
            "try",
            profiles.committees["nu02"],
            page,
            profiles.presses[page.default_press],
            values={name: value for name, value in given.items() if value is not None},
            **self.more,
        )

    def bind(self, **values: Any) -> Artwork:
        return bind(self.request(**values))

    def render(self, **values: Any) -> LaidOut:
        return render(self.bind(**values))


@pytest.fixture
def stage(tmp_path: Path, repository: Path) -> Stage:
    """Return a workspace with the profiles and fonts of the repository and a template `try`."""
    return Stage.at(tmp_path, repository)
