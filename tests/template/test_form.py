"""What a template is called in the reader's language, from files beside it."""

import pytest

from printkit.errors import WorkspaceErrors
from printkit.template import list_templates, load_forms, load_template, said_in
from printkit.workspace import Workspace, bundled_workspace
from tests.template.stage import Stage

FORM = """
name = "Attempt"
[slots.title]
label = "Title"
"""


def test_a_form_says_what_its_file_says_and_the_rest_as_the_manifest(stage: Stage) -> None:
    stage.write("templates/try/form.en.toml", FORM)
    template = load_template(stage.workspace, "try")
    said = said_in(template, load_forms(stage.workspace, template), "en-GB")
    assert (said.name, said.description) == ("Attempt", template.description)
    assert (said.slots["title"].label, said.slots["title"].help) == ("Title", template.slots["title"].help)
    assert said.slots["title"].kind == template.slots["title"].kind


def test_a_language_without_a_file_reads_the_manifest(stage: Stage) -> None:
    stage.write("templates/try/form.en.toml", FORM)
    template = load_template(stage.workspace, "try")
    assert said_in(template, load_forms(stage.workspace, template), "nn") is template


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ('[slots.titel]\nlabel = "x"\n', "slots.titel: the template has no such slot; it has "),
        ('[slots.title]\ncolour = "x"\n', "slots.title.colour: unknown key"),
        ("name = 3\n", "name: "),
    ],
)
def test_a_wrong_form_names_file_and_key(stage: Stage, text: str, words: str) -> None:
    stage.write("templates/try/form.en.toml", text)
    with pytest.raises(WorkspaceErrors, match=r"templates/try/form\.en\.toml") as caught:
        load_template(stage.workspace, "try")
    assert words in str(caught.value)


def test_what_committees_fill_in_is_named_in_every_language_of_the_pages() -> None:
    """A volunteer reads the form in the language that she chose, all of it."""
    workspace: Workspace = bundled_workspace()
    for name in list_templates(workspace):
        template = load_template(workspace, name)
        forms = load_forms(workspace, template)
        own = {one for one, slot in template.slots.items() if slot.edit == "committee"}
        for language in ("nn", "en"):
            assert forms[language].description, f"{name} {language}"
            assert set(forms[language].slots) == own, f"{name} {language}"
