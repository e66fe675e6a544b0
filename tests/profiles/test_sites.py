"""The table of places: what a coordinator may write in it, and the words that tell what is wrong."""

import pytest

from printkit.errors import WorkspaceErrors
from printkit.profiles import Site, load_profiles
from printkit.workspace import start_workspace
from printkit.workspace.folder import Workspace

HEAD = "id;name;kind;committees;address;contact\n"


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    root = tmp_path_factory.mktemp("sites") / "w"
    start_workspace(root)
    return Workspace(root)


def sites(workspace: Workspace, row: str) -> dict[str, Site]:
    (workspace.root / "profiles/sites.csv").write_text(f"{HEAD}bib-a;A;library;all;;\n{row}\n", "utf-8")
    return dict(load_profiles(workspace).sites)


@pytest.mark.parametrize("named", ["nu04 nu05", "nu04, nu05", "nu04,nu05", "NU04 Nu05", " nu04  nu05 "])
def test_committees_are_read_as_people_write_them(workspace: Workspace, named: str) -> None:
    assert sites(workspace, f'b;B;hub;"{named}";;')["b"].committees == ("nu04", "nu05")


def test_an_id_in_capitals_is_that_in_small_letters(workspace: Workspace) -> None:
    assert list(sites(workspace, "KP-Gulskogen;B;Hub;ALL;;")) == ["bib-a", "kp-gulskogen"]


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        ("gulskogen øst;B;hub;all;;", "row 3, id: 'gulskogen øst' is not small letters from a to z, digits"),
        (";B;hub;all;;", "row 3, id: '' is not small letters"),
        ("b;;hub;all;;", "row 3, name: this is empty; a value is required"),
        ("b;B;butikk;all;;", "row 3, kind: 'butikk' is none of library, gp, hub, knutepunkt"),
        ("b;B;hub;;;", "row 3, committees: this is empty; a value is required"),
        ("b;B;hub;alle;;", "committees: unknown 'alle'; known: nu01"),
        ("BIB-A;B;hub;all;;", "row 3, id: 'bib-a' is there twice"),
        ('"\n\n";;;;;\nb;B;shop;all;;', "row 4, kind"),
    ],
)
def test_what_is_wrong_is_told_by_row_and_without_a_regular_expression(
    workspace: Workspace, row: str, reason: str
) -> None:
    with pytest.raises(WorkspaceErrors) as refused:
        sites(workspace, row)
    assert reason in str(refused.value)
    assert "[a-z" not in str(refused.value)


def test_a_column_too_many_is_told_of_once(workspace: Workspace) -> None:
    table = HEAD.replace("contact", "contact;Merknad") + "a;A;hub;all;;;x\nb;B;hub;all;;;\n"
    (workspace.root / "profiles/sites.csv").write_text(table, "utf-8")
    with pytest.raises(WorkspaceErrors) as caught:
        load_profiles(workspace)
    told = [str(error) for error in caught.value.errors if "merknad" in str(error)]
    assert told == [
        "profiles/sites.csv: row 1, merknad: no such column; there are: id, name, kind, committees, address, "
        "contact, rules; remove it, or its name"
    ]


def test_a_place_may_have_rules_of_its_own(workspace: Workspace) -> None:
    table = HEAD.replace("contact", "contact;rules") + "a;A;hub;all;;;Bare A4.\nb;B;hub;all;;;\n"
    (workspace.root / "profiles/sites.csv").write_text(table, "utf-8")
    found = load_profiles(workspace).sites
    assert (found["a"].rules, found["b"].rules) == ("Bare A4.", "")


def test_rules_of_a_kind_of_place_that_there_is_not_are_refused(workspace: Workspace) -> None:
    file = workspace.root / "profiles/municipality.toml"
    before = file.read_text("utf-8")
    file.write_text(before + '\n[house_rules.church]\nnb = "Spør"\n', "utf-8")
    with pytest.raises(
        WorkspaceErrors, match=r"house_rules.church: no such kind of place; there are: library"
    ):
        load_profiles(workspace)
    file.write_text(before, "utf-8")
