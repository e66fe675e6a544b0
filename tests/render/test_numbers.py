"""Numbers that the layout engine would count up to are seen before it does."""

import pytest

from printkit.errors import WorkspaceErrors
from printkit.render.numbers import check_numbers


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('<table>\n<td colspan="1000000000">', 'f: line 2: colspan="1000000000" is more than 1000'),
        ("<col span=999999999>", 'f: line 1: span="999999999" is more than 1000'),
        ("<td class=a ROWSPAN='70000'>", 'f: line 1: rowspan="70000" is more than 65534'),
        ('<td\n colspan="3" rowspan=70000>', 'f: line 2: rowspan="70000" is more than 65534'),
        ("p { grid-column: 1/1000000000 }", "f: line 1: grid-column: 1000000000 is more than 10000"),
        ("/* a\n */ p { tab-size:1e9 }", "f: line 2: tab-size: 1e9 is more than 10000"),
        ("@counter-style a { pad: 1000000000 '0' }", "f: line 1: pad: 1000000000 is more than 10000"),
        ("p { columns: 20000 }", "f: line 1: columns: 20000 is more than 10000"),
    ],
)
def test_a_number_that_nothing_on_paper_has_is_refused(text: str, told: str) -> None:
    with pytest.raises(WorkspaceErrors) as refused:
        check_numbers("f", text)
    assert str(refused.value) == f"{told}; write a smaller number"


def test_numbers_that_pages_have_are_let_be() -> None:
    check_numbers("f", '<td colspan="1000" rowspan=3><p style="grid-row: 2 / span 10000; columns: 3">')
    check_numbers(
        "f",
        ".a { z-index: 999999; grid-template: 20000px / 1fr; --pad: 1000000000; tab-size: 4 }",
    )
    check_numbers("f", '<p title="a">colspan=99999</p><b wingspan="99999">İ</b>')


def test_words_may_not_break_before_their_first_letter() -> None:
    check_numbers("f", "p { hyphenate-limit-chars: 12 5 auto }")
    with pytest.raises(WorkspaceErrors, match="f: line 2: hyphenate-limit-chars: 0 is less than 1; write"):
        check_numbers("f", "p {\nhyphenate-limit-chars: 5 0 2 }")
