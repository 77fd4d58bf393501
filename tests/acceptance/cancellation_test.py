"""Promise 3: when the client goes, the upstream connection closes within 50 ms, in every phase.

OGEM_CANCEL_ROUNDS (default 25) is how often each phase is tried.
"""
import os
import unittest

import harness
import wire
from cancellation_upstreams import FullDoor, MuteDoor
from harness import Fake, Ogemd, chat_bytes, config, provider

ROUNDS = int(os.environ.get("OGEM_CANCEL_ROUNDS", "25"))
LIMIT = 0.050 * harness.PATIENCE
# Phase: what the upstream does, whether a stream is asked for, and whether the client waits for some of it.
PHASES = {
    "waiting for the head of a stream": ("fake-silent", True, False),
    "waiting for the head of a whole answer": ("fake-silent", False, False),
    "before the first event": ("fake-head-delay=0+stall=60000+after=0", True, False),
    "amid a stream that flows": ("fake-gap=2+events=100000", True, True),
    "amid a stream that pauses": ("fake-stall=60000", True, True),
    "amid a whole answer": ("fake-stall=60000+body=20000", False, False),
}


class CancellationTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        models = sorted({model for model, _, _ in PHASES.values()})
        cls.ogemd = cls.enterClassContext(Ogemd(config(provider("fake", cls.fake, models))))

    def leave(self, phase, how, unix=False):
        """Goes away in `phase`; how many seconds later the upstream connection was closed."""
        model, stream, waits = PHASES[phase]
        self.fake.reset()
        connection = self.ogemd.connect(unix)
        connection.send(chat_bytes("fake/" + model, stream))
        if waits:
            self.assertIsNotNone(connection.take_until(b"data: "))
        entry = harness.eventually(lambda: next(iter(self.fake.posts()), None))
        self.assertIsNotNone(entry, "the request never reached the provider")
        left = getattr(connection, how)()
        entry = harness.eventually(lambda: next((e for e in self.fake.posts() if e["closed_ms"]), None), 2)
        self.assertIsNotNone(entry, "the upstream connection stayed open")
        self.assertEqual(entry["closed_by"], "peer")
        return entry["at"] + entry["closed_ms"] / 1000 - left

    def check(self, how, rounds, unix=False):
        for phase in PHASES:
            with self.subTest(phase, how=how):
                took = [self.leave(phase, how, unix) for _ in range(rounds)]
                late = [seconds for seconds in took if seconds > LIMIT]
                self.assertEqual(late, [], f"{len(late)} of {rounds} later than {LIMIT * 1000:.0f} ms")
                print(f"{phase}, {how}: {rounds} of {rounds}, slowest {max(took) * 1000:.1f} ms")

    def test_a_client_that_closes_takes_the_upstream_with_it(self):
        self.check("hang_up", ROUNDS)

    def test_a_client_that_resets_takes_the_upstream_with_it(self):
        self.check("abort", max(ROUNDS // 5, 1))

    def test_a_client_on_the_unix_socket_takes_the_upstream_with_it(self):
        self.check("hang_up", max(ROUNDS // 5, 1), unix=True)

    def test_a_pipelined_request_does_not_hide_that_the_client_left(self):
        self.fake.reset()
        connection = self.ogemd.connect()
        connection.send(chat_bytes("fake/fake-silent") + wire.request_bytes("GET", "/health"))
        harness.eventually(self.fake.posts)
        connection.hang_up()
        closed = harness.eventually(lambda: [e for e in self.fake.posts() if e["closed_ms"]], 2)
        self.assertTrue(closed, "the upstream connection stayed open")

    def test_no_connection_is_left_behind(self):
        harness.eventually(lambda: self.fake.connections()["open"] <= 1)
        before = self.fake.connections()["open"]
        for _ in range(20):
            self.leave("amid a stream that flows", "hang_up")
        self.assertTrue(harness.eventually(lambda: self.fake.connections()["open"] <= before))


class DrainTest(unittest.TestCase):
    """on_client_gone: drain. The provider is read to its end, and what it reports is accounted for."""
    FLOOD = "fake-events=3000+size=4000+usage"

    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        models = ["fake-gap=2+events=100+usage", cls.FLOOD, "fake-head-delay=200"]
        cls.ogemd = cls.enterClassContext(Ogemd(config(provider("fake", cls.fake, models, "on_client_gone: drain"))))

    def setUp(self):
        self.fake.reset()

    def tokens(self, model):
        endpoints = self.ogemd.get("/ogem/v1/endpoints", unix=True).json()["endpoints"]
        entry = next(entry for entry in endpoints if entry["model"] == model)
        return entry["completion_tokens"], entry["in_flight"]

    def check_read_to_the_end(self, model):
        entry = harness.eventually(lambda: next((e for e in self.fake.posts() if e["finished_ms"]), None), 10)
        self.assertIsNotNone(entry, "the provider could not say all it had to say")
        self.assertTrue(harness.eventually(lambda: self.tokens(model)[0] > 0), "the tokens were not counted")
        self.assertEqual(self.tokens(model)[1], 0)

    def test_a_stream_is_read_to_its_end(self):
        for how in ("hang_up", "abort"):
            self.fake.reset()
            connection = self.ogemd.connect()
            connection.send(chat_bytes("fake/fake-gap=2+events=100+usage", True))
            self.assertIsNotNone(connection.take_until(b"data: "))
            getattr(connection, how)()
            self.check_read_to_the_end("fake-gap=2+events=100+usage")

    def test_a_client_who_stopped_reading_first_does_not_hold_it_up(self):
        connection = self.ogemd.connect()
        connection.send(chat_bytes("fake/" + self.FLOOD, True))
        self.assertIsNotNone(connection.take_until(b"data: "))
        harness.eventually(lambda: False, 0.2)  # every buffer between is full
        self.assertFalse(self.fake.posts()[0]["finished_ms"])
        connection.abort()
        self.check_read_to_the_end(self.FLOOD)

    def test_a_whole_answer_is_read_to_its_end(self):
        connection = self.ogemd.connect()
        connection.send(chat_bytes("fake/fake-head-delay=200"))
        harness.eventually(self.fake.posts)
        connection.hang_up()
        self.check_read_to_the_end("fake-head-delay=200")


class DoorTest(unittest.TestCase):
    """Before a connection stands: the upstream does not accept it, or does not answer its TLS handshake."""

    @classmethod
    def setUpClass(cls):
        cls.doors = {"connecting": cls.enterClassContext(FullDoor()), "TLS handshake": cls.enterClassContext(MuteDoor())}
        providers = [provider(name.split()[0].lower(), door, ["gpt"]) for name, door in cls.doors.items()]
        cls.ogemd = cls.enterClassContext(Ogemd(config(*providers)))
        cls.doors["connecting"].pid = cls.ogemd.pid

    def leave(self, phase, stream):
        door = self.doors[phase]
        connection = self.ogemd.connect()
        connection.send(chat_bytes(phase.split()[0].lower() + "/gpt", stream))
        self.assertTrue(door.wait_for_guest(), "the provider was never asked")
        left = connection.hang_up()
        gone = door.left_at()
        self.assertIsNotNone(gone, "the upstream connection stayed open")
        return gone - left

    def test_a_client_that_leaves_ends_the_attempt_to_connect(self):
        for phase in self.doors:
            with self.subTest(phase):
                took = [self.leave(phase, stream=round % 2 == 0) for round in range(ROUNDS)]
                late = [seconds for seconds in took if seconds > LIMIT]
                self.assertEqual(late, [], f"{len(late)} of {ROUNDS} later than {LIMIT * 1000:.0f} ms")
                print(f"{phase}: {ROUNDS} of {ROUNDS}, slowest {max(took) * 1000:.1f} ms")


if __name__ == "__main__":
    harness.main()
