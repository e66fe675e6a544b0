"""Characters as a person counts them, and the small markup of rich text."""

import pytest
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
    # Persian is spelt with joiners
    assert unprintable("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645") is None


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


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("", 0),
        ("Å bo", 4),
        # Marks that combine, marks around a letter, and signs without a shape do not count
        ("A\u030a", 1),
        ("A\u20dd", 1),
        ("a\u200bb\u2060c", 3),
        ("en\nto", 5),
        ("\u0939\u093f", 2),
    ],
)
def test_what_a_person_sees_is_counted(text: str, count: int) -> None:
    assert characters(text) == count


@pytest.mark.parametrize(
    ("text", "plain_text"),
    [
        ("en\r\nto\rtre\u2028fire\u2029fem", "en\nto\ntre\nfire\nfem"),
        (" en \t\n\tto ", "en\nto"),
        ("\n\nen\n\nto\n\n", "en\n\nto"),
        ("e\u0301", "\u00e9"),
        ("en\u00a0", "en\u00a0"),
        ("a  b", "a  b"),
    ],
)
def test_lines_are_written_as_a_person_means_them(text: str, plain_text: str) -> None:
    assert normalized(text) == plain_text


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("a\0b", "U+0000"),
        ("\x1f", "U+001F"),
        ("\x85", "U+0085"),
        ("\ue000", "U+E000"),
        ("\U000e0041", "U+E0041"),
        ("\u0378", None),
        ("\U0001fae8", None),
        ("\ufdd0", "U+FDD0"),
        ("\U0001ffff", "U+1FFFF"),
        ("\x0b", "U+000B"),
        ("\u2029", "U+2029"),
        ("\ud800", "U+D800"),
        ("\u200b\0", "U+200B"),
        ("a\tb\nc\u00ad\u00a0d", None),
        ("", None),
    ],
)
def test_the_first_sign_that_does_not_print_is_named(text: str, named: str | None) -> None:
    assert unprintable(text) == named


@pytest.mark.parametrize(
    ("rich", "problem"),
    [
        ("", None),
        ("**a", "line 1 has an odd number of **; close what opens bold"),
        ("a\nb\n**c** **d", "line 3 has an odd number of **; close what opens bold"),
        ("**a** **b**", None),
        ("**a\nb**", "line 1 has an odd number of **; close what opens bold"),
    ],
)
def test_bold_is_closed_in_its_own_line(rich: str, problem: str | None) -> None:
    assert rich_problem(rich) == problem


@pytest.mark.parametrize(
    ("rich", "html"),
    [
        ("a", "a"),
        ("a\nb\nc", "a<br>b<br>c"),
        ("- a", "<ul><li>a</li></ul>"),
        ("- a\n- b\nc", "<ul><li>a</li><li>b</li></ul>c"),
        ("a\n- b", "a<ul><li>b</li></ul>"),
        ("- a\nb\n- c", "<ul><li>a</li></ul>b<ul><li>c</li></ul>"),
        ("-a", "-a"),
        ("a - b", "a - b"),
        ("**a** b **c**", "<strong>a</strong> b <strong>c</strong>"),
        ("- - a", "<ul><li>- a</li></ul>"),
    ],
)
def test_rich_text_becomes_exactly_this(rich: str, html: str) -> None:
    assert rich_markup(rich) == html


@pytest.mark.parametrize(
    ("rich", "text"),
    [("**a**", "a"), ("- a\n- b", "a\nb"), ("- - a", "- a"), ("a - b", "a - b"), ("a\n\nb", "a\n\nb")],
)
def test_plain_text_keeps_all_but_the_signs(rich: str, text: str) -> None:
    assert plain(rich) == text


@given(st.text())
def test_rich_text_never_lets_a_tag_through(text: str) -> None:
    markup = str(rich_markup(normalized(text)))
    for tag in ("strong", "ul", "li"):
        markup = markup.replace(f"<{tag}>", "").replace(f"</{tag}>", "")
    assert "<" not in markup.replace("<br>", "")
