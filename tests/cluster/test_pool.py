"""Other machines: a real scheduler and two workers, some of which die, and the same bytes all the same."""

import contextlib
import os
import shutil
import signal
import sys
from collections.abc import Iterator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest
from distributed import Client

from printkit.batch.planning import KEYS, plan
from printkit.cluster import pool as cluster
from printkit.cluster import scheduler
from printkit.cluster.pool import Cluster
from printkit.errors import MissingError, PrintkitError, SlotErrors
from printkit.produce import Maker, PlacedCode, Product, Production
from printkit.produce.chosen import parse_only
from printkit.profiles import Profiles, output_date
from printkit.work.pool import Lost
from printkit.workspace import Bundle, Workspace, pack
from tests.cluster.farm import ROOT, Farm, Readers, farm, free_port, wait_until
from tests.work.methods import PROBLEM

FILES = ("profiles/brand.toml", "setup.cfg")


@pytest.fixture(scope="module")
def bundle() -> Bundle:
    return pack(Workspace(ROOT), FILES)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Farm]:
    # A job may cost two workers, not four: starting them anew takes the time of this test.
    settings = {"DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "1"}
    with farm(tmp_path_factory.mktemp("farm"), **settings) as made:
        made.workers("--nworkers", "2")
        yield made


@pytest.fixture(scope="module")
def client(running: Farm) -> Iterator[Client]:
    """Return a second client, to see from outside what a cluster holds."""
    with Client(running.address, set_as_default=False) as found:
        yield found


@pytest.fixture
def address(running: Farm, client: Client) -> str:
    client.wait_for_workers(2, timeout=300)
    return running.address


def readers(address: str, bundle: Bundle) -> Cluster:
    setup: Any = Readers
    return Cluster(address, bundle, setup)


def end(futures: list[Future[Any]]) -> list[Any]:
    return [future.result(20) for future in futures]


def test_jobs_are_done_by_every_worker(address: str, bundle: Bundle) -> None:
    with readers(address, bundle) as pool:
        assert pool.workers == 2
        assert len(set(end([pool.submit("sleep", 0.02) for _ in range(30)]))) == 2
        assert pool.submit("data", 3_000_000).result(20) == bytes(3_000_000)


def test_the_bundle_lies_on_the_worker_until_the_run_leaves(
    address: str, bundle: Bundle, client: Client
) -> None:
    with readers(address, bundle) as pool:
        found = pool.submit("files").result(20)
        folders = {pool.submit("folder").result(20) for _ in range(4)}
    assert found == {file: (ROOT / file).read_bytes() for file in FILES}
    assert all(bundle.digest in folder.name for folder in folders)
    wait_until(lambda: not any(folder.exists() for folder in folders))
    assert not any(client.has_what().values())


def test_a_jobs_own_error_arrives_as_itself(address: str, bundle: Bundle) -> None:
    with readers(address, bundle) as pool:
        refused, picky, lock = (pool.submit(name) for name in ("refuse", "be_picky", "lock"))
        with pytest.raises(SlotErrors) as raised:
            refused.result(20)
        assert raised.value.problems == (PROBLEM,)
        with pytest.raises(RuntimeError, match="Picky: 1 and 2"):
            picky.result(20)
        with pytest.raises(TypeError, match="pickle"):
            lock.result(20)


def test_all_jobs_end_where_a_worker_is_killed_in_the_middle(address: str, bundle: Bundle) -> None:
    with readers(address, bundle) as pool:
        jobs = [pool.submit("sleep", 0.03) for _ in range(60)]
        victim = jobs[10].result(20)
        os.kill(victim, signal.SIGKILL)
        done = end(jobs)
    assert len(done) == 60
    assert done[-1] != victim


def test_a_job_that_kills_its_workers_is_lost_alone(address: str, bundle: Bundle) -> None:
    with readers(address, bundle) as pool:
        deadly, harmless = pool.submit("die"), [pool.submit("sleep", 0.01) for _ in range(10)]
        with pytest.raises(Lost, match="2 workers died of it, tcp://127"):
            deadly.result(20)
        assert len(end(harmless)) == 10


def test_leaving_drops_what_is_not_done_and_leaves_the_workers(
    address: str, bundle: Bundle, client: Client
) -> None:
    workers = set(client.run(os.getpid).values())
    with contextlib.suppress(KeyboardInterrupt), readers(address, bundle) as pool:
        jobs = [pool.submit("sleep", 0.2) for _ in range(50)]
        jobs[0].result(20)
        raise KeyboardInterrupt
    assert all(job.done() for job in jobs)
    wait_until(lambda: not any(client.processing().values()) and not any(client.has_what().values()))
    with readers(address, bundle) as pool:
        assert set(end([pool.submit("sleep", 0.1) for _ in range(8)])) == workers


def test_a_worker_that_would_give_other_bytes_is_refused(
    running: Farm, address: str, bundle: Bundle, client: Client, tmp_path: Path
) -> None:
    shutil.copytree(ROOT / "printkit", tmp_path / "printkit")
    with (tmp_path / "printkit/units.py").open("a") as file:
        file.write("\n")
    other = running.workers("--no-nanny", "--name", "other", path=tmp_path)
    client.wait_for_workers(3, timeout=300)
    with pytest.raises(MissingError, match=r"worker tcp://127\.0\.0\.1:\d+ has program \w{12}, here is"):
        readers(address, bundle).__enter__()
    other.kill()
    wait_until(lambda: len(client.nthreads()) == 2)
    with readers(address, bundle) as pool:
        assert pool.workers == 2


def test_each_difference_names_worker_and_engine() -> None:
    here = {"weasyprint": "70.0", "zbar": "0.23.92"}
    workers = {"tcp://a:1": here, "tcp://b:2": {"weasyprint": "69.0"}, "tcp://c:3": ImportError("printkit")}
    with pytest.raises(MissingError) as raised:
        scheduler.refuse(here, workers)
    assert str(raised.value).splitlines()[1:-1] == [
        "worker tcp://b:2 has weasyprint 69.0, here is weasyprint 70.0",
        "worker tcp://b:2 has no zbar, here is zbar 0.23.92",
        "worker tcp://c:3 cannot run printkit: ImportError: printkit",
    ]


@pytest.fixture
def alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Farm]:
    """Return a cluster that is soon given up, with a scheduler and no workers yet."""
    monkeypatch.setattr(cluster, "DESERTED_SECONDS", 0.5)
    monkeypatch.setattr(cluster, "LOOK_SECONDS", 0.2)
    with farm(tmp_path) as made:
        yield made


def test_a_worker_with_threads_does_one_job_at_a_time(alone: Farm, bundle: Bundle) -> None:
    alone.workers("--no-nanny", "--nthreads", "3")
    with readers(alone.address, bundle) as pool:
        assert pool.workers == 3
        assert end([pool.submit("crowd") for _ in range(9)]) == [1] * 9


@pytest.mark.parametrize("dying", ["scheduler", "worker"])
def test_jobs_are_lost_where_nobody_is_left_to_do_them(alone: Farm, bundle: Bundle, dying: str) -> None:
    scheduler, worker = alone.running[0], alone.workers("--no-nanny")
    with readers(alone.address, bundle) as pool:
        pool.submit("number").result(20)
        job = pool.submit("sleep", 30)
        (scheduler if dying == "scheduler" else worker).kill()
        with pytest.raises(Lost):
            job.result(20)
        with pytest.raises(Lost):
            pool.submit("number").result(20)


def test_a_cluster_without_workers_is_refused(
    alone: Farm, bundle: Bundle, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "CONNECT_SECONDS", 0.5)
    with pytest.raises(MissingError, match=f"has no workers; start some by 'dask worker {alone.address}"):
        readers(alone.address, bundle).__enter__()


def test_a_scheduler_that_is_not_there_is_named(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scheduler, "CONNECT_SECONDS", 0.2)
    address = f"127.0.0.1:{free_port()}"
    with pytest.raises(MissingError, match=f"no scheduler of a cluster answers at {address}"):
        readers(address, bundle).__enter__()


def test_dask_is_asked_for_where_it_is_missing(bundle: Bundle, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "distributed", None)
    with pytest.raises(MissingError, match=r"pip install 'printkit-press\[cluster\]'"):
        readers("127.0.0.1:1", bundle).__enter__()


def test_a_layout_and_its_sites_are_made_byte_for_byte_as_here(
    address: str, workspace: Workspace, profiles: Profiles
) -> None:
    campaign = profiles.campaigns["recruitment"]
    production = Production(workspace, profiles, campaign, output_date(campaign))
    first, *others = plan(
        workspace, profiles, campaign, [parse_only("committee=nu08,format=flyer-a5", KEYS)]
    )[:4]
    here = Maker(production)
    begun = here.begin(first)
    variants = [here.inputs(piece).variant(piece.id) for piece in others]
    with Cluster.of(address, production) as pool:
        there = pool.submit("begin", first, False).result(60)
        varied = [pool.submit("vary", there.master, [one]) for one in variants]
        made = [product for products in end(varied) for product in products]
    assert begun.master
    assert there.product.pdf == begun.product.pdf
    assert list(map(written, made)) == list(map(written, here.vary(begun.master, variants)))


def written(product: Product | PrintkitError) -> tuple[bytes, tuple[PlacedCode, ...]]:
    assert isinstance(product, Product)
    return product.pdf, product.codes
