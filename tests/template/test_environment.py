"""The sandbox: strict, closed, and every failure with file and line."""

import pytest

from printkit.errors import WorkspaceError, WorkspaceErrors
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
        ("{{ 1 / 0 }}", "ZeroDivisionError"),
        ("{{ committee.number | date }}", "a date is due, not"),
        ("{{ title.upper }}", "this is no text: write \\(\\) behind"),
        ("{{ [title]|map('upper') }}", "\\| join behind a list"),
        ("{{ [[title]|map('upper')] }}", "this is no text"),
        ("{{ joiner() }}", "this is no text"),
        ("{% macro m() %}{% endmacro %}{{ m }}", "this is no text"),
        ("{{ [1, 2]|random }}", "No filter named 'random'"),
        ("{{ lipsum(1) }}", "'lipsum' is undefined"),
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


def test_a_condition_without_else_writes_nothing(stage: Stage) -> None:
    stage.page("<p>{{ 'x' if not title }}</p>")
    assert "<p></p>" in stage.bind().html
