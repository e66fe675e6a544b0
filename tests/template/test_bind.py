"""Binding: all problems at once, smart values, what is unconfirmed, what the layout depends on."""

import datetime
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from PIL import Image

from printkit.errors import SlotErrors, WorkspaceError, WorkspaceErrors
from printkit.template import BindRequest, bind, codes_at_site
from tests.template.stage import MANIFEST, Stage

CAMPAIGN = {"deadline": {"value": datetime.date(2026, 10, 1), "confirmed": False}, "grant": {"value": 50000}}

NO_SLOTS: dict[str, Any] = {"slots": {}, "committee_slots": {}}


def with_campaign(stage: Stage, **changes: Any) -> None:
    campaign = stage.profiles().campaigns["recruitment"]
    entries = [entry.model_dump() | {"template": "try"} for entry in campaign.pieces]
    stage.more["campaign"] = type(campaign).model_validate(
        {**campaign.model_dump(), **NO_SLOTS, "values": CAMPAIGN, "pieces": entries, **changes}
    )


def in_campaign(stage: Stage, **changes: Any) -> BindRequest:
    """Return a request without a title of its own, in a campaign."""
    with_campaign(stage, **changes)
    return stage.request(title=None)


def slots(stage: Stage, toml: str) -> None:
    stage.write("templates/try/template.toml", MANIFEST.replace("[slots.qr]", toml + "\n[slots.qr]"))


def problems(stage: Stage, **values: Any) -> str:
    with pytest.raises(SlotErrors) as caught:
        stage.bind(**values)
    return str(caught.value)


def test_all_problems_come_at_once(stage: Stage) -> None:
    slots(stage, "[slots.when]\nkind='date'\nlabel='x'")
    told = problems(stage, title=None, other="x", when="tomorrow", qr="javascript:alert(1)")
    assert "slot 'other' of try/flyer-a5: the template has no such slot" in told
    assert "slot 'title' of try/flyer-a5: a value is required" in told
    assert "slot 'when'" in told
    assert "slot 'qr'" in told


def test_too_long_names_a_roomier_format(stage: Stage) -> None:
    more = '\n[layouts.poster-a3]\nhtml = "page.html"\ncss = "page.css"\nmax_characters.title = 90\n'
    text = MANIFEST.replace('sample = "Bli med"', 'sample = "x"\nmax_characters = 60') + more
    stage.write("templates/try/template.toml", text)
    assert "74 characters, 60 fit; shorten it or use poster-a3" in problems(stage, title="a" * 74)


def test_sample_fills_what_is_required_and_makes_a_specimen(stage: Stage) -> None:
    stage.more["sample"] = True
    assert ">Bli med</h1>" in stage.bind(title=None).html
    assert stage.bind(title=None).specimen
    assert not stage.bind(title="Vårt").specimen


def test_a_piece_is_titled_by_template_committee_and_format(stage: Stage) -> None:
    request = stage.request()
    assert stage.bind().title == f"Prøve – {request.committee.name}, {request.format.name}"


def test_a_slot_that_the_layout_does_not_print_is_not_required(stage: Stage) -> None:
    slots(stage, "[slots.extra]\nkind='text'\nlabel='x'\nrequired=true\nsample='x'")
    assert "extra" not in stage.bind().texts


def test_a_committee_may_not_set_what_the_office_keeps(stage: Stage) -> None:
    stage.more["who"] = "committee"
    assert "only the communications office" in problems(stage, title="Vårt")


def test_defaults_are_smart(stage: Stage) -> None:
    with_campaign(stage)
    slots(stage, "[slots.when]\nkind='date'\nlabel='x'\ndefault='{{ campaign.deadline }}'")
    stage.page(
        "<p>{{ when }}, {{ when | date('year') }}, {{ campaign.grant }}, {{ 'x' ~ campaign.deadline }}</p>"
    )
    artwork = stage.bind()
    assert "<p>1.\u00a0oktober, 1.\u00a0oktober 2026, 50\u00a0000, x1.\u00a0oktober</p>" in artwork.html
    assert "campaign.deadline" in artwork.unconfirmed


def test_a_default_is_escaped_once(stage: Stage) -> None:
    stage.write("templates/try/texts.nb.toml", 'and = "{{ committee.number }} & mer"\n')
    slots(stage, "[slots.who]\nkind='text'\nlabel='x'\ndefault='{{ t.and }}, {{ lang }} & <b>'")
    stage.page("<p>{{ who }}</p>")
    assert "<p>2 &amp; mer, nb &amp; &lt;b&gt;</p>" in stage.bind().html


def test_a_default_of_an_absent_campaign_is_no_value(stage: Stage) -> None:
    slots(stage, "[slots.when]\nkind='date'\nlabel='x'\ndefault='{{ campaign.deadline }}'")
    stage.page("{% if when %}<p>{{ when }}</p>{% endif %}")
    assert "<p></p>" not in stage.bind().html


def test_a_default_with_a_wrong_name_is_the_templates_fault(stage: Stage) -> None:
    slots(stage, "[slots.who]\nkind='text'\nlabel='x'\ndefault='{{ committee.nmae }}'")
    stage.page("{{ who }}")
    with pytest.raises(WorkspaceError, match=r"slots.who.default: .*nmae"):
        stage.bind()


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("campaign.grant_to", r"campaign 'recruitment' has no value 'grant_to'; write it under \[values\]"),
        ("committee.phone", "committee has no value 'phone'"),
        ("campaign.deadline.colour", "has no attribute 'colour'"),
    ],
)
def test_a_smart_value_that_is_not_there_is_named(stage: Stage, asked: str, told: str) -> None:
    with_campaign(stage)
    slots(stage, f"[slots.when]\nkind='text'\nlabel='x'\ndefault='{{{{ {asked} }}}}'")
    stage.page("<p>{{ when }}</p>")
    with pytest.raises(WorkspaceError, match=told):
        stage.bind()


def test_values_of_campaign_committee_and_request_override_in_turn(stage: Stage) -> None:
    shared = {"slots": {"title": "Alle"}, "committee_slots": {"nu02": {"title": "Vi"}}}
    with_campaign(stage, **shared)
    assert ">Vi</h1>" in stage.bind(title=None).html
    assert ">Jeg</h1>" in stage.bind(title="Jeg").html


def test_texts_are_escaped_and_may_hold_smart_values(stage: Stage) -> None:
    stage.write("templates/try/texts.nb.toml", 'call = "Nr. {{ committee.number }} <b>"\n')
    stage.page("<p>{{ t.call }}</p>")
    artwork = stage.bind(title="<script>")
    assert "&lt;script&gt;" in artwork.html
    assert "<p>Nr. 2 &lt;b&gt;</p>" in artwork.html


def test_short_address_and_colours_count_as_unconfirmed(stage: Stage) -> None:
    stage.page("<p>{{ committee.short_address }}</p>")
    stage.css(".page { color: var(--brand-fjord) }")
    assert {"committee.short_address", "brand.fjord"} <= set(stage.bind().unconfirmed)
    assert "brand.tommer" not in stage.bind().unconfirmed


def test_colours_and_logo_in_pictures_count_too(stage: Stage) -> None:
    stage.write(
        "assets/brand/mark.svg", '<svg xmlns="http://www.w3.org/2000/svg"><path fill="#93B85C"/></svg>'
    )
    stage.page('<img src="/assets/brand/mark.svg">')
    artwork = stage.bind()
    assert {"brand.lov", "brand.logo"} <= set(artwork.unconfirmed)
    assert "assets/brand/mark.svg" in artwork.inputs


def test_a_code_whose_address_an_absent_campaign_gives_is_told(stage: Stage) -> None:
    slots(stage, "[slots.other]\nkind='qr'\nlabel='x'\ndefault='{{ campaign.address }}'")
    stage.page('<div class="code" data-code="other" style="top: 110mm"></div>')
    assert "slot 'other' of try/flyer-a5: the code has no address; set one" in problems(stage)


def test_what_a_page_does_not_print_is_not_unconfirmed(stage: Stage) -> None:
    stage.page("{# #93B85C is no colour of this page #}<p>{{ title }}</p>")
    assert not {"brand.lov", "brand.logo"} & set(stage.bind().unconfirmed)


def test_a_picture_of_too_many_pixels_is_told_by_its_head(stage: Stage) -> None:
    picture = BytesIO()
    Image.new("1", (8, 8)).save(picture, "PNG")
    head = bytearray(picture.getvalue())
    # width and height of the first chunk, and its checksum
    head[16:24] = (20_000).to_bytes(4, "big") * 2
    head[29:33] = crc32(head[12:29]).to_bytes(4, "big")
    (stage.root / "assets/brand/large.png").write_bytes(head)
    stage.page('<img src="/assets/brand/large.png">')
    with pytest.raises(WorkspaceError, match=r"large\.png.*400 million pixels"):
        stage.bind()


def test_the_codes_address_changes_neither_page_nor_key(stage: Stage) -> None:
    with_campaign(stage)
    plain = stage.bind()
    site = next(iter(stage.profiles().sites.values()))
    stage.more["site"] = site
    other = stage.bind()
    assert plain.codes[0].url != other.codes[0].url
    assert (plain.html, plain.layout_key) == (other.html, other.layout_key)
    assert plain.codes[0].print_id != other.codes[0].print_id


def test_a_piece_is_bound_once_for_all_sites(stage: Stage) -> None:
    with_campaign(stage)
    first, *others = list(stage.profiles().sites.values())[:3]
    artwork = bind(replace(stage.request(), site=first))
    for site in [*others, None]:
        request = replace(stage.request(), site=site)
        assert replace(artwork, codes=codes_at_site(artwork, request)) == bind(request)


@pytest.mark.parametrize("place", ["page", "text", "default", "include"])
def test_a_text_that_names_the_site_binds_each_site_apart(stage: Stage, place: str) -> None:
    with_campaign(stage)
    assert not stage.bind().names_site
    naming = "{{ site.name if site else 'alle' }}"
    if place == "default":
        stage.write(
            "templates/try/template.toml", MANIFEST.replace("sample =", f'default = "{naming}"\nsample =')
        )
    stage.write("templates/try/texts.nb.toml", f'where = "{naming}"\n')
    stage.write("templates/try/other.html", naming)
    include = "{% include 'try/' ~ 'other.html' %}"
    stage.page({"page": naming, "text": "{{ t.where }}", "include": include}.get(place, ""))
    assert bind(
        replace(stage.request(title=None), values={} if place == "default" else {"title": "x"})
    ).names_site


def test_tracking_is_short_and_can_be_switched_off(stage: Stage) -> None:
    with_campaign(stage)
    assert stage.bind().codes[0].url.endswith("/?k=r27&n=02&f=a5")
    campaign = stage.more["campaign"]
    off = campaign.tracking.model_copy(update={"enabled": False})
    stage.more["campaign"] = campaign.model_copy(update={"tracking": off})
    assert "?" not in stage.bind().codes[0].url


def test_the_key_follows_files_and_values(stage: Stage) -> None:
    first = stage.bind().layout_key
    assert stage.bind().layout_key == first
    assert stage.bind(title="Annet").layout_key != first
    stage.css(".page { color: #123456 }")
    assert stage.bind().layout_key != first


def test_the_key_does_not_depend_on_the_folder(stage: Stage, tmp_path: Path) -> None:
    first = stage.bind()
    moved = tmp_path / "moved"
    moved.mkdir()
    for part in ("profiles", "assets", "templates"):
        (tmp_path / part).rename(moved / part)
    assert Stage(moved).bind().layout_key == first.layout_key


@pytest.mark.parametrize("file", ["assets/none.jpg", "../secret.jpg", "assets/dot.png"])
def test_a_bad_picture_is_its_slots_problem(stage: Stage, file: str) -> None:
    slots(stage, "[slots.photo]\nkind='image'\nlabel='x'\nmin_px=[100, 100]")
    Image.new("RGB", (10, 10)).save(stage.root / "assets/dot.png")
    assert "slot 'photo' of try/flyer-a5" in problems(stage, photo=file)


def test_a_picture_has_source_and_focus(stage: Stage) -> None:
    slots(stage, "[slots.photo]\nkind='image'\nlabel='x'")
    Image.new("RGB", (10, 10)).save(stage.root / "assets/my hall.png")
    stage.page('<img src="{{ photo.src }}" style="object-position: {{ photo.position }}">')
    html = stage.bind(photo="assets/my hall.png@0.25,1").html
    assert '<img src="/assets/my%20hall.png" style="object-position: 25% 100%">' in html


def test_a_format_without_layout_names_the_others(stage: Stage) -> None:
    request = stage.request()
    poster = request.profiles.formats["poster-a3"]
    with pytest.raises(WorkspaceError, match="there are: flyer-a5"):
        bind(replace(request, format=poster))
    with pytest.raises((WorkspaceError, WorkspaceErrors), match="speaks nb"):
        bind(replace(request, language="en"))


def keyed(stage: Stage, **changes: Any) -> str:
    return bind(replace(stage.request(), **changes)).layout_key


def test_whatever_can_change_a_layout_is_in_its_key(stage: Stage) -> None:
    stage.write("templates/try/texts.en.toml", 'name = "Try"\n')
    request = stage.request()
    page, press, profiles = request.format, request.press, request.profiles
    colors = {
        name: color.model_copy(update={"srgb": "#010203"}) for name, color in profiles.brand.colors.items()
    }
    brand = profiles.brand.model_copy(update={"colors": colors})
    keys = [
        keyed(stage),
        keyed(stage, format=page.model_copy(update={"fold_safe_mm": 7})),
        keyed(stage, format=page.model_copy(update={"name": "Another"})),
        keyed(stage, press=press.model_copy(update={"ink_limit": 222})),
        keyed(stage, press=press.model_copy(update={"bleed_mm": 9})),
        keyed(stage, language="en"),
        keyed(stage, profiles=replace(profiles, brand=brand)),
        keyed(stage, values={"title": "Annet"}),
    ]
    assert len(set(keys)) == len(keys)
    waived = press.model_copy(update={"waivers": ("x",)})
    assert keyed(stage, press=waived) == keys[0]


def test_sizes_that_a_text_may_have_are_in_the_key(stage: Stage) -> None:
    first = stage.bind().layout_key
    stage.write("templates/try/template.toml", MANIFEST.replace("smallest = 12", "smallest = 13"))
    assert stage.bind().layout_key != first


def test_the_bleed_is_the_presss_own_where_it_has_one(stage: Stage) -> None:
    request = stage.request()
    for own, wanted in ((None, request.format.bleed_mm), (0, 0), (9, 9)):
        press = request.press.model_copy(update={"bleed_mm": own})
        assert bind(replace(request, press=press)).bleed_mm == wanted


def test_problems_of_slots_and_of_codes_come_together(stage: Stage) -> None:
    told = problems(stage, title=None, qr="https://bøler.no/")
    assert "slot 'title'" in told
    assert "slot 'qr'" in told


def test_a_site_that_makes_an_address_too_long_is_told(stage: Stage) -> None:
    with_campaign(stage)
    request = stage.request()
    site = next(iter(stage.profiles().sites.values()))
    longest = request.profiles.codes.address_characters
    artwork = bind(replace(request, values={"title": "x", "qr": "https://a.no/".ljust(longest - 20, "x")}))
    with pytest.raises(SlotErrors, match=f"{longest} fit"):
        codes_at_site(artwork, replace(request, site=site.model_copy(update={"id": "s" * 40})))


def test_a_piece_that_is_read_from_far_has_larger_codes(stage: Stage) -> None:
    request = stage.request()
    far = request.format.model_copy(update={"scanning_distance_m": 10})
    near, wide = (bind(replace(request, format=page)).code_geometry for page in (request.format, far))
    assert near.width_mm == request.format.viewing_distance_m * 1000 / request.profiles.codes.distance_ratio
    assert wide.box_width_mm > 2 * near.box_width_mm


def test_texts_for_messages_are_as_they_are_read(stage: Stage) -> None:
    more = "[slots.points]\nkind='list'\nlabel='x'\n[slots.about]\nkind='rich'\nlabel='x'\n"
    slots(stage, more)
    stage.page("{{ points }}{{ about }}")
    texts = stage.bind(points=["en", "to"], about="**a** b").texts
    assert (texts["points"].text, texts["about"].text) == ("en\nto", "a b")


TWO = [{"template": "try", "format": "flyer-a5", "languages": ["nb", "en"], "quantity": 1}]


@pytest.mark.parametrize(
    ("slots", "committee", "language", "printed"),
    [
        ({"title": "Alle"}, {}, "nb", "Alle"),
        ({"title": "Alle", "en": {"title": "All"}}, {}, "en", "All"),
        ({"title": "Alle", "en": {"title": "All"}}, {"en": {"title": "We"}}, "en", "We"),
        ({"title": "Alle", "en": {"title": "All"}}, {"title": "Vi"}, "nb", "Vi"),
        ({"title": "Alle", "nb": {"title": "Alle her"}}, {}, "nb", "Alle her"),
    ],
)
def test_a_piece_prints_the_words_of_its_language(
    stage: Stage, slots: dict[str, Any], committee: dict[str, Any], language: str, printed: str
) -> None:
    stage.write("templates/try/texts.en.toml", 'name = "Try"\n')
    request = in_campaign(stage, pieces=TWO, slots=slots, committee_slots={"nu02": committee})
    assert f">{printed}</h1>" in bind(replace(request, language=language)).html


@pytest.mark.parametrize(
    ("slots", "committee", "cure"),
    [
        ({"title": "Alle"}, {}, r"slots gives it in 'nb'; give it under \[slots.en\]"),
        ({"en": {"title": "All"}}, {"title": "Vi"}, r"give it under \[committee_slots.nu02.en\]"),
    ],
)
def test_words_of_another_language_are_refused_with_the_key_to_add(
    stage: Stage, slots: dict[str, Any], committee: dict[str, Any], cure: str
) -> None:
    stage.write("templates/try/texts.en.toml", 'name = "Try"\n')
    request = in_campaign(stage, pieces=TWO, slots=slots, committee_slots={"nu02": committee})
    with pytest.raises(SlotErrors, match=cure):
        bind(replace(request, language="en"))
    assert ">Hi</h1>" in bind(replace(request, language="en", values={"title": "Hi"})).html


def test_what_is_no_word_serves_all_languages(stage: Stage) -> None:
    stage.write("templates/try/texts.en.toml", 'name = "Try"\n')
    manifest = MANIFEST + '[slots.day]\nkind = "date"\nlabel = "x"\n'
    stage.write("templates/try/template.toml", manifest)
    stage.page("<p>{{ day }}</p>")
    values = {"day": datetime.date(2027, 10, 3), "en": {"title": "Hi"}}
    request = in_campaign(stage, pieces=TWO, slots=values, committee_slots={})
    assert "<p>3\u00a0October</p>" in bind(replace(request, language="en")).html
