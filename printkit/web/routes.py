"""The one table of addresses: what answers, and how it is asked."""

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import BaseRoute, Route

from printkit.web import (
    files,
    health,
    home,
    looking,
    money,
    ordering,
    pictures,
    plan,
    proofing,
    signing,
    slips,
    staff,
    steps,
    telling,
)
from printkit.web.asking import Answer, answering, refusing
from printkit.web.site import Site

GET, POST = "GET", "POST"
# method, address, what answers; `{order:int}` reaches it as a number
TABLE: tuple[tuple[str, str, Answer], ...] = (
    (GET, "/", home.home),
    (GET, "/sign-in", signing.ask),
    (POST, "/sign-in", signing.send),
    (GET, "/sign-in/{token}", signing.look),
    (POST, "/sign-in/{token}", signing.enter),
    (GET, "/provider", signing.go_to_provider),
    (GET, "/provider/back", signing.come_back),
    (POST, "/sign-out", signing.leave),
    (POST, "/language", signing.speak),
    (GET, "/orders", home.orders),
    (GET, "/order/new", ordering.choose),
    (POST, "/order/new", ordering.begin),
    (GET, "/order/{order:int}", ordering.show),
    (POST, "/order/{order:int}", ordering.save),
    (POST, "/order/{order:int}/draft", ordering.autosave),
    (POST, "/order/{order:int}/{step}", steps.take),
    (GET, "/order/{order:int}/said", looking.said),
    (GET, "/order/{order:int}/proof", proofing.look),
    (GET, "/order/{order:int}/slips", slips.of_order),
    (GET, "/order/{order:int}/proof/{name}", proofing.proof),
    (GET, "/budget", money.budgets),
    (GET, "/budget/{account}", money.statement),
    (GET, "/budget/{account}/statement.csv", money.statement_csv),
    (GET, "/budget/{account}/statement.pdf", money.statement_pdf),
    (POST, "/budget", money.grant),
    (POST, "/budget/{account}/carry", money.carry),
    (GET, "/plan", plan.show),
    (POST, "/plan", plan.make),
    (GET, "/queue", staff.queue),
    (GET, "/prices", staff.prices),
    (GET, "/templates", staff.templates),
    (POST, "/templates", staff.change_template),
    (GET, "/persons", staff.persons),
    (POST, "/persons", staff.change_person),
    (GET, "/slip/{code}", slips.show),
    (POST, "/slip/{code}", slips.confirm),
)


def routes(site: Site) -> list[BaseRoute]:
    """Return the table as Starlette's routes, with pictures, files and health beside it."""
    made: list[BaseRoute] = [
        Route("/healthz", health.alive),
        Route("/readyz", health.ready(site)),
        Route("/static/{name}", files.file(site)),
        Route("/family/{template}/{committee}.png", pictures.family(site)),
        Route("/order/{order:int}/preview/{page:int}.png", pictures.preview(site)),
        Route("/order/{order:int}/news", telling.news(site)),
        Route("/order/{order:int}/picture/{slot}.jpg", pictures.handed_in(site)),
    ]
    return made + [Route(path, answering(site, answer), methods=[method]) for method, path, answer in TABLE]


def app(site: Site) -> Starlette:
    """Return the application of a site, not guarded yet."""
    return Starlette(routes=routes(site), exception_handlers={HTTPException: refusing(site)})
