"""Upstreams that let nobody past the door, and the moment the other side gave up. For the phases of promise 3 that
fake_provider cannot show: it always accepts, and always answers."""
import socket
import threading
import time

import harness

SYN_SENT = "02"


class Door:
    """A listening socket on a free port of 127.0.0.1."""

    def __init__(self, backlog):
        self.socket = socket.socket()
        self.socket.bind(("127.0.0.1", 0))
        self.socket.listen(backlog)
        self.port = self.socket.getsockname()[1]

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.socket.close()


class FullDoor(Door):
    """Its backlog holds one connection, which nobody takes: everybody else stays in `connecting`."""
    scheme = "http"

    def __init__(self):
        super().__init__(0)
        self.url = f"http://127.0.0.1:{self.port}/v1"
        self.first = socket.create_connection(("127.0.0.1", self.port))

    def __exit__(self, *_):
        self.first.close()
        super().__exit__()

    def waiting(self):
        """How many sockets of this machine are trying to connect."""
        remote = f"0100007F:{self.port:04X}"
        with open("/proc/net/tcp") as table:
            return sum(1 for line in table if line.split()[2:4] == [remote, SYN_SENT])

    def wait_for_guest(self):
        return harness.eventually(self.waiting)

    def left_at(self, patience=2.0):
        """When the one who was connecting no longer was, by time.monotonic(); None: still there."""
        deadline = time.monotonic() + patience * harness.PATIENCE
        while time.monotonic() < deadline:
            if not self.waiting():
                return time.monotonic()
        return None


class MuteDoor(Door):
    """Takes connections and what is said on them, and never answers: a TLS handshake does not get on."""

    def __init__(self):
        super().__init__(64)
        self.url = f"https://127.0.0.1:{self.port}/v1"
        self.spoke, self.left = threading.Event(), threading.Event()
        self.left_time = None
        threading.Thread(target=self.serve, daemon=True).start()

    def serve(self):
        while True:
            try:
                guest, _ = self.socket.accept()
            except OSError:
                return
            with guest:
                self.listen_to(guest)

    def listen_to(self, guest):
        try:
            while guest.recv(4096):
                self.spoke.set()
        except OSError:
            pass  # reset: gone as well
        self.left_time = time.monotonic()
        self.left.set()

    def wait_for_guest(self):
        return self.spoke.wait(5 * harness.PATIENCE)

    def left_at(self, patience=2.0):
        there = not self.left.wait(patience * harness.PATIENCE)
        self.spoke.clear()
        self.left.clear()
        return None if there else self.left_time
