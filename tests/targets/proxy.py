"""A line that can be slow, late or cut: a TCP proxy on loopback, in threads of its own."""

from __future__ import annotations

import contextlib
import queue
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

_PIECE = 2048


@dataclass
class Line:
    """How the line is now; tests change it while it is used."""

    to_port: int
    port: int = 0
    bytes_a_second: float = 0.0
    """0 = as fast as it goes."""
    delay: float = 0.0
    """Seconds each way."""
    cut_after: int = 0
    """Bytes to the server after which a connection is cut; 0 = never."""
    stuck: bool = False
    """Take everything and pass nothing on."""
    cuts: int = 0
    connections: int = 0
    _open: list[socket.socket] = field(default_factory=list)

    def cut(self) -> None:
        """Cut every connection now."""
        for one in self._open:
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                one.close()
        self._open.clear()
        self.cuts += 1

    def carry(self, client: socket.socket) -> None:
        """Carry one connection."""
        self.connections += 1
        server = socket.create_connection(("127.0.0.1", self.to_port))
        self._open += [client, server]
        for one, other, up in ((client, server, True), (server, client, False)):
            threading.Thread(target=self._pump, args=(one, other, up), daemon=True).start()

    def _pump(self, source: socket.socket, sink: socket.socket, up: bool) -> None:
        """Take pieces in; another thread hands them on when they are due."""
        due: queue.Queue[tuple[float, bytes]] = queue.Queue()
        threading.Thread(target=self._deliver, args=(due, source, sink, up), daemon=True).start()
        with contextlib.suppress(OSError):
            while piece := source.recv(_PIECE):
                if self.bytes_a_second:
                    time.sleep(len(piece) / self.bytes_a_second)
                due.put((time.monotonic() + self.delay, piece))
        due.put((time.monotonic() + self.delay, b""))

    def _deliver(
        self,
        due: queue.Queue[tuple[float, bytes]],
        source: socket.socket,
        sink: socket.socket,
        up: bool,
    ) -> None:
        passed = 0
        with contextlib.suppress(OSError):
            while (next_one := due.get())[1]:
                when, piece = next_one
                while self.stuck:
                    time.sleep(0.02)
                time.sleep(max(0.0, when - time.monotonic()))
                sink.sendall(piece)
                passed += len(piece)
                if up and self.cut_after and passed >= self.cut_after:
                    self.cuts += 1
                    break
        for one in (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)
            with contextlib.suppress(OSError):
                one.close()


@contextmanager
def line_to(port: int) -> Iterator[Line]:
    """Give a line to a port of this machine."""
    with socket.socket() as door:
        door.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        door.bind(("127.0.0.1", 0))
        door.listen()
        line = Line(port, door.getsockname()[1])

        def answer() -> None:
            with contextlib.suppress(OSError):
                while True:
                    client, _ = door.accept()
                    with contextlib.suppress(ConnectionRefusedError):
                        line.carry(client)
                        continue
                    client.close()

        threading.Thread(target=answer, daemon=True).start()
        try:
            yield line
        finally:
            line.cut()
