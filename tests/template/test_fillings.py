import pytest

from printkit.errors import SlotErrors
from printkit.template.fillings import Filling, fill
from tests.template.stage import MANIFEST, Stage

SLOTS = """
[slots.lines]
kind = "text"
label = "Linjer"
sample = "Her og nå"
required = true
min_characters = 3
max_characters = 41
max_lines = 2
[slots.points]
kind = "list"
label = "Punkter"
sample = ["Møter", "Penger"]
required = true
max_items = 3
max_characters = 12
[layouts.flyer-a5]
"""


GIVEN = """
[slots.sum]
kind = "text"
label = "Sum"
default = "50\u00a0000 kr"
max_characters = 16
[slots.place]
kind = "text"
label = "Sted"
default = "{{ committee.name }}"
max_characters = 80
[layouts.flyer-a5]
"""


OPTIONAL = """
[slots.topic]
kind = "text"
label = "Tema"
sample = "Trygg veg"
max_characters = 16
max_lines = 1
[slots.day]
kind = "date"
label = "Dag"
sample = 2027-09-23
[layouts.flyer-a5]
"""


def texts(stage: Stage, filling: Filling, **values: str) -> dict[str, str]:
    stage.write("templates/try/template.toml", MANIFEST.replace("[layouts.flyer-a5]\n", SLOTS, 1))
    stage.page("{{ lines }}{% for one in points %}{{ one }}{% endfor %}")
    artwork = fill(stage.request(**values), filling)
    assert not artwork.specimen
    return {name: text.text for name, text in artwork.texts.items()}


def test_own_asks_for_every_required_value(stage: Stage) -> None:
    with pytest.raises(SlotErrors, match="lines"):
        texts(stage, "own")


def test_samples_stand_where_values_are_missing(stage: Stage) -> None:
    found = texts(stage, "sample", title="Mitt")
    assert (found["title"], found["lines"]) == ("Mitt", "Her og nå")


def test_longest_takes_all_that_slots_allow(stage: Stage) -> None:
    found = texts(stage, "longest")
    # No line ends in the blank that would be its last character.
    assert [len(line) for line in found["lines"].split("\n")] == [19, 19]
    assert len(found["points"].split("\n")) == 3
    assert max(map(len, found["points"].split("\n"))) == 12


def test_hard_spaces_hold_and_what_committees_give_stays(stage: Stage) -> None:
    stage.write("templates/try/template.toml", MANIFEST.replace("[layouts.flyer-a5]\n", GIVEN, 1))
    stage.page("{{ sum }}{{ place }}")
    texts = fill(stage.request(), "longest").texts
    assert texts["sum"].text == "50\u00a0000 kr 50\u00a0000"
    assert texts["place"].text == stage.request().committee.name


def test_longest_also_tries_what_nobody_must_fill(stage: Stage) -> None:
    stage.write("templates/try/template.toml", MANIFEST.replace("[layouts.flyer-a5]\n", OPTIONAL, 1))
    stage.page("{{ topic }}{{ day | date if day }}")
    shown = {one: fill(stage.request(), one).texts for one in ("sample", "shortest", "longest")}
    assert [shown[one]["topic"].text for one in shown] == ["", "", "Trygg veg Trygg"]
    assert [bool(shown[one]["day"].text) for one in shown] == [False, False, True]
    assert fill(stage.request(topic=""), "longest").texts["topic"].text == ""


def test_shortest_is_one_word_of_each(stage: Stage) -> None:
    found = texts(stage, "shortest")
    assert (found["lines"], found["points"]) == ("Her", "Møter")
