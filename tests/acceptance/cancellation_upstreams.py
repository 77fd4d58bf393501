"""Upstreams that let nobody past the door, and the moment the other side gave up. For the phases of promise 3 that
fake_provider cannot show: it always accepts, and always answers."""
import contextlib
import os
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
    """Its backlog holds one connection, which nobody takes: everybody else stays in `connecting`. There is no peer to
    see him leave, so the descriptors of the process `pid` are looked at. (The table of all connections has
    thousands of lines after a thousand rounds, and takes longer to read than the 50 ms that are to be shown.)"""

    def __init__(self):
        super().__init__(0)
        self.url = f"http://127.0.0.1:{self.port}/v1"
        self.first = socket.create_connection(("127.0.0.1", self.port))

    def __exit__(self, *_):
        self.first.close()
        super().__exit__()

    def waiting(self):
        """The socket that is trying to connect, as the links in /proc/PID/fd name it."""
        remote = f"0100007F:{self.port:04X}"
        with open("/proc/net/tcp") as table:
            fields = (line.split() for line in table)
            return next((f"socket:[{each[9]}]" for each in fields if each[2:4] == [remote, SYN_SENT]), None)

    def wait_for_guest(self):
        self.guest = harness.eventually(self.waiting)
        return self.guest

    def is_open(self):
        folder = f"/proc/{self.pid}/fd"
        for name in os.listdir(folder):
            with contextlib.suppress(OSError):  # closed since
                if os.readlink(f"{folder}/{name}") == self.guest:
                    return True
        return False

    def left_at(self, patience=2.0):
        """When the one who was connecting no longer was, by time.monotonic(); None: still there."""
        deadline = time.monotonic() + patience * harness.PATIENCE
        while time.monotonic() < deadline:
            time.sleep(0.0005)
            if not self.is_open():
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
