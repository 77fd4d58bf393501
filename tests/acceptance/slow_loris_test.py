"""Slow-loris (promises B): clients who send a byte now and then must not cost the others their answers.

In ctest a few, and only answers count. The figures of the promise, by hand on an optimised build and a quiet machine:
    OGEM_LORIS_CONNECTIONS=5000 OGEM_LORIS_SECONDS=30 OGEMD=build/release/bin/ogemd ... slow_loris_test.py
"""
import json
import os
import resource
import selectors
import socket
import subprocess
import threading
import time
import unittest

import harness
from harness import Fake, Ogemd, one_provider
from server_limits_test import resident_bytes

CONNECTIONS = int(os.environ.get("OGEM_LORIS_CONNECTIONS", "200"))
SECONDS = int(os.environ.get("OGEM_LORIS_SECONDS", "2"))
GAP = float(os.environ.get("OGEM_LORIS_GAP", "10" if CONNECTIONS >= 5000 else "0.2"))
RATE = 500  # requests a second of the healthy client
LOAD = os.environ.get("BENCH_LOAD", str(harness.ROOT / "build/dev/bin/bench_load"))
SLOW_HEAD = b"POST /v1/chat/completions HTTP/1.1\r\nhost: localhost\r\nx-slow: "
SLOW_BODY = SLOW_HEAD[:-len("x-slow: ")] + b"content-type: application/json\r\ncontent-length: 100000\r\n\r\n"


class Loris:
    """CONNECTIONS clients on one thread, half of them slow with the head, half with the body. Whoever is thrown out
    comes back."""

    def __init__(self, address):
        self.address, self.over, self.thrown_out = address, threading.Event(), 0
        self.selector = selectors.DefaultSelector()
        self.clients = [self.come(number) for number in range(CONNECTIONS)]
        self.thread = threading.Thread(target=self.run)

    def come(self, number):
        client = socket.create_connection(self.address)
        client.sendall(SLOW_BODY if number % 2 else SLOW_HEAD)
        client.setblocking(False)
        self.selector.register(client, selectors.EVENT_READ, number)
        return client

    def __enter__(self):
        self.thread.start()
        return self

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()
        for client in self.clients:
            client.close()
        self.selector.close()

    def run(self):
        began, sent = time.monotonic(), 0
        while not self.over.is_set():
            for key, _ in self.selector.select(0.005):
                self.selector.unregister(key.fileobj)
                key.fileobj.close()
                self.thrown_out += 1
                self.clients[key.data] = self.come(key.data)
            due = int((time.monotonic() - began) / GAP * CONNECTIONS)  # evenly over the gap
            for number in range(sent, due):
                try:
                    self.clients[number % CONNECTIONS].send(b"a")
                except OSError:
                    pass  # thrown out: the selector tells
            sent = due


class SlowLorisTest(unittest.TestCase):
    def healthy(self, ogemd):
        command = [LOAD, "rate", str(ogemd.port), json.dumps(harness.chat_body("fake/gpt")), str(RATE), str(SECONDS), "16"]
        return json.loads(subprocess.run(command, capture_output=True, text=True, check=True).stdout)

    def test_slow_clients_do_not_slow_the_others(self):
        limit = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
        resource.setrlimit(resource.RLIMIT_NOFILE, (limit, limit))
        with Fake("--no-log") as fake, Ogemd(one_provider(fake)) as ogemd:
            self.healthy(ogemd)  # warm
            before, memory_before = self.healthy(ogemd), resident_bytes(ogemd.pid)
            with Loris(ogemd.address) as loris:
                time.sleep(min(GAP, 2))
                beside = self.healthy(ogemd)
                memory = resident_bytes(ogemd.pid) - memory_before
            time.sleep(1)  # all of them left at once
            after = self.healthy(ogemd)
        print(f"{CONNECTIONS} slow clients, a byte each {GAP} s: p99 {before['p99_us']} us before, {beside['p99_us']} beside, "
              f"{after['p99_us']} after; memory +{memory / (1 << 20):.1f} MiB; {loris.thrown_out} thrown out")
        for result in (before, beside, after):
            self.assertEqual((result["errors"], result["requests"]), (0, RATE * SECONDS))
        if CONNECTIONS >= 5000:
            self.assertLessEqual(beside["p99_us"], 2 * max(before["p99_us"], after["p99_us"]))
            self.assertLessEqual(memory, 40 << 20)


if __name__ == "__main__":
    harness.main()
