"""Every layout of every campaign has no error, and no warning but those that the docs give a reason for."""

import re
from pathlib import Path

import pytest

from printkit.batch.planned import Planned
from printkit.batch.planning import plan
from printkit.produce import Maker, Production
from printkit.profiles import load_profiles, output_date
from printkit.workspace import Workspace

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "preflight-warnings.md"
WORKSPACE = Workspace(ROOT)
PROFILES = load_profiles(WORKSPACE)


def layouts(campaign: str) -> list[Planned]:
    """Return one piece of each layout: that of the committee with the longest name."""
    longest = max(PROFILES.committees.values(), key=lambda committee: len(committee.name)).id
    pieces = plan(WORKSPACE, PROFILES, PROFILES.campaigns[campaign])
    chosen: dict[tuple[str, str, str], Planned] = {}
    for piece in sorted(pieces, key=lambda piece: piece.committee != longest):
        chosen.setdefault((piece.template, piece.format, piece.language), piece)
    return list(chosen.values())


def listed() -> dict[str, set[str]]:
    """Return the rules of the table with the formats of each; `all` is every format."""
    rows = re.findall(r"^\| `([\w/-]+)` \| ([^|]+) \| [^|]{20,} \|$", PAGE.read_text("utf-8"), re.MULTILINE)
    named = {rule: {name.strip(" `") for name in formats.split(",")} for rule, formats in rows}
    return {rule: set(PROFILES.formats) if names == {"all"} else names for rule, names in named.items()}


@pytest.mark.parametrize("campaign", PROFILES.campaigns)
def test_each_layout_has_no_error_and_the_listed_warnings_only(campaign: str) -> None:
    chosen, reasons = PROFILES.campaigns[campaign], listed()
    maker = Maker(Production(WORKSPACE, PROFILES, chosen, output_date(chosen)))
    found: set[tuple[str, str]] = set()
    for piece in layouts(campaign):
        product = maker.make(piece)
        assert [one for one in product.findings if one["severity"] == "error"] == [], piece.id
        found |= {(str(one["id"]), piece.format) for one in product.findings}
    assert {(rule, page) for rule, page in found if page not in reasons.get(rule, ())} == set()


def test_every_listed_warning_names_formats_that_exist() -> None:
    reasons = listed()
    assert len(reasons) == PAGE.read_text("utf-8").count("\n| `")
    assert set().union(*reasons.values()) <= set(PROFILES.formats)
