"""memory_limit (contract section 3): whatever clients send and providers answer, overload is a 503 and the memory of
ogemd stays below the limit; requests under way go on (promise 12)."""
import contextlib
import threading
import unittest

import harness
from harness import Fake, Ogemd, chat_bytes, config, provider

LIMIT = 96 << 20
MIB = 1 << 20
MODELS = ["gpt", "fake-silent", f"fake-body={12 * MIB}", f"fake-huge-line={4 * MIB}", f"fake-body={6 * MIB}",
          "fake-events=100000+size=4000"]
CLIENTS = 40


class Watch:
    """The most memory that the process had, looked at every few milliseconds."""

    def __init__(self, pid):
        self.pid, self.most, self.over = pid, 0, threading.Event()
        self.thread = threading.Thread(target=self.look)

    def __enter__(self):
        self.thread.start()
        return self

    def look(self):
        while not self.over.wait(0.002):
            with open(f"/proc/{self.pid}/statm") as statm:
                self.most = max(self.most, int(statm.read().split()[1]) * 4096)

    def __exit__(self, *_):
        self.over.set()
        self.thread.join()


class MemoryTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        more = f"memory_limit: {LIMIT // MIB}MiB\nrouting: {{max_attempts: 1}}"
        patient = "timeout: {first_byte: 10m, idle: 10m}"  # a fake that floods on a busy machine is slow
        cls.ogemd = cls.enterClassContext(Ogemd(config(provider("fake", cls.fake, MODELS, patient), more=more)))

    def setUp(self):
        self.watch = self.enterContext(Watch(self.ogemd.pid))
        self.stack = self.enterContext(contextlib.ExitStack())  # before the watch ends, everybody leaves

    def check_below_the_limit(self):
        most = self.watch.most
        print(f"at most {most / MIB:.1f} MiB of {LIMIT // MIB} MiB")
        if harness.PATIENCE == 1:  # sanitizers take memory of their own
            self.assertLess(most, LIMIT)

    def check_refusal(self, answer):
        self.assertEqual(answer.status, 503, answer.text[:200])
        error = answer.json()["error"]
        self.assertEqual((error["code"], error["type"]), ("overloaded", "service_unavailable_error"))
        self.assertEqual(error["ogem"]["who"], "ogem")
        self.assertGreaterEqual(int(answer.header("retry-after")), 1)

    def check_recovered(self):
        answer = harness.eventually(lambda: (a := self.ogemd.chat("gpt", x_pad=" " * 4 * MIB)).status == 200 and a)
        self.assertTrue(answer, "still overloaded although everybody left")

    def answers(self, model, stream=False):
        """Of CLIENTS clients at the same time."""
        def ask():
            with self.ogemd.connect() as connection:
                connection.socket.settimeout(60 * harness.PATIENCE)
                connection.send(chat_bytes(model, stream))
                return connection.answer()
        return harness.in_parallel([ask] * CLIENTS, CLIENTS)

    def waiting(self, connections, seconds=1.0):
        """Those that got no answer, and the answers of the others."""
        silent, answers = [], []
        for connection in connections:
            connection.socket.settimeout(seconds * harness.PATIENCE)
            try:
                answers.append(connection.answer())
            except TimeoutError:
                silent.append(connection)
            seconds = 0.02
        return silent, answers

    def test_many_clients_with_big_bodies(self):
        body = chat_bytes("fake-silent", x_pad="p" * 4 * MIB)
        connections = [self.stack.enter_context(self.ogemd.connect()) for _ in range(CLIENTS)]

        def send(connection):
            with contextlib.suppress(OSError):  # refused while it was still talking
                connection.send(body)
        harness.in_parallel([lambda c=c: send(c) for c in connections], CLIENTS)
        silent, answers = self.waiting(connections)
        self.assertGreaterEqual(len(silent), 1, "nobody was let in")
        self.assertGreater(len(answers), 1, "everybody was let in")
        for answer in answers:
            self.check_refusal(answer)
        self.assertEqual(self.ogemd.get("/healthz").status, 200)
        self.assertEqual(self.ogemd.get("/v1/models").status, 200)
        for connection in connections:
            connection.hang_up()
        self.check_recovered()
        self.check_below_the_limit()

    def test_whole_answers_that_flood(self):
        answers = self.answers(f"fake-body={12 * MIB}")
        print(f"{sum(answer.status == 200 for answer in answers)} of {CLIENTS} served")
        for answer in answers:
            if answer.status != 200:
                self.check_refusal(answer)
        self.check_recovered()
        self.check_below_the_limit()

    def test_streams_of_huge_events(self):
        answers = self.answers(f"fake-huge-line={4 * MIB}", True)
        served = [answer for answer in answers if answer.status == 200 and answer.ended == "complete"]
        print(f"{len(served)} of {CLIENTS} served")
        for answer in answers:
            if answer.status != 200:
                self.check_refusal(answer)
            elif answer.ended != "complete":
                self.assertIn("overloaded", answer.text[-2000:])
        self.check_recovered()
        self.check_below_the_limit()

    def test_readers_that_stop(self):
        connections = [self.stack.enter_context(self.ogemd.connect()) for _ in range(CLIENTS)]
        for index, connection in enumerate(connections):
            if index % 2:
                connection.send(chat_bytes("fake-events=100000+size=4000", True))
            else:
                connection.send(chat_bytes(f"fake-body={6 * MIB}"))
        harness.eventually(lambda: False, 2)
        self.assertEqual(self.ogemd.get("/healthz").status, 200)
        for connection in connections:
            connection.hang_up()
        self.check_recovered()
        self.check_below_the_limit()

    def test_a_request_under_way_goes_on(self):
        with self.ogemd.connect() as early:
            early.send(chat_bytes("fake-events=100000+size=4000", True))
            self.assertTrue(early.take_until(b"data: "))
            body = chat_bytes("fake-silent", x_pad="p" * 4 * MIB)
            greedy = [self.stack.enter_context(self.ogemd.connect()) for _ in range(CLIENTS)]
            for connection in greedy:
                with contextlib.suppress(OSError):
                    connection.send(body)
            self.check_refusal(self.ogemd.chat("gpt"))
            for _ in range(2000):  # 8 MB more of the stream
                self.assertTrue(early.take_until(b"data: "))
        for connection in greedy:
            connection.hang_up()
        self.check_recovered()
        self.check_below_the_limit()


if __name__ == "__main__":
    harness.main()
