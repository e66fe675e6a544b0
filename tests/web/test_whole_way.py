"""The whole way of an order on the pages, without any script: from signing in to the parcel."""

from collections.abc import Callable
from hashlib import sha256

from printkit.orders.approving import approve
from printkit.orders.producing import press_file
from printkit.orders.reading import get, proofs_of
from printkit.orders.rights import Person
from printkit.orders.stepping import On
from tests.orders.stage import Stage, here
from tests.web.conftest import Browser

Visit = Callable[[Person | None], Browser]


def test_an_order_goes_from_a_form_to_a_parcel(lite: Stage, visit: Visit) -> None:
    leader, staff, coordinator = visit(lite.leader), visit(lite.approver), visit(lite.coordinator)
    assert "/order/new?template=t&amp;committee=nu03" in leader.get("/").text
    path = leader.post("/order/new", template="t", format="t100", committee="nu03").url.path
    saved = leader.post(
        path,
        version=leader.field(path, "version"),
        slot__title="Møte",
        quantity="100",
        places="1",
        **{"at.bib-drammen": "1"},
        title="Møtet",
        do="submit",
    )
    assert "Venter på at kommunikasjonsavdelingen ser på bestillingen" in saved.text
    order = get(lite.book, lite.leader, int(path.rpartition("/")[2]))
    assert (order.state, order.content.lines[0].slots) == ("submitted", {"title": "Møte"})
    approve(lite.book, lite.approver, On(order.id), pool=here)
    assert "Alle kontroller er i orden." in staff.get(f"{path}/proof").text
    coordinator.post(f"{path}/release", version=str(get(lite.book, lite.leader, order.id).version))
    (run,) = lite.work().done
    with lite.book.read() as connection:
        (proof,) = proofs_of(connection, order.id, 1)
    made = press_file(lite.book, run, "nu03", proof.piece)
    assert sha256(made.read_bytes()).hexdigest() == proof.sha256
    coordinator.post(f"{path}/ship")
    code = coordinator.get(f"{path}/slips").text.partition("/slip/")[2][:10]
    thanks = visit(None).post(f"/slip/{code}", **{f"counted.{proof.piece}": "100"})
    assert "Takk, det er notert." in thanks.text
    assert get(lite.book, lite.leader, order.id).state == "delivered"


def test_a_preview_shows_what_was_saved(lite: Stage, visit: Visit) -> None:
    leader = visit(lite.leader)
    order = lite.draft()
    shown = leader.get(f"/order/{order.id}/preview/1.png")
    assert (shown.headers["content-type"], shown.content[:4]) == ("image/png", b"\x89PNG")
    assert visit(lite.other).get(f"/order/{order.id}/preview/1.png").status_code == 404
