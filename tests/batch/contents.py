"""What two folders of a batch must have in common, and what runs that stopped half-way may leave in one."""

import json
from collections.abc import Mapping
from hashlib import sha256
from pathlib import Path

LISTS = ("order.csv", "distribution.csv", "order.xlsx", "distribution.xlsx")
COMMON = ("press", "held", "proofs", "merged", *LISTS)
# What a run may say of itself without being another result
OWN_STORY = ("state", "seconds")
JOURNAL = ".printkit/journal.jsonl"
STATE = {JOURNAL, ".printkit/lock", ".printkit/campaign"}


def contents(root: Path) -> dict[str, object]:
    """Return files by bytes, and the manifest without its run's own story."""
    data = json.loads((root / "manifest.json").read_bytes())
    data["pieces"] = [{k: v for k, v in one.items() if k not in OWN_STORY} for one in data["pieces"]]
    return {"manifest": data, **standing(root)}


def standing(root: Path) -> dict[str, bytes]:
    found = (file for part in COMMON for file in [root / part, *(root / part).rglob("*")])
    return {file.relative_to(root).as_posix(): file.read_bytes() for file in found if file.is_file()}


def noted(root: Path) -> dict[str, str | None]:
    """Return the hash that the journal's last word on each file gives; a line that was cut off is none."""
    found: dict[str, str | None] = {}
    journal = root / JOURNAL
    for line in journal.read_bytes().splitlines() if journal.exists() else ():
        try:
            told = json.loads(line)
        except ValueError:
            continue
        found[told.get("extra") or told.get("file")] = told["sha256"]
    return found


def check_whole(root: Path, undisturbed: Mapping[str, object]) -> None:
    """Find each file as the undisturbed run made it and the journal names it; parts lie aside only."""
    names, files = noted(root), standing(root)
    for file, data in files.items():
        assert data == undisturbed[file], file
        if not file.endswith(".csv"):
            assert sha256(data).hexdigest() == names[file], file
    for report in ("manifest.json", "report.json"):
        if (root / report).exists():
            json.loads((root / report).read_bytes())
    if (root / "report.html").exists():
        assert (root / "report.html").read_bytes().rstrip().endswith(b"</html>")
    lists = {"manifest.json", "report.json", "report.html"}
    others = {file.relative_to(root).as_posix() for file in root.rglob("*") if file.is_file()}
    aside = {file for file in others if file.startswith(".printkit/aside/")}
    assert others - aside - files.keys() <= STATE | lists
