"""A template's folder is read strictly, with file and key in each complaint."""

import pytest

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.template import list_templates, load_template, template_schema
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
