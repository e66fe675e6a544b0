"""The docs as a site: `make docs`. Pages of commands and rules are made from the program itself."""

from pathlib import Path
from typing import Any

from sphinx.application import Sphinx

from printkit import __version__
from printkit.cli.app import COMMANDS
from printkit.cli.rules import details
from printkit.preflight.checks import RULES
from printkit.profiles import load_profiles
from printkit.workspace import Workspace

HERE = Path(__file__).parent
# Made anew by each build and kept out of git: what the program says is written once, in the program.
MADE = HERE / "made"
ALL_RULES = "What to do about it stands with [all rules](../../preflight.md#rules)."

project = "printkit"
release = __version__
extensions = ["myst_parser", "sphinx_click"]
# Headings down to this level can be linked to, as they can be where the pages are read in the repository.
myst_heading_anchors = 4
# The diagram of an order's life is drawn where the pages are read in the repository.
suppress_warnings = ["misc.highlighting_failure"]
html_theme = "furo"
html_title = f"printkit {release}"


def setup(app: Sphinx) -> None:
    app.connect("builder-inited", lambda _: make_pages())


def make_pages() -> None:
    """Write a page for each command and each rule, and an index of both; raise OSError."""
    _write("commands", "Each command", {name: _command(name, where) for name, where in COMMANDS.items()})
    gwg = load_profiles(Workspace(HERE.parent)).gwg
    _write("rules", "Each rule", {id.replace("/", "-"): _rule(details(gwg, id)) for id in sorted(RULES)})


def _write(folder: str, title: str, pages: dict[str, str]) -> None:
    (MADE / folder).mkdir(parents=True, exist_ok=True)
    for old in (MADE / folder).glob("*.md"):
        old.unlink()
    for name, text in pages.items():
        (MADE / folder / f"{name}.md").write_text(text, encoding="utf-8")
    tree = "\n".join(("```{toctree}", ":maxdepth: 1", "", *pages, "```"))
    (MADE / folder / "index.md").write_text(f"# {title}\n\n{tree}\n", encoding="utf-8")


def _command(name: str, where: str) -> str:
    lines = (f".. click:: {where}", f"   :prog: printkit {name}", "   :nested: full")
    return "\n".join((f"# {name}", "", "```{eval-rst}", *lines, "```", ""))


def _rule(told: dict[str, Any]) -> str:
    parts = [f"# {told['id']} {told['name']}", told["sentence"]]
    if "meaning" in told:
        parts += [f"Asked: {told['meaning']}.", _variants(told["variants"])]
    else:
        parts.append(f"Severity: {told['severity']}.")
    return "\n\n".join([*parts, f"Reference: {told['reference']}.", ALL_RULES, ""])


def _variants(variants: dict[str, dict[str, Any]]) -> str:
    """Return the severity and the limits of every variant as a table."""
    limits = [key for key in ("error", "warning", "A", "B") if any(key in one for one in variants.values())]
    heads = ["variant", "severity", *limits]
    rows = [
        [name, one.get("severity") or "error or warning", *(f"{one.get(key, '')}" for key in limits)]
        for name, one in variants.items()
    ]
    return "\n".join("| " + " | ".join(cells) + " |" for cells in (heads, ["---"] * len(heads), *rows))
