"""Measure the pages on which committees order print: 50 people who write at once, and one alone in a browser.

Run by `make bench-web`; PEOPLE=50 SECONDS=60 TURNS=20. Results go to build/bench/web.json. A person types a
burst of keys, each of which keeps the draft, and hears by server-sent events when a picture is there: that of
the last key is the one that matters. Then she looks at it, and opens another page.
"""

import asyncio
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median, quantiles
from typing import Any

import httpx2
from playwright.sync_api import Page, Response, sync_playwright
from sqlalchemy import insert, select, update

from printkit.orders.book import Book, open_book
from printkit.orders.changing import new_order
from printkit.orders.content import read_content
from printkit.orders.persons import add_person
from printkit.orders.releases import freeze
from printkit.orders.rights import Role, Seat
from printkit.orders.signing import sign_in_by_email
from printkit.orders.tables import log, log_head, orders
from printkit.web.asking import SESSION
from printkit.workspace import Workspace
from tests.processes import the_living, told_by

ROOT = Path(__file__).parents[1]
OUT = ROOT / "build/bench/web.json"
PEOPLE, SECONDS, TURNS = (int(os.environ.get(name, most)) for name, most in
                          (("PEOPLE", "50"), ("SECONDS", "60"), ("TURNS", "20")))  # fmt: skip
# A burst of keys as a person types them, and what she looks at afterwards
KEYS, KEY_SECONDS, LOOK_SECONDS = 4, 0.4, (5.0, 11.0)
TEMPLATE, FORMAT, SLOT = "recruit", "flyer-a5", "local"
QUANTITY = 100
WORDS = ("Fra Solbergelva", "Til Åssiden", "Hele Konnerud", "Ved elva", "Torsdag kveld")
PAGES = ("/", "/orders", "/budget")
# On a machine that others work on too the last picture of fifty may come late.
PATIENCE = 900
HERTZ = os.sysconf("SC_CLK_TCK")
# The sum of all shifts until the picture is there; none is what is aimed at.
SHIFTS = """() => new Promise(done => { let sum = 0;
new PerformanceObserver(list => { for (const one of list.getEntries()) sum += one.value; })
.observe({ type: 'layout-shift', buffered: true });
const image = document.querySelector('.preview .page');
const end = () => setTimeout(() => done(sum), 500);
image.complete ? end() : image.addEventListener('load', end); })"""
# From the last key to the load event of the page that it changes, in milliseconds
TYPED = """text => new Promise(done => {
const field = document.querySelector('[name="slot.SLOT"]');
for (const image of document.querySelectorAll('.preview .page'))
  image.addEventListener('load', () => done(performance.now() - began), { once: true });
field.value = text; const began = performance.now();
field.dispatchEvent(new Event('input', { bubbles: true })); })""".replace("SLOT", SLOT)


@dataclass
class Person:
    """Who writes on which draft, by which session."""

    session: str
    order: int
    version: int
    # The newest version whose picture was heard of, and its pages by their hashes
    heard: int = 0
    pages: list[str] = field(default_factory=list)
    news: asyncio.Event = field(default_factory=asyncio.Event)


@dataclass
class Taken:
    """The seconds that answers took, by what was asked."""

    seconds: dict[str, list[float]] = field(default_factory=dict)
    drawn: int = 0

    def note(self, what: str, began: float) -> None:
        self.seconds.setdefault(what, []).append(time.perf_counter() - began)


def fill(folder: Path) -> tuple[str, list[Person], Person]:
    """Make an order book with people who each write on a draft; return it, them and somebody of the staff."""
    url = f"sqlite:///{folder / 'bench.sqlite3'}"
    book = open_book(Workspace(ROOT), url)
    admin = add_person(book, None, "Admin", "admin@example.org", roles=[Seat(Role.ADMIN)])
    staff = add_person(book, admin, "Staff", "staff@example.org", roles=[Seat(Role.APPROVER)])
    freeze(book, staff, TEMPLATE)
    people = [writer(book, admin, number) for number in range(PEOPLE)]
    session, _ = sign_in_by_email(book, staff.email)
    book.database.dispose()
    return url, people, Person(session, 0, 0)


def writer(book: Book, admin: Any, number: int) -> Person:
    committees = list(book.profiles.committees)
    seat = Seat(Role.ORDERER, committees[number % len(committees)])
    email = f"leader{number}@example.org"
    leader = add_person(book, admin, f"Leader {number}", email, roles=[seat])
    site = next(one.id for one in book.profiles.sites.values() if seat.committee in one.committees)
    line = {"template": TEMPLATE, "format": FORMAT, "quantity": QUANTITY}
    line["places"] = [{"site": site, "copies": QUANTITY}]
    order = new_order(book, leader, seat.committee, read_content({"lines": [line]}))
    return Person(sign_in_by_email(book, email)[0], order.id, order.version)


@contextmanager
def serving(url: str, log_file: Path) -> Iterator[tuple[str, int]]:
    """Run `printkit serve` in a session of its own; return its address and number."""
    command = [sys.executable, "-m", "printkit", "-w", str(ROOT), "serve", "--json", "--port", "0"]
    with log_file.open("wb") as told:
        process = subprocess.Popen(
            [*command, "--database", url], stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=told,
            text=True, start_new_session=True,
        )  # fmt: skip
        try:
            yield told_by(process)["address"].rstrip("/"), process.pid
        finally:
            process.terminate()
            process.wait(60)


async def write(client: httpx2.AsyncClient, person: Person, taken: Taken, until: float) -> None:
    """Type, look, open a page, until the time is over."""
    chance = random.Random(person.order)
    listening = asyncio.create_task(listen(client, person, taken))
    await asyncio.sleep(chance.uniform(0, LOOK_SECONDS[1]))
    while time.perf_counter() < until:
        for key in range(KEYS):
            began = time.perf_counter()
            await save(client, person, taken, f"{chance.choice(WORDS)} {chance.randrange(1000)}")
            if key == KEYS - 1:
                looking = asyncio.create_task(look(client, person, taken, began))
            await asyncio.sleep(KEY_SECONDS)
        began = time.perf_counter()
        page = chance.choice((*PAGES, f"/order/{person.order}"))
        (await client.get(page, headers=cookie(person))).raise_for_status()
        taken.note("page", began)
        await looking
        await asyncio.sleep(chance.uniform(*LOOK_SECONDS))
    listening.cancel()


def cookie(person: Person) -> dict[str, str]:
    return {"Cookie": f"{SESSION}={person.session}"}


async def save(client: httpx2.AsyncClient, person: Person, taken: Taken, words: str) -> None:
    form = {"version": str(person.version), "line": "1", f"slot.{SLOT}": words}
    sent = {**cookie(person), "Origin": str(client.base_url).rstrip("/")}
    began = time.perf_counter()
    answer = await client.post(f"/order/{person.order}/draft", data=form, headers=sent)
    taken.note("save", began)
    told = answer.raise_for_status().json()
    assert told["saved"], told
    person.version = told["version"]


async def listen(client: httpx2.AsyncClient, person: Person, taken: Taken) -> None:
    """Hear of pictures, and open the stream anew where the server has ended it."""
    while True:
        address = f"/order/{person.order}/news?line=1&v={person.version}"
        async with client.stream("GET", address, headers=cookie(person)) as answer:
            async for line in answer.aiter_lines():
                if line.startswith("data: "):
                    told = json.loads(line.removeprefix("data: "))
                    person.heard, person.pages = told["version"], told["pages"]
                    taken.drawn += 1
                    person.news.set()


async def look(client: httpx2.AsyncClient, person: Person, taken: Taken, began: float) -> None:
    """Wait for the picture of the last key, and fetch the page that it changes."""
    while person.heard < person.version:
        person.news.clear()
        await person.news.wait()
    address = f"/order/{person.order}/preview/{len(person.pages)}.png?line=1&h={person.pages[-1]}"
    (await client.get(address, headers=cookie(person))).raise_for_status()
    taken.note("preview that matters", began)


async def crowd(address: str, people: list[Person], seconds: float) -> Taken:
    """Have everybody write at once."""
    taken = Taken()
    limits = httpx2.Limits(max_connections=4 * len(people))
    async with httpx2.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:
        until = time.perf_counter() + seconds
        await asyncio.gather(*(write(client, person, taken, until) for person in people))
    return taken


def seconds_of(number: int) -> float:
    """Return the CPU seconds of a process."""
    told = Path(f"/proc/{number}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
    return (int(told[11]) + int(told[12])) / HERTZ


def memory(session: int) -> float:
    """Return the megabytes of a session's processes; what they share is counted once."""
    total = 0
    for number in the_living(session):
        rollup = Path(f"/proc/{number}/smaps_rollup").read_text(encoding="utf-8")
        total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
    return total / 1024


def told_of(seconds: list[float]) -> dict[str, float]:
    """Return count, median and 95th percentile in milliseconds."""
    return {
        "count": len(seconds),
        "p50": round(median(seconds) * 1000, 1),
        "p95": round(quantiles(seconds, n=20)[-1] * 1000, 1),
    }


def together(address: str, session: int, people: list[Person]) -> dict[str, Any]:
    """Measure everybody at once: times of answers, CPU by request, memory."""
    server = session
    before = {number: seconds_of(number) for number in the_living(session)}
    taken = asyncio.run(crowd(address, people, SECONDS))
    spent = {number: seconds_of(number) - before.get(number, 0) for number in the_living(session)}
    requests = sum(len(taken.seconds[what]) for what in ("save", "page"))
    return {
        **{what: told_of(seconds) for what, seconds in taken.seconds.items()},
        "pictures drawn": taken.drawn,
        "server CPU ms by save or page": round(1000 * spent.pop(server) / requests, 1),
        "worker CPU ms by picture": round(1000 * sum(spent.values()) / taken.drawn, 1),
        "MB of server and workers": round(memory(session)),
    }


def alone(address: str, person: Person) -> dict[str, Any]:
    """Measure one person in a browser: from the last key to the picture, shifts, the weight of a page."""
    weights: dict[str, int] = {}
    with sync_playwright() as playwright:
        options = ["--no-sandbox", "--disable-dev-shm-usage", "--disable-gpu"]
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=options)
        context = browser.new_context(base_url=address, viewport={"width": 390, "height": 844})
        host = address.partition("//")[2].partition(":")[0]
        context.add_cookies(
            [{"name": SESSION, "value": person.session, "domain": host, "path": "/", "secure": True}]
        )
        page = context.new_page()
        page.set_default_timeout(120_000)
        parts = (f"{address}/order/{person.order}", f"{address}/static/")
        page.on("response", lambda answer: weights.update(weighed(answer, parts)))
        page.goto(f"/order/{person.order}")
        shift = page.evaluate(SHIFTS)
        typed = [typing(page, number) for number in range(TURNS)]
        browser.close()
    return {
        "last key to picture, ms": {"p50": round(median(typed)), "p95": round(quantiles(typed, n=20)[-1])},
        "layout shift": round(shift, 4),
        "page, kB": round(sum(weights.values()) / 1000, 1),
    }


def weighed(answer: Response, parts: tuple[str, str]) -> dict[str, int]:
    """Return the bytes of a page and of its style, script and icon; of pictures and saved drafts none."""
    page, static = parts
    return {answer.url: len(answer.body())} if answer.url == page or answer.url.startswith(static) else {}


def typing(page: Page, number: int) -> float:
    took: float = page.evaluate(TYPED, f"{WORDS[number % len(WORDS)]} {number}")
    time.sleep(0.3)
    return took


def grown(url: str, address: str, leader: Person, staff: Person) -> dict[str, Any]:
    """Measure pages with the orders that are there, and with a thousand and 10,000 entries of the log."""
    asked = [(leader, "/"), (leader, "/orders"), (leader, f"/order/{leader.order}"), (staff, "/orders")]

    def measured() -> dict[str, float]:
        found = {}
        with httpx2.Client(base_url=address, timeout=PATIENCE) as client:
            for who, path in asked:
                took = []
                for _ in range(TURNS):
                    began = time.perf_counter()
                    client.get(path, headers=cookie(who)).raise_for_status()
                    took.append(time.perf_counter() - began)
                found[f"{'staff' if who is staff else 'leader'} {path}"] = round(min(took) * 1000, 1)
        return found

    few = measured()
    book = open_book(Workspace(ROOT), url)
    with book.database.engine.begin() as connection:
        row = dict(connection.execute(select(orders).limit(1)).mappings().one())
        row.pop("id")
        connection.execute(insert(orders), [row] * 1000)
        entry = dict(connection.execute(select(log).order_by(log.c.number.desc()).limit(1)).mappings().one())
        rows = [{**entry, "number": entry["number"] + 1 + n, "order_id": 60 + n % 900} for n in range(10_000)]
        connection.execute(insert(log), rows)
        connection.execute(update(log_head).values(number=rows[-1]["number"]))
    book.database.dispose()
    return {"few, ms": few, "thousand, ms": measured()}


def main() -> None:
    with tempfile.TemporaryDirectory(prefix="printkit-bench-") as name:
        folder = Path(name)
        url, people, staff = fill(folder)
        with serving(url, folder / "log") as (address, session):
            # Once each, so that what is read once is not measured.
            asyncio.run(crowd(address, people[:4], 1))
            found: dict[str, Any] = {"load before": os.getloadavg()[0], "cores": os.cpu_count()}
            found["alone"] = alone(address, people[0])
            people[0].version = fresh(url, people[0].order)
            found[f"{PEOPLE} people"] = together(address, session, people)
            found["many orders"] = grown(url, address, people[1], staff)
            found["load after"] = os.getloadavg()[0]
    OUT.parent.mkdir(parents=True, exist_ok=True)
    OUT.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    sys.stdout.write(OUT.read_text(encoding="utf-8"))


def fresh(url: str, order: int) -> int:
    """Return the version of an order that a browser has changed."""
    book = open_book(Workspace(ROOT), url)
    with book.read() as connection:
        version: int = connection.execute(select(orders.c.version).where(orders.c.id == order)).scalar_one()
    book.database.dispose()
    return version


if __name__ == "__main__":
    main()
