"""Measure `printkit preview` in a real browser: from a file's rename to the picture's load event.

Run by `make bench-preview`; SAVES=20 STARTS=5 by default. Results go to build/bench/preview.json.
"""

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from benchmarks.in_browser import (
    PATIENCE_SECONDS,
    ROOT,
    chromium,
    copied,
    free_port,
    loads,
    opened,
    opened_window,
    preview_of,
    started,
    told,
)
from benchmarks.preview_starts import starts

OUT = ROOT / "build/bench/preview.json"
SAVES = int(os.environ.get("SAVES", "20"))
# Between saves: the checks of the last one come to their end.
REST_SECONDS = 2.0
COMPUTED = "at => computed[loads.find(([src, loaded]) => src && loaded >= at)[0]] ?? 0"
SHOWN = """[...document.querySelectorAll('figure')]
.filter(it => it.querySelector('img[src], b:not(:empty)')).length"""
TYPST = """#set page(width: 148mm, height: 210mm, margin: 9mm, fill: rgb("#a8d3e0"))
#set text(font: "Source Sans 3", size: 12pt)
#let ink = rgb("#004556") // {number}
#place(bottom, dx: -9mm, dy: -50mm, image("picture.svg", width: 148mm))
#set par(leading: .1em)
#text(font: "Bricolage Grotesque", size: 70pt, weight: 800, fill: {colour})[Nabolaget trenger deg]
#place(bottom, text(font: "Bricolage Grotesque", size: 25pt, fill: ink)[Mjøndalen, Åsen])
#pagebreak()
#text(font: "Bricolage Grotesque", size: 27pt, weight: 700, fill: ink)[Du vet best hva som trengs der.]
#v(5mm)
+ Løfter lokale saker og følger dem opp.
+ Holder fire åpne møter i året. Alle kan komme.
+ Deler ut 50 000 kroner i året til lokale aktiviteter.
"""


def replaced(path: Path, text: str) -> float:
    """Write a file aside and move it into place, as editors do; return when."""
    aside = path.with_name(f".{path.name}.new~")
    aside.write_text(text, encoding="utf-8")
    aside.replace(path)
    return time.time()


def saves(page: Page, save: Callable[[int], float]) -> dict[str, list[float]]:
    """Return the seconds from each save to the next picture's load, and what was computed for it."""
    # A watch over files begins with the server, and a save of the same moment may be one it does not see
    time.sleep(REST_SECONDS)
    taken, computed = [], []
    for number in range(SAVES + 2):
        at = save(number)
        taken.append(loads(page, at)[0] - at)
        computed.append(page.evaluate(COMPUTED, at) / 1000)
        end = time.time() + PATIENCE_SECONDS
        while page.evaluate("window.settled === false") and time.time() < end:
            time.sleep(0.05)
        time.sleep(REST_SECONDS)
    # What is done for the first time is not what an author waits for.
    return {"": taken[2:], " computing": computed[2:]}


def editing(path: Path, changed: Callable[[str, int], str]) -> Callable[[int], float]:
    """Return what saves a file anew, each time with another text of which something is seen."""
    text = path.read_text(encoding="utf-8")
    return lambda number: replaced(path, changed(text, number))


def ours(window: BrowserContext, folder: Path, page_format: str, layout: str) -> dict[str, list[float]]:
    """Return saves of style sheet, page and text for one format."""
    workspace, port = copied(folder / page_format), free_port()
    command = preview_of(workspace, page_format, port)
    template = workspace / "templates/recruit"

    def colour(text: str, number: int) -> str:
        return f"{text}\n[data-slot=headline] {{ color: rgb({number * 5}, 20, 90) }}\n"

    def mark(text: str, number: int) -> str:
        place = f"position: absolute; left: {5 + number}mm; top: 0; width: 2mm; height: 2mm"
        return text.replace("{% endblock %}", f'<i style="{place}; background: #c33"></i>{{% endblock %}}', 1)

    def word(text: str, number: int) -> str:
        return text.replace('headline = "Nabolaget', f'headline = "Sted{number}', 1)

    found: dict[str, list[float]] = {}
    with started(command, port, XDG_CACHE_HOME=str(workspace / "cache")) as begun:
        page = opened(window, port)
        loads(page, begun)
        for name, file, change in (
            ("CSS", f"{layout}.css", colour),
            ("HTML", f"{layout}.html", mark),
            ("text", "texts.nb.toml", word),
        ):
            made = saves(page, editing(template / file, change))
            found |= {name + what: taken for what, taken in made.items()}
        page.close()
    return found


def grid(window: BrowserContext, folder: Path) -> list[float]:
    """Return the seconds from a click on Grid to the 30th cell's first picture."""
    workspace, port = copied(folder / "grid"), free_port()
    command = preview_of(workspace, "flyer-a5", port)
    with started(command, port, XDG_CACHE_HOME=str(workspace / "cache")) as begun:
        page = opened(window, port)
        loads(page, begun)
        time.sleep(REST_SECONDS)
        at = time.time()
        page.get_by_text("Grid", exact=True).click()
        end = at + PATIENCE_SECONDS
        while page.evaluate(SHOWN) < min(30, page.locator("figure").count() or 30) and time.time() < end:
            time.sleep(0.02)
        taken, cells = time.time() - at, page.locator("figure").count()
        page.close()
    print(f"grid: {min(30, cells)} of {cells} cells in {taken:.2f} s")
    return [taken]


def theirs(window: BrowserContext, folder: Path) -> dict[str, list[float]]:
    """Return first picture and saves of the Typst viewer, for a flyer of the same kind."""
    desk, port = folder / "typst", free_port()
    (desk / "fonts").mkdir(parents=True)
    for font in (ROOT / "assets/fonts").glob("*.ttf"):
        shutil.copy(font, desk / "fonts")
    shutil.copy(next((ROOT / "assets/illustrations").glob("nu03*.svg")), desk / "picture.svg")
    source = desk / "flyer.typ"

    def text(number: int) -> str:
        return TYPST.replace("{number}", str(number)).replace("{colour}", f"rgb({number * 5}, 20, 90)")

    source.write_text(text(0), encoding="utf-8")
    with started([sys.executable, "-m", "benchmarks.typst_viewer", str(desk), str(port)], port) as begun:
        page = opened(window, port)
        found = {"first": [loads(page, begun)[0] - begun]}
        found["source"] = saves(page, lambda number: replaced(source, text(number + 1)))[""]
        page.close()
    return found


def main() -> None:
    found: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as scratch, chromium() as browser:
        folder = Path(scratch)
        with opened_window(browser) as window:
            found["typst"] = told("typst", theirs(window, folder))
        for name, page_format, layout in (("A5", "flyer-a5", "flyer-a5"), ("A3", "poster-a3", "poster")):
            found[name] = told(name, starts(browser, folder / "starts", page_format))
            with opened_window(browser) as window:
                found[name] |= told(name, ours(window, folder, page_format, layout))
        with opened_window(browser) as window:
            found["grid"] = told("grid", {"30 cells": grid(window, folder)})
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"load": os.getloadavg(), "seconds": found}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
