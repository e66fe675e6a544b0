"""Addresses and print ids: what a telephone can follow, and what tells one print from another."""

import re
from pathlib import Path

from pypdfium2 import PdfDocument

from tests.cases.design import CODE, SLOT, Design, design
from tests.cases.registry import case


@case("render/code-idn-host")
def host_beyond_ascii(folder: Path) -> None:
    """A host with ø, or its escapes, is refused and told as name servers write it: xn--bler-gra.no."""
    made = design(folder)
    made.page(CODE, slots=SLOT)
    for host in ("bøler.no", "b%C3%B8ler.no"):
        told = made.render("--set", f"qr=https://{host}/sti")
        assert told.code == 3
        assert "write the host as xn--bler-gra.no" in told.text
    assert made.render("--set", "qr=https://xn--bler-gra.no/sti").code == 0


@case("use/print-id-same")
def three_events(folder: Path) -> None:
    """Three events of one committee with three sign-up addresses have three print ids, read on the pages."""
    made = design(folder)
    made.page(CODE, slots=SLOT)
    ids = {_print_id(made, f"https://www.example.no/m/{number}") for number in (1, 2, 3)}
    assert len(ids) == 3


def _print_id(made: Design, address: str) -> str:
    assert made.render("--set", f"qr={address}").code == 0
    text = PdfDocument(made.pdf)[0].get_textpage().get_text_range()
    found = re.search(r"[0-9A-Y]{3}-[0-9A-Y]{4}", text)
    assert found is not None
    return found[0]
