"""What the other ways are given: each piece's words and code, and the page as printkit binds it."""

import json
from collections.abc import Iterator
from pathlib import Path

from benchmarks.batch.rivals.symbol import coded
from benchmarks.batch.workspace import CAMPAIGN, FORM, TEMPLATE
from printkit.profiles import Campaign, Committee, Profiles, Site, load_profiles
from printkit.qr import address, print_id
from printkit.render.added_css import variables
from printkit.template import Artwork, BindRequest, bind
from printkit.workspace import Workspace

FOLDER, PIECES, SHEET, COLD = "rivals", "pieces.json", "flyer.css", "cold.html"
# PDF/X needs the trim; the page's box hangs over it by the bleed.
PAGE = """@page {{ size: {trim-width} {trim-height}; bleed: {bleed}; margin: 0 }}
.page {{ position: absolute !important; left: -{bleed}; top: -{bleed} }}
.code svg {{ display: block; margin: {quiet}mm {quiet}mm 0; width: {wide}mm; height: {wide}mm }}
.code p {{ margin-top: {quiet}mm; text-align: center; font-size: {size}pt; line-height: 1.6 }}
.code p {{ font-weight: 600; color: #000 }}
"""


def write_pieces(folder: Path) -> Path:
    """Write `rivals/` into a bench workspace: words and codes as JSON, a page for each committee."""
    workspace, into = Workspace(folder), folder / FOLDER
    profiles = load_profiles(workspace)
    into.mkdir(exist_ok=True)
    bound = {name: _bound(workspace, profiles, name) for name in sorted(profiles.committees)}
    for name, artwork in bound.items():
        page = artwork.html.replace('"/assets/', '"../assets/')
        page = page.replace("</head>", f'<link rel="stylesheet" href="{SHEET}"></head>')
        (into / f"{name}.html").write_text(page, "utf-8")
    first = next(iter(bound.values()))
    (into / SHEET).write_text(_sheet(workspace, first), "utf-8")
    pieces = [piece for name, artwork in bound.items() for piece in _pieces(profiles, name, artwork)]
    page = (into / f"{pieces[0]['committee']}.html").read_text("utf-8")
    (into / COLD).write_text(coded(page, pieces[0]), "utf-8")
    given = {"code": _figures(first), "fixed": _fixed(workspace, profiles), "pieces": pieces}
    (into / PIECES).write_text(json.dumps(given, ensure_ascii=False, indent=1), "utf-8")
    return into


def _bound(workspace: Workspace, profiles: Profiles, name: str) -> Artwork:
    form = profiles.formats[FORM]
    press = profiles.presses[form.default_press]
    campaign = profiles.campaigns[CAMPAIGN]
    committee = profiles.committees[name]
    return bind(BindRequest(workspace, profiles, TEMPLATE, committee, form, press, campaign=campaign))


def _pieces(profiles: Profiles, name: str, artwork: Artwork) -> Iterator[dict[str, str]]:
    campaign, committee = profiles.campaigns[CAMPAIGN], profiles.committees[name]
    for site in profiles.sites.values():
        yield {
            "id": f"{name}_{TEMPLATE}_{FORM}_nb_{site.id}",
            "committee": name,
            "title": artwork.title,
            "lead": artwork.texts["lead"].text,
            "points": artwork.texts["points"].text.replace("\n", "|"),
            "address": committee.short_address.value,
            "url": _url(profiles, campaign, committee, site),
            "print_id": print_id(name, site.id, campaign.edition),
        }


def _url(profiles: Profiles, campaign: Campaign, committee: Committee, site: Site) -> str:
    named = campaign.tracking
    values = {
        named.campaign: campaign.edition,
        named.committee: f"{committee.number:02d}",
        named.format: profiles.formats[FORM].short,
        named.site: site.id,
    }
    return address(committee.page.value, {name: value for name, value in values.items() if name})


def _fixed(workspace: Workspace, profiles: Profiles) -> dict[str, str]:
    """Return the words that all pieces share."""
    told = workspace.read_toml(f"templates/{TEMPLATE}/texts.nb.toml")
    return {**told, "sender": profiles.brand.name}


def _figures(artwork: Artwork) -> dict[str, float]:
    """Return the code's measures: mm, and the print id's size in points."""
    code = artwork.code_geometry
    return {
        "wide": round(code.width_mm, 4),
        "quiet": round(code.quiet_mm, 4),
        "line": round(code.id_line_mm, 4),
        "size": code.id_size_pt,
    }


def _sheet(workspace: Workspace, artwork: Artwork) -> str:
    """Return the template's style sheet with what printkit adds to it."""
    found = variables(artwork)
    lines = "".join(f"--{name}: {value}; " for name, value in found.items())
    own = workspace.read_text(artwork.stylesheets[0]).replace('"/assets/', '"../assets/')
    return f":root {{ {lines}}}\n{own}{PAGE.format(**found, **_figures(artwork))}"


if __name__ == "__main__":
    import sys

    print(write_pieces(Path(sys.argv[1])))
