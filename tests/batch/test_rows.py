"""A campaign's rows are its pieces: named by their ids, made again only where they changed."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from printkit.cli import main
from printkit.errors import TableErrors, WorkspaceErrors
from tests.batch.small import Small, small

SLOTS = '[slots.word]\nkind = "text"\nlabel = "Ord"\nrequired = true\nsample = "x"\n'
BODY = '<p data-slot="word" style="left:10mm;top:10mm;font:400 20pt \'Source Sans 3\'">{{ word }}</p>'
TABLE = "id;Ord;quantity\na;En;1\nb;To & <tre>;2\n"


@pytest.fixture
def run(tmp_path: Path) -> Small:
    made = small(tmp_path)
    made.design.page(BODY, slots=SLOTS)
    file = tmp_path / "profiles/campaigns/k.toml"
    made.write("profiles/campaigns/k.toml", file.read_bytes() + b'rows = "data/t.csv"\n')
    made.write("data/t.csv", TABLE.encode())
    return made


def pressed(run: Small) -> list[str]:
    return sorted(path.stem for path in run.design.root.glob("out/press/*/*.pdf"))


def test_a_row_is_a_piece_and_only_changed_rows_are_made_again(run: Small) -> None:
    made = run.run()
    assert pressed(run) == ["nu03_t_t100_nb_a", "nu03_t_t100_nb_b"]
    assert [record.quantity for record in made.records] == [1, 2]
    assert made.records[1].texts == (("Ord", "To & <tre>"),)
    run.write("data/t.csv", b"id;Ord;quantity\nc;Fire;1\nb;To & <tre>;7\na;Ein;1\n")
    states = {record.id[-1]: (record.state, record.quantity) for record in run.run().records}
    assert states == {"a": ("rendered", 1), "b": ("unchanged", 7), "c": ("rendered", 1)}


def test_a_row_that_is_gone_leaves_press(run: Small) -> None:
    run.run()
    run.write("data/t.csv", b"id;Ord\nb;To & <tre>\n")
    assert run.forecast().removed == ("press/nu03/nu03_t_t100_nb_a.pdf",)
    run.run()
    assert pressed(run) == ["nu03_t_t100_nb_b"]


def test_rows_that_say_the_same_share_a_layout(run: Small) -> None:
    run.write("data/t.csv", b"Ord\nEn\nEn\n")
    assert [(one.id[-5:], one.state) for one in run.run().records] == [
        ("00002", "rendered"),
        ("00003", "variant"),
    ]


def test_a_wrong_table_stops_a_run_before_any_work(run: Small) -> None:
    run.write("data/t.csv", b"id;Ord\na;\nb;" + b"x" * 40_000 + b"\n")
    with pytest.raises(TableErrors, match=r"(?s)row 2, column 'Ord': empty.*row 3, column 'Ord': 40000 char"):
        run.run()
    assert not (run.design.root / "out").exists()


def told(run: Small, table: str, file: str = "-") -> tuple[int, str]:
    """Return exit code and answer of a command that is given another table."""
    words = ["batch", "-w", str(run.design.root), "k", "--dry-run", "--json", "--rows", file]
    found = CliRunner().invoke(main, words, input=table.encode())
    return found.exit_code, found.output


def test_another_table_takes_the_place_of_the_campaign_s(run: Small) -> None:
    (run.design.root / "data/t.csv").unlink()
    code, answer = told(run, '[{"id": "z", "Ord": "Ti"}]')
    assert (code, [one["id"] for one in json.loads(answer)["pieces"]]) == (0, ["nu03_t_t100_nb_z"])
    code, answer = told(run, "id;Ord\na;\n")
    assert code == 3
    assert "stdin: row 2, column 'Ord': empty" in answer


def test_another_table_needs_one_whose_place_it_takes(run: Small) -> None:
    file = run.design.root / "profiles/campaigns/k.toml"
    file.write_text(file.read_text().replace('rows = "data/t.csv"', ""))
    code, answer = told(run, TABLE)
    assert code == 2
    assert "none of its [[pieces]] names one" in answer


def test_an_entry_has_rows_or_kinds_of_sites(run: Small) -> None:
    file = run.design.root / "profiles/campaigns/k.toml"
    file.write_text(file.read_text().replace("sites = []", 'sites = ["hub"]'))
    with pytest.raises(WorkspaceErrors, match="a row names its place in a column 'site'"):
        run.run()
