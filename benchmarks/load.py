"""Many learners who answer at once, each on a connection of their own, in one process that asks without threads."""

import asyncio
import json
import time
from dataclasses import dataclass, field
from typing import Any
from uuid import uuid4


@dataclass
class Answers:
    """What came of it. seconds: how long each post took. taken: the ids that the service said it has."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    wall: float = 0.0

    def within(self, share: float) -> float:
        """Return the time within which this share of the posts was answered."""
        return sorted(self.seconds)[min(int(len(self.seconds) * share), len(self.seconds) - 1)]


def answer_at_once(port: int, learners: list[Any], events: list[dict[str, Any]]) -> Answers:
    """Let every learner (a Visitor that has opened its page) post these events, one a request."""
    found = Answers()
    began = time.monotonic()
    asyncio.run(_all(port, learners, events, found))
    found.wall = time.monotonic() - began
    return found


async def _all(port: int, learners: list[Any], events: list[dict[str, Any]], found: Answers) -> None:
    await asyncio.gather(*(_one(port, learner, events, found) for learner in learners))


async def _one(port: int, learner: Any, events: list[dict[str, Any]], found: Answers) -> None:
    cookies = "; ".join(f"{name}={value}" for name, value in learner.cookies.items())
    head = (
        f"POST {learner.path}events HTTP/1.1\r\nHost: {learner.origin.removeprefix('http://')}\r\nCookie: {cookies}\r\n"
        f"Origin: {learner.origin}\r\nX-LM-Token: {learner.token}\r\nContent-Type: application/json\r\n"
    )
    connection = None
    for event in events:
        id_ = str(uuid4())
        body = json.dumps({"language": "nb", "events": [{**event, "id": id_}]}).encode()
        began = time.monotonic()
        try:
            for _ in range(3):  # a kept connection may just have been closed; sending twice is harmless
                connection = connection or await asyncio.open_connection("127.0.0.1", port)
                status = await _post(connection, head, body)
                if status:
                    break
                connection = None
        except OSError as error:
            found.errors.append(type(error).__name__)
            connection = None
            continue
        found.seconds.append(time.monotonic() - began)
        if status == 200:
            found.taken.add(id_)
        else:
            found.errors.append(str(status))
    if connection:
        connection[1].close()


async def _post(connection: Any, head: str, body: bytes) -> int:
    """Return the status; 0 when the connection was closed before an answer."""
    reader, writer = connection
    try:
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await writer.drain()
        top = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1")
        length = next(int(line[15:]) for line in top.split("\r\n") if line.lower().startswith("content-length:"))
        await reader.readexactly(length)
    except (asyncio.IncompleteReadError, ConnectionResetError, BrokenPipeError):
        writer.close()
        return 0
    return int(top.split(" ", 2)[1])
