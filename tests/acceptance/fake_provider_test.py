"""The fake provider does what its words say, seen from the wire."""
import time
import unittest

import harness
import shapes
import wire
from harness import Fake, chat_body, chat_bytes


class FakeProviderTest(unittest.TestCase):
    def setUp(self):
        self.fake = self.enterContext(Fake())

    def ask(self, words, stream=True, timeout=5.0):
        with wire.Connection(self.fake.address, timeout) as connection:
            connection.send(chat_bytes(f"fake-{words}", stream))
            return connection.answer()

    def test_every_shape_of_the_table_is_understood(self):
        for shape in shapes.SHAPES:
            self.fake.script("m", shape.words)

    def test_a_proper_stream_and_a_proper_answer_are_complete(self):
        stream = self.ask("ok")
        self.assertEqual(shapes.outcome_of_stream(stream), shapes.COMPLETE)
        self.assertEqual(stream.said(), shapes.USUAL_STREAM)
        self.assertEqual(shapes.outcome_of_whole(self.ask("ok", stream=False)), shapes.COMPLETE)

    def test_odd_shapes_are_all_there(self):
        for words in ("crlf", "cr", "multiline", "bom", "comments", "drip=7", "length", "no-usage"):
            with self.subTest(words):
                answer = self.ask(words)
                self.assertEqual(answer.said(), shapes.USUAL_STREAM)
                self.assertEqual(answer.ended, "complete")

    def test_ends_of_bodies_are_as_asked(self):
        ends = {"cut=2": "cut", "reset=2": "cut", "cut-clean=2": "complete", "http10": "eof", "bad-chunk": None,
                "length-long": "cut", "length-short": "complete", "close-after-head": "cut"}
        for words, ended in ends.items():
            with self.subTest(words):
                if ended is None:
                    self.assertRaises(ValueError, self.ask, words)
                else:
                    self.assertEqual(self.ask(words).ended, ended)

    def test_no_head_comes_where_none_was_asked(self):
        for words in ("reset-before-head", "close-before-head", "half-head"):
            with self.subTest(words):
                self.assertIsNone(self.ask(words))
        with self.assertRaises(TimeoutError):
            self.ask("silent", timeout=0.2)

    def test_statuses_and_headers_are_as_asked(self):
        limited = self.ask("status=429+retry-after=7")
        self.assertEqual((limited.status, limited.header("retry-after")), (429, "7"))
        self.assertEqual(limited.json()["error"]["type"], "rate_limit_error")
        self.assertEqual(self.ask("status=502+html").header("content-type"), "text/html; charset=utf-8")
        self.assertEqual(self.ask("redirect").header("location"), "http://127.0.0.1:1/elsewhere")
        self.assertEqual(self.ask("informational").interim, [103])
        self.assertEqual(self.ask("gzip").said(), shapes.USUAL_STREAM)
        self.assertEqual(self.ask("gzip", stream=False).json()["object"], "chat.completion")
        self.assertEqual(self.ask("nonsense").status, 400)

    def test_usage_comes_when_asked_or_told(self):
        self.assertNotIn("prompt_tokens", self.ask("ok").text)
        self.assertIn("prompt_tokens", self.ask("usage").text)
        with wire.Connection(self.fake.address) as connection:
            connection.send(chat_bytes("gpt", True, stream_options={"include_usage": True}))
            self.assertIn("prompt_tokens", connection.answer().text)

    def test_time_passes_where_asked(self):
        start = time.monotonic()
        self.ask("head-delay=60+stall=60+gap=10+events=4")
        self.assertGreater(time.monotonic() - start, 0.16)

    def test_the_log_tells_what_came_and_when_the_client_left(self):
        connection = wire.Connection(self.fake.address)
        connection.send(chat_bytes("fake-silent", headers=[("x-test", "yes")]))
        harness.eventually(self.fake.posts)
        left = connection.hang_up()
        entry = harness.eventually(lambda: next((e for e in self.fake.posts() if e["closed_ms"]), None))
        self.assertIn(["x-test", "yes"], entry["headers"])
        self.assertEqual(entry["body"].encode(), wire.json_bytes(chat_body("fake-silent")))
        self.assertEqual((entry["closed_by"], entry["closed_how"]), ("peer", "fin"))
        self.assertLess(abs(entry["at"] + entry["closed_ms"] / 1000 - left), 0.1 * harness.PATIENCE)

    def test_a_reset_by_the_client_is_told_from_a_close(self):
        connection = wire.Connection(self.fake.address)
        connection.send(chat_bytes("fake-silent"))
        harness.eventually(self.fake.posts)
        connection.abort()
        entry = harness.eventually(lambda: next((e for e in self.fake.posts() if e["closed_ms"]), None))
        self.assertEqual(entry["closed_how"], "rst")

    def test_raw_steps_are_sent_as_given(self):
        head = "HTTP/1.1 299 Odd\r\ncontent-length: 4\r\n\r\n"
        self.fake.script("raw", {"raw": [{"send": head + "ab", "wait": 20}, {"send": "cd"}, {"end": "fin"}]})
        with wire.Connection(self.fake.address) as connection:
            connection.send(chat_bytes("raw"))
            answer = connection.answer()
            self.assertEqual((answer.status, answer.body), (299, b"abcd"))
            self.assertTrue(connection.closed_within(1))

    def test_keep_alive_serves_many_and_closes_when_told(self):
        with wire.Connection(self.fake.address) as connection:
            for words in ("ok", "ok", "idle-close=20"):
                connection.send(chat_bytes(f"fake-{words}"))
                self.assertEqual(connection.answer().ended, "complete")
            self.assertTrue(connection.closed_within(1))

    def test_embeddings_come_as_floats_and_base64(self):
        for encoding in ("float", "base64"):
            body = wire.json_bytes({"model": "e", "input": ["a", "b"], "encoding_format": encoding})
            with wire.Connection(self.fake.address) as connection:
                connection.send(wire.request_bytes("POST", "/v1/embeddings", body))
                data = connection.answer().json()["data"]
            values = data[1]["embedding"]
            floats = values if encoding == "float" else wire.floats_of(values)
            self.assertEqual(floats, [0.5, -0.25, 1.5])

    def test_it_speaks_over_a_unix_socket_too(self):
        path = self.enterContext(harness.tempfile.TemporaryDirectory()) + "/fake.sock"
        self.enterContext(Fake("--unix", path))
        with wire.Connection(path) as connection:
            connection.send(chat_bytes("gpt"))
            self.assertEqual(connection.answer().status, 200)


if __name__ == "__main__":
    harness.main()
