"""The schemas that lie in the workspace for editors: `make schemas` writes them, a test compares them."""

import json
from pathlib import Path, PurePosixPath

from printkit.profiles.schema import KINDS
from printkit.profiles.schema import schema as of_profile
from printkit.template import form_schema, template_schema, texts_schema

ROOT = Path(__file__).parents[2]
FOLDER = "profiles/schemas"
# Kinds of files by the folder that they lie in, or by their name where that is another
FOLDERS = {
    "campaigns": "campaign",
    "committees": "committee",
    "formats": "format",
    "languages": "language",
    "plan": "plan",
    "presses": "press",
    "prices": "prices",
}
FILES = {"gwg-2022": "gwg"}


def kind_of(file: str) -> str:
    """Return the kind of a workspace's TOML file."""
    path = PurePosixPath(file)
    if (kind := path.name.partition(".")[0]) in ("form", "texts"):
        return kind
    return FOLDERS.get(path.parent.name) or FILES.get(path.stem, path.stem)


def schemas() -> dict[str, str]:
    """Return the text of each schema's file, by its kind."""
    found = {kind: of_profile(kind) for kind in KINDS}
    found |= {"form": form_schema(), "template": template_schema(), "texts": texts_schema()}
    return {kind: json.dumps(one, ensure_ascii=False, indent=1) + "\n" for kind, one in found.items()}


def line_of(file: str) -> str:
    """Return the first line of a TOML file: where its schema lies, from where it lies itself."""
    up = "../" * (len(PurePosixPath(file).parts) - 1)
    return f"#:schema {up}{FOLDER}/{kind_of(file)}.json"


def write() -> None:
    """Write the schemas, and the first line of each file that has none."""
    for file in (one for part in ("profiles", "templates") for one in (ROOT / part).rglob("*.toml")):
        text, line = file.read_text("utf-8"), line_of(file.relative_to(ROOT).as_posix())
        if not text.startswith("#:schema"):
            # A comment about the file stands apart.
            file.write_text(f"{line}\n{chr(10) if text.startswith('#') else ''}{text}", "utf-8")
    folder = ROOT / FOLDER
    folder.mkdir(exist_ok=True)
    for kind, text in schemas().items():
        (folder / f"{kind}.json").write_text(text, "utf-8")


if __name__ == "__main__":
    write()
