"""Write the bench's workspace: ten committees, so many sites, a flyer of one page.

`python -m benchmarks.batch.workspace FOLDER --sites 100` writes it by itself.
"""

import argparse
import json
import shutil
import tomllib
from pathlib import Path

from benchmarks.batch.photo import photograph
from printkit.workspace import start_workspace
from printkit.workspace.folder import bundled_workspace

CAMPAIGN, TEMPLATE, FORM = "bench", "bench", "flyer-a5"
PHOTO = "assets/photos/river.jpg"
HERE = Path(__file__).parent
HEAD = """name = "Rekruttering"
edition = "b27"
date = 2027-08-16

[tracking]
enabled = true
campaign = "k"
committee = "n"
format = "f"
site = "s"

[[pieces]]
template = "bench"
format = "flyer-a5"
languages = ["nb"]
sites = ["library"]
quantity = 100
"""
POINTS = (
    "Løfter lokale saker og følger dem opp.",
    "Deler ut 50\u00a0000 kroner i året til lokale aktiviteter.",
)


def write_workspace(folder: Path, sites: int) -> None:
    """Fill `folder`, which must not be there, with a workspace whose every value is confirmed."""
    folder.mkdir(parents=True)
    start_workspace(folder)
    shutil.copytree(HERE / "template", folder / "templates" / TEMPLATE)
    for file in (folder / "profiles").rglob("*.toml"):
        file.write_text(file.read_text("utf-8").replace("confirmed = false", "confirmed = true"), "utf-8")
    form = folder / f"profiles/formats/{FORM}.toml"
    form.write_text(form.read_text("utf-8").replace("pages = 2", "pages = 1"), "utf-8")
    (folder / PHOTO).parent.mkdir(exist_ok=True)
    (folder / PHOTO).write_bytes(photograph())
    write_sites(folder, sites)
    write_campaign(folder)


def write_sites(folder: Path, count: int) -> None:
    """Let so many places take print of all committees."""
    rows = [f"s{number:04d};Sted {number};library;all;Gata {number};" for number in range(1, count + 1)]
    text = "\n".join(["id;name;kind;committees;address;contact", *rows]) + "\n"
    (folder / "profiles/sites.csv").write_text(text, "utf-8")


def write_campaign(folder: Path, changed: str | None = None, word: str = "") -> None:
    """Write the campaign; `changed` names a committee whose paragraph ends in another word."""
    parts = [HEAD]
    local = local_texts()
    for file in sorted((folder / "profiles/committees").glob("*.toml")):
        committee = tomllib.loads(file.read_text("utf-8"))
        lead = (
            " ".join(local[file.stem].split())
            + " Åtte innbyggere og tre politikere løfter sakene som betyr noe der du bor."
        )
        lead += f" {word}" if file.stem == changed else ""
        points = [f"Taler for {listed(committee['areas'])}.", *POINTS]
        parts.append(f"[committee_slots.{file.stem}]\nlead = {quoted(lead)}\npoints = {quoted(points)}\n")
    (folder / f"profiles/campaigns/{CAMPAIGN}.toml").write_text("\n".join(parts), "utf-8")


def local_texts() -> dict[str, str]:
    """Return what the reference campaign says of each committee's neighbourhoods."""
    told = bundled_workspace().read_toml("profiles/campaigns/recruitment.toml")
    return {name: slots["local"] for name, slots in told["committee_slots"].items()}


def listed(names: list[str]) -> str:
    return " og ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def quoted(value: str | list[str]) -> str:
    """Return texts as TOML, whose basic strings are JSON's."""
    return json.dumps(value, ensure_ascii=False)


def main() -> None:
    """Write a workspace where the command line says."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--sites", type=int, default=10)
    chosen = parser.parse_args()
    write_workspace(chosen.folder, chosen.sites)
    print(f"printkit -w {chosen.folder} batch {CAMPAIGN} -o {chosen.folder}/build")


if __name__ == "__main__":
    main()
