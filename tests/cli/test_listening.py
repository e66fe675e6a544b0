import asyncio
import socket

import click
import pytest

from printkit.cli.listening import listen, open_socket


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_part_of_an_answer_is_sent_without_waiting_for_the_one_before(host: str) -> None:
    with open_socket(host, 0) as listening:
        assert asyncio.run(_delay_is_off(listening)) == 1


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-name.invalid"])
def test_an_address_of_no_port_here_is_the_hosts_fault(host: str) -> None:
    with pytest.raises(click.BadParameter, match="take an address of this machine") as refused:
        listen(host, 0)
    assert refused.value.param_hint == "--host"


async def _delay_is_off(listening: socket.socket) -> int:
    found: asyncio.Future[int] = asyncio.get_running_loop().create_future()

    async def answer(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        accepted = writer.get_extra_info("socket")
        found.set_result(accepted.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
        writer.close()

    async with await asyncio.start_server(answer, sock=listening):
        address = listening.getsockname()
        _, writer = await asyncio.open_connection(*address[:2])
        try:
            return await asyncio.wait_for(found, 30)
        finally:
            writer.close()
