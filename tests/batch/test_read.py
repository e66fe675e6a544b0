"""The key is what was read, whatever the name under which a page asks for it."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from printkit.batch.dispatch import CHANGED
from printkit.batch.planned import Planned
from printkit.produce import Begun, Maker
from printkit.workspace import Snapshot
from tests.batch.small import Small, small

# Ways to name the file N.svg, or a style sheet N.css, of the folder assets/in
PICTURES = (
    '<img src="/assets/in/N.svg">',
    "<img src=/assets/in/N.svg>",
    "<img src='/assets/in/N.svg'>",
    '<IMG SRC = "/assets/in/N.svg" >',
    '<img src="/assets/in/&#{o};.svg">',
    '<img src="/assets/in/&#x{x};.svg">',
    '<img src="&sol;assets/in/N.svg">',
    '<img src="/assets/in/%{x}.svg">',
    '<img src="/assets/in/N.svg?a=b#c">',
    '<img src="/assets/./in//N.svg">',
    '<img src="/assets/in/../in/N.svg">',
    '<img src="../../assets/in/N.svg">',
    '<img src="file:///assets/in/N.svg">',
    '<img src="FILE:///assets/in/N.svg">',
    '<img src=" /assets/in/N.svg ">',
    '<img src="/assets/\tin/N.svg">',
    '<img src="/assets/in/N\n.svg">',
    '<p style="background:url(/assets/in/N.svg)">',
    '<p style="background:url(&quot;/assets/in/N.svg&quot;)">',
    "<p style='background:url(&#39;/assets/in/N.svg&#39;)'>",
    '<p style="background:u\\72l(/assets/in/N.svg)">',
    '<p style="background:URL( /assets/in/N.svg )">',
    '<p style="background:url(/assets/in/\\{x} .svg)">',
    "<p style=\"background:url('/assets/in/\\{x} .svg')\">",
    "<p style=\"background:url('/assets/in/N\\\n.svg')\">",
    '<p style="border-image:url(/assets/in/N.svg) 1">',
    "<style>.pN{background:url(/assets/in/\\{x} .svg)}</style><p class=pN>",
    "<style>.pN::before{content:url(/assets/in/\\{x} .svg)}</style><p class=pN>",
)
SHEETS = (
    "<link rel=stylesheet href=/assets/in/N.css>",
    '<link rel="stylesheet" href="/assets/in/&#{o};.css">',
    '<link rel="stylesheet" href="/assets/in/%{x}.css">',
    '<style>@import "/assets/in/N.css";</style>',
    '<style>@import/**/"/assets/in/N.css";</style>',
    '<style>@\\69mport "/assets/in/N.css";</style>',
    "<style>@import url(/assets/in/\\{x} .css);</style>",
    '<style>@IMPORT "/assets/in/\\{x} .css" print;</style>',
)
BASE = (
    '<base href="/assets/x.html"><img src="in/N.svg">',
    '<base href="&sol;assets/x.html"><link rel=stylesheet href="in/N.css">',
)


def drawing(color: str) -> bytes:
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9">'
        f'<path fill="{color}" d="M0 0h9v9z"/></svg>'
    ).encode()


def name_of(at: int) -> str:
    """Return a letter for each way; all are of one length when they are escaped."""
    return "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz"[at]


def page_of(ways: tuple[str, ...]) -> str:
    return "".join(
        way.replace("N", name_of(at))
        .replace("{o}", str(ord(name_of(at))))
        .replace("{x}", f"{ord(name_of(at)):x}")
        for at, way in enumerate(ways)
    )


def lay_out(folder: Path, ways: tuple[str, ...]) -> Small:
    made = small(folder)
    for at in range(len(ways)):
        made.write(f"assets/in/{name_of(at)}.svg", drawing("red"))
        made.write(f"assets/in/{name_of(at)}.css", f".z{at} {{ color: red }}".encode())
    made.design.page(page_of(ways), css="img { width: 4mm; height: 4mm } p { color: #000 }")
    made.run()
    assert made.why() == set()
    return made


@pytest.mark.parametrize("ways", [PICTURES, SHEETS, BASE[:1], BASE[1:]], ids=["pictures", "sheets", "a", "b"])
def test_a_file_is_noticed_under_each_of_its_names(tmp_path: Path, ways: tuple[str, ...]) -> None:
    made, unseen = lay_out(tmp_path, ways), []
    for at, way in enumerate(ways):
        file = f"assets/in/{name_of(at)}.{'svg' if '.svg' in way else 'css'}"
        before = (tmp_path / file).read_bytes()
        made.write(file, drawing("blue") if file.endswith("svg") else b".z { color: blue }")
        if not any("files read" in why for why in made.why()):
            unseen.append(way)
        made.write(file, before)
    assert unseen == []
    assert made.why() == set()


class Meddling:
    """Make pieces as a maker does, with files changed while each is at work."""

    def __init__(self, maker: Any, made: Small, changes: list[dict[str, bytes]]) -> None:
        self.maker, self.made, self.changes = maker, made, changes

    def __getattr__(self, name: str) -> Any:
        return getattr(self.maker, name)

    def begin(self, piece: Planned, pictures: bool) -> Begun:
        before = {}
        for file, data in (self.changes.pop(0) if self.changes else {}).items():
            before[file] = (self.made.design.root / file).read_bytes()
            self.made.write(file, data)
        try:
            return self.maker.begin(piece, pictures)
        finally:
            for file, data in before.items():
                self.made.write(file, data)


class Forgetful:
    """Make each layout as a worker that has read nothing before."""

    def __init__(self, maker: Maker) -> None:
        self.order = maker.production

    def begin(self, piece: Planned, pictures: bool) -> Begun:
        workspace = Snapshot(self.order.workspace.root)
        return Maker(replace(self.order, workspace=workspace)).begin(piece, pictures)


def meddle(made: Small, *changes: dict[str, bytes]) -> None:
    """Have the files of each change hold something else while one layout is at work."""
    waiting = list(changes)
    made.setup = lambda maker: Meddling(maker, made, waiting)


def test_a_template_changed_while_a_batch_runs_changes_nothing_of_it(tmp_path: Path) -> None:
    made, other = small(tmp_path / "a", "nu03", "nu04"), small(tmp_path / "b", "nu03", "nu04")
    for one in (made, other):
        one.design.page('<p style="left:20mm;top:20mm">Første</p>')
    changed = {
        "templates/t/page.html": b"<p>Andre",
        "templates/t/style.css": b"p { color: red }",
        "templates/t/texts.nb.toml": b'a = "c"',
    }
    meddle(made, changed, changed)
    first, second = made.run(), other.run()
    assert [record.sha256 for record in first.records] == [record.sha256 for record in second.records]
    assert None not in {record.sha256 for record in first.records}
    assert made.why() == set()


def test_what_is_too_large_to_be_kept_is_held_where_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("printkit.workspace.snapshot.MOST_KEPT", 0)
    made = small(tmp_path)
    made.write("assets/a.svg", drawing("red"))
    made.design.page('<img src="/assets/a.svg" style="left:20mm;top:20mm">')
    meddle(made, {"assets/a.svg": drawing("blue")})
    (held,) = made.run().records
    assert held.file is None
    assert held.reasons == ("assets/a.svg: changed while the run was at work; run it again",)
    assert made.run().exit_code == 0
    assert made.why() == set()


def test_a_file_that_two_layouts_read_differently_costs_one_of_them(tmp_path: Path) -> None:
    made = small(tmp_path, "nu03", "nu04")
    made.write("assets/a.svg", drawing("red"))
    made.design.page('<p style="background:u\\72l(/assets/a.svg);left:20mm;top:20mm;width:9mm;height:9mm">')
    made.setup = lambda maker: Meddling(Forgetful(maker), made, [{"assets/a.svg": drawing("blue")}])
    (held,) = [record for record in made.run().records if record.file is None]
    assert held.reasons == (CHANGED,)
    made.setup = lambda maker: maker
    assert "tried again" in made.why()
    assert made.run().exit_code == 0
    assert made.why() == set()


def test_a_file_that_is_gone_is_noticed(tmp_path: Path) -> None:
    made = lay_out(tmp_path, SHEETS[1:2])
    (tmp_path / "assets/in/A.css").unlink()
    assert made.why() == {"changed: files read"}


def test_an_include_that_was_missing_is_noticed_when_it_comes(tmp_path: Path) -> None:
    made = small(tmp_path)
    made.design.page("{% set name = 't/more.html' %}{% include name ignore missing %}")
    made.run()
    assert made.why() == set()
    made.design.write("templates/t/more.html", "<p style='left:20mm;top:20mm'>x</p>")
    assert any("texts" in why for why in made.why())
