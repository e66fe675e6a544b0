"""Measure `printkit preview` in a real browser: from a file's rename to the picture's load event.

Run by `make bench-preview`; SAVES=20 by default. Results go to build/bench/preview.json.
"""

import contextlib
import json
import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import median

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build/bench/preview.json"
SAVES = int(os.environ.get("SAVES", "20"))
WINDOW = {"width": 1366, "height": 768}
# Between saves: the checks of the last one come to their end.
REST_SECONDS = 2.0
# The page notes by itself when pictures load. To ask it 100 times a second, as this did, kept a core busy
# with asking: browser, driver and this program.
LOOK_SECONDS = 0.1
# On a busy machine a start takes long.
PATIENCE_SECONDS = 120.0
LANGUAGES = ("nn",)
# Notes when each picture has loaded, on the clock that `time.time` reads, and what was computed for it.
NOTE = """window.loads = []; window.computed = {};
window.EventSource = class extends EventSource { constructor(address) { super(address);
  this.addEventListener('cell', event => { const one = JSON.parse(event.data);
    window.settled = one.settled;
    for (const page of one.pages ?? []) if (page.src) computed[page.src] ??= one.computing; }); } };
document.addEventListener('load', event => event.target.tagName === 'IMG' &&
loads.push([event.target.getAttribute('src'), (performance.timeOrigin + performance.now()) / 1000]), true);"""
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


def copied(folder: Path) -> Path:
    """Return a copy of the reference workspace in a folder, with a second language."""
    for part in ("templates", "profiles", "assets"):
        shutil.copytree(ROOT / part, folder / part)
    texts = folder / "templates/recruit"
    for language in LANGUAGES:
        if not (texts / f"texts.{language}.toml").exists():
            shutil.copy(texts / "texts.nb.toml", texts / f"texts.{language}.toml")
    return folder


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port: int = found.getsockname()[1]
        return port


@contextlib.contextmanager
def started(command: list[str], port: int) -> Iterator[float]:
    """Run a server until the block ends; yield when it was started, once it answers."""
    begun = time.time()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=ROOT)
    try:
        while True:
            # A bare connection until there is one: a whole request in each turn would keep a core busy
            with contextlib.suppress(ConnectionError), socket.create_connection(("127.0.0.1", port)):
                urllib.request.urlopen(f"http://127.0.0.1:{port}/").close()
                break
            if process.poll() is not None or time.time() - begun > PATIENCE_SECONDS:
                raise RuntimeError(f"{command} does not answer")
            time.sleep(0.005)
        yield begun
    finally:
        process.terminate()
        process.wait()


def loads(page: Page, since: float, count: int = 1) -> list[float]:
    """Return when pictures have loaded since a moment, once there are so many."""
    end = time.time() + PATIENCE_SECONDS
    while time.time() < end:
        found: list[list[object]] = page.evaluate("window.loads")
        late = [float(str(at)) for src, at in found if float(str(at)) >= since and src]
        if len(late) >= count:
            return late
        time.sleep(LOOK_SECONDS)
    raise RuntimeError(f"not {count} pictures in {PATIENCE_SECONDS:g} s")


def opened(browser: Browser, port: int) -> Page:
    page = browser.new_page(viewport=WINDOW)  # type: ignore[arg-type]
    page.add_init_script(NOTE)
    page.goto(f"http://127.0.0.1:{port}/")
    return page


def saves(page: Page, save: Callable[[int], float]) -> dict[str, list[float]]:
    """Return the seconds from each save to the next picture's load, and what was computed for it."""
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


def ours(browser: Browser, folder: Path, page_format: str, layout: str) -> dict[str, list[float]]:
    """Return first picture and saves of style sheet, page and text for one format."""
    workspace, port = copied(folder / page_format), free_port()
    options = [
        "--no-browser",
        "--port",
        str(port),
        "--format",
        page_format,
        "--committee",
        "nu03",
        "--lang",
        "nb",
    ]
    command = [sys.executable, "-m", "printkit", "-q", "-w", str(workspace), "preview", "recruit", *options]
    template = workspace / "templates/recruit"

    def colour(text: str, number: int) -> str:
        return f"{text}\n[data-slot=headline] {{ color: rgb({number * 5}, 20, 90) }}\n"

    def mark(text: str, number: int) -> str:
        place = f"position: absolute; left: {5 + number}mm; top: 0; width: 2mm; height: 2mm"
        return text.replace("{% endblock %}", f'<i style="{place}; background: #c33"></i>{{% endblock %}}', 1)

    def word(text: str, number: int) -> str:
        return text.replace('headline = "Nabolaget', f'headline = "Sted{number}', 1)

    found: dict[str, list[float]] = {}
    with started(command, port) as begun:
        page = opened(browser, port)
        found["first"] = [loads(page, begun)[0] - begun]
        for name, file, change in (
            ("CSS", f"{layout}.css", colour),
            ("HTML", f"{layout}.html", mark),
            ("text", "texts.nb.toml", word),
        ):
            made = saves(page, editing(template / file, change))
            found |= {name + what: taken for what, taken in made.items()}
        page.close()
    return found


def grid(browser: Browser, folder: Path) -> list[float]:
    """Return the seconds from a click on Grid to the 30th cell's first picture."""
    workspace, port = copied(folder / "grid"), free_port()
    options = [
        "--no-browser",
        "--port",
        str(port),
        "--format",
        "flyer-a5",
        "--committee",
        "nu03",
        "--lang",
        "nb",
    ]
    command = [sys.executable, "-m", "printkit", "-q", "-w", str(workspace), "preview", "recruit", *options]
    with started(command, port) as begun:
        page = opened(browser, port)
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


def theirs(browser: Browser, folder: Path) -> dict[str, list[float]]:
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
        page = opened(browser, port)
        found = {"first": [loads(page, begun)[0] - begun]}
        found["source"] = saves(page, lambda number: replaced(source, text(number + 1)))[""]
        page.close()
    return found


def told(what: str, found: dict[str, list[float]]) -> dict[str, list[float]]:
    """Print what was measured, with the load that it was measured under, and return it."""
    for kind, taken in found.items():
        ordered = sorted(taken)
        late = ordered[round(0.95 * (len(ordered) - 1))]
        figures = f"median {median(taken):.3f} s, p95 {late:.3f} s, of {len(taken)}"
        print(f"{what:6} {kind:14} {figures}; load {os.getloadavg()[0]:.1f}", flush=True)
    return found


def main() -> None:
    found: dict[str, dict[str, list[float]]] = {}
    with tempfile.TemporaryDirectory() as scratch, sync_playwright() as playwright:
        program = shutil.which("chromium") or "/usr/bin/chromium"
        options = ["--no-sandbox"] if os.geteuid() == 0 else []
        browser = playwright.chromium.launch(executable_path=program, args=options)
        folder = Path(scratch)
        found["typst"] = told("typst", theirs(browser, folder))
        found["A5"] = told("A5", ours(browser, folder, "flyer-a5", "flyer-a5"))
        found["A3"] = told("A3", ours(browser, folder, "poster-a3", "poster"))
        found["grid"] = told("grid", {"30 cells": grid(browser, folder)})
        browser.close()
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps({"load": os.getloadavg(), "seconds": found}, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
