"""What would take all time or memory: drawings, templates, and numbers that no page needs."""

from pathlib import Path

from tests.cases.design import design
from tests.cases.registry import case

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="100" height="100" viewBox="0 0 100 100">{}</svg>'
RECT = '<rect width="9" height="9" {}/>'
PATH = '<path d="M0 0L1 1L2 2L3 0L4 1L5 2L6 0L7 1L8 2L9 0" {}/>'


def _refused(folder: Path, drawing: str, words: str) -> None:
    made = design(folder)
    made.write("assets/a.svg", SVG.format(drawing))
    made.page('<img src="/assets/a.svg" style="width: 20mm; left: 9mm; top: 9mm">')
    told = made.render()
    assert told.code == 4
    assert "assets/a.svg: the SVG has" in told.text
    assert words in told.text


@case("attack/img-exp-marker")
def markers_in_markers(folder: Path) -> None:
    """Nine markers, each with ten of the one before: refused before it is drawn, element and reason named."""
    marks = " ".join(f'marker-{place}="url(#l{{0}})"' for place in ("start", "mid", "end"))
    levels = "".join(
        f'<marker id="l{n}">{PATH.format(marks.format(n - 1)) if n else RECT.format("")}</marker>'
        for n in range(9)
    )
    _refused(folder, levels + PATH.format(marks.format(8)), "references multiply them, on <path>")


@case("attack/img-exp-mask")
def masks_in_masks(folder: Path) -> None:
    """Nine masks, each with ten that the one before cuts: refused before it is drawn."""
    inside = {0: RECT.format("")} | {n: RECT.format(f'mask="url(#l{n - 1})"') * 10 for n in range(1, 10)}
    levels = "".join(f'<mask id="l{n}">{shown}</mask>' for n, shown in inside.items())
    _refused(folder, levels + RECT.format('mask="url(#l9)"'), "references multiply them, on <rect>")


@case("attack/img-exp-use-css")
def use_in_use_behind_blanks(folder: Path) -> None:
    """Ten groups, each with ten times the one before, named behind a blank: refused before it is drawn."""
    inside = {0: RECT.format("")} | {n: f'<use href=" #l{n - 1}"/>' * 10 for n in range(1, 10)}
    levels = "".join(f'<g id="l{n}">{shown}</g>' for n, shown in inside.items())
    _refused(folder, levels + '<use href=" #l9"/>', "references multiply them, on <g>")


@case("attack/svg-gradient-repeat")
def gradient_repeated_a_billion_times(folder: Path) -> None:
    """A gradient of 1e-9 that repeats: refused with element and cure, where it took 11.6 GB."""
    stops = '<stop/><stop offset="1" stop-color="red"/>'
    gradient = f'<linearGradient id="a" spreadMethod="repeat" x1="0" x2="1e-9">{stops}</linearGradient>'
    _refused(folder, gradient + RECT.format('fill="url(#a)"'), 'spreadMethod="repeat" on <linearGradient>')


# Each takes all time or memory, or ends with words of Python, and so does what is like it.
TEMPLATES = {
    "{% set s = 'x' * 1000000 %}{% for a in s %}{% for b in s %}{% endfor %}{% endfor %}": "does not end",
    "{% macro f(n) %}{% if n %}{{ f(n-1) }}{{ f(n-1) }}{% endif %}{% endmacro %}{{ f(60) }}": "does not end",
    "{% set x = 'x'|center(4000000000) %}": "",
    "{% set n = namespace(s='x'*1000000) %}"
    "{% for i in range(14) %}{% set n.s = n.s + n.s %}{% endfor %}": "filling in the template",
    "{{ '%1000000000d'|format(1) }}": "",
    "{{ lipsum(n=10**7)|length }}": "nothing is called 'lipsum' here",
    "{{ [1]|slice(10**9)|list|length }}": "",
    "{% set n = namespace(n=999**999) %}"
    "{% for i in range(40) %}{% set n.n = n.n*n.n %}{% endfor %}": "this number is too large",
    "{{ ('a'*1000000)|wordwrap(1)|length }}": "",
    "{{ '\\ud800' }}": "U+D800 is half a character",
    "{{ 'x'|nosuch }}": "No filter named 'nosuch'",
    "{% autoescape 'x'|center(4000000000) %}{% endautoescape %}": "",
    "{{ ('a'*1000000)|replace('', 'b'*1000000) }}": "",
}


@case("attack/templates")
def templates_without_end(folder: Path) -> None:
    """Templates that take all time or memory while they are filled in: exit code 4 with the file, in time."""
    made = design(folder)
    made.write(
        "profiles/batch.toml",
        (folder / "profiles/batch.toml").read_text("utf-8").replace("bind_seconds = 5", "bind_seconds = 0.5"),
    )
    for text, words in TEMPLATES.items():
        made.page(text)
        told = made.render()
        assert told.code == 4, (text, told)
        assert "templates/t/" in told.text
        assert "introspection" not in told.text
        assert words in told.text, (text, told)


# Each of 20,000 in the one before, or 40,000 side by side; what is refused at once has time to be
CROWDED = {
    "<span>" * 20_000 + "x": (20, "its elements are nested too deep to be laid out"),
    "<p>" + "<b>x</b> " * 40_000 + "</p>": (1, "it took more than 1 s of computing"),
}


@case("attack/crowded-pages")
def elements_without_measure(folder: Path) -> None:
    """Elements that nest are refused at once, and masses end within the limit: the template is named."""
    made = design(folder)
    limits = (folder / "profiles/batch.toml").read_text("utf-8")
    for text, (seconds, words) in CROWDED.items():
        made.write("profiles/batch.toml", limits.replace("piece_seconds = 120", f"piece_seconds = {seconds}"))
        made.page(text)
        told = made.render()
        assert told.code == 4, (words, told)
        assert "templates/t/" in told.text
        assert words in told.text, told
