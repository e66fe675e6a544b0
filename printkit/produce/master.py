"""A layout finished and checked once, from which each site's piece is made by exchanging its codes."""

import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any

from printkit.errors import PrintkitError, RenderError
from printkit.finish import Blank
from printkit.pdfx.identity import Identity
from printkit.preflight import Expected, Report, say_not_checked, waive
from printkit.produce.code_places import CodePlaces
from printkit.produce.product import PlacedCode, Product, Variant
from printkit.qr import Code
from printkit.units import mm


@dataclass(frozen=True)
class Master:
    """A layout's finished file, the places of its codes and what was found in it beside them."""

    blank: Blank
    places: CodePlaces
    expected: Expected
    report: Report

    def vary(self, variants: Sequence[Variant]) -> list[Product | PrintkitError]:
        """Return each variant, or the error that costs it alone; MemoryError is the process's own."""
        return [self._guarded(variant) for variant in variants]

    def _guarded(self, variant: Variant) -> Product | PrintkitError:
        try:
            return self._vary(variant)
        except MemoryError:
            raise
        except PrintkitError as error:
            return error
        # One piece's bug must not cost the others.
        except Exception as error:  # noqa: BLE001
            return RenderError(f"{type(error).__name__}: {error}")

    def _vary(self, variant: Variant) -> Product:
        begun = time.monotonic()
        codes = self.places.codes(variant.links)
        # The key is in the document id, so two files of one id are equal byte for byte
        pdf = self.blank.fill(codes, f"{variant.piece} {variant.key}")
        expected = replace(self.expected, codes=codes)
        # All rules but those of codes would look at the same bytes again
        from printkit.preflight.checks import check_codes, joined

        report = joined(self.report, check_codes(pdf, expected))
        report = waived(report, variant, self.blank.identity)
        product = product_of(pdf, self.blank.sha256(pdf), expected, report)
        return replace(product, variant=True, seconds=time.monotonic() - begun)


def waived(report: Report, variant: Variant, identity: Identity) -> Report:
    """Return the report without what somebody answers for on the file's day."""
    return waive(report, variant.waivers, variant.piece, identity.utc.date())


def product_of(pdf: bytes, sha256: str, expected: Expected, report: Report) -> Product:
    """Return a checked file with what is told of it."""
    read = {(code.slot, code.page): code for code in report.codes}
    return Product(
        pdf=pdf,
        sha256=sha256,
        pages=expected.pages or 0,
        trim_mm=expected.trim_mm or (0, 0),
        bleed_mm=expected.bleed_mm or 0,
        codes=tuple(_placed(code, read) for code in expected.codes or ()),
        # A file of our own that cannot be read was made wrongly; only foreign ones are told as unreadable
        verdict="fail" if report.verdict == "unreadable" else report.verdict,
        findings=tuple(asdict(finding) for finding in report.findings),
        not_checked=say_not_checked(report),
        waived=tuple(waived.as_dict() for waived in report.waived),
        expired=tuple(waiver.model_dump(mode="json") for waiver in report.expired),
    )


def _placed(code: Code, read: dict[tuple[str, int], Any]) -> PlacedCode:
    found = read.get((code.box.slot, code.box.page))
    x0, y0, x1, y1 = code.symbol_box.scaled(mm(1)).as_tuple()
    return PlacedCode(
        slot=code.box.slot,
        url=code.url,
        print_id=code.print_id,
        page=code.box.page,
        box_mm=(round(x0, 3), round(y0, 3), round(x1, 3), round(y1, 3)),
        module_mm=round(code.module_mm, 4),
        decoded=found is not None and found.text == code.url,
    )
