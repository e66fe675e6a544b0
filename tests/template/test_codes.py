"""Codes: where they lead, and ids and parameters that tell each from every other."""

from dataclasses import replace
from typing import Any

import pytest

from printkit.qr import modules_of, print_id
from printkit.template import BindRequest, CodeLink, bind
from tests.template.stage import MANIFEST, Stage
from tests.template.test_bind import problems, with_campaign

SECOND = '[slots.more]\nkind = "qr"\nlabel = "x"\ntarget = "committee"\n'
CODE = '<div class="code" data-code="more" style="top: 140mm"></div>'
PIECES = [{"template": "try", "format": "flyer-a5", "languages": ["nb"], "quantity": 1}]


def code(request: BindRequest) -> CodeLink:
    return bind(request).codes[0]


def test_an_id_is_made_from_all_that_tells_codes_apart(stage: Stage) -> None:
    with_campaign(stage)
    site = next(iter(stage.profiles().sites.values()))
    names = ("recruitment", "r27", "nu02", "try", "nb", "qr", site.id, "")
    link = code(replace(stage.request(), site=site))
    assert link.print_id == print_id(*names)
    assert link.subject == f"recruitment r27 nu02 try nb qr {site.id}"


@pytest.mark.parametrize("part", ["campaign", "edition", "committee", "template", "language", "slot", "site"])
def test_whatever_differs_the_id_differs(stage: Stage, part: str) -> None:
    with_campaign(stage)
    request = stage.request()
    campaign, profiles = stage.more["campaign"], stage.profiles()
    stage.write("templates/try/texts.en.toml", 'name = "Try"\n')
    for name in ("template.toml", "texts.nb.toml", "page.html", "page.css"):
        stage.write(f"templates/other/{name}", (stage.root / "templates/try" / name).read_text())
    if part == "slot":
        stage.write("templates/try/template.toml", MANIFEST.replace("slots.qr", "slots.kode"))
        stage.write("templates/try/page.html", '<div class="code" data-code="kode"></div>')
    changes: dict[str, dict[str, Any]] = {
        "campaign": {"campaign": campaign.model_copy(update={"id": "other"})},
        "edition": {"campaign": campaign.model_copy(update={"edition": "r28"})},
        "committee": {"committee": profiles.committees["nu03"]},
        "template": {"template": "other"},
        "language": {"language": "en"},
        "slot": {"values": {}},
        "site": {"site": next(iter(profiles.sites.values()))},
    }
    stands = {"recruitment r27 nu02 try nb qr"}
    if part != "slot":
        assert code(request).subject in stands
    assert code(replace(request, **changes[part])).print_id != print_id(
        "recruitment", "r27", "nu02", "try", "nb", "qr", "", ""
    )


def test_three_sign_up_addresses_have_three_ids_and_two_formats_one(stage: Stage) -> None:
    addresses = [f"https://a.no/m/{number}" for number in (1, 2, 3)]
    assert len({code(stage.request(qr=one)).print_id for one in addresses}) == 3
    poster = stage.profiles().formats["poster-a3"]
    more = '\n[layouts.poster-a3]\nhtml = "page.html"\ncss = "page.css"\n'
    stage.write("templates/try/template.toml", MANIFEST + more)
    request = stage.request()
    assert code(replace(request, format=poster)).print_id == code(request).print_id


def test_a_new_form_of_the_committee_leaves_the_id(stage: Stage) -> None:
    request = stage.request()
    committee = request.committee
    page = committee.page.model_copy(update={"value": "https://a.no/new"})
    moved = replace(request, committee=committee.model_copy(update={"page": page, "form": None}))
    assert code(moved).url == "https://a.no/new"
    assert code(moved).print_id == code(request).print_id


def test_two_codes_of_a_piece_have_two_ids_and_two_addresses(stage: Stage) -> None:
    stage.write("templates/try/template.toml", MANIFEST.replace("[slots.qr]", SECOND + "[slots.qr]"))
    stage.page(CODE)
    plain = stage.bind().codes
    assert len({link.print_id for link in plain}) == 2
    with_campaign(stage)
    first, second = stage.bind().codes
    assert first.url.endswith("/?k=r27&n=02&f=a5&cd=more")
    assert second.url.endswith("/?k=r27&n=02&f=a5&cd=qr")


def test_designs_of_one_campaign_are_told_apart_in_the_address(stage: Stage) -> None:
    with_campaign(stage, pieces=[*PIECES, {**PIECES[0], "template": "about"}])
    assert stage.bind().codes[0].url.endswith("/?k=r27&n=02&f=a5&tp=try")
    with_campaign(stage, pieces=[{**PIECES[0], "languages": ["nb", "en"]}])
    assert stage.bind().codes[0].url.endswith("/?k=r27&n=02&f=a5&ln=nb")
    with_campaign(stage, pieces=PIECES)
    assert stage.bind().codes[0].url.endswith("/?k=r27&n=02&f=a5")


def test_an_address_that_no_code_can_hold_is_its_slots_problem(stage: Stage) -> None:
    assert "slot 'qr' of try/flyer-a5" in problems(stage, qr="https://bøler.no/")
    request = stage.request()
    page = request.committee.page.model_copy(update={"value": "https://a.no/" + "x" * 300})
    committee = request.committee.model_copy(update={"page": page, "form": None})
    with pytest.raises(Exception, match="slot 'qr' .* 313 characters, 300 fit"):
        bind(replace(request, committee=committee))


def test_an_address_is_printed_without_scheme_and_last_slash(stage: Stage) -> None:
    stage.page("<p>{{ qr.short_address }}</p>")
    assert "<p>a.no/x</p>" in stage.bind(qr="https://a.no/x/").html
    assert f"<p>{stage.request().committee.short_address.value}</p>" in stage.bind().html


@pytest.mark.parametrize("confirmed", [True, False])
@pytest.mark.parametrize("name", ["page", "form"])
def test_an_address_that_nobody_has_confirmed_is_noted(stage: Stage, name: str, confirmed: bool) -> None:
    request = stage.request()
    stated = request.committee.page.model_copy(update={"value": "https://a.no/", "confirmed": confirmed})
    told = {"page": stated, "form": stated if name == "form" else None}
    bound = bind(replace(request, committee=request.committee.model_copy(update=told)))
    assert (f"committee.{name}" in bound.unconfirmed) == (not confirmed)
    assert bound.targets["qr"].url == "https://a.no/"


def confirmed(request: BindRequest) -> BindRequest:
    """Return the request of a committee whose short address is set up, and which has no form."""
    known = request.committee
    short = known.short_address.model_copy(update={"confirmed": True})
    return replace(request, committee=known.model_copy(update={"short_address": short, "form": None}))


def test_a_confirmed_short_address_is_what_the_code_says(stage: Stage) -> None:
    with_campaign(stage)
    page, short = stage.request(), confirmed(stage.request())
    assert page.committee.page.value in code(page).url
    words = short.committee.short_address.value
    # Tracking stays: what was scanned is counted all the same.
    assert code(short).url == f"https://{words}?k=r27&n=02&f=a5"
    assert "committee.short_address" not in bind(short).unconfirmed


def test_a_short_address_makes_a_coarser_code_of_the_same_id(stage: Stage) -> None:
    page, short = bind(stage.request()), bind(confirmed(stage.request()))
    version, finer = (one.code_geometry.versions[0] for one in (short, page))
    assert version < finer
    widths = [one.code_geometry.width_mm / modules_of(one.code_geometry.versions[0]) for one in (short, page)]
    assert widths[0] > widths[1]
    assert short.codes[0].print_id == page.codes[0].print_id


def test_a_workspace_may_keep_the_page_and_a_form_counts_before_both(stage: Stage) -> None:
    request = confirmed(stage.request())
    figures = request.profiles.codes.model_copy(update={"short_address": False})
    kept = replace(request, profiles=replace(request.profiles, codes=figures))
    assert code(kept).url == request.committee.page.value
    form = request.committee.page.model_copy(update={"value": "https://a.no/skjema"})
    asked = replace(request, committee=request.committee.model_copy(update={"form": form}))
    assert code(asked).url == "https://a.no/skjema"
