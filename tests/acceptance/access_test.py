"""Who may use the daemon (contract 1 and 6; J1, O-39, promise 13)."""
import unittest

import harness
from harness import Fake, Ogemd, chat_body, one_provider
from wire import json_bytes, request_bytes

KEY = "sk-server-0123456789"
LOCAL_ORIGINS = ("http://localhost", "http://localhost:3000", "https://localhost:8443", "http://127.0.0.1:5173",
                 "http://[::1]:80", "vscode-webview://1a2b", "app://obsidian.md", "tauri://localhost")
FOREIGN_ORIGINS = ("https://evil.example", "http://localhost.evil.example", "http://127.0.0.1.evil.example", "null",
                   "file://", "http://notlocalhost", "https://evil.example/localhost")


class Base(unittest.TestCase):
    def send(self, method, path, body=b"", headers=(), host="localhost"):
        with self.ogemd.connect() as connection:
            connection.send(request_bytes(method, path, body, headers, host))
            return connection.answer(method)

    def chat(self, headers=(), host="localhost"):
        return self.send("POST", "/v1/chat/completions", json_bytes(chat_body("gpt")), headers, host)


class WithKeyTest(Base):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        cls.ogemd = cls.enterClassContext(Ogemd(one_provider(cls.fake), env={"OPEN_GEMINI_API_KEY": KEY}))

    def test_four_headers_carry_the_key(self):
        for header in (("authorization", f"Bearer {KEY}"), ("Authorization", f"bearer {KEY}"), ("x-api-key", KEY),
                       ("api-key", KEY), ("x-goog-api-key", KEY)):
            self.assertEqual(self.chat([header]).status, 200, header)

    def test_a_missing_or_wrong_key_is_401_and_goes_nowhere(self):
        self.fake.reset()
        for headers in ([], [("authorization", "Bearer wrong")], [("authorization", KEY)], [("x-api-key", KEY[:-1])],
                        [("authorization", f"Basic {KEY}")], [("x-api-key", "")], [("x-api-key", KEY + "x")]):
            answer = self.chat(headers)
            self.assertEqual(answer.status, 401, headers)
            self.assertTrue(answer.header("www-authenticate").startswith("Bearer"))
            error = answer.json()["error"]
            self.assertEqual((error["type"], error["code"]), ("authentication_error", "invalid_api_key"))
        self.assertEqual(self.fake.posts(), [])

    def test_every_path_but_health_and_options_needs_the_key(self):
        for path in ("/v1/models", "/v1/models/gpt", "/metrics", "/nowhere"):
            self.assertEqual(self.send("GET", path).status, 401, path)
        for path in ("/health", "/healthz"):
            self.assertEqual(self.send("GET", path).status, 200, path)
        self.assertEqual(self.send("OPTIONS", "/v1/chat/completions").status, 200)

    def test_the_unix_socket_needs_no_key(self):
        self.assertEqual(self.ogemd.get("/v1/models", unix=True).status, 200)

    def test_any_origin_may_read_with_the_key(self):
        for origin in (*LOCAL_ORIGINS, "https://app.example"):
            answer = self.chat([("origin", origin), ("authorization", f"Bearer {KEY}")])
            self.assertEqual(answer.status, 200)
            self.assertIn(answer.header("access-control-allow-origin"), (origin, "*"))

    def test_any_host_is_answered_with_the_key(self):
        self.assertEqual(self.chat([("x-api-key", KEY)], host="proxy.example").status, 200)

    def test_the_key_is_in_no_log(self):
        """Promise 13."""
        self.chat([("authorization", f"Bearer {KEY}")])
        self.assertNotIn(KEY, self.ogemd.log())


class WithoutKeyTest(Base):
    @classmethod
    def setUpClass(cls):
        cls.fake = cls.enterClassContext(Fake())
        more = 'cors: {origins: ["https://app.example"]}'
        cls.ogemd = cls.enterClassContext(Ogemd(one_provider(cls.fake, more=more)))

    def test_any_authorization_is_ignored(self):
        """O-39."""
        self.assertEqual(self.chat([("authorization", "Bearer whatever")]).status, 200)
        self.assertEqual(self.chat().status, 200)

    def test_local_names_are_answered(self):
        for host in ("localhost", f"localhost:{self.ogemd.port}", "127.0.0.1", f"127.0.0.1:{self.ogemd.port}", "[::1]:1",
                     "ogem.localhost"):
            self.assertEqual(self.chat(host=host).status, 200, host)

    def test_a_name_rebound_to_us_is_refused(self):
        self.fake.reset()
        for host in ("evil.example", "localhost.evil.example", f"evil.example:{self.ogemd.port}", "127.0.0.1.nip.example",
                     "8.8.8.8"):
            answer = self.chat(host=host)
            self.assertEqual(answer.status, 403, host)
            self.assertIn(host.split(":")[0], answer.json()["error"]["message"])
        self.assertEqual(self.fake.posts(), [])

    def test_pages_of_this_machine_and_editors_may_read(self):
        for origin in (*LOCAL_ORIGINS, "https://app.example"):
            answer = self.chat([("origin", origin)])
            self.assertEqual(answer.status, 200, origin)
            self.assertEqual(answer.header("access-control-allow-origin"), origin)
            self.assertIn("origin", answer.header("vary").lower())

    def test_other_pages_cannot_use_the_daemon(self):
        """Promise 13: not even with a request that needs no preflight and spends money."""
        self.fake.reset()
        for origin in FOREIGN_ORIGINS:
            answer = self.chat([("origin", origin), ("content-type", "text/plain")])
            self.assertEqual(answer.status, 403, origin)
            self.assertIsNone(answer.header("access-control-allow-origin"))
        self.assertEqual(self.fake.posts(), [])

    def test_preflight_is_200_and_allows_only_whom_it_should(self):
        asks = [("access-control-request-method", "POST"), ("access-control-request-headers", "authorization, x-own")]
        for origin in (*LOCAL_ORIGINS, *FOREIGN_ORIGINS):
            answer = self.send("OPTIONS", "/v1/chat/completions", headers=[("origin", origin), *asks])
            self.assertEqual(answer.status, 200)
            allowed = answer.header("access-control-allow-origin")
            self.assertEqual(allowed, origin if origin in LOCAL_ORIGINS else None)
            if allowed:
                self.assertIn("POST", answer.header("access-control-allow-methods"))
                self.assertIn("authorization", answer.header("access-control-allow-headers").lower())

    def test_a_stream_and_an_error_carry_the_same_permission(self):
        origin = ("origin", "http://localhost:3000")
        for answer in (self.ogemd.chat("gpt", True, [origin]), self.ogemd.chat("nowhere", headers=[origin])):
            self.assertEqual(answer.header("access-control-allow-origin"), origin[1])

    def test_the_control_api_is_not_on_tcp(self):
        for path in ("/ogem/v1/status", "/ogem/v1/config", "/ogem/v1/reload"):
            self.assertEqual(self.send("GET", path).status, 404, path)
        self.assertEqual(self.ogemd.get("/ogem/v1/status", unix=True).status, 200)

    def test_the_socket_is_for_its_owner_alone(self):
        mode = harness.os.stat(self.ogemd.socket).st_mode & 0o777
        self.assertEqual(mode, 0o600)


class BindingTest(unittest.TestCase):
    def test_a_wide_address_without_a_key_is_refused_with_a_sentence(self):
        with Fake() as fake:
            for flags in (("--listen", "0.0.0.0:0"), ("--listen", f"[::]:{harness.free_port()}")):
                with Ogemd(one_provider(fake), flags=flags, listen=False, wait=False) as ogemd:
                    self.assertIn(ogemd.ended(), (1, 2, 5))
                    self.assertIn("key", ogemd.log())
                    self.assertIn("allow_anonymous", ogemd.log())


if __name__ == "__main__":
    harness.main()
