"""The order book on the command line: what it says, and with which exit code it ends."""

import codecs
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from printkit.cli import main
from tests.orders.stage import PRICES, make_workspace

ORDER = """committee = "nu03"
title = "Møte"
phone = "99"
[[lines]]
template = "t"
format = "t100"
quantity = 100
slots = { title = "Hei" }
places = [{ site = "bib-drammen", copies = 100 }]
"""
Run = Callable[..., tuple[int, dict[str, Any]]]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = make_workspace(tmp_path_factory.mktemp("orders") / "w")
    # The command line asks the machine's clock.
    prices = PRICES.replace("2027-01-01", "2000-01-01").replace("2027-12-31", "2199-12-31")
    (root / "profiles" / "prices" / "test.toml").write_text(prices, encoding="utf-8")
    return root


@pytest.fixture
def run(folder: Path, tmp_path: Path) -> Run:
    """Return what runs a command by --json over a database of the test's own: exit code and object."""

    def run_(*words: str, stdin: str | None = None) -> tuple[int, dict[str, Any]]:
        # Before the words, which may name another one
        database = ["--database", f"sqlite:///{tmp_path}/o.sqlite3"]
        command = [*words[:2], *database, *words[2:], "-w", str(folder), "--json"]
        found = CliRunner().invoke(main, command, input=stdin)
        return found.exit_code, json.loads(found.stdout)

    return run_


def set_up(run: Run) -> None:
    assert run("person", "add", "Admin", "a@example.org", "--role", "admin")[0] == 0
    for name, role in (("k", "approver"), ("c", "coordinator"), ("l", "orderer:nu03")):
        assert run("person", "add", name, f"{name}@example.org", "--role", role, "--as", "p1")[0] == 0
    assert run("budget", "grant", "nu03", "1000,50", "--as", "c@example.org")[0] == 0
    assert run("orders", "templates", "--freeze", "t", "--as", "p2")[0] == 0


def test_an_order_begins_and_is_refused_by_a_rule(run: Run) -> None:
    set_up(run)
    code, told = run("orders", "new", "--data", "-", "--as", "p4", stdin=ORDER)
    assert (code, told["order"]["state"], told["order"]["beside"]["phone"]) == (0, "draft", "99")
    code, told = run("orders", "release", "1", "--as", "p3")
    assert code == 8
    assert told["error"]["message"] == "order 1 is draft; this takes one that is approved"
    assert run("orders", "show", "1")[0] == 2
    code, told = run("orders", "submit", "1", "--as", "p4")
    assert (code, told["order"]["waits_for"], told["order"]["cost"]["net_ore"]) == (0, ["content"], 15_000)
    assert run("orders", "submit", "1", "--as", "p4", "--version-seen", "1")[0] == 8
    assert run("budget", "show", "--as", "p4")[1]["accounts"][0]["available"] == 85_050
    assert [
        one["id"] for one in run("orders", "list", "--as", "p4", "--state", "submitted")[1]["orders"]
    ] == [1]


def test_who_reads_before_there_is_an_order_book_is_told_how_to_begin(run: Run, tmp_path: Path) -> None:
    for words in (["list"], ["list", "--as", "p1"], ["verify"]):
        code, told = run("orders", *words)
        assert code == 8
        assert told["error"]["message"].startswith("there is no order book yet at ")
        assert told["error"]["message"].endswith("begin with: printkit person add NAME EMAIL --role admin")
    assert list(tmp_path.iterdir()) == []
    assert run("orders", "work")[0] == 0
    assert run("orders", "list", "--as", "p1")[1]["error"]["message"].startswith("there is nobody in the")


def test_what_it_keeps_is_backed_up_and_verified(run: Run, tmp_path: Path) -> None:
    set_up(run)
    assert run("orders", "verify") == (0, {"ok": True, "problems": []})
    code, told = run("orders", "backup", str(tmp_path / "b.zip"), "--as", "p1")
    assert (code, told["rows"]["persons"]) == (0, 4)
    assert run("orders", "restore", str(tmp_path / "b.zip"))[0] == 8
    assert run("orders", "tidy")[0] == 0
    assert run("orders", "work", "--mail", str(tmp_path / "post"))[1]["sent"] == 0


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("orders confirm abc --count x", "Invalid value for --count: 'x' is not PIECE=N"),
        ("person add x x@example.org --role boss", "Invalid value for --role: 'boss' is no role"),
        (
            "person add x x@example.org --role orderer:nu99",
            "Invalid value for --role: no 'nu99'; there are: nu01",
        ),
        ("person add x y --role approver", "a person has a name and an address of e-mail"),
        ("person seats p2 --give boss", "Invalid value for --give: 'boss' is no role"),
        ("budget grant nu03 much", "Invalid value for AMOUNT: 'much' is no sum"),
        ("budget grant nu03 5 --limit much", "Invalid value for --limit: 'much' is no sum"),
        ("budget grant nu99 5", "Invalid value for OWNER: no 'nu99'; there are: nu01"),
        ("budget statement nu99", "Invalid value for OWNER"),
        ("orders list --committee nu99", "Invalid value for --committee: no 'nu99'"),
        ("orders plan --draft x --committee nu99", "Invalid value for --committee: no 'nu99'"),
    ],
)
def test_wrong_words_are_wrong_usage(run: Run, words: str, said: str) -> None:
    assert run("person", "add", "Admin", "a@example.org", "--role", "admin")[0] == 0
    confirm = words.startswith("orders confirm")
    code, told = run(*words.split(), *([] if confirm else ["--as", "p1"]))
    assert (code, said in told["error"]["message"]) == (2, True), told


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ("orders list --as p1 --database nonsense", "Invalid value for --database: no address of a database"),
        ("orders list --as p1 --database mysql://x/y", "mysql: only sqlite and postgresql are known"),
        ("orders work --mail http://x", "Invalid value for --mail: 'http://x' is no mail server"),
    ],
)
def test_an_option_that_names_no_address_is_wrong_usage(
    run: Run, words: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert run("person", "add", "Admin", "a@example.org", "--role", "admin")[0] == 0
    # The work itself is not begun.
    monkeypatch.setattr("printkit.orders.working.work", None)
    code, told = run(*words.split())
    assert (code, said in told["error"]["message"]) == (2, True), told


def test_an_order_that_is_no_order_is_refused(run: Run) -> None:
    set_up(run)
    code, told = run("orders", "new", "--data", "-", "--as", "p4", stdin=ORDER.replace("100\n", '"many"\n'))
    assert (code, "lines.0.quantity" in told["error"]["message"]) == (8, True)


def test_a_statement_opens_in_a_spreadsheet_with_decimal_commas(
    folder: Path, run: Run, tmp_path: Path
) -> None:
    set_up(run)
    database = f"sqlite:///{tmp_path}/o.sqlite3"
    words = ["budget", "statement", "nu03", "--csv", "--as", "p3", "-w", str(folder), "--database", database]
    found = CliRunner().invoke(main, words)
    assert found.stdout.splitlines()[1].split(";")[4:7] == ["1000,50", "0,00", "0,00"]


@pytest.mark.parametrize(
    ("words", "head"),
    [("budget statement nu03 --csv", b"number;at;kind"), ("orders export", b"order;committee")],
)
def test_a_table_on_stdout_is_the_file_that_a_spreadsheet_opens(
    folder: Path, run: Run, tmp_path: Path, words: str, head: bytes
) -> None:
    set_up(run)
    more = ["--as", "p3", "-w", str(folder), "--database", f"sqlite:///{tmp_path}/o.sqlite3"]
    found = CliRunner().invoke(main, [*words.split(), *more])
    assert found.stdout_bytes.startswith(codecs.BOM_UTF8 + head)
    assert found.stdout_bytes.endswith(b"\r\n")
    assert b"\\" not in found.stdout_bytes


def test_tables_and_refusals_speak_the_language_of_the_call(folder: Path, run: Run, tmp_path: Path) -> None:
    set_up(run)
    assert run("orders", "new", "--data", "-", "--as", "p4", stdin=ORDER)[0] == 0
    more = ["-w", str(folder), "--database", f"sqlite:///{tmp_path}/o.sqlite3", "--ui-lang", "nn"]
    said = {
        "budget statement nu03 --as p3": ("løyvt", "1000,50"),
        "orders show 1 --as p4": ("påbyrja",),
        "budget grant nu03 much --as p3": ("«much» er ikkje noko beløp",),
        "person add A x --role admin": ("ein person har eit namn",),
        "person add A x@example.org --role boss --as p1": ("«boss» er ikkje ei rolle",),
        "budget show nu04 --as p4": ("har ikkje rett til å lese budsjett",),
        "orders plan --as p4": ("ingen plan",),
    }
    for words, parts in said.items():
        found = CliRunner().invoke(main, [*words.split(), *more])
        assert all(part in found.output for part in parts), found.output


def test_an_order_for_nobody_is_told_whom_it_can_be_for(run: Run) -> None:
    set_up(run)
    code, told = run("orders", "new", "--data", "-", "--as", "p4", stdin='title = "Møte"')
    assert (code, "an order names its committee; there are: nu01" in told["error"]["message"]) == (8, True), (
        told
    )


def test_the_last_administrator_stays(run: Run) -> None:
    set_up(run)
    for words in (("person", "leave", "p1"), ("person", "seats", "p1", "--end", "admin")):
        code, told = run(*words, "--as", "p1")
        assert (code, "one administrator must be left" in told["error"]["message"]) == (8, True)
    assert run("person", "seats", "p2", "--give", "admin", "--as", "p1")[0] == 0
    assert run("person", "leave", "p1", "--as", "p1")[0] == 0


def test_without_its_libraries_the_cure_is_told(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.partition(".")[0] == "printkit" and ".orders.book" in one]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "sqlalchemy", None)
    code, told = run("orders", "list", "--as", "p1")
    assert code == 5
    assert "pip install 'printkit-press[web]'" in told["error"]["message"]


def test_what_no_order_book_keeps_is_refused_in_words_wherever_it_stands(run: Run) -> None:
    set_up(run)
    # What Python makes of a byte that is no UTF-8 on a command line
    broken = "a\udcffb"
    for words in (
        ("person", "list", "--as", broken),
        ("orders", "new", "--data", "-", "--as", "p4", "--key", broken),
        ("person", "add", broken, "x@example.org", "--role", "admin", "--as", "p1"),
    ):
        code, told = run(*words, stdin=ORDER)
        assert code in (2, 8)
        assert "control character" in told["error"]["message"]


def test_all_that_is_wrong_in_an_orders_texts_is_told_at_once(run: Run) -> None:
    set_up(run)
    order = ORDER.replace('"99"', '"\\u202e"').replace('"Møte"', '"\\u202e"').replace('"Hei"', '"\\u0007"')
    code, told = run("orders", "new", "--data", "-", "--as", "p4", stdin=order)
    assert code == 8
    keys = [line.partition(":")[0] for line in told["error"]["message"].splitlines()]
    assert keys == ["title", "lines.0.slots.title", "phone"]


def test_a_person_has_a_language_that_pages_are_in(run: Run) -> None:
    add = ("person", "add", "A", "a@example.org", "--role", "admin", "--lang")
    code, told = run(*add, "klingon")
    assert (code, told["error"]["message"]) == (
        2,
        "Invalid value for --lang: no 'klingon'; there are: en, nb, nn",
    )
    assert run(*add, "nn")[0] == 0
