"""What the HTTP server accepts, and how it refuses (issue part 4; promises B; behaviour 4.16)."""
import gzip
import json
import time
import unittest
import zlib

import harness
import wire
from harness import Fake, Ogemd, chat_body, chat_bytes, one_provider
from wire import request_bytes

LIMITS = "limits: {max_body: 64KiB}"
CHAT = "/v1/chat/completions"


def chunked(body, size=7, extension=b""):
    out = b""
    for at in range(0, len(body), size):
        piece = body[at:at + size]
        out += b"%x%s\r\n%s\r\n" % (len(piece), extension, piece)
    return out + b"0\r\n\r\n"


class ServerLimitsTest(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        cls.ogemd = cls.enterClassContext(Ogemd(one_provider(cls.fake, more=LIMITS)))

    def setUp(self):
        self.fake.reset()

    def exchange(self, data, method="POST", closes=False):
        with self.ogemd.connect() as connection:
            connection.send(data)
            answer = connection.answer(method)
            if closes:
                self.assertTrue(connection.closed_within(1 * harness.PATIENCE), "left open")
            return answer

    def check_error(self, answer, status, code):
        self.assertEqual(answer.status, status, answer.text)
        error = answer.json()["error"]
        self.assertEqual(error["code"], code)
        self.assertTrue(error["message"])
        self.assertEqual(error["ogem"]["who"], "client")

    # Sizes and times.

    def test_too_many_header_bytes_are_431(self):
        big = request_bytes("GET", "/v1/models", headers=[("x-big", "h" * 40_000)])
        many = request_bytes("GET", "/v1/models", headers=[(f"x-{i}", "h" * 100) for i in range(400)])
        for data in (big, many):
            self.check_error(self.exchange(data, "GET", closes=True), 431, "header_too_large")

    def test_headers_under_the_limit_are_accepted(self):
        data = request_bytes("GET", "/v1/models", headers=[("x-big", "h" * 25_000)])
        self.assertEqual(self.exchange(data, "GET").status, 200)

    def test_a_long_request_line_is_refused(self):
        answer = self.exchange(request_bytes("GET", "/" + "a" * 40_000), "GET", closes=True)
        self.assertIn(answer.status, (414, 431))

    def test_a_promised_body_over_the_limit_is_413_before_it_is_sent(self):
        head = request_bytes("POST", CHAT, headers=[("content-length", "70000")])
        self.check_error(self.exchange(head, closes=True), 413, "request_too_large")

    def test_a_chunked_body_over_the_limit_is_413(self):
        head = request_bytes("POST", CHAT, headers=[("transfer-encoding", "chunked")])
        with self.ogemd.connect() as connection:
            connection.send(head)
            try:
                for _ in range(80):
                    connection.send(b"400\r\n" + b" " * 1024 + b"\r\n")
            except OSError:
                pass  # refused while we were still talking
            self.check_error(connection.answer(), 413, "request_too_large")
        self.assertEqual(self.fake.posts(), [])

    def test_a_body_at_the_limit_is_accepted(self):
        body = json.dumps(chat_body("gpt"))
        body += " " * (64 * 1024 - len(body))
        self.assertEqual(self.ogemd.post(CHAT, body.encode()).status, 200)

    def test_a_gzip_bomb_is_413_without_being_unpacked(self):
        bomb = gzip.compress(b" " * (64 << 20))
        answer = self.ogemd.post(CHAT, bomb, [("content-encoding", "gzip")])
        self.check_error(answer, 413, "request_too_large")

    def test_a_client_that_leaves_amid_its_body_forwards_nothing(self):
        connection = self.ogemd.connect()
        connection.send(chat_bytes("gpt")[:-5])
        connection.hang_up()
        time.sleep(0.05)
        self.assertEqual(self.fake.posts(), [])
        self.assertEqual(self.fake.connections()["partial"], 0)

    def test_a_body_that_never_comes_is_408(self):
        """Promises B. request_timeout is the whole life of a request, so it bounds its arrival too."""
        with Fake() as fake, Ogemd(one_provider(fake, more="request_timeout: 300ms")) as ogemd:
            for drip in (b"", b" "):  # nothing more; something now and then
                with ogemd.connect() as connection:
                    connection.send(chat_bytes("gpt")[:-50])
                    for _ in range(8):
                        time.sleep(0.1)
                        try:
                            connection.send(drip)
                        except OSError:
                            break  # refused, and closed
                    self.check_error(connection.answer(), 408, "request_timeout")
            with ogemd.connect() as connection:
                connection.send(chat_bytes("gpt")[:40])
                self.check_error(connection.answer(), 408, "request_timeout")
            self.assertEqual(fake.posts(), [])

    # Shapes of requests that must work.

    def test_one_connection_serves_many_requests(self):
        with self.ogemd.connect() as connection:
            for stream in (False, True, False, True):
                connection.send(chat_bytes("gpt", stream))
                answer = connection.answer()
                self.assertEqual((answer.status, answer.ended), (200, "complete"))

    def test_pipelined_requests_are_answered_in_order(self):
        with self.ogemd.connect() as connection:
            connection.send(chat_bytes("gpt") + request_bytes("GET", "/healthz") + chat_bytes("gpt", True)
                            + request_bytes("GET", "/nowhere"))
            answers = [connection.answer() for _ in range(4)]
        self.assertEqual([answer.status for answer in answers], [200, 200, 200, 404])
        self.assertIn("chat.completion", answers[0].text)
        self.assertEqual(answers[2].events()[-1], "[DONE]")

    def test_connection_close_and_http_1_0_end_the_connection(self):
        for data in (request_bytes("GET", "/healthz", headers=[("connection", "close")]),
                     b"GET /healthz HTTP/1.0\r\nhost: localhost\r\n\r\n"):
            self.assertEqual(self.exchange(data, "GET", closes=True).status, 200)

    def test_a_stream_to_an_http_1_0_client_is_not_chunked(self):
        data = chat_bytes("gpt", True).replace(b"HTTP/1.1", b"HTTP/1.0")
        answer = self.exchange(data)
        self.assertIsNone(answer.header("transfer-encoding"))
        self.assertEqual(answer.events()[-1], "[DONE]")

    def test_a_request_may_come_byte_by_byte(self):
        with self.ogemd.connect() as connection:
            for byte in chat_bytes("gpt"):
                connection.send(bytes([byte]))
            self.assertEqual(connection.answer().status, 200)

    def test_expect_100_continue_is_answered_before_the_body(self):
        body = wire.json_bytes(chat_body("gpt"))
        head = request_bytes("POST", CHAT, headers=[("expect", "100-continue"), ("content-length", len(body))])
        with self.ogemd.connect() as connection:
            connection.send(head)
            self.assertTrue(connection.take_until(b"\r\n\r\n").startswith(b"HTTP/1.1 100"))
            connection.send(body)
            self.assertEqual(connection.answer().status, 200)

    def test_expect_100_continue_with_too_large_a_body_is_413_at_once(self):
        head = request_bytes("POST", CHAT, headers=[("expect", "100-continue"), ("content-length", "70000")])
        answer = self.exchange(head)
        self.assertEqual((answer.status, answer.interim), (413, []))

    def test_a_chunked_body_arrives_as_one(self):
        body = wire.json_bytes(chat_body("gpt"))
        head = request_bytes("POST", CHAT, headers=[("transfer-encoding", "chunked")])
        for data in (chunked(body), chunked(body, 1), chunked(body, 7, b";name=value"),
                     chunked(body)[:-2] + b"x-trailer: yes\r\n\r\n"):
            self.fake.reset()
            answer = self.exchange(head + data)
            self.assertEqual(answer.status, 200, answer.text)
            self.assertEqual(self.fake.posts()[0]["body"].encode(), body)

    def test_a_gzip_body_arrives_unpacked(self):
        body = wire.json_bytes(chat_body("gpt", x_pad="é" * 5000))
        answer = self.ogemd.post(CHAT, gzip.compress(body), [("content-encoding", "gzip")])
        self.assertEqual(answer.status, 200, answer.text)
        self.assertEqual(json.loads(self.fake.posts()[0]["body"]), json.loads(body))
        self.assertNotIn("content-encoding", {name.lower() for name, _ in self.fake.posts()[0]["headers"]})

    def test_a_broken_or_unknown_encoding_is_refused(self):
        body = wire.json_bytes(chat_body("gpt"))
        for data, encoding in ((gzip.compress(body)[:-9], "gzip"), (b"not gzip", "gzip"), (body, "br"),
                               (zlib.compress(body), "gzip")):
            answer = self.ogemd.post(CHAT, data, [("content-encoding", encoding)])
            self.assertIn(answer.status, (400, 415), encoding)
        self.assertEqual(self.fake.posts(), [])

    def test_an_answer_is_compressed_for_whoever_asks(self):
        """Contract section 6."""
        small = self.ogemd.get("/healthz", [("accept-encoding", "gzip")])
        self.assertIsNone(small.header("content-encoding"), "it would not get smaller")
        models = [f"model-{i}" for i in range(40)] + ["fake-body=9000"]
        with Fake() as fake, Ogemd(one_provider(fake, models)) as ogemd:
            for accepted in ("gzip", "br, gzip;q=0.5", "GZIP"):
                wish = [("accept-encoding", accepted)]
                for plain, small in ((ogemd.get("/v1/models"), ogemd.get("/v1/models", wish)),
                                     (ogemd.chat("fake-body=9000"), ogemd.chat("fake-body=9000", headers=wish))):
                    self.assertEqual(small.header("content-encoding"), "gzip")
                    self.assertEqual(small.header("vary"), "Accept-Encoding")
                    self.assertLess(len(small.body), len(plain.body))
                    self.assertEqual(json.loads(gzip.decompress(small.body)).keys(), plain.json().keys())
                    self.assertEqual(plain.header("content-encoding"), None)
            head = ogemd.call("HEAD", "/v1/models", headers=wish)
            self.assertEqual((head.header("content-encoding"), head.body), ("gzip", b""))
            options = ogemd.call("OPTIONS", CHAT, headers=wish)
            self.assertEqual((options.status, options.header("content-encoding")), (200, None))
            for refused in ("", "gzip;q=0", "gzip; q=0.0", "br, deflate", "identity"):
                answer = ogemd.get("/v1/models", [("accept-encoding", refused)])
                self.assertIsNone(answer.header("content-encoding"), refused)

    def test_a_stream_is_never_compressed(self):
        answer = self.ogemd.chat("gpt", True, [("accept-encoding", "gzip")])
        self.assertIsNone(answer.header("content-encoding"))
        self.assertEqual(answer.events()[-1], "[DONE]")

    def test_head_says_what_get_would_without_a_body(self):
        with self.ogemd.connect() as connection:
            connection.send(request_bytes("HEAD", "/v1/models") + request_bytes("GET", "/v1/models"))
            head, get = connection.answer("HEAD"), connection.answer("GET")
        self.assertEqual(head.status, get.status)
        self.assertEqual(head.header("content-length"), str(len(get.body)))

    def test_options_is_200_and_names_the_methods(self):
        answer = self.ogemd.call("OPTIONS", CHAT)
        self.assertEqual(answer.status, 200)
        self.assertIn("POST", answer.header("access-control-allow-methods") or answer.header("allow"))

    def test_an_unknown_path_is_404_in_json(self):
        for path in ("/", "/v1", "/v1/chat", "/v1/chat/completions/x", "/V1/models", "/ogem/v1/status", "//v1/models"):
            answer = self.ogemd.get(path)
            self.assertEqual(answer.status, 404, path)
            self.assertEqual(answer.json()["error"]["type"], "not_found_error")

    def test_a_wrong_method_is_405_in_json_with_allow(self):
        for method, path, allowed in (("GET", CHAT, "POST"), ("POST", "/v1/models", "GET"), ("DELETE", "/health", "GET"),
                                      ("PUT", "/v1/embeddings", "POST")):
            answer = self.ogemd.call(method, path)
            self.check_error(answer, 405, "method_not_allowed")
            self.assertIn(allowed, answer.header("allow"))

    def test_a_query_does_not_hide_a_path(self):
        self.assertEqual(self.ogemd.get("/v1/models?vendor=fake").status, 200)
        self.assertEqual(self.ogemd.get("/healthz?x=/../..").status, 200)

    def test_health_is_told_without_secrets(self):
        """H3, H5."""
        self.assertEqual(self.ogemd.get("/healthz").json(), {"status": "healthy"})
        health = self.ogemd.get("/health").json()
        for key in ("status", "timestamp", "services", "details"):
            self.assertIn(key, health)

    def test_a_slow_reader_slows_the_provider_and_not_our_memory(self):
        """Promises B: 256 KiB per stream, then back-pressure to the upstream."""
        with Fake() as fake, Ogemd(one_provider(fake, ["fake-events=20000+size=4000"])) as ogemd:
            before = resident_bytes(ogemd.pid)
            with ogemd.connect() as connection:
                connection.send(chat_bytes("fake-events=20000+size=4000", True))
                connection.take_until(b"data: ")
                sent = settled(lambda: fake.posts()[0]["sent"])
                self.assertLess(sent, 40 << 20)
                self.assertLess(resident_bytes(ogemd.pid) - before, (8 << 20) * harness.PATIENCE)


def resident_bytes(pid):
    with open(f"/proc/{pid}/statm") as statm:
        return int(statm.read().split()[1]) * 4096


def settled(value, quiet=0.3):
    """`value()` once it has not changed for `quiet` seconds."""
    last, since = value(), time.monotonic()
    while time.monotonic() - since < quiet:
        time.sleep(0.02)
        if (now := value()) != last:
            last, since = now, time.monotonic()
    return last


if __name__ == "__main__":
    harness.main()
