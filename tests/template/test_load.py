"""A template's folder is read strictly, with file and key in each complaint."""

from dataclasses import replace
from typing import Any

import pytest

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.template import check_designs, list_templates, load_template, template_schema
from tests.template.stage import MANIFEST, Stage


def test_template_is_named_by_its_folder(stage: Stage) -> None:
    template = load_template(stage.workspace, "try")
    assert (template.id, template.languages) == ("try", ("nb",))
    assert list_templates(stage.workspace) == ["try"]


def test_unknown_template_names_the_known_ones(stage: Stage) -> None:
    with pytest.raises(WorkspaceError, match="there are: try"):
        load_template(stage.workspace, "../profiles")


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ('label = "Tittel"', 'label = "Tittel"\ncolour = "x"', "slots.title.colour: unknown key"),
        ('kind = "text"', 'kind = "txt"', "slots.title.kind"),
        (
            'html = "page.html"',
            'html = "none.html"',
            "layouts.flyer-a5.html: no file templates/try/none.html",
        ),
        ('html = "page.html"', 'html = "../../x.html"', "outside templates/"),
        ("fit.title", "fit.titel", "names slot 'titel'"),
        ("largest = 40", "largest = 4", "smallest 12 is over largest 4"),
        ('sample = "Bli med"', "", "needs a sample"),
        ('sample = "Bli med"', 'sample = "x"\npattern = "["', "not a regular expression"),
        ('sample = "Bli med"', 'sample = "x"\nmax_items = 2', "takes no max_items"),
        ("[slots.title]", "[slots.site]\nkind = 'text'\nlabel = 'x'\n[slots.title]", "name of a smart value"),
        ('target = "committee"', "", "needs target"),
        ('target = "committee"', 'default = "{{ comittee.page }}"', "'comittee' is no smart value"),
        ('name = "Prøve"', 'name = "Prøve"\nid = "x"', "remove the key"),
    ],
)
def test_complaints_name_file_and_key(stage: Stage, old: str, new: str, words: str) -> None:
    stage.write("templates/try/template.toml", MANIFEST.replace(old, new))
    with pytest.raises((WorkspaceError, WorkspaceErrors), match=r"templates/try/template.toml") as caught:
        load_template(stage.workspace, "try")
    assert words in str(caught.value)


def test_template_syntax_names_file_and_line(stage: Stage) -> None:
    stage.write("templates/try/page.html", "<p>\n{% if x %}\n")
    with pytest.raises(WorkspaceErrors, match=r"templates/try/page.html: line \d: template syntax"):
        load_template(stage.workspace, "try")


def test_a_text_that_one_language_lacks_is_named(stage: Stage) -> None:
    stage.write("templates/try/texts.nn.toml", 'name = "x"\n[foot]\ncall = "y"\n')
    with pytest.raises(WorkspaceErrors, match=r"texts.nb.toml: foot.call"):
        load_template(stage.workspace, "try")


def test_schema_leaves_out_what_follows_from_the_folder() -> None:
    schema = template_schema()
    assert schema["additionalProperties"] is False
    assert not {"id", "languages"} & set(schema["properties"])


ASKED = '[committee.sky]\nkind = "color"\nlabel = "x"\n[committee.drawing]\nkind = "file"\nlabel = "x"\n'
STATED = {"sky": "himmel", "drawing": "assets/illustrations/nu02.svg"}


@pytest.mark.parametrize(
    ("stated", "said"),
    [
        ({}, []),
        ({"sky": "heaven"}, ["design.sky: unknown 'heaven'; known: fjord, "]),
        ({"sky": 3}, ["design.sky: 3 where text in quotes is due"]),
        ({"sky": None}, ["design.sky: a template asks for it"]),
        ({"drawing": "assets/none.svg"}, ["design.drawing: no file assets/none.svg"]),
    ],
)
def test_what_a_design_asks_of_a_committee_is_checked(
    stage: Stage, stated: dict[str, Any], said: list[str]
) -> None:
    stage.write("templates/try/template.toml", MANIFEST + ASKED)
    profiles, template = stage.profiles(), load_template(stage.workspace, "try")
    design = {name: value for name, value in {**STATED, **stated}.items() if value is not None}
    committee = profiles.committees["nu02"].model_copy(update={"design": design})
    only = replace(profiles, committees={"nu02": committee})
    found = [str(error) for error in check_designs(stage.workspace, only, [template])]
    assert [
        one.startswith(f"profiles/committees/nu02.toml: {told}")
        for one, told in zip(found, said, strict=True)
    ] == [True] * len(said)


def test_a_page_reads_what_its_design_asks_for_and_nothing_else(stage: Stage) -> None:
    stage.write("templates/try/template.toml", MANIFEST + ASKED.replace("drawing", "illustration"))
    stage.page("<p>{{ committee.sky }}</p>")
    assert "<p>lov</p>" in stage.bind().html
    stage.page("<p>{{ committee.ground }}</p>")
    with pytest.raises(WorkspaceError, match=r"a template asks for one under \[committee.ground\]"):
        stage.bind()
