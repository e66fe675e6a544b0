"""Press files, and ways to break them."""

from collections.abc import Callable
from io import BytesIO

import pikepdf

from printkit.finish import finish
from printkit.preflight import Finding, Report
from printkit.preflight.checks import check
from printkit.preflight.core.subject import Expected
from printkit.profiles import CodeRules, ProductRules
from printkit.workspace import Workspace
from tests.finish.pages import BLEED, MARKS, PAINT, ROOT, TRIM, code, layout, patterns, spec

CODES = (code((5, 5)), code((60, 30), "https://example.no/annet"))
RULES = CodeRules.model_validate(Workspace(ROOT).read_toml("profiles/preflight/codes.toml"))
PRODUCT = ProductRules.model_validate(Workspace(ROOT).read_toml("profiles/preflight/product.toml"))
ORDER = Expected(TRIM, BLEED, 1, CODES, RULES, process_only=True, product_rules=PRODUCT)


def press_file() -> bytes:
    ground = b"0 0 0 0 k 0 0 300 216 re f\n"
    return finish(layout(ground + PAINT, patterns), spec(marks=MARKS, codes=CODES))


def broken(change: Callable[[pikepdf.Pdf], object], **options: object) -> bytes:
    """Return the press file after a change to its objects."""
    with pikepdf.open(BytesIO(press_file())) as pdf:
        change(pdf)
        out = BytesIO()
        settings = {"force_version": "1.6", "fix_metadata_version": False} | options
        pdf.save(out, **settings)  # type: ignore[arg-type]
    return out.getvalue()


def findings(pdf: bytes, rule: str, order: Expected = ORDER) -> list[Finding]:
    return [finding for finding in report(pdf, order).findings if finding.id == rule]


def report(pdf: bytes, order: Expected = ORDER) -> Report:
    return check(pdf, order)
