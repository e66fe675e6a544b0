"""Each rule of design leaves a sound page alone, and tells of one that breaks it."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest
from PIL import Image, ImageDraw

from printkit.errors import WorkspaceError
from printkit.profiles import Profiles
from printkit.review.asked import Ask, Outline
from printkit.review.colour_rules import contrast
from printkit.review.page import Box, Page, Shape
from printkit.review.people_rules import heads
from printkit.review.registry import chosen, judge, judge_series, rule
from printkit.review.rules import RULES
from tests.review.samples import DARK, GROUND, LIGHT, SKIN, front, line, load, piece, shown

Change = Callable[[Page], Page]


@pytest.fixture(scope="module")
def profiles() -> Profiles:
    return load()


def other_line(number: int, **changes: Any) -> Change:
    """Return what changes one of the sample's lines."""

    def change(page: Page) -> Page:
        lines = list(page.lines)
        lines[number] = replace(lines[number], **changes)
        return replace(page, lines=tuple(lines))

    return change


def more_lines(*lines: Any) -> Change:
    return lambda page: replace(page, lines=(*page.lines, *lines))


def other_shape(number: int, box: Box) -> Change:
    def change(page: Page) -> Page:
        shapes = list(page.shapes)
        shapes[number] = replace(shapes[number], box=box)
        return replace(page, shapes=tuple(shapes))

    return change


def other_code(**changes: Any) -> Change:
    return lambda page: replace(page, codes=(replace(page.codes[0], **changes),))


def painted(colour: tuple[int, int, int]) -> Change:
    """Return what paints the lower field in another colour."""

    def change(page: Page) -> Page:
        bare = page.bare.copy()
        bare.paste(colour, (0, 270, 297, 420))
        return replace(page, bare=bare)

    return change


def more_shapes(*shapes: Shape, wall: bool = False) -> Change:
    """Return what puts shapes on the page, heads painted where they stand, before a wall of their colour."""

    def change(page: Page) -> Page:
        bare = page.bare.copy()
        if wall:
            bare.paste(SKIN, (0, 200, 150, 260))
        for one in shapes:
            if one.fill == SKIN:
                box = one.box
                ImageDraw.Draw(bare).ellipse([box.left, box.top, box.right - 1, box.bottom - 1], SKIN)
        return replace(page, bare=bare, shapes=(*page.shapes, *shapes))

    return change


def head(middle: float) -> Shape:
    """Return a head that stands on the ground of an A3, cut at the trim where it passes it."""
    whole = Box(middle - 4, 220, middle + 4, 228)
    return Shape(whole, SKIN, 5, whole, Box(-3, -3, 300, 423))


def on_disc(colour: tuple[int, int, int]) -> Change:
    """Return what paints the disc in another colour."""

    def change(page: Page) -> Page:
        bare = page.bare.copy()
        ImageDraw.Draw(bare).ellipse([200, 130, 257, 187], colour)
        return replace(page, bare=bare)

    return change


def repainted(**more: Any) -> Change:
    """Return what shows the front from afar with lines in another colour, or its disc elsewhere."""

    def change(page: Page) -> Page:
        bare, disc = page.bare.copy(), page.shapes[1].box
        if "disc" in more:
            draw = ImageDraw.Draw(bare)
            draw.ellipse([disc.left, disc.top, disc.right, disc.bottom], more.get("colour", LIGHT))
            disc = more["disc"]
            draw.ellipse([disc.left, disc.top, disc.right, disc.bottom], more.get("colour", GROUND))
        shapes = (page.shapes[0], replace(page.shapes[1], box=disc), *page.shapes[2:])
        return replace(page, shapes=shapes, shown=shown(bare, page.lines, more.get("ink", DARK)))

    return change


H = 141
SLIVER = Shape(Box(296, 300, 320, 330), DARK, 9)
BROKEN: list[tuple[str, Change, str]] = [
    ("type-sizes", more_lines(line("Fremmed", 30, 60, 230)), "'Fremmed' is set in 30.0 pt"),
    ("headline-size", other_line(0, size_pt=150.0), "the largest text, 'Kom du', has 150.0 pt"),
    ("headline-size", lambda page: replace(page, lines=page.lines[2:]), "'Svelvik', has 57.0 pt"),
    ("headline-lines", more_lines(line("tre", H, 18, 141)), "the headline has 3 lines"),
    ("headline-lines", other_line(1, ink=Box(18, 60, 285, 97)), "'trenger' is 5.37 em long"),
    ("headline-lines", other_line(0, text="Naboskaps-"), "'Naboskaps-' breaks a word"),
    ("headline-top", other_line(0, base=56.0), "capitals begin at 21.2 mm"),
    ("left-edge", other_line(2, ink=Box(20, 274, 60, 281)), "the ink of 'Meld deg i' begins at 20.00 mm"),
    ("code-edge", other_code(modules=Box(216, 342, 276, 402)), "code 'qr' ends at 276.0 mm"),
    ("call-top", other_line(4, base=360.0), "the call's capitals begin at 345.9 mm, the code at 342.0 mm"),
    ("mark", lambda page: replace(page, shapes=page.shapes[:2]), "no mark ends at 402 mm"),
    ("mark", other_shape(2, Box(18, 389, 60, 399.1)), "the mark's foot is at 399.1 mm"),
    ("mark", other_shape(2, Box(18, 395, 60, 402)), "the mark is 7.0 mm high"),
    ("place-lines", lambda page: replace(page, lines=page.lines[:3]), "no name of a place stands"),
    ("place-lines", more_lines(line("b", 57, 18, 298), line("c", 57, 18, 276)), "the place has 3 lines"),
    ("name-base", other_line(3, base=316.0), "the place's last line stands at 316.0 mm"),
    ("cap-height", other_line(3, cap_mm=4.0), "'Svelvik' has capitals of 4.0 mm"),
    ("cap-height", other_line(0, cap_mm=9.0), "'Kom du' has capitals of 9.0 mm"),
    ("headline-far", other_line(0, cap_mm=29.0), "'Kom du' has capitals of 29.0 mm"),
    ("thumbnail", repainted(ink=(250, 205, 90)), "at 32 pixels the headline hardly"),
    ("thumbnail", repainted(disc=Box(200, 130, 257.9, 187.9), colour=(250, 205, 90)), "disc hardly shows"),
    ("thumbnail", repainted(disc=Box(80, 98, 137.9, 155.9)), "at 32 pixels headline and disc run together"),
    ("x-height", other_line(2, x_mm=1.0), "small letters of 'Meld deg i' are 1.0 mm high"),
    ("contrast", other_line(2, colour=(200, 200, 200)), "'Meld deg i' stands out by 1."),
    ("contrast", other_line(0, colour=LIGHT), "'Kom du' stands out by 1.0:1"),
    ("touching-fields", painted((250, 200, 80)), "fields #f4c247 and #fac850 touch and differ by 1.0"),
    ("touching-fields", on_disc((250, 205, 90)), "the disc, #facd5a, stands on #f4c247, 1.1"),
    ("disc", other_shape(1, Box(235, 130, 292.9, 187.9)), "the disc is 4.1 mm from the trim"),
    ("disc", other_shape(1, Box(100, 65, 157.9, 122.9)), "'trenger' is -"),
    ("slivers", lambda page: replace(page, shapes=(*page.shapes, SLIVER)), "a shape shows 1.00 mm at the"),
    ("code-size", other_code(modules=Box(229, 342, 279, 392)), "code 'qr' is 50.0 mm high"),
    ("code-share", other_code(modules=Box(179, 302, 279, 402)), "code 'qr' takes 8% of the page"),
    ("code-small", other_code(picture=Image.new("L", (264, 264), 255)), "'qr' is not read at 50% of its"),
    ("print-id-edge", other_line(6, ink=Box(225, 400, 240, 403)), "print id ABC-1234 begins at 225.0 mm"),
    ("widows", more_lines(line("To lange", 23, 99, 200), line("du", 23, 99, 209)), "of its own: 'du'"),
    ("zones", more_lines(line("Ute", 15, 290, 200)), "'Ute' reaches 5.9 mm out of"),
    ("ground-line", more_shapes(Shape(Box(90, 240, 99, 266), DARK, 3, Box(90, 240, 99, 280))), "on 14.0 mm"),
    ("people", more_shapes(head(30), head(60)), "2 whole people on the front"),
    ("people", more_shapes(head(30), head(60), head(293)), "2 whole people on the front"),
    ("faces", more_shapes(*map(head, (30, 60, 90)), wall=True), "100% of what lies round a face looks as"),
    ("line-gap", other_line(2, ink=Box(18, 290, 60, 308.5)), "'Meld deg i' and 'Svelvik' are"),
]  # fmt: skip


def told(profiles: Profiles, page: Page, **more: Any) -> list[tuple[str, str]]:
    rules = chosen(profiles.design.rules)
    return [(one.id, hit.message) for one, hit in judge(piece(profiles, page, **more), rules)]


def test_a_sound_page_breaks_no_rule(profiles: Profiles) -> None:
    assert told(profiles, front(), texts={"when": "3.\u00a0oktober kl.\u00a018.00, 50\u00a0000 kr"}) == []


@pytest.mark.parametrize(("id", "change", "message"), BROKEN)
def test_a_page_that_breaks_a_rule_is_told_of(
    profiles: Profiles, id: str, change: Change, message: str
) -> None:
    found = told(profiles, change(front()))
    assert any(name == id and message in text for name, text in found), found


def test_a_sentence_that_ends_in_a_number_and_another_languages_words_are_left(profiles: Profiles) -> None:
    for text in ("Rom 3. Oktober", "kl. 18.00"):
        assert told(profiles, front(), texts={"when": text}, before_hour="") == []


@pytest.mark.parametrize("text", ["3. oktober", "kl. 18.00", "50 000 kr"])
def test_what_belongs_together_needs_hard_spaces(profiles: Profiles, text: str) -> None:
    assert [name for name, _ in told(profiles, front(), texts={"when": text})] == ["hard-spaces"]


def test_three_whole_people_with_faces_are_seen_and_hands_and_discs_are_none(profiles: Profiles) -> None:
    three = more_shapes(head(30), head(60), head(90))(front())
    hand = Shape(Box(30, 240, 34, 244), SKIN, 6)
    framed = Shape(Box(150, 220, 158, 228), SKIN, 6, Box(150, 220, 158, 228), Box(140, 200, 180, 240))
    seen = replace(three, shapes=(*three.shapes, hand, framed))
    assert told(profiles, seen) == []
    assert len(heads(piece(profiles, seen))) == 3


def test_a_family_of_one_skin_is_told_of(profiles: Profiles) -> None:
    rules = chosen(profiles.design.rules)
    one, other = outline(skins=frozenset({SKIN})), outline(skins=frozenset({SKIN, DARK}))
    assert [hit.message for _, _, hit in judge_series([one, other], rules)] == [
        "people of 2 colours of skin in the whole family"
    ]
    assert list(judge_series([one, other, outline(skins=frozenset({LIGHT}))], rules)) == []


def test_a_text_near_a_fold_is_told_of(profiles: Profiles) -> None:
    page = replace(front(), lines=(line("Midt", 10, 95, 100),), codes=())
    asked = [one for one in chosen(profiles.design.rules) if one[0].id == "zones"]
    found = list(judge(piece(profiles, page, "leaflet-m65"), asked))
    assert [hit.message for _, hit in found] == ["'Midt' stands 0.0 mm from the fold at 97 mm"]


def test_the_place_is_that_of_the_cover_and_no_title_of_another_panel(profiles: Profiles) -> None:
    asked = [one for one in chosen(profiles.design.rules) if one[0].id == "place-lines"]
    cover = (line("Elleve", 46, 204, 20), line("Svelvik", 19, 204, 147), line("og Berger", 19, 204, 154))
    titles = (line("Vil du?", 19, 7, 10), line("Kom", 19, 104, 11))
    page = replace(front(), lines=(*cover, *titles), codes=())
    assert list(judge(piece(profiles, page, "leaflet-m65"), asked)) == []
    third = replace(page, lines=(*page.lines, line("Nesbygda,", 19, 204, 140)))
    (found,) = judge(piece(profiles, third, "leaflet-m65"), asked)
    assert found[1].message == "the place has 3 lines"


def test_fields_are_judged_where_the_drawings_between_them_stand(profiles: Profiles) -> None:
    near = painted((250, 200, 80))(front())
    assert "touching-fields" in [id for id, _ in told(profiles, near)]
    assert "touching-fields" not in [id for id, _ in told(profiles, near, is_drawn=False)]


def test_the_rim_over_a_round_picture_is_no_plain_disc(profiles: Profiles) -> None:
    """A picture may have its field's colour near the rim; a plain disc that has it is told."""
    pale = on_disc((250, 205, 90))(front())
    disc = pale.shapes[1]
    within = Box(disc.box.left + 1, disc.box.top + 1, disc.box.right - 1, disc.box.bottom - 1)
    picture = replace(disc, box=within, order=disc.order + 1, clip=within)
    rim = replace(disc, order=disc.order + 2)
    framed = replace(pale, shapes=(*pale.shapes, picture, rim))
    assert "touching-fields" not in [id for id, _ in told(profiles, framed)]
    doubled = replace(pale, shapes=(*pale.shapes, rim))
    assert "touching-fields" in [id for id, _ in told(profiles, doubled)]


def test_a_poster_has_few_words(profiles: Profiles) -> None:
    page = more_lines(line("ord " * 30, 15, 100, 240))(front())
    far = profiles.formats["poster-a3"].model_copy(update={"viewing_distance_m": 2.0})
    rules = chosen(profiles.design.rules)
    found = judge(replace(piece(profiles, page), format=far), rules)
    assert [hit.message for one, hit in found if one.id == "words"] == ["39 words on the front"]
    named = replace(piece(profiles, page), format=far, names=("ord " * 20,))
    assert not [one for one, _ in judge(named, rules) if one.id == "words"]


def test_what_stands_on_the_floor_has_its_code_at_hand_height(profiles: Profiles) -> None:
    asked = [one for one in chosen(profiles.design.rules) if one[0].id == "standing"]
    found = piece(profiles, front(), "rollup-85x200")
    low = other_code(modules=Box(600, 1700, 770, 1870))(front())
    low = replace(low, lines=(line("Nede", 64, 60, 1900),))
    assert len(list(judge(piece(profiles, low, "rollup-85x200"), asked))) == 2
    assert len(list(judge(found, asked))) == 1


def outline(format: str = "poster-a3", language: str = "nb", **more: Any) -> Outline:
    ask = Ask("recruit", format, "nu03", language, "own")
    return replace(Outline(ask, LIGHT, {"headline": 97.0, "call": 355.0}), **more)


@pytest.mark.parametrize(
    ("other", "message"),
    [
        (outline("flyer-a5", field=DARK), "the headline's field is #0f4252, #f4c247 on poster-a3"),
        (outline(language="en", bases={"call": 360.0}), "the call stands at 360.0 mm, in 'nb' at 355.0 mm"),
    ],
)
def test_a_series_is_told_of_where_pieces_differ(profiles: Profiles, other: Outline, message: str) -> None:
    rules = chosen(profiles.design.rules)
    assert [hit.message for _, _, hit in judge_series([outline(), other], rules)] == [message]
    assert list(judge_series([outline(), outline("flyer-a5"), outline(language="en")], rules)) == []


def test_every_rule_is_asked_of_the_reference_workspace_and_broken_here(profiles: Profiles) -> None:
    apart = {"hard-spaces", "words", "standing", "one-field", "same-boxes", "skins"}
    assert set(profiles.design.rules) == set(RULES) == {id for id, _, _ in BROKEN} | apart
    assert [one for one in RULES.values() if not one.sentence.endswith(".")] == []


def test_a_rule_that_is_not_there_or_lacks_a_figure_is_a_fault_of_the_workspace() -> None:
    with pytest.raises(WorkspaceError, match=r"rules.nothing: no such rule; there are: call-top"):
        chosen({"nothing": {}})
    with pytest.raises(WorkspaceError, match=r"rules.words: has most_words; it takes most_words, from_m"):
        chosen({"words": {"most_words": 3}})


def test_a_second_rule_of_an_id_fails_at_import() -> None:
    with pytest.raises(ValueError, match="rule words is registered twice"):
        rule("words")(lambda piece, limits: iter(()))


def test_contrast_is_that_of_wcag() -> None:
    assert contrast((255, 255, 255), (0, 0, 0)) == 21
    assert contrast((119, 119, 119), (255, 255, 255)) == pytest.approx(4.48, abs=0.01)
