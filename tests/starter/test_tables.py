"""Tables as an office keeps them become committees and places; what they leave out is proposed."""

from pathlib import Path

import pytest

from printkit.errors import WorkspaceError
from printkit.starter.tables import printed_address, read_committees, read_places, slug

COLORS = ["jezioro", "bursztyn"]


def test_a_name_and_a_page_are_enough_for_a_committee(tables: Path) -> None:
    first, second, *_ = read_committees(tables / "committees.csv", COLORS)
    assert (first["id"], first["number"], first["color"]) == ("c01", 1, "jezioro")
    assert first["areas"] == ["Łąki Dolne", "Młynówka"]
    assert (second["areas"], second["color"]) == (["Stary Port"], "bursztyn")
    assert second["short_address"] == "jezioro-ciche.example/rady/stary-port"


def test_a_place_has_an_id_of_its_name_and_a_kind_of_any_word(tables: Path) -> None:
    library, _, club = read_places(tables / "places.csv")
    assert (library.cells["id"], library.cells["committees"]) == ("biblioteka-glowna", "all")
    assert (club.cells["kind"], club.word) == ("swietlica", "świetlica")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        ("name;page;colour\nA;https://a.example;x", "row 1, colour: no such column"),
        ("name;page\nA;", "row 2, page: this is empty"),
        ("name;page;id\nA;https://a.example;../x", "row 2, id: '../x' is not small letters"),
        ("name;page;id\nA;https://a.example;a\nB;https://b.example;A", "row 3, id: 'a' is there twice"),
        ("name;page;number\nA;https://a.example;one", "row 2, number: 'one' is no whole number"),
        ("name;page;color\nA;https://a.example;red", "row 2, color: unknown 'red'; known: jezioro, bursztyn"),
        ("name;page\n", "no committee"),
    ],
)
def test_what_is_wrong_with_a_table_is_named_by_its_row(tmp_path: Path, text: str, complaint: str) -> None:
    (tmp_path / "c.csv").write_text(text, encoding="utf-8")
    with pytest.raises(WorkspaceError) as caught:
        read_committees(tmp_path / "c.csv", COLORS)
    assert complaint in str(caught.value)


@pytest.mark.parametrize(
    ("page", "printed"),
    [
        ("https://www.a.example/b/", "a.example/b"),
        ("https://a.example/" + "long-" * 9, "a.example"),
        ("https://a.example/b?c=1", "a.example/b"),
        ("https://a.example/B_c", "a.example"),
    ],
)
def test_an_address_that_can_be_printed_is_proposed(page: str, printed: str) -> None:
    assert printed_address(page) == printed


def test_an_id_is_made_of_any_script() -> None:
    assert [slug(name) for name in ("Łódź", "Øvre Ål", "Київ", "  ")] == ["lodz", "ovre-al", "kiiv", ""]
