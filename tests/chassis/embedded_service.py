"""A service in small, for the tests of what starts services.

It answers at both doors, tells what it was given, and dies when it is asked to.
"""

import asyncio
import json
import os
import signal


async def answer(reader, writer):
    line = (await reader.readline()).decode().split()
    if line[1] == "/die":
        os.kill(os.getpid(), signal.SIGKILL)
    given = {k: v for k, v in os.environ.items() if k.startswith("KIEMTRA_")}  # noqa: TID251 - what a service would read
    body = json.dumps(given).encode()
    writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    writer.close()


async def main():
    stop = asyncio.Event()
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, stop.set)
    for door in ("KIEMTRA_HTTP", "KIEMTRA_OPERATE"):
        host, _, port = os.environ[door].rpartition(":")  # noqa: TID251 - as above
        await asyncio.start_server(answer, host, int(port))
    print(json.dumps({"event": "service.ready", "pid": os.getpid()}), flush=True)  # noqa: T201 - its log
    await stop.wait()


if __name__ == "__main__":
    asyncio.run(main())
