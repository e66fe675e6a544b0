"""Characters as a person counts them, and the small markup of rich text."""

from hypothesis import given
from hypothesis import strategies as st

from printkit.template.counting import characters, normalized, plain, rich_markup, rich_problem, unprintable


def test_a_letter_with_a_mark_is_one_character() -> None:
    assert characters("ca\u0301fe\u0301") == 4
    assert characters("nær\u00adutvalg") == 9
    assert normalized("A\u030a") == "Å"


def test_control_characters_are_named() -> None:
    assert unprintable("a\u202eb") == "U+202E"
    assert unprintable("linje\nto\u00ad") is None


def test_rich_text_knows_bold_line_break_and_list() -> None:
    markup = rich_markup("Hei **du**\nher\n- en\n- **to**\nslutt")
    assert markup == "Hei <strong>du</strong><br>her<ul><li>en</li><li><strong>to</strong></li></ul>slutt"


def test_rich_text_escapes_everything_else() -> None:
    assert rich_markup("<b>a</b> & **<i>**") == "&lt;b&gt;a&lt;/b&gt; &amp; <strong>&lt;i&gt;</strong>"


def test_open_bold_is_a_problem_with_its_line() -> None:
    assert "line 2" in str(rich_problem("**a**\n**b"))
    assert rich_problem("**a** b") is None


def test_signs_do_not_count() -> None:
    assert plain("- **a** b\nc") == "a b\nc"


@given(st.text())
def test_rich_text_never_lets_a_tag_through(text: str) -> None:
    markup = str(rich_markup(normalized(text)))
    for tag in ("strong", "ul", "li"):
        markup = markup.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in markup.replace("<br>", "")
