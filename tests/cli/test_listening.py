import asyncio
import socket

import pytest

from printkit.cli.listening import open_socket


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
def test_a_part_of_an_answer_is_sent_without_waiting_for_the_one_before(host: str) -> None:
    with open_socket(host, 0) as listening:
        assert asyncio.run(_delay_is_off(listening)) == 1


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
