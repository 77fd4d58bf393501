"""Starting, reloading, draining and dying (contract 1; promise 11; issue part 4)."""
import json
import pathlib
import signal
import socket
import tempfile
import time
import unittest

import harness
import shapes
from harness import Fake, Ogemd, chat_bytes, config, eventually, one_provider, provider


class LifecycleTest(unittest.TestCase):
    def setUp(self):
        self.fake = self.enterContext(Fake())

    def start(self, text=None, **more):
        return self.enterContext(Ogemd(text or one_provider(self.fake), **more))

    # Reload.

    def test_sighup_reads_the_configuration_anew(self):
        ogemd = self.start()
        self.assertEqual(ogemd.chat("second").status, 404)
        ogemd.configure(one_provider(self.fake, ["gpt", "second"]))
        ogemd.reload()
        self.assertTrue(eventually(lambda: ogemd.chat("second").status == 200))

    def test_a_bad_configuration_never_replaces_a_good_one(self):
        """Promise 11."""
        ogemd = self.start()
        for bad in ("providers: [", "nonsense: 1\n", one_provider(self.fake).replace("protocol: openai",
                                                                                    "protocol: opnai")):
            ogemd.configure(bad)
            ogemd.reload()
            self.assertTrue(eventually(lambda: "test-config.yaml:" in ogemd.log()), "the reason is not in the log")
            time.sleep(0.05)
            self.assertEqual(ogemd.chat("gpt").status, 200)
        ogemd.config_path.unlink()
        ogemd.reload()
        time.sleep(0.1)
        self.assertEqual(ogemd.chat("gpt").status, 200)

    def test_a_stream_outlives_a_reload(self):
        ogemd = self.start(one_provider(self.fake, ["fake-events=20+gap=20"]))
        with ogemd.connect() as connection:
            connection.send(chat_bytes("fake-events=20+gap=20", True))
            connection.take_until(b"data: ")
            ogemd.configure(one_provider(self.fake, ["other"]))
            ogemd.reload()
            eventually(lambda: ogemd.chat("other").status == 200)
            self.assertIsNotNone(connection.take_until(b"data: [DONE]"))

    # The end.

    def test_sigterm_lets_streams_finish_and_exits_0(self):
        ogemd = self.start(one_provider(self.fake, ["fake-events=20+gap=20"]))
        with ogemd.connect() as connection:
            connection.send(chat_bytes("fake-events=20+gap=20", True))
            connection.take_until(b"data: ")
            ogemd.signal(signal.SIGTERM)
            answer = connection.take_until(b"data: [DONE]")
            self.assertIsNotNone(answer, "the stream was cut by the drain")
        self.assertEqual(ogemd.ended(), 0)

    def test_no_new_connection_is_served_while_draining(self):
        ogemd = self.start(one_provider(self.fake, ["fake-events=50+gap=20"]))
        with ogemd.connect() as connection:
            connection.send(chat_bytes("fake-events=50+gap=20", True))
            connection.take_until(b"data: ")
            ogemd.signal(signal.SIGTERM)
            self.assertTrue(eventually(lambda: not self.serves(ogemd)))

    def serves(self, ogemd):
        try:
            answer = ogemd.get("/healthz")
        except OSError:
            return False
        return answer is not None and answer.status == 200

    def test_a_drain_that_takes_too_long_ends_all_the_same_and_tells_the_truth(self):
        models = ["fake-events=1000+gap=20"]
        ogemd = self.start(one_provider(self.fake, models, more="drain_timeout: 300ms"))
        with ogemd.connect() as connection:
            connection.send(chat_bytes(models[0], True))
            connection.take_until(b"data: ")
            start = time.monotonic()
            ogemd.signal(signal.SIGTERM)
            rest = connection.take_until(b"\r\n0\r\n\r\n")
            self.assertIsNone(rest, "the stream was ended as if it were complete")
        self.assertEqual(ogemd.ended(), 0)
        self.assertLess(time.monotonic() - start, 2 * harness.PATIENCE)

    def test_an_idle_daemon_ends_at_once(self):
        for number in (signal.SIGTERM, signal.SIGINT):
            ogemd = self.start()
            with ogemd.connect() as idle:
                idle.send(harness.wire.request_bytes("GET", "/healthz"))
                idle.answer("GET")
                start = time.monotonic()
                ogemd.signal(number)
                self.assertEqual(ogemd.ended(), 0)
                self.assertLess(time.monotonic() - start, 1 * harness.PATIENCE)
            self.assertFalse(pathlib.Path(ogemd.socket).exists())

    def test_after_kill_9_the_stale_socket_is_replaced(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        self.start(folder=folder).kill()
        self.assertTrue(pathlib.Path(folder, "ogemd.sock").exists())
        again = self.start(folder=folder)
        self.assertEqual(again.get("/healthz", unix=True).status, 200)

    def test_the_socket_of_a_living_daemon_is_not_taken(self):
        folder = self.enterContext(tempfile.TemporaryDirectory())
        first = self.start(folder=folder)
        second = self.start(folder=folder, wait=False)
        self.assertNotEqual(second.ended(), 0)
        self.assertEqual(first.get("/healthz", unix=True).status, 200)

    def test_a_port_in_use_is_a_sentence_and_not_0(self):
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            taken.listen()
            where = f"127.0.0.1:{taken.getsockname()[1]}"
            ogemd = self.start(flags=("--listen", where), listen=False, wait=False)
            self.assertEqual(ogemd.ended(), 1)
            self.assertIn(where, ogemd.log())

    # Starting.

    def test_a_configuration_with_errors_is_exit_5_and_says_where(self):
        ogemd = self.start("providers:\n  fake:\n    protcol: openai\n", wait=False)
        self.assertEqual(ogemd.ended(), 5)
        self.assertRegex(ogemd.log(), r"test-config\.yaml:3:\d+: ")
        self.assertIn("protocol", ogemd.log())

    def test_no_configuration_at_all_serves_the_mock(self):
        """Contract 4."""
        ogemd = self.start("\n")
        answer = ogemd.chat("mock/echo")
        self.assertEqual(answer.json()["choices"][0]["message"]["content"], "hello")
        stream = ogemd.chat("mock/echo", stream=True)
        self.assertEqual(shapes.outcome_of_stream(stream), shapes.COMPLETE)
        self.assertEqual(stream.said(), "hello")

    def test_several_workers_serve_alike(self):
        ogemd = self.start(flags=("--workers", "2"))
        answers = harness.in_parallel([lambda: ogemd.chat("gpt", True) for _ in range(40)])
        self.assertEqual({shapes.outcome_of_stream(answer) for answer in answers}, {shapes.COMPLETE})

    def test_a_provider_that_closes_idle_connections_costs_no_request(self):
        """Contract 9.4."""
        ogemd = self.start(one_provider(self.fake, ["fake-idle-close=30", "fake-idle-close"]))
        for pause in (0, 0, 0.1, 0.2, 0.1):
            time.sleep(pause)
            for model in ("fake-idle-close=30", "fake-idle-close"):
                self.assertEqual(ogemd.chat(model).status, 200)

    def test_a_request_that_crosses_the_close_of_its_connection_is_sent_at_most_once(self):
        """Contract 9.4: its bytes went out, so only the client may repeat it."""
        ogemd = self.start(one_provider(self.fake, ["fake-idle-close=30"]))
        asked = 0
        for pause in (0, 0.028, 0.029, 0.03, 0.031, 0.032):
            time.sleep(pause)
            asked += 1
            answer = ogemd.chat("fake-idle-close=30")
            self.assertIn(answer.status, (200, 502))
        self.assertLessEqual(len(self.fake.posts()), asked)

    def test_upstream_connections_are_reused(self):
        ogemd = self.start()
        for stream in (False, True) * 10:
            ogemd.chat("gpt", stream)
        self.assertEqual(len({entry["connection"] for entry in self.fake.posts()}), 1)

    def test_a_connection_with_leftover_bytes_is_not_reused(self):
        ogemd = self.start(one_provider(self.fake, ["fake-extra", "gpt"]))
        for _ in range(3):
            self.assertEqual(shapes.outcome_of_whole(ogemd.chat("fake-extra")), shapes.COMPLETE)
            self.assertEqual(shapes.outcome_of_whole(ogemd.chat("gpt")), shapes.COMPLETE)

    def test_status_and_config_are_told_on_the_socket_without_secrets(self):
        text = config(provider("fake", self.fake, ["gpt"], "api_key_env: FAKE_KEY"))
        ogemd = self.start(text, env={"FAKE_KEY": "sk-upstream-1234567890"})
        self.assertEqual(ogemd.get("/ogem/v1/status", unix=True).status, 200)
        told = ogemd.get("/ogem/v1/config", unix=True)
        self.assertNotIn("sk-upstream-1234567890", json.dumps(told.json()))


if __name__ == "__main__":
    harness.main()
