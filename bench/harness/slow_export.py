"""An export whose client takes a little now and then."""

import socket
import threading

from .paths import BenchError

BYTES = 512
PAUSE_SECONDS = 0.05


class SlowExport(threading.Thread):
    def __init__(self, port: int):
        super().__init__(daemon=True)
        self.socket = socket.socket()
        # Little waits here: the rest waits at the server.
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        self.socket.connect(("127.0.0.1", port))
        self.socket.sendall(b"GET /films HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: application/x-ndjson\r\n\r\n")
        self.over = threading.Event()
        self.start()

    def run(self):
        while not self.over.wait(PAUSE_SECONDS) and self.socket.recv(BYTES):
            pass

    def end(self):
        """Closes the connection, with most of the export still to come."""
        was_cut = not self.is_alive()
        self.over.set()
        self.join()
        self.socket.close()
        if was_cut:
            raise BenchError("the server aborted an export")
