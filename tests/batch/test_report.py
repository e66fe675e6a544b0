"""The report says first what matters, stands in one file and asks nothing of the network."""

import json
import re
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from printkit.batch.planned import Planned
from printkit.produce import Begun, Inputs
from tests.batch.conftest import Batch
from tests.batch.stand_in import StandIn


class Page(HTMLParser):
    """Gather a page's addresses, heads and pictures without alternative text."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.links: list[str] = []
        self.open: list[str] = []
        self.silent = 0
        self.feed(text)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        self.links += [str(given[name]) for name in ("href", "src") if given.get(name)]
        self.silent += tag == "img" and not given.get("alt")
        if tag not in ("meta", "img", "br", "link"):
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


def html(batch: Batch) -> str:
    return (batch.root / "report.html").read_text(encoding="utf-8")


def report(batch: Batch) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((batch.root / "report.json").read_bytes())
    return found


def test_every_link_leads_to_a_file_of_the_folder(batch: Batch) -> None:
    batch(StandIn())
    page = Page(html(batch))
    assert (page.open, page.silent) == ([], 0)
    assert len(page.links) > 20
    assert [link for link in page.links if not (batch.root / link).is_file()] == []


def test_nothing_is_fetched(batch: Batch) -> None:
    batch(StandIn())
    assert not re.search(r"https?://|@import|url\(|<script|<link", html(batch))


def test_the_verdict_comes_first(batch: Batch) -> None:
    batch(StandIn())
    assert report(batch)["verdict"] == {"kind": "ready", "text": "All 14 pieces are ready to print."}
    draft = StandIn("draft")
    draft.unconfirmed = ("brand.logo", "brand.fjord", "brand.elv")
    batch(draft)
    assert report(batch)["verdict"]["kind"] == "draft"
    assert [one["value"] for one in report(batch)["unconfirmed"]] == ["brand colours", "brand.logo"]
    batch(StandIn(bad={batch.pieces[0].id: "check"}))
    assert "1 av 14 trykksaker er holdt tilbake og må ikke trykkes." in html(batch)


def test_held_pieces_are_told_with_their_reason(batch: Batch) -> None:
    bad = {piece.id: "slot" for piece in batch.pieces[:2]}
    batch(StandIn(bad=bad))
    (group,) = report(batch)["held"]
    assert [piece["id"] for piece in group["pieces"]] == sorted(bad)
    assert "74 characters, 60 fit" in html(batch)


def test_text_from_profiles_cannot_become_markup(batch: Batch) -> None:
    batch.base = replace(batch.base, origin=replace(batch.base.origin, name="<b>Å & Ø</b>"))
    batch(StandIn())
    assert "&lt;b&gt;Å &amp; Ø&lt;/b&gt;" in html(batch)


def test_the_page_writes_the_date_as_proofs_do_and_the_data_as_programs_do(batch: Batch) -> None:
    batch(StandIn())
    date = batch.base.date
    written = batch.base.language.date(date, "year")
    assert written != str(date)
    assert f"· {written}</p>" in html(batch)
    assert report(batch)["date"] == f"{date:%Y-%m-%d}"


def test_the_report_says_what_a_run_did(batch: Batch, tmp_path: Path) -> None:
    batch(StandIn())
    assert report(batch)["states"] == {"rendered": 4, "variant": 10}
    batch(StandIn(), batch.pieces[1:])
    assert report(batch)["states"] == {"unchanged": 13}
    assert report(batch)["removed"][0].startswith("press/nu01/")


def test_files_that_are_not_to_be_sent_are_told(batch: Batch) -> None:
    batch(StandIn())
    assert "Ikke fra denne kjøringen" not in html(batch)
    (batch.root / "press/nu01/kopi.pdf").write_bytes(b"mine")
    batch(StandIn())
    assert report(batch)["strange"] == ["press/nu01/kopi.pdf"]
    assert "Ikke fra denne kjøringen" in html(batch)
    assert "<code>press/nu01/kopi.pdf</code>" in html(batch)


def test_languages_are_told_apart_where_a_run_has_several(batch: Batch) -> None:
    batch(StandIn())
    assert {one["language"] for page in report(batch)["formats"] for one in page["layouts"]} == {""}
    assert "Norsk bokmål" not in html(batch)
    english = replace(batch.pieces[0], id="nu01_english", language="en", site=None)
    batch(StandIn(), (*batch.pieces, english))
    told = [one for page in report(batch)["formats"] for one in page["layouts"]]
    assert {(one["lang"], one["language"]) for one in told} == {("nb", "Norsk bokmål"), ("en", "English")}
    assert html(batch).count('<span lang="en">English</span>') == 1


def test_the_report_leads_to_each_proof(batch: Batch) -> None:
    batch(StandIn())
    assert "proofs/nu01.pdf" in Page(html(batch)).links
    batch(StandIn("new"), proofs=False)
    assert "proofs/nu01.pdf" not in Page(html(batch)).links


def test_pieces_whose_texts_name_the_site_are_told(batch: Batch) -> None:
    class Naming(StandIn):
        def inputs(self, piece: Planned) -> Inputs:
            return replace(super().inputs(piece), names_site=True)

    outcome = batch(Naming())
    at_sites = sum(piece.site is not None for piece in batch.pieces)
    assert json.loads((batch.root / "report.json").read_bytes())["apart"] == {"recruit": at_sites}
    assert f"Hver av de {at_sites} trykksakene" in (batch.root / "report.html").read_text(encoding="utf-8")
    assert outcome.apart == {"recruit": at_sites}
    batch(StandIn())
    assert "kan nevne stedet" not in (batch.root / "report.html").read_text(encoding="utf-8")


def test_pieces_made_by_themselves_for_their_code_are_told(batch: Batch) -> None:
    class Alone(StandIn):
        def begin(self, piece: Planned, pictures: bool) -> Begun:
            return replace(super().begin(piece, pictures), master=None)

    layouts = {(piece.committee, piece.format) for piece in batch.pieces}
    outcome = batch(Alone())
    assert sum(outcome.alone.values()) == len(batch.pieces) - len(layouts) > 0
    assert report(batch)["alone"] == outcome.alone
    assert "ble satt opp hver for seg" in html(batch)
    batch(StandIn())
    assert report(batch)["alone"] == {}
