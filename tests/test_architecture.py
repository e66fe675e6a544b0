"""The house rules that no linter knows; the floors themselves are import-linter's (setup.cfg)."""

import ast
import configparser
import importlib.util
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parents[1]
MODULES = sorted((ROOT / "printkit").rglob("*.py"))
SOURCES = [*MODULES, *sorted((ROOT / "tests").rglob("*.py"))]
BENCHMARKS = sorted((ROOT / "benchmarks").rglob("*.py"))

Function = ast.FunctionDef | ast.AsyncFunctionDef


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def functions(paths: list[Path]) -> Iterator[tuple[str, Function]]:
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, Function):
                yield f"{name(path)}:{node.lineno} {node.name}", node


def body_lines(function: Function) -> int:
    """Count the lines of a body; signature, decorators and docstring stand apart."""
    body = function.body
    if ast.get_docstring(function) is not None:
        body = body[1:]
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


def positional(function: Function) -> list[str]:
    arguments = function.args
    names = [argument.arg for argument in (*arguments.posonlyargs, *arguments.args)]
    return names[1:] if names[:1] in (["self"], ["cls"]) else names


def is_command(function: Function) -> bool:
    """Tell whether Click calls the function: its options arrive by keyword."""
    decorators = (ast.unparse(decorator) for decorator in function.decorator_list)
    return any(re.search(r"\b(command|group|option|argument)\(", text) for text in decorators)


def root_imports(path: Path) -> list[int]:
    """Return the lines that import the package itself; ruff refuses the way round it, `from ..`."""
    lines = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        match node:
            case ast.Import(names=names) if any(alias.name == "printkit" for alias in names):
                lines.append(node.lineno)
            case ast.ImportFrom(module="printkit", level=0):
                lines.append(node.lineno)
            case ast.ImportFrom(module=None, level=1) if path.parent.name == "printkit":
                lines.append(node.lineno)
    return lines


def missing(path: Path) -> list[str]:
    """Return what a file asks of printkit, the tests or the benchmarks, and is not there."""
    asked = [
        (node.module, alias.name)
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ImportFrom) and node.module and not node.level
        for alias in node.names
        if node.module.partition(".")[0] in ("printkit", "tests", "benchmarks")
    ]
    return [
        f"{module}.{wanted}"
        for module, wanted in asked
        if not hasattr(importlib.import_module(module), wanted)
        and importlib.util.find_spec(f"{module}.{wanted}") is None
    ]


# Neither mypy nor the suite reads them, and a rename would show when somebody measures next.
@pytest.mark.parametrize("path", BENCHMARKS, ids=name)
def test_benchmarks_import_what_is_there(path: Path) -> None:
    assert missing(path) == []


@pytest.mark.parametrize("path", MODULES, ids=name)
def test_nothing_inside_imports_the_package_root(path: Path) -> None:
    assert root_imports(path) == []


def test_files_have_at_most_400_lines() -> None:
    lengths = {name(path): path.read_text(encoding="utf-8").count("\n") for path in SOURCES}
    assert {path: lines for path, lines in lengths.items() if lines > 400} == {}


def test_function_bodies_are_short() -> None:
    sizes = sorted(body_lines(function) for _, function in functions(MODULES))
    assert median(sizes) <= 8
    assert sizes[int(len(sizes) * 0.9)] < 30


def test_no_function_body_has_more_than_60_lines() -> None:
    sizes = {place: body_lines(function) for place, function in functions(SOURCES)}
    assert {place: lines for place, lines in sizes.items() if lines > 60} == {}


def test_functions_take_at_most_four_positional_parameters() -> None:
    counts = {
        place: positional(function) for place, function in functions(MODULES) if not is_command(function)
    }
    assert {place: names for place, names in counts.items() if len(names) > 4} == {}


def test_nothing_is_left_to_do() -> None:
    # Spelled apart, as this file is read too.
    words = re.compile(r"\b(" + "|".join(("TO" + "DO", "FIX" + "ME", "X" * 3)) + r")\b")
    assert [name(path) for path in SOURCES if words.search(path.read_text(encoding="utf-8"))] == []


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    drawers = {"utils", "util", "helpers", "helper", "common", "misc", "manager"}
    assert [name(path) for path in MODULES if path.stem in drawers or path.parent.name in drawers] == []


def setup() -> configparser.ConfigParser:
    parser = configparser.ConfigParser()
    parser.read(ROOT / "setup.cfg", encoding="utf-8")
    return parser


def test_setup_names_every_package() -> None:
    folders = {path.parent.relative_to(ROOT) for path in MODULES}
    listed = set(setup()["options"]["packages"].split())
    assert {".".join(folder.parts) for folder in folders} == {one for one in listed if "._data." not in one}


def test_setup_packs_every_file_beside_the_code() -> None:
    packed = {
        path
        for package, patterns in setup()["options.package_data"].items()
        for pattern in patterns.split()
        if "._data." not in package
        for path in ROOT.joinpath(*package.split(".")).glob(pattern)
    }
    beside = {path for path in (ROOT / "printkit").rglob("*") if path.is_file()} - set(MODULES)
    assert {path for path in beside if path.suffix != ".pyc"} == packed


def test_the_picture_of_the_floors_is_drawn_from_this_code() -> None:
    drawn = subprocess.run([sys.executable, ROOT / "scripts/draw-floors", "--check"], check=False)
    assert drawn.returncode == 0, "draw it anew: make floors"


def there(dotted: str) -> bool:
    """Tell whether a dotted name of the page is a module of printkit, or something in one."""
    module, _, last = dotted.rpartition(".")
    parent = importlib.import_module(module)
    return hasattr(parent, last) or (
        hasattr(parent, "__path__") and importlib.util.find_spec(dotted) is not None
    )


def test_every_module_and_function_that_the_page_leads_to_is_there() -> None:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    rooms = "|".join(path.stem for path in (ROOT / "printkit").iterdir() if path.suffix in ("", ".py"))
    named = re.findall(rf"`(?:printkit\.)?((?:{rooms})(?:\.\w+)+)`", page)
    assert len(named) > 20
    assert [dotted for dotted in dict.fromkeys(named) if not there(f"printkit.{dotted}")] == []


def test_the_table_of_floors_names_every_room() -> None:
    config = configparser.ConfigParser()
    config.read(ROOT / "setup.cfg", encoding="utf-8")
    layers = config["importlinter:contract:floors"]["layers"].splitlines()
    floors = [sorted(re.findall(r"(?<![(\w])\w+(?![)\w])", layer)) for layer in layers if layer]
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = re.findall(r"^\| (\d+) \| (.*?) \|", page.partition("| floor | rooms |")[2], re.MULTILINE)
    assert [sorted(re.findall(r"\w+", rooms)) for _, rooms in table] == [one for one in floors if one]
    assert [int(number) for number, _ in table] == list(reversed(range(len(table))))


# Places, words and letters of one country, and its languages as what somebody would take without being asked.
# Case counts where the small word is one of English, or a class of a style sheet.
OF_ONE_PLACE = re.compile(
    r"drammen|oslo|n(æ|ae|a)rutval|knutepunkt|bokm(å|aa?)l|nynorsk|norwegian|norsk|norge|noreg|kommun(?!ica)"
    r"|r(å|aa)dhus|bydel|grendelag|borettslag|fylke|trykksak|\butvalg|\bnu[01]\d\b|[æøå]|(?-i:[\"']n[bn][\"'_-])"
    r"|\bn[bno][-_]no\b|lang=.no\b|\bkl\. |\w\.no\b|(?-i:\bNOK\b)"
    r"|\b(januar|februar|juni|juli|oktober|desember)\b|\b(man|tirs|ons|tors|fre|lør|søn)dag\b",
    re.IGNORECASE,
)
PROVE = (
    "Drammen",
    "naerutvalg",
    "NÆRUTVALG",
    "bokmaal",
    "'nb'",
    '"nn_NO"',
    'lang="no"',
    "kl. 18",
    "a.no",
    "NOK",
    "onsdag",
)
FREE = ("communication", "annual", "no", ".no {", "dog", "nbsp", "market", "knock", "'en'", "sdagger")


def of_the_program(path: Path) -> bool:
    # Catalogues hold other languages.
    return "locale" not in path.relative_to(ROOT / "printkit").parts and path.suffix != ".pyc"


def test_words_of_one_place_are_known_and_others_left_alone() -> None:
    assert [word for word in PROVE if not OF_ONE_PLACE.search(word)] == []
    assert [word for word in FREE if OF_ONE_PLACE.search(word)] == []


def test_nothing_of_one_municipality_or_language_stands_in_the_program() -> None:
    files = sorted(path for path in (ROOT / "printkit").rglob("*") if path.is_file() and of_the_program(path))
    found = {
        name(path): [one[0] for one in OF_ONE_PLACE.finditer(path.read_text(encoding="utf-8"))]
        for path in files
    }
    assert {path: words for path, words in found.items() if words} == {}
