"""The sandbox: strict, closed, and every failure with file and line."""

import pytest

from printkit.errors import WorkspaceError, WorkspaceErrors
from printkit.template.environment import Sandbox
from printkit.workspace import Workspace
from tests.template.stage import Stage

ERRORS = (WorkspaceError, WorkspaceErrors)


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ("{{ nothing }}", "nothing"),
        ("{{ committee.nmae }}", "nmae"),
        ("{{ committee.__class__.__mro__ }}", "sandbox|unsafe"),
        ("{{ ''.__class__ }}", "unsafe"),
        ("{{ committee._model }}", "unsafe|_model"),
        ("{{ committee.areas.append('x') }}", "append"),
        ("{{ 'x' * 100000000 }}", "sandbox"),
        ("{{ 9 ** 999999999 }}", "sandbox"),
        ("{% for a in range(99999999) %}{% endfor %}", "[Rr]ange"),
        ("{% for a in range(9999) %}{% for b in range(9999) %}{% endfor %}{% endfor %}", "too long"),
        ("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}", "without end"),
        ("{{ title.missing.deeper }}", "missing"),
        ("{{ 1 / 0 }}", "this cannot be worked out: division by zero"),
        ("{{ 1 + 'a' }}", "this cannot be worked out: unsupported operand"),
        ("{{ t.nothing }}", "t has no text 'nothing'; write it in templates/try/texts.nb.toml"),
        ("{{ nothing.more | upper }}", "nothing is called 'nothing' here; name a slot of template.toml"),
        (
            '{% import "try/page.css" as css %}{{ css.rule() }}',
            "templates/try/page.css has no macro 'rule'",
        ),
        ('{% if false %}{% include "try/none.html" %}{% endif %}', "no file templates/try/none.html"),
        ("{{ committee.number | date }}", "a date is due, not"),
        ("{{ title.upper }}", "this is no text: write \\(\\) behind"),
        ("{{ [title]|map('upper') }}", "\\| join behind a list"),
        ("{{ [[title]|map('upper')] }}", "this is no text"),
        ("{{ joiner() }}", "this is no text"),
        ("{% macro m() %}{% endmacro %}{{ m }}", "this is no text"),
        ("{{ [1, 2]|random }}", "No filter named 'random'"),
        ("{{ lipsum(1) }}", "nothing is called 'lipsum' here"),
        ("{{ range(10**9)|list }}", "a range has more than 100000 numbers; write a smaller one"),
    ],
)
def test_failures_name_file_and_line(stage: Stage, more: str, words: str) -> None:
    stage.page(more)
    with pytest.raises(ERRORS, match=rf"templates/try/page.html.*({words})") as caught:
        stage.bind()
    assert "without end" in str(caught.value) or "line 6" in str(caught.value)


@pytest.mark.parametrize(
    "name", ["../profiles/brand.toml", "/etc/passwd", "try/../../profiles/brand.toml", "none.html"]
)
def test_includes_stay_below_templates(stage: Stage, name: str) -> None:
    stage.page(f'{{% include "{name}" %}}')
    with pytest.raises(ERRORS, match=r"below templates/|no file templates/none.html"):
        stage.bind()


def test_a_link_out_of_the_workspace_is_refused(
    stage: Stage, tmp_path_factory: pytest.TempPathFactory
) -> None:
    outside = tmp_path_factory.mktemp("outside") / "secret.html"
    outside.write_text("secret")
    (stage.root / "templates/try/link.html").symlink_to(outside)
    stage.page('{% include "try/link.html" %}')
    with pytest.raises(ERRORS, match="leaves the workspace"):
        stage.bind()


def test_an_error_in_an_included_file_names_that_file(stage: Stage) -> None:
    stage.write("templates/base/foot.html", "\n\n{{ nothing }}")
    stage.page('{% include "base/foot.html" %}')
    with pytest.raises(ERRORS, match=r"templates/base/foot.html: line 3"):
        stage.bind()


def test_included_files_are_inputs(stage: Stage) -> None:
    stage.write("templates/base/foot.html", "x")
    stage.page('{% include "base/foot.html" %}')
    assert "templates/base/foot.html" in stage.bind().inputs


def test_a_file_that_many_include_is_looked_into_once(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    for level in range(12):
        stage.write(f"templates/try/{level}.html", f'{{% include "try/{level + 1}.html" %}}' * 2)
    stage.write("templates/try/12.html", "{{ last }}")
    read, original = list[str](), Workspace.read_text

    def noted(workspace: Workspace, file: str) -> str:
        read.append(file)
        return original(workspace, file)

    monkeypatch.setattr(Workspace, "read_text", noted)
    assert Sandbox(stage.workspace).names("templates/try/0.html") == {"last"}
    # To look whether it is there, and to look into it
    assert max(map(read.count, read)) == 2


def test_a_condition_without_else_writes_nothing(stage: Stage) -> None:
    stage.page("<p>{{ 'x' if not title }}</p>")
    assert "<p></p>" in stage.bind().html
